"""One sharing: the game, what each rule gives, who would do better apart, and who would pay whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import hypot

from filiere.analysis.share.contested import Groups, apart_from, contested
from filiere.analysis.share.core import Apart, apart, best_apart, least_core
from filiere.analysis.share.game import NEAR, Game, Shares
from filiere.analysis.share.nucleolus import has_imputations, kohlberg, nucleolus
from filiere.analysis.share.rules import Rule
from filiere.analysis.share.sampled import PRECISION, sampled
from filiere.analysis.share.shapley import shapley
from filiere.analysis.share.transfers import Transfer, transfers

MOST_EXACT = 12
"""Up to so many players every coalition is asked; beyond, orders are drawn."""


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """What is shared among whom. Of a common bill (``cost``) every amount is negative.

    ``game`` is None where there are too many players for every coalition: core and nucleolus are then exact where
    there was time to prove them.
    ``gains`` is what each already has of it in the plan that is shared, None where nobody has anything yet.
    """

    players: tuple[str, ...]
    total: float
    cost: bool
    shares: Mapping[Rule, Shares]
    rule: Rule
    game: Game | None = None
    alone: Shares | None = None
    """What each reaches alone, None where there was no time to ask."""
    epsilon: float | None = None
    """By how much the most that a coalition lacks can be brought down; up to 0 there is a core."""
    imputations: bool = True
    """Whether all together reach what the players reach each alone; if not, the nucleolus is the prenucleolus."""
    proved: bool | None = None
    """Whether Kohlberg's criterion confirms the nucleolus."""
    apart: Mapping[Rule, Apart | None] | None = None
    """For each rule the coalition that would do better apart."""
    division: tuple[float, tuple[int, ...]] | None = None
    """Parts that together reach more than all do."""
    standard_error: Shares | None = None
    orders: int = 0
    """How many orders were drawn, where the shares are estimated."""
    looked_at: int = 0
    """How many groups were looked at, where they are too many to ask all."""
    late: bool = False
    """Whether the time limit was reached before all that was wanted was known."""
    rivals: bool = False
    """Whether players may count on the same means from outside."""
    nobodys: float | None = None
    """What means that nobody owns are worth: the rule at the price of the means shares it equally."""
    gains: Shares | None = None
    transfers: tuple[Transfer, ...] = ()

    @property
    def core_empty(self) -> bool | None:
        """Whether some coalition would do better apart whatever the shares; None where it was not tested."""
        near = NEAR * abs(self.total) if self.game is None else self.game.near
        return None if self.epsilon is None else self.epsilon > 10 * near


def share(
    players: tuple[str, ...],
    value: Callable[[int], float],
    *,
    cost: bool = False,
    rule: Rule | None = None,
    keys: Mapping[Rule, Shares] | None = None,
    gains: Shares | None = None,
    late: Callable[[], bool] = lambda: False,
    groups: Groups | None = None,
    rivals: bool = False,
) -> Sharing:
    """Return fair ways to share what the players reach together.

    ``keys`` are the shares of further rules; ``groups`` prove core and nucleolus of more players than are all asked.
    ``rivals`` may count on the same means from outside, so that not all groups can do by themselves what each could.
    Without a ``rule`` it is Shapley's, or the nucleolus where the core is not empty and Shapley outside it. Once it is
    ``late``, shares rest on as many coalitions as are known. Raises ``GameError`` where a programme has no answer,
    ``KeyError`` where the rule asked for gives nothing in this game.
    """
    size = len(players)
    total = value((1 << size) - 1)
    plain = {Rule.EQUAL: (total / size,) * size} | dict(keys or {})
    game = _every(players, value, late) if size <= MOST_EXACT else None
    if game is None:
        found = Sharing(
            players=players, total=total, cost=cost, shares=plain, rule=Rule.SHAPLEY, gains=gains, rivals=rivals
        )
        found = _estimated(players, value, plain, groups, late, found)
        return _settled(replace(found, rule=rule or found.rule), 1e-7 * abs(total))
    inside = has_imputations(game)
    least = nucleolus(game, inside)
    shares = {Rule.SHAPLEY: shapley(game), Rule.NUCLEOLUS: least} | plain
    leaving = {one: apart(game, given, rivals) for one, given in shares.items()}
    epsilon, division = least_core(game).epsilon, best_apart(game)
    first = Rule.NUCLEOLUS if leaving[Rule.SHAPLEY] and epsilon <= 10 * game.near else Rule.SHAPLEY
    found = Sharing(
        players=players, total=total, cost=cost, shares=shares, rule=rule or first, game=game, epsilon=epsilon,
        alone=tuple(map(float, game.alone)),
        imputations=inside, proved=kohlberg(game, least, inside), apart=leaving, gains=gains, rivals=rivals,
        division=division if division[0] > total + 10 * game.near else None,
    )  # fmt: skip
    return _settled(found, game.near)


def _estimated(
    players: tuple[str, ...], value: Callable[[int], float], plain: dict[Rule, Shares], groups: Groups | None,
    late: Callable[[], bool], found: Sharing,
) -> Sharing:  # fmt: skip
    """Return shares that rest on orders drawn; core and nucleolus are exact where there is time to prove them."""
    size, known = len(players), dict[int, float]()
    drawn = sampled(size, _noted(value, known), late=late)
    found = replace(
        found, shares={Rule.SHAPLEY: drawn.shares} | plain, standard_error=drawn.errors, orders=drawn.orders,
        late=max(drawn.errors) > PRECISION * abs(found.total),
    )  # fmt: skip
    if groups is None or late():
        return found
    asked = contested(size, value, groups, known, late)
    if asked.found is not None:
        found = replace(found, shares={Rule.SHAPLEY: drawn.shares, Rule.NUCLEOLUS: asked.found.shares} | plain)
    unsure, leaving = {Rule.SHAPLEY: 2.0 * hypot(*drawn.errors)}, dict[Rule, Apart | None]()
    for one, given in found.shares.items():
        worst = apart_from(given, asked, groups, late, unsure.get(one, 0.0))
        if worst is not None and found.rivals:
            both = value(worst.coalition) + value((1 << size) - 1 ^ worst.coalition)
            worst = replace(worst, while_others_stay=both > found.total + 10 * asked.near)
        leaving[one] = worst
    known_empty = asked.epsilon > 10 * asked.near
    return replace(
        found, apart=leaving, imputations=asked.imputations, looked_at=len(asked.values),
        alone=tuple(asked.values[1 << i] for i in range(size)),
        epsilon=asked.epsilon if asked.found is not None or known_empty else None,
        rule=Rule.NUCLEOLUS if asked.found is not None and leaving[Rule.SHAPLEY] and not known_empty else found.rule,
    )  # fmt: skip


def _noted(value: Callable[[int], float], known: dict[int, float]) -> Callable[[int], float]:
    """Return the values as they are asked for, each noted in ``known``."""

    def noted(coalition: int) -> float:
        if coalition not in known:
            known[coalition] = value(coalition)
        return known[coalition]

    return noted


def _every(players: tuple[str, ...], value: Callable[[int], float], late: Callable[[], bool]) -> Game | None:
    """Return the game of every coalition's value; None where it is late before all are known."""
    for coalition in range((1 << len(players)) - 1, 0, -1):  # each is near one with a player more
        if late():
            return None
        value(coalition)
    return Game.of(players, value)


def _settled(sharing: Sharing, near: float) -> Sharing:
    gets = sharing.shares[sharing.rule]
    if sharing.gains is None:
        return sharing
    has = dict(zip(sharing.players, sharing.gains, strict=True))
    return replace(sharing, transfers=transfers(has, dict(zip(sharing.players, gets, strict=True)), near))
