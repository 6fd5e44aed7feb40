"""The sheet for partners: the headline, the chain, five figures, five decisions, who gains, on one A4."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from filiere.pipeline import steps
from filiere.report.result.summary.summary import summarise
from filiere.report.view import View
from filiere.result import Result
from tests.report import example
from tests.report.browser import BROWSER, Tab, browser
from tests.report.pages import page, partners_page
from tests.report.test_page import document, hostile_result, spoken

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")


@pytest.fixture(scope="module")
def result() -> Result:
    found = example.result()
    return replace(found, actions=steps(found, refused=0))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_holds_five_of_each_and_the_headline(result: Result, language: str) -> None:
    code = "fr" if language == "fr" else "en"
    made = document(partners_page(result, code))
    told = made["partners"]
    assert made["only"] is True and made["sections"] == []  # nothing of the long page goes with it
    assert told["verdict"] == summarise(View(result, code)).short
    assert len(told["figures"]) == len(told["decisions"]) == 5
    assert spoken(document(page(result, code)), language)["partners"] == told
    # The member whose account gains most is named first.
    assert result.measures is not None and result.today_measures is not None
    surplus, before = (found.actors["surplus"].to_dict() for found in (result.measures, result.today_measures))
    members = [actor.name for actor in result.chain.actors.values() if actor.perimeter.name == "MEMBER"]
    best = max(members, key=lambda name: surplus[name] - before[name])
    assert best in told["gains"][0] and len(told["gains"]) in (2, 3)


def test_without_this_year_nobody_is_said_to_gain(result: Result) -> None:
    alone = replace(result, today_solution=None, today_measures=None, actions=None)
    told = document(partners_page(alone, "en"))["partners"]
    assert told["gains"] == ["This year's figures are not filled in: who gains is not known."]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


def pages_of(pdf: bytes, path: Path) -> tuple[int, str]:
    """Return how many pages a PDF has, and what stands on them."""
    path.write_bytes(pdf)
    text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)), text


@needs_browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("hostile", [False, True], ids=["bread", "long names"])
def test_it_prints_on_exactly_one_page(tab: Tab, result: Result, language: str, hostile: bool, tmp_path: Path) -> None:
    shown, code = hostile_result() if hostile else result, "fr" if language == "fr" else "en"
    path = tmp_path / "partners.html"
    path.write_bytes(partners_page(shown, code))
    tab.complaints.clear()
    tab.open(path)
    assert tab.complaints == [] and tab.run("filiere.errors") == []
    count, text = pages_of(tab.pdf(), tmp_path / "partners.pdf")
    assert count == 1
    # All of it is on the sheet, in letters that are read at arm's length: 8 points for the source, else 10 at least.
    assert tab.run("document.querySelector('.sheet').scrollHeight") <= 1012
    sizes = tab.run(
        "[...document.querySelectorAll('.sheet li, .sheet p')].map((e) => parseFloat(getComputedStyle(e).fontSize))")  # fmt: skip
    assert min(sizes) * 0.75 >= (7.5 if hostile else 10)
    if not hostile:
        assert document(path.read_bytes())["partners"]["decisions"][4].split()[0] in text


@needs_browser
@pytest.mark.xdist_group("browser")
def test_the_page_s_own_button_prints_it_and_then_the_page_is_itself_again(
    tab: Tab, result: Result, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page(result, "fr"))
    tab.open(path)
    tab.run("window.print = () => {}; document.querySelector('.one-page').click()")
    count, _ = pages_of(tab.pdf(), tmp_path / "one.pdf")
    assert count == 1
    assert tab.run("document.querySelectorAll('.sheet').length") == 0
    assert pages_of(tab.pdf(), tmp_path / "all.pdf")[0] > 1
