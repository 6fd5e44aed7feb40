"""Links that a scenario leaves as they are are taken from the one before, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.chain.chain import Chain
from filiere.chain.read import Book, read_chain
from filiere.chain.scenario.names import scenario_names
from filiere.workbook.read.read import read_workbook
from tests.sheets import workbook

TEMPLATES = Path(__file__).parents[2] / "data_templates"
BREAD = """
    ## Actors
    | actor | perimeter | latitude | longitude |
    | Mill | member | 45.0 | 5.0 |
    | Bakery | member | 45.1 | 5.1 |
    | Town | local | 45.2 | 5.2 |
    ## Products
    | product | unit | price |
    | flour | t | 500 |
    ## Offers
    | actor | product | maximum |
    | Mill | flour | 90 |
    ## Links
    | from | to | product | maximum | labels |
    | Mill | * | flour | 70 | stone-ground |
    ## Needs
    | actor | product | quantity |
    | Bakery | flour | 40 |
    | Town | flour | 20 |
    ## Limits
    | limit | measure | product | sense | value |
    | local | quantity | stone-ground | >= | 1 |
    ## Scenarios
    | scenario | table | row | column | change |
    | other | {change} |
    """


def chains(change: str) -> tuple[Chain, Chain, Chain]:
    """The chain of the reference, that of the scenario, and that of the scenario put together alone."""
    sheets = workbook(BREAD.format(change=change))
    book = Book(sheets)
    return book.chain(), book.chain("other"), read_chain(sheets, "other")


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ("Needs | Town / flour | quantity | = 30", True),
        ("Offers | Mill / flour | maximum | = 30", True),
        ("Limits | local | value | = 2", True),
        ("Links | Mill / * / flour | maximum | = 60", False),
        ("Products | flour | price | = 600", False),  # what links carry costs that
        ("Actors | Town | latitude | = 46", False),
        ("Actors | Town | perimeter | = partner", False),
        ("Needs | Town / flour | | off", False),  # nobody there uses it any longer
        ("Settings | detour | | = 2", False),
    ],
)  # fmt: skip
def test_links_are_taken_from_another_scenario_where_nothing_that_decides_about_them_differs(
    change: str, same: bool
) -> None:
    reference, scenario, alone = chains(change)
    assert scenario == alone and reference != scenario
    assert (scenario.links[0] is reference.links[0]) is same


@pytest.mark.parametrize("name", ["food_example_en", "culture_example_fr"])
def test_scenarios_of_the_examples_are_put_together_as_if_each_were_alone(name: str) -> None:
    raw = read_workbook(TEMPLATES / f"{name}.xlsx", helpers=False)
    book = Book(raw)
    names = scenario_names(book.tables)
    made = {scenario: book.chain(scenario) for scenario in names}
    assert all(made[scenario] == read_chain(raw, scenario) for scenario in names)
    assert len({id(chain.links[0]) for chain in made.values()}) < len(names)
