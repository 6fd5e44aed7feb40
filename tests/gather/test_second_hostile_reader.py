"""What a second hostile reader of the product found taken wrongly without a word: each kind, with the figure that is right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from filiere.gather.decide.pile import pile_decisions
from filiere.gather.gather import gather
from filiere.gather.headings import meaning, unit_of
from filiere.gather.workbook import gathered_workbook
from filiere.names import loose
from filiere.table import RawRow, RawTable, RawValue, RawWorkbook
from filiere.workbook.read.csv import read_csv
from filiere.workbook.read.read import read_workbook
from tests.gather.test_hostile_variations import codes, sheets, sold, text

Row = tuple[RawValue | None, ...]
HEAD = "Date;Fournisseur;Produit;Quantité (kg);Montant HT"


@pytest.mark.parametrize(("heading", "unit"), [
    ("Quantité kg", "kg"), ("Qté kg", "kg"), ("Poids kg", "kg"), ("Quantité/kg", "kg"), ("Quantité, kg", "kg"),
    ("Qté : hl", "hl"), ("Nombre de bouteilles", "bouteilles"), ("Nombre de colis", ""), ("Quantité", ""), ("Quantité livrée", ""),
])  # fmt: skip
def test_a_unit_behind_a_heading_needs_no_brackets(heading: str, unit: str) -> None:
    assert unit_of(heading) == unit


@pytest.mark.parametrize(("heading", "held"), [
    ("Net à payer", "gross"), ("Reste à payer", "gross"), ("Montant net", "amount"), ("PV HT", "price"),
    ("PA HT", "price"), ("Marge", None), ("Marge %", None), ("TVA %", "rate"), ("Rem 1 %", "discount"),
    ("Refusé (kg)", "returned"), ("Refusé kg", "returned"), ("Client facturé", "buyer"), ("Étape", "status"),
])  # fmt: skip
def test_headings_of_sales_programs(heading: str, held: str | None) -> None:
    assert meaning(heading) == held


# ---- signs, numbers, texts that say that rows do not count


@pytest.mark.parametrize("sign", ["\\0", "\\x07", "\\x1f", "\\x7f", "\\ufffe"])
def test_a_sign_that_is_no_letter_is_left_out_and_told(tmp_path: Path, sign: str) -> None:
    sign = sign.encode().decode("unicode_escape")
    result = text(tmp_path, f"{HEAD}\n05/03/2024;Ferme{sign} Bleue;Ail;10;10")
    assert sold(result) == {("Ferme Bleue", "Four", "Ail"): (10, 1)}
    assert "GAT62" in codes(result)
    (tmp_path / "made.xlsx").write_bytes(gathered_workbook(result, "fr"))
    assert read_workbook(tmp_path / "made.xlsx").tables


def test_a_file_padded_to_the_size_of_a_block_is_read(tmp_path: Path) -> None:
    path = tmp_path / "achats Four.csv"
    path.write_bytes(f"{HEAD}\n05/03/2024;Ferme;Ail;10;10\n".encode() + bytes(4000))
    assert sold(gather([read_csv(path)], "fr")) == {("Ferme", "Four", "Ail"): (10, 1)}


@pytest.mark.parametrize("number", ["DEV2024-001", "PF-12", "BC 7", "BL/3"])
def test_a_number_says_that_a_piece_is_a_quote_an_order_or_a_note(tmp_path: Path, number: str) -> None:
    rows = f"N° pièce;Fournisseur;Produit;Quantité (kg)\nFA2024-001;Ferme;Ail;10\n{number};Ferme;Ail;40"
    result = text(tmp_path, rows)
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, None)}
    assert "GAT22" in codes(result)


def test_orders_alone_count_as_such(tmp_path: Path) -> None:
    rows = "N° pièce;Fournisseur;Produit;Quantité (kg)\nBC1;Ferme;Ail;10\nBC2;Ferme;Ail;40"
    assert sold(text(tmp_path, rows)) == {("Ferme", "Four", "Ail"): (50, None)}


@pytest.mark.parametrize(("heading", "yes", "no"), [
    ("Règlement", "Payé", "Annulé"), ("Livré", "O", "N"), ("Confirmé", "oui", "non"), ("Étape", "Gagné", "Perdu"),
])  # fmt: skip
def test_a_cell_says_that_a_row_did_not_take_place(tmp_path: Path, heading: str, yes: str, no: str) -> None:
    rows = f"Fournisseur;Produit;Quantité (kg);{heading}\nFerme;Ail;10;{yes}\nFerme;Ail;40;{no}"
    result = text(tmp_path, rows)
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, None)}
    assert "GAT22" in codes(result)


@pytest.mark.parametrize(("line", "quantity", "told"), [
    ("Commandes annulées", 10, "GAT63"), ("ci-dessous : devis non confirmés", 10, "GAT63"),
    ("Commandes livrées", 50, "GAT64"), ("NB : 100 kg en attente", 50, "GAT64"),
])  # fmt: skip
def test_a_line_of_text_between_rows_is_understood_or_told(line: str, quantity: float, told: str) -> None:
    rows: list[Row] = [("Fournisseur", "Produit", "Quantité (kg)"), ("Ferme", "Ail", 10.0), (line,), ("Ferme", "Ail", 40.0)]  # fmt: skip
    result = sheets({"Achats": rows}, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (quantity, None)}
    assert told in codes(result)


def test_a_line_with_another_separator_is_told(tmp_path: Path) -> None:
    result = text(tmp_path, f"{HEAD}\n05/03/2024;Ferme;Ail;10;10\n05/04/2024,Ferme,Ail,20,20")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, 1)}
    assert "GAT21" in codes(result)


@pytest.mark.parametrize("note", ["Tous les montants sont TTC", "* prix TTC, TVA 5,5 % sauf savon"])
@pytest.mark.parametrize("above", [True, False])
def test_a_note_says_that_amounts_include_tax(tmp_path: Path, note: str, above: bool) -> None:
    lines = ["Fournisseur;Produit;Quantité (kg);Montant", "Ferme;Ail;10;105,5"]
    lines = [f"{note};;;", *lines] if above else [*lines, f"{note};;;"]
    result = text(tmp_path, "\n".join(lines))
    assert [flow.price for flow in result.flows] == [None]
    assert [one.key for one in pile_decisions(result, "fr") if one.key.startswith("vat")] == ["vat / four"]


def test_a_note_that_contradicts_the_heading_says_nothing(tmp_path: Path) -> None:
    result = text(tmp_path, f"Prix TTC sur demande;;;;\n{HEAD}\n05/03/2024;Ferme;Ail;10;10")
    assert [flow.price for flow in result.flows] == [1]


def test_a_title_says_the_currency(tmp_path: Path) -> None:
    result = text(tmp_path, f"Achats 2024 (montants en CHF);;;;\n{HEAD}\n05/03/2024;Ferme;Ail;10;10")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, None)}
    assert "GAT24" in codes(result)


def test_a_title_that_names_a_part_of_the_year_is_told(tmp_path: Path) -> None:
    rows = "Fournisseur;Produit;Quantité (kg)\nFerme;Ail;10"
    assert "GAT65" in codes(text(tmp_path, f"Achats du 01/01/2024 au 31/03/2024;;\n{rows}"))
    assert "GAT65" not in codes(text(tmp_path, f"Achats du 01/01/2024 au 31/12/2024;;\n{rows}"))


# ---- what is no good, and people


@pytest.mark.parametrize("label", [
    "Affrètement", "Supplément carburant", "Frais de facturation", "Différence d'arrondi", "Forfait livraison",
    "Palette EUR (consignée)", "Règlement virement", "Loyer mars", "Salaire mars", "Cotisations", "Assurance",
])  # fmt: skip
def test_costs_deposits_payments_and_wages_are_no_goods(tmp_path: Path, label: str) -> None:
    result = text(tmp_path, f"{HEAD}\n05/03/2024;Ferme;Ail;10;10\n05/03/2024;Marie Dupont;{label};1;15")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, 1)}
    assert {"GAT42", "GAT61"} & codes(result)


@pytest.mark.parametrize("label", ["Eau de coco", "Paella", "Assurément bon"])
def test_goods_with_such_a_beginning_stay_goods(tmp_path: Path, label: str) -> None:
    assert ("Ferme", "Four", label) in sold(text(tmp_path, f"{HEAD}\n05/03/2024;Ferme;{label};10;10"))


@pytest.mark.parametrize("label", [
    "Panier légumes pour Mme Durand 06 12 34 56 78", "Panier légumes livré chez jean.petit@free.fr",
    "Panier légumes - M. Petit Jean", "Panier légumes (Mme Durand)",
])  # fmt: skip
def test_people_named_in_labels_are_not_kept(tmp_path: Path, label: str) -> None:
    result = text(tmp_path, f"Client;Produit;Quantité\nCantine;{label};10", "ventes Four.csv")
    assert sold(result) == {("Four", "Cantine", "Panier légumes"): (10, None)}
    everything = " ".join(one.message("fr") for one in result.decisions)
    assert not any(word in everything for word in ("Durand", "Petit", "jean", "06 12"))


@pytest.mark.parametrize("client", ["jean.petit@free.fr", "06 12 34 56 78"])
def test_a_client_known_by_mail_or_telephone_is_private(tmp_path: Path, client: str) -> None:
    result = text(tmp_path, f"Client;Produit;Quantité\n{client};Ail;10", "ventes Four.csv")
    assert [flow.buyer for flow in result.flows] == ["private customers"]


# ---- figures


def test_a_figure_merged_over_rows_is_not_repeated() -> None:
    rows = (
        RawRow(1, dict(enumerate(("Fournisseur", "Produit", "Quantité (kg)", "Montant HT")))),
        RawRow(2, {0: "Ferme", 1: "Ail", 2: 10.0, 3: 120.0}), RawRow(3, {0: "Ferme", 1: "Sel", 2: 20.0}),
    )  # fmt: skip
    table = RawTable("Achats", rows, covered={3: {3: 2}})
    result = gather([RawWorkbook((table,), Path("achats Four.xlsx"))], "fr")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, None), ("Ferme", "Four", "Sel"): (20, None)}
    assert "GAT71" in codes(result)


def test_a_table_with_its_headings_in_the_first_column_is_turned() -> None:
    day = dt.datetime(2024, 3, 5, tzinfo=dt.UTC).replace(tzinfo=None)
    rows: list[Row] = [("Date", day, day), ("Fournisseur", "Ferme", "Moulin"), ("Produit", "Ail", "Farine"),
                       ("Quantité (kg)", 10.0, 40.0), ("Montant HT", 11.0, 44.0)]  # fmt: skip
    result = sheets({"Achats": rows}, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, 1.1), ("Moulin", "Four", "Farine"): (40, 1.1)}
    assert {one.name for one in result.actors} == {"Ferme", "Moulin", "Four"}


def test_payments_in_the_accounts_of_clients_tell_which_side_is_a_sale(tmp_path: Path) -> None:
    rows = "Date;Client;Libellé;Débit;Crédit\n05/03/2024;École;Ail;100;\n15/03/2024;École;Règlement virement;;100"
    result = text(tmp_path, rows, "ventes Four.csv")
    assert sold(result) == {("Four", "École", "Ail"): (100, 1)}


def test_what_is_paid_before_and_after_makes_one_price(tmp_path: Path) -> None:
    rows = (
        "Type;Client;Produit;Qté (kg);Montant HT\nFacture d'acompte;École;Ail;;300\nFacture de solde;École;Ail;1000;700"
    )
    assert sold(text(tmp_path, rows, "ventes Four.csv")) == {("Four", "École", "Ail"): (1000, 1)}


def test_a_credit_note_without_goods_changes_what_is_paid_alone(tmp_path: Path) -> None:
    rows = "Type;Client;Produit;Qté (kg);Montant HT\nFacture;École;Ail;100;100\nAvoir;École;Ail;;8"
    assert sold(text(tmp_path, rows, "ventes Four.csv")) == {("Four", "École", "Ail"): (100, 0.92)}


@pytest.mark.parametrize(("head", "row", "quantity", "price"), [
    ("Qté kg;PA HT;PV HT;Marge", "10;1,00;2,00;10,00", 10, 2),
    ("Qté kg;PU HT;Remise", "10;10,00;10%+5%", 10, 8.55),
    ("Qté kg;PU HT;Rem 1 %;Rem 2 %", "10;10,00;10;5", 10, 8.55),
    ("Qté kg;Montant devise;Devise;Montant EUR", "10;11,00;EUR;9,00", 10, 0.9),
    ("Qté kg;Montant HT (cts)", "100;12500", 100, 1.25),
    ("Qté kg;Part du montant (%)", "100;60", 100, None),
    ("Poids brut (kg);Tare (kg);Montant HT", "110;10;100", 100, 1),
    ("Livré (kg);Refusé (kg);Montant HT", "95;5;90", 90, 1),
])  # fmt: skip
def test_columns_beside_each_other(tmp_path: Path, head: str, row: str, quantity: float, price: float | None) -> None:
    result = text(tmp_path, f"Client;Produit;{head}\nÉcole;Ail;{row}", "ventes Four.csv")
    assert sold(result) == {("Four", "École", "Ail"): (quantity, price and pytest.approx(price))}


def test_thousands_of_pieces_are_pieces(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité (milliers);Unité;Montant HT\nFerme;Oeufs;12;pièces;3600")
    assert sold(result) == {("Ferme", "Four", "Oeufs"): (12_000, 0.3)}


def test_units_on_a_row_below_the_headings_are_theirs(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité;Montant\n;;kg;€ HT\nFerme;Ail;100;90")
    assert sold(result) == {("Ferme", "Four", "Ail"): (100, 0.9)}
    assert result.products[0].product.unit == "kg"


@pytest.mark.parametrize(("rows", "told"), [
    ("Fournisseur;Produit;Quantité hebdomadaire (kg)\nFerme;Ail;10", "GAT72"),
    ("Fournisseur;Produit;Quantité (kg);Montant HT\nFerme;Ail;10;-10", "GAT73"),
    ("Fournisseur;Produit;Quantité (kg)\nCr?merie de l?Été;Ail;10", "GAT30"),
    ("Fournisseur;SIRET;Produit;Quantité (kg)\nFerme;5,52E+13;Ail;10", "GAT68"),
])  # fmt: skip
def test_what_cannot_be_mended_is_told(tmp_path: Path, rows: str, told: str) -> None:
    assert told in codes(text(tmp_path, rows))


def test_two_firms_of_one_name_stay_two(tmp_path: Path) -> None:
    rows = "Fournisseur;SIRET;Produit;Quantité (kg)\nBiocoop;55208131766522;Ail;10\nBiocoop;73282932000074;Ail;20"
    result = text(tmp_path, rows)
    assert sorted(flow.quantity for flow in result.flows) == [10, 20]
    assert "GAT69" in codes(result)


def test_an_entry_that_does_not_balance_is_told(tmp_path: Path) -> None:
    head = "JournalCode;JournalLib;EcritureNum;EcritureDate;CompteNum;CompteLib;CompAuxNum;CompAuxLib;PieceRef;PieceDate;EcritureLib;Debit;Credit"
    lines = ("AC;A;1;20240305;601000;Farine;;;F1;20240305;Moulin;1000,00;0,00",
             "AC;A;1;20240305;401000;Fournisseurs;M;Moulin;F1;20240305;Moulin;0,00;1055,00")  # fmt: skip
    result = text(tmp_path, "\n".join([head, *lines]), "123456782FEC20241231.txt")
    (said,) = (one.message("fr") for one in result.decisions if one.code == "GAT67")
    assert "55" in said


def test_names_that_differ_by_a_space_are_asked_about(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité\nGAEC du Bois;Ail;1\nGaec Dubois;Ail;2")
    asked = {one.key for one in pile_decisions(result, "fr") if one.key.startswith("same name")}
    assert {loose(part) for part in asked.pop().split(" / ")[2:]} == {loose("gaec du bois"), loose("gaec dubois")}


# ---- tables beside each other


def test_a_second_table_with_fuller_headings_hides_no_first_one(tmp_path: Path) -> None:
    first, second = (
        "Fournisseur;Produit;Quantité (kg);Montant HT",
        "Fournisseur;Produit;Quantité (kg);Montant TTC;Taux TVA",
    )
    rows = [first, "Ferme;Ail;10;100", "Ferme;Sel;5;5", second, "Ferme;Noix;10;105,5;5,5"]
    assert {key[2]: value for key, value in sold(text(tmp_path, "\n".join(rows))).items()} == {
        "Ail": (10, 10), "Sel": (5, 1), "Noix": (10, 10),
    }  # fmt: skip


@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("dated", [True, False])
def test_a_copy_of_a_table_in_its_file_is_told(stacked: bool, dated: bool) -> None:
    """Two dated rows that stand again are a copy; undated ones may be those of another month, and count."""
    day = [dt.datetime(2024, 3, n, tzinfo=dt.UTC).replace(tzinfo=None) if dated else None for n in (5, 6)]
    once: list[Row] = [("Fournisseur", "Produit", "Quantité (kg)", *(["Date"] if dated else [])),
                       ("Ferme", "Ail", 10.0, day[0]), ("Ferme", "Ail", 20.0, day[1])]  # fmt: skip
    result = sheets({"Feuil1": [*once, *once]} if stacked else {"Feuil1": once, "Feuil1 (2)": once}, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (30 if dated else 60, None)}
    assert {"GAT95", "GAT96"} & codes(result) == {"GAT95" if dated else "GAT96"}


@pytest.mark.parametrize(("name", "held", "quantity"), [("2024", 30.0, 30), ("Année", 30.0, 30), ("2024", 12.0, 42)])
def test_a_sheet_of_the_year_that_sums_those_of_its_months_counts_nothing(
    name: str, held: float, quantity: float
) -> None:
    head = ("Fournisseur", "Produit", "Quantité (kg)")
    rows: dict[str, list[Row]] = {"Janvier": [head, ("Ferme", "Ail", 10.0)], "Février": [head, ("Ferme", "Ail", 20.0)]}
    result = sheets({**rows, name: [head, ("Ferme", "Ail", held)]}, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (quantity, None)}
    assert ("GAT41" in codes(result)) == (held == 30.0)


def test_the_total_of_a_piece_on_each_of_its_lines_is_no_amount_of_a_line(tmp_path: Path) -> None:
    rows = "N° facture;Fournisseur;Produit;Quantité (kg);Total facture HT\nF1;Ferme;Ail;10;150\nF1;Ferme;Sel;20;150\nF2;Ferme;Noix;10;40"
    result = text(tmp_path, rows)
    assert {key[2]: value for key, value in sold(result).items()} == {"Ail": (10, None), "Sel": (20, None), "Noix": (10, 4)}  # fmt: skip
    assert "GAT97" in codes(result)


@pytest.mark.parametrize("word", ["annulé", "devis"])
def test_a_word_in_a_column_without_a_heading_counts(tmp_path: Path, word: str) -> None:
    result = text(tmp_path, f"{HEAD};\n05/03/2024;Ferme;Ail;10;10;\n05/03/2024;Ferme;Ail;20;20;{word}")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, 1)}
    assert "GAT22" in codes(result)


@pytest.mark.parametrize("head", [
    "Datum;Lieferant;Artikel;Menge (kg);Nettobetrag", "Fecha;Proveedor;Producto;Cantidad (kg);Importe neto",
])  # fmt: skip
def test_headings_of_the_neighbours_are_read(tmp_path: Path, head: str) -> None:
    assert sold(text(tmp_path, f"{head}\n05/03/2024;Ferme;Ail;10;11")) == {("Ferme", "Four", "Ail"): (10, 1.1)}


def test_francs_of_before_the_euro_are_another_currency(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité (kg);Montant HT (FF)\nFerme;Ail;10;655,96")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, None)}
    assert "GAT24" in codes(result)
