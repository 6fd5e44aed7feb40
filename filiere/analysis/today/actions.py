"""From today to the plan: what has to be decided, and what each decision is worth.

What a decision is worth is never guessed: the chain is planned again with that decision alone refused, today's
level held, and every rank optimised anew. What the others are worth to each other is in it, so the worths of several
decisions do not add up.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from filiere.analysis.today.action import Action, Kind, Refused
from filiere.analysis.today.decisions import Decision, decisions
from filiere.analysis.today.today import observed_chain
from filiere.analysis.today.unknown import is_blank
from filiere.chain.chain import Chain, Link, Objective
from filiere.chain.derived.default_objectives import has_default_ranks
from filiere.problems import Cell
from filiere.schema import words as w
from filiere.schema.columns import Addressed
from filiere.schema.objectives import facts_of
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.once import accounts_of
from filiere.solution.solution import Plan

if TYPE_CHECKING:
    from filiere.solver.replan.refuse import Refusal, Refuser
    from filiere.solver.session.answer import Answer

Told = Callable[[int, int], None]
"""Told how many refusals are done, of how many."""

MOST = 12
"""How many decisions are refused unless another number is asked for, those that move most value first."""
WORK = 5e8
"""Work that refusals may take unless their number is asked for, in the unit of
:class:`filiere.solver.session.effort.Effort`: half a minute or so. Two runs on two machines tell the same."""
DUST = 1e-6
"""A change below this share of the largest delivery of its product is rounding."""


@dataclass(frozen=True)
class Actions:
    """Every decision from today to the plan, the most needed first, and the steps that are too small to decide.

    ``objectives`` are what refusals were measured in.
    """

    decisions: tuple[Decision, ...]
    traces: tuple[Action, ...] = ()
    objectives: tuple[Objective, ...] = ()
    seconds: float = 0.0

    @property
    def steps(self) -> Iterator[Action]:
        """Every step, in the order of the decisions, traces last."""
        for decision in self.decisions:
            yield from (*decision.heads, *decision.along)
        yield from self.traces


def actions(
    chain: Chain,
    plan: Plan,
    today: Plan,
    most: int | None = MOST,
    seconds: float | None = None,
    told: Told | None = None,
    work: float | None = None,
) -> Actions:
    """Return what has to be decided to come from ``today`` (as :func:`filiere.analysis.today.today.today` finds it)
    to ``plan``.

    The ``most`` decisions that open or enlarge something, or move most value, are refused one at a time (None: all
    of them), as long as that takes no more than ``seconds``, and no more than so much ``work``.
    """
    started = time.perf_counter()
    after, before = accounts_of(chain, plan), accounts_of(observed_chain(chain), today)
    steps = sorted((*_relations(chain, after, before), *_activities(chain, after, before)), key=_size)
    grouped, traces = decisions(chain, steps, after, before)
    found = sorted(grouped, key=_importance)
    asked = found if most is None else found[:most]
    if not asked:
        return Actions(tuple(found), traces)
    measured = with_measured_ranks(chain)
    # Default ranks are to stay default ranks: what they say of cost, fairness and the bound holds of refusals too.
    studied = chain if has_default_ranks(chain) else measured
    limit = None if seconds is None else started + seconds
    refusals = _refused(studied, measured.objectives, plan, asked, limit, told, work)
    tried = [replace(decision, refused=refused) for decision, refused in zip(asked, refusals, strict=True)]
    tried.sort(key=lambda decision: _need(decision, measured.objectives))
    return Actions((*tried, *found[len(asked) :]), traces, measured.objectives, time.perf_counter() - started)


def with_measured_ranks(chain: Chain) -> Chain:
    """Return the chain with its ranks but nearness to today, which refusing a step would always improve; dependency,
    cost and circularity come last where the workbook does not rank them.
    """
    ordered = sorted(chain.objectives, key=lambda objective: objective.rank)
    kept = [o for o in ordered if o.kind is not w.Objective.CHANGE]
    last = max((o.rank for o in kept), default=0)
    for kind in (w.Objective.DEPENDENCY, w.Objective.COST, w.Objective.CIRCULARITY):
        if all(o.kind is not kind for o in kept):
            last += 1
            kept.append(Objective(last, kind, None, facts_of(kind).direction, 1.0, 0.0, 0.0))
    return replace(chain, objectives=tuple(kept))


def _relations(chain: Chain, after: Accounts, before: Accounts) -> Iterator[Action]:
    """Every relation (supplier, customer, product, all its rows together) that carries another amount than today."""
    rows: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for position, link in enumerate(chain.links):
        rows[link.from_, link.to, link.product].append(position)
    shipped, earlier = after.flow_by_link, before.flow_by_link
    paid, paid_earlier = _paid(after), _paid(before)
    dust = _dust(after, shipped, earlier)
    for names, positions in rows.items():
        now, then = _plain(shipped[positions].sum()), _plain(earlier[positions].sum())
        least = dust[positions[0]]
        if abs(now - then) <= max(least, DUST * max(now, then)):
            continue
        kind: Kind = "create" if then <= least else "end" if now <= least else "grow" if now > then else "shrink"
        quantity, money = (now, paid) if now > least else (then, paid_earlier)
        used = [e for e in positions if shipped[e] > least or earlier[e] > least]
        yield Action(
            kind, names, 0.0 if kind == "create" else then, 0.0 if kind == "end" else now,
            abs(now - then) * chain.products[names[2]].value, _plain(money[positions].sum() / quantity),
            _cell(chain.links[used[0]].row), frozenset(positions),
            known=kind != "create" or any(map(_is_known, (chain.links[e] for e in positions))),
        )  # fmt: skip


def _plain(amount: float) -> float:
    """Return a figure without what adding up rounded: 60 for 59.999 999 999 9."""
    return float(f"{amount:.10g}")


def _paid(accounts: Accounts) -> Floats:
    return accounts.summed(accounts.flows["link"], accounts.flows["value"], len(accounts.links))


def _dust(accounts: Accounts, *shipped: Floats) -> Floats:
    """Return, by link, how little of its product is rounding."""
    product = accounts.links["product"]
    largest = np.zeros(len(accounts.products))
    for amounts in shipped:
        np.maximum.at(largest, product, amounts)
    return np.asarray(DUST * largest[product])


def _activities(chain: Chain, after: Accounts, before: Accounts) -> Iterator[Action]:
    """Every activity that is opened or enlarged, or runs at another level than today."""
    earlier = dict(zip(before.chain.processes, before.level_by_process, strict=True))
    for k, (key, process) in enumerate(chain.processes.items()):
        if process.serves:
            continue
        now, then = _plain(after.level_by_process[k]), _plain(earlier.get(key, 0.0))
        more = float(after.expansion[k])
        value = sum(made * chain.products[p].value for p, made in process.outputs.items())
        least = DUST * max(now, then, process.capacity or 0.0)
        kind: Kind
        runs = None
        if key in after.plan.opened_processes:
            kind, then = "open", 0.0
        elif more > least:
            runs = then, now
            kind, then, now = "enlarge", process.capacity or 0.0, (process.capacity or 0.0) + more
        elif abs(now - then) <= least:
            continue
        elif then <= least:
            kind, then = "start", 0.0
        elif now <= least:
            kind, now = "stop", 0.0
        else:
            kind = "raise" if now > then else "lower"
        known = kind not in ("start", "enlarge") or bool(runs and runs[0] > least) or not is_blank(process)
        yield Action(kind, key, then, now, abs(now - then) * value, cell=_cell(process.row), runs=runs, known=known)


def _is_known(link: Link) -> bool:
    """Whether this year's figure of an exchange is typed, or it is one in project."""
    return link.today is not None or link.candidate


def _cell(row: Addressed) -> Cell | None:
    own = [cell for name, cell in row.cells.items() if name and cell.row is not None]
    return min(own, key=lambda cell: cell.column or 0) if own else row.cells.get("")


def _size(step: Action) -> tuple[float, tuple[str, ...]]:
    return -step.worth, step.names


def _importance(decision: Decision) -> tuple[bool, float, tuple[str, ...]]:
    """Projects first, then what moves most value."""
    return decision.lead.kind not in ("open", "enlarge"), -decision.worth, decision.lead.names


def _refused(
    chain: Chain,
    objectives: Sequence[Objective],
    plan: Plan,
    found: Sequence[Decision],
    limit: float | None,
    told: Told | None,
    work: float | None,
) -> Iterator[Refused]:
    """Refuse one decision after the other in one session, as long as there is time and work is allowed."""
    from filiere.solver.ranks.step import RankError
    from filiere.solver.replan.refuse import Refuser
    from filiere.solver.session.answer import Answer

    left = None if limit is None else max(0.1, limit - time.perf_counter())
    refuser, why = Refuser(chain, plan, left, objectives), None
    try:
        reference: Mapping[str, float] = refuser.reference()
    except RankError as error:
        reference, why = {}, Refused("no_time" if error.answer is Answer.TIME_LIMIT else "trouble")
    for done, decision in enumerate(found):
        late = limit is not None and time.perf_counter() > limit
        if late or (work is not None and refuser.session.effort.spent > work):
            why = why or Refused("no_time")
        if why is not None:
            yield why
            continue
        answer = _without(refuser, decision)
        if not isinstance(answer, Answer):
            yield Refused("measured", {key: _less(answer[key], value) for key, value in reference.items()})
        elif answer is Answer.INFEASIBLE:
            yield Refused("impossible")
        else:
            yield Refused("no_time" if answer is Answer.TIME_LIMIT else "trouble")
        if told:
            told(done + 1, len(found))


def _without(refuser: Refuser, decision: Decision) -> Mapping[str, float] | Answer:
    """Refuse a decision: where it changes suppliers, the former ones keep what would change hands, lest another
    change of the kind take its place; where that leaves no plan, only what begins is refused.
    """
    from filiere.solver.session.answer import Answer

    if decision.swaps and decision.lead.of_link:
        kept = [_keeping(step, decision) for step in decision.less]
        found = refuser.without([*(refusal(step) for step in decision.more), *kept])
        if found is not Answer.INFEASIBLE:
            return found
    return refuser.without([refusal(step) for step in decision.more or decision.less])


def _keeping(step: Action, decision: Decision) -> Refusal:
    """Refuse that a former supplier loses what others take over for its customer; what the customer no longer needs
    it may lose.
    """
    begun, ended = (
        sum(abs(s.after - s.before) for s in side if s.names[1] == step.names[1])
        for side in (decision.more, decision.less)
    )
    return replace(refusal(step), level=step.after + (step.before - step.after) * min(1.0, begun / ended))


def _less(after: float, before: float) -> float:
    """Return the difference, 0 where it is rounding."""
    return after - before if abs(after - before) > DUST * max(1e-3, abs(before)) else 0.0


def refusal(step: Action) -> Refusal:
    """Return what refusing a step asks of the chain: to stay at today's level, or on its side of it."""
    from filiere.solver.replan.refuse import Refusal

    if step.of_link:
        return Refusal("flow", step.before, step.increases, links=step.links)
    family = {"open": "open_process", "enlarge": "expansion"}.get(step.kind, "level")
    level = 0.0 if family != "level" else step.before
    return Refusal(family, level, step.increases, process=step.process)


def _need(decision: Decision, objectives: Sequence[Objective]) -> tuple[object, ...]:
    """What cannot be refused first, then what loses most at the first rank, at the second, and so on; then the rest."""
    refused = decision.refused
    state = {"impossible": 0, "measured": 1}.get(refused.state, 2)
    lost: dict[int, float] = {}
    for o in objectives:
        worse = -1.0 if o.direction is w.Direction.MAX else 1.0
        lost[o.rank] = lost.get(o.rank, 0.0) + worse * o.weight * refused.losses.get(o.key, 0.0)
    losses = tuple(-lost[rank] for rank in sorted(lost))
    return (state, losses, -decision.worth, decision.lead.names)
