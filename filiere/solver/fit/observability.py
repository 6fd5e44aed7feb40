"""What reconciled figures say: how each could be wrong, what they determine, and how far the rest may lie.

The classification of Mah, R. S. H., Stanley, G. M. and Downing, D. M. (1976), Reconciliation and rectification of
process flow and inventory data, Industrial & Engineering Chemistry Process Design and Development 15(1): a figure is
redundant where the others say something of it too; what was not observed is determinable where they leave it one
value. Bounds that bind count as equations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.solver.fit.factor import factorised
from filiere.solver.fit.least_squares import Fit
from filiere.solver.fit.settle import still
from filiere.solver.programme.compile import Function, Names, Programme, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.session import Session

REDUNDANT = 1e-6
"""Share of a figure's variance that the others must explain for them to say something of it."""
DETERMINED = 1e-6
"""What moves by less than this, while all that is free moves by about 1, does not move."""
CLOSE = 1e-9
"""Relative residual to which a figure's variance is worked out."""
BLOCK = 64
"""Right-hand sides solved at once."""
EXACT = 1e-9
"""Relative slack that reconciled sums leave the solver, which knows them to this only."""
SAME = 1e-7
"""A least and a most nearer to each other than this share of the larger are one value."""


def redundancies(fit: Fit, which: Sequence[int]) -> Vector:
    """Return, of some figures, the share of the variance that reconciling takes away: the correction's own variance.

    It is the diagonal of the projector whose trace is the number of degrees of freedom: 0 for a figure that nothing
    else speaks of, near 1 for one that the others know well.
    """
    s, moving = fit.standard, np.flatnonzero(~fit.held)
    system = factorised(sparse.csc_array(s.equations[:, moving]), s.curvature[moving])
    assert system is not None, "the figures were reconciled by such a system"
    rows = len(s.right)
    first_row, first = rows - s.figures, len(moving) - s.figures
    found = np.zeros(len(which))
    for start in range(0, len(which), BLOCK):
        block = np.asarray(which[start : start + BLOCK], dtype=int)
        right = np.zeros((rows, len(block)))
        right[first_row + block, np.arange(len(block))] = 1.0
        moved, _ = system.solve(np.zeros((len(moving), len(block))), right, CLOSE)
        found[start : start + BLOCK] = -moved[first + block, np.arange(len(block))]
    return np.where(found > REDUNDANT, np.minimum(found, 1.0), 0.0)


def determined(fit: Fit, sums: sparse.csr_array) -> npt.NDArray[np.bool_]:
    """Return which sums (rows) of columns have one value in every point that agrees with the reconciled figures.

    Random directions are projected onto those in which nothing observed moves: what never moves is determined.
    """
    s = fit.standard
    count = len(s.curvature) - s.figures
    moving = ~fit.held & (np.arange(len(s.curvature)) < count)
    draws = np.random.default_rng(0).standard_normal((count, 4))
    directions = np.zeros_like(draws)
    directions[moving[:count]] = still(s, moving, draws[moving[:count]])
    scaled = sums[:, s.moving] @ sparse.diags_array(s.scale[: len(s.moving)])
    size = np.asarray(abs(scaled).max(axis=1).todense(), dtype=float).ravel() if 0 not in scaled.shape else 0.0
    moves = np.abs(scaled @ directions[: len(s.moving)]).max(axis=1, initial=0.0)
    return np.asarray(moves <= DETERMINED * np.maximum(size, 1e-300))


def intervals(
    programme: Programme, fit: Fit, observed: sparse.csr_array, sums: sparse.csr_array, which: Iterable[int]
) -> dict[int, tuple[float, float]]:
    """Return the least and the most of some sums over the points that agree with the reconciled figures.

    Two linear programmes each in one session, fewer where a plan found before shows the least; infinite where nothing
    bounds one; nothing for one whose programme fails.
    """
    session = Session(_agreeing(programme, fit, observed))
    least: dict[int, float] = {}
    found: dict[int, tuple[float, float]] = {}
    asked = list(which)
    size = 1e-9 * (1.0 + float(np.max(np.abs(fit.columns), initial=0.0)))
    for i in asked:
        function = Function(np.asarray(sums[[i], :].todense(), dtype=float).ravel(), 0.0)
        most = session.minimise(function * -1.0)
        if not (most.optimal or most.answer is Answer.UNBOUNDED):
            continue
        upper = function.at(most.columns) if most.optimal else np.inf
        if most.optimal:
            _note_least(least, sums @ most.columns, size)
        if i not in least:
            lowest = session.minimise(function)
            if not lowest.optimal:
                continue
            least[i] = function.at(lowest.columns)
            _note_least(least, sums @ lowest.columns, size)
        lower = least[i]
        if upper < np.inf and upper - lower <= SAME * max(upper, size / SAME):
            lower = upper = (lower + upper) / 2.0
        found[i] = (0.0 if lower <= size else lower, 0.0 if upper <= size else upper)
    return found


def _note_least(least: dict[int, float], values: Vector, size: float) -> None:
    """Nothing is less than 0: what a plan has at 0 has that as its least."""
    for i in np.flatnonzero(values <= size).tolist():
        least.setdefault(i, 0.0)


def _agreeing(programme: Programme, fit: Fit, observed: sparse.csr_array) -> Programme:
    """Return the programme whose points all agree with the reconciled figures."""
    reconciled = observed @ fit.columns
    slack = EXACT * np.maximum(1.0, np.abs(reconciled))
    lower, upper = programme.column_lower.copy(), programme.column_upper.copy()
    held = fit.standard.moving[np.flatnonzero(fit.held[: len(fit.standard.moving)])]
    lower[held] = upper[held] = fit.columns[held]
    return replace(
        programme,
        matrix=sparse.csr_array(sparse.vstack([programme.matrix, observed], format="csr")),
        row_lower=np.concatenate([programme.row_lower, reconciled - slack]),
        row_upper=np.concatenate([programme.row_upper, reconciled + slack]),
        column_lower=lower, column_upper=upper,
        rows=Names((*programme.rows, *(("reconciled", i) for i in range(observed.shape[0])))),
    )  # fmt: skip
