"""Merged cells: only the upper left value of a merged range is seen, so only that one is read."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from filiere.table import RawValue
from filiere.workbook.read.bounds import Tally


class Merge(NamedTuple):
    """A merged range: rows count from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def held_below(
    rows: Mapping[int, Mapping[int, RawValue]], merges: Iterable[Merge], tally: Tally
) -> dict[int, dict[int, int]]:
    """Return where the merged cells that reach over filled rows begin: row → column → the row above.

    A value holds in the leftmost column of its range: that is where it is seen, whatever the range's width.
    """
    found: dict[int, dict[int, int]] = {}
    numbers = sorted(rows)
    for merge in merges:
        if merge.bottom == merge.top or merge.left not in rows.get(merge.top, {}):
            continue
        below = numbers[bisect_right(numbers, merge.top) : bisect_right(numbers, merge.bottom)]
        tally.claim(len(below))
        for number in below:
            found.setdefault(number, {})[merge.left] = merge.top
    return found


def uncover(rows: dict[int, dict[int, RawValue]], merges: Iterable[Merge]) -> list[tuple[int, int]]:
    """Take the values that merged cells hide out of ``rows``; return their places, in order.

    One pass over the filled rows with the ranges that reach each of them, so that neither tall ranges nor
    many of them cost more than their number. Ranges do not overlap in a sound file.
    """
    waiting = sorted(merges, reverse=True)
    active: list[tuple[int, int, int]] = []
    ending: list[tuple[int, tuple[int, int, int]]] = []
    hidden: list[tuple[int, int]] = []
    for number in sorted(rows) if waiting else ():
        while waiting and waiting[-1].top <= number:
            merge = waiting.pop()
            if merge.bottom >= number:
                span = (merge.left, merge.right, merge.top)
                insort(active, span)
                heapq.heappush(ending, (merge.bottom, span))
        while ending and ending[0][0] < number:
            active.pop(bisect_left(active, heapq.heappop(ending)[1]))
        if active:
            values = rows[number]
            covered = [column for column in values if _covered(active, number, column)]
            for column in sorted(covered):
                del values[column]
                hidden.append((number, column))
            if not values:
                del rows[number]
    return hidden


def _covered(active: list[tuple[int, int, int]], row: int, column: int) -> bool:
    before = bisect_right(active, (column, 1 << 30, 0)) - 1
    if before < 0:
        return False
    left, right, top = active[before]
    return column <= right and (row, column) != (top, left)
