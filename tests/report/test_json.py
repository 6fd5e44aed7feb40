"""The machine-readable object: its keys, its nulls, and that any program can read it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pandas as pd

from filiere.indicators import measure
from filiere.problems import Cell
from filiere.report.result.json import solution_json
from filiere.result import Result
from filiere.solution.solution import Conflict, Solution, Status
from tests import hand
from tests.report import example
from tests.report.test_workbook import worked_result

KEYS = {
    "status", "scenario", "objectives", "bound", "indicators", "products", "flows", "levels", "opened", "expanded",
    "unmet", "discarded", "stocks", "left_over", "means", "choices", "certificate", "conflict", "causes", "repair", "repair_proved", "gain",
    "seconds", "actions", "needs", "members", "key_actors", "fairness", "grants", "deficits", "payments",
}  # fmt: skip


def printed(result: Result) -> dict[str, Any]:
    """What a program reads: the object once it was written and read again, without a single NaN."""
    read: dict[str, Any] = json.loads(json.dumps(solution_json(result), allow_nan=False, ensure_ascii=False))
    return read


def test_it_has_every_key_and_plain_figures() -> None:
    told = printed(worked_result())
    assert set(told) == KEYS
    assert told["status"] == "optimal" and told["scenario"] == "reference"
    assert [(o["rank"], o["objective"], o["value"]) for o in told["objectives"][:2]] == [
        (1, "unmet", 3400.0), (2, "deficit", 72.0),
    ]  # fmt: skip
    assert {
        "from": "Mill",
        "to": "Shop",
        "product": "flour",
        "period": "summer",
        "quantity": 16.0,
        "value": 6400.0,
    } in told["flows"]
    assert {"process": "grinding", "actor": "Mill", "period": "winter", "level": 24.0} in told["levels"]
    assert told["opened"] == ["oven", "Trader > Mill, wheat"]
    assert told["expanded"] == {"grinding": 8.0}
    assert told["unmet"][0] == {"actor": "Shop", "product": "bread", "period": "summer", "quantity": 5.8}
    assert told["discarded"] == [
        {"actor": "Mill", "product": "bran", "period": "summer", "quantity": 1.0},
        {"actor": "Farm", "product": "wheat", "period": "winter", "quantity": 2.0, "in_stock": True},
    ]
    assert {"actor", "product", "period", "quantity"} == set(told["stocks"][0])
    assert told["certificate"] == {"max_residual": told["certificate"]["max_residual"], "passed": True}
    assert told["conflict"] == []
    assert told["seconds"] == {"read": None, "build": None, "solve": None, "write": None}


def test_indicators_and_products_are_those_that_were_measured() -> None:
    result = example.result()
    told = printed(result)
    assert result.measures is not None
    measured = dict(result.measures.chain) | dict(result.measures.details)
    assert {key: told["indicators"][key] for key in measured} == measured
    bread = told["products"]["pain"]
    assert bread["production"] == result.measures.products["production"]["pain"]
    assert {"production", "imports", "exports", "self_sufficiency", "import_dependency"} <= set(bread)
    assert told["seconds"]["read"] == 0.21


def test_indicators_stand_under_the_names_of_their_definitions() -> None:
    result = example.result()
    found = printed(result)["indicators"]
    assert result.measures is not None
    chain, products, actors = result.measures.chain, result.measures.products, result.measures.actors
    assert found["by_sector"]["upstream"] == {
        "public": chain["upstream_dependency_public"], "private": chain["upstream_dependency_private"]
    }  # fmt: skip
    assert set(found["by_sector"]) == {"upstream", "downstream", "funding"}
    assert found["import_dependency"]["blé"] == products.loc["blé", "import_dependency"]
    assert found["self_sufficiency"]["pain"] == products.loc["pain", "self_sufficiency"]
    assert found["concentration"]["farine"] == products.loc["farine", "hhi"]
    assert found["multipliers"]["Moulin de Pont"] == actors.loc["Moulin de Pont", "local_multiplier"]
    assert found["surplus"]["Moulin de Pont"] == actors.loc["Moulin de Pont", "surplus"]
    assert (found["loop_closure"], found["transport"]) == (chain["loop_closure_mass"], chain["tonne_kilometres"])
    assert found["unknown_recipient"] == chain["unknown_spending_share"]
    assert {f"measure: {name}" for name in found["measures"]} <= set(chain)


def test_what_is_undefined_is_null() -> None:
    chain = hand.chain([hand.actor("A")], [hand.product("x")])
    plan = hand.plan(chain)
    told = printed(Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan)))
    assert told["indicators"]["upstream_dependency"] is None
    assert told["products"]["x"]["self_sufficiency"] is None
    assert told["certificate"] is None


def test_without_a_plan_it_says_what_clashes() -> None:
    conflict = (
        Conflict(Cell("Besoins", 4, 2), "need_served", ("Cantine", "repas"), 12.5),
        Conflict(None, "balance", (), math.inf),
    )
    told = printed(Result(hand.chain([], []), Solution(Status.INFEASIBLE, conflict=conflict)))
    assert set(told) == KEYS
    assert told["status"] == "infeasible"
    assert told["conflict"] == [
        {"cell": "Besoins!C4", "what": "need_served / Cantine / repas", "change": 12.5},
        {"cell": None, "what": "balance", "change": None},
    ]
    assert told["flows"] == [] and told["expanded"] == {} and told["indicators"] == {}


def test_one_activity_at_two_actors_is_told_apart() -> None:
    result = worked_result()
    chain = result.chain
    twin = replace(chain.processes["oven", "Shop"], actor="Mill")
    told = printed(replace(result, chain=replace(chain, processes={**chain.processes, twin.key: twin})))
    assert told["opened"][0] == "oven @ Shop"


def test_numbers_of_numpy_become_plain_ones() -> None:
    result = worked_result()
    plan = replace(result.plan, unmet=result.plan.unmet.assign(quantity=pd.Series([5.8, math.nan])))
    told = printed(replace(result, solution=replace(result.solution, plan=plan)))
    assert [row["quantity"] for row in told["unmet"]] == [5.8, None]


def test_a_plan_found_in_time_says_its_gap() -> None:
    result = worked_result()
    stopped = replace(result, solution=replace(result.solution, status=Status.TIME_LIMIT, gap=0.02))
    assert printed(stopped)["gap"] == 0.02
