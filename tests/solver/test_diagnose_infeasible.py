"""What cannot hold, planted in a small chain: the answer is the smallest set, as trying every subset tells.

The oracle takes rows out of the programme and asks another solver, through SciPy, whether a plan is left; it
knows nothing of elastic rows. Repairs are typed into the chain, which must then have a plan.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from filiere.chain.chain import Chain
from filiere.model.build import build
from filiere.report.explain.conflicts import conflict_lines
from filiere.solution.solution import Repair, Status
from filiere.solver.conflict.diagnose import clash
from filiere.solver.programme.compile import Programme, compile_model
from filiere.solver.programme.figures import Figure
from filiere.solver.solve import solve
from tests.sheets import chain as written
from tests.solver.planted import INFEASIBLE, Planted

each = pytest.mark.parametrize("planted", INFEASIBLE, ids=lambda planted: planted.name)


class Oracle:
    """Whether a plan is left when only some of the figures hold."""

    def __init__(self, programme: Programme, figures: tuple[Figure, ...]) -> None:
        self.programme, self.figures = programme, figures
        self.loose = programme.matrix.todense()
        for figure in figures:
            for row, column in figure.switches.items():
                # A project without its limit still has to be opened.
                self.loose[row, column] = min(-1e6, self.loose[row, column])

    def holds(self, kept: tuple[int, ...]) -> bool:
        programme = self.programme
        matrix = programme.matrix.todense()
        lower, upper = programme.row_lower.copy(), programme.row_upper.copy()
        for i, figure in enumerate(self.figures):
            if i in kept:
                continue
            for row in figure.rows:
                opened_only = row in figure.switches and np.isfinite(upper[row])
                matrix[row] = self.loose[row]
                if not opened_only:
                    lower[row], upper[row] = -np.inf, np.inf
        answer = milp(
            np.zeros(len(programme.columns)),
            constraints=LinearConstraint(np.asarray(matrix), lower, upper),
            bounds=Bounds(programme.column_lower, programme.column_upper),
            integrality=programme.whole.astype(int),
        )
        return bool(answer.success)


@each
def test_the_set_is_a_smallest_one(planted: Planted) -> None:
    programme = compile_model(build(planted.chain))
    found = clash(programme)
    oracle = Oracle(programme, found.figures)
    assert not oracle.holds(found.members)
    everything = range(len(found.figures))
    for count in range(len(found.members)):
        assert all(oracle.holds(subset) for subset in combinations(everything, count))


@each
def test_the_cells_named_are_those_of_the_set(planted: Planted) -> None:
    solution = solve(planted.chain)
    assert solution.status is Status.INFEASIBLE
    named = {str(conflict.cell) for conflict in solution.conflict}
    assert named
    if planted.cells is not None:
        assert named == planted.cells
    if planted.repair is not None:
        assert {str(r.cell): r.after for r in solution.repair} == pytest.approx(planted.repair)


@each
def test_the_repair_mends_the_chain_and_fewer_figures_would_not(planted: Planted) -> None:
    chain = planted.chain
    repairs = solve(chain).repair
    assert repairs
    assert solve(typed(chain, repairs)).status is Status.OPTIMAL
    programme = compile_model(build(chain))
    figures = clash(programme).figures
    oracle = Oracle(programme, figures)
    everything = set(range(len(figures)))
    for some in combinations(everything, len(repairs) - 1):
        assert not oracle.holds(tuple(everything - set(some)))


@each
def test_half_the_repair_is_not_enough(planted: Planted) -> None:
    repairs = [r for r in solve(planted.chain).repair if r.after != 0.0]
    for one in repairs:
        less = replace(one, after=one.after + 0.02 * (one.before - one.after))
        others = [r for r in repairs if r is not one]
        assert solve(typed(planted.chain, (less, *others))).status is Status.INFEASIBLE


@each
def test_the_reason_is_said_in_both_languages(planted: Planted) -> None:
    chain = planted.chain
    solution = solve(chain)
    assert len(solution.causes) == 1
    for language in ("fr", "en"):
        lines = conflict_lines(chain, solution, language)
        assert str(solution.causes[0].asked.cell) in lines[0]
        assert "{" not in "".join(lines)
        for repair in solution.repair:
            assert sum(line.startswith(f"  {repair.cell}") for line in lines) >= 1


def test_the_calendar_that_would_mend_it_is_named() -> None:
    for name, cell in (("a closed season with a capacity", "Processes!D3"), ("a harvest", "Offers!D2")):
        chain = next(planted for planted in INFEASIBLE if planted.name == name).chain
        assert [str(calendar.cell) for calendar in solve(chain).causes[0].calendars] == [cell]


HEAT = """
    ## Actors
    | actor | perimeter |
    | Plant | member |
    | Oven | member |
    | Town | local |
    | School | local |
    ## Periods
    | period | share |
    | summer | 50 % |
    | winter | 50 % |
    ## Profiles
    | profile | kind | summer | winter |
    | heating | spread | 10 % | 90 % |
    ## Products
    | product | unit | price | kind |
    | heat | MWh | 80 | service |
    ## Processes
    | process | actor | capacity |
    | boiler | Plant | {plant} |
    | burner | Oven | {oven} |
    ## Recipes
    | process | product | output |
    | boiler | heat | 1 |
    | burner | heat | 1 |
    ## Links
    | from | to | product |
    | Plant | Town | heat |
    | Oven | School | heat |
    ## Needs
    | actor | product | quantity | obligation | profile |
    | Town | heat | 100 | must | heating |
    | School | heat | 50 | must | heating |
"""


@pytest.mark.parametrize(
    ("plant", "oven", "cells", "alone"),
    [
        (140, 200, ["Processes!A2", "Needs!E2"], True),  # 70 of the 90 asked for in winter, 140 of 100 in the year
        (140, 70, ["Processes!A2", "Needs!E2"], False),  # the oven's 35 of 45 are a second clash
        (95, 70, [], False),  # the year's 95 are not enough either
    ],
)
def test_of_several_clashes_the_calendar_that_would_mend_one_is_named(
    plant: float, oven: float, cells: list[str], alone: bool
) -> None:
    made = written(HEAT.format(plant=plant, oven=oven))
    solution = solve(made)
    (cause,) = solution.causes
    assert cause.asked.subject[0] == "Town"
    assert [str(calendar.cell) for calendar in cause.calendars] == cells
    assert not cells or cause.alone is alone
    said = conflict_lines(made, solution, "fr")[0].replace("\u202f", " ")
    assert ("d'autres chiffres s'opposeraient encore" in said) is bool(cells and not alone)
    assert ("suffirait" in said) is bool(cells)


def test_a_need_and_what_it_can_get_are_said_as_one_would() -> None:
    chain = next(planted for planted in INFEASIBLE if planted.name == "a later capacity").chain
    assert conflict_lines(chain, solve(chain), "fr")[0] == (
        "School a besoin de 60\u00a0t de bread (Needs!C2), mais ne peut en obtenir que 48\u00a0t\u202f: "
        "baking, Bakery 48\u00a0t (Processes!C3)."
    )


def typed(chain: Chain, repairs: tuple[Repair, ...]) -> Chain:
    """Return the chain with the repairs typed in, each at the row that its cell names."""
    for repair in repairs:
        chain = _typed(chain, repair)
    return chain


_FIELD = {
    "capacity_limit": "capacity", "yearly_capacity_limit": "capacity", "activity_minimum": "minimum",
    "expansion_limit": "expansion_max", "link_maximum": "maximum", "link_minimum": "minimum", "relation_kept": "today",
    "need_served": "quantity", "need_served_in_year": "quantity", "offer_limit": "maximum",
    "offer_limit_in_year": "maximum", "storage_capacity": "capacity", "final_stock": "final",
    "no_build_up": "initial", "budget": "reserve", "grant_maximum": "maximum", "grant_minimum": "minimum",
    "grant_per_unit": "unit_amount", "limit": "value", "surplus_floor": "least_surplus",
}  # fmt: skip


def _typed(chain: Chain, repair: Repair) -> Chain:
    def one(element: Any) -> Any:
        cells = [str(cell) for cell in element.row.cells.values()]
        return replace(element, **{_FIELD[repair.row]: repair.after}) if str(repair.cell) in cells else element

    return replace(
        chain,
        actors={k: one(v) for k, v in chain.actors.items()},
        processes={k: one(v) for k, v in chain.processes.items()},
        storages={k: one(v) for k, v in chain.storages.items()},
        links=tuple(map(one, chain.links)),
        needs=tuple(map(one, chain.needs)),
        offers=tuple(map(one, chain.offers)),
        funding=tuple(map(one, chain.funding)),
        limits=tuple(map(one, chain.limits)),
    )
