"""Who is served, and who gets the local goods: one row a group of users and product family."""

from __future__ import annotations

import numpy as np
import pandas as pd

from filiere.indicators.figure import NO_NEED, Figure, ratio, ratios
from filiere.solution.accounts import Accounts
from filiere.solution.table import Table

EVERYTHING = "*"
"""The family that stands for all of them together."""


def wanted(accounts: Accounts) -> Table:
    """Return need, actor, product, wanted, served: must and want rows, in value at reference prices.

    An outlet is no need: nothing is lacking where it is not filled. What goes beyond a need, as today may, serves no
    other one.
    """
    needs, value = accounts.need_rows, accounts.products["value"]
    served = accounts.summed(accounts.served["need"], accounts.served["quantity"], len(needs))
    served = np.minimum(served, needs["quantity"])
    price = value[needs["product"]]
    asked = ~needs["outlet"] & np.isfinite(needs["quantity"])
    rows = Table({
        "need": np.arange(len(needs)), "actor": needs["actor"], "product": needs["product"],
        "wanted": np.where(asked, needs["quantity"], 0.0) * price, "served": served * price,
    })  # fmt: skip
    return rows[asked]


def served_share(rows: Table) -> Figure:
    """Return what is served of what is wanted, 0 to 1, by reference value."""
    return ratio(float(rows["served"].sum()), float(rows["wanted"].sum()), NO_NEED)


def by_group(accounts: Accounts, rows: Table, used: Table) -> pd.DataFrame:
    """Return wanted, served (value), served_share, local_share, by group and family (``*``: all of them).

    An actor counts in each of its groups, one without any in the group "". The local share is 1 - the external
    content of all that is served inside, outlets included.
    """
    asked = _summed(accounts, rows, ["wanted", "served"])
    origin = _summed(accounts, used, ["followed", "external"])
    frame = asked.join(origin, how="outer").fillna(0.0).sort_index()
    return pd.DataFrame({
        "wanted": frame["wanted"], "served": frame["served"],
        "served_share": ratios(frame["served"], frame["wanted"]),
        "local_share": 1.0 - ratios(frame["external"], frame["followed"]),
    }, index=frame.index)  # fmt: skip


def local_shares(frame: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return, by group and family, the part of what is served that is of inside origin; absent where nothing is."""
    return _told(frame, "local_share")


def served_shares(frame: pd.DataFrame) -> dict[str, float]:
    """Return, by group, what is served of what it wants, outlets apart."""
    return {group: shares[EVERYTHING] for group, shares in _told(frame, "served_share").items() if EVERYTHING in shares}


def _told(frame: pd.DataFrame, column: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    shares = frame[column].dropna()
    groups, families = shares.index.get_level_values(0), shares.index.get_level_values(1)
    for group, family, share in zip(groups, families, shares, strict=True):
        found.setdefault(str(group), {})[str(family)] = float(share)
    return found


def _summed(accounts: Accounts, rows: Table, columns: list[str]) -> pd.DataFrame:
    groups = [a.groups or ("",) for a in accounts.chain.actors.values()]
    chain = accounts.chain
    # A need on a family asks for a product of the family's own name.
    asked = {name for process in chain.processes.values() if process.serves for name in process.outputs}
    families = [p.family or (p.name if p.name in asked else "") for p in chain.products.values()]
    member = pd.DataFrame(
        [(i, name) for i, names in enumerate(groups) for name in names], columns=["actor", "group"]
    ).astype({"actor": "int64", "group": object})
    placed = rows.assign(family=np.array(families, dtype=object)[rows["product"]]).frame.merge(member, on="actor")
    both = pd.concat([placed, placed.assign(family=EVERYTHING)], ignore_index=True)
    return both.groupby(["group", "family"])[columns].sum()
