"""Other people's files: nothing is taken wrongly, and what is left out is said."""

from pathlib import Path

import pytest

from filiere.gather.gather import Gathered, gather
from filiere.problems import WorkbookError
from filiere.table import ErrorValue, RawRow, RawTable, RawWorkbook, Uncomputed
from filiere.workbook.read.csv import read_csv, read_tables
from filiere.workbook.read.letters import decoded, mended
from tests.sheets import workbook

FEC = ("JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate"
       "|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise")  # fmt: skip


def text(folder: Path, content: str, name: str = "achats Four.csv", **options: object) -> Gathered:
    path = folder / name
    path.write_bytes(content.strip("\n").encode("utf-8"))
    return gather([read_csv(path)], "en", **options)  # type: ignore[arg-type]


def sold(result: Gathered) -> dict[tuple[str, str, str], tuple[float, float | None]]:
    return {(flow.seller, flow.buyer, flow.product): (flow.quantity, flow.price) for flow in result.flows}


def codes(result: Gathered) -> set[str]:
    return {problem.code for problem in result.decisions}


def places(result: Gathered, code: str) -> list[str]:
    return [str(problem.cell) for problem in result.decisions if problem.code == code]


def test_a_credit_note_is_taken_off(tmp_path: Path) -> None:
    rows = "Fournisseur;Type;Produit;Quantité;Unité;Montant HT\nMoulin;Facture;Farine;10;t;9000\nMoulin;Avoir;Farine;"
    for figures in ("2;t;1800", "-2;t;-1800"):
        assert sold(text(tmp_path, rows + figures)) == {("Moulin", "Four", "Farine"): (8, 900)}


@pytest.mark.parametrize("kind", ["Type de pièce", "Type", "Nature du document"])
def test_a_quote_an_order_a_delivery_and_an_invoice_are_one_sale(tmp_path: Path, kind: str) -> None:
    rows = "\n".join(f"Ecole;{one};Pain;10;t;9000" for one in ("Devis", "Commande", "Bon de livraison", "Facture"))
    result = text(tmp_path, f"Client;{kind};Produit;Quantité;Unité;Montant HT\n{rows}", "ventes Four.csv")
    assert sold(result) == {("Four", "Ecole", "Pain"): (10, 900)}
    assert len(places(result, "GAT22")) == 3


@pytest.mark.parametrize("status", ["Annulée", "Brouillon", "cancelled", "Draft"])
def test_what_was_cancelled_or_is_a_draft_did_not_take_place(tmp_path: Path, status: str) -> None:
    result = text(
        tmp_path,
        f"""
Fournisseur;Produit;Quantité;Unité;Statut
Moulin;Farine;10;t;Payée
Moulin;Farine;5;t;{status}""",
    )
    assert sold(result) == {("Moulin", "Four", "Farine"): (10, None)}
    assert places(result, "GAT22") == ["achats Four.csv!3"]


def test_amounts_in_another_currency_are_left_out_and_said(tmp_path: Path) -> None:
    for row in ("Mühle;Farine;5;t;4500;CHF", "Mühle;Farine;5;t;4500 CHF;"):
        result = text(
            tmp_path,
            f"""
Fournisseur;Produit;Quantité;Unité;Montant HT;Devise
Moulin;Farine;10;t;9000;EUR
{row}""",
        )
        assert sold(result) == {("Moulin", "Four", "Farine"): (10, 900), ("Mühle", "Four", "Farine"): (5, None)}
        assert places(result, "GAT24") == ["achats Four.csv!3"]


@pytest.mark.parametrize(("debit", "credit"), [("D", "C"), ("Débit", "Crédit"), ("1", "-1")])
def test_the_side_of_the_ledger_gives_the_sign(tmp_path: Path, debit: str, credit: str) -> None:
    bought = f"Fournisseur;Libellé;Montant;Sens\nMoulin;Farine;1000,00;{debit}\nMoulin;Farine;200,00;{credit}"
    assert sold(text(tmp_path, bought)) == {("Moulin", "Four", "Farine"): (800, 1)}
    paid = f"Client;Libellé;Montant;Sens\nEcole;Pain;1000,00;{credit}\nEcole;Pain;200,00;{debit}"
    assert sold(text(tmp_path, paid, "ventes Four.csv")) == {("Four", "Ecole", "Pain"): (800, 1)}


def test_what_was_delivered_counts_and_what_was_ordered_is_said(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Qté commandée;Qté livrée;Unité;Montant HT\nMoulin;Farine;10;5;t;4500")
    assert sold(result) == {("Moulin", "Four", "Farine"): (5, 900)}
    assert "GAT26" in codes(result)


@pytest.mark.parametrize(
    ("heading", "value", "price"), [("Remise %", "10", 900), ("Remise", "10 %", 900), ("Remise (€)", "500", 950), ("Remise", "10", None)]
)  # fmt: skip
def test_a_discount_comes_off_the_price(tmp_path: Path, heading: str, value: str, price: float | None) -> None:
    result = text(
        tmp_path, f"Fournisseur;Produit;Quantité;Unité;Prix unitaire HT;{heading}\nMoulin;Farine;10;t;1000;{value}"
    )
    assert sold(result) == {("Moulin", "Four", "Farine"): (10, price)}
    assert ("GAT35" in codes(result)) is (price is None)


def test_a_price_per_kilo_beside_tonnes_is_converted(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité;Unité;Prix (€/kg)\nMoulin;Farine;10;t;0,9")
    assert sold(result)["Moulin", "Four", "Farine"] == pytest.approx((10, 900))


def test_a_column_that_was_not_used_is_named(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité;Unité;Couleur\nMoulin;Farine;10;t;blanche")
    assert ["Couleur" in p.message("en") for p in result.decisions if p.code == "GAT23"] == [True]


@pytest.mark.parametrize(
    ("heading", "years"),
    [
        ("Année", ("2023", "2024", "2025")), ("Campagne", ("2022/23", "2023/24", "2024/25")), ("Date", ("T1 2023", "T2 2024", "T3 2025")),
        ("Saison", ("2022-2023", "2023-2024", "2024-2025")), ("Date", ("44927", "45292", "45658")), ("Mois", ("janvier 2023", "mars 2024", "mai 2025")),
    ],
)  # fmt: skip
def test_years_are_kept_apart_however_they_are_written(tmp_path: Path, heading: str, years: tuple[str, ...]) -> None:
    rows = "\n".join(f"{year};Moulin;Farine;{10 + at};t" for at, year in enumerate(years))
    content = f"{heading};Fournisseur;Produit;Quantité;Unité\n{rows}"
    for asked in (None, 2025):
        result = text(tmp_path, content, year=asked)
        assert sold(result) == {("Moulin", "Four", "Farine"): (12, None)}
        assert "GAT15" in codes(result)


def test_a_business_year_is_one_year(tmp_path: Path) -> None:
    rows = "Date;Fournisseur;Produit;Quantité;Unité\n2024-09-01;Moulin;Farine;10;t\n2025-08-15;Moulin;Farine;11;t"
    assert sold(text(tmp_path, rows)) == {("Moulin", "Four", "Farine"): (21, None)}


def test_mixed_orders_of_day_and_month_are_read_and_said(tmp_path: Path) -> None:
    rows = "Date;Fournisseur;Produit;Quantité;Unité\n13/02/2024;Moulin;Farine;10;t\n02/15/2025;Moulin;Farine;11;t"
    result = text(tmp_path, rows)
    assert sold(result) == {("Moulin", "Four", "Farine"): (11, None)}
    assert {"GAT27", "GAT15"} <= codes(result)


def test_rows_without_a_date_are_counted_or_left_out_but_always_said(tmp_path: Path) -> None:
    rows = "Date;Fournisseur;Produit;Quantité;Unité\n2025-02-01;Moulin;Farine;11;t\n;Moulin;Farine;100;t"
    assert sold(text(tmp_path, rows)) == {("Moulin", "Four", "Farine"): (111, None)}
    several = text(tmp_path, f"{rows}\n2024-02-01;Moulin;Farine;10;t", year=2025)
    assert sold(several) == {("Moulin", "Four", "Farine"): (11, None)}
    assert places(several, "GAT28") == ["achats Four.csv!3"]


def test_a_quote_that_is_never_closed_swallows_no_line(tmp_path: Path) -> None:
    result = text(
        tmp_path,
        """
Fournisseur;Produit;Quantité;Unité
Moulin;Farine;10;t
"Le Verger;Pommes;3;t
Ferme;Oeufs;1;t
"Laiterie "du Lac" bio";Lait;4;t""",
    )
    assert {name for name, _, _ in sold(result)} == {"Moulin", "Le Verger", "Ferme", 'Laiterie "du Lac" bio'}
    assert places(result, "GAT20") == ["achats Four.csv!3"]


def test_a_quoted_field_may_run_over_lines(tmp_path: Path) -> None:
    result = text(tmp_path, 'Fournisseur;Produit;Quantité\n"Moulin\ndu Pont";Farine;10\nFerme;Oeufs;3')
    assert {name for name, _, _ in sold(result)} == {"Moulin du Pont", "Ferme"}
    assert not places(result, "GAT20")


def test_a_line_with_more_fields_than_headings_is_left_out_and_said(tmp_path: Path) -> None:
    rows = "Fournisseur,Produit,Quantité,Unité,Montant HT\nMoulin,Farine,10,t,9000\nFerme,Oeufs,1,2,t,500,00"
    result = text(tmp_path, rows)
    assert sold(result) == {("Moulin", "Four", "Farine"): (10, 900)}
    assert places(result, "GAT21") == ["achats Four.csv!3"]
    with pytest.raises(WorkbookError) as refused:
        text(tmp_path, "Fournisseur,Produit,Quantité,Unité,Montant HT\nMoulin,Farine,10,5,t,9000,50")
    assert "GAT21" in {problem.code for problem in refused.value.problems}


def test_a_separator_at_the_end_of_each_line_is_no_damage(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité\nMoulin;Farine;10;\nFerme;Oeufs;3;")
    assert len(result.flows) == 2


# ---- the French ledger


def entry(number: str, date: str, piece: str, *lines: tuple[str, str, str, str, float]) -> list[str]:
    written = []
    for account, label, party, said, amount in lines:
        debit, credit = (f"{max(one, 0):.2f}".replace(".", ",") for one in (amount, -amount))
        written.append(
            f"AC|J|{number}|{date}|{account}|{label}||{party}|{piece}|{date}|{said}|{debit}|{credit}|||{date}||"
        )
    return written


def bought(number: str, date: str, piece: str, party: str, label: str, amount: float, said: str = "x") -> list[str]:
    return entry(number, date, piece, ("607100", label, "", said, amount), ("445660", "TVA", "", said, 0.055 * amount),
                 ("401000", "Fournisseurs", party, said, -1.055 * amount))  # fmt: skip


def ledger(folder: Path, lines: list[str], separator: str = "|") -> Gathered:
    return text(folder, "\n".join([FEC, *lines]).replace("|", separator), "FEC Four.txt")


@pytest.mark.parametrize("separator", ["|", "\t", ";"])
@pytest.mark.parametrize("numbers", [("1", "1"), ("", "")])
def test_an_entry_is_told_by_number_and_date_or_by_its_piece(
    tmp_path: Path, separator: str, numbers: tuple[str, str]
) -> None:
    lines = [*bought(numbers[0], "20250110", "F1", "Moulin", "Farine", 1000), *bought(numbers[1], "20250210", "F2", "Ferme", "Oeufs", 500)]  # fmt: skip
    result = ledger(tmp_path, lines, separator)
    assert sold(result) == {("Moulin", "Four", "Farine"): (1000, 1), ("Ferme", "Four", "Oeufs"): (500, 1)}


def test_one_number_for_a_whole_month_is_split_where_it_balances(tmp_path: Path) -> None:
    lines = [
        *bought("1", "20250131", "", "Moulin", "Farine", 1000),
        *bought("1", "20250131", "", "Ferme", "Oeufs", 500),
    ]
    assert sold(ledger(tmp_path, lines)) == {
        ("Moulin", "Four", "Farine"): (1000, 1),
        ("Ferme", "Four", "Oeufs"): (500, 1),
    }


@pytest.mark.parametrize("signs", [("D", "C"), ("+1", "-1")])
def test_amount_and_side_stand_for_debit_and_credit(tmp_path: Path, signs: tuple[str, str]) -> None:
    lines = [FEC.replace("Debit|Credit", "Montant|Sens")]
    for account, party, amount, sign in (
        ("607100", "", "1000,00", signs[0]),
        ("401000", "Moulin", "1000,00", signs[1]),
    ):
        lines.append(f"AC|J|1|20250110|{account}|Farine||{party}|F1|20250110|x|{amount}|{sign}|||20250110||")
    assert sold(text(tmp_path, "\n".join(lines), "FEC Four.txt")) == {("Moulin", "Four", "Farine"): (1000, 1)}


def test_a_separator_or_a_quote_in_the_text_shifts_nothing(tmp_path: Path) -> None:
    lines = [*bought("1", "20250110", "F1", "Moulin", "Farine", 1000, "T65 | lot 12"), *bought("2", "20250111", "F2", "Moulin", "Farine", 500, '"facture')]  # fmt: skip
    assert sold(ledger(tmp_path, lines)) == {("Moulin", "Four", "Farine"): (1500, 1)}


def test_what_is_paid_at_once_and_own_costs_are_told_and_never_a_guess(tmp_path: Path) -> None:
    lines = bought("1", "20250110", "F1", "Moulin", "Farine", 1000)
    lines += entry(
        "2", "20250111", "F2", ("607100", "Farine", "", "Marie Durand", 300), ("512000", "Banque", "", "x", -300)
    )
    lines += entry("3", "20250112", "F3", ("613200", "Loyer", "", "x", 700), ("401000", "F", "SCI Les Murs", "x", -700))
    lines += entry(
        "4", "20250131", "P1", ("641000", "Salaires", "", "x", 900), ("421000", "P", "Jean Martin", "x", -900)
    )
    result = ledger(tmp_path, lines)
    assert sold(result) == {("Moulin", "Four", "Farine"): (1000, 1)}
    said = [p.message("en") for p in result.decisions if p.code in ("GAT31", "GAT32")]
    assert ["300" in said[0], "1,600" in said[1]] == [True, True]
    everything = " ".join([*(a.name for a in result.actors), *(p.message("fr") for p in result.decisions)])
    assert not any(name in everything for name in ("Marie", "Martin", "Murs"))


def test_private_customers_are_one_actor(tmp_path: Path) -> None:
    lines = []
    for number, name in (("1", "Mme Durand Anne"), ("2", "M. Petit")):
        lines += entry(
            number, "20250110", number, ("411000", "Clients", name, name, 10), ("701000", "Pain", "", name, -10)
        )
    result = text(tmp_path, "\n".join([FEC, *lines]), "FEC Four.txt")
    assert sold(result) == {("Four", "private customers", "Pain"): (20, 1)}
    assert not any("Durand" in p.message("fr") for p in result.decisions)


# ---- shapes, letters, errors


def sheet(markdown: str, name: str = "Four.xlsx") -> Gathered:
    return gather([RawWorkbook(workbook(markdown), Path(name))], "en")


def test_two_tables_of_one_sheet_are_two_tables() -> None:
    expected = {("Moulin", "Four", "Farine"): (10, 900), ("Four", "Ecole", "Pain"): (8, 2000)}
    stacked = sheet("""
        ## S
        | Fournisseur | Produit | Quantité | Unité | Montant HT |
        |---|---|---|---|---|
        | Moulin | Farine | 10 | t | 9000 |
        | Client | Produit | Quantité | Unité | Montant HT |
        | Ecole | Pain | 8 | t | 16000 |
        """)  # fmt: skip
    beside = sheet("""
        ## S
        | Fournisseur | Produit | Quantité | Unité | Montant HT | | Client | Produit | Quantité | Unité | Montant HT |
        |---|---|---|---|---|---|---|---|---|---|---|
        | Moulin | Farine | 10 | t | 9000 | | Ecole | Pain | 8 | t | 16000 |
        """)  # fmt: skip
    assert sold(stacked) == expected
    assert sold(beside) == expected


@pytest.mark.parametrize("mark", ["Sous-total Farine", "TOTAL", "Total général", "Moulin Total"])
def test_a_total_in_any_of_the_first_columns_is_not_a_row(tmp_path: Path, mark: str) -> None:
    result = text(tmp_path, f"Date;Fournisseur;Produit;Quantité\n2025-01-01;Moulin;Farine;12\n{mark};Moulin;Farine;12")
    assert sold(result) == {("Moulin", "Four", "Farine"): (12, None)}


def test_months_as_columns_are_rows_with_a_date(tmp_path: Path) -> None:
    total = text(
        tmp_path, "Fournisseur;Produit;Unité;Janv 2025;Févr 2025;Total kg\nMoulin;Farine;kg;10;12;22", periods="months"
    )
    assert {(f.period, f.quantity, f.price) for f in total.flows} == {("January", 10, None), ("February", 12, None)}
    money = text(tmp_path, "Fournisseur;Produit;Janvier 2025;Février 2025;Total HT\nMoulin;Farine;10;12;22")
    assert sold(money) == {("Moulin", "Four", "Farine"): (22, 1)}
    with pytest.raises(WorkbookError) as refused:
        text(tmp_path, "Fournisseur;Produit;Janvier;Février;Total\nMoulin;Farine;10;12;22")
    assert "GAT33" in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize("page", ["cp850", "cp1252", "mac_roman", "utf-8", "utf-16"])
def test_letters_of_dos_windows_and_old_macs(page: str) -> None:
    assert decoded("Épicerie à Léa;Pâté élevé".encode(page)) == "Épicerie à Léa;Pâté élevé"


def test_letters_decoded_twice_are_put_right_and_said(tmp_path: Path) -> None:
    garbled = "Épicerie à Léa".encode().decode("latin-1")
    assert mended(garbled) == "Épicerie à Léa"
    assert mended("Épicerie à Léa") is None
    result = text(tmp_path, f"Fournisseur;Produit;Quantité\n{garbled};Pâté;10")
    assert list(sold(result)) == [("Épicerie à Léa", "Four", "Pâté")]
    assert "GAT30" in codes(result)


def test_an_error_or_a_formula_never_computed_is_no_figure() -> None:
    rows = (
        RawRow(1, dict(enumerate(("Fournisseur", "Produit", "Quantité", "Unité", "Montant HT")))),
        RawRow(2, {0: "Moulin", 1: "Farine", 2: 10.0, 3: "t", 4: 9000.0}),
        RawRow(3, {0: "Moulin", 1: "Farine", 2: 5.0, 3: "t", 4: ErrorValue("#N/A")}),
        RawRow(4, {0: "Ferme", 1: "Oeufs", 2: ErrorValue("#REF!"), 3: "t", 4: 500.0}),
        RawRow(5, {0: "Ferme", 1: "Lait", 2: 3.0, 3: "t", 4: Uncomputed("=C5*300")}),
    )
    result = gather([RawWorkbook((RawTable("Achats", rows),), Path("achats Four.xlsx"))], "en")
    assert sold(result) == {("Moulin", "Four", "Farine"): (15, 900), ("Ferme", "Four", "Lait"): (3, None)}
    assert [place.rsplit("!")[1] for place in places(result, "GAT29")] == ["E3", "C4", "E5"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("padding", [0, 512])
def test_text_of_two_bytes_a_letter_needs_no_mark(tmp_path: Path, encoding: str, padding: int) -> None:
    """SQL Server and old Access write so; the mark is often lost where files are put together."""
    path = tmp_path / "ventes Ferme.csv"
    rows = "Date;Client;Produit;Quantité (kg);Montant HT\r\n05/03/2024;Cantine d’Été;Œufs;10;20,50\r\n"
    path.write_bytes(rows.encode(encoding) + bytes(padding))
    result = gather([read_tables(path)], "fr")
    assert [(one.buyer, one.product, one.quantity, one.price) for one in result.flows] == [
        ("Cantine d'Été", "Œufs", 10, 2.05)
    ]
    assert "GAT62" not in {problem.code for problem in result.decisions}
