"""Do a plan's frames speak of its chain, in figures that are not negative and agree with each other?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from filiere.solution.accounts import Accounts, Floats
from filiere.solution.certify.check import Check, Rows, worst
from filiere.solution.solution import COLUMNS, Plan

AMOUNTS = {"levels": "level", "expanded": "level", "grants": "amount", "deficits": "amount", "payments": "paid"}
"""The column that holds each frame's figure, where it is not ``quantity``."""


def references(accounts: Accounts) -> Check:
    """Every row of every frame names what the chain holds: 0 if so, 1 if not."""
    for where, wrong in _misplaced(accounts):
        if wrong:
            return Check("references", 1.0, where)
    return Check("references", 0.0)


def signs(accounts: Accounts) -> Check:
    """No quantity, level, stock or amount is negative or missing."""
    return worst("non-negativity", *(_negative(accounts.plan, name) for name in COLUMNS))


def frames_agree(accounts: Accounts) -> Check:
    """What a flow delivers is what is shipped less the link's loss; its value is shipped quantity x price."""
    plan, flows = accounts.plan.flows, accounts.flows
    parts = []
    for column in ("received", "value"):
        told, found = plan[column].to_numpy(dtype=float), flows[column]
        parts.append(Rows(np.abs(told - found), np.abs(found), _flow(plan)))
    return worst("flow columns", *parts)


def _flow(frame: pd.DataFrame) -> Any:
    def place(position: int) -> tuple[str, None]:
        row = frame.iloc[position]
        return f"{row['from']} → {row['to']}, {row['product']}, {row['period']}", None

    return place


def _negative(plan: Plan, name: str) -> Rows:
    amounts: Floats = getattr(plan, name)[AMOUNTS.get(name, "quantity")].to_numpy(dtype=float)
    violation = np.where(np.isfinite(amounts), np.maximum(0.0, -amounts), np.nan)
    return Rows(violation, np.abs(amounts), lambda i: (f"{name}, {i + 1}", None))


def _misplaced(accounts: Accounts) -> Iterator[tuple[str, bool]]:
    chain, plan = accounts.chain, accounts.plan
    names: dict[str, set[str]] = {
        **{key: set(chain.actors) for key in ("actor", "from", "to", "funder")},
        "product": set(chain.products),
        "period": {p.name for p in chain.periods},
    }
    for name, columns in COLUMNS.items():
        frame: pd.DataFrame = getattr(plan, name)
        for column in columns:
            if column in names:
                known = names[column] | ({""} if name == "unmet" else set())
                yield f"{name}, {column}", not set(frame[column].unique()) <= known
    for name in ("levels", "expanded", "chosen"):
        pairs = set(zip(getattr(plan, name)["process"], getattr(plan, name)["actor"], strict=True))
        yield f"{name}, process", not pairs <= set(chain.processes)
    for name, column, rows in (
        ("flows", "link", chain.links), ("offers", "offer", chain.offers),
        ("served", "need", chain.needs), ("unmet", "need", chain.needs), ("grants", "funding", chain.funding),
    ):  # fmt: skip
        yield f"{name}, {column}", not _points_to(getattr(plan, name), column, rows)
    yield "flows, period", not _in_season(accounts)
    yield (
        "opened",
        not (
            all(key in chain.processes for key in plan.opened_processes)
            and all(0 <= e < len(chain.links) for e in plan.opened_links)
        ),
    )


def _points_to(frame: pd.DataFrame, column: str, rows: Sequence[Any]) -> bool:
    """Whether positions exist and the names beside them are those of the row they point to."""
    position = frame[column].to_numpy(dtype=np.int64)
    if not position.size:
        return True
    if position.min() < 0 or position.max() >= len(rows):
        return False
    fields = [c for c in ("from", "to", "actor", "product", "funder") if c in frame]
    for name in fields:
        told = np.array([getattr(row, "from_" if name == "from" else name) for row in rows], dtype=object)
        if not (told[position] == frame[name].to_numpy(dtype=object)).all():
            return False
    return True


def _in_season(accounts: Accounts) -> bool:
    """Whether every flow is in a period in which its link holds."""
    links = accounts.chain.links
    narrow = {i: set(link.periods) for i, link in enumerate(links) if len(link.periods) < len(accounts.chain.periods)}
    frame = accounts.plan.flows
    frame = frame[frame["link"].isin(list(narrow)) & (frame["quantity"] > 0.0)]
    return all(period in narrow[link] for link, period in zip(frame["link"], frame["period"], strict=True))
