"""What a plan costs and loses, and who bears it: grants apart, output lost, accounts with more than they need."""

from __future__ import annotations

import numpy as np

from filiere.chain.chain import Actor
from filiere.indicators.figure import Figure
from filiere.schema import words as w
from filiere.solution import ledger
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.lost import changes_of_members, losses

TRACE = 1e-6
"""What is less than this share of the sums that it is a difference of is rounding."""


def net_cost_after_grants(accounts: Accounts, net_cost: Figure) -> Figure:
    """Return the net cost less what outside funders give: what the territory itself bears."""
    inside, grants = accounts.actors["inside"], accounts.grants
    given = grants["amount"] * (inside[grants["actor"]] & ~inside[grants["funder"]])
    return net_cost - float(given.sum()) if isinstance(net_cost, float) else net_cost


PAYERS = ("households", "public", "members", "others")
"""Who may pay, in the order in which an actor is counted: households and public bodies, whoever they belong to."""


def who_pays(accounts: Accounts) -> dict[str, float]:
    """Return outlays less receipts of the inside actors, by kind of payer: together the net cost after grants."""
    money, count = ledger.money_of_actors(accounts), len(accounts.actors)
    paid = -accounts.summed(money["actor"], money["amount"], count)
    found = dict.fromkeys(PAYERS, 0.0)
    for actor, amount in zip(accounts.chain.actors.values(), paid.tolist(), strict=True):
        if actor.inside:
            found[payer(actor)] += amount
    return found


def payer(actor: Actor) -> str:
    """Return the kind of payer that an inside actor is counted as."""
    if actor.sector is w.Sector.HOUSEHOLD:
        return "households"
    if actor.sector is w.Sector.PUBLIC:
        return "public"
    return "members" if actor.perimeter is w.Perimeter.MEMBER else "others"


def lost_output(accounts: Accounts) -> dict[str, float]:
    """Return what is lost of this year's output, by group of products that replace each other, in the currency."""
    found = losses(accounts)
    if found is None:
        return {}
    return {
        group.name: float(amount)
        for group, amount, before in zip(found.groups, found.by_group, found.before, strict=True)
        if amount > TRACE * max(1.0, abs(before))
    }


def lost_by_member(accounts: Accounts) -> dict[str, dict[str, float]]:
    """Return, by member and group, what it keeps less (below 0) or more than this year, in the currency."""
    found = losses(accounts)
    return {} if found is None else changes_of_members(accounts.chain, found)


def spare_grants(accounts: Accounts) -> dict[str, float]:
    """Return, by actor, the grants that it could do without: what its receipts exceed its outlays by, up to them."""
    count, money = len(accounts.actors), ledger.money_of_actors(accounts)
    left = accounts.summed(money["actor"], money["amount"], count)
    granted = accounts.summed(accounts.grants["actor"], accounts.grants["amount"], count)
    spare = np.maximum(0.0, np.minimum(granted, left)) * accounts.actors["inside"]
    return {
        str(name): float(amount)
        for name, amount, most in zip(accounts.actor_index, spare, granted, strict=True)
        if amount > TRACE * max(1.0, most)
    }


def sold_below_cost(accounts: Accounts) -> list[dict[str, str | float]]:
    """Return activities whose outputs, at the prices received, do not cover their inputs and own costs.

    Prices are the means of what their actor receives and pays; what it neither sells nor buys counts at its
    reference price. Activities of which nothing is sold are left out.
    """
    received, sold = _received(accounts)
    paid = _paid(accounts)
    made, count = accounts.made, len(accounts.processes)
    place, process = made["actor"] * len(accounts.products) + made["product"], made["process"]
    income = accounts.summed(process, made["output"] * received[place], count)
    inputs = accounts.summed(process, made["input"] * paid[place], count)
    counts = accounts.summed(process, (made["output"] > 0.0) & sold[place], count) > 0.0
    costs = ledger.own_costs(accounts)
    costs = costs[costs["process"] >= 0]
    own = accounts.summed(costs["process"], costs["amount"], count)
    short = inputs + own - income
    return [
        {"process": key[0], "actor": key[1], "short": float(short[k])}
        for k, key in enumerate(accounts.chain.processes)
        if counts[k] and accounts.level_by_process[k] > 0.0 and short[k] > TRACE * max(1.0, inputs[k] + own[k])
    ]


def _received(accounts: Accounts) -> tuple[Floats, Floats]:
    """By place (actor x product): the mean price received, and whether anything is sold or served for money."""
    width = len(accounts.products)
    size = len(accounts.actors) * width
    flows, served = accounts.flows, accounts.served
    given, used = flows["from"] * width + flows["product"], served["actor"] * width + served["product"]
    revenue = ledger.revenues(accounts)
    paying = revenue != 0.0
    amount = accounts.summed(given, flows["value"], size) + accounts.summed(used, revenue, size)
    quantity = accounts.summed(given, flows["quantity"], size)
    quantity += accounts.summed(used, served["quantity"] * paying, size)
    return _price(accounts, amount, quantity), np.asarray(quantity > 0.0)


def _paid(accounts: Accounts) -> Floats:
    """By place (actor x product): the mean price paid, transport included."""
    width = len(accounts.products)
    size = len(accounts.actors) * width
    flows = accounts.flows
    taken = flows["to"] * width + flows["product"]
    amount = accounts.summed(taken, flows["value"] + ledger.transport_paid(accounts), size)
    return _price(accounts, amount, accounts.summed(taken, flows["received"], size))


def _price(accounts: Accounts, amount: Floats, quantity: Floats) -> Floats:
    reference = np.tile(accounts.products["value"], len(accounts.actors))
    return np.asarray(np.divide(amount, quantity, out=reference.astype(float), where=quantity > 0.0))
