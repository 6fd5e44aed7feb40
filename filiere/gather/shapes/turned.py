"""Tables whose headings stand in the first column: each further column is a row."""

from __future__ import annotations

from dataclasses import replace

from filiere.gather.headings import columns_of, find_columns
from filiere.table import RawRow, RawTable, RawValue

_MOST = 30


def turned(table: RawTable) -> RawTable:
    """Return a table with its headings in the first column as one with them in the first row; any other as it is.

    A text that stands alone on its row is a title, no heading.
    """
    found = find_columns(table)
    if (found is not None and not found.missing) or not 3 <= len(table.rows) <= _MOST:
        return table
    first = min(min(row.values) for row in table.rows if row.values)
    heads: dict[int, RawValue] = {at: value for at, row in enumerate(table.rows)
                                  if isinstance(value := row.values.get(first), str)
                                  and len(row.values) > 1}  # fmt: skip
    if len(heads) < 3 or columns_of(RawRow(1, heads)).missing:
        return table
    columns = sorted({at for row in table.rows for at in row.values} - {first})
    rows = [RawRow(first + 1, heads)]
    for at in columns:
        rows.append(RawRow(at + 1, {n: row.values[at] for n, row in enumerate(table.rows) if at in row.values}))
    return replace(table, rows=tuple(rows), widths={})
