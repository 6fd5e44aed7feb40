"""Ranks held at the least that they could come to: what that leaves is what optimising them one by one leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from filiere.solver.programme.compile import Function, Programme
from filiere.solver.ranks.hoped import hold_hoped
from filiere.solver.ranks.step import RankError, Step
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.known import Cases
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session
from tests.solver.test_session import INF, function, programme

SOURCES = programme([([1.0, 1.0, 1.0, 1.0], 10.0, INF)], [6.0, 6.0, 9.0, INF])
"""10 from three sources, or it is missed."""
MISSED, FAR, COST = function(0.0, 0.0, 0.0, 1.0), function(0.0, 0.0, 1.0, 0.0), function(1.0, 2.0, 3.0, 0.0)


def _steps(functions: list[Function]) -> list[Step]:
    return [Step(number, str(number), one) for number, one in enumerate(functions)]


def _reached(programme: Programme, functions: list[Function], cases: Cases | None) -> list[float] | Answer:
    """What each function comes to in the last plan, or why there is none."""
    try:
        ended = hold_hoped(Search(Session(programme), known=cases), _steps(functions))
    except RankError as error:
        return error.answer
    return [one.at(ended[-1].columns) for one in functions]


def _noted(programme: Programme, functions: list[Function]) -> Cases:
    cases = Cases()
    with cases.noting():
        _reached(programme, functions, cases)
    return cases


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the steps that were optimised one by one."""
    names, one_by_one = list[str](), Step.proved

    def counted(self: Step, search: Search) -> object:
        names.append(self.name)
        return one_by_one(self, search)

    monkeypatch.setattr(Step, "proved", counted)
    return names


@pytest.mark.parametrize("whole", [False, True])
def test_what_stays_as_it_was_is_not_optimised(whole: bool, proved: list[str]) -> None:
    """Without the first source, 10 are had from the second and third; nothing is missed."""
    of_units = replace(SOURCES, whole=np.full(4, whole))
    cases = _noted(of_units, [MISSED, COST])
    proved.clear()
    lost = replace(of_units, column_upper=np.array([0.0, 6.0, 9.0, INF]))
    assert _reached(lost, [MISSED, COST], cases) == pytest.approx([0.0, 24.0])
    assert proved == []
    assert _reached(lost, [MISSED, COST], None) == pytest.approx([0.0, 24.0])
    assert proved == ["0", "1"]


def test_what_gets_worse_is_optimised(proved: list[str]) -> None:
    """Without the first two 1 is missed; only from far away is nothing missed without the first and third."""
    cases = _noted(SOURCES, [MISSED, FAR, COST])
    proved.clear()
    lost = replace(SOURCES, column_upper=np.array([0.0, 0.0, 9.0, INF]))
    assert _reached(lost, [MISSED, FAR, COST], cases) == pytest.approx([1.0, 9.0, 27.0])
    assert proved[0] == "0"
    proved.clear()
    lost = replace(SOURCES, column_upper=np.array([0.0, 6.0, 9.0, INF]))
    assert _reached(lost, [MISSED, FAR, COST], cases) == pytest.approx([0.0, 4.0, 24.0])
    assert proved == ["2"]  # far away is what proves that nothing is missed


@pytest.mark.parametrize(("whole", "runs"), [(False, 1), (True, 2)])
def test_where_nothing_is_whole_a_step_is_run_once(whole: bool, runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three ranks are hoped for, and a fourth proves them: at first with the whole numbers that are told, if any."""
    of_units = replace(SOURCES, whole=np.array([whole, False, False, False]))
    ranks = [MISSED, FAR, function(0.0, 1.0, 0.0, 0.0), COST]
    cases, asked, minimise = _noted(of_units, ranks), list[Function](), Session.minimise

    def counted(session: Session, function: Function, *others: object, **named: object) -> Outcome:
        asked.append(function)
        return minimise(session, function, *others, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "minimise", counted)
    lost = replace(of_units, column_upper=np.array([6.0, 5.0, 9.0, INF]))
    assert _reached(lost, ranks, cases) == pytest.approx([0.0, 0.0, 4.0, 14.0])
    assert len(asked) == runs


def test_where_there_is_no_plan_that_is_told() -> None:
    cases = _noted(SOURCES, [MISSED, COST])
    assert _reached(replace(SOURCES, column_upper=np.full(4, 2.0)), [MISSED, COST], cases) is Answer.TROUBLE


def test_the_price_of_a_row_that_is_given_up_goes_to_its_columns() -> None:
    """10 at a price of 1 each; without the row, nothing is asked for, and the prices say so."""
    sources, cost = programme([([1.0, 1.0], 10.0, INF), ([0.0, 1.0], 3.0, INF)], [30.0, 30.0]), function(1.0, 2.0)
    session = Session(sources)
    priced = session.priced(cost, session.minimise(cost))
    assert priced is not None and session.least(priced, cost) == pytest.approx(13.0)
    session.load(replace(sources, row_lower=np.array([-INF, 3.0])))
    session.begin()
    assert session.least(priced, cost) == pytest.approx(3.0)


@pytest.mark.parametrize("seed", range(12))
def test_ranks_come_to_what_they_come_to_one_by_one(seed: int) -> None:
    """Three yes/no columns and five others, three rows, four ranks; again and again with columns and rows lost."""
    chance = np.random.default_rng(seed)
    rows = [(chance.integers(1, 9, 8).astype(float).tolist(), float(chance.integers(5, 20)), INF) for _ in range(3)]
    chain = replace(programme(rows, [1.0] * 3 + [4.0] * 5), whole=np.arange(8) < 3)
    ranks = [Function(chance.integers(0, 4, 8) * (chance.random(8) < 0.4), 0.0) for _ in range(3)]
    ranks.append(Function(chance.integers(1, 9, 8).astype(float), 0.0))
    cases = _noted(chain, ranks)
    for _ in range(10):
        kept, free = chance.random(8) > 0.3, chance.random(3) < 0.2
        lost = replace(
            chain, column_upper=chain.column_upper * kept, row_lower=np.where(free, -INF, chain.row_lower)
        )  # fmt: skip
        alone, found = (_reached(lost, ranks, known) for known in (None, cases))
        assert found == (alone if isinstance(alone, Answer) else pytest.approx(alone, abs=1e-6))


def test_what_stands_is_not_asked_of_the_whole_numbers_tried_first_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """10 from three sources, the third opened: its rank stands so, and is the first bound of the search after it."""
    opened = replace(SOURCES, whole=np.array([False, False, True, False]))
    search = Search(Session(opened), incumbent=np.array([9.0]))
    asked = list[Function]()
    minimise = Session.minimise

    def counted(session: Session, function: Function, *others: object, **named: object) -> Outcome:
        asked.append(function)
        return minimise(session, function, *others, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "minimise", counted)
    cost = function(1.0, 2.0, 3.0, 9.0)
    stood = search.stands(cost, search.session.start)
    assert stood is not None and cost.at(stood.columns) == pytest.approx(28.0)  # 1 at 1, and the 9 at 3
    found = search.minimise(cost)
    assert cost.at(found.columns) == pytest.approx(14.0)  # 6 at 1 and 4 at 2
    assert len(asked) == 3  # what stands, all cases as one, and the whole numbers of their best
