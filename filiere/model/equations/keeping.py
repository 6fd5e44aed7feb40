"""What keeps for a while only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.model.index import Index
from filiere.model.variables import Term, linear, minus

if TYPE_CHECKING:
    import pyomo.environ as pyo


def kept_no_longer(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Any:
    r"""A product that keeps for L periods is in stock only as far as it came in over the last L periods.

    .. math:: h_{apt} \le \sum_{s=t-L+1}^{t} \mathrm{arrivals}_{aps}

    ======== ======================================================================== ======= ========
    symbol   meaning                                                                  unit    sheet
    ======== ======================================================================== ======= ========
    L        periods that it keeps, round the year where the stock goes round         periods Products
    arrivals what is received (from nobody inside who stores it too), made or offered product Links
    ======== ======================================================================== ======= ========
    """
    came = (term for s in x.pooling.window(a, p, t) for term in _arrivals(m, x, a, p, s))
    return linear([(1.0, m.stock[a, p, t])], minus(came)) <= 0


def _arrivals(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Iterator[Term]:
    if t < 0:
        yield (x.chain.storages[a, p].initial or 0.0, None)
        return
    for e in x.into.get((a, p, t), ()):
        if (x.links[e].from_, p) not in x.chain.storages:
            yield (1.0 - x.links[e].loss, m.flow[e, t])
    yield from put_out(m, x, a, p, t)
    yield from ((1.0, m.offered[o, t]) for o in x.offers_at.get((a, p, t), ()))
    yield from ((x.needs[n].returned, m.served[n, t]) for n in x.returns_at.get((a, p, t), ()))


def put_out(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Iterator[Term]:
    """What an actor's activities put out of a product in a period, by runs of that period or of an earlier one."""
    for k in x.makers.get((a, p), ()):
        yield (x.processes[k].outputs[p], m.level[k, x.pooling.run_of(k, p, t)])
