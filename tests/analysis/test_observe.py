"""This year's figures, as every scenario's chain carries them."""

from __future__ import annotations

import pytest

from filiere.analysis.today.observe import in_rows_of, read_with_today
from filiere.solution.accounts import Accounts
from tests.sheets import workbook

MILL = """
    ## Actors
    | actor | perimeter |
    | Mill | member |
    | Town | local |
    | Abroad | external |
    ## Products
    | product | unit | price |
    | wheat | t | 200 |
    | flour | t | 400 |
    ## Processes
    | process | actor | today |
    | milling | Mill | {today} |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 2 | |
    | milling | flour | | 1 |
    ## Links
    | from | to | product | price | today |
    | Abroad | Mill | wheat | 200 | |
    | Mill | Town | flour | 400 | |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | flour | 50 | outlet |
    ## Scenarios
    | scenario | table | row | column | change |
    | dear | Products | flour | price | = 900 |
    | closed | Processes | milling / Mill | | off |
    """


def test_figures_that_follow_from_typed_ones_are_known() -> None:
    seen = read_with_today(workbook(MILL.format(today=30))).chain.observed
    assert seen is not None
    assert seen.levels == {("milling", "Mill"): pytest.approx(30)}
    assert seen.flows[("Abroad", "Mill", "wheat", "", 0)] == pytest.approx(60)
    assert seen.served[("Town", "flour", "", 0)] == pytest.approx(30)


@pytest.mark.parametrize("scenario", ["dear", "closed"])
def test_a_scenario_keeps_the_quantities_and_prices_of_the_reference(scenario: str) -> None:
    chain = read_with_today(workbook(MILL.format(today=30)), scenario).chain
    assert chain.observed is not None
    assert chain.observed.levels == {("milling", "Mill"): pytest.approx(30)}
    assert ("milling", "Mill") in chain.observed.chain.processes
    assert chain.products["flour"].value == 400


def test_without_any_today_nothing_is_seen_to_move() -> None:
    seen = read_with_today(workbook(MILL.format(today=""))).chain.observed
    assert seen is not None
    assert not seen.known


def test_a_scenario_of_a_chain_without_activities_and_stocks_has_todays_tables() -> None:
    text = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Town | local |
    ## Products
    | product | unit | price |
    | milk | t | 100 |
    ## Offers
    | actor | product |
    | Farm | milk |
    ## Links
    | from | to | product | today |
    | Farm | Town | milk | 4 |
    ## Needs
    | actor | product | quantity |
    | Town | milk | 10 |
    ## Scenarios
    | scenario | table | row | column | change |
    | less | Needs | Town / milk | quantity | = 5 |
    """
    seen = read_with_today(workbook(text), "less")
    assert seen.solution is not None and seen.solution.plan is not None
    plan = in_rows_of(seen.chain, seen.solution.plan)
    accounts = Accounts(seen.chain, plan)
    assert accounts.flow_by_link.tolist() == [pytest.approx(4)]
    assert not len(accounts.levels) and not len(accounts.stocks) and not len(accounts.discarded)
