"""What comes in lots, and what is left of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.model.equations.exchange import yearly_flow
from filiere.model.index import Index
from filiere.model.variables import Term, linear

if TYPE_CHECKING:
    import pyomo.environ as pyo


def whole_lots(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""A link that delivers in lots carries a whole number of them, over the year or its own period.

    .. math:: \sum_t q_{et} = \mathrm{multiple}_e\,n_e, \quad n_e \in \mathbb{N}

    ======== ============================== ============== =====
    symbol   meaning                        unit           sheet
    ======== ============================== ============== =====
    multiple size of a lot                  product's unit Links
    n        number of lots                 –              –
    ======== ============================== ============== =====
    """
    return linear(yearly_flow(m, x, e), [(-(x.links[e].multiple or 0.0), m.lots[e])]) == 0


def rest_limit(m: pyo.ConcreteModel, x: Index, a: str, p: str) -> Any:
    r"""What is left over is at most one lot of each link that brings lots, and one run of each whole activity (one
    a period, where each period is whole).

    .. math::
        \sum_t \rho_{apt} \le \sum_{e \to a} (1-\mathrm{loss}_e)\,\mathrm{multiple}_e
        + \sum_k \mathrm{runs}_k\,(\mathrm{out}_{kp} - \mathrm{in}_{kp})

    ============ ================================================== ============== =========
    symbol       meaning                                            unit           sheet
    ============ ================================================== ============== =========
    :math:`\rho` left over                                          product's unit Links
    runs         1, or the number of periods if each is whole       –              Processes
    ============ ================================================== ============== =========
    """
    return linear((1.0, m.left_over[a, p, t]) for t in x.periods) <= x.pooling.rests[a, p]


def round_shared(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""The rows of a round are opened together.

    .. math:: y_e = y_{\mathrm{first\ of\ the\ round}}

    ====== ============================ ==== =====
    symbol meaning                      unit sheet
    ====== ============================ ==== =====
    y      1 if a candidate is opened   –    Links
    ====== ============================ ==== =====
    """
    return linear([(1.0, m.open_link[e]), (-1.0, m.open_link[x.pooling.followers[e]])]) == 0


def round_limit(m: pyo.ConcreteModel, x: Index, name: str) -> Any:
    r"""A round carries its maximum at most, all its rows together, once it is opened.

    .. math:: \sum_{e\ \mathrm{in\ the\ round}} \sum_t \mathrm{size}_e\,q_{et} \le \mathrm{round\_maximum}\,y

    ============= ================================================ ==== =====
    symbol        meaning                                          unit sheet
    ============= ================================================ ==== =====
    round_maximum the most that the round carries                  –    Links
    size          1, or kg of a unit where the units differ        –    Links
    ============= ================================================ ==== =====
    """
    members = x.pooling.rounds[name]
    carried = (
        (x.pooling.round_weight(e) * amount, variable) for e in members for amount, variable in yearly_flow(m, x, e)
    )
    return linear(carried, [(-(x.links[members[0]].round_maximum or 0.0), m.open_link[members[0]])]) <= 0


def thrown(m: pyo.ConcreteModel) -> Iterator[tuple[tuple[str, str, int], Any]]:
    """What is thrown away and what is left over, by actor, product and period."""
    yield from m.discarded.items()
    yield from m.left_over.items()


def left(m: pyo.ConcreteModel, a: str, p: str, t: int) -> Iterator[Term]:
    """What is left over at a place, if anything may be."""
    if (a, p, t) in m.left_over:
        yield (1.0, m.left_over[a, p, t])
