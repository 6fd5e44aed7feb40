"""Today's point: what the chain does this year, with what was typed moved as little as nature allows.

The typed figures come first; then as little as possible is delivered beyond next year's needs, then as little as
possible moves that nobody typed (today is not invented), then needs are served as far as that goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from filiere.analysis.today.reconciliation import Kind
from filiere.chain.chain import Calendar, Chain, Link, Need, Objective, Process
from filiere.latest import latest
from filiere.schema import changed
from filiere.schema import words as w
from filiere.schema.objectives import facts_of
from filiere.solution.solution import Plan, RankValue, Solution

if TYPE_CHECKING:
    import pandas as pd

EXCESS, SUPPOSED = "#excess", "#supposed"
"""What today's own ranks count by; no column of a workbook can be headed so."""
_FREE = Calendar(None)


@latest(2)
def as_observed(chain: Chain) -> Chain:
    """Return the chain in which only nature binds, to be brought nearest to what is observed.

    Limits, minimums, continuity, budgets, expansions, whole numbers, stocks at the year's ends and projects that do
    not exist yet are left out, and must is read as want: policy never bends what was observed. Links, offers and needs
    keep their positions. It is the same chain as before where it was asked for lately, for the accounts kept of it.
    """
    return replace(
        chain,
        settings=replace(chain.settings, continuity=0.0, cost_bound=None, fairness=w.Fairness.NO, growth_max=None),
        actors={name: replace(a, budget=w.Budget.NO, least_surplus=None) for name, a in chain.actors.items()},
        processes={key: _process(process) for key, process in chain.processes.items() if _exists(process)},
        links=tuple(_link(link) for link in chain.links),
        needs=tuple(_need(chain, need) for need in chain.needs),
        storages={key: replace(storage, initial=None, final=None) for key, storage in chain.storages.items()},
        limits=(),
        observed=None,
        objectives=(_rank(1, w.Objective.CHANGE), _rank(2, w.Objective.UNMET)),
    )


def ranked(seen: Chain) -> Chain:
    """Return an observed chain with today's own ranks, and room for what is delivered beyond a need.

    Each need with a quantity has another row behind all needs, in the same order, that takes what goes beyond it.
    """
    value = {name: product.value or 1.0 for name, product in seen.products.items()}
    beyond = tuple(_beyond(need, value[need.product]) for need in seen.needs if need.quantity is not None)
    return replace(
        seen,
        links=tuple(
            changed(e, measures={SUPPOSED: value[e.product]} if e.today is None else {}) for e in seen.links
        ),
        offers=tuple(changed(o, measures={SUPPOSED: value[o.product]}) for o in seen.offers),
        processes={
            key: changed(p, measures={SUPPOSED: _worth(p, value)} if p.today is None else {})
            for key, p in seen.processes.items()
        },
        needs=(*(changed(need, measures={}) for need in seen.needs), *beyond),
        objectives=(
            _rank(1, w.Objective.CHANGE), _measured(2, EXCESS), _measured(3, SUPPOSED), _rank(4, w.Objective.UNMET),
        ),
    )  # fmt: skip


def point(chain: Chain, time_limit: float | None = None) -> Solution:
    """Return today's point: its plan has the grants had and what each followed account lacked as its deficits.

    Frames refer to the positions of ``chain``; what goes beyond a need is served by it. Raises what
    :func:`filiere.solver.solve.solve` raises.
    """
    from filiere.analysis.today.accounts import with_grants
    from filiere.solver.solve import solve

    seen = as_observed(chain)
    solution = solve(ranked(seen), time_limit)
    ranks = tuple(_told(solution.objectives))
    if solution.plan is None:
        return replace(solution, objectives=ranks)
    plan = replace(solution.plan, served=_folded(seen.needs, solution.plan.served))
    return replace(solution, objectives=ranks, plan=with_grants(chain, seen, plan))


@latest(1)
def year_of_point(chain: Chain) -> tuple[Mapping[int, float], Mapping[tuple[str, str], float]] | None:
    """Return what each link (by position) carries and each activity runs at today's point, in the year.

    Without seasons, grants and frames this is a good part of the work of :func:`point`; None where only that finds one.
    """
    from filiere.solver.solve import solve_year

    found = solve_year(ranked(as_observed(chain)))
    if found is None:
        return None
    flows, levels = defaultdict[int, float](float), defaultdict[tuple[str, str], float](float)
    for link, amount in zip(found["flows"]["link"], found["flows"]["quantity"], strict=True):
        flows[link] += amount
    for process, actor, level in zip(*(found["levels"][name] for name in ("process", "actor", "level")), strict=True):
        levels[process, actor] += level
    return flows, levels


def supposed(chain: Chain, plan: Plan) -> Iterator[tuple[Kind, int | tuple[str, str], float]]:
    """Yield what moves in today's plan though nobody typed a figure of it: its kind, its position or key, how much."""
    frames: tuple[tuple[Kind, pd.DataFrame, str], ...] = (
        ("flow", plan.flows, "link"), ("offered", plan.offers, "offer"),
    )  # fmt: skip
    for kind, frame, column in frames:
        for position, amount in frame.groupby(column)["quantity"].sum().items():
            if kind == "offered" or chain.links[int(str(position))].today is None:
                yield kind, int(str(position)), float(amount)
    levels: dict[tuple[str, str], float] = {}
    for name, actor, level in zip(plan.levels["process"], plan.levels["actor"], plan.levels["level"], strict=True):
        levels[name, actor] = levels.get((name, actor), 0.0) + float(level)
    yield from (("level", key, level) for key, level in levels.items() if chain.processes[key].today is None)


def _rank(number: int, kind: w.Objective) -> Objective:
    return Objective(number, kind, None, facts_of(kind).direction, 1.0, 0.0, 0.0)


def _measured(number: int, name: str) -> Objective:
    return Objective(number, None, name, w.Direction.MIN, 1.0, 0.0, 0.0)


def _told(values: Sequence[RankValue]) -> Iterator[RankValue]:
    """Yield the ranks that people know, numbered on."""
    known = [value for value in values if value.objective in (w.Objective.CHANGE.key, w.Objective.UNMET.key)]
    return (replace(value, rank=number) for number, value in enumerate(known, start=1))


def _exists(process: Process) -> bool:
    return not (process.candidate or process.opened) or bool(process.today)


def _process(process: Process) -> Process:
    capacity = (process.capacity or 0.0) if process.scalable else process.capacity
    # A project that runs today is paid for today, as it would be by a plan that keeps it: its investment too.
    status = w.ProcessStatus.OPENED if process.candidate or process.opened else w.ProcessStatus.EXISTING
    return changed(
        process,
        status=status,
        capacity=capacity,
        minimum=0.0,
        whole=False,
        whole_each_period=False,
        minimum_load=None,
        requires=(),
        choices={
            label: tuple(replace(o, least=0.0, most=1.0) for o in some) for label, some in process.choices.items()
        },
    )


def _link(link: Link) -> Link:
    if link.candidate and not link.today:
        return changed(link, candidate=False, minimum=0.0, maximum=0.0)
    # A candidate in use today costs its buyer what it would in a plan.
    return changed(link, minimum=0.0, multiple=None, round=None)


def _need(chain: Chain, need: Need) -> Need:
    if need.obligation is not w.Obligation.MUST:
        return need
    return changed(need, obligation=w.Obligation.WANT if chain.inside(need.actor) else w.Obligation.OUTLET)


def _beyond(need: Need, value: float) -> Need:
    calendar = need.calendar if need.calendar.period else _FREE
    return changed(need, quantity=None, obligation=w.Obligation.OUTLET, calendar=calendar, measures={EXCESS: value})


def _worth(process: Process, value: dict[str, float]) -> float:
    """What one level is worth: what it puts out, or what it takes in where it puts nothing out."""
    amounts = process.outputs or process.inputs
    return sum(amount * value[product] for product, amount in amounts.items())


def _folded(needs: Sequence[Need], served: pd.DataFrame) -> pd.DataFrame:
    """Return what is served by the chain's own needs, what goes beyond each included."""
    own = [n for n, need in enumerate(needs) if need.quantity is not None]
    of = {len(needs) + i: n for i, n in enumerate(own)}
    rows = served.assign(need=[of.get(int(n), int(n)) for n in served["need"]])
    keys = ["need", "actor", "product", "period"]
    sums: pd.DataFrame = rows.groupby(keys, sort=False)["quantity"].sum().reset_index()
    return sums
