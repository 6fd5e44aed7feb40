"""The Pyomo model as arrays, compiled once; every later solve changes the arrays' solver copy in place."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyomo.environ as pyo
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

from filiere.chain.chain import Chain
from filiere.model.build import Model, build, functions, objective_name
from filiere.model.index import Index

Vector = npt.NDArray[np.float64]
Name = tuple[str, Any]
"""A component's name and its index: ``("balance", ("Mill", "flour", 0))``."""


@dataclass(frozen=True)
class Function:
    """A linear function of the columns: coefficients and constant."""

    coefficients: Vector
    constant: float

    def at(self, columns: Vector) -> float:
        """Return its value."""
        return float((self.coefficients * columns).sum() + self.constant)

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
    rows: tuple[Name, ...]
    columns: tuple[Name, ...]
    functions: Mapping[str, Function]
    index: Index

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
    """Return ``model`` as arrays. Rows keep their natural sense; an empty model gives empty arrays."""
    form = LinearStandardFormCompiler().write(model.pyomo, mixed_form=True)
    matrix = sparse.csr_array(form.A)
    right = np.asarray(form.rhs, dtype=float)
    kinds = np.array([entry.bound_type for entry in form.rows], dtype=int)
    names = list(functions(model.index.chain))
    position = {id(objective): i for i, objective in enumerate(form.objectives)}
    costs = sparse.csr_array(form.c)
    return Programme(
        matrix=matrix,
        row_lower=np.where(kinds <= 0, right, -np.inf),
        row_upper=np.where(kinds >= 0, right, np.inf),
        column_lower=np.array([_bound(c.lb, -np.inf) for c in form.columns], dtype=float),
        column_upper=np.array([_bound(c.ub, np.inf) for c in form.columns], dtype=float),
        whole=np.array([not c.is_continuous() for c in form.columns], dtype=bool),
        rows=tuple(_name(entry.constraint) for entry in form.rows),
        columns=tuple(_name(column) for column in form.columns),
        functions={
            name: _function(costs, form.c_offset, position[id(_objective(model.pyomo, name))]) for name in names
        },
        index=model.index,
    )


def _bound(value: float | None, unbounded: float) -> float:
    return unbounded if value is None else float(value)


def _objective(m: pyo.ConcreteModel, name: str) -> Any:
    return m.component(objective_name(name))


def _function(costs: sparse.csr_array, offsets: Any, row: int) -> Function:
    return Function(np.asarray(costs[[row], :].todense(), dtype=float).ravel(), float(offsets[row]))


def _name(component: Any) -> Name:
    return (component.parent_component().local_name, component.index())
