"""Rules that are wished: held as nearly as they go, each against its own scale, and never a conflict."""

from __future__ import annotations

import random

import pytest

from filiere.chain import problems_of
from filiere.chain.chain import Chain
from filiere.pipeline import solve_chain
from filiere.problems import Severity
from filiere.report.result.tables.plan.growth import growth
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solver.ranks.scales import with_scales
from tests.sheets import chain, workbook
from tests.solving import ABOUT, best

DRAWS = [random.Random(seed).uniform(0.3, 3.0) for seed in range(20)]

MARKET = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Canteen | member |
    | Wholesaler | external |
    ## Products
    | product | unit | price |
    | beans | t | 1000 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | beans | {grown} | 800 |
    ## Links
    | from | to | product | price | today |
    | Farm | Canteen | beans | 2000 | {today} |
    | Wholesaler | Canteen | beans | 500 | |
    ## Needs
    | actor | product | quantity | obligation |
    | Canteen | beans | {wanted} | must |
    ## Objectives
    | rank | objective |
    | 1 | unmet |
    | 2 | cost |
    """


def market(limits: str = "", grown: float = 30, wanted: float = 100, today: str = "", settings: str = "") -> str:
    text = MARKET.replace("{grown}", f"{grown}").replace("{wanted}", f"{wanted}").replace("{today}", today)
    if settings:
        text += f"    ## Settings\n    | setting | value |\n    {settings}\n"
    if limits:
        heading = "| limit | measure | from | to | product | sense | value | basis | obligation | each |"
        text += f"    ## Limits\n    {heading}\n    {limits}\n"
    return text


@pytest.mark.parametrize("factor", [1.0, *DRAWS])
def test_a_wished_floor_is_missed_by_what_cannot_be_had(factor: float) -> None:
    wished, grown = round(50 * factor, 3), round(30 * factor, 3)
    rule = f"| local | quantity | Farm | Canteen | beans | >= | {wished} | | wish | |"
    plan = best(market(rule, grown=grown, wanted=round(100 * factor, 3)), certified=factor in (1.0, *DRAWS[::5]))
    # The wholesaler is cheaper: only the wish brings the farm's beans, all that there are.
    assert plan.flow("Farm", "Canteen", "beans") == ABOUT(grown)
    assert plan.value("rules") == ABOUT((wished - grown) / wished)


def test_the_same_rule_as_a_must_has_no_plan_and_as_nothing_buys_outside() -> None:
    from tests.solving import refused

    rule = "| local | quantity | Farm | Canteen | beans | >= | 50 | | must | |"
    assert refused(market(rule)).conflict
    assert best(market()).flow("Farm", "Canteen", "beans") == ABOUT(0, abs=1e-9)


@pytest.mark.parametrize(("value", "reached"), [(20, 20), (30, 30), (45, 30)])
def test_a_wished_equality_is_missed_on_either_side(value: float, reached: float) -> None:
    rule = f"| just so | quantity | Farm | Canteen | beans | = | {value} | | wish | |"
    plan = best(market(rule))
    assert plan.flow("Farm", "Canteen", "beans") == ABOUT(reached)
    assert plan.value("rules") == ABOUT((value - reached) / value)


def test_a_share_is_measured_against_the_whole_of_the_plan_of_least_cost() -> None:
    # All from the wholesaler costs the least: the whole is 100 × 500. 30 t of the farm are 60 000 of 95 000.
    rule = "| local value | value | Farm | Canteen | beans | >= | 90 % | purchases | wish | |"
    plan = best(market(rule))
    assert plan.chain.limits[0].scale == ABOUT(50_000)
    assert plan.flow("Farm", "Canteen", "beans") == ABOUT(30)
    assert plan.value("rules") == ABOUT((0.9 * 95_000 - 60_000) / 50_000)


def test_a_wish_for_nothing_at_all_is_measured_against_a_millionth_of_everything() -> None:
    rule = "| no imports | quantity | Wholesaler | Canteen | beans | <= | 0 | | wish | |"
    made = with_scales(chain(market(rule)))
    assert made.limits[0].scale == ABOUT(1e-6 * 100)
    assert best(market(rule)).flow("Wholesaler", "Canteen", "beans") == ABOUT(70)


def test_two_wishes_weigh_by_their_scales() -> None:
    # Both ask for the same beans: 40 of the farm's 30 for the canteen, 20 for the school, which pays the way.
    text = """
        ## Actors
        | actor | perimeter |
        | Farm | member |
        | Canteen | member |
        | School | member |
        ## Products
        | product | unit | price |
        | beans | t | 1000 |
        ## Offers
        | actor | product | maximum |
        | Farm | beans | 30 |
        ## Links
        | from | to | product |
        | Farm | Canteen | beans |
        | Farm | School | beans |
        ## Needs
        | actor | product | quantity | obligation |
        | Canteen | beans | 100 | outlet |
        | School | beans | 100 | outlet |
        ## Limits
        | limit | measure | to | product | sense | value | obligation |
        | canteen | quantity | Canteen | beans | >= | 40 | wish |
        | school | quantity | School | beans | >= | 20 | souhaité |
        ## Objectives
        | rank | objective |
        | 1 | rules |
        """
    plan = best(text)
    # A tonne is worth 1/20 at the school and 1/40 at the canteen.
    assert plan.flow("Farm", "School", "beans") == ABOUT(20)
    assert plan.flow("Farm", "Canteen", "beans") == ABOUT(10)
    assert plan.value("rules") == ABOUT(30 / 40)


def added(made: Chain) -> list[tuple[int, str]]:
    return [(one.rank, one.key) for one in made.objectives]


def test_a_rank_for_wishes_is_added_behind_unmet_and_told() -> None:
    rule = "| local | quantity | Farm | Canteen | beans | >= | 50 | | wish | |"
    made = chain(market(rule))
    assert added(made) == [(1, "unmet"), (2, "rules"), (3, "cost")]
    told = [problem for problem in made.warnings if problem.code == "OBJ05"]
    assert len(told) == 1
    assert "priority 2" in told[0].message("en")
    assert "priorité 2" in told[0].message("fr")
    # A sheet that names the rank is left as it is; so is one without any wish.
    named = market(rule).replace("| 2 | cost |", "| 2 | cost |\n    | 3 | rules |")
    assert added(chain(named)) == [(1, "unmet"), (2, "cost"), (3, "rules")]
    assert added(chain(market())) == [(1, "unmet"), (2, "cost")]


def test_a_rank_that_is_free_is_taken_and_nothing_moves() -> None:
    rule = "| local | quantity | Farm | Canteen | beans | >= | 50 | | wish | |"
    spaced = market(rule).replace("| 2 | cost |", "| 3 | cost |")
    assert added(chain(spaced)) == [(1, "unmet"), (2, "rules"), (3, "cost")]
    nothing_leads = market(rule).replace("| 1 | unmet |\n", "")
    assert added(chain(nothing_leads)) == [(1, "rules"), (2, "cost")]


THREE = """
    ## Actors
    | actor | perimeter |
    | A | member |
    | B | member |
    | C | external |
    | Canteen | member |
    ## Products
    | product | unit | price |
    | beans | t | 1000 |
    | peas | t | 1000 |
    ## Offers
    | actor | product | unit_cost |
    | A | beans | 100 |
    | A | peas | 100 |
    | B | beans | 200 |
    ## Links
    | from | to | product | price |
    | A | Canteen | beans | 1000 |
    | B | Canteen | beans | 1000 |
    | C | Canteen | beans | 3000 |
    | A | Canteen | peas | 1000 |
    ## Needs
    | actor | product | quantity | obligation |
    | Canteen | beans | {wanted} | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    ## Limits
    | limit | measure | to | product | sense | value | basis | obligation | each |
    | no large seller | quantity | Canteen | beans | <= | {share} | purchases | {firm} | {each} |
    """


def three(share: str = "40 %", firm: str = "must", each: str = "from", wanted: float = 100) -> str:
    text = THREE.replace("{share}", share).replace("{firm}", firm).replace("{each}", each)
    return text.replace("{wanted}", f"{wanted}")


@pytest.mark.parametrize("wanted", [100.0, *(round(100 * factor, 3) for factor in DRAWS)])
def test_no_seller_above_forty_per_cent(wanted: float) -> None:
    plan = best(three(wanted=wanted))
    assert plan.flow("A", "Canteen", "beans") == ABOUT(0.4 * wanted)
    assert plan.flow("B", "Canteen", "beans") == ABOUT(0.4 * wanted)
    assert plan.flow("C", "Canteen", "beans") == ABOUT(0.2 * wanted)
    assert [rule.name for rule in plan.chain.limits] == [f"no large seller · {name}" for name in "ABC"]


def codes(text: str) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.cell)) for problem in problems_of(workbook(text))]


def test_shares_that_cannot_make_up_the_whole_are_refused_at_their_cell() -> None:
    assert ("LIM09", "Limits!F2") in codes(three("30 %"))
    found = next(problem for problem in problems_of(workbook(three("30 %"))) if problem.code == "LIM09")
    assert found.severity is Severity.ERROR
    assert "33.3%" in found.hint("en")
    assert "33,3 %" in found.hint("fr").replace("\u202f", " ").replace("\xa0", " ")
    assert not [code for code, _ in codes(three("33.34 %")) if code == "LIM09"]
    assert ("LIM10", "Limits!F2") in codes(three("30 %", firm="wish"))


def test_a_wished_share_for_each_that_cannot_be_held_is_missed_as_little_as_goes() -> None:
    plan = best(three("30 %", firm="wish"))
    # 30 each and 10 too much somewhere, at the cheapest.
    assert plan.flow("A", "Canteen", "beans") == ABOUT(40)
    assert plan.value("rules") == ABOUT(0.1)


@pytest.mark.parametrize(
    ("each", "names"),
    [("to", ["Canteen"]), ("product", ["beans"]), ("period", ["year"]), ("fournisseur", ["A", "B", "C"])],
)
def test_each_of_what_is_in_scope_has_its_row(each: str, names: list[str]) -> None:
    made = chain(three("100 %", each=each))
    assert [rule.name.partition(" · ")[2] for rule in made.limits] == names


def test_each_product_without_a_filter_has_its_row() -> None:
    made = chain(three("100 %", each="produit").replace("| Canteen | beans | <=", "| Canteen | | <="))
    assert [rule.name.partition(" · ")[2] for rule in made.limits] == ["beans", "peas"]


def test_each_activity_is_not_counted_in_what_is_delivered() -> None:
    assert ("LIM08", "Limits!I2") in codes(three(each="process"))


def test_a_share_that_no_link_can_bring_is_told() -> None:
    text = market("| from nobody | quantity | Canteen | | beans | >= | 20 % | sales | | |")
    assert ("LIM10", "Limits!G2") not in codes(text)
    organic = (
        market("| organic | value | | Canteen | organic | >= | 20 % | purchases | | |")
        .replace(
            "| product | unit | price |\n    | beans | t | 1000 |",
            "| product | unit | price | labels | family |\n    | beans | t | 1000 | | food |\n    | peas | t | 1000 | organic | food |",
        )
        .replace("| basis | obligation | each |", "| basis | obligation | each | of |")
    )
    organic = organic.replace("| purchases | | |", "| purchases | | | food |")
    assert ("LIM10", "Limits!G2") in codes(organic)


@pytest.mark.parametrize("factor", [1.0, *DRAWS[:2]])
def test_59_growth_beyond_what_is_wished_never_leaves_a_need_unserved(factor: float) -> None:
    now, wanted = round(40 * factor, 3), round(100 * factor, 3)
    plan = best(
        market(grown=1000, wanted=wanted, today=f"{now}", settings="| growth_max | 100 % |").replace(
            "| Wholesaler | Canteen | beans | 500 | |\n", ""
        )
    )
    assert plan.flow("Farm", "Canteen", "beans") == ABOUT(wanted)
    assert plan.value("rules") == ABOUT((wanted - 2 * now) / (2 * now))


def test_growth_that_is_missed_has_its_row() -> None:
    # 40 today, 80 wished at the most, 100 needed.
    text = market(grown=1000, today="40", settings="| growth_max | 100 % |")
    result = solve_chain(chain(text.replace("| Wholesaler | Canteen | beans | 500 | |\n", "")))
    sheet = growth(View(result, "fr"))
    assert sheet is not None and sheet.height == 1
    row = {column.key: column.values[0] for column in sheet.columns}
    assert (row["from"], row["to"], row["what"], row["unit"]) == ("Farm", "Canteen", "beans", "t")
    assert [row["today"], row["most"], row["plan"], row["beyond"]] == ABOUT([40, 80, 100, 20])
    assert str(row["cell"]).startswith("Links!")
    assert growth(View(solve_chain(chain(market())), "en")) is None


def test_growth_is_held_where_it_can_be() -> None:
    # The farm gives its beans away, and would sell them all: it sells twice what it does today.
    text = market(grown=1000, today="20", settings="| hausse_maximale | 100 % |").replace(
        "| 1000 | 800 |", "| 1000 | 0 |"
    )
    plan = best(text)
    assert plan.chain.settings.growth_max == 1.0
    assert plan.flow("Farm", "Canteen", "beans") == ABOUT(40)
    assert plan.value("rules") == ABOUT(0, abs=1e-9)
    without = best(text.replace("| hausse_maximale | 100 % |", "| continuity | 0 |"))
    assert without.flow("Farm", "Canteen", "beans") == ABOUT(100)


def test_growth_of_an_activity_and_a_minimum_above_it() -> None:
    text = """
        ## Settings
        | setting | value |
        | growth_max | 50 % |
        ## Actors
        | actor | perimeter |
        | Mill | member |
        | Town | local |
        ## Products
        | product | unit | price |
        | flour | t | 400 |
        ## Processes
        | process | actor | today | minimum |
        | milling | Mill | 10 | {minimum} |
        ## Recipes
        | process | product | output |
        | milling | flour | 1 |
        ## Links
        | from | to | product |
        | Mill | Town | flour |
        ## Needs
        | actor | product | quantity | obligation |
        | Town | flour | 30 | outlet |
        ## Objectives
        | rank | objective | sense |
        | 1 | outlets | |
        """
    assert best(text.replace("{minimum}", "")).level("milling") == ABOUT(15)
    assert best(text.replace("{minimum}", "20")).level("milling") == ABOUT(20)


def test_the_words_of_the_columns_are_read_in_french() -> None:
    text = three("40 %", firm="souhaité", each="fournisseur").replace(
        "| obligation | each |", "| Obligation | Pour chaque |"
    )
    made = chain(text)
    assert all(rule.wished for rule in made.limits)
    assert made.limits[0].row.each is w.Each.FROM
