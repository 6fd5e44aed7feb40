"""Offers and capacities typed a thousandfold: each is asked about at its cell, and what stands for no limit is not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from filiere.analysis.weighing.scales import scales
from filiere.analysis.weighing.weigh import weigh
from filiere.language import Language
from filiere.language import number as written
from filiere.pipeline import check
from tests.analysis.spoilt import FIRST, agreed
from tests.commands.running import write
from tests.sheets import chain

LANGUAGES: tuple[Language, ...] = ("fr", "en")
BREAD = """
    ## Actors
    | actor | perimeter |
    | Farm | {farm} |
    | Mill | member |
    | Town | local |
    | Trader | external |
    ## Products
    | product | unit | price |
    | wheat | t | 200 |
    | flour | t | 500 |
    ## Processes
    | process | actor | capacity | status |
    | milling | Mill | {capacity} | {status} |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1.25 | |
    | milling | flour | | 1 |
    ## Offers
    | actor | product | maximum |
    | Farm | wheat | {offer} |
    ## Links
    | from | to | product | today |
    | Farm | Mill | wheat | |
    | Mill | Town | flour | {today} |
    | Mill | Trader | flour | {sold} |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | flour | {need} | {obligation} |
    """
USUAL = {"farm": "member", "capacity": "100", "status": "", "offer": "120", "today": "", "sold": "0", "need": "80",
         "obligation": "want"}  # fmt: skip


def source(**given: object) -> str:
    return BREAD.format(**{**USUAL, **given})


def found(**given: object) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.cell)) for problem in scales(chain(source(**given)))]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    ("which", "code", "cell"), [("offer", "TDY24", "Offers!C2"), ("capacity", "TDY25", "Processes!C2")]
)
def test_a_thousandfold_of_all_that_asks_is_told(which: str, code: str, cell: str, seed: int) -> None:
    """The town asks for so much flour, and the mill for 1.25 times that of wheat; they have up to three times as much."""
    draw = random.Random(f"{which} {seed}")
    need, plenty = draw.randint(3, 900), draw.uniform(1.0, 3.0)
    asked = need * 1.25 if which == "offer" else float(need)
    right = {"need": need, "offer": need * 2, "capacity": need * 2, which: round(asked * plenty, 2)}
    assert found(**right) == []
    (problem,) = scales(chain(source(**{**right, which: round(asked * plenty, 2) * 1000})))
    assert (problem.code, str(problem.cell)) == (code, cell)
    for language in LANGUAGES:
        words = problem.message(language)
        assert written(asked, language) in words and ("milling" if which == "capacity" else "wheat") in words


@pytest.mark.parametrize(
    "given",
    [
        {"offer": "1000000000"}, {"offer": "999999"}, {"offer": "", "capacity": ""}, {"offer": "12000"},
        {"farm": "external", "offer": "100000"}, {"capacity": "100000", "status": "candidate"},
        # How much the trader may take, nothing says; nor what the town does.
        {"offer": "120000", "sold": ""}, {"offer": "120000", "need": "", "obligation": "outlet"},
    ],
)  # fmt: skip
def test_what_may_be_meant_is_left_alone(given: dict[str, str]) -> None:
    assert found(**given) == []


def test_what_feeds_on_itself_asks_for_any_amount() -> None:
    """Of each ton of flour the mill takes so much flour itself: half a ton adds up, more than one never ends."""

    def told(taken: float, offer: int) -> list[str]:
        again = f"| milling | flour | {taken} | |\n    ## Offers"
        return [str(problem.cell) for problem in scales(chain(source(offer=offer).replace("## Offers", again)))]

    assert told(0.5, 200 * 1000) == ["Offers!C2"]  # 160 t of flour, 200 t of wheat
    assert told(1.02, 6040 * 1000) == []  # what forty rounds come to is none of it


def test_where_any_amount_may_be_taken_this_years_counts() -> None:
    assert found(offer="120000", need="", obligation="outlet", today="80") == [("TDY24", "Offers!C2")]


@pytest.mark.parametrize("seed", range(10))
def test_an_offer_of_a_random_chain_typed_a_thousandfold_is_among_the_first_findings(seed: int) -> None:
    draw = random.Random(300 + seed)
    made = agreed(draw)
    names = [row.split("|")[1].strip() for row in made.offers if "farm" in row]
    sold = {name: sum(float(row[4]) for row in made.links if row[0] == name) for name in names}
    spoilt = draw.choice(names)

    def text(times: float) -> str:
        rows = [f"{row} {sold[name] * 1.2 * (times if name == spoilt else 1.0):g} |" if (
            name := row.split("|")[1].strip()) in sold else f"{row} |" for row in made.offers]  # fmt: skip
        return made.text().replace("\n".join(made.offers), "\n".join(rows)).replace(
            "## Offers\n| actor | product |", "## Offers\n| actor | product | maximum |")  # fmt: skip

    cell = f"Offers!C{2 + [row.split('|')[1].strip() for row in made.offers].index(spoilt)}"
    assert cell not in [str(problem.cell) for problem in weigh(chain(text(1.0))).problems]
    assert cell in [str(problem.cell) for problem in weigh(chain(text(1000.0))).problems][:FIRST]


def test_a_scenario_that_slips_is_told_with_its_name(tmp_path: Path) -> None:
    slipped = """
    ## Scenarios
    | scenario | table | row | column | change |
    | good year | Offers | Farm / wheat | maximum | = 120000 |
    """
    problems = [p for p in check(write(tmp_path / "bread.xlsx", source() + slipped)) if p.code == "TDY24"]
    assert len(problems) == 1 and "good year" in problems[0].message("en")


BESIDE = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Garden | member |
    | Oven | member |
    | Town | local |
    ## Products
    | product | unit | price | family | kind |
    | beans | t | 900 | pulses | product |
    | lentils | t | 900 | pulses | product |
    | soup | t | 1500 | dishes | product |
    ## Processes
    | process | actor | capacity | today |
    | cooking | Oven | {capacity} | |
    ## Recipes
    | process | product | input | output |
    | cooking | beans | 1 | |
    | cooking | soup | | 2 |
    ## Offers
    | actor | product | maximum |
    | Garden | lentils | 30 |
    | Farm | beans | {offer} |
    ## Links
    | from | to | product | today |
    | Garden | Town | lentils | 20 |
    | Farm | Oven | beans | |
    | Garden | Town | soup | 40 |
    ## Needs
    | actor | product | quantity |
    | Town | lentils | 20 |
    """


@pytest.mark.parametrize(
    ("given", "cell", "words"),
    [({"offer": 12}, None, ()), ({"offer": 12000}, "Offers!C3", (12000, 20)),
     ({"capacity": 7000}, "Processes!C2", (14000, 40))],
)  # fmt: skip
def test_what_nobody_asks_for_is_compared_with_all_that_moves_of_its_family(
    given: dict[str, int], cell: str | None, words: tuple[int, ...]
) -> None:
    """Nobody bought the beans or the oven's soup this year; 20 t of pulses moved, and 40 t of soup."""
    told = list(scales(chain(BESIDE.format(**{"offer": 12, "capacity": 25, **given}))))
    assert [str(problem.cell) for problem in told] == ([cell] if cell else [])
    for language in LANGUAGES:
        assert all(written(word, language) in told[0].message(language) for word in words)
