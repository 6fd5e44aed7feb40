"""Plain reasons for a chain without a plan: what is asked, what can be reached, and what holds it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from filiere.chain.chain import Calendar
from filiere.model.equations.needs import offer_limit
from filiere.model.equations.transformation import closed_season
from filiere.model.facts import EQUATION_FACTS, Asks
from filiere.model.index import Index
from filiere.schema import words as w
from filiere.solution.solution import Cause, Mention
from filiere.solver.programme.compile import Function, Name, Programme, compiled
from filiere.solver.programme.figures import Figure, figure_value
from filiere.solver.programme.places import subject_of_row, typed_row
from filiere.solver.session.cases.search import Search
from filiere.solver.session.elastic import NOTHING, Elastic
from filiere.solver.session.session import Session

_KIND = {
    Asks.BUDGET: "budget", Asks.FLOOR: "minimum", Asks.RULE: "rule", Asks.SERVED: "short", Asks.MINIMUM: "minimum",
    Asks.FINAL: "minimum",
}  # fmt: skip
"""What is said of rows that ask for something."""

GIVEN = 1e-6
"""Less than this share of what is needed is nothing."""

TRIED, LONGEST = 12, 5000
"""Calendars tried in a programme of their own, and the columns past which none is."""

_MOVED = ("level", "served", "offered", "unmet")


def causes(
    programme: Programme,
    found: Sequence[Figure],
    rows: Sequence[int],
    changes: Sequence[float],
    elastic: Elastic,
    units: Mapping[int, int],
) -> tuple[Cause, ...]:
    """Return the plain reason behind rows that clash, ``changes`` being how far each alone would give way."""
    x = programme.index
    asking = [i for i, row in enumerate(rows) if _asks(x, programme.rows[row], changes[i])]
    if not asking:
        return _inexact(programme, found, rows, changes)
    order = list(Asks)
    asks = {i: fact for i in asking if (fact := EQUATION_FACTS[programme.rows[rows[i]][0]].asks)}
    first = min(asks, key=lambda i: (order.index(asks[i]), -abs(changes[i])))
    kind = _KIND[asks[first]]
    asked = mention(programme, found, rows[first])
    reached = asked.amount + changes[first]
    calendars, alone = _calendars(programme, found, rows, elastic, units)
    return (
        Cause(
            kind="missing" if kind == "short" and len(rows) == 1 and reached <= GIVEN * asked.amount else kind,
            asked=asked,
            reached=reached,
            limits=tuple(mention(programme, found, row) for i, row in enumerate(rows) if i not in asking),
            claims=tuple(mention(programme, found, rows[i]) for i in asking if i != first),
            calendars=calendars,
            alone=alone,
        ),
    )


def _inexact(
    programme: Programme, found: Sequence[Figure], rows: Sequence[int], changes: Sequence[float]
) -> tuple[Cause, ...]:
    """A need that can be had, but in other amounts only: whole runs, whole rounds."""
    asked = [mention(programme, found, row) for row in rows]
    return tuple(
        Cause("exact", one, one.amount + change, tuple(other for other in asked if other is not one))
        for one, change in zip(asked, changes, strict=True)
        if EQUATION_FACTS[one.row].asks is Asks.SERVED
    )[:1]


def _asks(x: Index, name: Name, change: float) -> bool:
    """Whether a row asks for more than there is; a need that takes in no more than it says holds others back."""
    equation, key = name
    asks = EQUATION_FACTS[equation].asks
    if asks is Asks.SERVED:
        need = x.needs[key[0] if isinstance(key, tuple) else key]
        return need.obligation is w.Obligation.MUST and change < 0.0
    return asks is not None


def mention(programme: Programme, found: Sequence[Figure], row: int) -> Mention:
    """Return how a row is spoken of: its cell, its name, what it is about, what it allows or asks.

    Where it is the calendar that keeps an activity closed, the row is spoken of as a closed season.
    """
    x, name = programme.index, programme.rows[row]
    figure = next(figure for figure in found if row in figure.rows)
    said = name[0] if figure.slopes or EQUATION_FACTS[name[0]].field is None else closed_season.__name__
    return Mention(figure.cell, said, subject_of_row(x, name), _bound(programme, row))


def _bound(programme: Programme, row: int) -> float:
    """What a row allows or asks; of a project, what it allows once opened."""
    x, name = programme.index, programme.rows[row]
    facts = EQUATION_FACTS[name[0]]
    first = name[1][0] if isinstance(name[1], tuple) else name[1]
    if facts.table == "processes" and facts.seasonal and x.processes[first].candidate:
        weights = x.processes[first].calendar.weights
        return figure_value(x, name) * (weights[name[1][1]] if weights else 1.0)
    project = facts.switch is not None and (facts.table != "processes" or x.processes[first].candidate)
    if project or facts.per_level or facts.asks in (Asks.FLOOR, Asks.RULE, Asks.MINIMUM):
        return figure_value(x, name)
    bounds = [b for b in (programme.row_upper[row], programme.row_lower[row]) if np.isfinite(b)]
    return float(bounds[0]) if bounds else 0.0


def _calendars(
    programme: Programme, found: Sequence[Figure], rows: Sequence[int], elastic: Elastic, units: Mapping[int, int]
) -> tuple[tuple[Mention, ...], bool]:
    """Return the calendars in a clash each of which, free, would alone mend the whole chain, and that they do.

    Where none does, those that mend this clash while what else clashes gives way by the least, and that more is left.
    """
    if len(programme.index.shares) < 2:
        return (), True
    told = _free_in(programme, found, rows, elastic, units, ()) or _closed_calendars(programme)
    if told:
        return told, True
    given = elastic.give_way()
    sources = {id(typed_row(programme.index, programme.rows[row])) for row in rows}
    here = {units[i] for figure in found if id(figure.source) in sources for i in figure.rows}
    others = [] if given is None else [u for u in np.flatnonzero(given > NOTHING).tolist() if u not in here]
    return (_free_in(programme, found, rows, elastic, units, others) if others else ()), not others


def _free_in(
    programme: Programme, found: Sequence[Figure], rows: Sequence[int], elastic: Elastic, units: Mapping[int, int],
    others: Sequence[int],
) -> tuple[Mention, ...]:  # fmt: skip
    """Return the calendars in a clash each of which, free, would leave a plan in which ``others`` alone give way."""
    x = programme.index
    told: dict[int, Mention] = {}
    for row in rows:
        name = programme.rows[row]
        calendar, column = _calendar(x, name)
        source = typed_row(x, name)
        if calendar is None or calendar.free or calendar.period or source is None or id(source) in told:
            continue
        own = [i for figure in found if figure.source is source for i in figure.rows
               if programme.rows[i][0] == name[0]]  # fmt: skip
        soft = [*(units[i] for i in own), *others]
        if elastic.mended(soft, _over_the_year(programme, own, elastic, calendar)):
            subject = subject_of_row(x, name)[:-1]
            told[id(source)] = Mention(source.at(column), name[0], subject, 0.0)
    return tuple(told.values())


def _closed_calendars(programme: Programme) -> tuple[Mention, ...]:
    """Return the resources whose calendar leaves out a period and which, free, would alone mend the chain.

    What a calendar leaves out is not in the programme at all: each is tried in one of its own.
    """
    x = programme.index
    closed = [
        o for o, offer in enumerate(x.offers) if offer.calendar.period is None and 0.0 in (offer.calendar.weights or ())
    ]
    if len(closed) > TRIED or len(programme.columns) > LONGEST:
        return ()
    told = []
    for o in closed:
        position = x.offer_positions[o]
        free = replace(x.offers[o], calendar=Calendar(None))
        offers = (*x.chain.offers[:position], free, *x.chain.offers[position + 1 :])
        variant = compiled(replace(x.chain, offers=offers))
        if Search(Session(variant)).minimise(Function(np.zeros(len(variant.columns)), 0.0)).optimal:
            offer = x.offers[o]
            told.append(Mention(offer.row.at("profile"), offer_limit.__name__, (offer.actor, offer.product), 0.0))
    return tuple(told)


def _calendar(x: Index, name: Name) -> tuple[Calendar | None, str]:
    equation, key = name
    facts = EQUATION_FACTS[equation]
    if not facts.seasonal or facts.table is None:
        return None, ""
    column = "availability" if facts.table == "processes" else "profile"
    return getattr(x, facts.table)[key[0]].calendar, column


def _over_the_year(
    programme: Programme, own: Sequence[int], elastic: Elastic, calendar: Calendar
) -> list[tuple[Function, float]]:
    """Return the rows of a calendar added up: what the calendar ``free`` would leave of them, one for each element."""
    by_element: dict[Any, list[int]] = {}
    for row in own:
        by_element.setdefault(programme.rows[row][1][0], []).append(row)
    weight = sum(calendar.weights or ()) or 1.0
    found = []
    for rows in by_element.values():
        function = Function(np.zeros(len(elastic.programme.columns)), 0.0)
        for row in rows:
            begin, end = programme.matrix.indptr[row], programme.matrix.indptr[row + 1]
            entries = zip(programme.matrix.indices[begin:end], programme.matrix.data[begin:end], strict=True)
            for column, value in entries:
                moved = programme.columns[column][0] in _MOVED
                function.coefficients[column] += value if moved else value / weight
        upper, lower = programme.row_upper[rows], programme.row_lower[rows]
        if np.isfinite(upper).all():
            found.append((function, float(upper.sum()) / weight))
        if np.isfinite(lower).all():
            found.append((function * -1.0, -float(lower.sum()) / weight))
    return found
