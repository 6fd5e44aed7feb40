"""Lots, keeping and vehicle loads to their published optimum.

The figures are facts: H. M. Wagner and T. M. Whitin, Dynamic version of the economic lot size model, Management
Science 5 (1958) 89-96, table 1 (least cost 864); R. Fourer, D. M. Gay and B. W. Kernighan, AMPL, 2nd edition (2003),
chapter 20, multmip1 (least cost 229,850); boxes of 6, 9 and 20, with which 43 is the largest number that cannot be
had (H. Picciotto; the Frobenius number of 6, 9 and 20).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.oracles.book import OPTIMUM, Sheets, cheapest, solved
from tests.solving import ABOUT

DEMAND = (69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56)
SETUP = (85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114)


def lot_sizes(shelf_life: int | None = None) -> Sheets:
    """Each month an order has its cost, and what is kept to the next one costs 1 a unit."""
    months = [f"m{i:02}" for i in range(1, 13)]
    return {
        "Periods": [["period"], *([month] for month in months)],
        "Actors": [["actor", "perimeter"], ["Shop", "member"], ["Maker", "external"]],
        "Products": [["product", "unit", "price", "shelf_life"], ["part", "piece", 1, shelf_life]],
        "Links": [
            ["from", "to", "product", "price", "period", "status", "maximum", "fixed_cost"],
            *(["Maker", "Shop", "part", 1, month, "candidate", 1000, cost]
              for month, cost in zip(months, SETUP, strict=True)),
        ],
        "Storage": [["actor", "product", "cost", "initial", "final"], ["Shop", "part", 1, 0, 0]],
        "Needs": [
            ["actor", "product", "quantity", "period", "obligation"],
            *(["Shop", "part", need, month, "must"] for month, need in zip(months, DEMAND, strict=True)),
        ],
        "Objectives": cheapest(),
    }  # fmt: skip


def dearest_way(keeps: int) -> float:
    """The least cost by Wagner and Whitin's recursion where nothing keeps longer than so many months."""
    least = [0.0]
    for end in range(1, 13):
        ways = (
            least[start - 1] + SETUP[start - 1] + sum((k - start) * DEMAND[k - 1] for k in range(start, end + 1))
            for start in range(max(1, end - keeps), end + 1)
        )
        least.append(min(ways))
    return least[12]


def test_the_dynamic_lot_sizes_of_wagner_and_whitin(tmp_path: Path) -> None:
    assert dearest_way(12) == 864.0
    plan = solved(tmp_path, lot_sizes())
    assert plan.value("cost") == ABOUT(864.0 + sum(DEMAND), rel=OPTIMUM)


@pytest.mark.parametrize(("months", "least"), [(0, 1234.0), (1, 901.0)])
def test_what_keeps_for_a_month_or_not_at_all_is_ordered_more_often(tmp_path: Path, months: int, least: float) -> None:
    assert dearest_way(months) == least
    assert solved(tmp_path, lot_sizes(months)).value("cost") == ABOUT(least + sum(DEMAND), rel=OPTIMUM)


PRODUCTS = ("bands", "coils", "plate")
SUPPLY = {"GARY": (400, 800, 200), "CLEV": (700, 1600, 300), "PITT": (800, 1800, 300)}
STEEL = {
    "FRA": (300, 500, 100), "DET": (300, 750, 100), "LAN": (100, 400, 0), "WIN": (75, 250, 50), "STL": (650, 950, 200),
    "FRE": (225, 850, 100), "LAF": (250, 500, 250),
}  # fmt: skip
CARRIAGE = {
    ("GARY", "bands"): (30, 10, 8, 10, 11, 71, 6), ("CLEV", "bands"): (22, 7, 10, 7, 21, 82, 13),
    ("PITT", "bands"): (19, 11, 12, 10, 25, 83, 15), ("GARY", "coils"): (39, 14, 11, 14, 16, 82, 8),
    ("CLEV", "coils"): (27, 9, 12, 9, 26, 95, 17), ("PITT", "coils"): (24, 14, 17, 13, 28, 99, 20),
    ("GARY", "plate"): (41, 15, 12, 16, 17, 86, 8), ("CLEV", "plate"): (29, 9, 13, 9, 28, 99, 18),
    ("PITT", "plate"): (26, 14, 17, 13, 31, 104, 20),
}  # fmt: skip
ROUTE = {
    "GARY": (3000, 1200, 1200, 1200, 2500, 3500, 2500), "CLEV": (2000, 1000, 1500, 1200, 2500, 3000, 2200),
    "PITT": (2000, 1200, 1500, 1500, 2500, 3500, 2200),
}  # fmt: skip
LOAD = 625


def routes() -> Sheets:
    """Each route from a mill to a plant is a round of three products: one fixed cost, at most 625 t of all."""
    links: list[list[Any]] = []
    for mill, costs in ROUTE.items():
        for at, (plant, fixed) in enumerate(zip(STEEL, costs, strict=True)):
            links += [
                [mill, plant, p, CARRIAGE[mill, p][at], "candidate", min(LOAD, SUPPLY[mill][i]), fixed,
                 f"{mill}-{plant}", LOAD]
                for i, p in enumerate(PRODUCTS)
            ]  # fmt: skip
    return {
        "Actors": [["actor", "perimeter"], *([name, "member"] for name in (*SUPPLY, *STEEL))],
        "Products": [["product", "unit", "price"], *([p, "t", 1] for p in PRODUCTS)],
        "Offers": [["actor", "product", "maximum"],
                   *([mill, p, q] for mill, has in SUPPLY.items() for p, q in zip(PRODUCTS, has, strict=True))],
        "Needs": [["actor", "product", "quantity", "obligation"],
                  *([plant, p, q, "must"] for plant, has in STEEL.items() for p, q in zip(PRODUCTS, has, strict=True)
                    if q)],
        "Links": [
            ["from", "to", "product", "transport_cost", "status", "maximum", "fixed_cost", "round", "round_maximum"],
            *links,
        ],
        "Objectives": cheapest(),
    }  # fmt: skip


def test_vehicle_loads_of_several_products_share_a_route_and_its_cost(tmp_path: Path) -> None:
    plan = solved(tmp_path, routes())
    assert plan.value("cost") == ABOUT(229_850.0, rel=OPTIMUM)


def boxes(count: int) -> Sheets:
    """Boxes of 6, 9 and 20, a euro a piece: what is bought beyond the need is left over."""
    return {
        "Actors": [["actor", "perimeter"], ["Party", "member"], *([f"Box {size}", "external"] for size in (6, 9, 20))],
        "Products": [["product", "unit", "price"], ["nugget", "piece", 1]],
        "Links": [
            ["from", "to", "product", "price", "multiple"],
            *([f"Box {size}", "Party", "nugget", 1, size] for size in (6, 9, 20)),
        ],
        "Needs": [["actor", "product", "quantity", "obligation"], ["Party", "nugget", count, "must"]],
        "Objectives": cheapest(),
    }


@pytest.mark.parametrize(("needed", "bought"), [(43, 44), (44, 44)])
def test_forty_three_cannot_be_had_in_boxes_of_6_9_and_20(tmp_path: Path, needed: int, bought: int) -> None:
    plan = solved(tmp_path, boxes(needed))
    assert plan.value("cost") == ABOUT(bought, rel=OPTIMUM)
