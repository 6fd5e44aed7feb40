"""What outsiders would like, goods sent round, and the value that stays."""

from __future__ import annotations

import random

import pytest

from filiere.chain import problems_of
from filiere.language import Language
from filiere.schema import words as w
from tests.sheets import chain, workbook
from tests.solving import ABOUT, best

DRAWS = [random.Random(seed).uniform(0.5, 2.0) for seed in range(20)]

SUPERMARKET = """
    ## Actors
    | actor | perimeter |
    | Bakery | member |
    | Town | local |
    | Supermarket | external |
    | Trader | external |
    ## Products
    | product | unit | price |
    | flour | t | 500 |
    | bread | t | 1000 |
    ## Processes
    | process | actor | unit_cost |
    | baking | Bakery | 100 |
    ## Recipes
    | process | product | input | output |
    | baking | flour | 1 | |
    | baking | bread | | 1 |
    ## Links
    | from | to | product | price |
    | Trader | Bakery | flour | 500 |
    | Bakery | Supermarket | bread | {paid} |
    | Bakery | Town | bread | 1000 |
    ## Needs
    | actor | product | quantity | obligation |
    | Supermarket | bread | {wanted} | {asked} |
    | Town | bread | 10 | must |
    ## Objectives
    | rank | objective |
    | 1 | unmet |
    | 2 | cost |
    """


def supermarket(asked: str, paid: float = 400, wanted: float = 50) -> str:
    return SUPERMARKET.replace("{asked}", asked).replace("{paid}", f"{paid}").replace("{wanted}", f"{wanted}")


@pytest.mark.parametrize("asked", ["want", "souhaité", ""])
@pytest.mark.parametrize("factor", [1.0, *DRAWS[:2]])
def test_30_what_an_outsider_would_like_is_an_outlet(asked: str, factor: float) -> None:
    text = supermarket(asked, wanted=round(50 * factor, 2))
    made = chain(text)
    assert made.needs[0].obligation is w.Obligation.OUTLET
    assert made.needs[1].obligation is w.Obligation.MUST
    # Flour and work cost 600 and it pays 400: nothing is baked for it, and nothing is missing.
    plan = best(text)
    assert plan.level("baking") == ABOUT(10)
    assert plan.unmet("bread") == 0.0
    assert best(supermarket(asked, paid=700)).level("baking") == ABOUT(60)


def test_30_a_typed_want_is_told_and_a_blank_is_not() -> None:
    told = [(p.code, str(p.cell)) for p in problems_of(workbook(supermarket("want"))) if p.code == "NED05"]
    assert told == [("NED05", "Needs!D2")]
    assert not [p for p in problems_of(workbook(supermarket(""))) if p.code == "NED05"]
    found = next(p for p in problems_of(workbook(supermarket("souhaité"))) if p.code == "NED05")
    assert "hors du territoire" in found.message("fr")


def test_a_must_of_an_outsider_is_a_must_and_an_outlet_needs_no_quantity() -> None:
    assert best(supermarket("must")).level("baking") == ABOUT(60)
    assert (
        chain(supermarket("").replace("| Supermarket | bread | 50 |", "| Supermarket | bread | |")).needs[0].quantity
        is None
    )


ROUND = """
    ## Actors
    | actor | perimeter | balanced_budget |
    | Coop | member | wish |
    | Shop | member | |
    | Depot | member | |
    | Town | local | |
    ## Products
    | product | unit | price |
    | apples | t | 1000 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Coop | apples | 100 | {cost} |
    ## Links
    | from | to | product | price | maximum |
    | Coop | Shop | apples | {out} | |
    | Shop | Coop | apples | {back} | 1000 |
    | Shop | Town | apples | 900 | |
    {more}
    ## Needs
    | actor | product | quantity | obligation |
    | Town | apples | 10 | must |
    ## Objectives
    | rank | objective |
    | 1 | deficit |
    | 2 | cost |
    """


def sent_round(cost: float = 1200, out: float = 1000, back: float = 800, more: str = "") -> str:
    text = ROUND.replace("{cost}", f"{cost}").replace("{out}", f"{out}").replace("{back}", f"{back}")
    return text.replace("{more}", more)


@pytest.mark.parametrize("factor", [1.0, *DRAWS])
def test_apples_sent_to_and_fro_mend_no_budget(factor: float) -> None:
    cost, out, back = (round(amount * factor, 2) for amount in (1200.0, 1000.0, 800.0))
    plan = best(sent_round(cost, out, back), certified=factor in DRAWS[::5] or factor == 1.0)
    # 10 t are grown at the cost and count at the mean of the two prices: the rest is short, however much goes round.
    assert plan.value("deficit") == ABOUT(10 * (cost - (out + back) / 2))
    assert plan.flow("Shop", "Coop", "apples") == ABOUT(0, abs=1e-6)


def test_one_way_alone_counts_at_its_price() -> None:
    text = sent_round().replace("| Shop | Coop | apples | 800 | 1000 |\n", "")
    assert best(text).value("deficit") == ABOUT(10 * (1200 - 1000))


def circles(text: str, language: Language = "en") -> list[str]:
    return [p.message(language) for p in problems_of(workbook(text)) if p.code == "CHK23"]


def test_check_names_the_circle_and_its_prices() -> None:
    (told,) = circles(sent_round())
    assert "Coop → Shop → Coop" in told
    assert "(1000 et 812,5)" in circles(sent_round(back=812.5), "fr")[0].replace("\u202f", "")
    assert circles(sent_round(back=1000)) == []
    longer = sent_round(back=1000, more="| Shop | Depot | apples | 1000 | |\n    | Depot | Coop | apples | 700 | |")
    (told,) = circles(longer)
    assert "Coop → Shop → Depot → Coop" in told
    # Without a budget that is followed, a circle mends nothing.
    assert circles(sent_round().replace("| Coop | member | wish |", "| Coop | member | |")) == []


def test_value_kept_is_what_the_formula_says() -> None:
    text = """
        ## Actors
        | actor | perimeter |
        | Farm | member |
        | Town | local |
        | Buyer | external |
        | Trader | external |
        | Tip | external |
        ## Products
        | product | unit | price | kind | discard_cost |
        | bread | t | 1000 | | |
        | flour | t | 400 | | |
        | crumbs | t | 50 | secondary | 30 |
        ## Processes
        | process | actor | unit_cost | local_share |
        | baking | Farm | 100 | 0.6 |
        ## Recipes
        | process | product | input | output |
        | baking | flour | 1 | |
        | baking | bread | | 1 |
        | baking | crumbs | | 0.1 |
        ## Links
        | from | to | product | price | minimum | maximum |
        | Trader | Farm | flour | 450 | | |
        | Farm | Town | bread | 1500 | | |
        | Farm | Buyer | bread | 1200 | 5 | 5 |
        | Farm | Tip | crumbs | -20 | 0.5 | 0.5 |
        ## Needs
        | actor | product | quantity | obligation |
        | Town | bread | 10 | must |
        ## Objectives
        | rank | objective |
        | 1 | cost |
        | 2 | value_kept |
        """
    # 10 × 1000 used, 5 × 1200 sold, 15 × 450 bought, 0.5 × 20 paid to the tip, 1 × 30 thrown away, 40 % of 15 × 100.
    assert best(text).value("value_kept") == ABOUT(10_000 + 6_000 - 6_750 - 10 - 30 - 600)
