"""What comes in goes out: the one law that every inside actor obeys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.model.equations.choices import chosen
from filiere.model.equations.keeping import put_out
from filiere.model.equations.lots import left
from filiere.model.equations.means import taken
from filiere.model.equations.storage import carried_over
from filiere.model.index import Index
from filiere.model.variables import Term, linear, minus

if TYPE_CHECKING:
    import pyomo.environ as pyo


def balance(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Any:
    r"""What an inside actor gets of a product in a period equals what it uses, ships, keeps or throws away.

    .. math::
        \sum_{e \to a}(1-\mathrm{loss}_e)\,q_{et} + \sum_k \mathrm{out}_{kp} z_{k,t-\mathrm{delay}} + \sum_o o_{ot}
        + \sum_n \mathrm{returned}_{np} s_{nt} + (1-\mathrm{loss})\,h_{ap,t-1}
        = \sum_{a \to e} q_{et} + \sum_k \mathrm{in}_{kp} z_{kt} + \sum_k w_{kpt} + \sum_n s_{nt}
        + h_{apt} + d_{apt} + \rho_{apt}
        + \sum_{\text{means lent}} \mathrm{uses}\,(q_{et} + h_{jrt})

    ================ =============================== ============== ==========
    symbol           meaning                         unit           sheet
    ================ =============================== ============== ==========
    loss             share lost on the way, in store share          Links, Storage
    out, in          recipe                          per level      Recipes
    returned         what comes back once served     per unit       Needs
    delay            periods that an output comes after its run periods     Recipes
    uses             means that a unit takes         per unit       Links, Storage
    ================ =============================== ============== ==========
    """
    return linear(comes_in(m, x, a, p, t), minus(goes_out(m, x, a, p, t))) == 0


def comes_in(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Iterator[Term]:
    """The left-hand side of :func:`balance`."""
    for e in x.into.get((a, p, t), ()):
        yield (1.0 - x.links[e].loss, m.flow[e, t])
    yield from put_out(m, x, a, p, t)
    for o in x.offers_at.get((a, p, t), ()):
        yield (1.0, m.offered[o, t])
    for n in x.returns_at.get((a, p, t), ()):
        yield (x.needs[n].returned, m.served[n, t])
    if (a, p) in x.chain.storages:
        yield carried_over(m, x, a, p, t)


def goes_out(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Iterator[Term]:
    """The right-hand side of :func:`balance`."""
    for e in x.out_of.get((a, p, t), ()):
        yield (1.0, m.flow[e, t])
    for k in x.takers.get((a, p), ()):
        yield (x.processes[k].inputs[p], m.level[k, t])
    for n in x.needs_at.get((a, p, t), ()):
        yield (1.0, m.served[n, t])
    if (a, p) in x.chain.storages:
        yield (1.0, m.stock[a, p, t])
    if (a, p, t) in m.discarded:
        yield (1.0, m.discarded[a, p, t])
    yield from chosen(m, x, a, p, t)
    yield from left(m, a, p, t)
    yield from taken(m, x, a, p, t)
