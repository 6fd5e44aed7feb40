"""What is doubtful in a workbook is told above an answer: a little of each kind, never thousands of lines."""

from __future__ import annotations

import pytest

from filiere.commands.common import TOLD_ALIKE, Console
from filiere.problems import Problem, checking


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
