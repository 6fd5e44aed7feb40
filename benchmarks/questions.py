"""How long the questions after a plan take on a chain of 10,000 flows: ``python -m benchmarks.questions``.

Processor seconds of one core, and what two cores would need for losses that are shared out evenly: the part before
them (reading the reference plan) is done once, the losses by both. Beside them, some of the losses each from nothing.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.synthetic import synthetic
from filiere.analysis.explain.levers import explain
from filiere.analysis.stress.effect import Effect, lost_of
from filiere.analysis.stress.items import MUSTS, positions, stressed
from filiere.analysis.stress.stress import stress
from filiere.chain.chain import Chain
from filiere.solver.programme.compile import compiled
from filiere.solver.replan.loss import Replanner

EXPLAINED, STRESSED = 60.0, 120.0
"""Seconds that an explanation and a stress test may take."""

TIMES = 10.0
"""How many times faster losses are to be than as many that are each solved from nothing."""

AFRESH = 8
"""So many of them are."""


def lines(flows: int = 10_000, losses: int = 200) -> Iterator[str]:
    """Yield one row of the table a question: what was asked, its seconds, the seconds that it may take."""
    chain = synthetic(flows)
    started = time.process_time()
    found = explain(chain)
    spent = time.process_time() - started
    yield f"| {flows:,} flows explained: {len(found.levers)} levers | {spent:.1f} | {EXPLAINED:.0f} |"
    started = time.process_time()
    lost = stress(chain, most=losses)
    spent = time.process_time() - started
    shared = lost.seconds["losses"] / max(lost.seconds["all"], 1e-9) * spent
    yield f"| {flows:,} flows, {len(lost.losses)} losses | {spent:.1f} | {STRESSED:.0f} |"
    yield f"| the same shared by two cores | {spent - shared / 2:.1f} | {STRESSED:.0f} |"
    measured = [effect for effect in lost.losses if effect.state == "measured"]
    each = afresh(chain, measured[:: max(1, len(measured) // AFRESH)][:AFRESH])
    own = (lost.seconds["build"] + lost.seconds["losses"]) / max(lost.seconds["all"], 1e-9) * spent
    times = each * len(measured) / own
    told = f"without the hedge {own:.1f}; {len(measured)} of them change the plan, each from nothing {each:.2f}"
    yield f"| {told} | {times:.1f} × | ≥ {TIMES:.0f} × |"


def afresh(chain: Chain, losses: Sequence[Effect]) -> float:
    """Return the seconds that a loss takes on the average where nothing is known of any other plan."""
    ready = stressed(chain)
    started = time.process_time()
    for effect in losses:
        planner = Replanner(compiled(replace(ready.chain)), ready.musts, MUSTS, ready.ranks)
        lost = lost_of(effect.items, positions(planner.x.link_positions))
        planner.solve(planner.losses.without(lost))
    return (time.process_time() - started) / max(1, len(losses))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--flows", type=int, default=10_000)
    asked.add_argument("--losses", type=int, default=200)
    options = asked.parse_args()
    print("| question | processor seconds | at most |\n|---|---|---|")
    for line in lines(options.flows, options.losses):
        print(line, flush=True)


if __name__ == "__main__":
    main()
