"""How long the questions after a plan take on a chain of 10,000 flows: ``python -m benchmarks.questions``.

Processor seconds of one core, and what two cores would need for losses that are shared out evenly: the part before
them (reading the reference plan) is done once, the losses by both.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from benchmarks.synthetic import synthetic
from filiere.analysis.explain.levers import explain
from filiere.analysis.stress.stress import stress

EXPLAINED, STRESSED = 60.0, 120.0
"""Seconds that an explanation and a stress test may take."""


def lines(flows: int = 10_000, losses: int = 200) -> Iterator[str]:
    """Yield one row of the table a question: what was asked, its seconds, the seconds that it may take."""
    chain = synthetic(flows)
    started = time.process_time()
    found = explain(chain)
    spent = time.process_time() - started
    yield f"| {flows:,} flows explained: {len(found.levers)} levers | {spent:.1f} | {EXPLAINED:.0f} |"
    started = time.process_time()
    stressed = stress(chain, most=losses)
    spent = time.process_time() - started
    shared = stressed.seconds["losses"] / max(stressed.seconds["all"], 1e-9) * spent
    yield f"| {flows:,} flows, {len(stressed.losses)} losses | {spent:.1f} | {STRESSED:.0f} |"
    yield f"| the same shared by two cores | {spent - shared / 2:.1f} | {STRESSED:.0f} |"


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
