from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from filiere.workbook.read.merged import Merge, uncover


def test_only_the_upper_left_value_stays() -> None:
    rows = {1: {0: "a", 1: "b"}, 2: {0: "c"}, 3: {0: "d"}}
    assert uncover(rows, [Merge(1, 0, 2, 1)]) == [(1, 1), (2, 0)]
    assert rows == {1: {0: "a"}, 3: {0: "d"}}


@st.composite
def _disjoint(draw: st.DrawFn) -> list[Merge]:
    merges: list[Merge] = []
    for _ in range(draw(st.integers(0, 6))):
        top, left = draw(st.integers(1, 8)), draw(st.integers(0, 8))
        new = Merge(top, left, top + draw(st.integers(0, 4)), left + draw(st.integers(0, 4)))
        if not any(
            new.top <= m.bottom and m.top <= new.bottom and new.left <= m.right and m.left <= new.right for m in merges
        ):
            merges.append(new)
    return merges


@given(_disjoint(), st.sets(st.tuples(st.integers(1, 12), st.integers(0, 12))))
def test_it_agrees_with_looking_at_every_cell(merges: list[Merge], filled: set[tuple[int, int]]) -> None:
    rows: dict[int, dict[int, str | float]] = {}
    for row, column in filled:
        rows.setdefault(row, {})[column] = "x"
    covered = sorted(
        (row, column)
        for row, column in filled
        for m in merges
        if m.top <= row <= m.bottom and m.left <= column <= m.right and (row, column) != (m.top, m.left)
    )
    assert uncover(rows, merges) == covered
    assert {(r, c) for r, values in rows.items() for c in values} == filled - set(covered)
