"""The programme's table of contents: which equation holds over which rows, and which cell it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from filiere.chain.chain import Chain
from filiere.chain.derived.default_objectives import cost_bound
from filiere.model import circularity, objectives, ranked_cost, variables
from filiere.model.closing import CLOSING
from filiere.model.equations import (
    balance,
    budget,
    choices,
    exchange,
    fairness,
    growth,
    keeping,
    limits,
    loads,
    lots,
    needs,
    storage,
    today,
    transformation,
)
from filiere.model.index import Index, index
from filiere.model.numbered import Columns, Numbering
from filiere.model.ranked_cost import OUTLAYS
from filiere.schema import words as w

if TYPE_CHECKING:
    import pyomo.environ as pyo


@dataclass(frozen=True)
class Equation:
    """One family of rows: its function (whose name is the constraint's) and the rows it is written for.

    ``table`` and ``column`` name the cell a row rests on; a row without them is a law of the model itself.
    """

    function: Callable[..., Any]
    over: Callable[[Index], Iterable[Any]]
    table: str | None = None
    column: str = ""

    @property
    def name(self) -> str:
        """The name of the constraint, its dual, its golden file and its anchor in the documentation."""
        return self.function.__name__


EQUATIONS: tuple[Equation, ...] = (
    Equation(balance.balance, lambda x: x.balances),
    Equation(
        transformation.capacity_limit,
        lambda x: [
            (k, t)
            for k, t in x.levels
            if not x.processes[k].calendar.free and (x.processes[k].capacity is not None or x.processes[k].scalable)
        ],
        "processes",
        "capacity",
    ),
    Equation(
        transformation.yearly_capacity_limit,
        lambda x: [k for k, p in enumerate(x.processes) if p.calendar.free and (p.capacity is not None or p.scalable)],
        "processes",
        "capacity",
    ),
    Equation(
        transformation.closed_season,
        lambda x: [
            (k, t)
            for k, t in x.levels
            if (weights := x.processes[k].calendar.weights) is not None
            and weights[t] == 0
            and x.processes[k].capacity is None
            and not x.processes[k].scalable
        ],
        "processes",
        "availability",
    ),
    Equation(
        transformation.activity_minimum,
        lambda x: [k for k, p in enumerate(x.processes) if p.minimum > 0],
        "processes",
        "minimum",
    ),
    Equation(
        transformation.expansion_limit,
        lambda x: [k for k, p in enumerate(x.processes) if p.scalable and p.expansion_max is not None],
        "processes",
        "expansion_max",
    ),
    Equation(
        transformation.whole_level, lambda x: [k for k, p in enumerate(x.processes) if p.whole], "processes", "whole"
    ),
    Equation(
        transformation.whole_level_in_period,
        lambda x: [(k, t) for k, t in x.levels if x.processes[k].whole_each_period],
        "processes",
        "whole",
    ),
    Equation(loads.load_reached, lambda x: x.pooling.loads, "processes", "minimum_load"),
    Equation(loads.runs_or_not, lambda x: x.pooling.loads),
    Equation(
        loads.project_required,
        lambda x: [(k, x.processes_by_key[other]) for k, p in enumerate(x.processes) for other in p.requires],
        "processes",
        "requires",
    ),
    Equation(choices.choice_made, lambda x: [(*choice, t) for choice in x.pooling.choices for t in x.periods]),
    Equation(
        choices.choice_least,
        lambda x: [(*key, t) for key, option in x.pooling.options.items() if option.least > 0.0 for t in x.periods],
        "recipes",
        "choice_min",
    ),
    Equation(
        choices.choice_most,
        lambda x: [(*key, t) for key, option in x.pooling.options.items() if option.most < 1.0 for t in x.periods],
        "recipes",
        "choice_max",
    ),
    Equation(
        exchange.link_maximum,
        lambda x: [e for e, link in enumerate(x.links) if link.maximum is not None],
        "links",
        "maximum",
    ),
    Equation(lots.whole_lots, lambda x: x.pooling.lots, "links", "multiple"),
    Equation(lots.round_shared, lambda x: x.pooling.followers),
    Equation(
        lots.round_limit,
        lambda x: [name for name, some in x.pooling.rounds.items() if x.links[some[0]].round_maximum is not None],
        "links",
        "round_maximum",
    ),
    Equation(lots.rest_limit, lambda x: x.pooling.rests),
    Equation(
        exchange.link_minimum,
        lambda x: [e for e, link in enumerate(x.links) if link.minimum > 0],
        "links",
        "minimum",
    ),
    Equation(
        exchange.relation_kept,
        lambda x: [e for e, link in enumerate(x.links) if not link.candidate and exchange.kept_of_today(x, e) > 0],
        "links",
        "today",
    ),
    Equation(
        needs.need_served,
        lambda x: [(n, t) for n, t in x.served if x.needs[n].quantity is not None and not x.needs[n].calendar.free],
        "needs",
        "quantity",
    ),
    Equation(
        needs.need_served_in_year,
        lambda x: [n for n, need in enumerate(x.needs) if need.quantity is not None and need.calendar.free],
        "needs",
        "quantity",
    ),
    Equation(needs.outside_demand, lambda x: x.outside_demands),
    Equation(needs.outside_supply, lambda x: x.outside_supplies),
    Equation(
        needs.offer_limit,
        lambda x: [(o, t) for o, t in x.offered if x.offers[o].maximum is not None and not x.offers[o].calendar.free],
        "offers",
        "maximum",
    ),
    Equation(
        needs.offer_limit_in_year,
        lambda x: [o for o, offer in enumerate(x.offers) if offer.maximum is not None and offer.calendar.free],
        "offers",
        "maximum",
    ),
    Equation(
        storage.storage_capacity,
        lambda x: [(a, p, t) for a, p in x.stocks for t in x.periods if x.chain.storages[a, p].capacity is not None],
        "storage",
        "capacity",
    ),
    Equation(keeping.kept_no_longer, lambda x: x.pooling.perishables, "products", "shelf_life"),
    Equation(
        storage.final_stock,
        lambda x: [s for s in x.stocks if x.chain.storages[s].final is not None],
        "storage",
        "final",
    ),
    Equation(
        storage.no_build_up,
        lambda x: [
            s for s in x.stocks if x.chain.storages[s].initial is not None and x.chain.storages[s].final is None
        ],
        "storage",
        "initial",
    ),
    Equation(budget.budget, lambda x: x.budgets, "actors", "balanced_budget"),
    Equation(budget.worse_than_today, lambda x: [a for a in x.budgets if x.chain.actors[a].budget is w.Budget.WISH]),
    Equation(budget.surplus_floor, lambda x: x.floors, "actors"),
    Equation(budget.payments_balance, lambda x: ["all"] if x.payers else []),
    Equation(
        budget.grant_maximum,
        lambda x: [f for f in x.grants if x.funding[f].maximum is not None],
        "funding",
        "maximum",
    ),
    Equation(
        budget.grant_minimum,
        lambda x: [f for f in x.grants if x.funding[f].minimum > 0],
        "funding",
        "minimum",
    ),
    Equation(
        budget.grant_per_unit,
        lambda x: [f for f in x.grants if x.funding[f].unit_amount is not None],
        "funding",
        "unit_amount",
    ),
    Equation(fairness.share_of_want, lambda x: [want.key for want in x.wants]),
    Equation(fairness.least_share, lambda x: [want.key for want in x.wants]),
    Equation(
        fairness.sum_of_smallest,
        lambda x: [(k, *want.key) for k, level in x.smallest_sums for want in x.wants if want.key[2] == level],
    ),
    Equation(limits.limit, lambda x: [rule.name for rule in x.chain.limits if not rule.wished], "limits", "value"),
    Equation(limits.wished_limit, lambda x: [rule.name for rule in x.chain.limits if rule.wished], "limits", "value"),
    Equation(growth.growth_of_link, lambda x: x.grown_links),
    Equation(growth.growth_of_activity, lambda x: x.grown_levels),
    Equation(today.kept_by_all, lambda x: x.kept),
    Equation(today.kept_by_members, lambda x: [name for name, kept in x.kept.items() if kept.by_member]),
    Equation(today.kept_for_users, lambda x: [name for name, kept in x.kept.items() if kept.served > 0]),
    Equation(today.half_kept, lambda x: x.halves),
    Equation(today.deviation_of_flow, lambda x: [e for e, link in enumerate(x.links) if link.today is not None]),
    Equation(today.deviation_of_level, lambda x: [k for k, p in enumerate(x.processes) if p.today is not None]),
    Equation(today.deviation_of_grant, lambda x: x.grants),
    Equation(ranked_cost.served_beyond_today, lambda x: x.outlets if x.beyond_counts else ()),
    Equation(ranked_cost.sold_beyond_today, lambda x: x.sales_outside),
    Equation(circularity.secondary_from_outside, lambda x: x.secondary_imports),
    Equation(circularity.reused_intake, lambda x: x.reusing_services),
    Equation(circularity.reused_service, lambda x: x.reused_services),
)
"""Every equation."""


@dataclass(frozen=True)
class Model:
    """The Pyomo model of record and the sets it was written over."""

    pyomo: pyo.ConcreteModel
    index: Index


@dataclass(frozen=True)
class Read:
    """The programme over numbered columns: every equation's rows, and every function, as they are written."""

    columns: Columns
    numbering: Numbering
    rows: Iterable[tuple[str, Any, variables.Row]]
    """The name of an equation, an index, and its row."""
    functions: Iterable[tuple[str, variables.Sum]]
    index: Index


def read(chain: Chain) -> Read:
    """Return the programme of ``chain`` without Pyomo: what :func:`build` writes, its unknowns being numbers."""
    x, m, numbering = index(chain), Columns(), Numbering()
    variables.declare(m, x, numbering)
    return Read(m, numbering, _rows(m, x), _sums(m, x), x)


def _rows(m: Any, x: Index) -> Iterator[tuple[str, Any, variables.Row]]:
    for equation in EQUATIONS:
        for key in equation.over(x):
            row = equation.function(m, x, *key) if isinstance(key, tuple) else equation.function(m, x, key)
            if row is not True:
                yield equation.name, key, row


def _sums(m: Any, x: Index) -> Iterator[tuple[str, variables.Sum]]:
    for name, function in functions(x.chain).items():
        yield name, variables.linear(function(m, x))


def build(chain: Chain) -> Model:
    """Return the Pyomo model of ``chain``: variables, equations, and every objective its ranks may name."""
    import pyomo.environ as pyo

    x = index(chain)
    m = pyo.ConcreteModel()
    variables.declare(m, x, pyo)
    for equation in EQUATIONS:
        _write(m, x, equation)
    for name, function in functions(chain).items():
        total = _expression(variables.linear(function(m, x)))
        m.add_component(objective_name(name), pyo.Objective(expr=total))
    return Model(m, x)


def _write(m: pyo.ConcreteModel, x: Index, equation: Equation) -> None:
    import pyomo.environ as pyo

    rows = list(equation.over(x))
    if not rows:
        return

    def rule(m: pyo.ConcreteModel, *row: Any) -> Any:
        body = equation.function(m, x, *row)
        if isinstance(body, variables.Row):
            return (body.lower, _expression(replace(body.sum, constant=0.0)), body.upper)
        return pyo.Constraint.Skip if body is True else body

    # Rows of one equation may have keys of several lengths: an input by itself, and one of a choice.
    mixed = len({len(row) if isinstance(row, tuple) else 1 for row in rows}) > 1
    m.add_component(equation.name, pyo.Constraint(pyo.Set(initialize=rows, dimen=None) if mixed else rows, rule=rule))


def _expression(body: Any) -> Any:
    """Return a sum as Pyomo has it: one over no unknown at all comes as a :class:`variables.Sum`."""
    if not isinstance(body, variables.Sum):
        return body
    from pyomo.core.expr.numeric_expr import LinearExpression

    return LinearExpression(constant=body.constant, linear_coefs=[], linear_vars=[])


def functions(chain: Chain) -> dict[str, objectives.Function]:
    """Return every linear function that the chain's ranks and the closing ranks need, by name."""
    wanted: dict[str, objectives.Function] = {}
    for objective in chain.objectives:
        if objective.kind is w.Objective.CIRCULARITY:
            wanted |= objectives.CIRCULARITY
        elif objective.kind is not None:
            wanted[objective.key] = objectives.NAMED[objective.kind]
        else:
            wanted[objective.key] = _measured(objective.measure or "")
    if w.Objective.COST in {objective.kind for objective in chain.objectives} or cost_bound(chain) is not None:
        wanted[ranked_cost.COST] = ranked_cost.cost
        wanted |= ranked_cost.RANKED if cost_bound(chain) is not None else {OUTLAYS: ranked_cost.outlays}
    return wanted | CLOSING


def _measured(name: str) -> objectives.Function:
    return lambda m, x: objectives.measure(m, x, name)


def objective_name(name: str) -> str:
    """The component name of an objective on the Pyomo model."""
    return f"objective {name}"
