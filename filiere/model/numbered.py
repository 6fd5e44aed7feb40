"""What stands for Pyomo when the equations are read straight into arrays: an unknown is the number of its column.

The same functions declare the unknowns and write the equations either way. ``linear`` tells by the unknowns which
of the two it adds up: of numbers it makes a ``Sum``, and of its comparison with a bound a ``Row``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any


class Columns:
    """Stands for the Pyomo model: families of numbered columns by the name of their variable, or one number."""

    def families(self) -> Iterator[tuple[str, dict[Any, int]]]:
        """Return each variable's columns by index; a variable without indices has the index None."""
        for name, family in vars(self).items():
            yield name, family if isinstance(family, dict) else {None: family}


@dataclass(frozen=True)
class Domain:
    """What values an unknown may take."""

    lower: float
    upper: float
    whole: bool


class Numbering:
    """Stands for ``pyomo.environ`` where unknowns are declared: gives each the next number, and keeps its bounds."""

    Reals = Domain(-math.inf, math.inf, whole=False)
    NonNegativeReals = Domain(0.0, math.inf, whole=False)
    NonNegativeIntegers = Domain(0.0, math.inf, whole=True)
    Binary = Domain(0.0, 1.0, whole=True)

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []

    def Var(  # noqa: N802
        self,
        indices: Iterable[Any] | None = None,
        domain: Domain = Reals,
        bounds: tuple[float | None, float | None] = (None, None),
    ) -> Any:
        """Return the columns of a variable by index, or its one column where it has no indices."""
        lower = domain.lower if bounds[0] is None else max(domain.lower, bounds[0])
        upper = domain.upper if bounds[1] is None else min(domain.upper, bounds[1])
        first = len(self.lower)
        found = {None: first} if indices is None else dict(zip(indices, count(first)))
        self.lower += [lower] * len(found)
        self.upper += [upper] * len(found)
        self.whole += [domain.whole] * len(found)
        return first if indices is None else found
