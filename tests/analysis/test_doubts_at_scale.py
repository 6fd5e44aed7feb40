"""Many figures of this year are doubted in one look at the chain's links."""

from dataclasses import replace

import pytest

from benchmarks.year import year
from filiere.analysis.today.figures import reached
from filiere.analysis.today.point import ranked
from filiere.analysis.today.reconciliation import Figure
from filiere.analysis.today.today import as_observed, today
from filiere.analysis.weighing import balances, causes
from filiere.analysis.weighing.balances import Balance
from filiere.analysis.weighing.causes import Causes
from filiere.analysis.weighing.doubts import doubts
from filiere.chain.chain import Chain
from filiere.solver.fit.freed import Blame
from tests.chain.bread import bread
from tests.sheets import chain

HANDS = [f"Mill{i}" for i in range(1, 13)]
ROW = chain(
    bread(
        Actors="\n".join(["| actor | perimeter |", *(f"| {name} | member |" for name in ("Farm", *HANDS))]),
        Processes="",
        Recipes="",
        Needs="",
        Links="\n".join(
            [
                "| from | to | product | today |",
                *(f"| {one} | {other} | wheat | 5 |" for one, other in zip(("Farm", *HANDS), HANDS, strict=False)),
            ]
        ),
    )
)
"""Wheat goes from the farm through twelve hands; the first figure lies between the farm and the first of them."""


def said(*off: Balance) -> str:
    first = next(e for e, link in enumerate(ROW.links) if link.from_ == "Farm")
    return Causes(ROW, off).why(Figure(first, None, "", None, 5.0, 0.1, 0.5, 4.0)).en


def lacking(hand: int, amount: float, told: bool = True) -> Balance:
    """An account of a hand that so much is missing of, worth a sentence of its own or not."""
    return Balance(f"Mill{hand}", "wheat", 10.0, 10.0 + amount, "missing_supplier" if told else None)


@pytest.mark.parametrize(
    ("off", "named"),
    [
        ((lacking(4, 1.0), lacking(3, 9.0, told=False)), [4]),  # 3 steps away, beside 2 and 3 for what is slight
        ((lacking(5, 1.0), lacking(2, 9.0, told=False)), [2, 5]),  # 4 steps, beside 1 and 3: the heaviest first
        ((lacking(9, 1.0),), [9]),  # 8 steps
        ((lacking(10, 1.0),), []),  # 9 steps are no cause
        ((lacking(9, 1.0, told=False),), [9]),
        ((lacking(10, 1.0, told=False),), []),
        ((lacking(10, 9.0), lacking(7, 1.0, told=False)), []),  # as far as each other, and the heavier is too far off
        ((), []),
    ],
)
def test_the_accounts_named_are_the_nearest_ones_the_heaviest_first(off: tuple[Balance, ...], named: list[int]) -> None:
    sentence = said(*off)
    at = [(sentence.index(f"Mill{hand} "), hand) for hand in range(1, 13) if f"Mill{hand} " in sentence]
    assert [hand for _, hand in sorted(at)] == named


def test_the_links_are_gone_through_once_for_all_moved_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    beside = causes._beside
    monkeypatch.setattr(causes, "_beside", lambda of: asked.append(of) or beside(of))
    of = year(120)
    plan = today(of).plan
    assert plan is not None
    found = doubts(of, tuple(reached(of, plan)))
    assert found is not None and len(found.bent) > 5
    assert len(asked) == 1


def test_a_cause_of_which_the_chain_has_nothing_is_not_solved_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost nor limited there: the accounts are the same without, and so is what they lack."""
    of, solved = replace(year(120), storages={}), list[Chain]()
    assert not any(link.loss or link.maximum for link in of.links)
    once = balances._solved
    monkeypatch.setattr(balances, "_solved", lambda elastic: solved.append(elastic.chain) or once(elastic))
    rows = balances.accounts(of).rows
    assert {row.cause for row in rows} - {None}
    assert len(solved) == 2  # as typed, and without calendars


def test_what_one_figure_explains_is_sought_from_where_all_figures_ended() -> None:
    of = year(120)
    plan = today(of).plan
    assert plan is not None
    blame = Blame(ranked(as_observed(of)))

    def pivots() -> int:
        return int(blame._session._highs.getInfo().simplex_iteration_count)

    at_first = pivots()
    moved = [figure.link for figure in reached(of, plan) if figure.correction and figure.link is not None]
    after = [pivots() for _ in blame.explained(moved[:12])]
    assert len(after) == 12 and sum(after) < at_first
