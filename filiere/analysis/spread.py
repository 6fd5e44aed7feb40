"""One task over many items: here, over processes of this machine, or over the workers of a Dask cluster.

The results are those of the serial run, in the order of the items, whatever the order of arrival.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from typing import Any, Literal, TypeVar

from filiere.guard import INTERRUPTIONS

Item = TypeVar("Item")
Answer = TypeVar("Answer")

Progress = Callable[[int, int], None]
"""Called with how many items are done, and how many there are."""

WORTH = 20.0
"""Seconds of work left from which other processes, which take some to start, are asked to help."""

MEMORY = 600_000_000
"""Bytes that one process may take."""

_PATIENCE = 20
"""Seconds to wait for a cluster and its first worker."""


class Interrupted(Exception):  # noqa: N818 - an interruption is no error
    """Somebody stopped the run; ``done`` has the answers there were by then, by position."""

    def __init__(self, done: Mapping[int, Any]) -> None:
        self.done = done
        super().__init__(f"interrupted after {len(done)}")


class ClusterError(Exception):
    """The cluster cannot be used: its library is ``missing``, it is ``unreachable``, or ``idle`` (without workers)."""

    def __init__(self, reason: Literal["missing", "unreachable", "idle"], address: str) -> None:
        self.reason = reason
        self.address = address
        super().__init__(f"{address}: {reason}")


def spread(
    task: Callable[[Item], Answer],
    items: Sequence[Item],
    jobs: int | None = 1,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> list[Answer]:
    """Return ``task`` of each item, in the order of the items.

    Over ``jobs`` processes (None: over as many as :func:`jobs_here`, once it proves to take long), or, where
    ``scheduler`` is the address of one, over a Dask cluster; ``task`` is then a function of a module, and items and
    answers can be pickled. Raises :class:`Interrupted` with what was done when Ctrl-C stops it, :class:`ClusterError`
    where there is no such cluster, and whatever ``task`` raises.
    """
    done: dict[int, Answer] = {}
    if progress is not None:
        progress(0, len(items))
    arrivals = _arrivals(task, items, jobs, scheduler)
    try:
        with INTERRUPTIONS.keeping():
            for position, answer in arrivals:
                done[position] = answer
                if progress is not None:
                    progress(len(done), len(items))
    except KeyboardInterrupt:
        raise Interrupted(done) from None
    finally:
        arrivals.close()
    return [done[position] for position in range(len(items))]


def _arrivals(
    task: Callable[[Item], Answer], items: Sequence[Item], jobs: int | None, scheduler: str | None
) -> Generator[tuple[int, Answer], None, None]:
    if scheduler is not None:
        return _on_cluster(task, items, scheduler)
    if jobs is None:
        return _as_it_takes(task, items)
    if jobs > 1 and len(items) > 1:
        return _on_processes(task, items, min(jobs, len(items)))
    return ((position, task(item)) for position, item in enumerate(items))


def jobs_here() -> int:
    """Return how many processes the cores and the free memory of this machine allow, at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return cores
    return max(1, min(cores, free // MEMORY))


def _as_it_takes(
    task: Callable[[Item], Answer], items: Sequence[Item]
) -> Generator[tuple[int, Answer], None, None]:  # fmt: skip
    """Work in this process, and let others do the rest where that is worth starting them."""
    started = time.monotonic()
    for position, item in enumerate(items):
        yield position, task(item)
        done, left = position + 1, len(items) - position - 1
        if left > 1 and (time.monotonic() - started) / done * left > WORTH:
            jobs = min(jobs_here(), left)
            if jobs > 1:
                yield from ((done + at, answer) for at, answer in _on_processes(task, items[done:], jobs))
                return


def _on_processes(
    task: Callable[[Item], Answer], items: Sequence[Item], jobs: int
) -> Generator[tuple[int, Answer], None, None]:
    # Fresh interpreters on every system: a forked one would share the solver's threads.
    fresh = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, fresh, initializer=_begin_worker)
    waiting = enumerate(items)
    running: dict[Future[Answer], int] = {}
    try:
        while True:
            # No more under way than there are processes: what is queued could not be called back.
            for position, item in islice(waiting, jobs - len(running)):
                running[pool.submit(task, item)] = position
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    except BaseException:
        # What is under way is of no use to anybody, and would keep the run from ending.
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin_worker() -> None:
    """Make Ctrl-C, which a terminal sends to every process, the business of the one that was started by hand."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if "fork" in multiprocessing.get_all_start_methods():
        # A lock that a library makes here for processes it never starts would be reported as left behind when this
        # process is stopped; those made for forking leave no trace.
        multiprocessing.set_start_method("fork", force=True)


def _on_cluster(
    task: Callable[[Item], Answer], items: Sequence[Item], address: str
) -> Generator[tuple[int, Answer], None, None]:
    try:
        import distributed
    except ImportError as missing:
        raise ClusterError("missing", address) from missing
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise ClusterError("unreachable", address) from fault
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except OSError as fault:
            raise ClusterError("idle", address) from fault
        # Not "pure": the same item twice is worth two answers, and its name need not be found out by hashing it.
        futures = {client.submit(task, item, pure=False): position for position, item in enumerate(items)}
        try:
            for future in distributed.as_completed(futures, loop=client.loop):
                yield futures[future], future.result()
        finally:
            client.cancel([future for future in futures if not future.done()])
