"""Actors and their groups, and how far apart they stand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import median

from filiere.chain.assemble.names import Register
from filiere.chain.chain import Actor
from filiere.chain.parse.tables import Tables
from filiere.language import Label
from filiere.names import fold, luhn, tidy
from filiere.problems import assembling as say
from filiere.schema import tables as t
from filiere.schema import words as w

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG, GRS 80)."""
_FAR_KM = 500.0
"""A place nearer than this to the others is not looked at twice."""

_WEIGHTS = {
    w.Perimeter.MEMBER: 0.0, w.Perimeter.LOCAL: 0.0, w.Perimeter.PARTNER: 0.5, w.Perimeter.EXTERNAL: 1.0,
}  # fmt: skip


def assemble_actors(tables: Tables, register: Register) -> dict[str, Actor]:
    """Return the actors by name, with their defaults: weight by perimeter, budget wished where funded."""
    names = register.names("actors")
    rows = register.unique(((names.declare(row.actor, row.at("actor")),), row) for row in tables.actors)
    funded = {fold(row.actor) for row in tables.funding}
    actors = {}
    for (name,), row in rows.items():
        groups = _groups(row, register)
        if (row.latitude is None) != (row.longitude is None):
            register.report(say.HALF_A_PLACE.at(row.at("latitude"), name=name))
        for number in (part.replace(" ", "") for part in (row.identifier or "").split(";")):
            if number.isascii() and number.isdigit() and len(number) in (9, 14) and not luhn(number):
                register.report(say.CHECK_DIGIT.at(row.at("identifier"), number=number, name=name))
        weight = _WEIGHTS[row.perimeter] if row.dependency_weight is None else row.dependency_weight
        inside = row.perimeter is not None and row.perimeter.inside
        wished = w.Budget.WISH if inside and fold(name) in funded else w.Budget.NO
        actors[name] = Actor(
            name, row.perimeter, row.sector, groups, weight, row.balanced_budget or wished, row.reserve,
            row.place, row.latitude, row.longitude, row, may_transfer=inside and row.may_transfer is w.YesNo.YES,
        )  # fmt: skip
    _refuse_doubles(register, actors)
    _turned_places(register, actors)
    return actors


def members(actors: Mapping[str, Actor]) -> dict[str, tuple[str, ...]]:
    """Return the actors of each group, in the order of the sheet."""
    found: dict[str, list[str]] = {}
    for actor in actors.values():
        for group in actor.groups:
            found.setdefault(group, []).append(actor.name)
    return {group: tuple(names) for group, names in found.items()}


def _groups(row: t.ActorRow, register: Register) -> tuple[str, ...]:
    names = register.names("groups")
    spelled = (names.declare(group, row.at("group")) for group in row.group if tidy(group))
    return tuple(dict.fromkeys(spelled))


def _refuse_doubles(register: Register, actors: Mapping[str, Actor]) -> None:
    """Report every name that is both an actor's and a group's."""
    groups = register.names("groups")
    for name, actor in actors.items():
        if groups.get(name) is not None:
            register.report(
                say.ACTOR_AND_GROUP.at(
                    groups.cells[fold(name)],
                    name=name,
                    other=actor.row.at("actor") or "",
                    proposal=Label(f"group {name}", f"groupe {name}"),
                )
            )


def _turned_places(register: Register, actors: Mapping[str, Actor]) -> None:
    """Report each place far from those of the territory that would be among them with its coordinates turned."""
    placed = [a for a in actors.values() if a.latitude is not None and a.longitude is not None]
    near = [a for a in placed if a.inside]
    if len(near) < 3:
        return
    middle = tuple(median(part) for part in zip(*map(_radians, near), strict=True))
    for actor in placed:
        here = _radians(actor)
        far = Distances.apart(here, middle)
        if far > _FAR_KM and Distances.apart(here[::-1], middle) < far / 5.0:
            register.report(
                say.TURNED_PLACE.at(actor.row.at("latitude"), name=actor.name, distance=float(f"{far:.2g}"))
            )


def _radians(actor: Actor) -> tuple[float, float]:
    return math.radians(actor.latitude or 0.0), math.radians(actor.longitude or 0.0)


class Distances:
    """Road distances between actors from their coordinates, None where one of them is unknown."""

    def __init__(self, actors: Mapping[str, Actor], detour: float) -> None:
        self.detour = detour
        self._places = {
            name: _radians(actor)
            for name, actor in actors.items()
            if actor.latitude is not None and actor.longitude is not None
        }

    def between(self, one: str, other: str) -> float | None:
        """Return the great-circle distance times the detour, in km."""
        if one not in self._places or other not in self._places:
            return None
        return self.apart(self._places[one], self._places[other]) * self.detour

    @staticmethod
    def apart(one: tuple[float, ...], other: tuple[float, ...]) -> float:
        """Return the great-circle distance (haversine formula) of two places in radians, in km."""
        (lat1, lon1), (lat2, lon2) = one, other
        half_chord = (
            math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
        )
        return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half_chord)))
