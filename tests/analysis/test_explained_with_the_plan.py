"""Levers and freedom that come with a plan: the same as explained apart, and never a part of them unsaid."""

from __future__ import annotations

import pytest

from filiere.analysis import levers
from filiere.analysis.levers import explain, solve_and_explain
from filiere.chain.chain import Chain
from filiere.pipeline import solve_chain
from filiere.report.page_sections import result_document
from filiere.report.remarks import remarks
from filiere.report.tables.order import all_sheets
from filiere.report.view import View
from filiere.solution.solution import Solution
from filiere.solver.outcome import Answer
from filiere.solver.ranks import RankError
from filiere.solver.solve import solve
from filiere.solver.study import Study
from tests.analysis.test_levers import MILL
from tests.sheets import chain as read


def test_the_plan_is_the_same_and_so_is_what_is_said_of_it() -> None:
    chain = read(MILL)
    found, alone = solve_and_explain(chain), explain(chain)
    assert found.solution.objectives[0].value == pytest.approx(solve(chain).objectives[0].value)
    assert (found.levers, found.freedom, found.whole) == (alone.levers, alone.freedom, True)


def test_the_results_have_a_sheet_of_each_and_a_section_of_the_page() -> None:
    result = solve_chain(read(MILL), explaining=True)
    view = View(result, "fr")
    heights = {sheet.key: sheet.height for sheet in all_sheets(view)}
    assert result.explanation is not None and result.explanation.freedom is not None
    assert heights["levers"] == len(result.explanation.levers)
    assert heights["ranges"] == len(result.explanation.freedom.ranges)
    assert {"Premier levier", "Liberté du plan"} <= {remark.label for remark in remarks(view)}
    sections = {section["id"]: section["blocks"] for section in result_document(view)["sections"]}
    assert sections["why"] and sections["ranges"]


def test_what_is_more_work_than_the_plan_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levers, "LEAST", 0.0)
    result = solve_chain(read(MILL), explaining=True)
    assert result.explanation is not None and not result.explanation.whole
    assert not any(lever.verified for lever in result.explanation.levers)
    for language, label in (("fr", "Non examiné"), ("en", "Left out")):
        assert label in {remark.label for remark in remarks(View(result, language))}


def test_what_is_told_depends_on_work_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levers, "LEAST", 1e3)
    first, second = (solve_chain(read(MILL), explaining=True).explanation for _ in range(2))
    assert first is not None and second is not None and first.levers and not first.whole
    assert (first.levers, first.freedom, first.whole) == (second.levers, second.freedom, second.whole)


def test_numbers_that_fail_in_a_step_cost_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(study: Study, variant: Chain) -> Solution:
        raise RankError(Answer.TROUBLE, 1, "cost", study.programme.functions["cost"])

    monkeypatch.setattr(Study, "solve", fails)
    found = solve_and_explain(read(MILL))
    assert found.solution.plan is not None and found.levers
    assert not any(lever.verified or lever.step for lever in found.levers)


def test_nothing_is_explained_that_was_not_asked_for() -> None:
    result = solve_chain(read(MILL))
    assert result.explanation is None
    assert not {"levers", "ranges"} & {sheet.key for sheet in all_sheets(View(result, "en"))}
