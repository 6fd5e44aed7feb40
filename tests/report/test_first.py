"""What must be read first: figures of this year that were moved, why, and what nothing protects."""

from __future__ import annotations

import pytest

from filiere.analysis.today.observe import read_with_today
from filiere.language import Language
from filiere.pipeline import solve_chain
from filiere.report.page.render import values
from filiere.report.result.document import result_document
from filiere.report.result.text import summary_lines
from filiere.report.result.workbook import results_workbook
from filiere.result import Result
from tests.report.reading import read
from tests.sheets import chain, workbook

# 4 levels take 4 x 6 t of compost, 5 t are delivered: 5/6 of a level, 8.33 t of vegetables of the 40 that were sold.
COMPOST = """
    ## Actors
    | actor | perimeter |
    | Garden | member |
    | Composter | external |
    | Town | local |
    ## Products
    | product | unit | price |
    | compost | t | 60 |
    | vegetables | t | 1900 |
    | soup | t | 900 |
    ## Processes
    | process | actor | today |
    | growing | Garden | 4 |
    | cooking | Town | |
    ## Recipes
    | process | product | input | output |
    | growing | compost | 6 | |
    | growing | vegetables | | 10 |
    | cooking | soup | | 1 |
    ## Links
    | from | to | product | today |
    | Composter | Garden | compost | 5 |
    | Garden | Town | vegetables | 40 |
    ## Needs
    | actor | product | quantity |
    | Town | vegetables | 40 |
    | Town | soup | 1 |
    ## Offers
    | actor | product | maximum |
    | Composter | compost | {offered} |
    ## Scenarios
    | scenario | table | row | column | change |
    | cheap | Products | vegetables | price | = 1000 |
    """


def result(command: str, offered: int = 5, scenario: str = "reference") -> Result:
    source = COMPOST.format(offered=offered)
    if command == "today":
        return solve_chain(chain(source), "today")
    return solve_chain(read_with_today(workbook(source), scenario).chain)


@pytest.mark.parametrize("command", ["today", "solve"])
@pytest.mark.parametrize(
    ("language", "missing", "supplier", "bare"),
    [
        ("fr", "Compost chez Garden (il manque 19\u00a0t", "fournisseur", "cooking (Town)"),
        ("en", "Compost at Garden (19\u00a0t missing", "supplier", "cooking (Town)"),
    ],
)
def test_37_what_was_bent_is_the_first_thing_said(
    command: str, language: Language, missing: str, supplier: str, bare: str
) -> None:
    found = result(command)
    lines = [line.replace("\u202f", "\u00a0") for line in summary_lines(found, language)]
    told = lines[1:3]
    assert any("Links!D3" in line and "40" in line and "8" in line for line in told)
    assert any("Processes!C2" in line for line in told)
    assert all(missing in line.replace(" t", "\u00a0t") and supplier in line for line in told)
    assert bare in lines[3]
    # First on the page, before any figure; first on the summary sheet, above the headline figures.
    document = values(result_document(found, language))
    blocks = document["sections"][0]["blocks"]
    assert [block["type"] for block in blocks[:2]] == ["remarks", "figures"]
    assert any("Links!D3" in row["text"] for row in blocks[0]["rows"])
    sheet = read(results_workbook(found, language)).values.worksheets[0]
    texts = [value for row in sheet.iter_rows(values_only=True) for value in row if isinstance(value, str)]
    heads = {"fr": ("À lire d'abord", "Chiffres clés"), "en": ("To read first", "Headline figures")}[language]
    first, figures = (next(i for i, text in enumerate(texts) if text.replace("’", "'") == head) for head in heads)
    assert first < next(i for i, text in enumerate(texts) if "Links!D3" in text) < figures


def test_a_figure_that_fits_is_not_spoken_of() -> None:
    source = COMPOST.format(offered=30).replace("compost | 5 |", "compost | 24 |").replace("| cooking | Town | |", "")
    source = source.replace("| cooking | soup | | 1 |", "")
    found = solve_chain(read_with_today(workbook(source)).chain)
    assert found.doubts is not None
    assert not found.doubts


def test_in_a_scenario_too_the_figures_of_the_reference_are_told() -> None:
    found = result("solve", scenario="cheap")
    assert found.doubts is not None
    assert {str(one.figure.cell): one.figure.observed for one in found.doubts.bent} == {
        "Links!D3": 40.0, "Processes!C2": 4.0,
    }  # fmt: skip
