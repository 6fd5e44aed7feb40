"""Standard output and standard error, whatever has become of them: closed, full, or with nobody at the other end.

What a run has to do does not hang on who listens: it goes on, its files are written, its exit code is kept. What could
not be said is told at the end where there is still a stream for it.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

from filiere.language import Label, as_written

LOST = Label(
    "What was to be printed is lost: standard output cannot be written ({reason}). Files that the command "
    "writes are written all the same; send the text elsewhere and run the command again.",
    "Ce qui devait être affiché est perdu : la sortie ne peut pas être écrite ({reason}). Les fichiers que "
    "la commande écrit le sont malgré tout ; envoyez le texte ailleurs et relancez la commande.",
)
_CLOSED = Label("it is closed", "elle est fermée")
_FULL = Label("the disk is full", "le disque est plein")

PLAINLY = "filiere-plainly"
"""How what a stream cannot write is written: signs of ours by plain ones, so that numbers stay numbers."""
_PLAIN = {
    "\u202f": " ", "\u2068": "", "\u2069": "", "−": "-", "→": "->", "≤": "<=", "≥": ">=", "≠": "!=", "–": "-",
    "…": "...", "’": "'", "“": '"', "”": '"', "œ": "oe", "Œ": "OE", "€": "EUR",
}  # fmt: skip


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(sign: str) -> str:
    if sign in _PLAIN:
        return _PLAIN[sign]
    letter = unicodedata.normalize("NFD", sign)[0]
    return letter if letter.isascii() else "?"


codecs.register_error(PLAINLY, _plainly)


_BAR = r"\r\x1b\[\?25l|\x1b\[\?25h|\r(?=\n)"
"""What draws the bar of progress."""
_COMMANDS = re.compile(rf"({_BAR})|[\x00-\x08\x0b-\x1f\x7f-\x9f]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that a screen obeys instead of showing them: controls, and those that turn the direction of the text."""


def shown(text: str) -> str:
    """Return ``text`` as a screen may have it: names from a workbook or a folder give it no commands."""
    return _COMMANDS.sub(lambda sign: sign[1] or ("\ufffd" if sign[0] < "\u0100" else ""), text)


class Patient(io.TextIOBase):
    """A stream that swallows what can no longer be written, and remembers why."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.lost: Label | None = None
        """Why something that was to be said is lost; a reader who left (``| head -1``) wanted no more."""
        self._dead = stream is None

    def write(self, text: str) -> int:
        """Write ``text``, or let it go."""
        if self._dead:
            self.lost = self.lost or (_CLOSED if text and self.stream is None else None)
            return len(text)
        with self._surviving():
            self.stream.write(shown(text))
        return len(text)

    def flush(self) -> None:
        """Send what was written on its way."""
        if not self._dead:
            with self._surviving():
                self.stream.flush()

    @contextlib.contextmanager
    def _surviving(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as fault:
            self._dead = True
            number = getattr(fault, "errno", errno.EBADF)
            if number not in (errno.EPIPE, errno.EINVAL):  # the second is how Windows says that nobody reads
                full = number in (errno.ENOSPC, errno.EDQUOT)
                why = getattr(fault, "strerror", None) or type(fault).__name__
                self.lost = _FULL if full else _CLOSED if number == errno.EBADF else as_written(why)
            self._discard()

    def _discard(self) -> None:
        """Let what is still held back go nowhere, or it would be tried again as the program ends."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, self.stream.fileno())
            os.close(null)
        with contextlib.suppress(OSError, ValueError, AttributeError):
            self.stream.flush()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """How the stream writes letters."""
        return getattr(self.stream, "encoding", None) or "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        """What becomes of letters that it cannot write."""
        return PLAINLY

    def isatty(self) -> bool:
        """Whether somebody sees it on a screen."""
        try:
            return not self._dead and bool(self.stream.isatty())
        except (OSError, ValueError, AttributeError):
            return False

    def fileno(self) -> int:
        """Return the number of the stream."""
        if self.stream is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return int(self.stream.fileno())

    def writable(self) -> bool:
        """Return that it can be written to: it takes everything."""
        return True


@contextlib.contextmanager
def patient_streams() -> Iterator[tuple[Patient, Patient]]:
    """Let both streams take whatever is said, and lack no letter, while a command runs."""
    before = sys.stdout, sys.stderr
    for stream in before:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=PLAINLY)  # a console that lacks a character must not end the run
    out, err = Patient(sys.stdout), Patient(sys.stderr)
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before
