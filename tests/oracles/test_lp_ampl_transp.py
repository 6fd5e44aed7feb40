"""The classical transport problem, 3 mills by 7 factories, as much offered as asked for."""

from __future__ import annotations

from pathlib import Path

from tests.oracles.book import OPTIMUM, Sheets, cheapest, figures, solved
from tests.solving import ABOUT

CASE = "lp_ampl_transp"
PUBLISHED = 196_200.0


def sheets() -> Sheets:
    mills, factories = figures(CASE, "supply"), figures(CASE, "demand")
    costs = figures(CASE, "cost")
    return {
        "Actors": [
            ["actor", "perimeter"],
            *([mill["origin"], "member"] for mill in mills),
            *([factory["destination"], "local"] for factory in factories),
        ],
        "Products": [["product", "unit", "price"], ["coils", "t", 1]],
        "Offers": [
            ["actor", "product", "maximum"],
            *([mill["origin"], "coils", float(mill["supply"])] for mill in mills),
        ],
        "Needs": [
            ["actor", "product", "quantity", "obligation"],
            *([factory["destination"], "coils", float(factory["demand"]), "must"] for factory in factories),
        ],
        "Links": [
            ["from", "to", "product", "transport_cost"],
            *(
                [row["origin"], factory, "coils", float(cost)]
                for row in costs
                for factory, cost in row.items()
                if factory != "origin"
            ),
        ],
        "Objectives": cheapest(),
    }


def test_the_published_cost_is_reached_with_every_mill_at_its_supply(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    assert plan.value("cost") == ABOUT(PUBLISHED, rel=OPTIMUM)
    offered = plan.plan.offers.groupby("actor")["quantity"].sum().to_dict()
    assert offered == ABOUT({mill["origin"]: float(mill["supply"]) for mill in figures(CASE, "supply")})
