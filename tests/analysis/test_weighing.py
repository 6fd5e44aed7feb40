"""This year's figures weighed: what is missing, where, in which season, and what is a thousandfold off.

Each kind is drawn twenty times with figures of its own; what must be said follows from them by plain arithmetic.
"""

from __future__ import annotations

import random

import pytest

from filiere.analysis.weighing.balances import accounts
from filiere.analysis.weighing.weigh import weigh
from filiere.language import Language
from filiere.language import number as written
from filiere.pipeline import checked
from filiere.sector.bundled import bundled
from tests.sheets import chain

DRAWN = range(20)
LANGUAGES: tuple[Language, ...] = ("fr", "en")

GARDEN = """
    ## Actors
    | actor | perimeter |
    | Garden | member |
    | Composter | external |
    | Town | local |
    ## Products
    | product | unit | price | kind |
    | compost | t | 60 | product |
    | vegetables | t | 1900 | product |
    ## Processes
    | process | actor | today |
    | growing | Garden | {level} |
    ## Recipes
    | process | product | input | output |
    | growing | compost | {per} | |
    | growing | vegetables | | 10 |
    ## Links
    | from | to | product | today |
    | Composter | Garden | compost | {delivered} |
    | Garden | Town | vegetables | {sold} |
    ## Needs
    | actor | product | quantity |
    | Town | vegetables | 1000 |
    ## Offers
    | actor | product | maximum |
    | Composter | compost | {delivered} |
    """

FESTIVAL = """
    ## Settings
    | setting | value |
    | currency | EUR |
    ## Periods
    | period |
    | winter |
    | spring |
    | summer |
    | autumn |
    ## Profiles
    | profile | kind | winter | spring | summer | autumn |
    | summer only | spread | 0 | 0 | 1 | 0 |
    ## Actors
    | actor | perimeter |
    | Festival | member |
    | Public | local |
    ## Products
    | product | unit | price | kind |
    | hours | h | 15 | service |
    | entry | seat | 10 | service |
    ## Offers
    | actor | product | maximum |{heading}
    | Festival | hours | {hours} |{profile}
    ## Processes
    | process | actor | capacity | today | availability |
    | edition | Festival | 1 | 1 | summer only |
    ## Recipes
    | process | product | input | output |
    | edition | hours | {taken} | |
    | edition | entry | | 7000 |
    ## Links
    | from | to | product | today |
    | Festival | Public | entry | 7000 |
    ## Needs
    | actor | product | quantity | profile |
    | Public | entry | 7000 | summer only |
    """

FLOUR = """
    ## Settings
    | setting | value |
    | currency | EUR |
    ## Actors
    | actor | perimeter |
    | Mill | member |
    | Farm | local |
    | Town | local |
    ## Products
    | product | unit | price |
    | wheat | t | 400 |
    | flour | t | 1000 |
    ## Offers
    | actor | product | maximum |
    | Farm | wheat | 500 |
    ## Processes
    | process | actor | status | capacity | fixed_cost | investment |
    | milling | Mill | candidate | 100 | {fixed} | {investment} |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1 | |
    | milling | flour | | 0.8 |
    ## Links
    | from | to | product |
    | Farm | Mill | wheat |
    | Mill | Town | flour |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | flour | {wish} | {obligation} |
    """


@pytest.mark.parametrize("seed", DRAWN)
def test_37_a_missing_supplier_is_named_with_its_buyer_and_amount(seed: int) -> None:
    draw = random.Random(seed)
    level, per = draw.randint(2, 9), draw.randint(3, 8)
    missing = draw.randint(1, level * per - 1) if level * per < 10 else draw.randint(level * per // 5, level * per - 1)
    found = chain(GARDEN.format(level=level, per=per, delivered=level * per - missing, sold=level * 10))
    weighed = weigh(found)
    row = next(r for r in weighed.balances if r.product == "compost" and r.actor == "Garden")
    assert (row.into, row.out) == (pytest.approx(level * per - missing), pytest.approx(level * per))
    assert row.gap == pytest.approx(-missing)
    first, *others = weighed.problems
    assert first.code == "TDY01"
    assert row.cause == "missing_supplier"
    for language in LANGUAGES:
        words = first.message(language)
        assert all(word in words for word in ("compost", "Garden", written(missing, language)))
    assert any(p.code == "TDY07" for p in others)


@pytest.mark.parametrize("seed", DRAWN)
def test_38_hours_that_are_there_in_the_wrong_season(seed: int) -> None:
    draw = random.Random(seed)
    taken = draw.randint(20, 40) * 100
    hours = draw.randint(taken // 100, taken // 100 + 5) * 100
    weighed = weigh(chain(FESTIVAL.format(hours=hours, taken=taken, heading="", profile="")))
    row = next(r for r in weighed.balances if r.product == "hours")
    missing = taken - hours / 4
    assert (row.cause, row.periods) == ("calendar", ("summer",))
    assert row.lacking == pytest.approx(missing)
    stuck = next(p for p in weighed.problems if p.code == "TDY07")
    for language in LANGUAGES:
        for problem in (weighed.problems[0], stuck):
            words = problem.message(language)
            assert all(word in words for word in ("hours", "summer", written(missing, language)))
        assert "edition" in stuck.message(language)


def test_hours_free_of_any_calendar_are_no_matter() -> None:
    text = FESTIVAL.format(hours=3500, taken=3000, heading=" profile |", profile=" free |")
    assert not weigh(chain(text)).problems


@pytest.mark.parametrize("seed", DRAWN)
@pytest.mark.parametrize("spoilt", ["recipe", "delivery"])
def test_39_kilograms_under_tonnes(seed: int, spoilt: str) -> None:
    draw = random.Random(seed)
    level, per = draw.randint(2, 9), draw.randint(3, 8)
    figures = {"level": level, "per": per, "delivered": level * per, "sold": level * 10}
    assert not weigh(chain(GARDEN.format(**figures))).problems
    key, cell = {"recipe": ("per", "recipes!c2"), "delivery": ("delivered", "links!d2")}[spoilt]
    figures[key] *= 1000
    first = weigh(chain(GARDEN.format(**figures))).problems[:3]
    # Either of the two would mend the account: both are named.
    found = next(p for p in first if p.code == "TDY05" and str(p.cell).casefold() == cell)
    for language in LANGUAGES:
        assert written(figures[key], language) in found.hint(language)


@pytest.mark.parametrize("seed", DRAWN)
def test_39_a_price_per_kilogram(seed: int) -> None:
    price = random.Random(seed).randint(2, 9)
    text = GARDEN.format(level=4, per=3, delivered=12, sold=40).replace(
        "product | today |\n", "product | today | price |\n"
    )
    text = text.replace("| vegetables | 40 |", f"| vegetables | 40 | {price} |").replace("| 1900 |", f"| {price}000 |")
    (found,) = weigh(chain(text)).problems
    assert found.code == "TDY10"
    for language in LANGUAGES:
        assert written(price * 1000, language) in found.message(language)


@pytest.mark.parametrize("seed", DRAWN)
def test_40_a_wish_that_only_a_project_could_serve(seed: int) -> None:
    draw = random.Random(seed)
    wish, fixed, investment = draw.randint(2, 9), draw.randint(1, 9) * 1000, draw.randint(10, 90) * 1000
    text = FLOUR.format(wish=wish, fixed=fixed, investment=investment, obligation="want")
    (found,) = weigh(chain(text)).problems
    assert found.code == "TDY11"
    for language in LANGUAGES:
        words = found.message(language)
        costs = f"{written(fixed + investment, language)} €"
        assert all(word in words for word in ("milling", "Town", costs))
    assert not weigh(chain(text.replace("| want |", "| outlet |"))).problems


def test_64_an_activity_that_nothing_protects() -> None:
    text = GARDEN.format(level=4, per=3, delivered=12, sold=40)
    blank = text.replace("| growing | Garden | 4 |", "| growing | Garden | |")
    assert not [p for p in weigh(chain(blank)).problems if p.code == "TDY12"]  # its deliveries imply it
    idle = blank.replace("| growing | compost | 3 | |", "| growing | compost | 3 | |\n    | sorting | compost | | 1 |")
    idle = idle.replace("| growing | Garden | |", "| growing | Garden | |\n    | sorting | Town | |")
    found = [p for p in weigh(chain(idle)).problems if p.code == "TDY12"]
    assert [p.facts["name"] for p in found] == ["sorting"]


def test_what_a_smaller_need_leaves_is_no_gap() -> None:
    rows = accounts(chain(GARDEN.format(level=4, per=3, delivered=12, sold=40).replace("| 1000 |", "| 10 |"))).rows
    assert {(r.actor, r.product): r.gap for r in rows} == pytest.approx(
        {("Garden", "compost"): 0.0, ("Garden", "vegetables"): 0.0, ("Town", "vegetables"): 0.0}
    )
    assert all(r.cause is None for r in rows)


@pytest.mark.parametrize("name", ["food_example_fr", "food_example_en", "culture_example_fr", "culture_example_en"])
def test_the_examples_raise_no_false_alarm(name: str) -> None:
    from importlib.resources import as_file

    with as_file(bundled(f"data_templates/{name}.xlsx")) as path:
        problems, weighed = checked(path)
    assert weighed.balances
    assert not weighed.problems
    assert not [problem for problem in problems if problem.code.startswith("TDY")], "in every scenario"
