"""Every fact expected of the sample invoices, to the cent, whatever their syntax; spoilt files refused in one sentence."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import zlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, create_string_object

from filiere.gather.reads.einvoice import holds_invoice, invoice_of, read_invoice
from filiere.gather.reads.invoice import Invoice
from filiere.gather.reads.lines import Kind, kind_of_adjustment, kind_of_line
from filiere.gather.reads.units import unit_label
from filiere.names import luhn
from filiere.problems import WorkbookError

HERE = Path(__file__).parents[1] / "data" / "einvoices"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "einvoices"
FOLDER = SHARED if SHARED.exists() else HERE
FILES: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))["files"]
KINDS = {"good": "product", "service": "product", "discount": "rebate"}


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("name", [name for name, one in FILES.items() if "facts" in one])
def test_the_facts_of_a_sample(name: str) -> None:
    facts = FILES[name]["facts"]
    read = read_invoice(FOLDER / name)
    assert (read.type_code, read.number, read.currency, read.sign) == (
        facts["type_code"], facts["number"], facts["currency"], facts["sign"],
    )  # fmt: skip
    assert str(read.issued) == facts["issue_date"]
    assert read.delivered == day(facts.get("delivery_date"))
    assert read.period_end == day(facts.get("period", {}).get("end"))
    assert [one.number for one in read.preceding] == [one["number"] for one in facts.get("preceding", [])]
    for side in ("seller", "buyer"):
        found, expected = getattr(read, side), facts[side]
        for field in ("name", "trading_name", "siren", "siret", "vat", "country"):
            assert getattr(found, field) == expected.get(field, ""), (side, field)
        others = sorted((one["value"], one.get("scheme", "")) for one in expected.get("other_ids", []))
        assert sorted((one.value, one.scheme) for one in found.others) == others
    totals = {
        "lines": "lines",
        "allowances": "allowances",
        "charges": "charges",
        "net": "tax_exclusive",
        "prepaid": "prepaid",
    }
    for field, key in totals.items():
        assert getattr(read.totals, field) == number(facts["totals"].get(key)), field
    adjusted = [(one.charge, one.amount, one.reason, one.rate) for one in read.adjustments]
    assert adjusted == [
        (one["charge"], Decimal(one["amount"]), one.get("reason", ""), number(one.get("vat_rate")))
        for one in facts.get("document_adjust", [])
    ]
    assert len(read.lines) == len(facts.get("lines", []))
    for line, expected in zip(read.lines, facts.get("lines", []), strict=True):
        same_line(read, line, expected)


def day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def same_line(read: Invoice, line: Any, expected: dict[str, Any]) -> None:
    texts = {
        "id": "id",
        "parent": "parent",
        "name": "name",
        "seller_item": "seller_item_id",
        "gtin": "gtin",
        "unit_code": "unit_code",
    }
    for field, key in texts.items():
        assert getattr(line, field) == expected.get(key, ""), field
    figures = {
        "quantity": "quantity",
        "price": "price",
        "price_base": "price_base",
        "amount": "net_amount",
        "rate": "vat_rate",
    }
    for field, key in figures.items():
        assert getattr(line, field) == number(expected.get(key)), field
    assert line.counts == expected["counts"]
    assert dict(line.attributes) == expected.get("attributes", {})
    label = unit_label(line.unit_code)
    assert (label and {"fr": label.fr, "en": label.en}) == expected.get("unit")
    adjusted = [(one.charge, one.amount, one.reason) for one in line.adjustments]
    assert adjusted == [
        (one["charge"], Decimal(one["amount"]), one.get("reason", "")) for one in expected.get("adjust", [])
    ]
    if expected.get("kind") not in (None, "group", "information"):
        assert kind_of_line(line, read).value == KINDS.get(expected["kind"], expected["kind"])


@pytest.mark.parametrize(
    "name", [name for name, one in FILES.items() if one["outcome"] in ("refuse", "not_an_invoice")]
)
def test_a_spoilt_file_is_refused_in_one_sentence_with_its_name(name: str) -> None:
    with pytest.raises(WorkbookError) as refused:
        read_invoice(FOLDER / name)
    (problem,) = refused.value.problems
    assert Path(name).name in problem.message("fr")
    assert "SECRET-DU-VOISIN" not in problem.message("fr") + problem.message("en")


def test_a_decimal_comma_is_no_number_and_is_told() -> None:
    read = read_invoice(HERE / "broken" / "decimal_comma.xml")
    assert "2400,00" in {fault.text for fault in read.faults}
    assert read.lines[0].amount is None


def test_what_is_neither_pdf_nor_xml_is_left_to_others(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html></html>", encoding="utf-8")
    assert not holds_invoice(page)
    assert not holds_invoice(HERE / "broken" / "neighbour_secret.txt")
    assert holds_invoice(HERE / "made" / "semoule_utf16_cii.xml")


def test_an_invoice_of_another_vocabulary_is_none() -> None:
    with pytest.raises(WorkbookError, match=r"a\.xml"):
        invoice_of(b'<Invoice xmlns="urn:somebody"><ID>1</ID></Invoice>', "a.xml")


XML = (HERE / "made" / "farine_ubl.xml").read_bytes()


def pdf_holding(name: str, content: bytes, **entries: Any) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    stream = StreamObject()
    stream._data = content
    stream.update({NameObject("/Type"): NameObject("/EmbeddedFile"), **{NameObject(k): v for k, v in entries.items()}})
    reference = writer._add_object(stream)
    specification = DictionaryObject({
        NameObject("/Type"): NameObject("/Filespec"), NameObject("/UF"): create_string_object(name),
        NameObject("/EF"): DictionaryObject({NameObject("/F"): reference}),
    })  # fmt: skip
    writer._root_object[NameObject("/AF")] = ArrayObject([writer._add_object(specification)])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_attachment_in_af_alone_under_any_case_of_its_name() -> None:
    assert invoice_of(pdf_holding("Factur-X.XML", XML), "a.pdf").number == "F26-118"
    assert invoice_of(pdf_holding("Factur-X.XML", XML), "a.pdf").attached_as == ""
    assert invoice_of(pdf_holding("a.xml", XML), "a.pdf").attached_as == "a.xml"


def test_an_attachment_that_inflates_is_refused() -> None:
    bomb = zlib.compress(b" " * 40_000_000, 9)
    data = pdf_holding("factur-x.xml", bomb, **{"/Filter": NameObject("/FlateDecode")})
    assert len(data) < 100_000
    with pytest.raises(WorkbookError) as refused:
        invoice_of(data, "a.pdf")
    assert [problem.code for problem in refused.value.problems] == ["INV03"]


def test_an_encrypted_pdf_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_holding("factur-x.xml", XML))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(WorkbookError) as refused:
        invoice_of(out.getvalue(), "a.pdf")
    assert [problem.code for problem in refused.value.problems] == ["INV06"]


def test_elements_nested_without_end_are_refused() -> None:
    with pytest.raises(WorkbookError) as refused:
        invoice_of(b"<a>" * 5000, "a.xml")
    assert [problem.code for problem in refused.value.problems] == ["INV04"]


def test_a_document_type_is_refused_wherever_it_hides() -> None:
    spoilt = XML.replace(b"<Invoice", b'<!DOCTYPE Invoice [<!ENTITY a "x">]><Invoice', 1)
    for data in (spoilt, pdf_holding("factur-x.xml", spoilt)):
        with pytest.raises(WorkbookError) as refused:
            invoice_of(data, "a.xml")
        assert [problem.code for problem in refused.value.problems] == ["INV01"]


def test_check_digits() -> None:
    assert luhn("732829320")
    assert not luhn("732829321")
    assert luhn("73282932000074")
    assert luhn("35600000049837")  # an office of La Poste: the sum of its digits is a multiple of five


def named(name: str, amount: str = "10", quantity: str = "1", type_code: str = "380") -> Kind:
    data = XML.replace("Livraison tournée".encode(), name.encode()).replace(b">35.00<", f">{amount}<".encode())
    data = data.replace(b'"C62">1<', f'"C62">{quantity}<'.encode()).replace(b">380<", f">{type_code}<".encode())
    read = invoice_of(data, "a.xml")
    return kind_of_line(read.lines[2], read)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Frais de port", Kind.TRANSPORT),
        ("Participation aux frais de transport", Kind.TRANSPORT),
        ("Porto", Kind.TRANSPORT),  # German for postage
        ("Porto blanc 75 cl", Kind.PRODUCT),
        ("Sac de transport isotherme", Kind.PRODUCT),
        ("Retour consignes", Kind.DEPOSIT),
        ("Jus de pomme, bouteille consignée", Kind.PRODUCT),
        ("Remise en état du matériel", Kind.PRODUCT),
        ("Acompte 30 %", Kind.PREPAYMENT),
        ("Éco-participation", Kind.CHARGE),
        ("Frais de facturation", Kind.CHARGE),
    ],
)
def test_what_a_line_is_by_its_words(name: str, kind: Kind) -> None:
    assert named(name) is kind


def test_money_given_back_without_goods() -> None:
    assert named("Remise fidélité", "-10") is Kind.REBATE
    assert named("Farine", "-10") is Kind.REBATE
    assert named("Farine", "-10", "-1") is Kind.PRODUCT


def test_charges_of_the_document_that_are_transport() -> None:
    transport = read_invoice(HERE / "made" / "ble_transport_cii.xml").adjustments
    assert [kind_of_adjustment(one) for one in transport] == [Kind.TRANSPORT]


SAMPLES = sorted(path for path in (HERE / "made").iterdir())


@pytest.mark.parametrize("seed", range(300))
def test_spoilt_bytes_and_tags_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    path = SAMPLES[seed % len(SAMPLES)]
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(40)]
            case 2:
                data[at:at] = bytes(chance.choice((b"<", b">", b"<a>", b"&x;", b"\x00", b"-", b"9" * 30)))
            case _:
                data[at:at] = data[max(0, at - 200) : at]
    try:
        read = invoice_of(bytes(data), path.name)
    except WorkbookError as refused:
        assert path.name in refused.problems[0].message("fr")
    else:
        assert read.number or read.lines or read.totals.net is not None
