"""The certificate passes what holds, and names the family of rows that does not."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiere.chain.chain import Chain
from filiere.schema import words as w
from filiere.solution.certify.certify import Certificate, certify
from filiere.solution.solution import Plan, RankValue, Solution, Status
from tests import hand
from tests.solution import worked


def failed(certificate: Certificate) -> set[str]:
    return {check.name for check in certificate.checks if check.residual > 1e-6}


def test_a_plan_worked_out_by_hand_passes() -> None:
    certificate = certify(worked.chain(), worked.solution())
    assert failed(certificate) == set()
    assert certificate.passed
    assert certificate.max_residual < 1e-12


def process(**fields: object) -> Callable[[Chain], Chain]:
    key = fields.pop("key")

    def change(chain: Chain) -> Chain:
        changed = dataclasses.replace(chain.processes[key], **fields)
        return dataclasses.replace(chain, processes={**chain.processes, key: changed})

    return change


def row(table: str, position: int, **fields: object) -> Callable[[Chain], Chain]:
    def change(chain: Chain) -> Chain:
        rows = list(getattr(chain, table))
        rows[position] = dataclasses.replace(rows[position], **fields)
        return dataclasses.replace(chain, **{table: tuple(rows)})

    return change


def actor(name: str, **fields: object) -> Callable[[Chain], Chain]:
    def change(chain: Chain) -> Chain:
        changed = dataclasses.replace(chain.actors[name], **fields)
        return dataclasses.replace(chain, actors={**chain.actors, name: changed})

    return change


def store(**fields: object) -> Callable[[Chain], Chain]:
    def change(chain: Chain) -> Chain:
        key = ("Farm", "wheat")
        changed = dataclasses.replace(chain.storages[key], **fields)
        return dataclasses.replace(chain, storages={key: changed})

    return change


def good(name: str, **fields: object) -> Callable[[Chain], Chain]:
    def change(chain: Chain) -> Chain:
        changed = dataclasses.replace(chain.products[name], **fields)
        return dataclasses.replace(chain, products={**chain.products, name: changed})

    return change


STRICTER: dict[str, tuple[Callable[[Chain], Chain], str]] = {
    "a capacity": (process(key=worked.GROW, capacity=39.0), "capacities"),
    "a closed season": (process(key=worked.GRIND, calendar=worked.HARVEST), "capacities"),
    "a free calendar": (process(key=worked.GRIND, calendar=hand.FREE, expansion_max=None, capacity=35.0), "capacities"),
    "an expansion": (process(key=worked.GRIND, expansion_max=7.0), "expansions"),
    "an activity that cannot grow": (process(key=worked.GRIND, status=w.ProcessStatus.EXISTING), "expansions"),
    "a minimum": (process(key=worked.GROW, minimum=41.0), "minimums"),
    "a candidate's minimum": (process(key=worked.OVEN, minimum=37.0), "minimums"),
    "a whole level": (process(key=worked.GRIND, whole=True, capacity=40.0), ""),
    "a minimum load": (process(key=worked.GROW, minimum_load=0.9), "minimum loads"),
    "a minimum load that is reached": (process(key=worked.GROW, minimum_load=0.01), ""),
    "a project that requires another": (
        process(key=worked.OVEN, requires=(worked.GROW,)), "required projects",
    ),
    "a lot": (row("links", 0, multiple=5.0), "whole lots"),
    "a lot that fits": (row("links", 0, multiple=19.0), ""),
    "a link's maximum": (row("links", 0, maximum=37.0), "links"),
    "a link's minimum": (row("links", 0, minimum=39.0), "links"),
    "a candidate link's minimum": (row("links", 4, minimum=7.0), "links"),
    "today's relation": (row("links", 1, today=71.0), "relations kept"),
    "today's relation, beyond the maximum": (row("links", 1, today=100.0, maximum=35.2), ""),
    "a season without the link": (row("links", 2, periods=("summer",)), "references"),
    "an outside offer": (row("offers", 0, maximum=11.0), "offers"),
    "a must": (row("needs", 0, obligation=w.Obligation.MUST), "needs"),
    "a larger need": (row("needs", 0, quantity=51.0), "needs"),
    "a smaller outlet": (row("needs", 1, quantity=9.0), "needs"),
    "a smaller outlet, free": (row("needs", 1, quantity=7.0, calendar=hand.FREE), "needs"),
    "an outlet, free": (row("needs", 1, quantity=8.0, calendar=hand.FREE), ""),
    "a returned jar": (row("needs", 0, returns="bran", returned=0.5), "balances"),
    "a store": (store(capacity=19.0), "storage"),
    "a loss in store": (store(loss=0.2), "balances"),
    "a final stock": (store(initial=0.0, final=1.0), "storage"),
    "an initial stock": (store(initial=1.0), "balances"),
    "no discards": (good("bran", may_discard=False), "discards"),
    "not a by-product": (good("bran", kind=w.ProductKind.PRODUCT), ""),
    "an aid's maximum": (row("funding", 0, maximum=599.0), "funding"),
    "an aid's minimum": (row("funding", 0, minimum=601.0), "funding"),
    "an aid per unit": (row("funding", 0, unit_amount=13.0), "funding"),
    "a reserve": (actor("Mill", reserve=9.0), "budgets"),
    "a budget that must balance": (actor("Mill", budget=w.Budget.YES), "budgets"),
    "a discard cost": (good("bran", discard_cost=3.0), "budgets"),
    "a ceiling": (row("limits", 0, value=39.0), "limits"),
    "a share": (row("limits", 1, value=0.99), "limits"),
    "a number of projects": (row("limits", 2, value=1.0), "limits"),
    "a price": (row("links", 0, price=199.0), "flow columns"),
    "an importance": (row("needs", 0, importance=2.0), "ranks"),
}  # fmt: skip
"""What is changed in the chain → the family of rows that the unchanged plan then breaks ("" for none)."""


@pytest.mark.parametrize("change", STRICTER)
def test_a_stricter_chain_refuses_the_plan_by_the_right_family(change: str) -> None:
    stricter, family = STRICTER[change]
    chain = stricter(worked.chain())
    found = failed(certify(chain, worked.solution()))
    assert (family in found) if family else (found == set())


def test_a_buyer_may_not_throw_away_what_it_bought() -> None:
    # The mill, whose own activity puts flour out, may bin what is left of it; the shop may not.
    chain = good("flour", may_discard=True)(worked.chain())
    for actor_, allowed in (("Mill", True), ("Shop", False)):
        plan = hand.plan(chain, discarded={(actor_, "flour"): (1.0, 0.0)})
        assert ("discards" not in failed(certify(chain, hand.solution(plan)))) is allowed


def test_a_level_counted_in_whole_numbers_is_whole() -> None:
    found = failed(certify(worked.chain(), worked.solution(scaled("levels", 3, "level", 0.9))))
    assert "whole levels" in found  # 14.4 + 20


def test_a_level_whole_in_the_year_need_not_be_whole_each_period() -> None:
    # 20 and 20 in the plan; 20.5 and 19.5 are whole in the year only.
    for parts, broken in (((20.0, 20.0), False), ((20.5, 19.5), True)):
        for each_period in (False, True):
            made = process(key=worked.GROW, whole=not each_period, whole_each_period=each_period)(worked.chain())
            plan = hand.plan(made, levels={worked.GROW: parts})
            found = failed(certify(made, hand.solution(plan)))
            assert ("whole levels" in found) is (broken and each_period)


def test_a_closed_candidate_does_nothing() -> None:
    plan = dataclasses.replace(worked.plan(), opened_processes=(), opened_links=())
    assert {"capacities", "links", "limits"} <= failed(certify(worked.chain(), worked.solution(plan)))


def scaled(frame: str, position: int, column: str, factor: float) -> Plan:
    plan = worked.plan()
    changed = getattr(plan, frame).copy()
    changed.loc[position, column] *= factor
    return dataclasses.replace(plan, **{frame: changed})


@pytest.mark.parametrize(
    ("frame", "position", "column", "family"),
    [
        ("flows", 0, "quantity", "balances"), ("flows", 0, "received", "flow columns"),
        ("flows", 0, "value", "flow columns"), ("levels", 1, "level", "balances"), ("served", 0, "quantity", "needs"),
        ("served", 2, "quantity", "needs"), ("offers", 0, "quantity", "offers"), ("unmet", 0, "quantity", "needs"),
        ("stocks", 0, "quantity", "balances"), ("discarded", 0, "quantity", "balances"),
        ("grants", 0, "amount", "budgets"), ("deficits", 0, "amount", "budgets"),
        ("expanded", 0, "level", "capacities"),
    ],
)  # fmt: skip
def test_every_figure_of_a_plan_counts(frame: str, position: int, column: str, family: str) -> None:
    assert family in failed(certify(worked.chain(), worked.solution(scaled(frame, position, column, 0.5))))
    negative = certify(worked.chain(), worked.solution(scaled(frame, position, column, -1.0)))
    assert column in ("received", "value") or "non-negativity" in failed(negative)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(range(8)), st.floats(1e-3, 3.0).filter(lambda f: abs(f - 1) > 1e-4))
def test_no_flow_can_be_changed_unseen(position: int, factor: float) -> None:
    assert not certify(worked.chain(), worked.solution(scaled("flows", position, "quantity", factor))).passed


def test_the_residual_is_relative_to_the_largest_term_of_its_row() -> None:
    certificate = certify(worked.chain(), worked.solution(scaled("flows", 0, "quantity", 0.9)))
    # 2 t of the 40 t that the farm grows in summer; the mill lacks 2 t of the 20 t it grinds.
    balances = next(check for check in certificate.checks if check.name == "balances")
    assert balances.residual == pytest.approx(2 / 20)
    assert balances.where == "Mill, wheat, summer"


def test_the_place_of_the_worst_row_is_told() -> None:
    certificate = certify(STRICTER["a capacity"][0](worked.chain()), worked.solution())
    assert certificate.worst is not None
    assert certificate.worst.where == "growing, Farm, summer"
    assert str(certificate.worst.cell) == "Processes!2"


def test_what_points_nowhere_is_refused_before_it_is_added_up() -> None:
    plan = worked.plan()
    for frame, column, value in (
        ("flows", "link", 17), ("flows", "product", "rye"), ("levels", "process", "dreaming"), ("served", "need", 1),
    ):  # fmt: skip
        changed = getattr(plan, frame).copy()
        changed.loc[0, column] = value
        certificate = certify(worked.chain(), worked.solution(dataclasses.replace(plan, **{frame: changed})))
        assert failed(certificate) == {"references"}


def test_a_rank_given_up_beyond_its_tolerance_is_seen() -> None:
    good_one = worked.solution()
    worse = dataclasses.replace(good_one.objectives[2], value=worked.COST * 1.06)
    certificate = certify(worked.chain(), dataclasses.replace(good_one, objectives=(*good_one.objectives[:2], worse)))
    assert failed(certificate) == {"ranks"}
    told = dataclasses.replace(good_one.objectives[1], final=71.0)
    certificate = certify(worked.chain(), dataclasses.replace(good_one, objectives=(told,)))
    assert failed(certificate) == {"ranks"}


def test_a_trace_of_change_is_measured_against_what_changes() -> None:
    # A million a year that a solver gives back as 1 000 000.01 has not changed.
    chain = hand.chain(
        [hand.actor("In"), hand.actor("Out", "external")], [hand.product("grain", 3.0)],
        [hand.link("In", "Out", "grain", 3.0, today=1e6)],
        [hand.process("grow", "In", {}, {"grain": 1.0})],
    )  # fmt: skip
    plan = hand.plan(chain, {0: 1e6 + 0.01}, {("grow", "In"): 1e6 + 0.01})
    certificate = certify(chain, hand.solution(plan, RankValue(1, "change", 0.0, 0.0)), observed=True)
    assert certificate.max_residual == pytest.approx(1e-8, rel=1e-3)


def test_policy_never_binds_what_was_observed() -> None:
    chain = worked.chain()
    for name in ("a ceiling", "a minimum", "today's relation", "a budget that must balance", "a link's minimum",
                 "an expansion", "a must"):  # fmt: skip
        chain = STRICTER[name][0](chain)
    assert failed(certify(chain, worked.solution())) >= {"limits", "minimums", "relations kept", "budgets", "needs"}
    assert certify(chain, worked.solution(), observed=True).passed
    broken = worked.solution(scaled("flows", 0, "quantity", 0.9))
    assert "balances" in failed(certify(worked.chain(), broken, observed=True))


def test_outside_rows_add_up() -> None:
    # Two offers of 50 and 30 give 80, not one more; two outlets of 60 and 20 take 80.
    chain = hand.chain(
        [hand.actor("In"), hand.actor("North", "external"), hand.actor("South", "external")],
        [hand.product("milk")],
        [hand.link("North", "In", "milk"), hand.link("In", "South", "milk")],
        offers=[hand.offer("North", "milk", 50.0), hand.offer("North", "milk", 30.0)],
        needs=[hand.need("South", "milk", 60.0, "must"), hand.need("South", "milk", 20.0, "outlet")],
    )
    full = hand.plan(chain, {0: 80.0, 1: 80.0}, offers={0: 50.0, 1: 30.0}, served={0: 60.0, 1: 20.0})
    assert certify(chain, hand.solution(full)).passed
    unnamed = hand.plan(chain, {0: 80.0, 1: 80.0}, offers={0: 50.0}, served={0: 60.0, 1: 20.0})
    assert failed(certify(chain, hand.solution(unnamed))) == {"offers"}
    beyond = hand.plan(chain, {0: 81.0, 1: 81.0}, offers={0: 51.0, 1: 30.0}, served={0: 60.0, 1: 21.0})
    assert failed(certify(chain, hand.solution(beyond))) == {"offers", "needs"}
    short = hand.plan(chain, {0: 50.0, 1: 50.0}, offers={0: 50.0}, served={0: 50.0})
    assert failed(certify(chain, hand.solution(short))) == {"needs"}


def test_a_solution_without_a_plan_has_no_certificate() -> None:
    with pytest.raises(ValueError, match="without a plan"):
        certify(worked.chain(), Solution(Status.INFEASIBLE))


def test_what_is_left_over_is_less_than_a_lot_or_a_run() -> None:
    # The shop may be left with one lot of flour, 5 less 10 % lost on the way; the mill with one run of its own, 0.8.
    chain = process(key=worked.GRIND, whole=True)(row("links", 1, multiple=5.0, loss=0.1)(worked.chain()))
    buyer = chain.links[1].to
    flour = chain.processes[worked.GRIND].outputs["flour"]
    for place, left, allowed in (
        ((buyer, "flour"), 4.5, True), ((buyer, "flour"), 4.6, False), (("Farm", "flour"), 0.1, False),
        (("Mill", "flour"), flour, True), (("Mill", "flour"), 1.01 * flour, False),
    ):  # fmt: skip
        plan = hand.plan(chain, left_over={place: (left, 0.0)})
        assert ("left over" not in failed(certify(chain, hand.solution(plan)))) is allowed, place
