"""Levers and freedom that come with a plan: the same as explained apart, and never a part of them unsaid."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from filiere.analysis.explain import levers
from filiere.analysis.explain.levers import explain, solve_and_explain
from filiere.chain.chain import Chain
from filiere.pipeline import solve_chain
from filiere.report.document import Table
from filiere.report.explain.document import explanation_document
from filiere.report.explain.told import first_lever
from filiere.report.explain.words import explanation_lines
from filiere.report.page.render import values
from filiere.report.result.document import result_document
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.tables.order import all_sheets
from filiere.report.view import View
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer
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
    assert heights["levers"] + heights["asked"] == len(result.explanation.levers)
    assert heights["ranges"] == len(result.explanation.freedom.ranges)
    # Among a plan's other tables, the sentences that say the same again were cut short on paper.
    told = {sheet.key: [column.key for column in sheet.columns] for sheet in all_sheets(view)}
    assert all("sentence" not in told[key] and "verified" in told[key] for key in ("levers", "asked"))
    assert {"Premier levier", "Liberté du plan"} <= {remark.label for remark in remarks(view)}
    sections = {
        section["id"]: section["blocks"] for section in values(result_document(view.result, view.language))["sections"]
    }
    assert sections["why"] and sections["asked"] and sections["ranges"]


OUTLET = MILL.replace("| actor | product | quantity | obligation |", "| actor | product | quantity | obligation | revenue |").replace(
    "| Town | flour | 60 | must |", "| Town | flour | 60 | must | |\n    | Mill | flour | 5 | outlet | 900 |"
)  # fmt: skip
"""A tonne less for the town spares one bought at 600; one more sold by the mill at 900 earns 300 after what it takes."""


def test_a_need_holds_nothing_back_and_an_outlet_does() -> None:
    explained = explain(read(OUTLET))
    need, outlet = (next(one for one in explained.levers if str(one.cell) == f"Needs!C{row}") for row in (2, 3))
    assert (need.asked, need.direction, outlet.asked, outlet.direction) == (True, -1, False, 1)
    lines = explanation_lines(explained, "fr")
    held, asked = (next(i for i, line in enumerate(lines) if line.startswith(head))
                   for head in ("Ce qui freine", "Ce qui est demandé, et ce que changerait une autre quantité"))  # fmt: skip
    (of_need,) = (i for i, line in enumerate(lines) if "le besoin de Town, flour" in line)
    (of_outlet,) = (i for i, line in enumerate(lines) if "le débouché de Mill, flour" in line)
    assert held < of_outlet < asked < of_need
    assert first_lever(replace(explained, levers=(need,))) is None
    sections = {one.key: one for one in explanation_document(explained, "en").sections}
    tables = {key: [b.sheet for b in one.blocks if isinstance(b, Table)] for key, one in sections.items()}
    assert "Needs!C2" in map(str, tables["asked"][0].column("cell").values)
    assert "Needs!C2" not in map(str, tables["levers"][0].column("cell").values)


def test_what_is_more_work_than_the_plan_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levers, "LEAST", 0.0)
    result = solve_chain(read(MILL), explaining=True)
    assert result.explanation is not None and not result.explanation.whole
    assert not any(lever.verified for lever in result.explanation.levers)
    for language, label in (("fr", "Non examiné"), ("en", "Left out")):
        assert label in {remark.label for remark in remarks(View(result, language))}


def test_what_is_told_depends_on_work_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levers, "LEAST", 1e3)
    first = solve_chain(read(MILL), explaining=True).explanation
    for clock in ("process_time", "perf_counter"):  # on a machine on which every look at the clock finds it later
        monkeypatch.setattr(levers.time, clock, count(0.0, 100.0).__next__)
    second = solve_chain(read(MILL), explaining=True).explanation
    assert first is not None and second is not None and first.levers and not first.whole
    assert (first.levers, first.freedom, first.whole) == (second.levers, second.freedom, second.whole)


@pytest.mark.parametrize("answer", [Answer.TROUBLE, Answer.TIME_LIMIT])
def test_a_step_that_fails_or_ends_too_late_costs_no_plan(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    """What was reached by the end of the time is no measure of a step."""

    def fails(study: Study, variant: Chain) -> dict[str, float]:
        raise RankError(answer, 1, "cost", study.programme.functions["cost"])

    monkeypatch.setattr(Study, "reached", fails)
    found = solve_and_explain(read(MILL))
    assert found.solution.plan is not None and found.levers
    assert not any(lever.verified or lever.step for lever in found.levers)


def test_a_step_is_given_no_more_than_what_is_left_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float | None] = []

    class Seen(Study):
        def __init__(self, chain: Chain, time_limit: float | None = None, *others: Any) -> None:
            given.append(time_limit)
            super().__init__(chain, time_limit, *others)

    monkeypatch.setattr(levers, "Study", Seen)
    solve_and_explain(read(MILL), 1e6)
    solve_and_explain(read(MILL))
    assert given[0] is not None and 0.0 < given[0] < 1e6 and given[1] is None


def test_nothing_is_explained_that_was_not_asked_for() -> None:
    result = solve_chain(read(MILL))
    assert result.explanation is None
    assert not {"levers", "ranges"} & {sheet.key for sheet in all_sheets(View(result, "en"))}
