"""The figures that somebody typed: which rows each of them holds, and how their bounds move with it.

A figure is one cell: a capacity holds a row in every period, a link's maximum written with ``*`` one for every
pair. What is a law of the model (balances, whole numbers) is no figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from filiere.chain.chain import Limit, Scope
from filiere.model.equations.balance import balance
from filiere.model.equations.limits import everyone, summed
from filiere.model.facts import EQUATION_FACTS, Asks
from filiere.model.index import Index
from filiere.problems import Cell
from filiere.schema import words as w
from filiere.schema.columns import Addressed
from filiere.solver.programme.compile import Name, Programme
from filiere.solver.programme.places import cell_of_row, equation_of, subject_of_row, typed_row

Slope = float | Mapping[int, float]
"""How much a row's bound rises per unit of its figure: a number, or a sum over columns."""


@dataclass(frozen=True)
class Figure:
    """One typed number. ``loosens`` is +1 where raising it gives room, −1 where lowering it does, 0 where both may.

    ``slopes`` tell how the bound of each of ``rows`` moves with it; ``also`` are laws that it enters besides.
    ``switches`` are the yes/no columns of rows that bind only what is opened. A figure without slopes is no
    number that could be changed: a calendar that keeps something closed, a load that is reached or not.
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

    @property
    def mends(self) -> bool:
        """Whether another number may mend a chain: that of a share of several sums would be another for each."""
        return bool(self.slopes) and not (self.share and len(self.rows) > 1)


def figures(programme: Programme) -> tuple[Figure, ...]:
    """Return every figure of a programme, in the order of its rows."""
    x = programme.index
    positions = {name: i for i, name in enumerate(programme.columns)}
    laws = {name: i for i, name in enumerate(programme.rows) if EQUATION_FACTS[name[0]].table is None}
    grouped: dict[Any, list[int]] = defaultdict(list)
    for i, name in enumerate(programme.rows):
        equation = equation_of(name)
        if equation is None or equation.table is None:
            continue
        grouped[(name[0], _closed(x, name), id(typed_row(x, name)))].append(i)
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
    facts = EQUATION_FACTS[equation]
    if facts.field is None or facts.table != "processes":
        return facts.field is None
    return facts.seasonal and (x.processes[key[0]].calendar.weights or (1.0,) * (key[1] + 1))[key[1]] == 0.0


def _figure(
    programme: Programme, rows: list[int], closed: bool, positions: Mapping[Name, int], laws: Mapping[Name, int]
) -> Figure:
    x = programme.index
    name = programme.rows[rows[0]]
    facts = EQUATION_FACTS[name[0]]
    source = typed_row(x, name)
    subject = subject_of_row(x, name)
    if len(rows) > 1 and subject and subject[-1] in x.period_names:
        subject = subject[:-1]
    if closed:
        cell = cell_of_row(x, name) if facts.field is None else source.at("availability") if source else None
        return Figure(name[0], cell, cell, source, subject, 0.0, 1, tuple(rows), {})
    # What is so or not (whole numbers, a project that requires another) is no number that could be changed a little.
    slopes = {i: _slope(x, programme.rows[i], positions) for i in rows if facts.field is not None}
    return Figure(
        equation=name[0],
        cell=cell_of_row(x, name),
        number_cell=source.at(facts.number) if source and facts.number else cell_of_row(x, name),
        source=source,
        subject=subject,
        value=figure_value(x, name),
        loosens=_loosens(x, name),
        rows=tuple(rows),
        slopes=slopes,
        also=_also(x, name, laws),
        switches={i: column for i in rows if (column := _switch(x, programme.rows[i], positions)) is not None},
        share=facts.per_level
        or facts.table == "recipes"
        or (facts.table == "limits" and _rule(x, name).basis is not w.LimitBasis.ABSOLUTE),
    )


def _rule(x: Index, name: Name) -> Limit:
    return next(rule for rule in x.chain.limits if rule.name == name[1])


def figure_value(x: Index, name: Name) -> float:
    """Return the figure that a row rests on, 0 where it is blank."""
    facts = EQUATION_FACTS[name[0]]
    if facts.table is None or facts.field is None:
        return 0.0
    value = float(getattr(_element(x, facts.table, name), facts.field) or 0.0)
    return value * float(getattr(x.chain.settings, facts.setting)) if facts.setting else value


def _element(x: Index, table: str, name: Name) -> Any:
    """Return the element of the chain that holds a row's figure."""
    if table == "limits":
        return _rule(x, name)
    key = name[1]
    if table == "storages":
        return x.chain.storages[key[:2]]
    if table == "recipes":
        return x.pooling.options[key[:3]]
    first = _first(x, table, key)
    return x.chain.actors[first] if table == "actors" else getattr(x, table)[first]


def _loosens(x: Index, name: Name) -> int:
    facts = EQUATION_FACTS[name[0]]
    if facts.table == "needs":
        return 0 if _element(x, "needs", name).obligation is w.Obligation.MUST else 1
    if facts.table == "limits":
        return {w.Comparison.AT_MOST: 1, w.Comparison.AT_LEAST: -1}.get(_rule(x, name).sense, 0)
    return facts.loosens


def _slope(x: Index, name: Name, positions: Mapping[Name, int]) -> Slope:
    equation, key = name
    facts = EQUATION_FACTS[equation]
    weights = _element(x, facts.table, name).calendar.weights if facts.table and facts.seasonal else None
    slope = 1.0 if weights is None else weights[key[1]]
    switch = _switch(x, name, positions)
    if switch is not None:
        return {switch: slope}
    if facts.asks is Asks.BUDGET:
        return -1.0
    if facts.per_level:
        keys = x.funding[key].processes
        return {positions["level", (x.processes_by_key[k], t)]: 1.0 for k in keys for t in x.periods}
    if facts.table == "recipes":
        return {positions["level", (key[0], key[-1])]: 1.0}
    if facts.table == "limits" and _rule(x, name).basis is not w.LimitBasis.ABSOLUTE:
        return whole_of(x, _rule(x, name), positions)
    return slope


def _also(x: Index, name: Name, laws: Mapping[Name, int]) -> Mapping[int, float]:
    """The initial stock is part of the first period's balance."""
    facts = EQUATION_FACTS[name[0]]
    if facts.table != "storages" or facts.field != "initial":
        return {}
    a, p = name[1]
    row = laws.get((balance.__name__, (a, p, 0)))
    return {} if row is None else {row: -(1.0 - x.chain.storages[a, p].loss)}


def _switch(x: Index, name: Name, positions: Mapping[Name, int]) -> int | None:
    facts = EQUATION_FACTS[name[0]]
    if facts.table is None or facts.switch is None or not _element(x, facts.table, name).candidate:
        return None
    return positions[facts.switch, _first(x, facts.table, name[1])]


def _first(x: Index, table: str, key: Any) -> Any:
    """Return the element that a row is of; of a round, its first link."""
    first = key[0] if isinstance(key, tuple) else key
    return x.pooling.rounds[first][0] if table == "links" and isinstance(first, str) else first


def whole_of(x: Index, rule: Limit, positions: Mapping[Name, int]) -> Mapping[int, float]:
    """Return the sum that a share is a part of, by column."""
    return amounts_of(x, rule, everyone(rule), positions)


def amounts_of(x: Index, rule: Limit, scope: Scope, positions: Mapping[Name, int]) -> Mapping[int, float]:
    """Return what a rule sums over a scope, by column; constants apart."""
    total: dict[int, float] = defaultdict(float)
    for amount, name in summed(_Names(positions), x, rule.measure, scope):
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
