"""What a changed chain changes in a compiled programme: only the rows and functions it touches are written again.

In place: any quantity, price, cost, loss, recipe coefficient, share or weight. Recompiled: whatever adds or
drops a variable or a row: a new link or process, a limit where there was none, another calendar's closed
periods, another perimeter. The equations are the model's own, written over the programme's numbered columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from filiere.chain.chain import Chain
from filiere.model.build import EQUATIONS, Equation, functions
from filiere.model.facts import EQUATION_FACTS
from filiere.model.index import Index
from filiere.model.variables import Row, linear
from filiere.solver.programme.compile import Function, Name, Programme
from filiere.solver.programme.tighten import tightened
from filiere.solver.programme.touch import Touched, same_shape, touched


class Patcher:
    """The rows and columns of one programme by name, to write any of them again for a chain of the same shape."""

    def __init__(self, programme: Programme) -> None:
        self._columns = _Columns(programme.columns)
        self._rows = {name: i for i, name in enumerate(programme.rows)}
        self._keys = {equation.name: tuple(equation.over(programme.index)) for equation in EQUATIONS}

    def patched(self, programme: Programme, chain: Chain) -> Programme | None:
        """Return the programme of ``chain`` from one of this shape, None where it has another."""
        x = programme.index
        y = same_shape(x, chain)
        if y is None or functions(chain).keys() != programme.functions.keys():
            return None
        what = touched(x, y)
        if y.discards != x.discards or not self._same_rows(y, what):
            return None
        try:
            return self._written(programme, y, what)
        except NoColumnError:
            return None

    def _same_rows(self, y: Index, what: Touched) -> bool:
        """Whether every equation holds over the rows that it held over before."""
        return all(
            tuple(equation.over(y)) == self._keys[equation.name] for equation in EQUATIONS if _touches(what, equation)
        )

    def _written(self, programme: Programme, y: Index, what: Touched) -> Programme | None:
        lower, upper = programme.row_lower.copy(), programme.row_upper.copy()
        rewritten: dict[int, dict[int, float]] = {}
        typed = programme.matrix if programme.typed is None else programme.typed
        for name, body in self._bodies(y, what):
            row = self._rows.get(name)
            if row is None:
                return None
            coefficients, lower[row], upper[row] = _row(body)
            if coefficients != _stored(typed, row):
                rewritten[row] = coefficients
        written = replace(
            programme,
            matrix=_rewritten(typed, rewritten),
            typed=None,
            row_lower=lower,
            row_upper=upper,
            functions=self._functions(programme, y) if what.sums else programme.functions,
            index=y,
        )
        return tightened(written)

    def _bodies(self, y: Index, what: Touched) -> Iterable[tuple[Name, Any]]:
        """Every row that the change may touch, written again."""
        m: Any = self._columns
        for equation in EQUATIONS:
            if not _touches(what, equation):
                continue
            places = _places(what, equation)
            for key in self._keys[equation.name]:
                parts = key if isinstance(key, tuple) else (key,)
                if places is None or parts[0] in places or parts[:2] in places:
                    yield (equation.name, key), equation.function(m, y, *parts)

    def _functions(self, programme: Programme, y: Index) -> dict[str, Function]:
        found = {}
        for name, function in functions(y.chain).items():
            total = linear(function(self._columns, y))
            coefficients = np.zeros(len(programme.columns))
            np.add.at(coefficients, np.array(total.columns, dtype=int), total.coefficients)
            found[name] = Function(coefficients, float(total.constant))
        return found


class NoColumnError(Exception):
    """A variable that no row and no function of the programme had before."""


class _Family(dict[Any, int]):
    """One family of variables: their columns by index."""

    def __missing__(self, key: Any) -> int:
        raise NoColumnError(key)


class _Columns:
    """Stands for the Pyomo model in its equations: ``m.flow[e, t]`` is the number of a column."""

    def __init__(self, columns: Iterable[Name]) -> None:
        families: dict[str, _Family] = defaultdict(_Family)
        for number, (variable, key) in enumerate(columns):
            families[variable][key] = number
        self._families = families
        for variable, family in families.items():
            setattr(self, variable, family.get(None, family))

    def __getattr__(self, variable: str) -> _Family:
        """A family without any column."""
        return self._families[variable]


def _touches(what: Touched, equation: Equation) -> bool:
    return _places(what, equation) != set()


def _places(what: Touched, equation: Equation) -> set[Any] | None:
    """The rows of an equation that may change, by the start of their key; None means all."""
    if what.settings or (what.sums and EQUATION_FACTS[equation.name].sums):
        return None
    if equation.table is not None:
        return what.rows[equation.table]
    reach: dict[str, set[Any]] = {
        "places": what.places, "links": what.rows["links"],
        "processes": what.rows["processes"], "never": set(),
        "wants": what.wants,
    }  # fmt: skip
    return reach[EQUATION_FACTS[equation.name].touched]


def _row(body: Any) -> tuple[dict[int, float], float, float]:
    """Return a relation's coefficients by column, and its bounds."""
    if not isinstance(body, Row) or not body.sum.columns:
        raise NoColumnError(body)  # a relation between numbers: nothing is left of its row
    found: dict[int, float] = {}
    for coefficient, column in zip(body.sum.coefficients, body.sum.columns, strict=True):
        found[column] = found.get(column, 0.0) + coefficient
    return {column: value for column, value in found.items() if value != 0.0}, body.lower, body.upper


def _stored(matrix: sparse.csr_array, row: int) -> dict[int, float]:
    begin, end = matrix.indptr[row], matrix.indptr[row + 1]
    return dict(zip(matrix.indices[begin:end].tolist(), matrix.data[begin:end].tolist(), strict=True))


def _rewritten(matrix: sparse.csr_array, rows: Mapping[int, Mapping[int, float]]) -> sparse.csr_array:
    """Return the matrix with other coefficients in some rows."""
    if not rows:
        return matrix
    pieces, data = [], matrix.data.copy()
    for row, coefficients in rows.items():
        begin, end = matrix.indptr[row], matrix.indptr[row + 1]
        columns = matrix.indices[begin:end].tolist()
        if coefficients.keys() == set(columns):
            data[begin:end] = [coefficients[column] for column in columns]
        else:
            pieces.append(row)
    changed = sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    if not pieces:
        return changed
    listed = sparse.lil_array(changed)
    for row in pieces:
        columns = sorted(rows[row])
        listed.rows[row], listed.data[row] = columns, [rows[row][column] for column in columns]
    return sparse.csr_array(listed)
