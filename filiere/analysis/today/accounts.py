"""What accounts lacked this year, and which grants made up for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from filiere.chain.chain import Chain, Funding
from filiere.schema import words as w
from filiere.solution.solution import COLUMNS, Plan

_ROUNDING = 1e-9
"""What adding up an actor's receipts and outlays may be off by, relative to them."""

Grants = dict[int, float]
"""What each row of Funding gives, by its position."""


def with_grants(chain: Chain, seen: Chain, plan: Plan) -> Plan:
    """Return today's plan with its grants, and what each account that is followed lacks all the same.

    A grant whose figure is blank is its part of what the account lacked, in proportion to the maxima (equally where
    one is blank) and up to them.
    """
    typed = {f: row.today for f, row in enumerate(chain.funding) if row.today}
    followed = [a.name for a in chain.actors.values() if a.inside and a.budget is not w.Budget.NO]
    lacked = _lacked(chain, seen, plan, typed, followed)
    blank: dict[str, list[int]] = defaultdict(list)
    for f, row in enumerate(chain.funding):
        if row.today is None and lacked.get(row.actor):
            blank[row.actor].append(f)
    had = dict(typed)
    for actor, rows in blank.items():
        had |= _shared(chain.funding, rows, lacked[actor])
    left = _lacked(chain, seen, plan, had, followed) if blank else lacked
    deficits = pd.DataFrame(sorted(left.items()), columns=list(COLUMNS["deficits"]))
    return replace(plan, grants=_frame(chain, had), deficits=deficits)


def _frame(chain: Chain, had: Grants) -> pd.DataFrame:
    rows = [(f, chain.funding[f].funder, chain.funding[f].actor, had[f]) for f in sorted(had) if had[f]]
    return pd.DataFrame(rows, columns=list(COLUMNS["grants"]))


def _lacked(chain: Chain, seen: Chain, plan: Plan, had: Grants, followed: Sequence[str]) -> Mapping[str, float]:
    """Return by how much the outlays of accounts exceed their receipts and reserve, those that do not left out."""
    from filiere.solution.accounts import Accounts
    from filiere.solution.ledger import money_of_actors

    if not followed:
        return {}
    accounts = Accounts(seen, replace(plan, grants=_frame(chain, had)))
    entries = money_of_actors(accounts, budgets=True)
    count = len(accounts.actors)
    surplus = accounts.summed(entries["actor"], entries["amount"], count)
    terms = accounts.summed(entries["actor"], np.abs(entries["amount"]), count)
    place = {name: i for i, name in enumerate(accounts.actor_index)}
    found = {}
    for name in followed:
        i = place[name]
        short = -float(surplus[i]) - chain.actors[name].reserve
        if short > _ROUNDING * max(1.0, float(terms[i])):
            found[name] = short
    return found


def _shared(funding: Sequence[Funding], rows: Sequence[int], amount: float) -> Grants:
    """Share an amount out, in proportion to the maxima where all are known, else equally up to them."""
    maxima = {f: funding[f].maximum for f in rows}
    known = [m for m in maxima.values() if m is not None]
    if len(known) == len(rows):
        total = sum(known)
        part = min(1.0, amount / total) if total > 0.0 else 0.0
        return {f: part * (m or 0.0) for f, m in maxima.items()}
    shares: Grants = {}
    open_rows = sorted(rows, key=lambda f: (maxima[f] is None, maxima[f] or 0.0))
    for done, f in enumerate(open_rows):
        even = amount / (len(open_rows) - done)
        most = maxima[f]
        shares[f] = even if most is None else min(even, most)
        amount -= shares[f]
    return shares
