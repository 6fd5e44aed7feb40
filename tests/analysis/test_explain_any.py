"""Whatever a workbook says, it is explained: in both languages, as JSON and as a workbook, and what is said holds."""

from __future__ import annotations

import json

from hypothesis import given

from filiere.analysis.explain.levers import explain
from filiere.report.explain.json import explanation_json
from filiere.report.explain.sheets import explanation_workbook
from filiere.report.explain.words import explanation_lines
from filiere.solution.solution import Status
from tests import hand
from tests.laws.draft import Draft
from tests.laws.law import chain_of, law
from tests.random_chains import drafts


@law(20)
@given(draft=drafts())
def test_every_chain_is_explained(draft: Draft) -> None:
    explained = explain(chain_of(draft), slack=0.02)
    for language in ("fr", "en"):
        lines = explanation_lines(explained, language)
        assert lines
        assert not any("{" in line or "None" in line for line in lines)
        told = json.loads(json.dumps(explanation_json(explained, language), allow_nan=False))
        assert told["status"] == explained.solution.status.value
        if explained.solution.plan is not None:
            assert explanation_workbook(explained, language)
    if explained.solution.status is Status.INFEASIBLE:
        assert explained.solution.conflict
    for lever in explained.levers:
        improves = (
            1 if any(o.key == lever.objective and o.direction.name == "MAX" for o in explained.chain.objectives) else -1
        )
        improves = 1 if lever.objective == "circularity" else improves
        if " + " not in lever.objective:
            assert lever.per_unit * improves > 0
    if explained.freedom is not None:
        for one in explained.freedom.ranges:
            assert one.least <= one.quantity + 1e-6
            assert one.most >= one.quantity - 1e-6


def test_a_chain_in_which_nothing_moves_is_explained() -> None:
    explained = explain(hand.chain([hand.actor("Farm")], [hand.product("milk")]))
    assert explanation_workbook(explained, "en")
