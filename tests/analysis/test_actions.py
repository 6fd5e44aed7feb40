"""From today to the plan, on a shop whose steps and their worth are worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from filiere.analysis.today.action import Action, Refused
from filiere.analysis.today.actions import Actions, actions, with_measured_ranks
from filiere.analysis.today.decisions import Decision
from filiere.analysis.today.observe import with_today
from filiere.analysis.today.today import today
from filiere.chain.chain import Chain
from filiere.pipeline import solve_chain, steps
from filiere.schema import words as w
from filiere.solver.replan import refuse
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


def decision(of: Actions, kind: str, *names: str) -> Decision:
    return next(d for d in of.decisions if step(of, kind, *names) in (*d.heads, *d.along))


def refused(of: Actions, kind: str, *names: str) -> Refused:
    return decision(of, kind, *names).refused


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


def test_both_faces_of_a_swap_are_one_decision(all_steps: Actions) -> None:
    swap = decision(all_steps, "grow", "Farm", "Shop", "wheat")
    assert swap is decision(all_steps, "shrink", "Importer", "Shop", "wheat") and swap.swaps
    assert [s.names[0] for s in swap.heads] == ["Farm", "Importer"] and swap.along == ()
    # 20 t more of the one and 25 t less of the other move 25 t at 200.
    assert swap.worth == 25.0 * 200.0
    juice = decision(all_steps, "create", "Farm", "Shop", "juice")
    assert juice is decision(all_steps, "end", "Importer", "Shop", "juice")


def test_every_step_belongs_to_one_decision(all_steps: Actions) -> None:
    steps = [(s.kind, s.names) for s in all_steps.steps]
    assert len(steps) == len(set(steps)) == 9
    assert sum(len(d.heads) + len(d.along) for d in all_steps.decisions) == 9 and all_steps.traces == ()


def test_what_is_lost_without_a_decision_is_what_a_plan_without_it_loses(all_steps: Actions) -> None:
    # More wheat from the importer counts 200 a tonne by reference price; it costs 300 and not 100.
    losses = refused(all_steps, "grow", "Farm", "Shop", "wheat").losses
    assert losses["dependency"] == pytest.approx(200.0 * 20.0)
    assert losses["unmet"] == losses["circularity"] == 0.0
    assert losses["cost"] == pytest.approx(20 * (300 - 100))
    # 5 t of juice at 10 from the importer, less the press's annuity of 30; and the 1 t of juice that the bakery makes
    # today is made no more.
    losses = refused(all_steps, "open", "press", "Farm").losses
    assert (losses["dependency"], losses["lost"]) == (pytest.approx(5 * 10), pytest.approx(1 * 10))
    assert losses["cost"] == pytest.approx(50.0 - 30.0)


def test_what_cannot_be_refused_comes_first_and_what_another_plan_replaces_last(all_steps: Actions) -> None:
    first = all_steps.decisions[0]
    assert (first.lead.kind, first.lead.names) == ("create", ("Dairy", "Shop", "milk"))
    assert first.refused.state == "impossible"
    apples = [d for d in all_steps.decisions if "apples" in d.lead.names]
    assert apples and all(not any(d.refused.losses.values()) for d in apples if d.lead.after <= 10.0)
    assert {d.refused.state for d in all_steps.decisions} == {"impossible", "measured"}


def test_only_so_many_are_refused_and_the_others_say_why(shop: Chain) -> None:
    two = found(shop, most=2)
    states = [d.refused.state for d in two.decisions]
    assert sorted(states)[:2] == ["measured", "measured"] and set(states[2:]) == {"not_asked"}
    assert refused(two, "open", "press", "Farm").state == "measured"
    none = found(shop, most=0)
    assert {d.refused.state for d in none.decisions} == {"not_asked"} and none.objectives == ()
    late = found(shop, seconds=0.0)
    assert {d.refused.state for d in late.decisions} <= {"no_time", "measured", "impossible"}
    assert late.decisions[-1].refused.state == "no_time"


def test_what_is_refused_depends_on_work_alone(shop: Chain, all_steps: Actions) -> None:
    assert {d.refused.state for d in found(shop, work=0.0).decisions} == {"no_time"}
    some, again = (Counter(d.refused.state for d in found(shop, work=6e4).decisions) for _ in range(2))
    assert some == again and some["no_time"] > 0 and some["measured"] > 0
    assert Counter(d.refused.state for d in found(shop, work=1e9).decisions) == Counter(
        d.refused.state for d in all_steps.decisions
    )


def test_a_decision_is_worth_the_same_whatever_else_is_refused(shop: Chain, all_steps: Actions) -> None:
    alone = refused(found(shop, most=1), "open", "press", "Farm")
    assert alone.losses == pytest.approx(refused(all_steps, "open", "press", "Farm").losses)


def test_dependency_cost_and_circularity_are_measured_even_where_they_are_not_ranked() -> None:
    ranked = with_measured_ranks(read(SHOP + "## Objectives\n| rank | objective |\n| 1 | unmet |\n| 2 | change |\n"))
    assert [o.kind for o in ranked.objectives] == [
        w.Objective.UNMET, w.Objective.DEPENDENCY, w.Objective.COST, w.Objective.CIRCULARITY,
    ]  # fmt: skip


WHOLE = """
    ## Periods
    | period | share |
    | summer | 0.5 |
    | winter | 0.5 |
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Hub | member |
    | Shop | local |
    | Trader | external |
    ## Products
    | product | unit | price | kind |
    | crate | kg | 20 | |
    | place | item | 1 | service |
    | bread | kg | 4 | |
    ## Processes
    | process | actor | unit_cost | whole | capacity | minimum_load | today |
    | trip | Hub | 60 | each period | | | 0 |
    | baking | Hub | 1 | | 100 | 0.4 | 60 |
    ## Recipes
    | process | product | output |
    | trip | place | 100 |
    | baking | bread | 1 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | crate | 100 | 5 |
    ## Links
    | from | to | product | price | multiple | uses | uses_quantity | carrier | today |
    | Farm | Shop | crate | 18 | 5 | place | 4 | Hub | 0 |
    | Trader | Shop | crate | 25 | | | | | 20 |
    | Hub | Shop | bread | 4 | | | | | 60 |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | crate | 20 | must |
    | Shop | bread | 60 | must |
    """


def test_what_comes_in_lots_trips_and_loads_is_refused_too() -> None:
    # Four lots of five crates, ten a season, on one trip each: 100 + 120 in place of 500 at the trader's.
    whole = with_today(read(WHOLE)).chain
    of = found(whole)
    without = next(
        d for d in of.decisions if ("Farm", "Shop", "crate") in [step.names for step in (*d.heads, *d.along)]
    )
    assert without.refused.state == "measured"
    assert without.refused.losses["cost"] == pytest.approx(500 - 220)


# 100 t of flour for meals worth 3 and banquets worth 40, 100 of each wanted: 50 and 50 by equal shares.
MEALS = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Kitchen | member |
    | School | local |
    | Inn | local |
    ## Products
    | product | unit | price | kg |
    | flour | t | 1 | 1000 |
    | meal | t | 3 | 1000 |
    | banquet | t | 40 | 1000 |
    ## Processes
    | process | actor | today |
    | cooking | Kitchen | 20 |
    | feasting | Kitchen | |
    ## Recipes
    | process | product | input | output |
    | cooking | flour | 1 | |
    | cooking | meal | | 1 |
    | feasting | flour | 1 | |
    | feasting | banquet | | 1 |
    ## Links
    | from | to | product | price | today |
    | Farm | Kitchen | flour | 1 | 20 |
    | Kitchen | School | meal | 3 | 20 |
    | Kitchen | Inn | banquet | 40 | |
    ## Offers
    | actor | product | maximum |
    | Farm | flour | 100 |
    ## Needs
    | actor | product | quantity | obligation |
    | School | meal | 100 | want |
    | Inn | banquet | 100 | want |
"""


def test_refusals_are_measured_against_the_plan_itself_whatever_default_ranks_imply(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[dict[str, float]] = []
    plain = refuse.Refuser.reference

    def seen(refuser: refuse.Refuser) -> Mapping[str, float]:
        found.append(dict(plain(refuser)))
        return found[-1]

    monkeypatch.setattr(refuse.Refuser, "reference", seen)
    result = solve_chain(read(MEALS))
    reached = {one.objective: one.value for one in result.solution.objectives}
    assert reached["unmet"] == pytest.approx(50 * 3 + 50 * 40)
    made = steps(result, "all")
    assert made is not None and made.decisions
    assert set(found[0]) == set(reached) - {"change"}
    for key, value in found[0].items():
        assert value == pytest.approx(reached[key], abs=1e-4), key


def test_the_van_goes_along_with_what_it_carries() -> None:
    of = found(with_today(read(WHOLE)).chain)
    (carried,) = [
        d
        for d in of.decisions
        if ("trip", "Hub") in [step.process for step in (*d.heads, *d.along) if not step.of_link]
    ]
    assert ("Farm", "Shop", "crate") in [step.names for step in carried.heads]


PROJECTS = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Shop | local |
    | Trader | external |
    ## Products
    | product | unit | price |
    | jam | kg | 10 |
    | room | kg | 1 |
    ## Processes
    | process | actor | capacity | status | investment | unit_cost | requires |
    | jam making | Farm | 100 | candidate | 50 | 1 | cold room |
    | cold room | Farm | 100 | candidate | 20 | 1 | |
    ## Recipes
    | process | product | output |
    | jam making | jam | 1 |
    | cold room | room | 1 |
    ## Links
    | from | to | product | price | today |
    | Farm | Shop | jam | 8 | |
    | Trader | Shop | jam | 10 | 60 |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | jam | 60 | must |
    """


def test_a_project_is_decided_with_the_one_that_it_requires() -> None:
    of = found(with_today(read(PROJECTS)).chain)
    (both,) = [d for d in of.decisions if step(of, "open", "cold room", "Farm") in (*d.heads, *d.along)]
    assert step(of, "open", "jam making", "Farm") in both.heads


def test_a_refused_change_of_suppliers_leaves_the_former_one_its_sales_whoever_could_take_them_over() -> None:
    # Two bakeries could each make all of the bread; without the one the other would, and nothing would be lost. The
    # change is from the supermarket: refused, its 50 t at 3,000 stay.
    chain = with_today(
        read("""
        ## Actors
        | actor | perimeter |
        | Oven | member |
        | Hearth | member |
        | Homes | local |
        | Supermarket | external |
        ## Products
        | product | unit | price | kg |
        | bread | t | 3000 | 1000 |
        ## Links
        | from | to | product | price | today |
        | Oven | Homes | bread | 3100 | 10 |
        | Hearth | Homes | bread | 3200 | 40 |
        | Supermarket | Homes | bread | 3000 | 50 |
        ## Offers
        | actor | product | maximum | unit_cost |
        | Oven | bread | 60 | 2000 |
        | Hearth | bread | 100 | 2100 |
        ## Needs
        | actor | product | quantity | obligation |
        | Homes | bread | 100 | must |
        """)
    ).chain
    everything = found(chain)
    swap = next(d for d in everything.decisions if d.swaps)
    assert swap.refused.losses["dependency"] == pytest.approx(50 * 3000)
    assert swap.refused.losses["cost"] == pytest.approx(50 * (3000 - 2000))
