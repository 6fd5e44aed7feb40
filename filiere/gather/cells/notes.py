"""What lone texts say of a table: notes above and below it, and lines that begin a section of its rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from filiere.gather.cells.pieces import title_kind
from filiere.gather.headings import Columns, plain
from filiere.gather.reads.money import is_money
from filiere.names import tidy
from filiere.table import RawRow, RawTable
from filiere.units import is_measured

_TAXED = re.compile(r"\b(ttc|toutes taxes comprises|(tva|taxes?) (comprises?|incluses?)|(vat|tax) (included|incl))\b")
_UNTAXED = re.compile(r"\b(ht|hors taxes?|hors tva|excl\w*)\b")
_THOUSANDS = re.compile(
    r"(?:\b(?:en|in)\s+|^\W*)(milliers?|milliards?|millions?)\s+(?:d['’]|de\s+)?\s*(?:euros?|€)", re.IGNORECASE
)
"""What amounts are counted in, not a sum that a note tells: ``en milliers d'euros``, ``(milliers d'euros)``."""
_MULTIPLES = {"millier": "k€", "million": "M€", "milliard": "Md€"}
_UNIT = re.compile(r"\bunit[ée]s?\s*(?:de mesure|utilis[ée]e)?\s*:\s*([a-zéèA-Z]{1,12})\b", re.IGNORECASE)
_QUANTITIES = re.compile(
    r"\b(?:quantit[ée]s?|volumes?|poids|tonnages?)\b[^.;,–]{0,30}?\ben\s+([a-zA-Zéè]{1,12})\b", re.IGNORECASE
)
_IN_MONEY = re.compile(r"\b(?:en|in)\s+\(?([kKM]€|[A-Za-z]{1,12}|[$£€])(?![\w'’])", re.IGNORECASE)
_FULL = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ]((?:19|20)\d{2})\b")
_ASIDE = re.compile(r"^(ci dessous )?((les )?(commandes?|ventes?|achats?|livraisons?|factures?|lignes?|produits?) )?"
                    r"(annulee?s?|refusee?s?|non (confirmee?s?|livree?s?|validee?s?|facturee?s?)|en attente|devis"
                    r"|brouillons?|previsionnel\w*|cancelled|pending|not delivered|quotes?)"
                    r"( non \w+| en cours| a venir)?$")  # fmt: skip
_LONGEST_SECTION = 40
_MOST_DAYS = 330


@dataclass(frozen=True)
class Notes:
    """What the lone texts of a table say of all its rows."""

    with_tax: bool = False
    currency: str = ""
    days: tuple[dt.date, dt.date] | None = None
    """The first and the last day, where they are less than a year apart."""
    unit: str = ""
    """The unit that quantities are said to be in."""
    says_tax: bool = False
    """Whether some text says that amounts include tax, or that they do not."""


def notes_of(table: RawTable, columns: Columns) -> Notes:
    """Return what the texts that stand alone above and below the rows of a table say of them."""
    texts = [text for row in table.rows if row.number != columns.row and (text := lone_text(row))]
    above = [text for row in table.rows if row.number < columns.row for text in _texts(row)]
    words = [plain(text) for text in (*above, *texts)]
    figures = " ".join(plain(columns.heading(name)) for name in ("amount", "price"))
    taxed = any(_TAXED.search(one) and not _UNTAXED.search(one) for one in words) and not _UNTAXED.search(figures)
    found = (match[1] for text in (*above, *texts) for match in _IN_MONEY.finditer(text))
    money = next((one for one in found if is_money(one)), "")
    return Notes(taxed, _in_thousands((*above, *texts)) or money, _days(above), _unit((*above, *texts)),
                 any(_TAXED.search(one) or _UNTAXED.search(one) for one in words))  # fmt: skip


def _in_thousands(texts: Iterable[str]) -> str:
    found = next((match for text in texts if (match := _THOUSANDS.search(text))), None)
    return _MULTIPLES[found[1].casefold().removesuffix("s")] if found else ""


def _unit(texts: Iterable[str]) -> str:
    """Return the unit that a note says quantities are in: ``Unité : tonne``, ``Quantités exprimées en tonnes``."""
    found = (match[1] for text in texts for pattern in (_UNIT, _QUANTITIES) for match in pattern.finditer(text))
    return next((one for one in found if is_measured(one)), "")


def lone_text(row: RawRow) -> str:
    """Return the text of a row that holds nothing else, empty for any other row."""
    if len(row.values) != 1:
        return ""
    value = next(iter(row.values.values()))
    return tidy(value) if isinstance(value, str) else ""


def section_kind(text: str) -> str | None:
    """Return ``none`` or ``credit`` for a line that says so of the rows below, ``""`` for another section's.

    None for a line that begins no section.
    """
    words = plain(text)
    if _ASIDE.search(words):
        return "none"
    kind = title_kind(text)
    return kind or ("" if len(text) <= _LONGEST_SECTION and not re.search(r"\d", text) else None)


def _texts(row: RawRow) -> Iterable[str]:
    return (tidy(value) for value in row.values.values() if isinstance(value, str)) if len(row.values) <= 2 else ()


def _days(texts: Sequence[str]) -> tuple[dt.date, dt.date] | None:
    """Return the two days that a title says a table is from and to, where they are less than a year apart."""
    for text in texts:
        days = []
        for day, month, year in _FULL.findall(text):
            try:
                days.append(dt.date(int(year), int(month), int(day)))
            except ValueError:
                continue
        if len(days) == 2 and 0 < (days[1] - days[0]).days < _MOST_DAYS:
            return days[0], days[1]
    return None
