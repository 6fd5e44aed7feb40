"""What a loss does, read off the plan that follows it: needs, dependency, cost, who is hit, who helps out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from filiere.analysis.stress.items import MUSTS, Item, Stressed, positions
from filiere.analysis.stress.needs import NOTICED, Needs, numbered
from filiere.problems import Cell

if TYPE_CHECKING:
    from filiere.solver.programme.compile import Vector
    from filiere.solver.programme.loss import Lost
    from filiere.solver.replan.loss import Replan, Replanner

State = Literal["measured", "unaffected", "impossible", "trouble"]
HELPERS = 3
"""How many of the flows that grow most are named."""


@dataclass(frozen=True)
class GivenUp:
    """A rule that cannot be kept after a loss: the model's row, what it names, its cell."""

    row: str
    subject: tuple[str, ...]
    cell: Cell | None


@dataclass(frozen=True)
class Helper:
    """A flow that grows after a loss, in the product's unit a year."""

    seller: str
    buyer: str
    product: str
    more: float


@dataclass(frozen=True)
class Effect:
    """The chain after a loss, planned again; the whole chain, where nothing is lost.

    ``unmet`` is by importance and reference value (``unmet_before``: of the same needs without the loss),
    ``dependency`` and ``cost`` in currency, as the objectives count them; None where no plan is left.
    ``served_share`` is of the wanted value (``unmet_share_before``: what of it was unserved without the loss). Needs
    of a lost actor itself go with it and count nowhere. ``missing`` is what is not served, by product, in its unit.
    ``groups`` has the served share of each group before the loss and after it. ``given_up`` are rules that cannot
    be kept.
    """

    items: tuple[Item, ...]
    state: State
    unmet: float | None = None
    unmet_before: float = 0.0
    dependency: float | None = None
    cost: float | None = None
    served_share: float | None = None
    unmet_share_before: float = 0.0
    missing: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    given_up: tuple[GivenUp, ...] = ()
    helpers: tuple[Helper, ...] = ()

    @property
    def what(self) -> str:
        """The names of what is lost."""
        return " + ".join(item.what for item in self.items)

    @property
    def groups_hit(self) -> list[str]:
        """Groups of users that are served less than before, the worst hit first."""
        falls = {group: before - after for group, (before, after) in self.groups.items()}
        return sorted((g for g, fall in falls.items() if fall > NOTICED), key=lambda g: (-falls[g], g))


def lost_of(items: Sequence[Item], at: Mapping[int, int]) -> Lost:
    """Return what goes with some items out of a programme, in which links stand ``at`` other positions."""
    from filiere.solver.programme.loss import Lost

    lost = Lost()
    for item in items:
        lost |= Lost(item.actors, item.processes, frozenset(at[e] for e in item.links))
    return lost


class Reader:
    """Reads effects off the columns of one session's plans, against the plan without a loss."""

    def __init__(self, stressed: Stressed, planner: Replanner) -> None:
        self.chain = stressed.chain
        self.planner = planner
        self.x = planner.x
        self.at = positions(self.x.link_positions)
        self.reference: Replan = planner.plan()
        columns = self.reference.columns
        self.needs = Needs(self.chain, self.x.needs)
        self.before = self._unmet(columns)
        self.flows = self._flows(columns) if columns is not None else np.zeros(len(self.x.links))
        self.levels = self._levels(columns) if columns is not None else {}

    @property
    def musts_unserved(self) -> float:
        """What the plan without a loss leaves unserved of the needs that must be served, in reference value."""
        columns = self.reference.columns
        return 0.0 if columns is None else self.planner.programme.functions[MUSTS].at(columns)

    def weight(self, item: Item) -> float:
        """Return the reference value that flows through something in the plan without a loss."""
        products = self.chain.products
        ends = {e for a in item.actors for e in (*self.x.links_from.get(a, ()), *self.x.links_to.get(a, ()))}
        through = sum(float(self.flows[e]) * products[self.x.links[e].product].value
                      for e in ends | {self.at[e] for e in item.links})  # fmt: skip
        for key in item.processes:
            process, level = self.x.processes[self.x.processes_by_key[key]], self.levels.get(key, 0.0)
            through += level * sum(products[p].value * made for p, made in process.outputs.items())
        return through

    @cached_property
    def nothing(self) -> Effect:
        """The plan without a loss, as an effect."""
        return self.read((), self.reference, "unaffected")

    def spared(self, *items: Item) -> bool:
        """Whether the plan without a loss does without something already: it stays the best one."""
        columns = self.reference.columns
        return columns is not None and self.planner.losses.unused(lost_of(items, self.at), columns)

    def effect(self, items: Sequence[Item]) -> Effect:
        """Lose ``items``, plan again and say what it did."""
        if self.spared(*items):
            return replace(self.nothing, items=tuple(items))
        return self.read(items, self.planner.plan(lost_of(items, self.at)))

    def read(self, items: Sequence[Item], found: Replan, state: State = "measured") -> Effect:
        """Return the effect that a plan shows."""
        from filiere.solver.programme.places import cell_of_row, subject_of_row
        from filiere.solver.session.answer import Answer

        if found.columns is None:
            trouble = found.answer is not Answer.INFEASIBLE
            return Effect(tuple(items), "trouble" if trouble else "impossible")
        columns, functions, needs = found.columns, found.programme.functions, self.needs
        kept = needs.wanted & ~needs.of(frozenset(actor for item in items for actor in item.actors))
        short, total = np.where(kept, self._unmet(columns), 0.0), float(needs.asked[kept].sum())
        earlier = np.where(kept, self.before, 0.0) * needs.value
        return Effect(
            tuple(items), state, functions["unmet"].at(columns), float((earlier * needs.importance).sum()),
            functions["dependency"].at(columns), functions["cost"].at(columns),
            1.0 - float((short * needs.value).sum()) / total if total > 0 else None,
            float(earlier.sum()) / total if total > 0 else 0.0, needs.missing(short),
            needs.groups(kept, earlier, short * needs.value),
            tuple(GivenUp(n[0], subject_of_row(self.x, n), cell_of_row(self.x, n)) for n in found.given_up),
            self._helpers(columns) if state == "measured" else (),
        )  # fmt: skip

    @cached_property
    def _routes(self) -> tuple[list[tuple[str, str, str]], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Seller, buyer and product of the links, each once, which of them each link has, and the products numbered."""
        found: dict[tuple[str, str, str], int] = {}
        of_links = [found.setdefault((e.from_, e.to, e.product), len(found)) for e in self.x.links]
        return list(found), np.array(of_links, dtype=np.intp), numbered(product for _, _, product in found)

    def _unmet(self, columns: Vector | None) -> Vector:
        """What is not served of each need in the year."""
        found = np.zeros(len(self.x.needs))
        if columns is None:
            return found
        for variable in ("unmet", "unmet_year"):
            keys, values = self.planner.programme.used(variable, columns)
            at = np.array([key[0] if isinstance(key, tuple) else key for key in keys], dtype=np.intp)
            np.add.at(found, at, values)
        return found

    def _flows(self, columns: Vector) -> Vector:
        """What each link carries over the year."""
        return self.planner.programme.carried(np.maximum(columns, 0.0))

    def _levels(self, columns: Vector) -> dict[tuple[str, str], float]:
        found: dict[tuple[str, str], float] = defaultdict(float)
        for (k, _), value in zip(*self.planner.programme.used("level", columns), strict=True):
            found[self.x.processes[k].key] += value
        return found

    def _helpers(self, columns: Vector) -> tuple[Helper, ...]:
        """The flows that grow most, by reference value."""
        routes, of_links, products = self._routes
        more = np.bincount(of_links, weights=self._flows(columns) - self.flows, minlength=len(routes))
        moved = np.bincount(products[of_links], weights=self.flows) if len(routes) else np.zeros(0)
        at = np.flatnonzero(more > 1e-6 * np.maximum(1.0, moved[products]))
        grown = [(routes[route], amount) for route, amount in zip(at.tolist(), more[at].tolist(), strict=True)]
        grown.sort(key=lambda pair: (-pair[1] * self.chain.products[pair[0][2]].value, pair[0]))
        return tuple(Helper(*key, amount) for key, amount in grown[:HELPERS])
