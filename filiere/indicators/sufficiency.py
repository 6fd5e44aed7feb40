"""What the territory makes of what it has: self-sufficiency and import dependency, product by product."""

from __future__ import annotations

import numpy as np
import pandas as pd

from filiere.indicators.figure import ratios
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.table import added_up


def supply(accounts: Accounts) -> pd.DataFrame:
    """Return production, imports, exports, available, one row a product, in its unit.

    Production is what inside activities put out and inside offers give; imports what inside actors receive from
    outside (net of loss), exports what they ship outside; available = production + imports - exports, the
    denominator of both ratios (FAO, Food Balance Sheets: a handbook, 2001).
    """
    inside, count = accounts.actors["inside"], len(accounts.products)
    made, offers, flows = accounts.made, accounts.offers, accounts.flows
    own = offers[inside[offers["actor"]]]
    enters = flows[inside[flows["to"]] & ~inside[flows["from"]]]
    leaves = flows[inside[flows["from"]] & ~inside[flows["to"]]]
    production = accounts.summed(made["product"], made["output"], count)
    production += accounts.summed(own["product"], own["quantity"], count)
    frame = pd.DataFrame({
        "production": production,
        "imports": accounts.summed(enters["product"], enters["received"], count),
        "exports": accounts.summed(leaves["product"], leaves["quantity"], count),
    })  # fmt: skip
    return frame.assign(available=frame["production"] + frame["imports"] - frame["exports"])


def self_sufficiency(supplied: pd.DataFrame) -> Floats:
    """Return production / available, above 1 for a net exporter; nan where nothing is available (FAO)."""
    return ratios(supplied["production"], supplied["available"])


def import_dependency(supplied: pd.DataFrame) -> Floats:
    """Return imports / available; nan where nothing is available (FAO)."""
    return ratios(supplied["imports"], supplied["available"])


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
