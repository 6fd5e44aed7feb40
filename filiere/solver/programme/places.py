"""Where a row or a column of the programme comes from: its cell, and the words that name it."""

from __future__ import annotations

from typing import Any

from filiere.chain.chain import Link
from filiere.model.build import EQUATIONS, Equation
from filiere.model.facts import EQUATION_FACTS
from filiere.model.index import Index
from filiere.problems import Cell
from filiere.schema.columns import Addressed
from filiere.solver.programme.compile import Name

_BY_NAME = {equation.name: equation for equation in EQUATIONS}


def equation_of(name: Name) -> Equation | None:
    """Return the equation a row is written by, None for the one that defines net purchases."""
    return _BY_NAME.get(name[0])


def typed_row(x: Index, name: Name) -> Addressed | None:
    """Return the row of the workbook that a row of the programme rests on, None for a law of the model."""
    equation = _BY_NAME.get(name[0])
    return _row(x, equation.table, name[1]) if equation is not None and equation.table is not None else None


def cell_of_row(x: Index, name: Name) -> Cell | None:
    """Return the cell a row rests on."""
    equation = _BY_NAME.get(name[0])
    row = typed_row(x, name)
    return row.at(equation.column) if row is not None and equation is not None else None


def subject_of_row(x: Index, name: Name) -> tuple[str, ...]:
    """Return the names that tell which row it is: actors, products, activities, the period last."""
    equation, key = _BY_NAME.get(name[0]), name[1]
    if equation is None:
        return _subject(x, None, key)
    return _subject(x, equation.table, key[0] if EQUATION_FACTS[equation.name].of_two else key)


_TABLE_OF_VARIABLE = {
    "flow": "links", "open_link": "links", "lots": "links", "more_flow": "links", "less_flow": "links",
    "level": "processes",
    "grown_flow": "links",
    "open_process": "processes", "expansion": "processes", "runs": "processes", "reused": "processes",
    "more_level": "processes", "runs_in_period": "processes", "chosen": "recipes", "running": "processes",
    "grown_level": "processes",
    "less_level": "processes", "offered": "offers", "served": "needs", "unmet": "needs", "unmet_year": "needs",
    "sold_beyond": "links", "served_beyond": "needs",
    "more_grant": "funding", "less_grant": "funding", "grant": "funding", "deficit": "actors", "worse": "actors",
    "paid": "actors", "received": "actors",
    "above_rule": "limits", "below_rule": "limits",
}  # fmt: skip

_LIMITING_COLUMN = {
    "flow": "maximum", "level": "capacity", "offered": "maximum", "served": "quantity", "grant": "maximum",
    "expansion": "expansion_max", "stock": "capacity",
}  # fmt: skip


def cell_of_column(x: Index, name: Name) -> Cell | None:
    """Return the cell that would limit a variable."""
    variable, key = name
    table = "storage" if variable in ("stock",) else _TABLE_OF_VARIABLE.get(variable)
    if table is None:
        return None
    row = _row(x, table, key)
    return row.at(_LIMITING_COLUMN.get(variable, "")) if row is not None else None


def subject_of_column(x: Index, name: Name) -> tuple[str, ...]:
    """Return the names that tell which variable it is, the period last."""
    variable, key = name
    return _subject(
        x, "storage" if variable in ("stock", "discarded", "left_over") else _TABLE_OF_VARIABLE.get(variable), key
    )


def _row(x: Index, table: str, key: Any) -> Addressed | None:
    first = key[0] if isinstance(key, tuple) and table not in ("storage",) else key
    if table == "processes":
        return x.processes[first].row
    if table == "recipes":
        return x.pooling.options[key[:3]].row
    if table == "links":
        return _round_row(x, first) if isinstance(first, str) else x.links[first].row
    if table == "needs":
        return x.needs[first].row
    if table == "offers":
        return x.offers[first].row
    if table == "funding":
        return x.funding[first].row
    if table == "storage":
        storage = x.chain.storages.get(key[:2])
        return storage.row if storage else None
    if table == "products":
        return x.chain.products[key[1]].row
    if table == "actors":
        return x.chain.actors[first].row
    return next((rule.row for rule in x.chain.limits if rule.name == first), None)


def _round_row(x: Index, name: str) -> Addressed:
    """Return the row of a round on which its maximum is typed."""
    rows = [x.links[e].row for e in x.pooling.rounds[name]]
    return next((row for row in rows if row.round_maximum is not None), rows[0])


def _subject(x: Index, table: str | None, key: Any) -> tuple[str, ...]:
    if table == "recipes":
        k, choice, *rest = key
        return (*x.processes[k].key, choice, *(x.period_names[one] if isinstance(one, int) else one for one in rest))
    if table == "links" and isinstance(key, str):
        return (key,)
    if table in ("processes", "links", "needs", "offers", "funding"):
        first = key[0] if isinstance(key, tuple) else key
        period = (x.period_names[key[1]],) if isinstance(key, tuple) else ()
        return (*_names(x, table, first), *period)
    if isinstance(key, tuple):
        return tuple(x.period_names[part] if isinstance(part, int) else str(part) for part in key)
    return () if key is None else (str(key),)


def _names(x: Index, table: str, position: int) -> tuple[str, ...]:
    if table == "processes":
        return x.processes[position].key
    if table == "links":
        link: Link = x.links[position]
        return (link.from_, link.to, link.product)
    if table == "funding":
        return (x.funding[position].funder, x.funding[position].actor)
    row = x.needs[position] if table == "needs" else x.offers[position]
    return (row.actor, row.product)
