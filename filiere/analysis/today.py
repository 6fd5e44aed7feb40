"""The chain as it is: today's figures, made consistent with the least change."""

from __future__ import annotations

from dataclasses import replace

from filiere.chain.chain import Actor, Chain, Link, Need, Objective, Process
from filiere.chain.default_objectives import natural_direction
from filiere.schema import words as w
from filiere.solution.solution import COLUMNS, Plan, Solution


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
        objectives=tuple(
            Objective(rank, kind, None, natural_direction(kind), 1.0, 0.0, 0.0)
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


def _exists(process: Process) -> bool:
    return not (process.candidate or process.opened) or bool(process.today)


def _as_observed(process: Process) -> Process:
    capacity = (process.capacity or 0.0) if process.scalable else process.capacity
    return replace(process, status=w.ProcessStatus.EXISTING, capacity=capacity, minimum=0.0, whole=False)


def _link_as_observed(link: Link) -> Link:
    if link.candidate and not link.today:
        return replace(link, candidate=False, minimum=0.0, maximum=0.0)
    return replace(link, candidate=False, minimum=0.0)


def _without_budget(actor: Actor) -> Actor:
    return replace(actor, budget=w.Budget.NO)


def _wanted(need: Need) -> Need:
    return replace(need, obligation=w.Obligation.WANT) if need.obligation is w.Obligation.MUST else need


def _with_grants(chain: Chain, plan: Plan) -> Plan:
    import pandas as pd

    rows = [(i, row.funder, row.actor, row.today) for i, row in enumerate(chain.funding) if row.today]
    return replace(plan, grants=pd.DataFrame(rows, columns=list(COLUMNS["grants"])))
