"""Two factories that open or not each month, with a least production, a fixed cost, and a price on what is missing.

A factory in a month is a project: opened or not as a whole, with a minimum, a capacity and a fixed cost, whose
calendar is that month. What is missing and what it costs stand on one rank, weighted as published.
"""

from __future__ import annotations

from pathlib import Path

from tests.oracles.book import OPTIMUM, Sheets, figures, solved
from tests.solving import ABOUT

CASE = "lp_factory_schedule_onoff"
PUBLISHED = 12_906_400.0
MISSING = 10_000.0
"""What a missing unit counts in the published sum."""


def sheets() -> Sheets:
    demands = figures(CASE, "demand")
    runs = [row for row in figures(CASE, "factories") if float(row["max_production"])]
    months = [row["month"] for row in demands]
    return {
        "Actors": [["actor", "perimeter"], ["A", "member"], ["B", "member"], ["Market", "local"]],
        "Periods": [["period"], *([f"month {month}"] for month in months)],
        "Profiles": [
            ["profile", "kind", *(f"month {month}" for month in months)],
            *([f"only {month}", "spread", *(float(other == month) for other in months)] for month in months),
        ],
        "Products": [["product", "unit", "price"], ["goods", "piece", 1]],
        "Processes": [
            ["process", "actor", "status", "minimum", "capacity", "fixed_cost", "unit_cost", "availability"],
            *(
                [
                    f"{row['factory']} in month {row['month']}", row["factory"], "candidate",
                    float(row["min_production"]), float(row["max_production"]), float(row["fixed_cost"]),
                    float(row["variable_cost"]), f"only {row['month']}",
                ]
                for row in runs
            ),
        ],
        "Recipes": [
            ["process", "product", "output"],
            *([f"{row['factory']} in month {row['month']}", "goods", 1] for row in runs),
        ],
        "Links": [["from", "to", "product"], ["A", "Market", "goods"], ["B", "Market", "goods"]],
        "Needs": [
            ["actor", "product", "period", "quantity"],
            *(["Market", "goods", f"month {row['month']}", float(row["demand"])] for row in demands),
        ],
        "Objectives": [["rank", "objective", "weight"], [1, "unmet", MISSING], [1, "cost", 1]],
    }  # fmt: skip


def test_the_published_sum_of_cost_and_missing_units(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    assert MISSING * plan.value("unmet") + plan.value("cost") == ABOUT(PUBLISHED, rel=OPTIMUM)


def test_an_open_factory_keeps_its_least_production(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    least = {
        f"{row['factory']} in month {row['month']}": float(row["min_production"]) for row in figures(CASE, "factories")
    }
    opened = [name for name, _ in plan.plan.opened_processes]
    assert opened
    assert all(plan.level(name) >= least[name] - 1e-6 for name in opened)
