"""What is told of cells that are empty where something is needed, or that hold no figure where one is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from filiere.gather.headings import plain
from filiere.gather.people.persons import unquoted
from filiere.language import Label, listed
from filiere.names import tidy
from filiere.problems import Cell, Problem
from filiere.problems import gathering as codes
from filiere.table import ErrorValue, RawValue, Uncomputed

_ERROR_TEXT = re.compile(r"#(REF|DIV/0|VALUE|VALEUR|NULL?|NUM|NOMBRE)!|#(NAME|NOM) ?\?|#N/[AD]|(Err|Erreur) ?: ?\d+",
                         re.IGNORECASE)  # fmt: skip
NOTHING = {"", "nc", "nd", "ns", "na", "so", "n c", "n d", "n s", "s o", "n a", "x", "sans objet", "neant", "rien",
           "none", "non communique", "inconnu", "unknown"}  # fmt: skip
"""Words for no figure, which nobody needs to be told of."""

NEEDED: Mapping[str, Label] = {
    "seller": Label("supplier", "le fournisseur"),
    "buyer": Label("client", "le client"),
    "product": Label("product", "le produit"),
    "party": Label("supplier or client", "le fournisseur ou le client"),
    "figure": Label("quantity or amount", "la quantité ou le montant"),
    "account": Label("account", "le compte"),
}


def all_of(names: Iterable[str]) -> Label:
    """Return what is missing of a row or a table, as a list in a sentence."""
    said = [NEEDED[name] for name in names]
    return Label(listed((text.en for text in said), "en"), listed((text.fr for text in said), "fr"))


def error_in(value: RawValue | None, cell: Cell) -> Problem | None:
    """Return what is told of an error, or of a formula that was never computed; None of any other value."""
    if isinstance(value, str) and _ERROR_TEXT.fullmatch(value.strip()):
        value = ErrorValue(tidy(value))
    if not isinstance(value, ErrorValue | Uncomputed):
        return None
    return codes.ERROR_CELL.at(cell, text=value.text if isinstance(value, ErrorValue) else value.formula)


def no_number(value: RawValue | None, cell: Cell) -> Problem | None:
    """Return what is told of a value that was read as no number; None where it says nothing, or is an error."""
    said = isinstance(value, str) and plain(value) not in NOTHING and not _ERROR_TEXT.fullmatch(value.strip())
    if not said and not isinstance(value, bool | dt.date):
        return None
    return codes.UNREAD_NUMBER.at(cell, text=unquoted(tidy(str(value))))
