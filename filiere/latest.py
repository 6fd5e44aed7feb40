"""What was worked out last is kept for whoever asks for the same again, in whichever thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from operator import is_
from typing import Any, TypeVar, TypeVarTuple

Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")


class latest:  # noqa: N801 - it stands where lru_cache does
    """A function whose latest ``count`` answers are kept, each as long as its arguments are the same objects.

    ``alike`` compares an argument otherwise; an answer is kept only where it is ``worth`` it. The workers of a cluster
    are threads of one process, and ask at the same time.
    """

    def __init__(
        self, count: int, alike: Callable[[Any, Any], bool] = is_, worth: Callable[[Any], bool] | None = None
    ) -> None:
        self._count, self._alike, self._worth = count, alike, worth
        # Never changed in place: another thread that looks through it meanwhile goes on with the one before.
        self._kept: tuple[tuple[tuple[Any, ...], Any], ...] = ()

    def __call__(self, work: Callable[[*Asked], Answer]) -> Callable[[*Asked], Answer]:
        """Return the function that keeps what ``work`` answers."""

        @wraps(work)
        def kept(*asked: *Asked) -> Answer:
            found = next((pair for pair in self._kept if all(map(self._alike, pair[0], asked))), None)
            if found is None:
                found = (asked, work(*asked))
                if self._worth is not None and not self._worth(found[1]):
                    return found[1]
            # To the end, as what is worked on is asked for between others.
            self._kept = (*(pair for pair in self._kept if pair is not found), found)[-self._count :]
            return found[1]

        return kept
