"""The page of a comparison: the same stories, figures and tables as its workbook, in both languages."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from filiere.language import Language
from filiere.report.comparison.document import comparison_document
from filiere.report.comparison.figures import indicators
from filiere.report.comparison.headlines import heads
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import Sides, relative
from filiere.report.page.render import page_of
from tests.report.browser import BROWSER, browser
from tests.report.test_page import document, sheets_of, spoken
from tests.wheat import COST, everything


def sides(language: Language) -> Sides:
    return Sides(everything(), language, {"filiere": "0.1.0"})


def test_it_tells_and_shows_what_the_workbook_does() -> None:
    found = document(page_of(partial(comparison_document, sides("en")), "en"))
    for language in ("en", "fr"):
        told, made = spoken(found, language), sides("fr" if language == "fr" else "en")
        remarks = next(b for s in told["sections"] for b in s["blocks"] if b["type"] == "remarks")
        assert [(r["label"], r["text"]) for r in remarks["rows"]] == [
            (one.label, one.text) for one in stories(made).rows
        ]
        shown = sheets_of(told)
        columns = {c["heading"]: c["values"] for c in shown["headlines"]["columns"]}
        for at, name in enumerate(made.titles):
            assert columns[name] == [pytest.approx(h.line.values[at]) for h in heads(made)]
        sheet = indicators(made)
        assert [c["heading"] for c in shown["indicators"]["columns"]] == [c.heading for c in sheet.filled()]


def test_each_headline_figure_is_a_panel_on_its_own_scale() -> None:
    told = spoken(document(page_of(partial(comparison_document, sides("fr")), "fr")), "fr")
    block = next(b for s in told["sections"] for b in s["blocks"] if b["type"] == "multiples")
    assert block["cases"] == [
        "Référence",
        "dry",
        "dear",
        "dry and dear",
        "worse",
    ]  # those that have a plan, whole names
    panels = {panel["label"]: panel for panel in block["panels"]}
    cost = panels["Coût net (€)"]
    assert cost["values"] == [pytest.approx(COST[name]) for name in COST] and cost["good"] == -1
    assert cost["changes"] == [pytest.approx(COST[name] - COST["reference"]) for name in COST]
    # The farm sells 60 of 100 t, then 30, 60, 30, and 30 of 120: shares are in hundredths.
    assert panels["Dépendance amont"]["values"] == pytest.approx([0.4, 0.7, 0.4, 0.7, 0.75])
    assert panels["Dépendance amont"]["changes"] == pytest.approx([0, 30, 0, 30, 35])


def test_a_difference_to_what_rounding_leaves_of_nothing_is_no_share() -> None:
    assert relative(7740.0, 1.7e-10) is None and relative(7740.0, 0.0) is None and relative(None, 1.0) is None
    assert relative(90.0, 60.0) == pytest.approx(0.5) and relative(-30.0, -60.0) == pytest.approx(0.5)


@pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")
@pytest.mark.xdist_group("browser")
def test_it_opens_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "comparison.html"
    path.write_bytes(page_of(partial(comparison_document, sides("fr")), "fr"))
    with browser(tmp_path / "browser") as tab:
        for width in (1280, 390):
            tab.open(path, width)
            assert tab.run("filiere.ready && document.documentElement.scrollWidth <= innerWidth")
            assert tab.run("document.querySelector('h2').textContent") == "Ce que change chaque cas"
            # Every name is drawn whole, whatever the width, and no panel is wider than the window.
            drawn = tab.run("[...document.querySelectorAll('[data-multiples] svg')].map((s) => s.textContent)")
            assert drawn and all(name in text for text in drawn for name in ("Référence", "dry and dear", "worse"))
            tab.run("document.querySelector('[data-language=en]').click()")
            assert tab.run("document.querySelector('h2').textContent") == "What each case changes"
        assert tab.run("filiere.errors") == [] and tab.complaints == []
        assert all(url.startswith("file:") for url in tab.requests)
