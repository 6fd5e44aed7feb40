"""When branch-and-cut is given up: the less near to the best a plan is proved, the longer it is searched on.

A plan of lots and whole trips is soon within a few euros of the best, and to prove that no other is better by one takes
minutes. Work is counted, not time: a chain gets the same plan everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

WORK = 8e7
"""What the branch-and-cut of one plan looks at, in entries of its programme, a programme a node: some 30 seconds."""

PROVED = 1 / 6
"""The share of the work left to a plan in which a run goes on until its plan is proved the best."""

NEAR = ((1 / 5, 1e-4), (1 / 4, 1e-3), (1 / 3, 1e-2))
"""Up to which share of it, after that, a run goes on unless its plan is so near to the best, as a share of its value;
beyond the last, any plan will do.
"""


@dataclass
class Patience:
    """How long the runs of branch-and-cut of one plan go on, and how far from the best they left it."""

    left: float = WORK
    _gap: float = 0.0

    def enough(self, looked: float, gap: float) -> bool:
        """Whether a run that looked at so much, and whose plan may be so far from the best, ends here."""
        share = looked / self.left if self.left > 0.0 else np.inf
        near = next((near for part, near in NEAR if share < part), np.finfo(float).max)
        if share < PROVED or gap > near:
            return False
        self._gap = max(self._gap, gap)
        return True

    def look(self, looked: float) -> None:
        """Take what a run looked at off what is left."""
        self.left -= looked

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Tell nothing of runs that only choose among plans that are as good."""
        gap = self._gap
        try:
            yield
        finally:
            self._gap = gap

    def gap_since(self) -> float:
        """Return how far from the best, as a share of its value, a plan may be at most by the runs since last asked."""
        gap, self._gap = self._gap, 0.0
        return gap
