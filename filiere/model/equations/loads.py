"""What runs well or not at all, and projects that wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filiere.model.index import Index
from filiere.model.variables import linear

if TYPE_CHECKING:
    import pyomo.environ as pyo


def load_reached(m: pyo.ConcreteModel, x: Index, k: int, t: int) -> Any:
    r"""An activity that runs in a period runs at its minimum load at least, a share of what it exists for.

    .. math:: z_{kt} \ge \mathrm{load}_k\,\mathrm{cap}_{kt}\,v_{kt}, \quad v_{kt} \in \{0, 1\}

    ====== ============================================================ ===== =========
    symbol meaning                                                      unit  sheet
    ====== ============================================================ ===== =========
    load   share of its capacity under which it does not run            share Processes
    cap    existing capacity of the period (free: of an even year)      level Processes
    v      1 if it runs in the period                                   –     –
    ====== ============================================================ ===== =========
    """
    process = x.processes[k]
    least = (process.minimum_load or 0.0) * (process.capacity or 0.0) * x.pooling.part_of_year(k, t)
    return linear([(1.0, m.level[k, t]), (-least, m.running[k, t])]) >= 0


def runs_or_not(m: pyo.ConcreteModel, x: Index, k: int, t: int) -> Any:
    r"""An activity with a minimum load does nothing in a period in which it does not run.

    .. math:: z_{kt} \le (\mathrm{cap}_k + \mathrm{expansion\_max}_k)_t\,v_{kt}

    ============= ======================================================= ===== =========
    symbol        meaning                                                 unit  sheet
    ============= ======================================================= ===== =========
    cap           existing capacity; of the year, where it binds the year level Processes
    expansion_max largest expansion of a scalable activity                level Processes
    v             1 if it runs in the period                              –     –
    ============= ======================================================= ===== =========
    """
    process = x.processes[k]
    most = (process.capacity or 0.0) + ((process.expansion_max or 0.0) if process.scalable else 0.0)
    part = 1.0 if process.calendar.free else x.pooling.part_of_year(k, t)
    return linear([(1.0, m.level[k, t]), (-most * part, m.running[k, t])]) <= 0


def project_required(m: pyo.ConcreteModel, x: Index, k: int, other: int) -> Any:
    r"""A project is opened only with the project that it requires; one that is opened for sure has it opened.

    .. math:: y_k \le y_{k'}

    ====== ============================== ==== =========
    symbol meaning                        unit sheet
    ====== ============================== ==== =========
    y      1 if a candidate is opened     –    Processes
    ====== ============================== ==== =========
    """
    if x.processes[k].candidate:
        return linear([(1.0, m.open_process[k]), (-1.0, m.open_process[other])]) <= 0
    return linear([(1.0, m.open_process[other])]) >= 1
