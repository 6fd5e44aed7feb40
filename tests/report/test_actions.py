"""The list a coordinator works through: its sentences, its sheet, its place on the page and in JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.analysis.today.action import Refused
from filiere.pipeline import solve_chain, steps
from filiere.report.page.render import values
from filiere.report.result.document import result_document
from filiere.report.result.json import solution_json
from filiere.report.result.tables.plan.actions import actions, more_actions
from filiere.report.result.without import without
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
    assert said(result, "fr", "wheat") == (
        "wheat, pour Shop\u202f: s'adresser à Farm (de 40\u00a0t à 60\u00a0t) plutôt qu'à Importer (de 65\u00a0t à "
        "40\u00a0t)\u202f; 5\u00a0t de moins en tout\u202f; prix moyen de 150\u00a0€/t au lieu de 300\u00a0€/t.",
        "Sans cela, 4\u202f000\u00a0€ de plus dépendraient de l'extérieur et le territoire paierait 4\u202f000\u00a0€ "
        "de plus par an.",
    )
    assert said(result, "fr", "milk")[1] == (
        "On ne peut pas y renoncer en entier\u202f: aucun plan ne tiendrait dans les capacités et les limites saisies tout "
        "en respectant ce qui est obligatoire (wheat (Shop) et milk (Shop)). Son ampleur reste à discuter."
    )
    assert said(result, "fr", "press")[0] == "Ouvrir l'activité press (Farm)\u202f: 5\u00a0t."


def test_sentences_in_english(result: Result) -> None:
    assert said(result, "en", "wheat for Shop")[0] == (
        "wheat for Shop: turn to Farm (from 40\u00a0t to 60\u00a0t) rather than to Importer (from 65\u00a0t to 40\u00a0t); "
        "5\u00a0t less in all; mean price 150\u00a0€/t instead of 300\u00a0€/t."
    )
    assert said(result, "en", "apples")[1] == (
        "Optional: other exchanges would do as well, so nothing is lost by refusing it."
    )
    assert said(result, "en", "press")[1] == (
        "Without it, 50\u00a0€ more would depend on the outside and the territory would pay 20\u00a0€ more a year."
    )


def test_what_is_lost_stands_before_what_is_spared(result: Result) -> None:
    assert result.actions is not None
    first = replace(result.actions.decisions[0], refused=Refused("measured", {
        "dependency": 300.0, "cost": -100.0, "circularity": -0.01, "jobs": 2.0,
    }))  # fmt: skip
    assert without(View(result, "fr"), first) == (
        "Sans cela, 300\u00a0€ de plus dépendraient de l'extérieur et le taux d'utilisation circulaire baisserait de "
        "1\u00a0point\u202f; mais le territoire paierait 100\u00a0€ de moins par an et il y aurait 2\u00a0ETP de plus."
    )
    assert without(View(result, "en"), replace(first, refused=Refused("measured", {"cost": -100.0}))) == (
        "Without it, the territory would pay 100\u00a0€ less a year."
    )


def test_what_was_not_worked_out_says_why_and_shows_no_figure(result: Result) -> None:
    few = replace(result, actions=steps(result, 0))
    sheet = actions(View(few, "fr"))
    assert sheet is not None and sheet.printed == "without"
    assert not [c for c in sheet.columns if c.key.startswith("without_")]
    assert set(sheet.column("without").values) == {
        "Effet non chiffré\u202f: fait partie des décisions qui pèsent moins."
    }


def test_no_more_than_a_page_is_told_first_and_traces_in_one_line_last(result: Result) -> None:
    assert result.actions is not None
    swap = next(d for d in result.actions.decisions if d.swaps)
    many = replace(result.actions, decisions=(swap,) * 15, traces=(swap.lead, swap.lead))
    view = View(replace(result, actions=many), "fr")
    first, rest = actions(view), more_actions(view)
    assert first is not None and rest is not None and (first.height, rest.height) == (12, 4)
    assert rest.column("number").values == [13.0, 14.0, 15.0, None]
    assert rest.column("done").values[-1] == (
        "2 petits écarts, chacun de moins de 1\u202f% du flux de son produit ou d'une demi-unité, soit 8\u202f000\u00a0€ "
        "en tout au prix de référence\u202f; les plus gros\u202f: Farm → Shop, wheat (de 40\u00a0t à 60\u00a0t, "
        "4\u202f000\u00a0€) et Farm → Shop, wheat (de 40\u00a0t à 60\u00a0t, 4\u202f000\u00a0€). À régler au fil de "
        "l'année."
    )
    assert more_actions(View(result, "fr")) is None


def test_json_has_every_decision_with_its_steps_and_losses(result: Result) -> None:
    told = solution_json(result)["actions"]
    assert told[0]["refused"] == {"state": "impossible", "losses": {}}
    grown = next(a for a in told if a["action"] == "grow" and a["product"] == "wheat")
    assert (grown["from"], grown["to"], grown["today"], grown["plan"], grown["unit"]) == (
        "Farm", "Shop", 40.0, 60.0, "t",
    )  # fmt: skip
    assert grown["swaps"] and grown["refused"]["losses"]["cost"] == pytest.approx(4000.0)
    assert [(s["action"], s["from"], s["head"]) for s in grown["steps"]] == [
        ("grow", "Farm", True), ("shrink", "Importer", True),
    ]  # fmt: skip
    assert {s["process"] for a in told for s in a["steps"] if "process" in s} == {"press", "bake"}


def test_there_are_none_without_a_today_nor_for_today_itself(result: Result) -> None:
    assert steps(replace(result, today_solution=None)) is None
    assert steps(replace(result, command="today")) is None
    assert actions(View(example.alone(example.result()), "fr")) is None


def test_the_page_has_them_after_the_headline_figures(result: Result) -> None:
    sections = [section["id"] for section in values(result_document(result, "fr"))["sections"]]
    assert sections[:2] == ["key", "actions"]


def test_a_case_that_numbers_defeat_is_told(result: Result) -> None:
    assert result.actions is not None
    first = replace(result.actions.decisions[0], refused=Refused("trouble"))
    broken = replace(result, actions=replace(result.actions, decisions=(first,)))
    sheet = actions(View(broken, "en"))
    assert sheet is not None
    assert sheet.column("without").values == ["Effect not worked out: the numbers of this case defeat the solver."]


def test_the_columns_of_a_swap_add_up_what_grows(result: Result) -> None:
    sheet = actions(View(result, "fr"))
    assert sheet is not None
    row = sheet.column("verb").values.index("Remplacer")
    told = {key: sheet.column(key).values[row] for key in ("from", "to", "what", "today", "plan", "change", "unit")}
    assert told == {
        "from": "Farm", "to": "Shop", "what": "wheat", "today": 40.0, "plan": 60.0, "change": 20.0, "unit": "t",
    }  # fmt: skip
