"""From today to the plan, on a shop whose steps and their worth are worked out by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from filiere.analysis.today.actions import Action, Actions, actions, with_measured_ranks
from filiere.analysis.today.observe import with_today
from filiere.analysis.today.today import today
from filiere.chain.chain import Chain
from filiere.schema import words as w
from filiere.solver.solve import solve
from tests.sheets import chain as read

SHOP = """
    ## Periods
    | period |
    | summer |
    | winter |
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Dairy | member |
    | Orchard | member |
    | Grove | member |
    | Shop | local |
    | Importer | external |
    ## Products
    | product | unit | price | kg |
    | wheat | t | 200 | 1000 |
    | milk | t | 50 | 1000 |
    | apples | t | 30 | 1000 |
    | juice | t | 10 | 1000 |
    ## Processes
    | process | actor | capacity | status | investment | today |
    | press | Farm | 10 | candidate | 30 | |
    | bake | Shop | 50 | existing | | 10 |
    ## Recipes
    | process | product | input | output |
    | press | juice | | 1 |
    | bake | wheat | 0.5 | |
    | bake | juice | | 0.1 |
    ## Links
    | from | to | product | price | today |
    | Farm | Shop | wheat | 150 | 40 |
    | Importer | Shop | wheat | 300 | 65 |
    | Dairy | Shop | milk | 50 | 0 |
    | Orchard | Shop | apples | 30 | 0 |
    | Grove | Shop | apples | 30 | 0 |
    | Farm | Shop | juice | 10 | 0 |
    | Importer | Shop | juice | 10 | 4 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | wheat | 60 | 100 |
    | Dairy | milk | | 1 |
    | Orchard | apples | 10 | 1 |
    | Grove | apples | 10 | 1 |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | wheat | 100 | must |
    | Shop | milk | 4 | must |
    | Shop | apples | 10 | want |
    | Shop | juice | 5 | want |
    """


@pytest.fixture(scope="module")
def shop() -> Chain:
    return with_today(read(SHOP)).chain


def found(chain: Chain, most: int | None = None, seconds: float | None = None, work: float | None = None) -> Actions:
    plan, before = solve(chain).plan, today(chain).plan
    assert plan is not None and before is not None
    return actions(chain, plan, before, most, seconds, work=work)


@pytest.fixture(scope="module")
def all_steps(shop: Chain) -> Actions:
    return found(shop)


def step(of: Actions, kind: str, *names: str) -> Action:
    return next(s for s in of.steps if s.kind == kind and s.names == names)


def test_each_step_is_named_with_its_amounts_and_price(all_steps: Actions) -> None:
    grown = step(all_steps, "grow", "Farm", "Shop", "wheat")
    assert (grown.before, grown.after, grown.price, grown.worth) == (40.0, 60.0, 150.0, 20.0 * 200.0)
    assert str(grown.cell) == "Links!A2"
    shrunk = step(all_steps, "shrink", "Importer", "Shop", "wheat")
    assert (shrunk.before, shrunk.after, shrunk.price) == (65.0, 40.0, 300.0)
    ended = step(all_steps, "end", "Importer", "Shop", "juice")
    assert (ended.before, ended.after, ended.price) == (4.0, 0.0, 10.0)
    opened = step(all_steps, "open", "press", "Farm")
    assert (opened.before, opened.after) == (0.0, 5.0)
    assert step(all_steps, "stop", "bake", "Shop").before == 10.0


def test_what_is_lost_without_a_step_is_what_a_plan_without_it_loses(all_steps: Actions) -> None:
    # More wheat from the importer counts 200 a tonne by reference price; it costs 300 and not 100.
    for kind, seller, more in (("grow", "Farm", 20.0), ("shrink", "Importer", 25.0)):
        losses = step(all_steps, kind, seller, "Shop", "wheat").refused.losses
        assert losses["dependency"] == pytest.approx(200.0 * more)
        assert losses["unmet"] == losses["circularity"] == 0.0
    assert step(all_steps, "grow", "Farm", "Shop", "wheat").refused.losses["cost"] == pytest.approx(20 * (300 - 100))
    # 5 t of juice at 10 from the importer, less the press's annuity of 30; and the 1 t of juice that the bakery makes
    # today is made no more.
    losses = step(all_steps, "open", "press", "Farm").refused.losses
    assert (losses["dependency"], losses["lost"]) == (pytest.approx(5 * 10), pytest.approx(1 * 10))
    assert losses["cost"] == pytest.approx(50.0 - 30.0)


def test_what_cannot_be_refused_comes_first_and_what_another_plan_replaces_last(all_steps: Actions) -> None:
    first = all_steps.steps[0]
    assert (first.kind, first.names, first.refused.state) == ("create", ("Dairy", "Shop", "milk"), "impossible")
    apples = [s for s in all_steps.steps if "apples" in s.names]
    assert apples and all(not any(s.refused.losses.values()) for s in apples if s.after <= 10.0)
    assert {s.refused.state for s in all_steps.steps} == {"impossible", "measured"}


def test_only_so_many_are_refused_and_the_others_say_why(shop: Chain) -> None:
    two = found(shop, most=2)
    states = [s.refused.state for s in two.steps]
    assert sorted(states)[:2] == ["measured", "measured"] and set(states[2:]) == {"not_asked"}
    assert step(two, "open", "press", "Farm").refused.state == "measured"
    none = found(shop, most=0)
    assert {s.refused.state for s in none.steps} == {"not_asked"} and none.objectives == ()
    late = found(shop, seconds=0.0)
    assert {s.refused.state for s in late.steps} <= {"no_time", "measured", "impossible"}
    assert late.steps[-1].refused.state == "no_time"


def test_what_is_refused_depends_on_work_alone(shop: Chain, all_steps: Actions) -> None:
    assert {s.refused.state for s in found(shop, work=0.0).steps} == {"no_time"}
    some, again = (Counter(s.refused.state for s in found(shop, work=6e4).steps) for _ in range(2))
    assert some == again and some["no_time"] > 0 and some["measured"] > 0
    assert Counter(s.refused.state for s in found(shop, work=1e9).steps) == Counter(
        s.refused.state for s in all_steps.steps
    )


def test_a_step_is_worth_the_same_whatever_else_is_refused(shop: Chain, all_steps: Actions) -> None:
    alone = step(found(shop, most=1), "open", "press", "Farm")
    assert alone.refused.losses == pytest.approx(step(all_steps, "open", "press", "Farm").refused.losses)


def test_dependency_cost_and_circularity_are_measured_even_where_they_are_not_ranked() -> None:
    ranked = with_measured_ranks(read(SHOP + "## Objectives\n| rank | objective |\n| 1 | unmet |\n| 2 | change |\n"))
    assert [o.kind for o in ranked.objectives] == [
        w.Objective.UNMET, w.Objective.DEPENDENCY, w.Objective.COST, w.Objective.CIRCULARITY,
    ]  # fmt: skip
