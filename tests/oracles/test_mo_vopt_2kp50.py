"""Fifty projects under one budget, two values to maximise: a choice of whole projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.book import OPTIMUM, Sheets, figures
from tests.oracles.mo_chains import FIRST, SECOND, Points, both, front_of, pairs, points

CASE = "mo_vopt_2KP50_92"
BUDGET = 1524
PUBLISHED: Points = [(3245, 2847), (3247, 2796)]


def sheets() -> Sheets:
    """A project is opened whole, its weight is its yearly investment, and a limit is the budget."""
    items = figures(CASE, "items")
    return {
        "Actors": pairs(["Territory"]),
        "Products": [["product", "unit", "kind"], ["programme", "year", "service"]],
        "Processes": [
            ["process", "actor", "status", "minimum", "capacity", "investment", FIRST, SECOND],
            *(
                [f"project {row['item']}", "Territory", "candidate", 1, 1, float(row["weight"]), float(row["value1"]),
                 float(row["value2"])]
                for row in items
            ),
        ],
        "Recipes": [["process", "product", "output"], *([f"project {row['item']}", "programme", 1] for row in items)],
        "Links": [["from", "to", "product"]],
        "Limits": [["limit", "measure", "sense", "value"], ["budget", "investment", "<=", BUDGET]],
        "Objectives": both("max"),
    }  # fmt: skip


def test_the_published_points_are_all_there_is(tmp_path: Path) -> None:
    found = front_of(tmp_path, sheets())
    assert points(found) == [pytest.approx(point, rel=OPTIMUM) for point in PUBLISHED]
    weights = {f"project {row['item']}": float(row["weight"]) for row in figures(CASE, "items")}
    for point in found.points:
        assert sum(weights[process] for process, _ in point.plan.opened_processes) <= BUDGET
