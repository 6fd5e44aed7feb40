"""What cannot be sure in other people's files is told with what is missing, or asked; never settled in silence."""

from __future__ import annotations

import warnings
from pathlib import Path

import openpyxl
import pytest

from filiere.gather.collect.rows import keyed_rows
from filiere.gather.complete.edits import DropRow, SetCell
from filiere.gather.decide.decision import Decision
from filiere.gather.decide.pile import pile_decisions
from filiere.gather.files import sort_files
from filiere.gather.gather import Gathered, gather
from filiere.gather.into import gather_into
from filiere.gather.workbook import gathered_workbook
from filiere.table import ErrorValue, RawValue, Uncomputed
from filiere.workbook.read.csv import read_csv
from filiere.workbook.read.read import read_workbook
from tests.gather.test_hostile_variations import codes, sheets, sold, text

HEAD = ("Fournisseur", "Produit", "Quantité", "Unité", "Prix", "Montant HT")
Row = tuple[RawValue | None, ...]


def told(rows: dict[str, list[Row]], code: str) -> list[str]:
    return [one.message("fr") for one in sheets(rows, "achats Four.xlsx").decisions if one.code == code]


# ---- cells that hold an error


def test_what_goes_with_a_quantity_that_cannot_be_read_is_told_with_its_amount() -> None:
    rows: dict[str, list[Row]] = {"Achats": [HEAD, ("Ferme", "Ail", ErrorValue("#REF!"), "kg", None, 50.0)]}
    rows["Achats"].append(("Moulin", "Farine", 10.0, "t", None, 9000.0))
    (said,) = told(rows, "GAT56")
    assert "50" in said and "Ail" in said
    assert sold(sheets(rows, "achats Four.xlsx")) == {("Moulin", "Four", "Farine"): (10, 900)}


@pytest.mark.parametrize("broken", [ErrorValue("#N/A"), Uncomputed("=10+10")])
def test_an_amount_and_a_price_make_up_for_a_quantity_that_cannot_be_read(broken: RawValue) -> None:
    rows: dict[str, list[Row]] = {"Achats": [HEAD, ("Ferme", "Ail", broken, "kg", 5.0, 100.0)]}
    result = sheets(rows, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (20, 5)}
    assert codes(result) >= {"GAT29", "GAT58"}


@pytest.mark.parametrize("at", [0, 1, 4])
def test_an_error_in_any_cell_that_counts_is_told_where_it_is(at: int) -> None:
    row: list[RawValue | None] = ["Ferme", "Ail", 20.0, "kg", 5.0, None]
    row[at] = ErrorValue("#REF!")
    result = sheets({"Achats": [HEAD, ("Moulin", "Farine", 10.0, "t", 900.0, None), tuple(row)]}, "achats Four.xlsx")
    places = [str(one.cell) for one in result.decisions if one.code == "GAT29"]
    assert [place.rsplit("!")[1] for place in places] == [f"{'ABCDEF'[at]}3"]


def test_a_discount_that_cannot_be_read_leaves_no_price() -> None:
    head = ("Fournisseur", "Produit", "Quantité", "Unité", "Prix", "Remise %")
    rows: dict[str, list[Row]] = {"Achats": [head, ("Ferme", "Ail", 20.0, "kg", 5.0, ErrorValue("#REF!"))]}
    result = sheets(rows, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (20, None)}
    assert "GAT29" in codes(result)


# ---- what a sheet or a text above says of a table


@pytest.mark.parametrize("name", ["Annulations", "Annulations de commandes", "Cancellations", "Annulés"])
def test_what_was_cancelled_is_neither_delivered_nor_a_credit_note(name: str) -> None:
    head, row = ("Fournisseur", "Client", "Produit", "Quantité", "Unité"), ("Ferme", "École", "Ail")
    rows: dict[str, list[Row]] = {"Ventes": [head, (*row, 20.0, "kg")], name: [head, (*row, 3.0, "kg")]}
    result = sheets(rows)
    assert sold(result) == {("Ferme", "École", "Ail"): (20, None)}
    assert "GAT51" in codes(result)


@pytest.mark.parametrize(("above", "seller", "code"), [
    ("Ferme Bleue", "Ferme Bleue", "GAT59"), ("GAEC des Prés", "GAEC des Prés", "GAT59"),
    ("Ventes de la ferme", "Truc", "GAT17"), ("Bon de livraison 12", "Truc", "GAT17"),
])  # fmt: skip
def test_a_firm_named_alone_above_a_table_is_whose_it_is(tmp_path: Path, above: str, seller: str, code: str) -> None:
    result = text(tmp_path, f"{above};;\nClient;Produit;Quantité (kg)\nCantine Rose;Ail;5", "ventes Truc.csv")
    assert sold(result) == {(seller, "Cantine Rose", "Ail"): (5, None)}
    assert {"GAT17", "GAT59"} & codes(result) == {code}


@pytest.mark.parametrize(("names", "sells"), [
    ("Cantine Rose;École Pergaud;Mairie de Laval", True), ("Ferme Bleue;École Pergaud;GAEC des Prés", False),
    ("Dupont;Martin;Duval", False),
])  # fmt: skip
def test_schools_and_canteens_across_a_table_buy(tmp_path: Path, names: str, sells: bool) -> None:
    result = text(tmp_path, f"Produit;Unité;{names}\nAil;kg;1;2;3", "Halle.csv")
    assert {flow.seller == "Halle" for flow in result.flows} == {sells}
    assert {"GAT34", "GAT57"} & codes(result) == {"GAT57" if sells else "GAT34"}


def test_months_beside_their_quarters_need_no_date(tmp_path: Path) -> None:
    months = "Janv;Févr;Mars;1er trimestre;Avril;Mai;Juin;2e trimestre;1er semestre"
    rows = f"Fournisseur;Produit;Unité;{months}\nFerme;Ail;kg;10;10;10;30;20;20;20;60;90"
    result = text(tmp_path, rows)
    assert sold(result) == {("Ferme", "Four", "Ail"): (90, None)}
    assert "GAT28" not in codes(result)


# ---- rows that may tell one delivery twice

SALES = "Date;N° BL;Client;Produit;Quantité;Unité;Montant HT"
ONE, TWO = "01/03/2024;BL1;Cantine;Ail;100;kg;90", "02/03/2024;BL2;Cantine;Ail;10;kg;9"


def asked(result: Gathered, kind: str) -> list[Decision]:
    return [one for one in pile_decisions(result, "fr") if one.key.startswith(kind)]


def edits(decision: Decision, at: int) -> set[tuple[str, str, object]]:
    found = decision.choices[at].edits
    return {(one.row.table, one.column, one.value) if isinstance(one, SetCell) else (one.row.table, "-", None)
            for one in found if isinstance(one, SetCell | DropRow)}  # fmt: skip


def test_two_rows_of_one_piece_that_are_alike_both_count_and_are_asked_about(tmp_path: Path) -> None:
    result = text(tmp_path, "\n".join([SALES, ONE, TWO, ONE]), "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "Cantine", "Ail"): (210, pytest.approx(0.9))}
    (decision,) = asked(result, "same rows")
    assert "BL1" in decision.question and "ventes Ferme.csv: 4" in decision.question
    assert edits(decision, 0) == set()
    assert edits(decision, 1) == {("links", "today", 110.0), ("offers", "maximum", 110.0)}


def test_a_price_that_the_repeated_row_moves_is_put_right_too(tmp_path: Path) -> None:
    dear = "02/03/2024;BL2;Cantine;Ail;100;kg;190"
    result = text(tmp_path, "\n".join([SALES, ONE, dear, dear]), "ventes Ferme.csv")
    (decision,) = asked(result, "same rows")
    assert edits(decision, 1) >= {("links", "today", 200.0), ("links", "price", 1.4)}


def test_rows_without_a_number_that_are_alike_are_told(tmp_path: Path) -> None:
    rows = "Date;Client;Produit;Quantité (kg)\n01/03/2024;Cantine;Ail;5\n01/03/2024;Cantine;Ail;5"
    result = text(tmp_path, rows, "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "Cantine", "Ail"): (10, None)}
    assert "GAT60" in codes(result) and not asked(result, "same rows")


@pytest.mark.parametrize("other", [
    "01/03/2024;BL1;Cantine;Ail;100;kg;91", "01/03/2024;BL2;Cantine;Ail;100;kg;90", "02/03/2024;BL1;Cantine;Ail;100;kg;90",
])  # fmt: skip
def test_rows_that_differ_in_one_cell_are_two_deliveries(tmp_path: Path, other: str) -> None:
    result = text(tmp_path, "\n".join([SALES, ONE, other]), "ventes Ferme.csv")
    assert not asked(result, "same rows") and "GAT60" not in codes(result)


def test_one_piece_on_two_sheets_of_a_file_is_asked_about() -> None:
    head = ("N° facture", "Fournisseur", "Produit", "Quantité", "Unité")
    march: list[Row] = [head, ("F1", "Ferme", "Ail", 5.0, "kg"), ("F2", "Ferme", "Ail", 7.0, "kg")]
    result = sheets({"T1": march, "Mars": [head, march[2]]}, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (19, None)}
    (decision,) = asked(result, "same rows")
    assert ("links", "today", 12.0) in edits(decision, 1)


def test_one_piece_in_two_files_of_other_names_is_asked_about(tmp_path: Path) -> None:
    for name, rows in (("ventes Ferme Bleue.csv", [ONE, TWO]), ("ventes Dupont.csv", [TWO])):
        (tmp_path / name).write_text("\n".join([SALES, *rows]), encoding="utf-8")
    result = gather([read_csv(path) for path in sorted(tmp_path.iterdir())], "fr")
    assert {key[0]: value[0] for key, value in sold(result).items()} == {"Ferme Bleue": 110, "Dupont": 10}
    (decision,) = asked(result, "same pieces")
    assert "Dupont" in decision.question and "BL2" in decision.question
    assert ("links", "today", 100.0) in edits(decision, 0)  # of Dupont
    assert edits(decision, 1) == {("links", "-", None), ("offers", "-", None)}  # of Ferme Bleue
    assert edits(decision, 2) == set()


def test_two_firms_with_one_number_and_other_figures_are_not_asked_about(tmp_path: Path) -> None:
    for name, row in (("ventes Ferme Bleue.csv", ONE), ("ventes Dupont.csv", ONE.replace(";90", ";80"))):
        (tmp_path / name).write_text(f"{SALES}\n{row}", encoding="utf-8")
    assert not asked(gather([read_csv(path) for path in sorted(tmp_path.iterdir())], "fr"), "same pieces")


def test_a_row_that_stands_twice_is_an_answer_where_both_sides_differ(tmp_path: Path) -> None:
    (tmp_path / "ventes Ferme.csv").write_text("\n".join([SALES, ONE, TWO, TWO]), encoding="utf-8")
    bought = "Date;Fournisseur;Produit;Quantité;Unité;Montant HT\n01/03/2024;Ferme;Ail;110;kg;99"
    (tmp_path / "achats Cantine.csv").write_text(bought, encoding="utf-8")
    result = gather([read_csv(path) for path in sorted(tmp_path.iterdir())], "fr")
    assert not asked(result, "same rows")
    (decision,) = asked(result, "two sides")
    assert "deux fois" in decision.question
    assert decision.choices[0].text.startswith("110 kg")
    assert edits(decision, 0) == {("links", "today", 110.0), ("links", "today_buyer", None)}


def test_an_answer_is_applied_and_holds_when_the_files_are_gathered_again(tmp_path: Path) -> None:
    path = tmp_path / "ventes Ferme.csv"
    path.write_text("\n".join([SALES, ONE, TWO, ONE]), encoding="utf-8")
    made, again, last = (tmp_path / f"{name}.xlsx" for name in ("w", "again", "last"))
    made.write_bytes(gathered_workbook(gather([read_csv(path)], "fr"), "fr"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an extension of the template that openpyxl does not keep
        book = openpyxl.load_workbook(made)
    sheet = book["Décisions à prendre"]
    row = next(number for number in range(4, 20) if str(sheet.cell(number, 6).value).startswith("same rows"))
    sheet.cell(row, 4).value = "non, ne les compter qu'une fois"
    book.save(made)
    for source, target in ((made, again), (again, last)):
        done = gather_into(source, read_workbook(source), sort_files([path]), "fr")
        target.write_bytes(done.content)
        (link,) = keyed_rows(read_workbook(target)).tables.links
        assert link.today == 110
        assert not [one for one in done.decisions if one.key.startswith("files")]


@pytest.mark.parametrize(("credit", "kept", "told"), [
    ("Avoir;100;20", (200, 280 / 200), True),  # 0.20 off each kilogram
    ("Avoir;100;150", (100, 1.5), False),  # all of them came back
    ("Avoir;10;9", (190, 291 / 190), False),  # taken back for less, spoilt as they were
    ("Facture;100;20", (300, 320 / 300), False),
])  # fmt: skip
def test_a_credit_far_below_the_price_takes_off_no_goods(
    tmp_path: Path, credit: str, kept: tuple[float, float], told: bool
) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Type;Quantité (kg);Montant HT\n"
                            f"Ferme;Pommes;Facture;200;300\nFerme;Pommes;{credit}")  # fmt: skip
    assert sold(result) == {("Ferme", "Four", "Pommes"): pytest.approx(kept)}
    assert ("GAT124" in codes(result)) is told


@pytest.mark.parametrize(("label", "apart"), [
    ("Contribution énergie", True), ("Droits d'accise", True), ("Taxe CTIFL", True), ("Redevance environnement", True),
    ("Participation éco-emballage", True), ("Énergie douce (tisane)", False), ("Taxi gourmand (brioche)", False),
])  # fmt: skip
def test_what_is_charged_beside_goods_is_none(tmp_path: Path, label: str, apart: bool) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité;Montant HT\nFerme;Pommes;10;15\nFerme;{label};1;3")
    assert (("Ferme", "Four", label) not in sold(result)) is apart
    assert ("GAT42" in codes(result)) is apart


def test_uv_heads_the_unit_of_sale(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Désignation;Qté;UV;PUHT;Mt HT\nFerme;Pommes;10;KG;1,50;15")
    assert sold(result) == {("Ferme", "Four", "Pommes"): (10, 1.5)}
    assert [one.product.unit for one in result.products] == ["KG"]


def test_a_till_names_no_clients_that_look_like_people(tmp_path: Path) -> None:
    result = text(tmp_path, "Date;N° ticket;Article;Qté;Montant HT\n02/01/2025;1001;Pain;2;10", "Caisse Fournil.csv")
    assert "GAT48" in codes(result)
    assert "GAT45" not in codes(result)
