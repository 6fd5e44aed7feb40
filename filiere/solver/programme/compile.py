"""The Pyomo model as arrays, compiled once; every later solve changes the arrays' solver copy in place."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyomo.environ as pyo
from scipy import sparse

from filiere.chain.chain import Chain
from filiere.model.build import Model, build, functions, objective_name
from filiere.model.index import Index

HELD = 1e-6
"""What a plan may miss a row or a bound by, relative to what the row adds up (at least to 1)."""

Vector = npt.NDArray[np.float64]
Name = tuple[str, Any]
"""A component's name and its index: ``("balance", ("Mill", "flour", 0))``."""


@dataclass(frozen=True)
class Family:
    """The rows of one equation, or the columns of one variable: their indices, and where they stand."""

    keys: tuple[Any, ...]
    positions: npt.NDArray[np.int32]


class Names(tuple[Name, ...]):
    """The names of a programme's rows or columns, in order; those of a chain of the same shape share one tuple."""

    @cached_property
    def families(self) -> Mapping[str, Family]:
        """Rows by equation, columns by variable."""
        keys: dict[str, list[Any]] = defaultdict(list)
        positions: dict[str, list[int]] = defaultdict(list)
        for position, (family, key) in enumerate(self):
            keys[family].append(key)
            positions[family].append(position)
        return {name: Family(tuple(keys[name]), np.array(positions[name], dtype=np.int32)) for name in keys}


@dataclass(frozen=True)
class Function:
    """A linear function of the columns: coefficients and constant."""

    coefficients: Vector
    constant: float

    def at(self, columns: Vector) -> float:
        """Return its value."""
        return float((self.coefficients * columns).sum() + self.constant)

    @property
    def largest(self) -> float:
        """Its largest coefficient, the sign apart; 1 where there is none."""
        return float(np.max(np.abs(self.coefficients), initial=0.0)) or 1.0

    def __add__(self, other: Function) -> Function:
        return Function(self.coefficients + other.coefficients, self.constant + other.constant)

    def __mul__(self, factor: float) -> Function:
        return Function(self.coefficients * factor, self.constant * factor)

    def __sub__(self, other: Function) -> Function:
        return self + other * -1.0


@dataclass(frozen=True)
class Programme:
    """A linear programme as arrays: rows × columns matrix, bounds, which columns are whole, and functions.

    ``rows`` and ``columns`` name each row's equation and each column's variable, with their index.
    """

    matrix: sparse.csr_array
    row_lower: Vector
    row_upper: Vector
    column_lower: Vector
    column_upper: Vector
    whole: npt.NDArray[np.bool_]
    rows: Names
    columns: Names
    functions: Mapping[str, Function]
    index: Index

    def used(self, variable: str, columns: Vector, least: float = 0.0) -> tuple[list[Any], list[float]]:
        """Return the indices at which a variable exceeds ``least``, and its values there, in the columns' order."""
        family = self.columns.families.get(variable)
        if family is None:
            return [], []
        values = columns[family.positions]
        above = np.flatnonzero(values > least)
        return [family.keys[i] for i in above.tolist()], values[above].tolist()

    def holds(self, columns: Vector) -> bool:
        """Whether columns keep every row and bound, to a millionth of what the row adds up; whole ones are whole.

        What the solver says of its own plan is not asked.
        """
        activities = self.matrix @ columns
        slack = HELD * np.maximum(1.0, abs(self.matrix) @ np.abs(columns))
        own = HELD * np.maximum(1.0, np.abs(columns))
        rows = (activities >= self.row_lower - slack) & (activities <= self.row_upper + slack)
        within = (columns >= self.column_lower - own) & (columns <= self.column_upper + own)
        whole = np.abs(columns - np.round(columns))[self.whole] <= HELD
        return bool(rows.all() and within.all() and whole.all())

    @property
    def has_whole_columns(self) -> bool:
        """Whether the programme is a mixed-integer one."""
        return bool(self.whole.any())


def compiled(chain: Chain) -> Programme:
    """Return the programme of ``chain``, its Pyomo model built and read.

    A model is a great many small objects that all live till it is read: looking for garbage among them in
    between, as Python does, takes as long as building them.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return compile_model(build(chain))
    finally:
        if collecting:
            gc.enable()


def compile_model(model: Model) -> Programme:
    """Return ``model`` as arrays. Rows keep their natural sense; a variable that nothing mentions gets no column.

    Every body of the model is a ``LinearExpression``, so that its coefficients can be read off: Pyomo's own
    ``LinearStandardFormCompiler``, which takes any expression, gives the same arrays in three times as long.
    """
    m = model.pyomo
    rows = [(_name(block, key), row) for block in m.component_objects(pyo.Constraint) for key, row in block.items()]
    names = list(functions(model.index.chain))
    sums = _Sums([row.body for _, row in rows] + [_objective(m, name).expr for name in names])
    mentioned, families = sums.mentioned(), m.component_objects(pyo.Var)
    columns = [(_name(family, key), v) for family in families for key, v in family.items() if id(v) in mentioned]
    matrix = sums.matrix({id(variable): i for i, (_, variable) in enumerate(columns)})
    constants = np.array(sums.constants)
    there = len(rows)
    return Programme(
        matrix=matrix[:there],
        row_lower=np.array([_bound(row.lb, -np.inf) for _, row in rows]) - constants[:there],
        row_upper=np.array([_bound(row.ub, np.inf) for _, row in rows]) - constants[:there],
        column_lower=np.array([_bound(v.lb, -np.inf) for _, v in columns], dtype=float),
        column_upper=np.array([_bound(v.ub, np.inf) for _, v in columns], dtype=float),
        whole=np.array([not v.is_continuous() for _, v in columns], dtype=bool),
        rows=Names(name for name, _ in rows),
        columns=Names(name for name, _ in columns),
        functions={name: _function(matrix, constants, there + i) for i, name in enumerate(names)},
        index=model.index,
    )


class _Sums:
    """Linear expressions, read off one after the other: constants, coefficients and the variables they go with."""

    def __init__(self, bodies: Iterable[Any]) -> None:
        self.constants: list[float] = []
        self._coefficients: list[float] = []
        self._variables: list[int] = []
        self._starts = [0]
        for body in bodies:
            self.constants.append(float(body.constant))
            self._coefficients += body.linear_coefs
            self._variables += map(id, body.linear_vars)
            self._starts.append(len(self._variables))

    def mentioned(self) -> set[int]:
        """Return the variables, by identity."""
        return set(self._variables)

    def matrix(self, columns: Mapping[int, int]) -> sparse.csr_array:
        """Return the coefficients, sums × columns; those of one variable in one sum are added up."""
        places = np.fromiter((columns[v] for v in self._variables), dtype=np.int32, count=len(self._variables))
        shape = (len(self._starts) - 1, len(columns))
        found = sparse.csr_array((np.array(self._coefficients, dtype=float), places, self._starts), shape=shape)
        found.sum_duplicates()
        found.eliminate_zeros()
        return found


def _bound(value: float | None, unbounded: float) -> float:
    return unbounded if value is None else float(value)


def _objective(m: pyo.ConcreteModel, name: str) -> Any:
    return m.component(objective_name(name))


def _function(sums: sparse.csr_array, constants: Vector, row: int) -> Function:
    return Function(np.asarray(sums[[row], :].todense(), dtype=float).ravel(), float(constants[row]))


def _name(component: Any, key: Any) -> Name:
    return (component.local_name, key)
