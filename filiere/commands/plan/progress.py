"""How far a run of many tasks has come, on the line that a terminal shows."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType

from filiere.commands import ticker
from filiere.language import Label

_OF = Label("{stage}: {done} of {total} done", "{stage} : {done} sur {total}")


class Progress:
    """Shows how many tasks of each stage of a run are done, where what is under way is shown.

    Used as a context, and called as ``progress(stage, done, total)``; ``labels`` names the stages.
    """

    def __init__(self, labels: Mapping[str, Label]) -> None:
        self._labels = labels

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ticker.tell_task(None)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell that ``done`` of the ``total`` tasks of a stage are done."""
        under_way = 0 <= done < total
        told = _OF.fill(stage=self._labels[stage], done=str(done), total=str(total))
        ticker.tell_task(told if under_way else None)
