"""Objectives: in which order the plan was found, and what each rank reached."""

from __future__ import annotations

from filiere.chain.derived.default_objectives import default_objectives
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, place
from filiere.schema import words as w
from filiere.schema.objectives import CLOSING, CLOSING_MEANINGS, objective_of
from filiere.solution.solution import RankValue

_IN_VALUE = (
    "expansions", "grants", "stocks", "idle_services", "activity", "discards", "shipments", "payments",
)  # fmt: skip
"""Of the steps that only settle ties, those that are counted in money, at reference prices where nothing is paid."""


def objectives(view: View) -> Sheet:
    """Return one row a rank solved; ``today`` has its own ranks."""
    pick = view.pick
    solution = view.result.solution
    ranks = tuple(sorted((*solution.objectives, *solution.closing), key=lambda rank: rank.turn))
    asked = {(o.rank, o.key): o for o in view.chain.objectives or default_objectives()}
    rows = [asked.get((r.rank, r.objective)) for r in ranks]
    columns: tuple[Column, ...] = (
        Column("rank", pick("Rank", "Priorité"), [float(r.rank) for r in ranks], Show.COUNT),
        Column("objective", pick("Objective", "Objectif"), [_named(view, r) for r in ranks]),
        Column("sense", pick("Sense", "Sens"), [_sense(view, r, rows[i]) for i, r in enumerate(ranks)]),
        Column("unit", pick("Unit", "Unité"), [unit_of(view, r.objective) for r in ranks]),
        Column("value", pick("Reached at its rank", "Atteint à son tour"), [r.value for r in ranks], Show.QUANTITY),
        Column("final", pick("In the finished plan", "Dans le plan final"), [r.final for r in ranks], Show.QUANTITY),
        Column("tolerance", pick("Margin left (%)", "Marge laissée (%)"),
               [r.tolerance or None for r in ranks], Show.PERCENT),
        Column("amount", pick("Margin left (amount)", "Marge laissée (montant)"),
               [r.tolerance_amount or None for r in ranks], Show.QUANTITY),
        Column("weight", pick("Weight", "Poids"), _weights(ranks), Show.QUANTITY),
        Column("meaning", pick("What it counts", "Ce qui est compté"), [_meaning(view, r) for r in ranks], Show.PROSE),
        Column("closing", pick("Only settles ties", "Départage seulement"),
               [pick("yes", "oui") if r.closing else None for r in ranks]),
        Column("cell", pick("Typed in", "Saisi en"), [place(o.row) if o else None for o in rows], Show.SOURCE),
    )  # fmt: skip
    heading = pick("May be better by (%), at most", "Peut être meilleur de (%), au plus")
    gaps = [Column("gap", heading, [rank.gap or None for rank in ranks], Show.PERCENT)]
    columns = (*columns, *(gaps if any(rank.gap for rank in ranks) else ()))
    return Sheet("objectives", pick("Objectives", "Objectifs"), columns, frozen=2, printed="meaning")


def _named(view: View, rank: RankValue) -> str:
    """Name a rank; one that is minimised once more, within what its tolerance left, is told apart from itself."""
    name = name_of(view, rank.objective)
    if rank.closing and rank.objective not in CLOSING:
        return name + view.pick(", once more within its margin", ", repris dans sa marge")
    return name


def gaps_line(view: View) -> str:
    """Return by how much each rank that was not proved may be better, at most; empty where no search was given up."""
    found: dict[int, list[RankValue]] = {}
    for rank in view.result.solution.objectives:
        if rank.gap:
            found.setdefault(rank.rank, []).append(rank)
    colon = view.pick(": ", "\u202f: ")
    told = (
        " + ".join(name_of(view, one.objective) for one in together) + colon + view.percent(together[0].gap)
        for together in found.values()
    )
    return view.pick("; ", "\u202f; ").join(told)


def name_of(view: View, key: str) -> str:
    """Return an objective's name as shown."""
    if key in CLOSING:
        return view.set(CLOSING[key])
    if " + " in key:
        return " + ".join(name_of(view, part) for part in key.split(" + "))
    if not key.startswith("measure: "):
        return w.Objective[key.upper()].label.to(view.language)
    name = key.removeprefix("measure: ")
    return view.pick(f"measure: {name}", f"mesure\u00a0: {name}")


def unit_of(view: View, key: str) -> str | None:
    """Return the unit an objective is counted in."""
    if " + " in key:  # a rank of several is counted in a unit where all its parts are
        units = {unit_of(view, part) for part in key.split(" + ")}
        return units.pop() if len(units) == 1 else None
    if key in CLOSING:
        return view.currency if key in _IN_VALUE else None
    facts = objective_of(key)
    if facts is None:
        return None
    if facts.measured.label is not None:
        return view.set(facts.measured.label)
    return view.currency


def _sense(view: View, rank: RankValue, objective: object) -> str:
    pick = view.pick
    direction = getattr(objective, "direction", None)
    if direction is None:
        facts = objective_of(rank.objective) if " + " not in rank.objective else None
        direction = facts.direction if facts else w.Direction.MIN
    most = direction is w.Direction.MAX
    return pick("the most", "le plus possible") if most else pick("the least", "le moins possible")


def _meaning(view: View, rank: RankValue) -> str | None:
    facts = objective_of(rank.objective) if " + " not in rank.objective else None
    if facts is None:
        return view.set(CLOSING_MEANINGS[rank.objective]) if rank.objective in CLOSING_MEANINGS else None
    of_outlays = view.pick("; the margin is a share of all outlays, before sales",
                           " ; la marge est une part de toutes les dépenses, avant les ventes")  # fmt: skip
    told = rank.objective == w.Objective.COST.key and rank.tolerance > 0
    return view.set(facts.meaning) + (of_outlays if told else "")


def _weights(ranks: tuple[RankValue, ...]) -> list[Value]:
    together = [r.rank for r in ranks]
    return [r.weight if together.count(r.rank) > 1 else None for r in ranks]
