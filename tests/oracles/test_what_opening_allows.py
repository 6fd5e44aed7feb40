"""Two published location problems: the price at which a link left out is used is right, its seller open or closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from filiere.analysis.explain.unused import WhyNot, unused
from filiere.chain.chain import Chain
from filiere.chain.read import read_chain
from filiere.schema import words as w
from filiere.solver.programme.compile import compiled
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.sensitivity.prices import sensitivity
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session
from filiere.solver.solve import solve
from filiere.workbook.read.read import read_workbook
from tests.oracles.book import Sheets, cheapest, figures, write
from tests.oracles.test_lp_facility_location import sheets as warehouses


def sites() -> Sheets:
    """Eight customers, five sites with room for all: the first of the two published costs, in money."""
    opened, served = figures("mo_uflp_didactic1", "sites"), figures("mo_uflp_didactic1", "alloc")
    customers = sorted({row["customer"] for row in served})
    return {
        "Actors": [["actor", "perimeter"], *([f"site {row['site']}", "member"] for row in opened),
                   *([f"customer {customer}", "local"] for customer in customers)],
        "Products": [["product", "unit", "price"], ["place", "piece", 1]],
        "Processes": [["process", "actor", "status", "capacity", "investment"],
                      *(["opening", f"site {row['site']}", "candidate", 8, float(row["open_cost1"])] for row in opened)],
        "Recipes": [["process", "product", "output"], ["opening", "place", 1]],
        "Needs": [["actor", "product", "quantity", "obligation"],
                  *([f"customer {customer}", "place", 1, "must"] for customer in customers)],
        "Links": [["from", "to", "product", "transport_cost"],
                  *([f"site {row['site']}", f"customer {row['customer']}", "place", float(row["cost1"])]
                    for row in served)],
        "Objectives": cheapest(),
    }  # fmt: skip


def left_out(chain: Chain) -> tuple[WhyNot, ...]:
    programme = compiled(chain)
    columns = solve_ranks(Search(Session(programme)), chain.objectives).columns
    return unused(programme, columns, sensitivity(programme, columns, chain.objectives, most=0).excluded, chain)


def settled(chain: Chain, why: WhyNot) -> Chain:
    """The chain with the project that a link needs, and the others open or closed as is best beside it."""
    processes = dict(chain.processes)
    if why.project:
        key = (why.project[0], why.project[1])
        processes[key] = replace(processes[key], status=w.ProcessStatus.OPENED)
    plan = solve(replace(chain, processes=processes)).plan
    assert plan is not None
    opened = {*plan.opened_processes, *(key for key, process in processes.items() if not process.candidate)}
    left = {key: replace(processes[key], status=w.ProcessStatus.OPENED) for key in processes if key in opened}
    return replace(chain, processes=left)


def carried(chain: Chain, why: WhyNot, transport: float) -> float:
    """What goes over the link at this transport cost."""
    links = tuple(
        replace(k, transport_cost=transport) if (k.from_, k.to, k.product) == why.subject else k for k in chain.links
    )
    plan = solve(replace(chain, links=links)).plan
    assert plan is not None
    rows = plan.flows[(plan.flows["from"] == why.subject[0]) & (plan.flows["to"] == why.subject[1])]
    return float(rows["quantity"].sum())


@pytest.mark.parametrize("problem", [warehouses, sites])
def test_a_link_is_used_below_the_price_that_is_told_and_not_above_it(
    problem: Callable[[], Sheets], tmp_path: Path
) -> None:
    """What opens or closes besides is as in the best plan that has the project."""
    chain = read_chain(read_workbook(write(tmp_path / "case.xlsx", problem())))
    found = [why for why in left_out(chain) if why.kind == "link" and why.objective == "cost" and why.known]
    behind, free = ([why for why in found if bool(why.project) is shut] for shut in (True, False))
    assert len(behind) >= 2 and len(free) >= 2
    for why in (*behind[:2], *free[:2]):
        as_then = settled(chain, why)
        if why.needed is None:
            assert carried(as_then, why, 0.0) == 0.0
            continue
        assert carried(as_then, why, why.needed * 1.001) == 0.0, why
        assert carried(as_then, why, why.needed * 0.999) > 0.0, why
