"""How long filiere takes, as ratios measured in one run: ``python -m benchmarks [--flows 10000] [--variants 20]``.

*Direct* is the same programme, ranks and session, from arrays that are already there: what Pyomo adds is the rest.
A *cold* solve is a direct one from nothing; *rebuilding* is what a program without a session would do.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from typing import TypeVar

from benchmarks.synthetic import synthetic
from filiere.chain.chain import Chain
from filiere.solver.compile import Programme, compiled
from filiere.solver.search import Search
from filiere.solver.session import Session
from filiere.solver.solve import answer, solve
from filiere.solver.study import Study

Value = TypeVar("Value")


def timed(work: Callable[[], Value]) -> tuple[float, Value]:
    """Return the processor time of ``work`` in seconds, and its value."""
    started = time.process_time()
    value = work()
    return time.process_time() - started, value


def direct(programme: Programme, chain: Chain) -> None:
    """Solve arrays that are already there, from nothing."""
    answer(programme, Search(Session(programme)), chain.objectives)


def variant(chain: Chain, draw: random.Random) -> Chain:
    """Every need of the chain, up to a fifth more or less."""
    return replace(
        chain, needs=tuple(replace(n, quantity=(n.quantity or 0) * draw.uniform(0.8, 1.2)) for n in chain.needs)
    )


def table_to_solution(flows: int) -> str:
    chain = synthetic(flows)
    whole, _ = timed(lambda: solve(chain))
    programme = compiled(chain)
    alone, _ = timed(lambda: direct(programme, chain))
    return f"| {flows:,} flows: chain to plan | {whole:.2f} | {alone:.2f} | {whole / alone:.2f} |"


def variants(flows: int, count: int) -> list[str]:
    chain = synthetic(flows)
    draw = random.Random(7)
    chains = [variant(chain, draw) for _ in range(count)]
    study = Study(chain)
    study.solve()
    in_place, _ = timed(lambda: [study.solve(each) for each in chains])
    programmes = [compiled(each) for each in chains]
    cold, _ = timed(lambda: [direct(p, each) for p, each in zip(programmes, chains, strict=True)])
    rebuilt, _ = timed(lambda: [solve(each) for each in chains])
    return [
        f"| {flows:,} flows, {count} variants: cold direct / in place | {cold:.2f} | {in_place:.2f} | "
        f"{cold / in_place:.2f} |",
        f"| {flows:,} flows, {count} variants: rebuilding / in place | {rebuilt:.2f} | {in_place:.2f} | "
        f"{rebuilt / in_place:.2f} |",
    ]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--flows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked.add_argument("--variants", type=int, default=100)
    options = asked.parse_args()
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("pyomo", "highspy", "pandas"))
    print(f"Python {platform.python_version()}, {versions}; processor seconds on one core\n")
    print("| what | first (s) | second (s) | ratio |\n|---|---|---|---|")
    for flows in options.flows:
        print(table_to_solution(flows), flush=True)
    for line in variants(10_000, options.variants):
        print(line, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of the whole run: {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
