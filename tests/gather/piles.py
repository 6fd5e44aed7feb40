"""Ten piles as ten organisations would send them, with what they sold and bought known beforehand.

Each makes its files in a folder and returns the year's exchanges: (seller, buyer, product) → quantity and amount net of
tax. Everything is invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

Year = dict[tuple[str, str, str], tuple[float, float]]
"""(seller, buyer, product) → quantity and amount of the year."""


@dataclass
class Told:
    """What a pile comes to, and which questions it must leave."""

    year: Year
    asked: frozenset[str] = frozenset()
    """Codes of what must be said."""
    never: tuple[str, ...] = field(default=())
    """What must stand nowhere: people's names."""


def parts(quantity: float, count: int, seed: int) -> list[float]:
    """Cut a year's quantity into ``count`` deliveries, to the gram."""
    chance = random.Random(seed)
    shares = [chance.uniform(0.5, 1.5) for _ in range(count)]
    cut = [round(quantity * share / sum(shares), 3) for share in shares[:-1]]
    return [*cut, round(quantity - sum(cut), 3)]


def deliveries(year: Year, count: int = 12) -> Iterator[tuple[str, str, str, int, float, float]]:
    """Yield seller, buyer, product, month, quantity and amount of each delivery."""
    for seed, ((seller, buyer, product), (quantity, amount)) in enumerate(year.items()):
        for at, one in enumerate(parts(quantity, count, seed)):
            yield seller, buyer, product, 1 + at * 12 // count, one, amount * one / quantity


def french(value: float) -> str:
    """Write a number as French programs do."""
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def text(path: Path, heading: str, rows: list[str], letters: str = "utf-8", ends: str = "\r\n") -> None:
    path.write_bytes(ends.join([heading, *rows]).encode(letters))


def bakery_ledger(folder: Path) -> Told:
    """A bakery co-operative's ledger: purchases, sales, cash, wages, rent, a bank, private customers."""
    year: Year = {
        ("Moulin de la Vallée", "Fournil commun", "Farines"): (18_400.0, 18_400.0),
        ("Sel et Cie SARL", "Fournil commun", "Sel et levain"): (1_250.0, 1_250.0),
        ("Fournil commun", "Commune de Bellerive", "Ventes de pain"): (26_000.0, 26_000.0),
        ("Fournil commun", "Biocoop du Centre", "Ventes de pain"): (31_500.0, 31_500.0),
        ("Fournil commun", "clients particuliers", "Ventes de pain"): (640.0, 640.0),
    }
    names = ["JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"]  # fmt: skip
    rows, number = [], 0

    def entry(journal: str, month: int, *lines: tuple[str, str, str, float]) -> None:
        nonlocal number
        number += 1
        for account, label, party, amount in lines:
            sides = french(round(max(amount, 0.0), 2)), french(round(max(-amount, 0.0), 2))
            day = f"2025{month:02d}14"
            rows.append("\t".join((journal, "Journal", str(number), day, account, label, party[:3].upper(), party,
                                   f"P{number}", day, label, *sides, "", "", day, "", "")))  # fmt: skip

    for seller, buyer, product, month, _, amount in deliveries(year):
        net, tax = round(amount, 2), round(0.055 * amount, 2)
        if buyer == "Fournil commun":
            entry("AC", month, ("607100", product, "", net), ("445660", "TVA", "", tax),
                  ("401000", "Fournisseurs", seller, -net - tax))  # fmt: skip
        else:
            name = "Mme Bernadette Poulain" if buyer == "clients particuliers" else buyer
            entry("VE", month, ("411000", "Clients", name, net + tax), ("701000", product, "", -net),
                  ("445710", "TVA", "", -tax))  # fmt: skip
    for month in range(1, 13):
        entry("OD", month, ("641000", "Salaires", "", 5_200.0), ("421000", "Lucien Carpentier", "", -5_200.0))
        entry("BQ", month, ("613200", "Loyer", "", 900.0), ("512000", "Banque", "", -900.0))
        entry("CA", month, ("530000", "Caisse", "", 211.0), ("701000", "Ventes de pain", "", -200.0),
              ("445710", "TVA", "", -11.0))  # fmt: skip
    text(folder / "FEC Fournil commun 20251231.txt", "\t".join(names), rows, "cp1252")
    return Told(year, frozenset({"GAT31", "GAT32"}), ("Poulain", "Carpentier"))


def canteen_lists(folder: Path) -> Told:
    """A canteen's purchases: a sheet a month, the supplier written once, sub-totals, and a sheet that sums up."""
    year: Year = {
        ("Ferme des Trois Chênes", "Cantine du Parc", "Carottes"): (1_840.0, 2_576.0),
        ("Ferme des Trois Chênes", "Cantine du Parc", "Pommes de terre"): (2_600.0, 2_340.0),
        ("Grossiste Express", "Cantine du Parc", "Riz"): (700.0, 1_190.0),
        ("Fromagerie Haute", "Cantine du Parc", "Tomme"): (310.0, 4_340.0),
    }
    heading = ("Fournisseur", "Désignation", "Qté livrée", "Unité", "PU HT", "Montant HT")
    months = ("Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre", "Octobre", "Novembre",
              "Décembre")  # fmt: skip
    with xlsxwriter.Workbook(folder / "achats Cantine du Parc 2025.xlsx") as book:
        for at, name in enumerate(months, start=1):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [f"Achats de {name.lower()} 2025"])
            sheet.write_row(2, 0, heading)
            row = 3
            for seller, _, product, month, quantity, amount in deliveries(year):
                if month == at:
                    sheet.write_row(row, 0, [seller, product, quantity, "kg", round(amount / quantity, 4), amount])
                    row += 1
            sheet.write_row(row, 0, ["Total", "", "", "", "", 1.0])
        sheet = book.add_worksheet("Récap annuel")
        sheet.write_row(0, 0, heading)
        for row, ((seller, _, product), (quantity, amount)) in enumerate(year.items(), start=1):
            sheet.write_row(row, 0, [seller, product, quantity, "kg", "", amount])
    return Told(year, frozenset({"GAT41"}))


def theatre_tickets(folder: Path) -> Told:
    """A theatre's export of tickets: tariffs, free tickets, prices with VAT at 2.1 %."""
    year: Year = {
        ("Théâtre du Canal", "spectateurs", "Place, Le Malade"): (1_210.0, 15_000.0),
        ("Théâtre du Canal", "spectateurs", "Place, Nuit blanche"): (640.0, 9_000.0),
    }
    rows = []
    for (seller, _, show), (seats, amount) in year.items():
        free, paid = 10, int(seats) - 10
        price = round(1.021 * amount / paid, 6)
        for night in range(5):
            count = paid // 5 + (paid % 5 if night == 4 else 0)
            rows.append(
                f"{show.removeprefix('Place, ')};{10 + night}/03/2025;{seller};Plein;{count};{french(price)};2,1;{free // 5}"
            )
    text(folder / "billetterie 2025.csv",
         "Spectacle;Date de la représentation;Lieu;Tarif;Nombre de billets;Prix unitaire TTC;Taux TVA;Exonérés",
         rows)  # fmt: skip
    return Told(year)


def hub_notes(folder: Path) -> Told:
    """A hub's delivery notes: ordered and delivered, some cancelled, what came back on a note of its own."""
    year: Year = {
        ("Maraîchage du Ru", "Collège Prévert", "Salades"): (900.0, 2_250.0),
        ("Maraîchage du Ru", "EHPAD des Lilas", "Salades"): (420.0, 1_050.0),
        ("Œufs Vermeil", "Collège Prévert", "Œufs"): (12_000.0, 3_000.0),
    }
    units = {"Salades": "kg", "Œufs": "pièce"}
    rows = []
    for at, (seller, buyer, product, month, quantity, amount) in enumerate(deliveries(year)):
        line = f"BL-{at:04d};{{status}};05/{month:02d}/2025;{seller};{buyer};{product}"
        more, unit = french(round(1.1 * quantity, 3)), units[product]
        rows.append(f"{line.format(status='Livré')};{more};{french(quantity)};{unit};{french(amount)}")
        if at % 5 == 0:
            rows.append(f"{line.format(status='Annulé')};{more};{french(quantity)};{unit};{french(amount)}")
    text(folder / "bons de livraison 2025.csv",
         "N° BL;Statut;Date;Fournisseur;Client;Produit;Qté commandée;Qté livrée;Unité;Montant HT", rows)  # fmt: skip
    return Told(year, frozenset({"GAT22"}))


def dairy_invoices(folder: Path) -> Told:
    """A dairy's electronic invoices, some sent twice, one credited."""
    from tests.gather.test_article_numbers import bill_of

    year: Year = {
        ("Laiterie du Pré", "Cantine des Hauts", "Yaourt nature"): (960.0, 2_400.0),
        ("Laiterie du Pré", "Épicerie de la Halle", "Lait cru"): (5_200.0, 6_760.0),
    }
    for at, (seller, buyer, product, month, quantity, amount) in enumerate(deliveries(year)):
        billed, paid = (2 * quantity, 2 * amount) if at == 3 else (quantity, amount)
        made = bill_of(f"L-{at}", seller, buyer, f"2025-{month:02d}-20", product, billed, paid)
        (folder / f"facture {at}.xml").write_text(made, encoding="utf-8")
        if at == 3:
            credit = bill_of(f"A-{at}", seller, buyer, f"2025-{month:02d}-25", product, quantity, amount, credit=True)
            (folder / "avoir.xml").write_text(credit, encoding="utf-8")
        if at % 4 == 0:
            (folder / f"copie {at}.xml").write_text(made, encoding="utf-8")
    return Told(year, frozenset({"INV20"}))


def sawmill_sales(folder: Path) -> Told:
    """A sawmill's sales as its DOS program writes them: quotes, orders, credit notes, two units."""
    year: Year = {
        ("Scierie Bois Clair", "Charpente Morvan", "Épicéa sec"): (184.0, 62_560.0),
        ("Scierie Bois Clair", "Menuiserie Léon", "Chêne séché"): (21.5, 19_350.0),
        ("Scierie Bois Clair", "Chaufferie de Bellerive", "Plaquettes"): (310.0, 8_680.0),
    }
    units = {"Plaquettes": "t"}
    rows = []
    for at, (_, buyer, product, month, quantity, amount) in enumerate(deliveries(year)):
        row = f"{buyer};{{kind}};{at};15/{month:02d}/25;{product};{{quantity}};{units.get(product, 'm3')};{{amount}}"
        sent = 1.5 if at % 6 == 0 else 1.0
        rows += [row.format(kind=kind, quantity=french(sent * quantity), amount=french(sent * amount))
                 for kind in ("Devis", "Facture")]  # fmt: skip
        if at % 6 == 0:
            rows.append(row.format(kind="Avoir", quantity=french(0.5 * quantity), amount=french(0.5 * amount)))
    text(folder / "ventes Scierie Bois Clair.csv", "Client;Type de pièce;N°;Date;Essence (produit);Qté;Unité;Montant H.T.",
         rows, "cp850")  # fmt: skip
    return Told(year, frozenset({"GAT22"}))


def platform_purchases(folder: Path) -> Told:
    """Two canteens' purchases in the public platform's form: amounts alone, packs in the labels."""
    first, second = "Cantine 21380001100011", "Cantine 21380001100029"
    year: Year = {
        ("GAEC du Vernay", first, "Beurre"): (0.0, 4_200.0),
        ("GAEC du Vernay", second, "Beurre"): (0.0, 1_100.0),
        ("Moulin de l'Aulne", first, "Semoule"): (0.0, 900.0),
    }
    rows = [
        f"{buyer.split()[1]};{product};{seller};2025-{month:02d}-03;{one:.2f};AUTRES;BIO,LOCAL;DEPARTEMENT"
        for seed, ((seller, buyer, product), (_, amount)) in enumerate(year.items())
        for month, one in enumerate(parts(amount, 12, seed), start=1)
    ]
    text(folder / "achats.csv",
         "siret;description;fournisseur;date;prix_ht;famille_produits;caracteristiques;definition_local", rows)  # fmt: skip
    return Told({key: (amount, amount) for key, (_, amount) in year.items()}, frozenset({"GAT10"}))


def brewery_months(folder: Path) -> Told:
    """A brewery: sales with the months as columns, purchases with VAT and its rate."""
    year: Year = {
        ("Brasserie du Quai", "Bar des Amis", "Blonde"): (4_800.0, 0.0),
        ("Brasserie du Quai", "Cave Pivoine", "Blonde"): (2_160.0, 0.0),
        ("Malterie du Nord", "Brasserie du Quai", "Malt"): (6_000.0, 5_400.0),
    }
    with xlsxwriter.Workbook(folder / "ventes Brasserie du Quai.xlsx") as book:
        sheet = book.add_worksheet("2025")
        sheet.write_row(0, 0, ["Client", "Produit", "Unité", *(f"{month:02d}/2025" for month in range(1, 13)), "Total"])
        for row, ((_, buyer, product), (quantity, _)) in enumerate(list(year.items())[:2], start=1):
            sheet.write_row(row, 0, [buyer, product, "L", *parts(quantity, 12, row), quantity])
    rows = [f"{seller};{product};{french(quantity)};kg;{french(round(1.2 * amount, 4))};20 %;0{month % 9 + 1}/05/2025"
            for seller, _, product, month, quantity, amount in deliveries(dict(list(year.items())[2:]))]  # fmt: skip
    text(folder / "achats Brasserie du Quai.csv", "Fournisseur;Produit;Quantité;Unité;Montant TTC;Taux TVA;Date", rows)
    return Told(year)


def reuse_weights(folder: Path) -> Told:
    """A reuse centre's weighbridge: what comes in and what goes out in one table, in kilograms and tonnes."""
    year: Year = {
        ("Déchèterie de Bellerive", "Ressourcerie du Port", "Bois"): (84.0, 0.0),
        ("Déchèterie de Bellerive", "Ressourcerie du Port", "Textile"): (31.0, 0.0),
        ("Ressourcerie du Port", "Panneaux Réunis", "Bois"): (60.0, 0.0),
    }
    rows = []
    for seller, buyer, product, month, quantity, _ in deliveries(year):
        way, other = ("Entrée", seller) if buyer == "Ressourcerie du Port" else ("Sortie", buyer)
        amount, unit = (quantity, "t") if month % 2 else (1000 * quantity, "kg")
        rows.append(f"{way};{other};{product};{french(amount)};{unit};2025-{month:02d}-09")
    text(folder / "Ressourcerie du Port 2025.csv", "Sens;Tiers;Matière;Poids;Unité;Jour", rows, "mac_roman", "\r")
    return Told(year)


def growers_and_canteen(folder: Path) -> Told:
    """A growers' group: a members' list with people in it, each grower's sales, and the canteen's own list."""
    year: Year = {
        ("EARL des Sources", "Cuisine centrale", "Poireaux"): (3_100.0, 4_340.0),
        ("GAEC Bel Air", "Cuisine centrale", "Courges"): (1_500.0, 1_800.0),
    }
    text(folder / "adherents.csv", "Structure;SIREN;Contact;Courriel", [
        "EARL des Sources;000100016;Odile Marchand;odile@exemple.fr", "GAEC Bel Air;000100024;Paul Garnier;",
        "Cuisine centrale;000100032;;",
    ])  # fmt: skip
    for grower in ("EARL des Sources", "GAEC Bel Air"):
        rows = [f"Cuisine centrale;{product};{french(quantity)};kg;{french(amount)};11/{month:02d}/2025"
                for seller, _, product, month, quantity, amount in deliveries(year) if seller == grower]  # fmt: skip
        text(folder / f"ventes {grower}.csv", "Client;Produit;Quantité;Unité;Montant HT;Date", rows, "cp1252")
    rows = [f"{seller.lower()};{product.upper()};{french(quantity / 1000)};t;{french(amount)};11/{month:02d}/2025"
            for seller, _, product, month, quantity, amount in deliveries(year)]  # fmt: skip
    text(folder / "achats Cuisine centrale.csv", "Fournisseur;Produit;Quantité;Unité;Montant HT;Date", rows)
    return Told(year, frozenset(), ("Marchand", "Garnier", "odile"))


PILES: Mapping[str, Callable[[Path], Told]] = {
    make.__name__: make
    for make in (bakery_ledger, canteen_lists, theatre_tickets, hub_notes, dairy_invoices, sawmill_sales,
                 platform_purchases, brewery_months, reuse_weights, growers_and_canteen)
}  # fmt: skip
