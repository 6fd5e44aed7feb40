"""Every rank that was solved is told, closing ones too, in the order in which they were solved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import run, write
from tests.solving import ABOUT, best

HALL = """
## Actors
| actor | perimeter |
| Hall | member |
| Town | local |
## Products
| product | unit | price | kind |
| seat | seat | 10 | service |
## Processes
| process | actor | capacity | today |
| concert | Hall | 10 | 5 |
## Recipes
| process | product | output |
| concert | seat | 30 |
## Links
| from | to | product |
| Hall | Town | seat |
## Needs
| actor | product | quantity | obligation |
| Town | seat | 120 | want |
## Objectives
| rank | objective | tolerance |
| 1 | unmet | |
| 2 | cost | 0.1 |
| 3 | change | |
"""
"""Five concerts this year, four are enough: near to this year is five, and empty seats come before that."""

ORDER = [
    ("unmet", False), ("cost", False), ("cost", True), ("idle_services", True), ("change", False),
    ("idle_services", True), ("activity", True), ("discards", True), ("shipments", True), ("by_name", True),
]  # fmt: skip


def test_empty_seats_are_told_before_the_change_that_they_come_before() -> None:
    plan = best(HALL)
    told = sorted((*plan.solution.objectives, *plan.solution.closing), key=lambda rank: rank.turn)
    assert [(rank.objective, rank.closing) for rank in told] == ORDER
    assert plan.level("concert") == ABOUT(4) and plan.discarded("seat") == 0
    change = next(rank for rank in told if rank.objective == "change")
    assert change.value == ABOUT(1 * 30 * 10)
    idle = [rank.final for rank in told if rank.objective == "idle_services"]
    assert idle == [ABOUT(0), ABOUT(0)]


def test_the_command_tells_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "hall.xlsx", HALL)
    ran = run(monkeypatch, capsys, "solve", str(file), "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)["objectives"]
    assert [(one["objective"], bool(one.get("closing"))) for one in told] == ORDER


@pytest.mark.parametrize(
    ("second", "name", "part"), [("", "cost", 1.0), ("| 2 | transport | 0.1 | 4 |", "cost + transport", 4.0)]
)
def test_of_a_rank_optimised_once_more_its_own_value_is_told_unless_it_is_a_sum(
    second: str, name: str, part: float
) -> None:
    """A sum is told as it is minimised, each part by its weight."""
    text = HALL.replace("| 2 | cost | 0.1 |", f"| 2 | cost | 0.1 | 4 |\n{second}").replace(
        "tolerance |", "tolerance | weight |"
    )
    text = text.replace("| today |", "| today | unit_cost |").replace("| 10 | 5 |", "| 10 | 5 | 100 |")
    plan = best(text.replace("\n\n", "\n"))
    (told,) = [rank for rank in plan.solution.closing if rank.objective == name]
    # Four concerts of 100, and nothing is carried anywhere.
    assert told.value == ABOUT(part * 400)
