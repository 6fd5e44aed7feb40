"""This year stands beside the plan of every scenario as it is: a scenario changes the plan, never what was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.pipeline import run, steps
from filiere.report.page.render import values
from filiere.report.result.document import result_document
from filiere.report.result.tables.money.funding import grants
from filiere.report.result.tables.money.gains import less_served
from filiere.report.view import View
from filiere.result import Result
from tests.commands.running import write

BREAD = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Bakery | member |
    | Town | local |
    | Mill | external |
    ## Products
    | product | unit | price | kg |
    | flour | t | 400 | 1000 |
    | bread | t | 3000 | 1000 |
    | cake | t | 9000 | 1000 |
    ## Processes
    | process | actor | capacity | today | unit_cost |
    | baking | Bakery | 100 | 50 | 900 |
    | cakes | Bakery | 10 | 4 | 900 |
    ## Recipes
    | process | product | input | output |
    | baking | flour | 0.8 | |
    | baking | bread | | 1 |
    | cakes | flour | 0.5 | |
    | cakes | cake | | 1 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | flour | 20 | 300 |
    ## Links
    | from | to | product | today | price |
    | Mill | Bakery | flour | 42 | 500 |
    | Farm | Bakery | flour | 0 | 600 |
    | Bakery | Town | bread | 50 | 3000 |
    | Bakery | Town | cake | 4 | 9000 |
    ## Needs
    | actor | product | quantity |
    | Town | bread | 60 |
    | Town | cake | 4 |
    ## Scenarios
    | scenario | table | row | column | change |
    | no cakes | Processes | cakes / Bakery | | off |
    | no cakes | Actors | Mill | | off |
    | no cakes | Needs | Town / bread | quantity | = 20 |
    """


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Result]:
    book = write(Path(tmp_path_factory.mktemp("today")) / "bread.xlsx", BREAD)
    return run(book), run(book, scenario="no cakes")


def test_its_figures_are_those_of_the_reference(results: tuple[Result, Result]) -> None:
    reference, scenario = results
    assert scenario.today_measures is not None and reference.today_measures is not None
    # 50 t of bread and 4 t of cake of the 60 and 4 that are wanted, at their prices; 42 t of flour from outside at 400.
    chain = scenario.today_measures.chain
    assert chain["served_share"] == pytest.approx((50 * 3000 + 4 * 9000) / (60 * 3000 + 4 * 9000))
    for key, value in reference.today_measures.chain.items():
        assert chain[key] == pytest.approx(value, nan_ok=True), key
    assert scenario.today_certificate is not None and scenario.today_certificate.passed


def test_each_row_of_the_scenario_has_its_own_figure_of_this_year(results: tuple[Result, Result]) -> None:
    view = View(results[1], "en")
    links = {(link.from_, link.product): at for at, link in enumerate(view.chain.links)}
    # The mill and the cakes are gone from the scenario; what is left keeps its own figure.
    assert {key: view.link_today[at] for key, at in links.items()} == {
        ("Farm", "flour"): 0.0, ("Bakery", "bread"): pytest.approx(50.0), ("Bakery", "cake"): pytest.approx(4.0),
    }  # fmt: skip
    page = values(result_document(view.result, view.language))
    shown = {b["key"]: b for s in page["sections"] for b in s["blocks"] if b["type"] == "table"}
    needs = {c["key"]: c["values"] for c in shown["needs"]["columns"]}
    assert dict(zip(needs["product"], needs["today"], strict=True)) == pytest.approx({"bread": 50.0, "cake": 4.0})
    # On the picture of this year the mill delivers, though the scenario does without it.
    net = page["network"]
    names = [actor["name"] for actor in net["actors"]]
    mill = [at for at, spot in enumerate(net["from"]) if names[spot] == "Mill"]
    assert [net["today"][at][0] for at in mill] == [pytest.approx(42.0)]
    assert [net["plan"][at][0] for at in mill] == [0.0]


def test_the_steps_start_from_this_year(results: tuple[Result, Result]) -> None:
    found = steps(results[1], refused=0)
    assert found is not None
    moved = {step.names: (step.before, step.after) for step in found.steps}
    assert moved["baking", "Bakery"] == (pytest.approx(50.0), pytest.approx(20.0))
    assert moved["Farm", "Bakery", "flour"] == (pytest.approx(0.0), pytest.approx(16.0))


def test_a_product_that_a_scenario_takes_away_is_still_one_of_this_year(tmp_path: Path) -> None:
    """This year 10 t of the 60 t of bread that are wanted are missing, of which the scenario knows nothing."""
    gone = "| no bread | Products | bread | | off |"
    book = write(tmp_path / "bread.xlsx", BREAD.replace("| no cakes | Actors | Mill | | off |", gone))
    result = run(book, scenario="no bread")
    assert result.today is not None and "bread" in set(result.today.unmet["product"])
    assert result_document(result, "en")
    assert less_served(View(result, "en")) == frozenset()


def test_a_grant_whose_receiver_a_scenario_takes_away_is_told_of_this_year(tmp_path: Path) -> None:
    """The mill gives the farm 900 this year; without the farm it gives nothing."""
    gone = "| no farm | Actors | Farm | | off |"
    aid = """
    ## Funding
    | funder | actor | maximum | today |
    | Mill | Farm | 900 | 900 |
    """
    text = (
        BREAD.replace("| no cakes | Actors | Mill | | off |", gone)
        .replace("| actor | perimeter |", "| actor | perimeter | balanced_budget |")
        .replace("| Farm | member |", "| Farm | member | wish |")
        .replace("| Farm | Bakery | flour | 0 |", "| Farm | Bakery | flour | 4 |")
    )
    result = run(write(tmp_path / "bread.xlsx", text + aid), scenario="no farm")
    assert [(one.funder, one.actor, one.before, one.after) for one in grants(View(result, "en"))] == [
        ("Mill", "Farm", pytest.approx(900.0), 0.0)
    ]
