"""The chain as it is: today's figures, made consistent with the least change."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from filiere.chain.chain import Actor, Chain, Link, Need, Objective, Process
from filiere.problems import WorkbookError
from filiere.problems.solving import NO_TODAY
from filiere.schema import words as w
from filiere.schema.objectives import facts_of
from filiere.solution.solution import COLUMNS, Plan, Solution

Spared = Literal["inside", "members"]
"""Whom a plan must leave with what they are left with today: every inside actor, or the members alone."""

ROUNDING = 1e-9
"""What adding up an actor's receipts and outlays may be off by, relative to them."""


def observed_chain(chain: Chain) -> Chain:
    """Return the chain in which only nature binds, to be brought nearest to what is observed.

    Limits, minimums, continuity, budgets, expansions and projects that do not exist yet are left out, and must
    is read as want: policy never bends what was observed. Links keep their positions.
    """
    return replace(
        chain,
        settings=replace(chain.settings, continuity=0.0),
        actors={name: _without_budget(actor) for name, actor in chain.actors.items()},
        processes={key: _as_observed(process) for key, process in chain.processes.items() if _exists(process)},
        links=tuple(_link_as_observed(link) for link in chain.links),
        needs=tuple(_wanted(need) for need in chain.needs),
        limits=(),
        observed=None,
        objectives=tuple(
            Objective(rank, kind, None, facts_of(kind).direction, 1.0, 0.0, 0.0)
            for rank, kind in enumerate((w.Objective.CHANGE, w.Objective.UNMET), start=1)
        ),
    )


def today(chain: Chain, time_limit: float | None = None) -> Solution:
    """Return today's plan: the point of least change, in the L1 sense, with today's grants as they are typed.

    Its frames refer to the positions of ``chain``. Raises what :func:`filiere.solver.solve.solve` raises.
    """
    from filiere.solver.solve import solve

    solution = solve(observed_chain(chain), time_limit)
    if solution.plan is None:
        return solution
    return replace(solution, plan=_with_grants(chain, solution.plan))


def no_worse_off(chain: Chain, spared: Spared = "inside", time_limit: float | None = None) -> Chain:
    """Return the chain in which some are left with at least what they are today, receipts less outlays.

    Raises ``WorkbookError`` where none of today's figures is filled in.
    """
    plan = today(chain, time_limit).plan if chain.has_today else None
    if plan is None:
        raise WorkbookError([NO_TODAY.at(None)])
    return nobody_worse_off(chain, plan, spared)


def nobody_worse_off(chain: Chain, plan: Plan, spared: Spared = "inside") -> Chain:
    """Return the chain in which each actor spared must be left with at least what it is under ``plan``, today's.

    What it is left with is counted as in its budget: receipts less outlays, with the grants of those budgets that
    are followed. Where that is rounding, today's own plan passes.
    """
    import numpy as np

    from filiere.solution.accounts import Accounts
    from filiere.solution.ledger import money_of_actors

    followed = {name for name, actor in chain.actors.items() if actor.inside and actor.budget is not w.Budget.NO}
    counted = replace(plan, grants=plan.grants[plan.grants["actor"].isin(followed)])
    accounts = Accounts(observed_chain(chain), counted)
    entries = money_of_actors(accounts)
    count = len(accounts.actors)
    surplus = accounts.summed(entries["actor"], entries["amount"], count)
    terms = accounts.summed(entries["actor"], np.abs(entries["amount"]), count)
    floors = dict(zip(accounts.actor_index, (surplus - ROUNDING * np.maximum(1.0, terms)).tolist(), strict=True))
    actors = {
        name: replace(actor, least_surplus=floors[name]) if _spared(actor, spared) else actor
        for name, actor in chain.actors.items()
    }
    return replace(chain, actors=actors)


def _spared(actor: Actor, spared: Spared) -> bool:
    return actor.inside if spared == "inside" else actor.perimeter is w.Perimeter.MEMBER


def _exists(process: Process) -> bool:
    return not (process.candidate or process.opened) or bool(process.today)


def _as_observed(process: Process) -> Process:
    capacity = (process.capacity or 0.0) if process.scalable else process.capacity
    # A project that runs today is paid for today, as it would be by a plan that keeps it: its investment too.
    status = w.ProcessStatus.OPENED if process.candidate or process.opened else w.ProcessStatus.EXISTING
    return replace(process, status=status, capacity=capacity, minimum=0.0, whole=False, whole_each_period=False)


def _link_as_observed(link: Link) -> Link:
    if link.candidate and not link.today:
        return replace(link, candidate=False, minimum=0.0, maximum=0.0)
    return replace(link, minimum=0.0)  # a candidate in use today costs its buyer what it would in a plan


def _without_budget(actor: Actor) -> Actor:
    return replace(actor, budget=w.Budget.NO, least_surplus=None)


def _wanted(need: Need) -> Need:
    return replace(need, obligation=w.Obligation.WANT) if need.obligation is w.Obligation.MUST else need


def _with_grants(chain: Chain, plan: Plan) -> Plan:
    import pandas as pd

    rows = [(i, row.funder, row.actor, row.today) for i, row in enumerate(chain.funding) if row.today]
    return replace(plan, grants=pd.DataFrame(rows, columns=list(COLUMNS["grants"])))
