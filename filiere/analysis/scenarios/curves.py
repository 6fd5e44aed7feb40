"""How a plan moves with one figure: a range's scenarios in order, and from which figure on the plan changes its shape.

Its shape is which projects it opens, and who supplies whom with what. Where two neighbours differ, the figure at which
they part is found by halving the interval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from filiere.analysis.scenarios.case import Outcome, Source, spare
from filiere.analysis.today.observe import carried
from filiere.analysis.today.today import Spared
from filiere.chain.chain import Chain
from filiere.chain.parse.tables import Ranged
from filiere.chain.read import chain_of
from filiere.chain.scenario.apply import apply_scenario
from filiere.problems import WorkbookError
from filiere.solution.solution import Plan
from filiere.solver.ranks.step import RankError
from filiere.solver.solve import solve

HALVINGS = 8
"""How often an interval is halved: the figure is then known to a 256th of the step."""
MOST_OPENED, MOST_SUPPLIERS = 6, 3
"""How many changes of each kind are looked for more closely in one comparison: each takes as many plans."""
_DUST = 1e-6
Supply = tuple[str, str, str]
"""Seller, buyer, product."""


@dataclass(frozen=True)
class Shape:
    """What a plan opens, and who supplies whom with what."""

    opened: frozenset[str]
    supplies: frozenset[Supply]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Where a plan changes its shape between two neighbouring figures of a range.

    ``at`` is the first figure known to have the new shape, None where it was not looked for more closely.
    """

    before: float
    after: float
    at: float | None
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    gained: tuple[Supply, ...] = ()
    lost: tuple[Supply, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A range of one workbook: where its figures stand among the outcomes, and its turns."""

    ranged: Ranged
    source: int
    cases: tuple[int, ...]
    """Positions among the outcomes, one a figure; those that were not compared are left out."""
    figures: tuple[float, ...]
    turns: tuple[Turn, ...]


def curves(sources: Sequence[Source], outcomes: Sequence[Outcome], spared: Spared | None = None) -> tuple[Curve, ...]:
    """Return the curve of each range of which two figures have a plan."""
    left = {"opened": MOST_OPENED, "supplies": MOST_SUPPLIERS}
    found = []
    for at, source in enumerate(sources):
        for ranged in source.tables.ranges.values() if source.tables else ():
            places = {o.case.scenario: i for i, o in enumerate(outcomes) if o.case.source == at}
            known = [(f, places[name]) for f, name in zip(ranged.figures, ranged.names, strict=True) if name in places]
            if sum(outcomes[i].solved for _, i in known) < 2:
                continue
            finder = _Finder(source, at, ranged, outcomes, spared)
            solved = [(figure, outcomes[i]) for figure, i in known if outcomes[i].solved]
            turns = (turn for one, other in pairwise(solved) for turn in finder.turns(one, other, left))
            found.append(Curve(
                ranged=ranged, source=at, cases=tuple(i for _, i in known), figures=tuple(f for f, _ in known),
                turns=tuple(turns),
            ))  # fmt: skip
    return tuple(found)


def shape_of(chain: Chain, plan: Plan) -> Shape:
    """Return the shape of a plan."""
    owners = Counter(name for name, _ in chain.processes)
    opened = [name if owners[name] == 1 else f"{name} @ {actor}" for name, actor in plan.opened_processes]
    links = (chain.links[e] for e in plan.opened_links)
    opened += [f"{link.from_} > {link.to}, {link.product}" for link in links]
    flows = plan.flows.groupby(["from", "to", "product"], as_index=False)["quantity"].sum()
    largest = flows.groupby("product")["quantity"].transform("max")
    kept = flows[flows["quantity"] > _DUST * largest]
    return Shape(frozenset(opened), frozenset(_supplies(kept)))


def _supplies(flows: pd.DataFrame) -> list[Supply]:
    return [(str(a), str(b), str(p)) for a, b, p in zip(flows["from"], flows["to"], flows["product"], strict=True)]


class _Finder:
    """Looks between two figures of one range for where the plan's shape changes."""

    def __init__(
        self, source: Source, at: int, ranged: Ranged, outcomes: Sequence[Outcome], spared: Spared | None
    ) -> None:
        self._source, self._ranged, self._spared, self._at = source, ranged, spared, at
        self._observed = next((o.chain.observed for o in outcomes if o.chain and o.case.source == at), None)
        self._known: dict[float, Shape | None] = {}

    def turns(
        self, one: tuple[float, Outcome], other: tuple[float, Outcome], left: dict[str, int]
    ) -> list[Turn]:  # fmt: skip
        """Return what changes between two figures that have plans, projects first."""
        (low, first), (high, second) = one, other
        before, after = (shape_of(o.chain, o.plan) for o in (first, second) if o.chain is not None)
        found = []
        if before.opened != after.opened:
            at = self._halved(low, high, lambda shape: shape.opened == before.opened, left, "opened")
            found.append(Turn(
                before=low, after=high, at=at, opened=tuple(sorted(after.opened - before.opened)),
                closed=tuple(sorted(before.opened - after.opened)),
            ))  # fmt: skip
        if before.supplies != after.supplies:
            at = found[0].at if found else None
            if at is None or not self._together(at, before, after):
                at = self._halved(low, high, lambda shape: shape.supplies == before.supplies, left, "supplies")
            found.append(Turn(
                before=low, after=high, at=at, gained=tuple(sorted(after.supplies - before.supplies)),
                lost=tuple(sorted(before.supplies - after.supplies)),
            ))  # fmt: skip
        return found

    def _together(self, at: float, before: Shape, after: Shape) -> bool:
        """Whether suppliers change where a project opens."""
        shape = self._known.get(at)
        return shape is not None and shape.supplies == after.supplies

    def _halved(
        self, low: float, high: float, same: Callable[[Shape], bool], left: dict[str, int], kind: str
    ) -> float | None:
        """Return the first figure known to have another shape than ``low``; None where none is looked for any more."""
        if left[kind] <= 0:
            return None
        left[kind] -= 1
        for _ in range(HALVINGS):
            middle = (low + high) / 2.0
            if middle not in self._known:
                self._known[middle] = self._shape(middle)
            shape = self._known[middle]
            if shape is not None and same(shape):
                low = middle
            else:
                high = middle
        return high

    def _shape(self, figure: float) -> Shape | None:
        """Return the shape of the plan at a figure of the range, None where there is none."""
        tables, ranged = self._source.tables, self._ranged
        assert tables is not None
        name = f"{ranged.name} {figure!r}"
        row = replace(ranged.row, scenario=name, change=ranged.change(figure), base=ranged.name)
        moved = replace(tables, scenarios=(*tables.scenarios, row))
        try:
            chain = chain_of(apply_scenario(moved, name), name, doubts=False)
            chain = spare(carried(chain, self._observed), self._spared)
            plan = solve(chain).plan
        except (WorkbookError, RankError):
            return None
        return None if plan is None else shape_of(chain, plan)
