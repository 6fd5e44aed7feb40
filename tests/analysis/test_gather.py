"""Gathering exports: what each column, number, date and name is, and what becomes of two declarations of one flow."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere import read
from filiere.gather.cells.values import day_first, decimal_mark, read_date, read_number
from filiere.gather.entries import Place
from filiere.gather.gather import Gathered, gather
from filiere.gather.headings import meaning
from filiere.gather.products import similar, sources
from filiere.gather.workbook import gathered_workbook
from filiere.problems import WorkbookError
from filiere.schema.words import Confidence, Perimeter
from filiere.table import RawWorkbook
from tests.sheets import workbook


def book(name: str, markdown: str) -> RawWorkbook:
    return RawWorkbook(workbook(markdown), Path(name))


def gathered(*books: RawWorkbook, **options: object) -> Gathered:
    return gather(books, "en", **options)  # type: ignore[arg-type]


def found(result: Gathered, code: str) -> list[str]:
    return [problem.message("en") for problem in result.decisions if problem.code == code]


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("Nom du fournisseur", "seller"), ("CLIENT", "buyer"), ("Désignation de l'article", "product"), ("Qté livrée", "quantity"),
        ("Montant H.T.", "amount"), ("Total TTC", "gross"), ("P.U. HT", "price"), ("Prix unitaire (€)", "price"), ("Total price", "amount"),
        ("Date de facture", "date"), ("Unité", "unit"), ("Supplier name", "seller"), ("Montant TVA", "tax"),
        ("Taux de TVA", "rate"), ("Date d'échéance", None), ("Fournisseurr", "seller"), ("Nom de la structure", "actor"),
        ("Poids net (kg)", "quantity"), ("Débit", "debit"), ("N° de facture", "number"), ("Code postal", None),
    ],
)  # fmt: skip
def test_headings_as_exports_write_them(heading: str, what: str | None) -> None:
    assert meaning(heading) == what


def test_an_ambiguous_number_is_settled_by_its_column_or_not_at_all() -> None:
    mark = decimal_mark(["12,50", "1,234", "3"])
    assert (mark, read_number("1,234", mark), read_number("1.234", mark)) == (",", (1.234, ""), (1234.0, ""))
    assert read_number("1,234", decimal_mark(["1,234", "5"])) == (None, "")
    assert read_number("(120,5)", ",") == (-120.5, "")
    assert read_number("1 200 kg", ",") == (1200.0, "kg")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)))
def test_every_way_of_writing_a_day_reads_the_same(day: dt.date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}", f"{day:%Y%m%d}", f"{day:%Y-%m-%d} 10:30"):
        assert read_date(text, True) == day


def test_dates_by_month_and_in_american_order() -> None:
    assert read_date("15 août 2024", True) == dt.date(2024, 8, 15)
    assert read_date("févr. 2024", True) == dt.date(2024, 2, 1)
    assert not day_first(["3/4/2024", "3/14/2024"])
    assert read_date("3/4/2024", False) == dt.date(2024, 3, 4)
    assert read_date("31/02/2024", True) is None


def test_near_names_are_paired_and_others_are_not() -> None:
    names = ["Moulin Durand SARL", "Moulin Durant", "Flour T65", "Flour T80", "Apple", "Apples", "Bread", "Brown bread"]
    assert {frozenset(pair) for pair in similar(names)} == {
        frozenset(("Moulin Durand SARL", "Moulin Durant")), frozenset(("Apple", "Apples")),
    }  # fmt: skip


def test_sources_are_short() -> None:
    places = [Place("a.xlsx", "S", row) for row in (2, 3, 4, 9)] + [Place("b.csv", "", 7)]
    assert sources(places) == "a.xlsx [S]: 2-4, 9; b.csv: 7"


BUYER = book(
    "purchases Bakery.xlsx",
    """
    ## Sheet1
    | Supplier | Product | Quantity | Unit | Amount | Date |
    |---|---|---|---|---|---|
    | Mill | Flour | 0.3 | t | 270 | 2024-01-10 |
    | mill | flour | 200 | kg | 200 | 2024-07-10 |
    | Total | | | | 470 | |
    """,
)
SELLER = book(
    "sales Mill.xlsx",
    """
    ## Sheet1
    | Client | Product | Quantity (kg) | Amount |
    |---|---|---|---|
    | Bakery | Flour | 600 | 540 |
    """,
)


def test_one_side_gives_quantity_price_and_source() -> None:
    result = gathered(BUYER)
    (flow,) = result.flows
    assert (flow.seller, flow.buyer, flow.product) == ("Mill", "Bakery", "Flour")
    assert flow.quantity == pytest.approx(0.5)  # t, the first unit written
    assert flow.price == pytest.approx(470 / 0.5)
    assert flow.source == "purchases Bakery.xlsx [Sheet1]: 2-3"
    assert [(actor.name, actor.perimeter) for actor in result.actors] == [
        ("Bakery", Perimeter.MEMBER), ("Mill", Perimeter.EXTERNAL),
    ]  # fmt: skip


def test_seasons_share_the_year_out_and_lose_nothing() -> None:
    flows = {flow.period: flow for flow in gathered(BUYER, periods="seasons").flows}
    assert {name: flow.quantity for name, flow in flows.items()} == pytest.approx({"Winter": 0.3, "Summer": 0.2})
    assert flows["Winter"].price == pytest.approx(900)
    assert flows["Summer"].price == pytest.approx(1000)


def test_of_two_declarations_the_surer_one_counts() -> None:
    result = gathered(BUYER, SELLER)
    (flow,) = result.flows
    assert flow.quantity == pytest.approx(500)  # kg, which most rows are in: measured (with dates), not estimated
    assert flow.price == pytest.approx(470 / 500)
    assert len(found(result, "GAT06")) == 1
    assert "600 kg" in found(result, "GAT06")[0]
    assert {actor.perimeter for actor in result.actors} == {Perimeter.MEMBER}


def test_both_declarations_stand_in_the_workbook_and_reading_settles_them_alike(tmp_path: Path) -> None:
    result = gathered(BUYER, SELLER)
    path = tmp_path / "gathered.xlsx"
    path.write_bytes(gathered_workbook(result, "fr"))
    (link,) = read(path).links
    assert (link.row.today, link.row.today_buyer) == (600, 500)
    assert (link.row.confidence, link.row.confidence_buyer) == (Confidence.ESTIMATED, Confidence.MEASURED)
    assert link.today == pytest.approx(result.flows[0].quantity)


def test_declarations_that_agree_leave_nothing_to_decide() -> None:
    agreeing = book(
        "sales Mill.xlsx", "## S\n| Client | Product | Quantity |\n|---|---|---|\n| Bakery | Flour | 500 kg |"
    )
    result = gathered(BUYER, agreeing)
    assert result.flows[0].quantity == pytest.approx(500)
    assert not found(result, "GAT06")


def test_a_row_in_two_files_counts_once() -> None:
    again = replace(BUYER, path=Path("Bakery purchases (copy).xlsx"))
    result = gathered(BUYER, again)
    assert result.flows[0].quantity == pytest.approx(0.5)
    assert len(found(result, "GAT08")) == 2


def test_amounts_without_quantity() -> None:
    result = gathered(book("Bakery.xlsx", """
        ## S
        | Supplier | Product | Quantity | Unit price | Amount | Debit |
        |---|---|---|---|---|---|
        | Farm | Eggs | 100 | 0.25 | | |
        | Farm | Eggs | | | 50 | |
        | Printer | Flyers | | | | 80 |
        """))  # fmt: skip
    flows = {flow.product: (flow.quantity, flow.price) for flow in result.flows}
    assert flows == {"Eggs": (300, 0.25), "Flyers": (80, 1)}
    assert found(result, "GAT09")
    assert found(result, "GAT10")


def test_units_that_do_not_convert_stay_two_products_and_returns_are_taken_off() -> None:
    result = gathered(book("Bakery.xlsx", """
        ## S
        | Supplier | Product | Quantity | Unit |
        |---|---|---|---|
        | Farm | Apples | 100 | kg |
        | Farm | Apples | -20 | kg |
        | Farm | Apples | 3 | crate |
        | Farm | Pears | -2 | kg |
        """))  # fmt: skip
    assert {flow.product: flow.quantity for flow in result.flows} == {"Apples": 80, "Apples (crate)": 3}
    assert found(result, "GAT11")
    assert found(result, "GAT14")


def test_one_year_of_several_is_kept() -> None:
    years = book("Bakery.xlsx", """
        ## S
        | Supplier | Product | Quantity | Date |
        |---|---|---|---|
        | Farm | Eggs | 10 | 2023-02-01 |
        | Farm | Eggs | 20 | 2024-02-01 |
        | Farm | Eggs | 30 | 2024-09-01 |
        """)  # fmt: skip
    assert gathered(years).flows[0].quantity == 50
    assert gathered(years, year=2023).flows[0].quantity == 10
    assert found(gathered(years), "GAT15")


def test_nothing_recognised_is_an_error() -> None:
    with pytest.raises(WorkbookError) as refused:
        gathered(book("x.xlsx", "## S\n| Colour | Amount |\n|---|---|\n| red | 1 |"))
    assert {problem.code for problem in refused.value.problems} == {"GAT01", "GAT02"}


def test_a_french_ledger_gives_purchases_and_sales_without_tax() -> None:
    # Entry 1: 100 of goods + 5.5 of tax owed to the mill; 2: 40 sold to a canteen; 3: a payment, no exchange.
    ledger = book("FEC Fournil.xlsx", """
        ## FEC
        | JournalCode | EcritureNum | EcritureDate | CompteNum | CompteLib | CompAuxLib | Debit | Credit |
        |---|---|---|---|---|---|---|---|
        | AC | 1 | 20240105 | 607000 | Farines | | 100,00 | 0,00 |
        | AC | 1 | 20240105 | 445660 | TVA | | 5,50 | 0,00 |
        | AC | 1 | 20240105 | 401000 | Fournisseurs | Moulin Durand | 0,00 | 105,50 |
        | VE | 2 | 20240110 | 411000 | Clients | Cantine | 40,00 | 0,00 |
        | VE | 2 | 20240110 | 701000 | Ventes de pain | | 0,00 | 40,00 |
        | BQ | 3 | 20240201 | 401000 | Fournisseurs | Moulin Durand | 105,50 | 0,00 |
        | BQ | 3 | 20240201 | 512000 | Banque | | 0,00 | 105,50 |
        """)  # fmt: skip
    result = gathered(ledger)
    assert {(f.seller, f.buyer, f.product, f.quantity, f.price, f.source) for f in result.flows} == {
        ("Moulin Durand", "Fournil", "Farines", 100, 1, "FEC Fournil.xlsx [FEC]: 2"),
        ("Fournil", "Cantine", "Ventes de pain", 40, 1, "FEC Fournil.xlsx [FEC]: 6"),
    }
