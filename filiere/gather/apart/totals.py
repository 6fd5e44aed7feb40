"""Rows that sum up others: by what they are called, or because they come to just what stands below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from filiere.gather.apart.rounding import is_sum
from filiere.gather.cells.values import decimal_mark, read_date, read_number
from filiere.gather.entries import Entry, Place
from filiere.gather.headings import Columns, plain
from filiere.names import tidy
from filiere.problems import Problem
from filiere.problems import gathering as codes
from filiere.table import RawRow, RawTable, RawValue

Value = Callable[[RawRow, str], float | None]
_TOTAL = re.compile(
    r"(sous )?(total|totaux|subtotal|sub total|grand total|report|solde)\b(?! energies?\b).*"
    r"|((montant|somme)s? )?a reporter( .*)?"
    r"|(ss|s) total( [a-z]+){0,3}"
    r"|(dont )?(montant )?(de )?(la )?(tva|vat)\b( a)?( [\d %]+)?|net a payer"
    r"|.{0,60}\btotal( general)?"
)
_OF_ALL = re.compile(r"(total|totaux|grand total|total (general|annuel|de l annee|ventes|achats)|somme)")
_SHORT = re.compile(r"st|tot|(s/t|s\.t\.|((s|ss|sous)[ /-]?)?tot\.)( [\w' -]{1,30})?", re.IGNORECASE)
"""Words for totals cut short, which need their point or bar: ``St Nectaire`` is a cheese."""
_ALL = (r"(tous|toutes|tout|ensemble|cumuls?|cumule|sommes?|general|generale|global|globale|all|overall|whole|sum"
        r"|les|des|de"
        r"|du|la|le|of|the|confondue?s?|reunie?s?|clients?|clientele|fournisseurs?|produits?|articles?|references?|tiers"
        r"|familles?|categories|rayons?|gammes?|denrees|marchandises?|ventes?|achats?|livraisons?|annees?|annuel(le)?"
        r"|exercice|periode|mois|lignes?|customers?|suppliers?|products?|items?|sales|purchases)")  # fmt: skip
_SUMMED = re.compile(rf"(tous|toutes|ensemble|cumuls?|cumule|sommes?|all|overall|sum)( {_ALL})*")
_FAMILY = re.compile(r"((legumes?|fruits?|viandes?|poissons?|volailles?|charcuteries?|epicerie|boissons?|cremerie"
                     r"|laitages?|produits|laitiers?|fromages?|pains?|boulangerie|patisserie|surgeles?|conserves?|cereales"
                     r"|frais|fraiche|secs?|seche|bio|divers|autres?|vins?|boeuf|porc|et|de|la|mer|vegetables|meat|dairy"
                     r"|drinks|bakery|frozen) ?)+")  # fmt: skip


def is_total(text: str) -> bool:
    """Whether a label is that of a total: ``Sous-total``, ``TVA 5,5 %``, ``Tot. fruits``."""
    return bool(_TOTAL.fullmatch(plain(text)) or _SHORT.fullmatch(tidy(text)))


def called_total(texts: Mapping[str, str], first: str, day: RawValue | None) -> bool:
    """Whether a row is called a total: by a party, a good, a day or a number, or in its first cell.

    A row with a good, and a day or a number of its own, is one of a firm that is called so: ``Total Access``.
    """
    told = [texts.get(name, "") for name in ("seller", "buyer", "party", "product", "date", "number")]
    if not any(is_total(text) for text in (*told, first)):
        return False
    number = texts.get("number", "")
    own = read_date(day, True) is not None or (number and not is_total(number))
    return not (own and texts.get("product") and not is_total(texts["product"]))


def is_closing(row: RawRow, columns: Columns) -> bool:
    """Whether a row holds the label of a total where figures stand: those below the lines of an invoice."""
    others = [at for name, at in columns.at.items() if name not in _OF_FIGURES]
    return any(isinstance(value, str) and at not in others and is_total(value) for at, value in row.values.items())


_OF_FIGURES = (
    "quantity",
    "unit",
    "price",
    "price_gross",
    "amount",
    "gross",
    "discount",
    "rate",
    "tax",
    "debit",
    "credit",
)


def totals_off(table: RawTable, columns: Columns, entries: Sequence[Entry], where: Place,
               before: dict[str, float]) -> Iterator[Problem]:  # fmt: skip
    """Yield what is told of a total of the whole table that its rows do not come to: some may be missing.

    It may be the sum of all rows, of those since the last total, of those that count, or of families and their goods,
    or of the tables ``before`` it on its sheet too: heading → sum, to which its own is added.
    """
    below = [row for row in table.rows if row.number > columns.row]
    if len({row.number for row in below}) < len(below):
        return  # a row was cut into its figures
    for name in ("quantity", "amount"):
        at = columns.at.get(name)
        if at is None:
            continue
        mark = decimal_mark((row.values[at] for row in below if at in row.values), ",")
        counted = sum(getattr(entry, name) or 0.0 for entry in entries)
        whole = part = 0.0
        rows: list[float] = []
        for row in below:
            figure = read_number(row.values.get(at), mark)[0]
            texts = [value for n, value in row.values.items() if isinstance(value, str) and n != at]
            dated = read_date(row.values.get(columns.at.get("date", -1)), True) is not None
            if figure is None or (not dated and any(map(is_total, texts))):
                of_all = figure is not None and any(_OF_ALL.fullmatch(plain(text)) for text in texts)
                sums = (whole, part, counted, whole / 2.0, whole + before.get(columns.heading(name), 0.0))
                if of_all and figure and whole and not any(is_sum(figure, one, rows) for one in sums):
                    yield codes.TOTAL_OFF.at(replace(where, row=row.number).cell, column=columns.heading(name),
                                             written=figure, other=round(whole, 4))  # fmt: skip
                part = part if figure is None else 0.0
            else:
                whole, part = whole + figure, part + figure
                rows.append(figure)
        before[columns.heading(name)] = before.get(columns.heading(name), 0.0) + whole


def sums_up(text: str) -> bool:
    """Whether a name stands for all the others: ``Tous clients``, ``Ensemble des produits``, ``Cumul général``."""
    return bool(_SUMMED.fullmatch(plain(text)))


def summing_rows(columns: Columns, rows: Sequence[RawRow], value: Value) -> frozenset[int]:
    """Return the rows that sum up others: named after all of them, or a family's row with the sum of those below it.

    A table all of whose rows are named so sums up nothing that it holds.
    """
    labels = [columns.at[name] for name in ("seller", "buyer", "party", "product") if name in columns.at]
    named = {row.number for row in rows if any(sums_up(_text(row, at)) for at in labels)}
    lines = [row for row in rows if row.number not in named and _figures(row, value)
             and not any(is_total(_text(row, at)) for at in labels)]  # fmt: skip
    if not lines:
        return frozenset()
    return frozenset(named) | frozenset(_families(columns, lines, value))


def _families(columns: Columns, lines: Sequence[RawRow], value: Value) -> Iterator[int]:
    """Yield the rows of families (capitals, or words for families) above rows of the same party that make their sum."""
    at = columns.at.get("product", -1)
    parties = [columns.at[name] for name in ("seller", "buyer", "party") if name in columns.at]
    heads = [number for number, row in enumerate(lines) if _is_family(_text(row, at))]
    if not heads or len(heads) == len(lines):
        return
    blocks = [lines[one : ([*heads, len(lines)])[turn + 1]] for turn, one in enumerate(heads)]
    blocks = [[row for row in block if all(row.values.get(n) == block[0].values.get(n) for n in parties)]
              for block in blocks]  # fmt: skip
    sums = [block for block in blocks if len(block) > 1 and _is_sum(block[0], block[1:], value)]
    if any(len(block) > 2 for block in sums):
        yield from (block[0].number for block in sums)


def _is_family(label: str) -> bool:
    letters = [sign for sign in label if sign.isalpha()]
    return bool(letters) and ((len(letters) > 3 and label == label.upper()) or bool(_FAMILY.fullmatch(plain(label))))


def _is_sum(head: RawRow, below: Sequence[RawRow], value: Value) -> bool:
    """Whether each figure of a row is the sum of those below it."""
    told = _figures(head, value)
    parts = {name: [_figures(row, value).get(name, 0.0) for row in below] for name in told}
    return bool(told) and all(is_sum(figure, sum(parts[name]), parts[name]) for name, figure in told.items())


def _figures(row: RawRow, value: Value) -> dict[str, float]:
    return {name: figure for name in ("quantity", "amount") if (figure := value(row, name))}


def _text(row: RawRow, at: int) -> str:
    value = row.values.get(at)
    return tidy(value) if isinstance(value, str) else ""
