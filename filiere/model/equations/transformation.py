"""What activities may do: capacities, minimums, openings, expansions, whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from filiere.model.index import Index
from filiere.model.variables import Term, Terms, linear, over

if TYPE_CHECKING:
    import pyomo.environ as pyo


def yearly_level(m: pyo.ConcreteModel, x: Index, k: int) -> Iterator[Term]:
    r"""The level of a process over the year, :math:`\sum_t z_{kt}`."""
    return ((1.0, m.level[k, t]) for t in x.periods)


def all_levels(m: pyo.ConcreteModel, x: Index, of_process: Iterable[float]) -> Terms:
    r"""What all activities do over the year, each by its figure, :math:`\sum_k c_k \sum_t z_{kt}`."""
    return over(m.level, x.levels, np.repeat(np.fromiter(of_process, dtype=float), len(x.periods)))


def _ceiling(m: pyo.ConcreteModel, x: Index, k: int, weight: float) -> Iterator[Term]:
    """What a process may do in a part of the year: capacity, if opened, or capacity and expansion."""
    process = x.processes[k]
    capacity = process.capacity or 0.0
    if process.candidate:
        yield (capacity * weight, m.open_process[k])
        return
    yield (capacity * weight, None)
    if process.scalable:
        yield (weight, m.expansion[k])


def capacity_limit(m: pyo.ConcreteModel, x: Index, k: int, t: int) -> Any:
    r"""In each period an activity stays within its capacity, once opened and expanded as far as it is.

    .. math:: z_{kt} \le (\mathrm{cap}_k + x_k)_t \quad\text{or}\quad z_{kt} \le \mathrm{cap}_{kt}\,y_k

    ====== ================================================= ====== ==========
    symbol meaning                                           unit   sheet
    ====== ================================================= ====== ==========
    cap    capacity of the year, shared out by the calendar  level  Processes, Profiles
    x      expansion of a scalable activity                  level  Processes
    y      1 if a candidate is opened                        –      Processes
    ====== ================================================= ====== ==========
    """
    weights = x.processes[k].calendar.weights
    assert weights is not None
    return linear([(1.0, m.level[k, t])], ((-c, v) for c, v in _ceiling(m, x, k, weights[t]))) <= 0


def yearly_capacity_limit(m: pyo.ConcreteModel, x: Index, k: int) -> Any:
    r"""With the calendar ``free``, capacity binds the year as a whole.

    .. math:: \sum_t z_{kt} \le \mathrm{cap}_k + x_k \quad\text{or}\quad \sum_t z_{kt} \le \mathrm{cap}_k\,y_k

    ====== ==================================== ====== ==========
    symbol meaning                              unit   sheet
    ====== ==================================== ====== ==========
    cap    capacity of the year                 level  Processes
    ====== ==================================== ====== ==========
    """
    return linear(yearly_level(m, x, k), ((-c, v) for c, v in _ceiling(m, x, k, 1.0))) <= 0


def closed_season(m: pyo.ConcreteModel, x: Index, k: int, t: int) -> Any:
    r"""An activity without a capacity still does not run in a period in which its calendar is 0.

    .. math:: z_{kt} = 0

    ====== ============================== ===== =========
    symbol meaning                        unit  sheet
    ====== ============================== ===== =========
    z      level                          level Processes
    ====== ============================== ===== =========
    """
    return linear([(1.0, m.level[k, t])]) <= 0


def activity_minimum(m: pyo.ConcreteModel, x: Index, k: int) -> Any:
    r"""An activity runs at least at its minimum, a candidate only if it is opened.

    .. math:: \sum_t z_{kt} \ge \min\nolimits_k \quad\text{or}\quad \sum_t z_{kt} \ge \min\nolimits_k\,y_k

    ====== ============================== ===== =========
    symbol meaning                        unit  sheet
    ====== ============================== ===== =========
    min    smallest level in a year       level Processes
    ====== ============================== ===== =========
    """
    process = x.processes[k]
    if process.candidate:
        return linear(yearly_level(m, x, k), [(-process.minimum, m.open_process[k])]) >= 0
    return linear(yearly_level(m, x, k)) >= process.minimum


def expansion_limit(m: pyo.ConcreteModel, x: Index, k: int) -> Any:
    r"""A scalable activity grows by its largest expansion at most.

    .. math:: x_k \le \mathrm{expansion\_max}_k

    ============= ========================= ===== =========
    symbol        meaning                   unit  sheet
    ============= ========================= ===== =========
    expansion_max largest expansion         level Processes
    ============= ========================= ===== =========
    """
    return linear([(1.0, m.expansion[k])]) <= x.processes[k].expansion_max


def whole_level(m: pyo.ConcreteModel, x: Index, k: int) -> Any:
    r"""An activity counted in whole numbers has a whole yearly level.

    .. math:: \sum_t z_{kt} = r_k, \quad r_k \in \mathbb{N}

    ====== ============================== ===== =========
    symbol meaning                        unit  sheet
    ====== ============================== ===== =========
    r      number of runs                 level Processes
    ====== ============================== ===== =========
    """
    return linear(yearly_level(m, x, k), [(-1.0, m.runs[k])]) == 0


def whole_level_in_period(m: pyo.ConcreteModel, x: Index, k: int, t: int) -> Any:
    r"""An activity that is counted in whole numbers each period, such as trips, has a whole level in each.

    .. math:: z_{kt} = r_{kt}, \quad r_{kt} \in \mathbb{N}

    ====== ============================== ===== =========
    symbol meaning                        unit  sheet
    ====== ============================== ===== =========
    r      number of runs in the period   level Processes
    ====== ============================== ===== =========
    """
    return linear([(1.0, m.level[k, t]), (-1.0, m.runs_in_period[k, t])]) == 0
