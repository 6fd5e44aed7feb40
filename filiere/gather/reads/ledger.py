"""The ledger that every French accounting programme exports: its purchases and sales as rows of a plain table.

Columns and accounts are those of the « fichier des écritures comptables » (Livre des procédures fiscales,
article A47 A-1, which lets Montant and Sens stand for Debit and Credit) and of the general chart of accounts
(Plan comptable général: 401 suppliers, 411 clients, 60 to 62 purchases, 70 sales).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from filiere.gather.apart.totals import is_total
from filiere.gather.cells.qualify import side
from filiere.gather.cells.unread import all_of, error_in, no_number
from filiere.gather.cells.values import decimal_mark, read_number
from filiere.gather.headings import plain
from filiere.gather.people.persons import PRIVATE_NAME, is_private, reads_like_one
from filiere.gather.reads.blocks import accounts_joined, free_names, totals_off
from filiere.gather.reads.collective import NamedByText
from filiere.language import Label, listed, money
from filiere.names import loose, tidy
from filiere.problems import Cell, Problem
from filiere.problems import gathering as codes
from filiere.table import RawRow, RawTable, RawValue

_COLUMNS = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
            "PieceRef", "EcritureLib", "Debit", "Credit", "Montant", "Sens")  # fmt: skip
_KNOWN = {loose(name): name for name in _COLUMNS}
_NEEDED = {"EcritureNum", "EcritureDate", "CompteNum"}
_SUPPLIERS, _CLIENTS = ("401", "403", "408"), ("411", "413", "416", "418")
_ACCRUED = ("408", "418")
"""Invoices still to come: their account is named after that, never after a party."""
_PARTIES = (*_SUPPLIERS, *_CLIENTS)
_PEOPLE = ("42", "455", "467")
"""Employees, partners and sundry people: whoever stands there never becomes an actor."""
_OWN_COSTS = ("612", "613", "614", "616", "618", "619", "621", "622", "623", "625", "626", "627", "628", "63", "64",
              "65", "66")  # fmt: skip
_PURCHASES, _SALES = ("60", "61", "62"), ("70",)
_STOCK_CHANGES = ("603",)
_GENERIC = re.compile(r"(fournisseurs?|clients?)( (divers|locaux|debiteurs|france|collectifs?|ordinaires|d exploitation"
                      r"|biens et services|ventes de biens.*|achats de biens.*))*")  # fmt: skip
_TO_COME = re.compile(r"^(fournisseurs?|clients?)\b|\b(fnp|fae|aae|rrr|non parvenues?|a etablir|a recevoir|provisions?"
                      r"|extournes?|divers)\b")  # fmt: skip
_HEADINGS: Mapping[int, RawValue] = {0: "Fournisseur", 1: "Produit", 2: "Montant HT", 3: "Date", 4: "Facture"}
_KINDS = (
    ("612", Label("leases", "crédit-bail")), ("613", Label("rent", "loyers")), ("614", Label("rent", "loyers")),
    ("616", Label("insurance", "assurances")), ("621", Label("staff", "personnel")),
    ("622", Label("fees", "honoraires")), ("63", Label("taxes", "impôts et taxes")),
    ("64", Label("staff", "personnel")), ("66", Label("interest", "intérêts")),
)  # fmt: skip
_ASIDE = (
    (("20", "21", "23"), Label("investments", "investissements"), 1.0),
    (("74",), Label("grants received", "subventions reçues"), -1.0),
    (("75",), Label("other income", "autres produits"), -1.0),
    (("76", "77"), Label("financial and exceptional income", "produits financiers et exceptionnels"), -1.0),
    (("67",), Label("exceptional costs", "charges exceptionnelles"), 1.0),
    (_STOCK_CHANGES, Label("stock changes", "variations de stock"), 1.0),
    (("68",), Label("depreciation", "dotations aux amortissements"), 1.0),
)
_OPENING = re.compile(r"^(an|ran|anx|a nouveaux?|report)\b")
_OTHER_COSTS = Label("other own costs", "autres charges propres")


@dataclass(frozen=True)
class CostLine:
    """One line of what its company pays whatever it trades: its row, its kind, its day as written, its amount."""

    row: int
    kind: Label
    date: str
    amount: float


@dataclass(frozen=True)
class ReadLedger:
    """What a ledger holds: its purchases and its sales as tables, own costs, and what could not be told."""

    tables: tuple[RawTable, ...]
    problems: tuple[Problem, ...]
    own: tuple[CostLine, ...] = ()


def read_ledger(table: RawTable, file: str) -> ReadLedger | None:
    """Return the purchases and the sales that a ledger holds, as tables; None where it is no ledger.

    Rows keep their numbers. A purchase or sale whose entry names no party, or several, is told and left out.
    """
    sheet = "" if table.sheet == file else table.sheet
    place = f"{file} [{sheet}]" if sheet else file
    table, told = _by_entry(table, place)
    for heading in table.rows[:10]:
        at = {_KNOWN[loose(v)]: n for n, v in heading.values.items() if isinstance(v, str) and loose(v) in _KNOWN}
        if not at.keys() >= _NEEDED:
            at = _free_columns(table, heading)
        if at.keys() >= _NEEDED and (at.keys() >= {"Debit", "Credit"} or at.keys() >= {"Montant", "Sens"}):
            break
    else:
        return None
    rows, problems = _aligned(table, heading.number, at, place)
    problems += told
    ledger = _Ledger(rows, at)
    bought, sold = _HEADINGS, {**_HEADINGS, 0: "Client"}
    made = (
        RawTable(table.sheet, (RawRow(heading.number, bought), *ledger.rows(_SUPPLIERS, _PURCHASES, 1.0))),
        RawTable(table.sheet, (RawRow(heading.number, sold), *ledger.rows(_CLIENTS, _SALES, -1.0))),
    )
    for code, lines in ((codes.NO_PARTY_ACCOUNT, ledger.unsettled), (codes.OWN_COSTS, ledger.own)):
        if lines:
            total = sum(abs(amount) for _, amount in lines)
            numbers = ", ".join(str(number) for number, _ in sorted(lines))
            problems.append(code.at(Cell(place, lines[0][0]), amount=round(total, 2), source=numbers))
    if ledger.by_account:
        source = ", ".join(map(str, ledger.by_account))
        cell = Cell(place, ledger.by_account[0])
        problems.append(codes.GOODS_BY_ACCOUNT.at(cell, count=len(ledger.by_account), source=source))
    if ledger.by_text:
        names = sorted(name for name in set(ledger.by_text.values()) if not (is_private(name) or reads_like_one(name)))
        cell = Cell(place, min(ledger.by_text))
        problems.append(codes.PARTY_BY_TEXT.at(cell, names=names, source=", ".join(map(str, sorted(ledger.by_text)))))
    problems += [*ledger.unbalanced(place), *ledger.not_taken(place)]
    aside = ledger.aside()
    if aside:
        said = Label(listed((f"{kind.en} {money(amount).en}" for kind, _, amount in aside), "en"),
                     listed((f"{kind.fr} {money(amount).fr}" for kind, _, amount in aside), "fr"))  # fmt: skip
        problems.append(codes.LEDGER_ASIDE.at(Cell(place, aside[0][1]), kinds=said))
    tables = tuple(replace(one, hidden=table.hidden) for one in made if len(one.rows) > 1)
    own = [CostLine(row.number, _kind(ledger.account(row)), ledger.text(row, "EcritureDate"), ledger.balance(row))
           for row in rows if ledger.account(row).startswith(_OWN_COSTS)]  # fmt: skip
    return ReadLedger(tables, tuple(problems), tuple(own))


def _by_entry(table: RawTable, place: str) -> tuple[RawTable, list[Problem]]:
    """Return a ledger with the account beside each entry, also where it is printed by account, and its odd totals."""
    for heading in table.rows[:10]:
        at = free_names(heading)
        if at.keys() >= {"EcritureDate", "Debit", "Credit"}:
            if "CompteNum" in at:
                return table, totals_off(table, heading, at, place)
            blocks = accounts_joined(table, heading, at, place)
            return (table, []) if blocks is None else (blocks.table, blocks.problems)
    return table, []


def _free_columns(table: RawTable, heading: RawRow) -> dict[str, int]:
    """Return the columns of a ledger or journal under other headings, told by its accounts of parties and of goods.

    A party is named in a column of its own, else by its account, else by what its lines say where they say it always.
    """
    at = free_names(heading)
    account = at.get("CompteNum", -1)
    lines = [
        one for one in table.rows if one.number > heading.number and not is_total(str(one.values.get(account, "")))
    ]
    accounts = [str(row.values[at["CompteNum"]]) for row in lines if at.get("CompteNum", -1) in row.values]
    parties = sum(account.startswith(_PARTIES) for account in accounts)
    goods = sum(account.startswith((*_PURCHASES, *_SALES)) for account in accounts)
    booked = all(_ACCOUNT.fullmatch(account.strip()) for account in accounts)
    if not (accounts and booked and parties and goods):
        return {}
    if not at.keys() & {"CompAuxLib", "CompteLib"}:
        if not _named_by_lines(lines, at):
            return {}
        at["CompAuxLib"] = at["EcritureLib"]
    at.setdefault("EcritureNum", at.get("PieceRef", -1))
    return at


def _named_by_lines(lines: Iterable[RawRow], at: Mapping[str, int]) -> bool:
    """Whether the lines of each party's account bear one text and those of goods bear others: a name, and goods."""
    names: dict[str, set[str]] = defaultdict(set)
    goods: set[str] = set()
    for row in lines:
        account, text = (
            str(row.values.get(at.get("CompteNum", -1), "")),
            str(row.values.get(at.get("EcritureLib", -1), "")),
        )
        if account.startswith(_PARTIES):
            names[account].add(plain(text))
        elif account.startswith((*_PURCHASES, *_SALES)):
            goods.add(plain(text))
    texts = [next(iter(one)) for one in names.values() if len(one) == 1]
    return len(texts) == len(names) == len(set(texts)) and not goods & {*texts, ""} and all(texts)


_ACCOUNT = re.compile(r"[1-8]\d{2}[A-Za-z0-9 ]*(\.0)?")


def _kind(account: str) -> Label:
    """Return what an account of own costs is for; never its name, which may be a person's."""
    return next((label for start, label in _KINDS if account.startswith(start)), _OTHER_COSTS)


def _aligned(table: RawTable, top: int, at: Mapping[str, int], place: str) -> tuple[list[RawRow], list[Problem]]:
    """Put back the fields that a separator inside the text of an entry has shifted; leave out and tell the rest."""
    expected = table.widths.get(top)
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for row in (one for one in table.rows if one.number > top):
        found = table.widths.get(row.number)
        extra = (found or 0) - (expected or 0)
        if found is None or expected is None or extra <= 0 or (extra == 1 and _fits(row.values, at)):
            rows.append(row)
            continue
        text = at.get("EcritureLib", -1)
        parts = " ".join(str(row.values[n]) for n in range(text, text + extra + 1) if n in row.values)
        moved = {n if n <= text else n - extra: v for n, v in row.values.items() if not text < n <= text + extra}
        moved[text] = parts
        if text >= 0 and _fits(moved, at):
            rows.append(RawRow(row.number, moved))
        else:
            problems.append(codes.SHIFTED_ROW.at(Cell(place, row.number), found=found, expected=expected))
    return rows, problems


def _fits(values: Mapping[int, RawValue], at: Mapping[str, int]) -> bool:
    """Whether the figures stand where the headings say."""
    date, account = str(values.get(at["EcritureDate"], "")), str(values.get(at["CompteNum"], ""))
    figures = [values.get(at[name]) for name in ("Debit", "Credit", "Montant") if name in at]
    read = [read_number(one, ",")[0] for one in figures if one is not None]
    sides = [side(str(values.get(at["Sens"], "")))] if "Sens" in at else [1]
    return bool(read) and None not in read and sides != [0] and date[:1].isdigit() and account[:1].isdigit()


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in one order: ``DUPONT Jean`` is ``Jean Dupont``."""
    return tuple(sorted(plain(name).split()))


class _Ledger:
    """The lines of a ledger by entry."""

    def __init__(self, rows: list[RawRow], at: Mapping[str, int]) -> None:
        self.at = at
        self.lines, self.figures = rows, [at[name] for name in ("Debit", "Credit", "Montant") if name in at]
        self.mark = decimal_mark((row.values[n] for row in rows for n in self.figures if n in row.values), ",")
        self.unsettled: list[tuple[int, float]] = []
        self.own: list[tuple[int, float]] = []
        self.by_account: list[int] = []
        """The lines whose good is called by its account alone."""
        self.texts, self.by_text = self._collective(rows), dict[int, str]()
        self.people = {key for row in rows if self.account(row).startswith(_PEOPLE)
                       for name in ("CompAuxLib", "CompteLib") if (key := _words(self.text(row, name)))}  # fmt: skip
        grouped: dict[tuple[str, ...], list[RawRow]] = defaultdict(list)
        for row in rows:
            grouped[self._key(row)].append(row)
        self.entries = [entry for lines in grouped.values() for entry in self._balanced(lines)]
        for line in (row for row in rows if self.account(row).startswith(_OWN_COSTS)):
            self.own.append((line.number, self.balance(line)))

    def _key(self, row: RawRow) -> tuple[str, ...]:
        number = self.text(row, "EcritureNum")
        piece = "" if number else self.text(row, "PieceRef")
        return self.text(row, "JournalCode"), number, self.text(row, "EcritureDate"), piece

    def _balanced(self, lines: list[RawRow]) -> list[list[RawRow]]:
        """Split the lines of one number where it names several parties: by piece, else where they balance."""
        if len(self._parties(lines, _PARTIES)) < 2:
            return [lines]
        pieces: dict[str, list[RawRow]] = defaultdict(list)
        for line in lines:
            pieces[self.text(line, "PieceRef")].append(line)
        if len(pieces) > 1 and all(abs(sum(map(self.balance, one))) < 0.005 for one in pieces.values()):
            return [part for one in pieces.values() for part in self._runs(one)]
        return self._runs(lines)

    def _runs(self, lines: list[RawRow]) -> list[list[RawRow]]:
        runs: list[list[RawRow]] = [[]]
        balance = 0.0
        for line in lines:
            runs[-1].append(line)
            balance += self.balance(line)
            if abs(balance) < 0.005:
                runs.append([])
                balance = 0.0
        return [run for run in runs if run]

    def rows(self, parties: tuple[str, ...], accounts: tuple[str, ...], sign: float) -> Iterator[RawRow]:
        """Return the lines of ``accounts`` in the entries that name one of ``parties``, as rows of a plain table."""
        found = [row for lines in self.entries for row in self._exchanged(lines, parties, accounts, sign)]
        return iter(sorted(found, key=lambda row: row.number))

    def _exchanged(self, lines: list[RawRow], parties: tuple[str, ...], accounts: tuple[str, ...],
                   sign: float) -> Iterator[RawRow]:  # fmt: skip
        exchanged = [line for line in lines if self._exchange(line, accounts)]
        if not exchanged:
            return
        named = self._parties(lines, parties)
        party = next(iter(named)) if len(named) == 1 else ""
        if not party:
            self.unsettled += [(line.number, self.balance(line)) for line in exchanged]
            return
        for line in exchanged:
            values: dict[int, RawValue] = {
                0: party,
                1: self._product(line, lines, party),
                2: sign * self.balance(line),
                3: self.text(line, "EcritureDate"),
                4: self.text(line, "PieceRef") or self.text(line, "EcritureNum"),
            }
            yield RawRow(line.number, {n: v for n, v in values.items() if v != ""})

    def unbalanced(self, place: str) -> Iterator[Problem]:
        """Yield what is told of the entries with a supplier or client of which debit and credit differ."""
        for lines in self.entries:
            gap = abs(sum(map(self.balance, lines)))
            if len(lines) > 1 and gap >= 0.005 and any(self.account(line).startswith(_PARTIES) for line in lines):
                number = self.text(lines[0], "EcritureNum")
                yield codes.UNBALANCED.at(Cell(place, lines[0].number), gap=money(gap), number=number)

    def not_taken(self, place: str) -> Iterator[Problem]:
        """Yield what is told of figures that could not be read, and of lines with an amount and no account."""
        for line in (one for one in self.lines if self.account(one)[:1] in ("", *"12345678")):
            for n in self.figures:
                value, cell = line.values.get(n), Cell(place, line.number, n)
                problem = error_in(value, cell)
                if problem is None and read_number(value, self.mark)[0] is None:
                    problem = no_number(value, cell)
                if problem is not None:
                    yield problem
            summed = any(isinstance(value, str) and is_total(value) for value in line.values.values())
            if not self.account(line) and not summed and self.balance(line):
                yield codes.ROW_LEFT_OUT.at(Cell(place, line.number), missing=all_of(("account",)))

    def _exchange(self, line: RawRow, accounts: tuple[str, ...]) -> bool:
        account = self.account(line)
        return account.startswith(accounts) and not account.startswith((*_OWN_COSTS, *_STOCK_CHANGES))

    def _parties(self, lines: list[RawRow], accounts: tuple[str, ...]) -> dict[str, None]:
        """Return the names of the parties, empty for a collective account that names nobody."""
        found: dict[str, None] = {}
        for line in lines:
            if not self.account(line).startswith(accounts):
                continue
            accrued = self.account(line).startswith(_ACCRUED)
            name = self.text(line, "CompAuxLib") or ("" if accrued else self.text(line, "CompteLib"))
            if accrued and _TO_COME.search(plain(name)):
                name = ""
            elif not name or _GENERIC.fullmatch(plain(name)):
                name = self._by_text(line) or name
            if self.account(line).startswith(_CLIENTS) and (is_private(name) or reads_like_one(name)):
                name = PRIVATE_NAME
            if self.account(line).startswith(_SUPPLIERS) and _words(name) in self.people and is_private(name):
                name = ""
            found["" if _GENERIC.fullmatch(plain(name)) else name] = None
        return found

    def _by_text(self, line: RawRow) -> str:
        """Return the party that the text of a collective account's line names, and keep the line to be told."""
        name = self.texts.name(self.text(line, "EcritureLib"), self.text(line, "PieceRef"))
        self.by_text |= {line.number: name} if name else {}
        return name

    def _collective(self, rows: list[RawRow]) -> NamedByText:
        """Return who the texts of collective accounts name."""
        lines = [row for row in rows if self.account(row).startswith(_PARTIES) and not self.text(row, "CompAuxLib")
                 and (not (name := plain(self.text(row, "CompteLib"))) or _GENERIC.fullmatch(name))]  # fmt: skip
        goods = (self.text(row, "CompteLib") for row in rows if self.account(row).startswith((*_PURCHASES, *_SALES)))
        return NamedByText(((self.text(row, "EcritureLib"), self.text(row, "PieceRef")) for row in lines), goods)

    def _product(self, line: RawRow, entry: list[RawRow], party: str) -> str:
        """Return the name of a line's account, else its text, unless all lines bear that of their invoice."""
        text = self.text(line, "EcritureLib")
        named = re.search(r"\d|\bfact", plain(text)) or set(plain(text).split()) & set(plain(party).split())
        if not self.text(line, "CompteLib") and named and len({self.text(one, "EcritureLib") for one in entry}) == 1:
            self.by_account.append(line.number)
            return f"Compte {self.account(line)}"
        return self.text(line, "CompteLib") or text

    def aside(self) -> list[tuple[Label, int, float]]:
        """Return what the ledger holds beside exchanges and own costs: kind, first row, amount of the year."""
        found = []
        for start, kind, sign in _ASIDE:
            lines = [line for entry in self.entries for line in entry if self.account(line).startswith(start)
                     and not _OPENING.search(plain(self.text(line, "JournalCode")))]  # fmt: skip
            total = sign * sum(map(self.balance, lines))
            total = abs(total) if start == _STOCK_CHANGES else total
            if total >= 0.005:
                found.append((kind, min(line.number for line in lines), round(total, 2)))
        return found

    def account(self, row: RawRow) -> str:
        """Return the number of a line's account."""
        return self.text(row, "CompteNum").replace(" ", "")

    def text(self, row: RawRow, name: str) -> str:
        """Return a field of a line as text."""
        value = row.values.get(self.at.get(name, -1), "")
        return str(int(value)) if isinstance(value, float) and value.is_integer() else tidy(str(value))

    def balance(self, row: RawRow) -> float:
        """Return the debit less the credit of a line."""
        if "Montant" in self.at and "Debit" not in self.at:
            return self._money(row, "Montant") * side(self.text(row, "Sens"))
        return self._money(row, "Debit") - self._money(row, "Credit")

    def _money(self, row: RawRow, name: str) -> float:
        return read_number(row.values.get(self.at[name]), self.mark)[0] or 0.0
