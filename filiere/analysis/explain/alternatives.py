"""Plans nearly as good as the best one, and what each does differently."""

from __future__ import annotations

from dataclasses import dataclass

from filiere.chain.chain import Chain
from filiere.problems import Cell
from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.ranks.circular import circular_rate
from filiere.solver.sensitivity.ranges import variants

WANTED = 3
SHOWN = 12
"""Differences of a plan that are told, the largest by value first."""


@dataclass(frozen=True)
class Difference:
    """A relation or an activity that another plan uses otherwise."""

    cell: Cell | None
    kind: str
    subject: tuple[str, ...]
    before: float
    after: float


@dataclass(frozen=True)
class Alternative:
    """Another plan: how far it lies from the nearest one before it (0 to 1), its objectives, its differences."""

    distance: float
    objectives: dict[str, float]
    best: dict[str, float]
    differences: tuple[Difference, ...]


def alternatives(programme: Programme, columns: Vector, chain: Chain, slack: float) -> tuple[Alternative, ...]:
    """Return three plans (fewer where there are none) within ``slack`` of every rank that differ the most."""
    best = _objectives(programme, columns, chain)
    return tuple(
        Alternative(
            v.distance, _objectives(programme, v.columns, chain), best, _differences(programme, columns, v.columns)
        )
        for v in variants(programme, columns, chain.objectives, slack, WANTED)
    )


def _objectives(programme: Programme, columns: Vector, chain: Chain) -> dict[str, float]:
    return {
        o.key: circular_rate(programme, columns) if o.key == "circularity" else programme.functions[o.key].at(columns)
        for o in chain.objectives
    }


def _differences(programme: Programme, before: Vector, after: Vector) -> tuple[Difference, ...]:
    x = programme.index
    moved: dict[tuple[str, int], list[float]] = {}
    for j, (variable, key) in enumerate(programme.columns):
        if variable in ("flow", "level"):
            pair = moved.setdefault((variable, key[0]), [0.0, 0.0])
            pair[0] += float(before[j])
            pair[1] += float(after[j])
    products = x.chain.products
    sized = []
    for (variable, i), (old, new) in moved.items():
        if abs(new - old) <= 1e-6 * max(1.0, old, new):
            continue
        if variable == "flow":
            link = x.links[i]
            told = Difference(link.row.at(""), "link", (link.from_, link.to, link.product), old, new)
            sized.append((abs(new - old) * max(products[link.product].value, 1e-9), told))
        else:
            process = x.processes[i]
            value = sum(products[p].value * made for p, made in process.outputs.items())
            sized.append((abs(new - old) * value, Difference(process.row.at(""), "activity", process.key, old, new)))
    sized.sort(key=lambda pair: (-pair[0], pair[1].subject))
    return tuple(told for _, told in sized[:SHOWN])
