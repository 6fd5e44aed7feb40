"""The worked examples: what is asked of them, beside one plan's own solve in the same run.

Those of ``benchmarks/data`` stay as they are, so that what the examples gain moves no yardstick; ``now`` are the
examples that come with filiere today.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.timing import quartiles, slower, timed
from filiere.analysis.explain.levers import explain
from filiere.analysis.stress.stress import stress
from filiere.chain.chain import Chain
from filiere.pipeline import check, compare, pareto, read, run, share, steps
from filiere.sector import bundled_template
from filiere.solver.solve import solve

SECTORS = ("food", "culture")
BOOKS = ("kept", "now")
DATA = Path(__file__).parent / "data"
SHARED, SHARE_TARGET = "shared among its members", "≤ 30 ×"


def examples(repeats: int = 9, books: Sequence[str] = BOOKS, sectors: Sequence[str] = SECTORS) -> Iterator[str]:
    """Yield a line for each question: the median of so many runs, with the quartiles in the label."""
    with tempfile.TemporaryDirectory() as folder:
        for book in books:
            for sector in sectors:
                path = DATA / f"{sector}.xlsx"
                if book == "now":
                    path = Path(folder) / f"{sector}.xlsx"
                    path.write_bytes(bundled_template(f"{sector}_example_en.xlsx"))
                yield from _asked(f"{sector}, {book}", path, repeats)


def _asked(name: str, path: Path, repeats: int) -> Iterator[str]:
    chain = read(path)
    _, alone, _ = _quartiles(lambda: solve(chain), repeats)
    apart = without_means(chain)
    _, bare, _ = _quartiles(lambda: solve(apart), repeats)
    yield slower(f"{name}: one plan / the same without pooled means and choices", alone, bare, "2 ×")
    asked: dict[str, Callable[[], object]] = {
        "check": lambda: check(path),
        "solve, with its actions": lambda: steps(run(path)),
        "explain": lambda: explain(chain),
        "stress": lambda: stress(chain),
        "pareto, 20 points": lambda: pareto(path, "cost", "dependency"),
        "compare, with what each change brings": lambda: compare([path]),
        SHARED: lambda: share(path),
    }
    for what, work in asked.items():
        low, middle, high = _quartiles(work, repeats)
        target = SHARE_TARGET if what == SHARED else ""
        yield slower(f"{name}: {what} ({low:.2f} to {high:.2f} s) / one plan", middle, alone, target)


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
