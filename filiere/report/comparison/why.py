"""What each changed input brings to each headline figure: averaged over all orders, and one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from filiere.analysis.scenarios.attribution import Attribution
from filiere.analysis.scenarios.case import SHARES
from filiere.analysis.scenarios.changes import Change
from filiere.indicators.dictionary import kpi
from filiere.problems import Cell
from filiere.report.comparison.sides import CHANGES, Sides, as_shown
from filiere.report.comparison.wording import change_words
from filiere.report.result.tables.plan.objectives import unit_of
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.schema.objectives import OBJECTIVES, Measured, objective_of


def _shown(measured: Measured) -> Show:
    """Kilograms and tonne-kilometres are shown in whole numbers, as money is."""
    if measured is Measured.SHARE:
        return Show.PERCENT
    whole = measured.label is None or measured in (Measured.EMISSIONS, Measured.CARRIAGE)
    return Show.MONEY if whole else Show.QUANTITY


_AMOUNTS = {kind.key: _shown(facts.measured) for kind, facts in OBJECTIVES.items()}


@dataclass(frozen=True)
class Entry:
    """One row: a change (or several that only hold together), or a scenario's total."""

    at: int
    number: float | None
    words: str
    method: str
    brought: Mapping[str, float]
    cell: tuple[int, Cell | None]
    """The workbook's position, and the cell of it that makes the change."""


def averaged(sides: Sides) -> Sheet | None:
    """Return what each change brings, averaged over all orders where that was worked out, else in sheet order."""
    entries: list[Entry] = []
    for at, found in _attributions(sides):
        if found.average is None:
            entries += _in_order(sides, at, found)
            continue
        method = _method(sides, found)
        for number, (change, brought) in enumerate(zip(found.changes, found.average, strict=True), start=1):
            words, cell = change_words(sides, change), _cell(sides, at, change)
            entries.append(Entry(at, float(number), words, method, brought, cell))
        entries.append(_total(sides, at, found))
    return _sheet(sides, "why", sides.pick("What each change brings", "Effet des changements"), entries)


def in_order(sides: Sides) -> Sheet | None:
    """Return what each change brings when they are made one after another, in the order of the sheet."""
    entries = [entry for at, found in _attributions(sides) for entry in _in_order(sides, at, found)]
    return _sheet(sides, "steps", sides.pick("One after another", "Pas à pas"), entries)


def shown_measures(sides: Sides) -> list[str]:
    """Return the headline measures that any change of any case moves."""
    keys: dict[str, None] = {}
    for _, found in _attributions(sides):
        for brought in [found.total, *(step.brought for step in found.steps), *(found.average or ())]:
            keys |= dict.fromkeys(key for key, amount in brought.items() if amount)
    order = [*_AMOUNTS, *SHARES]
    return sorted(keys, key=order.index)


def show_of_measure(key: str) -> Show:
    """Return how a headline measure is shown."""
    return _AMOUNTS.get(key, Show.PERCENT)


def measure_name(sides: Sides, key: str) -> str:
    """Return the name of a headline measure."""
    facts = objective_of(key) if key in _AMOUNTS else None
    return sides.set(facts.heading if facts else kpi(key).label)


def largest(sides: Sides, at: int, key: str) -> tuple[str, float] | None:
    """Return the change that brings most to a measure of a case, in words, and how much."""
    found = sides.comparison.attributions[at]
    if found is None or not found.changes or not found.total.get(key):
        return None
    parts = (
        [((i,), one) for i, one in enumerate(found.average)]
        if found.average is not None
        else [(step.changes, step.brought) for step in found.steps]
    )
    changes, brought = max(parts, key=lambda part: abs(part[1][key]))
    words = [change_words(sides, found.changes[i]) for i in changes]
    return sides.pick(" with ", " avec ").join(words), brought[key]


def _attributions(sides: Sides) -> list[tuple[int, Attribution]]:
    found = sides.comparison.attributions
    return [(at, one) for at, one in enumerate(found) if one is not None and one.changes]


def _in_order(sides: Sides, at: int, found: Attribution) -> list[Entry]:
    method = sides.pick("in the order of the sheet", "dans l'ordre de la feuille")
    entries = []
    for step in found.steps:
        words = [change_words(sides, found.changes[i]) for i in step.changes]
        together = sides.pick(" – together with – ", " – en même temps que – ").join(words)
        cell = _cell(sides, at, found.changes[step.changes[0]])
        entries.append(Entry(at, float(step.changes[0] + 1), together, method, step.brought, cell))
    return [*entries, _total(sides, at, found)]


def _total(sides: Sides, at: int, found: Attribution) -> Entry:
    words = sides.pick("TOTAL: difference to the reference", "TOTAL : écart à la référence")
    return Entry(at, None, words, "", found.total, (0, None))


def _method(sides: Sides, found: Attribution) -> str:
    if len(found.changes) == 1:
        return sides.pick("the only change", "seul changement")
    if found.orders == found.possible:
        return sides.pick(f"average of the {found.orders} orders", f"moyenne des {found.orders} ordres possibles")
    return sides.pick(
        f"average of {found.orders} orders of {found.possible}; in the others a step has no plan",
        f"moyenne de {found.orders} ordres sur {found.possible} ; dans les autres, une étape est impossible",
    )


def _sheet(sides: Sides, key: str, title: str, entries: Sequence[Entry]) -> Sheet | None:
    if not entries:
        return None
    columns = [
        Column("case", sides.pick("Scenario", "Scénario"), [sides.titles[entry.at] for entry in entries]),
        Column("number", sides.pick("No.", "N°"), [entry.number for entry in entries], Show.COUNT),
        Column(
            "change", sides.pick("Changed input", "Donnée modifiée"), [entry.words for entry in entries], Show.PROSE
        ),
        *(_measure(sides, one, entries) for one in shown_measures(sides)),
        Column("method", sides.pick("Counted as", "Mode de calcul"), [entry.method for entry in entries], Show.PROSE),
    ]
    if sides.comparison.one_workbook:
        cells: list[Value] = [entry.cell[1] for entry in entries]
        columns.append(Column("cell", sides.pick("Changed in", "Modifié en"), cells, Show.SOURCE))
    else:
        said = [f"{sides.workbook(e.cell[0])} – {e.cell[1]}" if e.cell[1] else None for e in entries]
        columns.append(Column("cell", sides.pick("Changed in", "Modifié en"), said))
    measures = shown_measures(sides)
    return Sheet(key, title, tuple(columns), frozen=3, across=True, printed=measures[-1] if measures else "change")


def _measure(sides: Sides, key: str, entries: Sequence[Entry]) -> Column:
    show = show_of_measure(key)
    values = [as_shown(entry.brought.get(key), show) for entry in entries]
    unit = None if show is Show.PERCENT else unit_of(sides.lead, key)
    name = measure_name(sides, key)
    return Column(key, f"{name} ({unit})" if unit else name, values, CHANGES[show], keep=True)


def _cell(sides: Sides, at: int, change: Change) -> tuple[int, Cell | None]:
    """Return where a change stands; what is undone or left out stands in the reference's workbook."""
    outcomes = sides.comparison.outcomes
    own = not change.undone and change.kind != "removed"
    return outcomes[at if own else 0].case.source, change.cell
