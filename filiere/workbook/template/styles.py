"""The colours and formats of a template, each named after what it marks."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from filiere.language import Label, Language
from filiere.palette import (
    FORM_BLOCK,
    FORM_DEEP,
    FORM_GREY,
    FORM_HELPER_EDGE,
    FORM_HELPER_HEAD,
    FORM_INK,
    FORM_LINE,
    FORM_MIDDLE,
    FORM_NOTE,
    FORM_PALE,
    FORM_PALE_GREY,
    FORM_TOTAL,
    MISSING,
    WRONG,
    WRONG_INK,
)
from filiere.schema import Column, Reads, Unit
from filiere.workbook.template.plan import Place

# One blue hue for what is filled in, greys for what is not, amber and red for what is missing or wrong:
# told apart by lightness alone as well.
FONT = "Calibri"

_HEADING = {"bold": True, "font_color": "white", "text_wrap": True, "valign": "vcenter", "border": 1,
            "border_color": "white", "align": "left", "indent": 1}  # fmt: skip
_INPUT = {"bg_color": FORM_PALE, "border": 1, "border_color": FORM_LINE, "font_color": FORM_INK, "valign": "vcenter"}
_HELPER = {"bg_color": FORM_PALE_GREY, "border": 1, "border_color": FORM_HELPER_EDGE, "font_color": FORM_GREY,
           "italic": True, "valign": "vcenter"}  # fmt: skip

_NUMBERS = {
    Unit.SHARE: "0.0%",
    Unit.PRICE: "#,##0.00##",
    Unit.MONEY: "#,##0",
    Unit.CAPITAL: "#,##0",
    Unit.DEGREES: "0.0000",
}

_STYLES: dict[str, dict[str, Any]] = {
    "key": {**_HEADING, "bg_color": FORM_DEEP},
    "optional": {**_HEADING, "bg_color": FORM_MIDDLE},
    "common": {**_HEADING, "bg_color": FORM_GREY, "bold": False},
    "helper heading": {**_HEADING, "bg_color": FORM_HELPER_HEAD, "font_color": FORM_INK, "italic": True, "bold": False},
    "note": { "font_color": FORM_NOTE},
    "common word": {"font_color": "white"},
    "heading word": {"bold": True, "font_color": "white"},
    "input": _INPUT,
    "input common": {**_INPUT, "font_color": FORM_GREY},
    "note wrapped": {**_INPUT, "font_color": FORM_GREY, "text_wrap": True, "num_format": "@",
                     "align": "left", "indent": 1},
    "input bold": {**_INPUT, "bold": True},
    "helper": _HELPER,
    "helper wrapped": {**_HELPER, "text_wrap": True},
    "helper number": {**_HELPER, "num_format": "General"},
    "helper share": {**_HELPER, "num_format": "0.0%", "align": "right"},
    "total": {**_INPUT, "bg_color": FORM_TOTAL, "font_color": FORM_INK},
    "missing": {"bg_color": MISSING},
    "wrong": {"bg_color": WRONG, "font_color": WRONG_INK},
    "thousands": {"num_format": "#,##0"},
    "title": {"bold": True, "font_size": 22, "font_color": FORM_DEEP, "valign": "vcenter"},
    "subtitle": {"font_size": 12, "font_color": FORM_GREY, "text_wrap": True, "valign": "top"},
    "subtitle plain": {"font_size": 12, "font_color": FORM_GREY, "valign": "vcenter"},
    "stage": {"bold": True, "font_color": FORM_INK, "valign": "vcenter", "text_wrap": True, "bottom": 1,
              "bottom_color": FORM_LINE},
    "section": {"bold": True, "font_size": 13, "font_color": "white", "bg_color": FORM_DEEP, "valign": "vcenter",
                "indent": 1},
    "text": {"font_color": FORM_INK, "text_wrap": True, "valign": "top"},
    "text list": {"font_color": FORM_INK, "text_wrap": True, "valign": "vcenter", "indent": 1},
    "why": {"font_color": FORM_GREY, "text_wrap": True, "valign": "vcenter", "indent": 1, "bottom": 1,
            "bottom_color": FORM_LINE},
    "text middle": {"font_color": FORM_INK, "text_wrap": True, "valign": "vcenter", "indent": 1, "bottom": 1,
                    "bottom_color": FORM_LINE},
    "step": {"bold": True, "font_size": 16, "font_color": FORM_MIDDLE, "align": "center", "valign": "vcenter",
             "bottom": 1, "bottom_color": FORM_LINE},
    "link": {"font_color": FORM_DEEP, "underline": 1, "bold": True, "valign": "vcenter", "text_wrap": True, "bottom": 1,
             "bottom_color": FORM_LINE},
    "code": {"font_name": "Consolas", "font_color": FORM_INK, "bg_color": FORM_PALE_GREY,
             "valign": "vcenter", "indent": 1, "bottom": 1, "bottom_color": FORM_LINE},
    "block": {"bold": True, "font_color": FORM_DEEP, "bg_color": FORM_BLOCK, "text_wrap": True, "valign": "vcenter",
              "top": 1, "top_color": FORM_MIDDLE},
    "library": {"font_color": FORM_INK, "bottom": 1, "bottom_color": FORM_LINE, "valign": "top"},
    "library note": {"font_color": FORM_GREY, "bottom": 1, "bottom_color": FORM_LINE, "text_wrap": True,
                     "valign": "top"},
    "count": {"font_color": FORM_INK, "align": "right", "valign": "vcenter", "num_format": "#,##0", "bottom": 1,
              "bottom_color": FORM_LINE},
    "share": {"font_color": FORM_INK, "align": "right", "valign": "vcenter", "num_format": "0%", "bottom": 1,
              "bottom_color": FORM_LINE},
    "big share": {"bold": True, "font_size": 22, "font_color": FORM_DEEP, "num_format": "0%", "align": "left",
                  "valign": "vcenter"},
}  # fmt: skip


class Styles:
    """The formats of one workbook, made when they are first asked for."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book = book
        # What is only shown is set as its language is; a cell to fill in keeps the format that Excel knows for shares.
        spoken = {name: {"num_format": Label("0%", "0\\ %").to(language)} for name in ("share", "big share")}
        self._of = cache(lambda name: book.add_format({"font_name": FONT, **_STYLES[name], **spoken.get(name, {})}))
        self._made: dict[tuple[str, str], Format] = {}

    def of(self, name: str) -> Format:
        """Return a format by its name."""
        return self._of(name)

    def conditional(self, name: str) -> Format:
        """Return a format that a condition puts on top of a cell's own (no font of its own)."""
        if ("", name) not in self._made:
            self._made["", name] = self._book.add_format(dict(_STYLES[name]))
        return self._made["", name]

    def heading(self, place: Place) -> Format:
        """Return the format of a heading: what is required is darkest, what is never read is grey."""
        if place.helper:
            return self.of("helper heading")
        if place.column is not None and place.column.common:
            return self.of("common")
        return self.of("key" if place.required else "optional")

    def cell(self, column: Column | None, helper: bool = False, share: bool = False) -> Format:
        """Return the format of an input cell, with the number format of its unit."""
        if helper:
            return self.of("helper")
        base = "input"
        if column is not None and column.common:
            base = "input common"
        elif column is not None and column.key and column.reads is Reads.NAME and not column.refers:
            base = "input bold"
        if column is not None and column.unit is None:
            # As text, a name such as “3-4” is no date and a change such as “= 120” is no formula.
            return self.numbered(base, "@", text=True)
        numbers = _NUMBERS.get(column.unit, "General") if column is not None and column.unit else "General"
        return self.numbered(base, "0.0%" if share else numbers)

    def numbered(self, base: str, numbers: str, text: bool = False) -> Format:
        """Return a format with another number format; texts stand a little off their left edge."""
        key = (base, numbers + "text" * text)
        if key not in self._made:
            aside = {"align": "left", "indent": 1} if text else {}
            self._made[key] = self._book.add_format(
                {"font_name": FONT, **_STYLES[base], "num_format": numbers, **aside}
            )
        return self._made[key]
