"""The programme as arrays, compiled once; every later solve changes the arrays' solver copy in place.

The solve path reads the equations straight into arrays, and imports no Pyomo. The Pyomo model of record, from the same
functions, gives the same arrays to the last bit: :func:`compile_model` reads them off it, for other solvers and tests.
"""

from __future__ import annotations

import gc
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.chain.chain import Chain
from filiere.latest import latest
from filiere.model.build import Model, Read, functions, objective_name, read
from filiere.model.index import Index
from filiere.watch import BUILDING, tell

HELD = 1e-6
"""What a plan may miss a row or a bound by, relative to what the row adds up (at least to 1)."""

SPREAD = (1e-7, 1e-12)
"""Beside a largest cost of 1, costs below the first need another scale; below the second they are rounding."""

ALIKE = 0.9
"""The cosine of two functions from which the optimum of one is thought near that of the other."""

MOST = 1e4
"""The largest cost that a solver is given."""

Vector = npt.NDArray[np.float64]
Name = tuple[str, Any]
"""A component's name and its index: ``("balance", ("Mill", "flour", 0))``."""


@dataclass(frozen=True)
class Family:
    """The rows of one equation, or the columns of one variable: their indices, and where they stand."""

    keys: tuple[Any, ...]
    positions: npt.NDArray[np.int32]

    @cached_property
    def place(self) -> Mapping[Any, int]:
        """Index → where it stands."""
        return dict(zip(self.keys, self.positions.tolist(), strict=True))

    @cached_property
    def first_of_year(self) -> tuple[list[Any], npt.NDArray[np.int32]]:
        """Its indices without their period, and where the first of each stands."""
        rows: dict[Any, int] = {}
        for key, place in zip(self.keys, self.positions.tolist(), strict=True):
            row = key[:-1] if isinstance(key, tuple) else (key,)
            rows.setdefault(row[0] if len(row) == 1 else row, place)
        return list(rows), np.array([*rows.values()], dtype=np.int32)


class Names(tuple[Name, ...]):
    """The names of a programme's rows or columns, in order; those of a chain of the same shape share one tuple."""

    @cached_property
    def families(self) -> Mapping[str, Family]:
        """Rows by equation, columns by variable."""
        parts: dict[str, list[tuple[int, list[Any]]]] = defaultdict(list)
        begin = 0
        for name, some in groupby(self, key=itemgetter(0)):
            keys = [key for _, key in some]
            parts[name].append((begin, keys))
            begin += len(keys)
        return {name: _family(of) for name, of in parts.items()}


def _family(parts: list[tuple[int, list[Any]]]) -> Family:
    """Return a family of stretches of names: where each begins, and its indices."""
    positions = [np.arange(begin, begin + len(keys), dtype=np.int32) for begin, keys in parts]
    return Family(tuple(key for _, keys in parts for key in keys), np.concatenate(positions))


@dataclass(frozen=True)
class Function:
    """A linear function of the columns: coefficients and constant."""

    coefficients: Vector
    constant: float

    def at(self, columns: Vector) -> float:
        """Return its value."""
        return float((self.coefficients * columns).sum() + self.constant)

    @cached_property
    def largest(self) -> float:
        """Its largest coefficient, the sign apart; 1 where there is none."""
        return float(np.max(np.abs(self.coefficients), initial=0.0)) or 1.0

    @cached_property
    def scale(self) -> float:
        """What it is divided by for a solver: its largest coefficient, or less where the smallest would be lost beside.

        Below the solver's tolerance for costs, a cent a kilogram beside a project of millions would cost nothing.
        """
        sizes = np.abs(self.coefficients)
        counted = sizes[sizes > SPREAD[1] * self.largest]
        smallest = float(np.min(counted, initial=self.largest))
        return max(min(self.largest, smallest / SPREAD[0]), self.largest / MOST)

    @property
    def scaled(self) -> Vector:
        """Its coefficients to that scale."""
        return self.coefficients / self.scale

    @cached_property
    def signs(self) -> bytes:
        """Which way each column pulls it: what functions that are alike have in common."""
        return np.sign(self.coefficients).astype(np.int8).tobytes()

    def like(self, other: Function) -> bool:
        """Whether another points nearly the same way."""
        a, b = self.coefficients, other.coefficients
        return bool(a @ b >= ALIKE * np.sqrt((a @ a) * (b @ b)))

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
    typed: sparse.csr_array | None = None
    """The matrix before sizes of projects that nobody measured were bounded by what could be used of them."""

    def used(self, variable: str, columns: Vector, least: Vector | float = 0.0) -> tuple[list[Any], list[float]]:
        """Return the indices at which a variable exceeds ``least``, and its values there, in the columns' order."""
        family = self.columns.families.get(variable)
        if family is None:
            return [], []
        values = columns[family.positions]
        above = np.flatnonzero(values > (least[family.positions] if isinstance(least, np.ndarray) else least))
        return [family.keys[i] for i in above.tolist()], values[above].tolist()

    def carried(self, columns: Vector) -> Vector:
        """Return what each link carries over the year, by its position in the index."""
        family, links = self.columns.families.get("flow"), len(self.index.links)
        if family is None:
            return np.zeros(links)
        return np.bincount(self._link_of, weights=columns[family.positions], minlength=links).astype(float)

    def carrying(self, link: int) -> Function:
        """Return what a link carries over the year as a function of the columns."""
        function = Function(np.zeros(len(self.columns)), 0.0)
        if (family := self.columns.families.get("flow")) is not None:
            function.coefficients[family.positions[self._link_of == link]] = 1.0
        return function

    @cached_property
    def _link_of(self) -> npt.NDArray[np.intp]:
        """The link of each column that is a flow."""
        return np.array([e for e, _ in self.columns.families["flow"].keys], dtype=np.intp)

    def holds(self, columns: Vector, missed: float = HELD) -> bool:
        """Whether columns keep every row and bound, to a millionth (or what may be ``missed``) of what the row adds up;
        whole ones are whole.

        What the solver says of its own plan is not asked.
        """
        activities = self.matrix @ columns
        slack = missed * np.maximum(1.0, abs(self.matrix) @ np.abs(columns))
        own = missed * np.maximum(1.0, np.abs(columns))
        rows = (activities >= self.row_lower - slack) & (activities <= self.row_upper + slack)
        within = (columns >= self.column_lower - own) & (columns <= self.column_upper + own)
        whole = np.abs(columns - np.round(columns))[self.whole] <= HELD
        return bool(rows.all() and within.all() and whole.all())

    @cached_property
    def has_whole_columns(self) -> bool:
        """Whether the programme is a mixed-integer one."""
        return bool(self.whole.any())


KEPT = 50_000
"""Columns up to which a programme is kept for whoever asks for it again: plan, explanation and refusals do."""


def _few_columns(programme: Programme) -> bool:
    return len(programme.columns) <= KEPT


@latest(2, worth=_few_columns)
def compiled(chain: Chain) -> Programme:
    """Return the programme of ``chain``, its equations read into arrays: the same as before where it was asked for
    lately, as nobody changes it.

    They are a great many small objects that all live till they are read: looking for garbage among them in
    between, as Python does, takes as long as making them.
    """
    tell(BUILDING)
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _with_sizes(_compiled(read(chain)))
    finally:
        if collecting:
            gc.enable()


def _compiled(found: Read) -> Programme:
    """Return what was read as arrays; a variable that nothing mentions gets no column."""
    sums, rows, lower, upper = _Sums(), list[Name](), list[float](), list[float]()
    for name, key, row in found.rows:
        rows.append((name, key))
        lower.append(row.lower)
        upper.append(row.upper)
        sums.add(0.0, row.sum.coefficients, row.sum.columns)
    names = []
    for name, total in found.functions:
        names.append(name)
        sums.add(total.constant, total.coefficients, total.columns)
    every = [(variable, key) for variable, family in found.columns.families() for key in family]
    matrix, at = sums.numbered(len(every))
    numbering, constants = found.numbering, np.array(sums.constants)
    return Programme(
        matrix=matrix[: len(rows)],
        row_lower=np.array(lower, dtype=float),
        row_upper=np.array(upper, dtype=float),
        column_lower=np.array(numbering.lower, dtype=float)[at],
        column_upper=np.array(numbering.upper, dtype=float)[at],
        whole=np.array(numbering.whole, dtype=bool)[at],
        rows=Names(rows),
        columns=Names(every if len(at) == len(every) else [every[number] for number in at.tolist()]),
        functions={name: _function(matrix, constants, len(rows) + i) for i, name in enumerate(names)},
        index=found.index,
    )


def compile_model(model: Model) -> Programme:
    """Return a Pyomo model as arrays. Rows keep their natural sense; a variable that nothing mentions gets no column.

    Every body of the model is a ``LinearExpression``, so that its coefficients can be read off: Pyomo's own
    ``LinearStandardFormCompiler``, which takes any expression, gives the same arrays in three times as long.
    """
    import pyomo.environ as pyo

    m = model.pyomo
    rows = [(_name(block, key), row) for block in m.component_objects(pyo.Constraint) for key, row in block.items()]
    names = list(functions(model.index.chain))
    sums = _Sums()
    for body in [row.body for _, row in rows] + [_objective(m, name).expr for name in names]:
        sums.add(float(body.constant), body.linear_coefs, map(id, body.linear_vars))
    mentioned, families = sums.mentioned(), m.component_objects(pyo.Var)
    columns = [(_name(family, key), v) for family in families for key, v in family.items() if id(v) in mentioned]
    matrix = sums.matrix({id(variable): i for i, (_, variable) in enumerate(columns)})
    constants = np.array(sums.constants)
    there = len(rows)
    found = Programme(
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
    return _with_sizes(found)


def _with_sizes(programme: Programme) -> Programme:
    from filiere.solver.programme.tighten import tightened

    return tightened(programme)


class _Sums:
    """Sums, read one after the other: constants, coefficients and the variables they go with, as numbers."""

    def __init__(self) -> None:
        self.constants: list[float] = []
        # Not lists: of a million flows there are ten million terms, and each would be an object of its own.
        self._coefficients, self._variables = array("d"), array("q")
        self._starts = [0]

    def add(self, constant: float, coefficients: Iterable[float], variables: Iterable[int]) -> None:
        """Add a sum."""
        self.constants.append(constant)
        self._coefficients.extend(coefficients)
        self._variables.extend(variables)
        self._starts.append(len(self._variables))

    def mentioned(self) -> set[int]:
        """Return the variables that some sum has."""
        return set(self._variables)

    def matrix(self, columns: Mapping[int, int]) -> sparse.csr_array:
        """Return the coefficients, sums × columns; those of one variable in one sum are added up."""
        places = np.fromiter((columns[v] for v in self._variables), dtype=np.int32, count=len(self._variables))
        return self._added_up(places, len(columns))

    def numbered(self, count: int) -> tuple[sparse.csr_array, npt.NDArray[np.intp]]:
        """Return the same over ``count`` numbered variables, those that no sum has left out, and which it has."""
        variables = np.asarray(self._variables)
        used = np.zeros(count, dtype=bool)
        used[variables] = True
        places = (np.cumsum(used, dtype=np.int32) - np.int32(1))[variables]
        return self._added_up(places, int(used.sum())), np.flatnonzero(used)

    def _added_up(self, places: npt.NDArray[np.int32], columns: int) -> sparse.csr_array:
        shape = (len(self._starts) - 1, columns)
        starts = np.array(self._starts, dtype=np.int32)
        found = sparse.csr_array((np.asarray(self._coefficients), places, starts), shape=shape)
        found.sum_duplicates()
        found.eliminate_zeros()
        return found


def _bound(value: float | None, unbounded: float) -> float:
    return unbounded if value is None else float(value)


def _objective(m: Any, name: str) -> Any:
    return m.component(objective_name(name))


def _function(sums: sparse.csr_array, constants: Vector, row: int) -> Function:
    coefficients, there = np.zeros(sums.shape[1]), slice(sums.indptr[row], sums.indptr[row + 1])
    coefficients[sums.indices[there]] = sums.data[there]
    return Function(coefficients, float(constants[row]))


def _name(component: Any, key: Any) -> Name:
    return (component.local_name, key)
