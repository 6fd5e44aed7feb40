"""Writing that is stopped at any moment: ``python -m tests.workbook.killing 400`` tries so many.

Each trial forks a process that writes a workbook and stops it after a random delay, by Ctrl-C, ``kill`` or
``kill -9``; the file must then be the old one, the new one or none, each whole. ``--whole`` runs ``filiere solve``
rather than the writing alone, ``--at-once`` four writers on one file, ``--careless`` a writer that these trials find
out. Prints what was seen; leaves with 1 where something was broken.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import pkgutil
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from filiere.workbook.outputs.output import OutputError, write_bytes

Writer = Callable[[Path, bool], object]
SIGNALS = {"Ctrl-C": "SIGINT", "kill": "SIGTERM", "kill -9": "SIGKILL"}
WAYS = {"a new file": (False, False), "an old file, by force": (True, True), "an old file": (True, False)}
"""What is written over → whether a file stands there, and whether it is replaced by force."""
OLD = b"the only copy" * 10_000
AT_ONCE = 4


def forked(work: Callable[[], object], silent: bool = False) -> int:
    """Run ``work`` in a process of its own, which leaves with 0, 5 (refused) or 130 (Ctrl-C), and return its id.

    Ctrl-C waits until the new process is inside its own ``try``: sooner, it would unwind the frames that the process
    has from its parent, and clear the parent's folder.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process = os.fork()
    if process:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return process
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        code = _left_with(work, silent)
    finally:
        os._exit(code)


def _left_with(work: Callable[[], object], silent: bool) -> int:
    if silent:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    try:
        work()
    except OutputError:
        return 5
    except KeyboardInterrupt:
        return 130
    return 0


def workbook_bytes() -> bytes:
    """A workbook that people fill in."""
    return (Path(__file__).parents[2] / "data_templates" / "food_example_fr.xlsx").read_bytes()


def careful(path: Path, force: bool) -> object:
    return write_bytes(path, NEW, force=force)


def careless(path: Path, force: bool) -> object:
    """Write as a program does that nobody thought about, on a slow disk."""
    if path.exists() and not force:
        raise OutputError.__new__(OutputError)
    with path.open("wb") as file:
        for start in range(0, len(NEW), len(NEW) // 10):
            file.write(NEW[start : start + len(NEW) // 10])
            file.flush()
            time.sleep(0.002)
    return path


def whole_command(folder: Path) -> Writer:
    """Return the writer that solves a small workbook from its reading to its results."""
    import filiere
    from tests.commands.running import write
    from tests.wheat import WHEAT

    for module in pkgutil.walk_packages(filiere.__path__, "filiere."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    asked = write(folder / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))

    def solve(path: Path, force: bool) -> None:
        from filiere.commands import main

        sys.argv = ["filiere", "solve", str(asked), "-o", str(path), *(["--force"] if force else [])]
        try:
            main()
        except SystemExit as left:
            if left.code == 130:
                raise KeyboardInterrupt from None
            if left.code:
                raise OutputError.__new__(OutputError) from None

    return solve


NEW = workbook_bytes()


class Trials:
    """Trials in one folder, and what was seen in them."""

    def __init__(self, folder: Path, writer: Writer, silent: bool, suffixes: tuple[str, ...]) -> None:
        self.folder = folder
        self.writer = writer
        self.silent = silent
        self.suffixes = suffixes
        self.seen: Counter[str] = Counter()
        self.wholes = {OLD: "the old file", **self._written()}

    def _written(self) -> dict[bytes, str]:
        """Return what the writer writes when nothing stops it; sets how long that takes."""
        times = []
        for _ in range(3):
            self._clear()
            started = time.monotonic()
            os.waitpid(forked(lambda: self.writer(self.folder / "a.xlsx", False), self.silent), 0)
            times.append(time.monotonic() - started)
        self.longest = 1.2 * max(times)
        return {self._measure((self.folder / f"a{suffix}").read_bytes()): "the new file" for suffix in self.suffixes}

    def _measure(self, content: bytes) -> bytes:
        """Return what is compared: the content, less what tells when it was made."""
        if not self.silent:
            return content
        # The whole command writes the time taken: the size within a few bytes and both ends tell a whole file.
        return content[:4] + (b" whole" if _ends_well(content) else b" cut")

    def _clear(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()

    def stop_one(self, chance: random.Random) -> None:
        """Write once, stopped at a random moment by a random signal."""
        self._clear()
        said, number = chance.choice(list(SIGNALS.items()))
        way, (there, force) = chance.choice(list(WAYS.items()))
        path = self.folder / "a.xlsx"
        if there:
            path.write_bytes(OLD)
        process = forked(lambda: self.writer(path, force), self.silent)
        time.sleep(chance.uniform(0, self.longest))
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, getattr(signal, number))
        status = os.waitpid(process, 0)[1]
        self.seen["stopped while at it"] += os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 130
        for suffix in self.suffixes:
            found = self._look(self.folder / f"a{suffix}")
            wrong = found == "half a file" or (there and not force and suffix == ".xlsx" and found != "the old file")
            self.seen["broken"] += wrong or (there and found == "no file" and suffix == ".xlsx")
            self.seen[f"{way}, {said}: {found}" if wrong else f"{way}: {found}"] += 1
        self._look_around()

    def _look(self, path: Path) -> str:
        if not path.exists():
            return "no file"
        content = path.read_bytes()
        return self.wholes.get(content) or self.wholes.get(self._measure(content), "half a file")

    def _look_around(self) -> None:
        own = {f"a{suffix}" for suffix in self.suffixes}
        for name in {path.name for path in self.folder.iterdir()} - own:
            left = bool(re.fullmatch(r"\.filiere-[0-9a-f]{12}\.tmp", name))
            self.seen["temporary files left, to be removed by a later run" if left else "broken"] += 1

    def at_once(self, chance: random.Random) -> None:
        """Let several write the same file at the same time, each its own content."""
        self._clear()
        force = chance.random() < 0.5
        path = self.folder / "a.xlsx"
        contents = [bytes([turn]) * chance.randrange(100_000, 400_000) for turn in range(AT_ONCE)]
        processes = [forked(lambda own=own: write_bytes(path, own, force=force)) for own in contents]
        codes = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]
        winners = [content for content, code in zip(contents, codes, strict=True) if code == 0]
        fair = codes == [0] * AT_ONCE if force else sorted(codes) == [0] + [5] * (AT_ONCE - 1)
        self.seen["broken"] += not fair or path.read_bytes() not in winners or len(list(self.folder.iterdir())) != 1
        self.seen["one wins by force" if force else "one wins, the others are refused"] += fair


def _ends_well(content: bytes) -> bool:
    return content[-22:-18] == b"PK\x05\x06" if content[:2] == b"PK" else content.rstrip().endswith(b"</html>")


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("trials", type=int)
    for option in ("--whole", "--at-once", "--careless"):
        asked.add_argument(option, action="store_true")
    asked.add_argument("--seed", type=int, default=None)
    options = asked.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / "out"
        folder.mkdir()
        writer = whole_command(Path(outer)) if options.whole else careless if options.careless else careful
        trials = Trials(folder, writer, options.whole, (".xlsx", ".html") if options.whole else (".xlsx",))
        for _ in range(options.trials):
            trials.at_once(chance) if options.at_once else trials.stop_one(chance)
    broken = trials.seen.pop("broken", 0)
    print(f"trials {options.trials}\nbroken {broken}")
    for what, count in sorted(trials.seen.items()):
        print(f"{what} {count}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
