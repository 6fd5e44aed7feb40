"""The worked examples: what is asked of them, beside one plan's own solve in the same run.

Those of ``benchmarks/data`` stay as they are, so that what the examples gain moves no yardstick; ``now`` are the
examples that come with filiere today.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.timing import alternating, compared
from filiere.analysis.explain.levers import explain
from filiere.analysis.stress.stress import stress
from filiere.chain.chain import Chain
from filiere.pipeline import check, compare, pareto, read, run, share, steps
from filiere.sector import bundled_template
from filiere.solver.solve import solve

SECTORS = ("food", "culture")
BOOKS = ("kept", "now")
DATA = Path(__file__).parent / "data"
STUDIES = ("means", "check", "solve", "explain", "stress", "pareto", "compare", "share")
SAID = {
    "check": "check", "solve": "solve, with its actions", "explain": "explain", "stress": "stress",
    "pareto": "pareto, 20 points", "compare": "compare, with what each change brings",
    "share": "shared among its members",
}  # fmt: skip
TARGETS = {"means": "2 ×", "share": "≤ 30 ×"}


def examples(
    repeats: int = 9, books: Sequence[str] = BOOKS, sectors: Sequence[str] = SECTORS, studies: Sequence[str] = STUDIES
) -> Iterator[str]:
    """Yield a line for each study: the median of so many runs, each beside one plan's own solve, with the quartiles."""
    with tempfile.TemporaryDirectory() as folder:
        for book in books:
            for sector in sectors:
                path = DATA / f"{sector}.xlsx"
                if book == "now":
                    path = Path(folder) / f"{sector}.xlsx"
                    path.write_bytes(bundled_template(f"{sector}_example_en.xlsx"))
                yield from _asked(f"{sector}, {book}", path, repeats, studies)


def _asked(name: str, path: Path, repeats: int, studies: Sequence[str]) -> Iterator[str]:
    """Every run has a chain of its own: what is kept of the one before would save it the building."""
    chain = read(path)
    apart = without_means(chain)
    asked: dict[str, Callable[[], object]] = {
        "check": lambda: check(path),
        "solve": lambda: steps(run(path)),
        "explain": lambda: explain(replace(chain)),
        "stress": lambda: stress(replace(chain)),
        "pareto": lambda: pareto(path, "cost", "dependency"),
        "compare": lambda: compare([path]),
        "share": lambda: share(path),
    }

    def alone() -> object:
        return solve(replace(chain))

    if "means" in studies:
        pairs = alternating(alone, lambda: solve(replace(apart)), repeats)
        yield compared(f"{name}: one plan / the same without pooled means and choices", pairs, TARGETS["means"])
    for study, work in asked.items():
        if study in studies:
            pairs = alternating(work, alone, repeats)
            yield compared(f"{name}: {SAID[study]} / one plan", pairs, TARGETS.get(study, ""))


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
