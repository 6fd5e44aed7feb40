"""What qualifies a row: the kind of its piece, whether it took place, and the sign it counts with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from filiere.gather.headings import plain

_CREDIT = re.compile(r"^(avoirs?|note de credit|credit( note| memo)?|refund|remboursement|retours?|return(ed|s)?"
                     r"|gutschrift|annulation de facture|facture d avoir|av|nc|cn)\b")  # fmt: skip
_STAGES = (
    ("quote", re.compile(r"^(devis|dev|prof|pf|quotes?|quotation|estimate|pro ?forma|facture pro ?forma|offre"
                         r"|previsions?|previsionnel\w*|prevu\w*|budget\w*|forecast|planned|projet\w*)\b")),
    ("order", re.compile(r"^(commandes?|bons? de commande|bc|cde|orders?|purchase order|sales order|reservations?"
                         r"|precommande)\b")),
    ("delivery", re.compile(r"^(bons? de livraison|bl|livraisons?|delivery( note)?|deliveries|bons? de reception"
                            r"|receipt note|expeditions?|shipments?)\b")),
    ("inside", re.compile(r"^(transferts?|transfers?|inventaires?|inventory|stock count|regularisations?|ajustements?"
                          r"|adjustments?|casses?|pertes?|loss(es)?|mise au rebut|scrap|fabrications?|productions?"
                          r"|manufacturing|consommations? internes?|report de stock|prets?(?! a\b)|loans?"
                          r"|autoconsommations?|mises? a disposition)\b")),
    ("prepayment", re.compile(r"^((facture|demande) d )?(acomptes?|arrhes|avance)\b|^(down ?payment|prepayment|deposit"
                              r"|advance)\b")),
    ("invoice", re.compile(r"^(factures?|fac|fact|fc|fa|invoices?|bill|tickets?( de caisse)?|ventes?|achats?|sales?"
                           r"|purchases?|solde|recu)\b")),
)  # fmt: skip
_CANCELLED = re.compile(r"^(annul\w*|cancel\w*|void\w*|refus\w*|rejet\w*|reject\w*|abandon\w*|supprim\w*|delet\w*|perdu"
                        r"|lost|brouillons?|drafts?|provisoires?|en attente|pending|a valider|non valide\w*"
                        r"|declined|(non|pas|not|un) ?(livre\w*|expedie\w*|recue?s?|delivered|shipped|received)"
                        r"|a (expedier|livrer|preparer|recevoir)|en (preparation|cours de)|to (ship|deliver)"
                        r"|in progress|processing|on hold|back ?order\w*|rembourse\w*|refunded|retourne\w*"
                        r"|returned|reliquats?|devis|quotation|negociation|prospect\w*|qualifi\w*"
                        r"|proposition|a relancer|(facture )?pro ?forma|quotes?|previsionnel\w*|prevu\w*|planned"
                        r"|simul\w*"
                        r"|estimati\w*|en option|options?|expire\w*|sans suite|a signer|non (signe|confirme)\w*"
                        r"|en discussion"
                        r"|echou\w*|echecs?|paiement (echoue|refuse|en attente)|fail(ed|ure)"
                        r"|modele|template|archive (de )?brouillon)\b")  # fmt: skip
_CREDIT_NUMBER = re.compile(
    r"^(avo?|avoir|cn|nc|crn|r(?:inv|bill|fac|fact|factu)(?=\W))[\s\-_/.]*(?=\d)", re.IGNORECASE
)
"""Odoo puts an R before the letters of the journal: ``RINV/2025/0001`` takes off from ``INV/…``."""
_CREDIT_LABEL = re.compile(r"^\s*(?:avoirs?|credit note|note de cr[eé]dit|remboursement|refund)\b"
                           r"\s*(?:n[°o]?\s*\S*\d\S*)?"
                           r"\s*(?:sur|pour|de|du|des|d['’]|for|on|[:\-–])*\s*", re.IGNORECASE)  # fmt: skip
_CREDIT_END = re.compile(r"\s*[(\[\-–]\s*(?:avoir|retour|annulation|annul[eé]e?|credit note|refund|return)s?\s*[)\]]?"
                         r"\s*$", re.IGNORECASE)  # fmt: skip
_BACK = re.compile(r"^\s*(?:retours?|annulations?|returns?|cancellations?)\b"
                   r"(?!\s*(?:de |du |des |d['’])?\s*(?:la |l['’])?(?:p[eê]che|chasse|terre|march[eé]|champs?"
                   r"|consign|vides?|palettes?|caisses?))"
                   r"\s*(?:sur|pour|de|du|des|d['’]|of|on|[:\-–])*\s*(?=\w)", re.IGNORECASE)  # fmt: skip
_OF_A_TRADE = re.compile(
    r"^(?:(?:retours?|avoirs?|annulations?|remboursements?|return|refund|credit|factures?|notes? de credit)s?"
    r" (?:(?:sur|de|d|of|on) )?)+| (?:invoice|bill|credit note|refund|receipt)s?$"
)
_WHOSE = re.compile(r"^(customers?|vendors?|suppliers?|sales|purchases?|out|in) (?=invoice|bill|credit|refund|receipt)")
"""What a kind of piece says first of its other side: ``Customer Credit Note``, ``in_refund``."""
_PRICE_ONLY = re.compile(
    r"\b(differences?|ecarts?|erreurs?|corrections?|baisses?|revisions?|ajustements?|regularisations?)"
    r" (?:(?:de|du|des|sur|le|la|les) )*(prix|tarifs?|tarifaires?)\b|\bprice (difference|correction|adjustment)\b"
    r"|\b(remises?|rabais|ristournes?|rfa|gestes? commercia\w+)\b"
)
_YES = {"oui", "o", "x", "1", "vrai", "true", "yes", "y", "v", "ok"}
_DEBIT, _CREDIT_SIDE = {"d", "debit", "dr", "+1", "1", "+", "deb"}, {"c", "credit", "cr", "-1", "−1", "-", "cre"}
_BOUGHT = re.compile(
    r"^(e|achats?|purchases?|bought|entrees?|in|appro\w*|fournisseurs?|depenses?|vendors?|suppliers?)$"
)
_SOLD = re.compile(r"^(s|ventes?|sales?|sold|sorties?|out|clients?|recettes?|customers?)$")


def stage(text: str) -> str | None:
    """Return how far a piece of this kind has gone: quote, order, delivery, prepayment, invoice or credit."""
    words = _WHOSE.sub("", plain(text))
    if _CREDIT.search(words):
        return "credit"
    return next((name for name, pattern in _STAGES if pattern.search(words)), None)


def counted_stages(found: Iterable[str | None]) -> set[str | None]:
    """Return the stages that count where ``found`` stand in one table: a delivery is not counted beside its invoice."""
    known = set(found)
    for name in ("invoice", "delivery", "order"):
        if name in known or (name == "invoice" and "credit" in known and "delivery" not in known):
            return {name, "credit", None}
    return {"credit", None}


def credited_by_number(numbers: Iterable[str]) -> frozenset[str]:
    """Return the numbers of credit notes (``AV-12``) among those of a table in which others have another form."""
    told = {number for number in numbers if number}
    found = frozenset(number for number in told if _CREDIT_NUMBER.match(number))
    return found if found != told else frozenset()


def credited_good(label: str) -> str | None:
    """Return the good that a label takes off (``Avoir sur Farine``), None where it is no credit note's."""
    found = _CREDIT_LABEL.match(label) or _BACK.match(label)
    if found:
        return label[found.end() :].strip() or label.strip()
    ended = _CREDIT_END.search(label)
    return label[: ended.start()].strip() or None if ended else None


def for_price_alone(*texts: str) -> bool:
    """Whether a credit note gives money back and no goods: ``Avoir différence de prix``."""
    return any(_PRICE_ONLY.search(plain(text)) for text in texts)


def is_yes(text: str) -> bool:
    """Whether a box is ticked, or holds the day on which it was."""
    return plain(text) in _YES or bool(re.match(r"\d{1,4}[/.-]\d", text.strip()))


def took_place(status: str) -> bool:
    """Whether a row of this status counts: a cancelled one or a draft does not."""
    return not _CANCELLED.search(plain(status).removeprefix("wc "))  # WooCommerce: ``wc-cancelled``


def side(text: str) -> int:
    """Return 1 for the debit, -1 for the credit, 0 for neither."""
    key = text.strip().casefold().replace("é", "e").removesuffix(".0")
    return 1 if key in _DEBIT else -1 if key in _CREDIT_SIDE else 0


def trade(text: str) -> str:
    """Return ``buyer`` where a row says that it is a purchase, ``seller`` for a sale, else nothing."""
    words = _OF_A_TRADE.sub("", plain(text))
    return "buyer" if _BOUGHT.search(words) else "seller" if _SOLD.search(words) else ""
