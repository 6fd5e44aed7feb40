"""What is raised where least squares end nowhere, known to whoever may have to say so."""

from __future__ import annotations


class NoConvergenceError(Exception):
    """The figures defeat every method: scales too far apart."""
