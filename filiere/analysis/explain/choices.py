"""What the workbook's own choices cost: equal shares against none, and a wished rule against one that must hold."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from filiere.analysis.explain.pooled import Means, Pooled, each_alone, pooled_means
from filiere.chain.chain import Chain, Limit
from filiere.chain.check.each import BETWEEN
from filiere.chain.derived.default_objectives import fairness
from filiere.schema import words as w
from filiere.solution.evaluate import objective_value, unmet_worth
from filiere.solution.means import means_taken
from filiere.solution.once import accounts_of
from filiere.solution.scope import leeway, missed
from filiere.solution.shares import ServedShare, served_shares
from filiere.solution.solution import Plan, Solution, Status
from filiere.solver.programme.chosen import whole_columns
from filiere.solver.programme.compile import compiled
from filiere.solver.programme.extract import plan as plan_of
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session

MOST_RULES = 5
"""Rules that are tried one by one, those that are missed the most first."""

PATIENCE = 5.0
"""Seconds, and so many times what the plan took, that may be spent on all of this."""

TOLD = (w.Objective.UNMET, w.Objective.DEFICIT, w.Objective.COST, w.Objective.LOST)
"""By what a choice is weighed."""

MISSED = 1e-6
"""What is missed is more than this share of the rule's scale."""


@dataclass(frozen=True)
class Missed:
    """A wished rule that the plan misses: by how much against its scale, and what holding it would cost.

    ``costs`` are by objective: the value with the rule held less the plan's. ``state`` says how its trial ended.
    """

    rule: Limit
    share: float
    state: Literal["held", "impossible", "not_tried"] = "not_tried"
    costs: Mapping[w.Objective, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Equal:
    """What equal shares cost: by objective, the plan's value less that without them; and what ``after`` would give."""

    shares: tuple[ServedShare, ...]
    costs: Mapping[w.Objective, float]
    after: tuple[ServedShare, ...] = ()
    after_costs: Mapping[w.Objective, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Grown:
    """A relation (from, to, product) or an activity (process, actor) that more than doubles."""

    names: tuple[str, ...]
    today: float
    plan: float


@dataclass(frozen=True)
class Wishes:
    """The wished rules that the plan misses or just keeps, and by how much it differs from one without any of them."""

    names: tuple[str, ...]
    costs: Mapping[w.Objective, float]


@dataclass(frozen=True)
class Choices:
    """All of it. ``equal`` is None where shares are not made equal, or everybody gets everything."""

    equal: Equal | None = None
    rules: tuple[Missed, ...] = ()
    grown: tuple[Grown, ...] = ()
    pooled: Pooled | None = None
    """What pooling means saves; None where nobody shares any, or that could not be told in time."""
    wishes: Wishes | None = None
    """What the wished rules take together; None where none holds the plan, or that could not be told in time."""


def choices(chain: Chain, solution: Solution) -> Choices:
    """Return what a plan's choices cost, each found by another solve, as long as that takes no longer than is fair."""
    plan = solution.plan
    if plan is None or solution.status is not Status.OPTIMAL:
        return Choices()
    until = time.monotonic() + PATIENCE * max(1.0, solution.seconds.get("solve", 0.0))
    trial = _Trial(chain, plan, until)
    equal, rules, wishes = _equal(trial), tuple(_rules(trial)), _wishes(trial)
    return Choices(equal, rules, tuple(doubled(chain, plan)), _pooled(trial), wishes)


class _Trial:
    """Solves variants of a chain and tells by how much they differ from its plan."""

    def __init__(self, chain: Chain, plan: Plan, until: float) -> None:
        self.chain, self.plan, self.until = chain, plan, until
        self.values = {kind: _value(chain, plan, kind) for kind in TOLD}

    def solved(self, variant: Chain, asked: w.Fairness | None = None) -> Plan | Literal["late"] | None:
        """Return the plan of a variant, which is tried first with what the chain's own plan opens.

        Links that a variant has besides come after those of the chain.
        """
        left = self.until - time.monotonic()
        if left <= 0.0:
            return "late"
        programme = compiled(variant)
        search = Search(Session(programme, left))
        search.incumbent = whole_columns(programme, self.plan)[search.columns]
        try:
            ranked = solve_ranks(search, variant.objectives, asked)
        except RankError as error:
            return None if error.answer is Answer.INFEASIBLE else "late"
        return "late" if ranked.stopped else plan_of(programme, ranked.columns)

    def differences(self, variant: Chain, plan: Plan) -> dict[w.Objective, float]:
        """By how much another plan is above this one."""
        return {kind: _value(variant, plan, kind) - self.values[kind] for kind in TOLD}


def _value(chain: Chain, plan: Plan, kind: w.Objective) -> float:
    """What a plan reaches; unmet needs at reference prices, which the objective weighs by importance."""
    if kind is w.Objective.UNMET:
        return float(unmet_worth(accounts_of(chain, plan)).sum())
    return objective_value(chain, plan, kind)


def _equal(trial: _Trial) -> Equal | None:
    """Return what equal shares cost; where that is nothing, shares made equal after the needs would be the same."""
    chain, asked = trial.chain, fairness(trial.chain)
    shares = served_shares(chain, trial.plan)
    if asked is w.Fairness.NO or len(shares) < 2 or all(one.share >= 1.0 - MISSED for one in shares):
        return None
    without = trial.solved(chain, w.Fairness.NO)
    if without is None or without == "late":
        return Equal(shares, {})
    costs = {kind: -by for kind, by in trial.differences(chain, without).items()}
    if asked is w.Fairness.AFTER or not _is_dearer(trial, costs):
        return Equal(shares, costs)
    after = trial.solved(chain, w.Fairness.AFTER)
    if after is None or after == "late":
        return Equal(shares, costs)
    return Equal(shares, costs, served_shares(chain, after), trial.differences(chain, after))


def _is_dearer(trial: _Trial, costs: Mapping[w.Objective, float]) -> bool:
    return any(by > MISSED * max(1.0, abs(trial.values[kind])) for kind, by in costs.items())


def _pooled(trial: _Trial) -> Pooled | None:
    means = pooled_means(trial.chain)
    if (
        not means
        or not trial.plan.flows["link"].isin([e for e, link in enumerate(trial.chain.links) if link.uses]).any()
    ):
        return None
    used = _used(trial, means)
    if not used:
        return None
    alone = each_alone(trial.chain, used)
    found = trial.solved(alone)
    if found == "late":
        return None
    return Pooled(tuple(used.items()), {} if found is None else trial.differences(alone, found))


def _used(trial: _Trial, means: Mapping[Means, tuple[str, ...]]) -> dict[Means, tuple[str, ...]]:
    """Of means that several may use, those that several do use in the plan, and who."""
    accounts = accounts_of(trial.chain, trial.plan)
    taken, names, products = means_taken(accounts), accounts.actor_index, accounts.product_index
    found: dict[Means, set[str]] = {}
    for lender, user, service, quantity in taken.rows("actor", "user", "product", "quantity"):
        if quantity > MISSED:
            found.setdefault((str(names[lender]), str(products[service])), set()).add(str(names[user]))
    users = {key: tuple(name for name in some if name in found.get(key, ())) for key, some in means.items()}
    return {key: some for key, some in users.items() if len(some) > 1}


def _rules(trial: _Trial) -> list[Missed]:
    accounts = accounts_of(trial.chain, trial.plan)
    found: dict[int, Missed] = {}
    for rule in trial.chain.limits:
        share = missed(accounts, rule) / rule.size if rule.wished else 0.0
        if share > MISSED:
            known = found.get(id(rule.row))
            named = replace(rule, name=rule.name.partition(BETWEEN)[0] if rule.row.each else rule.name)
            found[id(rule.row)] = Missed(named, share + (known.share if known else 0.0))
    ordered = sorted(found.values(), key=lambda one: -one.share)
    return [_tried(trial, one) for one in ordered[:MOST_RULES]] + ordered[MOST_RULES:]


def _tried(trial: _Trial, one: Missed) -> Missed:
    row = one.rule.row
    limits = tuple(replace(rule, wished=False) if rule.row is row else rule for rule in trial.chain.limits)
    variant = replace(trial.chain, limits=limits)
    found = trial.solved(variant)
    if found == "late":
        return one
    if found is None:
        return replace(one, state="impossible")
    return replace(one, state="held", costs=trial.differences(variant, found))


def _wishes(trial: _Trial) -> Wishes | None:
    """Plan without any wished rule, where one of them is missed or just kept: what they take stands nowhere else."""
    accounts, limits = accounts_of(trial.chain, trial.plan), trial.chain.limits
    names = dict.fromkeys(
        rule.name.partition(BETWEEN)[0] if rule.row.each else rule.name
        for rule in limits if rule.wished and leeway(accounts, rule) <= MISSED * rule.size
    )  # fmt: skip
    if not names:
        return None
    variant = replace(trial.chain, limits=tuple(rule for rule in limits if not rule.wished))
    found = trial.solved(variant)
    if found is None or found == "late":
        return None
    return Wishes(tuple(names), {kind: -by for kind, by in trial.differences(variant, found).items()})


def doubled(chain: Chain, plan: Plan) -> list[Grown]:
    """Return the relations and activities of this year that more than double, what grows most in value first."""
    accounts, worth = accounts_of(chain, plan), {name: product.value for name, product in chain.products.items()}
    found = [
        Grown((link.from_, link.to, link.product), link.today, flow)
        for link, flow in zip(chain.links, accounts.flow_by_link.tolist(), strict=True)
        if link.today and flow > 2.0 * link.today * (1.0 + MISSED)
    ]
    found += [
        Grown(key, process.today, level)
        for (key, process), level in zip(chain.processes.items(), accounts.level_by_process.tolist(), strict=True)
        if process.today and level > 2.0 * process.today * (1.0 + MISSED)
    ]

    def grown(one: Grown) -> float:
        if len(one.names) > 2:
            return (one.plan - one.today) * worth[one.names[2]]
        made = chain.processes[one.names[0], one.names[1]].outputs
        return (one.plan - one.today) * sum(quantity * worth[product] for product, quantity in made.items())

    return sorted(found, key=lambda one: (-grown(one), one.names))
