"""Both worked examples: every figure on members' rows is emptied, asked, typed by its member, gathered, and is back.

Then a second round, in which answers come late, twice, against each other, from elsewhere, damaged and exchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.gather.collect.answering import gathered, sent
from tests.gather.collect.members import answers, emptied, plain, tables, typed, what_to_type

EXAMPLES = ("food", "culture")
TEMPLATES = Path(__file__).parents[3] / "data_templates"


@dataclass(frozen=True)
class Answered:
    """An example: as it was, emptied of what members know, and the questionnaires that they filled in."""

    original: Path
    blank: Path
    sent: Mapping[str, Path]
    files: list[Path]
    gone: int


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answered]:
    """Both examples asked and answered, each figure typed in LibreOffice where it is installed."""
    folder = tmp_path_factory.mktemp("answered")
    found, cells = {}, {}
    for example in EXAMPLES:
        original, blank = TEMPLATES / f"{example}_example_fr.xlsx", folder / f"{example}.xlsx"
        gone, told = emptied(original, blank), answers(original)
        files = sent(blank, folder / example, "fr")
        own = {file: what_to_type(file, member, told) for member, file in files.items()}
        assert sum(map(len, own.values())) >= gone > 400
        named = {member: file.rename(file.with_name(f"{example}_{file.name}")) for member, file in files.items()}
        cells |= {named[member]: own[file] for member, file in files.items()}
        found[example] = Answered(original, blank, named, [], gone)
    for file in typed(cells, folder / "typed"):
        found[file.name.partition("_")[0]].files.append(file)
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_members_know_comes_back_cell_by_cell(tmp_path: Path, answered: dict[str, Answered], example: str) -> None:
    one, back = answered[example], tmp_path / "back.xlsx"
    original, gone = one.original, one.gone
    done = gathered(one.blank, back, *one.files, language="fr")
    assert ([one.question for one in done.decisions], [one.code for one in done.problems]) == ([], [])
    before, after = tables(original), tables(back)
    missing = {
        f"{sheet}!{row.number}": (plain(table.rows[0].values.get(at)), value)
        for sheet, table in before.items() if not sheet.startswith("#")
        for row in table.rows for at, value in row.values.items()
        if next((one.values.get(at) for one in after[sheet].rows if one.number == row.number), None) != value
    }  # fmt: skip
    assert missing == {}
    assert done.changes == gone
