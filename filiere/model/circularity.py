"""The circular use rate: what is used again, and what is taken anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from filiere.chain.derived.pooled import Option
from filiere.model.equations.exchange import all_flows, yearly_flow
from filiere.model.index import Index
from filiere.model.variables import Summand, Term, linear, minus, times
from filiere.schema import words as w
from filiere.units import is_energy

if TYPE_CHECKING:
    import pyomo.environ as pyo


def size(x: Index, p: str) -> float:
    """What one unit of a product counts in circularity: its kg (0 for a service), or its reference value."""
    product = x.chain.products[p]
    if x.chain.settings.circularity_basis is w.Basis.VALUE:
        return product.value
    return 0.0 if product.service else product.kg or 0.0


def net_intake(x: Index, k: int, kind: w.ProductKind, option: Option | None = None) -> float:
    """What one run of a process takes in of a kind of product beyond what it puts out, by size."""
    inputs, outputs = _inputs(x, k, option), x.processes[k].outputs
    return sum(
        size(x, p) * (inputs.get(p, 0.0) - outputs.get(p, 0.0))
        for p in sorted({*inputs, *outputs})
        if x.chain.products[p].kind is kind
    )


def _inputs(x: Index, k: int, option: Option | None) -> Mapping[str, float]:
    """What one run takes in, of a choice the one option."""
    inputs = x.processes[k].inputs
    if option is None:
        return inputs
    return {**inputs, option.product: inputs.get(option.product, 0.0) + option.quantity}


def secondary_intake(x: Index, k: int, option: Option | None = None) -> float:
    """What one run takes in of secondary products beyond those it puts out, by size; at least 0."""
    return max(0.0, net_intake(x, k, w.ProductKind.SECONDARY, option))


def net_goods(x: Index, k: int, sign: float, option: Option | None = None) -> float:
    """What one run puts out (``sign`` 1) or takes in (-1) on balance of goods that are neither secondary nor energy,
    by size.
    """
    inputs, outputs = _inputs(x, k, option), x.processes[k].outputs
    total = 0.0
    for p in sorted({*inputs, *outputs}):
        product = x.chain.products[p]
        if not product.secondary and not product.service and not is_energy(product.unit):
            total += size(x, p) * max(0.0, sign * (outputs.get(p, 0.0) - inputs.get(p, 0.0)))
    return total


def renamed(x: Index, k: int, option: Option | None = None) -> float:
    """What one run calls secondary out of goods that are not, where it puts out nothing else, by size."""
    process, products = x.processes[k], x.chain.products
    if any(not products[p].secondary and out > process.inputs.get(p, 0.0) for p, out in process.outputs.items()):
        return 0.0
    return min(max(0.0, -net_intake(x, k, w.ProductKind.SECONDARY, option)), net_goods(x, k, -1.0, option))


def _used_again(x: Index, k: int, option: Option | None = None) -> float:
    """What one run that puts out no service uses again, less what it only calls secondary."""
    return min(secondary_intake(x, k, option), net_goods(x, k, 1.0, option)) - renamed(x, k, option)


def _by_option(
    m: pyo.ConcreteModel, x: Index, k: int, per_run: Callable[[Index, int, Option | None], float]
) -> Iterator[Term]:
    """What runs with each option of a choice add to what runs without any count: ``w / quantity`` runs take it."""
    choices = x.processes[k].choices
    if len(choices) != 1:
        return
    ((label, options),) = choices.items()
    for option in options:
        more = (per_run(x, k, option) - per_run(x, k, None)) / option.quantity
        if more:
            yield from ((more, m.chosen[k, label, option.product, t]) for t in x.periods)


def _taken_anew(x: Index, k: int, option: Option | None = None) -> float:
    """What one run takes of primary products from nature."""
    return max(0.0, -net_intake(x, k, w.ProductKind.PRIMARY, option))


def secondary_use(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""What is used again inside: secondary products taken in by activities as far as goods, or services that are
    used, come out of them; those that serve inside needs; less what was bought outside beyond what was sold there,
    and less what is called secondary because it has no other name.

    .. math::
        U = \sum_{kt} u_{kt} + \sum_{n\ \mathrm{inside}} \mathrm{size}_p s_n - \sum_p v_p
        - \sum_k \mathrm{renamed}_k z_k, \qquad
        u_{kt} = \min(\mathrm{intake}_k, \mathrm{output}_k)\, z_{kt} \text{ where no service comes out}

    ======= ======================================================= ============== ========
    symbol  meaning                                                 unit           sheet
    ======= ======================================================= ============== ========
    size    kg of one unit, or its value                            kg or currency Products
    intake  net intake of secondary products by one run             kg or currency Recipes
    output  net output of goods, secondary ones and energy apart    kg or currency Recipes
    renamed secondary products out of others that are not           kg or currency Recipes
    v       secondary products from outside, net of sales           kg or currency Links
    ======= ======================================================= ============== ========
    """
    serving = {k for k, *_ in x.reusing_services}
    for k in range(len(x.processes)):
        used = -renamed(x, k) if k in serving else _used_again(x, k)
        if used:
            yield from ((used, m.level[k, t]) for t in x.periods)
        if k not in serving:
            yield from _by_option(m, x, k, _used_again)
    yield from ((1.0, m.reused[key]) for key in x.reusing_services)
    for n, t in x.served:
        need = x.needs[n]
        if x.chain.products[need.product].secondary and x.inside(need.actor):
            yield (size(x, need.product), m.served[n, t])
    yield from ((-1.0, m.secondary_bought[p]) for p in x.secondary_imports)


def direct_input(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
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
        taken = _taken_anew(x, k)
        if taken > 0:
            yield from ((taken, m.level[k, t]) for t in x.periods)
        yield from _by_option(m, x, k, _taken_anew)
    for o, t in x.offered:
        offer = x.offers[o]
        product = x.chain.products[offer.product]
        if x.inside(offer.actor) and not product.secondary and not product.service:
            yield (size(x, offer.product), m.offered[o, t])
    link = x.by_link
    sizes = link.of_product({p: size(x, p) for p in x.chain.products})
    yield all_flows(m, x, np.where(~link.from_inside & link.to_inside, sizes * link.received, 0.0))


def chosen_option(x: Index, k: int, product: str) -> tuple[str, Option]:
    """Return the choice of a process with one choice, and its option of that product."""
    ((label, options),) = x.processes[k].choices.items()
    return label, next(option for option in options if option.product == product)


def secondary_from_outside(m: pyo.ConcreteModel, x: Index, p: str) -> Any:
    r"""A secondary product received from outside beyond what is shipped outside is not used *again*.

    .. math::
        v_p \ge \sum_{out \to in} \mathrm{size}_p (1-\mathrm{loss}_e) q_e
        - \sum_{in \to out} \mathrm{size}_p q_e, \qquad v_p \ge 0

    ====== ======================================= ============== =====
    symbol meaning                                 unit           sheet
    ====== ======================================= ============== =====
    q      shipped; received is net of loss        product's unit Links
    ====== ======================================= ============== =====
    """
    received: list[Term] = []
    shipped: list[Term] = []
    for e in x.traded_outside[p]:
        link = x.links[e]
        if x.inside(link.to):
            received += times(size(x, p) * (1.0 - link.loss), yearly_flow(m, x, e))
        else:
            shipped += times(size(x, p), yearly_flow(m, x, e))
    return linear([(1.0, m.secondary_bought[p])], minus(received), shipped) >= 0


def reused_intake(m: pyo.ConcreteModel, x: Index, k: int, t: int, option: str = "") -> Any:
    r"""An activity that puts out a service uses again at most what it takes in of secondary products; where inputs
    stand in for each other, what its runs with each of them do.

    .. math::
        u_{kt} \le \mathrm{intake}_k\, z_{kt}, \qquad
        u_{kti} \le \mathrm{intake}_{ki}\, w_{kit} / \mathrm{in}_{ki}

    ====== ======================================= ============== =======
    symbol meaning                                 unit           sheet
    ====== ======================================= ============== =======
    intake net intake by one run (with input i)    kg or currency Recipes
    in     what one run takes of input i alone     per level      Recipes
    ====== ======================================= ============== =======
    """
    if option:
        label, one = chosen_option(x, k, option)
        taken = secondary_intake(x, k, one) / one.quantity
        return linear([(1.0, m.reused[k, t, option]), (-taken, m.chosen[k, label, option, t])]) <= 0
    return linear([(1.0, m.reused[k, t]), (-secondary_intake(x, k), m.level[k, t])]) <= 0


def reused_service(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Any:
    r"""What is used again for a service counts as far as the service is used: empty seats make nothing circular.

    .. math::
        \sum_k \frac{\mathrm{out}_{kp}}{\mathrm{intake}_k} u_{kt}
        + \sum_{ki} \frac{\mathrm{out}_{kp}}{\mathrm{intake}_{ki}} u_{kti} \le \sum_k \mathrm{out}_{kp} z_{kt} - d_{apt}

    ====== ======================================= ============== ========
    symbol meaning                                 unit           sheet
    ====== ======================================= ============== ========
    out    service put out by one run              product's unit Recipes
    d      service that nobody uses                product's unit Products
    ====== ======================================= ============== ========
    """
    terms: list[Term] = []
    for k in x.makers[a, p]:
        out, intake = x.processes[k].outputs[p], secondary_intake(x, k)
        terms.append((-out, m.level[k, x.pooling.run_of(k, p, t)]))
        if intake > 0 and (k, t) in m.reused:
            terms.append((out / intake, m.reused[k, t]))
        for options in x.processes[k].choices.values():
            for one in options:
                taken = secondary_intake(x, k, one)
                if taken > 0 and (k, t, one.product) in m.reused:
                    terms.append((out / taken, m.reused[k, t, one.product]))
    if (a, p, t) in m.discarded:
        terms.append((1.0, m.discarded[a, p, t]))
    return linear(terms) <= 0
