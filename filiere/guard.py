"""Ctrl-C, closed streams and limits of memory: what a run is guarded against from its first moment on.

Nothing but the standard library is imported here, and little of it: a second is long to somebody who pressed Ctrl-C.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from filiere.language import Label, asked_language

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

INTERRUPTED = 130
_OUTPUT = 5
_PATIENCE = 2.0
"""Seconds that a library which does not listen may go on after Ctrl-C."""
_TO_SOLVE, _TO_READ = 640_000_000, 480_000_000
"""Bytes of addresses without which nothing is begun: the libraries alone take most of it, and some of them wait for
ever for the rest."""
_READS = frozenset({"doctor", "check", "gather", "collect"})
_ALMOST_NOTHING = frozenset({"--help", "-h", "--version", "new"})
_NO_MEMORY = Label(
    "There is not enough memory to go on{allowed}. Close other programs, raise the limit, or use a machine with more "
    "memory; then run the command again.",
    "Il n'y a pas assez de mémoire pour continuer{allowed}. Fermez d'autres logiciels, relevez la limite, ou prenez "
    "une machine qui en a davantage ; puis relancez la commande.",
)
_LIMITED = Label(
    " (ulimit -v allows {size} MB, a small plan takes {least})",
    " (ulimit -v accorde {size} Mo, un petit plan en demande {least})",
)


class Interruptions:
    """What Ctrl-C does: an exception where it can be told what became of files, else the end at once."""

    def __init__(self) -> None:
        self.pressed = 0
        self.saving = False
        """Whether a long study is under way, of which what is finished is kept: only a second press ends it at once."""
        self.naming = False
        """Whether files are taking their names, which no press may cut short."""
        self.line: Callable[[], str] = lambda: "Interrupted. / Interrompu."
        self._heard = threading.Event()

    def listen(self) -> None:
        """Take Ctrl-C over, during imports and inside libraries that do not listen too."""
        signal.signal(signal.SIGINT, self._press)
        if "--traceback" not in sys.argv:
            sys.unraisablehook = _told_nobody
        if os.name == "posix":
            hears, tells = os.pipe()
            os.set_blocking(tells, False)
            signal.set_wakeup_fd(tells, warn_on_full_buffer=False)
            threading.Thread(target=self._watch, args=(hears,), daemon=True).start()

    @contextlib.contextmanager
    def keeping(self) -> Iterator[None]:
        """Let a press wait for the step under way: what is finished inside is kept."""
        before, self.saving = self.saving, True
        try:
            yield
        finally:
            self.saving = before

    @contextlib.contextmanager
    def none(self) -> Iterator[None]:
        """Put off a press until what is inside, which takes a moment, is done."""
        before, self.naming = self.pressed, True
        try:
            yield
        finally:
            self.naming = False
        if self.pressed > before:
            raise KeyboardInterrupt

    def end(self) -> NoReturn:
        """Say that the run was interrupted, and be gone."""
        end(INTERRUPTED, self.line())

    def _press(self, _number: int, frame: FrameType | None) -> None:
        self.pressed += 1
        self._heard.set()
        if self.naming:
            return  # it takes a moment; the run ends after it
        if _imports(frame) or (self.pressed > 1 and not _clears_away(frame)):
            self.end()
        raise KeyboardInterrupt

    def _watch(self, hears: int) -> None:
        while signal.SIGINT in os.read(hears, 1):
            if not self._heard.wait(_PATIENCE) and not self.saving and not self.naming:
                self.end()
            self._heard.clear()


INTERRUPTIONS = Interruptions()


def _told_nobody(fault: UnraisableHookArgs) -> None:
    """Say nothing of what went wrong in clearing away, but go on with an interruption that fell into it."""
    if fault.exc_type is KeyboardInterrupt:
        _thread.interrupt_main()


def _imports(frame: FrameType | None) -> bool:
    """Whether a module is being imported: a library may take the exception for a missing one of its own."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _clears_away(frame: FrameType | None) -> bool:
    """Whether the press is told again, having fallen into the clearing away of an object, which swallows it."""
    return frame is not None and frame.f_code.co_name == "_told_nobody"


def end(code: int, line: str = "") -> NoReturn:
    """End the process now, whatever threads and libraries would still say."""
    for told in _SAYS_IT_LEFT:
        os.write(told, b"!")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue
    if line:
        with contextlib.suppress(OSError, ValueError):  # nobody may listen
            os.write(2 if sys.stderr is None else sys.stderr.fileno(), f"{line}\n".encode(errors="replace"))
    os._exit(code)


def occupy_streams() -> None:
    """Put the null device where a standard stream is closed, so that no file we open gets its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)


def memory_limit() -> int | None:
    """Return the bytes of addresses that the system allows this process, None where it sets no limit."""
    try:
        import resource
    except ImportError:
        return None  # Windows
    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if allowed == resource.RLIM_INFINITY else int(allowed)


def go_on_within(limit: int | None) -> None:
    """Go on under a limit of memory: not at all where it is too low for what is asked, else watched."""
    if limit is None:
        return
    words = set(sys.argv[1:])
    solves = bool(words) and not words & (_ALMOST_NOTHING | _READS)
    if limit < (_TO_SOLVE if solves else 0 if words & _ALMOST_NOTHING else _TO_READ):
        end(_OUTPUT, too_little_memory(limit).to(asked_language()))
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # each thread wants a stack and buffers of its own
    _go_on_watched(limit)
    if solves:
        _take_working_memory()


def _take_working_memory() -> None:
    """Let the libraries of linear algebra take their buffers while there is room: later they would wait for ever."""
    import numpy as np
    from scipy.linalg import solve_triangular

    solve_triangular(np.eye(3) @ np.eye(3), np.ones(3))


def _go_on_watched(limit: int) -> None:
    """Go on in a second process, and say here what became of it where it dies of the limit.

    Libraries that get no memory abort, or write what nobody understands on standard error; the second process keeps
    that stream for our own messages, and ends with this one.
    """
    left, leaves = os.pipe()
    ended, ends = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(left)
        os.close(ends)
        _SAYS_IT_LEFT.append(leaves)
        threading.Thread(target=_end_with, args=(ended,), daemon=True).start()
        _keep_standard_error()
        return
    os.close(leaves)
    os.close(ended)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which the other one hears too
    _, status = os.waitpid(child, 0)
    if not os.read(left, 1):
        end(_OUTPUT, too_little_memory(limit).to(asked_language()))
    end(os.waitstatus_to_exitcode(status))


_SAYS_IT_LEFT: list[int] = []
"""Where a watched process says that it ends by its own will."""


def _end_with(ended: int) -> None:
    """End when the process that watches this one has."""
    os.read(ended, 1)
    os._exit(INTERRUPTED)


def _keep_standard_error() -> None:
    kept = os.dup(2)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    if sys.stderr is not None:
        sys.stderr = open(kept, "w", encoding=sys.stderr.encoding, buffering=1)  # noqa: SIM115, PTH123


def too_little_memory(limit: int | None) -> Label:
    """Return what is said where there is not enough memory, and what to do."""
    sizes = {"size": str((limit or 0) // 1_000_000), "least": str(_TO_SOLVE // 1_000_000)}
    allowed = _LIMITED.fill(**sizes) if limit is not None else Label("", "")
    return _NO_MEMORY.fill(allowed=allowed)
