"""Blocks of one sheet, each below its own ``Client : …`` or ``Fournisseur : …``, each with headings of its own."""

from __future__ import annotations

import pytest

from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold

Lines = list[tuple[RawValue | None, ...]]
GOODS = {("Ferme", "École", "Lait"): (22, None), ("Ferme", "École", "Pain"): (9, None),
         ("Ferme", "EHPAD", "Lait"): (20, None), ("Ferme", "EHPAD", "Pain"): (7, None)}  # fmt: skip
FIRST: Lines = [("01/02/2025", 10.0, 5.0), ("08/02/2025", 12.0, 4.0)]
SECOND: Lines = [("01/02/2025", 20.0, 7.0)]


@pytest.mark.parametrize(
    "labels", [(("Client : École",), ("Client : EHPAD",)), (("Client :", "École"), ("Client :", "EHPAD"))]
)
@pytest.mark.parametrize("heads", [
    [("Date", "Lait", "Pain"), (None, "L", "kg")], [("Date", "Lait (L)", "Pain (kg)")], [(None, "L", "kg"), ("Date", "Lait", "Pain")],
])  # fmt: skip
@pytest.mark.parametrize("gap", [[], [("Total", 22.0, 9.0), ()]])
def test_each_block_is_its_client_s(labels: tuple[tuple[str, ...], ...], heads: Lines, gap: Lines) -> None:
    lines = [labels[0], *heads, *FIRST, *gap, labels[1], *heads, *SECOND]
    result = sheets({"F": lines}, "ventes Ferme.xlsx")
    assert sold(result) == GOODS
    assert {one.product.name: one.product.unit for one in result.products} == {"Lait": "L", "Pain": "kg"}


def test_blocks_of_other_goods_and_of_either_way() -> None:
    lines: Lines = [("Client : École",), ("Date", "Lait", "Pain"), (None, "L", "kg"), *FIRST, ("Total", 22.0, 9.0),
                    ("Client : EHPAD",), ("Date", "Œufs", "Beurre"), (None, "pièces", "kg"), *SECOND,
                    ("Fournisseur : Moulin",), ("Date", "Farine", "Son"), (None, "kg", "kg"), ("01/02/2025", 200.0, 70.0)]  # fmt: skip
    assert sold(sheets({"F": lines}, "livraisons Ferme.xlsx")) == {
        ("Ferme", "École", "Lait"): (22, None), ("Ferme", "École", "Pain"): (9, None), ("Ferme", "EHPAD", "Œufs"): (20, None),
        ("Ferme", "EHPAD", "Beurre"): (7, None), ("Moulin", "Ferme", "Farine"): (200, None),
        ("Moulin", "Ferme", "Son"): (70, None),
    }  # fmt: skip


HEADS = ("Produit", "Quantité", "Prix", "Montant")


@pytest.mark.parametrize("units", [("kg", "t"), ("kg", "kg")])
def test_each_block_has_its_own_units_and_way(units: tuple[str, str]) -> None:
    """The second is no sale of the supplier to the client above it, and its tonnes are no kilograms."""
    blocks: Lines = []
    for label, unit, row in zip(("Client : École", "Fournisseur : Moulin"), units,
                                (("Pain", 10.0, 0.5, 5.0), ("Farine", 0.7, 500.0, 350.0)), strict=True):  # fmt: skip
        blocks += [(label,), HEADS, (None, unit, f"€ HT/{unit}", "€ HT"), row]
    result = sheets({"F": blocks}, "Ferme.xlsx")
    assert sold(result) == {("Ferme", "École", "Pain"): (10, 0.5), ("Moulin", "Ferme", "Farine"): (0.7, 500)}
    assert {one.product.name: one.product.unit for one in result.products} == {"Pain": units[0], "Farine": units[1]}
    assert not codes(result) & {"GAT03", "GAT04"}


def test_a_supplier_above_holds_for_all_clients_below_it() -> None:
    lines: Lines = [("Fournisseur : EARL du Pré",), ("Client : École",), ("Date", "Produit", "Qté (kg)"), ("01/02/2025", "Pain", 10.0),
                    ("Client :", "EHPAD"), ("01/02/2025", "Pain", 7.0)]  # fmt: skip
    assert sold(sheets({"F": lines}, "F.xlsx")) == {
        ("EARL du Pré", "École", "Pain"): (10, None), ("EARL du Pré", "EHPAD", "Pain"): (7, None)}  # fmt: skip
