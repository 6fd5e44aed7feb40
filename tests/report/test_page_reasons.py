"""The pages of a stress test and of an explanation, in a real browser: quiet, in both languages, figures as computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from filiere.analysis.explain.levers import explain
from filiere.analysis.stress.stress import stress
from filiere.report.explain.document import explanation_document
from filiere.report.page.render import page_of
from filiere.report.stress.document import stress_document
from tests.analysis.test_levers import MILL
from tests.analysis.test_stress import BREAD
from tests.report.browser import BROWSER, Tab, browser
from tests.sheets import chain as read

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no browser on this machine"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


def opened(tab: Tab, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    tab.requests.clear()
    tab.complaints.clear()
    tab.open(path, 390)
    tab.run("document.querySelector('[data-language=en]').click()")
    tab.run("document.querySelector('[data-language=fr]').click()")
    assert tab.run("filiere.ready") is True
    assert tab.complaints == [] and tab.run("filiere.errors") == []
    assert [url for url in tab.requests if not url.startswith(("file", "data", "blob"))] == []
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")


def shown(tab: Tab, block: int) -> list[str]:
    """The values of one tornado's table, as they are written."""
    text: list[str] = tab.run(
        f"[...[...document.querySelectorAll('[data-tornado]')][{block}].querySelectorAll('td.number')].map((c) => c.textContent)"
    )
    return text


def test_the_worst_loss_is_drawn_with_its_figure(tab: Tab, tmp_path: Path) -> None:
    found = stress(read(BREAD))
    opened(tab, tmp_path / "stress.html", page_of(lambda code: stress_document(found, code, Path("pain.xlsx")), "fr"))
    assert found.worst is not None and found.worst.served_share is not None
    worst = 100 * (1.0 - found.worst.served_share - found.worst.unmet_share_before)
    first = shown(tab, 0)[0]
    assert float(re.sub(r"[^\d,]", "", first).replace(",", ".")) == pytest.approx(worst, abs=0.051)


def test_the_first_lever_is_drawn_as_it_was_solved_again(tab: Tab, tmp_path: Path) -> None:
    # A milling capacity a tenth larger saves 1 900, worked out by hand in tests/analysis.
    why = explain(read(MILL))
    opened(tab, tmp_path / "why.html", page_of(lambda code: explanation_document(why, code, Path("moulin.xlsx")), "fr"))
    assert any(re.sub(r"\D", "", text) == "1900" for text in shown(tab, 0))
