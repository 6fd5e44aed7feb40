"""A report of a kind that does not exist, drawn by both renderers; and that they know every block there is."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from filiere.report import document as d
from filiere.report.excel.book import Book, Written
from filiere.report.excel.first_sheet import HEADLINES, FirstSheet
from filiere.report.excel.making import workbook
from filiere.report.page.render import block_values, values
from filiere.report.sheet import Column, Sheet, Show

TABLE = Sheet("losses", "Losses", (Column("what", "What", ["Mill", "Oven"], Show.PROSE),
                                   Column("cost", "Cost", [30.0, -12.0], Show.MONEY_CHANGE)))  # fmt: skip
BLOCKS: list[d.Block] = [
    d.Text("The mill matters most.", d.Weight.STRONG),
    d.Remarks("Worth knowing", (d.Remark("Gaps", "2 t of bread", warned=True), d.Remark("Losses", "none"))),
    d.Figures(title="Figures", today="Today", plan="Plan", change="Change", meaning="Meaning", compares=True, rows=(
        d.Headline("cost", "Cost", Show.MONEY, 900.0, 1_000.0, "less"), d.Headline("served", "Served", Show.PERCENT, None),
    )),
    d.Table(TABLE),
    d.Tornado(title="What a loss costs", what="What", heading="Cost", show=Show.MONEY_CHANGE, rows=["Mill", "Oven"],
              values=[30.0, -12.0], better=-1, column="cost"),
    d.Bars(title="Origin", what="Product", rows=["bread"], series=[d.Series("inside", d.Look.INSIDE, [0.75])]),
    d.Scatter(title="Trade-offs", x=d.Axis("Cost", Show.MONEY), y=d.Axis("Jobs", Show.QUANTITY), knee="knee", dots=[
        d.Dot(x=1.0, y=2.0, name="1"), d.Dot(x=3.0, y=5.0, name="2", knee=True, mark="knee"),
    ], heads=("Point", "Mark", "Opens")),
    d.Multiples(title="Case by case", what="Figure", outcome="Outcome", difference="difference", cases=[
        d.Case("Reference", "plan found", True), d.Case("Drought", "no plan", False),
    ], panels=[d.Panel(label="Cost", show=Show.MONEY, change=Show.MONEY_CHANGE, good=-1, values=[900.0, None],
                       changes=[0.0, None])]),
]  # fmt: skip


def sheet_of(blocks: list[d.Block], figures: str | None = None, links: dict[str, Written] | None = None) -> bytes:
    def write(book: Book) -> None:
        first = FirstSheet(book, "Summary", HEADLINES, figures)
        book.write(TABLE)
        first.write("Losses of the Pole", "2026", blocks, links)

    return workbook(write, "en", title="Losses", footer="Losses")


def texts(sheet: object) -> list[list[object]]:
    rows = sheet.iter_rows(values_only=True)  # type: ignore[attr-defined]
    return [[value for value in row if value is not None] for row in rows]


def test_a_first_sheet_has_every_block_in_its_order() -> None:
    made = openpyxl.load_workbook(io.BytesIO(sheet_of(BLOCKS)))
    assert made.sheetnames == ["Summary", "Losses"]
    found = [row for row in texts(made["Summary"]) if row]
    assert found[:3] == [["Losses of the Pole"], ["2026"], ["The mill matters most."]]
    for row in (["Gaps", "2 t of bread"], ["Figures", "Today", "Plan", "Change", "Meaning"],
                ["Cost", 1_000, 900, -100, "less"], ["What", "Cost"], ["Mill", 30], ["Origin", "inside"],
                ["bread", 0.75], ["Point", "Cost", "Jobs", "Mark", "Opens"], ["2", 3, 5, "knee"],
                ["Case by case", "Reference", "Drought"], ["Outcome", "plan found", "no plan"], ["Cost", 900, "–"]):  # fmt: skip
        assert row in found, row
    assert [row[0] for row in found if row[0] in ("Worth knowing", "Figures", "Origin", "Case by case")] == [
        "Worth knowing", "Figures", "Origin", "Case by case",
    ]  # fmt: skip
    assert len(made["Summary"]._charts) == 3


def test_a_remark_leads_to_the_table_of_its_name() -> None:
    made = openpyxl.load_workbook(io.BytesIO(sheet_of(BLOCKS, links={"Losses": Written("Losses", 1, 0, 1)})))
    links = {cell.value: cell.hyperlink.location for row in made["Summary"] for cell in row if cell.hyperlink}
    assert links == {"Losses": "'Losses'!A1"} or links == {"Losses": "Losses!A1"}


def test_the_figures_of_charts_stand_apart_where_they_are_asked_to() -> None:
    bars = [block for block in BLOCKS if isinstance(block, d.Bars)]
    made = openpyxl.load_workbook(io.BytesIO(sheet_of([*bars], "Figures of the charts")))
    assert texts(made["Figures of the charts"]) == [["Product", "inside"], ["bread", 0.75]]
    assert ["bread", 0.75] not in texts(made["Summary"])


def test_a_page_has_every_block_in_its_order_and_leaves_out_what_is_empty() -> None:
    sections = (d.Section("a", "Losses", [None, *BLOCKS]), d.Section("b", "Nothing", [None]))
    found = values(
        d.Document(language="en", title="t", subtitle="", verdict="", whose="", source="", sections=sections)
    )
    (section,) = found["sections"]
    assert [block["type"] for block in section["blocks"]] == [
        "text", "remarks", "figures", "table", "tornado", "bars", "scatter", "multiples",
    ]  # fmt: skip
    assert section["blocks"][-1]["cases"] == ["Reference"], "a case without a plan has no figure to draw"


@pytest.mark.parametrize("block", get_args(d.Block), ids=lambda block: block.__name__)
@pytest.mark.parametrize("renderer", ["excel/first_sheet.py", "page/render.py"])
def test_both_renderers_know_every_block(block: type, renderer: str) -> None:
    source = Path(d.__file__).parent.joinpath(renderer).read_text(encoding="utf-8")
    known = {
        node.cls.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Attribute)
    }
    assert block.__name__ in known


def test_what_one_renderer_cannot_draw_is_refused_not_left_out() -> None:
    with pytest.raises(ValueError, match="sheets"):
        block_values(d.Break())
    with pytest.raises(ValueError, match="ribbons"):
        sheet_of([d.Sankey()])
