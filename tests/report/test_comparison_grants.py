"""Losing a grant never "costs less": the aid is named, and who bears it; what the territory bears does not fall."""

from __future__ import annotations

import random

import pytest

from filiere.indicators.borne import who_pays
from filiere.pipeline import solve_chain
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import Sides
from filiere.report.result.sentences import borne
from filiere.report.view import View
from filiere.solution.accounts import Accounts
from tests.sheets import chain
from tests.wheat import compared, source

# 100 jobs a year cost 190 each and bring 100: 9 000 are lacking, of which the State gives a part.
WORKSHOP = """
    ## Actors
    | actor | perimeter | sector | balanced_budget |
    | Workshop | member | sse | wish |
    | Town | local | household | |
    | State | external | public | |
    ## Products
    | product | unit | price |
    | repairs | job | 100 |
    ## Processes
    | process | actor | today | unit_cost |
    | repairing | Workshop | 100 | 190 |
    ## Recipes
    | process | product | output |
    | repairing | repairs | 1 |
    ## Links
    | from | to | product | price | today |
    | Workshop | Town | repairs | 100 | 100 |
    ## Needs
    | actor | product | quantity |
    | Town | repairs | 100 |
    ## Funding
    | funder | actor | maximum | today |
    | State | Workshop | {aid} | {aid} |
    ## Scenarios
    | scenario | table | row | change |
    | no aid | Funding | State / Workshop | off |
    """


def told(aid: float, language: str) -> str:
    sides = Sides(compared(sources=(source(WORKSHOP.format(aid=aid)),)), "fr" if language == "fr" else "en")
    (story,) = [one.text for one in stories(sides).rows]
    return story.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("aid", [6000, *(random.Random(seed).randint(10, 89) * 100 for seed in range(2))])
def test_41_a_grant_that_is_lost_is_no_saving(aid: int) -> None:
    said = told(aid, "en")
    amount = f"{aid:,}"
    assert f"It costs {amount} € more a year" in said
    assert "less a year" not in said
    assert f"Grant lost: State → Workshop (−{amount} €); borne by Workshop (−{amount} €)." in said


def test_41_in_french() -> None:
    said = told(6000, "fr")
    assert "oûte 6 000 € de plus par an" in said
    assert "Aide perdue : State → Workshop (−6 000 €) ; ce que supporte Workshop (−6 000 €)." in said


def test_who_pays_adds_up_to_what_the_territory_bears() -> None:
    result = solve_chain(chain(WORKSHOP.format(aid=6000)))
    assert result.measures is not None
    # The town pays 10 000; the workshop spends 19 000 and gets 10 000 and the grant of 6 000.
    assert who_pays(Accounts(result.chain, result.plan)) == {
        "households": pytest.approx(10_000), "public": 0.0, "members": pytest.approx(3_000), "others": 0.0,
    }  # fmt: skip
    assert result.measures.chain["net_cost"] == pytest.approx(19_000)
    assert result.measures.chain["net_cost_after_grants"] == pytest.approx(13_000)
    said = borne(View(result, "fr")).replace("\u202f", " ").replace("\xa0", " ")
    assert said == (
        "Les financeurs extérieurs apportent 6 000 €. Dépensent plus qu'ils ne reçoivent : les ménages (10 000 €) et les "
        "membres (3 000 €)."
    )
