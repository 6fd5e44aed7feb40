"""The ledger that every French accounting programme exports: its purchases and sales as rows of a plain table.

Columns and accounts are those of the « fichier des écritures comptables » (Livre des procédures fiscales,
article A47 A-1) and of the general chart of accounts (Plan comptable général: 401 suppliers, 411 clients,
60 to 62 purchases, 70 sales).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from filiere.gather.values import decimal_mark, read_number
from filiere.names import loose, tidy
from filiere.table import RawRow, RawTable, RawValue

_COLUMNS = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxLib", "Debit", "Credit")
_NEEDED = {loose(name): name for name in _COLUMNS}
_SUPPLIERS, _CLIENTS = ("401", "403", "408"), ("411", "413", "416", "418")
_PURCHASES, _SALES = ("60", "61", "62"), ("70",)
_HEADINGS: Mapping[int, RawValue] = {0: "Fournisseur", 1: "Produit", 2: "Montant HT", 3: "Date", 4: "Facture"}


def ledger_tables(table: RawTable) -> tuple[RawTable, ...] | None:
    """Return the purchases and the sales that a ledger holds, as tables; None where it is no ledger.

    An entry that names no supplier or client (a payment, a payroll) is no exchange. Rows keep their numbers.
    """
    if not table.rows:
        return None
    heading = table.rows[0]
    at = {_NEEDED[loose(v)]: n for n, v in heading.values.items() if isinstance(v, str) and loose(v) in _NEEDED}
    if len(at) < len(_NEEDED):
        return None
    ledger = _Ledger(table.rows[1:], at)
    bought, sold = _HEADINGS, {**_HEADINGS, 0: "Client"}
    made = (
        RawTable(table.sheet, (RawRow(heading.number, bought), *ledger.rows(_SUPPLIERS, _PURCHASES, 1.0))),
        RawTable(table.sheet, (RawRow(heading.number, sold), *ledger.rows(_CLIENTS, _SALES, -1.0))),
    )
    return tuple(replace(one, hidden=table.hidden) for one in made if len(one.rows) > 1)


class _Ledger:
    """The lines of a ledger by entry."""

    def __init__(self, rows: tuple[RawRow, ...], at: Mapping[str, int]) -> None:
        self.at = at
        self.mark = decimal_mark((r.values[at[n]] for r in rows for n in ("Debit", "Credit") if at[n] in r.values), ",")
        self.entries: dict[tuple[str, str], list[RawRow]] = defaultdict(list)
        for row in rows:
            self.entries[self._text(row, "JournalCode"), self._text(row, "EcritureNum")].append(row)

    def rows(self, parties: tuple[str, ...], accounts: tuple[str, ...], sign: float) -> Iterator[RawRow]:
        """Return the lines of ``accounts`` in the entries that name one of ``parties``, as rows of a plain table."""
        found = [row for lines in self.entries.values() for row in self._exchanged(lines, parties, accounts, sign)]
        return iter(sorted(found, key=lambda row: row.number))

    def _exchanged(self, lines: list[RawRow], parties: tuple[str, ...], accounts: tuple[str, ...],
                   sign: float) -> Iterator[RawRow]:  # fmt: skip
        named = [line for line in lines if self._text(line, "CompteNum").startswith(parties)]
        if not named:
            return
        party = self._text(named[0], "CompAuxLib") or self._text(named[0], "CompteLib")
        for line in lines:
            if self._text(line, "CompteNum").startswith(accounts):
                amount = sign * (self._money(line, "Debit") - self._money(line, "Credit"))
                values: dict[int, RawValue] = {
                    0: party,
                    1: self._text(line, "CompteLib"),
                    2: amount,
                    3: self._text(line, "EcritureDate"),
                    4: self._text(line, "EcritureNum"),
                }
                yield RawRow(line.number, {n: v for n, v in values.items() if v != ""})

    def _text(self, row: RawRow, name: str) -> str:
        value = row.values.get(self.at[name], "")
        return str(int(value)) if isinstance(value, float) and value.is_integer() else tidy(str(value))

    def _money(self, row: RawRow, name: str) -> float:
        return read_number(row.values.get(self.at[name]), self.mark)[0] or 0.0
