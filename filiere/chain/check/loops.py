"""Loops of recipes that yield more than they take: they would feed on themselves without end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from filiere.chain.chain import Chain, Process
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.problems.problem import Cell

_SLACK = 1e-6
"""A gain of less than this is what rounding the recipes leaves."""


class Step(NamedTuple):
    """One recipe that turns one product into another: how much of it per unit taken."""

    taken: str
    made: str
    gain: float
    name: str
    cell: Cell | None


def check_loops(chain: Chain) -> Iterator[Problem]:
    """Report loops whose gains multiply to more than 1, one after another until none is left."""
    steps = list(_steps(chain))
    while loop := _gaining_loop(steps):
        gain = math.prod(step.gain for step in loop)
        product = chain.products[loop[0].taken]
        yield say.LOOP_MULTIPLIES.at(
            loop[0].cell, processes=list(dict.fromkeys(step.name for step in loop)), product=product.name,
            unit=product.unit, gain=gain,
        )  # fmt: skip
        steps = [step for step in steps if step not in loop]


def _steps(chain: Chain) -> Iterator[Step]:
    """Yield what each recipe that rests on a single product makes of it; others are held back by their rest."""
    told: set[str] = set()
    for process in chain.processes.values():
        taken = _single_input(chain, process)
        if taken is None or process.name in told:
            continue
        told.add(process.name)
        for made, amount in process.outputs.items():
            gain = amount / process.inputs[taken]
            yield Step(taken, made, gain, process.name, process.recipe[0].at())


def _single_input(chain: Chain, process: Process) -> str | None:
    """Return the only input, services apart where there is something else; None where there are several."""
    goods = [name for name in process.inputs if not chain.products[name].service]
    inputs = goods or list(process.inputs)
    return inputs[0] if len(inputs) == 1 else None


def _gaining_loop(steps: list[Step]) -> list[Step]:
    """Return a loop whose gains multiply to more than 1, empty where there is none.

    Bellman–Ford on −log(gain): a loop that gains is a cycle of negative length (Cormen et al., Introduction
    to Algorithms, chapter 24).
    """
    products = dict.fromkeys(name for step in steps for name in (step.taken, step.made))
    best = dict.fromkeys(products, 0.0)
    came: dict[str, Step] = {}
    last = ""
    for _ in products:
        last = ""
        for step in steps:
            reached = best[step.taken] + math.log(step.gain)
            if reached > best[step.made] + _SLACK:
                best[step.made] = reached
                came[step.made] = step
                last = step.made
        if not last:
            return []
    return _cycle(came, last, len(products)) if last else []


def _cycle(came: dict[str, Step], last: str, length: int) -> list[Step]:
    """Walk back far enough to stand on the loop, then once around it."""
    for _ in range(length):
        last = came[last].taken
    loop = [came[last]]
    while loop[0].taken != last:
        loop.insert(0, came[loop[0].taken])
    return loop
