"""Behind a bottleneck the missing supplier is named: no bread for want of flour, no flour for want of wheat."""

from __future__ import annotations

import pytest

from filiere.analysis.explain.levers import explain
from filiere.language import Language
from filiere.report.explain.words import explanation_lines
from tests.sheets import chain

BREAD = """
    ## Actors
    | actor | perimeter |
    | Mill | member |
    | Bakery | member |
    | Town | local |
    ## Products
    | product | unit | price |
    | wheat | t | 200 |
    | flour | t | 500 |
    | bread | t | 3000 |
    ## Processes
    | process | actor |
    | milling | Mill |
    | baking | Bakery |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1.2 | |
    | milling | flour | | 1 |
    | baking | flour | 0.8 | |
    | baking | bread | | 1 |
    ## Links
    | from | to | product |
    | Mill | Bakery | flour |
    | Bakery | Town | bread |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | bread | 10 | {obligation} |
    {more}
    """


def told(language: Language, obligation: str, more: str = "") -> list[str]:
    explained = explain(chain(BREAD.format(obligation=obligation, more=more)))
    return [line.replace("\u202f", " ").replace("\xa0", " ") for line in explanation_lines(explained, language)]


def test_a_want_that_nothing_can_serve() -> None:
    assert told("fr", "want")[0] == "Town n'a rien du produit bread : il manque un fournisseur : wheat pour Mill."
    assert told("en", "want")[0] == "Town gets no bread: a supplier is missing: wheat for Mill."


def test_a_must_that_nothing_can_serve() -> None:
    assert told("fr", "must")[0].endswith("ni activité ; il manque un fournisseur : wheat pour Mill.")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_missing_where_the_wheat_grows(language: Language) -> None:
    lines = told(language, "want", "## Offers\n    | actor | product |\n    | Mill | wheat |")
    assert not any("wheat" in line and "Mill" in line for line in lines[:1])
