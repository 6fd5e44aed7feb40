"""Objectives: in which order the plan was found, and what each rank reached."""

from __future__ import annotations

from filiere.chain.default_objectives import default_objectives, natural_direction
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, place
from filiere.schema import words as w
from filiere.solution.solution import RankValue

MEANING = {
    "unmet": ("What is missing, counted at reference prices and by importance",
              "Ce qui manque, compté au prix de référence et selon son importance"),
    "deficit": ("What the actors' budgets lack to balance", "Ce qui manque aux budgets des acteurs pour s'équilibrer"),
    "rules": ("How far wished rules are missed, each against its own scale",
              "De combien les règles souhaitées sont manquées, chacune à sa propre échelle"),
    "dependency": ("Purchases, sales and funding that depend on the outside, added up with their weights",
                   "Achats, ventes et financements qui dépendent de l'extérieur, additionnés avec leurs poids"),
    "dependency_upstream": ("Purchases that depend on the outside", "Achats qui dépendent de l'extérieur"),
    "dependency_downstream": ("Sales that depend on the outside, and usable goods thrown away",
                              "Ventes qui dépendent de l'extérieur, et biens utilisables jetés"),
    "dependency_funding": ("Funding that comes from the outside", "Financements venus de l'extérieur"),
    "lost": ("What the territory made or collected this year and no longer would, counted at reference prices",
             "Ce que le territoire produisait ou collectait cette année et ne ferait plus, au prix de référence"),
    "outlets": ("What is sold of what the outlets say they take", "Ce qui est vendu de ce que les débouchés annoncent"),
    "value_kept": ("What stays on the territory of what is used and sold",
                   "Ce qui reste sur le territoire de ce qui est utilisé et vendu"),
    "waste": ("What is thrown away, unused services included, counted at reference prices",
              "Ce qui est jeté, services inutilisés compris, au prix de référence"),
    "circularity": ("Share of what is used that is by-products or re-use",
                    "Part de ce qui est utilisé qui vient de coproduits ou du réemploi"),
    "cost": ("Net cost of the territory as a whole, exchanges between its actors apart",
             "Coût net pour l'ensemble du territoire, hors échanges entre ses acteurs"),
    "jobs": ("Full-time equivalents", "Équivalents temps plein"),
    "co2": ("Emissions of activities and transport", "Émissions des activités et des transports"),
    "transport": ("Tonnes carried times kilometres", "Tonnes transportées multipliées par les kilomètres"),
    "change": ("How far the plan is from today's relations, counted at reference prices",
               "À quelle distance le plan est des relations de cette année, au prix de référence"),
}  # fmt: skip

_UNITS = {
    "circularity": ("share", "part"), "rules": ("scales", "échelles"), "jobs": ("FTE", "ETP"),
    "co2": ("kg CO₂e", "kg éq. CO₂"),
    "transport": ("t·km", "t·km"),
}  # fmt: skip


def objectives(view: View) -> Sheet:
    """Return one row a rank solved; ``today`` has its own ranks."""
    pick = view.pick
    ranks = view.result.solution.objectives
    asked = {(o.rank, o.key): o for o in view.chain.objectives or default_objectives()}
    rows = [asked.get((r.rank, r.objective)) for r in ranks]
    columns = (
        Column("rank", pick("Rank", "Priorité"), [float(r.rank) for r in ranks], Show.COUNT),
        Column("objective", pick("Objective", "Objectif"), [name_of(view, r.objective) for r in ranks]),
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
        Column("cell", pick("Typed in", "Saisi en"), [place(o.row) if o else None for o in rows], Show.SOURCE),
    )  # fmt: skip
    return Sheet("objectives", pick("Objectives", "Objectifs"), columns, frozen=2)


def name_of(view: View, key: str) -> str:
    """Return an objective's name as shown."""
    kind = _kind(key)
    if kind is not None:
        return kind.label.to(view.language)
    name = key.removeprefix("measure: ")
    return view.pick(f"measure: {name}", f"mesure\u00a0: {name}")


def unit_of(view: View, key: str) -> str | None:
    """Return the unit an objective is counted in."""
    pick = view.pick
    if key in _UNITS:
        return pick(*_UNITS[key])
    kind = _kind(key)
    if kind is None:
        return None
    in_mass = key.startswith("dependency") and view.chain.settings.dependency_basis is w.DependencyBasis.MASS
    return pick("weighted kg", "kg pondérés") if in_mass else view.currency


def _kind(key: str) -> w.Objective | None:
    return next((o for o in w.Objective if o.key == key), None)


def _sense(view: View, rank: RankValue, objective: object) -> str:
    pick = view.pick
    direction = getattr(objective, "direction", None)
    kind = _kind(rank.objective)
    if direction is None:
        direction = natural_direction(kind) if kind else w.Direction.MIN
    most = direction is w.Direction.MAX
    return pick("the most", "le plus possible") if most else pick("the least", "le moins possible")


def _meaning(view: View, rank: RankValue) -> str | None:
    return view.pick(*MEANING[rank.objective]) if rank.objective in MEANING else None


def _weights(ranks: tuple[RankValue, ...]) -> list[Value]:
    together = [r.rank for r in ranks]
    return [r.weight if together.count(r.rank) > 1 else None for r in ranks]
