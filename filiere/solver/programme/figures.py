"""The figures that somebody typed: which rows each of them holds, and how their bounds move with it.

A figure is one cell: a capacity holds a row in every period, a link's maximum written with ``*`` one for every
pair. What is a law of the model (balances, whole numbers) is no figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from filiere.chain.chain import Limit
from filiere.model.equations.limits import everyone, summed
from filiere.model.index import Index
from filiere.problems import Cell
from filiere.schema import words as w
from filiere.schema.columns import Addressed
from filiere.solver.programme.compile import Name, Programme
from filiere.solver.programme.places import cell_of_row, equation_of, subject_of_row, typed_row

Slope = float | Mapping[int, float]
"""How much a row's bound rises per unit of its figure: a number, or a sum over columns."""

_COLUMN = {"budget": "reserve", "no_build_up": "initial"}
"""Where the number itself stands, if not in the cell that the equation rests on."""

_LOWERED = ("activity_minimum", "link_minimum", "continuity", "grant_minimum", "surplus_floor")
"""Figures that give way by falling."""


@dataclass(frozen=True)
class Figure:
    """One typed number. ``loosens`` is +1 where raising it gives room, −1 where lowering it does, 0 where both may.

    ``slopes`` tell how the bound of each of ``rows`` moves with it; ``also`` are laws that it enters besides.
    ``switches`` are the yes/no columns of rows that bind only what is opened. A figure without slopes is no
    number that could be changed: a calendar that keeps something closed.
    """

    equation: str
    cell: Cell | None
    number_cell: Cell | None
    source: Addressed | None
    subject: tuple[str, ...]
    value: float
    loosens: int
    rows: tuple[int, ...]
    slopes: Mapping[int, Slope] = field(repr=False)
    also: Mapping[int, float] = field(default_factory=dict, repr=False)
    switches: Mapping[int, int] = field(default_factory=dict, repr=False)
    share: bool = False
    """Whether the bound moves with a sum that the plan decides: a share, an amount per unit."""
    scale: float = 1.0
    """The size that a change is relative to: the figure's own, or where it is 0 that of its like."""


def figures(programme: Programme) -> tuple[Figure, ...]:
    """Return every figure of a programme, in the order of its rows."""
    x = programme.index
    positions = {name: i for i, name in enumerate(programme.columns)}
    laws = {name: i for i, name in enumerate(programme.rows) if name[0] == "balance"}
    grouped: dict[Any, list[int]] = defaultdict(list)
    for i, name in enumerate(programme.rows):
        equation = equation_of(name)
        if equation is None or equation.table is None:
            continue
        grouped[(name[0], _closed(x, name), id(typed_row(x, name)) if equation.table != "limits" else name[1])].append(
            i
        )
    found = [_figure(programme, rows, closed, positions, laws) for (_, closed, _), rows in grouped.items()]
    typical: dict[str, list[float]] = defaultdict(list)
    for figure in found:
        if figure.value:
            typical[figure.equation].append(abs(figure.value))
    sizes = {equation: float(median(values)) for equation, values in typical.items()}
    return tuple(_scaled(figure, sizes.get(figure.equation, 1.0)) for figure in found)


def _scaled(figure: Figure, like: float) -> Figure:
    return replace(figure, scale=abs(figure.value) or like)


def _closed(x: Index, name: Name) -> bool:
    """Whether it is the calendar, not the capacity, that a row rests on."""
    equation, key = name
    if equation == "closed_season":
        return True
    if equation != "capacity_limit":
        return False
    weights = x.processes[key[0]].calendar.weights
    return weights is not None and weights[key[1]] == 0.0


def _figure(
    programme: Programme, rows: list[int], closed: bool, positions: Mapping[Name, int], laws: Mapping[Name, int]
) -> Figure:
    x = programme.index
    name = programme.rows[rows[0]]
    source = typed_row(x, name)
    subject = subject_of_row(x, name)
    if len(rows) > 1 and subject and subject[-1] in x.period_names:
        subject = subject[:-1]
    if closed:
        cell = source.at("availability") if source else None
        return Figure(name[0], cell, cell, source, subject, 0.0, 1, tuple(rows), {})
    slopes = {i: _slope(x, programme.rows[i], positions) for i in rows}
    return Figure(
        equation=name[0],
        cell=cell_of_row(x, name),
        number_cell=source.at(_COLUMN[name[0]]) if source and name[0] in _COLUMN else cell_of_row(x, name),
        source=source,
        subject=subject,
        value=_value(x, name),
        loosens=_loosens(x, name),
        rows=tuple(rows),
        slopes=slopes,
        also=_also(x, name, laws),
        switches={i: column for i in rows if (column := _switch(x, programme.rows[i], positions)) is not None},
        share=name[0] == "grant_per_unit" or (name[0] == "limit" and _rule(x, name).basis is not w.LimitBasis.ABSOLUTE),
    )


def _rule(x: Index, name: Name) -> Limit:
    return next(rule for rule in x.chain.limits if rule.name == name[1])


def _value(x: Index, name: Name) -> float:
    equation, key = name
    first = key[0] if isinstance(key, tuple) else key
    if equation in ("capacity_limit", "yearly_capacity_limit"):
        return x.processes[first].capacity or 0.0
    if equation in ("activity_minimum", "expansion_limit"):
        process = x.processes[first]
        return (process.minimum if equation == "activity_minimum" else process.expansion_max) or 0.0
    if equation in ("link_maximum", "link_minimum", "continuity"):
        link = x.links[first]
        kept = x.chain.settings.continuity * (link.today or 0.0)
        return {"link_maximum": link.maximum, "link_minimum": link.minimum}.get(equation, kept) or 0.0
    if equation in ("need_served", "need_served_in_year"):
        return x.needs[first].quantity or 0.0
    if equation in ("offer_limit", "offer_limit_in_year"):
        return x.offers[first].maximum or 0.0
    if equation in ("storage_capacity", "final_stock", "no_build_up"):
        storage = x.chain.storages[key[:2]]
        kept_back = {"storage_capacity": storage.capacity, "final_stock": storage.final}
        return kept_back.get(equation, storage.initial) or 0.0
    if equation == "budget":
        return x.chain.actors[first].reserve
    if equation == "surplus_floor":
        return x.chain.actors[first].least_surplus or 0.0
    if equation == "limit":
        return _rule(x, name).value
    grant = x.funding[first]
    given = {"grant_maximum": grant.maximum, "grant_minimum": grant.minimum}
    return given.get(equation, grant.unit_amount) or 0.0


def _loosens(x: Index, name: Name) -> int:
    equation, key = name
    if equation in _LOWERED:
        return -1
    if equation in ("final_stock", "no_build_up"):
        return 0
    if equation in ("need_served", "need_served_in_year"):
        need = x.needs[key[0] if isinstance(key, tuple) else key]
        return 0 if need.obligation is w.Obligation.MUST else 1
    if equation == "limit":
        return {w.Comparison.AT_MOST: 1, w.Comparison.AT_LEAST: -1}.get(_rule(x, name).sense, 0)
    return 1


def _slope(x: Index, name: Name, positions: Mapping[Name, int]) -> Slope:
    equation, key = name
    weights = None
    if equation == "capacity_limit":
        weights = x.processes[key[0]].calendar.weights
    elif equation == "need_served":
        weights = x.needs[key[0]].calendar.weights
    elif equation == "offer_limit":
        weights = x.offers[key[0]].calendar.weights
    slope = 1.0 if weights is None else weights[key[1]]
    switch = _switch(x, name, positions)
    if switch is not None:
        return {switch: slope}
    if equation == "budget":
        return -1.0
    if equation == "grant_per_unit":
        keys = x.funding[key].processes
        return {positions["level", (x.processes_by_key[k], t)]: 1.0 for k in keys for t in x.periods}
    if equation == "limit" and _rule(x, name).basis is not w.LimitBasis.ABSOLUTE:
        return whole_of(x, _rule(x, name), positions)
    return slope


def _also(x: Index, name: Name, laws: Mapping[Name, int]) -> Mapping[int, float]:
    """The initial stock is part of the first period's balance."""
    if name[0] != "no_build_up":
        return {}
    a, p = name[1]
    row = laws.get(("balance", (a, p, 0)))
    return {} if row is None else {row: -(1.0 - x.chain.storages[a, p].loss)}


def _switch(x: Index, name: Name, positions: Mapping[Name, int]) -> int | None:
    equation, key = name
    first = key[0] if isinstance(key, tuple) else key
    if equation in ("capacity_limit", "yearly_capacity_limit", "activity_minimum") and x.processes[first].candidate:
        return positions["open_process", first]
    if equation in ("link_maximum", "link_minimum") and x.links[first].candidate:
        return positions["open_link", first]
    return None


def whole_of(x: Index, rule: Limit, positions: Mapping[Name, int]) -> Mapping[int, float]:
    """Return the sum that a share is a part of, by column."""
    total: dict[int, float] = defaultdict(float)
    for amount, name in summed(_Names(positions), x, rule.measure, everyone(rule)):
        if name is not None and name in positions:
            total[positions[name]] += amount
    return dict(total)


class _Names:
    """Stands for the model where only the names of variables are wanted: ``m.flow[e, t]`` is its name."""

    def __init__(self, positions: Mapping[Name, int]) -> None:
        self._positions = positions

    def __getattr__(self, variable: str) -> _Family:
        return _Family(variable, self._positions)


@dataclass(frozen=True)
class _Family:
    variable: str
    positions: Mapping[Name, int]

    def __getitem__(self, key: Any) -> Name:
        return (self.variable, key)

    def __contains__(self, key: Any) -> bool:
        return (self.variable, key) in self.positions


def slope_at(slope: Slope, columns: Any) -> float:
    """Return a slope's value at a plan."""
    if isinstance(slope, Mapping):
        return float(sum(amount * columns[column] for column, amount in slope.items()))
    return slope


def of_rows(found: Iterable[Figure]) -> dict[int, int]:
    """Return which figure, by position, each row rests on."""
    return {row: i for i, figure in enumerate(found) for row in figure.rows}
