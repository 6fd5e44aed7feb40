"""Activities in whole numbers whose capacity never leaves room for one; the oracle is the plan, in which none runs."""

from __future__ import annotations

import pytest

from filiere.pipeline import solve_chain
from tests.sheets import chain, problems

CREATIONS = """
    ## Actors
    | actor | perimeter |
    | Company | member |
    | People | local |
    ## Periods
    | period | share |
    | summer | 50 % |
    | winter | 50 % |
    ## Profiles
    | profile | kind | summer | winter |
    | summers | availability | 1 | 0 |
    ## Products
    | product | unit | price | kind |
    | seat | seat | 10 | service |
    ## Processes
    | process | actor | capacity | whole | availability | status | expansion_max |
    | creation | Company | {process} |
    ## Recipes
    | process | product | output |
    | creation | seat | 100 |
    ## Links
    | from | to | product |
    | Company | People | seat |
    ## Needs
    | actor | product | quantity | profile |
    | People | seat | 500 | free |
"""


@pytest.mark.parametrize(
    ("process", "runs"),
    [
        ("1.5 | each period | | |", 0),
        ("2 | each period | | |", 2),
        ("1.5 | each period | free | |", 1),
        ("1.5 | yes | | |", 1),
        ("1.5 | yes | summers | |", 0),
        ("0.9 | yes | | |", 0),
        ("0.9 | no | | |", 0.9),
        ("1.5 | each period | | scalable | 1", 2),
        ("1 | each period | | scalable | 0.5", 0),
    ],
)
def test_what_never_runs_is_told(process: str, runs: float) -> None:
    text = CREATIONS.format(process=process)
    assert (("CHK39", "Processes!C2") in problems(text)) is (runs == 0)
    assert solve_chain(chain(text)).plan.levels["level"].sum() == pytest.approx(runs)
