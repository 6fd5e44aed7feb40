"""A whole column, or all the figures of one actor, typed in another unit: told once, first, with what to do."""

from __future__ import annotations

import random
import re

import pytest

from filiere.analysis.weighing.weigh import weigh
from filiere.language import Language
from filiere.pipeline import solve_chain
from filiere.problems import Problem
from filiere.report.result.text import summary_lines
from filiere.sector.sector import load_sector
from tests.analysis.spoilt import agreed
from tests.sheets import chain

BREAD = """
    ## Settings
    | setting | value |
    | currency | EUR |
    ## Actors
    | actor | perimeter |
    | Mill | member |
    | Bakery | member |
    | Town | local |
    | Village | local |
    | School | local |
    | Farm | external |
    | Port | external |
    ## Products
    | product | unit | price | kind |
    | wheat | t | {wheat} | |
    | flour | t | {flour} | |
    | bread | t | {bread} | |
    | hours | h | 30 | service |
    ## Processes
    | process | actor | capacity | today |
    | milling | Mill | {room} | {milled} |
    | baking | Bakery | {oven} | {baked} |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1.25 | |
    | milling | flour | | 1 |
    | baking | flour | 0.8 | |
    | baking | hours | 2 | |
    | baking | bread | | 1 |
    ## Links
    | from | to | product | price | today |
    | Farm | Mill | wheat | 190 | {f[0]} |
    | Port | Mill | wheat | 210 | {f[1]} |
    | Mill | Bakery | flour | 400 | {f[2]} |
    | Bakery | Town | bread | 3000 | {f[3]} |
    | Bakery | Village | bread | 3100 | {f[4]} |
    | Bakery | School | bread | 2900 | {f[5]} |
    | Port | Bakery | hours | 30 | 200 |
    ## Needs
    | actor | product | quantity |
    | Town | bread | {n[0]} |
    | Village | bread | {n[1]} |
    | School | bread | {n[2]} |
    """
FLOWS, NEEDS = (60.0, 40.0, 80.0, 50.0, 30.0, 20.0), (50.0, 30.0, 20.0)


def source(links: float = 1.0, needs: float = 1.0, levels: float = 1.0, bakery: float = 1.0) -> str:
    """The chain with whole columns, or what the bakery sells and does, so many times as large."""
    flows = [f * links * (bakery if i > 2 else 1.0) for i, f in enumerate(FLOWS)]
    return BREAD.format(
        wheat=200, flour=400, bread=3000, room=100 * levels, oven=120 * levels * bakery, milled=80 * levels,
        baked=100 * levels * bakery, f=flows, n=[n * needs for n in NEEDS],
    )  # fmt: skip


def told(**times: float) -> tuple[Problem, ...]:
    return weigh(chain(source(**times))).problems


def test_figures_that_agree_raise_nothing() -> None:
    assert told() == ()


@pytest.mark.parametrize("factor", [1000.0, 0.001])
def test_a_whole_column_of_links_is_told_once(factor: float) -> None:
    first, *others = told(links=factor)
    assert (first.code, str(first.cell)) == ("TDY19", "Links!E2")
    assert "TDY05" not in {problem.code for problem in others}
    way = {1000.0: ("trop grands", "too large"), 0.001: ("trop petits", "too small")}[factor]
    assert way[0] in first.message("fr") and way[1] in first.message("en")
    assert "en t" in first.message("fr") and "Links!E2" in first.message("fr")  # hours are not meant


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_whole_column_stands_first_in_the_results_of_today(language: Language) -> None:
    found = solve_chain(chain(source(links=1000.0)), "today")
    lines = [line for line in summary_lines(found, language) if "Links!E2" in line or "1000" in line]
    label = {"fr": "Chiffres dans une autre unité", "en": "Figures in another unit"}[language]
    assert lines[0].startswith(label) and "Links!E2" in lines[0]


def test_a_whole_column_of_levels_is_told_once() -> None:
    first, *others = told(levels=1000.0)
    assert (first.code, str(first.cell)) == ("TDY19", "Processes!D2")
    assert not others


def test_needs_in_another_unit_are_told() -> None:
    problems = told(needs=1000.0)
    assert [problem.code for problem in problems] == ["TDY21"] * 3  # three of them: not yet a column
    assert str(problems[0].cell) == "Needs!C2"
    assert "50 000 t" in problems[0].message("fr").replace("\u202f", " ").replace("\u00a0", " ")


def test_all_that_one_actor_sells_and_does_is_told_once() -> None:
    first, *others = told(bakery=1000.0)
    assert (first.code, str(first.cell)) == ("TDY20", "Actors!A3")
    assert "« Bakery »" in first.message("fr").replace("\u00a0", " ")
    assert not [p for p in others if p.code == "TDY05"]


ENOUGH = [seed for seed in range(60) if len(agreed(random.Random(seed)).processes) > 2][:20]
"""Chains with too few accounts do not tell a column from a figure."""


@pytest.mark.parametrize("seed", ENOUGH)
def test_twenty_drawn_chains_with_their_links_in_kg(seed: int) -> None:
    """Suppliers' and users' columns alike: what stands first names the sheet, and no single figure is blamed."""
    made = agreed(random.Random(seed))
    for link in made.links:
        link[-1] = float(link[-1]) * 1000.0
    first, *others = weigh(chain(made.text())).problems
    assert (first.code, first.cell.sheet if first.cell else "") == ("TDY19", "Links")
    assert not [p for p in others if p.code == "TDY05"]


def test_prices_per_kg_are_told_once() -> None:
    sector = load_sector("food")
    goods = [
        (label.en if (label := sector.names.get(str(row["product"]))) else str(row["product"]), float(row["price"]))
        for row in sector.prefilled["products"]
        if row.get("unit") == "t" and row.get("price") and isinstance(row["product"], str)
    ][:12]
    assert len(goods) == 12
    rows = "\n".join(f"| {good} | t | {price} |" for good, price in goods)
    links = "\n".join(f"| Farm | Shop | {good} | {price / 1000} | 5 |" for good, price in goods)
    needs = "\n".join(f"| Shop | {good} | 5 |" for good, _ in goods)
    source = (
        f"## Actors\n| actor | perimeter |\n| Farm | external |\n| Shop | member |\n## Products\n"
        f"| product | unit | price |\n{rows}\n## Needs\n| actor | product | quantity |\n{needs}\n"
        f"## Links\n| from | to | product | price | today |\n{links}"
    )
    first, *others = weigh(chain(source)).problems
    assert (first.code, str(first.cell)) == ("TDY22", "Links!D2")
    assert "12 prix" in re.sub(r"\s", " ", first.message("fr")) and not [p for p in others if p.code == "TDY10"]
