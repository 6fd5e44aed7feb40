"""Sales that two files of one teller tell: a detail and its summary, notes and invoices, two versions of a piece."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.decide.decision import decide
from filiere.gather.decide.pile import pile_decisions
from filiere.gather.gather import Gathered, gather
from filiere.workbook.read.csv import read_csv
from tests.gather.test_hostile_variations import codes, sheets, sold

DATED = "Date;Client;Produit;Quantité;Unité;Montant HT"
SUMS = "Client;Produit;Quantité;Unité;Montant HT"
DETAIL = "01/02/2024;Biocoop;Miel;100;kg;800\n15/03/2024;Biocoop;Miel;50;kg;400\n15/03/2024;Bar;Miel;10;kg;80"


def files(folder: Path, **contents: str) -> Gathered:
    for name, content in contents.items():
        path = folder / name.replace("__", "/").replace("_", " ")
        path = path.with_name(f"{path.name}.csv")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return gather([read_csv(path) for path in sorted(folder.rglob("*.csv"))], "fr")


def asked(result: Gathered, kind: str) -> list[tuple[str, ...]]:
    return [tuple(one.text for one in decision.choices) for decision in pile_decisions(result, "fr")
            if decision.key.startswith(kind)]  # fmt: skip


@pytest.mark.parametrize("names", [
    ("Ventes_Ruche_détail_2024", "Ventes_Ruche_par_client_2024"), ("détail__Ventes_Ruche", "synthèse__Ventes_Ruche"),
    ("Ventes_Ruche", "Ventes_Ruche_récap"),
])  # fmt: skip
def test_a_detail_and_its_sums_are_asked_about(tmp_path: Path, names: tuple[str, str]) -> None:
    summed = f"{SUMS}\nBiocoop;Miel;150;kg;1200\nBar;Miel;10;kg;80"
    result = files(tmp_path, **dict(zip(names, (f"{DATED}\n{DETAIL}", summed), strict=True)))
    [choices] = asked(result, "same sums")
    assert choices[1] == "non, les deux comptent"
    assert {one.seller for one in result.flows} == {"Ruche"}


def test_the_answer_counts_the_sales_once(tmp_path: Path) -> None:
    summed = f"{SUMS}\nBiocoop;Miel;150;kg;1200\nBar;Miel;10;kg;80"
    result = files(tmp_path, Ventes_Ruche_détail=f"{DATED}\n{DETAIL}", Ventes_Ruche_récap=summed)
    assert {key[1]: figures for key, figures in sold(result).items()} == {"Biocoop": (300, 8), "Bar": (20, 8)}
    [doubt] = [one for one in result.doubts if one.kind == "same sums"]
    after = {before.buyer: (left.quantity, left.price) for before, left in doubt.ways[0].changed if left is not None}
    assert after == {"Biocoop": (150, 8), "Bar": (10, 8)}
    [question] = [one for one in pile_decisions(result, "fr") if one.key.startswith("same sums")]
    assert len(decide([], [question], "fr").decisions) == 1


@pytest.mark.parametrize(
    ("notes", "invoices"), [("BL_Moulin", "Factures_Moulin"), ("Livraisons_Moulin", "Ventes_Moulin")]
)
def test_delivery_notes_and_their_invoice_are_asked_about(tmp_path: Path, notes: str, invoices: str) -> None:
    result = files(tmp_path, **{
        notes: "N° BL;Date;Client;Produit;Quantité;Unité\nBL1;01/02/2024;Four;Farine;100;kg\nBL2;08/02/2024;Four;Farine;100;kg",
        invoices: f"N° facture;{DATED}\nFA1;28/02/2024;Four;Farine;200;kg;180",
    })  # fmt: skip
    assert len(asked(result, "same sums")) == 1
    [doubt] = [one for one in result.doubts if one.kind == "same sums"]
    assert [(left.quantity, left.price) for _, left in doubt.ways[0].changed if left is not None] == [(200, 0.9)]


@pytest.mark.parametrize("names", [
    ("Ventes_Ruche_v1", "Ventes_Ruche_v2_corrigé"), ("Ventes_Ruche", "Ventes_Ruche_rectifié"), ("Copie_de_Ventes_Ruche", "Ventes_Ruche"),
])  # fmt: skip
def test_two_versions_of_a_piece_are_asked_about(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = [
        f"N°;{DATED}\nF1;01/02/2024;Biocoop;Miel;{kg};kg;{8 * kg}\nF2;01/03/2024;Bar;Miel;10;kg;80" for kg in (100, 90)
    ]
    result = files(tmp_path, **dict(zip(names, rows, strict=True)))
    [choices] = asked(result, "two versions")
    assert len(choices) == 3
    [doubt] = [one for one in result.doubts if one.kind == "two versions"]
    assert sorted(left.quantity for way in doubt.ways for _, left in way.changed if left is not None) == [90, 100]


def test_months_in_files_of_their_own_are_not_asked_about(tmp_path: Path) -> None:
    result = files(tmp_path, Ventes_Ruche_janvier=f"{DATED}\n05/01/2024;Biocoop;Miel;10;kg;80",
                   Ventes_Ruche_février=f"{DATED}\n05/02/2024;Biocoop;Miel;10;kg;80")  # fmt: skip
    assert sold(result) == {("Ruche", "Biocoop", "Miel"): (20, 8)}
    assert asked(result, "same sums") == []


def test_the_year_of_a_sheet_holds_for_its_months() -> None:
    rows = {"2023": [("janv.", 10.0), ("déc.", 20.0), ("mars", 5.0)], "2024": [("janv.", 30.0)]}
    result = sheets({year: [("Mois", "Client", "Produit", "Qté kg"), *((month, "Bar", "Miel", kg) for month, kg in lines)]
                     for year, lines in rows.items()}, "ventes Ruche.xlsx")  # fmt: skip
    assert sold(result) == {("Ruche", "Bar", "Miel"): (35, None)}
    assert "GAT15" in codes(result)


@pytest.mark.parametrize(
    "name",
    ["Ventes_Z_exercice_clos_le_30-06-2024", "Ventes_Z_clôture_30.06.2024", "Ventes_Z_du_01-07-2023_au_30-06-2024"],
)
def test_a_business_year_in_the_name_of_a_file_is_the_year_gathered(tmp_path: Path, name: str) -> None:
    days = {"01/08/2023": 10, "01/05/2023": 5, "15/03/2024": 6, "01/09/2024": 7}
    result = files(
        tmp_path, **{name: DATED + "".join(f"\n{day};Bar;Miel;{kg};kg;{8 * kg}" for day, kg in days.items())}
    )
    assert sold(result) == {("Z", "Bar", "Miel"): (16, 8)}
    assert "GAT15" in codes(result)
