"""What independence costs, in all and by its dearest euro; and the cost bound as the first lever where it binds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.analysis.today.action import Action, Refused
from filiere.analysis.today.actions import Actions
from filiere.analysis.today.decisions import Decision
from filiere.pipeline import solve_chain
from filiere.report.explain.sheets import levers_sheet
from filiere.report.explain.told import told_levers
from filiere.report.explain.words import explanation_lines, held_lines
from filiere.report.result.summary.independence import independence
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.tables.plan.why import levers
from filiere.report.view import View
from filiere.result import Result
from tests.sheets import chain

# Carrots are grown at 150 or bought at 100: 50 more for each 100 that come from here. The cheapest plan spends
# 100 t × 100; the bound allows a share of that on top.
CARROTS = """
    ## Settings
    | setting | value |
    | cost_bound | {bound} |
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Town | local |
    | Abroad | external |
    ## Products
    | product | unit | price |
    | carrots | t | 100 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | carrots | 1000 | 150 |
    ## Links
    | from | to | product | price |
    | Farm | Town | carrots | 100 |
    | Abroad | Town | carrots | 100 |
    ## Needs
    | actor | product | quantity |
    | Town | carrots | 100 |
    """


def solved(bound: str) -> Result:
    return solve_chain(chain(CARROTS.format(bound=bound)), explaining=True)


def plain(text: str | None) -> str:
    return (text or "").replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture(scope="module")
def free() -> Result:
    return solved("80 %")


@pytest.fixture(scope="module")
def bound() -> Result:
    return solved("20 %")


def test_what_independence_costs_against_what_the_bound_allows(free: Result) -> None:
    # 100 t at 50 more; 80 % of 10 000.
    assert plain(independence(View(free, "fr"))) == (
        "ce plan coûte 5 000 € de plus par an que le moins cher qui couvrirait les mêmes besoins (10 000 €) ; le plafond "
        "de coût retenu (le coût du plan le moins cher plus 80 % de 10 000 €, ses achats extérieurs et coûts propres, soit "
        "18 000 € ; Settings!B2) en permettrait jusqu'à 8 000 €."
    )
    labels = [remark.label for remark in remarks(View(free, "en"))]
    assert "Price of independence" in labels


def test_what_the_share_is_of_is_named_where_it_is_what_is_served() -> None:
    """1 388 000 of needs served were told as purchases and own costs, which came to 763 207."""
    text = CARROTS.format(bound="80 %").replace("| carrots | t | 100 |", "| carrots | t | 120 |")
    view = View(solve_chain(chain(text)), "fr")
    assert view.result.solution.bound is not None
    assert view.result.solution.bound.outlays == pytest.approx(12_000)
    assert "plus 80 % de 12 000 €, la valeur de ce qui est servi, au prix de référence, soit 19 600 €" in plain(
        independence(view)
    )


def test_the_cheapest_plan_is_told_not_to_sell_more_where_it_could() -> None:
    """The front of the same chain began at 155 869, below "the cheapest" of 164 174: it sells flour abroad."""
    sells = CARROTS.format(bound="80 %").replace("| Abroad | Town | carrots | 100 |", "| Abroad | Town | carrots | 100 |\n"
                                                 "    | Farm | Abroad | carrots | 200 |")  # fmt: skip
    for text, said in (
        (sells, "que le moins cher qui couvrirait les mêmes besoins sans rien vendre au-dehors ni aux débouchés ("),
        (sells.replace("| price |\n    | Farm | Town | carrots | 100 |", "| price | today |\n    | Farm | Town | carrots | 100 | 60 |"),
         "que le moins cher qui couvrirait les mêmes besoins sans vendre au-dehors ni aux débouchés plus que cette année ("),
    ):  # fmt: skip
        assert said in plain(independence(View(solve_chain(chain(text)), "fr")))


def test_the_dearest_euro_is_named_with_its_decision(free: Result) -> None:
    step = Action("create", ("Farm", "Town", "carrots"), 0.0, 100.0, 10_000.0)
    cheap = Decision((step,), refused=Refused("measured", {"dependency": 1000.0, "cost": -100.0}))
    dear = Decision((step,), refused=Refused("measured", {"dependency": 1000.0, "cost": -500.0}))
    view = View(replace(free, actions=Actions((cheap, dear))), "fr")
    assert plain(independence(view)).endswith(
        "Là où cela coûte le plus, dépendre de l'extérieur pour 1 € de moins coûte 0,50 € (décision n° 2 : Créer l'échange "
        "Farm → Town, carrots : 100 t)."
    )


def test_what_serving_a_need_costs_is_no_price_of_independence(free: Result) -> None:
    step = Action("create", ("Farm", "Town", "carrots"), 0.0, 100.0, 10_000.0)
    cheap = Decision((step,), refused=Refused("measured", {"dependency": 1000.0, "cost": -100.0}))
    serves = Decision((step,), refused=Refused("measured", {"unmet": 9.0, "dependency": 1000.0, "cost": -500.0}))
    keeps = Decision((step,), refused=Refused("measured", {"rules": 0.1, "dependency": 1000.0, "cost": -500.0}))
    view = View(replace(free, actions=Actions((serves, keeps, cheap))), "fr")
    assert "1 € de moins coûte 0,10 € (décision n° 3 :" in plain(independence(view))
    assert "Là où" not in plain(independence(View(replace(free, actions=Actions((serves, keeps))), "fr")))


def test_where_the_bound_holds_the_plan_back_it_is_the_first_lever(bound: Result) -> None:
    # 20 % of 10 000 is 2 000: 40 t come from the farm. One point more, 100 a year, brings two more, 200 less of
    # what is bought outside.
    explained = bound.explanation
    assert explained is not None and explained.bound is not None
    assert explained.bound.allowed == pytest.approx(100.0)
    assert explained.bound.changes["dependency"] == pytest.approx(-200.0)
    lines = [plain(line) for line in explanation_lines(explained, "fr")]
    assert lines[1].startswith(
        "  Le plafond de coût (le coût du plan le moins cher plus 20 % de 10 000 €, ses achats extérieurs et coûts propres ; "
        "Settings!B2) retient le plan à 12 000 € par an : un point de plus, soit 100 € par an, "
    )
    first = next(remark for remark in remarks(View(bound, "en")) if remark.label == "First lever")
    assert plain(first.text).startswith(
        "The cost bound (the cheapest plan's cost plus 20% of 10,000 €, its purchases outside and own costs; Settings!B2) "
        "holds the plan at 12,000 € a year: one point more, 100 € a year, would "
    )


def test_the_bound_is_the_first_row_of_the_levers(bound: Result) -> None:
    """20 % are typed; a point more is 100 a year, and two tonnes more from the farm: 200 less from outside."""
    sheet = levers(View(bound, "fr"))
    assert sheet is not None and bound.explanation is not None
    rows = {column.key: column.values[0] for column in sheet.columns}
    assert (rows["what"], rows["value"], rows["unit"], rows["step"]) == (
        "Le plafond de coût", pytest.approx(20.0), "%", pytest.approx(1.0),
    )  # fmt: skip
    assert (rows["objective"], str(rows["cell"])) == ("La dépendance à l'extérieur", "Settings!B2")
    assert "réduirait la dépendance à l'extérieur de 200 €" in plain(str(rows["verified"]))
    told = levers_sheet(bound.explanation, "fr").column("sentence").values[0]
    assert told == held_lines(bound.explanation, "fr")[0]
    assert sheet.height == 1 + len(told_levers(bound.explanation))
    assert sheet.printed == "verified", "the sentence says the same once more, and took a page"


def test_no_such_lever_where_it_does_not(free: Result) -> None:
    assert free.explanation is not None and free.explanation.bound is None
