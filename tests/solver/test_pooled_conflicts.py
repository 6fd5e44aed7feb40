"""What cannot work for want of keeping or of room in a round names the cell that says so."""

from __future__ import annotations

import pytest

from filiere.report.explain.conflicts import conflict_lines
from filiere.solver.solve import solve
from tests.sheets import chain

LETTUCE = """
    ## Periods
    | period |
    | s1 |
    | s2 |
    | s3 |
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Shop | member |
    ## Products
    | product | unit | price | shelf_life |
    | lettuce | t | 100 | 1 |
    ## Offers
    | actor | product | maximum | period |
    | Farm | lettuce | 10 | s1 |
    ## Storage
    | actor | product | capacity | initial | final |
    | Shop | lettuce | 100 | 0 | 0 |
    ## Links
    | from | to | product |
    | Farm | Shop | lettuce |
    ## Needs
    | actor | product | quantity | period | obligation |
    | Shop | lettuce | 4 | s3 | must |
"""
ROUND = """
    ## Actors
    | actor | perimeter |
    | Shop | member |
    | Cafe | member |
    | Out | external |
    ## Products
    | product | unit | price |
    | apples | t | 100 |
    ## Links
    | from | to | product | price | status | maximum | round | round_maximum | fixed_cost |
    | Out | Shop | apples | 10 | candidate | 10 | monday | 12 | 5 |
    | Out | Cafe | apples | 10 | candidate | 10 | monday | 12 | 5 |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | apples | 7 | must |
    | Cafe | apples | 7 | must |
"""


@pytest.mark.parametrize(
    ("markdown", "cell", "said"),
    [
        (LETTUCE, "Products!D2", "ne se conserve pas assez longtemps"),
        (ROUND, "Links!H3", "le maximum de la tournée est trop faible"),
    ],
)
def test_the_cell_is_named(markdown: str, cell: str, said: str) -> None:
    read = chain(markdown)
    solution = solve(read)
    assert solution.plan is None
    assert cell in {str(one.cell) for one in solution.conflict}
    assert said in "\n".join(conflict_lines(read, solution, "fr"))


def test_a_round_is_mended_by_what_it_carries_at_most_where_it_is_typed() -> None:
    solution = solve(
        chain(ROUND.replace("| monday | 12 | 5 |\n    | Out | Cafe", "| monday | | 5 |\n    | Out | Cafe"))
    )
    assert [(str(one.cell), one.before, one.after) for one in solution.repair] == [("Links!H3", 12.0, 14.0)]
