"""What is optimised: every measure a rank may name, each a linear function of the unknowns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from filiere.model.by_link import Vector
from filiere.model.circularity import direct_input, secondary_use
from filiere.model.costs import process_costs
from filiere.model.equations.exchange import all_flows, yearly_flow
from filiere.model.equations.lots import thrown
from filiere.model.equations.means import means_from_outside
from filiere.model.equations.transformation import all_levels
from filiere.model.growth import activity_today, link_today
from filiere.model.index import Index
from filiere.model.ranked_cost import cost
from filiere.model.variables import Summand, Term, times
from filiere.schema import words as w

if TYPE_CHECKING:
    import pyomo.environ as pyo


def unmet(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""Needs that are not served, by importance and reference value.

    .. math:: \sum_{n,t} \iota_n\, \pi^\circ_p\, u_{nt}

    ================== ============================== ======== =====
    symbol             meaning                        unit     sheet
    ================== ============================== ======== =====
    :math:`\iota`      the need's importance          –        Needs
    :math:`\pi^\circ`  the product's reference value  currency Products
    ================== ============================== ======== =====
    """
    for (n, _), variable in m.unmet.items():
        yield (x.needs[n].importance * x.chain.products[x.needs[n].product].value, variable)
    for n, variable in m.unmet_year.items():
        yield (x.needs[n].importance * x.chain.products[x.needs[n].product].value, variable)


def deficit(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""What is missing in all wished budgets beyond what is missing today,
    :math:`\sum_a \max(0, b_a - \hat b_a)`, in currency: what was short is shown, not forbidden.
    """
    return ((1.0, variable) for variable in m.worse.values())


def counted_value(x: Index) -> Vector:
    r"""What one unit of an outside trade counts by, :math:`\beta_e`: the reference value, or the price paid.

    By mass, what is bought counts in kilograms in the headline, and in a rank of upstream dependency alone: no rank
    adds kilograms and money.
    """
    paid = x.chain.settings.dependency_basis is w.DependencyBasis.PAID
    return np.abs(x.by_link.price) if paid else x.by_link.value


def upstream_dependency(m: pyo.ConcreteModel, x: Index, together: bool = False) -> Iterator[Summand]:
    r"""What comes from farther out than it goes, what is paid outsiders to take things away, and the part of own
    costs that leaves the territory.

    .. math::
        D_{up} = \sum_{e:\pi_e \ge 0,t} \max(0, w_i - w_j)\, c_p \beta_e q_{et}
        + \sum_{e:\pi_e < 0,t} \max(0, w_j - w_i)\, c_p |\pi_e| q_{et}
        + \sum_{a,p,t} c_p\, \mathrm{discard\_cost}_p\, d_{apt}
        + \sum_{\text{means}} \max(0, w_{lender} - w_{user})\, c \pi^\circ\, \mathrm{uses}\, q
        + \sum_k (1 - \mathrm{local\_share}_k)\,\mathrm{costs}_k

    =============== ================================= ================ =========
    symbol          meaning                           unit             sheet
    =============== ================================= ================ =========
    w               dependency weight of an actor     0–1              Actors
    c               criticality                       –                Products
    :math:`\beta`   value counted                     currency         Settings
    d               thrown away: a tip is paid too    product's unit   Products
    =============== ================================= ================ =========
    """
    by_mass = x.chain.settings.dependency_basis is w.DependencyBasis.MASS and not together
    link = x.by_link
    bought = np.maximum(0.0, -link.outward) * link.criticality * (link.kg if by_mass else counted_value(x))
    taken_away = np.maximum(0.0, link.outward) * link.criticality * -link.price
    yield all_flows(m, x, np.where(link.price >= 0, bought, taken_away))
    for (_, p, _), variable in m.discarded.items():
        yield (x.chain.products[p].criticality * x.chain.products[p].discard_cost, variable)
    yield from means_from_outside(m, x)
    for k, process in enumerate(x.processes):
        if process.local_share is not None:
            yield from times(1.0 - process.local_share, process_costs(m, x, k))


def downstream_dependency(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""What goes farther out than it comes from, and goods thrown away; secondary products apart.

    .. math::
        D_{down} = \sum_{e:\pi_e \ge 0,t} \max(0, w_j - w_i)\, c_p \max(\beta_e, \pi_e) q_{et}
        + \sum_{a,p,t} c_p \pi^\circ_p (d_{apt} + \rho_{apt})

    A sale that the buyer's rows of Needs cover with a quantity counts at its price, without criticality.

    =============== ================================= ================ =========
    symbol          meaning                           unit             sheet
    =============== ================================= ================ =========
    w               dependency weight of an actor     0–1              Actors
    d               thrown away (services apart)      product's unit   Products
    =============== ================================= ================ =========
    """
    link = x.by_link
    counted = np.where(link.stated, link.price, link.criticality * np.maximum(counted_value(x), link.price))
    sold = (link.price >= 0) & ~link.secondary
    yield all_flows(m, x, np.where(sold, np.maximum(0.0, link.outward) * counted, 0.0))
    for (_, p, _), variable in thrown(m):
        product = x.chain.products[p]
        if not product.secondary and not product.service:
            yield (product.criticality * product.value, variable)


def funding_dependency(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""Money that comes from farther out than it goes and that one does not have yet.

    .. math:: D_{fund} = \sum_f \max(0, w_f - w_{a(f)})\, \max(0, g_f - \hat g_f)

    =============== ================================================ ======== ===============
    symbol          meaning                                          unit     sheet
    =============== ================================================ ======== ===============
    w               dependency weight of the money and of the actor  0–1      Funding, Actors
    :math:`\hat g`  what is granted this year                        currency Funding
    =============== ================================================ ======== ===============
    """
    for f in x.grants:
        outside = x.funding[f].weight - x.weight(x.funding[f].actor)
        if outside > 0:
            yield (outside, m.more_grant[f])


def lost(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""What the territory no longer does of what it does today, by groups of products that replace each other:
    closing a workshop, no longer collecting milk, or binning what is made is no independence.

    .. math:: \sum_F \pi^\circ_F \Bigl(l_F + \sum_{a\ \mathrm{member}} l_{Fa}\Bigr)

    over the groups of which at least a tenth is served or sold outside today.

    =================== ======================================= ============== =========
    symbol              meaning                                 unit           sheet
    =================== ======================================= ============== =========
    l                   lost, of all or of one member           product's unit today
    :math:`\pi^\circ_F` mean reference price of the group       currency       Products
    =================== ======================================= ============== =========
    """
    yield from ((x.kept[name].group.value, variable) for name, variable in m.lost.items())
    yield from ((x.kept[name].group.value, variable) for (name, _), variable in m.lost_by.items())


def dependency(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""Dependency on the outside: purchases, sales and funding.

    .. math::
        \mathrm{upstream\_weight}\,D_{up} + \mathrm{downstream\_weight}\,D_{down}
        + \mathrm{funding\_weight}\,D_{fund}
    """
    settings = x.chain.settings
    yield from times(settings.upstream_weight, upstream_dependency(m, x, together=True))
    yield from times(settings.downstream_weight, downstream_dependency(m, x))
    yield from times(settings.funding_weight, funding_dependency(m, x))


def rules(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""How far wished rules are missed, each measured against its own scale; 0 where no rule is wished.

    .. math:: \sum_r \frac{v^+_r + v^-_r}{\mathrm{scale}_r}
        + \sum_e \frac{v_e}{(1 + \mathrm{growth\_max})\,\mathrm{today}_e}
        + \sum_k \frac{v_k}{(1 + \mathrm{growth\_max})\,\mathrm{today}_k}

    ====== ============================================================= ================ ======
    symbol meaning                                                       unit             sheet
    ====== ============================================================= ================ ======
    v      by how much a rule is missed                                  as the rule says Limits
    scale  its value, or the whole that its share is of today            as the rule says Limits
    ====== ============================================================= ================ ======
    """
    for rule in x.chain.limits:
        for missed in (m.above_rule, m.below_rule):
            if rule.wished and rule.name in missed:
                yield (1.0 / rule.size, missed[rule.name])
    growth = 1.0 + (x.chain.settings.growth_max or 0.0)
    yield from ((1.0 / (growth * link_today(x, e)), m.grown_flow[e]) for e in x.grown_links)
    yield from ((1.0 / (growth * activity_today(x, k)), m.grown_level[k]) for k in x.grown_levels)


def outlets(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""What could be sold and is, as stated: inside outlets whose quantity is given, and sales outside that a row
    of Needs with a quantity covers; maximised.

    .. math::
        \sum_{n\ \mathrm{inside\ outlets}} \min(\pi^\circ_p, \mathrm{revenue}_n)\, s_n
        + \sum_{e\ \mathrm{stated}} \pi_e q_e

    ========= ======================================== ======== =====
    symbol    meaning                                  unit     sheet
    ========= ======================================== ======== =====
    revenue   paid by final users, where it is typed   currency Needs
    ========= ======================================== ======== =====
    """
    for n, need in enumerate(x.needs):
        if need.obligation is w.Obligation.OUTLET and need.quantity is not None and x.inside(need.actor):
            value = x.chain.products[need.product].value
            earned = value if need.typed_revenue is None else min(value, need.typed_revenue)
            yield from ((earned, m.served[n, t]) for t in x.periods if (n, t) in m.served)
    for e in sorted(x.stated_sales):
        yield from times(x.links[e].price, yearly_flow(m, x, e))


def value_kept(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""What stays on the territory of what is used and sold; maximised.

    .. math::
        \sum_{n\ \mathrm{inside}} \pi^\circ_p s_n + \sum_{in \to out} \pi_e q_e - \sum_{out \to in} \pi_e q_e
        - \sum_{a,p,t} \mathrm{discard\_cost}_p d_{apt} - \sum_k (1 - \mathrm{local\_share}_k)\,\mathrm{costs}_k

    An outsider who is paid to take something away is an export at a negative price.
    """
    for n, t in x.served:
        if x.inside(x.needs[n].actor):
            yield (x.chain.products[x.needs[n].product].value, m.served[n, t])
    link = x.by_link
    yield all_flows(m, x, link.price * link.from_inside - link.price * link.to_inside)
    for (_, p, _), variable in m.discarded.items():
        yield (-x.chain.products[p].discard_cost, variable)
    for k, process in enumerate(x.processes):
        if process.local_share is not None:
            yield from times(process.local_share - 1.0, process_costs(m, x, k))


def waste(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    r"""What is thrown away, by reference value, secondary products apart and idle services included,
    :math:`\sum_{a,p,t} \pi^\circ_p (d_{apt} + \rho_{apt})`: nothing runs in order to be thrown away.
    """
    for (_, p, _), variable in thrown(m):
        if not x.chain.products[p].secondary:
            yield (x.chain.products[p].value, variable)


def jobs(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""Full-time equivalents, :math:`\sum_{k,t} \mathrm{jobs}_k z_{kt}`."""
    yield all_levels(m, x, (process.jobs for process in x.processes))


def co2(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""Emissions in kg CO₂e, :math:`\sum \mathrm{co2}_k z_{kt} + \sum \mathrm{co2}_e q_{et}`."""
    yield all_levels(m, x, (process.co2 for process in x.processes))
    yield all_flows(m, x, x.by_link.column(lambda link: link.co2))


def transport(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""Tonne-kilometres, :math:`\sum_e \mathrm{distance}_e\, m_p\, q_e / 1000`."""
    yield all_flows(m, x, x.by_link.distance * x.by_link.kg / 1000.0)


def change(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""Distance to today's relations, activities and grants, by reference value.

    .. math::
        \sum_e \pi^\circ_p (\delta^+_e + \delta^-_e)
        + \sum_k (\delta^+_k + \delta^-_k) \sum_p \pi^\circ_p \mathrm{out}_{kp}
        + \sum_f (\delta^+_f + \delta^-_f)
    """
    products = x.chain.products
    for moved in (m.more_flow, m.less_flow):
        yield from ((products[x.links[e].product].value, variable) for e, variable in moved.items())
    for moved in (m.more_level, m.less_level):
        for k, variable in moved.items():
            yield (sum(products[p].value * made for p, made in x.processes[k].outputs.items()), variable)
    for moved in (m.more_grant, m.less_grant):
        yield from ((1.0, variable) for variable in moved.values())


def measure(m: pyo.ConcreteModel, x: Index, name: str) -> Iterator[Summand]:
    """A measure of the workbook's own: the sum of its amounts over processes, links, offers and needs."""
    yield all_levels(m, x, (process.measures.get(name, 0.0) for process in x.processes))
    yield all_flows(m, x, x.by_link.column(lambda link: link.measures.get(name, 0.0)))
    yield from ((x.offers[o].measures.get(name, 0.0), m.offered[o, t]) for o, t in x.offered)
    yield from ((x.needs[n].measures.get(name, 0.0), m.served[n, t]) for n, t in x.served)


Function = Callable[["pyo.ConcreteModel", Index], Iterator[Summand]]

NAMED: dict[w.Objective, Function] = {
    w.Objective.UNMET: unmet,
    w.Objective.DEFICIT: deficit,
    w.Objective.RULES: rules,
    w.Objective.DEPENDENCY: dependency,
    w.Objective.LOST: lost,
    w.Objective.OUTLETS: outlets,
    w.Objective.DEPENDENCY_UPSTREAM: upstream_dependency,
    w.Objective.DEPENDENCY_DOWNSTREAM: downstream_dependency,
    w.Objective.DEPENDENCY_FUNDING: funding_dependency,
    w.Objective.COST: cost,
    w.Objective.VALUE_KEPT: value_kept,
    w.Objective.JOBS: jobs,
    w.Objective.CO2: co2,
    w.Objective.TRANSPORT: transport,
    w.Objective.WASTE: waste,
    w.Objective.CHANGE: change,
}
"""Objectives that are one linear function; circularity is a ratio of two."""

CIRCULARITY: dict[str, Function] = {"secondary_use": secondary_use, "direct_input": direct_input}
"""The two parts U and M of the circular use rate U / (U + M)."""
