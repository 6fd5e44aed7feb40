"""Do links, offers and needs hold? Minima and maxima of rows, outside offers and outside needs included."""

from __future__ import annotations

import numpy as np

from filiere.solution.accounts import Accounts, Flags, Floats, Positions
from filiere.solution.certify.check import (
    Check,
    Place,
    Rows,
    at_least,
    at_most,
    at_rows,
    at_spots,
    equal,
    least_of,
    sums,
    worst,
)
from filiere.solution.means import means_taken
from filiere.solution.table import Table, below

SPOT = ("actor", "product", "period")


def links(accounts: Accounts, observed: bool) -> Check:
    """Each row carries between its minimum and its maximum, a candidate only if it is used."""
    table = accounts.links
    shut = table["candidate"] & ~accounts.used
    asked = np.where(shut, 0.0, table["minimum"])
    if observed:
        shut = shut & np.isnan(table["today"])
        asked = np.zeros(len(table))
    most = np.where(shut, 0.0, table["maximum"])
    inside = accounts.actors["inside"]
    astray = ~inside[table["from"]] & ~inside[table["to"]]
    not_to_open = accounts.used & ~table["candidate"]
    return worst(
        "links",
        at_most(accounts.flow_by_link, most, at_rows(accounts.chain.links, "maximum")),
        at_least(accounts.flow_by_link, asked, at_rows(accounts.chain.links, "minimum")),
        at_most(accounts.flow_by_link, np.where(astray, 0.0, np.inf), at_rows(accounts.chain.links)),
        Rows(not_to_open.astype(float), np.zeros(len(table)), at_rows(accounts.chain.links, "status")),
    )


def continuity(accounts: Accounts) -> Check:
    """A share of each of today's relations remains, within its maximum; a candidate is none of them."""
    table = accounts.links
    kept = accounts.chain.settings.continuity * np.nan_to_num(table["today"]) * ~table["candidate"]
    least = np.minimum(kept, table["maximum"])
    return worst("relations kept", at_least(accounts.flow_by_link, least, at_rows(accounts.chain.links, "today")))


def offers(accounts: Accounts) -> Check:
    """Offers give their maximum at most; an outside actor that has offers of a product ships their sum."""
    rows, chain = accounts.offer_rows, accounts.chain
    weights = accounts.calendar_weights(o.calendar for o in chain.offers)
    given = _grid(accounts.offers, "offer", weights.shape)
    place = at_rows(chain.offers, "maximum")
    limit = shared_out(rows["maximum"], weights)
    free = np.where(rows["free"], rows["maximum"], np.inf)
    return worst(
        "offers",
        at_most(given.ravel(), limit.ravel(), _first(place, given)),
        at_most(given.sum(axis=1), free, place),
        _outside(accounts, rows, accounts.offers, "from", "quantity"),
    )


def needs(accounts: Accounts, observed: bool) -> Check:
    """Must: served in full. Want: served and unmet make the quantity. Outlet: served within the quantity.
    What an outside actor that has needs of a product receives is the sum of what they are served. In what was
    observed, must is read as want (outside, as outlet), and more than the quantity may be served: it is next year's.
    """
    rows, chain = accounts.need_rows, accounts.chain
    weights = accounts.calendar_weights(n.calendar for n in chain.needs)
    served = _grid(accounts.served, "need", weights.shape)
    lacking = _lacking(accounts, weights.shape)
    place = at_rows(chain.needs, "quantity")
    outlet, quantity, free = (rows[c] for c in ("outlet", "quantity", "free"))
    no_excuse = outlet if observed else outlet | rows["must"]
    if observed:
        outlet = outlet | (rows["must"] & ~accounts.actors["inside"][rows["actor"]])
    asked = shared_out(quantity, weights)
    most = np.full_like(asked, np.inf) if observed else asked
    least = np.where(outlet[:, None] | np.isinf(asked), -np.inf, asked)
    got = served + lacking[:, :-1]
    year = got.sum(axis=1) + lacking[:, -1]
    return worst(
        "needs",
        at_most(got.ravel(), most.ravel(), _first(place, got)),
        at_least(got.ravel(), least.ravel(), _first(place, got)),
        at_most(year, np.where(free & (not observed), quantity, np.inf), place),
        at_least(year, np.where(free & ~outlet & np.isfinite(quantity), quantity, -np.inf), place),
        at_most(lacking.sum(axis=1), np.where(no_excuse, 0.0, np.inf), place),
        _outside(accounts, rows, accounts.served, "to", "received"),
        least=least_of(accounts.chain),
    )


def shared_out(yearly: Floats, weights: Floats) -> Floats:
    """Return yearly quantities by period: inf where nothing binds in that period, 0 in a closed season."""
    with np.errstate(invalid="ignore"):
        parts = yearly[:, None] * weights
    return np.where(weights == 0.0, 0.0, np.where(np.isnan(parts), np.inf, parts))


def _grid(rows: Table, position: str, shape: tuple[int, ...]) -> Floats:
    """Return quantities by row of the chain and period."""
    grid = np.zeros(shape)
    np.add.at(grid, (rows[position], rows["period"]), rows["quantity"])
    return grid


def _lacking(accounts: Accounts, shape: tuple[int, ...]) -> Floats:
    """Return what is unmet by need and period; the last column is that of the year as a whole (period -1)."""
    return _grid(accounts.unmet, "need", (shape[0], shape[1] + 1))


def _first(place: Place, grid: Floats) -> Place:
    """Turn a place of a row into the place of a flattened (row, period) grid."""
    width = max(1, grid.shape[1])
    return lambda position: place(position // width)


def _outside(accounts: Accounts, rows: Table, used: Table, end: str, amount: str) -> Rows:
    """What outside actors with such rows ship or receive is what the rows account for, period by period."""
    inside = accounts.actors["inside"]
    width = len(accounts.products)
    bound = np.unique((rows["actor"] * width + rows["product"])[~inside[rows["actor"]]])

    def among(actor: Positions, product: Positions) -> Flags:
        return np.isin(actor * width + product, bound)

    flows = accounts.flows[among(accounts.flows[end], accounts.flows["product"])]
    moved = flows.renamed(**{end: "actor"}).only(*SPOT).assign(amount=flows[amount])
    if end == "from":
        lent = means_taken(accounts)
        lent = lent[among(lent["actor"], lent["product"])]
        moved = below(moved, lent.assign(amount=lent["quantity"]))
    told = used[among(used["actor"], used["product"])]
    entries = below(moved, told.assign(amount=-told["quantity"]))
    total = sums(entries.only(*SPOT), entries["amount"])
    return equal(total["total"], np.zeros(len(total)), at_spots(accounts, total), total["scale"])
