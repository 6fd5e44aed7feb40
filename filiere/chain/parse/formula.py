"""The one formula that is understood even when its value is missing: the template's own.

Programs that write workbooks without computing them drop every formula's value. The template turns a yearly
total into a figure per unit of activity with a formula in hundreds of rows, nearly all of them waiting empty;
a workbook saved by such a program must not be refused for that.
"""

from __future__ import annotations

import re

from filiere.table import RawRow, RawValue, Uncomputed

_WRITTEN = re.compile(
    r'=?IF\(OR\(\$?(?P<total>[A-Z]+)\$?(?P<row>\d+)="",N\(\$?(?P<level>[A-Z]+)\$?(?P=row)\)=0\),"",'
    r"\$?(?P=total)\$?(?P=row)/\$?(?P=level)\$?(?P=row)\)",
    re.IGNORECASE,
)
"""A yearly total over a yearly level, blank as long as either is."""


def evaluated(value: RawValue, row: RawRow) -> RawValue:
    """Return what the template's formula gives in its row, blank being ``""``; any other value as it is.

    Where the total stands but the level was not computed either, the value stays uncomputed.
    """
    if not isinstance(value, Uncomputed):
        return value
    formula = _WRITTEN.fullmatch(re.sub(r"\s", "", value.formula))
    if formula is None or int(formula["row"]) != row.number:
        return value
    total, level = (row.values.get(_column(formula[name])) for name in ("total", "level"))
    if total is None or total == "":
        return ""
    if isinstance(total, float) and isinstance(level, float) and not isinstance(total, bool):
        return total / level if level else ""
    return value


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
