"""How often money that comes in is spent again on the territory before it leaves.

The network is the inside actors, and one more who stands for the people and firms of the territory that are no
actors here: they receive the local part of own costs and the cost of inside households' offers, and spend the share
of it that the workbook states with those who sell to households.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from filiere.chain.derived.observed import figures_of
from filiere.indicators.dependency import payments
from filiere.indicators.figure import ENDLESS, NO_OUTLAYS, NO_OUTSIDE_MONEY, Figure, ratio
from filiere.indicators.network import reaching
from filiere.schema import words as w
from filiere.solution import ledger
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.table import Table, below


@dataclass(frozen=True)
class Spending:
    """Who spends what of what it receives. Positions are the chain's actors, then the people of the territory.

    ``shares[b, a]`` is the part of a's receipts, or of its outlays where they are more, that it pays to b; ``first``
    is what each inside actor brings in: all of that but what inside actors pay it.
    """

    shares: Any
    first: Floats


def spending(accounts: Accounts) -> Spending:
    """Return how the inside actors spend what they receive or, where they pay out more than that, what they pay out.

    One formula for everybody: who buys and sells nothing (a canteen paid by taxes, a household) brings in all that it
    spends, and money is counted where it enters.
    """
    from scipy.sparse import coo_array, csr_array, diags_array

    inside = np.append(accounts.actors["inside"], False)
    count = len(inside)
    paid = _money(accounts)
    payer, payee, amount = (paid[c] for c in ("payer", "payee", "amount"))
    near = inside[payer] & inside[payee]
    rows, columns, amounts = _to_people(accounts, count - 1)
    local = csr_array(coo_array(
        (np.concatenate([amount[near], amounts]),
         (np.concatenate([payee[near], rows]), np.concatenate([payer[near], columns]))),
        shape=(count, count),
    ))  # fmt: skip
    own = accounts.summed(payer, np.where(payer == payee, amount, 0.0), count)
    whole = np.where(inside, _whole(accounts, count) + own, 0.0)
    from_near = accounts.summed(payee, np.where(near, amount, 0.0), count) + _compensated(accounts, count)
    first = np.where(inside, np.maximum(0.0, whole - from_near), 0.0)
    rate = np.divide(1.0, whole, out=np.zeros(count), where=whole > 0.0)
    shares = csr_array(local @ diags_array(rate))
    again = _spent_by_people(accounts, count)
    return Spending(csr_array(shares + again) if again.nnz else shares, first)


def _whole(accounts: Accounts, count: int) -> Floats:
    """By actor, its receipts or its outlays, whichever are more."""
    money = ledger.money_of_actors(accounts)
    actor, amount = money["actor"], money["amount"]
    receipts = accounts.summed(actor, np.maximum(0.0, amount), count)
    return np.maximum(receipts, accounts.summed(actor, np.maximum(0.0, -amount), count))


def _compensated(accounts: Accounts, count: int) -> Floats:
    """By actor, what other members pay it so that it does not lose."""
    payments = accounts.plan.payments
    return accounts.summed(accounts.actor_at(payments["actor"]), payments["received"], count)


def _spent_by_people(accounts: Accounts, count: int) -> Any:
    """What the people of the place spend of each unit they receive: with inside sellers, by their sales to households.

    Those of this year, or, where none are known, of the plan.
    """
    from scipy.sparse import csr_array

    chain = accounts.chain
    share, names = chain.settings.household_local_spend, list(chain.actors)
    this_year = figures_of(chain).flows
    sold = np.zeros(count)
    for flows in (this_year, accounts.flow_by_link) if share > 0.0 else ():
        for link, quantity in zip(chain.links, flows, strict=True):
            to_people = chain.actors[link.to].sector is w.Sector.HOUSEHOLD
            if to_people and chain.inside(link.from_):
                sold[names.index(link.from_)] += quantity * link.price
        if sold.any():
            break
    if not sold.any():
        return csr_array((count, count))
    rows = np.flatnonzero(sold)
    values = share * sold[rows] / sold.sum()
    return csr_array((values, (rows, np.full(len(rows), count - 1))), shape=(count, count))


def _money(accounts: Accounts) -> Table:
    """payer, payee, amount: links and grants."""
    columns = ("payer", "payee", "amount")
    grants = accounts.grants.renamed(funder="payer", actor="payee")
    return below(payments(accounts, accounts.moved).only(*columns), grants.only(*columns))


def _to_people(accounts: Accounts, people: int) -> tuple[Any, Any, Floats]:
    """The local parts of own costs, and what inside households' offers cost, paid to the people of the place."""
    costs = ledger.own_costs(accounts)
    share = np.append(accounts.processes["local_share"], np.nan)[costs["process"]]
    household = np.array([a.sector is w.Sector.HOUSEHOLD for a in accounts.chain.actors.values()], dtype=bool)
    theirs = (costs["kind"] == "offer") & household[costs["actor"]]
    amount = np.where(theirs, 1.0, np.nan_to_num(share)) * costs["amount"]
    return np.full(len(costs), people), costs["actor"], amount


def three_rounds(shares: Any, first: Any) -> Figure:
    """Return LM3: (f + Lf + L²f) / f, each summed (New Economics Foundation, The Money Trail, 2002).

    ``shares[b, a]`` is the part of what a receives that it spends with b on the territory; ``first[a]`` what a
    receives from outside. From 1, nothing is spent again, to 3.
    """
    start = np.asarray(first, dtype=float)
    second = np.asarray(shares @ start)
    third = np.asarray(shares @ second)
    return ratio(float(start.sum() + second.sum() + third.sum()), float(start.sum()), NO_OUTSIDE_MONEY)


def all_rounds(shares: Any, worth: Any = 1.0) -> Floats:
    """Return, by actor, the sum of all rounds of one unit it receives: column sums of (I - L)⁻¹, nan where endless.

    ``worth`` is what one unit received by each actor counts for (jobs or value added per unit of output, say); 1
    for money itself. With L a matrix of technical coefficients A these are the output multipliers of type I
    (W. Leontief; Eurostat Manual of Supply, Use and Input-Output Tables, 2008, ch. 15). A unit that can reach
    actors among whom money turns without ever leaving has no such sum.
    """
    from scipy.sparse import csc_array, csr_array, eye_array
    from scipy.sparse.linalg import spsolve

    matrix = csr_array(shares, dtype=float)
    count = matrix.shape[0]
    leaks = 1.0 - np.asarray(matrix.sum(axis=0)).ravel() > 1e-9
    pays = csr_array(matrix.T)
    endless = reaching(pays, ~reaching(pays, leaks))
    sums = np.full(count, np.nan)
    finite = np.flatnonzero(~endless)
    if finite.size:
        block = csc_array(eye_array(finite.size) - pays[finite][:, finite])
        counted = np.broadcast_to(np.asarray(worth, dtype=float), (count,))[finite]
        sums[finite] = np.atleast_1d(spsolve(block, counted))
    return sums


def local_multiplier(spent: Spending) -> Figure:
    """Return the sum of all rounds of all the money that comes in, per unit of it."""
    if spent.first.sum() <= 0.0:
        return NO_OUTSIDE_MONEY
    receives = spent.first > 0.0
    rounds = all_rounds(spent.shares)[receives]
    if np.isnan(rounds).any():
        return ENDLESS
    return float(rounds @ spent.first[receives] / spent.first.sum())


def unknown_spending(accounts: Accounts, outlays: float) -> Figure:
    """Return own costs whose local part is not given over all ``outlays`` of inside actors, 0 to 1.

    Says how far the multipliers can be trusted.
    """
    costs = ledger.own_costs(accounts)
    share = np.append(accounts.processes["local_share"], np.nan)[costs["process"]]
    _, _, to_people = _to_people(accounts, len(accounts.actors))
    unknown = costs["amount"][np.isnan(share) & (to_people == 0.0)]
    return ratio(float(unknown.sum()), outlays, NO_OUTLAYS)
