"""Periods and calendars, by hand."""

from __future__ import annotations

import pytest

from filiere.chain.chain import Calendar
from tests.chain.bread import bread
from tests.sheets import chain, problems

PERIODS = """
    | period | share |
    | Winter | 0.25  |
    | Summer | 0.75  |"""


def needs(profile: str = "", period: str = "") -> str:
    return f"| actor | product | quantity | profile | period |\n| Shop | flour | 40 | {profile} | {period} |"


def calendar(profiles: str, profile: str = "", period: str = "") -> Calendar:
    return chain(bread(Periods=PERIODS, Profiles=profiles, Needs=needs(profile, period))).needs[0].calendar


def test_blank_shares_are_equal_parts() -> None:
    found = chain(bread(Periods="| period |\n| a |\n| b |\n| c |")).periods
    assert [(period.name, period.share) for period in found] == [("a", 1 / 3), ("b", 1 / 3), ("c", 1 / 3)]


def test_a_tiny_rest_of_rounding_is_shared_out() -> None:
    rows = "| period | share |\n| a | 0.3333333 |\n| b | 0.3333333 |\n| c | 0.3333333 |"
    assert sum(period.share for period in chain(bread(Periods=rows)).periods) == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| a | 0.3 |\n| b | 0.3 |", {("PER01", "Periods!B2")}),
        ("| a | 0.3 |\n| b |     |", {("PER02", "Periods!B3")}),
    ],
)
def test_shares_that_do_not_make_a_year(rows: str, expected: set[tuple[str, str]]) -> None:
    assert problems(bread(Periods="| period | share |\n" + rows)) == expected


def test_weights_of_every_kind_of_calendar() -> None:
    profiles = """
        | profile | kind         | winter | SUMMER |
        | harvest | spread       |        | 1      |
        | closed  | availability | 1      | 0.5    |"""
    assert calendar(profiles).weights == (0.25, 0.75)
    assert calendar(profiles, "harvest").weights == (0.0, 1.0)
    assert calendar(profiles, "closed").weights == (0.25, 0.375)
    assert calendar(profiles, "free").free
    assert calendar(profiles, "Libre").free
    assert calendar(profiles, period="summer") == Calendar((0.0, 1.0), period="Summer")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| c | spread | 0.5 | 0.4 |", {("CAL01", "Profiles!A2")}),
        ("| c | spread | 0.5 |     |", {("CAL01", "Profiles!A2")}),
        ("| c | availability | 0 | 1 |", {("CAL03", "Profiles!B2")}),
        ("| c | availability | 1 | |", {("CAL03", "Profiles!B2"), ("CAL06", "Profiles!A2")}),
        ("| c | availability | 0.4 | 0.6 |", set()),
        ("| libre | spread | 1 | 0 |", {("CAL04", "Profiles!A2")}),
    ],
)
def test_calendars_that_cannot_be_meant(row: str, expected: set[tuple[str, str]]) -> None:
    profiles = "| profile | kind | Winter | Summer |\n" + row
    assert problems(bread(Periods=PERIODS, Profiles=profiles)) == expected


def test_a_value_above_1_is_refused_however_it_comes() -> None:
    from filiere.chain.assemble.assemble import assemble
    from filiere.chain.parse.tables import Tables
    from filiere.problems import Cell
    from filiere.schema import tables as t

    cells = {"profile": Cell("Profiles", 2, 0), "a": Cell("Profiles", 2, 1), "b": Cell("Profiles", 2, 2)}
    tables = Tables(
        periods=(t.PeriodRow(period="a"), t.PeriodRow(period="b")),
        profiles=(t.ProfileRow(profile="c", values={"a": 25.0, "b": 75.0}, cells=cells),),
    )
    assert [(p.code, str(p.cell)) for p in assemble(tables)[1]] == [("CAL02", "Profiles!B2")]


def test_a_heading_that_is_no_period_is_reported_once() -> None:
    profiles = """
        | profile | kind   | Wintr | Summer |
        | a       | spread | 0.5   | 0.5    |
        | b       | spread | 0.4   | 0.6    |"""
    assert problems(bread(Periods=PERIODS, Profiles=profiles)) == {("NAM01", "Profiles!C2")}


def test_a_row_with_a_calendar_and_a_period_contradicts_itself() -> None:
    profiles = "| profile | kind | Winter | Summer |\n| c | spread | 1 | 0 |"
    found = problems(bread(Periods=PERIODS, Profiles=profiles, Needs=needs("c", "Winter")))
    assert found == {("CAL05", "Needs!E2")}


def test_unknown_calendars_and_periods() -> None:
    assert problems(bread(Periods=PERIODS, Needs=needs(profile="harvest"))) == {("NAM02", "Needs!D2")}
    assert problems(bread(Periods=PERIODS, Needs=needs(period="Sumer"))) == {("NAM01", "Needs!E2")}
