"""How long filiere takes, as ratios measured in one run: ``python -m benchmarks``.

Processor time, so that a busy machine changes little; each pair is measured one after the other in one process, which
looks for garbage no more often than the command does.
``--only`` takes some of the parts, ``--flows`` and ``--rows`` other sizes, ``--studies`` some of what is asked of the
examples, ``--repeats`` another number of runs of each than nine, of which the median counts.
"""

from __future__ import annotations

import argparse
import gc
import platform
from collections.abc import Iterator
from importlib import metadata
from itertools import chain

from benchmarks.examples import BOOKS, SECTORS, STUDIES, examples
from benchmarks.location import locations
from benchmarks.memory import memory
from benchmarks.solving import front, table_to_solution, variants
from benchmarks.timing import HEAD
from benchmarks.workbooks import workbooks
from filiere.__main__ import GARBAGE

PARTS = ("examples", "solving", "variants", "front", "workbooks", "memory", "location")


def lines(options: argparse.Namespace) -> Iterator[str]:
    """Every line of the table, as it is measured."""
    measured = {
        "examples": examples(options.repeats, options.books, options.sectors, options.studies),
        "solving": (line for flows in options.flows for line in table_to_solution(flows, options.repeats)),
        "variants": variants(10_000, options.variants),
        "front": front(10_000, 20),
        "workbooks": (line for rows in options.rows for line in workbooks(rows)),
        "memory": (line for flows in options.flows for line in memory(flows)),
        "location": (line for arcs in options.arcs for line in locations(arcs, options.repeats)),
    }
    return chain.from_iterable(measured[part] for part in options.only)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--flows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked.add_argument("--arcs", type=int, nargs="+", default=[10_000, 100_000])
    asked.add_argument("--variants", type=int, default=100)
    asked.add_argument("--repeats", type=int, default=9)
    asked.add_argument("--books", nargs="+", choices=BOOKS, default=BOOKS)
    asked.add_argument("--sectors", nargs="+", choices=SECTORS, default=SECTORS)
    asked.add_argument("--studies", nargs="+", choices=STUDIES, default=STUDIES)
    asked.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = asked.parse_args()
    gc.set_threshold(*GARBAGE)
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("pyomo", "highspy", "openpyxl", "xlsxwriter"))
    print(f"Python {platform.python_version()}, {versions}; processor seconds of one core\n\n{HEAD}")
    for line in lines(options):
        print(line, flush=True)


if __name__ == "__main__":
    main()
