"""Small chains of whole runs: pooled trips, counted by the season."""

from __future__ import annotations

import pytest

from tests.sheets import chain
from tests.solving import ABOUT, Solved, best

TRIPS = """
    ## Actors
    | actor | perimeter |
    | Hub | member |
    | School | local |
    ## Products
    | product | unit | price | kind |
    | van place | item | 1 | service |
    ## Periods
    | period | share |
    | summer | 0.5 |
    | winter | 0.5 |
    ## Processes
    | process | actor | unit_cost | whole |
    | trip | Hub | 60 | {whole} |
    ## Recipes
    | process | product | output |
    | trip | van place | 800 |
    ## Links
    | from | to | product |
    | Hub | School | van place |
    ## Needs
    | actor | product | quantity | obligation |
    | School | van place | 1200 | must |
    """


def trips_of(plan: Solved) -> tuple[float, ...]:
    """The trips of summer and winter; a season that is absent has none."""
    frame = plan.plan.levels
    return tuple(float(frame[frame["period"] == season]["level"].sum()) for season in ("summer", "winter"))


@pytest.mark.parametrize(
    "whole, trips, cost",
    [
        # 600 places a season: three quarters of a trip each.
        ("no", (0.75, 0.75), 90.0),
        # 1.5 trips a year do not exist: two, in halves that add up.
        ("yes", None, 120.0),
        # One trip a season.
        ("each period", (1.0, 1.0), 120.0),
        ("chaque période", (1.0, 1.0), 120.0),
    ],
)
def test_trips_are_whole_of_the_year_or_of_each_season(
    whole: str, trips: tuple[float, float] | None, cost: float
) -> None:
    plan = best(TRIPS.format(whole=whole))
    assert 60.0 * sum(trips_of(plan)) == ABOUT(cost)
    if trips:
        assert trips_of(plan) == (ABOUT(trips[0]), ABOUT(trips[1]))


def test_one_trip_carries_twenty_deliveries() -> None:
    # Trap 45, its first half: 20 x 30 kg = 600 of the 800 places of one trip; the other season has none.
    workbook = TRIPS.format(whole="each period").replace("| 1200 | must |", "| 600 | must |")
    workbook = workbook.replace("| obligation |", "| obligation | profile |").replace("| must |", "| must | once |")
    plan = best(
        workbook
        + """
    ## Profiles
    | profile | kind | summer | winter |
    | once | spread | 1 | 0 |
    """
    )
    assert trips_of(plan) == (ABOUT(1.0), 0.0)


def test_each_period_is_no_yearly_whole() -> None:
    processes = chain(TRIPS.format(whole="each period")).processes
    assert processes["trip", "Hub"].whole_each_period and not processes["trip", "Hub"].whole
