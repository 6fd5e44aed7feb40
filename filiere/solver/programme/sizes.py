"""Which sizes of projects nothing bounds: told before anything is solved, mostly after a look at the workbook alone."""

from __future__ import annotations

from filiere.chain.chain import Chain
from filiere.problems import Problem, WorkbookError

PLACEHOLDER = 1e9
"""From here on a size that nothing bounds is none."""


def unbounded_sizes(chain: Chain) -> list[Problem]:
    """Return what is wrong with the sizes of a chain's projects: those that nothing bounds."""
    projects = [p.capacity for p in chain.processes.values() if p.candidate]
    projects += [link.maximum for link in chain.links if link.candidate]
    projects += [link.round_maximum for link in chain.links if link.round]
    if not any(size is not None and size >= PLACEHOLDER for size in projects):
        return []
    # Nearly no workbook has such a size: the programme and its libraries are loaded for those that have one.
    from filiere.solver.programme.compile import compiled

    try:
        compiled(chain)
    except WorkbookError as error:
        return list(error.problems)
    return []
