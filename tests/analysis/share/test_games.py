"""Rules of sharing on games worked out by hand, and the laws they keep on random games."""

from __future__ import annotations

import itertools
import random

import pytest

from filiere.analysis.share.core import apart, best_apart, least_core
from filiere.analysis.share.game import Game, Shares
from filiere.analysis.share.nucleolus import has_imputations, kohlberg, nucleolus
from filiere.analysis.share.rules import Rule, by_key, equal, rule_of
from filiere.analysis.share.shapley import shapley

NAMES = ("A", "B", "C", "D", "E")


def airport(costs: tuple[float, ...]) -> Game:
    """A runway as long as the longest plane of a coalition needs: what is to be paid, as a negative gain."""
    return Game.of(NAMES[: len(costs)], lambda s: -max(c for i, c in enumerate(costs) if s >> i & 1))


def bankruptcy(estate: float, claims: tuple[float, ...]) -> Game:
    """What a group is left when all others are paid in full."""
    return Game.of(
        NAMES[: len(claims)], lambda s: max(0.0, estate - sum(c for i, c in enumerate(claims) if not s >> i & 1))
    )


def drawn(seed: int, size: int) -> Game:
    """A game of no kind at all: whole numbers, some negative, not superadditive."""
    draw = random.Random(seed)
    return Game.of(NAMES[:size], lambda s: draw.randint(-5, 20) + 10 * (s.bit_count() - 1))


def convex(seed: int, size: int) -> Game:
    """Unanimity games added up with weights that are not negative: a game whose core holds the Shapley value."""
    draw = random.Random(seed)
    weights = {s: draw.randint(0, 9) for s in range(1, 1 << size)}
    return Game.of(NAMES[:size], lambda s: sum(w for part, w in weights.items() if part & s == part))


def test_airport_shares_each_stretch_among_those_who_need_it() -> None:
    # 12 for all three, 6 more for B and C, 10 more for C: 4, 4 + 3, 4 + 3 + 10.
    assert shapley(airport((12.0, 18.0, 28.0))) == pytest.approx((-4.0, -7.0, -17.0))


def test_nucleolus_of_an_airport() -> None:
    # Littlechild (1974): the least of c_k / (k + 1), 12/2 = 6, 18/3 = 6, then what is left: 6, 6, 16.
    assert nucleolus(airport((12.0, 18.0, 28.0))) == pytest.approx((-6.0, -6.0, -16.0))


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100.0, (100 / 3, 100 / 3, 100 / 3)), (200.0, (50.0, 75.0, 75.0)), (300.0, (50.0, 100.0, 150.0))],
)
def test_nucleolus_of_a_bankruptcy_is_the_talmuds(estate: float, shares: Shares) -> None:
    # Aumann and Maschler (1985): claims of 100, 200 and 300.
    assert nucleolus(bankruptcy(estate, (100.0, 200.0, 300.0))) == pytest.approx(shares)


def test_glove_game_gives_all_to_the_rare_glove() -> None:
    glove = Game.of_sets("ABC", {("A", "B"): 1.0, ("A", "C"): 1.0, ("A", "B", "C"): 1.0})
    assert shapley(glove) == pytest.approx((2 / 3, 1 / 6, 1 / 6))
    assert nucleolus(glove) == pytest.approx((1.0, 0.0, 0.0))
    found = least_core(glove)
    assert found.epsilon == pytest.approx(0.0, abs=1e-9)
    left = apart(glove, shapley(glove))
    assert left is not None
    assert (glove.names(left.coalition), left.amount) in [
        (("A", "B"), pytest.approx(1 / 6)),
        (("A", "C"), pytest.approx(1 / 6)),
    ]


def test_majority_has_no_core_and_everybody_is_equally_discontent() -> None:
    majority = Game.of("ABC", lambda s: float(s.bit_count() >= 2))
    # x = 1/3 each; two get 2/3 and could have 1.
    assert least_core(majority).epsilon == pytest.approx(1 / 3)
    assert nucleolus(majority) == pytest.approx((1 / 3,) * 3)


def test_without_imputations_the_prenucleolus() -> None:
    # Alone 4 + 4, together 6: excesses 4 − x and 4 − (6 − x) are equal at x = 3.
    rival = Game.of_sets("AB", {("A",): 4.0, ("B",): 4.0, ("A", "B"): 6.0})
    assert not has_imputations(rival)
    assert nucleolus(rival, over_imputations=False) == pytest.approx((3.0, 3.0))
    assert best_apart(rival) == (8.0, (0b01, 0b10))


def test_the_nucleolus_keeps_everybody_at_what_they_reach_alone() -> None:
    # Unbounded, B would get less than its 0 alone: C and A are worth more to each other.
    game = Game.of_sets("ABC", {("A", "C"): 12.0, ("A", "B", "C"): 6.0})
    inside, anywhere = nucleolus(game), nucleolus(game, over_imputations=False)
    assert inside == pytest.approx((3.0, 0.0, 3.0))
    assert anywhere[1] < -1.0
    assert kohlberg(game, inside)
    assert not kohlberg(game, inside, over_imputations=False)
    assert kohlberg(game, anywhere, over_imputations=False)


@pytest.mark.parametrize("seed", range(6))
def test_each_rule_gives_away_all_there_is(seed: int) -> None:
    game = drawn(seed, 2 + seed % 4)
    for shares in (shapley(game), nucleolus(game, has_imputations(game)), nucleolus(game, False), equal(game)):
        assert sum(shares) == pytest.approx(game.total)


@pytest.mark.parametrize("seed", range(4))
def test_players_alike_get_the_same_and_one_who_adds_nothing_gets_nothing(seed: int) -> None:
    draw = random.Random(seed)
    by_count = {k: draw.uniform(0, 20) for k in range(1, 4)}
    # A, B and C count alike; D adds nothing to anybody.
    game = Game.of(NAMES[:4], lambda s: by_count.get((s & 0b0111).bit_count(), 0.0))
    for shares in (shapley(game), nucleolus(game, False)):
        assert shares[:3] == pytest.approx((game.total / 3,) * 3)
        assert shares[3] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_shapley_adds_up_over_games(seed: int) -> None:
    one, other = drawn(seed, 4), drawn(seed + 50, 4)
    both = Game.of(one.players, lambda s: one.values[s] + other.values[s])
    assert shapley(both) == pytest.approx([a + b for a, b in zip(shapley(one), shapley(other), strict=True)])


@pytest.mark.parametrize("seed", range(4))
def test_another_currency_and_own_means_change_shares_by_just_that(seed: int) -> None:
    game, own = drawn(seed, 4), (3.0, -2.0, 0.0, 7.0)
    moved = Game.of(game.players, lambda s: 2.5 * game.values[s] + sum(c for i, c in enumerate(own) if s >> i & 1))
    for rule in (shapley, lambda g: nucleolus(g, False)):
        assert rule(moved) == pytest.approx([2.5 * x + c for x, c in zip(rule(game), own, strict=True)], abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_nucleolus_is_in_the_core_where_there_is_one(seed: int) -> None:
    game = convex(seed, 3 + seed % 3)
    assert least_core(game).epsilon <= game.near
    assert apart(game, nucleolus(game)) is None
    assert apart(game, shapley(game)) is None  # as the game is convex


@pytest.mark.parametrize("seed", range(8))
def test_kohlberg_accepts_the_nucleolus_and_nothing_beside_it(seed: int) -> None:
    game = drawn(seed, 3 + seed % 3)
    inside = has_imputations(game)
    found = nucleolus(game, inside)
    assert kohlberg(game, found, inside)
    aside = (found[0] + 0.5, found[1] - 0.5, *found[2:])
    assert not kohlberg(game, aside, inside)


@pytest.mark.parametrize("seed", range(4))
def test_no_other_share_is_contested_less(seed: int) -> None:
    game = drawn(seed, 3)
    found = nucleolus(game, False)
    worst = sorted(game.excess(found)[1:-1], reverse=True)
    for up, down in itertools.permutations(range(3), 2):
        other = list(found)
        other[up] += 0.25
        other[down] -= 0.25
        assert sorted(game.excess(tuple(other))[1:-1], reverse=True) > worst


def test_twelve_players_take_little_time() -> None:
    names = tuple("ABCDEFGHIJKL")
    sizes = [3.0 + i for i in range(12)]
    game = Game.of(names, lambda s: sum(c for i, c in enumerate(sizes) if s >> i & 1) ** 2 / 100)
    found = nucleolus(game)
    assert sum(found) == pytest.approx(game.total)
    assert kohlberg(game, found)
    # v(S) = (Σ c)² / 100, of which each pair's 2cᵢcⱼ/100 is halved: Shapley is c·Σc/100.
    assert shapley(game) == pytest.approx([c * sum(sizes) / 100 for c in sizes])


def test_a_single_player_gets_all() -> None:
    game = Game.of("A", lambda s: 5.0)
    assert shapley(game) == nucleolus(game) == (5.0,)
    assert kohlberg(game, (5.0,))


def test_keys_share_in_proportion() -> None:
    assert by_key(100.0, (1.0, 3.0, 0.0)) == (25.0, 75.0, 0.0)
    assert by_key(100.0, (0.0, 0.0)) is None


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("Shapley", Rule.SHAPLEY),
        ("nucléole", Rule.NUCLEOLUS),
        ("a parts egales", Rule.EQUAL),
        ("Selon l’usage", Rule.USAGE),
        ("fair", None),
    ],
)
def test_rules_are_known_by_their_names(typed: str, rule: Rule | None) -> None:
    assert rule_of(typed) is rule
