"""Workbooks that count in other units or another currency than the one they are compared with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from filiere.analysis.scenarios.case import Source
from filiere.analysis.scenarios.compare import Comparison, cases, compare
from filiere.analysis.scenarios.inputs import input_changes
from filiere.analysis.scenarios.units import units_of
from filiere.table import RawWorkbook
from tests.sheets import problems, workbook

TONNES = """
## Settings
| setting | value |
| currency | EUR |
## Actors
| actor | perimeter |
| Farm | member |
| Mill | member |
| Town | local |
| Far | external |
## Products
| product | unit | price | kg |
| wheat | t | 200 | |
| flour | t | 500 | |
## Processes
| process | actor | capacity | today |
| milling | Mill | 100 | 50 |
## Recipes
| process | product | input | output |
| milling | wheat | 1 | |
| milling | flour | | 0.8 |
## Links
| from | to | product | maximum | today | price | transport_cost | co2 | measure: trips |
| Farm | Mill | wheat | 90 | 50 | 210 | 10 | 20 | 2 |
| Mill | Town | flour | | 40 | 520 | 5 | 30 | 1 |
| Far | Town | flour | 60 | 5 | 480 | 50 | 90 | |
## Offers
| actor | product | maximum | unit_cost |
| Farm | wheat | 100 | 150 |
## Needs
| actor | product | quantity |
| Town | flour | 45 |
## Storage
| actor | product | capacity | cost |
| Mill | flour | 10 | 4 |
## Limits
| limit | measure | product | sense | value |
| most | quantity | wheat | <= | 80 |
"""
KILOS = (
    TONNES.replace("| wheat | t | 200 |", "| wheat | kg | 0.2 |").replace("| flour | t | 500 |", "| flour | kg | 0.5 |")
    .replace("| wheat | 1 | |", "| wheat | 1000 | |").replace("| flour | | 0.8 |", "| flour | | 800 |")
    .replace("| 90 | 50 | 210 | 10 | 20 | 2 |", "| 90000 | 50000 | 0.21 | 0.01 | 0.02 | 0.002 |")
    .replace("| | 40 | 520 | 5 | 30 | 1 |", "| | 40000 | 0.52 | 0.005 | 0.03 | 0.001 |")
    .replace("| 60 | 5 | 480 | 50 | 90 | |", "| 60000 | 5000 | 0.48 | 0.05 | 0.09 | |")
    .replace("| 100 | 150 |", "| 100000 | 0.15 |").replace("| flour | 45 |", "| flour | 45000 |")
    .replace("| 10 | 4 |", "| 10000 | 0.004 |").replace("| <= | 80 |", "| <= | 80000 |")
)  # fmt: skip


def compared(*texts: str) -> Comparison:
    sources = [Source(Path(f"{at}.xlsx"), RawWorkbook(workbook(text))) for at, text in enumerate(texts)]
    return compare(sources, cases(sources), attributing=False)


@pytest.mark.parametrize("texts", [(TONNES, KILOS), (KILOS, TONNES)])
def test_the_same_chain_in_tonnes_and_in_kilos_is_the_same(texts: tuple[str, str]) -> None:
    found = compared(*texts)
    assert found.inputs[1] == ()
    first, second = (outcome.plan.flows["quantity"].to_numpy() for outcome in found.outcomes)
    assert second == pytest.approx(first, rel=1e-6, abs=1e-6)
    one, other = (outcome.values for outcome in found.outcomes)
    assert one and other
    assert {key: other[key] for key in one} == pytest.approx(dict(one), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("changes", [
    [("| t |", "| tonne |")], [("| t |", "| Tonnes |"), ("EUR", "€")], [("EUR", "eur")],
    [("| currency | EUR |", "| name | Chain |")],  # euros are the currency where none is named
    [("maximum | today | price |", "maximum (kg) | today (kg) | price |"), ("| 90 | 50 | 210", "| 90000 | 50000 | 210"),
     ("| | 40 | 520", "| | 40000 | 520"), ("| 60 | 5 | 480", "| 60000 | 5000 | 480")],
    [("| price | transport_cost |", "| price (€/kg) | transport_cost (€/kg) |"), ("| 210 | 10 |", "| 0.21 | 0.01 |"),
     ("| 520 | 5 |", "| 0.52 | 0.005 |"), ("| 480 | 50 |", "| 0.48 | 0.05 |")],
    [("quantity |\n| Town | flour | 45 |", "quantity (kg) |\n| Town | flour | 45000 |")],
    [("| Town | flour | 45 |", "| Town | flour | 45 000 kg |")],
    [("| wheat | t | 200 | |", "| wheat | quintal | 20 | |"), ("| wheat | 1 | |", "| wheat | 10 | |"),
     ("| 90 | 50 | 210 | 10 | 20 | 2 |", "| 900 | 500 | 21 | 1 | 2 | 0.2 |"),
     ("| 100 | 150 |", "| 1000 | 15 |"), ("| <= | 80 |", "| <= | 800 |")],
    [("| capacity | today |", "| capacity | today (per month) |"), ("| 100 | 50 |", "| 100 | 4.166666666666667 |")],
])  # fmt: skip
def test_another_way_to_write_the_same_changes_nothing(changes: list[tuple[str, str]]) -> None:
    text = TONNES
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    before, after = (Source(None, RawWorkbook(workbook(one))) for one in (TONNES, text))
    assert before.tables
    after = replace(after, units=units_of(before.tables))
    assert after.tables
    assert input_changes(before.tables, after.tables) == []
    assert problems(text) == problems(TONNES)


def test_what_does_differ_is_told_in_the_reference_s_unit() -> None:
    [change] = compared(TONNES, KILOS.replace("| flour | 45000 |", "| flour | 40000 |")).inputs[1]
    assert (change.table, change.before, change.after) == ("needs", 45, 40)


def test_a_unit_of_another_dimension_stays_a_difference() -> None:
    crates = KILOS.replace("| flour | kg | 0.5 | |", "| flour | crate | 0.5 | 1 |")
    assert any(change.column == "unit" for change in compared(TONNES, crates).inputs[1])


def test_amounts_in_two_currencies_are_not_put_side_by_side() -> None:
    found = compared(TONNES, TONNES.replace("EUR", "CHF"), TONNES.replace("EUR", "€"))
    assert [[problem.code for problem in outcome.problems] for outcome in found.outcomes] == [[], ["UNI05"], []]
    assert [outcome.solved for outcome in found.outcomes] == [True, False, True]
    assert str(found.outcomes[1].problems[0].cell) == "Settings!B2"


def test_a_scenario_that_changes_the_currency_is_left_out_too() -> None:
    source = Source(None, RawWorkbook(workbook(TONNES + """
        ## Scenarios
        | scenario | table | row | column | change |
        | francs | Settings | currency | value | = CHF |""")))  # fmt: skip
    found = compare([source], cases([source]), attributing=False)
    assert [outcome.solved for outcome in found.outcomes] == [True, False]


def test_sources_are_left_as_they_were() -> None:
    sources = [Source(Path(f"{at}.xlsx"), RawWorkbook(workbook(text))) for at, text in enumerate((TONNES, KILOS))]
    before = [replace(source) for source in sources]
    compare(sources, cases(sources), attributing=False)
    assert sources == before
