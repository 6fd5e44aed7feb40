"""One line on a terminal that says what is being worked on, and for how long: a long solve is not a dead program."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator

from filiere import watch
from filiere.language import Label, Language

PATIENCE, EVERY = 1.0, 0.5
"""Seconds before the line is shown, and between two of its states."""


class Ticker:
    """Shows what is being worked on, on standard error where that is a terminal; steps aside for any other text."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._stage: Label = watch.STARTING
        self._task: Label | None = None
        self._started = time.monotonic()
        self._shown = 0
        self._stopped = False
        self._lock = threading.RLock()
        self._over = threading.Event()

    def stage(self, stage: Label) -> None:
        """Take note of what begins."""
        self._stage = stage

    def task(self, task: Label | None) -> None:
        """Take note of which of many alike is under way: said instead of what it does."""
        self._task = task

    def tick(self) -> None:
        """Show the present state, where there is something to show."""
        with self._lock:
            elapsed = time.monotonic() - self._started
            if self._stopped or elapsed < PATIENCE:
                return
            minutes, seconds = divmod(int(elapsed), 60)
            told = f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s"
            line = f"{(self._task or self._stage).to(self.language)} · {told}"
            sys.stderr.write(f"\r{line.ljust(self._shown)}")
            sys.stderr.flush()
            self._shown = len(line)

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        with self._lock:
            if self._shown:
                sys.stderr.write(f"\r{' ' * self._shown}\r")
                sys.stderr.flush()
                self._shown = 0

    def run(self) -> None:
        """Go on until it is over."""
        while not self._over.wait(EVERY):
            self.tick()

    def stop(self) -> None:
        """End, and leave no line behind."""
        self._over.set()
        self.clear()
        with self._lock:
            self._stopped = True


_CURRENT: list[Ticker] = []


@contextlib.contextmanager
def ticking(language: Language, shown: bool) -> Iterator[None]:
    """Show what is being worked on while a command runs: on a terminal alone, and where ``shown``."""
    if not shown or not sys.stderr.isatty():
        yield
        return
    ticker = Ticker(language)
    _CURRENT.append(ticker)
    enough = watch.look_on(ticker.stage)
    threading.Thread(target=ticker.run, daemon=True).start()
    try:
        yield
    finally:
        enough()
        ticker.stop()
        _CURRENT.remove(ticker)


def clear() -> None:
    """Take the line away, where one is shown."""
    for ticker in _CURRENT:
        ticker.clear()


def tell_task(task: Label | None) -> None:
    """Say which of many alike is under way; None when all are done."""
    for ticker in _CURRENT:
        ticker.task(task)
