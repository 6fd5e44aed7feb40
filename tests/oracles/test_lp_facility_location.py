"""Sixteen warehouses that may be opened, fifty customers whose demand may be split between them.

A warehouse is a project: a fixed cost if it is opened, and a capacity. Published costs are for a customer's whole
demand; a link takes them per unit.
"""

from __future__ import annotations

from pathlib import Path

from tests.oracles.book import OPTIMUM, Sheets, cheapest, figures, solved
from tests.solving import ABOUT

CASE = "lp_orlib_cap41"
PUBLISHED = 1_040_444.375


def sheets() -> Sheets:
    warehouses, customers = figures(CASE, "warehouses"), figures(CASE, "customers")
    demand = {row["customer"]: float(row["demand"]) for row in customers}
    return {
        "Actors": [
            ["actor", "perimeter"],
            *([row["warehouse"], "member"] for row in warehouses),
            *([customer, "local"] for customer in demand),
        ],
        "Products": [["product", "unit", "price"], ["goods", "piece", 1]],
        "Processes": [
            ["process", "actor", "status", "capacity", "investment"],
            *(
                ["warehouse", row["warehouse"], "candidate", float(row["capacity"]), float(row["fixed_cost"])]
                for row in warehouses
            ),
        ],
        "Recipes": [["process", "product", "output"], ["warehouse", "goods", 1]],
        "Needs": [
            ["actor", "product", "quantity", "obligation"],
            *([customer, "goods", quantity, "must"] for customer, quantity in demand.items()),
        ],
        "Links": [
            ["from", "to", "product", "transport_cost"],
            *(
                [row["warehouse"], row["customer"], "goods",
                 float(row["cost_of_serving_all_demand"]) / demand[row["customer"]]]
                for row in figures(CASE, "alloc_cost")
            ),
        ],
        "Objectives": cheapest(),
    }  # fmt: skip


def test_the_published_cost(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    assert plan.value("cost") == ABOUT(PUBLISHED, rel=OPTIMUM)
    sizes = {row["warehouse"]: float(row["capacity"]) for row in figures(CASE, "warehouses")}
    opened = sum(sizes[actor] for _, actor in plan.plan.opened_processes)
    assert opened >= sum(float(row["demand"]) for row in figures(CASE, "customers"))
