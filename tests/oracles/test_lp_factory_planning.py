"""Seven products, five kinds of machines under maintenance, six months.

A kind of machine is an activity that yields hours, its calendar the share of machines that are not down. What is
sold in a month at most is an outlet of that month, whose revenue is the product's profit. Profit is the net cost
with its sign turned; every month's end stock is paid for, the last one included.
"""

from __future__ import annotations

from pathlib import Path

from tests.oracles.book import OPTIMUM, Sheets, cheapest, figures, solved
from tests.solving import ABOUT

CASE = "lp_factory_planning_1"
PUBLISHED_PROFIT = 93_715.18
PROFIT = 93_715.17857142858
"""The published figure before it was rounded."""


def sheets() -> Sheets:
    recipes, sales = figures(CASE, "recipes_machine_hours_per_unit"), figures(CASE, "sales_limits")
    constant = {row["parameter"]: float(row["value"]) for row in figures(CASE, "parameters")}
    machines = {row["machine"]: float(row["installed"]) for row in figures(CASE, "machines")}
    down = {(row["month"], row["machine"]): float(row["down"]) for row in figures(CASE, "maintenance_fixed")}
    months = [row["month"] for row in sales]
    year = constant["hours_per_machine_per_month"] * len(months)
    return {
        "Actors": [["actor", "perimeter"], ["Factory", "member"]],
        "Periods": [["period"], *([month] for month in months)],
        "Profiles": [
            ["profile", "kind", *months],
            *(
                [f"{machine} up", "availability", *(1 - down.get((month, machine), 0) / count for month in months)]
                for machine, count in machines.items()
            ),
        ],
        "Products": [
            ["product", "unit", "price", "kind"],
            *([f"{machine} hours", "h", 1, "service"] for machine in machines),
            *([row["product"], "piece", 1, "product"] for row in recipes),
        ],
        "Processes": [
            ["process", "actor", "capacity", "availability"],
            *([machine, "Factory", count * year, f"{machine} up"] for machine, count in machines.items()),
            *([f"making {row['product']}", "Factory", None, None] for row in recipes),
        ],
        "Recipes": [
            ["process", "product", "input", "output"],
            *([machine, f"{machine} hours", None, 1] for machine in machines),
            *(
                [f"making {row['product']}", f"{machine} hours", float(row[machine]), None]
                for row in recipes
                for machine in machines
                if float(row[machine])
            ),
            *([f"making {row['product']}", row["product"], None, 1] for row in recipes),
        ],
        "Needs": [
            ["actor", "product", "period", "quantity", "obligation", "revenue"],
            *(
                ["Factory", row["product"], month["month"], float(month[row["product"]]), "outlet", float(row["profit"])]
                for row in recipes
                for month in sales
            ),
        ],
        "Storage": [
            ["actor", "product", "capacity", "cost", "initial", "final"],
            *(
                [
                    "Factory", row["product"], constant["max_stock_per_product"], constant["holding_cost"],
                    constant["initial_stock"], constant["final_stock"],
                ]
                for row in recipes
            ),
        ],
        "Links": [["from", "to", "product"]],
        "Objectives": cheapest(),
    }  # fmt: skip


def test_the_published_profit(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    assert -plan.value("cost") == ABOUT(PROFIT, rel=OPTIMUM)
    assert -plan.value("cost") == ABOUT(PUBLISHED_PROFIT, abs=0.01)
