"""Of plans that are the same over the year, the most even one: worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import repeat

import numpy as np
import pytest
from scipy import sparse

from filiere.solver.programme import parts
from filiere.solver.programme.compile import Function, Names, compiled
from filiere.solver.ranks import seasons
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session
from filiere.solver.solve import solve
from tests.sheets import chain
from tests.solving import ABOUT, Solved, as_it_is, best

MARKET = """
    ## Periods
    | period | share |
    | spring | 0.25 |
    | summer | 0.25 |
    | autumn | 0.25 |
    | winter | 0.25 |
    ## Profiles
    | profile | kind | spring | summer | autumn | winter |
    | school | spread | 0.4 | 0 | 0.4 | 0.2 |
    ## Actors
    | actor | perimeter |
    | Bakery | member |
    | Other bakery | member |
    | Town | local |
    | School | local |
    ## Products
    | product | unit | price |
    | bread | t | 4000 |
    ## Processes
    | process | actor | unit_cost | capacity | {whole} availability |
    | baking | Bakery | 100 | {size} | {runs} free |
    ## Recipes
    | process | product | output |
    | baking | bread | 1 |
    ## Links
    | from | to | product | today |
    | Bakery | Town | bread | 100 |
    | Bakery | School | bread | 40 |
    ## Needs
    | actor | product | quantity | profile | obligation |
    | Town | bread | 100 | free | must |
    | School | bread | 40 | school | must |
    """

SEASONS = ("spring", "summer", "autumn", "winter")


def market(size: object = "", whole: str = "") -> str:
    return MARKET.format(size=size, whole="whole |" if whole else "", runs=f"{whole} |" if whole else "")


def by_season(plan: Solved, to: str) -> list[float]:
    return [plan.flow("Bakery", to, "bread", season) for season in SEASONS]


def baked(plan: Solved) -> list[float]:
    levels = plan.plan.levels.groupby("period")["level"].sum()
    return [float(levels.get(season, 0.0)) for season in SEASONS]


def test_what_nothing_ties_to_a_season_is_even() -> None:
    plan = best(market())
    assert by_season(plan, "School") == ABOUT([16, 0, 16, 8])
    # Bread for the town at 25 a season has the ovens 12 above their even 35 a season; an even oven has the town 12 above
    # its 25, and anything between the two as much.
    assert sum(by_season(plan, "Town")) == ABOUT(100)
    above = sum(max(0.0, q - 25) for q in by_season(plan, "Town")) + sum(max(0.0, q - 35) for q in baked(plan))
    assert above == ABOUT(12)


def test_this_years_seasons_are_even_too() -> None:
    assert sum(by_season(as_it_is(market()), "Town")) == ABOUT(100)
    assert max(by_season(as_it_is(market()), "Town")) < 45


def test_whole_batches_stay_whole() -> None:
    plan = best(market(whole="each period"))
    assert all(level == ABOUT(round(level), abs=1e-6) for level in baked(plan))


@pytest.mark.parametrize("objective", ["cost", "change", "shipments"])
def test_nothing_that_was_ranked_is_lost(objective: str) -> None:
    solution = solve(chain(market()))
    for one in (*solution.objectives, *solution.closing):
        if one.objective == objective:
            assert one.final == pytest.approx(one.value, abs=1e-6)


def test_rows_in_another_order_give_the_same_seasons() -> None:
    rows = ["    | Bakery | Town | bread | 100 |\n", "    | Bakery | School | bread | 40 |\n"]
    turned = market().replace("".join(rows), "".join(reversed(rows)))
    assert turned != market()
    assert by_season(best(turned), "Town") == ABOUT(by_season(best(market()), "Town"))


def test_what_shares_no_row_is_a_part_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SMALL", 2)
    matrix = sparse.csr_array(np.array([[1.0, 0, 2, 0, 0], [0, 3.0, 0, 0, 0], [0, 4.0, 0, -5, 0], [0, 0, 0, 0, 6.0]]))
    programme = replace(
        compiled(chain(market())),
        matrix=matrix,
        row_lower=np.array([1.0, 2, 3, 4]),
        row_upper=np.array([5.0, 6, 7, 8]),
        column_lower=np.zeros(5),
        column_upper=np.array([10.0, 20, 30, 40, 50]),
        whole=np.zeros(5, dtype=bool),
        columns=Names(zip(repeat("column"), range(5))),
    )
    found = parts.parts(programme)
    assert [columns.tolist() for columns in found] == [[0, 2], [1, 3], [4]]
    second = parts.part_of(programme, found[1])
    assert second.matrix.toarray().tolist() == [[3.0, 0.0], [4.0, -5.0]]
    assert second.row_lower.tolist() == [2.0, 3.0]
    assert second.row_upper.tolist() == [6.0, 7.0]
    assert second.column_upper.tolist() == [20.0, 40.0]


def test_parts_are_evened_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SMALL", 2)
    text = market()
    for after, row in (
        ("| bread | t | 4000 |", "| cake | t | 9000 |"),
        ("| baking | bread | 1 |", "| icing | cake | 1 |"),
        ("| Bakery | School | bread | 40 |", "| Other bakery | Town | cake | |"),
        ("| School | bread | 40 | school | must |", "| Town | cake | 20 | free | must |"),
    ):
        text = text.replace(after, f"{after}\n    {row}")
    text = text.replace("    ## Recipes", "    | icing | Other bakery | 100 | | free |\n    ## Recipes")
    plan = best(text)
    assert by_season(plan, "School") == ABOUT([16, 0, 16, 8])
    bread = plan.plan.levels.query("process == 'baking'").groupby("period")["level"].sum()
    above = sum(max(0.0, q - 25) for q in by_season(plan, "Town"))
    above += sum(max(0.0, float(bread.get(season, 0.0)) - 35) for season in SEASONS)
    assert above == ABOUT(12)
    assert [plan.flow("Other bakery", "Town", "cake", season) for season in SEASONS] == ABOUT([5, 5, 5, 5])


def test_a_plan_that_its_last_digits_leave_none_is_sought_with_a_little_room_not_from_scratch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two columns of at most 1 each that have to add up to a little more than 2."""
    programme = replace(
        compiled(chain(market())),
        matrix=sparse.csr_array(np.array([[1.0, 1.0]])),
        row_lower=np.array([2.0 + 1e-7]), row_upper=np.array([np.inf]),
        column_lower=np.zeros(2), column_upper=np.ones(2), whole=np.zeros(2, dtype=bool),
        rows=Names([("row", 0)]), columns=Names([("column", 0), ("column", 1)]),
    )  # fmt: skip
    scratched, own = list[float](), Session._from_scratch

    def from_scratch(session: Session) -> Outcome:
        scratched.append(session._missed)
        return own(session)

    monkeypatch.setattr(Session, "_from_scratch", from_scratch)
    monkeypatch.setattr(Session, "_without_plan", lambda session: False)
    uneven = Function(np.array([1.0, 0.0]), 0.0)
    assert seasons._least(programme, uneven, seasons.ROUNDING[0]) is None
    assert scratched == []
    assert seasons._least(programme, uneven, seasons.ROUNDING[-1]) is None
    assert scratched == [seasons.ROUNDING[-1]]
