"""What links may carry: maxima, minima, candidates, continuity with today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.model.by_link import Vector
from filiere.model.index import Index
from filiere.model.variables import Term, Terms, linear, over

if TYPE_CHECKING:
    import pyomo.environ as pyo


def yearly_flow(m: pyo.ConcreteModel, x: Index, e: int) -> Iterator[Term]:
    r"""What a link carries over the periods it holds in, :math:`\sum_t q_{et}`."""
    return ((1.0, m.flow[e, t]) for t in x.periods_of_link(e))


def all_flows(m: pyo.ConcreteModel, x: Index, of_link: Vector) -> Terms:
    r"""What all links carry over the year, each by its figure, :math:`\sum_e c_e \sum_t q_{et}`."""
    return over(m.flow, x.flows, of_link[x.by_link.of_flow])


def link_maximum(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""A link carries its maximum at most, a candidate only if it is used.

    .. math:: \sum_t q_{et} \le \mathrm{maximum}_e \quad\text{or}\quad \sum_t q_{et} \le \mathrm{maximum}_e\,y_e

    ======= ============================================ ============== =====
    symbol  meaning                                      unit           sheet
    ======= ============================================ ============== =====
    maximum largest quantity of the row                  product's unit Links
    y       1 if a candidate link is used                –              Links
    ======= ============================================ ============== =====
    """
    link = x.links[e]
    assert link.maximum is not None
    if link.candidate:
        return linear(yearly_flow(m, x, e), [(-link.maximum, m.open_link[e])]) <= 0
    return linear(yearly_flow(m, x, e)) <= link.maximum


def link_minimum(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""A link carries its minimum at least, a candidate only if it is used.

    .. math:: \sum_t q_{et} \ge \mathrm{minimum}_e \quad\text{or}\quad \sum_t q_{et} \ge \mathrm{minimum}_e\,y_e

    ======= ============================================ ============== =====
    symbol  meaning                                      unit           sheet
    ======= ============================================ ============== =====
    minimum smallest quantity of the row                 product's unit Links
    ======= ============================================ ============== =====
    """
    link = x.links[e]
    if link.candidate:
        return linear(yearly_flow(m, x, e), [(-link.minimum, m.open_link[e])]) >= 0
    return linear(yearly_flow(m, x, e)) >= link.minimum


def relation_kept(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""A share of each of today's relations remains.

    .. math:: \sum_t q_{et} \ge \min(\kappa \cdot \mathrm{today}_e, \mathrm{maximum}_e)

    ============== ============================= ============== ========
    symbol         meaning                       unit           sheet
    ============== ============================= ============== ========
    :math:`\kappa` share that must remain        share          Settings
    today          this year's quantity          product's unit Links
    ============== ============================= ============== ========
    """
    return linear(yearly_flow(m, x, e)) >= kept_of_today(x, e)


def kept_of_today(x: Index, e: int) -> float:
    """The right-hand side of :func:`continuity`."""
    link = x.links[e]
    kept = x.chain.settings.continuity * (link.today or 0.0)
    return kept if link.maximum is None else min(kept, link.maximum)
