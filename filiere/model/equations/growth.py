"""How far relations and activities should grow beyond today: wished, so that it never leaves a need without a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filiere.model.equations.exchange import yearly_flow
from filiere.model.equations.transformation import yearly_level
from filiere.model.index import Index
from filiere.model.variables import linear

if TYPE_CHECKING:
    import pyomo.environ as pyo


def growth_of_link(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""A relation grows no further than it should, or what is beyond counts in the objective ``rules``.

    .. math:: \sum_t q_{et} - v_e \le \max\bigl((1 + \mathrm{growth\_max})\,\mathrm{today}_e,\ \mathrm{minimum}_e\bigr)

    =========== ================================ ============== ========
    symbol      meaning                          unit           sheet
    =========== ================================ ============== ========
    today       typed, or consistent if larger   product's unit Links
    growth_max  largest growth                   share          Settings
    v           what is beyond                   product's unit Links
    =========== ================================ ============== ========
    """
    return linear(yearly_flow(m, x, e), [(-1.0, m.grown_flow[e])]) <= x.grown_links[e]


def growth_of_activity(m: pyo.ConcreteModel, x: Index, k: int) -> Any:
    r"""An activity grows no further than it should, or what is beyond counts in the objective ``rules``.

    .. math:: \sum_t z_{kt} - v_k \le \max\bigl((1 + \mathrm{growth\_max})\,\mathrm{today}_k,\ \mathrm{minimum}_k\bigr)

    =========== ================================ ===== =========
    symbol      meaning                          unit  sheet
    =========== ================================ ===== =========
    today       typed, or consistent if larger   level Processes
    growth_max  largest growth                   share Settings
    v           what is beyond                   level Processes
    =========== ================================ ===== =========
    """
    return linear(yearly_level(m, x, k), [(-1.0, m.grown_level[k])]) <= x.grown_levels[k]
