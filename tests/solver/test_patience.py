"""What branch-and-cut leaves unproved is told, is no more than it says, and stops no later rank."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from filiere.analysis.explain import levers
from filiere.chain.chain import Chain
from filiere.report.explain.sheets import ranges_sheet
from filiere.report.explain.words import explanation_lines
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Status
from filiere.solver.ranks import ranks
from filiere.solver.session import branching
from filiere.solver.session.patience import NEAR, PROVED, WORK, Patience
from filiere.solver.session.session import Session
from filiere.solver.solve import solve
from tests.sheets import chain as read
from tests.solver.test_session import INF, function, programme

SIZES = [83.0, 97.0, 61.0, 119.0, 71.0, 109.0, 53.0, 89.0]
PRICES = [841.0, 983.0, 619.0, 1201.0, 712.0, 1099.0, 541.0, 899.0]
LOADS = replace(programme([(SIZES, 1009.0, INF)], [20.0] * 8), whole=np.ones(8, dtype=bool))
"""Loads of eight sizes that have to bring 1,009 t: the cheapest of very many ways."""


def test_a_run_goes_on_to_the_proof_and_then_only_while_its_plan_is_far_from_the_best() -> None:
    some = Patience()
    assert not some.enough(0.99 * PROVED * WORK, 0.0)
    for (until, near), (_, wider) in pairwise(NEAR):
        assert some.enough(0.99 * until * WORK, near)
        assert not some.enough(0.99 * until * WORK, wider)
    assert some.enough(1.01 * NEAR[-1][0] * WORK, 0.5)
    assert not some.enough(WORK, np.inf), "no plan is none"


def test_later_runs_have_what_earlier_ones_left_and_a_gap_is_of_the_runs_since_it_was_asked() -> None:
    some = Patience()
    some.look(0.9 * WORK)
    assert some.enough(0.5 * 0.1 * WORK, 0.02)
    assert (some.gap_since(), some.gap_since()) == (0.02, 0.0)
    with some.aside():
        assert some.enough(0.5 * 0.1 * WORK, 0.05)
    assert some.gap_since() == 0.0, "what only chooses among plans as good is not told"
    some.look(0.2 * WORK)
    assert some.enough(0.0, 0.7), "nothing is left: the plan at hand has to do"


def _cheapest() -> float:
    """The least price of loads that bring 1,009 t, by the least price of each amount in turn."""
    need = 1009
    least = [0.0] + [np.inf] * need
    for amount in range(1, need + 1):
        ways = (least[max(0, amount - int(size))] + price for size, price in zip(SIZES, PRICES, strict=True))
        least[amount] = min(ways)
    return least[need]


def test_what_a_run_leaves_unproved_is_no_more_than_it_says() -> None:
    session = Session(LOADS)
    proved = session.minimise_whole(wanted := function(*PRICES))
    assert wanted.at(proved.columns) == pytest.approx(_cheapest())
    session.patience = Patience(left=0.0)
    first = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 0.0, 9.0])
    found = session.minimise_whole(wanted, first)
    reached, gap = wanted.at(found.columns), session.patience.gap_since()
    assert found.optimal
    assert reached * (1.0 - gap) <= _cheapest() * (1.0 + 1e-9) <= reached * (1.0 + 2e-9)


def test_a_run_that_is_given_up_ends_no_worse_than_where_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver may take the plan it is given for none, by a hair; what it found until then is worse, or nothing."""
    session, wanted = Session(LOADS), function(*PRICES)
    best = session.minimise_whole(wanted)
    session.patience = Patience(left=0.0)
    monkeypatch.setattr(branching, "start_from", lambda *_: None)
    found = session.minimise_whole(wanted, best.columns)
    assert found.optimal
    assert wanted.at(found.columns) == pytest.approx(_cheapest())


LOTS = """
    ## Settings
    | setting | value |
    | name | wood |
    ## Actors
    | actor | perimeter |
    | North | member |
    | South | member |
    | School | member |
    | Pool | member |
    | Town | member |
    | Trade | outside |
    ## Products
    | product | unit | price |
    | chips | t | 95 |
    ## Links
    | from | to | product | price | multiple | transport_cost |
    | North | School | chips | 95 | 7.3 | 11 |
    | North | Pool | chips | 95 | 9.1 | 4 |
    | North | Town | chips | 95 | 8.7 | 13 |
    | South | School | chips | 93 | 6.1 | 5 |
    | South | Pool | chips | 93 | 5.9 | 14 |
    | South | Town | chips | 93 | 9.7 | 7 |
    | Trade | School | chips | 104 | 3.1 | 2 |
    | Trade | Pool | chips | 104 | 3.7 | 2 |
    | Trade | Town | chips | 104 | 2.9 | 2 |
    ## Offers
    | actor | product | max | cost |
    | North | chips | 611 | 61 |
    | South | chips | 587 | 57 |
    | Trade | chips | | |
    ## Needs
    | actor | product | quantity | obligation |
    | School | chips | 433.3 | must |
    | Pool | chips | 391.7 | must |
    | Town | chips | 509.9 | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    | 2 | dependency |
"""


def test_every_rank_is_solved_where_patience_ends_and_the_gap_of_the_first_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chain = read(LOTS)
    proved = solve(chain)
    monkeypatch.setattr(ranks, "Patience", lambda: Patience(left=0.0))
    found = solve(chain)
    assert (proved.status, found.status) == (Status.OPTIMAL, Status.TIME_LIMIT)
    assert [value.objective for value in found.objectives] == [value.objective for value in proved.objectives]
    assert certify(chain, found).passed
    first = next(value for value in found.objectives if value.gap)
    best = next(value for value in proved.objectives if value.objective == first.objective)
    assert found.gap == first.gap
    assert best.value <= first.value <= best.value / (1.0 - first.gap)


def test_a_plan_that_is_not_proved_is_explained_with_its_whole_numbers_and_no_other_is_solved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chain, studies = read(LOTS), list[Chain]()
    monkeypatch.setattr(levers, "Study", lambda chain, *_, **__: studies.append(chain))
    monkeypatch.setattr(ranks, "Patience", lambda: Patience(left=0.0))
    for found in (levers.explain(chain, slack=0.05), levers.solve_and_explain(chain)):
        assert (found.solution.status, found.whole, found.alternatives) == (Status.TIME_LIMIT, False, ())
        assert any(lever.asked for lever in found.levers), "what is asked for holds the plan back all the same"
        assert found.freedom is not None
    assert studies == []
    near = levers.explain(chain, slack=0.05)
    limit = replace(near.levers[0], asked=False)
    told = " ".join(explanation_lines(replace(near, levers=(limit,)), "fr"))
    assert "n'a pas été recalculé" in told
    assert "Aucun autre plan n'a été cherché dans cette marge" in told
    assert "La recherche a été arrêtée avant sa fin" in told
    verdict = ranges_sheet(near, "fr").column("verdict").values
    assert [str(one).startswith("La recherche a été arrêtée") for one in verdict[:3]] == [False, True, False]
