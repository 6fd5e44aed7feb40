"""What was typed of this year, figure by figure, and what today's point makes of each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from filiere.analysis.today.point import as_observed, supposed
from filiere.analysis.today.reconciliation import KINDS, Figure, Reconciliation, Side, Unmeasured, carried, run
from filiere.chain.chain import Chain, Link, Process
from filiere.chain.derived.uncertainty import agreed_figure, relative, relative_of_buyer
from filiere.problems import Cell
from filiere.schema import changed
from filiere.solution.solution import Plan, Solution

BENT = 0.1
"""A figure that moves by more than this share of itself is a finding."""
_TRIFLE = 0.02
"""A typed 0 is moved where it comes to more than this share of the largest figure of its kind."""
_DUST = 1e-6


def by_least_change(chain: Chain, solution: Solution) -> Reconciliation:
    """Return each typed figure beside what today's point makes of it, and what is only supposed."""
    if solution.plan is None:
        return Reconciliation("least-change")
    figures = tuple(reached(chain, solution.plan))
    return Reconciliation("least-change", figures, tuple(only_supposed(chain, solution.plan)))


def reached(chain: Chain, plan: Plan) -> Iterator[Figure]:
    """Yield each typed figure with what a plan of this year makes of it."""
    yield from reached_by(chain, carried(plan), run(plan))


def reached_by(
    chain: Chain, flows: Mapping[int, float], levels: Mapping[tuple[str, str], float]
) -> Iterator[Figure]:  # fmt: skip
    """Yield each typed figure with what links carry and activities run in the year."""
    for figure in figures_of(as_observed(chain)):
        if figure.link is not None:
            yield changed(figure, reconciled=flows.get(figure.link, 0.0))
        else:
            yield changed(figure, reconciled=levels.get(figure.process or ("", ""), 0.0))


def bent(chain: Chain, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures that are moved by more than a tenth, what moves most value first.

    Of two declarations of one quantity only the one that is held counts: that they differ is another matter.
    """
    largest = _Largest(chain)
    moved = [f for f in figures if _moved(chain, f, largest)]
    return tuple(sorted(moved, key=lambda f: (-value_of(chain, f) * abs(f.correction), str(f.cell))))


def value_of(chain: Chain, figure: Figure) -> float:
    """Return what one unit of a figure is worth at reference prices."""
    if figure.link is not None:
        return chain.products[chain.links[figure.link].product].value
    outputs = chain.processes[figure.process or ("", "")].outputs
    return sum(made * chain.products[p].value for p, made in outputs.items())


def _moved(chain: Chain, figure: Figure, largest: _Largest) -> bool:
    typed = figure.observed
    if figure.link is not None:
        typed = chain.links[figure.link].today or 0.0
        if figure.side and not math.isclose(typed, figure.observed):
            return False
    if typed:
        return abs(figure.reconciled - typed) > BENT * (1 + _DUST) * typed
    return figure.reconciled > _TRIFLE * largest.like(figure)


class _Largest:
    """The largest figures of this year."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._level = max((p.today or 0.0 for p in chain.processes.values()), default=0.0)
        self._flows: dict[str, float] = {}
        for link in chain.links:
            self._flows[link.product] = max(link.today or 0.0, self._flows.get(link.product, 0.0))

    def like(self, figure: Figure) -> float:
        """Return the largest figure of the product, or of any activity."""
        return self._level if figure.link is None else self._flows[self._chain.links[figure.link].product]


def only_supposed(chain: Chain, plan: Plan) -> list[Unmeasured]:
    """Return what moves in this year's plan though nobody typed it, relations first."""
    found = [
        Unmeasured(kind, None, where, amount, False) if isinstance(where, tuple)
        else Unmeasured(kind, where, None, amount, False)
        for kind, where, amount in supposed(chain, plan)
        if not (isinstance(where, tuple) and chain.processes[where].serves)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.position or 0, one.place or ("", "")))


def figures_of(chain: Chain) -> Iterator[Figure]:
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
    if row.today is not None and row.today_buyer is not None and link.today == agreed_figure(row):
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
                self._smallest[link.product] = min(link.today, self._smallest.get(link.product, math.inf))
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
