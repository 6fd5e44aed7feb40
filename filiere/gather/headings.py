"""Which column of somebody's export is what: headings as accounting programmes and people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from filiere.gather.apart.lines_of_sums import is_line_of_sums
from filiere.gather.reads.money import price_unit
from filiere.names import nearest, tidy
from filiere.table import RawRow, RawTable
from filiere.units import factor

HEADING_ROWS = 25
"""Among how many filled rows the headings are looked for: exports start with titles and addresses."""

# Tried in this order: the first pattern that a heading matches tells what its column is.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("date", r"^(datum|lieferdatum|rechnungsdatum|fecha|data|leverdatum|(date|jour) (de )?valeur|value date)$"),
    ("seller", r"^(lieferant(en)?|proveedor(es)?|fornitor[ei]|leverancier)( ?name)?$"),
    ("buyer", r"^(kunden?|kundenname|empfanger|clientes?|klant)$"),
    ("product", r"^(artikel(bezeichnung)?|bezeichnung|produkte?|ware|productos?|articulos?|prodott[oi])$"),
    ("quantity", r"^(liefer)?(menge|anzahl|stuckzahl|cantidad|quantita|aantal)( (kg|t|l|st|stuck))?$"),
    ("price", r"^(einzel|stuck)?preis( (netto|e|eur))?$|^(precio|prezzo)( unitari[oa])?$"),
    ("gross", r"^(brutto ?(betrag|umsatz)|betrag brutto|importe bruto|total con iva)$"),
    ("amount", r"^(netto ?(betrag|umsatz)|(gesamt)?betrag( netto)?|umsatz|importe( neto)?|importo)( (e|eur))?$"),
    ("identifier", r"^(n |no |num |numero |number )?(de |du )?(siret|siren)( (du |de la |de l |des )?\w+)?$"
                   r"|^\w+ (siret|siren)$"),
    ("ignored", r"\b(echeance|reglement|paiement|payment|due|siret|siren|email|mail|tel\w*|telephone|phone|adresse"
                r"|address|code postal|cp|ville|solde|famille|categorie|category|lettrage|journal|iban|bic|rib"
                r"|contact|saisi\w*|validat\w*|created|updated|modifi\w*)\b|^accounts?$"),
    ("ignored", r"^(?!.*\b(prix|pu|tarifs?|price)\b).*\b(seuils?|franco|moq"
                r"|minimum (de )?(commande|facturation)|mini (de )?commande|commande mini\w*"
                r"|part (du |de |dans le )?(ca|marche|chiffre d affaires|total)|parts? de marche|market share"
                r"|stock (mini|maxi|restant|actuel|theorique|physique|final|initial|de securite|disponible|en cours)"
                r"|potentiel(le)?s?)\b|^(franco|seuil)\b"
                r"|^(qtes?|quantites?|volumes?|valeurs?|montants?|nb|nombre|poids|en)( (de|du|des|en|d|totale?))*"
                r" (stocks?|disponibles?|dispo|mini?|minimum|minimale?|maxi?|maximum|maximale?|alerte|reappro\w*)\b"),
    ("status", r"^(etapes?|stage|phase|etape (de|du) (vente|pipeline|commande|dossier))$"),
    ("status", r"^(statut|etat|status|state|situation)( (de |d |du )?(la |l )?(facture|commande|piece|document"
               r"|ligne|vente|invoice|order))?$|^(invoice|order|document|financial) (status|state)$"),
    ("kind", r"^(type|nature|genre|kind)s?( (de |d |du )?(la |l )?(piece|document|facture|mouvement|operation|ecriture"
             r"|transaction|ligne|vente|achat|flux|doc)s?)?$|^(mouvements?|flux|mvts?|e s|entrees? (ou )?sorties?)$"
             r"|^(document|invoice|transaction|entry|record|order|doc) "
             r"(type|kind)$"),
    ("sense", r"^(sens|d c|dc|c d|debit credit|credit debit|debit ou credit|dr cr|cr dr|signe?|sign)"
              r"( (de |d )?(l )?(ecriture|operation|mouvement))?$"),
    ("currency", r"^(code )?(devises?|currency|currencies|monnaie|cur|curr|iso currency)( code| iso)?$"),
    ("discount", r"^(% )?rem ?\d?( ?%)?$|\b(remises?|rabais|ristournes?|discounts?|rebates?|reductions?)\b"),
    ("season", r"^(campagne|saison|season|exercice|(annee|exercice) (scolaire|agricole|comptable|fiscale?)"
               r"|(fiscal|financial|crop|school|academic|business) year)"
               r"( (agricole|culturelle|comptable|de recolte))?$"),
    ("void", r"^(annulee?s?|annulation|cancell?ed|void(ed)?|brouillon|draft|supprimee?s?|deleted)( ?(o n|oui non))?$"),
    ("year", r"^(annee|an|year|millesime|annee civile|calendar year|annee (de )?(livraison|facturation|facture))$"),
    ("month", r"^(mois|month|nom du mois|mois (de )?(livraison|facturation|facture))$"),
    ("rate", r"\b(taux( de)? (tva|taxe)|% tva|(vat|tax) rate)\b|\b(tva|vat|tax) %(?!\w)"),
    ("tax", r"^((order )?line |lineitem |item |montant |dont |total )?(de la |de )?(tva|vat|tax|taxes?)( amount)?"
            r"( (de )?(la )?ligne)?$"),
    ("quantity", r"^total( (general|annuel|annee|livre|vendu))?( en)? (kg|kilos?|t|tonnes?|q|l|litres?|hl|pieces?"
                 r"|unites?|u)$"),
    ("amount", r"^(?!.*\bttc\b).*\b(prix|price|cost|cout) (ht )?total\b|^(?!.*\bttc\b).*\btotal (price|cost)\b"),
    ("price_gross", r"\b(pu|pv|pa|p v|p a|prix|price|tarif)\b.*\b(ttc|incl\w*|gross|(taxes?|tva) comprises?)\b"),
    ("ignored", r"^(marges?|margin|taux de marge|marge brute)( (ht|%|unitaire|totale?))*$"),
    ("price", r"^(pa|pr|pv)( (ht|u|unitaire|net))*$|\bprix (d )?(achat|vente|revient)\b"),
    ("price", r"\b(pu|p u|pv|p v|puht|pvht|prix|price|tarif|cout unitaire|unit cost|taux horaire)\b(?!.*\btotal\b)"),
    ("gross", r"^(total |montant |reste |solde )?(net )?a payer$|^(amount|balance) due$"),
    ("gross", r"\b(ttc|(incl|including|with|avec)\w* (vat|tax|tva|taxes)|(vat|tax) incl\w*|(taxes?|tva) (comprises?"
              r"|incluses?))\b|^(?!.*\b(poids|weight|quantit\w*|qte|qty|tonnage|ht|hors)\b).*\b(gross|brute?s?)\b"),
    ("debit", r"\bdebit\w*\b"),
    ("credit", r"\bcredit\w*\b"),
    ("confidence", r"\b(confiance|fiabilite|confidence|reliability)\b"),
    ("perimeter", r"\b(perimetre|perimeter)\b"),
    ("unit", r"^(unites?|units?|u|um|uom|udm|uv|uf|unv|einheit|me|unidad|unita|unite (de )?(mesure|vente|achat"
              r"|facturation)|unite de (livraison|commande|reception)|unit of measure)$"),
    ("buyer", r"^clients? (facture|livre)e?s?$"),
    ("returned", r"^refusee?s?( en)? (kg|kilos?|t|tonnes?|l|litres?|pieces?|unites?)$"),
    ("returned", r"\b(quantites?|quantity|qtes?|qty|nb|nombre|poids)\b.*\b(reprise?s?|retournee?s?|retours?|invendue?s?"
                 r"|refusee?s?|returned|unsold|rejected)\b|^(reprises?|retours?|invendus?|refusee?s?|returns?|returned|unsold|rejected|refused)$"),
    ("ordered", r"\b(quantites?|quantity|quantities|qtes?|qty|qties|volumes?|poids|nb|nombre)\b.*\b(command\w+"
                r"|cm?de?e?s?|ordered|order|prevue?s?|demande\w*|engage\w*|contract\w*|planned|requested|reserve\w*)\b|^(commandee?s?|ordered)$"),
    ("ordered", r"^(prevu|commande|demande)e?s?( en)? (kg|kilos?|t|tonnes?|q|l|litres?|hl|pieces?|unites?)$"),
    ("quantity", r"^(quantites? )?(achete|vendu|realise|livre|recu|facture|consomme)e?s?( en)?"
                 r" (kg|kilos?|t|tonnes?|q|l|litres?|hl|pieces?|unites?)$"
                 r"|^(bought|purchased|sold)( in)? (kg|t|tonnes?|l|litres?|pieces?|units?)$"),
    ("quantity", r"\b(quantites?|quantity|quantities|qtes?|qty|qties|volume|poids|weight|tonnage|nombre|nb|nbre)\b"
                 r"|^(litrage|(kg|kilos?|tonnes?|quintaux|litres?|liters?|hl)( (net|collect|livr|vend|achet|recu"
                 r"|factur|pay|apport)\w*)?|livrees?|recues?|delivered|received|facturees?|invoiced"
                 r"|colis|cartons|caisses|cagettes|plateaux|sacs|barquettes|bidons|seaux|bouteilles|bottes)$"),
    ("amount", r"\b(montants?|amounts?|total|subtotal|valeur|value|depenses?|recettes?|ca|turnover|ht"
               r"|net|chiffre d affaires|achete pour|vendu pour|cout)\b"),
    ("date", r"\b(date|horodatage|timestamp|jour|day|mois|month|periode|period|trimestre|quarter|semestre|semester"
             r"|semaine|week)\b|^le$"),
    ("owner", r"^(declarant|declarer|adherent|membre|member|declare par|declared by)$"),
    ("party", r"^invoice partner (display )?name$"),
    ("number", r"\b(facture|invoice|piece|bon|bl|document|ticket|commande|order)\b"),
    ("party", r"\b(fournisseurs?|suppliers?|vendor)\b.*\b(clients?|customers?)\b"
              r"|\b(clients?|customers?)\b.*\b(fournisseurs?|suppliers?|vendor)\b"),
    ("seller", r"\b(fournisseurs?|vendeurs?|supplier|suppliers|vendor|vendors|sellers?|expediteur"
               r"|producteurs?|apporteurs?|prestataires?|producer|provenance)\b(?!.*\b(produit|article|product)\b)|^(de|from)$"),
    ("buyer", r"^(billing|shipping|bill to|sold to) (name|company)$"),
    ("buyer", r"\b(clients?|acheteurs?|customers?|buyers?|destinataires?|consignee)\b"
              r"|^(vers|to|a|livree?s? a|destinations?)$"),
    ("party", r"\b(tiers|partenaires?|contrepartie|third party|counterparty|partner|compaux lib|compte auxiliaire)\b"),
    ("product", r"\b(produits?|designations?|libelles?|articles?|products?|items?|descriptions?|denrees?|goods"
                r"|nature|intitule|marchandises?|prestations?|matieres?|lineitem name)\b"
                r"|^(espece|legume|cereale|variete|objet|cuvee|vin|fromage|fruit|essence|culture)$"),
    ("actor", r"^(acteurs?|actors?|noms?|names?|structures?|(noms? (et |ou )?)?raison sociale|company|organi[sz]ation)"
              r"( de la structure)?$"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_OF_A_LINE = re.compile(r"\b(lignes?|lines?|lineitem)\b")
"""What tells the columns of one line from those of the whole piece that it is a line of."""
_SUMMED = ("amount", "gross", "tax", "discount")
"""What a piece gives in all: beside the columns of its lines it would count once for each of them."""
_NAMED = re.compile(r"\braison sociale\b")
_CODE = re.compile(r"\b(code|sku|ref|reference|numero|num|n|no|id|identifiant|compte)\b")
_OTHERWISE = re.compile(
    r"\b(n 1|annee (precedente|derniere)|an dernier|previous|last year|prior|budget\w*|previsionnel\w*|previsions?"
    r"|forecast|compare|reste|reliquats?"
    r"|objectifs?|targets?|(nb|nbre|nombre)( de| d)? (livraisons?|commandes?|factures?|clients?|lignes?|passages?"
    r"|tournees?|bons?|semaines?|jours?)"
    r"|cumul\w*|ytd|year to date|depuis le debut|en stock|in stock|anciennes?|theoriques?"
    r"|potentiel\w*"
    r"|fabriquees?|produites|deposees?|retournee?s?|refusee?s?|returned|rejected|invendue?s?|unsold)\b"
)
"""What tells a column that is beside the point where another of one meaning is there."""
_PLAIN = {
    "fournisseur": "seller", "supplier": "seller", "client": "buyer", "customer": "buyer", "produit": "product",
    "désignation": "product", "libellé": "product", "product": "product", "quantité": "quantity",
    "quantity": "quantity", "montant": "amount", "amount": "amount", "prix unitaire": "price", "article": "product",
    "acheteur": "buyer", "vendeur": "seller",
}  # fmt: skip
_DELIVERED = re.compile(r"\b(livr\w+|reception|deliver\w+|received|prestation|enlevement)\b")
_ORDERED = re.compile(r"\b(command\w+|order\w*|creation|created|edition|impression|export\w*|devis|quote)\b")
_BEST = re.compile(
    r"\b(livr\w*|liv|exp|expedi\w+|corrigee?s?|recue?s?|deliver\w+|received|factur\w+"
    r"|invoiced|ht|hors taxes?|nett?e?s?|excl\w*)\b"
)
"""What tells the column that counts among several of one meaning: delivered rather than any other quantity."""
_TO_COME = re.compile(r"\b(prevue?s?|previsionnel\w*|souhaitee?s?|planned|expected|requested)\b")
_FOREIGN = re.compile(r"\b(en )?(devises?|foreign currency)\b")
_COST = re.compile(r"^(pa|pr)\b|\b(achat|revient)\b")
"""What somebody paid for what it sells, beside its price; where there is no other, it is what was paid."""
_LISTED = re.compile(r"\b(base|publics?|catalogues?|conseilles?|brute?s?|list)\b")
_BEFORE = re.compile(r"\b(brute?s?|gross|(avant|before) (remise|discount)s?)\b")
_TARE = re.compile(r"^(poids )?(de )?(la )?tares?( kg| en kg)?$")  # what the packing weighs
_PACKAGES = re.compile(r"^(?:(?:nb|nbre|nombre|quantite|qte|number)(?: de| of)? )?(colis|cartons?|caisses?|cagettes?"
                       r"|plateaux?|sacs?|boites?|barquettes?|bidons?|seaux?|packages?|boxes|cases"
                       r"|bouteilles|bottes)$")  # fmt: skip
_ONE = r"(colis|carton|caisse|cagette|plateau|sac|bo[iî]te|barquette|bidon|seau|package|box|case)"
_OF_ONE = re.compile(rf"(/|\bpar|\bper)\s*{_ONE}[sx]?\b|^(colisage|pcb)\b|^(poids|volume|contenance|contenu)"
                     rf"( nets?| bruts?)?( du| de la| d['’ ]une?)? {_ONE}\b", re.IGNORECASE)  # fmt: skip
"""What one package holds is no quantity beside one that is."""
_OF_A_PIECE = re.compile(
    r"^(poids|volume|contenance)( nets?| bruts?)?( (unitaires?|moyen(ne)?s?|(a|de|par) la piece"
    r"|par (piece|unite)|(de l |d une |a l )?unite|(d une )?piece))+\b"
    r"|^(contenance|grammage)s?\b|^(average|unit) (weight|volume)\b|^weight per (unit|piece)\b"
)
"""What one piece weighs or holds is no quantity at all: ``Poids unitaire (g)``, ``Grammage``."""
_TAXED = re.compile(r"\b(ttc|tva|vat|tax|taxes?)\b")
LINE = re.compile(r"[^/]*\b(?:lignes?|lines?)\b[^/]*/ ?(.{3,})", re.IGNORECASE)
_CONTAINER = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")


@dataclass(frozen=True)
class Columns:
    """The columns of one table: what → position, the row of the headings, and the unit a heading gives."""

    row: int
    at: Mapping[str, int]
    unit: str = ""
    with_tax: bool = False
    titles: Mapping[int, str] = field(default_factory=dict)
    """Position → heading, of every column that has one."""
    rivals: tuple[tuple[str, str], ...] = ()
    """Headings that say the same: the column taken, and one that was not."""
    ordered: str = ""
    """The heading that says that its rows are only ordered, or to come."""

    def heading(self, name: str) -> str:
        """Return the heading of the column that holds ``name``, empty where there is none."""
        return self.titles.get(self.at.get(name, -1), "")

    @property
    def unused(self) -> Mapping[int, str]:
        """The columns that have a heading and no use here."""
        return {at: title for at, title in self.titles.items() if at not in self.at.values()}

    @property
    def missing(self) -> tuple[str, ...]:
        """What a table of purchases or sales needs and this one lacks."""
        lacks = [] if "product" in self.at else ["product"]
        lacks += [] if self.at.keys() & {"seller", "buyer", "party"} else ["party"]
        return (*lacks, *([] if self.at.keys() & {"quantity", "amount", "gross", "debit", "credit"} else ["figure"]))


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return ``text`` as words without case, accents, points or other signs than ``%``."""
    letters = unicodedata.normalize("NFKD", tidy(text).casefold().replace("œ", "oe"))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    bare = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", bare)  # H.T. → ht
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", bare).split())


def meaning(heading: str) -> str | None:
    """Return what a column of this heading holds, None where nothing tells."""
    line = LINE.fullmatch(tidy(heading))  # Odoo: ``Lignes de facture/Produit``
    words = plain(line[1] if line else heading)
    for name, pattern in _COMPILED:
        if pattern.search(words):
            return None if name == "ignored" else name
    near = nearest(words, _PLAIN) if len(words) > 4 else None
    return _PLAIN[near] if near and near[0] == words[0] else None


def find_columns(table: RawTable) -> Columns | None:
    """Return the columns of the row in which most headings are recognised, None where none is."""
    best: Columns | None = None
    for row in (one for one in table.rows[:HEADING_ROWS] if not is_line_of_sums(one)):
        found = columns_of(row)
        a_name = best is not None and "actor" in best.at and len(found.at) == 1  # “Marché de producteurs” in a list
        said = any(re.search(r":\s*\S", title) for title in found.titles.values()) or "figure" not in found.missing
        a_name = a_name or (len(row.values) == 1 and said)  # “Kilos livrés” or “Client : École” above a table
        if found.at and not a_name and (best is None or _score(found) > _score(best)):
            best = found
    return best


def _score(found: Columns) -> tuple[int, int]:
    return -len(found.missing), len(found.at)


def columns_of(row: RawRow) -> Columns:
    """Return the columns that a row of headings gives."""
    at: dict[str, tuple[tuple[int, int], int]] = {}
    titles = {position: tidy(value) for position, value in row.values.items() if isinstance(value, str) and tidy(value)}
    rivals: list[tuple[str, int, int]] = []
    names = {position: None if is_of_a_piece(title) else meaning(title) for position, title in titles.items()}
    buys = "seller" in names.values() and not {"buyer", "party"} & set(names.values())
    lined = any(name in ("quantity", "price", "amount") and _OF_A_LINE.search(plain(titles[position]))
                for position, name in names.items())  # fmt: skip
    for position in sorted(titles):
        name = names[position]
        share, summed = "%" in titles[position], name in _SUMMED and not _OF_A_LINE.search(plain(titles[position]))
        if name is None or (share and name in ("amount", "gross")) or (lined and summed and not share):
            continue
        words = plain(titles[position])
        beside = _OTHERWISE.search(words) or (name == "quantity" and is_of_one(titles[position]))
        rank = (2 if beside else int(bool(_CODE.search(words))), _second(name, words, buys))
        if name not in at:
            at[name] = (rank, position)
            continue
        taken = min(rank, at[name][0]) == rank != at[name][0]
        kept, left = (position, at[name][1]) if taken else (at[name][1], position)
        rivals.append((name, kept, left))
        if taken:
            at[name] = (rank, position)
    places = {name: position for name, (_, position) in at.items()}
    told = [(titles[kept], titles[left]) for name, kept, left in rivals if name in ("quantity", "amount", "price")
            or (name in ("seller", "buyer") and not _CODE.search(plain(titles[left])))]  # fmt: skip
    if "ordered" in places and "quantity" in places:
        told.append((titles[places["quantity"]], titles[places.pop("ordered")]))
    return _settled(row.number, places, titles, tuple(told))


def counts_most(words: str) -> int:
    """Rank words above a group of columns: what was delivered or invoiced, then anything, then orders and forecasts."""
    return -1 if _OTHERWISE.search(words) or _ORDERED.search(words) else int(bool(_BEST.search(words)))


def _second(name: str, words: str, buys: bool) -> int:
    """Rank headings of one meaning: what was delivered, and when, before what was invoiced, and that before orders.

    What was paid counts before what it is sold for again where the table is one of purchases (``buys``).
    An article is often a number, beside its designation.
    """
    if name == "product":
        return int(bool(re.fullmatch(r"articles?|variete|objet|cuvee|vin|fromage|fruit|essence|culture", words)))
    if name == "date":
        return 0 if _DELIVERED.search(words) else 2 if _ORDERED.search(words) else 1
    if name == "amount" and (_BEFORE.search(words) or _FOREIGN.search(words)):
        return 2
    if name == "quantity" and packages(words):
        return 2 + int(words not in ("bouteilles", "bottes"))
    if name == "buyer":
        return int(words in ("client facture", "destination", "destinations"))
    if name == "price":
        return 2 if bool(_COST.search(words)) != buys else int(bool(_LISTED.search(words)))
    first = re.search(r"aux normes|\bnet\w* ht\b", words)
    return -1 if first else int(name in ("quantity", "amount") and not _BEST.search(words))


def packages(heading: str) -> str:
    """Return which packages a heading counts: ``colis`` of ``Nb colis``; empty where it counts none."""
    found = _PACKAGES.search(plain(heading))
    return found[1] if found else ""


def is_of_one(heading: str) -> bool:
    """Whether a heading says what one package holds: ``Poids par colis (kg)``, ``Colisage``."""
    return bool(_OF_ONE.search(tidy(heading)))


def is_of_a_piece(heading: str) -> bool:
    """Whether a heading says what one piece weighs or holds: ``Poids unitaire (g)``."""
    return bool(_OF_A_PIECE.search(plain(heading)))


def _settled(
    number: int, places: dict[str, int], titles: dict[int, str], rivals: tuple[tuple[str, str], ...]
) -> Columns:
    ordered = "ordered" in places and "quantity" not in places
    if ordered:
        places["quantity"] = places["ordered"]
    if "product" in places and "actor" in places and not places.keys() & {"seller", "buyer", "party"}:
        places["party"] = places.pop("actor")
    party = next((name for name in ("seller", "buyer", "party") if name in places), "")
    coded = party and (_CODE.search(plain(titles[places[party]])) or plain(titles[places[party]]) == "tiers")
    if coded and "actor" in places and _NAMED.search(plain(titles[places["actor"]])):
        places[party] = places.pop("actor")  # a number of the party, and its name beside it
    if "actor" in places and plain(titles[places["actor"]]) == "name" and any(
        plain(title).startswith("lineitem") for title in titles.values()
    ):  # fmt: skip
        places.setdefault("number", places.pop("actor"))
    before = "gross" in places and "discount" in places and not _TAXED.search(plain(titles[places["gross"]]))
    if before and "amount" not in places:
        places["amount"] = places.pop("gross")
    by_price = places.keys() >= {"quantity", "price"} and "ht" in plain(titles[places["price"]]).split()
    if by_price and not places.keys() & {"amount", "rate", "tax"}:
        places.pop("gross", None)  # what a price without tax makes is sure, what an amount with tax holds is asked
    with_tax = "amount" not in places and ("gross" in places or ("price_gross" in places and "price" not in places))
    if "amount" not in places and "gross" in places:
        places["amount"] = places["gross"]
    if "price" not in places and "price_gross" in places and ("amount" not in places or with_tax):
        places["price"] = places["price_gross"]
    for name, net in (("gross", "amount"), ("price_gross", "price")):
        if name in places and places[name] != places.get(net):
            del places[name]
    first = titles.get(places.get("quantity", -1), "")
    places = _priced(places, titles, _beside_its_unit(places, titles))
    now = titles.get(places.get("quantity", -1), "")
    rivals = tuple((now, first) if pair == (first, now) else pair for pair in rivals)
    if "unit" in places and "quantity" in places:  # of two quantities, the one that is in the unit that is written
        words = plain(titles[places["unit"]])
        stem = next((one for one in ("factur", "livr", "recep", "command") if one in words), "")
        same = [at for at, title in titles.items() if stem and stem in plain(title) and meaning(title) == "quantity"]
        places["quantity"] = same[0] if same else places["quantity"]
    if "quantity" in places and "returned" not in places and _BEFORE.search(plain(titles[places["quantity"]])):
        tare = next((at for at, title in titles.items() if _TARE.search(plain(title))), None)
        places |= {"returned": tare} if tare is not None else {}
    unit = unit_of(titles[places["quantity"]]) if "quantity" in places else ""
    day, counted = (titles.get(places.get(name, -1), "") for name in ("date", "quantity"))
    to_come = _TO_COME.search(plain(day)) and not _BEST.search(plain(counted))
    return Columns(number, places, unit, with_tax, titles, rivals, counted if ordered else day if to_come else "")


_STEMS = ("factur", "livr", "recep", "command", "vente", "achat")


def _beside_its_unit(places: dict[str, int], titles: Mapping[int, str]) -> dict[str, int]:
    """Return the places with the unit that belongs to the quantity: ``Unité de facturation`` of ``Qté facturée``."""
    words = plain(titles[places["quantity"]]) if "quantity" in places else ""
    stem = next((one for one in _STEMS if one in words), "")
    own = [at for at, title in titles.items() if stem and stem in plain(title) and meaning(title) == "unit"]
    return {**places, "unit": own[0]} if own and "unit" in places else places


def _priced(places: dict[str, int], titles: Mapping[int, str], settled: dict[str, int]) -> dict[str, int]:
    """Return ``settled`` with the quantity that the price is for: kilograms and not heads, beside a price for a kg."""
    per = price_unit(titles[places["price"]]) if "price" in places else ""
    if not per or "quantity" not in places:
        return settled
    taken = unit_of(titles[places["quantity"]])
    others = [
        at for at, title in titles.items()
        if meaning(title) == "quantity" and unit_of(title) and factor(unit_of(title), per)
        and not is_of_one(title) and not is_of_a_piece(title) and not _OTHERWISE.search(plain(title))
    ]  # fmt: skip
    fits = "unit" in places or (taken and factor(taken, per))
    return settled if fits or not others else {**settled, "quantity": others[0]}


def unit_of(heading: str) -> str:
    """Return the unit in which a heading says its quantities are: ``Quantité (kg)``, ``Quantité en kg``, ``Tonnes``."""
    found = _CONTAINER.search(heading) or re.search(r"\b(?:en|in)\s+(\S+)$", tidy(heading), re.IGNORECASE)
    found = found or _BARE_UNIT.search(tidy(heading))
    if found:
        return tidy(found[1])
    words = plain(heading).replace("litrage", "litres").split()
    return words[0] if words and re.fullmatch(r"kg|kilos?|tonnes?|quintaux|litres?|liters?|hl", words[0]) else ""


_BARE_UNIT = re.compile(r"[\s/,:.–-]\s*(kg|kgs|kilos?|grammes?|g|tonnes?|t|quintaux|quintal|qx|q|litres?|l|hl|cl|ml"
                        r"|dz|douzaines?|pi[eè]ces?|pces?|bouteilles?)\.?$",
                        re.IGNORECASE)  # fmt: skip
"""A unit behind a heading without brackets: ``Quantité kg``, ``Poids/kg``."""
