"""From a pile of files to a first plan, and from answered decisions to a settled workbook."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

import filiere
from filiere.gather.collect.rows import RowKey
from filiere.gather.complete.edits import AddRow, DropRow, Rename, SetCell, read_edits, written
from filiere.gather.decide.decision import Choice, Decision, decide
from tests.commands.running import Ran, run, write
from tests.gather.collect.answering import decide as answer
from tests.gather.collect.answering import held
from tests.workbook import files as packing

LEDGER = """
    ## Achats
    | Fournisseur | Client | Produit | Quantité | Unité | Montant HT |
    |---|---|---|---|---|---|
    | Ferme du Lac | École | Carottes | 2 | t | 3000 |
    | Ferme du Lac | Moulin | Blé | 10 | t | 4500 |
    | Moulin | École | Farine | 1.5 | t | 1500 |
    | Moulin Durand SARL | École | Semoule | 0.5 | t | 600 |
    | Moulin Durant | École | Semoule | 0.25 | t | 300 |
    """
MEMBERS = """
    ## Membres
    | Nom de la structure | Périmètre |
    |---|---|
    | École | membre |
    | Moulin | membre |
    """


_FIRST: list[tuple[bytes, str]] = []
"""The workbook of the first round, and what the command said."""


class Desk:
    """A coordinator's desk: a folder, and the command line."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.monkeypatch, self.capsys = folder, monkeypatch, capsys
        self.ledger = write(folder / "achats.xlsx", LEDGER)
        self.members = write(folder / "membres.xlsx", MEMBERS)
        self.book = folder / "w.xlsx"

    def first(self) -> dict[str, list[str]]:
        """Gather the ledger and the members into a new workbook; return what is asked. Done once for all tests."""
        if not _FIRST:
            told = self.gather(self.ledger, self.members, "--into", self.book).out
            _FIRST.append((self.book.read_bytes(), told))
        [(content, told)] = _FIRST
        self.book.write_bytes(content)
        return {one["key"]: one["answers"] for one in json.loads(told)["decisions"]}

    def gather(self, *arguments: object) -> Ran:
        ran = run(self.monkeypatch, self.capsys, "gather", *map(str, arguments), "--json", "--lang", "fr")
        assert ran.code == 0, ran.err
        return ran

    def asked(self, *arguments: object) -> dict[str, list[str]]:
        return {one["key"]: one["answers"] for one in json.loads(self.gather(*arguments).out)["decisions"]}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, monkeypatch, capsys)


def needs(book: Path) -> list[tuple[object, ...]]:
    names = ("Acteur\n(obligatoire)", "Produit\n(obligatoire)", "Quantité\n(unités/an)", "Obligation")
    rows = ([row.get(name) for name in names] for row in held(book, "Besoins"))
    return [tuple(row) for row in rows if row[0]]


def test_a_pile_of_files_gives_a_first_plan(desk: Desk) -> None:
    asked = desk.first()
    assert needs(desk.book) == [
        ("École", "Carottes", 2.0, "souhaité"), ("École", "Farine", 1.5, "souhaité"),
        ("École", "Semoule", 0.75, "souhaité"),
    ]  # fmt: skip
    assert asked["needs / école"] == ["oui, souhaités", "oui, à couvrir obligatoirement", "non"]
    assert asked["resources / moulin"] == ["oui", "non"]
    result = filiere.run(desk.book)
    assert result.solution.plan is not None
    assert result.solution.plan.flows["quantity"].sum() == pytest.approx(2 + 1.5 + 0.75)  # all that the school buys
    assert result.certificate is not None and result.certificate.passed


def test_answers_are_applied_with_or_without_files_and_kept(desk: Desk) -> None:
    asked = desk.first()
    same = "same name / actors / moulin durand sarl / moulin durant"
    assert asked[same] == ["oui\u202f: Moulin Durand SARL", "oui\u202f: Moulin Durant", "non"]
    assert asked["perimeter / ferme du lac"][:2] == ["membre", "du territoire, non membre"]
    answer(desk.book, same, "oui : Moulin Durand SARL")
    answer(desk.book, "perimeter / ferme du lac", "du territoire, non membre")
    answer(desk.book, "needs / école", "oui, à couvrir obligatoirement")
    before = desk.book.read_bytes()
    left = desk.asked("--into", desk.book)
    assert desk.book.read_bytes() == before
    second = desk.folder / "w (2).xlsx"
    assert not {same, "perimeter / ferme du lac", "needs / école"} & set(left)
    actors = {row["Acteur\n(obligatoire)"]: row["Périmètre\n(obligatoire)"] for row in held(second, "Acteurs")
              if "Acteur\n(obligatoire)" in row}  # fmt: skip
    assert "Moulin Durant" not in actors and actors["Ferme du Lac"] == "du territoire, non membre"
    assert {row[3] for row in needs(second)} == {"obligatoire"}
    sellers = [
        row["Fournisseur\n(obligatoire)"]
        for row in held(second, "Échanges")
        if row.get("Produit\n(obligatoire)") == "Semoule"
    ]
    assert sellers == ["Moulin Durand SARL", "Moulin Durand SARL"]
    third = desk.asked(desk.ledger, "--into", second)  # the pile again: nothing that was settled is asked again
    assert not {"perimeter / ferme du lac", "needs / école"} & set(third)
    assert same not in third
    sellers = [row["Fournisseur\n(obligatoire)"] for row in held(desk.folder / "w (3).xlsx", "Échanges")
               if row.get("Produit\n(obligatoire)") == "Semoule"]  # fmt: skip
    assert sellers == ["Moulin Durand SARL", "Moulin Durand SARL"]


def test_a_later_file_completes_and_never_replaces(desk: Desk) -> None:
    desk.first()
    more = write(desk.folder / "plus.xlsx", """
        ## Ventes
        | Fournisseur | Client | Produit | Quantité | Unité | Montant HT |
        |---|---|---|---|---|---|
        | ferme du lac | École | carottes | 2500 | kg | 3750 |
        | Ferme du Lac | École | Poireaux | 1 | t | 1800 |
        """)  # fmt: skip
    asked = desk.asked(more, "--into", desk.book, "-o", desk.folder / "next.xlsx")
    assert asked["files / ferme du lac / école / carottes / today"] == [
        "garder 2 t",
        "2,5 t",
        "4,5 t\u202f: les deux s'ajoutent",
    ]
    links = {row["Produit\n(obligatoire)"]: row["Cette année\n(unités/an)"] for row in held(desk.folder / "next.xlsx", "Échanges")
             if "Produit\n(obligatoire)" in row}  # fmt: skip
    assert (links["Carottes"], links["Poireaux"], links["Farine"]) == (2.0, 1.0, 1.5)


def test_an_answer_that_is_not_allowed_or_fits_nothing_is_told(desk: Desk) -> None:
    desk.first()
    answer(desk.book, "perimeter / ferme du lac", "peut-être")
    told = json.loads(desk.gather("--into", desk.book).out)
    assert "perimeter / ferme du lac" in {one["key"] for one in told["decisions"]}
    assert "peut-être" in next(one["message"] for one in told["left_out"] if one["code"] == "COL14")


def test_one_unreadable_file_and_locks_never_stop_the_others(desk: Desk) -> None:
    folder = desk.folder / "pile"
    folder.mkdir()
    shutil.copy(desk.ledger, folder)
    (folder / "~$achats.xlsx").write_bytes(b"lock")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    told = json.loads(desk.gather(folder, "--into", desk.book).out)
    assert told["read"] == ["achats.xlsx"]
    said = " ".join(one["message"] for one in told["left_out"])
    assert all(name in said for name in ("~$achats.xlsx", "broken.xlsx", "photo.jpg"))


def test_a_workbook_with_macros_is_completed_as_a_plain_one(desk: Desk) -> None:
    desk.first()
    with zipfile.ZipFile(desk.book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    usual, macros = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"vnd." + usual, b"vnd." + macros)
    source = desk.folder / "macros.xlsm"
    packing.packed(source, parts)
    answered = desk.gather("--into", source)
    assert "OUT11" in answered.err and (desk.folder / "macros (2).xlsx").is_file()
    with zipfile.ZipFile(desk.folder / "macros (2).xlsx") as archive:
        assert macros not in archive.read("[Content_Types].xml")


def test_nothing_to_complete_is_said(desk: Desk) -> None:
    ran = run(desk.monkeypatch, desk.capsys, "gather", "--into", str(desk.folder / "none.xlsx"), "--lang", "fr")
    assert (ran.code, "COL18" in ran.err) == (3, True)
    assert not (desk.folder / "none.xlsx").exists()


def test_edits_survive_being_written_in_a_cell() -> None:
    row = RowKey("links", ("a", "b", "pain « bis »", ""), 1)
    edits = (SetCell(row, "today", 1.5, "x"), SetCell(row, "price", None), AddRow("actors", {"actor": "Zoé"}, "y"),
             DropRow(row), Rename("products", "pain", "Pain", "z"))  # fmt: skip
    assert read_edits(written(edits)) == edits
    for text in ("", "[1]", '[["shell","rm"]]', "{}"):
        with pytest.raises(ValueError):
            read_edits(text)


def test_a_question_with_other_answers_is_open_again() -> None:
    old = Decision("k", "?", (Choice("10 t"), Choice("12 t")), answer="12 t", applied="12 t")
    drop = DropRow(RowKey("links", ("a",)))
    same = decide([old], [Decision("k", "?", (Choice("10 t"), Choice("12 t", (drop,))))])
    assert [one.applied for one in same.decisions] == ["12 t"] and same.edits == (drop,)
    other = decide([old], [Decision("k", "?", (Choice("10 t"), Choice("14 t")))])
    assert [(one.answer, one.applied) for one in other.decisions] == [("", "")] and other.edits == ()


def test_a_folder_that_holds_the_workbook_itself_is_gathered_again_without_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The coordinator stands in one folder with everything in it, and twins that differ by an accent in the files."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "achats.xlsx", LEDGER.replace("| Moulin | École | Farine |", "| MOULIN | ECOLE | Farine |"))
    write(tmp_path / "membres.xlsx", MEMBERS)
    for _ in range(2):
        ran = run(monkeypatch, capsys, "gather", ".", "--into", "w.xlsx", "--lang", "fr", "--json")
        assert ran.code == 0, ran.err
        assert json.loads(ran.out)["read"] == ["achats.xlsx", "membres.xlsx"]
    left = [one["message"] for one in json.loads(ran.out)["left_out"] if "w.xlsx" in one["message"]]
    assert len(left) == 1 and "classeur de filière" in left[0]
    assert json.loads(ran.out)["rows"] == {}


@pytest.mark.parametrize(("typed", "meant"), [
    ("12 t", "12 t (fournisseur)"), ("12 T (Fournisseur)", "12 t (fournisseur)"), ("du territoire", "du territoire, non membre"),
    ("TVA 5,5", "TVA 5,5\u202f%"), ("tva 5,5 %", "TVA 5,5\u202f%"), ("oui", "oui"), ("1", None), ("TVA", None), ("TVA 5", None),
    ("", None), ("…", None), ("oui : X", None),
])  # fmt: skip
def test_an_answer_may_stop_where_no_other_goes_on_from(typed: str, meant: str | None) -> None:
    texts = (
        "12 t (fournisseur)",
        "10 t (client)",
        "du territoire, non membre",
        "TVA 5,5\u202f%",
        "TVA 20\u202f%",
        "oui",
        "oui : Y",
    )
    chosen = Decision("k", "?", tuple(map(Choice, texts)), answer=typed).chosen()
    assert (chosen.text if chosen else None) == meant
