"""How much of what flows between actors comes round again."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from filiere.indicators.circularity import unknown_mass
from filiere.indicators.dependency import payments
from filiere.indicators.figure import NO_FLOW, TOO_LARGE, Figure
from filiere.schema import words as w
from filiere.solution import ledger
from filiere.solution.accounts import Accounts, Flags, Floats

DENSE = 2000
"""Up to this many actors tied together by loops a full inverse is the quickest."""

LARGEST_WORK = 4e9
"""Above this many operations, and on larger knots with more than three givers an actor, a knot is not followed."""

NEARLY_ALL = 1.0 - 1e-12
"""What keeps a loop without any way out from being endless: its cycling index then is 1, its limit."""


def finn_cycling_index(flows: Any, boundary_inputs: Any) -> Figure:
    """Return Finn's cycling index of a network, 0 to 1: Σ_j T_j (n_jj - 1) / n_jj / Σ_j T_j.

    ``flows[i, j]`` goes from i to j (a matrix, dense or sparse), ``boundary_inputs[j]`` enters at j. T_j, the
    throughflow, is what flows in and enters; N = (I - G)⁻¹ with G = F / T by giver. Throughflow, not
    throughput, after J. T. Finn, Journal of Theoretical Biology 56 (1976), as enaR computes it. Only actors tied
    by loops have n_jj above 1, so each such knot is inverted by itself.
    """
    from scipy.sparse import csr_array, diags_array
    from scipy.sparse.csgraph import connected_components

    matrix = csr_array(flows, dtype=float)
    through = np.asarray(matrix.sum(axis=0)).ravel() + np.asarray(boundary_inputs, dtype=float)
    total = float(through.sum())
    if total <= 0.0:
        return NO_FLOW
    per_giver = np.divide(1.0, through, out=np.zeros_like(through), where=through > 0.0)
    shares = csr_array(diags_array(per_giver * NEARLY_ALL) @ matrix)
    _, knot = connected_components(shares, directed=True, connection="strong")
    size = np.bincount(knot)
    cycled = 0.0
    for number in np.flatnonzero(size > 1):
        members = np.flatnonzero(knot == number)
        diagonal = _inverse_diagonal(shares[members][:, members])
        if diagonal is None:
            return TOO_LARGE
        cycled += float((through[members] * (diagonal - 1.0) / diagonal).sum())
    alone = np.flatnonzero(size[knot] == 1)
    cycled += float((through[alone] * shares.diagonal()[alone]).sum())
    return cycled / total


def _inverse_diagonal(shares: Any) -> Floats | None:
    """Return the diagonal of (I - shares)⁻¹, None where it would take too long."""
    from scipy.sparse import csc_array, eye_array
    from scipy.sparse.linalg import splu

    count = shares.shape[0]
    if count <= DENSE:
        return np.diag(np.linalg.inv(np.eye(count) - shares.toarray())).copy()
    if shares.nnz > 3 * count:
        return None
    factors = splu(csc_array(eye_array(count) - shares))
    if count * (factors.L.nnz + factors.U.nnz) > LARGEST_WORK:
        return None
    diagonal = np.empty(count)
    for start in range(0, count, 256):
        block = np.arange(start, min(start + 256, count))
        units = np.zeros((count, block.size))
        units[block, np.arange(block.size)] = 1.0
        diagonal[block] = factors.solve(units)[block, np.arange(block.size)]
    return diagonal


def reaching(steps: Any, goal: Flags) -> Flags:
    """Return who is in ``goal`` or has, over any number of ``steps[from, to]`` above 0, a way to somebody who is."""
    found = goal.copy()
    while True:
        wider = found | (np.asarray((steps > 0.0) @ found.astype(float)) > 0.0)
        if (wider == found).all():
            return found
        found = wider


def network_cycling(accounts: Accounts, basis: w.Basis) -> Figure:
    """Return Finn's cycling index of the network of inside actors, in tonnes or in money.

    What enters at an actor is what it receives from outside, its offers, and whatever it passes on beyond what
    it took in (what it grows, digs or adds in value).
    """
    if basis is w.Basis.VALUE:
        return finn_cycling_index(*money_network(accounts))
    unknown = unknown_mass(accounts)
    return unknown or finn_cycling_index(*mass_network(accounts))


def mass_network(accounts: Accounts) -> tuple[Any, Floats]:
    """Return tonnes from inside actor to inside actor (what arrives), and boundary inputs, by actor position."""
    inside, tonnes = accounts.actors["inside"], accounts.products["kg"] / 1000.0
    flows, offers = accounts.moved, accounts.offers
    giver, taker = flows["from"], flows["to"]
    arrived = tonnes[flows["product"]] * flows["received"]
    shipped = tonnes[flows["product"]] * flows["quantity"]
    given = tonnes[offers["product"]] * offers["quantity"]
    count = len(inside)
    leaving = accounts.summed(giver, shipped, count)
    for used in (accounts.served, accounts.discarded):
        leaving += accounts.summed(used["actor"], tonnes[used["product"]] * used["quantity"], count)
    back = accounts.returned
    leaving -= accounts.summed(back["actor"], tonnes[back["product"]] * back["quantity"], count)
    entered = np.where(inside[giver], 0.0, arrived)
    enters = accounts.summed(taker, entered, count) + accounts.summed(offers["actor"], given, count)
    return _network(giver, taker, arrived, enters, leaving, inside)


def money_network(accounts: Accounts) -> tuple[Any, Floats]:
    """Return the value delivered from inside actor to inside actor, and boundary inputs, by actor position."""
    inside = accounts.actors["inside"]
    paid, count = payments(accounts, accounts.moved), len(inside)
    giver, taker, amount = (paid[c] for c in ("payee", "payer", "amount"))
    leaving = accounts.summed(giver, amount, count)
    leaving += accounts.summed(accounts.served["actor"], ledger.revenues(accounts), count)
    enters = accounts.summed(taker, np.where(inside[giver], 0.0, amount), count)
    return _network(giver, taker, amount, enters, leaving, inside)


def _network(
    giver: npt.NDArray[np.int64],
    taker: npt.NDArray[np.int64],
    amount: Floats,
    enters: Floats,
    leaving: Floats,
    inside: npt.NDArray[np.bool_],
) -> tuple[Any, Floats]:
    """Keep the inside of a network; ``enters`` grows by what an actor passes on beyond what it takes in."""
    from scipy.sparse import csr_array

    count = len(inside)
    within = inside[giver] & inside[taker]
    matrix = csr_array((amount[within], (giver[within], taker[within])), shape=(count, count))
    taken_in = np.asarray(matrix.sum(axis=0)).ravel() + enters
    boundary = enters + np.maximum(0.0, leaving - taken_in)
    return matrix, np.where(inside, boundary, 0.0)
