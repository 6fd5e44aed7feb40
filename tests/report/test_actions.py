"""The list a coordinator works through: its sentences, its sheet, its place on the page and in JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.analysis.today.actions import Refused
from filiere.pipeline import solve_chain, steps
from filiere.report.result.document import result_document
from filiere.report.result.json import solution_json
from filiere.report.result.tables.plan.actions import actions
from filiere.report.view import View
from filiere.result import Result
from tests.analysis.test_actions import SHOP
from tests.report import example
from tests.sheets import chain


@pytest.fixture(scope="module")
def result() -> Result:
    found = solve_chain(chain(SHOP))
    return replace(found, actions=steps(found, "all"))


def said(result: Result, language: str, name: str) -> tuple[str, str]:
    """What is to be done about something, and what refusing it costs."""
    sheet = actions(View(result, "fr" if language == "fr" else "en"))
    assert sheet is not None
    done, without = sheet.column("done").values, sheet.column("without").values
    return next((str(d), str(w)) for d, w in zip(done, without, strict=True) if name in str(d))


def test_sentences_in_french(result: Result) -> None:
    assert said(result, "fr", "Farm → Shop, wheat") == (
        "Développer l'échange Farm → Shop, wheat\u202f: de 40\u00a0t à 60\u00a0t, à 150\u00a0€/t.",
        "Sans cela\u202f: dépendance +4\u202f000\u00a0€ et coût +4\u202f000\u00a0€.",
    )
    assert said(result, "fr", "milk")[1] == (
        "Sans cela, plus de plan\u202f: ce qui est obligatoire ne peut plus être tenu."
    )
    assert said(result, "fr", "press")[0] == "Ouvrir l'activité press (Farm)\u202f: volume d'activité 5."


def test_sentences_in_english(result: Result) -> None:
    assert said(result, "en", "Importer → Shop, juice")[0] == (
        "End the relation Importer → Shop, juice: 4\u00a0t today, at 10\u00a0€/t."
    )
    assert said(result, "en", "apples")[1] == "Nothing is lost without it: another plan does as well."
    assert said(result, "en", "press")[1] == "Without it: dependency +50\u00a0€ and cost +20\u00a0€."


def test_what_was_not_worked_out_says_why_and_shows_no_figure(result: Result) -> None:
    few = replace(result, actions=steps(result, 0))
    sheet = actions(View(few, "fr"))
    assert sheet is not None and sheet.printed == "without"
    assert not [c for c in sheet.columns if c.key.startswith("without_")]
    assert set(sheet.column("without").values) == {"Non recalculé (voir --actions)."}


def test_json_has_every_step_with_its_losses(result: Result) -> None:
    told = solution_json(result)["actions"]
    assert told[0]["refused"] == {"state": "impossible", "losses": {}}
    grown = next(a for a in told if a["action"] == "grow" and a["product"] == "wheat")
    assert (grown["from"], grown["to"], grown["today"], grown["plan"], grown["unit"]) == (
        "Farm", "Shop", 40.0, 60.0, "t",
    )  # fmt: skip
    assert grown["refused"]["losses"]["cost"] == pytest.approx(4000.0)
    assert {a["process"] for a in told if "process" in a} == {"press", "bake"}


def test_there_are_none_without_a_today_nor_for_today_itself(result: Result) -> None:
    assert steps(replace(result, today_solution=None)) is None
    assert steps(replace(result, command="today")) is None
    assert actions(View(example.alone(example.result()), "fr")) is None


def test_the_page_has_them_after_the_headline_figures(result: Result) -> None:
    sections = [section["id"] for section in result_document(View(result, "fr"))["sections"]]
    assert sections[:2] == ["key", "actions"]


def test_a_case_that_numbers_defeat_is_told(result: Result) -> None:
    assert result.actions is not None
    first = replace(result.actions.steps[0], refused=Refused("trouble"))
    broken = replace(result, actions=replace(result.actions, steps=(first,)))
    sheet = actions(View(broken, "en"))
    assert sheet is not None
    assert sheet.column("without").values == ["Not worked out: the numbers of this case defeat the solver."]
