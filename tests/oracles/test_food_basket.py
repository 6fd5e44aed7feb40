"""The cheapest food basket for seven places in Syria, from abroad, from the region and from next door.

Every place eats the same ration. A nutrient is counted in person-months of its requirement: eating a tonne of a
food covers so many of them, and all beneficiaries have to be covered for a month. Each place passes on to the
beneficiaries the same share of every food: rules in shares of what they receive. Figures were reckoned apart with
HiGHS on a model of its own, in which a supplier passes on nothing that came from another; none is published.
"""

from __future__ import annotations

from pathlib import Path

from filiere.chain.read import read_chain
from filiere.solution.solution import Status
from filiere.workbook.read.read import read_workbook
from tests.oracles.book import OPTIMUM, Sheets, Value, cheapest, figures, solved, write
from tests.solving import ABOUT, refused

CASE = "food_wfp_syria"
COST = 1_729_716.416776032
OUTSIDE_TONNES = 140.7
DAYS = 30


def sheets(objectives: list[list[Value]]) -> Sheets:
    nodes, nutrition = figures(CASE, "node_types"), figures(CASE, "food_nutrition")
    (required,) = figures(CASE, "nutrient_requirements")
    nutrients = [name for name in required if name != "Type"]
    foods = {row["Food"]: float(row["InternationalPrice"]) for row in figures(CASE, "food_internationalprice")}
    eaters = {node["Name"]: float(node["Demand"]) for node in nodes if node["Type"] == "D"}
    everyone = sum(eaters.values())
    return {
        "Settings": [["setting", "value"], ["dependency_basis", "mass"]],
        "Actors": [
            ["actor", "perimeter"],
            *(
                [node["Name"], "external" if node["Type"] == "I" else "local"] for node in nodes
            ),
            ["Beneficiaries", "local"],
        ],
        "Products": [
            ["product", "unit", "price", "kind"],
            *([food, "t", price, "product"] for food, price in foods.items()),
            *([nutrient, "person-month", 1, "service"] for nutrient in nutrients),
        ],
        "Processes": [["process", "actor"], *([f"eating {row['Food']}", "Beneficiaries"] for row in nutrition)],
        "Recipes": [
            ["process", "product", "input", "output"],
            *([f"eating {row['Food']}", row["Food"], 1, None] for row in nutrition),
            *(
                [f"eating {row['Food']}", nutrient, None, float(row[nutrient]) * 1e4 / (float(required[nutrient]) * DAYS)]
                for row in nutrition
                for nutrient in nutrients
                if float(row[nutrient])
            ),
        ],
        "Needs": [
            ["actor", "product", "quantity", "obligation"],
            *(["Beneficiaries", nutrient, everyone, "must"] for nutrient in nutrients),
        ],
        "Offers": [
            ["actor", "product", "unit_cost"],
            *([f"{row['supplier']} S", row["food"], float(row["mean"])] for row in figures(CASE, "food_costs_mean")),
        ],
        "Links": [
            ["from", "to", "product", "transport_cost"],
            *(
                [start, end, food, float(row["tCost"])]
                for row in figures(CASE, "edge_costs")
                for start, end in [row["edge"].split(" - ")]
                if not end.endswith(" S")
                for food in foods
            ),
            *([place, "Beneficiaries", food, 0] for place in eaters for food in foods),
        ],
        "Limits": [
            ["limit", "measure", "from", "to", "product", "sense", "value", "basis"],
            *(
                [f"{food} at {place}", "quantity", place, "Beneficiaries", food, "=", count / everyone, "purchases"]
                for food in foods
                for place, count in eaters.items()
            ),
        ],
        "Scenarios": [
            ["scenario", "table", "row", "column", "change"],
            *(["borders closed", "Actors", node["Name"], None, "off"] for node in nodes if node["Type"] == "I"),
        ],
        "Objectives": objectives,
    }  # fmt: skip


def test_the_cheapest_basket(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets(cheapest()))
    assert plan.value("cost") == ABOUT(COST, rel=OPTIMUM)


def test_the_least_tonnage_from_abroad(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets(cheapest("dependency_upstream")))
    assert plan.value("dependency_upstream") == ABOUT(1000 * OUTSIDE_TONNES, rel=OPTIMUM)


def test_without_the_outside_one_nutrient_is_missing_and_is_named(tmp_path: Path) -> None:
    book = read_workbook(write(tmp_path / "case.xlsx", sheets(cheapest())))
    answer = refused(read_chain(book, "borders closed"))
    assert answer.status is Status.INFEASIBLE
    assert {conflict.subject[:2] for conflict in answer.conflict} == {("Beneficiaries", "VitaminC(mg)")}
    assert {str(conflict.cell) for conflict in answer.conflict} == {"Needs!C12"}
