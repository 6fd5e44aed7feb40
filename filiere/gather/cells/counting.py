"""Which rows of a table count as purchases or sales that took place, by whatever the table says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from filiere.gather.apart.aside import no_party
from filiere.gather.cells.doubtful import REMARKS, nameless, remarked
from filiere.gather.cells.notes import lone_text, section_kind
from filiere.gather.cells.pieces import number_columns
from filiere.gather.cells.qualify import counted_stages, is_yes, stage, took_place
from filiere.gather.headings import Columns, plain
from filiere.names import tidy
from filiere.problems import Code
from filiere.problems import gathering as codes
from filiere.table import RawRow

_VOID = re.compile(r"annulee?s?|annulations?|cancell?ed|void(ed)?")
_DONE = re.compile(r"(est )?(livree?s?|recue?s?|expediee?s?|validee?s?|confirmee?s?|delivered|received|shipped"
                   r"|confirmed)( ?(o n|oui non|y n))?")  # fmt: skip
_MINUS = re.compile(r"\s*[-−(]\s*\d|.*\d[-−]\s*$")
_NO = {"n", "non", "no", "faux", "false"}
_PREFIX = re.compile(r"^([a-z]{1,5})[\s\-_/.]*\d", re.IGNORECASE)
_BY_PREFIX: Mapping[str, str] = {
    **dict.fromkeys(("dev", "devis", "dv", "pf", "prof", "prf"), "quote"),
    **dict.fromkeys(("bc", "cde", "cmd", "bdc"), "order"),
    **dict.fromkeys(("bl", "bdl"), "delivery"),
    **dict.fromkeys(("f", "fa", "fac", "fact", "fc", "fv", "inv"), "invoice"),
}
"""What the letters in front of a piece's number say that it is."""
Reason = tuple[str, str, Code]
"""Why a row does not count: the heading and the word that say so, and the message."""


class Counting:
    """What a table says of its rows: by kind, status, number, ticked boxes, and the line that begins their section."""

    def __init__(self, columns: Columns, rows: Sequence[RawRow]) -> None:
        self.columns = columns
        self.stages = counted_stages(stage(_text(row, columns.at.get("kind", -1))) for row in rows)
        kinds = {plain(_text(row, columns.at.get("kind", -1))) for row in rows}
        if any("solde" in one.split() for one in kinds):  # what was paid before is part of the price of the whole
            self.stages = self.stages | {"prepayment"}
        self.numbered = dict(self._numbered(rows)) if "kind" not in columns.at else {}
        self.section, self.title = "", ""
        self.lines: list[RawRow] = []
        """Lines of text between the rows that say nothing that is understood."""

    def _numbered(self, rows: Sequence[RawRow]) -> Iterator[tuple[int, tuple[str, str]]]:
        """Yield the rows whose piece is by its number a quote, or an order or note beside invoices."""
        for at in number_columns(self.columns):
            found = {row.number: piece_by_number(_text(row, at)) for row in rows}
            told = set(found.values()) - {""}
            counted = counted_stages(told)
            for row in rows if told - counted else ():
                if found[row.number] and found[row.number] not in counted:
                    yield row.number, (self.columns.titles.get(at, ""), _text(row, at))

    @property
    def credited(self) -> bool:
        """Whether the rows of this section take off."""
        return self.section == "credit"

    def begins_section(self, row: RawRow) -> bool:
        """Whether a row is a line of text: it may begin a section, or is kept to be told."""
        text = lone_text(row)
        if not text:
            return False
        kind = section_kind(text)
        if kind is not None:
            self.section, self.title = kind, text
        if not kind:
            self.lines.append(row)
        return True

    def why_not(self, row: RawRow, texts: Mapping[str, str]) -> Reason | None:
        """Return why a row's piece is no purchase or sale that took place; None where it counts."""
        heading = self.columns.heading
        if self.section == "none":
            return "", self.title, codes.SECTION_ASIDE
        if texts.get("status") and not took_place(texts["status"]):
            return heading("status"), texts["status"], codes.NOT_COUNTED
        if is_yes(texts.get("void", "")):
            return heading("void"), texts["void"], codes.NOT_COUNTED
        if texts.get("kind") and stage(texts["kind"]) not in self.stages:
            return heading("kind"), texts["kind"], codes.NOT_COUNTED
        if row.number in self.numbered:
            return (*self.numbered[row.number], codes.NOT_COUNTED)
        told = remarked(texts, self._below_zero(row))
        if told is not None:
            return heading(told[0]), told[1], codes.NOT_COUNTED
        for name in ("buyer", "seller", "party"):
            if no_party(texts.get(name, "")):
                return heading(name), texts[name], codes.NO_PARTY
        if name := nameless(texts):
            return heading(name), texts[name], codes.NAMES_NOBODY
        for at in row.values.keys() - self.columns.titles.keys():
            if _VOID.fullmatch(plain(_text(row, at))) or stage(_text(row, at)) in ("quote", "order"):
                return "", _text(row, at), codes.NOT_COUNTED
        for at, title in self.columns.unused.items():
            words = plain(_text(row, at))
            if not REMARKS.search(plain(title)) and (
                _VOID.fullmatch(words) or (words in _NO and _DONE.fullmatch(plain(title)))
            ):
                return title, _text(row, at), codes.NOT_COUNTED
        return None

    def _below_zero(self, row: RawRow) -> bool:
        """Whether a figure of a row has a minus, or stands in brackets."""
        values = [row.values.get(self.columns.at.get(name, -1)) for name in ("quantity", "amount", "gross")]
        return any(value < 0 if isinstance(value, float) else isinstance(value, str) and bool(_MINUS.match(value))
                   for value in values)  # fmt: skip


def piece_by_number(number: str) -> str:
    """Return what the letters in front of a number say that its piece is, nothing where they say nothing."""
    found = _PREFIX.match(number)
    return _BY_PREFIX.get(found[1].casefold(), "") if found else ""


def _text(row: RawRow, at: int) -> str:
    value = row.values.get(at)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(value) if isinstance(value, str) else ""
