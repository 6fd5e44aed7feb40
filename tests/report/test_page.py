"""The page as a file: it holds the workbook's figures in both languages, and no text of a workbook is more than text."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere.chain.chain import Chain
from filiere.indicators import measure
from filiere.report.page.shell import both, json_text, shell
from filiere.report.result.network import kind_of, network
from filiere.report.result.summary.summary import summarise
from filiere.report.result.tables.flows.relations import relations
from filiere.report.result.tables.order import all_sheets
from filiere.report.view import View
from filiere.result import Result
from filiere.solution.solution import Solution, Status
from tests import hand
from tests.report import example
from tests.report.pages import page

ABOUT = pytest.approx

HOSTILE = (
    '=HYPERLINK("http://x.example","click")', "'+1", "</script><script>window.hacked=1</script>", "<img src=x onerror=hacked=1>",
    "<!--<script>", "שלום עולם", "🌾🥖", "é" * 400, "{{data}}", "a & b &amp; c", "__proto__", "{name|rich}", "$& $1", "line\u2028end",
)  # fmt: skip


def hostile_chain() -> Chain:
    buyer, good = HOSTILE[0], HOSTILE[2]
    return hand.chain(
        actors=[hand.actor(name, groups=(name + " ",)) for name in HOSTILE],
        products=[hand.product(good, 3.0)],
        links=[hand.link(name, buyer, good, 2.0) for name in HOSTILE[1:]],
        needs=[hand.need(buyer, good, 13.0)],
        offers=[hand.offer(name, good) for name in HOSTILE[1:]],
        settings={"name": HOSTILE[2], "territory": HOSTILE[3]},
    )


def hostile_result() -> Result:
    chain, count = hostile_chain(), len(HOSTILE) - 1
    ones = dict.fromkeys(range(count), 1.0)
    plan = hand.plan(chain, flows=ones, offers=ones, served={0: float(count)})
    return Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan))


def document(made: bytes) -> Any:
    """What the script reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', made.decode(), re.DOTALL)
    assert found
    return json.loads(found[1])


def spoken(value: Any, language: str) -> Any:
    """The value in one language, as the script takes it."""
    if isinstance(value, list):
        return [spoken(part, language) for part in value]
    if not isinstance(value, dict):
        return value
    if "_fr" in value:
        return value[f"_{language}"]
    return {key: spoken(part, language) for key, part in value.items()}


def sheets_of(found: Any) -> dict[str, Any]:
    return {b["key"]: b for section in found["sections"] for b in section["blocks"] if b["type"] == "table"}


def test_every_table_of_the_workbook_is_on_the_page_in_both_languages() -> None:
    result = example.result()
    found = document(page(result, "fr"))
    for language in ("fr", "en"):
        shown = sheets_of(spoken(found, language))
        for sheet in all_sheets(View(result, language)):
            if not sheet.height:
                continue
            block = shown[sheet.key]
            assert (block["title"], block["height"]) == (sheet.title, sheet.height)
            assert [c["heading"] for c in block["columns"]] == [c.heading for c in sheet.filled()]
            for column, source in zip(block["columns"], sheet.filled(), strict=True):
                for one, other in zip(column["values"], source.values, strict=True):
                    if isinstance(other, float | int):
                        assert one == ABOUT(other, rel=1e-9)
                    else:
                        assert one == (None if other is None else str(other))


def test_headline_figures_are_the_summary_s() -> None:
    result = example.result()
    summary = summarise(View(result, "fr"))
    found = spoken(document(page(result, "fr")), "fr")
    cards = next(block["cards"] for block in found["sections"][0]["blocks"] if "cards" in block)
    told = {part["key"]: part for card in cards for part in (card, *card["parts"])}
    assert list(told) == [h.key for h in summary.headlines]
    assert {h.key: (h.plan, h.today, h.sentence) for h in summary.headlines} == {
        key: (card["plan"], card["today"], card["sentence"]) for key, card in told.items()
    }
    assert (found["title"], found["verdict"]) == (summary.title, summary.verdict)


def test_the_flows_drawn_are_the_workbook_s_relations() -> None:
    view = View(example.result(), "fr")
    net, sheet = network(view), relations(view)
    for key, at in (("quantity", 0), ("value", 1)):
        assert sum(amount[at] for amount in net["plan"]) == ABOUT(sum(sheet.column(key).values), rel=1e-6)
    assert sum(amount[0] for amount in net["today"]) == ABOUT(
        sum(v or 0.0 for v in sheet.column("today").values), rel=1e-6
    )
    kinds = {actor["name"]: actor["kind"] for actor in net["actors"]}
    assert kinds["Grossiste Métropole"] == kinds["Engrais Rhône"] == "private"
    assert kinds["Compost Belledonne"] == kinds["Habitants"] == "inside"
    assert kind_of(view.chain.actors["Région"]) == "public"
    assert kind_of(view.chain.actors["Moulins du Trièves"]) == "partner"


def test_actors_stand_at_the_stage_of_what_they_deliver() -> None:
    net = network(View(example.result(), "fr"))
    stages = {actor["name"]: net["stages"][actor["stage"]] for actor in net["actors"]}
    assert stages["Ferme des Adrets"] == "production"
    assert stages["Moulin de Pont"] == "transformation"
    assert stages["Boulangerie Levain"] == "consommation"
    assert stages["Habitants"] == "Usage final"


def test_nothing_comes_from_elsewhere_and_scripts_are_known_by_their_hash() -> None:
    made = page(example.result(), "fr").decode()
    policy = html.unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', made)[0])
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy
    assert "http" not in policy and "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in re.findall(r"script-src [^;]*", policy)[0]
    scripts = re.findall(r"<script>(.*?)</script>", made, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    head = made[: made.index('<script type="application/json"')]
    assert not re.search(r"(src|href)\s*=|@import|url\(", head)


def test_no_name_leaves_its_place_in_the_file() -> None:
    made = page(hostile_result(), "en").decode()
    assert made.count("<script") == 3 and made.count("</script") == 3
    ours = made[: made.index("<script>")]
    assert "<img" not in ours and "\u2028" not in ours
    found = spoken(document(made.encode()), "en")
    relations_shown = sheets_of(found)["relations"]
    givers = next(c for c in relations_shown["columns"] if c["key"] == "from")
    assert sorted(givers["values"]) == sorted(HOSTILE[1:])
    assert html.escape(HOSTILE[2]) in made.split("</title>")[0]


def test_two_runs_give_the_same_page() -> None:
    assert page(example.result(), "en") == page(example.result(), "en")


def test_without_a_plan_there_is_no_page() -> None:
    with pytest.raises(ValueError, match="infeasible"):
        page(Result(chain=hand.chain([], []), solution=Solution(Status.INFEASIBLE)), "fr")


def test_without_today_or_places_the_page_leaves_them_out() -> None:
    found = document(page(example.alone(example.result()), "fr"))
    assert found["compares"] is False and found["network"]["today"] is None
    assert "map" not in [section["id"] for section in found["sections"]]


values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


@given(values, values)
def test_two_languages_come_apart_again(english: Any, french: Any) -> None:
    held = both(english, french)
    assert (spoken(held, "en"), spoken(held, "fr")) == (english, french)


@given(st.text())
def test_json_in_a_script_element_is_only_json(text: str) -> None:
    written = json_text({"text": text})
    assert json.loads(written) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(written)


def test_any_document_of_blocks_makes_a_page() -> None:
    made = shell({"sections": [], "words": {}, "title": "x", "language": "en"}, "en", "A <b> & c")
    assert b"<title>A &lt;b&gt; &amp; c</title>" in made
    assert b"{{" not in made.split(b"<script")[0]
