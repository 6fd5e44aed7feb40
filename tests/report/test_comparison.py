"""A comparison as it is written: the figures of each case, what sets it apart, in both languages."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from filiere.analysis.scenarios.compare import Comparison
from filiere.language import Language
from filiere.report.comparison.document import comparison_document
from filiere.report.comparison.headlines import heads
from filiere.report.comparison.inputs import inputs
from filiere.report.comparison.json import comparison_json
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import Sides, difference, relative, share_of
from filiere.report.comparison.text import comparison_lines, failure_lines
from filiere.report.comparison.wording import described
from filiere.report.comparison.workbook import comparison_workbook
from filiere.report.page.render import page_of
from filiere.report.sheet import Show
from filiere.schema.tables import ProcessRow
from tests.wheat import COST, SCENARIOS, WHEAT, compared, everything, source

ABOUT = pytest.approx
DAY = dt.date(2025, 3, 14)


def sides(language: Language = "en", comparison: Comparison | None = None) -> Sides:
    return Sides(comparison or everything(), language, {"filiere": "0.1.0"}, DAY)


@cache
def book(language: Language = "en") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(comparison_workbook(sides(language))))


def rows(name: str, language: Language = "en") -> list[dict[str, Any]]:
    head, *body = book(language)[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_differences_are_taken_to_the_reference() -> None:
    assert difference(24_000.0, 18_000.0) == 6_000
    assert relative(24_000.0, 18_000.0) == ABOUT(1 / 3)
    assert relative(12.0, -10.0) == ABOUT(2.2)
    assert relative(5.0, 0.0) is None
    assert difference(None, 1.0) is None
    assert difference(1e9 + 1e-3, 1e9) == 0.0


def test_no_share_is_told_of_what_is_shown_as_none() -> None:
    assert share_of(120.0, 100.0, Show.MONEY) == pytest.approx(0.2)
    assert share_of(0.0052, 0.001, Show.MONEY) is None  # tenths of a cent: both are written as a dash
    assert share_of(0.0052, 0.001, Show.QUANTITY) == pytest.approx(4.2)
    assert share_of(0.4, 0.2, Show.PERCENT) is None  # of shares, points are told


def test_headlines_stand_side_by_side_with_their_differences() -> None:
    cost = next(head for head in heads(sides()) if head.key == "cost")
    assert [v if v is None else ABOUT(v) for v in cost.line.values] == [*COST.values(), None, None]
    assert [cost.difference(at) for at in range(1, 5)] == [ABOUT(d) for d in (6_000, 12_000, 27_000, 12_000)]
    # 40 t of the 100 t that are used come from outside, both at the reference price.
    upstream = next(head for head in heads(sides()) if head.key == "upstream")
    assert upstream.line.values[0] == ABOUT(0.4)


def test_the_first_sheet_shows_each_case_and_why_two_have_no_plan() -> None:
    sheet = book().worksheets[0]
    assert sheet.title == "Comparison"
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    titles = next(line for line in lines if line[0] == "The headline figures, case by case")
    assert titles[1:8] == ["Reference", "dry", "dear", "dry and dear", "worse", "alone", "wrong"]
    outcome = next(line for line in lines if line[0] == "Outcome")
    assert outcome[1:8] == [*["plan found"] * 5, "impossible", "workbook to correct"]
    told = {line[0]: line[1] for line in lines}
    assert "Needs!C2" in told["alone"]
    assert "Scenarios!E8" in told["wrong"]
    assert len(sheet._charts) >= 3


def test_the_indicators_sheet_has_each_difference_twice() -> None:
    (cost,) = [row for row in rows("Indicators") if row["Indicator"] == "Net cost"]
    assert cost["Reference"] == ABOUT(18_000)
    assert cost["dry: difference"] == ABOUT(6_000)
    assert cost["dry: in %"] == ABOUT(1 / 3)
    (upstream,) = [row for row in rows("Indicators") if row["Indicator"] == "Upstream dependency"]
    # Of shares the difference is in hundredths, and a share of a share would only confuse.
    assert upstream["dry: difference"] == ABOUT(100 * (0.7 - 0.4))
    assert upstream["dry: in %"] is None


def test_the_inputs_sheet_names_every_cell() -> None:
    found = [(r["Scenario"], r["Row"], r["Reference"], r["In the scenario"], r["Changed in"], r["Typed in"])
             for r in rows("What differs in the inputs") if r["Scenario"] in ("worse", "alone")]  # fmt: skip
    assert found == [
        ("worse", "Farm / wheat", 60, 30, "Scenarios!E2", "Offers!C2"),
        ("worse", "Shop / wheat", 100, 120, "Scenarios!E6", "Needs!C2"),
        ("alone", "Importer", "present", "absent", "Scenarios!E7", "Actors!A4"),
        ("alone", "Importer / Shop / wheat", "present", "absent", "Scenarios!E7", "Links!A3"),
    ]


def test_the_relations_sheet_has_those_that_change() -> None:
    found = {row["From"]: row for row in rows("Relations")}
    assert set(found) == {"Farm", "Importer"}
    assert (found["Farm"]["Reference"], found["Farm"]["dry"]) == (60, 30)
    assert found["Farm"]["dry: what happens"] == "shrinks"
    assert found["Importer"]["dry: what happens"] == "grows"
    assert found["Importer"]["dear: what happens"] == "price changes"
    assert found["Farm"]["dear: what happens"] is None


def test_a_relation_may_appear_and_vanish() -> None:
    text = (
        WHEAT
        + """
    ## Scenarios
    | scenario | table | row | column | change |
    | failed harvest | Offers | Farm / wheat | maximum | = 0 |
    """
    )
    found = comparison_json(sides("en", compared(sources=(source(text, 100),))))
    assert [(r["from"], r["change"], r["difference"]) for r in found["differences"][0]["relations"]] == [
        ("Farm", "vanishes", ABOUT(-100)),
        ("Importer", "appears", ABOUT(100)),
    ]


def test_who_gains_and_who_loses() -> None:
    found = {row["Actor"]: row for row in rows("Who gains, who loses")}
    # The farm sells 30 t less, each leaving it 50; the shop pays 30 × 150 more; the importer receives 9 000 more.
    assert found["Farm"]["dry: change (€)"] == ABOUT(-30 * 50)
    assert found["Farm"]["dry: outcome"] == "loses"
    assert found["Shop"]["dry: change (€)"] == ABOUT(-30 * 150)
    assert (found["Importer"]["dry: change (€)"], found["Importer"]["dry: outcome"]) == (ABOUT(9_000), "gains")
    received = {row["Actor"]: row for row in rows("Receipts and outlays")}
    assert received["Farm"]["Reference: receipts"] == ABOUT(60 * 150)
    assert received["Farm"]["dry: outlays"] == ABOUT(30 * 100)


def test_each_change_has_what_it_brings_and_the_parts_add_up() -> None:
    found = [row for row in rows("What each change brings") if row["Scenario"] == "dry and dear"]
    assert [row["Net cost (€)"] for row in found] == [ABOUT(10_500), ABOUT(16_500), ABOUT(27_000)]
    assert [row["Changed in"] for row in found] == ["Scenarios!E4", "Scenarios!E5", None]
    assert found[0]["Counted as"] == "average of the 2 orders"
    steps = [row["Net cost (€)"] for row in rows("One after another") if row["Scenario"] == "dry and dear"]
    assert steps == [ABOUT(6_000), ABOUT(21_000), ABOUT(27_000)]


def test_products_are_side_by_side() -> None:
    found = {(row["Product"], row["Figure"]): row for row in rows("Products")}
    assert found["wheat", "Imports"]["dry: difference"] == ABOUT(30)
    assert found["wheat", "Self-sufficiency"]["Reference"] == ABOUT(0.6)
    assert found["wheat", "Self-sufficiency"]["dry: difference"] == ABOUT(-30)


def test_a_case_is_told_in_sentences() -> None:
    told = {one.label: one.text for one in stories(sides()).rows}
    assert told["dry"].startswith(
        "It costs 6,000\u00a0€ more a year (+33.3%); upstream dependency goes from 40.0% to 70.0%"
    )
    assert "Links, Importer / * / wheat, price: ×\u00a02 (+16,500\u00a0€ on the net cost)" in told["dry and dear"]
    assert told["alone"].startswith("Impossible: ")
    french = {one.label: one.text for one in stories(sides("fr")).rows}
    assert french["dry"].startswith("Coûte 6\u202f000\u00a0€ de plus par an (+33,3\u202f%)\u202f;")
    assert "Perd le plus\u202f: Shop (−4\u202f500\u00a0€)" in french["dry"]


BREAD = """
    ## Actors
    | actor | perimeter |
    | Oven | member |
    | Kitchen | member |
    | Town | local |
    | School | local |
    ## Products
    | product | unit | price |
    | bread | t | 10 |
    | meals | meal | 10 |
    ## Processes
    | process | actor | capacity |
    | baking | Oven | |
    | cooking | Kitchen | 98 |
    ## Recipes
    | process | product | output |
    | baking | bread | 1 |
    | cooking | meals | 1 |
    ## Links
    | from | to | product |
    | Oven | Town | bread |
    | Kitchen | School | meals |
    ## Needs
    | actor | product | quantity | importance |
    | Town | bread | 10000 | 1 |
    | School | meals | 100 | 2 |
    ## Scenarios
    | scenario | table | row | column | change |
    | more | Needs | Town / bread | quantity | = 12000 |
"""


def test_what_is_missing_is_told_at_reference_prices_as_each_plan_tells_it() -> None:
    """2 meals at 10 are missing, of an importance of 2; 99.980 % or 99.983 % are served, and read alike."""
    found = sides(comparison=compared(sources=(source(BREAD, name="bread"),)))
    unmet = next(head for head in heads(found) if head.key == "unmet")
    assert unmet.line.values == ABOUT((20.0, 20.0))
    assert (found.comparison.outcomes[0].values or {})["unmet"] == ABOUT(40.0)
    assert "99.98" not in " ".join(one.text for one in stories(found).rows)


def test_the_workbook_is_french_throughout() -> None:
    found = book("fr")
    assert found.sheetnames == [
        "Comparaison", "Indicateurs", "Objectifs", "Données modifiées", "Effet des changements", "Effets, en graphiques", "Pas à pas", "Échanges",
        "Produits", "Qui gagne, qui perd", "Recettes et dépenses", "Traçabilité", "Chiffres des graphiques",
    ]  # fmt: skip
    english = {"Reference", "Outcome", "Relations", "Changed in", "Typed in", "plan found", "difference"}
    words = {str(cell) for sheet in found for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert not english & words
    assert {"Référence", "Issue", "plan trouvé", "impossible", "classeur à corriger"} <= words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_lines_say_what_was_compared_and_what_failed(language: Language) -> None:
    lines = comparison_lines(sides(language))
    assert len(lines) == 2 + 4
    failed = failure_lines(sides(language))
    assert any("Needs!C2" in line for line in failed)
    assert any("Scenarios!E8" in line for line in failed)


def test_two_workbooks_keep_their_names() -> None:
    both = compared(sources=(source(WHEAT, 60, "now"), source(WHEAT, 30, "later")))
    view = sides("en", both)
    assert view.titles == ("now", "later")
    sheet = inputs(view)
    assert sheet is not None
    assert sheet.column("cell").values == ["later – Offers!C2"]
    assert sheet.column("before_cell").values == ["now – Offers!C2"]
    assert comparison_workbook(view)[:2] == b"PK"


def test_the_machine_readable_answer_agrees_with_the_sheets() -> None:
    found = json.loads(json.dumps(comparison_json(sides()), allow_nan=False))
    assert [(one["scenario"], one["status"]) for one in found["scenarios"]] == [
        ("reference", "optimal"), ("dry", "optimal"), ("dear", "optimal"), ("dry and dear", "optimal"),
        ("worse", "optimal"), ("alone", "infeasible"), ("wrong", "error"),
    ]  # fmt: skip
    assert found["scenarios"][0]["flows"]
    assert found["scenarios"][5]["conflict"]
    assert found["scenarios"][6]["problems"][0]["cell"] == "Scenarios!E8"
    dry = found["differences"][0]
    assert dry["indicators"]["net_cost"] == {
        "reference": ABOUT(18_000), "value": ABOUT(24_000), "difference": ABOUT(6_000), "relative": ABOUT(1 / 3),
    }  # fmt: skip
    assert dry["inputs"] == [{
        "sheet": "Offers", "row": "Farm / wheat", "column": "maximum", "kind": "changed", "reference": 60.0,
        "value": 30.0, "units": None, "reference_cell": "Offers!C2", "cell": "Scenarios!E2",
    }]  # fmt: skip
    both = next(one for one in found["attribution"] if one["scenario"] == "dry and dear")
    assert math.fsum(change["average"]["cost"] for change in both["changes"]) == ABOUT(both["total"]["cost"])
    assert [step["brought"]["cost"] for step in both["steps"]] == [ABOUT(6_000), ABOUT(21_000)]


def test_nothing_solved_still_has_an_answer_for_machines() -> None:
    failed = replace(everything(), outcomes=everything().outcomes[-2:], inputs=((), ()), attributions=(None, None))
    found = comparison_json(sides("en", failed))
    assert [one["status"] for one in found["scenarios"]] == ["infeasible", "error"]
    assert found["attribution"] == []
    assert failure_lines(sides("fr", failed))


def test_a_reference_without_a_plan_leaves_the_others_their_figures() -> None:
    outcomes = everything().outcomes
    turned = replace(everything(), outcomes=(outcomes[5], outcomes[1]), inputs=((), ()), attributions=(None, None))
    view = sides("en", turned)
    read = openpyxl.load_workbook(io.BytesIO(comparison_workbook(view)))
    heading = [cell.value for cell in next(read["Indicators"].iter_rows())]
    assert "dry" in heading
    assert "dry: difference" not in heading
    assert "no reference to compare it with" in stories(view).rows[1].text


def test_links_lead_back_to_the_workbook() -> None:
    sheet = book()["What differs in the inputs"]
    column = [cell.value for cell in sheet[1]].index("Changed in") + 1
    link = sheet.cell(2, column).hyperlink
    assert link is not None
    assert (link.target, link.location) == ("wheat.xlsx", "'Scenarios'!E2")


def untimed(value: Any) -> Any:
    """Return a JSON answer without how long its parts took."""
    if isinstance(value, dict):
        return {key: untimed(part) for key, part in value.items() if key != "seconds"}
    return [untimed(part) for part in value] if isinstance(value, list) else value


def files(comparison: Comparison) -> tuple[bytes, bytes, str]:
    """Return the workbook, the page and the JSON of a comparison, but for the times they tell."""
    timeless = replace(comparison, outcomes=tuple(replace(one, seconds={}) for one in comparison.outcomes))
    shown = sides("fr", timeless)
    page = page_of(partial(comparison_document, shown), "fr")
    return comparison_workbook(shown, Path()), page, json.dumps(untimed(comparison_json(shown)))


def test_processes_and_a_cluster_write_the_files_that_one_process_writes() -> None:
    alone = files(everything())
    for jobs in (2, 4):
        assert files(compared(jobs=jobs)) == alone
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        assert files(compared(scheduler=cluster.scheduler_address)) == alone
    assert files(compared("dry")) != alone


def test_charts_of_what_changes_bring_stand_whole_on_a_sheet_of_their_own() -> None:
    """Below the table, which goes over several pages across, each was cut and printed again on every page."""
    found = book("fr")
    assert not found["Effet des changements"]._charts and found["Effets, en graphiques"]._charts
    for chart in found["Effets, en graphiques"]._charts:
        cells = [
            cell.value
            for series in chart.series
            for (cell,) in found["Effet des changements"][series.val.numRef.f.rpartition("!")[2].replace("$", "")]
        ]
        assert chart.y_axis.scaling.max > 1.2 * max(cells) > 0.0, "a label finds no room"


def test_a_row_that_is_added_is_told_by_its_headings_as_they_are_read() -> None:
    row = ProcessRow(process="Mouture", actor="Moulin", unit_cost=140.0, fixed_cost=9_000.0, local_share=0.75)
    told = described(sides("fr"), row).replace("\u202f", " ").replace("\u00a0", " ")
    assert told == "coût unitaire 140 ; coût fixe 9 000 ; part locale 75,0 %"


def test_figures_below_a_heading_with_a_unit_are_figures_with_their_share() -> None:
    """Templates' headings say "units/year": each figure was a text, « 2 500 unités/an », and none had its per cent."""
    text = (WHEAT + SCENARIOS).replace("| maximum | unit_cost |", "| maximum (units/year) | unit_cost (€/unit) |")
    sheet = inputs(sides("fr", compared("dry", "dear", sources=(source(text, 60),))))
    assert sheet is not None
    found = {str(row): at for at, row in enumerate(sheet.column("row").values)}
    dry, dear = found["Farm / wheat"], found["Importer / Shop / wheat"]
    assert [sheet.column(key).values[dry] for key in ("before", "after", "share")] == [60.0, 30.0, ABOUT(-0.5)]
    assert sheet.column("share").values[dear] == ABOUT(1.0)


def test_what_is_added_stands_beside_and_keeps_the_new_values_in_sight() -> None:
    """One added row's long text folded the column of all new values away on the page."""
    text = WHEAT.replace(
        "| Importer | Shop | wheat | 300 | |",
        "| Importer | Shop | wheat | 300 | |\n    | Importer | Shop | wheat | 250 | cheap |",
    )
    text += """
    ## Scenarios
    | scenario | table | row | column | change |
    | cheap | Offers | Farm / wheat | maximum | x 0.5 |
    """
    sheet = inputs(sides("fr", compared(sources=(source(text),))))
    assert sheet is not None
    told = dict(zip(sheet.column("after").values, sheet.column("added").values, strict=True))
    assert told == {30.0: None, "ajoutée": "prix 250"}
