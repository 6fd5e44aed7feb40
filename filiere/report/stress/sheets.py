"""The sheets of a stress test behind the first one: losses, pairs, groups, hedges, bands, relations."""

from __future__ import annotations

from collections.abc import Sequence

from filiere.analysis.stress.draws import Draws
from filiere.analysis.stress.effect import Effect
from filiere.indicators.dictionary import kpi
from filiere.report.result.tables.plan.objectives import name_of
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.stress.words import StressView

_SHARES = ("served_share", "upstream_dependency", "downstream_dependency", "funding_dependency", "local_share")


_PRINTED = 80
"""The worst losses are printed; the others, which change little, are read on screen."""


def all_sheets(view: StressView) -> list[Sheet]:
    """Return every sheet; those without a row say nothing and are left out by the writer."""
    stress, pick = view.stress, view.pick
    found = [
        _effects(view, "losses", pick("Losses", "Pertes"), stress.losses),
        _effects(view, "pairs", pick("Two at once", "Deux à la fois"), stress.pairs),
        groups(view),
        hedges(view),
    ]
    return found + ([bands(view, stress.draws), relations(view, stress.draws)] if stress.draws else [])


def _effects(view: StressView, key: str, title: str, effects: Sequence[Effect]) -> Sheet:
    """One row a loss, the worst first."""
    pick = view.pick
    states = [view.state(effect) for effect in effects]
    columns = (
        Column("rank", pick("Rank", "Rang"), [float(i) for i in range(1, len(effects) + 1)], Show.COUNT),
        Column("what", pick("What is lost", "Ce qui est perdu"), [view.what(e) for e in effects], Show.PROSE),
        Column("kind", pick("Kind", "Nature"), [view.kind(e) for e in effects], Show.PROSE),
        Column("state", pick("What happens", "Ce qui se passe"), states, Show.MARK),
        Column("unserved", pick("Needs no longer served (share of value)", "Besoins non couverts en plus (en valeur)"),
               [view.unserved(e) if e.unmet is not None else None for e in effects], Show.PERCENT),
        Column("missing", pick("What is missing", "Ce qui manque"),
               [view.missing(e) if view.unserved(e) else None for e in effects], Show.PROSE),
        Column("groups", pick("Groups hit (served before → after)", "Groupes touchés (couvert avant → après)"),
               [view.groups(e) or None for e in effects], Show.PROSE),
        Column("cost", view.view.in_money("Added net cost", "Coût net en plus"),
               [view.change(e, "cost") for e in effects], Show.MONEY_CHANGE),
        Column("dependency", view.view.in_money("Added dependency", "Dépendance en plus"),
               [view.change(e, "dependency") for e in effects], Show.MONEY_CHANGE),
        Column("together", pick("Unserved beyond the two losses one by one", "Manque au-delà des deux pertes séparées"),
               _together(view, effects), Show.PERCENT),
        Column("helpers", pick("Who helps out most", "Qui prend le relais"),
               [view.helpers(e) or None for e in effects], Show.PROSE),
        Column("given_up", pick("Rules that cannot be kept", "Règles qui ne tiennent plus"),
               [view.given_up(e) or None for e in effects], Show.PROSE),
        Column("cell", pick("Typed in", "Saisi en"),
               [e.items[0].cell if len(e.items) == 1 else None for e in effects], Show.SOURCE),
    )  # fmt: skip
    warned = (
        pick("needs unserved", "besoins non couverts"), pick("no plan left", "plus aucun plan"),
        pick("rule not kept", "règle non tenue"), pick("not computed", "non calculé"),
    )  # fmt: skip
    last = next((c.key for c in columns if c.key == "dependency" and not c.blank), "state")
    return Sheet(key, title, columns, frozen=2, warned=warned, printed=last, printed_rows=_PRINTED)


def _together(view: StressView, effects: Sequence[Effect]) -> list[float | None]:
    """What two losses leave unserved beyond what each leaves alone, as a share of the wanted value."""
    alone = {effect.items[0]: view.unserved(effect) for effect in view.stress.losses}
    return [
        max(0.0, view.unserved(e) - sum(alone.get(item, 0.0) for item in e.items)) if len(e.items) > 1 else None
        for e in effects
    ]


def groups(view: StressView) -> Sheet:
    """One row a loss and a group that it hits."""
    pick = view.pick
    rows = [(effect, group) for effect in view.stress.losses for group in view.hit(effect)]
    alone = pick("(no group)", "(sans groupe)")
    columns = (
        Column("group", pick("Group", "Groupe"), [group or alone for _, group in rows]),
        Column("what", pick("Loss", "Perte"), [view.what(effect) for effect, _ in rows], Show.PROSE),
        Column("before", pick("Served before", "Couvert avant"), [e.groups[g][0] for e, g in rows], Show.PERCENT),
        Column("after", pick("Served after", "Couvert après"), [e.groups[g][1] for e, g in rows], Show.PERCENT),
    )
    return Sheet("groups", pick("Groups hit", "Groupes touchés"), columns, frozen=2)


def hedges(view: StressView) -> Sheet:
    """One row an addition that would remove the worst loss, the cheapest first."""
    pick, found = view.pick, view.stress.hedges
    worst = view.stress.worst
    lost = view.what(worst) if worst else ""
    columns = (
        Column("hedge", pick("Addition", "Ajout"), [view.hedge(h) for h in found], Show.PROSE),
        Column("against", pick("Against the loss of", "Contre la perte de"), [lost] * len(found), Show.PROSE),
        Column("total", view.view.in_money("Net cost of the year with the loss", "Coût net de l'année avec la perte"),
               [h.total for h in found], Show.MONEY),
        Column("standing", view.view.in_money("Of which to keep it at hand", "Dont pour garder l'ajout disponible"),
               [h.standing for h in found], Show.MONEY),
        Column("dependency", view.view.in_money("Dependency then", "Dépendance alors"),
               [h.dependency for h in found], Show.MONEY),
        Column("checked", pick("Checked by planning again", "Vérifié en replanifiant"),
               [pick("yes", "oui")] * len(found)),
        Column("cell", pick("Typed in", "Saisi en"), [h.cell for h in found], Show.SOURCE),
    )  # fmt: skip
    return Sheet("hedges", pick("Hedges", "Parades"), columns)


def bands(view: StressView, draws: Draws) -> Sheet:
    """One row a headline measure: as typed, then its quantiles over the draws."""
    pick, language = view.pick, view.language
    keys = list(draws.bands)
    shows = [Show.PERCENT if key in _SHARES or key == "circularity" else Show.QUANTITY for key in keys]
    names = [kpi(key).label.to(language) if key in _SHARES else name_of(view.view, key) for key in keys]
    found = [draws.bands[key] for key in keys]
    columns = (
        Column("measure", pick("Measure", "Indicateur"), [name[:1].upper() + name[1:] for name in names]),
        Column("typed", pick("As typed", "Avec les chiffres saisis"), [b.typed for b in found], shows=shows),
        Column("low", pick("5% of draws below", "5 % des tirages en dessous"), [b.low for b in found], shows=shows),
        Column("middle", pick("Half of the draws below", "La moitié en dessous"), [b.middle for b in found],
               shows=shows),
        Column("high", pick("95% of draws below", "95 % des tirages en dessous"), [b.high for b in found],
               shows=shows),
        Column("count", pick("Draws", "Tirages"), [float(b.count) for b in found], Show.COUNT),
    )  # fmt: skip
    return Sheet("bands", pick("Bands", "Fourchettes"), columns)


def relations(view: StressView, draws: Draws) -> Sheet:
    """One row a relation: in what share of the draws it is part of the plan."""
    pick, keys = view.pick, list(draws.relations)
    columns = (
        Column("from", pick("From", "Fournisseur"), [key[0] for key in keys]),
        Column("to", pick("To", "Client"), [key[1] for key in keys]),
        Column("product", pick("Product", "Produit"), [key[2] for key in keys]),
        Column("share", pick("Part of the plan in", "Présent dans le plan"), [draws.relations[k] for k in keys],
               Show.USE),
    )  # fmt: skip
    return Sheet("relations", pick("How often used", "Échanges retenus"), columns, frozen=3)
