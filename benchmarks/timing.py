"""Processor time, and the lines of the one table."""

from __future__ import annotations

import statistics
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


def alternating(ours: Callable[[], object], theirs: Callable[[], object], repeats: int) -> list[tuple[float, float]]:
    """Return what both took, run after run in turn: what slows the machine for a while slows both."""
    found = []
    for _ in range(repeats):
        beside = timed(theirs)[0]
        found.append((timed(ours)[0], beside))
    return found


def quartiles(values: list[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile."""
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def compared(what: str, pairs: list[tuple[float, float]], target: str = "") -> str:
    """Return a line with the medians of both, and of their ratio with its quartiles."""
    low, middle, high = quartiles([ours / theirs for ours, theirs in pairs])
    ours, theirs = (statistics.median(each) for each in zip(*pairs, strict=True))
    said = f"{middle:.2f} × as long ({low:.2f} to {high:.2f}, {len(pairs)} runs)"
    return _line(what, ours, theirs, said, target)


def slower(what: str, ours: float, theirs: float, target: str = "") -> str:
    """Return a line that says how many times as long filiere takes."""
    return _line(what, ours, theirs, f"{ours / theirs:.2f} × as long", target)


def faster(what: str, ours: float, theirs: float, target: str = "") -> str:
    """Return a line that says how many times faster filiere is."""
    return _line(what, ours, theirs, f"{theirs / ours:.1f} × faster", target)


def _line(what: str, ours: float, theirs: float, ratio: str, target: str) -> str:
    return f"| {what} | {ours:.3f} | {theirs:.3f} | {ratio} | {target} |"
