"""Whose a table is that names the other side alone: the firm above it, else by the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from filiere.gather.cells.pieces import titled_firm
from filiere.gather.entries import Place, Read
from filiere.gather.headings import Columns, plain
from filiere.names import loose, tidy
from filiere.problems import gathering as codes
from filiere.table import RawRow

_NOT_A_NAME = re.compile(
    r"\b(achats?|purchases?|appro\w*|fournisseurs?|suppliers?|ventes?|sales?|clients?|customers?|livraisons?|export\w*|fec"
    r"|extraction|liste|list|grand livre|ledger|journal|factures?|invoices?|comptabilite|compta|accounting|deliver\w*"
    r"|depenses?|recettes?|caisses?|tickets?|donnees|data|copie|copy|final|vf|v\d+|(19|20)\d{2}|\d+)\b"
)
_TIME = re.compile(r"[tqs][1-4]|[1-4][tqs]|trim\w*|semestre|janv(ier)?|fev(rier)?|mars|avr(il)?|mai|juin|juil(let)?"
                   r"|aout|sept(embre)?|oct(obre)?|nov(embre)?|dec(embre)?|january|february|march|april|june|july|august|september"
                   r"|october|november|december")  # fmt: skip
"""What tells the part of the year of an export, behind the name of whose it is."""


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
    words = [word for word in re.split(r"[\s_.\-–]+", tidy(stem)) if word]
    kept = [word for word in words if not _NOT_A_NAME.fullmatch(plain(word))]
    if kept and kept[0] != words[0] and plain(kept[0]) in ("de", "of"):  # a copy of somebody's file
        kept = kept[1:]
    while len(kept) > 1 and _TIME.fullmatch(plain(kept[-1])) and plain(kept[-2]) not in ("de", "du", "d", "la", "le"):
        kept = kept[:-1]
    return " ".join(kept) or stem
