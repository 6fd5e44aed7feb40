"""The chain as it is: today's figures, made consistent with the least change."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from filiere.analysis.today.point import as_observed, point
from filiere.chain.chain import Actor, Chain
from filiere.language import Label
from filiere.problems import WorkbookError
from filiere.problems.solving import NO_TODAY
from filiere.schema import words as w
from filiere.solution.solution import Plan, Solution
from filiere.watch import of_today

Spared = Literal["inside", "members"]
"""Whom a plan must leave with what they are left with today: every inside actor, or the members alone."""

_WITHOUT = Label("leave out {option}", "retirez {option}")
ROUNDING = 1e-9
"""What adding up an actor's receipts and outlays may be off by, relative to them."""


def observed_chain(chain: Chain) -> Chain:
    """Return the chain in which only nature binds (:func:`filiere.analysis.today.point.as_observed`)."""
    return as_observed(chain)


def today(chain: Chain, time_limit: float | None = None) -> Solution:
    """Return today's plan (:func:`filiere.analysis.today.point.point`)."""
    with of_today():
        return point(chain, time_limit)


def no_worse_off(chain: Chain, spared: Spared = "inside", time_limit: float | None = None) -> Chain:
    """Return the chain in which some are left with at least what they are today, receipts less outlays.

    Those whom its settings spare are spared too. Raises ``WorkbookError`` where none of today's figures is filled in.
    """
    plan = today(chain, time_limit).plan if chain.has_today else None
    if plan is None:
        option = "--no-member-worse-off" if spared == "members" else "--nobody-worse-off"
        raise WorkbookError([NO_TODAY.at(None, otherwise=_WITHOUT.fill(option=option))])
    return nobody_worse_off(chain, plan, "inside" if agreed(chain) == "inside" else spared)


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
    entries = money_of_actors(accounts, budgets=True)
    count = len(accounts.actors)
    surplus = accounts.summed(entries["actor"], entries["amount"], count)
    terms = accounts.summed(entries["actor"], np.abs(entries["amount"]), count)
    floors = dict(zip(accounts.actor_index, (surplus - ROUNDING * np.maximum(1.0, terms)).tolist(), strict=True))
    actors = {
        name: replace(actor, least_surplus=floors[name]) if _spared(actor, spared) else actor
        for name, actor in chain.actors.items()
    }
    return replace(chain, actors=actors)


def agreed(chain: Chain) -> Spared | None:
    """Return whom the chain's settings spare."""
    settings = chain.settings
    if settings.nobody_worse_off is w.YesNo.YES:
        return "inside"
    return "members" if settings.no_member_worse_off is w.YesNo.YES else None


def as_agreed(chain: Chain, plan: Plan | None = None) -> Chain:
    """Return the chain in which those whom its settings spare are no worse off than under ``plan``, today's.

    Today is worked out where no ``plan`` is given. Raises what :func:`no_worse_off` raises.
    """
    spared = agreed(chain)
    if spared is None:
        return chain
    return no_worse_off(chain, spared) if plan is None else nobody_worse_off(chain, plan, spared)


def _spared(actor: Actor, spared: Spared) -> bool:
    return actor.inside if spared == "inside" else actor.perimeter is w.Perimeter.MEMBER
