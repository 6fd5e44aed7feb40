"""``filiere`` and ``python -m filiere``: the command line, guarded from its first moment on."""

import gc
import os
import signal

GARBAGE = 500_000, 20, 20
"""How many new objects are worth looking for garbage among them, and how many such looks one among the older ones: a
chain, its equations and the libraries are far more, and all of them are used to the end.
"""

TYPE_CHECKING = False  # that of typing takes longer to import than all there is here
if TYPE_CHECKING:
    from typing import NoReturn


def _end(*_: object) -> "NoReturn":
    """End before there is anything to lose, in both languages since neither is known yet."""
    os.write(2, b"Interrupted. / Interrompu.\n")
    os._exit(130)


def main() -> "NoReturn":
    """Run the command line and leave with its exit code."""
    signal.signal(signal.SIGINT, _end)
    gc.set_threshold(*GARBAGE)
    from filiere import guard

    guard.occupy_streams()
    limit = guard.memory_limit()
    guard.go_on_within(limit)
    guard.INTERRUPTIONS.listen()
    try:
        from filiere.commands import cli
        from filiere.commands.exits import leave

        leave(cli)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
        if limit is not None or code == guard.INTERRUPTED:
            guard.end(code)  # libraries that were cut short, or got no memory, would have more to say
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said: a press has nothing left to end
        gc.freeze()  # nor is garbage: Python would look through all there is, and again, for a tenth of a second
        raise
    except KeyboardInterrupt:
        guard.INTERRUPTIONS.end()
    raise SystemExit(0)


if __name__ == "__main__":
    main()
