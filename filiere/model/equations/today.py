"""How far the plan moves from what is observed this year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filiere.model.equations.exchange import yearly_flow
from filiere.model.equations.transformation import yearly_level
from filiere.model.index import Index
from filiere.model.variables import linear

if TYPE_CHECKING:
    import pyomo.environ as pyo


def deviation_of_flow(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""How far a relation moves from today, up or down.

    .. math:: \sum_t q_{et} - \mathrm{today}_e = \delta^+_e - \delta^-_e

    ====== ============================= ============== ========
    symbol meaning                       unit           sheet
    ====== ============================= ============== ========
    today  this year's quantity          product's unit Links
    ====== ============================= ============== ========
    """
    return linear(yearly_flow(m, x, e), [(-1.0, m.more_flow[e]), (1.0, m.less_flow[e])]) == x.links[e].today


def deviation_of_level(m: pyo.ConcreteModel, x: Index, k: int) -> Any:
    r"""How far an activity moves from today, up or down.

    .. math:: \sum_t z_{kt} - \mathrm{today}_k = \delta^+_k - \delta^-_k

    ====== ============================= ===== =========
    symbol meaning                       unit  sheet
    ====== ============================= ===== =========
    today  this year's level             level Processes
    ====== ============================= ===== =========
    """
    return linear(yearly_level(m, x, k), [(-1.0, m.more_level[k]), (1.0, m.less_level[k])]) == x.processes[k].today


def output_kept(m: pyo.ConcreteModel, x: Index, p: str) -> Any:
    r"""Today's output of a product is kept, or counted as lost; what is thrown away is not kept.

    .. math:: l_p \ge \sum_k \mathrm{today}_k \mathrm{out}_{kp} - \sum_t\Bigl(\sum_k \mathrm{out}_{kp} z_{kt}
        - \sum_a d_{apt}\Bigr)

    ====== ============================================ ============== =========
    symbol meaning                                      unit           sheet
    ====== ============================================ ============== =========
    today  this year's level, blank counts as 0         level          Processes
    out    output per level                             product's unit Recipes
    ====== ============================================ ============== =========
    """
    made = (
        (process.outputs[p], m.level[k, t])
        for k, process in enumerate(x.processes)
        if p in process.outputs
        for t in x.periods
    )
    binned = ((-1.0, variable) for (_, q, _), variable in m.discarded.items() if q == p)
    return linear([(1.0, m.lost[p])], made, binned) >= x.made_today[p]
