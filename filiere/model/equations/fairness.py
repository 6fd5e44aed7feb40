"""Equal shares of what is wanted: how much of it each gets, and the least of these shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.model.index import Index
from filiere.model.variables import Term, linear

if TYPE_CHECKING:
    import pyomo.environ as pyo


def share_of_want(m: pyo.ConcreteModel, x: Index, actor: str, product: str, importance: str) -> Any:
    r"""The share of what an actor wants of a product that it gets, over the year.

    .. math:: f_w + \sum_{n \in w, t} \frac{u_{nt}}{Q_w} = 1

    ====== ============================================== ============== =====
    symbol meaning                                        unit           sheet
    ====== ============================================== ============== =====
    u      what is missing of each of its rows            product's unit Needs
    Q      all that it wants of the product               product's unit Needs
    ====== ============================================== ============== =====
    """
    want = x.want_of[actor, product, importance]
    return linear([(1.0, m.share[want.key])], _missing(m, x, want.needs, want.quantity)) == 1.0


def _missing(m: pyo.ConcreteModel, x: Index, needs: tuple[int, ...], quantity: float) -> Iterator[Term]:
    for n in needs:
        if x.needs[n].calendar.free:
            yield (1.0 / quantity, m.unmet_year[n])
        else:
            yield from ((1.0 / quantity, m.unmet[n, t]) for t in x.periods if (n, t) in m.unmet)


def least_share(m: pyo.ConcreteModel, x: Index, actor: str, product: str, importance: str) -> Any:
    r"""No share is below the least one, those that are settled already apart.

    .. math:: f_w + e_w \ge \tau

    ============== ================================================== ===== =====
    symbol         meaning                                            unit  sheet
    ============== ================================================== ===== =====
    f              share that is served                               share Needs
    e              0 while a share is among those made equal          share –
    :math:`\tau`   the least of those shares                          share –
    ============== ================================================== ===== =====
    """
    key = (actor, product, importance)
    return linear([(1.0, m.share[key]), (1.0, m.ahead[key]), (-1.0, m.least)]) >= 0.0


def sum_of_smallest(m: pyo.ConcreteModel, x: Index, k: str, actor: str, product: str, importance: str) -> Any:
    r"""With whole numbers, the sum of the k smallest shares is the largest :math:`k\,t_k - \sum_w d_{kw}`.

    .. math:: t_k - d_{kw} \le f_w

    ====== ================================================== ===== =====
    symbol meaning                                            unit  sheet
    ====== ================================================== ===== =====
    f      share that is served                               share Needs
    t      the k-th smallest share                            share –
    d      by how much a share is below it                    share –
    ====== ================================================== ===== =====
    """
    key = (actor, product, importance)
    return linear([(1.0, m.kth[k, importance]), (-1.0, m.below_kth[k, *key]), (-1.0, m.share[key])]) <= 0.0
