"""The sheet of one member: its own figures, what passes between it and others, and nothing else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from filiere.indicators import measure
from filiere.language import Language
from filiere.report.member.workbook import member_workbooks
from filiere.result import Result
from filiere.solution.solution import Solution, Status
from tests import hand
from tests.commands.running import run, write
from tests.commands.test_main_path import BREAD
from tests.report import example
from tests.report.reading import read


def unlike() -> Result:
    """Two farms deliver to a mill, which sells flour to a baker: every figure is found nowhere else."""
    chain = hand.chain(
        actors=[hand.actor(name) for name in ("Farm A", "Farm B", "Mill", "Baker")],
        products=[hand.product("wheat", 300.0), hand.product("flour", 700.0)],
        links=[
            hand.link("Farm A", "Mill", "wheat", 311.25, today=17.5),
            hand.link("Farm B", "Mill", "wheat", 327.75, today=23.125),
            hand.link("Mill", "Baker", "flour", 733.5, today=29.375),
        ],
        processes=[hand.process("milling", "Mill", {"wheat": 1.25}, {"flour": 1.0}, unit_cost=41.0625)],
        needs=[hand.need("Baker", "flour", 53.875)],
        offers=[hand.offer("Farm A", "wheat"), hand.offer("Farm B", "wheat")],
    )
    flows = {0: 31.5625, 1: 35.78125, 2: 53.875}
    plan = hand.plan(
        chain, flows=flows, levels={("milling", "Mill"): 53.875}, offers={0: 31.5625, 1: 35.78125}, served={0: 53.875}
    )
    return Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan))


OWN = {
    "farm-a": {"31.5625", "311.25", "17.5"},
    "farm-b": {"35.78125", "327.75", "23.125"},
    "baker": {"53.875", "733.5", "29.375"},
}


def raw(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_no_part_of_a_members_file_holds_a_figure_of_others() -> None:
    made = {name.partition("-")[2].removesuffix(".xlsx"): raw(content) for name, content in
            member_workbooks(unlike(), "en")}  # fmt: skip
    assert list(made) == ["farm-a", "farm-b", "mill", "baker"]
    for member, own in OWN.items():
        assert all(figure in made[member] for figure in own), member
        for other, figures in OWN.items():
            leaked = {figure for figure in figures - own if re.search(rf"(?<![\d.]){re.escape(figure)}", made[member])}
            assert other == member or not leaked, (member, leaked)
        assert "41.0625" not in made[member]
    assert "Farm B" not in made["farm-a"] and "Farm A" not in made["baker"]
    assert all(figure in made["mill"] for figure in ("31.5625", "35.78125", "53.875"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_member_reads_its_account_and_partners_in_sentences(language: Language) -> None:
    chain = example.result().chain
    members = [a.name for a in chain.actors.values() if a.perimeter.name == "MEMBER"]
    books = [read(content).values for _, content in member_workbooks(example.result(), language)]
    assert [book.active["A1"].value for book in books] == members
    assert all(len(book.sheetnames) == 1 for book in books)
    text = "\n".join(str(cell.value) for book in books for cell in book.active["A"] if cell.value)
    assert {"fr": "Votre compte", "en": "Your account"}[language] in text
    assert {"fr": "Vous livrez à", "en": "You deliver to"}[language] in text


def test_the_account_of_a_member_adds_up_by_hand() -> None:
    """The mill earns 53.875 × 733.50 = 39,517.31 €, pays 31.5625 × 311.25 + 35.78125 × 327.75 for wheat and milling."""
    content = dict(member_workbooks(unlike(), "en"))["03-mill.xlsx"]
    sheet = read(content).values.active
    lines = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    bought = 31.5625 * 311.25 + 35.78125 * 327.75
    assert lines["Sales inside"] == pytest.approx(53.875 * 733.5)
    assert lines["Purchases inside"] == pytest.approx(bought)
    assert lines["Receipts − outlays"] == pytest.approx(53.875 * 733.5 - bought - 53.875 * 41.0625)


def test_a_members_sheet_is_printed_on_two_pages_and_cuts_no_sentence() -> None:
    for _, content in member_workbooks(example.result(), "fr"):
        sheet = read(content).values.active
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 2)
        wide = {str(one) for one in sheet.merged_cells.ranges}
        sentences = [row[0] for row in sheet.iter_rows(min_row=3, max_col=1) if row[0].alignment.wrap_text]
        sentences = [cell for cell in sentences if any(one.startswith(f"{cell.coordinate}:") for one in wide)]
        assert any("Vous livrez à" in cell.value or "Vous achetez à" in cell.value for cell in sentences)
        last = sheet.print_area.split(":")[1].split("$")[1]
        assert all(any(one == f"A{cell.row}:{last}{cell.row}" for one in wide) for cell in sentences)


def test_without_a_plan_there_is_no_sheet() -> None:
    refused = replace(unlike(), solution=Solution(Status.INFEASIBLE))
    with pytest.raises(ValueError, match="infeasible"):
        list(member_workbooks(refused, "en"))


def test_solve_writes_a_file_for_each_member_and_none_over_anothers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want")), tmp_path / "members"
    asked = ("solve", str(file), "--members", str(folder), "--actions", "none", "--json")
    ran = run(monkeypatch, capsys, *asked)
    assert ran.code == 0 and json.loads(ran.out)["status"] == "optimal"
    names = sorted(path.name for path in folder.iterdir())
    assert names and all(re.fullmatch(r"\d\d-[a-z0-9-]+\.xlsx", name) for name in names)
    assert run(monkeypatch, capsys, *asked).code == 0, "its own former sheets are written over"
    book = openpyxl.load_workbook(folder / names[0])
    book.active["A1"] = "seen by a person"
    book.save(folder / names[0])
    assert run(monkeypatch, capsys, *asked).code == 5
    assert run(monkeypatch, capsys, *asked, "--force").code == 0


def test_each_member_reads_which_of_this_years_figures_are_not_as_they_were_said() -> None:
    """Of 17.5, 23.125 and 29.375 t said, reconciling changed what Farm B delivers; it told the others nothing of it."""
    result = unlike()
    now = hand.plan(result.chain, flows={0: 17.5, 1: 19.21875, 2: 29.375}, levels={("milling", "Mill"): 29.375},
                    offers={0: 17.5, 1: 19.21875}, served={0: 29.375})  # fmt: skip
    made = dict(member_workbooks(replace(result, today_solution=Solution(Status.OPTIMAL, now)), "fr"))
    said = {name: [cell.value for cell in read(content).values.active["A"] if "rapprochés" in str(cell.value)]
            for name, content in made.items()}  # fmt: skip
    assert [len(found) for found in said.values()] == [0, 1, 1, 0]
    assert "wheat (Mill)" in said["02-farm-b.xlsx"][0]
    assert "wheat (Farm B)" in said["03-mill.xlsx"][0] and "23" not in said["03-mill.xlsx"][0]
    assert not any("rapprochés" in raw(content) for content in dict(member_workbooks(result, "fr")).values())


def test_a_member_that_does_nothing_has_a_sheet_all_the_same() -> None:
    chain = hand.chain([hand.actor("Farm"), hand.actor("Mill")], [hand.product("wheat")])
    plan = hand.plan(chain)
    made = dict(member_workbooks(Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan)), "en"))
    for content in made.values():
        assert openpyxl.load_workbook(io.BytesIO(content)).active["A1"].value
    assert len(made) == 2
