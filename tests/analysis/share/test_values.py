"""What coalitions of a small chain gain, worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from filiere.analysis.share.reach.values import Values, players_of
from filiere.chain.chain import Chain
from filiere.problems import WorkbookError
from filiere.solver.programme.compile import Function
from filiere.solver.session.answer import Answer
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session
from tests.sheets import chain

TWO_BUYERS = """
    ## Actors
    | actor | perimeter | group |
    | Farm | member | land |
    | Canteen | member | kitchens |
    | School | member | kitchens |
    | Dealer | external | |
    ## Products
    | product | unit |
    | apple | t |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | apple | 10 | 1 |
    ## Needs
    | actor | product | quantity |
    | Canteen | apple | 8 |
    | School | apple | 6 |
    ## Links
    | from | to | product | price | today |
    | Dealer | Canteen | apple | 5 | 8 |
    | Dealer | School | apple | 4 | 6 |
    | Farm | Canteen | apple | 2 | 0 |
    | Farm | School | apple | 2 | 0 |
"""


def two_buyers() -> Chain:
    return chain(TWO_BUYERS)


def test_each_coalition_gains_what_its_own_links_save() -> None:
    read = two_buyers()
    players = players_of(read)
    assert tuple(players) == ("Farm", "Canteen", "School")
    values = Values(read, players)
    farm, canteen, school = 1, 2, 4
    # Alone nobody can change anything: the dealer's price is what it is.
    assert [values.value(s) for s in (farm, canteen, school, canteen | school)] == pytest.approx([0, 0, 0, 0])
    # Farm's apples cost 1: 8 t for 5 save 32, 6 t for 4 save 18.
    assert values.value(farm | canteen) == pytest.approx(32.0)
    assert values.value(farm | school) == pytest.approx(18.0)
    # 10 t for both: 8 t save 4 each, 2 t save 3 each.
    assert values.value(farm | canteen | school) == pytest.approx(38.0)


def test_gains_in_the_plan_of_all_are_read_off_the_accounts() -> None:
    read = two_buyers()
    values = Values(read, players_of(read))
    # Farm sells 10 t at 2 for 1; the canteen saves 3 on 8 t, the school 2 on 2 t.
    assert values.money.gains(values.today, values.plan_of_all()) == pytest.approx((10.0, 24.0, 4.0))
    assert sum(values.money.gains(values.today, values.plan_of_all())) == pytest.approx(values.value(7))
    assert values.money.turnover(values.today) == pytest.approx((0.0, 0.0, 0.0))


def test_a_closing_rank_that_numbers_fail_leaves_the_plan_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A valid workbook ended with "numbers defeat the solver" for the sake of a rank that only tells equal plans apart."""
    read = two_buyers()
    values, minimise = Values(read, players_of(read)), Session.minimise
    last = values.programme.functions["by_name"]

    def fails(self: Session, function: Function, *others: Any, **named: Any) -> Outcome:
        failed = Outcome(Answer.TROUBLE, np.empty(0))
        return failed if function is last else minimise(self, function, *others, **named)

    monkeypatch.setattr(Session, "minimise", fails)
    assert values.money.gains(values.today, values.plan_of_all()) == pytest.approx((10.0, 24.0, 4.0))


def test_a_larger_coalition_never_gains_less() -> None:
    read = two_buyers()
    values = Values(read, players_of(read))
    for coalition in range(8):
        for player in range(3):
            assert values.value(coalition) <= values.value(coalition | 1 << player) + 1e-7


def test_a_group_acts_as_one_and_others_stay() -> None:
    read = two_buyers()
    players = players_of(read, ["Farm", "kitchens"])
    assert players == {"Farm": {"Farm"}, "kitchens": {"Canteen", "School"}}
    assert Values(read, players).value(3) == pytest.approx(38.0)
    with pytest.raises(KeyError):
        players_of(read, ["Baker"])


def test_without_a_today_there_is_nothing_to_compare_with() -> None:
    read = chain(TWO_BUYERS.replace("| price | today |", "| price | note |"))
    with pytest.raises(WorkbookError):
        Values(read, players_of(read))
