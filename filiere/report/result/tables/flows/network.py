"""Key actors: on whom what is served depends, over all tiers, read off the flows as they are."""

from __future__ import annotations

from filiere.indicators.dictionary import kpi
from filiere.report.result.tables.indicators import heading_of, known
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View

SHOWN = 5e-4
"""Less than this part of what is served is not shown."""


def key_actors(view: View) -> Sheet | None:
    """Return one row an actor that something served passes through, what most stops without first."""
    measures, before = view.result.measures, view.result.today_measures
    if measures is None:
        return None
    frame = measures.reliance.fillna(0.0)
    frame = frame[frame.max(axis=1) >= SHOWN].sort_values(["cut", "passing"], ascending=False, kind="stable")
    earlier = before.reliance.reindex(frame.index) if before is not None else None
    pick = view.pick
    actors = [view.chain.actors[name] for name in frame.index]
    columns = [
        Column("actor", pick("Actor", "Acteur"), frame.index.tolist()),
        Column("perimeter", pick("Perimeter", "Périmètre"), [a.perimeter.label.to(view.language) for a in actors]),
        Column("sector", pick("Sector", "Secteur"), [a.sector.label.to(view.language) for a in actors]),
    ]
    for key in ("cut", "passing"):
        heading = heading_of(view, kpi(key, "reliance"))
        columns.append(Column(key, heading, known(frame[key]), Show.USE))
        if earlier is not None:
            name = pick("The same today (%)", "De même, cette année (%)")
            shares = zip(frame.index, known(earlier[key]), strict=True)
            told = [None if actor in view.unheard else share for actor, share in shares]
            columns.append(Column(f"{key}_today", name, told, Show.PERCENT))
    return Sheet("key_actors", pick("Key actors", "Acteurs clés"), tuple(columns), frozen=1)
