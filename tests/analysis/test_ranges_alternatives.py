"""How free a plan is, and plans nearly as good: each bound is reached, each variant keeps within the slack."""

from __future__ import annotations

import numpy as np
import pytest

from filiere.analysis.explain.levers import explain
from filiere.report.explain.words import explanation_lines
from filiere.solver.programme.compile import Function, compiled
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.sensitivity import ranges as sensitivity
from filiere.solver.sensitivity.ranges import hold_all
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session
from tests.sheets import chain as read

TWO_FARMS = """
    ## Actors
    | actor | perimeter |
    | Upper farm | member |
    | Lower farm | member |
    | Shop | member |
    | Town | local |
    ## Products
    | product | unit | price |
    | leeks | t | 1000 |
    ## Links
    | from | to | product | price | transport_cost |
    | Upper farm | Shop | leeks | 1000 | 10 |
    | Lower farm | Shop | leeks | 1000 | {cost} |
    | Shop | Town | leeks | 1200 | |
    ## Offers
    | actor | product | maximum |
    | Upper farm | leeks | 40 |
    | Lower farm | leeks | 30 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | leeks | 50 | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    """


def test_two_equal_farms_share_in_any_way_that_their_offers_allow() -> None:
    freedom = explain(read(TWO_FARMS.replace("{cost}", "10"))).freedom
    assert freedom is not None
    found = {(one.from_, one.to): (one.least, one.most) for one in freedom.ranges}
    assert found["Upper farm", "Shop"] == pytest.approx((20, 40))
    assert found["Lower farm", "Shop"] == pytest.approx((10, 30))
    assert found["Shop", "Town"] == pytest.approx((50, 50))
    assert freedom.verdict == "very free"


def test_a_dearer_farm_leaves_one_plan() -> None:
    freedom = explain(read(TWO_FARMS.replace("{cost}", "11"))).freedom
    assert freedom is not None
    assert freedom.verdict == "unique"
    assert all(one.least == pytest.approx(one.most, abs=1e-3) for one in freedom.ranges)


TWO_MILLS = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Town | local |
    ## Products
    | product | unit | price |
    | flour | t | 500 |
    ## Processes
    | process | actor | capacity | {status} | unit_cost |
    | old mill | Farm | 100 | {kind} | 5 |
    | new mill | Farm | 100 | {kind} | {cost} |
    ## Recipes
    | process | product | output |
    | old mill | flour | 1 |
    | new mill | flour | 1 |
    ## Links
    | from | to | product |
    | Farm | Town | flour |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | flour | 20 | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    """


@pytest.mark.parametrize("kind", ["existing", "candidate"])
@pytest.mark.parametrize(("cost", "verdict"), [(5, "other hands"), (6, "unique")])
def test_a_plan_in_which_equal_workshops_could_swap_is_not_unique(cost: int, verdict: str, kind: str) -> None:
    explained = explain(read(TWO_MILLS.format(cost=cost, kind=kind, status="status")))
    assert explained.freedom is not None
    assert explained.freedom.verdict == verdict
    lines = explanation_lines(explained, "en")
    assert any("other activities could do the same work" in line for line in lines) == (verdict == "other hands")
    assert any("The plan is unique" in line for line in lines) == (verdict == "unique")


def test_variants_cost_no_more_than_the_slack_and_differ() -> None:
    # 40 t at 10 and 10 t at 11 cost 510; 2 % more are 10.2: ten tonnes more may come from the dearer farm.
    explained = explain(read(TWO_FARMS.replace("{cost}", "11")), slack=0.02)
    assert explained.alternatives
    for variant in explained.alternatives:
        assert variant.best["cost"] == pytest.approx(510)
        assert variant.objectives["cost"] <= 510 * 1.02 + 1e-3
        assert variant.distance > 0
        assert variant.differences
    most = max(
        one.after - one.before for v in explained.alternatives for one in v.differences if "Lower farm" in one.subject
    )
    assert most == pytest.approx(10.2, rel=1e-3)


def test_without_slack_the_only_plan_has_no_variant() -> None:
    assert explain(read(TWO_FARMS.replace("{cost}", "11")), slack=0.0).alternatives == ()


def test_three_variants_where_there_is_room() -> None:
    text = TWO_FARMS.replace(
        "| Lower farm | member |", "| Lower farm | member |\n    | Far farm | member |\n    | Old farm | member |"
    )
    text = text.replace(
        "| Shop | Town |",
        "| Far farm | Shop | leeks | 1000 | 10 |\n    | Old farm | Shop | leeks | 1000 | 10 |\n    | Shop | Town |",
    )
    text = text.replace(
        "| Lower farm | leeks | 30 |",
        "| Lower farm | leeks | 30 |\n    | Far farm | leeks | 30 |\n    | Old farm | leeks | 50 |",
    )
    explained = explain(read(text.replace("{cost}", "10")), slack=0.02)
    assert len(explained.alternatives) >= 3
    assert all(variant.objectives["cost"] <= 500 * 1.02 + 1e-3 for variant in explained.alternatives)


def test_what_a_plan_already_carried_to_its_end_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two farms of equal cost, each able to bring all: where one brings all, the other brings nothing."""
    chain = read(TWO_FARMS.replace("{cost}", "10").replace("| 40 |", "| 50 |").replace("| 30 |", "| 50 |"))
    programme = compiled(chain)
    columns = solve_ranks(Search(Session(programme)), chain.objectives).columns
    asked, own = list[Function](), Session.minimise

    def counted(session: Session, function: Function, *others: object, **named: object) -> Outcome:
        asked.append(function)
        return own(session, function, *others, **named)  # type: ignore[arg-type]

    def held(session: Session, *_: object) -> None:
        hold_all(session, columns, chain.objectives)
        monkeypatch.setattr(Session, "minimise", counted)

    monkeypatch.setattr(sensitivity, "_hold_optima", held)
    links = range(len(chain.links))
    assert len(links) == 3
    found = sensitivity.ranges(programme, columns, chain.objectives, links)
    assert len(asked) < 2 * len(found)
    monkeypatch.setattr(sensitivity, "AT_END", -1.0)  # each is asked for
    asked.clear()
    assert np.allclose(found, sensitivity.ranges(programme, columns, chain.objectives, links))
    assert len(asked) == 2 * len(found)
