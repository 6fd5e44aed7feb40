"""Random chains in which what could lose an optimum is common: tolerances on shared ranks, projects, whole numbers
(in each period too), price steps, grants per unit, labels and shares of them, and most needs only wished for.
"""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from filiere.schema import words as w
from tests.laws.draft import Draft, Row, mended
from tests.random_chains import AMOUNTS, PRICES, Hand, drafts

_RANKED = [kind for kind in w.Objective if kind not in (w.Objective.UNMET, w.Objective.RULES)]
_LABEL = "bio"


@st.composite
def dense(draw: st.DrawFn) -> Draft:
    """Draw a workbook without errors."""
    hand, draft = Hand(draw), draw(drafts())
    labelled = draft.having(
        products=[{**row, "labels": hand.maybe(3, (_LABEL,))} for row in draft["products"]],
        links=[_link(hand, row) for row in draft["links"]],
        processes=[_process(hand, row) for row in draft["processes"]],
        needs=[_need(hand, row) for row in draft["needs"]],
        funding=[{**row, "unit_amount": hand.maybe(3, (2.0,))} for row in draft["funding"]],
        limits=[*draft["limits"], *_share(hand)],
        objectives=_objectives(hand),
    )
    found = mended(labelled)
    assume(found is not None and found["links"] and found["needs"])
    assert found is not None
    return found


def _link(hand: Hand, row: Row) -> Row:
    project = row["maximum"] is not None and row["today"] is None and hand.chance(4)
    status = w.LinkStatus.CANDIDATE if project else row["status"]
    cost = hand.maybe(2, PRICES) if project else row["fixed_cost"]
    return {**row, "status": status, "fixed_cost": cost, "labels": hand.maybe(5, (_LABEL,))}


def _process(hand: Hand, row: Row) -> Row:
    whole = hand.maybe(3, tuple(w.Whole))
    return {**row, "whole": whole or row["whole"]}


def _need(hand: Hand, row: Row) -> Row:
    return {
        **row,
        "obligation": None if row["obligation"] is w.Obligation.MUST and hand.chance(2) else row["obligation"],
    }


def _share(hand: Hand) -> list[Row]:
    if not hand.chance(3):
        return []
    sense = hand.one((w.Comparison.AT_LEAST, w.Comparison.AT_MOST))
    basis = hand.maybe(2, (w.LimitBasis.PURCHASES,))
    value = hand.one((0.2, 0.5)) if basis else hand.one(AMOUNTS)
    sense = w.Comparison.AT_MOST if basis is None else sense
    return [{"limit": "part bio", "measure": w.LimitMeasure.QUANTITY, "product": _LABEL, "sense": sense, "value": value,
             "basis": basis}]  # fmt: skip


def _objectives(hand: Hand) -> list[Row]:
    chosen = hand.some(_RANKED, 2, 5)
    chosen = chosen if hand.chance(4) else [w.Objective.UNMET, *chosen]
    rows: list[Row] = []
    rank = 0
    for objective in chosen:
        alone = w.Objective.CIRCULARITY in (objective, rows[-1]["objective"] if rows else None)
        rank += 1 if not rows or alone or not hand.chance(3) else 0
        rows.append({
            "rank": rank,
            "objective": objective,
            "weight": hand.maybe(3, (2.0, 0.5, 10.0)),
            "tolerance": hand.maybe(2, (0.01, 0.05, 0.2)),
            "tolerance_amount": hand.maybe(6, (1.0,)) if objective is not w.Objective.CIRCULARITY else None,
        })  # fmt: skip
    return rows
