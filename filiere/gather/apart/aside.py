"""What is no purchase or sale: tables called after stocks, prices or plans, and names that stand for no party."""

from __future__ import annotations

import re

from filiere.gather.headings import plain

_OF = r"(?:(?:des|de|du|d|la|le|les|l) )*"
_SHEET = rf"^(?:(?:etat|fiche|suivi|tableau|liste|releve|point|situation|extrait|fichier|base)s? {_OF})?"
_SUPPLIES = re.compile(
    _SHEET + r"(stocks?|inventaires?|tarifs?|tarifications?|grilles? (tarifaires?|de prix|des tarifs)|mercuriales?"
    r"|catalogues?|price ?lists?|prix (de vente|publics?|conseilles?|pratiques)|conditions? (generales?|tarifaires?"
    r"|(des )?fournisseurs?|d achats?|de vente|commerciales?)|prospects?|prospections?|pipelines?|leads|opportunites?"
    r"|potentiels?|devis|pro ?formas?|quotes?|quotations?|pertes|casses|rebuts|demarques?|invendus"
    r"|(comparati(f|ve)s?|comparaisons?|analyses?) (des? |d )?(les )?(prix|tarifs?|offres?|devis|fournisseurs?)"
    r"|bancaires?|banques?|(releves? (de )?)?comptes? (bancaires?|courants?)|bank (statements?|accounts?)"
    r"|consultations? (des? )?(fournisseurs?|prix)|appels? d offres?|stock (list|count|report))\b"
)
"""How lists are called of what may be sold one day: nothing in them took place."""
_PLANS = re.compile(
    _SHEET + r"(budgets?|previsions?|previsionnels?|projections?|scenarios?|hypotheses?|simulations?|variantes?"
    r"|plannings?|planifications?|calendriers?|besoins?|assolements?"
    rf"|plans? {_OF}(livraison|culture|production|approvisionnement|charge|campagne|menu|masse)s?"
    r"|menus? (s|sem|semaine|de la semaine|du mois|scolaires?|cantine)( ?\d+)?"
    r"|business plan|forecasts?|planned|schedules?|what if)\b|^menus?$"
    r"|[(\[–-] *(previsionnel\w*|previsions?|projections?|simulations?|simule\w*|hypotheses?|scenarios?|budget\w*"
    r"|forecast|planned|fictifs?|fictives?)[\])]*$"
)
_ENDS_AS_PLAN = re.compile(
    r"\w (previsionnel(le)?s?|previsions?|budgets?|simulations?|projections?|forecasts?)( 20\d\d)?$"
)
_TOOK_PLACE = re.compile(r"\b(factures?|ventes?|achats?|livraisons?|livree?s?|sorties|entrees|mouvements"
                         r"|sales|purchases|invoices|deliveries|realisee?s?|reel(le)?s?|actuals?)\b")  # fmt: skip
_BOTH = re.compile(rf"\b(et|vs|versus|contre|avec|puis|and) {_OF}(factures?|ventes?|achats?|livraisons?|realise\w*"
                   r"|reel\w*|sorties|entrees|actuals?|sales|purchases)\b|\b(realise\w*|reel\w*) (et|vs"
                   r"|contre)\b")  # fmt: skip
_CREDITS = r"(avoirs?|notes? de credit|credit (notes?|memos?)|factures? d avoirs?)"
_CREDIT_LEAD = re.compile(rf"^{_CREDITS}\b(?! (et|ou|inclus|compris|deduits?)\b)")
_CREDIT_END = re.compile(rf"\w {_CREDITS}( (19|20)\d\d)?$")
_NO_CREDIT = re.compile(
    rf"\b(et|sans|hors|avec|dont|ou|and|less|moins|apres|compris|inclus|net|nets|nette|nettes|deduits?"
    rf"|d) {_OF}{_CREDITS}\b"
    rf"|^(factures?|ventes?) {_CREDITS}\b"
)
_INSIDE = (r"(pertes?|casses?|stocks?|rebuts?|demarques?|destructions?|dechets?|poubelles?|composts?|invendus?"
           r"|peremptions?|perimes?|freintes?|vols?|inventaires?|ecarts?|regularisations?|ajustements?|echantillons?|degustations?"
           r"|autoconsommations?|autofournitures?|transferts?|cessions?|fabrications?|transformations?|waste|losses|scrap"
           r"|samples?|own use|transfers?|stock in|stock out)")  # fmt: skip
_MORE = (r"(initiaux?|initial|final|finaux|inconnue?s?|internes?|propres?|divers(es)?|seche|au sol|magasin|atelier"
         r"|reserve|chambre froide|produits?|legumes?|fruits?|famille|personnel(le)?s?|gratuits?|offerts?|clients?"
         r"|exploitant"
         r"|(de|du|des|en|au|aux|d|l|la|le|a) \w+)")  # fmt: skip
_NO_PARTY = re.compile(
    rf"(mises? (en |au )|sorties? (de |du |pour )?|entrees? (de |en )?|retours? (en |au )|reports? (de |du )?)?"
    rf"{_INSIDE}( (et |/ )?{_INSIDE}| {_MORE})*"
    r"|(auto ?|consommations? |usages? |ventes? )(consommations?|internes?|personnel(le)?s?|a soi meme|propre)"
    r"|(consommations?|prelevements?) (internes?|personnel(le)?s?|propres?|(de l |l )?exploitant|familiale?s?"
    r"|du personnel|des salaries)|semences? (gardees?|de ferme|fermieres?)|own consumption|internal use"
)


def aside(title: str) -> str:
    """Return ``none`` for a title of what did not take place, ``credit`` for one of credit notes, else nothing.

    ``Avoirs Ferme Ory 2024`` takes off, ``Factures et avoirs`` does not; ``Engagements (prévisionnel)``, ``Scénario
    bas``, ``Tarifs`` and ``État des stocks`` are no sales, ``Prévu et réalisé`` and ``Devis et factures`` may be.
    """
    words = plain(title)
    if (_CREDIT_LEAD.search(words) or _CREDIT_END.search(words)) and not _NO_CREDIT.search(words):
        return "credit"
    if _BOTH.search(words):
        return ""
    if _PLANS.search(words) or _PLANS.search(_signed(title)) or _ENDS_AS_PLAN.search(words):
        return "none"
    return "none" if _SUPPLIES.search(words) and not _TOOK_PLACE.search(words) else ""


def _signed(title: str) -> str:
    """Return a title as plain words that keep its brackets and dashes."""
    return " ".join(
        sign + plain(part) + (end or "") for sign, part, end in re.findall(r"([(\[–-]?) *([^()\[\]–-]+)([\])]?)", title)
    )


def no_party(name: str) -> bool:
    """Whether a cell in a column of parties names none: ``Perte``, ``Mise en stock``, ``Autoconsommation``."""
    return bool(_NO_PARTY.fullmatch(plain(name)))
