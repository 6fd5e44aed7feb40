"""What a stock loses of goods that may not be thrown away is told before any figure: a lossy stock is no dump."""

from __future__ import annotations

import pytest

from filiere.analysis.today.observe import with_today
from filiere.chain.read import read_chain
from filiere.pipeline import solve_chain
from filiere.report.result.json import solution_json
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.text import summary_lines
from filiere.report.view import View
from tests.report.test_plain_words import plain
from tests.sheets import chain, workbook

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


TEAM = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Team | member |
    | School | member |
    ## Products
    | product | unit | price | kind |
    | greens | t | 1000 | primary |
    | hour | h | 25 | service |
    ## Processes
    | process | actor | capacity | unit_cost | whole |
    | a day | Team | 300 | 200 | yes |
    ## Recipes
    | process | product | input | output |
    | a day | hour | | 8 |
    ## Offers
    | actor | product | maximum |
    | Farm | greens | 40 |
    ## Links
    | from | to | product | price | uses | uses_quantity | carrier |
    | Farm | School | greens | 1000 | hour | 1.3 | Team |
    ## Needs
    | actor | product | quantity |
    | School | greens | 9 |
"""


def test_hours_that_are_paid_and_not_used_are_no_rubbish() -> None:
    """Two days of 8 hours for 11.7: 4.3 hours at 25 were « jeté »."""
    view = View(solve_chain(chain(TEAM)), "fr")
    told = next(remark.text for remark in remarks(view) if remark.label == "Rejets")
    assert plain(told) == "inutilisé : hour (4,3 h) ; soit 107 € au prix de référence."
