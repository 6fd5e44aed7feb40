"""What is kept from one period to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filiere.model.index import Index
from filiere.model.variables import Term, linear

if TYPE_CHECKING:
    import pyomo.environ as pyo


def carried_over(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Term:
    r"""What is left of the previous period's stock: :math:`(1-\mathrm{loss})\,h_{ap,t-1}`.

    Before the first period stands the initial stock, or, where none is given, the stock at the year's end.
    """
    storage = x.chain.storages[a, p]
    kept = 1.0 - storage.loss
    if t == 0 and storage.initial is not None:
        return (kept * storage.initial, None)
    return (kept, m.stock[a, p, (t - 1) % len(x.shares)])


def storage_capacity(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Any:
    r"""A stock never exceeds its store.

    .. math:: h_{apt} \le \mathrm{capacity}_{ap}

    ======== ================= ============== =======
    symbol   meaning           unit           sheet
    ======== ================= ============== =======
    capacity largest stock     product's unit Storage
    ======== ================= ============== =======
    """
    return linear([(1.0, m.stock[a, p, t])]) <= x.chain.storages[a, p].capacity


def final_stock(m: pyo.ConcreteModel, x: Index, a: str, p: str) -> Any:
    r"""The year ends with the final stock, where an initial and a final stock are given.

    .. math:: h_{ap,\mathrm{last}} = \mathrm{final}_{ap}

    ====== =========================== ============== =======
    symbol meaning                     unit           sheet
    ====== =========================== ============== =======
    final  stock at the end of the year product's unit Storage
    ====== =========================== ============== =======
    """
    return linear([(1.0, m.stock[a, p, len(x.shares) - 1])]) == x.chain.storages[a, p].final


def no_build_up(m: pyo.ConcreteModel, x: Index, a: str, p: str) -> Any:
    r"""Without a final stock, the year ends with no more than it began with: a store is no dump.

    .. math:: h_{ap,\mathrm{last}} \le \mathrm{initial}_{ap}

    ======= ============================= ============== =======
    symbol  meaning                       unit           sheet
    ======= ============================= ============== =======
    initial stock at the start of the year product's unit Storage
    ======= ============================= ============== =======
    """
    return linear([(1.0, m.stock[a, p, len(x.shares) - 1])]) <= x.chain.storages[a, p].initial
