"""The reader under fire, in a few seconds; ``python -m tests.fuzz`` hunts for longer.

Two halves of one promise: what only looks different reads the same, and a figure that changes is never taken in
without a trace.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from filiere.chain.chain import Chain
from filiere.chain.parse.number import WrittenNumber
from filiere.chain.read import problems_of, read_chain
from filiere.problems import errors
from filiere.problems.assembling import SHOWN_UNIT
from filiere.schema import Reads, columns
from filiere.table import RawTable
from filiere.workbook.read.read import read_workbook
from tests.fuzz import targets
from tests.fuzz.dressing import DECLARED, dressed, essence
from tests.laws.draft import Draft
from tests.random_chains import drafts
from tests.sheets import workbook

EVERYTHING = workbook(targets.WORKBOOK)
WORDS = [word.encode() for word in targets.words()]


def read_again(tables: tuple[RawTable, ...], seed: int) -> Chain:
    with tempfile.TemporaryDirectory() as folder:
        return read_chain(read_workbook(dressed(tables, seed, Path(folder))))


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_what_looks_different_reads_the_same(seed: int) -> None:
    before, after = read_chain(EVERYTHING), read_again(EVERYTHING, seed)
    assert essence(after) == essence(before)
    told = [problem for problem in after.warnings if problem.kind is not SHOWN_UNIT]  # « € » beside a figure in tonnes
    assert len(told) == len(before.warnings)


@settings(max_examples=12)
@given(drafts(), st.integers(0, 2**32), st.sampled_from(("fr", "en")))
def test_any_workbook_reads_the_same_however_it_looks(draft: Draft, seed: int, language: str) -> None:
    tables = draft.raw(language)  # type: ignore[arg-type]
    assert essence(read_again(tables, seed)) == essence(read_chain(tables))


def figures(tables: tuple[RawTable, ...]) -> list[tuple[int, int, int]]:
    """Return where numbers stand in columns of numbers: sheet, row, column."""
    found = []
    for at, table in enumerate(tables):
        declared = DECLARED[table.sheet]
        named = {spelling: column for column in columns(declared).values() for spelling in column.spellings}
        heads = {column: named.get(str(text)) for column, text in table.rows[0].values.items()}
        for rank, row in enumerate(table.rows[1:], start=1):
            for column, value in row.values.items():
                head = heads.get(column)
                if isinstance(value, float) and (
                    head is None or head.reads in (Reads.NUMBER, Reads.INTEGER, Reads.ANY)
                ):
                    found.append((at, rank, column))
    return found


def with_figure(tables: tuple[RawTable, ...], place: tuple[int, int, int], value: float | str) -> tuple[RawTable, ...]:
    at, rank, column = place
    row = tables[at].rows[rank]
    rows = list(tables[at].rows)
    rows[rank] = replace(row, values={**row.values, column: value})
    return (*tables[:at], replace(tables[at], rows=tuple(rows)), *tables[at + 1 :])


def taken_in(tables: tuple[RawTable, ...]) -> tuple[object, object]:
    """Return what is made of a workbook: its problems, and what its chain says where it has no error."""
    found = problems_of(tables)
    problems = {(problem.code, problem.cell, problem.message("en")) for problem in found}
    return problems, None if errors(found) else essence(read_chain(tables))


BEFORE = taken_in(EVERYTHING)


@settings(max_examples=50)
@given(st.sampled_from(figures(EVERYTHING)), st.sampled_from((2.0, 0.5, 1.001, -1.0)))
def test_a_figure_that_changes_is_never_taken_in_without_a_trace(place: tuple[int, int, int], factor: float) -> None:
    at, rank, column = place
    value = EVERYTHING[at].rows[rank].values[column]
    assert isinstance(value, float)
    changed = value * factor if value * factor != value else value + 1.0
    assert taken_in(with_figure(EVERYTHING, place, changed)) != BEFORE


@settings(max_examples=40)
@given(st.sampled_from(figures(EVERYTHING)), st.sampled_from(("n.d.", "12 ?", "1.234", "douze", "5 bananas", "1e400")))
def test_what_is_no_sure_figure_is_never_taken_in_without_a_trace(place: tuple[int, int, int], text: str) -> None:
    assert taken_in(with_figure(EVERYTHING, place, text)) != BEFORE


# ---- anything at all


@st.composite
def mutated(draw: st.DrawFn, target: str) -> bytes:
    """A sound input with a few pieces left out, doubled, swapped for a word or for anything."""
    data = draw(st.sampled_from(targets.seeds(target)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(1, max(1, len(data) - 1)))
        size = draw(st.sampled_from((0, 1, 2, 5, 40)))
        piece = draw(
            st.one_of(
                st.sampled_from(WORDS), st.binary(max_size=6),
                st.just(data[start : start + size] * 2), st.integers().map(lambda n: str(n).encode()),
            )
        )  # fmt: skip
        data = data[:start] + piece + data[start + size :]
    return data


@settings(max_examples=100)
@given(mutated("part"))
def test_a_workbook_with_a_damaged_part(data: bytes) -> None:
    targets.part(data)


@settings(max_examples=40)
@given(mutated("edits"))
def test_a_workbook_with_anything_in_its_cells(data: bytes) -> None:
    targets.edits(data)


@settings(max_examples=200)
@given(mutated("cell"))
@example(b"\x00" + "1\u00a0234,5 t".encode())
def test_a_cell_with_any_text(data: bytes) -> None:
    targets.cell(data)


def test_the_checks_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that changes nothing is not accused; one that takes the first of two readings is."""
    assert taken_in(workbook(targets.WORKBOOK)) == BEFORE
    targets.numbers_kept("1.234")
    first = WrittenNumber((1.2,), "")
    monkeypatch.setattr(targets, "written_number", lambda _: first)
    with pytest.raises(AssertionError, match="is read as"):
        targets.numbers_kept("1.234")
