"""Quantities in labels: what a package holds, how many there are, and one product whatever the size of its package."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.gather import Gathered, gather
from filiere.gather.reads.packs import packed
from filiere.schema import words as w
from filiere.workbook.read.csv import read_csv


@pytest.mark.parametrize(
    ("label", "product", "size", "unit", "packages"),
    [
        ("Farine T65 25 kg × 12", "Farine T65", 25, "kg", 12),
        ("Farine T65 sac de 25KG", "Farine T65", 25, "kg", None),
        ("LAIT 1/2 ECREME 6X1L", "LAIT 1/2 ECREME", 1, "l", 6),
        ("Carton de 6 bouteilles de 75 cl jus de pomme", "jus de pomme", 0.75, "l", 6),
        ("Lentilles vertes 5 sacs de 10 kg", "Lentilles vertes", 10, "kg", 5),
        ("Pain 400g (lot de 20)", "Pain", 0.4, "kg", 20),
        ("Beurre doux 2,5 kg", "Beurre doux", 2.5, "kg", None),
        ("Vin rouge 12,5% 75 cl", "Vin rouge 12,5%", 0.75, "l", None),
    ],
)
def test_what_a_label_says(label: str, product: str, size: float, unit: str, packages: int | None) -> None:
    found = packed(label)
    assert found is not None
    assert (found.product, found.unit, found.packages) == (product, unit, packages)
    assert found.size == pytest.approx(size)


@pytest.mark.parametrize("label", ["Pommes au kg", "Pommes cal. 70/80", "Farine T65", "Jambon 10 tranches", "25 kg",
                                   "Papier A4 80g/m²", "Pommes prix par kg", "Sirop 33 centilitres et demi"])  # fmt: skip
def test_what_is_no_content(label: str) -> None:
    assert packed(label) is None


def text(folder: Path, content: str, name: str = "achats Four.csv") -> Gathered:
    path = folder / name
    path.write_bytes(content.strip("\n").encode())
    return gather([read_csv(path)], "en")


def bought(result: Gathered) -> dict[str, tuple[float, float | None, w.Confidence]]:
    return {flow.product: (flow.quantity, flow.price, flow.confidence) for flow in result.flows}


def test_an_amount_with_its_packages_in_the_label_has_a_quantity(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Libellé;Montant HT;Date\nMoulin;Farine T65 25 kg × 12;270,00;2025-03-01")
    assert bought(result) == {"Farine T65": (300, 0.9, w.Confidence.ESTIMATED)}


def test_packages_are_counted_with_their_content_and_every_size_is_one_product(tmp_path: Path) -> None:
    result = text(tmp_path, """
Fournisseur;Libellé;Quantité;Unité;Montant HT;Date
Moulin;Farine T65 25 kg;4;sacs;100,00;2025-03-01
Moulin;Farine T65 5 kg;10;sac;60,00;2025-04-01
Moulin;Farine T65 10 kg;50;kg;50,00;2025-05-01
Moulin;Farine T65;1;t;900,00;2025-06-01""")  # fmt: skip
    [(product, (quantity, price, _))] = bought(result).items()
    unit = next(one.product.unit for one in result.products)
    assert (product, quantity if unit == "kg" else 1000 * quantity) == ("Farine T65", pytest.approx(1200))
    assert (price or 0) / (1 if unit == "kg" else 1000) == pytest.approx(1110 / 1200)


def test_the_number_of_the_label_is_not_counted_twice(tmp_path: Path) -> None:
    rows = "Fournisseur;Libellé;Quantité;Unité;Montant HT\nMoulin;Lait 6 x 1 L;6;u;6,00\nMoulin;Lait 6 x 1 L;2;carton;12,00"
    assert bought(text(tmp_path, rows))["Lait"][0] == pytest.approx(6 + 12)


def test_goods_counted_by_the_piece_stay_pieces(tmp_path: Path) -> None:
    rows = "Fournisseur;Libellé;Quantité;Unité;Montant HT\nFournil;Pain 400 g;120;pièce;300,00"
    assert bought(text(tmp_path, rows))["Pain 400 g"][0] == 120


def test_the_content_of_one_package_alone_gives_an_estimate_that_is_told(tmp_path: Path) -> None:
    rows = (
        "Fournisseur;Libellé;Montant HT;Date\nMarée;Colin 2,5 kg;40,00;2025-03-01\nMarée;Colin 2,5 kg;120,00;2025-04-01"
    )
    result = text(tmp_path, rows)
    assert bought(result) == {"Colin": (10, 16, w.Confidence.ESTIMATED)}
    [asked] = [problem for problem in result.decisions if problem.code == "GAT36"]
    assert str(asked.cell) == "achats Four.csv!2"


def test_a_credit_note_takes_off_what_its_label_says(tmp_path: Path) -> None:
    rows = "Fournisseur;Type;Libellé;Montant HT\nMoulin;Facture;Farine 25 kg x 4;100,00\nMoulin;Avoir;Farine 25 kg x 1;25,00"
    assert bought(text(tmp_path, rows))["Farine"][0] == 75


def test_labels_that_all_goods_of_a_link_carry_stand_in_its_labels_column(tmp_path: Path) -> None:
    from filiere.gather.workbook import gathered_workbook
    from filiere.workbook.read.read import read_workbook

    head = "siret;description;fournisseur;date;prix_ht;famille_produits;categories_egalim;origine;est_circuit_court;est_local;definition_local"
    rows = [
        "21380001100011;Pain;Fournil;2026-01-05;100;BOULANGERIE;BIO,STG;FRANCE;oui;non;",
        "21380001100011;Pain;Fournil;2026-02-05;50;BOULANGERIE;BIO;FRANCE;non;non;",
        "21380001100011;Colin;Marée;2026-02-05;50;PRODUITS_DE_LA_MER;;;non;non;",
    ]
    result = text(tmp_path, "\n".join([head, *rows]), "achats_2026.csv")
    assert {flow.product: flow.marks for flow in result.flows} == {"Pain": ("BIO", "FRANCE"), "Colin": ()}
    path = tmp_path / "w.xlsx"
    path.write_bytes(gathered_workbook(result, "en"))
    [links] = [table for table in read_workbook(path).tables if table.sheet == "Links"]
    heading = next(at for at, value in links.rows[0].values.items() if str(value).lower().startswith("labels"))
    assert [row.values.get(heading) for row in links.rows[1:3]].count("BIO; FRANCE") == 1
