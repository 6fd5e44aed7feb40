"""Who decides what: by inside actor, the numbers of the decisions that it takes part in."""

from __future__ import annotations

from collections.abc import Sequence

from filiere.analysis.today.action import Action
from filiere.report.sheet import Column, Sheet
from filiere.report.view import View
from filiere.schema import words as w


def deciders(view: View) -> Sheet | None:
    """Return one row an inside actor that a decision is about, members first; nothing without decisions."""
    found = view.result.actions
    if found is None or not found.decisions:
        return None
    own: dict[str, list[int]] = {}
    along: dict[str, list[int]] = {}
    for number, decision in enumerate(found.decisions, start=1):
        for name in _about(decision.heads):
            own.setdefault(name, []).append(number)
        for name in set(_about(decision.along)) - set(_about(decision.heads)):
            along.setdefault(name, []).append(number)
    inside = [actor for actor in view.chain.actors.values() if actor.inside and actor.name in {*own, *along}]
    actors = sorted(inside, key=lambda actor: actor.perimeter is not w.Perimeter.MEMBER)
    if not actors:
        return None
    pick = view.pick
    columns = (
        Column("actor", pick("Actor", "Acteur"), [a.name for a in actors]),
        Column("perimeter", pick("Perimeter", "Périmètre"), [a.perimeter.label.to(view.language) for a in actors]),
        Column("own", pick("Decides, or buys or sells (no.)", "Décide, ou achète ou vend (n°)"),
               [_written(own.get(a.name, ())) for a in actors]),
        Column("along", pick("Follows along (no.)", "Suit le mouvement (n°)"),
               [_written(along.get(a.name, ())) for a in actors]),
    )  # fmt: skip
    return Sheet("deciders", pick("Who decides what", "Qui décide quoi"), columns, frozen=1)


def _about(steps: Sequence[Action]) -> tuple[str, ...]:
    """Whom steps are about: both ends of a relation, the actor of an activity."""
    return tuple(dict.fromkeys(n for s in steps for n in (s.names[:2] if s.of_link else s.names[1:2])))


def _written(numbers: Sequence[int]) -> str | None:
    return ", ".join(map(str, numbers)) or None
