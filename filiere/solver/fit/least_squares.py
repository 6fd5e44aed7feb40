r"""Weighted least squares under linear balances and bounds: data reconciliation, sparse.

.. math:: \min \tfrac12 \sum_i \Bigl(\frac{H_i x - m_i}{\sigma_i}\Bigr)^2 \quad\text{with}\quad
    b^- \le A x \le b^+,\; l \le x \le u

Clarabel finds which bounds bind; the equations that are left are then solved exactly. Where scales are so far apart
that it stalls, the active set method of HiGHS finds them instead. Whoever finds an answer, it is returned only
if it meets the conditions of optimality.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from filiere.solver.fit.active_set import active_set
from filiere.solver.fit.conic import conic
from filiere.solver.fit.failure import NoConvergenceError
from filiere.solver.fit.settle import refined
from filiere.solver.fit.standard import Mask, Observations, Standard, size, standard
from filiere.solver.programme.compile import Vector

TOLD = (0.0, 1e-12, 1e-9, 1e-6)
"""Least standard deviations to try in turn, as shares of the largest figure."""


@dataclass(frozen=True)
class Fit:
    """The reconciled columns, each figure's correction in standard deviations, and the equations that were solved."""

    columns: Vector
    corrections: Vector
    standard: Standard
    held: Mask
    """Columns of ``standard`` whose bound binds."""

    @property
    def chi_square(self) -> float:
        """The sum of squared corrections: the statistic of the global test."""
        return float(self.corrections @ self.corrections)


def least_squares(observations: Observations) -> Fit:
    """Return the columns nearest to the figures. Rows and bounds must leave at least one point.

    Where a figure is known better than numbers can tell beside the largest one, it is taken to be known as well as
    they can. Raises :class:`NoConvergenceError` where no method meets the conditions of optimality.
    """
    largest = size(observations.figures)
    for told in TOLD:
        deviations = np.maximum(observations.deviations, told * largest)
        form = standard(replace(observations, deviations=deviations))
        for method in (conic, active_set):
            point = method(form)
            found = refined(form, point) if point is not None else None
            if found is not None:
                v, held = found
                return Fit(form.columns(v), v[len(v) - form.figures :], form, held)
    raise NoConvergenceError("no point meets the conditions of optimality")
