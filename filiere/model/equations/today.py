"""How far the plan moves from what is observed this year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from filiere.model.equations.exchange import yearly_flow
from filiere.model.equations.transformation import yearly_level
from filiere.model.index import Index
from filiere.model.kept import Part
from filiere.model.variables import Term, linear

if TYPE_CHECKING:
    import pyomo.environ as pyo


def deviation_of_flow(m: pyo.ConcreteModel, x: Index, e: int) -> Any:
    r"""How far a relation moves from today, up or down.

    .. math:: \sum_t q_{et} - \hat q_e = \delta^+_e - \delta^-_e

    =============== ============================= ============== ========
    symbol          meaning                       unit           sheet
    =============== ============================= ============== ========
    :math:`\hat q`  this year's quantity          product's unit Links
    =============== ============================= ============== ========
    """
    return linear(yearly_flow(m, x, e), [(-1.0, m.more_flow[e]), (1.0, m.less_flow[e])]) == x.flow_today(e)


def deviation_of_level(m: pyo.ConcreteModel, x: Index, k: int) -> Any:
    r"""How far an activity moves from today, up or down.

    .. math:: \sum_t z_{kt} - \hat z_k = \delta^+_k - \delta^-_k

    =============== ============================= ===== =========
    symbol          meaning                       unit  sheet
    =============== ============================= ===== =========
    :math:`\hat z`  this year's level             level Processes
    =============== ============================= ===== =========
    """
    return linear(yearly_level(m, x, k), [(-1.0, m.more_level[k]), (1.0, m.less_level[k])]) == x.level_today(k)


def deviation_of_grant(m: pyo.ConcreteModel, x: Index, f: int) -> Any:
    r"""How far a grant moves from today: what is new is dependency, what is handed back is change.

    .. math:: g_f - \hat g_f = \delta^+_f - \delta^-_f

    =============== ============================= ======== =======
    symbol          meaning                       unit     sheet
    =============== ============================= ======== =======
    :math:`\hat g`  this year's grant             currency Funding
    =============== ============================= ======== =======
    """
    return linear([(1.0, m.grant[f]), (-1.0, m.more_grant[f]), (1.0, m.less_grant[f])]) == x.grant_today(f)


def kept_by_all(m: pyo.ConcreteModel, x: Index, group: str) -> Any:
    r"""What the territory keeps of a group of products is no less than today, or counted as lost.

    .. math::
        l_F \ge \hat Y_F - Y_F, \qquad
        Y_F = \sum_k z_k \max\Bigl(0, \sum_{p \in F} c_p(\mathrm{out}_{kp} - \mathrm{in}_{kp})\Bigr) + \sum c_p o
        - \sum c_p d - \sum_{in \to out} c_p\Bigl(1 - \frac{\max(0, \pi_e)}{\pi^\circ_F}\Bigr) q_e
        - \sum_{k\ \mathrm{secondary\ alone}} z_k \sum_{p \in F} c_p\,\mathrm{in}_{kp}

    =================== ================================================= ============== =========
    symbol              meaning                                           unit           sheet
    =================== ================================================= ============== =========
    F                   products of one family that replace each other    –              Products
    Y                   kept, over the group's mean reference price       product's unit Recipes
    :math:`\hat Y`      the same of today                                 product's unit today
    =================== ================================================= ============== =========
    """
    kept = x.kept[group]
    return linear([(1.0, m.lost[group])], _kept(m, x, kept.parts)) >= kept.whole


def kept_by_members(m: pyo.ConcreteModel, x: Index, group: str) -> Any:
    r"""Work that leaves the members for somebody else is lost to the pole.

    .. math:: l_F \ge \sum_{a\ \mathrm{member}} (\hat Y_{aF} - Y_{aF})

    =================== ================================================= ============== =========
    symbol              meaning                                           unit           sheet
    =================== ================================================= ============== =========
    Y                   kept by one member                                product's unit Recipes
    :math:`\hat Y`      the same of today                                 product's unit today
    =================== ================================================= ============== =========
    """
    kept = x.kept[group]
    return linear([(1.0, m.lost[group])], _kept(m, x, kept.parts_of(x.members))) >= kept.members


def kept_for_users(m: pyo.ConcreteModel, x: Index, group: str) -> Any:
    r"""What today's users come for is still there for them, though it may be bought and sold on.

    .. math:: l_F \ge \sum_{n\ \mathrm{inside\ outlets}} c_p(\hat s_n - s_n)

    =================== ================================================= ============== =========
    symbol              meaning                                           unit           sheet
    =================== ================================================= ============== =========
    s                   served                                            product's unit Needs
    :math:`\hat s`      the same of today                                 product's unit today
    =================== ================================================= ============== =========
    """
    kept = x.kept[group]
    return linear([(1.0, m.lost[group])], _kept(m, x, kept.users)) >= kept.served


def half_kept(m: pyo.ConcreteModel, x: Index, group: str, a: str) -> Any:
    r"""No member keeps less than half of its own, or that counts as lost too.

    .. math:: l_{Fa} \ge \tfrac12 \hat Y_{aF} - Y_{aF}

    =================== ================================================= ============== =========
    symbol              meaning                                           unit           sheet
    =================== ================================================= ============== =========
    Y                   kept by the member                                product's unit Recipes
    :math:`\hat Y`      the same of today                                 product's unit today
    =================== ================================================= ============== =========
    """
    kept = x.kept[group]
    own = _kept(m, x, kept.parts_of(frozenset([a])))
    return linear([(1.0, m.lost_by[group, a])], own) >= 0.5 * kept.by_member[a]


def _kept(m: pyo.ConcreteModel, x: Index, parts: Iterable[Part]) -> Iterator[Term]:
    """The terms of what is kept, over the periods of each row."""
    for part in parts:
        if part.kind == "discarded":
            gone = (m.discarded, m.left_over)
            yield from ((part.worth, f[*part.key, t]) for f in gone for t in x.periods if (*part.key, t) in f)
            continue
        row = x.place_of[part.kind][part.key]
        family = getattr(m, part.kind)
        periods = x.periods_of_link(row) if part.kind == "flow" else x.periods
        yield from ((part.worth, family[row, t]) for t in periods if part.worth and (row, t) in family)
