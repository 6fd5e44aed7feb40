"""What is left out because it changed nothing in the plan beside is brought back where it would have."""

from __future__ import annotations

import pytest

from filiere.chain.chain import Chain
from filiere.solver.programme.compile import compiled
from filiere.solver.programme.loss import Lost
from filiere.solver.ranks.bound import Bound
from filiere.solver.ranks.fair import Fair
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.ranks.step import Step
from filiere.solver.replan.loss import Replanner
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session
from filiere.solver.solve import solve
from filiere.solver.study import Study
from tests.sheets import chain as read

# Carrots are grown at 150 or bought at 100, as this year all are: 100 t are 10,000, and 20 % more are 12,000.
CARROTS = """
    ## Settings
    | setting | value |
    | cost_bound | 0.2 |
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Town | local |
    | Village | local |
    | Abroad | external |
    ## Products
    | product | unit | price |
    | carrots | t | 100 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | carrots | {grown} | 150 |
    ## Links
    | from | to | product | price | transport | maximum | today |
    | Farm | Town | carrots | 100 | | | 0 |
    | Farm | Village | carrots | 100 | | | 0 |
    | Abroad | Town | carrots | 100 | | {bought} | 60 |
    | Abroad | Village | carrots | 100 | 1 | {bought} | 40 |
    ## Needs
    | actor | product | quantity |
    | Town | carrots | 60 |
    | Village | carrots | 40 |
    """


def carrots(grown: float, bought: float = 100.0) -> Chain:
    return read(CARROTS.format(grown=grown, bought=bought))


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[type[Step]]:
    """The steps that were taken, of those that may be left out."""
    found: list[type[Step]] = []
    bound, fair = Bound.run, Fair.tried

    def bounding(self: Bound, search: Search) -> Outcome:
        found.append(Bound)
        return bound(self, search)

    def sharing(self: Fair, search: Search) -> Outcome:
        found.append(Fair)
        return fair(self, search)

    monkeypatch.setattr(Bound, "run", bounding)
    monkeypatch.setattr(Fair, "tried", sharing)
    return found


def study_of(chain: Chain) -> Study:
    """A study of a chain that knows its plan."""
    programme = compiled(chain)
    study = Study(chain, programme=programme)
    study.start_from(solve_ranks(Search(Session(programme)), chain.objectives).columns)
    return study


@pytest.mark.parametrize(("variant", "steps"), [
    (carrots(11.0), []),  # as cheap, and all is served: neither is asked for
    (carrots(90.0), [Bound, Fair]),  # more is grown than the bound allows
    (carrots(10.0, bought=40.0), [Bound, Fair]),  # ten are missing, which the two are to share
])  # fmt: skip
def test_a_variant_reaches_what_it_does_solved_by_itself(
    variant: Chain, steps: list[type[Step]], taken: list[type[Step]]
) -> None:
    study = study_of(carrots(10.0))
    taken.clear()
    reached = study.reached(variant)
    assert sorted(map(repr, taken)) == sorted(map(repr, steps))
    assert reached == pytest.approx({one.objective: one.value for one in solve(variant).objectives}, abs=1e-6)


def test_only_what_changed_nothing_beside_is_left_out(taken: list[type[Step]]) -> None:
    """The plan beside serves all, and costs more than today's and a fifth."""
    study = study_of(carrots(90.0, bought=20.0))
    taken.clear()
    study.reached(carrots(91.0, bought=20.0))
    assert taken == [Bound]


@pytest.mark.parametrize(
    ("variant", "again"), [(carrots(11.0), 0), (carrots(90.0), 1), (carrots(10.0, bought=40.0), 1)]
)
def test_a_variant_has_the_plan_that_it_has_solved_by_itself(
    variant: Chain, again: int, taken: list[type[Step]]
) -> None:
    study = Study(carrots(10.0))
    assert study.best(study.programme) is not None
    taken.clear()
    programme = study.written(variant)
    found = study.best(programme)
    assert found is not None
    assert taken == [Fair, Bound] * again
    alone = solve_ranks(Search(Session(programme)), variant.objectives)
    flows = programme.columns.families["flow"].positions
    assert found.columns[flows] == pytest.approx(alone.columns[flows], abs=1e-6)
    assert len(found.passed) <= len(alone.passed)


def test_of_ranks_that_are_held_exactly_the_last_plan_tells() -> None:
    """Two plans tell of the bound, one each of dependency weighed with cost and of cost, of which a hundredth may go."""
    chain = carrots(10.0)
    found = solve_ranks(Search(Session(compiled(chain))), chain.objectives)
    assert len(found.passed) == 5


def test_where_nothing_unmet_is_ranked_shares_stay_equal(taken: list[type[Step]]) -> None:
    alone = (
        CARROTS.replace("| cost_bound | 0.2 |", "| fairness | before |")
        + "## Objectives\n| rank | objective |\n| 1 | cost |"
    )
    study = study_of(read(alone.format(grown=10, bought=100)))
    taken.clear()
    study.reached(read(alone.format(grown=11, bought=100)))
    assert taken == [Fair]


WORSENED = """
    ## Objectives
    | rank | objective | tolerance_amount |
    | 1 | unmet | |
    | 2 | dependency | 7000 |
    | 3 | cost | |
    """


def test_a_loss_keeps_to_the_bound_where_only_a_rank_that_may_be_worsened_would_not() -> None:
    """A fifth above 10,040 allows 40 t to be grown; 70 t more than the others may be bought: all are.

    Without the bound all could be grown, and 30 t would still be once cost is sought: 11,540, within the bound.
    """
    chain = read((CARROTS + WORSENED).format(grown=100, bought=100))
    planner = Replanner(compiled(chain), frozenset(), "musts", chain.objectives)
    found = planner.plan(Lost(links=frozenset()))
    assert found.columns is not None
    assert found.programme.functions["cost"].at(found.columns) == pytest.approx(10_040.0)
    assert solve(chain).objectives[-1].value == pytest.approx(10_040.0)
