"""A pile of invoices gives exactly the links expected of it; what is no delivery is listed apart, to the cent."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from filiere import read
from filiere.gather.gather import Gathered, gather
from filiere.gather.pile.joining import invoices_among
from filiere.gather.pile.parties import name_key
from filiere.gather.reads.einvoice import invoice_of
from filiere.gather.reads.units import unit_label
from filiere.table import RawWorkbook
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run
from tests.sheets import workbook

HERE = Path(__file__).parents[1] / "data" / "einvoices"
MADE = HERE / "made"
EXPECTED = json.loads((HERE / "expected.json").read_text("utf-8"))["gather"]


def of(*files: Path, year: int | None = None) -> Gathered:
    invoices, _, refused = invoices_among(files)
    return gather([], "fr", year=year, invoices=invoices, refused=refused)


def said(result: Gathered, code: str) -> list[str]:
    return [problem.message("en") for problem in result.decisions if problem.code == code]


PILE = of(*sorted(MADE.iterdir()))
"""Nobody says which year: most documents are of 2026."""


def test_the_links_of_the_pile() -> None:
    found = {(one.seller, one.buyer, one.product): one for one in PILE.flows}
    expected = {(one["seller"], one["buyer"], one["product"]): one for one in EXPECTED["links"]}
    assert found.keys() == expected.keys()
    units = {one.product.name: one.product.unit for one in PILE.products}
    for key, link in expected.items():
        flow = found[key]
        assert flow.quantity == pytest.approx(float(link["quantity"]), abs=1e-9), key
        label = unit_label(link["unit_code"])
        assert units[flow.product] == (label.fr if label else link["unit_code"])
        if link["currency"] == "EUR":
            assert flow.price is not None
            assert round(flow.price * flow.quantity, 6) == float(link["amount"]), key
        else:
            assert flow.price is None
        for number in link["invoices"]:
            assert f"[{number}]" in flow.source


def test_transport_is_the_cost_of_its_documents_links() -> None:
    paid: dict[tuple[str, str], float] = {}
    for flow in PILE.flows:
        pair = flow.seller, flow.buyer
        paid[pair] = paid.get(pair, 0.0) + (flow.transport or 0.0) * flow.quantity
    for one in EXPECTED["transport"]:
        assert paid.pop((one["seller"], one["buyer"])) == pytest.approx(float(one["amount"]), abs=0.005)
    assert not any(paid.values())


def test_what_is_no_delivery_is_listed_with_its_amount() -> None:
    deposits, rebates = said(PILE, "INV31"), said(PILE, "INV32")
    assert any("180.00 EUR" in text for text in deposits)
    assert any("−150.00 EUR" in text for text in deposits)
    assert ["−85.00 EUR" in text for text in rebates] == [True]
    assert ["−20.00 EUR" in text for text in said(PILE, "INV33")] == [True]
    assert "312.00 EUR" in said(PILE, "INV27")[0]
    assert "CHF" in said(PILE, "INV28")[0]
    assert "BARQUETTE" in said(PILE, "INV30")[0]


def test_what_is_left_out_is_told() -> None:
    assert "A-2026-011" in said(PILE, "INV20")[0]
    assert "A-2026-033" in said(PILE, "INV22")[0]
    assert "AC-26-04" in said(PILE, "INV25")[0]
    assert len(said(PILE, "GAT15")) == 1


def test_actors_are_known_by_their_numbers() -> None:
    numbers = {actor.name: actor.identifier for actor in PILE.actors}
    assert len(numbers) == 8
    assert numbers["Brasserie du Hibou Frileux"] == "000100057"
    assert numbers["Fournil de la Pendule"] == "00010003200010"
    assert numbers["SCIC Cantine du Préau Bleu"] == "000100040"


def test_the_order_of_the_files_changes_no_link() -> None:
    files = sorted(MADE.iterdir())
    random.Random(7).shuffle(files)
    key = {(one.seller, one.buyer, one.product): (one.quantity, one.price) for one in of(*files).flows}
    assert key == {(one.seller, one.buyer, one.product): (one.quantity, one.price) for one in PILE.flows}


def test_a_prepayment_without_its_final_invoice_is_asked_about() -> None:
    result = of(MADE / "spectacle_acompte_386_ubl.xml", MADE / "farine_ubl.xml")
    assert "1,260.00 EUR" in said(result, "INV26")[0]
    assert {flow.seller for flow in result.flows} == {"Moulin de la Roue Distraite SARL"}


def test_a_correction_without_the_invoice_it_names_is_counted_in_full() -> None:
    result = of(MADE / "ble_rectificative_384_cii.xml")
    assert {flow.product: flow.quantity for flow in result.flows} == {
        "Blé tendre meunier, vrac": 23.9,
        "Seigle, vrac": 3.4,
    }


def test_a_credit_note_alone_leaves_no_link_and_is_told() -> None:
    result = of(MADE / "farine_avoir_381_ubl.xml", MADE / "semoule_utf16_cii.xml")
    assert {flow.product for flow in result.flows} == {"Semoule de blé"}
    assert "−3" in said(result, "GAT14")[0]


def test_figures_already_negative_are_not_turned_twice() -> None:
    credit = (MADE / "farine_avoir_381_ubl.xml").read_bytes()
    negative = credit.replace(b">3<", b">-3<").replace(b">64.50<", b">-64.50<")
    assert negative != credit
    files = [(MADE / "farine_ubl.xml").read_bytes(), negative]
    result = gather([], "en", invoices=[invoice_of(data, f"{at}.xml") for at, data in enumerate(files)])
    assert {flow.product: flow.quantity for flow in result.flows}["Farine de seigle T130, sac de 25 kg"] == 9.0


def test_two_actors_of_one_name_with_different_numbers_stay_two() -> None:
    flour = (MADE / "farine_ubl.xml").read_bytes()
    other = flour.replace(b"00010003200010", b"73282932000074").replace(b"FR87000100032", b"FR44732829320")
    other = other.replace(b"F26-118", b"F26-999")
    result = gather([], "en", invoices=[invoice_of(flour, "a.xml"), invoice_of(other, "b.xml")])
    buyers = {flow.buyer for flow in result.flows}
    assert buyers == {"Fournil de la Pendule (00010003200010)", "Fournil de la Pendule (73282932000074)"}
    assert said(result, "INV43")


def test_private_customers_are_one_actor_whom_no_message_names() -> None:
    data = (MADE / "legumes_avril_latin1_ubl.xml").read_bytes().replace(
        "SCIC CANTINE DU PRÉAU BLEU".encode("latin-1"), b"Jeanne Secret")  # fmt: skip
    result = gather([], "fr", invoices=[invoice_of(data, "a.xml")])
    assert [flow.buyer for flow in result.flows] == ["clients particuliers"]
    assert "Secret" not in str(result)


def test_names_without_legal_forms_and_capitals() -> None:
    assert name_key("S.A.R.L. Moulin de l'Étang") == name_key("MOULIN DE L'ETANG")
    assert name_key("Moulin du Bois") != name_key("Moulin des Bois")


def test_one_bad_file_never_stops_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "w.xlsx"
    files = [str(path) for folder in (MADE, HERE / "broken") for path in folder.iterdir() if path.suffix != ".txt"]
    ran = run(monkeypatch, capsys, "gather", *files, "--into", str(into), "--year", "2026", "--lang", "fr", "--json")
    assert ran.code == 0, ran.err
    codes = [one["code"] for one in json.loads(ran.out)["left_out"]]
    assert codes.count("INV01") == 2
    assert {"INV02", "INV05", "INV08", "INV41"} <= set(codes)
    written = {
        str(value) for table in read_workbook(into).tables for row in table.rows for value in row.values.values()
    }
    assert not any("SECRET-DU-VOISIN" in value for value in written)
    assert len(read(into).actors) > 8
    (actors,) = (table for table in read_workbook(into).tables if table.sheet == "Acteurs")
    assert "00010003200010" in {value for row in actors.rows for value in row.values.values()}


@pytest.mark.parametrize(("file", "code", "what"), [
    ("decimal_comma.xml", "INV40", "2400,00"),
    ("lines_do_not_add_up.xml", "INV39", "2,535.00"),
    ("attachment_other_name.pdf", "INV41", "facture.xml"),
])  # fmt: skip
def test_what_a_readable_file_has_wrong_is_asked_about(file: str, code: str, what: str) -> None:
    assert what in said(of(HERE / "broken" / file), code)[0]


@pytest.mark.parametrize(("number", "amount", "day", "counted"), [
    ("F26-127", 268, "2026-03-04", True),  # by its number, whatever the rest
    ("", 268, "issued", True),  # by its day and amount
    ("", 269, "issued", False),
])  # fmt: skip
def test_a_sale_that_a_table_and_an_invoice_tell_is_one(number: str, amount: float, day: str, counted: bool) -> None:
    invoice = invoice_of((MADE / "semoule_utf16_cii.xml").read_bytes(), "a.xml")
    row = f"| MOULIN DE LA ROUE DISTRAITE | Cantine du Préau Bleu | Ventes | {amount} | {invoice.issued if day == 'issued' else day} | {number} |"
    table = workbook("""
        ## Ventes
        | Fournisseur | Client | Produit | Montant HT | Date | Facture |
        |---|---|---|---|---|---|
        """ + row)  # fmt: skip
    result = gather([RawWorkbook(table, Path("ventes.csv"))], "en", invoices=[invoice])
    assert len(result.flows) == (1 if counted else 2)
    assert bool(said(result, "INV45")) == counted
    assert len(result.actors) == 2


def test_the_rest_of_a_buyers_table_adds_to_its_invoices() -> None:
    invoice = invoice_of((MADE / "semoule_utf16_cii.xml").read_bytes(), "a.xml")
    (good,) = (line for line in invoice.lines if line.counts)
    quantity, amount = float(good.quantity or 0), float(good.amount or 0)
    unit = unit_label(good.unit_code)
    rows = "".join(f"""
        | {invoice.seller.name} | {invoice.buyer.name} | {good.name} | {quantity} | {unit.en if unit else ''} | {amount} | {number} |"""
                   for number in (invoice.number, "F26-999"))  # fmt: skip
    table = workbook("""
        ## Achats
        | Fournisseur | Client | Produit | Quantité | Unité | Montant HT | Facture |
        |---|---|---|---|---|---|---|""" + rows)  # fmt: skip
    result = gather([RawWorkbook(table, Path("achats Cantine du Préau Bleu.csv"))], "en", invoices=[invoice])
    assert [one.quantity for one in result.flows] == [2 * quantity]
    assert not said(result, "GAT06")


@pytest.mark.parametrize(("name", "told"), [
    ("Commune du Préau Bleu - EHPAD", True), ("CANTINE DU PRÉAU BLEU", False), ("Cantine du Préau Bleu SARL", False),
])  # fmt: skip
def test_two_names_of_one_company_number_are_told(name: str, told: bool) -> None:
    data = (MADE / "semoule_utf16_cii.xml").read_bytes()
    first = invoice_of(data, "a.xml")
    other = replace(first, number="F26-999", file="b.xml", buyer=replace(first.buyer, name=name, trading_name=""))
    result = gather([], "en", invoices=[first, other])
    assert len({one.buyer for one in result.flows}) == 1
    assert bool(said(result, "INV48")) is told
