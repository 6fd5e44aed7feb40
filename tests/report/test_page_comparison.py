"""The page of a comparison: the same stories, figures and tables as its workbook, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.language import Language
from filiere.report.comparison.document import comparison_page
from filiere.report.comparison.figures import indicators
from filiere.report.comparison.headlines import heads
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import Sides
from tests.report.browser import BROWSER, browser
from tests.report.test_page import document, sheets_of, spoken
from tests.wheat import everything


def sides(language: Language) -> Sides:
    return Sides(everything(), language, {"filiere": "0.1.0"})


def test_it_tells_and_shows_what_the_workbook_does() -> None:
    found = document(comparison_page(sides("en"), "en"))
    for language in ("en", "fr"):
        told, made = spoken(found, language), sides("fr" if language == "fr" else "en")
        remarks = next(b for s in told["sections"] for b in s["blocks"] if b["type"] == "remarks")
        assert [(r["label"], r["text"]) for r in remarks["rows"]] == [(one.title, one.text) for one in stories(made)]
        shown = sheets_of(told)
        columns = {c["heading"]: c["values"] for c in shown["headlines"]["columns"]}
        for at, name in enumerate(made.titles):
            assert columns[name] == [pytest.approx(h.line.values[at]) for h in heads(made)]
        sheet = indicators(made)
        assert [c["heading"] for c in shown["indicators"]["columns"]] == [c.heading for c in sheet.filled()]


@pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")
@pytest.mark.xdist_group("browser")
def test_it_opens_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "comparison.html"
    path.write_bytes(comparison_page(sides("fr"), "fr"))
    with browser(tmp_path / "browser") as tab:
        for width in (1280, 390):
            tab.open(path, width)
            assert tab.run("filiere.ready && document.documentElement.scrollWidth <= innerWidth")
            assert tab.run("document.querySelector('h2').textContent") == "Ce que change chaque cas"
            tab.run("document.querySelector('[data-language=en]').click()")
            assert tab.run("document.querySelector('h2').textContent") == "What each case changes"
        assert tab.run("filiere.errors") == [] and tab.complaints == []
        assert all(url.startswith("file:") for url in tab.requests)
