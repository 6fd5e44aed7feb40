"""Observed sums of columns, reconciled: from a programme of the chain as it is to figures and what they leave open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import sparse

from filiere.solver.fit.least_squares import Fit, least_squares
from filiere.solver.fit.standard import Observations
from filiere.solver.programme.compile import Function, Names, Programme, Vector
from filiere.solver.session.session import Session

Kind = Literal["flow", "level", "offered", "served", "discarded"]
Quantity = tuple[Kind, object]
"""A yearly quantity: its variable, and its link, activity, offer or need (by the index's position) or place."""

KINDS: tuple[Kind, ...] = ("flow", "level", "offered", "served", "discarded")
_PHYSICAL = {*KINDS, "unmet", "unmet_year", "stock"}


@dataclass(frozen=True)
class Physics:
    """What nature asks of a chain: the programme without money, policy and today; which columns sum to what.

    ``quantities`` are in the order of the rows of ``sums``, columns those of ``programme``.
    """

    programme: Programme
    quantities: tuple[Quantity, ...]
    sums: sparse.csr_array

    def rows_of(self, chosen: Sequence[int]) -> sparse.csr_array:
        """Return the sums of some quantities."""
        return sparse.csr_array(self.sums[np.asarray(chosen, dtype=int)])


def physics(programme: Programme) -> Physics:
    """Return the balances and bounds of a programme, and each yearly quantity as a sum of its columns."""
    kept = np.array([name in _PHYSICAL for name, _ in programme.columns], dtype=bool)
    others = sparse.csr_array(programme.matrix[:, np.flatnonzero(~kept & (programme.column_upper > 0.0))])
    rows = np.flatnonzero(np.diff(others.indptr) == 0)
    columns = np.flatnonzero(kept)
    small = replace(
        programme, matrix=sparse.csr_array(programme.matrix[rows][:, columns]),
        row_lower=programme.row_lower[rows], row_upper=programme.row_upper[rows],
        column_lower=programme.column_lower[columns], column_upper=programme.column_upper[columns],
        whole=np.zeros(len(columns), dtype=bool), rows=Names(programme.rows[i] for i in rows),
        columns=Names(programme.columns[j] for j in columns), functions={},
    )  # fmt: skip
    members: dict[Quantity, list[int]] = defaultdict(list)
    for j, (name, key) in enumerate(small.columns):
        for kind in KINDS:
            if name == kind:
                members[kind, key[:-1] if kind == "discarded" else key[0]].append(j)
    places = [(i, j) for i, some in enumerate(members.values()) for j in some]
    sums = sparse.csr_array(
        (np.ones(len(places)), ([i for i, _ in places], [j for _, j in places])),
        shape=(len(members), len(columns)),
    )
    return Physics(small, tuple(members), sums)


def feasible(physical: Physics) -> bool:
    """Whether nature leaves the chain any point at all."""
    nothing = Function(np.zeros(len(physical.programme.columns)), 0.0)
    return Session(physical.programme).minimise(nothing).optimal


def reconcile(physical: Physics, observed: Sequence[int], figures: Vector, deviations: Vector) -> Fit:
    """Return the columns nearest to what is observed of some quantities, in standard deviations.

    ``observed`` are positions of quantities; one may be observed twice. Raises ``NoConvergenceError``.
    """
    p = physical.programme
    return least_squares(
        Observations(p.matrix, p.row_lower, p.row_upper, p.column_lower, p.column_upper,
                     physical.rows_of(observed), figures, deviations)
    )  # fmt: skip
