"""The value of every objective, recomputed from a plan's own figures and its chain.

Each function lists the terms of one objective of the formulation; their sum is its value, and the largest of
them says what a rounding error is measured against. Nothing here knows the model that found the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from filiere.chain.chain import Chain
from filiere.chain.derived.observed import observed_of
from filiere.schema import words as w
from filiere.solution import ledger
from filiere.solution.accounts import Accounts, Flags, Floats
from filiere.solution.lost import losses
from filiere.solution.means import from_outside
from filiere.solution.once import accounts_of, known_figures, once_each
from filiere.solution.ranked_cost import cost_terms, stated_sales
from filiere.solution.reuse import by_options, renamed, reused
from filiere.solution.scope import Measured, grown, limit_terms, missed, rates
from filiere.solution.solution import Plan
from filiere.solution.table import Table

TRACE_OF_USE = 1e-3
"""A circular use under this many kg (or units of money) is none."""

NEGLIGIBLE_SHARE = 1e-6
"""A circular use under this share of U + M is none."""


def objective_value(chain: Chain, plan: Plan, objective: w.Objective | str) -> float:
    """Return the value of an objective, or of the measure of that name, for a plan.

    Circularity is the ratio U / (U + M) in the chain's basis, 0 where nothing at all is used. Money is in the
    workbook's currency, jobs in full-time equivalents, co2 in kg, transport in tonne-kilometres.
    """
    return value_of(accounts_of(chain, plan), objective)


def value_of(accounts: Accounts, objective: w.Objective | str) -> float:
    """Return the value of an objective or measure; see :func:`objective_value`."""
    if objective is w.Objective.CIRCULARITY:
        return circularity(accounts)
    return float(terms_of(accounts, objective).sum())


@once_each
def terms_of(accounts: Accounts, objective: w.Objective | str) -> Floats:
    """Return the terms whose sum is an additive objective (any but circularity) or a measure."""
    if isinstance(objective, w.Objective):
        return TERMS[objective](accounts)
    return measure_terms(accounts, objective)


def unmet_terms(accounts: Accounts) -> Floats:
    """Σ ι_n · π°_p · u_nt: what is not served, by importance and reference price."""
    return np.asarray(accounts.need_rows["importance"][accounts.unmet["need"]] * unmet_worth(accounts))


def unmet_worth(accounts: Accounts) -> Floats:
    """Unmet needs at reference prices, whatever their importance."""
    unmet = accounts.unmet
    return np.asarray(accounts.products["value"][unmet["product"]] * unmet["quantity"])


def deficit_terms(accounts: Accounts) -> Floats:
    """Σ max(0, b_a − b̂_a): what the accounts lack beyond what they lack today."""
    lacked, deficits = observed_of(accounts.chain).deficits, accounts.plan.deficits
    amounts = zip(deficits["actor"], deficits["amount"], strict=True)
    return np.array([max(0.0, float(amount) - lacked.get(actor, 0.0)) for actor, amount in amounts], dtype=float)


def counted(accounts: Accounts) -> Floats:
    """β_e by flow: what an outside purchase or sale counts by, its reference price or the price paid.

    By mass, a rank of upstream dependency alone counts in kilograms; no other one does.
    """
    flows = accounts.flows
    if accounts.chain.settings.dependency_basis is w.DependencyBasis.PAID:
        return np.asarray(np.abs(flows["price"]))
    return np.asarray(accounts.products["value"][flows["product"]])


def upstream_terms(accounts: Accounts, together: bool = False) -> Floats:
    """D_up: purchases by how much farther out they come from than they go, waste that outsiders are paid to
    take away, what throwing things away costs, and the part of activities' costs that is not spent on the territory.
    """
    flows = accounts.flows
    weight, criticality = accounts.actors["weight"], accounts.products["criticality"]
    outward = weight[flows["to"]] - weight[flows["from"]]
    scale = criticality[flows["product"]] * flows["quantity"]
    price = flows["price"]
    by_mass = accounts.chain.settings.dependency_basis is w.DependencyBasis.MASS and not together
    rate = accounts.products["kg"][flows["product"]] if by_mass else counted(accounts)
    bought = np.maximum(0.0, -outward) * scale * rate * (price >= 0.0)
    taken = np.maximum(0.0, outward) * scale * np.abs(price) * (price < 0.0)
    thrown, products = accounts.discarded, accounts.products
    tipped = (products["criticality"] * products["discard_cost"])[thrown["product"]] * thrown["quantity"]
    return np.concatenate([bought, taken, tipped, from_outside(accounts), _spent_outside(accounts)])


def _spent_outside(accounts: Accounts) -> Floats:
    """(1 - local_share_k) of each activity's own costs, where a local share is given."""
    costs = ledger.own_costs(accounts)
    costs = costs[costs["process"] >= 0]
    share = accounts.processes["local_share"][costs["process"]]
    return np.asarray(np.nan_to_num(1.0 - share) * costs["amount"])


def downstream_terms(accounts: Accounts) -> Floats:
    """D_down: sales by how much farther out they go than they come from, at the reference price or the higher one
    paid (at the price alone where the buyer's needs state them), and what is thrown away, secondary products apart.
    """
    flows, products = accounts.flows, accounts.products
    weight, criticality = accounts.actors["weight"], products["criticality"]
    primary_use = ~products["secondary"]
    outward = np.maximum(0.0, weight[flows["to"]] - weight[flows["from"]])
    price, product = flows["price"], flows["product"]
    rate = np.where(
        stated_sales(accounts)[flows["link"]], price, criticality[product] * np.maximum(counted(accounts), price)
    )
    sold = outward * rate * primary_use[product] * flows["quantity"] * (price >= 0.0)
    lost_value = criticality * products["value"] * primary_use * ~products["service"]
    binned = lost_value[accounts.thrown["product"]] * accounts.thrown["quantity"]
    return np.concatenate([sold, binned])


def funding_terms(accounts: Accounts) -> Floats:
    """D_fund: grants beyond this year's, by how much farther out the money comes from than it goes."""
    rows, count = accounts.funding_rows, len(accounts.funding_rows)
    given = accounts.summed(accounts.grants["funding"], accounts.grants["amount"], count)
    taker = accounts.actors["weight"][rows["actor"]]
    counts = followed(accounts)[rows["actor"]]
    beyond = np.maximum(0.0, given - np.array(known_figures(accounts).grants, dtype=float))
    return np.asarray(np.maximum(0.0, rows["weight"] - taker) * beyond * counts)


def followed(accounts: Accounts) -> Flags:
    """Which actors' budgets are followed: the others' grants are shown and decide nothing."""
    actors = accounts.actors
    return np.asarray(actors["inside"] & (actors["wish"] | actors["yes"]))


def lost_terms(accounts: Accounts) -> Floats:
    """Lost output, l_F by group of products: see :mod:`filiere.solution.lost`."""
    found = losses(accounts)
    return np.zeros(0) if found is None else found.by_group


def dependency_terms(accounts: Accounts) -> Floats:
    """The weighted sum of D_up, D_down and D_fund."""
    settings = accounts.chain.settings
    return np.concatenate([
        settings.upstream_weight * upstream_terms(accounts, together=True),
        settings.downstream_weight * downstream_terms(accounts),
        settings.funding_weight * funding_terms(accounts),
    ])  # fmt: skip


def rules_terms(accounts: Accounts) -> Floats:
    """By how much each wished rule is missed, over its scale; growth beyond what is wished among them."""
    wished = [missed(accounts, rule) / rule.size for rule in accounts.chain.limits if rule.wished]
    return np.concatenate([np.array(wished, dtype=float), *grown(accounts)])


def outlet_terms(accounts: Accounts) -> Floats:
    """What is sold as stated: at π° or the typed revenue, whichever is less, inside; at the price outside."""
    served, needs, flows = accounts.served, accounts.need_rows[accounts.served["need"]], accounts.flows
    inside, value = accounts.actors["inside"], accounts.products["value"]
    counted_here = needs["outlet"] & np.isfinite(needs["quantity"]) & inside[served["actor"]]
    earned = np.fmin(value[served["product"]], needs["typed_revenue"])
    sold = flows["value"] * stated_sales(accounts)[flows["link"]]
    return np.concatenate([earned * served["quantity"] * counted_here, sold])


def value_kept_terms(accounts: Accounts) -> Floats:
    """What is used inside at π° and sold outside, less what is paid outside: purchases, discards, own costs."""
    served, flows, inside = accounts.served, accounts.flows, accounts.actors["inside"]
    value, products = accounts.products["value"], accounts.products
    direction = inside[flows["from"]].astype(float) - inside[flows["to"]].astype(float)
    thrown = accounts.discarded
    return np.concatenate([
        value[served["product"]] * served["quantity"] * inside[served["actor"]],
        direction * flows["value"],
        -products["discard_cost"][thrown["product"]] * thrown["quantity"],
        -_spent_outside(accounts),
    ])  # fmt: skip


def waste_terms(accounts: Accounts) -> Floats:
    """Σ π°_p · d_apt over products that are not secondary, idle services included."""
    worth = accounts.products["value"] * ~accounts.products["secondary"]
    return np.asarray(worth[accounts.thrown["product"]] * accounts.thrown["quantity"])


def jobs_terms(accounts: Accounts) -> Floats:
    """Σ jobs_k · z_kt, in full-time equivalents."""
    levels = accounts.levels
    return np.asarray(accounts.processes["jobs"][levels["process"]] * levels["level"])


def co2_terms(accounts: Accounts) -> Floats:
    """Emissions of activities and of links, in kg CO2e."""
    levels, flows = accounts.levels, accounts.flows
    made = accounts.processes["co2"][levels["process"]] * levels["level"]
    moved = accounts.links["co2"][flows["link"]] * flows["quantity"]
    return np.concatenate([made, moved])


def transport_terms(accounts: Accounts) -> Floats:
    """Σ distance_e · m_p · q_et / 1000, in tonne-kilometres."""
    flows = accounts.flows
    tonnes = accounts.products["kg"][flows["product"]] * flows["quantity"] / 1000.0
    return np.asarray(accounts.links["distance"][flows["link"]] * tonnes)


def change_terms(accounts: Accounts) -> Floats:
    """How far the year's flows and levels are from today's, valued at π°, where today is known; and grants."""
    links, processes, before = accounts.links, accounts.processes, known_figures(accounts)
    by_link, by_process = _worth(accounts)
    levels = np.array([before.levels.get(key, 0.0) for key in accounts.chain.processes], dtype=float)
    moved = np.abs(accounts.flow_by_link - np.array(before.flows, dtype=float)) * by_link
    made = np.abs(accounts.level_by_process - levels) * by_process
    rows = accounts.funding_rows
    given = accounts.summed(accounts.grants["funding"], accounts.grants["amount"], len(rows))
    granted = np.abs(given - np.array(before.grants, dtype=float)) * followed(accounts)[rows["actor"]]
    return np.concatenate([
        np.where(np.isnan(links["today"]), 0.0, moved), np.where(np.isnan(processes["today"]), 0.0, made), granted,
    ])  # fmt: skip


def _worth(accounts: Accounts) -> tuple[Floats, Floats]:
    """What one unit of each link, and one run of each process, is worth at π°."""
    value, recipes = accounts.products["value"], accounts.recipes
    output = recipes["output"] * value[recipes["product"]]
    by_process = accounts.summed(recipes["process"], output, len(accounts.processes))
    return np.asarray(value[accounts.links["product"]]), by_process


def _wanted(accounts: Accounts) -> Floats:
    """What needs are worth: a plan tells none that misses less than a ten-millionth of itself, its rank does."""
    rows = accounts.need_rows
    wanted = rows[~rows["outlet"] & np.isfinite(rows["quantity"])]
    value = accounts.products["value"][wanted["product"]]
    return np.asarray(wanted["importance"] * value * wanted["quantity"])


def scale_of(accounts: Accounts, objective: w.Objective | str) -> float:
    """Return the largest figure that an additive objective is made of, which its rounding is measured against: the
    largest of its terms, and of what those terms are differences of (today's and the plan's figures).
    """
    figures = [terms_of(accounts, objective)]
    if objective is w.Objective.CHANGE:
        by_link, by_process = _worth(accounts)
        figures += [accounts.links["today"] * by_link, accounts.flow_by_link * by_link]
        figures += [accounts.processes["today"] * by_process, accounts.level_by_process * by_process]
    if objective is w.Objective.UNMET:
        figures.append(_wanted(accounts))
    if objective is w.Objective.LOST:
        found = losses(accounts)
        figures.append(np.zeros(0) if found is None else np.abs(found.before))
    if objective is w.Objective.RULES:
        figures += [limit_terms(accounts, rule)[0] / rule.size for rule in accounts.chain.limits if rule.wished]
    return float(np.abs(np.nan_to_num(np.concatenate(figures))).max(initial=0.0))


TERMS: Mapping[w.Objective, Callable[[Accounts], Floats]] = {
    w.Objective.UNMET: unmet_terms,
    w.Objective.DEFICIT: deficit_terms,
    w.Objective.RULES: rules_terms,
    w.Objective.DEPENDENCY: dependency_terms,
    w.Objective.LOST: lost_terms,
    w.Objective.OUTLETS: outlet_terms,
    w.Objective.DEPENDENCY_UPSTREAM: upstream_terms,
    w.Objective.DEPENDENCY_DOWNSTREAM: downstream_terms,
    w.Objective.DEPENDENCY_FUNDING: funding_terms,
    w.Objective.COST: cost_terms,
    w.Objective.VALUE_KEPT: value_kept_terms,
    w.Objective.JOBS: jobs_terms,
    w.Objective.CO2: co2_terms,
    w.Objective.TRANSPORT: transport_terms,
    w.Objective.WASTE: waste_terms,
    w.Objective.CHANGE: change_terms,
}
"""Objective → the function that lists its terms."""


def measure_names(chain: Chain) -> tuple[str, ...]:
    """Return the names of all ``measure:`` columns that hold a figure, in order of first appearance."""
    rows: tuple[Measured, ...] = (*chain.processes.values(), *chain.links, *chain.offers, *chain.needs)
    return tuple(dict.fromkeys(name for row in rows for name in row.measures))


def measure_terms(accounts: Accounts, name: str) -> Floats:
    """Return the amounts of one ``measure:`` column: per level, per unit shipped, used and served."""
    chain = accounts.chain
    tables: tuple[tuple[Iterable[Measured], Table, str, str], ...] = (
        (chain.processes.values(), accounts.levels, "process", "level"),
        (chain.links, accounts.flows, "link", "quantity"),
        (chain.offers, accounts.offers, "offer", "quantity"),
        (chain.needs, accounts.served, "need", "quantity"),
    )
    parts = []
    for rows, frame, position, amount in tables:
        parts.append(rates(rows, name)[frame[position]] * frame[amount])
    return np.concatenate(parts)


def sizes(accounts: Accounts, basis: w.Basis) -> Floats:
    """Return the size of one unit of each product: kg (services 0), or its reference value."""
    products = accounts.products
    if basis is w.Basis.VALUE:
        return products["value"]
    return np.where(products["service"], 0.0, products["kg"])


@once_each
def circular_use(accounts: Accounts, basis: w.Basis) -> Floats:
    """Return the terms of U, what is used again: the net intake of secondary products by each activity as far as
    goods or used services come of it, plus secondary products that serve inside needs, less what came in secondary
    from outside on balance, product by product, and less what is named secondary out of goods that are not.
    """
    size, inside = sizes(accounts, basis), accounts.actors["inside"]
    again = size * accounts.products["secondary"]
    served, flows, count = accounts.served, accounts.flows, len(accounts.products)
    used = again[served["product"]] * served["quantity"] * inside[served["actor"]]
    balance = flows["received"] * (inside[flows["to"]] & ~inside[flows["from"]]) - flows["quantity"] * (
        inside[flows["from"]] & ~inside[flows["to"]]
    )
    imported = np.maximum(0.0, accounts.summed(flows["product"], again[flows["product"]] * balance, count))
    chosen = np.array([by_options(accounts, size)[0]])
    return np.concatenate([reused(accounts, size), used, -imported, -renamed(accounts, size), chosen])


@once_each
def material_entry(accounts: Accounts, basis: w.Basis) -> Floats:
    """Return the terms of M, what enters: the net output of primary resources by each activity, what inside
    offers give (secondary products and services apart), and everything received from outside.
    """
    size, inside = sizes(accounts, basis), accounts.actors["inside"]
    products, offers, flows = accounts.products, accounts.offers, accounts.flows
    taken = _net_intake(accounts, -size * products["primary"])
    fresh = size * ~(products["secondary"] | products["service"])
    given = fresh[offers["product"]] * offers["quantity"] * inside[offers["actor"]]
    entered = size[flows["product"]] * flows["received"] * (inside[flows["to"]] & ~inside[flows["from"]])
    return np.concatenate([taken, given, entered, [by_options(accounts, size)[1]]])


def circularity(accounts: Accounts, basis: w.Basis | None = None) -> float:
    """Return U / (U + M), in the chain's own basis unless one is given; 0 where U is negligible."""
    basis = basis or accounts.chain.settings.circularity_basis
    use = float(circular_use(accounts, basis).sum())
    total = use + float(material_entry(accounts, basis).sum())
    return use / total if use >= max(TRACE_OF_USE, NEGLIGIBLE_SHARE * total) else 0.0


def _net_intake(accounts: Accounts, size: Floats) -> Floats:
    """Return z_k · max(0, Σ_p size_p · (in_kp - out_kp)) by process."""
    recipes = accounts.recipes
    net = size[recipes["product"]] * (recipes["input"] - recipes["output"])
    per_level = accounts.summed(recipes["process"], net, len(accounts.processes))
    return np.asarray(np.maximum(0.0, per_level) * accounts.level_by_process)
