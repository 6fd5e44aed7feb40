"""What is worked out at each save: problems first, then the plan, then the rest, from one reading of the workbook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from filiere.live.work import Task, found
from filiere.workbook.read import read as reading
from tests.commands.running import write
from tests.wheat import WHEAT


def test_one_reading_gives_problems_then_the_plan_then_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))
    reads: list[Any] = []
    real = reading.read_workbook
    monkeypatch.setattr(reading, "read_workbook", lambda *given: reads.append(given) or real(*given))
    told = list(found(Task(book, "reference", "en")))
    assert [one.kind for one in told] == ["problems", "plan", "whole"] and len(reads) == 1
    assert told[0].facts == {"problems": [], "scenarios": ["reference"]}
    assert b"Importer" in told[1].facts["page"] and len(told[2].facts["results"]) > 5000
    first, whole = told[1].facts["page"], told[2].facts["page"]
    french = "Chiffres clés".encode()  # which is not made before the first plan is shown
    assert b"Headline figures" in first and french not in first
    assert b"Headline figures" in whole and french in whole


def test_the_process_that_waits_has_imported_all_that_a_plan_takes(tmp_path: Path) -> None:
    """Half a second of imports would else come between a save and the plan; Pyomo, which a plan needs not, waits."""
    book = write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))
    script = (
        "import sys; from pathlib import Path; from filiere.live import work; work._ready(); before = set(sys.modules)\n"
        "told = work.found(work.Task(Path(sys.argv[1]), 'reference', 'en')); kinds = [next(told).kind, next(told).kind]\n"
        "print(kinds, 'pyomo' in before, [name for name in sys.modules if name not in before and 'filiere' in name])"
    )
    asked = [sys.executable, "-c", script, str(book)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=120).stdout
    assert said.strip() == "['problems', 'plan'] False []"


def test_what_is_wrong_is_told_with_its_cell_and_nothing_is_worked_out(tmp_path: Path) -> None:
    book = write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "many"))
    (told,) = found(Task(book, "reference", "fr"))
    assert [(p["severity"], p["code"], p["cell"]) for p in told.facts["problems"]] == [("error", "NUM01", "Offers!C2")]


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    book = tmp_path / "wheat.xlsx"
    book.write_bytes(b"not a zip")
    (told,) = found(Task(book, "reference", None))
    assert told.kind == "problems" and [p["severity"] for p in told.facts["problems"]] == ["error"]
