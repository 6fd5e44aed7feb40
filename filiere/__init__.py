"""See and redesign the sector chain of a territory, from Python as from the command line.

``read``, ``check``, ``run``, ``share``, ``pareto`` take a workbook, ``compare`` several, ``gather_files`` files of any
kind, ``questionnaires`` asks members and ``complete`` takes their answers; ``solve_chain``, ``no_worse_off`` and
``pyomo_model`` take a chain, ``pareto_point`` a front, ``steps`` a result: what has to be done. Nothing heavy is
imported before it is used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # that of typing would take longer to import than all there is here
if TYPE_CHECKING:
    from filiere.pipeline import (
        check,
        compare,
        complete,
        gather_files,
        no_worse_off,
        pareto,
        pareto_point,
        pyomo_model,
        questionnaires,
        read,
        run,
        share,
        solve_chain,
        steps,
    )

__version__ = "0.1.0"

__all__ = [
    "__version__", "check", "compare", "complete", "gather_files", "no_worse_off", "pareto", "pareto_point",
    "pyomo_model", "questionnaires", "read", "run", "share", "solve_chain", "steps",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    import importlib

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module("filiere.pipeline"), name)
    return found
