"""The questionnaires: what each asks, under which file names, and that none holds a figure of anybody else."""

from __future__ import annotations

import json
import re
import zipfile
from itertools import count
from pathlib import Path

import pytest

from filiere.gather.collect.collect import collect
from filiere.gather.collect.mail import mail_text
from filiere.gather.complete.sheets import Added, added_sheets
from filiere.names import file_stems
from filiere.problems import Cell, WorkbookError
from filiere.workbook.complete.complete import CellEdit, completed_copy
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run, write
from tests.gather.collect.opening import numbers, raw_parts, saved, texts

TEMPLATES = Path(__file__).parents[3] / "data_templates"
BREAD = """
    ## Actors
    | actor | perimeter |
    |---|---|
    | Mill | member |
    | Bakery | member |
    | Village | local |
    | Importer | external |
    | Competitor | external |

    ## Products
    | product | unit |
    |---|---|
    | flour | t |
    | bread | t |
    | secret | t |

    ## Links
    | from | to | product | today | today_buyer | price | transport_cost | note |
    |---|---|---|---|---|---|---|---|
    | Mill | Bakery | flour | 41.5 | 43.25 | 871 | 17 | gossip |
    | Importer | Bakery | flour | 6.75 | | 622 | 9 | |
    | Bakery | Village | bread | 55.5 | | 3911 | | |
    | Mill | Competitor | secret | 12.125 | | 404 | 5.5 | |
    """


def bread(tmp_path: Path) -> Path:
    return write(tmp_path / "bread.xlsx", BREAD)


def test_each_side_of_an_exchange_is_shown_its_own_figure(tmp_path: Path) -> None:
    mill, bakery = (saved(made, tmp_path) for made in collect(read_workbook(bread(tmp_path)), "en"))
    assert numbers(mill) == {41.5, 871.0, 12.125, 404.0, 5.5}  # what it sells, at which price; transport paid outside
    assert numbers(bakery) == {43.25, 17.0, 6.75, 622.0, 9.0, 55.5, 3911.0}
    assert {"Competitor", "secret"} <= texts(mill)
    assert not {"Competitor", "secret"} & texts(bakery)
    assert "gossip" not in raw_parts(mill) + raw_parts(bakery)


def test_somebody_who_is_no_member_is_not_shown_what_a_member_said(tmp_path: Path) -> None:
    source = BREAD.replace("| Village | local |", "| Village | local |\n    | Farm | local |")
    source += "| Farm | Bakery | flour | 9.25 | | 505 | 3 | |\n"
    file = write(tmp_path / "w.xlsx", source)
    (farm,) = (saved(made, tmp_path) for made in collect(read_workbook(file), "en", ["Farm"]))
    assert "Bakery" in texts(farm)
    assert numbers(farm) == set()


def test_a_workbook_with_actors_alone_is_enough(tmp_path: Path) -> None:
    file = write(tmp_path / "pole.xlsx", """
        ## Acteurs
        | acteur | périmètre |
        |---|---|
        | Ferme | membre |
        | Voisin | du territoire |
        """)  # fmt: skip
    (made,) = collect(read_workbook(file), "fr")
    path = saved(made, tmp_path)
    assert "Que faites-vous, combien cette année, et à quel coût ?" in " ".join(texts(path))
    assert "À qui vendez-vous ou donnez-vous" in " ".join(texts(path))
    assert "Voisin" in texts(path)  # offered for the empty lines
    assert (made.file, made.questions <= 40) == ("01-ferme.xlsx", True)


@pytest.mark.parametrize("example", ["food_example_fr", "culture_example_en"])
def test_no_file_holds_what_is_not_the_members_own(tmp_path: Path, example: str) -> None:
    source = tmp_path / "w.xlsx"
    owners = _canaries(TEMPLATES / f"{example}.xlsx", source)
    made = collect(read_workbook(source), "fr" if example.endswith("fr") else "en")
    for one in made:
        inside = raw_parts(saved(one, tmp_path))
        assert "GOSSIP" not in inside
        found = {text for text in re.findall(r"\d{6}", inside) if text in owners}
        assert {text for text in found if one.actor not in owners[text]} == set(), one.actor
        assert len(found) > 3
        assert 'state="' not in inside and 'hidden="1"' not in inside
        properties = re.findall(r"<(?:dc:|cp:)\w+[^>]*>([^<]*)<", inside.partition("docProps/core.xml")[2])
        assert set(properties) <= {"Questionnaire", "filiere", "", "2025-01-01T00:00:00Z"}


SMALL = {
    "criticality",
    "latitude",
    "longitude",
    "durée",
    "life",
    "importance",
    "poids dans la dépendance",
    "dependency weight",
}
NOBODYS = {"Périodes", "Calendriers", "Paramètres", "Objectifs", "Periods", "Profiles", "Settings", "Objectives"}


def _canaries(template: Path, target: Path) -> dict[str, set[object]]:
    """Write the example with a number of its own in every cell; return each number → the actors named in its row.

    A recipe's numbers are those of whoever does its activity alone; what a seller says of a sale to a member is the
    seller's, and the other way round.
    """
    raw = read_workbook(template)
    tables = {table.sheet: table for table in raw.tables if not table.sheet.startswith("#")}
    actors, processes = (next(tables[name] for name in names if name in tables)
                         for names in (("Acteurs", "Actors"), ("Activités", "Processes")))  # fmt: skip
    members = {row.values[0] for row in actors.rows if row.values.get(1) in ("membre", "member")}
    does: dict[object, set[object]] = {}
    for row in processes.rows[1:]:
        does.setdefault(row.values.get(0), set()).add(row.values.get(1))
    owners: dict[str, set[object]] = {}
    numbers_ = count(100_003, 7)
    edits = []
    for sheet, table in tables.items():
        headings = {at: str(text) for at, text in table.rows[0].values.items()}
        for row in table.rows[1:] if sheet not in NOBODYS and not sheet.startswith("_") else ():
            about = [row.values.get(at) for at in range(3)]
            for at, text in headings.items():
                heading = text.partition("\n")[0].casefold()
                if heading in ("note", "source") and about[0]:
                    edits.append(CellEdit(Cell(sheet, row.number, at), "GOSSIP"))
                if heading.startswith("#") or not isinstance(row.values.get(at), float):
                    continue
                number = next(numbers_)
                edits.append(
                    CellEdit(
                        Cell(sheet, row.number, at), number / 1e6 if heading in SMALL or "%" in text else float(number)
                    )
                )
                owners[str(number)] = _owners(sheet, heading, about, members, does)
    added = added_sheets(Added(decisions=(), changes=(), received=()), "fr")
    target.write_bytes(completed_copy(template, raw, edits, (), added, "fr").content)
    return owners


def _owners(
    sheet: str, heading: str, about: list[object], members: set[object], does: dict[object, set[object]]
) -> set[object]:
    if sheet in ("Entrées-sorties", "Recipes"):
        return does[about[0]] if len(does[about[0]]) == 1 else set()
    if sheet in ("Échanges", "Links") and about[0] in members and about[1] in members:
        return {about[1] if heading in ("coût transport", "transport cost", "coût fixe", "fixed cost") else about[0]}
    return set(about)


def test_file_names_are_made_by_us() -> None:
    names = ["../../etc/passwd", "CON", "con ", "Œuvre d'Été – Théâtre municipal de Chastelmont et de ses environs",
             "日本", "C:\\x", "a/b"]  # fmt: skip
    stems = file_stems(names, "membre")
    assert stems == ["01-etc-passwd", "02-con", "03-con", "04-oeuvre-d-ete-theatre-municipal-de", "05-membre",
                     "06-c-x", "07-a-b"]  # fmt: skip
    assert all(re.fullmatch(r"\d\d-[a-z0-9-]{1,40}", stem) for stem in stems)


def test_empty_lines_offer_the_goods_of_the_sector_and_nobody_elses(tmp_path: Path) -> None:
    raw = read_workbook(TEMPLATES / "food_example_fr.xlsx")
    shown = texts(saved(collect(raw, "fr", ["Ferme des Coteaux"])[0], tmp_path))
    assert {"Moulin des Aulnes", "Habitants du bourg", "Blé bio", "Seigle"} <= shown  # on the territory; the sector's
    assert not {"Grossiste de restauration", "Fournisseur de gaz"} & shown  # outside, and no partner of this farm


def test_an_unknown_name_and_nobody_to_ask_are_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="CLT02"):
        collect(read_workbook(bread(tmp_path)), "en", ["Baker"])
    nobody = write(tmp_path / "n.xlsx", "## Actors\n| actor | perimeter |\n|---|---|\n| Mill | local |\n")
    with pytest.raises(WorkbookError, match="CLT01"):
        collect(read_workbook(nobody), "en")
    assert [one.file for one in collect(read_workbook(bread(tmp_path)), "en", ["village", "bakery"])] == [
        "02-bakery.xlsx", "03-village.xlsx",
    ]  # fmt: skip


def test_the_command_writes_an_index_and_a_mail_and_nothing_over_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = bread(tmp_path), tmp_path / "out"
    before = file.read_bytes()
    ran = run(monkeypatch, capsys, "collect", str(file), "--into", str(folder), "--json", "--lang", "fr")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)["files"]
    assert [(one["actor"], Path(one["file"]).name) for one in told] == [
        ("Mill", "01-mill.xlsx"), ("Bakery", "02-bakery.xlsx"),
    ]  # fmt: skip
    assert all(0 < one["questions"] <= 40 for one in told)
    assert {path.name for path in folder.iterdir()} == {
        "00-message.txt", "00-suivi.xlsx", "01-mill.xlsx", "02-bakery.xlsx",
    }  # fmt: skip
    (index,) = read_workbook(folder / "00-suivi.xlsx").tables
    assert list(index.rows[3].values.values())[:3] == ["Mill", "01-mill.xlsx", float(told[0]["questions"])]
    assert "cases jaunes" in (folder / "00-message.txt").read_text(encoding="utf-8")
    (folder / "02-bakery.xlsx").write_bytes(b"answered")
    again = run(monkeypatch, capsys, "collect", str(file), "--into", str(folder), "--actor", "bakery")
    assert (again.code, "OUT01" in again.err) == (5, True)
    assert (folder / "02-bakery.xlsx").read_bytes() == b"answered"
    assert file.read_bytes() == before


def test_the_same_workbook_gives_the_same_bytes(tmp_path: Path) -> None:
    raw = read_workbook(bread(tmp_path))
    assert collect(raw, "en") == collect(raw, "en")
    with zipfile.ZipFile(saved(collect(raw, "en")[0], tmp_path)) as archive:
        assert [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")] == [
            "xl/worksheets/sheet1.xml"
        ]  # fmt: skip


def test_the_mail_of_a_later_round_says_which_and_what_is_new() -> None:
    first, again = mail_text("Pôle", "fr"), mail_text("Pôle", "fr", 2)
    assert "tour 2" in again and again.splitlines()[0].endswith("tour 2") and "tour" not in first
    assert "vos réponses" in again and "déjà y est rempli" in first
    assert "round 3" in mail_text(None, "en", 3).splitlines()[0]
