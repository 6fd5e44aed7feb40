"""A questionnaire drawn from nothing: one sheet, the same in Excel and LibreOffice."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from filiere.language import Label
from filiere.palette import (
    FORM_DEEP,
    FORM_EDGE,
    FORM_GREY,
    FORM_HEAD,
    FORM_INK,
    FORM_MARK,
    FORM_MIDDLE,
    FORM_RULE,
    FORM_TO_FILL,
)
from filiere.workbook.questionnaire.form import ASKS, LABELS, MARK, STRIKE, Block, Form, Line, Value, row_mark

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEET = Label("Questionnaire", "Questionnaire")
_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_INTRO = Label(
    "Here is what we know of you so far. Correct what is wrong, fill in what is missing, leave blank what you do not "
    "know. A figure that you empty says “I do not know”; 0 says none; a cross in the last column strikes the line "
    "out. Quantities and amounts are for the whole year, without VAT.",
    "Voici ce que nous savons de vous à ce jour. Corrigez ce qui est faux, complétez ce qui manque, laissez vide ce "
    "que vous ne savez pas. Un chiffre effacé veut dire « je ne sais pas » ; 0 veut dire aucun ; une croix dans la "
    "dernière colonne raye la ligne. Les quantités et les montants sont ceux de l'année entière, hors taxes.",
)
NOTHING = Label("Nothing has changed: put a cross here", "Rien n'a changé : mettez une croix ici")
_STRIKE = Label("strike out", "rayer")
_MARKS = Label("marks: leave as they are", "repères : à laisser tels quels")
NAMES = Label("Names you may use", "Noms que vous pouvez reprendre")
ANYTHING = Label("Anything else?", "Autre chose à nous dire ?")
_FONT: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "font_color": FORM_INK, "valign": "vcenter"}
_NUMBERS = {"number": "General", "money": "#,##0.00########", "share": "0.0%", "text": "@"}
_INPUT: dict[str, Any] = {**_FONT, "bg_color": FORM_TO_FILL, "border": 1, "border_color": FORM_EDGE, "locked": False}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {**_FONT, "bold": True, "font_size": 20, "font_color": FORM_DEEP},
    "chain": {**_FONT, "font_size": 11, "font_color": FORM_GREY},
    "intro": {**_FONT, "text_wrap": True, "valign": "top"},
    "question": {**_FONT, "bold": True, "font_size": 11, "font_color": "white", "bg_color": FORM_DEEP, "indent": 1},
    "help": {**_FONT, "italic": True, "font_size": 9, "font_color": FORM_GREY, "indent": 1},
    "heading": {**_FONT, "font_size": 9, "font_color": FORM_DEEP, "bg_color": FORM_HEAD, "text_wrap": True, "indent": 1,
                "bottom": 1, "bottom_color": FORM_MIDDLE},
    "heading number": {**_FONT, "font_size": 9, "font_color": FORM_DEEP, "bg_color": FORM_HEAD, "text_wrap": True,
                       "align": "center", "bottom": 1, "bottom_color": FORM_MIDDLE},
    "label": {**_FONT, "bottom": 1, "bottom_color": FORM_RULE, "indent": 1, "text_wrap": True},
    "unit": {**_FONT, "font_color": FORM_GREY, "shrink": True, "bottom": 1, "bottom_color": FORM_RULE},
    "write": {**_INPUT, "text_wrap": True, "indent": 1},
    "cross": {**_INPUT, "align": "center", "bold": True},
    "box": {**_INPUT, "align": "center", "bold": True, "font_size": 14, "border": 2, "border_color": FORM_MIDDLE},
    "box text": {**_FONT, "bold": True, "font_color": FORM_DEEP, "align": "right"},
    "day": {**_INPUT, "num_format": "dd/mm/yyyy", "align": "center"},
    "box text left": {**_FONT, "bold": True, "font_size": 11, "font_color": FORM_DEEP},
    "mark": {"font_name": "Calibri", "font_size": 6, "font_color": FORM_MARK, "valign": "vcenter"},
    "name": {"font_name": "Calibri", "font_size": 9, "font_color": FORM_GREY},
    **{f"ask {look}": {**_INPUT, "num_format": numbers} for look, numbers in _NUMBERS.items() if look != "text"},
    "ask text": {**_INPUT, "num_format": "@", "shrink": True},
}  # fmt: skip
_WIDTHS = (27, 25, 9, *[9.6] * ASKS, 6.5, 9, 24, 24)
_BOX_ROW = 3
_ONE_PAGE = 1170.0
"""Points of height that one page of A4 holds in letters that read well."""
_ROW = 16.5


def questionnaire(form: Form) -> bytes:
    """Return the questionnaire as an xlsx file."""
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
                             "strings_to_urls": False})  # fmt: skip
    book.set_properties({"title": SHEET.to(form.language), "author": "filiere", "created": _CREATED})
    _Drawing(book, book.add_worksheet(SHEET.to(form.language)), form).draw()
    book.close()
    return memory.getvalue()


def questionnaire_looks(book: Workbook) -> Callable[[str], Format]:
    """Return what gives the formats of a book by their names, each made when it is first asked for."""
    return cache(lambda name: book.add_format(_LOOKS[name]))


class _Drawing:
    def __init__(self, book: Workbook, sheet: Worksheet, form: Form) -> None:
        self.book, self.sheet, self.form, self.language = book, sheet, form, form.language
        self.look = questionnaire_looks(book)
        self.row = 0
        self.heights: dict[int, float] = {}
        self.places: dict[tuple[str, ...], str] = {}

    def tall(self, row: int, height: float) -> None:
        self.heights[row] = height
        self.sheet.set_row(row, height)

    def text(self, row: int, column: int, text: str, look: str) -> None:
        self.sheet.write_string(row, column, text, self.look(look))

    def draw(self) -> None:
        self._page()
        self._top()
        self._names()
        for number, block in enumerate(self.form.blocks, start=1):
            self._block(number, block)
        self._end()
        self.sheet.print_area(0, 0, self.row, STRIKE)
        height = sum(self.heights.get(row, _ROW) for row in range(self.row + 1))
        self.sheet.fit_to_pages(1, 1 if height <= _ONE_PAGE else 2)

    def _page(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_margins(0.4, 0.4, 0.45, 0.5)
        sheet.set_footer("&R&8&P / &N")
        sheet.set_default_row(_ROW)
        sheet.center_horizontally()
        allowed = ("format_cells", "format_columns", "format_rows", "insert_hyperlinks")
        sheet.protect("", dict.fromkeys(allowed, True) | {"select_locked_cells": True})

    def _top(self) -> None:
        form, sheet = self.form, self.sheet
        self.tall(0, 32)
        self.text(0, 0, form.member, "title")
        self.text(0, MARK, form.mark.written(), "mark")
        self.text(1, 0, form.chain, "chain")
        self.text(1, MARK, _MARKS.to(self.language), "mark")
        self.tall(2, 44)
        sheet.merge_range(2, 0, 2, STRIKE, _INTRO.to(self.language), self.look("intro"))
        self.tall(_BOX_ROW, 22)
        sheet.merge_range(_BOX_ROW, 0, _BOX_ROW, 1, NOTHING.to(self.language), self.look("box text"))
        sheet.write_blank(_BOX_ROW, 2, None, self.look("box"))
        self.text(_BOX_ROW, MARK, "box", "mark")
        self.row = _BOX_ROW + 2

    def _names(self) -> None:
        """Write the names that empty lines are offered, beside the page and not on it."""
        known = dict.fromkeys(names for block in self.form.blocks for names in block.choices.values() if names)
        for column, names in enumerate(known, start=MARK + 1):
            self.text(2, column, NAMES.to(self.language), "name")
            for row, name in enumerate(names, start=_BOX_ROW):
                self.text(row, column, name, "name")
            letter = chr(ord("A") + column)
            self.places[names] = f"=${letter}${_BOX_ROW + 1}:${letter}${_BOX_ROW + len(names)}"

    def _block(self, number: int, block: Block) -> None:
        sheet, row = self.sheet, self.row
        self.tall(row, 20)
        sheet.merge_range(row, 0, row, STRIKE, f"{number}. {block.title}", self.look("question"))
        row += 1
        if block.help:
            sheet.merge_range(row, 0, row, STRIKE, block.help, self.look("help"))
            row += 1
        self.tall(row, 38)
        self._labels(row, block, block.labels, ("heading",) * LABELS)
        for column in range(ASKS):
            heading = block.asks[column].heading if column < len(block.asks) else ""
            self.text(row, LABELS + column, heading, "heading number")
        self.text(
            row, STRIKE, _STRIKE.to(self.language) if block.lines and block.key != "actors" else "", "heading number"
        )
        self.text(row, MARK, f"block {block.key}", "mark")
        self.row = row + 1
        for line in block.lines:
            self._line(block, line)
        for _ in range(block.free):
            self._empty(block)
        self.tall(self.row, 7)
        self.row += 1

    def _line(self, block: Block, line: Line) -> None:
        row = self.row
        wide = (30, 36 if len(block.labels) == LABELS - 1 else 27)
        wrapped = any(len(text) > width for text, width in zip(line.labels, wide, strict=False))
        self.tall(row, 27 if wrapped else _ROW)
        self._labels(row, block, line.labels, ("label", "label", "unit"))
        for column, ask in enumerate(line.asks):
            if ask is not None:
                self._cell(row, LABELS + column, ask.sent, block.asks[column].look)
        if block.key != "actors":
            self.sheet.write_blank(row, STRIKE, None, self.look("cross"))
        self.text(row, MARK, row_mark(line), "mark")
        self.row += 1

    def _labels(self, row: int, block: Block, texts: tuple[str, ...], looks: tuple[str, ...]) -> None:
        """Write what a line is about; two labels share the room of three."""
        for column in range(LABELS):
            self.text(row, column, texts[column] if column < len(texts) else "", looks[column])
        if len(block.labels) == LABELS - 1:
            self.sheet.merge_range(row, 1, row, 2, texts[1] if len(texts) > 1 else "", self.look(looks[1]))

    def _cell(self, row: int, column: int, value: Value, look: str) -> None:
        if value is None:
            self.sheet.write_blank(row, column, None, self.look(f"ask {look}"))
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, self.look(f"ask {look}"))
        else:
            self.sheet.write_number(row, column, value, self.look(f"ask {look}"))

    def _empty(self, block: Block) -> None:
        """Write a line for what is not listed yet."""
        row = self.row
        for column in range(LABELS):
            self.sheet.write_blank(row, column, None, self.look("write"))
            names = block.choices.get(column, ())
            if names:
                source = {"validate": "list", "source": self.places[names], "show_error": False}
                self.sheet.data_validation(row, column, row, column, source)
        for column, asked in enumerate(block.asks):
            self._cell(row, LABELS + column, None, asked.look)
        self.text(row, MARK, f"free {block.key}", "mark")
        self.row += 1

    def _end(self) -> None:
        row = self.row
        self.tall(row, 20)
        self.sheet.merge_range(row, 0, row, STRIKE, ANYTHING.to(self.language), self.look("question"))
        self.tall(row + 1, 48)
        self.sheet.merge_range(row + 1, 0, row + 1, STRIKE, "", self.look("write"))
        self.text(row + 1, MARK, "said", "mark")
        self.row = row + 1
