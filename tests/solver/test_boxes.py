"""Bounds that no plan comes near, of a programme that allows no more than one of which they are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from filiere.solver.programme.scales import Boxes, boxes_of
from filiere.solver.session.session import Session
from tests.solver.test_session import INF, function, programme

CHAIN = replace(
    programme([([1.0, -1.0, 0.0], -INF, 0.0), ([0.0, 2.0, 1.0], -INF, 12.0)], [INF, INF, INF]),
    whole=np.array([False, False, True]),
)
"""The first is no more than the second, of which six and twelve of the third are to be had."""


def _known() -> Boxes:
    found = boxes_of(CHAIN)
    assert found is not None
    assert found.most == pytest.approx([6.0, 6.0, 12.0])
    return found


def test_what_allows_less_has_smaller_ones() -> None:
    for other in (
        replace(CHAIN, column_upper=np.array([INF, 2.0, INF])),
        replace(CHAIN, row_upper=np.array([0.0, 4.0])),
    ):
        found = _known().within(other)
        assert found is not None
        assert found.most[:2] == pytest.approx([2.0, 2.0])


@pytest.mark.parametrize("upper", [[0.0, 12.0], [0.0, INF]])
def test_a_row_that_leaves_more_to_columns_that_are_lost_changes_nothing(upper: list[float]) -> None:
    lost = replace(CHAIN, row_upper=np.array(upper), column_upper=np.array([INF, 0.0, 0.0]))
    found = _known().within(lost)
    assert found is not None
    assert found.most == pytest.approx([0.0, 0.0, 0.0])


def test_what_allows_more_has_others() -> None:
    narrow = replace(CHAIN, column_upper=np.array([3.0, INF, INF]))
    known = boxes_of(narrow)
    assert known is not None
    assert known.within(CHAIN) is None
    assert known.within(replace(narrow, row_upper=np.array([0.0, 13.0]))) is None
    assert known.within(replace(narrow, row_lower=np.array([-INF, 1.0]))) is not None


def test_a_plan_of_a_programme_that_allows_more_is_found_in_the_same_session() -> None:
    session, most = Session(CHAIN), function(-1.0, 0.0, 0.0)
    for upper, reached in ((12.0, 6.0), (2.0, 1.0), (1e6, 5e5), (12.0, 6.0)):
        session.load(replace(CHAIN, row_upper=np.array([0.0, upper])))
        session.begin()
        assert session.minimise(most).columns[0] == pytest.approx(reached)
