"""Published co-operative games, to their printed digits.

The linear production game comes from MatTuGames (BSD-like licence, H. Meinhardt), which quotes G. Owen, "On the
core of linear production games", Mathematical Programming 9 (1975) 358-370; the Tennessee Valley figures are facts
(Ransmeier 1942; Straffin and Heaney 1981). The others are read from the shared folder, where it is there.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from scipy.optimize import linprog

from filiere.analysis.share.core import apart, least_core
from filiere.analysis.share.game import Game
from filiere.analysis.share.nucleolus import has_imputations, kohlberg, nucleolus
from filiere.analysis.share.shapley import shapley

SHARED = Path(__file__).parents[3] / "shared" / "data"


def shared(case: str, file: str) -> str:
    path = SHARED / case / file
    if not path.exists():
        pytest.skip(f"{case} may not be copied and is not here")
    return path.read_text(encoding="utf-8")


def records() -> dict[str, Any]:
    return {record["id"]: record for record in json.loads(shared("game_small_set", "expected.json"))}


def game(values: list[float], order: str) -> Game:
    n = max(int(c) for c in order.replace(",", ""))
    names = tuple(str(i + 1) for i in range(n))
    return Game.of_sets(names, dict(zip(order.split(","), values, strict=True)))


def test_tennessee_valley_authority() -> None:
    costs = {"N": 163_520, "F": 140_826, "P": 250_096, "NF": 301_607, "NP": 378_821, "FP": 367_370, "NFP": 412_584}
    bill = Game.of_sets("NFP", {members: -cost for members, cost in costs.items()})
    assert [-v for v in shapley(bill)] == pytest.approx([117_829, 100_756.5, 193_998.5])
    assert [-v for v in nucleolus(bill)] == pytest.approx([116_234, 93_540, 202_810])
    assert kohlberg(bill, nucleolus(bill))
    assert least_core(bill).epsilon < 0


def owen_value(coalition: int) -> float:
    """What a coalition's own resources bring at best: prices 200 and 150, three resources."""
    own = [(9, 260, 200), (5, 120, 200), (14, 590, 400)]
    pooled = [sum(o[r] for i, o in enumerate(own) if coalition >> i & 1) for r in range(3)]
    return float(-linprog([-200, -150], A_ub=[[0.25, 0.1], [8, 5], [4, 6]], b_ub=pooled, method="highs").fun)


def test_owen_linear_production() -> None:
    owen = Game.of(("P1", "P2", "P3"), owen_value)
    order = [0b001, 0b010, 0b011, 0b100, 0b101, 0b110, 0b111]
    assert [round(owen.values[s]) for s in order] == [7000, 3600, 11000, 14000, 22091, 19500, 26500]
    assert shapley(owen) == pytest.approx((7248.484848, 4253.030303, 14998.484848))
    assert nucleolus(owen) == pytest.approx((7000.0, 4204.545455, 15295.454545))
    assert apart(owen, (7000.0, 4000.0, 15500.0)) is None


def test_lemaire() -> None:
    rows = list(csv.DictReader(shared("game_lemaire", "coalitions.csv").splitlines()))
    values = {tuple(row["coalition"].split("+")): float(row["value"]) for row in rows}
    expected = json.loads(shared("game_lemaire", "expected.json"))
    pool = Game.of_sets(("Investor1", "Investor2", "Investor3"), values)
    assert shapley(pool) == pytest.approx(expected["published_Shapley (Lemaire 1991)"])
    assert nucleolus(pool) == pytest.approx(expected["published_nucleolus"])


@pytest.mark.parametrize("case", ["coop15.1", "glove", "ferguson_ucla", "coop67.1"])
def test_small_games(case: str) -> None:
    record = records()[case]
    found = game(record["v"], record["order"])
    shares = shapley(found) if record["method"] == "shapley" else nucleolus(found, has_imputations(found))
    assert shares == pytest.approx(record["published"])


def test_aumanns_inheritance() -> None:
    record = next(record for id_, record in records().items() if id_.startswith("aumann2010"))
    found = game(record["v"], record["order"])
    assert shapley(found) == pytest.approx(record["published_Shapley (Aumann 2010)"])
    assert not has_imputations(found)


def test_an_apartments_costs() -> None:
    record = records()["apartment_cost_sharing"]
    bill = game([-c for c in record["cost"]], record["order"])
    alone = bill.alone
    savings = [
        bill.values[s] - sum(alone[i] for i in range(3) if s >> i & 1) for s in (1, 2, 4, 0b011, 0b101, 0b110, 0b111)
    ]
    assert savings == pytest.approx(record["published_savings_game"])
    assert [-v for v in shapley(bill)] == pytest.approx(record["own_cost_shares_Shapley"])
    assert [-v for v in nucleolus(bill)] == pytest.approx(record["own_cost_shares_nucleolus"])
