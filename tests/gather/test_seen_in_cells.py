"""What a cell shows and its value does not say: a unit or currency of its number format, and rows that are hidden."""

from __future__ import annotations

import pickle
from pathlib import Path

import openpyxl
import pytest

from filiere.gather.gather import Gathered, gather
from filiere.table import Shown
from filiere.workbook.read.formats import shown_unit
from filiere.workbook.read.read import read_workbook
from tests.gather.test_hostile_variations import codes, sold


@pytest.mark.parametrize(("code", "unit"), [
    ('0.00" t"', "t"), ("#,##0.00 [$CHF]", "CHF"), ("#,##0.00\\ [$€-40C]", "€"), ('#,##0" kg";-#,##0" kg"', "kg"),
    ('_-* #,##0.00 "€"_-', "€"), ("$#,##0.00", "$"), ("0.00", ""), ('#,##0,"k€"', ""), ('#,##0,"t"', ""), ('0" h"', ""),
    ('"N° "0', ""), ("[$-40C]dd/mm/yyyy", ""), ('0"%"', ""), ("0 %", ""), ("[Red]0", ""),
])  # fmt: skip
def test_a_number_format_shows_a_unit_or_a_currency(code: str, unit: str) -> None:
    assert shown_unit(code) == unit


def test_what_is_shown_stays_with_a_copy_of_the_number() -> None:
    copy = pickle.loads(pickle.dumps(Shown(2.0, "t")))
    assert (copy, copy.unit) == (2.0, "t")


def gathered(folder: Path, formats: dict[str, str], hidden: str = "", headings: tuple[str, ...] = ()) -> Gathered:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(headings or ("Fournisseur", "Produit", "Quantité", "Montant HT"))
    sheet.append(("Ferme", "Blé", 2, 500))
    sheet.append(("Ferme", "Blé", 3, 750))
    for column, code in formats.items():
        for row in (2, 3):
            sheet[f"{column}{row}"].number_format = code
    other = book.create_sheet("ancien")
    if hidden == "sheet":
        other.append(("Fournisseur", "Produit", "Quantité", "Montant HT"))
        other.append(("Ferme", "Sel", 5, 5))
        other.sheet_state = "veryHidden"
    sheet.row_dimensions[3].hidden = hidden == "row"
    book.save(folder / "achats Four.xlsx")
    return gather([read_workbook(folder / "achats Four.xlsx")], "en")


@pytest.mark.parametrize(("formats", "heading", "unit", "price"), [
    ({"C": '0.00" t"'}, "Quantité", "t", 250), ({"C": '0" t"'}, "Quantité (kg)", "kg", 250), ({"C": '0 "€"'}, "Quantité", "unit", 250),
    ({"D": '0.00" €"'}, "Quantité (kg)", "kg", 250), ({"D": "0.00 [$CHF]"}, "Quantité (kg)", "kg", None),
    ({"D": '0" kg"'}, "Quantité (kg)", "kg", 250),
])  # fmt: skip
def test_the_unit_and_the_currency_that_cells_show_count(
    tmp_path: Path, formats: dict[str, str], heading: str, unit: str, price: float | None
) -> None:
    result = gathered(tmp_path, formats, headings=("Fournisseur", "Produit", heading, "Montant HT"))
    assert sold(result) == {("Ferme", "Four", "Blé"): (5, price)}
    assert [one.product.unit for one in result.products] == [unit]
    assert ("GAT24" in codes(result)) is (price is None)


@pytest.mark.parametrize(("hidden", "told", "count"), [("", set(), 1), ("row", {"GAT89"}, 1), ("sheet", {"GAT88"}, 2)])
def test_hidden_rows_and_sheets_count_and_are_told(tmp_path: Path, hidden: str, told: set[str], count: int) -> None:
    result = gathered(tmp_path, {}, hidden)
    assert len(result.flows) == count
    assert sold(result)["Ferme", "Four", "Blé"] == (5, 250)
    assert codes(result) & {"GAT88", "GAT89"} == told
