"""What one sees of a sheet and a bare value does not say: merged cells, hidden rows, figures under a ``%``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from filiere.chain.parse.cell import in_percent, plain_figure
from filiere.chain.parse.heading import Headed, period_column
from filiere.chain.parse.number import exactly
from filiere.language import Label, as_written
from filiere.problems import Cell, Problem
from filiere.problems import parsing as p
from filiere.problems.problem import column_letters
from filiere.schema import Column, Unit, columns
from filiere.table import RawRow, RawValue

_TOTALS = (Unit.AMOUNT, Unit.STOCK, Unit.MONEY, Unit.CAPITAL, Unit.LEVEL)
"""What adds up: one such figure over several rows may be that of each or of all of them."""


_REMARKS = ("source", "confidence", "note")
"""Columns that change no figure: whether they are shown is a matter of taste."""


class Merged:
    """Gives each row the values of the merged cells that reach over it."""

    def __init__(self, headed: Headed) -> None:
        self._headed = headed
        self._covered = headed.table.covered
        self._rows = {row.number: row for row in headed.table.rows} if self._covered else {}
        self._read = {*headed.fields, *headed.measures, *headed.periods}
        self._figures: dict[Cell, list[int]] = {}

    def seen(self, row: RawRow) -> RawRow:
        """Return the row as it is seen: a merged value holds in each row that it covers."""
        above = self._covered.get(row.number) if self._covered else None
        if not above:
            return row
        held = {at: self._value(row.number, at, begins) for at, begins in above.items() if self._holds(at, begins)}
        return RawRow(row.number, dict(sorted({**row.values, **held}.items()))) if held else row

    def _holds(self, at: int, begins: int) -> bool:
        return at in self._read and begins > self._headed.row

    def _value(self, row: int, at: int, begins: int) -> RawValue:
        value = self._rows[begins].values[at]
        name = self._headed.fields.get(at)
        if isinstance(value, float) and name and columns(self._headed.declared)[name].unit in _TOTALS:
            self._figures.setdefault(self._headed.table.cell(begins, at), []).append(row)
        return value

    def problems(self) -> Iterator[Problem]:
        """Ask, once for each merged cell, whether its figure is that of every row."""
        for cell, rows in self._figures.items():
            value = self._rows[cell.row or 0].values[cell.column or 0]
            assert isinstance(value, float)
            yield p.MERGED_FIGURE.at(cell, text=exactly(value), rows=_runs([cell.row or 0, *rows]))


class Percents:
    """Reads the plain numbers of columns whose heading says ``%``: 5 is 5 %.

    Where no figure of a column is above 1, all of them may be shares all the same, as the templates' own cells hold
    them (0.05, shown as 5 %): they are read as shares, and asked about where so small a percentage makes sense.
    """

    def __init__(self, headed: Headed) -> None:
        self._headed = headed
        self._columns = {at for at, unit in headed.units.items() if unit == "%" and self._takes(at)}
        self._converted = {at for at in self._columns if any(value > 1 for _, value in self._plain(at))}

    def _takes(self, at: int) -> bool:
        return self._column(at).unit in (Unit.SHARE, Unit.PLAIN)

    def _column(self, at: int) -> Column:
        name = self._headed.fields.get(at)
        return columns(self._headed.declared)[name] if name else period_column(self._headed.periods[at])

    def _plain(self, at: int) -> Iterator[tuple[Cell, float]]:
        """Yield the figures of a column that are typed without a sign or unit and not shown as percentages."""
        for row in self._headed.table.rows:
            value = row.values.get(at)
            if row.number > self._headed.row and (figure := plain_figure(value)) is not None:
                yield self._headed.table.cell(row.number, at), figure

    def __contains__(self, at: int) -> bool:
        """Whether the column at this position is counted in per cent."""
        return at in self._columns

    def read(self, at: int, value: RawValue) -> RawValue:
        """Return the share that a plain number stands for under such a heading; any other value as it is."""
        return in_percent(value) if at in self._converted else value

    def problems(self) -> Iterator[Problem]:
        """Ask once for each column whose figures may be shares or percentages."""
        for at in sorted(self._columns - self._converted):
            found = [(cell, value) for cell, value in self._plain(at) if value > 0]
            if found and self._column(at).asks_at_one:
                cell, value = found[0]
                yield p.SMALL_PERCENTAGE.at(
                    cell, text=exactly(value), read=_percent(100 * value), percent=_percent(value), count=len(found),
                    column=self._column(at).label,
                )  # fmt: skip
        for at in sorted(self._converted):
            figures = [(cell, value) for cell, value in self._plain(at) if value > 0]
            small = [(cell, value) for cell, value in figures if value <= 1]
            # Half a percent may be lost among 3 and 5; where most are that small, one above 1 stands among shares.
            if 2 * len(small) > len(figures):
                cell, value = small[0]
                yield p.MIXED_PERCENTAGES.at(
                    cell, text=exactly(value), read=_percent(value), percent=_percent(100 * value), count=len(small),
                    column=self._column(at).label,
                )  # fmt: skip


class Hidden:
    """Remembers which of the rows and columns that are read are hidden."""

    def __init__(self, headed: Headed) -> None:
        self._headed = headed
        unseen = headed.table.unseen
        self._rows, self._columns = unseen.rows, unseen.columns
        self._any = bool(self._rows or self._columns) and not headed.table.hidden
        self._met_rows: dict[int, None] = {}
        self._met_columns: dict[int, None] = {}

    def met(self, row: int, at: int) -> None:
        """Note that a value of this row and column is read."""
        if self._any:
            if row in self._rows:
                self._met_rows[row] = None
            elif at in self._columns and self._headed.fields.get(at) not in _REMARKS:
                self._met_columns[at] = None

    def problems(self) -> Iterator[Problem]:
        """Warn once of the rows and once of the columns."""
        table = self._headed.table
        if self._met_rows:
            first = min(self._met_rows)
            yield p.HIDDEN_ROWS.at(
                table.cell(first), sheet=table.sheet, rows=_runs(self._met_rows), count=len(self._met_rows)
            )
        if self._met_columns:
            names = {at: name for name, at in self._headed.places.items()}
            declared = columns(self._headed.declared)
            found = [(at, names[at]) for at in sorted(self._met_columns)]
            said = [declared[name].label if name in declared else as_written(name) for _, name in found]
            letters = [column_letters(at) for at, _ in found]
            yield p.HIDDEN_COLUMNS.at(
                table.cell(self._headed.row, found[0][0]), sheet=table.sheet,
                columns=_named(said, letters), count=len(found),
            )  # fmt: skip


def _named(labels: list[Label], letters: list[str]) -> Label:
    return Label(*(
        ", ".join(f"{label.to(language)} ({letter})" for label, letter in zip(labels, letters, strict=True))
        for language in ("en", "fr")
    ))  # fmt: skip


def _percent(value: float) -> Label:
    said = exactly(float(f"{value:.12g}"))
    return Label(f"{said.en}%", f"{said.fr}\u202f%")


_FEW = 12


def _runs(rows: Iterable[int]) -> Label:
    """Return row numbers in words, those that follow one another as a run: 4, 7 and 9 to 12."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    said: Mapping[str, list[str]] = {"to": [], "à": []}
    for word, parts in said.items():
        parts += [f"{a}" if a == b else f"{a} {word} {b}" for a, b in runs[:_FEW]]
        parts += ["…"] if len(runs) > _FEW else []
    return Label(_listed(said["to"], "and"), _listed(said["à"], "et"))


def _listed(parts: list[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"
