"""What a changed chain changes in a compiled programme: only the rows and functions it touches are written again.

In place: any quantity, price, cost, loss, recipe coefficient, share or weight. Recompiled: whatever adds or
drops a variable or a row: a new link or process, a limit where there was none, another calendar's closed
periods, another perimeter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pyomo.core.expr.numeric_expr import LinearExpression
from scipy import sparse

from filiere.chain.chain import Chain
from filiere.model.build import EQUATIONS, Model, functions
from filiere.model.circularity import secondary_from_outside
from filiere.model.index import Index, index
from filiere.model.variables import linear
from filiere.solver.compile import Function, Name, Programme

BOUNDS = {
    "links": ("maximum", "minimum", "today"),
    "processes": ("capacity", "minimum", "today", "expansion_max"),
    "needs": ("quantity",),
    "offers": ("maximum",),
    "storage": ("capacity", "initial", "final"),
    "funding": ("maximum", "minimum", "unit_amount", "today"),
    "actors": ("reserve",),
}
"""Fields that only rows of their own table and balances rest on; every other may weigh in any sum."""


@dataclass(frozen=True)
class Touched:
    """Positions (or keys) that differ, by table, and whether more than bounds do."""

    rows: Mapping[str, set[Any]]
    sums: bool


def patched(model: Model, programme: Programme, chain: Chain) -> tuple[Model, Programme] | None:
    """Return the programme of ``chain`` from that of ``model``, None where it has another shape."""
    x, y = model.index, index(chain)
    if shape(x) != shape(y) or set(functions(chain)) != set(programme.functions):
        return None
    touched = _touched(x, y)
    changed = Model(model.pyomo, y)
    positions = {name: i for i, name in enumerate(programme.rows)}
    columns = {name: i for i, name in enumerate(programme.columns)}
    lower, upper = programme.row_lower.copy(), programme.row_upper.copy()
    rewritten: dict[int, dict[int, float]] = {}
    for name, body in _bodies(changed, touched):
        if name not in positions:
            return None
        row = positions[name]
        coefficients, low, high = _row(body, columns)
        lower[row], upper[row] = low, high
        if coefficients != _stored(programme.matrix, row):
            rewritten[row] = coefficients
    functions_now = programme.functions if not touched.sums else _functions(changed, programme, columns)
    return changed, replace(
        programme,
        matrix=_rewritten(programme.matrix, rewritten),
        row_lower=lower,
        row_upper=upper,
        functions=functions_now,
        index=y,
    )


def shape(x: Index) -> tuple[Any, ...]:
    """What decides which variables and rows there are; two programmes of one shape differ in numbers only."""
    actors = tuple((a.name, a.inside, a.budget) for a in x.chain.actors.values())
    products = tuple((p.name, p.kind, p.may_discard) for p in x.chain.products.values())
    return (
        actors, products, x.flows, x.levels, x.offered, x.served, x.stocks, x.discards, x.grants, x.shares,
        tuple((link.key[:4], link.candidate) for link in x.links),
        tuple((process.key, process.status, process.whole, tuple(process.inputs), tuple(process.outputs))
              for process in x.processes),
        tuple((need.actor, need.product, need.obligation, need.returns, need.calendar.free) for need in x.needs),
        tuple((offer.actor, offer.product) for offer in x.offers),
        tuple((row.funder, row.actor, row.processes) for row in x.funding),
        tuple(tuple(equation.over(x)) for equation in EQUATIONS),
    )  # fmt: skip


def _touched(x: Index, y: Index) -> Touched:
    rows: dict[str, set[Any]] = {}
    sums = x.chain.settings != y.chain.settings or x.chain.products != y.chain.products
    tables: tuple[tuple[str, Iterable[tuple[Any, Any, Any]]], ...] = (
        ("links", _paired(x.links, y.links)),
        ("processes", _paired(x.processes, y.processes)),
        ("needs", _paired(x.needs, y.needs)),
        ("offers", _paired(x.offers, y.offers)),
        ("funding", _paired(x.funding, y.funding)),
        ("storage", ((key, x.chain.storages[key], y.chain.storages[key]) for key in x.stocks)),
        ("actors", ((name, actor, y.chain.actors[name]) for name, actor in x.chain.actors.items())),
    )
    for table, pairs in tables:
        rows[table] = set()
        for key, old, new in pairs:
            now = replace(new, row=old.row)
            if now != old:
                rows[table].add(key)
                kept = {name: getattr(old, name) for name in BOUNDS[table]}
                sums = sums or replace(now, **kept) != old
    old_limits = {rule.name: replace(rule, row=None) for rule in x.chain.limits}  # type: ignore[arg-type]
    new_limits = {rule.name: replace(rule, row=None) for rule in y.chain.limits}  # type: ignore[arg-type]
    rows["limits"] = {name for name, rule in new_limits.items() if old_limits.get(name) != rule}
    return Touched(rows, sums)


def _paired(old: Iterable[Any], new: Iterable[Any]) -> Iterable[tuple[int, Any, Any]]:
    return ((i, before, after) for i, (before, after) in enumerate(zip(old, new, strict=True)) if before != after)


def _bodies(model: Model, touched: Touched) -> Iterable[tuple[Name, Any]]:
    """Every row that the change may touch, written again."""
    m, y = model.pyomo, model.index
    for equation in EQUATIONS:
        own = touched.rows.get(equation.table or "", set())
        everything = touched.sums or (equation.name == "output_kept" and bool(touched.rows["processes"]))
        if not everything and equation.name == "balance":
            own = {(a, p) for a, p in touched.rows["storage"]}
        if equation.table is None and equation.name.startswith("deviation"):
            own = touched.rows["links" if equation.name.endswith("flow") else "processes"]
        if not everything and not own:
            continue
        for row in equation.over(y):
            parts = row if isinstance(row, tuple) else (row,)
            if everything or parts[0] in own or parts[:2] in own:
                body = equation.function(m, y, *parts)
                yield (equation.name, row), body
    if touched.sums:
        yield ("secondary_from_outside", None), secondary_from_outside(m, y)


def _row(body: Any, columns: Mapping[Name, int]) -> tuple[dict[int, float], float, float]:
    """Return a relation's coefficients by column, and its bounds."""
    left, right = body.args
    expression, number = (left, right) if isinstance(left, LinearExpression) else (right, left)
    bound = float(number) - float(expression.constant)
    equal = not hasattr(body, "strict")
    at_most = expression is left
    low = bound if equal or not at_most else -np.inf
    high = bound if equal or at_most else np.inf
    return _coefficients(expression, columns), low, high


def _coefficients(expression: Any, columns: Mapping[Name, int]) -> dict[int, float]:
    found: dict[int, float] = {}
    for coefficient, variable in zip(expression.linear_coefs, expression.linear_vars, strict=True):
        column = columns[(variable.parent_component().local_name, variable.index())]
        found[column] = found.get(column, 0.0) + float(coefficient)
    return {column: value for column, value in found.items() if value != 0.0}


def _stored(matrix: sparse.csr_array, row: int) -> dict[int, float]:
    begin, end = matrix.indptr[row], matrix.indptr[row + 1]
    return dict(zip(matrix.indices[begin:end].tolist(), matrix.data[begin:end].tolist(), strict=True))


def _rewritten(matrix: sparse.csr_array, rows: Mapping[int, Mapping[int, float]]) -> sparse.csr_array:
    if not rows:
        return matrix
    listed = sparse.lil_array(matrix)
    for row, coefficients in rows.items():
        columns = sorted(coefficients)
        listed.rows[row], listed.data[row] = columns, [coefficients[column] for column in columns]
    return sparse.csr_array(listed)


def _functions(model: Model, programme: Programme, columns: Mapping[Name, int]) -> dict[str, Function]:
    found = {}
    for name, function in functions(model.index.chain).items():
        expression = linear(function(model.pyomo, model.index))
        coefficients = np.zeros(len(programme.columns))
        for column, value in _coefficients(expression, columns).items():
            coefficients[column] = value
        found[name] = Function(coefficients, float(expression.constant))
    return found


def same_matrix(one: Programme, other: Programme) -> bool:
    """Whether two programmes differ in bounds and functions only."""
    return one.matrix is other.matrix
