"""``today --method least-squares`` end to end: sheets, sentences, JSON and exit codes, on a chain solved by hand."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.commands.running import Ran, run, write

# 110 ± 11 t come in by what the farm says and 100 ± 10 % by what the mill says, 60 ± 0,6 t go out and are surely known.
# The mill's flour has two ways left that nobody measured.
CHAIN = """
    ## Actors
    | actor | perimeter |
    | Ferme | external |
    | Moulin | member |
    | Ville | external |
    | Village | external |
    ## Products
    | product | unit | price |
    | farine | t | 1 |
    ## Links
    | from | to | product | today | today_buyer | uncertainty | maximum |
    | Ferme | Moulin | farine | 110 | 90 | 0.1 | |
    | Moulin | Ville | farine | 60 | | 0.01 | |
    | Moulin | Village | farine | | | | 10 |
    """


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def ask(source: str, *options: str) -> Ran:
        file = write(tmp_path / "chain.xlsx", source)
        return run(monkeypatch, capsys, "today", str(file), "--method", "moindres-carrés", "--force", *options)

    return ask


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    table = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(map(str, table[0]), row, strict=True)) for row in table[1:]]


# Both declarations of 100 ± 10 and the exits at most 10: what comes in equals what goes out, the exit being full.
# min (110-x)²/100 + (90-x)²/100 + (60-y)²/0.36, x = y + 10: x - 100 pulled by 2/100, y - 60 by 1/0.36.
KEPT = (100 * 2 / 100 + 70 / 0.36) / (2 / 100 + 1 / 0.36)


@pytest.mark.parametrize(
    ("language", "sheet", "columns"),
    [("fr", "Chiffres mis en cohérence", ("Observé", "Mis en cohérence", "Correction", "Verdict", "Saisi en", "Selon")),
     ("en", "Figures made consistent", ("Observed", "Made consistent", "Correction", "Verdict", "Typed in",
                                        "Said by"))],
)  # fmt: skip
def test_each_figure_is_a_row_with_its_cell(  # type: ignore[no-untyped-def]
    asked, tmp_path: Path, language: str, sheet: str, columns: tuple[str, ...]
) -> None:
    out = tmp_path / "out.xlsx"
    assert asked(CHAIN, "--lang", language, "--full", "-o", str(out)).code == 0
    found = rows(out, sheet)
    observed, kept, _, verdict, cell, side = columns
    assert sorted((str(row[cell]), row[observed]) for row in found) == [
        ("Links!D2", 110), ("Links!D3", 60), ("Links!E2", 90)
    ]  # fmt: skip
    by_cell = {str(row[cell]): row for row in found}
    assert by_cell["Links!D2"][kept] == by_cell["Links!E2"][kept] == pytest.approx(KEPT)
    assert by_cell["Links!D3"][kept] == pytest.approx(KEPT - 10)
    assert by_cell["Links!D2"][side] == {"fr": "le fournisseur", "en": "the seller"}[language]
    assert by_cell["Links!E2"][side] == {"fr": "le client", "en": "the buyer"}[language]
    doubted = {"fr": "à vérifier", "en": "to be checked"}[language]
    assert doubted in {str(row[verdict]) for row in found}


def test_what_nobody_measured_and_the_gap_between_two_declarations(asked, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "out.xlsx"
    asked(CHAIN, "--lang", "fr", "--full", "-o", str(out))
    (exit_,) = rows(out, "Non mesuré")
    assert exit_["Grandeur"] == "farine, de Moulin à Village"
    assert exit_["Classe"] == "se déduit des autres"
    assert [exit_[name] for name in ("Valeur retenue", "Au moins", "Au plus")] == pytest.approx([10, 10, 10])
    (gap,) = rows(out, "Deux déclarations")
    assert (gap["Selon le fournisseur"], gap["Selon le client"]) == (110, 90)
    assert gap["Retenu"] == pytest.approx(KEPT)
    assert (gap["Saisi en"], gap["Celui du client en"]) == ("Links!D2", "Links!E2")


def test_sentences_say_what_disagrees_and_where(asked) -> None:  # type: ignore[no-untyped-def]
    french = asked(CHAIN, "--lang", "fr").out.replace("\u00a0", " ").replace("\u202f", " ")
    assert "s'écartent plus que leur incertitude ne l'explique" in french
    assert "à vérifier d'abord : Links!D" in french
    english = asked(CHAIN, "--lang", "en").out
    assert "disagree by more than their uncertainties explain" in english
    assert "to be checked first: Links!D" in english


def test_json_has_each_figure_in_full(asked) -> None:  # type: ignore[no-untyped-def]
    ran = asked(CHAIN, "--json")
    answer = json.loads(ran.out)
    assert ran.code == 0
    assert answer["method"] == "least-squares"
    assert {one["cell"]: one["reconciled"] for one in answer["observed"]} == pytest.approx(
        {"Links!D2": KEPT, "Links!E2": KEPT, "Links!D3": KEPT - 10}
    )
    assert answer["global_test"]["passed"] is False
    assert [one["class"] for one in answer["unmeasured"]] == ["determinable"]
    assert answer["declarations"][0]["gap"] == -20


def test_what_is_refused_says_so_by_its_code(asked) -> None:  # type: ignore[no-untyped-def]
    assert asked(CHAIN.replace("| 110 |", "| -110 |")).code == 3
    assert asked(CHAIN.replace("0.01", "lots")).code == 3
    assert asked(CHAIN, "--method", "magic").code == 2
