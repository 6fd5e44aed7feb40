"""Writing sheets of results into a spreadsheet: formats, widths, links, colours and print set-up."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from filiere.language import ALL, Label, Language, decimals, is_whole, number, readable
from filiere.names import ADDED_SHEET
from filiere.palette import HEAD, INK, INSIDE, INSIDE_BAR, INSIDE_TINT, OUTSIDE_TINT, QUIET, RULE, WARNED_TINT, WHITE
from filiere.problems import Cell
from filiere.problems.problem import column_letters
from filiere.report.excel.letters import fits, lines_in
from filiere.report.excel.print_setup import asked_by, fitted, printed, set_up_print
from filiere.report.sheet import Column, Sheet, Show, Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SAME_FILE = ""
"""The way to an input that the results lie in."""

"""Okabe and Ito's blue and orange: apart under every colour deficiency (Color Universal Design, 2008)."""

MOST_ROWS = 1_048_575
"""Rows below the headings that one sheet can hold."""
MOST_LINKS = 65_530
"""Links that one sheet can hold."""
_ROW = 14.5
"""Points that a row of one line is high."""
_LINE = 13.0
"""Points that each line of a row of several is high."""
_HEADING = 2
"""Lines of a heading that is read on screen alone: those that are printed need no more room for it."""
_TALLEST = 29
"""Lines that a row can show: none is higher than 409 points."""
_RULED_ROWS = 5_000
"""Longer tables go without a rule under blank cells and without heights of their own."""
LONGEST_TEXT = 32_767
"""Characters that one cell can hold."""

_WORDS = (Show.TEXT, Show.PROSE, Show.MARK, Show.SOURCE, Show.RESULT)
_NUMBERS = {
    Show.CHANGE: "+#,##0.0;-#,##0.0", Show.MONEY: "#,##0", Show.MONEY_CHANGE: "+#,##0;-#,##0",
    Show.PRICE: "#,##0.00", Show.PRICE_CHANGE: "+#,##0.00;-#,##0.00", Show.COUNT: "0",
    Show.POINTS: '+0.0" pts";-0.0" pts"',
}  # fmt: skip
_NEGLIGIBLE = {Show.QUANTITY: 1e-4, Show.CHANGE: 0.05, Show.MONEY: 0.5, Show.MONEY_CHANGE: 0.5, Show.POINTS: 0.005,
               Show.PRICE_CHANGE: 0.005}  # fmt: skip
"""Below this size a figure is shown as a dash; the cell keeps its value."""
_LEAST_POINTS = 0.05
"""Shares are shown to a tenth of a point: a smaller change would stand beside two figures that read the same."""
_SHARES = {
    Show.PERCENT: (1, "%"), Show.USE: (0, "%"), Show.PERCENT_CHANGE: (1, '+%;-%;"–"'),
}  # fmt: skip
"""How many decimals a share has at least, and where it stands in its number format."""

_LOCALES = {"en": "[$-409]", "fr": "[$-40C]"}
"""How a number format names its language (ECMA-376 part 1, 18.8.31); Excel heeds it for dates alone."""
_CONDITION = re.compile(r"^(\[[<>]=[^]]+])?")

_ON_SCREEN = Label("{rows} rows of {of} printed, the rest is on screen",
                   "{rows} lignes sur {of} imprimées, le reste est à l'écran")  # fmt: skip


class Written(NamedTuple):
    """Where a table was written, how many sheets it took, and how many links were left out.

    ``row`` is that of its headings, counted from 1.
    """

    name: str
    sheets: int
    links_left_out: int
    row: int = 1


class Book:
    """One workbook under way: the formats it shares, and where the input lies for links back to it."""

    def __init__(
        self, book: Workbook, language: Language, footer: str, source: str | None, among: Iterable[str] | None = None
    ) -> None:
        """Start a book. ``among`` are the sheets of the input where these come into a copy of it."""
        self.book = book
        self.language = language
        self._safe = footer.replace("&", "&&")[:120]
        self.source = source if among is None else SAME_FILE
        self._mark = "" if among is None else ADDED_SHEET
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._used = {name.casefold() for name in among or ()}

    def format(self, **properties: Any) -> Format:
        """Return the format with these properties, made once."""
        if "num_format" in properties:
            properties["num_format"] = self.spoken(properties["num_format"])
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
            self._formats[key] = self.book.add_format(base | properties)
        return self._formats[key]

    def spoken(self, code: str) -> str:
        """Return a number format that keeps to the language of the results where the program can (LibreOffice).

        A condition stays in front of it, as in the formats that Excel writes itself.
        """
        if code == "General" or not re.search("[0#]", code):
            return code
        return _CONDITION.sub(lambda found: found[0] + _LOCALES[self.language], code, count=1)

    def cell(self, **properties: Any) -> Format:
        """Return the format of a cell in the body of a table."""
        return self.format(valign="vcenter", bottom=7, bottom_color=RULE, **properties)

    def number_format(self, show: Show, value: float = 0.0) -> str:
        """Return the number format of a column's values; quantities keep about three digits that matter."""
        size = abs(value)
        if show in _SHARES:
            if show is Show.PERCENT_CHANGE and size < ALL:
                return '"–"'
            least, code = _SHARES[show]
            digits = decimals(value, least)
            sign = Label("%", "\\ %").to(self.language)
            return code.replace("%", f"0{'.' if digits else ''}{'0' * digits}{sign}")
        if show is Show.SMALL:
            return "0.0E+00" if 0.0 < size < 1e-3 else "0" if value == int(value) else "#,##0.###"
        if size < _NEGLIGIBLE.get(show, 0.0):
            return '"–"'
        if show is Show.QUANTITY:
            if size >= 100.0 or is_whole(value):
                return "#,##0"
            return "#,##0.0" if size >= 10.0 else "#,##0.00" if size >= 0.01 else "0.0000"
        if show is Show.POINTS and size < _LEAST_POINTS:
            return '"≈ 0"'
        return _NUMBERS.get(show, "General")

    def add_sheet(self, title: str) -> Worksheet:
        """Add a sheet under a name that spreadsheets accept and no other sheet has."""
        spoken = re.sub(r"(?<=\w)\s*:\s+(?=\w)", " – ", title)
        plain = self._mark + re.sub(r"[\[\]:*?/\\]", " ", spoken).strip("' ")
        name = plain[:31] or "-"
        number = 2
        while name.casefold() in self._used:
            name = f"{plain[: 31 - len(str(number)) - 1]} {number}"
            number += 1
        self._used.add(name.casefold())
        from filiere.workbook.template.formula import PlainWorksheet

        worksheet = self.book.add_worksheet(name, worksheet_class=PlainWorksheet)
        if self._mark:
            worksheet.set_tab_color(INSIDE)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_footer(f"&L&8{self._safe} · &A&R&8&P / &N", {"scale_with_doc": False})
        return worksheet

    def end_print(self, worksheet: Worksheet, rows: int, of: int) -> None:
        """Say at the foot of each page that the print ends after ``rows`` of a table, and the rest is on screen."""
        said = _ON_SCREEN.to(self.language).format(rows=number(rows, self.language), of=number(of, self.language))
        worksheet.set_footer(f"&L&8{self._safe} · &A · {said}&R&8&P / &N", {"scale_with_doc": False})

    def write(self, sheet: Sheet, title: str | None = None) -> Written:
        """Write a table on a sheet of its own; one longer than a spreadsheet allows goes on in a second one."""
        columns = sheet.filled()
        left_out, names = 0, []
        starts = range(0, max(sheet.height, 1), MOST_ROWS)
        for start in starts:
            worksheet = self.add_sheet(title or sheet.title)
            height = min(sheet.height - start, MOST_ROWS)
            body = Body(self, worksheet, sheet, columns, start, height)
            left_out += body.write()
            self._arrange(worksheet, sheet, body)
            names.append(worksheet.get_name())
        return Written(names[0], len(starts), left_out)

    def _arrange(self, worksheet: Worksheet, sheet: Sheet, body: Body) -> None:
        columns, height = body.columns, body.height
        worksheet.freeze_panes(1, sheet.frozen)
        worksheet.repeat_rows(0)
        worksheet.set_zoom(90)
        worksheet.set_default_row(_ROW)
        worksheet.hide_gridlines(1)
        if height:
            worksheet.autofilter(0, 0, height, len(columns) - 1)
        set_up_print(worksheet, sheet, body.printed_widths(), body.heights())
        if sheet.on_paper < height:
            self.end_print(worksheet, sheet.on_paper, height)
        self.mark(worksheet, sheet, body)

    def mark(self, worksheet: Worksheet, sheet: Sheet, body: Body) -> None:
        """Colour the words of a table that mean inside, outside or beware, and draw the bars of its shares."""
        first, last = body.top + 1, body.top + body.height
        for position, column in enumerate(body.columns):
            if column.show is Show.MARK:
                self._colour(worksheet, sheet, position, first, last)
            elif column.show is Show.USE:
                worksheet.conditional_format(first, position, last, position, {
                    "type": "data_bar", "bar_color": INSIDE_BAR, "bar_solid": True, "min_type": "num",
                    "min_value": 0, "max_type": "num", "max_value": 1, "data_bar_2010": True,
                })  # fmt: skip

    def _colour(self, worksheet: Worksheet, sheet: Sheet, position: int, first: int, last: int) -> None:
        tints = ((sheet.inside, INSIDE_TINT), (sheet.outside, OUTSIDE_TINT), (sheet.warned, WARNED_TINT))
        for words, tint in tints:
            for word in words:
                quoted = word.replace('"', '""')
                worksheet.conditional_format(first, position, last, position, {
                    "type": "cell", "criteria": "==", "value": f'"{quoted}"',
                    "format": self.book.add_format({"bg_color": tint}),
                })  # fmt: skip


class Body:
    """The cells of one table: headings in the row ``top`` (from 0), then each column from ``start`` on."""

    def __init__(
        self, book: Book, worksheet: Worksheet, sheet: Sheet, columns: Sequence[Column], start: int, height: int,
        top: int = 0,
    ) -> None:  # fmt: skip
        self.book = book
        self.worksheet = worksheet
        self.columns = columns
        self.start = start
        self.height = height
        self.top = top
        self.tallest: dict[int, int] = {}
        """Row, from 0 → lines of its longest prose."""
        self.links = 0
        self.left_out = 0
        self.head = 0.0
        """Points that the headings are high."""
        values = [column.values[start : start + height] for column in columns]
        self.asked = [asked_by(c, v) for c, v in zip(columns, values, strict=True)]
        wanted = printed(columns, sheet.printed)
        self.widths, self.last = fitted(self.asked, wanted, squeezing=sheet.across)
        if sheet.across and self.last < wanted:
            self.widths, self.last = [min(column.wish, column.squeezed) for column in self.asked], wanted
        self.widen(self.last + 1)

    def widen(self, first: int) -> None:
        """Give columns that are read on screen alone, from ``first`` on, the width that their headings ask for."""
        for position in range(first, len(self.columns)):
            while self._heading_lines(position) > _HEADING:
                self.widths[position] += 1.0

    def measure(self) -> None:
        """Find how high the headings and each row are, of the columns that are printed: others keep to one line."""
        self.head = 14.0 * max(map(self._heading_lines, range(len(self.columns))), default=1) + 5.0
        self.tallest.clear()
        if self.height > _RULED_ROWS:
            return
        for position, column in enumerate(self.columns):
            if self._wraps(position):
                values, wide = self._values_of(column), self.widths[position]
                for row, value in enumerate(values):
                    if not isinstance(value, str):
                        continue
                    lines = lines_in(value, wide, indent=position > 0)
                    self.tallest[row] = max(self.tallest.get(row, 1), min(lines, _TALLEST))

    def _heading_lines(self, position: int) -> int:
        # The button of the filter covers the end of a heading's last line.
        heading = self.columns[position].heading
        return max(lines_in(heading, self.widths[position] - 2.0, bold=True, indent=True), 1 + heading.count("\n"))

    def _values_of(self, column: Column) -> Sequence[Value]:
        return column.values[self.start : self.start + self.height]

    def _wraps(self, position: int) -> bool:
        column, wide = self.columns[position], self.widths[position]
        if position > self.last or column.show not in (Show.PROSE, Show.TEXT):
            return False
        return column.show is Show.PROSE or not all(
            fits(value, wide) for value in self._values_of(column) if isinstance(value, str)
        )

    def write(self) -> int:
        """Write everything; return how many links had no room."""
        self.measure()
        for position, column in enumerate(self.columns):
            values = self._values_of(column)
            self.worksheet.set_column(position, position, self.widths[position])
            # The number of a row stands at the left even where tables below it have made its column wide.
            at_left = column.show in _WORDS or (position == 0 and column.show is Show.COUNT)
            align = {"align": "left", "indent": int(position > 0)} if at_left else {"align": "right"}
            head = self.book.format(bold=True, text_wrap=True, bg_color=HEAD, bottom=1, bottom_color=QUIET,
                                    left=5, left_color=WHITE,
                                    valign="vcenter", **align)  # fmt: skip
            self.worksheet.write_string(self.top, position, column.heading, head)
            if column.show in (Show.SOURCE, Show.RESULT):
                self._links(position, values, SAME_FILE if column.show is Show.RESULT else self.book.source)
            elif column.formula is not None:
                self._formulas(position, column, values)
            else:
                self._values(position, column, values)
        self.worksheet.set_row(self.top, self.head)
        for row, count in self.tallest.items():
            if count > 1:
                self.worksheet.set_row(self.top + 1 + row, _LINE * count + 3.0)
        return self.left_out

    def printed_widths(self) -> list[float]:
        """Return the widths of the columns that are printed."""
        return list(self.widths[: self.last + 1])

    def heights(self) -> list[float]:
        """Return how many points each row is high, the headings first."""
        rows = (self.tallest.get(row, 1) for row in range(self.height))
        return [self.head, *(_LINE * count + 3.0 if count > 1 else _ROW for count in rows)]

    def _values(self, position: int, column: Column, values: Sequence[Value]) -> None:
        wraps = self._wraps(position)
        text = self.book.cell(text_wrap=wraps, align="left", indent=int(position > 0))
        number = self._numbers(column.show, "left" if position == 0 and column.show is Show.COUNT else "right")
        write_string, write_number = self.worksheet.write_string, self.worksheet.write_number
        shows = column.shows[self.start :] if column.shows else None
        blank = self.worksheet.write_blank if self.height <= _RULED_ROWS else None
        for row, value in enumerate(values, start=self.top + 1):
            if isinstance(value, str) and value:
                write_string(row, position, _short(value), text)
            elif isinstance(value, float | int):
                write_number(
                    row,
                    position,
                    value,
                    number(value) if shows is None else self._one(shows[row - self.top - 1], value),
                )
            elif blank:
                blank(row, position, None, text)

    def _one(self, show: Show, value: float) -> Format:
        return self.book.cell(num_format=self.book.number_format(show, value), align="right")

    def _formulas(self, position: int, column: Column, values: Sequence[Value]) -> None:
        letters = {c.key: column_letters(i) + "{row}" for i, c in enumerate(self.columns)}
        formula = "=" + str(column.formula).format(**letters)
        number = self._numbers(column.show)
        for row, value in enumerate(values, start=self.top + 1):
            shown: Any = "" if value is None else value
            style = number(value if isinstance(value, float | int) else 0.0)
            self.worksheet.write_formula(row, position, formula.replace("{row}", str(row + 1)), style, shown)

    def _links(self, position: int, values: Sequence[Value], source: str | None) -> None:
        link = self.book.cell(font_color=INSIDE, underline=1, align="left", indent=1)
        plain = self.book.cell(font_color=QUIET, align="left", indent=1)
        for row, value in enumerate(values, start=self.top + 1):
            if not isinstance(value, Cell):
                continue
            if source is None or self.links >= MOST_LINKS:
                self.worksheet.write_string(row, position, str(value), plain)
                self.left_out += source is not None
            else:
                self.worksheet.write_url(row, position, target(source, value), link, str(value))
                self.links += 1

    def _numbers(self, show: Show, align: str = "right") -> Callable[[float], Format]:
        made: dict[str, Format] = {}

        def pick(value: float) -> Format:
            code = self.book.number_format(show, value)
            if code not in made:
                made[code] = self.book.cell(num_format=code, align=align)
            return made[code]

        return pick


def target(source: str, cell: Cell) -> str:
    """Return the address of a cell in another file, or in this one (``SAME_FILE``), as a link takes it."""
    sheet = cell.sheet.replace("'", "''")
    place = f"'{sheet}'!{cell.reference if cell.column is not None else f'A{cell.row or 1}'}"
    return f"internal:{place}" if source == SAME_FILE else f"external:{source}#{place}"


def relative_source(path: Path | None, folder: Path | None) -> str | None:
    """Return the way from ``folder`` (that of the results) to the input workbook, with ``/``, escaped for a link.

    Without a folder the results are taken to lie beside the input.
    """
    if path is None:
        return None
    try:
        way = os.path.relpath(path, folder) if folder else path.name
    except ValueError:
        # Another drive: there is no way but the full one.
        way = str(path.resolve())
    escaped = readable(way).replace(os.sep, "/").replace("%", "%25")
    return escaped.replace("#", "%23").replace(" ", "%20").replace("?", "%3f")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
