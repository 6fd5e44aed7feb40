"""Two poles as a new user typed them: what the coordinator must read first, sentence by sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from filiere.language import Language
from filiere.pipeline import check, run
from filiere.problems import Problem
from filiere.report.result.summary.summary import summarise
from filiere.report.result.text import summary_lines
from filiere.report.view import View
from filiere.result import Result

POLE = Path(__file__).parents[3] / "shared" / "data" / "pole"
pytestmark = pytest.mark.skipif(not POLE.is_dir(), reason="the workbooks as typed are not here")


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@cache
def found(name: str) -> tuple[Problem, ...]:
    return tuple(check(POLE / f"{name}.xlsx"))


def said(name: str, language: Language = "fr") -> list[tuple[str, str, str]]:
    return [(p.code, str(p.cell), plain(p.message(language))) for p in found(name)]


@cache
def result(name: str, command: str) -> Result:
    return run(POLE / f"{name}.xlsx", command="today" if command == "today" else "solve")


@pytest.mark.parametrize(
    ("language", "garden", "spring"),
    [
        ("fr", "« Ferme maraîchère des Terrasses » utilise ou livre 16,8 t de « Compost » et en reçoit ou en fait 3,8 : il manque 13 t",
         "utilise ou livre 10,8 t de « Compost » et en reçoit ou en fait 2,1 : il manque 8,7 t (Printemps, Été et Automne)"),
        ("en", "“Ferme maraîchère des Terrasses” uses or delivers 16.8 t of “Compost” and gets or makes 3.8: 13 t are missing",
         "uses or delivers 10.8 t of “Compost” and gets or makes 2.1: 8.7 t are missing (Printemps, Été and Automne)"),
    ],
)  # fmt: skip
def test_the_compost_that_is_missing_is_said_first(language: Language, garden: str, spring: str) -> None:
    """README: « the right answer names the compost that is missing, where, and how much »."""
    first, second, *others = said("repro_compost", language)
    assert first[:2] == ("TDY01", "Activités!F2") and garden in first[2], first
    assert second[:2] == ("TDY01", "Activités!F3") and spring in second[2], second
    assert [code for code, _, _ in others[:2]] == ["TDY07", "TDY07"]
    bent = {cell: text for code, cell, text in others if code == "TDY08"}
    assert "Compost" in bent["Échanges!G19"] and "32" in bent["Échanges!G19"] and "20" in bent["Échanges!G24"]


@pytest.mark.parametrize("command", ["today", "solve"])
@pytest.mark.parametrize(
    ("language", "sold", "other", "why"),
    [
        ("fr", "à Habitants : 32 t dans le classeur, 0 retenu (Échanges!G19)", "20 t dans le classeur, 0 retenu (Échanges!G24)",
         ("il manque 13 t", "sans doute un fournisseur non saisi")),
        ("en", "to Habitants: 32 t typed, 0 used (Échanges!G19)", "20 t typed, 0 used (Échanges!G24)",
         ("13 t missing", "a supplier is probably missing")),
    ],
)  # fmt: skip
def test_52_t_of_vegetables_set_to_0_stand_before_every_figure(
    language: Language, sold: str, other: str, why: tuple[str, str], command: str
) -> None:
    """In which seasons they are missing is a tie where the year's compost may come in any, and nothing is asked of it."""
    lines = [plain(line) for line in summary_lines(result("repro_compost", command), language)]
    top = lines[1:6]  # below the title, above the verdict
    assert any(all(part in line for part in (sold, *why)) for line in top) and any(other in line for line in top), lines
    summary = summarise(View(result("repro_compost", command), language))
    first = [plain(remark.text) for remark in summary.remarks if remark.top][:5]
    assert any(all(part in text for part in (sold, *why)) for text in first), (
        "nor does one scroll for it on the first sheet"
    )


def test_the_festival_that_a_calendar_cancels() -> None:
    """3,500 h a year without a calendar leave 875 in summer, of the 3,000 that the festival takes."""
    first = said("culture_festival_annule")[0]
    assert first[:2] == ("TDY02", "Activités!F10")
    assert "« Festival des Sagnes » utilise ou livre 3 000 h d'« Heures de bénévole » et en reçoit ou en fait 875 : il manque 2 125 h" in (
        first[2])  # fmt: skip
    assert "ce sont les calendriers" in plain(found("culture_festival_annule")[0].message("fr"))
    stuck = next(text for code, cell, text in said("culture_festival_annule") if (code, cell) == (
        "TDY07", "Activités!F10"))  # fmt: skip
    assert "« Édition du festival »" in stuck and "2 125 h" in stuck and "Été" in stuck
    assert not [code for code, _, text in said("culture") if "Heures de bénévole" in text], "free calendars: no matter"


@pytest.mark.parametrize(
    ("name", "code", "cell", "words"),
    [
        ("unite_recette_kg", "TDY05", "Entrées-sorties!D41", ("« Pain »", "2 790")),
        ("unite_prix_kg", "TDY10", "Échanges!J9", ("« Pain »", "4 000")),
        ("unite_quantites_kg", "TDY20", "Acteurs!A21", ("« Cantine du Bourg »", "mille fois trop grands")),
    ],
)
def test_a_thousandfold_is_the_first_thing_said(name: str, code: str, cell: str, words: tuple[str, ...]) -> None:
    first = said(name)[0]
    assert first[:2] == (code, cell) and all(word in first[2] for word in words), first


def test_a_wish_for_4_t_that_a_mill_of_210_000_would_serve() -> None:
    """17,591 € of annuities and 14,000 € of fixed costs a year."""
    text = next(text for code, _, text in said("pole_v2_moulin_ouvert_pour_4t") if code == "TDY11")
    assert all(word in text for word in ("« Mouture »", "« Farine bio »", "« Habitants »", "4 t", "31 591"))


def test_the_last_one_has_no_error_and_the_first_draft_its_twelve() -> None:
    assert sum(p.severity.value == "error" for p in found("pole")) == 0
    assert sum(p.severity.value == "error" for p in found("pole_brouillon")) == 12
