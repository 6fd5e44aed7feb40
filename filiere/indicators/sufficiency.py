"""What the territory makes of what it has: self-sufficiency and import dependency, product by product."""

from __future__ import annotations

import numpy as np
import pandas as pd

from filiere.chain.derived.groups import same_stage
from filiere.indicators.figure import ratios
from filiere.solution.accounts import Accounts, Floats, Positions
from filiere.solution.once import once_of_chain
from filiere.solution.table import added_up


def supply(accounts: Accounts) -> pd.DataFrame:
    """Return production, imports, exports, available, one row a product, in its unit.

    Production is what inside activities put out beyond what they take in of the same family and stage (sorting
    imported potatoes is none) and inside offers give; imports what inside actors receive from outside (net of loss),
    exports what they ship outside; available = production + imports - exports, the denominator of both ratios (FAO,
    Food Balance Sheets: a handbook, 2001).
    """
    inside, count = accounts.actors["inside"], len(accounts.products)
    offers, flows = accounts.offers, accounts.flows
    own = offers[inside[offers["actor"]]]
    enters = flows[inside[flows["to"]] & ~inside[flows["from"]]]
    leaves = flows[inside[flows["from"]] & ~inside[flows["to"]]]
    production = _made(accounts)
    production += accounts.summed(own["product"], own["quantity"], count)
    frame = pd.DataFrame({
        "production": production,
        "imports": accounts.summed(enters["product"], enters["received"], count),
        "exports": accounts.summed(leaves["product"], leaves["quantity"], count),
    })  # fmt: skip
    return frame.assign(available=frame["production"] + frame["imports"] - frame["exports"])


def _made(accounts: Accounts) -> Floats:
    """By product, what activities put out beyond what they take in of its family and stage."""
    alike, count = _alike(accounts), len(accounts.products)
    # What serves a need on a family by a mix of its products makes nothing.
    made = accounts.made[~accounts.processes["serves"][accounts.made["process"]]]
    put_out = added_up(made, "output", "process", "product")
    process, kind = put_out["process"], alike[put_out["product"]]
    taken = accounts.summed(
        made["process"] * count + alike[made["product"]], made["input"], len(accounts.processes) * count
    )
    beyond = np.maximum(0.0, put_out["output"] - taken[process * count + kind])
    return accounts.summed(put_out["product"], beyond, count)


@once_of_chain
def _alike(accounts: Accounts) -> Positions:
    """By product, the first product of its family, stage and unit."""
    position = {name: at for at, name in enumerate(accounts.chain.products)}
    first = np.arange(len(position))
    for names in same_stage(accounts.chain.products):
        first[[position[name] for name in names]] = position[names[0]]
    return first


def self_sufficiency(supplied: pd.DataFrame) -> Floats:
    """Return production / available, above 1 for a net exporter; nan where nothing is available (FAO)."""
    return ratios(supplied["production"], supplied["available"])


def import_dependency(supplied: pd.DataFrame) -> Floats:
    """Return imports / available; nan where nothing is available (FAO)."""
    return ratios(supplied["imports"], supplied["available"])


def net_import_dependency(supplied: pd.DataFrame) -> Floats:
    """Return (imports - exports) / available, below 0 for a net exporter; nan where nothing is available."""
    return ratios(supplied["imports"] - supplied["exports"], supplied["available"])


def concentration(accounts: Accounts) -> Floats:
    """Return, by product, the Herfindahl-Hirschman index Σ s² of its sellers' shares in what the inside receives.

    From 1 / number of sellers to 1 (a single one); nan where the inside buys none. Shares are of quantities.
    """
    inside, count = accounts.actors["inside"], len(accounts.products)
    flows = accounts.flows
    bought = flows[inside[flows["to"]]]
    by_seller = added_up(bought, "received", "product", "from")
    total = accounts.summed(by_seller["product"], by_seller["received"], count)
    squares = accounts.summed(by_seller["product"], by_seller["received"] ** 2, count)
    return ratios(squares, np.square(total))
