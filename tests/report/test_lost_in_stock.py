"""What a stock loses of goods that may not be thrown away is told before any figure: a lossy stock is no dump."""

from __future__ import annotations

import pytest

from filiere.analysis.today.observe import with_today
from filiere.chain.read import read_chain
from filiere.pipeline import solve_chain
from filiere.report.result.json import solution_json
from filiere.report.result.text import summary_lines
from tests.sheets import workbook

DAIRY = """
## Actors
| actor | perimeter |
| Dairy | member |
| Shop | external |
| Farm | member |
## Periods
| period |
{periods}
## Products
| product | unit | price | kind | may_discard |
| Milk | t | 300 | primary | |
| Cheese | t | 8000 | product | |
| Whey | t | 8 | product | {thrown} |
## Processes
| process | actor | capacity | unit_cost | today |
| Cheesemaking | Dairy | 100 | 100 | 50 |
## Recipes
| process | product | input | output |
| Cheesemaking | Milk | 1 | |
| Cheesemaking | Cheese | | 0.1 |
| Cheesemaking | Whey | | 0.9 |
## Links
| from | to | product | price |
| Farm | Dairy | Milk | 300 |
| Dairy | Shop | Cheese | 8000 |
## Offers
| actor | product | maximum |
| Farm | Milk | 100 |
## Storage
| actor | product | capacity | loss |
| Dairy | Whey | 100 | 0.5 |
"""


@pytest.mark.parametrize("periods", ["| p0 |\n| p1 |", "| year |"])
def test_a_dump_in_disguise_is_the_first_thing_said_and_stands_among_the_discards(periods: str) -> None:
    result = solve_chain(with_today(read_chain(workbook(DAIRY.format(periods=periods, thrown="no")))).chain)
    lines = summary_lines(result, "en")
    assert lines[1].startswith("Lost in stock: 45\u00a0t of Whey at Dairy, of 45\u00a0t made or received there")
    rows = solution_json(result)["discarded"]
    assert sum(row["quantity"] for row in rows if row.get("in_stock")) == pytest.approx(45)


def test_what_may_be_thrown_away_is_no_alarm() -> None:
    result = solve_chain(with_today(read_chain(workbook(DAIRY.format(periods="| year |", thrown="yes")))).chain)
    assert not [line for line in summary_lines(result, "en") if line.startswith("Lost in stock")]
