"""Processes: recipes that add up or not, annuities, statuses."""

from __future__ import annotations

import pytest

from tests.chain.bread import bread
from tests.sheets import chain, problems

COLUMNS = "process | actor | capacity | minimum | status | investment | investment_total | life | today"


def mill(*values: str, settings: str = "") -> str:
    row = "| milling | Mill | " + " | ".join(values) + " |"
    return bread(Processes=f"| {COLUMNS} |\n{row}", Settings=settings)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("", "", "candidate"), {("PRC01", "Processes!C2")}),
        (("10", "11", ""), {("PRC02", "Processes!D2")}),
        (("10", "", "opened", "1000", "5000", "10"), {("PRC04", "Processes!G2")}),
        (("10", "", "opened", "", "5000"), {("PRC05", "Processes!H2")}),
        (("10", "11", "scalable"), set()),
    ],
)
def test_processes_that_cannot_be(values: tuple[str, ...], expected: set[tuple[str, str]]) -> None:
    assert problems(mill(*values)) == expected


def test_an_outside_actor_has_no_process() -> None:
    processes = """
        | process | actor      | capacity |
        | milling | Wholesaler | 100      |"""
    assert problems(bread(Processes=processes)) == {("PRC03", "Processes!B2")}


def test_a_total_investment_becomes_a_constant_annuity() -> None:
    rate = "| setting | value |\n| discount_rate | 0.05 |"
    text = mill("10", "", "candidate", "", "100000", "10", settings=rate)
    # 0.05 · 100 000 / (1 − 1.05^−10) = 12 950.4575 (a loan table at 5 % over ten years)
    assert chain(text).processes["milling", "Mill"].investment == pytest.approx(12950.4575, abs=1e-4)
    without = mill("10", "", "candidate", "", "100000", "10")
    assert chain(without).processes["milling", "Mill"].investment == 10_000.0


def test_a_scalable_process_without_a_capacity_starts_from_nothing() -> None:
    assert chain(mill("", "", "scalable")).processes["milling", "Mill"].capacity == 0.0
    assert chain(mill("", "", "")).processes["milling", "Mill"].capacity is None


def test_two_recipe_rows_add_up_as_input_and_output_only() -> None:
    recipes = """
        | process | product | input | output |
        | milling | wheat   | 1     |        |
        | milling | wheat   |       | 0.2    |
        | milling | flour   | 0.1   | 0.8    |"""
    process = chain(bread(Recipes=recipes)).processes["milling", "Mill"]
    assert process.inputs == {"wheat": 1.0, "flour": 0.1}
    assert process.outputs == {"wheat": 0.2, "flour": 0.8}
    assert [row.at("product").row for row in process.recipe if row.at("product")] == [2, 3, 4]
    twice = recipes + "\n        | milling | flour | | 0.3 |"
    assert problems(bread(Recipes=twice)) == {("REC02", "Recipes!D5")}


def test_a_recipe_row_without_a_quantity() -> None:
    recipes = """
        | process | product | input | output |
        | milling | wheat   | 1     |        |
        | milling | flour   | 0     |        |"""
    assert problems(bread(Recipes=recipes)) == {("REC01", "Recipes!C3")}
    none_put_out = recipes.replace("| 0     |        |", "|       | 0      |")
    assert problems(bread(Recipes=none_put_out)) == {("REC01", "Recipes!D3")}  # the cell that says 0


def test_a_recipe_is_that_of_every_actor_with_a_process_of_its_name() -> None:
    processes = """
        | process | actor | capacity |
        | milling | Mill  | 100      |
        | Milling | Farm  | 10       |"""
    found = chain(bread(Processes=processes)).processes
    assert list(found) == [("milling", "Mill"), ("milling", "Farm")]
    assert found["milling", "Mill"].inputs == found["milling", "Farm"].inputs == {"wheat": 1.0}


def test_recipes_that_wait_for_their_activities_are_no_errors() -> None:
    """A template that comes with typical recipes is not wrong for being empty."""
    assert problems(bread(Processes="", Links="| from | to | product |", Needs="", Offers="")) == {("CHK01", "Links")}
