"""Milk and kiwifruit over one network of ports, whose arcs carry both together, with each source lost in turn.

What an arc carries in all is a rule on the quantity between its two ends. Losing a source is a scenario that
leaves its offers out; its place stays, to eat and to pass goods on.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.book import OPTIMUM, Sheets, cheapest, figures, solved
from tests.solving import ABOUT

CASE = "lp_nz_milk_kiwifruit"
ARC = 30.0
"""Units that an arc carries at most, both products together."""
# None is published; reckoned apart with HiGHS on a model of its own.
OPTIMAL_COST = 143.228
LOST = {"waikato": (8.0, 139.876), "tauranga": (28.0, 18.53), "christchurch": (8.0, 133.6)}


def sheets() -> Sheets:
    arcs, supplies, demands = figures(CASE, "shipping"), figures(CASE, "supply"), figures(CASE, "demand")
    per_km = {row["product"]: float(row["cost_per_km"]) for row in figures(CASE, "products")}
    places = dict.fromkeys(row[end] for row in arcs for end in ("origin", "destination"))
    pairs = dict.fromkeys((arc["origin"], arc["destination"]) for arc in arcs)
    return {
        "Actors": [["actor", "perimeter"], *([place, "member"] for place in places)],
        "Products": [["product", "unit", "price"], *([product, "t", 1] for product in per_km)],
        "Offers": [
            ["actor", "product", "maximum", "unit_cost"],
            *([s["origin"], s["product"], float(s["capacity"]), float(s["unit_cost"])] for s in supplies),
        ],
        "Needs": [
            ["actor", "product", "quantity"],
            *([d["destination"], d["product"], float(d["demand"])] for d in demands),
        ],
        "Links": [
            ["from", "to", "product", "transport_cost"],
            *(
                [a["origin"], a["destination"], a["product"], float(a["distance_km"]) * per_km[a["product"]]]
                for a in arcs
            ),
        ],
        "Limits": [
            ["limit", "measure", "from", "to", "sense", "value"],
            *([f"{start}-{end}", "quantity", start, end, "<=", ARC] for start, end in pairs),
        ],
        "Scenarios": [
            ["scenario", "table", "row", "column", "change"],
            *([f"without {origin}", "Offers", f"{origin} / *", None, "off"] for origin in LOST),
        ],
        "Objectives": cheapest("unmet"),
    }


def test_the_cost_of_both_products_together(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    assert plan.value("unmet") == 0
    assert plan.value("cost") == ABOUT(OPTIMAL_COST, rel=OPTIMUM)


@pytest.mark.parametrize("lost", LOST)
def test_what_the_loss_of_a_source_breaks_and_costs(tmp_path: Path, lost: str) -> None:
    plan = solved(tmp_path, sheets(), f"without {lost}")
    assert (plan.value("unmet"), plan.value("cost")) == ABOUT(LOST[lost], rel=OPTIMUM)
