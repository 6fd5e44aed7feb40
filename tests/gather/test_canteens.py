"""Canteens' purchases in both published forms: amounts by canteen and supplier, families and labels, to the cent."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from filiere.gather.gather import gather
from filiere.gather.reads.canteen import canteen_purchases
from filiere.gather.workbook import gathered_workbook
from filiere.table import RawRow, RawTable
from filiere.workbook.read.csv import read_tables
from filiere.workbook.read.read import read_workbook

HERE = Path(__file__).parents[1] / "data" / "macantine"
EXPECTED: dict[str, Any] = json.loads((HERE / "expected.json").read_text("utf-8"))
FILES = sorted(EXPECTED)
QUALITY = {"BIO", "LABEL_ROUGE", "AOCAOP", "IGP", "STG", "HVE", "PECHE_DURABLE", "RUP", "COMMERCE_EQUITABLE", "FERMIER",
           "EXTERNALITES", "PERFORMANCE"}  # fmt: skip
"""What counts for the quality half of the law (Code rural, article L230-5-1); BIO alone for the organic fifth."""


@pytest.mark.parametrize("name", FILES)
def test_the_facts_of_a_file(name: str) -> None:
    expected = EXPECTED[name]
    (table,) = read_tables(HERE / name).tables
    found = canteen_purchases(table)
    assert found is not None
    assert len(found) == expected["rows"]
    total = sum(one.amount or 0.0 for one in found)
    assert round(total, 2) == expected["total_ht"]
    families: dict[str, float] = defaultdict(float)
    for one in found:
        families[one.family] += one.amount or 0.0
    assert {family: round(amount, 2) for family, amount in families.items()} == expected["by_family"]
    shares = {"bio_share": {"BIO"}, "egalim_share": QUALITY, "local_share": {"LOCAL"}}
    for share, labels in shares.items():
        amount = sum(one.amount or 0.0 for one in found if labels & set(one.labels))
        assert amount / total == pytest.approx(expected[share], abs=1e-6), share


@pytest.mark.parametrize("name", FILES)
def test_each_supplier_of_each_canteen_to_the_cent(name: str) -> None:
    result = gather([read_tables(HERE / name)], "fr")
    names = {actor.name: actor.identifier for actor in result.actors}
    assert names["Cantine 21380001100011"] == "21380001100011"
    found: dict[tuple[str, str], float] = defaultdict(float)
    for flow in result.flows:
        assert flow.price is not None
        found[names[flow.buyer], flow.seller] += flow.quantity * flow.price
    expected = {(one["siret"], one["supplier"]): one["amount_ht"] for one in EXPECTED[name]["by_canteen_and_supplier"]}
    assert {key: round(amount, 2) for key, amount in found.items()} == expected


def test_labels_stand_on_the_link_and_families_on_the_product(tmp_path: Path) -> None:
    result = gather([read_tables(HERE / "achats_2025.csv")], "fr")
    path = tmp_path / "w.xlsx"
    path.write_bytes(gathered_workbook(result, "fr"))
    sheets = {table.sheet: table for table in read_workbook(path).tables}
    products = {next(iter(row.values.values())): set(row.values.values()) for row in sheets["Produits"].rows}
    assert "PRODUITS_DE_LA_MER" in products["Filet de colin MSC"]
    notes = [str(value) for row in sheets["Échanges"].rows for value in row.values.values() if "LOCAL " in str(value)]
    assert any("COMMERCE_EQUITABLE 87,15" in text for text in notes)


def rows(*texts: tuple[str, ...]) -> RawTable:
    return RawTable("a", tuple(RawRow(at, dict(enumerate(row))) for at, row in enumerate(texts, start=1)))


HEADINGS = ("siret", "description", "fournisseur", "date", "prix_ht", "famille_produits", "categories_egalim", "origine",
            "est_circuit_court", "est_local", "definition_local")  # fmt: skip


def test_code_words_with_spaces_and_the_ways_to_say_yes() -> None:
    table = rows(HEADINGS, ("2138 0001 100011", "Pain", "Fournil", "2026-01-05", "1 234,50", " autres", " bio , stg ",
                            "france", "OUI", "non", ""))  # fmt: skip
    found = canteen_purchases(table)
    assert found is not None
    (one,) = found
    assert (one.canteen, one.amount, one.family) == ("21380001100011", 1234.5, "AUTRES")
    assert one.labels == ("BIO", "STG", "FRANCE", "CIRCUIT_COURT")


def test_another_table_is_not_taken_for_one() -> None:
    assert canteen_purchases(rows(("Fournisseur", "Produit", "Montant"), ("A", "B", "3"))) is None


def test_a_row_that_lacks_something_is_told() -> None:
    from filiere.table import RawWorkbook

    table = rows(HEADINGS, ("21380001100011", "Pain", "", "2026-01-05", "3", "AUTRES", "", "", "", "", ""),
                 ("21380001100011", "Pain", "Fournil", "2026-01-05", "trois", "AUTRES", "", "", "", "", ""),
                 ("21380001100011", "Pain", "Fournil", "2026-01-05", "4", "AUTRES", "", "", "", "", ""))  # fmt: skip
    result = gather([RawWorkbook((table,), Path("achats.csv"))], "en")
    told = [problem.code for problem in result.decisions]
    assert told.count("GAT03") == 2
    assert told.count("GAT04") == 1
    assert [flow.quantity for flow in result.flows] == [4.0]
