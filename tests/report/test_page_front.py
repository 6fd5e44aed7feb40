"""The page of a front: the same points as its workbook, its knee apart, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import pytest

from filiere.analysis.pareto.front import Front
from filiere.analysis.pareto.front import front as traced
from filiere.report.front.document import front_document
from filiere.report.front.sentences import held
from filiere.report.front.sheets import points_sheet
from filiere.report.front.words import FrontView
from filiere.report.page.render import page_of
from tests.report.browser import BROWSER, Tab, browser
from tests.report.test_page import document, sheets_of, spoken
from tests.sheets import chain as read

# The importer is cheap; the two farms cost more and more: each tonne brought home costs a little extra.
WHEAT = """
    ## Settings
    | setting | value |
    | name | Wheat <b> |
    ## Actors
    | actor | perimeter |
    | Near | member |
    | Far | member |
    | Mill | member |
    | Trader | external |
    ## Products
    | product | unit | price |
    | wheat | t | 100 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Near | wheat | 30 | 110 |
    | Far | wheat | 40 | 190 |
    ## Links
    | from | to | product | price |
    | Near | Mill | wheat | 120 |
    | Far | Mill | wheat | 200 |
    | Trader | Mill | wheat | 100 |
    ## Needs
    | actor | product | quantity | obligation |
    | Mill | wheat | 60 | must |
    """


@cache
def front() -> Front:
    return traced(read(WHEAT), "cost", "dependency", 4)


def test_its_points_are_those_of_the_workbook_in_both_languages() -> None:
    found = document(page_of(partial(front_document, front()), "en"))
    for language in ("en", "fr"):
        told = spoken(found, language)
        view = FrontView(front(), "fr" if language == "fr" else "en")
        sheet, block = points_sheet(view), sheets_of(told)["points"]
        assert [c["heading"] for c in block["columns"]] == [c.heading for c in sheet.filled()]
        chart = next(b for s in told["sections"] for b in s["blocks"] if b["type"] == "scatter")
        assert [(p["x"], p["y"]) for p in chart["points"]] == [(p.x, p.y) for p in front().points]
        assert [p["name"] for p in chart["points"] if p["knee"]] == [str(front().knee)]
    # The near farm costs 10 more a tonne, the far one 90: the corner between them is the knee.
    knee = front().point(front().knee or 0)
    assert knee.y == pytest.approx(30 * 100, rel=1e-6)


def test_without_a_point_there_is_no_page() -> None:
    chain = front().chain
    with pytest.raises(ValueError, match="without a point"):
        front_document(Front(chain, front().x, front().y, 2), "fr")


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with browser(tmp_path / "browser") as found:
        yield found


@pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")
@pytest.mark.xdist_group("browser")
def test_it_opens_and_draws_every_point(tab: Tab, tmp_path: Path) -> None:
    path = tmp_path / "front.html"
    path.write_bytes(page_of(partial(front_document, front()), "fr"))
    for width in (1280, 390):
        tab.open(path, width)
        assert tab.run(
            "filiere.ready && filiere.errors.length === 0 && document.documentElement.scrollWidth <= innerWidth"
        )
        labels = tab.run("[...document.querySelectorAll('svg text')].map((t) => t.textContent)")
        assert f"coude ({front().knee})" in labels
    assert tab.complaints == [] and all(url.startswith("file:") for url in tab.requests)


PROJECT = WHEAT.replace(
    "    ## Offers",
    """    ## Processes
    | process | actor | capacity | status | investment |
    | press | Mill | 100 | candidate | 2000 |
    ## Recipes
    | process | product | input | output |
    | press | straw | 0.1 | |
    | press | wheat | | 0.5 |
    ## Offers""",
)


def test_each_point_says_what_opens_there() -> None:
    """Straw of one's own is pressed instead of imports, 2,000 a year for a press: the cheap end does without it."""
    text = (
        PROJECT.replace("| wheat | t | 100 |", "| wheat | t | 100 |\n    | straw | t | 10 |")
        .replace("| Near | wheat | 30 | 110 |", "| Near | wheat | 30 | 110 |\n    | Mill | straw | 2 | 10 |")
        .replace("| Far | wheat | 40 |", "| Far | wheat | 5 |")
    )
    found = traced(read(text), "cost", "dependency", 4)
    told = spoken(document(page_of(partial(front_document, found), "en")), "en")
    chart = next(b for s in told["sections"] for b in s["blocks"] if b["type"] == "scatter")
    news = [point["news"] for point in chart["points"]]
    assert news[0] == [] and [line for one in news for line in one] == ["+ press"]
    steps = {c["key"]: c["values"] for c in sheets_of(told)["steps"]["columns"]}
    assert [one for one in steps["news"] if one] == ["+ press"]


def test_what_was_held_before_is_told_in_units_that_people_know() -> None:
    """Wished rules were held at “0 échelles”."""
    for language, said in (("fr", "règles souhaitées (0 règle manquée)"), ("en", "rules (0 missed rules)")):
        told = held(FrontView(front(), "fr" if language == "fr" else "en"))
        assert said in told.replace("\u00a0", " ")
