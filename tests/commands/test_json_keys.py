"""What ``--json`` prints is what docs/json.md lists: every key of every command, no more and no less."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import run, write
from tests.commands.test_main_path import BREAD

DOCS = Path(__file__).parents[2] / "docs" / "json.md"
Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]
_ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) ?\|$", re.MULTILINE)
_SOMETIMES = {"objectives": {"parts", "closing"}, "discarded": {"in_stock"}}
_NAMED = {"products", "indicators", "expanded", "deficits", "rows", "others"}
"""Objects by name, whose keys are the workbook's or the dictionary's."""
SALES = "date;supplier;customer;product;quantity;unit;amount\n2025-03-04;Farm;Bakery;wheat;9;t;2250\n"
COMMANDS = {
    "check": (), "solve": ("-o", "o.xlsx"), "today": ("-o", "t.xlsx"), "compare": ("-o", "c.xlsx"),
    "pareto": ("--x", "cost", "--y", "dependency", "-n", "3", "-o", "p.xlsx"), "explain": ("-o", "e.xlsx"),
    "stress": ("-o", "s.xlsx"), "share": ("-o", "sh.xlsx"), "collect": ("--into", "asked"),
    "export": ("-o", "m.mps"), "gather": ("--into", "g.xlsx"), "doctor": (),
}  # fmt: skip


def listed(command: str) -> dict[str, tuple[str, set[str]]]:
    """Return the keys of a command as the page lists them: what each holds, and the keys of each entry."""
    part = re.search(rf"^## `{command}`\n(.*?)(?=^## |\Z)", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert part is not None, f"docs/json.md says nothing of {command}"
    own = {key: (holds, set(re.findall(r"`(\w+)`", entry))) for key, holds, entry in _ROW.findall(part[1])}
    return listed("solve") | own if command == "today" else own


def faults(found: dict[str, Any], known: dict[str, tuple[str, set[str]]]) -> list[str]:
    """Return where an answer and the page differ."""
    said = [f"not listed: {key}" for key in found.keys() - known.keys()]
    said += [f"not printed: {key}" for key, (holds, _) in known.items() if key not in found and "(only" not in holds]
    for key, (_, fields) in known.items():
        value = found.get(key)
        entries = value if isinstance(value, list) else [value] if key not in _NAMED else []
        for entry in entries:
            if isinstance(entry, dict) and fields:
                said += [f"not listed: {key}.{name}" for name in _keys(entry, fields) - fields]
    return sorted(set(said))


def _keys(entry: dict[str, Any], fields: set[str]) -> set[str]:
    """The keys of an entry, or, where it holds objects by name, those of the objects."""
    if entry.keys() & fields or not all(isinstance(one, dict) for one in entry.values()):
        return set(entry)
    return {key for one in entry.values() for key in one}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_lists_what_is_printed(command: str, tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    sales = tmp_path / "sales.csv"
    sales.write_text(SALES, "utf-8")
    book = str(write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want")))
    asked = {"doctor": [], "gather": [str(sales)]}.get(command, [book])
    monkeypatch.chdir(tmp_path)
    ran = run(monkeypatch, capsys, command, *asked, *COMMANDS[command], "--json")
    assert faults(json.loads(ran.out), listed(command)) == []


def test_a_key_that_is_forgotten_on_either_side_is_found() -> None:
    known = {"flows": ("what is delivered", {"from"}), "gap": ("(only late)", set()), "unmet": ("", set())}
    assert faults({"flows": [{"from": "Farm", "energy": 3}], "water": 1}, known) == [
        "not listed: flows.energy", "not listed: water", "not printed: unmet",
    ]  # fmt: skip


def test_every_field_of_the_lists_that_a_plan_fills_is_printed(
    tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    file = write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want"))
    found = json.loads(run(monkeypatch, capsys, "solve", str(file), "--json").out)
    for key in ("flows", "levels", "objectives", "needs"):
        fields = listed("solve")[key][1]
        printed = {name for entry in found[key] for name in entry}
        assert fields - printed <= _SOMETIMES.get(key, set()), key
