"""Which lines of an invoice count, and what each is: a product, transport, a deposit, a rebate, a prepayment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from filiere.gather.headings import plain
from filiere.gather.reads.invoice import GLOBAL_REBATE, Adjustment, Invoice, InvoiceLine


class Kind(Enum):
    """What an amount is paid for."""

    PRODUCT = "product"
    TRANSPORT = "transport"
    DEPOSIT = "deposit"
    REBATE = "rebate"
    PREPAYMENT = "prepayment"
    CHARGE = "charge"
    TEXT = "text"


_LEAD = (r"^(?:(?:frais|couts?|forfait|participation|prestations?|supplement|facturation|refacturation|aux|en|de|du|des"
         r"|d|la|le|les|l) )*")  # fmt: skip
_TRANSPORT = re.compile(
    _LEAD + r"(?:transports?|port|ports|livraisons?|expeditions?|frets?|affretements?|acheminements?|affranchissements?"
    r"|freight|shipping|delivery|carriage|postage|fracht\w*|versand\w*|transportkosten|lieferkosten|porto$)\b"
)  # fmt: skip
_TRANSPORT_REASON = re.compile(
    r"\b(?:transports?|port|livraisons?|expeditions?|frets?|freight|shipping|delivery|carriage|postage|acheminements?"
    r"|affranchissements?|fracht\w*|versand\w*|transportkosten|lieferkosten|porto)\b"
)  # fmt: skip
_TRANSPORT_CODES = {"FC", "DL", "SH"}
_DEPOSIT = re.compile(
    r"^(?:(?:retours?|reprises?|remboursements?|restitutions?|facturation|avoir|depots?|deduction|rendu|return|returned"
    r"|refund|sur|de|des|du|la|le|les|d|of) )*(?:(?:de)?consign(?:es?|ations?)|deposits?|depot de garantie)\b"
    r"|^\w*pfand\w*\b|^leergut\w*\b"
)  # fmt: skip
_REBATE = re.compile(
    r"^(?:remises?(?! en )|rabais|ristournes?|escomptes?|rfa|reductions?|gestes? commercia\w+|bonifications?"
    r"|discounts?|rebates?|rabatt\w*|skonto|bonus)\b"
)  # fmt: skip
_PREPAYMENT = re.compile(
    r"^(?:(?:deduction|reprise|imputation|versement|facture|moins|de|d|des|l|sur|less) )*"
    r"(?:acomptes?|avances? sur|arrhes|prepayments?|advance payments?|down payments?|anzahlung\w*)\b"
)  # fmt: skip
_SEPARATE = {"GROUP", "INFORMATION"}


def counted(lines: Sequence[InvoiceLine]) -> tuple[InvoiceLine, ...]:
    """Mark the lines that do not count: groups, what is there to inform, and lines whose details carry amounts."""
    groups = {one.parent for one in lines if one.parent and one.amount is not None and one.status != "INFORMATION"}
    return tuple(
        replace(one, counts=False)
        if one.status in _SEPARATE or (one.id in groups and one.id and one.status != "DETAIL" and one.parent != one.id)
        else one
        for one in lines
    )


def kind_of_line(line: InvoiceLine, invoice: Invoice) -> Kind:
    """Return what a line is, by its words and figures."""
    if line.amount is None and line.quantity is None:
        return Kind.TEXT
    words = plain(line.name)
    amount = line.amount or 0
    if invoice.type_code == GLOBAL_REBATE:
        return Kind.REBATE
    for pattern, kind in ((_DEPOSIT, Kind.DEPOSIT), (_PREPAYMENT, Kind.PREPAYMENT), (_TRANSPORT, Kind.TRANSPORT)):
        if pattern.search(words):
            return kind
    if _REBATE.search(words) and (amount < 0 or invoice.credits):
        return Kind.REBATE
    if _NO_GOOD.search(words):
        return Kind.CHARGE
    # A positive quantity at a negative price gives money back, no goods.
    priced_down = amount < 0 and (line.quantity or 0) >= 0 and not (invoice.credits or invoice.net < 0)
    return Kind.REBATE if priced_down else Kind.PRODUCT


_NO_GOOD = re.compile(r"^(ports?(?! (salut|du salut|rouge|blanc|douce?|cassis)\b)|port et emballage"
                      r"|(contribution|participation|surcharge|supplement|majoration|redevance)s? (energ\w+|eco\w*"
                      r"|environnement\w*|interprofession\w*|citeo|adelphe|emballages?)|(droits? d )?accises?"
                      r"|taxes? (ctifl|interfel|(inter)?professionnelles?|(para)?fiscales?|alcools?)|cvo|interfel"
                      r"|ctifl|franco( de port)?|eco (participation|contribution|taxe)s?|ecotaxe"
                      r"|(differences? d )?arrondis?|rounding|pourboires?|tips?"
                      r"|(taxe|surcharge|supplement|indexation) (gasoil|gazole|carburant)"
                      r"|affretements?|(forfait|supplement) (de )?(livraison|transport|port)"
                      r"|frais( de)? (facturation|dossier|gestion|emballage|traitement|preparation|commande)"
                      r"|(reprises?|retours?) (de |des )?(caisses?|palettes?|vides?|emballages?|futs?))\b"
                      r"(?! de (peche|plaisance))")  # fmt: skip


_LENT = re.compile(r"\b(palettes?|caisses?|bacs?|futs?|bouteilles?|emballages?|casiers?|rolls?)( eur(o|ope)?)?"
                   r" (consignee?s?|en consigne)\b")  # fmt: skip
"""What is lent with a deposit: ``Palette EUR (consignée)``."""
_PAYMENT = re.compile(r"^(votre |notre )?(reglements?|vir(ements?)?|encaissements?|paiements?|prelevements?|prlv"
                      r"|versements?|remises? (de )?(cheques?|cb|tpe)|cheques?|chq|cb|carte (bancaire|bleue|\d+)"
                      r"|retraits? dab|payments? received|payment)\b(?!.*\b(cadeau|transport)\b)")  # fmt: skip
_OWN_CHARGE = re.compile(r"^(loyers?|fermages?|assurances?|salaires?|paies?|remunerations?|cotisations?|urssaf|msa"
                         r"|charges (sociales|locatives|patronales)|honoraires|impots?|cfe|cvae|emprunts?|mensualites?"
                         r"|notes? de frais|(remboursements? )?(de |des )?(frais (kilometriques?|km|professionnels"
                         r"|(de|du) (deplacement|mission|repas|personnel)s?)|indemnites?( (kilometriques?|km|de stage"
                         r"|de repas))?)|remboursements? (de |des |d )?(km|kilomet\w*|deplacements?|frais|repas"
                         r"|peages?)|ik|defraiements?|gratifications? (de )?stag\w*|(acomptes?|avances?) sur salaires?"
                         r"|tickets? restaurants?|mutuelles?|expense (claims?|reports?)|mileage|travel expenses"
                         r"|taxe (fonciere|habitation|professionnelle)|(frais|commissions?) bancaires?"
                         r"|interets d emprunts?|rent|wages?|salary|salaries|insurance|payroll)\b")  # fmt: skip
_FUNDING = re.compile(r"^(subventions?|mecenat|adhesions?|donations?|parrainages?|sponsoring|crowdfunding"
                      r"|appels? de fonds"
                      r"|aides? (pac|publiques?|a l (emploi|embauche|installation|investissement)|(de|du) (l etat"
                      r"|la region"
                      r"|departement|la commune))|dotations? (de|d) (fonctionnement|installation|l etat)|grants?"
                      r"|apports? (en )?(capital|compte courant)|prets? (bancaires?|d honneur))\b"
                      r"|^dons?( (financiers?|manuels?|de soutien|de particuliers?|en numeraire"
                      r"|20\d\d))*$")  # fmt: skip


def gives_money(label: str) -> str:
    """Return the word by which a row is money given for no good (a grant, a gift, a subscription), else nothing."""
    found = _FUNDING.search(plain(label))
    return found[0] if found else ""


_CARRIAGE = re.compile(r"(forfaits? |couts? (de |du )?)?(transports?|livraisons?|delivery|shipping|carriage|freight)"
                       r"( (forfaitaires?|ht|sur (vente|achat)s?))?|participations?( .*)?")  # fmt: skip


def is_carriage(label: str) -> bool:
    """Whether a row is called transport or a share in a cost: beside goods of the same parties it is none itself."""
    return bool(_CARRIAGE.fullmatch(plain(label)))


def is_payment(label: str) -> bool:
    """Whether a row is a payment, which no table of purchases or sales counts."""
    return bool(_PAYMENT.search(plain(label)))


def own_charge(label: str) -> str:
    """Return for what a row is that an actor pays whatever it trades: rent, wages, insurance; else nothing.

    The rest of such a label may be a person's name.
    """
    found = _OWN_CHARGE.search(plain(label))
    return found[0] if found else ""


def is_no_good(label: str, amount: float | None) -> bool:
    """Whether a row of a table is for no good: costs of transport, a deposit, a prepayment, a rebate.

    Transport itself may be what somebody sells; only what is called costs of it is told apart.
    """
    words = plain(label)
    if _DEPOSIT.search(words) or _PREPAYMENT.search(words):
        return True
    if _NO_GOOD.search(words):
        return True
    if _LENT.search(words) or _PAYMENT.search(words):
        return True
    if words.startswith(("frais ", "participation aux frais", "shipping cost", "delivery cost", "delivery charge")):
        return bool(_TRANSPORT.search(words))
    return bool(_REBATE.search(words)) and amount is not None and amount < 0.0


def kind_of_adjustment(one: Adjustment) -> Kind:
    """Return what an allowance or charge on the whole document is."""
    words = plain(one.reason)
    if one.charge and (one.logistics or one.reason_code in _TRANSPORT_CODES or _TRANSPORT_REASON.search(words)):
        return Kind.TRANSPORT
    return Kind.DEPOSIT if _DEPOSIT.search(words) else Kind.REBATE
