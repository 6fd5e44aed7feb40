"""What differs between two chains of one shape, and where in the programme it weighs.

The shape decides which variables and rows there are; two chains of one shape differ in numbers only. A figure
weighs in the rows that rest on its own row of the workbook, some also in the balances of a place, most of the
others in sums over many rows: objectives, budgets, limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from filiere.chain.chain import Actor, Calendar, Chain, Funding, Link, Need, Offer, Process, Product, Storage
from filiere.chain.derived.default_objectives import has_default_ranks
from filiere.chain.derived.observed import need_keys, offer_keys
from filiere.model.equations.pooling import Place
from filiere.model.index import Index


@dataclass(frozen=True)
class Touched:
    """Rows that differ, by table (positions, keys or names); what else they weigh in."""

    rows: Mapping[str, set[Any]]
    places: set[Place]
    """Actors and products whose balances change coefficients."""
    sums: bool
    """Whether objectives, budgets and limits change."""
    settings: bool
    wants: set[str]
    """Actors of whom another quantity is wanted, or more or less urgently."""


class Table:
    """The fields of one kind of row: what decides the shape, what only its own rows rest on, what balances do."""

    def __init__(
        self, kind: type, shape: Callable[[Any], Any], own: tuple[str, ...], flows: tuple[str, ...] = (),
        summed_too: tuple[str, ...] = (), unused: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.shape = shape
        named = {*own, *flows, *unused, "row"} - {*summed_too}
        self._own, self._flows = _figures(own), _figures(flows)
        self._summed = _figures(tuple(field.name for field in fields(kind) if field.name not in named))

    def differ(self, old: Any, new: Any) -> tuple[bool, bool, bool]:
        """Whether its own rows, balances, sums change."""
        return (
            self._own(old) != self._own(new),
            self._flows(old) != self._flows(new),
            self._summed(old) != self._summed(new),
        )


def _figures(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda row: ()


def _open_periods(calendar: Calendar) -> tuple[bool, ...] | None:
    return None if calendar.weights is None else tuple(weight > 0 for weight in calendar.weights)


def _means(row: Link | Storage) -> Place:
    return (row.uses.carrier, row.uses.product) if row.uses else ("", "")


LINKS = Table(
    Link,
    lambda row: (
        row.from_,
        row.to,
        row.product,
        row.period,
        row.periods,
        row.candidate,
        not row.multiple,
        _means(row),
        row.round,
    ),
    own=("maximum", "minimum", "today", "multiple"),
    flows=("loss", "uses"),
    summed_too=("loss", "uses", "today"),
    unused=("step",),
)
PROCESSES = Table(
    Process,
    lambda row: (
        row.name,
        row.actor,
        row.status,
        row.whole,
        row.whole_each_period,
        not row.minimum_load,
        row.requires,
        tuple(row.delays.items()),
        tuple(row.inputs),
        tuple((label, tuple(option.product for option in some)) for label, some in row.choices.items()),
        tuple(row.outputs),
    ),
    own=("capacity", "minimum", "today", "expansion_max", "calendar", "minimum_load", "requires", "choices"),
    flows=("inputs", "outputs", "choices"),
    summed_too=("inputs", "outputs", "today"),
    unused=("recipe",),
)
NEEDS = Table(
    Need,
    lambda row: (row.actor, row.product, row.obligation, row.returns, row.returned == 0, _open_periods(row.calendar)),
    own=("quantity", "calendar"),
    flows=("returned",),
)
OFFERS = Table(
    Offer,
    lambda row: (row.actor, row.product, _open_periods(row.calendar)),
    own=("maximum", "calendar"),
)
STORAGES = Table(
    Storage,
    lambda row: (row.actor, row.product, _means(row)),
    own=("capacity", "initial", "final"),
    flows=("loss", "initial", "uses"),
    summed_too=("uses",),
)
FUNDING = Table(
    Funding,
    lambda row: (row.funder, row.actor, row.processes),
    own=("maximum", "minimum", "unit_amount"),
)
ACTORS = Table(
    Actor,
    lambda row: (row.inside, row.budget, row.least_surplus is None, row.may_transfer),
    own=("reserve", "least_surplus"),
    unused=("sector", "groups", "place", "latitude", "longitude"),
)
PRODUCTS = Table(
    Product, lambda row: (row.kind, row.may_discard, row.shelf_life), own=(), unused=("unit",),
)  # fmt: skip


def same_shape(x: Index, chain: Chain) -> Index | None:
    """Return the index of ``chain`` if it has the sets of ``x``, row by row in the same order, else None."""
    old = x.chain
    if [(p.name, p.share) for p in old.periods] != [(p.name, p.share) for p in chain.periods]:
        return None
    if any(len(getattr(old, rows)) != len(getattr(chain, rows)) for rows in _ROWS):
        return None
    links = x.links if chain.links is old.links else _again(LINKS, x.links, chain.links, x.link_positions)
    needs = x.needs if chain.needs is old.needs else _again(NEEDS, x.needs, chain.needs, x.need_positions)
    offers = x.offers if chain.offers is old.offers else _again(OFFERS, x.offers, chain.offers, x.offer_positions)
    funding = _again(FUNDING, x.funding, chain.funding, x.funding_positions)
    if links is None or needs is None or offers is None or funding is None:
        return None
    by_key = (
        (PROCESSES, old.processes, chain.processes), (STORAGES, old.storages, chain.storages),
        (ACTORS, old.actors, chain.actors), (PRODUCTS, old.products, chain.products),
    )  # fmt: skip
    if not all(_same_keys(table, before, after) for table, before, after in by_key):
        return None
    processes = tuple(chain.processes[process.key] for process in x.processes)
    y = replace(x, chain=chain, links=links, needs=needs, offers=offers, funding=funding, processes=processes)
    # What follows from the shape alone need not be gathered again.
    y.__dict__.update({name: x.__dict__[name] for name in _OF_SHAPE if name in x.__dict__})
    if chain.processes is old.processes and chain.products is old.products:
        y.__dict__["discards"] = x.discards
    if "_today" in x.__dict__ and _same_today(old, chain):
        y.__dict__["_today"] = x.__dict__["_today"]
    return y


def _same_today(old: Chain, chain: Chain) -> bool:
    """Whether this year's figures are the same, and of the same rows."""
    typed = all(getattr(chain, table) is getattr(old, table) for table in ("links", "processes", "funding"))
    if not typed or chain.observed is not old.observed:
        return False
    if chain.observed is None:  # what is served and offered this year is not typed
        return True
    return need_keys(chain.needs) == need_keys(old.needs) and offer_keys(chain.offers) == offer_keys(old.offers)


_ROWS = ("links", "needs", "offers", "funding", "processes", "storages", "actors", "products")

_OF_SHAPE = (
    "_periods_of_link", "processes_by_key", "stocks", "balances", "outside_supplies", "outside_demands", "links_from",
    "links_to", "processes_of", "offers_of", "needs_of", "stored_by", "inside_actors", "budgets", "floors",
    "payers", "payees", "grants", "has_whole",
)  # fmt: skip


def _again(table: Table, old: Iterable[Any], new: tuple[Any, ...], positions: tuple[int, ...]) -> Any:
    """The new rows in the index's order, None where one has another shape."""
    if len(new) != len(positions):
        return None
    found = tuple(new[i] for i in positions)
    same = all(a is b or table.shape(a) == table.shape(b) for a, b in zip(old, found, strict=True))
    return found if same else None


def _same_keys(table: Table, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> bool:
    return old is new or (
        old.keys() == new.keys()
        and all(row is new[key] or table.shape(row) == table.shape(new[key]) for key, row in old.items())
    )


def touched(x: Index, y: Index) -> Touched:
    """Return what differs between two chains of one shape."""
    rows: dict[str, set[Any]] = {}
    places: set[Place] = set()
    sums = x.chain.settings != y.chain.settings or has_default_ranks(x.chain) != has_default_ranks(y.chain)
    for name, table, pairs in _tables(x, y):
        rows[name] = set()
        for key, old, new in pairs:
            if old is new:
                continue
            own, flows, summed = table.differ(old, new)
            sums = sums or summed
            if own or flows:
                rows[name].add(key)
            if flows:
                places |= _places(new)
    rows["recipes"] = rows["processes"]
    rows["limits"] = _other_limits(x.chain, y.chain)
    if y.chain.wishes:  # what a rule misses is measured against its value, growth against today
        wished = any(rule.wished and rule.name in rows["limits"] for rule in y.chain.limits)
        sums = sums or wished or bool(y.grown_links and rows["links"]) or bool(y.grown_levels and rows["processes"])
    wants = {new.actor for old, new in zip(x.needs, y.needs, strict=True) if old is not new and old != new}
    return Touched(rows, places, sums, x.chain.settings != y.chain.settings, wants)


def _tables(x: Index, y: Index) -> Iterable[tuple[str, Table, Iterable[tuple[Any, Any, Any]]]]:
    for name, table in (("links", LINKS), ("processes", PROCESSES), ("needs", NEEDS), ("offers", OFFERS),
                        ("funding", FUNDING)):  # fmt: skip
        old, new = getattr(x, name), getattr(y, name)
        yield name, table, () if old is new else zip(range(len(old)), old, new, strict=True)
    for name, table, attribute in (("storage", STORAGES, "storages"), ("actors", ACTORS, "actors"),
                                   ("products", PRODUCTS, "products")):  # fmt: skip
        old, new = getattr(x.chain, attribute), getattr(y.chain, attribute)
        yield name, table, () if old is new else [(key, row, new[key]) for key, row in old.items()]


def _places(row: Any) -> set[Place]:
    """Actors and products in whose balances a row has a coefficient."""
    if isinstance(row, Link | Storage):
        means = {_means(row)} if row.uses else set()
        return {(row.to if isinstance(row, Link) else row.actor, row.product), *means}
    if isinstance(row, Process):
        return {(row.actor, p) for p in (*row.takes, *row.outputs)}
    if isinstance(row, Need):
        return {(row.actor, row.returns or "")}
    return {(row.actor, row.product)}


def _other_limits(old: Chain, new: Chain) -> set[str]:
    before, after = ({rule.name: rule for rule in chain.limits} for chain in (old, new))
    return {
        name for name in before.keys() | after.keys()
        if name not in before or name not in after or replace(after[name], row=before[name].row) != before[name]
    }  # fmt: skip
