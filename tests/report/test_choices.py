"""What wished rules and equal shares cost stands first in the results, in sentences that a treasurer reads once."""

from __future__ import annotations

import pytest

from filiere.language import Language
from filiere.pipeline import solve_chain
from filiere.report.explain.choices import choice_lines, growth_line
from filiere.report.result.json import solution_json
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.tables.plan.rules import rules
from filiere.report.view import View
from tests.sheets import chain
from tests.test_traps_fair import AFTER, NO, villages
from tests.test_traps_wishes import market


def lines(text: str, language: Language = "en") -> list[str]:
    view = View(solve_chain(chain(text)), language)
    return [said.replace("\u202f", " ").replace("\xa0", " ") for _, said in choice_lines(view)]


RULE = "| local | quantity | Farm | Canteen | beans | >= | {value} | | wish | |"


def cheap_first(value: float) -> str:
    """The wish comes behind cost, so that nothing is bought at the farm for its sake."""
    return market(RULE.replace("{value}", f"{value}")).replace("| 2 | cost |", "| 2 | cost |\n    | 3 | rules |")


def test_what_a_wish_misses_and_what_holding_it_would_cost() -> None:
    # 20 t of the farm cost 800 a tonne to grow, the wholesaler's 500 to buy.
    assert lines(cheap_first(20)) == ["“local” is missed: 0 for 20 t asked. Holding it would cost 6,000 € more a year."]
    assert lines(cheap_first(20), "fr") == [
        "« local » n'est pas tout à fait respectée : 0 pour 20 t demandés. La respecter coûterait 6 000 € de plus par an."
    ]


def test_the_sheet_of_rules_says_it_too() -> None:
    sheet = rules(View(solve_chain(chain(cheap_first(20))), "en"))
    assert sheet.column("obligation").values == ["wish"]
    assert sheet.column("held").values == ["missed"]
    assert sheet.column("holding").values == [pytest.approx(6_000)]


def test_a_rule_on_emissions_is_written_as_people_do() -> None:
    view = View(solve_chain(chain(market("| carbon | co2 | | | | <= | 100 | | wish | |"))), "fr")
    assert rules(view).column("summed").values == ["CO₂"]


def test_a_wish_that_no_plan_can_hold_is_said_to_be_out_of_reach() -> None:
    said = lines(market(RULE.replace("{value}", "50")))
    assert said[:1] == ["“local” is missed: 30 for 50 t asked. No plan can hold it beside the rest."]


@pytest.mark.parametrize("value", ["50", "30"])
def test_what_wishes_take_is_told_though_they_are_kept_or_out_of_reach(value: str) -> None:
    # All 30 t come from the farm at 800 for the wish's sake, where the wholesaler's would cost 500.
    text = market(RULE.replace("{value}", value))
    assert lines(text)[-1] == (
        "without the wished rule “local”, and all planned again, the plan would cost 9,000 € less a year."
    )
    assert lines(text, "fr")[-1] == (
        "sans la règle souhaitée « local », tout replanifié, le plan coûterait 9 000 € de moins par an."
    )
    assert lines(market(RULE.replace("{value}", "0"))) == []


def test_what_wishes_cost_is_not_called_the_price_of_independence_alone() -> None:
    text = market(RULE.replace("{value}", "30")) + "## Settings\n    | setting | value |\n    | cost_bound | 1 |\n"
    view = View(solve_chain(chain(text)), "en")
    said = {one.label: one.text for one in remarks(view)}
    assert said["Price of independence"].startswith("this plan costs 9,000\xa0€ a year more than the cheapest")
    assert "What the wished rules cost is in it: see “Price of wishes”." in said["Price of independence"]
    free = View(solve_chain(chain(text.replace("| >= | 30 |", "| >= | 0 |"))), "en")
    assert "wished rules" not in {one.label: one.text for one in remarks(free)}["Price of independence"]


def test_what_is_left_unserved_is_told_at_reference_prices_whatever_its_importance() -> None:
    # Equal shares leave 40 × 3 + 20 × 40 unserved, the dearest first 60 × 3: 740 more. Important twice, it is no more.
    twice = SHARED.replace("| 100 | 1 |", "| 100 | 2 |").replace("| 50 | 1 |", "| 50 | 2 |")
    assert twice.count("| 2 |") == 2
    assert "740 €" in lines(twice)[0]


SHARED = villages(90, {"School": (100, 3, 0), "Banquet": (50, 40, 0)})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_equal_shares_cost_and_what_after_would_give(language: Language) -> None:
    (said,) = lines(SHARED, language)
    # Equal: 40 × 3 + 20 × 40 missing; the dearest first: 60 × 3.
    each = {"en": ("60% of it for School", "60% of it for Banquet"),
            "fr": ("60 % pour School", "60 % pour Banquet")}[language]  # fmt: skip
    assert all(one in said for one in each)
    assert "740 €" in said
    assert ("“after”" if language == "en" else "après les besoins") in said
    assert ("School, dish School 40%" if language == "en" else "School, dish School 40 %") in said


MARKET = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | A | local |
    | B | local |
    | C | local |
    ## Products
    | product | unit | price |
    | apples | t | 100 |
    ## Offers
    | actor | product | maximum |
    | Farm | apples | 60 |
    ## Links
    | from | to | product |
    | Farm | A | apples |
    | Farm | B | apples |
    | Farm | C | apples |
    ## Needs
    | actor | product | quantity | importance |
    | A | apples | 60 | 1 |
    | B | apples | 60 | 1 |
    | C | apples | 60 | {c} |
    """


def test_who_gets_none_is_named_with_the_reason() -> None:
    (said,) = lines(MARKET.format(c=0.5), "fr")
    assert said.startswith(
        "tout ce qui est souhaité ne peut pas être servi. apples : 50 % chacun pour A et B ; rien pour C : les besoins "
        "plus importants passent d'abord. Partager"
    )
    (said,) = lines(MARKET.format(c=1).replace("    | Farm | C | apples |\n", ""))
    assert "apples: 50% of it for each of A and B; none for C, as nothing described here can bring it." in said


def test_nothing_is_said_where_shares_are_not_equal_or_all_is_served() -> None:
    assert lines(villages(90, {"School": (100, 3, 0), "Banquet": (50, 40, 0)}, NO)) == []
    assert lines(villages(150, {"School": (100, 3, 0), "Banquet": (50, 40, 0)})) == []
    (said,) = lines(villages(90, {"School": (100, 3, 0), "Banquet": (50, 40, 0)}, AFTER))
    assert "after" not in said


def test_the_json_tells_the_shares() -> None:
    found = solution_json(solve_chain(chain(SHARED)))["fairness"]
    assert [(one["actor"], one["product"], round(one["share"], 6)) for one in found] == [
        ("School", "dish School", 0.6), ("Banquet", "dish Banquet", 0.6),
    ]  # fmt: skip
    free = villages(90, {"School": (100, 3, 0), "Banquet": (50, 40, 0)}, NO)
    assert solution_json(solve_chain(chain(free)))["fairness"] == []


def test_59_growth_is_told_and_the_choices_stand_before_every_figure() -> None:
    text = market(grown=1000, today="40", settings="| growth_max | 100 % |").replace(
        "| Wholesaler | Canteen | beans | 500 | |\n", ""
    )
    view = View(solve_chain(chain(text)), "en")
    assert growth_line(view) == "more than doubles: Farm → Canteen, beans (×\u00a02.5)."
    assert growth_line(View(solve_chain(chain(market())), "en")) is None
    top = [remark.label for remark in remarks(View(solve_chain(chain(SHARED)), "fr")) if remark.top]
    assert top == ["Parts égales"]


COSTLY = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Near | local |
    | Far | local |
    ## Products
    | product | unit | price |
    | vegetables | t | 1000 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | vegetables | {grown} | 500 |
    ## Links
    | from | to | product | maximum | status | fixed_cost |
    | Farm | Near | vegetables | | | |
    | Farm | Far | vegetables | {grown} | candidate | 500000 |
    ## Needs
    | actor | product | quantity |
    | Near | vegetables | {grown} |
    | Far | vegetables | {grown} |
    {more}
    """


def costly(grown: float = 60, more: str = "") -> str:
    return COSTLY.replace("{grown}", f"{grown}").replace("{more}", more)


@pytest.mark.parametrize("grown", [60, 37.5, 120])
def test_52_equal_shares_open_the_way_and_its_cost_is_the_first_sentence(grown: float) -> None:
    result = solve_chain(chain(costly(grown)))
    shares = solution_json(result)["fairness"]
    assert [round(one["share"], 6) for one in shares] == [0.5, 0.5]
    first = next(iter(remarks(View(result, "fr"))))
    assert first.top and first.label == "Parts égales"
    said = first.text.replace("\u202f", " ").replace("\xa0", " ")
    assert "coûte 500 000 € de plus par an" in said
    # Within a tenth of what it costs no such way is opened: all goes to the near one.
    assert "« après les besoins » : Far, vegetables 0 %" in said
    assert "Near, vegetables 100 %" in said


def test_52_a_wish_opens_nothing_beyond_the_cost_bound() -> None:
    organic = """
        ## Settings
        | setting | value |
        | fairness | no |
        ## Limits
        | limit | measure | to | product | sense | value | obligation |
        | far | quantity | Far | vegetables | >= | 30 | wish |
        """
    result = solve_chain(chain(costly(more=organic)))
    assert solution_json(result)["opened"] == []
    (said,) = [text.replace("\u202f", " ").replace("\xa0", " ") for _, text in choice_lines(View(result, "en"))]
    assert said.startswith("“far” is missed: 0 for 30 t asked.")
    assert said.endswith("Holding it would cost 500,000 € more a year.")
    free = solve_chain(
        chain(costly(more=organic.replace("| fairness | no |", "| fairness | no |\n        | cost_bound | 20 |")))
    )
    assert solution_json(free)["opened"] != []
