"""A session that is changed in place answers what a fresh one answers, change after change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from benchmarks.synthetic import synthetic
from filiere.chain.chain import Calendar, Chain
from filiere.chain.derived.default_objectives import default_objectives
from filiere.schema import words as w
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Solution, Status
from filiere.solver.programme.compile import compiled
from filiere.solver.ranks.bound import columns_of_today
from filiere.solver.ranks.fair import Shares
from filiere.solver.ranks.scales import with_scales
from filiere.solver.session.basis import Began, Likes, Near, figures_of
from filiere.solver.session.effort import NEARLY, Effort
from filiere.solver.session.highs import WEIGHTS_AS_THEY_COME
from filiere.solver.session.session import Session
from filiere.solver.solve import solve
from filiere.solver.study import Study
from tests import hand
from tests.model.one_of_everything import WORKBOOK
from tests.sheets import chain as read
from tests.solver.changes import Change, recipe, rows, settings, times, together

IN_PLACE: dict[str, Change] = {
    "a need grows": rows("needs", {"product": "flour"}, quantity=times(1.1)),
    "a need returns less": rows("needs", {"returns": "sack"}, returned=0.25),
    "a price rises": rows("links", {"from_": "Trader"}, price=times(1.2)),
    "a price turns": rows("links", {"to": "Farm"}, price=-20.0),
    "transport becomes free": rows("links", transport_cost=0.0),
    "more is lost on the way": rows("links", {"from_": "Farm"}, loss=0.15),
    "a link carries less": rows("links", {"from_": "Farm"}, maximum=70.0),
    "a link can carry too little": rows("links", {"from_": "Farm"}, maximum=1.0, minimum=5.0),
    "a link must carry more": rows("links", {"from_": "Farm"}, minimum=40.0),
    "a candidate link carries less": rows("links", {"candidate": True}, maximum=12.0, minimum=11.0),
    "today is another": rows("links", {"from_": "Farm"}, today=20.0),
    "today a workshop made more": rows("processes", {"name": "milling"}, today=58.0),
    "a recipe wastes": recipe("milling", "outputs", "flour", 0.6),
    "a recipe no longer leaves bran": recipe("new mill", "outputs", "bran", 0.0),
    "a workshop shrinks": rows("processes", {"name": "growing"}, capacity=70.0),
    "a candidate shrinks": rows("processes", {"name": "new mill"}, capacity=30.0),
    "a candidate cannot run": rows("processes", {"name": "new mill"}, capacity=0.0),
    "a candidate costs more": rows("processes", {"name": "new mill"}, fixed_cost=3000.0, investment=9000.0),
    "a candidate must run": rows("processes", {"name": "new mill"}, minimum=35.0),
    "less may be added": rows("processes", {"name": "milling"}, expansion_max=5.0, expansion_cost=80.0),
    "another season": rows("processes", {"name": "growing"}, calendar=Calendar((0.2, 0.8))),
    "more money stays": rows("processes", {"name": "growing"}, local_share=0.95),
    "an offer gives less": rows("offers", {"product": "wheat"}, maximum=2.0),
    "an offer costs": rows("offers", {"product": "wheat"}, unit_cost=400.0),
    "a store is smaller": rows("storages", {"product": "wheat"}, capacity=8.0),
    "a store spoils": rows("storages", {"actor": "Mill"}, loss=0.3),
    "a store costs": rows("storages", {"actor": "Mill"}, cost=50.0),
    "a store begins fuller": rows("storages", {"product": "flour"}, initial=9.0, final=2.0),
    "a barn begins empty": rows("storages", {"actor": "Farm"}, initial=0.0),
    "a reserve is gone": rows("actors", {"name": "Farm"}, reserve=0.0),
    "an outsider is nearer": rows("actors", {"name": "Trader"}, weight=0.4),
    "a grant is lost": rows("funding", maximum=120.0),
    "a grant pays less": rows("funding", unit_amount=3.0),
    "money counts for less": rows("funding", weight=0.2),
    "a share is lower": rows("limits", {"name": "local flour"}, value=0.3),
    "a limit turns": rows("limits", {"name": "local flour"}, sense=w.Comparison.AT_MOST, value=0.6),
    "a limit covers more": rows("limits", {"name": "local flour"}, scope=lambda s: replace(s, buyers=None)),
    "a wish is larger": rows("limits", {"name": "just so much bran"}, value=9.0, scale=9.0),
    "more may grow": settings(growth_max=0.6),
    "no project": rows("limits", {"name": "few projects"}, value=0.0),
    "a product is dearer": rows("products", {"name": "flour"}, value=900.0, criticality=2.0),
    "waste is dearer": rows("products", {"name": "bran"}, discard_cost=90.0),
    "sales abroad count double": settings(downstream_weight=2.0),
    "dependency by what is paid": settings(dependency_basis=w.DependencyBasis.PAID),
    "circularity by value": settings(circularity_basis=w.Basis.VALUE),
    "more must remain": settings(continuity=0.9),
    "another order": lambda chain: replace(chain, objectives=tuple(
        replace(o, rank=7 - o.rank, tolerance=0.02 * o.rank) for o in chain.objectives
    )),
    "one rank for two": lambda chain: replace(chain, objectives=tuple(
        replace(o, rank=3, weight=2.0) if o.kind is w.Objective.COST else o for o in chain.objectives
    )),
}  # fmt: skip
"""Changes of numbers: the rows and variables stay as they are."""

ANOTHER_SHAPE: dict[str, Change] = {
    "a link less": lambda chain: replace(chain, links=chain.links[1:]),
    "a link more": lambda chain: replace(chain, links=(*chain.links, hand.link(
        "Mill", "Trader", "bran", 30.0, periods=("summer", "winter")
    ))),
    "a link gets a limit": rows("links", {"to": "Town", "from_": "Mill"}, maximum=50.0),
    "a link is closed in winter": rows("links", {"to": "Farm"}, periods=("summer",)),
    "a candidate is decided": rows("processes", {"name": "new mill"}, status=w.ProcessStatus.OPENED),
    "an actor leaves": rows("actors", {"name": "Farm"}, perimeter=w.Perimeter.EXTERNAL, budget=w.Budget.NO),
    "a budget is wished": rows("actors", {"name": "Farm"}, budget=w.Budget.WISH),
    "a need is a must": rows("needs", {"product": "bran"}, obligation=w.Obligation.MUST),
    "a need falls in summer": rows("needs", {"product": "bran"}, calendar=Calendar((1.0, 0.0))),
    "a recipe makes sacks": recipe("growing", "outputs", "sack", 0.1),
    "a rule is new": lambda chain: replace(chain, limits=(*chain.limits, hand.limit(
        "jobs", w.LimitMeasure.JOBS, ">=", 1.0
    ))),
    "a need counts less": rows("needs", {"product": "bran"}, importance=0.3),
    "a rule is wished": rows("limits", {"name": "local flour"}, wished=True, scale=1000.0),
    "nothing may grow": settings(growth_max=None),
    "a rule is gone": lambda chain: replace(chain, limits=chain.limits[:1]),
    "a store is new": lambda chain: replace(chain, storages={
        **chain.storages, ("Town", "flour"): hand.storage("Town", "flour", 5.0)
    }),
    "flour is thrown away": rows("products", {"name": "flour"}, may_discard=True),
    "another objective": lambda chain: replace(chain, objectives=(*chain.objectives, replace(
        chain.objectives[0], rank=9, kind=w.Objective.CO2
    ))),
}  # fmt: skip
"""Changes that add or drop a row or a variable."""


@pytest.fixture(scope="module")
def everything() -> Chain:
    return with_scales(read(WORKBOOK))


@pytest.mark.parametrize("name", IN_PLACE)
def test_a_change_of_numbers_is_solved_in_place(everything: Chain, name: str) -> None:
    study = Study(everything)
    before = study.solve()
    variant = IN_PLACE[name](everything)
    assert variant != everything
    same(study.solve(variant), solve(variant), variant)
    same(study.solve(everything), before, everything)
    assert study.recompiled == 0


@pytest.mark.parametrize("name", ANOTHER_SHAPE)
def test_a_change_of_shape_is_recompiled_and_the_way_back_is_not(everything: Chain, name: str) -> None:
    study = Study(everything)
    before = study.solve()
    variant = ANOTHER_SHAPE[name](everything)
    same(study.solve(variant), solve(variant), variant)
    assert study.recompiled == 1
    same(study.solve(everything), before, everything)
    assert study.recompiled == 1


def test_every_change_after_another_in_one_session(everything: Chain) -> None:
    study = Study(everything)
    for name, change in IN_PLACE.items():
        variant = change(everything)
        found, fresh = study.solve(variant), solve(variant)
        assert values(found) == pytest.approx(values(fresh), rel=1e-6, abs=1e-4), name


def test_changes_add_up(everything: Chain) -> None:
    study = Study(everything)
    chain = everything
    for name in ("a need grows", "a price rises", "a recipe wastes", "a candidate shrinks", "more must remain"):
        chain = IN_PLACE[name](chain)
        same(study.solve(chain), solve(chain), chain)


def test_an_infeasible_variant_leaves_the_session_usable(everything: Chain) -> None:
    study = Study(everything)
    before = study.solve()
    impossible = rows("needs", {"obligation": w.Obligation.MUST}, quantity=1e4)(everything)
    assert study.solve(impossible).status is Status.INFEASIBLE
    same(study.solve(everything), before, everything)
    bigger = IN_PLACE["a need grows"](everything)
    same(study.solve(bigger), solve(bigger), bigger)
    assert study.recompiled == 0


def test_an_unbounded_variant_leaves_the_session_usable() -> None:
    cost = replace(default_objectives()[7], rank=1, tolerance=0.0)
    there = bread(10.0, 0.8, 6.0)
    start = replace(there, objectives=(cost,), links=(*there.links, hand.link(
        "Mill", "Trader", "wheat", 210.0, periods=("summer", "winter")
    )))  # fmt: skip
    study = Study(start)
    before = study.solve()
    gift = rows("links", {"from_": "Mill", "to": "Trader"}, price=260.0)(start)
    assert study.solve(gift).status is Status.UNBOUNDED
    same(study.solve(start), before, start)
    assert study.recompiled == 0


def test_each_variant_has_the_whole_time_limit(everything: Chain) -> None:
    study = Study(everything, time_limit=30.0)
    study.session._deadline = 0.0  # as if the last variant had used it up
    assert study.solve(IN_PLACE["a need grows"](everything)).status is Status.OPTIMAL


figure = st.integers(1, 40).map(lambda n: n / 4)
share = st.integers(1, 20).map(lambda n: n / 20)


@trying(max_examples=20)
@given(st.lists(st.tuples(figure, share, figure, st.sampled_from(["bread", "price", "loss", "mill"])), max_size=3))
def test_any_row_of_changes_equals_fresh_solves(steps: list[tuple[float, float, float, str]]) -> None:
    start = bread(10.0, 0.8, 6.0)
    study = Study(start)
    study.solve()
    for step in steps:
        variant = varied(start, *step)
        same(study.solve(variant), solve(variant), variant)
    assert study.recompiled == 0


def varied(start: Chain, need: float, rate: float, price: float, kind: str) -> Chain:
    """One of four kinds of change."""
    if kind == "bread":
        return bread(need, rate, price)
    if kind == "price":
        return rows("links", {"from_": "Trader"}, price=100.0 * price)(start)
    if kind == "loss":
        return rows("links", {"from_": "Farm"}, loss=1.0 - rate)(start)
    return together(
        rows("processes", {"name": "second mill"}, capacity=need, investment=price),
        rows("storages", loss=1.0 - rate, capacity=price),
    )(start)


def test_a_large_chain_is_solved_and_solved_again() -> None:
    """Of this shape and size, a chain whose ranks are held by rows alone ends in numerical trouble."""
    chain = synthetic(3000)
    study = Study(chain)
    first = study.solve()
    assert certify(chain, first).passed
    drier = rows("offers", maximum=times(0.9))(chain)
    same(study.solve(drier), solve(drier), drier)
    same(study.solve(chain), first, chain)


def bread(need: float, rate: float, price: float) -> Chain:
    """Wheat, a store, a mill and a second one that may be opened, bread for a town, and a trader who has all of it."""
    actors = [hand.actor("Farm"), hand.actor("Mill", budget=w.Budget.WISH), hand.actor("Town", "local"),
              hand.actor("Trader", "external")]  # fmt: skip
    products = [hand.product("wheat", 200.0, "primary"), hand.product("bread", 900.0),
                hand.product("bran", 50.0, "secondary")]  # fmt: skip
    milling = {"inputs": {"wheat": 1.0}, "outputs": {"bread": rate, "bran": 1.0 - rate}}
    return hand.chain(
        actors, products,
        links=[
            hand.link("Farm", "Mill", "wheat", 190.0, transport_cost=4.0, distance=10.0, today=5.0),
            hand.link("Mill", "Town", "bread", 880.0, distance=5.0), hand.link("Mill", "Farm", "bran", 40.0),
            hand.link("Trader", "Mill", "wheat", 230.0), hand.link("Trader", "Town", "bread", 100.0 * price),
        ],
        processes=[
            hand.process("mill", "Mill", capacity=6.0, unit_cost=20.0, today=3.0, **milling),
            hand.process("second mill", "Mill", capacity=8.0, unit_cost=15.0, fixed_cost=100.0, investment=40.0,
                         status=w.ProcessStatus.CANDIDATE, **milling),
            hand.process("compost", "Farm", {"bran": 1.0}, {"wheat": 0.1}, unit_cost=1.0),
        ],
        offers=[hand.offer("Farm", "wheat", 9.0, unit_cost=120.0)],
        needs=[hand.need("Town", "bread", need)],
        storages=[hand.storage("Mill", "wheat", 3.0, loss=0.05, cost=1.0)],
        shares={"summer": 0.75, "winter": 0.25},
        objectives=default_objectives(),
    )  # fmt: skip


def values(solution: Solution) -> list[float]:
    """Every figure by which two solutions of one chain must agree."""
    return [figure for rank in solution.objectives for figure in (rank.value, rank.final)]


def same(found: Solution, fresh: Solution, chain: Chain) -> None:
    """The two agree rank by rank, and what was found in place is true."""
    assert found.status is fresh.status
    assert values(found) == pytest.approx(values(fresh), rel=1e-6, abs=1e-4)
    if found.plan is not None:
        certificate = certify(chain, found)
        assert certificate.passed, certificate.worst


def test_each_run_of_a_variant_starts_where_its_like_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    pivots: list[int] = []
    monkeypatch.setattr(Effort, "add", lambda self, entries, made: pivots.append(made))
    chain = synthetic(1_000)
    variant = replace(chain, needs=(replace(chain.needs[0], quantity=12.0), *chain.needs[1:]))
    study = Study(chain)
    study.solve()
    pivots.clear()
    found = study.solve(variant)
    in_place = sum(pivots)
    pivots.clear()
    fresh = Study(variant).solve()
    assert found.objectives[-1].final == pytest.approx(fresh.objectives[-1].final)
    assert 5 * in_place < sum(pivots)


def test_a_run_begins_at_the_nearest_solve_or_where_the_run_before_ended_if_that_is_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began: list[tuple[Began, int, bool]] = []
    noted, options = Likes.note, dict[str, Any]()

    def note(self: Likes, rows: int, costs: Any, basis: Any, where: Began, pivots: int) -> None:
        weighed = options["simplex_dual_edge_weight_strategy"] == WEIGHTS_AS_THEY_COME
        began.append((where, pivots, weighed))
        noted(self, rows, costs, basis, where, pivots)

    def put(self: Session, **chosen: Any) -> None:
        options.update(chosen)
        sent(self, **chosen)

    sent = Session._set
    monkeypatch.setattr(Likes, "note", note)
    monkeypatch.setattr(Session, "_set", put)
    monkeypatch.setattr(Shares, "_whole", lambda self: None)  # each solve takes the same runs
    monkeypatch.setattr(Session, "_both", lambda self, function: None)
    chain = synthetic(1_000)
    study = Study(chain)
    study.solve()
    few = [n for n, (where, pivots, _) in enumerate(began) if where is Began.LAST and pivots <= NEARLY]
    assert few and not any(weighed for *_, weighed in began)
    study.solve(replace(chain, needs=(replace(chain.needs[0], quantity=12.0), *chain.needs[1:])))
    began.clear()
    study.solve(replace(chain, needs=(*chain.needs[:-1], replace(chain.needs[-1], quantity=9.0))))
    assert [n for n, (where, *_) in enumerate(began) if where is Began.LAST] == few
    assert all(where is Began.LIKE for n, (where, *_) in enumerate(began) if n not in few)
    assert any(weighed for *_, weighed in began)


def test_pivots_of_a_run_that_gave_its_like_up_do_not_count_as_those_from_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noted, began = Likes.note, list[tuple[Began, int]]()

    def note(self: Likes, rows: int, costs: Any, basis: Any, where: Began, pivots: int) -> None:
        began.append((where, pivots))
        noted(self, rows, costs, basis, where, pivots)

    monkeypatch.setattr(Likes, "note", note)
    monkeypatch.setattr("filiere.solver.session.basis.FEW", 1)
    monkeypatch.setattr("filiere.solver.session.basis.LIKE_ENOUGH", 10**9)
    chain = synthetic(1_000)
    study = Study(chain)
    study.solve()
    began.clear()
    study.solve(
        replace(chain, needs=tuple(replace(need, quantity=(need.quantity or 0.0) * 0.7) for need in chain.needs))
    )
    assert any(where is Began.ELSEWHERE for where, _ in began)
    # The first run has no other end to fall back on.
    assert all(pivots <= 1 for where, pivots in began[1:] if where is Began.LIKE)


def test_of_former_solves_the_nearest_comes_first_and_the_first_one_stays() -> None:
    made = compiled(synthetic(300))
    costs, likes = made.functions["cost"].coefficients, Likes(figures_of(made))
    for turn in range(9):
        likes.begin(replace(made, row_upper=made.row_upper * (1.0 + turn)))
        assert turn < 2 or likes.of(0, costs) == Near(turn - 1, {Began.LIKE: 0})
        likes.note(0, costs, turn, Began.LIKE, 0)
    likes.begin(made)
    assert likes.of(0, costs) == Near(0, {Began.LIKE: 0})
    likes.begin(replace(made, row_upper=made.row_upper * 2.0))
    assert likes.of(0, costs) == Near(0, {Began.LIKE: 0})  # those of 1 to 5 are gone
    likes.begin(replace(made, row_upper=made.row_upper * 7.1))
    assert likes.of(0, costs) == Near(6, {Began.LIKE: 0})


def test_ranks_that_the_plan_at_hand_proves_take_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    # A run each for equal shares, the least cost, dependency, cost, the rate, cost again and change: what costs the
    # least has the least outlays, and the rate's steps begin at the plan at hand, not at the largest re-use.
    runs: list[int] = []
    monkeypatch.setattr(Effort, "add", lambda self, entries, made: runs.append(made))
    Study(synthetic(1_000)).solve()
    assert len(runs) == 7


def test_this_year_is_read_again_only_where_it_changes() -> None:
    chain = synthetic(300)
    study = Study(chain)
    before = columns_of_today(study.programme)
    assert before is not None
    needs = replace(chain, needs=(replace(chain.needs[0], quantity=12.0), *chain.needs[1:]))
    thirsty = study.written(needs)
    assert thirsty.index._today is study.written(chain).index._today
    assert (columns_of_today(thirsty) == before).all()
    link = next(i for i, one in enumerate(chain.links) if one.today)
    links = [replace(one, today=777.0) if i == link else one for i, one in enumerate(chain.links)]
    changed = study.written(replace(needs, links=tuple(links)))
    flow = changed.columns.families["flow"]
    places = [place for (e, _), place in flow.place.items() if changed.index.link_positions[e] == link]
    after = columns_of_today(changed)
    assert after is not None
    assert after[places].tolist() == [777.0, 0.0, 0.0, 0.0]
    assert np.delete(after, places).tolist() == np.delete(before, places).tolist()
