"""Pictures for slides: every chart of a page, as text stays text, and the same totals as the workbook."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest
from py_mini_racer import mini_racer

from filiere.language import LANGUAGES, Language, percent
from filiere.report.document import Bars, Document, Section
from filiere.report.page.pictures import Figure, figures, file_name
from filiere.report.page.shell import CHARTS, script_of
from filiere.report.result.document import result_document
from filiere.report.result.tables.flows.relations import relations
from filiere.report.view import View
from tests.report import example
from tests.report.test_page import HOSTILE, hostile_result
from tests.report.test_page_browser import large, placed

SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawn(language: Language) -> tuple[Figure, ...]:
    return tuple(figures(result_document(placed(example.result()), language)))


def texts(figure: Figure) -> list[str]:
    """Every text of a picture, without the marks that keep its direction apart."""
    found = ["".join(text.itertext()) for text in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")]
    return [re.sub("[\u2066-\u2069]", "", text) for text in found]


def ink(png: bytes) -> tuple[int, int, int]:
    """Width, height, and how many bytes of the pixels are not those of an empty sheet."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    packed, at = b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    pixels = zlib.decompress(packed)
    return width, height, len(pixels) - pixels.count(0)


def test_every_chart_of_the_page_is_drawn_in_its_language() -> None:
    assert [figure.name for figure in drawn("fr")] == [
        "la-filiere-cette-annee-par-maillon", "la-filiere-cette-annee-par-acteur", "la-filiere-plan-par-maillon",
        "la-filiere-plan-par-acteur", "la-carte", "dependance-envers-l-exterieur", "d-ou-viennent-les-produits",
        "capacites-utilisees", "besoins-couverts-par-groupe-d-usagers",
    ]  # fmt: skip
    assert [figure.name for figure in drawn("en")][-1] == "needs-served-by-group-of-users"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_picture_stands_alone(language: Language) -> None:
    source = {"fr": "Source\u202f: blé & pain #1.xlsx · scénario référence · 14/03/2025 · filiere",
              "en": "Source: blé & pain #1.xlsx · scenario reference · 2025-03-14 · filiere"}[language]  # fmt: skip
    for figure in drawn(language):
        said = texts(figure)
        assert figure.title in said
        assert "Filière blé-pain du Grésivaudan · Grésivaudan" in said
        assert any(text.startswith(source) for text in said)


def test_the_sankey_s_total_is_the_workbook_s() -> None:
    sheet = relations(View(example.result(), "fr"))
    paid = sum(abs(float(str(value))) for value in sheet.column("value").values)
    figure = next(one for one in drawn("fr") if one.name == "la-filiere-plan-par-maillon")
    (said,) = (text for text in texts(figure) if "en tout" in text)
    assert re.sub(r"\D", "", said) == str(round(paid))


def test_inside_and_both_outsides_are_told_apart_without_colour() -> None:
    figure = next(one for one in drawn("fr") if one.name == "la-filiere-plan-par-acteur")
    said = texts(figure)
    assert {"●", "◆"} <= set(said)
    assert any(text.startswith("◆ ") for text in said)
    assert "<pattern" in figure.svg


def test_the_pixels_hold_the_text_whatever_fonts_the_machine_has() -> None:
    figure = next(one for one in drawn("fr") if one.name == "dependance-envers-l-exterieur")
    width, height, inked = ink(figure.png())
    bare = replace(figure, svg=re.sub(r"<text.*?</text>", "", figure.svg, flags=re.DOTALL))
    assert width == 1920 and height > 300
    assert inked > 1.5 * ink(bare.png())[2]
    only = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><text y="30" style="font-family: system-ui, sans-serif">{}</text></svg>'
    empty = ink(Figure("", "", only.format("")).png())[2]
    for word in ("é à ç œ €", "Ж Ω", "שלום", "مرحبا", "▲●◆■→"):
        assert ink(Figure("", "", only.format(word)).png())[2] > empty + 100, word


def test_hostile_names_are_text_in_pictures_too() -> None:
    found = figures(result_document(placed(hostile_result()), "en"))
    assert len(found) >= 3
    for figure in found:
        root = ElementTree.fromstring(figure.svg)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {
            "svg",
            "g",
            "defs",
            "rect",
            "path",
            "text",
            "pattern",
            "clipPath",
            "polyline",
            "polygon",
            "circle",
            "line",
        }
        assert not any("href" in key or key.startswith("on") for element in root.iter() for key in element.attrib)
        assert figure.png().startswith(b"\x89PNG")
    said = {text.strip() for figure in found for text in texts(figure)}
    for name in ("'+1", "__proto__", "🌾🥖", "a & b &amp; c", "{{data}}", "{name|rich}", "<!--<script>"):
        assert any(name in text for text in said), name
    assert HOSTILE[2] not in {figure.name for figure in found}


def test_signs_that_no_file_may_hold_are_replaced_in_pictures() -> None:
    bars = Bars(title="blé\x00dur", what="", rows=[], series=[])
    document = Document(language="fr", title="", subtitle="", verdict="", whose="Moulin\x01du\x1b Pont",
                        source="\ufffe", sections=(Section("a", "", [bars]),))  # fmt: skip
    (figure,) = figures(document)
    assert "blé\ufffddur" in texts(figure) and "Moulin\ufffddu\ufffd Pont" in texts(figure)
    assert figure.png().startswith(b"\x89PNG")


def test_a_large_chain_is_drawn_by_stage() -> None:
    found = figures(result_document(large(), "fr"))
    (chain,) = (figure for figure in found if figure.name.startswith("la-filiere"))
    assert len(texts(chain)) < 60
    assert len(chain.svg) < 200_000


@pytest.mark.parametrize(("title", "name"), [
    ("D’où viennent les produits", "d-ou-viennent-les-produits"), ("Œufs & Co.", "oeufs-co"), ("../../etc/passwd", "etc-passwd"),
    ("漢字", "figure"), ("CON<>:|?*\x00", "con"), ("mot " * 40, "-".join(["mot"] * 15)), ("x" * 200, "figure"),
])  # fmt: skip
def test_a_file_s_name_is_plain(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_page_writes_shares_as_sheets_and_sentences_do() -> None:
    shares = (0.0, 1e-7, 2e-6, 0.0002, 0.0006, 0.314, 0.9994, 0.9998, 0.999_998, 1.0, 1.0002, 1.25)
    with mini_racer() as engine:
        engine.eval(script_of((*CHARTS, "figures.js")))
        for language in LANGUAGES:
            engine.eval(f"filiere.language = '{language}'")
            for share in shares:
                for places in (0, 1):
                    shown = str(engine.eval(f"percent({share}, {places})")).replace("\xa0", "\u202f")
                    assert shown == percent(share, language, places)
