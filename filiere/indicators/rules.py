"""What a rule on where purchases come from counts, beside what is of inside origin, all tiers upstream."""

from __future__ import annotations

import numpy as np

from filiere.chain.chain import Limit
from filiere.schema import words as w
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.scope import parts_of, purchases_by_link
from filiere.solution.table import Table

_OF_GOODS = (w.LimitMeasure.QUANTITY, w.LimitMeasure.VALUE, w.LimitMeasure.MASS)


def local_by_rule(accounts: Accounts) -> dict[str, float]:
    """Return, by rule on where purchases come from, the share that it counts: that of the last seller."""
    found = {}
    for rule in _rules(accounts):
        part, whole = parts_of(accounts, rule)
        if whole is not None and whole.sum() > 0.0:
            found[rule.name] = float(part.sum() / whole.sum())
    return found


def local_in_truth(accounts: Accounts, contents: Table) -> dict[str, float]:
    """Return, by the same rules, the share of those purchases that is of inside origin: a member who resells is no
    farm.
    """
    inside = _inside_origin(accounts, contents)
    followed, inside = ~np.isnan(inside), np.nan_to_num(inside)
    found = {}
    for rule in _rules(accounts):
        bought = purchases_by_link(accounts, rule) * followed
        if bought.sum() > 0.0:
            found[rule.name] = float((bought * inside).sum() / bought.sum())
    return found


def _rules(accounts: Accounts) -> list[Limit]:
    return [
        rule
        for rule in accounts.chain.limits
        if rule.basis is w.LimitBasis.PURCHASES and rule.scope.sellers is not None and rule.measure in _OF_GOODS
    ]


def _inside_origin(accounts: Accounts, contents: Table) -> Floats:
    """By link, the part of what its seller ships that is of inside origin."""
    width = len(accounts.products)
    known = dict(
        zip((contents["actor"] * width + contents["product"]).tolist(), contents["content"].tolist(), strict=True)
    )
    links, inside = accounts.links, accounts.actors["inside"]
    places = (links["from"] * width + links["product"]).tolist()
    own = np.array([1.0 - known.get(place, 0.0) for place in places], dtype=float)
    return np.where(inside[links["from"]], own, 0.0)
