"""What needs a project that stays closed: the project is named, and what would keep it out once that is open."""

from __future__ import annotations

from dataclasses import replace

from filiere.analysis.explain.levers import explain
from filiere.analysis.explain.unused import SEEN, WhyNot
from filiere.report.explain.words import why_not_line
from tests.sheets import chain as read
from tests.solving import ABOUT

BESIDE = """
## Actors
| actor | perimeter |
| Mill | member |
| Bakery | local |
| Canteen | local |
| Importer | external |
## Products
| product | unit | price |
| flour | t | 600 |
## Processes
| process | actor | status | capacity | investment | unit_cost |
| milling | Mill | candidate | 100 | 30000 | 400 |
## Recipes
| process | product | output |
| milling | flour | 1 |
## Links
| from | to | product | price | transport_cost |
| Importer | Bakery | flour | 600 | |
| Importer | Canteen | flour | 600 | |
| Mill | Bakery | flour | 0 | 250 |
| Mill | Canteen | flour | 0 | 50 |
## Needs
| actor | product | quantity | obligation |
| Bakery | flour | 60 | must |
| Canteen | flour | 40 | must |
## Objectives
| rank | objective |
| 1 | cost |
"""
"""The mill saves 150 a tonne of the canteen's 40, 6 000 of 30 000 a year; to the bakery it would lose 50 a tonne."""


def test_a_link_of_a_closed_project_is_told_with_the_project() -> None:
    chain = read(BESIDE)
    found = {why.subject: why for why in explain(chain).why_not}
    assert found["milling", "Mill"].needed == ABOUT(6000)
    bakery, canteen = found["Mill", "Bakery", "flour"], found["Mill", "Canteen", "flour"]
    assert bakery.project == canteen.project == ("milling", "Mill")
    assert (bakery.needed, canteen.needed) == (ABOUT(200), None)
    assert (bakery.objective, canteen.objective) == ("cost", "")
    told = why_not_line(chain, bakery, "en")
    assert "it takes the project “milling, Mill”, which stays closed" in told and "from 250\xa0€ to 200\xa0€" in told
    assert "it takes the project “milling, Mill”" in why_not_line(chain, canteen, "en")
    french = why_not_line(chain, canteen, "fr").replace("\u00a0", " ")
    assert french.endswith("les autres projets étant au mieux, rien ne s'y oppose.")


def test_a_link_of_a_mill_that_is_there_needs_no_project() -> None:
    chain = read(BESIDE.replace("candidate", "opened"))
    why = next(one for one in explain(chain).why_not if one.subject == ("Mill", "Bakery", "flour"))
    assert (why.project, why.needed) == ((), ABOUT(200))


def test_a_cost_that_is_nothing_already_cannot_fall() -> None:
    """« chaque unité augmenterait le coût net de 0 € ; même à zéro, le coût de transport ne suffirait pas » stood of a
    link without transport cost, and of one that rounding alone kept out.
    """
    chain = read(BESIDE)
    link = WhyNot(None, "link", ("Mill", "Bakery", "flour"), "cost", 5.0, "transport_cost", 0.0, None)
    assert "ne suffirait pas" not in why_not_line(chain, link, "fr")
    assert "même à zéro, le coût de transport ne suffirait pas" in why_not_line(chain, replace(link, now=2.0), "fr")
    text = BESIDE.replace("candidate", "opened").replace(
        "| Mill | Bakery | flour | 0 | 250 |", "| Mill | Bakery | flour | 0 | 200 |"
    )
    assert all(one.cost >= SEEN for one in explain(read(text)).why_not if one.kind == "link")
