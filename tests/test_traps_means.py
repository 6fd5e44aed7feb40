"""Small chains of whole runs: pooled trips, counted by the season."""

from __future__ import annotations

import pytest

from tests.sheets import chain, problems
from tests.solving import ABOUT, Solved, best, refused

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


OVEN = """
    ## Actors
    | actor | perimeter |
    | Bakery | member |
    | Town | local |
    | Trader | external |
    ## Products
    | product | unit | price |
    | bread | kg | 4 |
    ## Periods
    | period | share |
    | summer | 0.5 |
    | winter | 0.5 |
    ## Profiles
    | profile | kind | summer | winter |
    | mostly winter | spread | 0.2 | 0.8 |
    ## Processes
    | process | actor | capacity | unit_cost | minimum_load |
    | baking | Bakery | 200 | 1 | {load} |
    ## Recipes
    | process | product | output |
    | baking | bread | 1 |
    ## Links
    | from | to | product | price |
    | Bakery | Town | bread | 4 |
    | Trader | Town | bread | 6 |
    ## Needs
    | actor | product | quantity | obligation | profile |
    | Town | bread | 100 | must | mostly winter |
    """


@pytest.mark.parametrize(
    "load, baked",
    [
        # Of 100 a season the oven is asked for 20 and 80: with no minimum it bakes both.
        ("", (20.0, 80.0)),
        # 40 % of 100 is more than summer's 20: they are bought; winter's 80 are baked.
        ("0.4", (0.0, 80.0)),
        ("20 %", (20.0, 80.0)),
    ],
)
def test_an_oven_is_not_lit_for_three_loaves(load: str, baked: tuple[float, float]) -> None:
    plan = best(OVEN.format(load=load))
    assert trips_of(plan) == (ABOUT(baked[0]), ABOUT(baked[1]))


def test_a_minimum_load_is_part_of_a_conflict() -> None:
    without = "\n".join(line for line in OVEN.format(load="0.4").splitlines() if "Trader | Town" not in line)
    refused_one = refused(without)
    assert "Processes!E2" in {str(conflict.cell) for conflict in refused_one.conflict}


def test_a_minimum_load_needs_a_size() -> None:
    assert ("LOT01", "Processes!C2") in problems(OVEN.format(load="0.4").replace("| 200 |", "| |"))
    grows = OVEN.format(load="0.4").replace("| minimum_load |", "| minimum_load | status |")
    assert ("LOT02", "Processes!A2") in problems(grows.replace("| 0.4 |", "| 0.4 | scalable |"))


PROJECTS = """
    ## Actors
    | actor | perimeter |
    | Workshop | member |
    | Town | local |
    | Trader | external |
    ## Products
    | product | unit | price |
    | jam | kg | 10 |
    | fruit | kg | 2 |
    ## Processes
    | process | actor | capacity | status | investment | requires |
    | jam making | Workshop | 100 | {status} | 50 | {requires} |
    | cold room | Workshop | 100 | candidate | 400 | |
    ## Recipes
    | process | product | input | output |
    | jam making | fruit | 1 | |
    | jam making | jam | | 1 |
    | cold room | fruit | 1 | |
    | cold room | fruit | | 1 |
    ## Links
    | from | to | product | price |
    | Trader | Workshop | fruit | 2 |
    | Workshop | Town | jam | 8 |
    | Trader | Town | jam | 10 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | jam | 100 | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    """


@pytest.mark.parametrize(
    "status, requires, opened, cost",
    [
        # Jam making pays: 100 x 2 of fruit + 50 instead of 1 000.
        ("candidate", "", {"jam making"}, 250.0),
        # With the cold room it is 650, still less than 1 000.
        ("candidate", "cold room", {"jam making", "cold room"}, 650.0),
        # Opened for sure, it has the cold room opened too.
        ("opened", "cold room", {"cold room"}, 650.0),
    ],
)
def test_a_project_waits_for_the_one_it_requires(status: str, requires: str, opened: set[str], cost: float) -> None:
    plan = best(PROJECTS.format(status=status, requires=requires))
    assert {name for name, _ in plan.plan.opened_processes} == opened
    assert plan.solution.objectives[0].value == ABOUT(cost)


def test_a_project_is_dropped_with_the_one_it_requires() -> None:
    # Now the cold room costs 1 000 a year: 1 250 against 1 000 for bought jam.
    plan = best(PROJECTS.format(status="candidate", requires="cold room").replace("| 400 |", "| 1000 |"))
    assert plan.plan.opened_processes == () and plan.solution.objectives[0].value == ABOUT(1000.0)


def test_what_cannot_be_required_is_told() -> None:
    assert ("LOT04", "Processes!F2") in problems(PROJECTS.format(status="candidate", requires="jam making"))
    assert ("LOT03", "Processes!F2") in problems(PROJECTS.format(status="existing", requires="cold room"))
    existing = PROJECTS.format(status="candidate", requires="cold room").replace("| candidate | 400 |", "| | |")
    assert ("LOT05", "Processes!F2") in problems(existing)
    assert ("NAM01", "Processes!F2") in problems(PROJECTS.format(status="candidate", requires="cold rom"))


def test_a_scenario_without_a_project_takes_those_that_require_it_along() -> None:
    workbook = PROJECTS.format(status="candidate", requires="pickling; cold room").replace(
        "    ## Recipes", "    | pickling | Workshop | 10 | candidate | | |\n    ## Recipes"
    )
    workbook = workbook.replace("    ## Links", "    | pickling | jam | | 1 |\n    ## Links")
    workbook += """
    ## Scenarios
    | scenario | table | row | change |
    | bare | Processes | pickling / * | off |
    """
    assert ("jam making", "Workshop") in chain(workbook).processes
    assert set(chain(workbook, "bare").processes) == {("cold room", "Workshop")}
