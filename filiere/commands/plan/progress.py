"""A bar on standard error for work that takes longer than a moment."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any

import click

from filiere.commands import ticker
from filiere.commands.common import Console
from filiere.language import Label


class Progress:
    """Shows how far each stage of a run has come, on a terminal alone; silent for ``--quiet`` and ``--json``.

    Used as a context, and called as ``progress(stage, done, total)``; ``labels`` names the stages.
    """

    def __init__(self, console: Console, labels: Mapping[str, Label]) -> None:
        self._voice, self._labels = console, labels
        self._open = ExitStack()
        self._aside = ExitStack()
        self._bar: Any = None
        self._stage, self._shown = "", 0

    def __enter__(self) -> Progress:
        self._aside.enter_context(ticker.aside())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        self._aside.close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell that ``done`` of the ``total`` tasks of a stage are done."""
        if self._voice.quiet or self._voice.as_json or total == 0:
            return
        if stage != self._stage:
            self._close()
            self._stage, self._shown = stage, 0
        if self._bar is None and done < total and sys.stderr.isatty():
            label = self._labels[stage].to(self._voice.language)
            self._bar = self._open.enter_context(click.progressbar(length=total, label=label, file=sys.stderr))
        if self._bar is not None:
            self._bar.update(done - self._shown)
            self._shown = done
            if done == total:
                self._close()

    def _close(self) -> None:
        self._open.close()
        self._bar = None
