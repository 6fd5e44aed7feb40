"""The worked examples told by other people's files: each exchange of the year cut into invoices, some sent twice, some
credited, gathered back into the exchanges of the example.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from filiere.chain.chain import Chain, Link
from filiere.chain.read import read_chain
from filiere.gather.files import sort_files
from filiere.gather.gather import Gathered, gather
from filiere.gather.pile.parties import name_key
from filiere.names import luhn
from filiere.workbook.read.read import read_workbook

_SPACES = (
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
_CODES = {"t": "TNE", "kg": "KGM", "L": "LTR", "l": "LTR", "h": "HUR", "heure": "HUR", "ha": "HAR"}


def example_chain(sector: str) -> Chain:
    return read_chain(read_workbook(Path(__file__).parents[2] / "data_templates" / f"{sector}_example_fr.xlsx"))


@cache
def siren(name: str) -> str:
    """Return a number of nobody's with a sound check digit."""
    stem = f"{sum(ord(sign) * (at + 7) for at, sign in enumerate(name)) % 10_000_000:07d}0"
    return next(number for digit in "0123456789" if luhn(number := f"{stem}{digit}"))


def invoice(link: Link, unit: str, number: str, day: str, quantity: float, credit: bool = False) -> str:
    root, line, of = ("CreditNote", "CreditNoteLine", "Credited") if credit else ("Invoice", "InvoiceLine", "Invoiced")
    amount = f"{quantity * link.price:.6f}"
    parties = "".join(
        f"<cac:{role}><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>{escape(name)}</cbc:RegistrationName>"
        f'<cbc:CompanyID schemeID="0002">{siren(name)}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:{role}>'
        for role, name in (("AccountingSupplierParty", link.from_), ("AccountingCustomerParty", link.to))
    )
    return (
        f'<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" {_SPACES}><cbc:ID>{number}</cbc:ID>'
        f"<cbc:IssueDate>{day}</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{parties}"
        f"<cac:LegalMonetaryTotal><cbc:LineExtensionAmount>{amount}</cbc:LineExtensionAmount>"
        f"<cbc:TaxExclusiveAmount>{amount}</cbc:TaxExclusiveAmount></cac:LegalMonetaryTotal>"
        f'<cac:{line}><cbc:ID>1</cbc:ID><cbc:{of}Quantity unitCode="{_CODES.get(unit, "C62")}">{quantity!r}</cbc:{of}Quantity>'
        f"<cbc:LineExtensionAmount>{amount}</cbc:LineExtensionAmount><cac:Item><cbc:Name>{escape(link.product)}</cbc:Name>"
        f"</cac:Item><cac:Price><cbc:PriceAmount>{link.price!r}</cbc:PriceAmount></cac:Price></cac:{line}></{root}>"
    )


def documents(links: list[Link], units: dict[str, str]) -> dict[str, str]:
    """Return some 200 documents by file name: three of each sale in turn credited in part, sent twice, or neither."""
    chance = random.Random(7)
    made: dict[str, str] = {}
    parts = max(1, round(170 / len(links)))
    for at, link in enumerate(links):
        unit = units[link.product]
        assert link.today is not None
        shares = [chance.uniform(0.5, 1.5) for _ in range(parts)]
        amounts = [round(link.today * share / sum(shares), 6) for share in shares[:-1]]
        amounts.append(link.today - sum(amounts))
        for part, quantity in enumerate(amounts):
            number, day = f"{at}-{part}", f"2026-{1 + (at + 5 * part) % 12:02d}-{1 + (at * 3) % 28:02d}"
            billed = quantity
            if part == 0 and at % 3 == 0:  # billed a tenth too much, and credited
                billed = round(1.1 * quantity, 6)
                made[f"credit {number}.xml"] = invoice(link, unit, f"AV-{number}", day, billed - quantity, credit=True)
            made[f"{number}.xml"] = invoice(link, unit, number, day, billed)
            if part == 0 and at % 3 == 1:  # the same one once more, under another name
                made[f"copy of {number}.xml"] = made[f"{number}.xml"]
    return made


def gathered(folder: Path, made: dict[str, str]) -> Gathered:
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = sort_files([folder])
    assert len(found.invoices) == len(made) and not found.problems
    return gather(found.tables, "fr", invoices=found.invoices)


@pytest.mark.parametrize("sector", ["food", "culture"])
def test_an_example_cut_into_invoices_is_gathered_back(tmp_path: Path, sector: str) -> None:
    chain = example_chain(sector)
    sold = [link for link in chain.links if link.today and link.price > 0 and link.from_ != link.to and not link.period]
    links = list({(link.from_, link.to, link.product): link for link in sold}.values())
    made = documents(links, {name: product.unit for name, product in chain.products.items()})
    assert len(made) >= 180
    result = gathered(tmp_path, made)
    expected = {(name_key(one.from_), name_key(one.to), one.product): one for one in links}
    found = {(name_key(one.seller), name_key(one.buyer), one.product): one for one in result.flows}
    assert found.keys() == expected.keys()
    for key, link in expected.items():
        assert found[key].quantity == pytest.approx(link.today, rel=1e-6), key
        assert found[key].price == pytest.approx(link.price, rel=1e-4), key
    copies = sum(name.startswith("copy") for name in made)
    assert copies > 10


def test_a_ledger_named_as_the_law_asks_is_its_company_s_and_counts_an_invoiced_sale_once(tmp_path: Path) -> None:
    """SIREN, FEC, last day of the year: the mill's own entry of F-101 is the invoice's sale, F-102 is one more."""
    chain = example_chain("food")
    link = next(one for one in chain.links if one.from_ == "Moulin des Aulnes" and one.to == "Fournil coopératif")
    bill = tmp_path / "F-101.xml"
    bill.write_text(invoice(link, "t", "F-101", "2025-03-15", 2.0), "utf-8")
    lines = [FEC]
    for number, day, amount in (("F-101", "20250315", 2.0 * link.price), ("F-102", "20250415", 500.0)):
        start = f"VE|Ventes|{number}|{day}"
        piece = f"{number}|{day}|Facture {number}"
        rest = "|||20251231||"
        lines += [
            f"{start}|411001|Clients|C001|Fournil coopératif|{piece}|{decimal(amount)}|0,00{rest}",
            f"{start}|701000|Ventes de farine|||{piece}|0,00|{decimal(amount)}{rest}",
        ]
    ledger = tmp_path / f"{siren('Moulin des Aulnes')}FEC20251231.txt"
    ledger.write_text("\n".join(lines) + "\n", "utf-8")
    told = sort_files([bill, ledger])
    found = gather(told.tables, "fr", invoices=told.invoices)
    assert {(flow.seller, flow.buyer, flow.quantity) for flow in found.flows} == {
        ("Moulin des Aulnes", "Fournil coopératif", 2.0), ("Moulin des Aulnes", "Fournil coopératif", 500.0),
    }  # fmt: skip


FEC = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)


def decimal(amount: float) -> str:
    return f"{amount:.2f}".replace(".", ",")


def test_a_year_in_a_file_s_name_is_nobody_s_number(tmp_path: Path) -> None:
    table = tmp_path / "2025.csv"
    table.write_text("date;fournisseur;produit;quantité;unité;montant HT\n2025-03-15;Moulin;Farine;2;t;2000\n", "utf-8")
    found = gather(sort_files([table]).tables, "fr")
    assert {actor.identifier or "" for actor in found.actors} == {""}
