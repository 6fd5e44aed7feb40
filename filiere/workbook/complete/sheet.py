"""One worksheet of a completed copy: some cells take another value, everything else stays as it is stored."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from filiere.problems.problem import column_letters
from filiere.workbook.annotate.sheet import Place, Worksheet
from filiere.workbook.parts.splice import Element, OddPartError

Content = float | str | None
Style = Callable[[int], int]

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class FilledSheet(Worksheet):
    """A worksheet part whose cells are filled in: told once, made at once."""

    formulas_gone = False
    """Whether a value took the place of a formula: the order in which formulas are worked out is then another."""

    def fill(self, contents: Mapping[Place, Content], style: Style) -> None:
        """Give cells their new content and look; cells and rows that are not stored are put in."""
        self._unfold({column for (_, column), content in contents.items() if content not in (None, "")})
        self._into_rows(
            contents, lambda row, number, wanted: self._fill_row(row, number, wanted, style),
            lambda number, column, content: self._made(number, column, style(self._of_column(column)), content),
        )  # fmt: skip

    def _unfold(self, columns: set[int]) -> None:
        """Open the groups of columns that are written to: a template folds those that few fill in."""
        spans = self.root.child("cols")
        for span in spans.children if spans else ():
            first, last = (int(span.attributes.get(name) or "0") for name in ("min", "max"))
            folded = span.attributes.get("outlineLevel", "0") != "0" and span.attributes.get("hidden") in ("1", "true")
            if folded and any(first <= column <= last for column in columns):
                self._splices.attribute(span, "hidden", "0")

    def _fill_row(self, row: Element, number: int, wanted: Mapping[int, Content], style: Style) -> None:
        there = {int(cell.attributes["column"]): cell for cell in row.children}
        own = row.attributes.get("s") if row.attributes.get("customFormat") in ("1", "true") else None
        if not row.alone and wanted.keys() - there.keys():
            every = wanted.keys() | there.keys()
            self._splices.attribute(row, "spans", f"{min(every)}:{max(every)}")
        behind = ""
        for column, content in wanted.items():
            cell = there.get(column)
            if cell is not None:
                self._replace(cell, self._made(number, column, style(int(cell.attributes.get("s") or "0")), content))
                continue
            base = int(own) if own is not None else self._of_column(column)
            behind += self._put(there, column, self._made(number, column, style(base), content))
        if behind:
            self._splices.append(row, behind)

    def _replace(self, cell: Element, text: str) -> None:
        raw = self.part[cell.start : cell.end]
        if re.search(rb"<(?:\w+:)?f\b", raw):
            if re.search(rb"""<(?:\w+:)?f\b[^>]*\bref\s*=""", raw):  # others lean on this formula
                raise OddPartError("shared formula")
            self.formulas_gone = True
        self._splices.replace(cell.start, cell.end, text)

    def _made(self, row: int, column: int, style: int, content: Content) -> str:
        prefix = self.root.prefix
        start = f'<{prefix}c r="{column_letters(column - 1)}{row}" s="{style}"'
        if content is None or content == "":
            return f"{start}/>"
        if isinstance(content, str):
            text = _ESCAPE.sub("_x005F_", html.escape(_UNWRITABLE.sub("", content), quote=False))
            return (
                f'{start} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
                f"</{prefix}c>"
            )
        return f"{start}><{prefix}v>{content!r}</{prefix}v></{prefix}c>"
