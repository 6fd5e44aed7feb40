"""Losing a grant never "costs less": the aid is named, and who bears it; what the territory bears does not fall."""

from __future__ import annotations

import random

import pytest

from filiere.analysis.today.observe import read_with_today
from filiere.indicators.borne import who_pays
from filiere.pipeline import solve_chain
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import Sides
from filiere.report.result.summary.sentences import borne
from filiere.report.result.summary.summary import summarise
from filiere.report.view import View
from filiere.solution.accounts import Accounts
from tests.sheets import chain, workbook
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
    # 13 000 of net cost after a grant of 6 000; with or without it, 19 000 before grants.
    share = f"+{100 * aid / (19_000 - aid):.1f}%"
    assert f"It costs, after grants, {amount} € more a year ({share}; before grants, no change)." in said
    assert "less a year" not in said
    assert f"Grant lost: State → Workshop (−{amount} €); borne by Workshop (−{amount} €)." in said


def test_41_in_french() -> None:
    said = told(6000, "fr")
    assert "Coûte, après aides, 6 000 € de plus par an (+46,2 % ; avant aides, sans changement)." in said
    assert "Aide perdue : State → Workshop (−6 000 €) ; ce que supporte Workshop (−6 000 €)." in said


def test_a_grant_that_a_bad_year_makes_needless_is_not_told_as_what_others_bear() -> None:
    """Farms that a drought cost 77 902 stood beside 270 of a grant: "borne by" them."""
    text = WORKSHOP.replace("| wish |", "| yes |").format(aid=9000).replace("| change |", "| column | change |")
    text = text.replace("no aid | Funding | State / Workshop | off", "half | Needs | Town / repairs | quantity | x 0.5")
    sides = Sides(compared(sources=(source(text.replace("| 9000 | 9000 |", "| 9000 | 0 |")),)), "en")
    told = {one.label: one.text.replace("\xa0", " ") for one in stories(sides).rows}
    assert "Grant lost: State → Workshop (−4,500 €). " in told["half"]


def test_a_change_of_other_size_before_grants_says_so_on_both_sides() -> None:
    """A drought brings 322 303 after grants and 322 047 before: side by side, neither could be told from the other."""
    text = WORKSHOP.format(aid=6000) + "    | dear, less aid | Processes | repairing / Workshop | unit_cost | = 200 |"
    text = text.replace("| scenario | table | row | change |", "| scenario | table | row | column | change |")
    text = text.replace("| State / Workshop | off |", "| State / Workshop | | off |")
    text += "\n    | dear, less aid | Funding | State / Workshop | maximum | = 4000 |\n"
    for language, said in (
        ("en", "It costs, after grants, 3,000 € more a year (+23.1%; before grants, 1,000 € more)."),
        ("fr", "Coûte, après aides, 3 000 € de plus par an (+23,1 % ; avant aides, 1 000 € de plus)."),
    ):
        sides = Sides(compared(sources=(source(text),)), "fr" if language == "fr" else "en")
        story = next(one.text for one in stories(sides).rows if one.label == "dear, less aid")
        assert said in story.replace("\u202f", " ").replace("\xa0", " ")


def test_the_verdict_says_on_which_side_of_the_grants_a_cost_is() -> None:
    """Who gains and who pays adds up to the cost after grants: before grants it is another sum."""
    must = WORKSHOP.replace("| wish |", "| yes |").format(aid=9000)
    for text, said in (
        (must.replace("| 9000 | 9000 |", "| 9000 | 2000 |"),
         "coûte, avant aides, autant que cette année (après aides, 7 000 € de moins)."),
        (must, "coûte autant que cette année."),
    ):  # fmt: skip
        result = solve_chain(read_with_today(workbook(text)).chain)
        verdict = summarise(View(result, "fr")).short.replace("\u202f", " ").replace("\xa0", " ")
        assert verdict.endswith(said)


def test_a_territory_that_earns_earns_less_and_does_not_cost_more() -> None:
    """29 700 less of a gain of 521 706 was told as "costs 29 700 more (+5.7 %)"."""
    text = WORKSHOP.format(aid=6000).replace("| Town | local | household | |", "| Town | external | household | |")
    text = text.replace(
        "no aid | Funding | State / Workshop | off", "dearer | Processes | repairing / Workshop | unit_cost | = 55"
    )
    text = text.replace("| change |", "| column | change |").replace("| 100 | 190 |", "| 100 | 50 |")
    sides = Sides(compared(sources=(source(text),)), "fr")
    (story,) = [one.text.replace("\u202f", " ").replace("\xa0", " ") for one in stories(sides).rows]
    # 100 jobs bring 10 000 and cost 5 000, then 5 500.
    assert story.startswith("Rapporte, après aides, 500 € de moins par an (−4,5 %)")


def test_the_verdict_of_a_territory_that_earns_says_so() -> None:
    """10 t are sold outside at 100, made of feed bought at 50 this year and grown at 20 in the plan."""
    text = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Mill | member |
    | Dealer | external |
    ## Products
    | product | unit | price |
    | feed | t | 50 |
    | cheese | t | 100 |
    ## Processes
    | process | actor | today | capacity |
    | making | Farm | 10 | 10 |
    ## Recipes
    | process | product | input | output |
    | making | feed | 1 | |
    | making | cheese | | 1 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Mill | feed | 100 | 20 |
    ## Links
    | from | to | product | price | today | minimum |
    | Farm | Dealer | cheese | 100 | 10 | 10 |
    | Dealer | Farm | feed | 50 | 10 | |
    | Mill | Farm | feed | 50 | 0 | |
    ## Needs
    | actor | product | quantity |
    | Dealer | cheese | 10 |
    """
    verdict = summarise(View(solve_chain(read_with_today(workbook(text)).chain), "fr")).short
    assert "et rapporte 300 € de plus par an que cette année" in verdict.replace("\u202f", " ").replace("\xa0", " ")


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
