"""Figures in sentences carry the unit of what they count; what a share's row lacks is an amount, never a share."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from filiere.chain.chain import Chain, Objective, Process
from filiere.language import Language, is_whole
from filiere.report.explain.conflicts import conflict_lines
from filiere.report.explain.figures import amount_of, named, unit_of
from filiere.report.stress.words import _verb
from filiere.schema import words as w
from filiere.solver.solve import solve
from tests import hand

MADE = hand.process("Grinding", "Mill", {"wheat": 1.0}, {"flour": 0.8}, capacity=10.0)
BAKED = hand.process("Baking", "Mill", {"flour": 0.7, "hours": 1.0}, {"bread": 1.0}, capacity=10.0)
LENT = hand.process("Lending", "Mill", {"wheat": 0.2}, {"hours": 1.0}, capacity=10.0)
CUT = hand.process("Cutting", "Mill", {"bread": 0.5}, {"slices": 4.0}, capacity=10.0)


def chain(**fields: object) -> Chain:
    """Greens at 2 € from the farm, 30 t at most, or at 1 € from outside; the canteen must have 100 t."""
    return hand.chain(
        [hand.actor("Farm"), hand.actor("Mill"), hand.actor("Canteen"), hand.actor("Depot", "external")],
        [
            hand.product("greens", 1.0, unit="t"), hand.product("wheat", unit="t"), hand.product("flour", unit="t"),
            hand.product("bread", unit="kg"), hand.product("slices", unit="box"),
            hand.product("hours", 1.0, "service", unit="h"),
        ],
        [hand.link("Farm", "Canteen", "greens", 2000.0, maximum=30.0), hand.link("Depot", "Canteen", "greens", 1000.0)],
        [MADE, BAKED, LENT, CUT],
        offers=(hand.offer("Farm", "greens"), hand.offer("Depot", "greens")),
        needs=(hand.need("Canteen", "greens", 100.0, "must"),),
        objectives=(Objective(1, w.Objective.COST, None, w.Direction.MIN, 1.0, 0.0, 0.0),), **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("process", "fr", "one", "several"),
    [
        (MADE, "t", "1\u00a0t", "2\u00a0t"),
        (BAKED, "kg", "1\u00a0kg", "2\u00a0kg"),
        (LENT, "h", "1\u00a0h", "2\u00a0h"),
        (CUT, "unité d'activité", "1\u00a0unité d'activité", "2\u00a0unités d'activité"),
    ],
)
def test_a_capacity_is_counted_in_what_one_level_makes_or_takes(
    process: Process, fr: str, one: str, several: str
) -> None:
    of, row = chain(), "capacity_limit"
    assert unit_of(of, row, process.key, "fr") == fr
    assert [amount_of(of, row, process.key, value, "fr") for value in (1.0, 2.0)] == [one, several]


def test_the_outlet_of_who_asks_for_some_too_is_no_need() -> None:
    of = replace(chain(), needs=(hand.need("Canteen", "greens", 100.0), hand.need("Canteen", "greens", 9.0, "outlet")))
    names = [named(of, "need_served", ("Canteen", "greens"), "fr", asked) for asked in (True, False, None)]
    assert names == ["le besoin de Canteen, greens", "le débouché de Canteen, greens", "le besoin de Canteen, greens"]


@pytest.mark.parametrize(
    ("measure", "missing"),
    [
        # 30 t of 100 where half is asked: 20 t are missing.
        (w.LimitMeasure.QUANTITY, "20\u00a0t"),
        # 60 000 € of 130 000 where half is asked: 5 000 € are missing.
        (w.LimitMeasure.VALUE, "5\u202f000\u00a0€"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_share_lacks_is_told_as_an_amount(measure: w.LimitMeasure, missing: str, language: Language) -> None:
    rule = hand.limit(
        "half", measure, ">=", 0.5, basis=w.LimitBasis.PURCHASES, sellers=frozenset({"Farm"}),
        products=frozenset({"greens"}),
    )  # fmt: skip
    of = chain(limits=(rule,))
    solution = solve(of)
    lines = conflict_lines(of, solution, language)
    (line,) = (line for line in lines if "half" in line and ("céder" in line or "(by " in line))
    written = missing if language == "fr" else missing.replace("\u202f", ",")
    assert written in line
    assert "%" not in line
    shares = re.findall(r"([\d.,]+)[\u00a0\u202f ]?%", "\n".join(lines))
    assert all(0.0 <= float(share.replace(",", ".")) <= 100.0 for share in shares)


def test_verbs_agree_with_what_is_counted() -> None:
    assert [_verb(n, "laisse", "laissent") for n in (0, 1, 2)] == ["laisse", "laisse", "laissent"]
    assert [_verb(n, "leaves", "leave", 1) for n in (0, 1, 2)] == ["leave", "leaves", "leave"]


@pytest.mark.parametrize(("value", "whole"), [(1.9999999, True), (2.0, True), (2.01, False), (0.5, False),
                                              (-3.0000001, True), (float("inf"), False), (float("nan"), False)])  # fmt: skip
def test_what_is_whole_but_for_rounding_is_written_whole(value: float, whole: bool) -> None:
    assert is_whole(value) is whole
