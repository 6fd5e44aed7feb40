"""The net cost as the default ranks count it, and what bounds it: what nobody has stated earns nothing beyond today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.chain.derived.default_objectives import has_default_ranks
from filiere.model.costs import net_costs
from filiere.model.equations.exchange import yearly_flow
from filiere.model.index import Index
from filiere.model.variables import Summand, Term, linear, minus, positive
from filiere.schema import words as w

if TYPE_CHECKING:
    import pyomo.environ as pyo

FRUGAL, OUTLAYS, SERVED_VALUE = "frugal_cost", "outlays", "served_value"


def cost(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""The net cost of the inside as a whole; payments between inside actors cancel out.

    .. math::
        \sum_{out \to in} \pi q - \sum_{in \to out} \pi q + \sum_{e \to in} \mathrm{transport}\,q
        + \sum_{e \to in} \mathrm{fixed}_e y_e + \sum_a \mathrm{own\ costs}_a - \sum_n \mathrm{revenue}_n s_n

    Under the default ranks, an outlet inside without a typed revenue earns :math:`\pi^\circ_p`, one without a
    quantity nothing beyond today, and a sale outside that no row of Needs with a quantity covers earns beyond
    today's :math:`\min(1, \mathrm{downstream\_weight}\,c_p (w_j - w_i))` of its price, secondary goods in full.
    """
    yield from net_costs(m, x)
    if not has_default_ranks(x.chain):
        return
    for n in x.outlets:
        if x.needs[n].typed_revenue is None:
            earned = x.chain.products[x.needs[n].product].value
            yield from ((-earned, m.served[n, t]) for t in x.periods if (n, t) in m.served)
        if x.needs[n].quantity is None and n in m.served_beyond:
            yield (earned_by(x, n), m.served_beyond[n])
    for e in x.sales_outside:
        if e not in x.stated_sales and not x.chain.products[x.links[e].product].secondary:
            yield (x.links[e].price * (1.0 - _earned_share(x, e)), m.sold_beyond[e])


def _earned_share(x: Index, e: int) -> float:
    """What a sale that nobody stated earns beyond today's, as a share of its price."""
    link = x.links[e]
    outward = max(0.0, x.weight(link.to) - x.weight(link.from_))
    criticality = x.chain.products[link.product].criticality
    return min(1.0, x.chain.settings.downstream_weight * criticality * outward)


def earned_by(x: Index, n: int) -> float:
    """What an outlet inside earns for one unit, as the ranks count it."""
    need = x.needs[n]
    if need.typed_revenue is not None or not has_default_ranks(x.chain):
        return need.revenue
    return x.chain.products[need.product].value


def frugal_cost(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""The cost where no sale outside and no outlet earns anything beyond today's: nobody's surplus becomes an order
    to export. Its least is what bounds the cost.
    """
    yield from net_costs(m, x)
    for n in x.outlets:
        earned = earned_by(x, n)
        if x.needs[n].typed_revenue is None:
            yield from ((-earned, m.served[n, t]) for t in x.periods if (n, t) in m.served)
        if n in m.served_beyond:
            yield (earned, m.served_beyond[n])
    for e in x.sales_outside:
        yield (x.links[e].price, m.sold_beyond[e])


def outlays(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    """Gross outlays: every plus term of the cost."""
    return positive(net_costs(m, x))


def served_value(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""What inside needs are served, at reference prices, :math:`\sum_n \pi^\circ_p s_n`."""
    for n, t in x.served:
        if x.inside(x.needs[n].actor):
            yield (x.chain.products[x.needs[n].product].value, m.served[n, t])


def served_beyond_today(m: pyo.ConcreteModel, x: Index, n: int) -> Any:
    r"""What an outlet inside is served beyond today.

    .. math:: s^+_n \ge \sum_t s_{nt} - \hat s_n

    =============== ============================= ============== =====
    symbol          meaning                       unit           sheet
    =============== ============================= ============== =====
    :math:`\hat s`  what it is served this year   product's unit Needs
    =============== ============================= ============== =====
    """
    served = [(1.0, m.served[n, t]) for t in x.periods if (n, t) in m.served]
    return linear([(1.0, m.served_beyond[n])], minus(served)) >= -x.served_today(n)


def sold_beyond_today(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""What is sold outside beyond today.

    .. math:: q^+_e \ge \sum_t q_{et} - \hat q_e

    =============== ============================= ============== =====
    symbol          meaning                       unit           sheet
    =============== ============================= ============== =====
    :math:`\hat q`  what is sold this year        product's unit Links
    =============== ============================= ============== =====
    """
    return linear([(1.0, m.sold_beyond[e])], minus(yearly_flow(m, x, e))) >= -x.flow_today(e)


RANKED = {FRUGAL: frugal_cost, OUTLAYS: outlays, SERVED_VALUE: served_value}
"""What bounds the cost, and what its tolerance is a share of."""

COST = w.Objective.COST.key
