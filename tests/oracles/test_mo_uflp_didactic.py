"""Five sites that may be opened for eight customers, with two costs: every point that nothing dominates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.book import OPTIMUM, Sheets, figures
from tests.oracles.mo_chains import FIRST, SECOND, Points, both, front_of, pairs, points

CASE = "mo_uflp_didactic1"
LISTED: Points = [
    (313, 521), (324, 484), (338, 456), (349, 435), (360, 398), (372, 347), (383, 310), (407, 309), (408, 261),
    (419, 224), (436, 223), (460, 222), (497, 218), (503, 196),
]  # fmt: skip


def sheets() -> Sheets:
    """An open site has room for every customer; a customer goes to one site, whole."""
    sites, served = figures(CASE, "sites"), figures(CASE, "alloc")
    customers = sorted({f"customer {row['customer']}" for row in served})
    return {
        "Actors": pairs([*(f"site {row['site']}" for row in sites), *customers]),
        "Products": [["product", "unit", "kind"], ["place", "place", "service"]],
        "Processes": [
            ["process", "actor", "status", "minimum", "capacity", FIRST, SECOND],
            *(
                [f"opening {row['site']}", f"site {row['site']}", "candidate", 1, 1, float(row["open_cost1"]),
                 float(row["open_cost2"])]
                for row in sites
            ),
        ],
        "Recipes": [
            ["process", "product", "output"],
            *([f"opening {row['site']}", "place", len(customers)] for row in sites),
        ],
        "Needs": [
            ["actor", "product", "quantity", "obligation"],
            *([customer, "place", 1, "must"] for customer in customers),
        ],
        "Links": [
            ["from", "to", "product", "minimum", "maximum", "status", FIRST, SECOND],
            *(
                [f"site {row['site']}", f"customer {row['customer']}", "place", 1, 1, "candidate",
                 float(row["cost1"]), float(row["cost2"])]
                for row in served
            ),
        ],
        "Objectives": both(),
    }  # fmt: skip


def test_every_point_that_nothing_dominates_is_found_and_no_other(tmp_path: Path) -> None:
    assert points(front_of(tmp_path, sheets())) == [pytest.approx(point, rel=OPTIMUM) for point in LISTED]
