"""Magnitudes: a slip of the hand is told at its cell; what is within the bounds is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.chain.read import problems_of
from filiere.problems import Severity
from filiere.workbook.read.read import read_workbook
from tests.sheets import problems

CHAIN = """
## Actors
| actor | perimeter | reserve |
| Farm | member | {reserve} |
| Town | local | |
## Products
| product | unit | price | criticality |
| wheat | t | {price} | {criticality} |
| flour | t | 500 | |
## Processes
| process | actor | capacity | unit_cost |
| milling | Farm | {capacity} | {unit_cost} |
## Recipes
| process | product | input | output |
| milling | wheat | {taken} | |
| milling | flour | | 1 |
## Offers
| actor | product | maximum |
| Farm | wheat | 10 |
## Links
| from | to | product | maximum | price |
| Farm | Town | flour | {maximum} | {paid} |
## Needs
| actor | product | quantity | importance |
| Town | flour | 1 | {importance} |
"""
USUAL = {"reserve": "0", "price": "300", "criticality": "1", "capacity": "5", "unit_cost": "1", "taken": "1.2",
         "maximum": "9", "paid": "500", "importance": "1"}  # fmt: skip
EXTREMES = Path(__file__).parents[3] / "shared" / "data" / "field" / "extremes"


@pytest.mark.parametrize(
    ("which", "text", "found"),
    [
        ("reserve", "1e12", None),
        ("reserve", "1.1e12", ("NUM11", "Actors!C2")),
        ("price", "1e308", ("NUM11", "Products!C2")),
        ("criticality", "0", None),
        ("criticality", "1e-3", None),
        ("criticality", "0.0009", ("NUM12", "Products!D2")),
        ("criticality", "1e4", None),
        ("importance", "1e7", ("NUM11", "Needs!D2")),
        ("capacity", "1e12", None),
        ("capacity", "1e13", ("NUM11", "Processes!C2")),
        ("unit_cost", "2e12", ("NUM11", "Processes!D2")),
        ("taken", "1e-9", None),
        ("taken", "5e-10", ("NUM12", "Recipes!C2")),
        ("taken", "1e9", None),
        ("taken", "1e10", ("NUM11", "Recipes!C2")),
        ("maximum", "1e12", None),
        ("maximum", "9e12", ("NUM11", "Links!D2")),
        ("paid", "-1e12", None),
        ("paid", "-1e13", ("NUM11", "Links!E2")),
    ],
)
def test_a_figure_that_nobody_can_mean_is_refused_at_its_cell(
    which: str, text: str, found: tuple[str, str] | None
) -> None:
    told = {problem for problem in problems(CHAIN.format(**(USUAL | {which: text}))) if problem[0].startswith("NUM1")}
    assert told == ({found} if found else set())


@pytest.mark.parametrize("name", ["importance_1e7.xlsx", "price_1e308.xlsx", "recipe_output_1e10.xlsx"])
def test_the_published_extremes_are_refused_with_their_cell(name: str) -> None:
    if not EXTREMES.is_dir():
        pytest.skip("the data are not beside the repository")
    found = [p for p in problems_of(read_workbook(EXTREMES / name)) if p.severity is Severity.ERROR]
    assert {p.code for p in found} == {"NUM11"} and all(p.cell for p in found)
