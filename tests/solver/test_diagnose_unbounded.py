"""What feeds on itself, planted in a small chain: its members in order, what a turn brings, and what ends it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.report.explain.conflicts import conflict_lines
from filiere.solution.solution import Conflict, Status
from filiere.solver.solve import solve
from tests.solver.planted import UNBOUNDED, Endless

each = pytest.mark.parametrize("endless", UNBOUNDED, ids=lambda endless: endless.name)


def said(member: Conflict) -> str:
    return " ".join((member.row, *(part for part in member.subject if part != "year")))


@each
def test_the_loop_is_named_in_order_with_its_gain(endless: Endless) -> None:
    solution = solve(endless.chain)
    assert solution.status is Status.UNBOUNDED
    assert tuple(map(said, solution.conflict)) == endless.loop
    assert solution.gain is not None
    assert solution.gain[1] == pytest.approx(endless.gain)
    assert max(member.change for member in solution.conflict) == pytest.approx(1.0)


@each
def test_a_limit_on_any_activity_or_link_of_the_loop_ends_it(endless: Endless) -> None:
    chain = endless.chain
    loop = solve(chain).conflict
    for member in loop:
        if member.row == "flow":
            key = member.subject[:3]
            links = tuple(replace(k, maximum=100.0) if (k.from_, k.to, k.product) == key else k for k in chain.links)
            assert solve(replace(chain, links=links)).status is Status.OPTIMAL
        elif member.row == "level":
            key = member.subject[:2]
            limited = {**chain.processes, key: replace(chain.processes[key], capacity=100.0, expansion_max=0.0)}
            assert solve(replace(chain, processes=limited)).status is Status.OPTIMAL


@each
def test_the_loop_is_told_in_both_languages(endless: Endless) -> None:
    chain = endless.chain
    solution = solve(chain)
    for language in ("fr", "en"):
        lines = conflict_lines(chain, solution, language)
        assert len(lines) == 1 + len(solution.conflict)
        assert "{" not in "".join(lines)
