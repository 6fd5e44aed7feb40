"""Lists by party: its name stands alone on a row above its goods, in the party's column, in another, or above headings."""

from __future__ import annotations

import pytest

from filiere.problems import WorkbookError
from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold

Lines = list[tuple[RawValue | None, ...]]
SOLD = {("EARL du Pré", "Cantine", "Carottes"): (100, 1.5), ("EARL du Pré", "Cantine", "Pommes"): (50, 2),
        ("Verger Haut", "Cantine", "Poires"): (20, 2.5)}  # fmt: skip
GOODS: Lines = [("Carottes", 100.0, "kg", 150.0), ("Pommes", 50.0, "kg", 100.0), ("Poires", 20.0, "kg", 50.0)]
HEAD = ("Produit", "Qté", "Unité", "Total HT")


@pytest.mark.parametrize("summed", [True, False])
def test_a_party_alone_in_its_column_holds_for_the_rows_below(summed: bool) -> None:
    own = [(None, *row) for row in GOODS]
    ends: list[Lines] = [[("Total EARL du Pré", None, None, None, 250.0)], [("TOTAL GENERAL", None, None, None, 300.0)]]
    first, last = ends if summed else ([], [])
    lines: Lines = [("Fournisseur", *HEAD), ("EARL du Pré",), *own[:2], *first, ("Verger Haut",), own[2], *last]
    result = sheets({"F": lines}, "achats Cantine.xlsx")
    assert sold(result) == SOLD
    assert "GAT47" in codes(result)
    assert not codes(result) & {"GAT03", "GAT64", "GAT133"}


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("above", [True, False])
def test_firms_alone_between_goods_are_their_parties(above: bool, again: bool) -> None:
    first: Lines = [("EARL du Pré",), HEAD] if above else [HEAD, ("EARL du Pré",)]
    lines = [
        *first,
        *GOODS[:2],
        ("Sous-total", None, None, 250.0),
        ("Verger Haut",),
        *([HEAD] if again and above else []),
        GOODS[2],
    ]
    result = sheets({"F": lines}, "achats Cantine.xlsx")
    assert sold(result) == SOLD
    assert "GAT47" in codes(result)


@pytest.mark.parametrize("names", [("Légumes", "Fruits"), ("Légumes", "Verger Haut")])
def test_families_between_goods_are_no_parties(names: tuple[str, str]) -> None:
    lines: Lines = [HEAD, (names[0],), *GOODS[:2], (names[1],), GOODS[2]]
    with pytest.raises(WorkbookError, match="GAT02"):
        sheets({"F": lines}, "achats Cantine.xlsx")


def test_families_between_rows_with_parties_are_told() -> None:
    lines: Lines = [
        ("Fournisseur", *HEAD),
        ("EARL du Pré", *GOODS[0]),
        ("Fruits",),
        ("EARL du Pré", *GOODS[1]),
        ("Verger Haut", *GOODS[2]),
    ]
    result = sheets({"F": lines}, "achats Cantine.xlsx")
    assert sold(result) == SOLD
    assert "GAT64" in codes(result)
