r"""Means that deliveries and stocks use: what they take at whoever lends them, and what is paid for them.

A link or a stock that uses a service takes :math:`\mathrm{uses}\cdot q_{et}` (or :math:`\cdot h_{apt}`) of it, in
that period, at its lender; the buyer, or whoever stores, pays the lender the service's price for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from filiere.model.index import Index
from filiere.model.variables import Term

if TYPE_CHECKING:
    import pyomo.environ as pyo


def taken(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Iterator[Term]:
    """What deliveries and stocks take of a service at its lender, in one period."""
    links, stocks = x.pooling.means_at.get((a, p, t), ((), ()))
    yield from ((quantity, m.flow[e, t]) for e, quantity in links)
    yield from ((quantity, m.stock[(*place, t)]) for place, quantity in stocks)


def means_paid(
    m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None, outside_only: bool = False
) -> Iterator[Term]:
    """What an actor pays for means that others lend it (all of them, or those outside)."""
    for user, use, variable, key, s in x.pooling.lendings_of.get(a, ()):
        if user == a and t in (None, s) and not (outside_only and x.inside(use.carrier)):
            yield (use.quantity * x.chain.products[use.product].price, getattr(m, variable)[key])


def means_earned(
    m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None, outside_only: bool = False
) -> Iterator[Term]:
    """What an actor is paid for means that it lends others (all of them, or those outside)."""
    for user, use, variable, key, s in x.pooling.lendings_of.get(a, ()):
        if use.carrier == a and t in (None, s) and not (outside_only and x.inside(user)):
            yield (use.quantity * x.chain.products[use.product].price, getattr(m, variable)[key])


def means_from_outside(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""Means lent by somebody farther outside than who uses them,
    :math:`\max(0, w_{lender} - w_{user})\,c\,\pi^\circ\,\mathrm{uses}\,q`.
    """
    for user, use, variable, key, _ in x.pooling.lendings:
        inward, product = x.weight(use.carrier) - x.weight(user), x.chain.products[use.product]
        if inward > 0.0:
            yield (inward * product.criticality * product.value * use.quantity, getattr(m, variable)[key])
