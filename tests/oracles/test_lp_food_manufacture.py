"""Five oils bought at monthly prices, stored, refined on two lines and blended into one food.

The hardness of the blend has to lie between two bounds each month. Every oil's refining carries two measures: how
far a tonne of it stands above the lower bound, and how far below the upper one. Neither sum may be negative in
any month: two rules a month, linear because what is refined is what is blended.
"""

from __future__ import annotations

from pathlib import Path

from tests.oracles.book import OPTIMUM, Sheets, cheapest, figures, solved
from tests.solving import ABOUT

CASE = "lp_food_manufacture_1"
PUBLISHED_PROFIT = 107_842.59
PROFIT = 107_842.59259259261
"""The published figure before it was rounded."""


def sheets() -> Sheets:
    oils, prices = figures(CASE, "oils"), figures(CASE, "purchase_prices_per_t")
    constant = {row["parameter"]: float(row["value"]) for row in figures(CASE, "parameters")}
    months = [row["month"] for row in prices]
    soft, hard = constant["product_hardness_min"], constant["product_hardness_max"]
    return {
        "Actors": [["actor", "perimeter"], ["Refiner", "member"], ["Oil market", "external"]],
        "Periods": [["period"], *([month] for month in months)],
        "Products": [
            ["product", "unit", "price", "kind"],
            *([oil["oil"], "t", 100, "product"] for oil in oils),
            *([f"{line} line", "t refined", 1, "service"] for line in ("veg", "nonveg")),
            ["food", "t", 150, "product"],
        ],
        "Processes": [
            ["process", "actor", "measure: above the softest", "measure: below the hardest"],
            *(
                [f"refining {oil['oil']}", "Refiner", float(oil["hardness"]) - soft, hard - float(oil["hardness"])]
                for oil in oils
            ),
        ],
        "Recipes": [
            ["process", "product", "input", "output"],
            *(
                row
                for oil in oils
                for row in (
                    [f"refining {oil['oil']}", oil["oil"], 1, None],
                    [f"refining {oil['oil']}", f"{oil['line']} line", 1, None],
                    [f"refining {oil['oil']}", "food", None, 1],
                )
            ),
        ],
        "Offers": [
            ["actor", "product", "maximum"],
            *(
                ["Refiner", f"{line} line", constant[f"refining_capacity_{line}"] * len(months)]
                for line in ("veg", "nonveg")
            ),
        ],
        "Links": [
            ["from", "to", "product", "period", "price"],
            *(
                ["Oil market", "Refiner", oil["oil"], month["month"], float(month[oil["oil"]])]
                for oil in oils
                for month in prices
            ),
        ],
        "Needs": [
            ["actor", "product", "obligation", "revenue"],
            ["Refiner", "food", "outlet", constant["sale_price_product"]],
        ],
        "Storage": [
            ["actor", "product", "capacity", "cost", "initial", "final"],
            *(
                ["Refiner", oil["oil"], float(oil["max_stock_t"]), constant["storage_cost"],
                 float(oil["initial_stock_t"]), float(oil["final_stock_t"])]
                for oil in oils
            ),
        ],
        "Limits": [
            ["limit", "measure", "period", "sense", "value"],
            *([f"not too soft in {month}", "measure: above the softest", month, ">=", 0] for month in months),
            *([f"not too hard in {month}", "measure: below the hardest", month, ">=", 0] for month in months),
        ],
        "Objectives": cheapest(),
    }  # fmt: skip


def test_the_published_profit(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    assert -plan.value("cost") == ABOUT(PROFIT, rel=OPTIMUM)
    assert -plan.value("cost") == ABOUT(PUBLISHED_PROFIT, abs=0.01)


def test_the_blend_is_neither_too_soft_nor_too_hard(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    hardness = {f"refining {oil['oil']}": float(oil["hardness"]) for oil in figures(CASE, "oils")}
    for _, month in plan.plan.levels.groupby("period"):
        points = (month["process"].map(hardness) * month["level"]).sum()
        assert 3 - 1e-6 <= points / month["level"].sum() <= 6 + 1e-6
