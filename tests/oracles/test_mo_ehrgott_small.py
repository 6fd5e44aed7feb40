"""Three textbook problems; the first two have points that no weighing of the objectives finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.book import OPTIMUM, Sheets, figures
from tests.oracles.mo_chains import FIRST, SECOND, Points, both, front_of, pairs, points

CASE = "mo_ehrgott_small"
ASSIGNMENTS: Points = [(6, 24), (9, 17), (12, 13), (16, 11), (19, 10), (22, 7)]
PATHS: Points = [(8, 9), (10, 7), (11, 5), (13, 4)]
CORNERS: Points = [(0, 0), (3, -6), (12, -9)]


def assignment() -> Sheets:
    """Each worker offers one task's work, each task takes it whole or not at all."""
    rows = figures(CASE, "assignment_costs")
    workers = sorted({f"worker {row['worker']}" for row in rows})
    tasks = sorted({f"task {row['task']}" for row in rows})
    return {
        "Actors": pairs([*workers, *tasks]),
        "Products": [["product", "unit", "kind"], ["work", "day", "service"]],
        "Offers": [["actor", "product", "maximum"], *([worker, "work", 1] for worker in workers)],
        "Needs": [["actor", "product", "quantity", "obligation"], *([task, "work", 1, "must"] for task in tasks)],
        "Links": [
            ["from", "to", "product", "minimum", "maximum", "status", FIRST, SECOND],
            *(
                [f"worker {row['worker']}", f"task {row['task']}", "work", 1, 1, "candidate", float(row["cost1"]),
                 float(row["cost2"])]
                for row in rows
            ),
        ],
        "Objectives": both(),
    }  # fmt: skip


def path() -> Sheets:
    """One parcel goes from node 1 to node 6; each arc carries it or not."""
    rows = figures(CASE, "path_arcs")
    nodes = sorted({f"node {row[end]}" for row in rows for end in ("from", "to")})
    return {
        "Actors": pairs(nodes),
        "Products": [["product", "unit", "kg"], ["parcel", "piece", 1]],
        "Offers": [["actor", "product", "maximum"], ["node 1", "parcel", 1]],
        "Needs": [["actor", "product", "quantity", "obligation"], ["node 6", "parcel", 1, "must"]],
        "Links": [
            ["from", "to", "product", "minimum", "maximum", "status", FIRST, SECOND],
            *(
                [f"node {row['from']}", f"node {row['to']}", "parcel", 1, 1, "candidate", float(row["cost1"]),
                 float(row["cost2"])]
                for row in rows
            ),
        ],
        "Objectives": both(),
    }  # fmt: skip


def steuer() -> Sheets:
    """min 3a + b and min −a − 2b with 3a − b ≤ 6, b ≤ 3: a takes three hours, of which there are six, b gives one."""
    return {
        "Actors": pairs(["Workshop"]),
        "Products": [["product", "unit", "kind"], ["hours", "h", "service"]],
        "Processes": [["process", "actor", "capacity", FIRST, SECOND],
                      ["a", "Workshop", None, 3, -1], ["b", "Workshop", 3, 1, -2]],
        "Recipes": [["process", "product", "input", "output"], ["a", "hours", 3, None], ["b", "hours", None, 1]],
        "Offers": [["actor", "product", "maximum"], ["Workshop", "hours", 6]],
        "Links": [["from", "to", "product"]],
        "Objectives": both(),
    }  # fmt: skip


def test_every_assignment_that_nothing_dominates_is_found_and_no_other(tmp_path: Path) -> None:
    found = front_of(tmp_path, assignment())
    assert points(found) == [pytest.approx(point, rel=OPTIMUM) for point in ASSIGNMENTS]
    assert found.complete


def test_every_path_that_nothing_dominates_is_found_and_no_other(tmp_path: Path) -> None:
    assert points(front_of(tmp_path, path())) == [pytest.approx(point, rel=OPTIMUM) for point in PATHS]


def test_fewer_points_are_asked_for_than_there_are(tmp_path: Path) -> None:
    found = points(front_of(tmp_path, assignment(), count=4))
    assert len(found) == 4
    assert all(any(point == pytest.approx(known, rel=OPTIMUM) for known in ASSIGNMENTS) for point in found)
    assert (found[0], found[-1]) == (pytest.approx(ASSIGNMENTS[0]), pytest.approx(ASSIGNMENTS[-1]))


def test_the_corners_of_the_linear_programme_come_first(tmp_path: Path) -> None:
    assert points(front_of(tmp_path, steuer(), count=3)) == [
        pytest.approx(point, rel=OPTIMUM, abs=1e-9) for point in CORNERS
    ]
