"""How much of a difference each change brings: one after another, and averaged over every order they could come in.

The average over all orders is the value of L. S. Shapley, A value for n-person games (1953). Inputs with only some
of the changes may describe no chain at all (a minimum raised before its maximum): such orders are left out of the
average, and in the order of the sheet a change that cannot be made alone counts together with those after it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from filiere.analysis.scenarios.case import Values
from filiere.analysis.scenarios.changes import Change

MOST_AVERAGED = 6
"""With more changes than this there are too many orders: only that of the sheet is worked out."""

NOISE = 1e-7
"""Differences below this share of the values are what the solver's tolerances leave."""


@dataclass(frozen=True)
class Step:
    """One step from the reference to the scenario: one change, or several that only hold together.

    ``changes`` are positions in :attr:`Attribution.changes`; ``brought`` is what the step adds to each measure,
    ``reached`` where it leads.
    """

    changes: tuple[int, ...]
    brought: Mapping[str, float]
    reached: Mapping[str, float]


@dataclass(frozen=True)
class Attribution:
    """What each change brings to each measure. Both ways the parts add up to ``total``.

    ``average`` has one entry a change, and is None where there are too many of them or where no order can be
    followed change by change; ``orders`` is how many orders it is the average of, of ``possible`` ones.
    """

    changes: tuple[Change, ...]
    total: Mapping[str, float]
    steps: tuple[Step, ...]
    average: tuple[Mapping[str, float], ...] | None = None
    orders: int = 0
    possible: int = 0


def needed(count: int) -> list[int]:
    """Return which combinations of ``count`` changes must be solved, both ends apart; bit i stands for change i."""
    if count <= MOST_AVERAGED:
        return list(range(1, 2**count - 1))
    return [2**made - 1 for made in range(1, count)]


def attribute(changes: Sequence[Change], values: Mapping[int, Values | None]) -> Attribution:
    """Return what each change brings, from the values of each combination :func:`needed` and of both ends.

    A combination that has no plan has None for values; both ends have some. A measure that is undefined somewhere on
    the way is left out.
    """
    count = len(changes)
    first, last = values[0], values[2**count - 1]
    if first is None or last is None:
        raise ValueError("a difference between plans asks for two plans")
    solved = {made: found for made, found in values.items() if found is not None}
    keys = [key for key in first if all(found.get(key) is not None for found in solved.values())]
    known = _without_noise({made: {key: float(found[key] or 0.0) for key in keys} for made, found in solved.items()})
    total = {key: known[2**count - 1][key] - known[0][key] for key in keys}
    steps = _steps(count, known)
    if not 0 < count <= MOST_AVERAGED:
        return Attribution(tuple(changes), total, steps)
    possible = math.factorial(count)
    orders, weights = _weights(count, known)
    if orders == 0:
        return Attribution(tuple(changes), total, steps, None, 0, possible)
    average: list[dict[str, float]] = [{} for _ in changes]
    for key in keys:
        brought = [
            math.fsum(weight * (known[made | 1 << i][key] - known[made][key]) for made, weight in weights[i])
            for i in range(count)
        ]
        for at, amount in enumerate(_adding_up(brought, total[key])):
            average[at][key] = amount
    return Attribution(tuple(changes), total, steps, tuple(average), orders, possible)


def _without_noise(known: dict[int, dict[str, float]]) -> dict[int, dict[str, float]]:
    """Return the values, those of a measure that no change moves by more than the solver's tolerance all alike."""
    for key, start in known[0].items():
        values = [found[key] for found in known.values()]
        if max(values) - min(values) <= NOISE * max(map(abs, values)):
            for found in known.values():
                found[key] = start
    return known


def _steps(count: int, known: Mapping[int, Mapping[str, float]]) -> tuple[Step, ...]:
    """Walk in the order of the sheet; a stretch that has no plan in between is one step."""
    steps: list[Step] = []
    reached, waiting = known[0], []
    for at in range(count):
        waiting.append(at)
        there = known.get(2 ** (at + 1) - 1)
        if there is not None:
            brought = {key: amount - reached[key] for key, amount in there.items()}
            steps.append(Step(tuple(waiting), brought, there))
            reached, waiting = there, []
    return tuple(steps)


def _weights(count: int, known: Mapping[int, object]) -> tuple[int, list[list[tuple[int, float]]]]:
    """Return how many orders have a plan at every step, and for each change the combinations it may come after,
    each with the share of those orders in which it does.

    The orders are the paths from none to all; ``ways_to`` and ``ways_from`` count those that pass a combination.
    """
    full = 2**count - 1
    ways_to, ways_from = [1] + [0] * full, [0] * full + [1]
    for made in range(1, full + 1):
        if made in known:
            ways_to[made] = sum(ways_to[made ^ 1 << i] for i in range(count) if made >> i & 1)
    for made in range(full - 1, -1, -1):
        if made in known:
            ways_from[made] = sum(ways_from[made | 1 << i] for i in range(count) if not made >> i & 1)
    orders = ways_to[full]
    if orders == 0:
        return 0, []
    before = [[made for made in range(full + 1) if not made >> i & 1] for i in range(count)]
    shares = [[(made, ways_to[made] * ways_from[made | 1 << i] / orders) for made in before[i]] for i in range(count)]
    return orders, [[(made, share) for made, share in some if share > 0.0] for some in shares]


def _adding_up(parts: list[float], whole: float) -> list[float]:
    """Return the parts with what rounding took from their sum given back to the largest."""
    largest = max(range(len(parts)), key=lambda i: abs(parts[i]))
    parts[largest] += whole - math.fsum(parts)
    return parts
