r"""The unknowns of the programme, all non-negative, and how a sum of them is written.

| symbol | variable | unit | sheet |
|---|---|---|---|
| :math:`q_{et}` | ``flow[e,t]`` | product's unit | Links |
| :math:`z_{kt}` | ``level[k,t]`` | units of activity | Processes |
| :math:`y_k, y_e` | ``open_process[k]``, ``open_link[e]`` | 0 or 1 | Processes, Links |
| :math:`x_k` | ``expansion[k]`` | units of activity | Processes |
| :math:`r_k` | ``runs[k]`` | whole units of activity | Processes |
| :math:`r_{kt}` | ``runs_in_period[k,t]`` | whole units of activity | Processes |
| :math:`v_{kt}` | ``running[k,t]`` | 0 or 1 | Processes |
| :math:`w_{kit}` | ``chosen[k,choice,p,t]`` | product's unit | Recipes |
| :math:`o_{ot}` | ``offered[o,t]`` | product's unit | Offers |
| :math:`s_{nt}, u_{nt}` | ``served[n,t]``, ``unmet[n,t]``, ``unmet_year[n]`` | product's unit | Needs |
| :math:`h_{apt}` | ``stock[a,p,t]`` | product's unit | Storage |
| :math:`d_{apt}` | ``discarded[a,p,t]`` | product's unit | Products |
| :math:`\rho_{apt}` | ``left_over[a,p,t]`` | product's unit | Links, Processes |
| :math:`n_e` | ``lots[e]`` | whole lots | Links |
| :math:`g_f` | ``grant[f]`` | currency | Funding |
| :math:`b_a, b^+_a` | ``deficit[a]``, ``worse[a]`` | currency | Actors |
| :math:`c^-_a, c^+_a` | ``paid[a]``, ``received[a]`` | currency | Actors |
| :math:`l_F, l_{Fa}` | ``lost[F]``, ``lost_by[F,a]`` | product's unit | Products (family), today |
| :math:`\delta^\pm` | ``more_flow[e]``, ``less_flow[e]``, ``more_level[k]``, ``less_level[k]`` | as the row | today |
| :math:`\delta^\pm_f` | ``more_grant[f]``, ``less_grant[f]`` | currency | today |
| :math:`f_w, e_w, \tau` | ``share[w]``, ``ahead[w]``, ``least`` | share | Needs |
| :math:`t_k, d_{kw}` | ``kth[k]``, ``below_kth[k,w]`` | share | Needs |
| :math:`v^\pm_r` | ``above_rule[r]``, ``below_rule[r]`` | as the rule says | Limits |
| :math:`v_e, v_k` | ``grown_flow[e]``, ``grown_level[k]`` | as the row | Settings |
| :math:`s^+_n, q^+_e` | ``served_beyond[n]``, ``sold_beyond[e]`` | product's unit | today |
| :math:`v_p` | ``secondary_bought[p]`` | size (kg or currency) | Links |
| :math:`u_{kt}, u_{kti}` | ``reused[k,t]``, ``reused[k,t,i]`` | size (kg or currency) | Recipes |
| 0 | ``nothing`` | – | – |
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from filiere.model.by_link import Vector
from filiere.model.index import Index
from filiere.model.numbered import Columns
from filiere.schema import words as w

if TYPE_CHECKING:
    import pyomo.environ

Term = tuple[float, Any]
"""A coefficient and its variable; the variable None marks a constant."""


@dataclass(frozen=True, eq=False)
class Terms:
    """Terms over a whole family of unknowns: a column of coefficients, and the unknowns beside them."""

    coefficients: Vector
    variables: Sequence[Any]

    def __neg__(self) -> Terms:
        return Terms(-self.coefficients, self.variables)

    def __rmul__(self, factor: float) -> Terms:
        return Terms(factor * self.coefficients, self.variables)


Summand = Term | Terms
"""What a sum is made of: one term after the other, or a family of them at once."""


def over(family: Mapping[Any, Any], keys: Sequence[Any], coefficients: Vector) -> Terms:
    """Return terms over a variable, ``coefficients`` in the order of its ``keys``."""
    whole = len(family) == len(keys)
    return Terms(coefficients, list(family.values()) if whole else [family[key] for key in keys])


@dataclass(frozen=True)
class Row:
    """A relation over numbered columns: lower ≤ Σ coefficient·column ≤ upper."""

    sum: Sum
    lower: float
    upper: float


@dataclass(frozen=True, eq=False)
class Sum:
    """A sum over numbered columns, the constant apart; compared with a number it gives a :class:`Row`."""

    constant: float
    coefficients: list[float]
    columns: list[int]

    def __le__(self, bound: float) -> Row:
        return Row(self, -math.inf, bound - self.constant)

    def __ge__(self, bound: float) -> Row:
        return Row(self, bound - self.constant, math.inf)

    def __eq__(self, bound: Any) -> Any:
        return Row(self, bound - self.constant, bound - self.constant)

    def __hash__(self) -> int:
        return id(self)


def linear(*sums: Iterable[Summand]) -> Any:
    """Return the sum of all terms as one Pyomo expression; over numbered columns, or over none, as a :class:`Sum`.

    Built at once from its coefficients: adding terms one by one would cost several times as much.
    """
    constant = 0.0
    coefficients: list[float] = []
    variables: list[Any] = []
    for terms in sums:
        for term in terms:
            if isinstance(term, Terms):
                found = term.coefficients.tolist()
                coefficients += filter(None, found)
                variables += compress(term.variables, found)
                continue
            coefficient, variable = term
            if variable is None:
                constant += coefficient
            elif coefficient:
                coefficients.append(coefficient)
                variables.append(variable)
    if not variables or isinstance(variables[0], int):
        return Sum(constant, coefficients, variables)
    from pyomo.core.expr.numeric_expr import LinearExpression

    return LinearExpression(constant=constant, linear_coefs=coefficients, linear_vars=variables)


def minus(terms: Iterable[Term]) -> Iterable[Term]:
    """Return the terms with their signs turned."""
    return ((-coefficient, variable) for coefficient, variable in terms)


def positive(terms: Iterable[Summand]) -> Iterator[Summand]:
    """Return the terms whose coefficient is above 0."""
    for term in terms:
        if isinstance(term, Terms):
            yield Terms(np.maximum(term.coefficients, 0.0), term.variables)
        elif term[0] > 0.0:
            yield term


def times(factor: float, terms: Iterable[Summand]) -> Iterator[Any]:
    """Return the terms multiplied by ``factor``."""
    for term in terms:
        yield factor * term if isinstance(term, Terms) else (factor * term[0], term[1])


def declare(m: pyomo.environ.ConcreteModel, x: Index, pyo: Any) -> None:
    """Put every variable on the model.

    ``pyo`` is ``pyomo.environ``, or stands for it where unknowns are numbers
    (:class:`filiere.model.numbered.Numbering`).
    """
    processes = range(len(x.processes))
    positive = {"domain": pyo.NonNegativeReals}
    m.flow = pyo.Var(_set(m, "flows", x.flows), **positive)
    m.level = pyo.Var(_set(m, "levels", x.levels), **positive)
    m.open_process = pyo.Var([k for k in processes if x.processes[k].candidate], domain=pyo.Binary)
    m.open_link = pyo.Var([e for e, link in enumerate(x.links) if link.candidate], domain=pyo.Binary)
    m.expansion = pyo.Var([k for k in processes if x.processes[k].scalable], **positive)
    m.runs = pyo.Var([k for k in processes if x.processes[k].whole], domain=pyo.NonNegativeIntegers)
    each_period = [(k, t) for k, t in x.levels if x.processes[k].whole_each_period]
    m.runs_in_period = pyo.Var(_set(m, "runs_in_period", each_period), domain=pyo.NonNegativeIntegers)
    m.running = pyo.Var(_set(m, "running", x.pooling.loads), domain=pyo.Binary)
    options = [(*option, t) for option in x.pooling.options for t in x.periods]
    m.chosen = pyo.Var(_set(m, "options", options, 4), **positive)
    m.offered = pyo.Var(_set(m, "offers", x.offered), **positive)
    m.served = pyo.Var(_set(m, "servings", x.served), **positive)
    wanted = [n for n, need in enumerate(x.needs) if need.obligation is w.Obligation.WANT]
    dated = {n for n in wanted if not x.needs[n].calendar.free}
    m.unmet = pyo.Var(_set(m, "wants", [(n, t) for n, t in x.served if n in dated]), **positive)
    m.unmet_year = pyo.Var([n for n in wanted if x.needs[n].calendar.free], **positive)
    m.stock = pyo.Var(_set(m, "stocks", [(a, p, t) for a, p in x.stocks for t in x.periods], 3), **positive)
    m.discarded = pyo.Var(_set(m, "discards", x.discards, 3), **positive)
    m.lots = pyo.Var(list(x.pooling.lots), domain=pyo.NonNegativeIntegers)
    m.left_over = pyo.Var(_set(m, "rests", [(a, p, t) for a, p in x.pooling.rests for t in x.periods], 3), **positive)
    m.grant = pyo.Var(list(x.grants), **positive)
    m.deficit = pyo.Var([a for a in x.budgets if x.chain.actors[a].budget is w.Budget.WISH], **positive)
    m.worse = pyo.Var(list(m.deficit), **positive)
    m.paid, m.received = pyo.Var(list(x.payers), **positive), pyo.Var(list(x.payees), **positive)
    m.lost, m.lost_by = pyo.Var(list(x.kept), **positive), pyo.Var(_set(m, "halves", x.halves), **positive)
    m.more_grant, m.less_grant = pyo.Var(list(x.grants), **positive), pyo.Var(list(x.grants), **positive)
    known_links = [e for e, link in enumerate(x.links) if link.today is not None]
    known_levels = [k for k in processes if x.processes[k].today is not None]
    m.more_flow, m.less_flow = pyo.Var(known_links, **positive), pyo.Var(known_links, **positive)
    m.more_level, m.less_level = pyo.Var(known_levels, **positive), pyo.Var(known_levels, **positive)
    wished = [rule for rule in x.chain.limits if rule.wished]
    m.above_rule = pyo.Var([r.name for r in wished if r.sense is not w.Comparison.AT_LEAST], **positive)
    m.below_rule = pyo.Var([r.name for r in wished if r.sense is not w.Comparison.AT_MOST], **positive)
    m.grown_flow, m.grown_level = pyo.Var(list(x.grown_links), **positive), pyo.Var(list(x.grown_levels), **positive)
    m.served_beyond = pyo.Var(list(x.outlets) if x.beyond_counts else [], **positive)
    m.sold_beyond = pyo.Var(list(x.sales_outside), **positive)
    shares = [want.key for want in x.wants]
    wanted_by, share = _set(m, "wanted", shares, 3), {"domain": pyo.NonNegativeReals, "bounds": (0.0, 1.0)}
    m.share, m.ahead = pyo.Var(wanted_by, **share), pyo.Var(wanted_by, **share)
    m.least = pyo.Var(**share)
    m.kth = pyo.Var(_set(m, "sums", x.smallest_sums), **share)
    below = [(k, *key) for k, level in x.smallest_sums for key in shares if key[2] == level]
    m.below_kth = pyo.Var(_set(m, "below_sums", below, 4), **share)
    m.secondary_bought = pyo.Var(list(x.secondary_imports), **positive)
    m.reused = pyo.Var(_set(m, "services_of_reuse", x.reusing_services, None), **positive)
    # Always 0: keeps a rule or a budget without any variable a row that can be named when it cannot hold.
    m.nothing = pyo.Var(bounds=(0.0, 0.0))


def _set(m: pyomo.environ.ConcreteModel, name: str, members: Iterable[Any], dimension: int | None = 2) -> Any:
    members = list(members)
    if isinstance(m, Columns):
        return members
    from pyomo.environ import Set

    m.add_component(f"over_{name}", Set(initialize=members, dimen=dimension))
    return m.component(f"over_{name}")
