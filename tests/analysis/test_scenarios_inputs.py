"""What differs in the inputs: every cell, with the cell that makes it, and nothing else."""

from __future__ import annotations

from filiere.analysis.scenarios.inputs import InputChange, input_changes, with_cells_of_removals
from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.chain.scenario.apply import apply_scenario
from tests.sheets import workbook
from tests.wheat import SCENARIOS, WHEAT

Said = tuple[str, str, str, str, str | None]


def tables(text: str) -> Tables:
    return parse(workbook(text))


def said(change: InputChange) -> Said:
    return (change.table, change.row, change.column, change.kind, str(change.cell) if change.cell else None)


def differences(text: str, scenario: str) -> list[InputChange]:
    read = tables(text)
    found = input_changes(apply_scenario(read, "reference"), apply_scenario(read, scenario))
    return with_cells_of_removals(found, read, scenario)


BOOK = WHEAT.replace("{harvest}", "60") + SCENARIOS


def test_a_changed_number_has_both_values_and_both_cells() -> None:
    (change,) = differences(BOOK, "dry")
    assert said(change) == ("offers", "Farm / wheat", "maximum", "changed", "Scenarios!E2")
    assert (change.before, change.after) == (60, 30)
    assert str(change.before_cell) == "Offers!C2"


def test_what_a_base_changes_is_among_the_differences() -> None:
    found = differences(BOOK, "worse")
    assert [said(change) for change in found] == [
        ("offers", "Farm / wheat", "maximum", "changed", "Scenarios!E2"),
        ("needs", "Shop / wheat", "quantity", "changed", "Scenarios!E6"),
    ]
    assert found[1].after == 120


def test_a_row_left_out_takes_others_along_and_names_the_cell_that_did_it() -> None:
    assert [said(change) for change in differences(BOOK, "alone")] == [
        ("actors", "Importer", "", "removed", "Scenarios!E7"),
        ("links", "Importer / Shop / wheat", "", "removed", "Scenarios!E7"),
    ]


def test_a_row_of_one_scenario_only_is_added_there() -> None:
    text = BOOK.replace(
        "| Importer | Shop | wheat | 300 | |", "| Importer | Shop | wheat | 300 | |\n| Farm | Farm | wheat | 1 | dry |"
    )
    assert ("links", "Farm / Farm / wheat", "", "added", "Links!A4") in map(said, differences(text, "dry"))


def test_a_setting_that_differs_is_named_by_its_key() -> None:
    text = BOOK + "| greener | Settings | upstream_weight | value | = 2 | |\n"
    (change,) = differences(text, "greener")
    assert (change.table, change.column, change.before, change.after) == ("settings", "upstream_weight", 1.0, 2.0)
    assert str(change.cell) == "Scenarios!E9"


def test_two_workbooks_differ_in_what_counts_only() -> None:
    before = tables(WHEAT.replace("{harvest}", "60"))
    shuffled = WHEAT.replace("{harvest}", "60000 kg").replace(
        "    | Farm | Shop | wheat | 150 | |\n    | Importer | Shop | wheat | 300 | |\n",
        "    | importer | SHOP | wheat | 300 | |\n    | Farm | Shop | wheat | 150 | |\n",
    )
    assert shuffled.count("importer") == 1
    assert input_changes(before, tables(shuffled)) == []
    (change,) = input_changes(before, tables(WHEAT.replace("{harvest}", "61000 kg")))
    assert (change.before, change.after, change.units) == (60, 61_000, ("", "kg"))


def test_alike_rows_of_one_key_are_paired_before_the_others() -> None:
    lines = "| Farm | Shop | wheat | 150 | |"
    steps = tables(WHEAT.replace("{harvest}", "60").replace(lines, f"{lines}\n| Farm | Shop | wheat | 170 | |"))
    fewer = tables(WHEAT.replace("{harvest}", "60").replace("150", "170"))
    assert [said(change)[:4] for change in input_changes(steps, fewer)] == [
        ("links", "Farm / Shop / wheat", "", "removed")
    ]
