"""Large programmes with few yes/no columns: choices priced one by one give what trying every choice gives."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from benchmarks.location import location
from filiere.chain.chain import Chain
from filiere.solution.solution import Solution, Status
from filiere.solver.programme.compile import compiled
from filiere.solver.programme.owned import owners
from filiere.solver.session.cases import benders
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session
from filiere.solver.solve import answer, solve
from tests.oracles import test_lp_facility_location as published
from tests.oracles.book import OPTIMUM, solved
from tests.solving import ABOUT

SITES, CUSTOMERS = 5, 25


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose yes/no columns apart in small programmes too, and never by a tree of cases."""
    monkeypatch.setattr(benders, "LARGE", 0)
    monkeypatch.setattr(Search, "_by_cases", lambda *_: pytest.fail("a tree of cases"))


def every_choice(chain: Chain) -> float:
    """The least cost of all sets of sites, each a transport problem of its own."""
    sites, needs = list(chain.processes.values()), [need.quantity or 0.0 for need in chain.needs]
    of = {(link.from_, link.to): link.transport_cost for link in chain.links}
    costs = [of[site.actor, need.actor] for site in sites for need in chain.needs]
    leaving = np.kron(np.eye(len(sites)), np.ones(len(needs)))
    arriving = np.kron(np.ones(len(sites)), np.eye(len(needs)))
    least = np.inf
    for opened in product((0.0, 1.0), repeat=len(sites)):
        room = [(site.capacity or 0.0) * yes for site, yes in zip(sites, opened, strict=True)]
        found = linprog(costs, A_ub=leaving, b_ub=room, A_eq=arriving, b_eq=needs)
        paid = sum(site.investment * yes for site, yes in zip(sites, opened, strict=True))
        least = min(least, found.fun + paid) if found.status == 0 else least
    return float(least)


@pytest.mark.parametrize(("needed", "fixed"), [(1.2, 0.1), (2.5, 0.02), (2.5, 0.5), (4.5, 0.1)])
def test_the_sites_that_cost_least_are_opened(needed: float, fixed: float) -> None:
    chain = location(SITES, CUSTOMERS, needed, fixed)
    assert _cost(solve(chain)) == pytest.approx(every_choice(chain), rel=1e-9)


def test_the_published_cost(tmp_path: Path) -> None:
    assert solved(tmp_path, published.sheets()).value("cost") == ABOUT(published.PUBLISHED, rel=OPTIMUM)


def test_where_all_sites_together_are_too_small_there_is_no_plan() -> None:
    search = Search(Session(compiled(location(SITES, CUSTOMERS, SITES + 0.5, 0.1))))
    function = search.session.programme.functions["cost"]
    assert benders.choose(search.session, function, np.zeros(SITES), np.ones(SITES)) is not None
    assert not search.minimise(function).optimal


def test_the_choices_that_are_as_good_are_told_apart() -> None:
    """Only the best set is left for later ranks, where it alone is the best."""
    chain = location(SITES, CUSTOMERS, 2.5, 0.1)
    search = Search(Session(compiled(chain)))
    function = search.session.programme.functions["cost"]
    found = search.minimise(function)
    search.narrow(found)
    assert len(search.leaves) == 1
    assert all(low == high for low, high in search.leaves[0].values()) and len(search.leaves[0]) == SITES


def test_what_the_session_allowed_is_as_before() -> None:
    session = Session(compiled(location(SITES, CUSTOMERS, 2.5, 0.1)))
    before = session.allowed()
    benders.choose(session, session.programme.functions["cost"], np.zeros(SITES), np.ones(SITES))
    after = session.allowed()
    bounds = zip(before.columns + before.rows, after.columns + after.rows, strict=True)
    assert all(np.array_equal(one, other) for one, other in bounds)


def test_a_flow_is_nothing_without_the_one_site_that_it_comes_from() -> None:
    programme = compiled(location(2, 3, 1.5, 0.1))
    owner, x = owners(programme), programme.index
    flows = programme.columns.families["flow"]
    switches = programme.columns.families["open_process"]
    for key, column in zip(flows.keys, flows.positions.tolist(), strict=True):
        site = x.links[key[0]].from_
        at = next(i for i, k in enumerate(switches.keys) if x.processes[k].actor == site)
        assert owner[column] == at


def test_when_the_time_is_over_the_best_choice_so_far_is_told() -> None:
    programme = compiled(location(SITES, CUSTOMERS, 2.5, 0.1))
    ended = answer(programme, Search(Session(programme, time_limit=0.0)), programme.index.chain.objectives)
    assert ended.status is Status.TIME_LIMIT


def _cost(solution: Solution) -> float:
    assert solution.status is Status.OPTIMAL
    return solution.objectives[0].value
