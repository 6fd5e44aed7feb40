"""Subtotals without the word: rows that leave a name blank and come to just what the rows above them come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from filiere.gather.apart.rounding import is_sum
from filiere.gather.cells.values import decimal_mark, read_number
from filiere.gather.headings import Columns
from filiere.names import tidy
from filiere.table import RawRow, RawValue

_NAMES = ("seller", "buyer", "party", "product")
_OF_ONE_ROW = ("date", "number", "year", "month", "season")
"""What is said of a delivery and of no sum."""
_FIGURES = ("quantity", "amount", "gross", "debit", "credit")


def unnamed_sums(columns: Columns, rows: Sequence[RawRow]) -> frozenset[int]:
    """Return the rows that sum up those above them and say it by a blank name alone.

    One row alone may repeat the one above it; it is a sum only in a table that sums up several rows elsewhere.
    """
    if len({row.number for row in rows}) < len(rows):
        return frozenset()  # rows made of one row's columns
    names = [columns.at[name] for name in _NAMES if name in columns.at]
    once = [columns.at[name] for name in _OF_ONE_ROW if name in columns.at]
    found = dict(_sums(rows, names, once, _Reader(columns, rows)))
    return frozenset(found) if any(count > 1 for count in found.values()) else frozenset()


class _Reader:
    """Reads the figures of rows, by the decimal sign of each column."""

    def __init__(self, columns: Columns, rows: Sequence[RawRow]) -> None:
        self.at = {name: columns.at[name] for name in _FIGURES if name in columns.at}
        held: Mapping[str, list[RawValue]] = {
            name: [row.values[at] for row in rows if at in row.values] for name, at in self.at.items()
        }
        mark = decimal_mark(value for values in held.values() for value in values)
        self.marks = {name: decimal_mark(values, mark) for name, values in held.items()}

    def __call__(self, row: RawRow) -> dict[str, float]:
        read = ((name, read_number(row.values.get(at), self.marks[name])[0]) for name, at in self.at.items())
        return {name: figure for name, figure in read if figure}


def _sums(rows: Sequence[RawRow], names: list[int], once: list[int], read: _Reader) -> Iterator[tuple[int, int]]:
    """Yield each row that sums up others, and how many: those since the last sum, else all of them."""
    block: list[RawRow] = []
    every: list[RawRow] = []
    for row in rows:
        told = read(row)
        if not told:
            continue
        if any(at in row.values for at in once) or all(_text(row, at) for at in names):
            block.append(row)
            every.append(row)
            continue
        own = {at: text for at in names if (text := _text(row, at))}
        for above in (_of_names(block, own), every if not own else []):
            if _comes_to(told, [read(one) for one in above]):
                yield row.number, len(above)
                block = []
                break
        else:
            block.append(row)
            every.append(row)


def _of_names(block: Sequence[RawRow], own: Mapping[int, str]) -> list[RawRow]:
    """Return the last rows of a block that bear the names given, or leave blank what stands above."""
    found: list[RawRow] = []
    for row in reversed(block):
        if any(_text(row, at) not in ("", text) for at, text in own.items()):
            break
        found.append(row)
    while found and any(not _text(found[-1], at) for at in own):
        del found[-1]
    return found[::-1]


def _comes_to(told: Mapping[str, float], above: Sequence[Mapping[str, float]]) -> bool:
    parts = {name: [one.get(name, 0.0) for one in above] for name in told}
    return bool(above) and all(is_sum(figure, sum(parts[name]), parts[name]) for name, figure in told.items())


def _text(row: RawRow, at: int) -> str:
    value = row.values.get(at)
    return tidy(str(value)) if isinstance(value, str | float) else ""
