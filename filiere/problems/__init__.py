"""Problems are values: what was found, where, what the rule is and how to correct it.

A :class:`Code` is declared once, in the catalogue file of the stage that finds it; a :class:`Problem` is
one occurrence with its cell and its facts. Nothing here prints or decides an exit code.
"""

from filiere.problems.problem import (
    Cell,
    Code,
    Problem,
    Severity,
    WorkbookError,
    cells_together,
    errors,
    tally,
    worst_first,
)

__all__ = ["Cell", "Code", "Problem", "Severity", "WorkbookError", "cells_together", "errors", "tally", "worst_first"]
