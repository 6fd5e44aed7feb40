"""What each inside actor receives, spends, and depends on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from filiere.indicators import dependency
from filiere.indicators.figure import ratios
from filiere.indicators.multiplier import Spending, all_rounds
from filiere.solution import ledger
from filiere.solution.accounts import UNKNOWN, Accounts, Floats
from filiere.solution.evaluate import jobs_terms
from filiere.solution.table import Table


def receipts_and_outlays(accounts: Accounts) -> pd.DataFrame:
    """Return receipts, outlays, surplus by actor: what it receives (sales, final users, grants) and pays."""
    count = len(accounts.actors)
    money = ledger.money_of_actors(accounts)
    amount = money["amount"]
    receipts = accounts.summed(money["actor"], np.maximum(0.0, amount), count)
    outlays = accounts.summed(money["actor"], np.maximum(0.0, -amount), count)
    return pd.DataFrame({"receipts": receipts, "outlays": outlays, "surplus": receipts - outlays})


def by_actor(accounts: Accounts, money: pd.DataFrame, spent: Spending) -> pd.DataFrame:
    """Return one row an inside actor: money, jobs, dependencies, its largest outside partners, its multiplier."""
    count = len(accounts.actors)
    bought, sold, granted = (
        f(accounts) for f in (dependency.purchases, dependency.sales, dependency.grants)
    )  # fmt: skip
    columns: dict[str, object] = {str(name): money[name].to_numpy() for name in money}
    columns["jobs"] = accounts.summed(accounts.levels["actor"], jobs_terms(accounts), count)
    sides = {
        "purchases": dependency.split_by(bought, bought["actor"], count),
        "sales": dependency.split_by(sold, sold["actor"], count),
        "grants": dependency.split_by(granted, granted["actor"], count),
    }
    columns |= {side: split["amount"] for side, split in sides.items()}
    whole = {
        "upstream": sides["purchases"]["amount"],
        "downstream": sides["sales"]["amount"],
        "funding": sides["sales"]["amount"] + sides["grants"]["amount"],
    }
    for (name, total), split in zip(whole.items(), sides.values(), strict=True):
        columns[f"{name}_dependency"] = ratios(split["total"], total)
        columns[f"{name}_dependency_public"] = ratios(split["public"], total)
        columns[f"{name}_dependency_private"] = ratios(split["private"], total)
    for name, part, total in (
        ("supplier", bought, whole["upstream"]), ("customer", sold, whole["downstream"]),
        ("funder", granted, whole["funding"]),
    ):  # fmt: skip
        columns |= largest(accounts, part, total, f"largest_{name}")
    columns["local_multiplier"] = all_rounds(spent.shares)[:count]
    frame = pd.DataFrame(columns)
    frame.index = accounts.actor_index.rename("actor")
    return frame[accounts.actors["inside"]]


def largest(accounts: Accounts, money: Table, total: Floats, name: str) -> dict[str, object]:
    """Return, by actor, its largest outside partner's name ("" for none) and the part of ``total`` it stands for."""
    inside = np.append(accounts.actors["inside"], True)
    away = money[~inside[money["other"]]]
    pairs = away.frame.groupby(["actor", "other"], as_index=False)["amount"].sum()
    # The first of equals by name, so that the order of rows decides nothing.
    pairs = pairs.assign(said=accounts.actor_index.to_numpy()[pairs["other"].to_numpy(dtype=np.int64)])
    first = pairs.sort_values(["amount", "said"], ascending=[False, True]).drop_duplicates("actor")
    amount, who = np.zeros(len(accounts.actors)), np.full(len(accounts.actors), UNKNOWN)
    where = first["actor"].to_numpy(dtype=np.int64)
    amount[where], who[where] = first["amount"], first["other"]
    names = np.append(accounts.actor_index.to_numpy(), "")
    share = np.where(who == UNKNOWN, np.nan, ratios(amount, total))
    return {name: names[who], f"{name}_share": share}
