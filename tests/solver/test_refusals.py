"""Refusing a change goes on from the last step of the plan that it leaves as good: with the same values as afresh."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from filiere.chain.chain import Chain
from filiere.solution.solution import Plan
from filiere.solver.ranks.bound import Bound
from filiere.solver.ranks.spared import Spared
from filiere.solver.ranks.trail import Trail
from filiere.solver.replan.refuse import Refusal, Refuser
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.solve import solve
from tests.laws.draft import Draft
from tests.laws.law import chain_of, law, same
from tests.random_chains import drafts
from tests.sheets import chain as read
from tests.solver.dense import dense


def refusals(chain: Chain, plan: Plan, part: float) -> list[Refusal]:
    """What flows over each of some links, and what some activities run, kept to a part of what the plan has."""
    flows = plan.flows.groupby("link")["quantity"].sum()
    levels = plan.levels.groupby(["process", "actor"])["level"].sum()
    some = [Refusal("flow", part * amount, True, links=frozenset({int(e)})) for e, amount in flows.items()][:3]
    return some + [Refusal("level", part * level, True, process=key) for key, level in levels.items()][:2]


@law(12)
@given(draft=st.one_of(drafts(), dense()), part=st.sampled_from([0.0, 0.5, 1.0]))
def test_going_on_gives_what_starting_afresh_gives(draft: Draft, part: float) -> None:
    chain = chain_of(draft)
    plan = solve(chain).plan
    assume(plan is not None)
    assert plan is not None
    refuser, afresh = Refuser(chain, plan), Refuser(chain, plan)
    refuser.reference()  # the other one knows no step
    for refusal in refusals(chain, plan, part):
        one, other = refuser.without([refusal]), afresh.without([refusal])
        event(f"{part}: {'none' if isinstance(other, Answer) else 'a plan'}")
        if isinstance(one, Answer) or isinstance(other, Answer):
            assert one is other
        else:
            assert same(one, other), refusal


CHOICE = """
## Actors
| actor | perimeter |
| Baker | member |
| Shop | local |
| Mill | external |
| Farm | member |
## Products
| product | unit | price |
| bread | kg | 4 |
| flour | kg | 1 |
## Processes
| process | actor | capacity |
| baking | Baker | 100 |
## Recipes
| process | product | input | output |
| baking | flour | 1 | |
| baking | bread | | 1 |
## Links
| from | to | product | price |
| Mill | Baker | flour | {mill} |
| Farm | Baker | flour | 2 |
| Baker | Shop | bread | 4 |
## Offers
| actor | product | maximum |
| Mill | flour | 100 |
| Farm | flour | 100 |
## Needs
| actor | product | quantity | obligation |
| Shop | bread | 60 | must |
## Objectives
| rank | objective |
| 1 | unmet |
| 2 | cost |
"""


@pytest.mark.parametrize(("refused", "more", "runs"), [("Mill", 0.0, 0), ("Farm", 60.0, 1)])
def test_only_what_a_refusal_makes_worse_is_optimised_again(
    monkeypatch: pytest.MonkeyPatch, refused: str, more: float, runs: int
) -> None:
    """60 kg of flour: from a member they cost the members nothing, from the mill 1 each; unmet is 0 with either."""
    chain = read(CHOICE.format(mill=1))
    plan = solve(chain).plan
    assert plan is not None
    refuser = Refuser(chain, plan)
    before = refuser.reference()
    (link,) = (e for e, link in enumerate(chain.links) if link.from_ == refused)
    asked = list[str]()
    plain = Search.minimise

    def counted(search: Search, function: object) -> object:
        asked.append("once")
        return plain(search, function)  # type: ignore[arg-type]

    monkeypatch.setattr(Search, "minimise", counted)
    after = refuser.without([Refusal("flow", 0.0, True, links=frozenset({link}))])
    assert not isinstance(after, Answer)
    assert after["cost"] - before["cost"] == pytest.approx(more)
    assert after["unmet"] == before["unmet"] == 0.0
    assert len(asked) == runs


APART = CHOICE.replace("| 1 | unmet |\n| 2 | cost |", "| 1 | unmet |\n| 2 | dependency |\n| 2 | cost |\n| 3 | cost |")


def test_the_sum_of_a_rank_is_reached_not_only_what_is_held_of_it() -> None:
    """Dependency and cost share a rank, of which only dependency is held: a refusal that costs more is seen there."""
    chain = read(APART.format(mill=1))
    plan = solve(chain).plan
    assert plan is not None
    refuser, afresh = Refuser(chain, plan), Refuser(chain, plan)
    refuser.reference()
    refused = [Refusal("flow", 30.0, True, links=frozenset({e})) for e in range(2)]
    for refusal in refused:
        one, other = refuser.without([refusal]), afresh.without([refusal])
        assert not isinstance(one, Answer)
        assert not isinstance(other, Answer)
        assert same(one, other)


def test_a_trail_without_steps_leads_nowhere() -> None:
    chain = read(CHOICE.format(mill=1))
    plan = solve(chain).plan
    assert plan is not None
    assert Trail().last_reached(Refuser(chain, plan).session, []) is None


# This year all carrots are bought at 100. Were none, 60 of them would be bought far away at 150, and 15,648 be the most
# that a plan may cost: less than 60 grown at 210 and 40 bought, which would depend on nobody far away.
BOUNDED = """
    ## Settings
    | setting | value |
    | cost_bound | 0.2 |
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Town | local |
    | Village | local |
    | Abroad | external |
    | Far | external |
    ## Products
    | product | unit | price |
    | carrots | t | 100 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | carrots | 1000 | 210 |
    ## Links
    | from | to | product | price | transport | maximum | today |
    | Farm | Town | carrots | 100 | | | 0 |
    | Abroad | Town | carrots | 100 | | {most} | 60 |
    | Abroad | Village | carrots | 100 | 1 | | 40 |
    | Far | Town | carrots | 150 | | | 0 |
    ## Needs
    | actor | product | quantity |
    | Town | carrots | 60 |
    | Village | carrots | 40 |
    """


@pytest.mark.parametrize("before", [True, False])
def test_a_bound_that_only_a_refusal_meets_is_kept(before: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    chain, bounds = read(BOUNDED.format(most="")), list[float]()
    plan, run = solve(chain).plan, Bound.run
    assert plan is not None

    def counted(self: Bound, search: Search) -> Outcome:
        found = run(self, search)
        bounds.append(self.found.limit if self.found else 0.0)
        return found

    monkeypatch.setattr(Bound, "run", counted)
    refuser = Refuser(chain, plan)
    if before:
        refuser.reference()
    assert bounds == []
    after = refuser.without([Refusal("flow", 0.0, True, links=frozenset({1}))])
    assert bounds == pytest.approx([15_648])
    assert not isinstance(after, Answer)
    assert after["cost"] == pytest.approx(15_648)
    without = solve(read(BOUNDED.format(most=0)))
    assert same(after, {one.objective: one.value for one in without.objectives})


def test_steps_that_were_left_out_and_change_something_come_back() -> None:
    chain = read(BOUNDED.format(most=0))
    found = solve(chain)
    assert found.plan is not None
    refuser = Refuser(chain, found.plan)
    refuser._spared = Spared(shares=True, bound=True)
    assert same(refuser.reference(), {one.objective: one.value for one in found.objectives})
    assert refuser._spared == Spared()
