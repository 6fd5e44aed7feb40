"""The circular use rate: what is used again, and what is taken anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyomo.environ as pyo

from filiere.model.equations.exchange import yearly_flow
from filiere.model.index import Index
from filiere.model.variables import Term, linear, minus, times
from filiere.schema import words as w


def size(x: Index, p: str) -> float:
    """What one unit of a product counts in circularity: its kg (0 for a service), or its reference value."""
    product = x.chain.products[p]
    if x.chain.settings.circularity_basis is w.Basis.VALUE:
        return product.value
    return 0.0 if product.service else product.kg or 0.0


def net_intake(x: Index, k: int, kind: w.ProductKind) -> float:
    """What one run of a process takes in of a kind of product beyond what it puts out, by size."""
    process = x.processes[k]
    touched = sorted({*process.inputs, *process.outputs})
    return sum(
        size(x, p) * (process.inputs.get(p, 0.0) - process.outputs.get(p, 0.0))
        for p in touched
        if x.chain.products[p].kind is kind
    )


def secondary_use(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""What is used again inside: the net intake of secondary products by each process, those that serve inside
    needs, less what was bought outside beyond what was sold there.

    .. math::
        U = \sum_k z_k \max\Bigl(0, \sum_{p\ \mathrm{secondary}} \mathrm{size}_p(\mathrm{in}_{kp} -
        \mathrm{out}_{kp})\Bigr) + \sum_{n\ \mathrm{inside}} \mathrm{size}_p s_n - v

    ====== ================================================= ============== ========
    symbol meaning                                           unit           sheet
    ====== ================================================= ============== ========
    size   kg of one unit, or its value                      kg or currency Products
    v      secondary products from outside, net of sales     kg or currency Links
    ====== ================================================= ============== ========
    """
    for k in range(len(x.processes)):
        used = net_intake(x, k, w.ProductKind.SECONDARY)
        if used > 0:
            yield from ((used, m.level[k, t]) for t in x.periods)
    for n, t in x.served:
        need = x.needs[n]
        if x.chain.products[need.product].secondary and x.inside(need.actor):
            yield (size(x, need.product), m.served[n, t])
    yield (-1.0, m.secondary_bought)


def direct_input(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""What is taken anew: primary products from nature, offers of goods, and everything from outside.

    .. math::
        M = \sum_k z_k \max\Bigl(0, \sum_{p\ \mathrm{primary}} \mathrm{size}_p(\mathrm{out}_{kp} -
        \mathrm{in}_{kp})\Bigr) + \sum_o \mathrm{size}_p o_o + \sum_{out \to in} \mathrm{size}_p
        (1 - \mathrm{loss}_e) q_e

    ====== ======================================================== ============== =============
    symbol meaning                                                  unit           sheet
    ====== ======================================================== ============== =============
    size   kg of one unit, or its value                             kg or currency Products
    o      inside offers, secondary products and services apart     product's unit Offers
    q      received from outside, secondary products included       product's unit Links
    ====== ======================================================== ============== =============
    """
    for k in range(len(x.processes)):
        taken = -net_intake(x, k, w.ProductKind.PRIMARY)
        if taken > 0:
            yield from ((taken, m.level[k, t]) for t in x.periods)
    for o, t in x.offered:
        offer = x.offers[o]
        product = x.chain.products[offer.product]
        if x.inside(offer.actor) and not product.secondary and not product.service:
            yield (size(x, offer.product), m.offered[o, t])
    for e, link in enumerate(x.links):
        if not x.inside(link.from_) and x.inside(link.to):
            yield from times(size(x, link.product) * (1.0 - link.loss), yearly_flow(m, x, e))


def secondary_from_outside(m: pyo.ConcreteModel, x: Index) -> Any:
    r"""Secondary products received from outside beyond those shipped outside are not used *again*.

    .. math::
        v \ge \sum_{out \to in} \mathrm{size}_p (1-\mathrm{loss}_e) q_e - \sum_{in \to out} \mathrm{size}_p q_e,
        \qquad v \ge 0

    ====== ======================================= ============== =====
    symbol meaning                                 unit           sheet
    ====== ======================================= ============== =====
    q      shipped; received is net of loss        product's unit Links
    ====== ======================================= ============== =====
    """
    received: list[Term] = []
    shipped: list[Term] = []
    for e, link in enumerate(x.links):
        if not x.chain.products[link.product].secondary or x.inside(link.from_) == x.inside(link.to):
            continue
        if x.inside(link.to):
            received += times(size(x, link.product) * (1.0 - link.loss), yearly_flow(m, x, e))
        else:
            shipped += times(size(x, link.product), yearly_flow(m, x, e))
    return linear([(1.0, m.secondary_bought)], minus(received), shipped) >= 0
