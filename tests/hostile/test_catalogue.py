"""Every hostile workbook ends as the catalogue says: refused with its cells, warned of, or read as if clean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from filiere.chain.chain import Chain
from filiere.chain.read import problems_of, read_chain
from filiere.language import Language
from filiere.names import fold
from filiere.problems import Problem, WorkbookError, errors
from filiere.schema import Row
from filiere.workbook.read.read import read_workbook
from tests.hostile.book import Format, bread
from tests.hostile.case import Case, Change, nothing
from tests.hostile.cases import CASES
from tests.hostile.files import packed, parts_of

_LANGUAGES: tuple[Language, ...] = ("fr", "en")


def test_the_catalogue_is_whole() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 200


def _runs() -> list[tuple[Case, Language, Format]]:
    """Return every case as French .xlsx and as English .ods; single texts take turns, to save time."""
    return [
        (case, language, case.formats[turn])
        for number, case in enumerate(CASES)
        for language, turn in ((_LANGUAGES[0], 0), (_LANGUAGES[1], -1))
        if not case.text or number % 2 == -turn
    ]


@pytest.mark.parametrize(("case", "language", "kind"), _runs(), ids=lambda one: getattr(one, "name", one))
def test_the_outcome_is_the_one_of_the_catalogue(case: Case, language: Language, kind: Format, tmp_path: Path) -> None:
    book = bread(language)
    case.change(book)
    expected = {(code, book.place(place)) for code, place in case.outcome.problems}
    path = tmp_path / f"book.{kind}"
    path.write_bytes(packed(parts_of(book, kind)))
    problems, chain = _read(path)
    assert {(problem.code, str(problem.cell or "")) for problem in problems} == expected
    if case.outcome.same_as is None:
        assert errors(problems)
    else:
        assert chain == _clean(language, case.outcome.same_as)


def _read(path: Path) -> tuple[list[Problem], Any]:
    """Return what check says of a file, and its chain where there is one, without the cells it came from."""
    try:
        raw = read_workbook(path)
    except WorkbookError as refused:
        return list(refused.problems), None
    problems = problems_of(raw)
    for problem in problems:
        for language in _LANGUAGES:
            assert problem.message(language)
            assert "{" not in problem.hint(language)
    return problems, None if errors(problems) else _without_cells(read_chain(raw))


def _without_cells(chain: Chain) -> Any:
    """Return a chain as plain values, without its cells; in the rows behind it names are compared as names are."""
    return _plain(replace(chain, warnings=(), sheets={}), fold_names=False)


def _plain(value: Any, fold_names: bool) -> Any:
    if isinstance(value, str):
        return fold(value) if fold_names else value
    if is_dataclass(value):
        names = fold_names or isinstance(value, Row)
        return tuple((f.name, _plain(getattr(value, f.name), names)) for f in fields(value) if f.compare)
    if isinstance(value, Mapping):
        return {key: _plain(one, fold_names) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_plain(one, fold_names) for one in value)
    return value


@cache
def _clean(language: Language, change: Change) -> Any:
    """Return the chain of a clean workbook, after a change that is no fault."""
    book = bread(language)
    change(book)
    path = _folder() / "clean.xlsx"
    path.write_bytes(packed(parts_of(book, "xlsx")))
    problems, chain = _read(path)
    assert chain is not None, problems
    return chain


@cache
def _folder() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp())


def test_the_workbook_to_spoil_is_clean() -> None:
    for language in _LANGUAGES:
        for kind in ("xlsx", "ods"):
            path = _folder() / f"base.{kind}"
            kinds: Format = "xlsx" if kind == "xlsx" else "ods"
            path.write_bytes(packed(parts_of(bread(language), kinds)))
            problems, chain = _read(path)
            assert problems == []
            assert chain == _clean(language, nothing)
