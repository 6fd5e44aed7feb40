"""The page in a real browser: what it draws, says, asks for and prints."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from filiere.chain.chain import Chain
from filiere.indicators import measure
from filiere.report.result.tables.flows.relations import relations
from filiere.report.view import View
from filiere.result import Result
from filiere.solution.solution import Solution, Status
from tests import hand
from tests.report import example
from tests.report.browser import BROWSER, Tab, browser
from tests.report.pages import page
from tests.report.test_page import HOSTILE, hostile_result

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no browser on this machine"),
    pytest.mark.xdist_group("browser"),
]

ABOUT = pytest.approx


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("browser")
    with browser(folder) as found:
        yield found


@pytest.fixture(scope="module")
def bread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("page"), placed(example.result()))


def placed(result: Result) -> Result:
    """The same result with a place for each actor, two of them the same."""
    actors = {
        name: replace(actor, latitude=45.2 + 0.01 * (i // 2), longitude=5.7 + 0.02 * (i // 2))
        for i, (name, actor) in enumerate(result.chain.actors.items())
    }
    return replace(result, chain=replace(result.chain, actors=actors))


def written(folder: Path, result: Result, language: str = "fr") -> Path:
    path = folder / "page.html"
    path.write_bytes(page(result, "fr" if language == "fr" else "en"))
    return path


def opened(tab: Tab, path: Path, width: int = 1280) -> None:
    """Open a page; nothing may be complained of, and nothing asked for but the file itself."""
    tab.requests.clear()
    tab.complaints.clear()
    tab.open(path, width)
    assert tab.run("filiere.ready") is True
    quiet(tab)


def quiet(tab: Tab) -> None:
    assert tab.complaints == [] and tab.run("filiere.errors") == []
    assert {url.split(":")[0] for url in tab.requests} <= {"file", "blob", "data"}
    assert len([url for url in tab.requests if url.startswith("file")]) <= 1


def total(tab: Tab) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tab.run("JSON.stringify(document.getElementById('sankey-total').dataset)"))
    return found


def press(tab: Tab, selector: str) -> None:
    tab.run(f"document.querySelector({json.dumps(selector)}).click()")


def drawn(tab: Tab) -> float:
    """What the ribbons and the arcs that were drawn carry, in all."""
    return float(tab.run(
        "(() => { const net = filiere.view.network, g = flowGraph(net, filiere.state.sankey);"
        " const model = filiere.charts.find((e) => e.sankey).chart.getModel().getSeriesByIndex(0);"
        " const scale = scaleOf(filiere.charts.find((e) => e.sankey).chart);"
        " const ahead = model.getGraph().edges.reduce((sum, edge) => sum + edge.getLayout().dy / scale, 0);"
        " return ahead + g.ribbons.filter((r) => r.back).reduce((sum, r) => sum + r.amount, 0); })()"
    ))  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
def test_it_opens_without_a_complaint_and_asks_for_nothing(tab: Tab, bread: Path, width: int) -> None:
    opened(tab, bread, width)
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")
    charts = tab.run("filiere.charts.map((e) => e.canvas.querySelectorAll('svg path').length)")
    assert len(charts) >= 5 and min(charts) > 0
    assert tab.run("document.querySelectorAll('svg text').length") > 20


@pytest.mark.parametrize("width", [1920, 1280, 360])
def test_no_table_is_cut_and_each_row_opens(tab: Tab, bread: Path, width: int) -> None:
    opened(tab, bread, width)
    tab.run("for (const fold of document.querySelectorAll('details')) fold.open = true; fitTables()")
    cut = "[...document.querySelectorAll('.table .roll')].filter((r) => r.scrollWidth > r.clientWidth + 1).length"
    assert tab.run(cut) == 0
    # What found no room stands below its row once that is opened: together they say every column that is filled.
    box = "document.querySelector('[data-table=relations]')"
    tab.run(f"{box}.querySelector('tbody .turn').click()")
    assert tab.run(f"{box}.querySelector('.turn').getAttribute('aria-expanded')") == "true"
    keys = set(tab.run(
        f"[...{box}.querySelectorAll('tbody tr:nth-child(-n+2) [data-key]')].map((c) => c.dataset.key)"))  # fmt: skip
    shown = relations(View(example.result(), "fr")).filled()
    assert keys >= {column.key for column in shown if column.values[0] not in (None, "")}
    assert tab.run(cut) == 0


@pytest.mark.parametrize("width", [1920, 1280])
def test_the_headline_figures_fill_their_rows(tab: Tab, bread: Path, width: int) -> None:
    """Nine stand three by three, eight four by four: no row ends in a blank."""
    opened(tab, bread, width)
    tops = tab.run(
        "[...document.querySelectorAll('.card')].map((card) => Math.round(card.getBoundingClientRect().top))"
    )
    across = [tops.count(top) for top in sorted(set(tops))]
    assert len(tops) >= 8 and across == [{8: 4, 9: 3}[len(tops)]] * len(across)


def test_every_chart_has_words_and_a_table(tab: Tab, bread: Path) -> None:
    opened(tab, bread)
    figures = tab.run(
        "[...document.querySelectorAll('figure')].map((f) => [f.querySelectorAll('[role=img][aria-label]').length,"
        " f.querySelectorAll('details table').length])"
    )
    assert figures and all(found == [1, 1] for found in figures)


@pytest.mark.parametrize("view", ["stage", "actor"])
def test_the_sankey_s_totals_are_the_workbook_s(tab: Tab, bread: Path, view: str) -> None:
    opened(tab, bread)
    sheet = relations(View(example.result(), "fr"))
    paid = sum(abs(float(str(v))) for v in sheet.column("value").values)
    press(tab, f"#sankey [data-value={view}]")
    assert float(total(tab)["total"]) == ABOUT(paid, rel=1e-6)
    assert drawn(tab) == ABOUT(paid, rel=1e-6)
    press(tab, "#sankey [data-value=mass]")
    weights = {p.name: (p.kg or 0.0) / 1000.0 for p in example.chain().products.values()}
    pairs = zip(sheet.column("product").values, sheet.column("quantity").values, strict=True)
    tonnes = sum(weights[str(product)] * float(str(amount)) for product, amount in pairs)
    assert float(total(tab)["total"]) == ABOUT(tonnes, rel=1e-6)
    assert drawn(tab) == ABOUT(tonnes, rel=1e-6)
    quiet(tab)


def test_what_runs_back_is_drawn_as_an_arc(tab: Tab, bread: Path) -> None:
    opened(tab, bread)
    press(tab, "#sankey [data-value=actor]")
    back = tab.run(
        "flowGraph(filiere.view.network, filiere.state.sankey).ribbons.filter((r) => r.back)"
        ".map((r) => filiere.view.network.products[r.product].name)"
    )
    # Stale bread and bran become compost, which goes back to the farm it all began at.
    assert back and set(back) <= {"pain rassis", "son", "compost"}
    # Each is a ribbon as the others are: as thick as what it carries, up to a bound, with its arrow heads.
    thick = tab.run(
        "[...document.querySelectorAll('#sankey svg path[fill=none]')].map((p) => Number(p.getAttribute('stroke-width')))"
    )
    assert [width for width in thick if 2 <= width <= 34] and max(thick) <= 34


def test_a_click_follows_an_actor_and_a_product(tab: Tab, bread: Path) -> None:
    opened(tab, bread)
    press(tab, "#sankey [data-value=actor]")
    rows = "document.querySelectorAll('#sankey tbody tr').length"
    everything = tab.run("document.querySelector('#sankey .fold .quiet').textContent")
    x, y = tab.run(
        "(() => { document.getElementById('chain').scrollIntoView(); const e = filiere.charts.find((c) => c.sankey);"
        " const g = e.chart.getModel().getSeriesByIndex(0), n = g.getGraph().nodes.find((n) => n.getLayout().value > 0"
        " && n.outEdges.length && n.inEdges.length), l = n.getLayout(), box = e.canvas.getBoundingClientRect();"
        " return [box.left + g.layoutInfo.x + l.x + l.dx / 2, box.top + g.layoutInfo.y + l.y + l.dy / 2]; })()"
    )
    tab.click(x, y)
    followed = tab.run("filiere.state.sankey.actor")
    assert followed >= 0
    assert tab.run("document.querySelector('#sankey .fold .quiet').textContent") != everything
    press(tab, "#sankey .whole")
    product = tab.run("filiere.view.network.products.findIndex((p) => p.name === 'farine')")
    tab.run(f"(() => {{ const s = document.querySelector('#sankey select'); s.value = '{product}';"
            " s.dispatchEvent(new Event('change')); })()")  # fmt: skip
    names = tab.run("[...document.querySelectorAll('#sankey tbody tr')].map((r) => r.children[2].textContent)")
    assert names and set(names) == {"farine"} and tab.run(rows) == len(names)
    quiet(tab)


def test_both_languages_are_there(tab: Tab, bread: Path) -> None:
    opened(tab, bread)
    assert tab.run("[document.documentElement.lang, document.querySelector('h2').textContent]") == [
        "fr",
        "Chiffres clés",
    ]
    press(tab, "[data-language=en]")
    assert tab.run("[document.documentElement.lang, document.querySelector('h2').textContent]") == [
        "en",
        "Headline figures",
    ]
    assert tab.run("document.activeElement.dataset.language") == "en"
    text = tab.run("document.getElementById('page').textContent")
    assert not re.search(r"Cette année|Fournisseur|Enregistrer|couverts", text)
    press(tab, "[data-language=fr]")
    assert "Today" not in tab.run("document.getElementById('page').textContent")
    quiet(tab)


def test_tables_sort_and_filter(tab: Tab, bread: Path) -> None:
    opened(tab, bread)
    box = "document.querySelector('[data-table=relations]')"
    press(tab, "[data-table=relations] th[data-key=value] button")
    column = f"[...{box}.querySelectorAll('tbody tr')].map((r) => r.querySelector('[data-key=value]').textContent)"
    amounts = [float(re.sub(r"[^\d,-]", "", text).replace(",", ".")) for text in tab.run(column)]
    assert amounts == sorted(amounts, reverse=True)
    assert tab.run(f"{box}.querySelector('th[data-key=value]').getAttribute('aria-sort')") == "descending"
    tab.run(
        f"(() => {{ const i = {box}.querySelector('input'); i.value = 'EPICERIE'; i.dispatchEvent(new Event('input')); }})()"
    )
    buyers = tab.run(f"[...{box}.querySelectorAll('tbody tr')].map((r) => r.textContent)")
    assert buyers and all("Épicerie" in text for text in buyers)


def test_hostile_names_are_text_everywhere(tab: Tab, tmp_path: Path) -> None:
    opened(tab, written(tmp_path, placed(hostile_result()), "en"))
    for button in ("actor", "group", "stage", "mass", "money"):
        press(tab, f"#sankey [data-value={button}]")
    press(tab, "#sankey [data-value=actor]")
    assert tab.run("window.hacked") is None
    assert (
        tab.run(
            "document.querySelectorAll('#page script, #page img, #page iframe, #page a[href*=\"x.example\"]').length"
        )
        == 0
    )
    tab.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    cells = set(tab.run("[...document.querySelectorAll('[data-table=relations] tbody th')].map((c) => c.textContent)"))
    shown = {name for name in HOSTILE[1:] if name in cells}
    assert shown == set(HOSTILE[1:])
    assert tab.run("document.title") == re.sub(r"\s+", " ", HOSTILE[2])
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")
    # Tooltips too are made of text.
    tab.run(
        "filiere.charts.filter((e) => e.chart).forEach((e) => e.chart.dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: 0}))"
    )
    assert tab.run("window.hacked") is None
    quiet(tab)


def test_pictures_are_saved_from_the_page_itself(tab: Tab, bread: Path) -> None:
    opened(tab, bread)
    saved = tab.run(
        "(async () => { const found = []; const kinds = ['svg', 'png'];"
        " for (const kind of kinds) await new Promise((done) => { window.offer = async (blob, name) => {"
        " const head = new Uint8Array(await blob.slice(0, 4).arrayBuffer());"
        " found.push([name, blob.size > 2000, String.fromCharCode(...head)]); done(); };"
        " savePicture(filiere.charts[0], 'Où <va> quoi ?', kind); }); return found; })()"
    )
    assert saved == [["Où-va-quoi.svg", True, "<svg"], ["Où-va-quoi.png", True, "\x89PNG"]]
    quiet(tab)


def test_a_saved_drawing_holds_nothing_that_no_xml_may(tab: Tab, bread: Path) -> None:
    """Characters that XML forbids even escaped (XML 1.0, 2.2), such as names may bring."""
    opened(tab, bread)
    drawing = tab.run(
        "(async () => new Promise((done) => { window.offer = async (blob) => done(await blob.text());"
        " const text = filiere.charts[0].canvas.querySelector('svg text');"
        " text.textContent = `${text.textContent}\\x07\\x1b\\ufffe`;"
        " savePicture(filiere.charts[0], 'x', 'svg'); }))()"
    )
    tree = ElementTree.fromstring(drawing)
    assert any("\ufffd" * 3 in (text.text or "") for text in tree.iter("{http://www.w3.org/2000/svg}text"))
    quiet(tab)


def test_it_prints(tab: Tab, bread: Path, tmp_path: Path) -> None:
    opened(tab, bread)
    printed = tab.pdf()
    assert printed.startswith(b"%PDF")
    quiet(tab)
    assert tab.run("document.querySelectorAll('details.beside[open]').length") == 0
    path = tmp_path / "page.pdf"
    path.write_bytes(printed)
    try:
        told = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
    except FileNotFoundError:
        return
    assert "Chiffres clés" in told and "Les mêmes chiffres en tableau" in told
    assert "Imprimer" not in told and "Filtrer les lignes" not in told


def test_a_large_chain_is_gathered_into_what_can_be_read(tab: Tab, tmp_path: Path) -> None:
    opened(tab, written(tmp_path, large()))
    nodes = "filiere.charts.find((e) => e.sankey).chart.getModel().getSeriesByIndex(0).getGraph().nodes.length"
    assert 2 < tab.run(nodes) <= 20
    press(tab, "#sankey [data-value=actor]")
    assert tab.run(nodes) <= 80
    assert drawn(tab) == ABOUT(sum(5.0 + i % 7 for i in range(5000)) * 2.0, rel=1e-6)
    assert tab.run("document.querySelectorAll('tr').length") < 2000
    quiet(tab)


def large() -> Result:
    """500 actors at five stages and 5 000 links between neighbouring stages."""
    chain = large_chain()
    flows = {i: 5.0 + i % 7 for i in range(5000)}
    plan = hand.plan(chain, flows=flows)
    return Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan))


def large_chain() -> Chain:
    outside = ("external", "partner")
    actors = [hand.actor(f"Acteur {i}", outside[i % 2] if i < 100 and i % 10 < 2 else "member") for i in range(500)]
    products = [replace(hand.product(f"produit {stage}", 2.0), stage=f"maillon {stage}") for stage in range(4)]
    links = []
    for i in range(5000):
        stage, giver = i % 4, (i // 4) % 100
        taker = (giver * 7 + i // 400) % 100
        links.append(
            hand.link(f"Acteur {stage * 100 + giver}", f"Acteur {stage * 100 + 100 + taker}", f"produit {stage}", 2.0)
        )
    return hand.chain(actors=actors, products=products, links=links)
