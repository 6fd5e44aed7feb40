"""How results are printed: rows as high as their texts, letters that can be read, headings on every page."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from filiere.report.excel.book import Book
from filiere.report.excel.letters import fits, lines_in, units_of
from filiere.report.excel.stack import write_stack
from filiere.report.sheet import FIRST, READ, Column, Sheet, Show


def test_a_unit_of_width_is_a_digit_of_eleven_points() -> None:
    assert lines_in("0" * 40, 42.0, 11.0) == 1 and lines_in("0" * 40, 39.0, 11.0) == 2
    # Smaller letters need less, bold ones more; an indent takes the room of more than one digit.
    assert lines_in("0" * 44, 42.0, 10.0) == 1 and lines_in("0" * 40, 42.0, 11.0, bold=True) == 2
    assert lines_in("0" * 40, 42.0, 11.0, indent=True) == 2
    assert units_of("") == pytest.approx(7 / 5.577)


def test_whole_words_are_wrapped_and_longer_ones_are_cut() -> None:
    words = " ".join(["00000"] * 6)
    assert lines_in(words, 21.0, 11.0) == 2  # 3 words of 5 digits and 2 spaces of less than half of one: 16; not 4: 22
    assert lines_in("0" * 30, 11.0, 11.0) == 3
    assert lines_in("a\nb", 50.0) == 2
    assert fits("a few words", 20.0) and not fits("rather more words than that", 20.0)
    assert lines_in("mmmmmmmmmm", 12.0, 11.0) == 2 and lines_in("iiiiiiiiii", 12.0, 11.0) == 1
    assert lines_in("éèàùç" * 4, 21.0, 11.0) == lines_in("eeauc" * 4, 21.0, 11.0)


def _table(title: str, rows: int, text: str = "some words") -> Sheet:
    return Sheet(title, title, (
        Column("name", f"{title} name", [f"{title} {row}" for row in range(rows)]),
        Column("text", "Text", [text] * rows, Show.PROSE),
        Column("value", "Value", [1.0] * rows, Show.MONEY),
        Column("source", "Typed in", [None] * (rows - 1) + ["Sheet!A1"], Show.TEXT),
    ))  # fmt: skip


def _stacked(*tables: Sheet) -> Worksheet:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        written = write_stack(Book(book, "en", "", None), "All", tables)
    assert [place.name for place in written] == ["All"] * len(tables)
    sheet = openpyxl.load_workbook(made).worksheets[0]
    for table, place in zip(tables, written, strict=True):
        assert sheet.cell(place.row, 1).value == f"{table.title} name"
    return sheet


def test_no_table_is_torn_that_a_page_could_hold_and_the_last_repeats_its_headings() -> None:
    """Rows of 14.5 points: an upright page has room for about fifty of them."""
    sheet = _stacked(_table("first", 30), _table("second", 30), _table("last", 120))
    column = [cell.value for cell in sheet["A"]]
    starts = {title: column.index(title) + 1 for title in ("first", "second", "last")}
    breaks = [one.id for one in sheet.row_breaks.brk]
    assert starts["second"] - 1 in breaks  # the title is the first row of its page
    assert sheet.print_title_rows == f"${starts['last'] + 1}:${starts['last'] + 1}"
    assert column.count("last name") == 1  # not cut: the last is printed with its headings


def test_a_table_of_two_pages_that_is_not_the_last_has_its_headings_on_both() -> None:
    sheet = _stacked(_table("first", 80), _table("last", 3))
    column = [cell.value for cell in sheet["A"]]
    again = column.index("first (continued)")
    assert column[again + 1] == "first name" and again in [one.id for one in sheet.row_breaks.brk]
    names = [name for name in column if str(name).startswith("first ") and str(name)[6:].isdigit()]
    assert names == [f"first {row}" for row in range(80)]
    long = [cell.value for cell in _stacked(_table("first", 400), _table("last", 3))["A"]]
    assert long.count("first name") == 1  # on screen a long table is better whole


def test_a_row_is_as_high_as_what_is_printed_of_it() -> None:
    far = Column("note", "Note", ["a remark that goes on and on " * 6], Show.PROSE)
    sheet = _stacked(Sheet("t", "t", (
        Column("name", "t name", ["x"]), Column("what", "What", ["y"], Show.PROSE), far,
    ), printed="what"), _table("u", 2, "words " * 60))  # fmt: skip
    column = [cell.value for cell in sheet["A"]]
    assert sheet.row_dimensions[column.index("x") + 1].height is None  # one line, whatever the screen shows beside it
    assert (sheet.row_dimensions[column.index("u 0") + 1].height or 0.0) >= 3 * 13.0


@pytest.mark.parametrize(("rows", "printed"), [(READ, READ), (READ + 1, FIRST), (9_662, FIRST)])
@pytest.mark.parametrize("stacked", [False, True])
def test_of_a_table_that_nobody_reads_to_its_end_the_first_rows_are_printed(
    stacked: bool, rows: int, printed: int
) -> None:  # fmt: skip
    table, made = _table("links", rows), io.BytesIO()
    if stacked:
        sheet = _stacked(_table("first", 3), table)
    else:
        with xlsxwriter.Workbook(made) as book:
            Book(book, "fr", "", None).write(table)
        sheet = openpyxl.load_workbook(made).worksheets[0]
    column = [cell.value for cell in sheet["A"]]
    assert column.count("links name") == 1 and len(column) - column.index("links name") - 1 == rows  # all are there
    last = int(str(sheet.print_area).rpartition("$")[2])
    assert column[last - 1] == f"links {printed - 1}"
    footer = str(sheet.oddFooter.left.text)
    told = "100 rows of {:,} printed" if stacked else "100 lignes sur {:,} imprimées"
    assert (told.format(rows).replace(",", "," if stacked else "\u202f") in footer) == (printed < rows)
