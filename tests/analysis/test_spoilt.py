"""One figure spoilt in a chain whose figures agreed: it is among the first three findings."""

from __future__ import annotations

import random

import pytest

from filiere.analysis.weighing.weigh import weigh
from filiere.language import Language
from tests.analysis.spoilt import FIRST, KINDS, agreed, ranks
from tests.sheets import chain

SMALL = """
    ## Settings
    | setting | value |
    | currency | EUR |
    ## Actors
    | actor | perimeter |
    | Mill | member |
    | Bakery | member |
    | Town | local |
    | Farm | external |
    ## Products
    | product | unit | price |
    | wheat | t | 200 |
    | flour | t | 400 |
    | bread | t | 3000 |
    ## Processes
    | process | actor | today |
    | milling | Mill | {milled} |
    | baking | Bakery | {baked} |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1.25 | |
    | milling | flour | | 1 |
    | baking | flour | 0.8 | |
    | baking | bread | | 1 |
    ## Links
    | from | to | product | today |
    | Farm | Mill | wheat | {wheat} |
    | Mill | Bakery | flour | {flour} |
    | Bakery | Town | bread | {bread} |
    ## Needs
    | actor | product | quantity |
    | Town | bread | 100 |
    """
AGREED = {"milled": 80, "baked": 100, "wheat": 100, "flour": 80, "bread": 100}


def findings(**spoilt: object) -> list[tuple[str, str]]:
    problems = weigh(chain(SMALL.format(**{**AGREED, **spoilt}))).problems
    return [(problem.code, str(problem.cell)) for problem in problems]


def test_the_spoilt_figure_is_among_the_first_findings() -> None:
    """Of the whole hundred all are (docs/decisions); a dozen are drawn again here."""
    found = {seed: rank for seed, _, rank, _ in ranks(3 * len(KINDS))}
    assert sum(rank is not None and rank <= FIRST for rank in found.values()) >= 11, found


@pytest.mark.parametrize("seed", range(6))
def test_figures_that_agree_raise_nothing(seed: int) -> None:
    assert weigh(chain(agreed(random.Random(100 + seed)).text())).problems == ()


def test_figures_that_agree_are_left_alone() -> None:
    assert findings() == []


def test_a_figure_that_all_others_contradict_is_said_to_be_the_wrong_one() -> None:
    """80 t of wheat make 64 t of flour, and 80 were milled: were the wheat 100, all would fit."""
    assert ("TDY14", "Links!D2") in findings(wheat=80)[:FIRST]


def test_two_figures_that_changed_places_are_named_together() -> None:
    (first, *_) = weigh(chain(SMALL.format(**{**AGREED, "flour": 100, "bread": 80}))).problems
    assert (first.code, str(first.cell)) == ("TDY15", "Links!D3")
    languages: tuple[Language, ...] = ("fr", "en")
    assert all("Links!D4" in first.message(language) for language in languages)


@pytest.mark.parametrize(
    ("spoilt", "code", "cell", "value"),
    [({"flour": ""}, "TDY16", "Links!D3", "80"), ({"milled": ""}, "TDY17", "Processes!C2", "80")],
)
def test_a_blank_among_typed_figures_is_told_with_what_the_others_ask(
    spoilt: dict[str, object], code: str, cell: str, value: str
) -> None:
    source = SMALL.replace("| Bakery | Town |", "| Farm | Bakery | flour | 0 |\n    | Bakery | Town |")
    (only,) = weigh(chain(source.format(**{**AGREED, **spoilt}))).problems
    assert (only.code, str(only.cell)) == (code, cell)
    assert value in only.message("fr") and value in only.message("en")
