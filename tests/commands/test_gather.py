"""``filiere gather`` from real files of each kind to a workbook that checks clean."""

import json
from pathlib import Path

import pytest

from filiere.workbook.read.csv import read_csv
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run, write

TEXT = (
    "Fournisseur;Produit;Quantité;Unité;Montant HT;Date\r\n"
    "Ferme des Érables;Blé;1 200,5;kg;480,20;03/01/2024\r\n"
    '"ferme  des érables";blé;0,8;t;320;15/07/2024\r\n'
)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "mac_roman"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_text_tables_of_any_separator_and_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "achats Fournil.csv"
    path.write_bytes(TEXT.replace(";", separator).encode(encoding))
    (table,) = read_csv(path).tables
    assert [row.number for row in table.rows] == [1, 2, 3]
    assert table.rows[1].values == {
        0: "Ferme des Érables", 1: "Blé", 2: "1 200,5", 3: "kg", 4: "480,20", 5: "03/01/2024",
    }  # fmt: skip


def test_a_workbook_that_checks_clean_and_files_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bought = tmp_path / "achats Fournil.csv"
    bought.write_bytes(("sep=;\r\n" + TEXT).encode("cp1252"))
    sold = write(tmp_path / "ventes Ferme des Érables.xlsx", """
        ## Feuille
        | Client | Produit | Quantité (t) |
        |---|---|---|
        | Fournil | Blé | 2.1 |
        """)  # fmt: skip
    before = [bought.read_bytes(), sold.read_bytes()]
    into = tmp_path / "filiere.xlsx"
    ran = run(monkeypatch, capsys, "gather", str(bought), str(sold), "--into", str(into), "--periods", "months",
              "--lang", "fr", "--json")  # fmt: skip
    assert ran.code == 0, ran.err
    said = json.loads(ran.out)
    assert (said["rows"]["actors"], said["rows"]["products"], said["rows"]["links"]) == (2, 1, 2)
    assert "two sides / ferme des érables / fournil / blé / janvier" in {one["key"] for one in said["decisions"]}
    assert said["read"] == ["achats Fournil.csv", "ventes Ferme des Érables.xlsx"]
    assert [bought.read_bytes(), sold.read_bytes()] == before
    sheets = {table.sheet: table for table in read_workbook(into).tables}
    assert "Décisions à prendre" in sheets
    links = [set(row.values.values()) for row in sheets["Échanges"].rows[1:3]]
    assert {"Janvier", "achats Fournil.csv: 3; ventes Ferme des Érables.xlsx [Feuille]: 2"} <= links[0]
    assert len(sheets["Périodes"].rows) == 13
    checked = run(monkeypatch, capsys, "check", str(into), "--lang", "fr")
    assert checked.code == 0, checked.err


def test_a_given_file_is_never_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bought = tmp_path / "achats.csv"
    bought.write_text(TEXT, encoding="utf-8")
    ran = run(monkeypatch, capsys, "gather", str(bought), "--into", str(bought), "--force", "--lang", "fr")
    assert ran.code == 5
    assert bought.read_text(encoding="utf-8").startswith("Fournisseur")


def test_of_many_messages_alike_the_first_are_shown_and_the_workbook_lists_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"Ferme;Blé {n};{n} à {n + 1};t;480\r\n" for n in range(9))
    (tmp_path / "achats Fournil.csv").write_text(f"Fournisseur;Produit;Quantité;Unité;Montant HT\r\n{rows}", "utf-8")
    into = tmp_path / "w.xlsx"
    ran = run(monkeypatch, capsys, "gather", str(tmp_path), "--into", str(into), "--lang", "fr")
    assert ran.code == 0
    assert ran.err.count("[GAT04]") == 4 and "GAT04 × 5" in ran.err
    remarks = next(table for table in read_workbook(into).tables if table.sheet == "# À vérifier")
    assert sum("pas pu être lu" in str(value) for row in remarks.rows for value in row.values.values()) == 9
