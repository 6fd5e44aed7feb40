"""Beyond twelve players: core and nucleolus from the coalitions that contest them, against every coalition at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from filiere.analysis.share.contested import ListedGroups, apart_from, contested, excess_beyond
from filiere.analysis.share.core import apart, least_core
from filiere.analysis.share.game import Game
from filiere.analysis.share.listed import completed
from filiere.analysis.share.nucleolus import Levels, has_imputations, kohlberg, nucleolus
from filiere.analysis.share.reach.contesting import ChainGroups
from filiere.analysis.share.reach.values import Values, players_of
from filiere.analysis.share.rules import Rule
from filiere.analysis.share.sharing import share
from tests.analysis.share.test_games import convex, drawn
from tests.sheets import chain

PLAYERS = tuple("ABCDEFGHIJKLMN")
Value = Callable[[int], float]


def majority(coalition: int) -> float:
    """More than half of fourteen get all there is: whatever the shares, some eight get 8/14 and could have 1."""
    return float(coalition.bit_count() >= 8)


def additive(coalition: int) -> float:
    return float(sum(i + 1 for i in range(14) if coalition >> i & 1))


@dataclass
class Every:
    """Every coalition, asked once: what contests most comes first, two at a time."""

    size: int
    value: Value
    asked: int = 0
    worth: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.groups = np.arange(1, (1 << self.size) - 1)
        self.worth = np.array([self.value(int(s)) for s in self.groups])

    def contesting(self, found: Levels, near: float, late: Callable[[], bool]) -> Mapping[int, float] | None:
        if late():
            return None
        beyond = excess_beyond(found, self.groups, self.worth)
        worst = [i for i in np.argsort(-beyond)[:2] if beyond[i] > near]
        self.asked += len(worst)
        return {int(self.groups[i]): float(self.worth[i]) for i in worst}


def orchard(seed: int) -> str:
    """Three farms, one of which could build a press, three canteens, and the dealer that they buy from today."""
    draw = random.Random(seed)
    farms, canteens = ("Farm A", "Farm B", "Farm C"), ("Canteen A", "Canteen B", "Canteen C")
    dear = {one: draw.randint(4, 8) for one in canteens}
    wanted = {one: draw.randint(3, 9) for one in canteens}
    offers = [f"| {one} | apple | {draw.randint(3, 12)} | {draw.randint(1, 3)} |" for one in farms]
    needs = [f"| {one} | apple | {wanted[one]} |" for one in canteens]
    needs += [f"| {one} | juice | 2 |" for one in canteens]
    links = [f"| Dealer | {one} | apple | {dear[one]} | {wanted[one]} |" for one in canteens]
    links += [f"| Dealer | {one} | juice | 20 | 2 |" for one in canteens]
    links += [f"| {farm} | {one} | apple | {draw.randint(2, 4)} | 0 |" for farm in farms for one in canteens]
    links += [f"| Farm A | {one} | juice | 9 | 0 |" for one in canteens] + ["| Farm B | Farm A | apple | 2 | 0 |"]
    lines = [
        "## Actors", "| actor | perimeter |", *(f"| {one} | member |" for one in (*farms, *canteens)),
        "| Dealer | external |", "## Products", "| product | unit |", "| apple | t |", "| juice | t |",
        "## Processes", "| process | actor | status | capacity | investment |",
        f"| press | Farm A | candidate | 10 | {draw.randint(10, 40)} |", "## Recipes",
        "| process | product | input | output |", "| press | apple | 2 | |", "| press | juice | | 1 |",
        "## Offers", "| actor | product | maximum | unit_cost |", *offers, "## Needs",
        "| actor | product | quantity |", *needs, "## Links", "| from | to | product | price | today |", *links,
    ]  # fmt: skip
    return "\n".join(lines)


def test_an_empty_core_of_fourteen_is_proved_with_its_least_core() -> None:
    found = share(PLAYERS, majority, groups=Every(14, majority))
    assert found.core_empty is True and found.game is None
    assert found.epsilon == pytest.approx(6 / 14)  # eight get 8/14 and could have 1
    assert found.shares[Rule.NUCLEOLUS] == pytest.approx((1 / 14,) * 14)
    assert found.apart is not None
    leaving = found.apart[Rule.EQUAL]
    assert leaving is not None and leaving.coalition.bit_count() == 8
    assert leaving.amount == pytest.approx(1 - 8 / 14)


def test_where_nobody_would_do_better_apart_the_core_is_not_empty() -> None:
    found = share(PLAYERS, additive, groups=Every(14, additive))
    assert found.core_empty is False
    assert found.epsilon == pytest.approx(0.0, abs=1e-5)
    assert found.shares[Rule.NUCLEOLUS] == pytest.approx([i + 1 for i in range(14)], abs=1e-5)
    assert found.apart is not None and found.apart[Rule.SHAPLEY] is None
    # In equal parts those above the mean of 7.5 would leave: H to N reach 77 and get 7 × 7.5.
    leaving = found.apart[Rule.EQUAL]
    assert leaving is not None and leaving.amount == pytest.approx(77 - 7 * 7.5)
    assert leaving.coalition == 0b11111110000000


def test_without_time_the_core_is_not_tested() -> None:
    class Late:
        def contesting(self, found: Levels, near: float, late: Callable[[], bool]) -> None:
            assert len(found.shares) == 14

    found = share(PLAYERS, additive, groups=Late())
    assert found.core_empty is None and found.epsilon is None
    assert Rule.NUCLEOLUS not in found.shares and Rule.SHAPLEY in found.shares


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("kind", [drawn, convex])
def test_few_coalitions_give_what_all_of_them_give(kind: Callable[[int, int], Game], seed: int) -> None:
    game = kind(seed, 5)
    groups = Every(5, lambda s: game.values[s])
    found = contested(5, lambda s: game.values[s], groups, {})
    inside = has_imputations(game)
    assert found.found is not None
    assert found.epsilon == pytest.approx(least_core(game).epsilon, abs=1e-6)
    assert found.found.shares == pytest.approx(nucleolus(game, inside), abs=1e-4)
    assert kohlberg(game, found.found.shares, inside)
    equal = (game.total / 5,) * 5
    leaving, asked = apart(game, equal), apart_from(equal, found, groups, lambda: False)
    assert (leaving is None) == (asked is None)
    assert leaving is None or asked is None or leaving.amount == pytest.approx(asked.amount)


def test_a_list_with_a_core_settles_more_than_twelve() -> None:
    """Two of fourteen reach 10 together, two others 6; all reach 20: what is left over is shared by all alike."""
    listed = {frozenset("AB"): 10.0, frozenset("CD"): 6.0, frozenset(PLAYERS): 20.0}
    groups = ListedGroups({0b11: 10.0, 0b1100: 6.0, (1 << 14) - 1: 20.0})
    found = share(PLAYERS, completed(PLAYERS, listed), groups=groups)
    assert found.core_empty is False and Rule.NUCLEOLUS in found.shares
    shares = found.shares[Rule.NUCLEOLUS]
    assert sum(shares) == pytest.approx(20.0)
    assert shares[0] == pytest.approx(shares[1]) and shares[2] == pytest.approx(shares[3])
    assert shares[4:] == pytest.approx((shares[4],) * 10)
    # 4 are left over: twelve complaints (two pairs, ten single players) come down by a twelfth of it each.
    assert shares[4] == pytest.approx(4 / 12)
    assert shares[0] + shares[1] == pytest.approx(10 + 4 / 12)


@pytest.mark.parametrize("seed", range(6))
def test_boxes_find_what_every_coalition_of_a_chain_shows(seed: int) -> None:
    """The prices that close a box are put to the test: shares drawn at random, against all coalitions at once."""
    read = chain(orchard(seed))
    values, size = Values(read, players_of(read)), 6
    every = range(1, (1 << size) - 1)
    total, draw = values.value((1 << size) - 1), random.Random(seed)
    assert total > 0
    groups = ChainGroups(size, values.reached)
    for _ in range(8):
        shares = tuple(total * draw.uniform(-0.1, 0.5) for _ in range(size))
        level = draw.uniform(-0.1, 0.3) * total
        more = groups.contesting(Levels(shares, (level,), (np.eye(size),)), 1e-6 * total, lambda: False)
        beyond = {s: values.value(s) - sum(x for i, x in enumerate(shares) if s >> i & 1) - level for s in every}
        over = {s for s in every if beyond[s] > 1e-6 * total}
        assert more is not None and set(more) <= over and bool(more) == bool(over)


@pytest.mark.parametrize("seed", range(6))
def test_a_quick_value_is_that_of_a_solve_rank_by_rank(seed: int) -> None:
    read = chain(orchard(seed))
    values, again = Values(read, players_of(read)), Values(read, players_of(read))
    draw = random.Random(seed)
    for coalition in [63, *(draw.randrange(1, 63) for _ in range(8))]:
        assert values.value(coalition) == pytest.approx(again.by_ranks(coalition).value, abs=1e-6)
        assert values.reached(coalition).movers & ~coalition == 0


def test_core_and_nucleolus_of_a_chain_are_those_of_its_table() -> None:
    read = chain(orchard(3))
    values = Values(read, players_of(read))
    game = Game.of(values.players, values.value)
    found = contested(6, values.value, ChainGroups(6, values.reached), {})
    assert found.found is not None
    assert found.epsilon == pytest.approx(least_core(game).epsilon, abs=1e-4)
    assert found.found.shares == pytest.approx(nucleolus(game, has_imputations(game)), abs=1e-3)
