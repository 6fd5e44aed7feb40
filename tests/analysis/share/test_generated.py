"""Beyond twelve players: groups that would do better apart are found, and an empty core is proved by them."""

from __future__ import annotations

import pytest

from filiere.analysis.share.generated import generated
from filiere.analysis.share.rules import Rule
from filiere.analysis.share.sharing import share

PLAYERS = tuple("ABCDEFGHIJKLMN")
FULL = (1 << 14) - 1


def majority(coalition: int) -> float:
    """More than half of fourteen get all there is: whatever the shares, some eight get 8/14 and could have 1."""
    return float(coalition.bit_count() >= 8)


def additive(coalition: int) -> float:
    return float(sum(i + 1 for i in range(14) if coalition >> i & 1))


def test_an_empty_core_of_fourteen_is_proved_by_the_groups_found() -> None:
    found = share(PLAYERS, majority)
    assert found.core_empty is True and found.game is None
    # No more than what all groups of eight ask: 1 − 8/14.
    assert found.epsilon is not None and 0.0 < found.epsilon <= 6 / 14 + 1e-9
    assert found.apart is not None
    leaving = found.apart[Rule.EQUAL]
    assert leaving is not None and leaving.coalition.bit_count() == 8
    assert leaving.amount == pytest.approx(1 - 8 / 14)


def test_where_nobody_would_do_better_apart_nothing_is_claimed() -> None:
    found = share(PLAYERS, additive)
    assert found.core_empty is None and found.epsilon is None
    assert found.shares[Rule.SHAPLEY] == pytest.approx([i + 1 for i in range(14)])
    assert found.apart is not None and found.apart[Rule.SHAPLEY] is None
    # In equal parts those above the mean of 7.5 would leave: H to N reach 77 and get 7 × 7.5.
    leaving = found.apart[Rule.EQUAL]
    assert leaving is not None and leaving.amount <= 77 - 7 * 7.5 + 1e-9
    assert leaving.amount == pytest.approx(additive(leaving.coalition) - 7.5 * leaving.coalition.bit_count())


def test_a_group_that_is_better_than_any_known_is_looked_for_around_them() -> None:
    """A and B reach 10 together, all reach 10; only single players are known at first."""

    def pair(coalition: int) -> float:
        return 10.0 if coalition & 0b11 == 0b11 else 0.0

    found = generated(14, pair, {1: 0.0, 2: 0.0, FULL: 10.0})
    assert found.epsilon == pytest.approx(0.0, abs=1e-9)
    leaving = found.apart((0.0, 0.0, *([10 / 12] * 12)))
    assert leaving is not None and leaving.coalition & 0b11 == 0b11 and leaving.amount > 9.0
