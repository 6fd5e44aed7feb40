"""Dantzig's canneries: two plants, three markets, in its two usual variants.

The first counts case-miles: a case of a tonne over a thousand miles is a thousand tonne-kilometres here, so the
objective ``transport`` gives it. The second counts freight in thousands of dollars, as a cost.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.book import OPTIMUM, Sheets, Value, cheapest, figures, solved
from tests.solving import ABOUT

CASE = "lp_cannery_trnsport"
FREIGHT = 0.09
"""Thousands of dollars per case and thousand miles, in the second variant."""


def sheets(demand: str, objectives: list[list[Value]]) -> Sheets:
    plants, markets = figures(CASE, "capacity"), figures(CASE, "demand")
    return {
        "Actors": [
            ["actor", "perimeter"],
            *([plant["plant"], "member"] for plant in plants),
            *([market["market"], "local"] for market in markets),
        ],
        "Products": [["product", "unit", "price", "kg"], ["cases", "piece", 1, 1000]],
        "Processes": [
            ["process", "actor", "capacity"],
            *(["canning", plant["plant"], float(plant["cases"])] for plant in plants),
        ],
        "Recipes": [["process", "product", "output"], ["canning", "cases", 1]],
        "Needs": [
            ["actor", "product", "quantity"],
            *([market["market"], "cases", float(market[demand])] for market in markets),
        ],
        "Links": [
            ["from", "to", "product", "distance", "transport_cost"],
            *(
                [row["plant"], row["market"], "cases", float(row["distance"]), FREIGHT * float(row["distance"])]
                for row in figures(CASE, "distance_kmiles")
            ),
        ],
        "Objectives": objectives,
    }


@pytest.mark.parametrize(
    ("demand", "objective", "published"),
    [("variant_A_jump", "transport", 1680.0), ("variant_B_gams", "cost", 153.675)],
)
def test_the_published_optimum(tmp_path: Path, demand: str, objective: str, published: float) -> None:
    plan = solved(tmp_path, sheets(demand, [["rank", "objective"], [1, "unmet"], [2, objective]]))
    assert plan.value("unmet") == 0
    assert plan.value(objective) == ABOUT(published, rel=OPTIMUM)


def test_cases_that_cannot_be_made_are_the_unmet_ones(tmp_path: Path) -> None:
    more = dict(sheets("variant_B_gams", cheapest("unmet")))
    more["Needs"] = [*more["Needs"], ["Topeka", "cases", 100]]
    plan = solved(tmp_path, more)
    assert plan.unmet("cases") == ABOUT(325 + 300 + 275 + 100 - 350 - 600)
