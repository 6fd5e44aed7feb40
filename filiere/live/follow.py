"""When a workbook has a new content: told by events, and by a short poll where a disk tells none."""

from __future__ import annotations

import hashlib
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

POLL = 0.4
"""Seconds between two looks at the file; network drives and synchronised folders often tell no event."""
HALF_WRITTEN = 10.0
"""Seconds that a file which is no whole zip archive is waited for: it is being saved."""


class Follower:
    """Waits for new contents of a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stirred = threading.Event()
        self._seen = ""
        self._look: tuple[int, int] | None = None
        self._broken_since: float | None = None
        self._observer = _observer(path.resolve().parent, self._stirred)

    def changed(self, patience: float) -> bool:
        """Wait for ``patience`` seconds at most; return whether the file has a content that was not there before."""
        self._stirred.wait(patience)
        stirred = self._stirred.is_set()
        self._stirred.clear()
        try:
            stat = self.path.stat()
            look = (stat.st_mtime_ns, stat.st_size)
            if look == self._look and not stirred and self._broken_since is None:
                return False
            content = self.path.read_bytes()
        except OSError:
            return False  # it is being replaced, or held: the next look will tell
        self._look = look
        digest = hashlib.sha256(content).hexdigest()
        if digest == self._seen:
            self._broken_since = None
            return False
        if not zipfile.is_zipfile(self.path):
            now = time.monotonic()
            self._broken_since = self._broken_since or now
            if now - self._broken_since < HALF_WRITTEN:
                return False
        self._broken_since = None
        self._seen = digest
        return True

    def stop(self) -> None:
        """Look no more."""
        if self._observer is not None:
            self._observer.stop()


def _observer(folder: Path, stirred: threading.Event) -> BaseObserver | None:
    """Return what is told of events in a folder, None where the system has none to tell."""
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    class Stir(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type not in ("opened", "closed_no_write"):
                stirred.set()

    try:
        observer = Observer()
        observer.daemon = True
        observer.schedule(Stir(), str(folder))
        observer.start()
    except (OSError, RuntimeError):
        return None  # too many watches, or none at all: the poll is enough
    return observer
