"""Rules that resale would meet, wishes in every scenario, secondary goods a thousandfold off, and accounts not followed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from filiere.analysis.weighing.weigh import weigh
from filiere.language import Language
from filiere.language import number as written
from filiere.pipeline import check, solve_chain
from filiere.report.result.summary.remarks import remarks
from filiere.report.view import View
from tests.analysis.test_weighing import DRAWN, FLOUR, LANGUAGES
from tests.commands.running import write
from tests.sheets import chain

CANTEEN = """
    ## Actors
    | actor | perimeter | group |
    | Farm | member | |
    | Depot | member | |
    | Market | external | |
    | Canteen | local | |
    ## Products
    | product | unit | price |
    | apples | t | 900 |
    ## Offers
    | actor | product | maximum |
    | Farm | apples | 30 |
    ## Links
    | from | to | product |
    | Farm | Canteen | apples |
    | Depot | Canteen | apples |
    | {source} | Depot | apples |
    ## Needs
    | actor | product | quantity |
    | Canteen | apples | 60 |
    ## Limits
    | limit | measure | from | to | product | sense | value | basis |
    | half from members | value | member | Canteen | apples | {sense} | 0.5 | purchases |
    """


def test_a_rule_on_origin_that_resale_would_meet() -> None:
    (found,) = [p for p in weigh(chain(CANTEEN.format(source="Market", sense=">="))).problems if p.code == "TDY18"]
    assert str(found.cell) == "Limits!C2"
    for language in LANGUAGES:
        words = found.message(language)
        assert all(word in words for word in ("half from members", "Depot", "apples", "Market"))


@pytest.mark.parametrize(("source", "sense"), [("Farm", ">="), ("Market", "<=")])
def test_a_rule_that_resale_does_not_help_is_left_alone(source: str, sense: str) -> None:
    assert not [p for p in weigh(chain(CANTEEN.format(source=source, sense=sense))).problems if p.code == "TDY18"]


BRAN = """
    ## Actors
    | actor | perimeter |
    | Mill | external |
    | Stable | member |
    | Town | local |
    ## Products
    | product | unit | price | kind |
    | bran | t | 120 | secondary |
    | milk | t | 400 | product |
    ## Processes
    | process | actor | today |
    | milking | Stable | {level} |
    ## Recipes
    | process | product | input | output |
    | milking | bran | {per} | |
    | milking | milk | | 1 |
    ## Links
    | from | to | product | today |
    | Mill | Stable | bran | {bran} |
    | Stable | Town | milk | {level} |
    ## Needs
    | actor | product | quantity |
    | Town | milk | 1000 |
    """


@pytest.mark.parametrize("seed", DRAWN)
def test_a_secondary_good_a_thousandfold_too_much_is_not_thrown_away_in_silence(seed: int) -> None:
    draw = random.Random(seed)
    level, per = draw.randint(2, 90), draw.randint(1, 4)
    assert not weigh(chain(BRAN.format(level=level, per=per, bran=level * per))).problems
    found = weigh(chain(BRAN.format(level=level, per=per, bran=level * per * 1000))).problems
    first = next(p for p in found if str(p.cell) == "Links!D2")
    assert first.code == "TDY05"
    for language in LANGUAGES:
        assert written(level * per * 1000, language) in first.message(language)


def test_findings_of_another_scenario_are_told_with_its_name(tmp_path: Path) -> None:
    """In the reference the flour is an outlet; in the scenario it is wished, and only the project could bring it."""
    source = (
        FLOUR.format(wish=4, fixed=1000, investment=20000, obligation="outlet")
        + """
    ## Scenarios
    | scenario | table | row | column | change |
    | bread for all | Needs | Town / flour | obligation | = want |
    """
    )
    found = [p for p in check(write(tmp_path / "flour.xlsx", source)) if p.code == "TDY11"]
    assert len(found) == 1
    assert "bread for all" in found[0].message("en")
    assert found[0].message("fr").startswith("Dans le scénario")


@pytest.mark.parametrize(
    ("budget", "command", "said"),
    [("", "solve", None), ("wish", "solve", "aucun, sur 1\u00a0compte suivi\u00a0: Farm"), ("wish", "today", None)],
)
def test_no_deficit_is_only_said_of_accounts_that_are_followed(budget: str, command: str, said: str | None) -> None:
    source = CANTEEN.format(source="Market", sense="<=").replace("| actor | perimeter | group |",
                                                                 "| actor | perimeter | balanced_budget |")  # fmt: skip
    source = source.replace("| Farm | member | |", f"| Farm | member | {budget} |")
    source = source.replace("| Farm | Canteen | apples |", "| Farm | Canteen | apples | 30 |").replace(
        "| from | to | product |\n", "| from | to | product | today |\n"
    )
    language: Language = "fr"
    view = View(solve_chain(chain(source), "today" if command == "today" else "solve"), language)
    told = [remark.text for remark in remarks(view) if remark.label == "Déficits"]
    assert [text.replace("\u202f", "\u00a0").split(".")[0] for text in told] == ([said] if said else [])


# Two activities take 84 and 33 hours; who works them has typed 90, of the 180 that there may be.
HOURS = """
    ## Actors
    | actor | perimeter |
    | Technician | local |
    | Theatre | member |
    | Club | member |
    ## Periods
    | period | share |
    | summer | 50 % |
    | winter | 50 % |
    ## Products
    | product | unit | price | kind |
    | hours | h | 30 | service |
    | seats | seat | 10 | service |
    ## Processes
    | process | actor | capacity | today |
    | work | Technician | 180 | {work} |
    | evening | Theatre | 60 | 42 |
    | concert | Club | 40 | 11 |
    ## Recipes
    | process | product | input | output |
    | work | hours | | 1 |
    | evening | hours | 2 | |
    | evening | seats | | 200 |
    | concert | hours | 3 | |
    | concert | seats | | 100 |
    ## Links
    | from | to | product |
    | Technician | Theatre | hours |
    | Technician | Club | hours |
    ## Needs
    | actor | product | quantity |
    | Theatre | seats | 9000 |
    | Club | seats | 2000 |
"""


def test_a_figure_that_is_too_low_is_told_what_would_do_and_no_calendar_is_blamed() -> None:
    """27 of 117 are missing over the year: a free calendar moves them to the other activity, and 117 would do."""
    found = {p.code: p for p in weigh(chain(HOURS.format(work=90))).problems}
    assert set(found) == {"TDY01", "TDY14"}
    assert found["TDY14"].facts["value"] == pytest.approx(117.0)
    missing = found["TDY01"].message("fr").replace("\u202f", " ").replace("\xa0", " ")
    assert "il manque 27 h. Rien d'autre" in missing, "in which season the year's hours run out is chance"
    assert not weigh(chain(HOURS.format(work=117))).problems


EVENINGS = """
    ## Actors
    | actor | perimeter |
    | Hall | member |
    | Bar | member |
    | Town | local |
    ## Products
    | product | unit | price | kind |
    | ticket | ticket | 10 | service |
    ## Processes
    | process | actor | today |
    | evening | Hall | 28 |
    | evening | Bar | 60 |
    ## Recipes
    | process | product | output |
    | evening | ticket | 150 |
    ## Links
    | from | to | product | today |
    | Hall | Town | ticket | {hall} |
    | Bar | Town | ticket | 9000 |
    ## Needs
    | actor | product | quantity |
    | Town | ticket | 17000 |
    {more}
    """


def unused(text: str) -> list[tuple[str, str]]:
    return [(str(p.cell), p.message("fr")) for p in weigh(chain(text)).problems if p.code == "TDY28"]


def test_evenings_whose_tickets_nobody_typed_are_told() -> None:
    ((cell, said),) = unused(EVENINGS.format(hall="", more=""))
    assert cell == "Links!D2"
    assert said.replace("\u202f", " ").replace("\xa0", " ").startswith("Cette année, « Hall » fait 4 200 tickets de")
    assert unused(EVENINGS.format(hall="0", more="")) == []  # typed: they were left over
    assert unused(EVENINGS.format(hall="3000", more="")) == []
    asked = EVENINGS.replace("| Town | local |", "| Town | local |\n    | Abroad | external |").replace(
        "| Bar | Town | ticket | 9000 |", "| Bar | Town | ticket | 9000 |\n    | Town | Abroad | ticket | 12000 |"
    )
    assert unused(asked.format(hall="", more="")) == []  # what is sold on asks for them


TEAM = """
    ## Actors
    | actor | perimeter |
    | Team | member |
    | Town | local |
    ## Products
    | product | unit | price | kind |
    | hour | h | 38 | service |
    | wall | m2 | 142 | service |
    ## Processes
    | process | actor | today | unit_cost |
    | work | Team | {hours} | {cost} |
    | build | Team | {walls} | 0 |
    ## Recipes
    | process | product | input | output |
    | work | hour | | 1 |
    | build | hour | 1.3 | |
    | build | wall | | 1 |
    ## Links
    | from | to | product | today |
    | Team | Town | wall | 350 |
    | Team | Town | hour | {sold} |
    ## Needs
    | actor | product | quantity |
    | Town | wall | 400 |
    | Town | hour | 3000 |
    """


def idle(hours: float = 7900, cost: float = 21, walls: object = 350, sold: object = 0) -> list[tuple[str, str]]:
    text = TEAM.format(hours=hours, cost=cost, walls=walls, sold=sold)
    return [(str(p.cell), p.message("fr")) for p in weigh(chain(text)).problems if p.code == "TDY29"]


def test_a_team_whose_hours_are_for_the_most_part_not_used_is_told_and_spare_ones_are_not() -> None:
    ((cell, said),) = idle()
    assert cell == "Processes!C2"
    said = said.replace("\u202f", " ").replace("\xa0", " ")
    assert said.startswith(
        "Cette année, « Team » fait 7 900 h de « hour », et les chiffres saisis en utilisent 455 h : le reste, 94 %, ne "
        "sert à rien."
    )
    assert idle(hours=911) and not idle(hours=909)  # 455 are used: less than half of 911, more than half of 909
    assert not idle(cost=0), "what costs nothing is no saving"
    assert not idle(sold=""), "some of it may go where no figure is typed"
    assert not idle(walls=""), "how much of it the walls take is not known"
    assert not idle(sold=4000)


def test_where_no_season_differs_from_another_none_is_blamed() -> None:
    """Of 80 made, 100 are delivered to two buyers: however the year falls on the seasons, no calendar was typed."""
    year = """
        ## Actors
        | actor | perimeter |
        | Farm | member |
        | Mill | member |
        | Abroad | external |
        ## Products
        | product | unit | price | kind |
        | wheat | t | 200 | primary |
        | flour | t | 500 | product |
        ## Periods
        | period |
        | spring |
        | summer |
        | autumn |
        | winter |
        ## Processes
        | process | actor | today | capacity |
        | grow | Farm | 80 | 100 |
        | grind | Mill | {grind} | 100 |
        ## Recipes
        | process | product | input | output |
        | grow | wheat | | 1 |
        | grind | wheat | 1 | |
        | grind | flour | | 1 |
        ## Links
        | from | to | product | today | maximum |
        | Farm | Mill | wheat | 70 | |
        | Farm | Abroad | wheat | 30 | |
        | Mill | Abroad | flour | {grind} | |
        """
    for grind in (70, 40):
        found = [p for p in weigh(chain(year.format(grind=grind))).problems if p.code in ("TDY01", "TDY06", "TDY08")]
        assert found
        for problem in found:
            assert not [one for one in ("spring", "summer", "autumn", "winter") if one in problem.message("en")]
    lacks = next(p for p in weigh(chain(year.format(grind=70))).problems if p.code == "TDY01").message("en")
    assert "“Farm” uses or delivers 100 t of “wheat” and gets or makes 80: 20 t are missing. " in lacks
