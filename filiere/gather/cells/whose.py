"""Whose a table is that names the other side alone: the firm above it, else by the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from filiere.gather.cells.pieces import titled_firm
from filiere.gather.entries import Place, Read
from filiere.gather.headings import Columns, plain
from filiere.names import LEGAL_FORMS, loose, tidy
from filiere.problems import gathering as codes
from filiere.table import RawRow

_NOT_A_NAME = re.compile(
    r"\b(achats?|purchases?|appro\w*|fournisseurs?|suppliers?|ventes?|sales?|clients?|customers?|livraisons?|export\w*|fec"
    r"|extraction|liste|list|grand livre|ledger|journal|factures?|invoices?|comptabilite"
    r"|compta|accounting|deliver\w*"
    r"|depenses?|recettes?|caisses?|tickets?|donnees|data|copie|copy|final|vf|v\d+|(19|20)\d{2}|\d+)\b"
)
_TIME = re.compile(r"[tq][1-4]|s(em)?\d{1,2}|[1-4][tqs]|trim\w*|semestre|janv(ier)?|fev(rier)?|mars|avr(il)?|mai|juin"
                   r"|juil(let)?|aout|sept(embre)?|oct(obre)?|nov(embre)?|dec(embre)?|january|february|march|april|june|july|august|september"
                   r"|october|november|december")  # fmt: skip
"""What tells the part of the year of an export, behind the name of whose it is."""


_PHRASE = re.compile(
    r"par (clients?|fournisseurs?|produits?|articles?|mois|semaines?|jours?|trimestres?|annees?|familles?"
    r"|categories?|tiers"
    r"|lignes?|pieces?|factures?|customer|supplier|product|month)"
    r"|exercices?( (comptable|clos|au|le|du|arrete)){0,4}|(a|en) date du|(arrete|clos|situation|etat) (au|le)"
    r"|a jour( au)?"
    r"|carnets? de commandes?|bons? de (livraisons?|commandes?|reception)|listes? de prix|grilles? (tarifaires?"
    r"|de prix)|notes? de credit"
    r"|credit notes?|ne pas (modifier|utiliser)|a (verifier|valider|corriger|completer)|mise a jour|v ?\d+"
    r"|ventes? (a la ferme|((sur|a|au|aux|le|les|du|des|de) )*(marches?|stands?))"
    r"|livres? des? (recettes|ventes|achats|depenses)"
    r"|(paies?|collectes?|apports?|livraisons?|releves?)( (du|de|des|en))? (lait|cereales?|grains?|recoltes?"
    r"|adherents?)"
    r"|grand livre|(du|depuis le|au|jusqu au) (\d+ ){2}(19|20)\d\d|tableau croise( dynamique)?"
)
"""What names of files say of an export in several words: ``par client``, ``exercice clos le``."""
_BEFORE_A_NAME = re.compile(
    r"gl|avoirs?|tarifs?|catalogues?|mercuriales?|devis|pro ?formas?|tcd|bl|bls|bc|etats?|stocks?|inventaires?|recus?"
    r"|recap\w*"
    r"|synthese|resume|bilan|totaux|contrats?|comptes?|prospects?|budgets?|previsionnels?|previsions?|engagements?"
    r"|comparatifs?|suivis?|tableaux?|releves?|extraits?|fichiers?|bases?|details?|sorties|entrees|mouvements|repartitions?"
    r"|fiches?|paniers?|documents?|productions?|debouches|actifs|reventes?|conditions|commandes?|receptions?|reglements?|ca|chiffre|par|emises?|recues?"
    r"|stats?|statistiques?|facturiers?|ecritures?|plannings?|ebp|ofn|pennylane|odoo|dolibarr|egalim"
    r"|sumup|zettle|quickbooks|cegid|axonaut|sellsy|tiime|lightspeed|isacompta|analyses?|lignes?"
    r"|palmares|tracabilite|historiques?|registres?|bordereaux?"
    r"|rapports?|apports?|collectes?|fournis|commercia(l|le|ux)|cessions?|orders?|stock|list|credit|notes?|quotes?|budget|report"
)
"""What a name of a file begins with before it says whose it is."""
_AFTER_A_NAME = re.compile(
    r"corrigee?s?|corrections?|rectifiee?s?|detail(le|lee|les)?s?|definiti(f|ve)s?|versions?|copies?|copy|revised?|revisee?s?"
    r"|maj|exercices?|clotures?|clos|recap\w*|synthese|avoirs|par"
)
"""What a name of a file ends with after it says whose it is."""
_OF_SOMEBODY = ("de", "des", "du", "d", "of", "from")


def _without_phrases(words: list[str]) -> list[str]:
    """Return the words of a file's name without what it says of the export in several words."""
    kept, at = [], 0
    while at < len(words):
        ends = (end for end in range(min(len(words), at + 5), at + 1, -1)
                if _PHRASE.fullmatch(" ".join(map(plain, words[at:end]))))  # fmt: skip
        end = next(ends, None)
        kept += [words[at]] if end is None else []
        at = end or at + 1
    return kept


def owner_of(rows: Sequence[RawRow], columns: Columns, where: Place, read: Read) -> str:
    """Return who sent a table that names one side only, and say how that is known."""
    owner = titled_firm(rows, columns)
    if owner:
        read.problems.append(codes.OWNER_ABOVE.at(where.cell, owner=owner))
    else:
        owner = named_by(where.file)
        if company := company_of(where.file):
            read.numbers.append((owner, company))
        read.problems.append(codes.OWNER_BY_FILE.at(where.cell, owner=owner))
    read.owners.setdefault(loose(owner), owner)
    return owner


_LEDGER_NAME = re.compile(r"(\d{9})FEC\d{8}", re.IGNORECASE)
"""How the law has a ledger named: SIREN, FEC, last day of the year (Livre des procédures fiscales, art. A47 A-1)."""


def company_of(file: str) -> str:
    """Return the company number (SIREN) in the name of a ledger; '' where a file is not named so."""
    found = _LEDGER_NAME.fullmatch(re.sub(r"\.[^.]*$", "", file))
    return found[1] if found else ""


def named_by(file: str) -> str:
    """Return whose file it is by its name, less what every export is called; a ledger has its company's number."""
    if company := company_of(file):
        return company
    stem = re.sub(r"\.[^.]*$", "", file)
    words = _without_phrases([word for word in re.split(r"[\s_.,;+()\[\]\-–]+", tidy(stem)) if plain(word)])
    kept = [word for word in words if not _NOT_A_NAME.fullmatch(plain(word))]
    begins = len(kept) < len(words) and kept[:1] != words[:1]
    while len(kept) > 1 and (_BEFORE_A_NAME.fullmatch(plain(kept[0])) or (begins and plain(kept[0]) in _OF_SOMEBODY)):
        kept, begins = kept[1:], True
    while len(kept) > 1 and _AFTER_A_NAME.fullmatch(plain(kept[-1])):
        kept = kept[:-1]
    while len(kept) > 1 and _TIME.fullmatch(plain(kept[-1])) and plain(kept[-2]) not in ("de", "du", "d", "la", "le"):
        kept = kept[:-1]
    first = next((at for at, word in enumerate(kept[:-1]) if plain(word) in LEGAL_FORMS), 0)
    goods = all(word.islower() for word in kept[:first])  # ``blé EARL du Pré``
    return " ".join(kept[first:] if goods else kept) or stem
