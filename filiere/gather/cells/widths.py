"""How many fields the lines of a text have: one with more or fewer than its headings holds shifted values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from filiere.gather.headings import Columns
from filiere.table import RawRow, RawTable

_SEPARATORS = ";,\t|"


class Widths:
    """The fields of the lines of one table."""

    def __init__(self, table: RawTable, columns: Columns, rows: Sequence[RawRow]) -> None:
        self.widths, self.top = table.widths, columns.row
        sizes = Counter(table.widths.get(row.number, 0) for row in rows)
        most = max(sizes.values(), default=0)
        self.usual = max((width for width, count in sizes.items() if count == most), default=0)

    def off(self, row: RawRow) -> tuple[int, int] | None:
        """Return the fields found and expected of a line whose values are shifted."""
        found, expected = self.widths.get(row.number), self.widths.get(self.top)
        if found is None or expected is None or found == expected:
            return None
        lone = next(iter(row.values.values())) if len(row.values) == 1 else None
        if found == 1 and isinstance(lone, str) and any(lone.count(sign) == expected - 1 for sign in _SEPARATORS):
            return found, expected
        if found < expected and (self.usual != expected or len(row.values) < 3):
            return None
        if found > expected and found == self.usual and found == expected + 1 and max(row.values) < expected:
            return None
        return found, expected
