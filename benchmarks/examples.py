"""The worked examples: what is asked of them, beside one plan's own solve in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.timing import quartiles, slower, timed
from filiere.analysis.explain.levers import explain
from filiere.analysis.stress.stress import stress
from filiere.chain.chain import Chain
from filiere.pipeline import check, pareto, read, run, share, steps
from filiere.solver.solve import solve

SECTORS = ("food", "culture")
SHARED, SHARE_TARGET = "shared among its members", "≤ 30 ×"


def examples(repeats: int = 9) -> Iterator[str]:
    """Yield a line for each question: the median of so many runs, with the quartiles in the label."""
    from filiere.sector import bundled_template

    with tempfile.TemporaryDirectory() as folder:
        for sector in SECTORS:
            path = Path(folder) / f"{sector}.xlsx"
            path.write_bytes(bundled_template(f"{sector}_example_en.xlsx"))
            chain = read(path)
            _, alone, _ = _quartiles(lambda c=chain: solve(c), repeats)
            apart = without_means(chain)
            _, bare, _ = _quartiles(lambda c=apart: solve(c), repeats)
            yield slower(f"{sector}: one plan / the same without pooled means and choices", alone, bare, "2 ×")
            asked: dict[str, Callable[[], object]] = {
                "check": lambda p=path: check(p),
                "solve, with its actions": lambda p=path: steps(run(p)),
                "explain": lambda c=chain: explain(c),
                "stress": lambda c=chain: stress(c),
                "pareto, 20 points": lambda p=path: pareto(p, "cost", "dependency"),
                SHARED: lambda p=path: share(p),
            }
            for what, work in asked.items():
                low, middle, high = _quartiles(work, repeats)
                target = SHARE_TARGET if what == SHARED else ""
                yield slower(f"{sector}: {what} ({low:.2f} to {high:.2f} s) / one plan", middle, alone, target)


def without_means(chain: Chain) -> Chain:
    """Return a chain whose links and stocks use no means, and whose activities take the first input of each choice."""
    processes = {}
    for key, process in chain.processes.items():
        inputs = dict(process.inputs)
        for first, *_ in process.choices.values():
            inputs[first.product] = inputs.get(first.product, 0.0) + first.quantity
        processes[key] = replace(process, inputs=inputs, choices={})
    return replace(
        chain,
        processes=processes,
        links=tuple(replace(link, uses=None) for link in chain.links),
        storages={place: replace(stock, uses=None) for place, stock in chain.storages.items()},
    )


def _quartiles(work: Callable[[], object], repeats: int) -> tuple[float, float, float]:
    return quartiles([timed(work)[0] for _ in range(repeats)])
