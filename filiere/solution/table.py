"""A table as columns of numbers side by side: what a recomputation reckons with, row by row alike in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Column = npt.NDArray[Any]


class Table:
    """Columns of one length by name. Nobody may change them: a table with other rows or columns is another one."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = dict(columns)

    @overload
    def __getitem__(self, asked: str) -> Column: ...

    @overload
    def __getitem__(self, asked: Column) -> Table: ...

    def __getitem__(self, asked: str | Column) -> Column | Table:
        """Return a column by its name, or the rows that flags or positions choose."""
        if isinstance(asked, str):
            return self._columns[asked]
        return Table({name: column[asked] for name, column in self._columns.items()})

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._columns)

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield the values of some columns, row by row."""
        return zip(*(self._columns[name].tolist() for name in names), strict=True)

    @property
    def frame(self) -> pd.DataFrame:
        """The same as a frame, for what groups and joins rows."""
        import pandas as pd

        return pd.DataFrame(self._columns)

    def assign(self, **columns: Any) -> Table:
        """Return the table with other or further columns; a single value stands in every row."""
        size = len(self)
        return Table(self._columns | {name: np.broadcast_to(column, size) for name, column in columns.items()})

    def only(self, *names: str) -> Table:
        """Return the table with some of its columns, in that order."""
        return Table({name: self._columns[name] for name in names})

    def renamed(self, **names: str) -> Table:
        """Return the table with other names of its columns: the former name is the new one."""
        return Table({names.get(name, name): column for name, column in self._columns.items()})


def distinct(keys: Table) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return where each distinct row of positions first stands, in their order, and which of these every row is."""
    code = np.zeros(len(keys), dtype=np.int64)
    for name in keys.names:
        code = code * (int(keys[name].max(initial=-1)) + 2) + keys[name] + 1
    _, first, which = np.unique(code, return_index=True, return_inverse=True)
    return first, which


def added_up(rows: Table, amount: str, *by: str) -> Table:
    """Return the sum of an amount for each distinct row of the columns ``by``, in their order."""
    keys = rows.only(*by)
    first, which = distinct(keys)
    return keys[first].assign(**{amount: np.bincount(which, weights=rows[amount], minlength=len(first))})


def below(*tables: Table) -> Table:
    """Return the rows of tables one below the other, with the columns of the first."""
    return Table({name: np.concatenate([table[name] for table in tables]) for name in tables[0].names})


def pairs(asking: Column, sorted_rows: Column) -> tuple[Column, Column]:
    """Return each of ``asking`` beside each row that has the same position: ``sorted_rows`` are in their order."""
    first, last = np.searchsorted(sorted_rows, asking), np.searchsorted(sorted_rows, asking, side="right")
    count = last - first
    one = np.repeat(np.arange(len(asking)), count)
    return one, np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count) + first[one]
