"""Variations of two kinds of field cases: whole numbers in conflicts (I), and figures that stand for no limit (J)."""

from __future__ import annotations

import pytest

from filiere.chain.read import read_chain
from filiere.solution.solution import Status
from filiere.solver.solve import solve
from tests.sheets import workbook
from tests.solving import best

SMALL = """
    ## Actors
    | actor | perimeter |
    | W | member |
    | U | local |
    ## Products
    | product | unit | price |
    | good | t | 10 |
    | wheat | t | 2 |
    ## Processes
    | process | actor | capacity | whole | minimum | status | fixed_cost | minimum_load | expansion_max | expansion_cost |
    | make | W | {capacity} | {whole} | {minimum} | {status} | 100 | {load} | {growth} | {each} |
    ## Recipes
    | process | product | input | output |
    | make | wheat | 1 | |
    | make | good | | {out} |
    ## Offers
    | actor | product | maximum | unit_cost |
    | W | wheat | {wheat} | 1 |
    ## Links
    | from | to | product | maximum | status | fixed_cost | multiple | minimum |
    | W | U | good | {carried} | {link} | {opening} | {lot} | {least} |
    ## Needs
    | actor | product | quantity | obligation |
    | U | good | {need} | {obligation} |
    """
USUAL = {"capacity": "100", "whole": "", "minimum": "", "status": "", "load": "", "growth": "", "each": "", "out": "1",
         "wheat": "", "carried": "", "link": "", "opening": "", "lot": "", "least": "", "need": "5",
         "obligation": "must"}  # fmt: skip


def source(**given: str) -> str:
    return SMALL.format(**(USUAL | given))


@pytest.mark.parametrize(("given", "named", "never"), [
    # no whole number between a minimum and a capacity
    ({"whole": "yes", "minimum": "2.5", "capacity": "2.9", "need": "9", "obligation": "outlet"}, {"Processes!D2"}, set()),
    ({"whole": "yes", "minimum": "0.2", "capacity": "0.9", "need": "0"}, {"Processes!D2"}, set()),
    # a whole capacity would do, a broken one does not
    ({"whole": "yes", "capacity": "0.5", "need": "0.3"}, {"Processes!D2", "Needs!C2"}, set()),
    ({"whole": "yes", "capacity": "4.9", "need": "4.5"}, {"Processes!D2", "Needs!C2"}, set()),
    ({"whole": "yes", "capacity": "2.5", "out": "10", "need": "24"}, {"Processes!D2", "Needs!C2"}, set()),
    # a whole number that wheat does not suffice for
    ({"whole": "yes", "wheat": "4.5", "need": "4.2"}, {"Processes!D2", "Offers!C2"}, set()),
    # whole lots of a delivery
    ({"lot": "12", "carried": "30", "need": "26"}, {"Links!G2"}, {"Processes!D2"}),
    ({"lot": "12", "carried": "10", "need": "5"}, {"Links!G2"}, {"Processes!D2"}),
    # nothing whole is at fault: it is not named
    ({"whole": "yes", "capacity": "3", "need": "5"}, {"Processes!C2", "Needs!C2"}, {"Processes!D2"}),
    ({"whole": "", "capacity": "3.5", "need": "5"}, {"Processes!C2", "Needs!C2"}, {"Processes!D2"}),
    ({"whole": "yes", "wheat": "4", "need": "5"}, {"Offers!C2", "Needs!C2"}, {"Processes!D2"}),
])  # fmt: skip
def test_a_conflict_names_the_whole_number_where_it_is_the_cause(
    given: dict[str, str], named: set[str], never: set[str]
) -> None:
    solution = solve(read_chain(workbook(source(**given))))
    assert solution.status is Status.INFEASIBLE
    cells = {str(member.cell) for member in solution.conflict}
    assert named <= cells
    assert not never & cells


@pytest.mark.parametrize(("given", "level"), [
    ({"status": "candidate", "capacity": "1e12"}, 5), ({"status": "candidate", "capacity": "1e9", "need": "0.01"}, 0.01),
    ({"status": "candidate", "capacity": "1e6", "need": "0.001", "obligation": "want"}, 0.001),
    ({"status": "candidate", "capacity": "999999999", "whole": "yes", "need": "4.5"}, 5),
    ({"status": "candidate", "capacity": "1e9", "load": "0.000000001"}, 5),
    ({"status": "scalable", "capacity": "1", "growth": "1e12", "each": "3"}, 5),
    ({"link": "candidate", "carried": "1e12", "opening": "50"}, 5), ({"link": "candidate", "carried": "1e9", "opening": "50", "need": "0.02"}, 0.02),
    ({"link": "candidate", "carried": "1e9", "opening": "50", "least": "3"}, 5),
    ({"lot": "2", "carried": "1e12", "need": "6"}, 6), ({"wheat": "1e12", "capacity": "1e12"}, 5),
    ({"status": "candidate", "capacity": "1e12", "link": "candidate", "carried": "1e12", "opening": "50"}, 5),
])  # fmt: skip
def test_a_figure_that_stands_for_no_limit_limits_nothing(given: dict[str, str], level: float) -> None:
    found = best(source(**given))
    assert found.level("make") == pytest.approx(level, rel=1e-6)
    assert found.unmet("good") == pytest.approx(0, abs=1e-9)
