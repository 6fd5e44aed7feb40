"""One task over many items: the same answers wherever the work is done."""

from __future__ import annotations

import math
import multiprocessing
import time

import pytest

from filiere.analysis import spread as spreading
from filiere.analysis.spread import ClusterError, Interrupted, spread

ITEMS = [7, 3, 5, 1]
FACTORIALS = [5040, 6, 120, 1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_answers_come_in_the_order_of_the_items(jobs: int) -> None:
    told: list[tuple[int, int]] = []
    assert spread(math.factorial, ITEMS, jobs, progress=lambda *step: told.append(step)) == FACTORIALS
    assert told == [(done, 4) for done in range(5)]


def test_nothing_to_do_is_done() -> None:
    assert spread(math.factorial, [], jobs=2) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interruption_gives_what_was_done(jobs: int) -> None:
    def stop(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    before = set(multiprocessing.active_children())
    with pytest.raises(Interrupted) as stopped:
        spread(math.factorial, ITEMS, jobs, progress=stop)
    assert len(stopped.value.done) == 2
    assert all(FACTORIALS[at] == found for at, found in stopped.value.done.items())
    for _ in range(600):
        if set(multiprocessing.active_children()) <= before:
            return
        time.sleep(0.05)
    pytest.fail("a process was left behind")


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_task_raises_is_raised(jobs: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        spread(math.factorial, [1, -1, 2], jobs)


def test_a_cluster_that_does_not_answer_is_named() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ClusterError) as refused:
        spread(math.factorial, ITEMS, scheduler="nowhere://10")
    assert (refused.value.reason, refused.value.address) == ("unreachable", "nowhere://10")


def test_a_cluster_gives_the_same_answers() -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as cluster:
        assert spread(math.factorial, ITEMS, scheduler=cluster.scheduler_address) == FACTORIALS


def test_other_processes_help_once_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is worth starting a process for where little is left; where much is, they give what one would."""
    asked: list[int] = []
    monkeypatch.setattr(spreading, "_on_processes", lambda task, items, jobs: asked.append(jobs) or iter(
        [(at, task(item)) for at, item in enumerate(items)]
    ))  # fmt: skip
    monkeypatch.setattr(spreading, "jobs_here", lambda: 2)
    assert spread(abs, [-1, -2, -3], None) == [1, 2, 3] and asked == []
    monkeypatch.setattr(spreading, "WORTH", -1.0)
    assert spread(abs, [-1, -2, -3], None) == [1, 2, 3] and asked == [2]
    assert spreading.jobs_here() >= 1
