"""A workbook before it is written: rows by field name, without a language, that a law can change and compare.

A draft knows sheets and columns by the names of their declarations, and words as the words themselves; it is
written in English or in French with the labels that the schema gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from filiere.chain.read import problems_of
from filiere.language import Label, Language
from filiere.problems import errors
from filiere.schema import columns
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.table import RawRow, RawTable, RawValue

DECLARED: Mapping[str, type[t.Row]] = {declared.table.key: declared for declared in t.TABLES}
"""Table key → its declaration, in the order of the schema."""

FREE = Label("free", "libre")

Row = Mapping[str, Any]
"""Field → number, text, word or bilingual text; ``values`` and ``measures`` hold the free columns of a row."""


@dataclass(frozen=True, repr=False)
class Draft:
    """Rows by table key. Settings are rows whose ``setting`` is the name of a field."""

    rows: Mapping[str, Sequence[Row]]

    def __getitem__(self, table: str) -> Sequence[Row]:
        return self.rows.get(table, ())

    def having(self, **tables: Sequence[Row]) -> Draft:
        """Return the draft with other rows in some tables."""
        return Draft({**self.rows, **tables})

    def changed(self, change: Callable[[str, Row], Row]) -> Draft:
        """Return the draft with every row changed; ``change`` gets the table's key and the row."""
        return Draft({key: [change(key, row) for row in rows] for key, rows in self.rows.items()})

    def raw(self, language: Language = "en") -> tuple[RawTable, ...]:
        """Return the sheets as they would be read, headings in row 1."""
        required = [key for key, declared in DECLARED.items() if declared.table.required]
        keys = dict.fromkeys([*self.rows, *required])
        return tuple(_sheet(key, self[key], language) for key in keys if self[key] or key in required)

    def __repr__(self) -> str:
        return "\n" + self.markdown()

    def markdown(self) -> str:
        """Return the draft as ``tests.sheets`` reads it: what a failing law shows."""
        lines = []
        for table in self.raw():
            lines += [f"## {table.sheet}"]
            width = max(max(row.values, default=-1) for row in table.rows) + 1
            lines += ["| " + " | ".join(_shown(row.values.get(i)) for i in range(width)) + " |" for row in table.rows]
        return "\n".join(lines)


def _shown(value: RawValue | None) -> str:
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return "" if value is None else str(value)


def _sheet(key: str, rows: Sequence[Row], language: Language) -> RawTable:
    declared = DECLARED[key]
    fields = [name for name in columns(declared) if any(row.get(name) is not None for row in rows)]
    fields = fields or [name for name, column in columns(declared).items() if column.required]
    free = [(extra, name) for extra in ("values", "measures") for row in rows for name in row.get(extra, ())]
    free = list(dict.fromkeys(free))
    headings = [columns(declared)[name].label.to(language) for name in fields]
    headings += [name if extra == "values" else measure(name).to(language) for extra, name in free]
    cells = [
        [*(_written(key, name, row.get(name), language) for name in fields), *(row.get(e, {}).get(n) for e, n in free)]
        for row in rows
    ]
    filled = [{i: value for i, value in enumerate(row) if value is not None} for row in [headings, *cells]]
    return RawTable(
        declared.table.label.to(language), tuple(RawRow(n, row) for n, row in enumerate(filled, start=1) if row)
    )


def _written(key: str, field: str, value: Any, language: Language) -> RawValue | None:
    if key == "settings" and field == "setting":
        return columns(t.SettingsValues)[value].label.to(language)
    if isinstance(value, w.Word):
        return value.label.to(language)
    if isinstance(value, Label):
        return value.to(language)
    return float(value) if isinstance(value, int) else value


def measure(name: str) -> Label:
    """The heading and the objective of a measure of the workbook's own."""
    return Label(f"measure: {name}", f"mesure : {name}")


def mended(draft: Draft) -> Draft | None:
    """Return the draft without the rows that the reader refuses, None where no row is to blame.

    A row with ``*`` may stand for no pair and a candidate may lack what it needs: rather than drawing only what
    cannot fail, what failed is left out, and a refused row may be refused for another that was left out.
    """
    for _ in range(8):
        wrong = errors(problems_of(draft.raw()))
        if not wrong:
            return draft
        keys = {declared.table.label.en: key for key, declared in DECLARED.items()}
        places = {(keys[p.cell.sheet], p.cell.row) for p in wrong if p.cell and p.cell.row}
        refused = {(key, row - 2) for key, row in places if row > 1}
        if not refused:
            return None
        draft = Draft(
            {key: [row for i, row in enumerate(rows) if (key, i) not in refused] for key, rows in draft.rows.items()}
        )
    return None
