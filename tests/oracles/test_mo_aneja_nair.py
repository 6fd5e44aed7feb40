"""A transport problem with two costs: its front is a straight line from corner to corner."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.oracles.book import OPTIMUM, Sheets, figures
from tests.oracles.mo_chains import FIRST, SECOND, Points, both, front_of, pairs, points

CASE = "mo_aneja_nair_transport"
PUBLISHED: Points = [(143, 265), (156, 200), (176, 175), (186, 171), (208, 167)]


def sheets() -> Sheets:
    supplies, demands = figures(CASE, "supply"), figures(CASE, "demand")
    names = [f"origin {row['origin']}" for row in supplies] + [f"place {row['destination']}" for row in demands]
    return {
        "Actors": pairs(names),
        "Products": [["product", "unit"], ["goods", "t"]],
        "Offers": [
            ["actor", "product", "maximum"],
            *([f"origin {row['origin']}", "goods", float(row["supply"])] for row in supplies),
        ],
        "Needs": [
            ["actor", "product", "quantity", "obligation"],
            *([f"place {row['destination']}", "goods", float(row["demand"]), "must"] for row in demands),
        ],
        "Links": [
            ["from", "to", "product", FIRST, SECOND],
            *(
                [f"origin {row['origin']}", f"place {row['destination']}", "goods", float(row["cost1"]),
                 float(row["cost2"])]
                for row in figures(CASE, "costs")
            ),
        ],
        "Objectives": both(),
    }  # fmt: skip


def test_the_published_corners_are_found_first(tmp_path: Path) -> None:
    assert points(front_of(tmp_path, sheets(), count=5)) == [pytest.approx(point, rel=OPTIMUM) for point in PUBLISHED]


def test_every_further_point_lies_on_the_line_between_two_corners(tmp_path: Path) -> None:
    found = points(front_of(tmp_path, sheets(), count=9))
    assert len(found) == 9
    for corner in PUBLISHED:
        assert any(point == pytest.approx(corner, rel=OPTIMUM) for point in found)
    for x, y in found:
        lines = [y0 + (y1 - y0) * (x - x0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(PUBLISHED)]
        # A convex front is the highest of the lines through its edges.
        assert y == pytest.approx(max(lines), rel=OPTIMUM)
