"""The sheet of rules, on a chain where each margin is reckoned by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.chain.chain import Limit
from filiere.language import Language
from filiere.report.result.tables.plan.rules import rules
from filiere.report.sheet import Sheet, Show
from filiere.report.view import View
from filiere.result import Result
from filiere.schema import words as w
from tests import hand

FROM_FARM = frozenset({"Farm"})
SHARE = {"basis": w.LimitBasis.PURCHASES, "sellers": FROM_FARM}


def sheet(*limits: Limit, language: Language = "fr") -> Sheet:
    """30 t of greens at 2 € from the farm, 70 t at 1 € from outside, none of anything else."""
    chain = hand.chain(
        [hand.actor("Farm"), hand.actor("Canteen"), hand.actor("Depot", "external")],
        [hand.product("greens"), hand.product("peas")],
        [hand.link("Farm", "Canteen", "greens", 2.0), hand.link("Depot", "Canteen", "greens", 1.0)],
        limits=limits,
    )
    plan = hand.plan(chain, flows={0: 30.0, 1: 70.0})
    return rules(View(Result(chain, hand.solution(plan)), language))


@pytest.mark.parametrize(
    ("rule", "reached", "margin", "word"),
    [
        (hand.limit("r", w.LimitMeasure.QUANTITY, "<=", 100.0), 100.0, 0.0, "au plus juste"),
        (hand.limit("r", w.LimitMeasure.QUANTITY, ">=", 80.0), 100.0, 20.0, "de la marge"),
        (hand.limit("r", w.LimitMeasure.VALUE, "<=", 150.0), 130.0, 20.0, "de la marge"),
        (hand.limit("r", w.LimitMeasure.VALUE, ">=", 150.0), 130.0, -20.0, "non respectée"),
        (hand.limit("r", w.LimitMeasure.QUANTITY, "=", 100.0), 100.0, 0.0, "au plus juste"),
        (hand.limit("r", w.LimitMeasure.QUANTITY, "=", 110.0), 100.0, -10.0, "non respectée"),
        (hand.limit("r", w.LimitMeasure.QUANTITY, ">=", 0.25, **SHARE), 0.3, 5.0, "de la marge"),
        (hand.limit("r", w.LimitMeasure.QUANTITY, "<=", 0.3, **SHARE), 0.3, 0.0, "au plus juste"),
        (hand.limit("r", w.LimitMeasure.VALUE, ">=", 0.5, **SHARE), 6 / 13, 100 * (6 / 13 - 0.5), "non respectée"),
        (
            hand.limit("r", w.LimitMeasure.QUANTITY, ">=", 0.5, products=frozenset({"peas"}), **SHARE),
            None, None, "sans objet",
        ),
    ],
)  # fmt: skip
def test_each_rule_says_what_it_reaches_and_what_room_is_left(
    rule: Limit, reached: float | None, margin: float | None, word: str
) -> None:
    table = sheet(rule)
    row = {column.key: column.values[0] for column in table.columns}
    assert (row["reached"], row["margin"]) == (pytest.approx(reached), pytest.approx(margin))
    assert (row["held"], row["bound"]) == (word, rule.value)


def test_a_share_is_shown_as_one_and_an_amount_with_its_unit() -> None:
    table = sheet(
        hand.limit("share", w.LimitMeasure.QUANTITY, ">=", 0.25, **SHARE),
        hand.limit("amount", w.LimitMeasure.QUANTITY, "<=", 100.0),
        hand.limit("money", w.LimitMeasure.VALUE, "<=", 200.0),
        language="en",
    )
    assert table.column("reached").shows == [Show.PERCENT, Show.QUANTITY, Show.QUANTITY]
    assert table.column("margin").shows == [Show.POINTS, Show.QUANTITY, Show.QUANTITY]
    assert table.column("unit").values == [None, hand.product("greens").unit, "€"]
    assert table.column("sense").values == ["≥", "≤", "≤"]
    assert [cell.sheet for cell in table.column("cell").values] == ["Limits"] * 3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            "quantité (fournisseur\u202f: membre\u202f; produit\u202f: greens), en part des achats de «\u00a0vert\u00a0»",
        ),
        ("en", "quantity (from: membre; product: greens), as a share of purchases of “vert”"),
    ],
)
def test_what_is_summed_is_said_with_the_headings_of_the_workbook(language: Language, said: str) -> None:
    rule = hand.limit("r", w.LimitMeasure.QUANTITY, ">=", 0.25, **SHARE)
    typed = replace(rule.row, from_="membre", product="greens", of="vert")
    assert sheet(replace(rule, row=typed), language=language).column("summed").values == [said]


def test_without_rules_there_is_no_sheet_to_write() -> None:
    assert sheet().height == 0
