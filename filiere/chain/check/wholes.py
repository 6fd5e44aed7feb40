"""Activities that run in whole numbers, and whose capacity never leaves room for one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from filiere.chain.chain import Chain, Process
from filiere.language import Label
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.schema import words as w

_A_PERIOD = Label("a period", "par période")
_A_YEAR = Label("a year", "par an")


def check_wholes(chain: Chain) -> Iterator[Problem]:
    """Report the activities that can never run: two creations a year are half a one in each of four seasons."""
    for process in chain.processes.values():
        if not (process.whole or process.whole_each_period):
            continue
        most = _most(process, len(chain.periods))
        if 0.0 < most < 1.0 - 1e-9:
            yield say.NEVER_WHOLE.at(
                process.row.at("capacity"),
                name=process.name,
                actor=process.actor,
                most=most,
                when=_A_PERIOD if process.whole_each_period and len(chain.periods) > 1 else _A_YEAR,
                yes=w.Whole.YES.label,
                each=w.Whole.EACH_PERIOD.label,
            )


def _most(process: Process, periods: int) -> float:
    """The highest level of the year, or of the best period where each is whole."""
    if process.capacity is None or (process.scalable and process.expansion_max is None):
        return math.inf
    capacity = process.capacity + (process.expansion_max or 0.0 if process.scalable else 0.0)
    weights = process.calendar.weights
    if weights is None:
        return capacity
    return capacity * (max(weights) if process.whole_each_period and periods > 1 else math.fsum(weights))
