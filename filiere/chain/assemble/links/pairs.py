"""The pairs of actors that a link row could stand for, before more precise rows have their say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from filiere.chain.assemble.actors import Distances
from filiere.chain.assemble.links.ends import End, LinkRow
from filiere.chain.assemble.names import Register
from filiere.chain.chain import Actor
from filiere.language import Label, number, quoted
from filiere.problems import assembling as say

Pair = tuple[str, str, float | None]
"""Seller, buyer, and the distance between them (None: unknown)."""
Ends = tuple[list[str], list[str]]
"""The sellers and the buyers of a row."""

_NO_SELLER = Label("no {who} can supply {product}", "aucun {who} ne peut fournir {product}")
_NO_BUYER = Label("no {who} can use {product}", "aucun {who} ne peut utiliser {product}")
_INSIDE = Label("actor of the territory", "acteur du territoire")
_MEMBER = Label("actor of the group {group}", "acteur du groupe {group}")
_NOT_TWO = Label(
    "no two different actors, one of them inside, are left",
    "il ne reste pas deux acteurs différents dont un du territoire",
)
_TOO_FAR = Label("all of them are farther apart than {within} km", "tous sont éloignés de plus de {within} km")


class Abilities:
    """Who can supply and who can use each product. Actors named outright, and outside ones, need none of it."""

    def __init__(self) -> None:
        self._supply: dict[str, dict[str, None]] = {}
        self._use: dict[str, dict[str, None]] = {}

    def supplies(self, actor: str, product: str) -> None:
        """Note that ``actor`` can supply ``product``."""
        self._supply.setdefault(product, {})[actor] = None

    def uses(self, actor: str, product: str) -> None:
        """Note that ``actor`` can use ``product``."""
        self._use.setdefault(product, {})[actor] = None

    def add_precise(self, rows: Iterable[LinkRow]) -> None:
        """Note resellers: who is brought a product by a row that names both ends can supply it, and so on."""
        for row in rows:
            if row.precise:
                self.supplies(row.buyer.name, row.product)
                self.uses(row.seller.name, row.product)

    @property
    def listed(self) -> tuple[list[tuple[str, list[str]]], ...]:
        """Everything noted so far, in its order."""
        return tuple([(product, list(some)) for product, some in noted.items()] for noted in (self._supply, self._use))

    def suppliers(self, product: str) -> Mapping[str, None]:
        """Return who can supply a product."""
        return self._supply.get(product, {})

    def users(self, product: str) -> Mapping[str, None]:
        """Return who can use a product."""
        return self._use.get(product, {})


def whom(
    row: LinkRow, actors: Mapping[str, Actor], groups: Mapping[str, tuple[str, ...]], abilities: Abilities
) -> Ends:  # fmt: skip
    """Return the sellers and the buyers that a row stands for."""
    return (
        _actors_of(row.seller, actors, groups, abilities.suppliers(row.product)),
        _actors_of(row.buyer, actors, groups, abilities.users(row.product)),
    )


def candidates(ends: Ends, actors: Mapping[str, Actor]) -> int:
    """Return how many pairs a row stands for, a radius apart, without making them."""
    sellers, buyers = ends
    selling, buying = ({name for name in some if actors[name].inside} for some in ends)
    return len(selling) * len(buyers) + (len(sellers) - len(selling)) * len(buying) - len(selling & buying)


def pairs(
    row: LinkRow, ends: Ends, actors: Mapping[str, Actor], distances: Distances, register: Register
) -> list[Pair]:  # fmt: skip
    """Return every pair of a row with its distance; a row without any is reported."""
    sellers, buyers = ends
    found = [
        (seller, buyer)
        for seller in sellers
        for buyer in buyers
        if seller != buyer and (actors[seller].inside or actors[buyer].inside)
    ]
    measured = _measured(row, found, distances)
    near = _near(row, measured, register)
    if not near:
        _report_nobody(row, sellers, buyers, bool(found), register)
    return near


def _actors_of(
    end: End, actors: Mapping[str, Actor], groups: Mapping[str, tuple[str, ...]], able: Mapping[str, None]
) -> list[str]:
    """Return whom an end stands for: outside actors come by their name or group only, and can trade anything."""
    if end.kind == "actor":
        return [end.name]
    if end.kind == "group":
        return [name for name in groups[end.name] if name in able or not actors[name].inside]
    return [name for name in able if actors[name].inside]


def _measured(row: LinkRow, found: list[tuple[str, str]], distances: Distances) -> list[Pair]:
    typed = row.row.distance
    if typed is not None:
        return [(seller, buyer, typed) for seller, buyer in found]
    return [(seller, buyer, distances.between(seller, buyer)) for seller, buyer in found]


def _near(row: LinkRow, measured: list[Pair], register: Register) -> list[Pair]:
    within = row.row.within
    if within is None:
        return measured
    near = [pair for pair in measured if pair[2] is None or pair[2] <= within]
    unknown = [pair for pair in near if pair[2] is None]
    if unknown:
        seller, buyer, _ = unknown[0]
        register.report(say.LINK_DISTANCE.at(row.row.at("within"), pairs=len(unknown), seller=seller, buyer=buyer))
    return near


def _report_nobody(row: LinkRow, sellers: list[str], buyers: list[str], some: bool, register: Register) -> None:
    if register.incomplete and not some:
        return  # rows that were refused may have held whoever is missing
    if some:
        within = row.row.within or 0.0
        why, place = _TOO_FAR.fill(within=Label(number(within, "en"), number(within, "fr"))), "within"
    elif not sellers:
        why, place = _NO_SELLER.fill(who=_who(row.seller), product=_quoted(row.product)), "from_"
    elif not buyers:
        why, place = _NO_BUYER.fill(who=_who(row.buyer), product=_quoted(row.product)), "to"
    else:
        why, place = _NOT_TWO, "from_"
    register.report(say.LINK_NO_PAIR.at(row.row.at(place), why=why, product=row.product))


def _who(end: End) -> Label:
    return _MEMBER.fill(group=_quoted(end.name)) if end.kind == "group" else _INSIDE


def _quoted(name: str) -> Label:
    return Label(quoted(name, "en"), quoted(name, "fr"))
