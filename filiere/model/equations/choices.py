"""Inputs that stand in for each other: a menu's pulses may be lentils, beans or chickpeas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.model.index import Index
from filiere.model.variables import Term, linear

if TYPE_CHECKING:
    import pyomo.environ as pyo


def choice_made(m: pyo.ConcreteModel, x: Index, k: int, choice: str, t: int) -> Any:
    r"""The inputs of a choice, each measured by what one run takes of it alone, make up the level.

    .. math:: \sum_{i\ \mathrm{in\ the\ choice}} w_{kit} / \mathrm{in}_{ki} = z_{kt}

    ====== ======================================= ============== =======
    symbol meaning                                 unit           sheet
    ====== ======================================= ============== =======
    w      use of an interchangeable input         product's unit Recipes
    in     what one run takes of that input alone  per level      Recipes
    ====== ======================================= ============== =======
    """
    parts = (
        (1.0 / option.quantity, m.chosen[k, choice, option.product, t]) for option in x.processes[k].choices[choice]
    )
    return linear(parts, [(-1.0, m.level[k, t])]) == 0


def choice_least(m: pyo.ConcreteModel, x: Index, k: int, choice: str, p: str, t: int) -> Any:
    r"""An input has its least part of its choice.

    .. math:: w_{kit} / \mathrm{in}_{ki} \ge \mathrm{choice\_min}_{ki}\, z_{kt}

    ========== ======================== ===== =======
    symbol     meaning                  unit  sheet
    ========== ======================== ===== =======
    choice_min least part of its choice share Recipes
    ========== ======================== ===== =======
    """
    option = x.pooling.options[k, choice, p]
    return linear([(1.0 / option.quantity, m.chosen[k, choice, p, t]), (-option.least, m.level[k, t])]) >= 0


def choice_most(m: pyo.ConcreteModel, x: Index, k: int, choice: str, p: str, t: int) -> Any:
    r"""An input has its largest part of its choice at most.

    .. math:: w_{kit} / \mathrm{in}_{ki} \le \mathrm{choice\_max}_{ki}\, z_{kt}

    ========== =========================== ===== =======
    symbol     meaning                     unit  sheet
    ========== =========================== ===== =======
    choice_max largest part of its choice  share Recipes
    ========== =========================== ===== =======
    """
    option = x.pooling.options[k, choice, p]
    return linear([(1.0 / option.quantity, m.chosen[k, choice, p, t]), (-option.most, m.level[k, t])]) <= 0


def chosen(m: pyo.ConcreteModel, x: Index, a: str, p: str, t: int) -> Iterator[Term]:
    """What choices take of a product at a place."""
    return ((1.0, m.chosen[(*option, t)]) for option in x.pooling.choosers.get((a, p), ()))
