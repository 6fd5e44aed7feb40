"""What is short is shared as equally as it goes: by share of what each wants, whatever its price."""

from __future__ import annotations

import random

import numpy as np
import pytest

from filiere.solver.programme.compile import Function
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from tests.solving import ABOUT, Solved, best

DRAWS = [random.Random(seed).uniform(0.4, 2.5) for seed in range(2)]


def villages(
    grown: float, wants: dict[str, tuple[float, float, float]], extra: str = "", links: dict[str, str] | None = None
) -> str:
    """A farm and its villages, each with (quantity, price, loss on the way); one product for each price."""
    names = list(wants)
    lines = [
        "## Actors", "| actor | perimeter |", "| Farm | member |", *(f"| {name} | local |" for name in names),
        "## Products", "| product | unit | price |", "| vegetables | t | 100 |",
        *(f"| dish {name} | t | {price} |" for name, (_, price, _) in wants.items()),
        "## Offers", "| actor | product | maximum |", f"| Farm | vegetables | {grown} |",
        "## Processes", "| process | actor |", *(f"| cook {name} | {name} |" for name in names),
        "## Recipes", "| process | product | input | output |",
        *(f"| cook {name} | vegetables | 1 | |\n| cook {name} | dish {name} | | 1 |" for name in names),
        "## Links", "| from | to | product | loss | status | maximum | fixed_cost |",
        *(f"| Farm | {name} | vegetables | {loss} | {(links or {}).get(name, '| |')} |"
          for name, (_, _, loss) in wants.items()),
        "## Needs", "| actor | product | quantity | importance |",
        *(f"| {name} | dish {name} | {quantity} | 1 |" for name, (quantity, _, _) in wants.items()),
    ]  # fmt: skip
    return "\n".join(lines) + "\n" + extra


BEFORE = "## Settings\n| setting | value |\n| fairness | before |\n"
AFTER = "## Paramètres\n| paramètre | valeur |\n| équité | après les besoins |\n"
NO = "## Settings\n| setting | value |\n| fairness | no |\n"


def shares(plan: Solved) -> list[float]:
    got = plan.plan.served.groupby("need")["quantity"].sum()
    return [float(got.get(n, 0.0)) / need.quantity for n, need in enumerate(plan.chain.needs)]


@pytest.mark.parametrize("factor", [1.0, *DRAWS])
def test_31_a_shop_and_a_social_grocery_share_what_there_is(factor: float) -> None:
    wanted = round(60 * factor, 4)
    for prices in ((100, 100), (100, 300)):
        plan = best(villages(wanted, {"A": (wanted, prices[0], 0), "B": (wanted, prices[1], 0)}))
        assert shares(plan) == ABOUT([0.5, 0.5])


@pytest.mark.parametrize("loss", [0.02, *(round(0.05 * factor, 4) for factor in DRAWS)])
def test_53_equal_shares_all_the_same_where_some_is_lost_on_the_way(loss: float) -> None:
    plan = best(villages(60, {"A": (60, 100, 0), "B": (60, 100, loss)}))
    # 60 = 60 f + 60 f / (1 - loss)
    assert shares(plan) == ABOUT([(1 - loss) / (2 - loss)] * 2)


def test_two_villages_get_59_each_where_the_way_to_one_loses_three_per_cent() -> None:
    plan = best(villages(120, {"A": (100, 100, 0), "B": (100, 100, 0.03)}))
    assert [round(100 * share, 1) for share in shares(plan)] == [59.1, 59.1]
    assert shares(best(villages(120, {"A": (100, 100, 0), "B": (100, 100, 0)}))) == ABOUT([0.6, 0.6])


@pytest.mark.parametrize("factor", [1.0, *DRAWS])
def test_71_school_meals_and_banquets_have_equal_shares(factor: float) -> None:
    plan = best(villages(90 * factor, {"School": (100 * factor, 3, 0), "Banquet": (50 * factor, 40, 0)}))
    assert shares(plan) == ABOUT([0.6, 0.6])


def test_without_fairness_the_dearest_first() -> None:
    plan = best(villages(90, {"School": (100, 3, 0), "Banquet": (50, 40, 0)}, NO))
    assert shares(plan) == ABOUT([0.4, 1.0])


def test_what_can_go_no_further_is_held_and_the_rest_goes_on() -> None:
    # C can only have 10 of its 100, whatever is done: the others share what is left, 55 each of 100.
    wants = {"A": (100, 100, 0), "B": (100, 100, 0), "C": (100, 100, 0)}
    plan = best(villages(120, wants, links={"C": "| 10 |"}))
    assert shares(plan) == ABOUT([0.55, 0.55, 0.1])


def test_three_levels_one_above_the_other() -> None:
    wants = {"A": (100, 100, 0), "B": (100, 100, 0), "C": (100, 100, 0), "D": (100, 100, 0)}
    plan = best(villages(1000, wants, links={"A": "| 10 |", "B": "| 30 |", "C": "| 70 |"}))
    assert shares(plan) == ABOUT([0.1, 0.3, 0.7, 1.0])


def test_the_more_important_is_served_first_and_alone() -> None:
    text = villages(90, {"School": (100, 3, 0), "Banquet": (50, 40, 0)})
    text = text.replace("| School | dish School | 100 | 1 |", "| School | dish School | 100 | 2 |")
    assert shares(best(text)) == ABOUT([0.9, 0.0], abs=1e-6)


def test_after_the_needs_only_as_far_as_five_per_cent_more_is_missing() -> None:
    # Everything to the banquet leaves 60 meals at 3 missing (180); equal shares leave 40 × 3 + 20 × 40 (920).
    plan = best(villages(90, {"School": (100, 3, 0), "Banquet": (50, 40, 0)}, AFTER))
    # 5 % more is 9: each meal moved to the school saves 3 and misses 40.
    moved = 9 / 37
    assert shares(plan) == ABOUT([(40 + moved) / 100, (50 - moved) / 50])
    final = next(one.final for one in plan.solution.objectives if one.objective == "unmet")
    assert final == ABOUT(189)
    # Where equal shares add nothing to what is missing they are had in full.
    assert shares(best(villages(60, {"A": (60, 100, 0), "B": (60, 100, 0)}, AFTER))) == ABOUT([0.5, 0.5])


EVENINGS = """
    ## Settings
    | setting | value |
    | fairness | before |
    ## Actors
    | actor | perimeter |
    | Hall | member |
    | A | local |
    | B | local |
    | C | local |
    | D | local |
    ## Products
    | product | unit | price |
    | seats | seat | 10 |
    | bus seats | seat | 10 |
    ## Offers
    | actor | product | maximum |
    | Hall | bus seats | |
    ## Processes
    | process | actor | capacity | whole |
    | evening | Hall | 3 | yes |
    ## Recipes
    | process | product | output |
    | evening | seats | 40 |
    ## Links
    | from | to | product | minimum | maximum |
    | Hall | A | seats | | |
    | Hall | B | seats | | |
    | Hall | C | seats | | 20 |
    | Hall | D | bus seats | 100 | |
    ## Needs
    | actor | product | quantity |
    | A | seats | 100 |
    | B | seats | 100 |
    | C | seats | 100 |
    | D | bus seats | 100 |
    ## Objectives
    | rank | objective |
    | 1 | unmet |
    | 2 | cost |
    """
"""120 seats: 20 for C, which can have no more, and 50 each for A and B; D has all that it wants, as agreed."""


@pytest.fixture
def sought(monkeypatch: pytest.MonkeyPatch) -> list[Function]:
    """What was sought among all cases as one."""
    found, own = list[Function](), Search.minimise_at_once

    def noted(search: Search, function: Function) -> Outcome:
        found.append(function)
        return own(search, function)

    monkeypatch.setattr(Search, "minimise_at_once", noted)
    return found


def test_whole_numbers_raise_the_smallest_sum_then_the_next_until_all_others_have_everything(
    sought: list[Function],
) -> None:
    assert shares(best(EVENINGS)) == ABOUT([0.5, 0.5, 0.2, 1.0])
    # C's is the least share, that of the others a half; C's with A's and with B's besides. The sum of all four is not
    # sought: D has all it wants.
    assert [np.count_nonzero(one.coefficients) for one in sought] == [1, 1, 5, 5]


@pytest.mark.parametrize("seed", range(6))
def test_random_villages_have_what_hand_filling_gives(seed: int) -> None:
    draw = random.Random(seed)
    wanted = [round(draw.uniform(20, 100), 2) for _ in range(5)]
    most = [round(draw.uniform(5, 120), 2) for _ in range(5)]
    grown = round(0.6 * sum(wanted), 2)
    wants = {f"V{i}": (quantity, draw.choice([3, 40, 100]), 0.0) for i, quantity in enumerate(wanted)}
    plan = best(villages(grown, wants, links={f"V{i}": f"| {one} |" for i, one in enumerate(most)}))
    assert sorted(shares(plan)) == ABOUT(sorted(filled(grown, wanted, most)))


def filled(grown: float, wanted: list[float], most: list[float]) -> list[float]:
    """Raise one level of share for all until what there is runs out; who can have no more stays behind."""
    caps = [min(1.0, one / quantity) for one, quantity in zip(most, wanted, strict=True)]
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        used = sum(min(cap, middle) * quantity for cap, quantity in zip(caps, wanted, strict=True))
        low, high = (middle, high) if used <= grown else (low, middle)
    return [min(cap, low) for cap in caps]


@pytest.mark.parametrize(
    ("grown", "expected"),
    [
        (1000, [1.0, 1.0, 0.1, 0.2]),  # A and B have all they want
        (140, [0.55, 0.55, 0.1, 0.2]),  # 110 left for the 200 of A and B
    ],
)
def test_where_one_case_tells_who_can_have_no_more_no_sum_of_shares_is_sought(
    grown: float, expected: list[float], sought: list[Function]
) -> None:
    wants = dict.fromkeys("ABCD", (100.0, 100.0, 0.0))
    links = {"C": "candidate | 10 | 1", "D": "candidate | 20 | 1"}
    assert shares(best(villages(grown, wants, links=links))) == ABOUT(expected)
    assert [np.count_nonzero(one.coefficients) for one in sought] == [1, 1, 1]  # C's, D's, that of A and B
