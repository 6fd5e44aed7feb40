"""What is doubtful in a workbook is told above an answer: a little of each kind, never thousands of lines."""

from __future__ import annotations

import pytest

from filiere.commands.common import TOLD_ALIKE, TOLD_IN_FULL, Console
from filiere.problems import Cell, Problem, checking


def alike(count: int) -> list[Problem]:
    return [checking.OUTSIDE_UNIT_COST.at(None, actor=f"Outside {i}") for i in range(count)]


def lines(problems: list[Problem], capsys: pytest.CaptureFixture[str], *, quiet: bool = False) -> list[str]:
    Console("fr", quiet=quiet).doubts(problems)
    return [line for line in capsys.readouterr().err.splitlines() if not line.startswith("  →")]


@pytest.mark.parametrize(
    ("count", "more"),
    [
        (TOLD_ALIKE, []),
        (TOLD_ALIKE + 1, ["1 autre avertissement [CHK14] : filiere check les donne tous."]),
        (TOLD_ALIKE + 1234, ["1\u202f234 autres avertissements [CHK14] : filiere check les donne tous."]),
    ],
)
def test_of_many_warnings_alike_the_first_are_told_and_the_others_counted(
    count: int, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = lines(alike(count), capsys)
    assert said[TOLD_ALIKE:] == more
    assert [f"Outside {i}" in line for i, line in enumerate(said[:TOLD_ALIKE])] == [True] * TOLD_ALIKE


def test_who_wants_nothing_but_errors_gets_no_doubt(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(alike(50), capsys, quiet=True) == []


def test_check_tells_the_first_of_a_kind_in_full_and_the_others_by_their_cells(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Rows 2 to 51 are told in full, then 52 to 60 and 62; the sheet beside has one more."""
    rows = [*range(2, 61), 62]
    found = [checking.OUTSIDE_UNIT_COST.at(Cell("Offres", row, 4), actor=f"Outside {row}") for row in rows]
    found.append(checking.OUTSIDE_UNIT_COST.at(Cell("Achats", 9, 26), actor="Far"))
    Console("fr").every(found)
    said = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("  →")]
    assert [line.split(":")[0] for line in said[:TOLD_IN_FULL]] == [f"Offres!E{row}" for row in rows[:TOLD_IN_FULL]]
    assert said[TOLD_IN_FULL:] == ["11 autres avertissements [CHK14] : Offres!E52:E60, E62; Achats!AA9"]


def test_check_tells_every_problem_without_a_cell_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    Console("en").every(alike(TOLD_IN_FULL + 3))
    assert capsys.readouterr().err.count("[CHK14]") == TOLD_IN_FULL + 3
