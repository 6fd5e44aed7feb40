"""The endings of a folder's files that are read, all of them told in the map of the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from filiere.gather.files import KINDS, sort_files

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("ending", "between"), [(".csv", ";"), (".tsv", "\t"), (".txt", "|"), (".CSV", ",")])
def test_a_text_table_of_a_folder_is_read_by_its_ending_and_its_own_separator(
    tmp_path: Path, ending: str, between: str
) -> None:
    rows = [("Fournisseur", "Produit", "Quantité", "Unité"), ("Ferme", "Blé", "3", "t"), ("Ferme", "Orge", "2", "t")]
    (tmp_path / f"achats Moulin{ending}").write_text("\n".join(map(between.join, rows)), encoding="utf-8")
    found = sort_files([tmp_path])
    assert not found.problems
    [[table]] = [book.tables for book in found.tables]
    assert [list(row.values.values())[1] for row in table.rows] == ["Produit", "Blé", "Orge"]


def test_the_map_names_every_ending_that_is_read() -> None:
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = re.search(r"`KINDS` in `gather/files\.py` \(([a-z, ]+);", said)
    assert listed is not None and sorted(listed[1].split(", ")) == sorted(kind.removeprefix(".") for kind in KINDS)
