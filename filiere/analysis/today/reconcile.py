"""Today's figures reconciled by weighted least squares.

Figures are the quantities and levels of this year. Each is moved as little as the balances allow, in units of its own
standard deviation (Narasimhan, S. and Jordache, C. (2000), Data Reconciliation and Gross Error Detection, ch. 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from filiere.analysis.today import today as now
from filiere.analysis.today.point import supposed
from filiere.analysis.today.reconciliation import (
    Figure,
    Method,
    Reconciliation,
    Side,
    Today,
    Unmeasured,
    carried,
    run,
)
from filiere.analysis.today.tests import left_open, tested
from filiere.chain.chain import Chain, Link, Process
from filiere.chain.uncertainty import relative, relative_of_buyer, settled
from filiere.problems import Cell
from filiere.solution.solution import Plan, Solution
from filiere.solver.fit import reconcile as r
from filiere.solver.fit.reconcile import KINDS, Kind, Physics
from filiere.solver.programme.compile import compiled

SAME = 1e-9
"""A figure that moves by less than this share of its standard deviation does not move: that is rounding."""


@dataclass
class _Seen:
    """The figures of a chain as the programme knows them: which quantity, by what it is seen, and how surely."""

    figures: list[Figure] = field(default_factory=list)
    quantities: list[int] = field(default_factory=list)


def today_by(method: Method, chain: Chain, time_limit: float | None = None) -> Today:
    """Return today's plan by one of two methods: the least change in sum, or the least squares.

    Raises what :func:`filiere.solver.solve.solve` raises, and ``NoConvergenceError`` where scales are too far apart.
    """
    if method == "least-change":
        solution = now.today(chain, time_limit)
        return Today(solution, chain, _by_least_change(chain, solution))
    seen = now.observed_chain(chain)
    physical = r.physics(compiled(seen))
    known = _seen(seen, physical)
    if not known.figures or not r.feasible(physical):
        return Today(now.today(chain, time_limit), chain, Reconciliation(method))
    observed = np.array([figure.observed for figure in known.figures])
    deviations = np.array([figure.deviation for figure in known.figures])
    fit = r.reconcile(physical, known.quantities, observed, deviations)
    values = physical.sums @ fit.columns
    figures = [
        replace(f, reconciled=f.observed if abs(values[i] - f.observed) <= SAME * f.deviation else float(values[i]))
        for f, i in zip(known.figures, known.quantities, strict=True)
    ]
    made = _with_today(chain, figures)
    solution = now.today(made, time_limit)
    if solution.plan is None:
        return Today(solution, made, Reconciliation(method, tuple(figures)))
    found = tested(Reconciliation(method, tuple(figures)), fit)
    return Today(solution, made, left_open(found, seen, physical, fit, known.quantities, solution.plan))


def _by_least_change(chain: Chain, solution: Solution) -> Reconciliation:
    if solution.plan is None:
        return Reconciliation("least-change")
    flows, levels = carried(solution.plan), run(solution.plan)
    figures = (
        replace(f, reconciled=flows.get(f.link, 0.0) if f.link is not None else levels.get(f.process or ("", ""), 0.0))
        for f in _figures(now.observed_chain(chain))
    )
    return Reconciliation("least-change", tuple(figures), tuple(_supposed(chain, solution.plan)))


def _supposed(chain: Chain, plan: Plan) -> list[Unmeasured]:
    """Return what moves though nobody typed it, relations first."""
    found = [
        Unmeasured(kind, None, where, amount, False) if isinstance(where, tuple)
        else Unmeasured(kind, where, None, amount, False)
        for kind, where, amount in supposed(chain, plan)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.position or 0, one.place or ("", "")))


def _seen(chain: Chain, physical: Physics) -> _Seen:
    """Return the figures of an observed chain with the positions of the quantities they are figures of."""
    x = physical.programme.index
    link = {position: e for e, position in enumerate(x.link_positions)}
    quantity: dict[tuple[Kind, object], int] = {q: i for i, q in enumerate(physical.quantities)}
    seen = _Seen()
    for figure in _figures(chain):
        key: tuple[Kind, object]
        if figure.link is not None:
            key = ("flow", link[figure.link])
        else:
            key = ("level", x.processes_by_key[figure.process or ("", "")])
        if key in quantity:  # a link that holds in no period carries nothing
            seen.figures.append(figure)
            seen.quantities.append(quantity[key])
    return seen


def _figures(chain: Chain) -> Iterator[Figure]:
    """Yield what was observed, each figure with its standard deviation."""
    scale = _Scale(chain)
    for e, link in enumerate(chain.links):
        declared = _declared(link)
        # Two declarations of one quantity: how far each may be off goes by the quantity, not by what each says.
        size = sum(figure for _, figure, _, _ in declared) / max(1, len(declared)) or scale.of(link.product)
        for side, figure, uncertainty, cell in declared:
            yield Figure(e, None, side, cell, figure, uncertainty, uncertainty * size, figure)
    for key, process in chain.processes.items():
        if process.today is not None:
            uncertainty = relative(process.row)
            size = process.today or scale.of_level(process)
            yield Figure(None, key, "", process.row.at("today"), process.today, uncertainty, uncertainty * size,
                         process.today)  # fmt: skip


def _declared(link: Link) -> list[tuple[Side, float, float, Cell | None]]:
    if link.today is None:
        return []
    row = link.row
    if row.today is not None and row.today_buyer is not None and link.today == settled(row):
        return [
            ("seller", row.today, relative(row), row.at("today")),
            ("buyer", row.today_buyer, relative_of_buyer(row), row.at("today_buyer")),
        ]
    if row.today is None and row.today_buyer is not None:
        return [("buyer", link.today, relative_of_buyer(row), row.at("today_buyer"))]
    return [("", link.today, relative(row), row.at("today"))]


class _Scale:
    """What a figure of 0 is uncertain by: as much as the smallest figure of its product would be."""

    def __init__(self, chain: Chain) -> None:
        self._smallest: dict[str, float] = {}
        for link in chain.links:
            if link.today:
                self._smallest[link.product] = min(link.today, self._smallest.get(link.product, np.inf))
        self._any = min(self._smallest.values(), default=1.0)
        self._level = min((p.today for p in chain.processes.values() if p.today), default=1.0)

    def of(self, product: str) -> float:
        """Return the smallest figure of a product other than 0."""
        return self._smallest.get(product, self._any)

    def of_level(self, process: Process) -> float:
        """Return the smallest level that such a figure stands for, of any product of the activity."""
        amounts = [*process.outputs.items(), *process.inputs.items()]
        sizes = [self._smallest[p] / amount for p, amount in amounts if p in self._smallest]
        return min(sizes, default=self._level)


def _with_today(chain: Chain, figures: Sequence[Figure]) -> Chain:
    """Return the chain in which what is reconciled is what is observed this year."""
    flows = {f.link: f.reconciled for f in figures if f.link is not None}
    levels = {f.process: f.reconciled for f in figures if f.process is not None}
    return replace(
        chain,
        links=tuple(replace(link, today=flows[e]) if e in flows else link for e, link in enumerate(chain.links)),
        processes={k: replace(p, today=levels[k]) if k in levels else p for k, p in chain.processes.items()},
    )
