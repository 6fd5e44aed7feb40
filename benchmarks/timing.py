"""Processor time, and the lines of the one table."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")

HEAD = "| what | filiere (s) | beside it (s) | ratio | target |\n|---|--:|--:|--:|--:|"


def timed(work: Callable[[], Value]) -> tuple[float, Value]:
    """Return the processor time of ``work`` in seconds, and its value."""
    started = time.process_time()
    value = work()
    return time.process_time() - started, value


def slower(what: str, ours: float, theirs: float, target: str = "") -> str:
    """Return a line that says how many times as long filiere takes."""
    return _line(what, ours, theirs, f"{ours / theirs:.2f} × as long", target)


def faster(what: str, ours: float, theirs: float, target: str = "") -> str:
    """Return a line that says how many times faster filiere is."""
    return _line(what, ours, theirs, f"{theirs / ours:.1f} × faster", target)


def _line(what: str, ours: float, theirs: float, ratio: str, target: str) -> str:
    return f"| {what} | {ours:.3f} | {theirs:.3f} | {ratio} | {target} |"
