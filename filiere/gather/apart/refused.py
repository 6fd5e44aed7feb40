"""What to do with a table that is not gathered, said for what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from filiere.gather.cells.ways import way_of
from filiere.gather.headings import Columns, plain
from filiere.language import Label
from filiere.table import RawTable

_LEDGER = Label(
    "These are accounts, of parties alone or without their names: export the ledger by entry (fichier des écritures "
    "comptables, FEC), which every accounting program writes, or the journals of purchases and sales with the name of "
    "the party on each line.",
    "Ce sont des comptes, de tiers seulement ou sans leur nom\u202f: exportez le fichier des écritures comptables "
    "(FEC) de l'exercice, que tout logiciel de comptabilité produit, ou les journaux d'achats et de ventes avec le "
    "nom du tiers sur chaque ligne.",
)
_HOW = {
    "product": Label(
        "If all rows are of one good, write Product: Milk on a line above the headings; else give its column the "
        "heading Product.",
        "Si toutes les lignes sont d'un seul produit, écrivez Produit : Lait sur une ligne au-dessus des titres\u202f; "
        "sinon, donnez à sa colonne le titre Produit.",
    ),
    "party": Label(
        "If all rows are with one other side, write Client: Dairy (or Supplier: …) on a line above the headings; else "
        "give its column the heading Client or Supplier.",
        "Si l'autre partie est toujours la même, écrivez Client : Laiterie (ou Fournisseur : …) sur une ligne "
        "au-dessus des titres\u202f; sinon, donnez à sa colonne le titre Client ou Fournisseur.",
    ),
    "figure": Label(
        "Give the column of quantities the heading Quantity (kg), that of amounts Amount without VAT.",
        "Donnez à la colonne des quantités le titre Quantité (kg), à celle des montants Montant HT.",
    ),
}
_FIRST = 25
_BALANCE = re.compile(r"^(soldes?|balance)\b")


def what_to_do(table: RawTable, missing: Iterable[str]) -> Label:
    """Return what makes a table one that can be gathered."""
    if any(_of_accounts({plain(v) for v in row.values.values() if isinstance(v, str)})
           for row in islice(table.rows, _FIRST)):  # fmt: skip
        return _LEDGER
    said = [_HOW[name] for name in missing]
    return Label(" ".join(one.en for one in said), " ".join(one.fr for one in said))


def is_statement(columns: Columns, named: str) -> bool:
    """Whether a table is a statement of account: what goes out and comes in, and a running balance of both.

    The account of a supplier or of a client, or a table that is called purchases or sales, is none.
    """
    names = columns.at.keys()
    if not names >= {"debit", "credit", "party"} or names & {"seller", "buyer", "quantity"} or way_of(named):
        return False
    return any(_BALANCE.search(plain(title)) for title in columns.unused.values())


def _of_accounts(headings: set[str]) -> bool:
    """Whether headings are those of accounts: their number, and what stands in debit and in credit."""
    words = {word for heading in headings for word in heading.split()}
    return bool(words & {"compte", "comptes", "cpte", "account"}) and words >= {"debit", "credit"}
