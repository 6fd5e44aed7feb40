"""Keys that people share by, the price of the means, other values than accounts, and what is told beside."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from filiere.analysis.share import bill
from filiere.analysis.share.bill import Shared, share_workbook
from filiere.analysis.share.reach.values import Values, players_of
from filiere.analysis.share.rules import Rule
from filiere.analysis.share.sharing import share
from filiere.analysis.today.observe import read_with_today
from filiere.chain.chain import Chain
from filiere.problems import WorkbookError
from filiere.report.share.json import share_json
from filiere.report.share.words import ShareView, share_lines, to_the_whole
from filiere.solution.solution import Solution, Status
from filiere.solver.solve import solve
from tests.analysis.share.test_values import TWO_BUYERS
from tests.sheets import chain, workbook


def shared(markdown: str, **asked: str | float) -> Shared:
    return share_workbook(workbook(markdown), "reference", **asked)


def said(found: Shared, language: str = "en") -> str:
    view = ShareView(found.sharing, found.settings, language, found.beside, found.measure)
    return "\n".join(share_lines(view)).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(scope="module")
def two_buyers() -> Shared:
    return shared(TWO_BUYERS)


def test_outlays_of_today_are_a_key(two_buyers: Shared) -> None:
    # Today the canteen spends 8 × 5, the school 6 × 4, the farm nothing; 38 are shared.
    assert two_buyers.sharing.shares[Rule.OUTLAYS] == pytest.approx((0.0, 38 * 40 / 64, 38 * 24 / 64))
    assert Rule.TURNOVER not in two_buyers.sharing.shares  # nobody sells anything today
    assert Rule.USAGE not in two_buyers.sharing.shares


def test_use_of_shared_means_is_a_key() -> None:
    """The van belongs to the farm: the canteen takes 8 × 2 places and the school 2 × 2 of those it lends."""
    van = (
        TWO_BUYERS.replace("| apple | t |", "| apple | t | product | |\n    | place | h | service | 1 |")
        .replace("| product | unit |\n", "| product | unit | kind | price |\n", 1)
        .replace("| price | today |", "| price | today | uses | uses_quantity |")
        .replace("| 2 | 0 |", "| 2 | 0 | place | 2 |")
        .replace("| 8 |\n    | Dealer", "| 8 | | |\n    | Dealer")
        .replace("| apple | 4 | 6 |", "| apple | 4 | 6 | | |")
        .replace("| Farm | apple | 10 | 1 |", "| Farm | apple | 10 | 1 |\n    | Farm | place | 100 | 0 |")
    )
    found = shared(van)
    assert found.sharing.shares[Rule.USAGE] == pytest.approx((0.0, 38 * 16 / 20, 38 * 4 / 20))


OWEN = """
    ## Actors
    | actor | perimeter |
    | P1 | member |
    | P2 | member |
    | P3 | member |
    | Shop | external |
    ## Products
    | product | unit |
    | R1 | t |
    | R2 | t |
    | R3 | t |
    | one | t |
    | two | t |
    ## Offers
    | actor | product | maximum |
{offers}
    ## Processes
    | process | actor |
    | make one | P1 |
    | make one | P2 |
    | make one | P3 |
    | make two | P1 |
    | make two | P2 |
    | make two | P3 |
    ## Recipes
    | process | product | input | output |
    | make one | R1 | 0.25 | |
    | make one | R2 | 8 | |
    | make one | R3 | 4 | |
    | make one | one | | 1 |
    | make two | R1 | 0.1 | |
    | make two | R2 | 5 | |
    | make two | R3 | 6 | |
    | make two | two | | 1 |
    ## Links
    | from | to | product | price | today |
{links}
    ## Needs
    | actor | product | quantity |
{needs}
    ## Objectives
    | rank | objective |
    | 1 | unmet |
    | 2 | cost |
"""
RESOURCES = {"P1": (9, 260, 200), "P2": (5, 120, 200), "P3": (14, 590, 400)}


def owen_chain() -> str:
    """Three owners of three resources: each buys plenty of both goods today, at 200 and 150, and could make them."""
    offers = [f"    | {a} | R{i + 1} | {q} |" for a, has in RESOURCES.items() for i, q in enumerate(has)]
    links = [f"    | {a} | {b} | R{i} | 0 | 0 |" for a, b in permutations(RESOURCES, 2) for i in (1, 2, 3)]
    links += [
        f"    | Shop | {a} | {p} | {price} | 500 |" for a in RESOURCES for p, price in (("one", 200), ("two", 150))
    ]
    needs = [f"    | {a} | {p} | 500 |" for a in RESOURCES for p in ("one", "two")]
    return OWEN.format(offers="\n".join(offers), links="\n".join(links), needs="\n".join(needs))


def test_owens_game_to_its_printed_digits() -> None:
    """G. Owen, On the core of linear production games, Mathematical Programming 9 (1975) 358-370."""
    found = shared(owen_chain(), rule="owen")
    game = found.sharing.game
    assert game is not None
    published = {("P1",): 7000, ("P2",): 3600, ("P1", "P2"): 11000, ("P3",): 14000, ("P1", "P3"): 22091,
                 ("P2", "P3"): 19500, ("P1", "P2", "P3"): 26500}  # fmt: skip
    assert {game.names(s): round(game.values[s]) for s in range(1, 8)} == published
    assert found.sharing.shares[Rule.OWEN] == pytest.approx((7000.0, 4000.0, 15500.0), abs=1e-3)
    assert found.sharing.nobodys == pytest.approx(0.0, abs=1e-6)
    assert found.sharing.apart is not None and found.sharing.apart[Rule.OWEN] is None  # in the core, as tested
    assert share_json(ShareView(found.sharing, found.settings, "en"))["owen"]["P3"] == pytest.approx(15500.0, abs=1e-3)


def test_a_rule_that_nobody_owns_is_shared_equally_and_shown() -> None:
    """Farm's apples are worth 10 × 3 to all at the price of the scarce tonne, 10 of 14; a limit takes their place.

    With at most 8 t bought from the farm, the canteen's 8 t save 4 each: the limit alone is scarce for the school's.
    """
    limited = (
        TWO_BUYERS
        + """
    ## Limits
    | limit | measure | from | sense | value |
    | small | quantity | Farm | <= | 8 |
    """
    )
    found = shared(limited)
    # 8 t at 5 instead of 1; the ninth tonne would save the school 3: that is what the rule is worth, 8 × 3 in all.
    assert found.sharing.total == pytest.approx(32.0)
    assert found.sharing.nobodys == pytest.approx(24.0)
    assert sum(found.sharing.shares[Rule.OWEN]) == pytest.approx(32.0)


def test_whole_numbers_have_no_price() -> None:
    lots = TWO_BUYERS.replace("| price | today |", "| price | today | multiple |").replace("| 2 | 0 |", "| 2 | 0 | 1 |")
    with pytest.raises(WorkbookError) as refused:
        shared(
            lots.replace("| 8 |\n    | Dealer", "| 8 | |\n    | Dealer").replace("| 4 | 6 |", "| 4 | 6 | |"),
            rule="owen",
        )
    assert [p.code for p in refused.value.problems] == ["COA07"]


def test_another_value_than_accounts() -> None:
    found = shared(TWO_BUYERS, value="coût")
    # What the inside as a whole pays outside falls by the same amounts as the players' accounts here.
    assert found.sharing.total == pytest.approx(38.0)
    assert found.sharing.transfers == () and found.sharing.gains is None
    assert "What is shared is" in said(found)
    for unknown in ("circularity", "bonheur", "dependency"):
        with pytest.raises(WorkbookError) as refused:
            shared(TWO_BUYERS, value=unknown)
        assert [p.code for p in refused.value.problems] == ["COA10"]


def test_what_others_lose_is_told_first() -> None:
    """A local dealer buys at 3 and sells at 5 and 4: it loses 8 × 2 + 2 × 1 where the farm delivers 10 t."""
    local = TWO_BUYERS.replace("| Dealer | external | |", "| Dealer | local | |").replace(
        "| Farm | apple | 10 | 1 |", "| Farm | apple | 10 | 1 |\n    | Dealer | apple | 14 | 3 |"
    )
    found = shared(local)
    ((who, amount),) = found.beside.others
    assert (who.en, amount) == ("others of the territory", pytest.approx(-18.0))
    assert said(found).startswith("Besides, others of the territory lose 18 €")


def test_single_gains_are_the_same_whatever_the_order_of_rows() -> None:
    """Two farms alike could each serve the canteen; which one does is told apart by names, not by rows."""
    twins = TWO_BUYERS.replace("| Farm | member | land |", "| Farm | member | land |\n    | Field | member | land |")
    twins = twins.replace("| Farm | apple | 10 | 1 |", "| Farm | apple | 20 | 1 |\n    | Field | apple | 20 | 1 |")
    one = "| Farm | Canteen | apple | 2 | 0 |\n    | Farm | School | apple | 2 | 0 |"
    other = one.replace("Farm", "Field")
    orders = [twins.replace(one, f"{one}\n    {other}"), twins.replace(one, f"{other}\n    {one}")]
    gains = []
    for order in orders:
        read = read_with_today(workbook(order)).chain
        values = Values(read, players_of(read))
        gains.append(dict(zip(values.players, values.money.gains(values.today, values.plan_of_all()), strict=True)))
    assert gains[0] == pytest.approx(gains[1])
    assert sum(gains[0].values()) == pytest.approx(8 * 4 + 6 * 3)


def test_the_plan_beside_is_sought_within_the_time_too(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[float | None] = []

    def found_late(asked: Chain, time_limit: float | None = None) -> Solution:
        limits.append(time_limit)
        return replace(solve(asked), status=Status.TIME_LIMIT if time_limit else Status.OPTIMAL)

    monkeypatch.setattr(bill, "solve", found_late)
    # The plan of solve is the one that is shared, 38 better than today for all; one that ran out of time is not told.
    assert shared(TWO_BUYERS).beside.dearer == pytest.approx(0.0, abs=1e-6)
    assert shared(TWO_BUYERS, time_limit=60.0).beside.dearer is None
    assert limits == [None, 60.0]


def test_when_time_is_up_shares_are_estimated_and_it_is_said() -> None:
    asked: list[int] = []

    def value(coalition: int) -> float:
        asked.append(coalition)
        return float(coalition.bit_count() ** 2)

    found = share(tuple("ABCD"), value, late=lambda: len(asked) > 5)
    assert found.late is False or found.standard_error is not None
    assert found.game is None and found.core_empty is None
    assert found.orders == 2 and sum(found.shares[Rule.SHAPLEY]) == pytest.approx(16.0)
    late = share(tuple("ABCD"), lambda s: float(s == 15), late=lambda: True)
    assert late.late and late.orders == 2
    assert chain(TWO_BUYERS).has_today


FIELD = """
    ## Actors
    | actor | perimeter |
    | Field | local |
    | Canteen | member |
    | School | member |
    | Dealer | external |
    ## Products
    | product | unit |
    | apple | t |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Field | apple | 10 | 1 |
    ## Needs
    | actor | product | quantity |
    | Canteen | apple | 10 |
    | School | apple | 10 |
    ## Links
    | from | to | product | price | today |
    | Dealer | Canteen | apple | 5 | 10 |
    | Dealer | School | apple | 4 | 10 |
    | Field | Canteen | apple | 2 | 0 |
    | Field | School | apple | 2 | 0 |
"""


def test_two_members_and_one_spare_field_cannot_both_leave() -> None:
    """Alone the canteen saves 10 × 3 and the school 10 × 2; the ten tonnes are there once, so together they save 30."""
    found = shared(FIELD)
    game = found.sharing.game
    assert game is not None and found.sharing.players == ("Canteen", "School")
    assert [game.values[s] for s in (1, 2, 3)] == pytest.approx([30.0, 20.0, 30.0])
    # 30 + 20 for 30: the worst off lacks 10 at least.
    assert found.sharing.core_empty is True and found.sharing.epsilon == pytest.approx(10.0)
    text = said(found)
    assert "adds up to 50 €, more than all together: they count on the same means from outside" in text
    assert "as long as the others stay as they are" in text and "better than all together" not in text
    assert "ne le peuvent pas tous en même temps" in said(found, "fr")
    leaving = (found.sharing.apart or {})[Rule.SHAPLEY]
    # Shapley: 20 and 10; each lacks 10 of what it has alone.
    assert found.sharing.shares[Rule.SHAPLEY] == pytest.approx((20.0, 10.0))
    assert leaving is not None and leaving.while_others_stay and leaving.amount == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("amounts", "digits", "rounded"),
    [
        ([27_666.67, 27_666.67, 27_666.66], 0, [27_667, 27_667, 27_666]),
        ([20_750.5, 20_750.5, 20_750.5, 20_748.5], 0, [20_751, 20_751, 20_750, 20_748]),
        ([-0.6, 100.3, 0.3], 0, [0, 100, 0]),
        ([1.005, 2.004, 3.001], 2, [1.01, 2.0, 3.0]),
        ([5.0, 7.0], 0, [5, 7]),
    ],
)
def test_shares_add_up_to_the_whole_as_they_are_read(amounts: list[float], digits: int, rounded: list[float]) -> None:
    told = to_the_whole(amounts, digits)
    assert told == pytest.approx(rounded)
    assert sum(told) == pytest.approx(round(sum(amounts), digits))
