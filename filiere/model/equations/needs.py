"""What is served and what is offered, inside and at the edge of the territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filiere.model.equations.means import taken
from filiere.model.index import Index
from filiere.model.variables import linear, minus
from filiere.schema import words as w

if TYPE_CHECKING:
    import pyomo.environ as pyo


def need_served(m: pyo.ConcreteModel, x: Index, n: int, t: int) -> Any:
    r"""In each period a need is served as its obligation says.

    .. math::
        s_{nt} = Q_{nt}\ \text{(must)}, \qquad s_{nt} + u_{nt} = Q_{nt}\ \text{(want)}, \qquad
        s_{nt} \le Q_{nt}\ \text{(outlet)}

    ====== ============================================== ============== ===============
    symbol meaning                                        unit           sheet
    ====== ============================================== ============== ===============
    Q      the year's quantity shared out by the calendar product's unit Needs, Profiles
    ====== ============================================== ============== ===============
    """
    need = x.needs[n]
    assert need.quantity is not None
    assert need.calendar.weights is not None
    quantity = need.quantity * need.calendar.weights[t]
    if need.obligation is w.Obligation.OUTLET:
        return linear([(1.0, m.served[n, t])]) <= quantity
    if need.obligation is w.Obligation.WANT:
        return linear([(1.0, m.served[n, t]), (1.0, m.unmet[n, t])]) == quantity
    return linear([(1.0, m.served[n, t])]) == quantity


def need_served_in_year(m: pyo.ConcreteModel, x: Index, n: int) -> Any:
    r"""With the calendar ``free``, a need is served over the year as a whole.

    .. math::
        \sum_t s_{nt} = Q_n\ \text{(must)}, \qquad \sum_t s_{nt} + u_n = Q_n\ \text{(want)}, \qquad
        \sum_t s_{nt} \le Q_n\ \text{(outlet)}

    ====== ========================= ============== =====
    symbol meaning                   unit           sheet
    ====== ========================= ============== =====
    Q      the year's quantity       product's unit Needs
    ====== ========================= ============== =====
    """
    need = x.needs[n]
    served = ((1.0, m.served[n, t]) for t in x.periods)
    if need.obligation is w.Obligation.OUTLET:
        return linear(served) <= need.quantity
    if need.obligation is w.Obligation.WANT:
        return linear(served, [(1.0, m.unmet_year[n])]) == need.quantity
    return linear(served) == need.quantity


def outside_demand(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Any:
    r"""An outside actor that says what it needs receives just what its rows, added up, take.

    .. math:: \sum_{e \to a} (1 - \mathrm{loss}_e)\,q_{et} = \sum_n s_{nt}

    ====== ======================================= ============== =====
    symbol meaning                                 unit           sheet
    ====== ======================================= ============== =====
    s      what each of its needs takes            product's unit Needs
    ====== ======================================= ============== =====
    """
    received = ((1.0 - x.links[e].loss, m.flow[e, t]) for e in x.into.get((a, p, t), ()))
    taken = ((1.0, m.served[n, t]) for n in x.needs_at.get((a, p, t), ()))
    return linear(received, minus(taken)) == 0


def outside_supply(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Any:
    r"""An outside actor that says what it offers ships, and lends as means, just what its rows, added up, give.

    .. math:: \sum_{a \to e} q_{et} + \sum_{\text{means lent}} \mathrm{uses}\,(q_{et} + h_{jrt}) = \sum_o o_{ot}

    ====== ======================================= ============== ======
    symbol meaning                                 unit           sheet
    ====== ======================================= ============== ======
    o      what each of its offers gives           product's unit Offers
    ====== ======================================= ============== ======
    """
    shipped = ((1.0, m.flow[e, t]) for e in x.out_of.get((a, p, t), ()))
    given = ((1.0, m.offered[o, t]) for o in x.offers_at.get((a, p, t), ()))
    return linear(shipped, taken(m, x, a, p, t), minus(given)) == 0


def offer_limit(m: pyo.ConcreteModel, x: Index, o: int, t: int) -> Any:
    r"""In each period an offer gives its maximum at most.

    .. math:: o_{ot} \le \mathrm{maximum}_{ot}

    ======= ============================================== ============== ================
    symbol  meaning                                        unit           sheet
    ======= ============================================== ============== ================
    maximum the year's maximum shared out by the calendar  product's unit Offers, Profiles
    ======= ============================================== ============== ================
    """
    offer = x.offers[o]
    assert offer.maximum is not None
    assert offer.calendar.weights is not None
    return linear([(1.0, m.offered[o, t])]) <= offer.maximum * offer.calendar.weights[t]


def offer_limit_in_year(m: pyo.ConcreteModel, x: Index, o: int) -> Any:
    r"""With the calendar ``free``, an offer's maximum binds the year as a whole.

    .. math:: \sum_t o_{ot} \le \mathrm{maximum}_o

    ======= ==================== ============== ======
    symbol  meaning              unit           sheet
    ======= ==================== ============== ======
    maximum the year's maximum   product's unit Offers
    ======= ==================== ============== ======
    """
    return linear((1.0, m.offered[o, t]) for t in x.periods) <= x.offers[o].maximum
