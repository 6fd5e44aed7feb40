from __future__ import annotations

from pathlib import Path

from filiere.problems.catalogue import CATALOGUE
from filiere.schema import TABLES, columns
from filiere.workbook.template.generate import documents

ROOT = Path(__file__).parents[2]


def test_the_reference_pages_are_fresh() -> None:
    stale = [name for name, text in documents().items() if (ROOT / name).read_text("utf-8") != text]
    assert not stale, "run python -m filiere.workbook.template.generate"


def test_every_column_and_synonym_is_in_the_dictionary() -> None:
    page = documents()["docs/data_dictionary.md"]
    for declared in TABLES:
        assert f"## {declared.table.label.en} · {declared.table.label.fr}" in page
        for column in columns(declared).values():
            assert column.help.en in page
            assert column.help.fr in page
            assert all(synonym in page for synonym in column.spellings)


def test_every_problem_is_listed_once() -> None:
    page = documents()["docs/problems.md"]
    twice = {code.code for code in CATALOGUE if sum(other.code == code.code for other in CATALOGUE) > 1}
    assert not twice, "each message has a code of its own"
    assert all(page.count(f"\n## {code.code} ·") == 1 for code in CATALOGUE)
