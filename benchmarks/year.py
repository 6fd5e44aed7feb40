"""What this year's figures of a large chain take to reconcile: ``python -m benchmarks.year --links 415000``.

The chain has one period. What its activities did this year was drawn, and what went over each link follows; one link in
ten says nothing of it, the others are off by some per cent. Processor seconds of one core; memory is the most that the
process held, the chain and the libraries included.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from benchmarks.memory import peak
from benchmarks.synthetic import SEASONS, synthetic
from filiere.analysis.today.reconcile import today_by
from filiere.chain.chain import Calendar, Chain, Link, Period

YEAR = Period("year", 1.0)
UNKNOWN, NOISE = 0.1, 0.03
"""The part of the links of which nobody typed a figure, and what a typed one is off by."""


def year(links: int, seed: int = 3) -> Chain:
    """Return a chain of about so many links and one period, with what was typed of this year."""
    chain = synthetic(links * len(SEASONS))
    draw = random.Random(seed)
    levels = {key: (process.capacity or 0.0) * draw.uniform(0.2, 0.9) for key, process in chain.processes.items()}
    bought, sold = _shared(chain, draw)
    into, out = defaultdict[tuple[str, str], float](float), defaultdict[tuple[str, str], float](float)
    for key, process in chain.processes.items():
        for p, amount in process.inputs.items():
            into[process.actor, p] += amount * levels[key]
        for p, amount in process.outputs.items():
            out[process.actor, p] += amount * levels[key]
    carried = [_carried(e, link, bought, sold, into, out) for e, link in enumerate(chain.links)]
    known = [draw.random() >= UNKNOWN for _ in chain.links]
    return replace(
        chain,
        periods=(YEAR,),
        links=tuple(
            replace(link, periods=(YEAR.name,), today=amount * draw.gauss(1.0, NOISE) if told else None)
            for link, amount, told in zip(chain.links, carried, known, strict=True)
        ),
        processes={
            key: replace(process, today=levels[key] * draw.gauss(1.0, NOISE), capacity=None, calendar=Calendar((1.0,)))
            for key, process in chain.processes.items()
        },
        offers=tuple(replace(offer, maximum=None, calendar=Calendar((1.0,))) for offer in chain.offers),
        needs=tuple(replace(need, calendar=Calendar((1.0,))) for need in chain.needs),
    )


def _shared(chain: Chain, draw: random.Random) -> tuple[Mapping[int, float], Mapping[int, float]]:
    """Return the part that each link has of what its buyer takes in, and of what its seller puts out."""
    weights = [draw.uniform(0.2, 1.0) for _ in chain.links]
    ends: list[dict[int, float]] = []
    for of in (lambda link: (link.to, link.product), lambda link: (link.from_, link.product)):
        total = defaultdict[tuple[str, str], float](float)
        for link, weight in zip(chain.links, weights, strict=True):
            total[of(link)] += weight
        ends.append({e: weights[e] / total[of(link)] for e, link in enumerate(chain.links)})
    return ends[0], ends[1]


def _carried(
    e: int, link: Link, bought: Mapping[int, float], sold: Mapping[int, float], into: Mapping[tuple[str, str], float],
    out: Mapping[tuple[str, str], float],
) -> float:  # fmt: skip
    """Return what a link carried: its part of what its buyer's activities took in, or else its seller's put out."""
    if taken := into.get((link.to, link.product)):
        return taken * bought[e]
    return out.get((link.from_, link.product), 5.0 * bought[e] / sold[e]) * sold[e]


def line(links: int, method: str) -> Iterator[str]:
    """Yield one row of the table: what was reconciled, its seconds, and the most memory held."""
    chain = year(links)
    made, started = peak(), time.process_time()
    found = today_by(method, chain)  # type: ignore[arg-type]
    spent = time.process_time() - started
    assert found.solution.plan is not None
    figures = len(found.reconciliation.figures) if found.reconciliation else 0
    yield (
        f"| {len(chain.links):,} links, {figures:,} figures, {method} | {spent:.1f} | {peak() / 1024:.1f}, "
        f"the chain {made / 1024:.1f} |"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--links", type=int, default=50_000)
    asked.add_argument("--method", default="least-change", choices=("least-change", "least-squares", "none"))
    options = asked.parse_args()
    print("| this year of | processor seconds | memory (GiB) |\n|---|---|---|")
    for row in line(options.links, options.method):
        print(row, flush=True)


if __name__ == "__main__":
    main()
