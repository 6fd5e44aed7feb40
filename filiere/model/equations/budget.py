"""Money: who funds whom, and budgets that balance or show their deficit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.model.costs import delivery, final_revenue, own_costs, purchases, sales
from filiere.model.equations.means import means_earned, means_paid
from filiere.model.index import Index
from filiere.model.variables import Term, linear, minus

if TYPE_CHECKING:
    import pyomo.environ as pyo


def budget(m: pyo.ConcreteModel, x: Index, a: str) -> Any:
    r"""Over the year, what an actor receives and may draw from its reserve covers what it pays; what is missing
    is its deficit, which a budget that must balance does not have.

    .. math::
        \sum_{a\to e,t} \pi_e q_{et} + \mathrm{means\ lent}\cdot\pi + \sum_{n,t} \mathrm{revenue}_n s_{nt}
        + \sum_{f\to a} g_f + \mathrm{reserve}_a + b_a
        \ \ge\ \sum_{e\to a,t} (\pi_e + \mathrm{transport}_e)\, q_{et} + \mathrm{means\ used}\cdot\pi
        + \mathrm{own\ costs}_a + \sum_{a\to f} g_f

    =========== ==================================================== ======== =================
    symbol      meaning                                              unit     sheet
    =========== ==================================================== ======== =================
    :math:`\pi` price per unit shipped                               currency Links, Products
    revenue     paid by final users who are no actors                currency Needs
    reserve     what may be drawn from own funds                     currency Actors
    own costs   processes, openings, offers, stores, discards        currency Processes, Offers
    b           deficit                                              currency Actors
    =========== ==================================================== ======== =================
    """
    return linear(receipts(m, x, a), minus(outlays(m, x, a))) >= 0


def worse_than_today(m: pyo.ConcreteModel, x: Index, a: str) -> Any:
    r"""What an account lacks beyond what it lacks today.

    .. math:: b^+_a \ge b_a - \hat b_a

    ================ ============================================ ======== =======
    symbol           meaning                                      unit     sheet
    ================ ============================================ ======== =======
    b                deficit                                      currency Actors
    :math:`\hat b`   what the account lacks today                 currency today
    :math:`b^+`      how much more it lacks                       currency Actors
    ================ ============================================ ======== =======
    """
    return linear([(1.0, m.worse[a]), (-1.0, m.deficit[a])]) >= (-x.deficit_today(a) or 0.0)


def surplus_floor(m: pyo.ConcreteModel, x: Index, a: str) -> Any:
    r"""Nobody worse off than today: over the year, what an actor receives exceeds what it pays by at least what it
    does today, counted as in its budget, its reserve and its deficit apart.

    .. math::
        \sum_{a\to e,t} \pi_e q_{et} + \sum_{n,t} \mathrm{revenue}_n s_{nt} + \sum_{f\to a} g_f
        - \sum_{e\to a,t} (\pi_e + \mathrm{transport}_e)\, q_{et} - \mathrm{own\ costs}_a - \sum_{a\to f} g_f
        + c^+_a - c^-_a \ \ge\ \mathrm{surplus}^{today}_a

    ============================ ==================================================== ======== =================
    symbol                       meaning                                              unit     sheet
    ============================ ==================================================== ======== =================
    surplus                      receipts less outlays of today, made consistent      currency Links, Processes
    :math:`c^+, c^-`             compensation received and paid (may_transfer)        currency Actors
    ============================ ==================================================== ======== =================
    """
    return linear(earned(m, x, a), minus(outlays(m, x, a))) >= x.chain.actors[a].least_surplus


def payments_balance(m: pyo.ConcreteModel, x: Index, _: str) -> Any:
    r"""What some are paid so that they lose nothing is what others pay.

    .. math:: \sum_a c^+_a = \sum_a c^-_a

    ================ ==================================== ======== =======
    symbol           meaning                              unit     sheet
    ================ ==================================== ======== =======
    :math:`c^+, c^-` compensation received and paid       currency Actors
    ================ ==================================== ======== =======
    """
    received = ((1.0, variable) for variable in m.received.values())
    return linear(received, minus((1.0, variable) for variable in m.paid.values())) == 0


def earned(m: pyo.ConcreteModel, x: Index, a: str) -> Iterator[Term]:
    """What an actor is paid and granted in the year, compensation too."""
    yield from sales(m, x, a)
    yield from means_earned(m, x, a)
    yield from final_revenue(m, x, a)
    yield from ((1.0, m.grant[f]) for f in x.grants if x.funding[f].actor == a)
    if a in m.received:
        yield (1.0, m.received[a])


def receipts(m: pyo.ConcreteModel, x: Index, a: str) -> Iterator[Term]:
    """The left-hand side of :func:`budget`."""
    yield from earned(m, x, a)
    yield (x.chain.actors[a].reserve, None)
    if a in m.deficit:
        yield (1.0, m.deficit[a])


def outlays(m: pyo.ConcreteModel, x: Index, a: str) -> Iterator[Term]:
    """The right-hand side of :func:`budget`."""
    yield from purchases(m, x, a)
    yield from delivery(m, x, a)
    yield from means_paid(m, x, a)
    yield from own_costs(m, x, a)
    yield from ((1.0, m.grant[f]) for f in x.grants if x.funding[f].funder == a)
    if a in m.paid:
        yield (1.0, m.paid[a])
    yield (1.0, m.nothing)


def grant_maximum(m: pyo.ConcreteModel, x: Index, f: int) -> Any:
    r"""A funder gives its maximum at most.

    .. math:: g_f \le \mathrm{maximum}_f

    ======= ================================ ======== =======
    symbol  meaning                          unit     sheet
    ======= ================================ ======== =======
    maximum largest amount in a year         currency Funding
    ======= ================================ ======== =======
    """
    return linear([(1.0, m.grant[f])]) <= x.funding[f].maximum


def grant_minimum(m: pyo.ConcreteModel, x: Index, f: int) -> Any:
    r"""A funder gives its minimum at least.

    .. math:: g_f \ge \mathrm{minimum}_f

    ======= ================================ ======== =======
    symbol  meaning                          unit     sheet
    ======= ================================ ======== =======
    minimum smallest amount in a year        currency Funding
    ======= ================================ ======== =======
    """
    return linear([(1.0, m.grant[f])]) >= x.funding[f].minimum


def grant_per_unit(m: pyo.ConcreteModel, x: Index, f: int) -> Any:
    r"""An aid tied to an activity is paid per unit of it, at most.

    .. math:: g_f \le \mathrm{unit\_amount}_f \sum_{k,t} z_{kt}

    =========== ================================ ======== =======
    symbol      meaning                          unit     sheet
    =========== ================================ ======== =======
    unit_amount largest amount per unit of level currency Funding
    =========== ================================ ======== =======
    """
    row = x.funding[f]
    levels = ((row.unit_amount or 0.0, m.level[x.processes_by_key[key], t]) for key in row.processes for t in x.periods)
    return linear([(1.0, m.grant[f])], minus(levels)) <= 0
