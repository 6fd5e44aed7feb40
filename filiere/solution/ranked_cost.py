"""The net cost as ranked and bounded, recomputed from a plan: what nobody has stated earns nothing beyond this year."""

from __future__ import annotations

import numpy as np

from filiere.chain.derived.default_objectives import has_default_ranks
from filiere.chain.derived.observed import observed_of
from filiere.solution import ledger
from filiere.solution.accounts import Accounts, Flags, Floats
from filiere.solution.means import means_taken
from filiere.solution.observed import figures_on
from filiere.solution.once import known_figures, once, once_of_chain


@once
def cost_terms(accounts: Accounts) -> Floats:
    """The net cost of the inside as a whole; payments between inside actors cancel out."""
    flows, inside = accounts.flows, accounts.actors["inside"]
    to_inside, from_inside = inside[flows["to"]], inside[flows["from"]]
    direction = to_inside.astype(float) - from_inside.astype(float)
    return np.concatenate([
        direction * flows["value"],
        ledger.transport_paid(accounts) * to_inside,
        ledger.link_fixed_costs(accounts) * inside[accounts.links["to"]],
        ledger.own_costs(accounts)["amount"],
        _means_across(accounts),
        -ledger.revenues(accounts),
    ])  # fmt: skip


def _means_across(accounts: Accounts) -> Floats:
    """What inside users pay outside lenders, less what outside users pay inside lenders."""
    means, inside = means_taken(accounts), accounts.actors["inside"]
    direction = inside[means["user"]].astype(float) - inside[means["actor"]].astype(float)
    return np.asarray(direction * means["paid"])


def ranked_cost_terms(accounts: Accounts) -> Floats:
    """The cost as the chain's ranks count it: plain, unless they are the default ones."""
    if not has_default_ranks(accounts.chain):
        return cost_terms(accounts)
    open_ended = np.isinf(accounts.need_rows["quantity"])
    return np.concatenate([
        cost_terms(accounts),
        -_supposed(accounts),
        _earned(accounts) * _served_beyond(accounts) * open_ended,
        _forgone(accounts) * _sold_beyond(accounts),
    ])  # fmt: skip


def frugal_cost(accounts: Accounts) -> float:
    """The cost where nothing that is sold beyond this year earns anything."""
    links, inside = accounts.links, accounts.actors["inside"]
    price = np.where(inside[links["from"]] & ~inside[links["to"]], np.maximum(0.0, links["price"]), 0.0)
    total = cost_terms(accounts).sum() - _supposed(accounts).sum()
    return float(total + (_earned(accounts) * _served_beyond(accounts)).sum() + (price * _sold_beyond(accounts)).sum())


@once_of_chain
def cost_of_this_year(accounts: Accounts) -> float | None:
    """Return what this year's quantities cost at the chain's prices, None where they are not known."""
    chain = accounts.chain
    return frugal_cost(Accounts(chain, figures_on(chain))) if observed_of(chain).known else None


def _outlets(accounts: Accounts) -> Flags:
    needs = accounts.need_rows
    return np.asarray(needs["outlet"] & accounts.actors["inside"][needs["actor"]])


def _by_need(accounts: Accounts) -> Floats:
    return accounts.summed(accounts.served["need"], accounts.served["quantity"], len(accounts.need_rows))


def _supposed(accounts: Accounts) -> Floats:
    """By need, what an outlet whose revenue is not typed is supposed to earn: the reference price."""
    if not has_default_ranks(accounts.chain):
        return np.zeros(len(accounts.need_rows))
    untyped = _outlets(accounts) & np.isnan(accounts.need_rows["typed_revenue"])
    return np.asarray(untyped * _earned(accounts) * _by_need(accounts))


def _earned(accounts: Accounts) -> Floats:
    """By need, what one unit of an outlet earns as the ranks count it."""
    needs = accounts.need_rows
    value = accounts.products["value"][needs["product"]]
    typed = needs["typed_revenue"]
    blank = value if has_default_ranks(accounts.chain) else needs["revenue"]
    return np.asarray(np.where(np.isnan(typed), blank, typed) * _outlets(accounts))


def _served_beyond(accounts: Accounts) -> Floats:
    return np.asarray(np.maximum(0.0, _by_need(accounts) - np.array(known_figures(accounts).served, dtype=float)))


def _sold_beyond(accounts: Accounts) -> Floats:
    return np.asarray(np.maximum(0.0, accounts.flow_by_link - np.array(known_figures(accounts).flows, dtype=float)))


def _forgone(accounts: Accounts) -> Floats:
    """By link, the part of its price that a sale which nobody stated does not earn beyond this year."""
    links, products, inside = accounts.links, accounts.products, accounts.actors["inside"]
    weight = accounts.actors["weight"]
    outward = np.maximum(0.0, weight[links["to"]] - weight[links["from"]])
    criticality = products["criticality"][links["product"]]
    share = np.minimum(1.0, accounts.chain.settings.downstream_weight * criticality * outward)
    counts = inside[links["from"]] & ~inside[links["to"]] & ~products["secondary"][links["product"]]
    counts = counts & ~stated_sales(accounts)
    return np.asarray(np.maximum(0.0, links["price"]) * (1.0 - share) * counts)


@once_of_chain
def stated_sales(accounts: Accounts) -> Flags:
    """Which links sell outside what the buyer's rows on Needs say that it takes, each with a quantity."""
    links, needs, inside = accounts.links, accounts.need_rows, accounts.actors["inside"]
    width = len(accounts.products)
    place = needs["actor"] * width + needs["product"]
    blank = np.isinf(needs["quantity"])
    asked = links["to"] * width + links["product"]
    covered = np.isin(asked, place[~blank]) & ~np.isin(asked, place[blank])
    return np.asarray(covered & inside[links["from"]] & ~inside[links["to"]])
