"""Who pays whom: the least money, then the fewest payments."""

from __future__ import annotations

import random

import pytest

from filiere.analysis.share.transfers import Transfer, transfers


def settle(lacks: dict[str, float]) -> tuple[Transfer, ...]:
    return transfers(dict.fromkeys(lacks, 0.0), lacks, 1e-9)


def test_two_who_settle_among_themselves_save_a_payment() -> None:
    # The largest to the largest would take four: A pays C 5, B pays D 4, A pays E 2, B pays E 1.
    # A's 7 is what D and E lack, B's 5 what C lacks: three payments.
    found = settle({"A": -7.0, "B": -5.0, "C": 5.0, "D": 4.0, "E": 3.0})
    assert set(found) == {Transfer("A", "D", 4.0), Transfer("A", "E", 3.0), Transfer("B", "C", 5.0)}


def test_nobody_moves_money_where_all_have_what_they_get() -> None:
    assert transfers({"A": 3.0, "B": 4.0}, {"A": 3.0, "B": 4.0}, 1e-9) == ()


def test_shares_and_gains() -> None:
    found = transfers({"Farm": 90.0, "Dairy": 0.0, "Baker": 0.0}, {"Farm": 30.0, "Dairy": 20.0, "Baker": 40.0}, 1e-9)
    assert found == (Transfer("Farm", "Baker", 40.0), Transfer("Farm", "Dairy", 20.0))


@pytest.mark.parametrize("size", [5, 12, 18])
def test_all_get_their_share_and_no_more_money_moves_than_is_lacking(size: int) -> None:
    draw = random.Random(size)
    amounts = [draw.randint(-50, 50) for _ in range(size - 1)]
    lacks = {f"P{i}": float(amount) for i, amount in enumerate([*amounts, -sum(amounts)])}
    found = settle(lacks)
    for name, lack in lacks.items():
        got = sum(p.amount for p in found if p.to == name) - sum(p.amount for p in found if p.from_ == name)
        assert got == pytest.approx(lack)
    assert sum(p.amount for p in found) == pytest.approx(sum(v for v in lacks.values() if v > 0))
    assert len(found) < size
