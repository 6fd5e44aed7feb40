"""What sort of piece a table's rows are of, where no column headed ``Type`` says so: its cells, numbers or titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from filiere.gather.apart.aside import aside
from filiere.gather.cells.qualify import credited_by_number, stage, trade
from filiere.gather.headings import Columns, plain
from filiere.gather.people.persons import is_business
from filiere.names import tidy
from filiere.table import RawRow, RawTable

_END = r"(?= (n|no|num|numero|du|de|des|au|date|clients?|fournisseurs?|ferme)\b| [a-z]{0,4}\d|$)"
_CREDIT_TITLE = re.compile(
    rf"^(avoirs?|facture d avoir|(factures?|notes?) d?e? ?(avoir|credit)s?|credit (notes?|memo)|retours?"
    rf"|annulations? (de )?(la )?factures?|refunds?|returns?){_END}|\b(facture d avoir|avoir n|note de credit)\b"
)
_NOT_COUNTED_TITLE = re.compile(
    rf"^((devis|quotes?|quotations?|(facture )?pro ?forma|offres? de prix|estimates?|(facture d |demande d )?acomptes?"
    rf"|previsions?( de)?( (vente|achat|livraison|commande)s?)?|previsionnels?|prevus?|budgets?|budget previsionnel"
    rf"|forecasts?|annule?e?s?|annulations?( de)?( (commande|vente|livraison)s?)?|cancellations?"
    rf"|(factures?|commandes?|ventes?|achats?|lignes) annulee?s|cancelled|brouillons?|drafts?"
    rf"|inventaires?|pertes?|casses?|pertes?( et)? (casses?|demarques?|vols?|rebuts?)|demarques?( inconnue)?|rebuts?"
    rf"|(etats? (des |du |de )?|valorisation (des |du |de )?|en )?stocks?|stock (count|list|report)|litiges?|disputes?"
    rf"|simulations?( (des |d )?(achats?|ventes?|commandes?|prix|livraisons?))?|echantillons?( gratuits?)?|samples"
    rf"|(commandes? )?(restes? )?(a|non) (livrer|recevoir|livrees?|recues?)|reliquats?( (de )?commandes?)?"
    rf"|(restes? (a )?)(facturer|expedier)|back ?orders?|open orders?|commandes? en (cours|attente)"
    rf"|(receptions?|livraisons?|marchandises?) refusee?s?){_END})"
    rf"|\b(devis|pro ?forma|budget) n\b"
)
_TRADES = r"(?:achats?|ventes?|commandes?|livraisons?|receptions?|articles|produits|purchases|sales|orders|deliveries)"
_ASIDE_TITLE = re.compile(
    rf"^(((previsions?|projets?|hypotheses|budgets?|simulations?|objectifs?)( (des|de|d))? {_TRADES}"
    rf"|{_TRADES} (previsionnel\w*|prevue?s?|simulee?s?|projetee?s?|estimee?s?|budgete\w*|a venir|en attente"
    rf"|(non|pas) (livree?s?|recue?s?)|annulee?s?|refusee?s?|planned|forecast|pending|cancelled)"
    rf"|(non|pas) (livree?s?|recue?s?)|retards? de livraisons?|freintes?|destructions?|invendus?|unsold|losses|waste"
    rf"|(inventaires?|stocks?) (physiques?|annuels?|initia(l|ux)|fina(l|ux)|(de )?fin d annee|de depart|theoriques?)"
    rf"|(fiches?|suivis?|tableaux?|listes?|releves?|etats?|recap\w*) ((des|de|du|d) )?(stocks?|pertes?|casses?"
    rf"|invendus?|litiges?)){_END}|(ne pas (utiliser|prendre|compter)|do not use|anciennes? versions?|obsoletes?)\b)"
)
_MODEL = re.compile(rf"^(modeles?|exemples?|templates?|examples?|specimens?){_END}")
"""Said of a sheet or title; a file keeps the name of the model that it was filled in on."""
_NUMBER_TITLE = re.compile(r"^(n|no|num|numero|number|ref|reference|id)( (de |d )?(la |l )?(facture|piece|document"
                           r"|vente|achat|operation))?$")  # fmt: skip
_INVOICE_NUMBER = re.compile(r"^(f[a-z]{0,3}|inv|vte?|v)?[\s\-_/.]*\d", re.IGNORECASE)
_LONGEST = 60
_OF_PIECE = re.compile(r"\b(total|montant)\b.*\b(factures?|pieces?|documents?|commandes?|bons?|bl|invoice|order)\b")
"""The heading of an amount that is of a whole piece."""
_PAPER = re.compile(r"\b(achats?|ventes?|factures?|livraisons?|bons?|clients?|fournisseurs?|liste|export|commandes?"
                    r"|journal|devis|avoirs?|recap\w*|tableau|suivi|etat|releve|extrait|purchases|sales"
                    r"|deliveries|invoices?)\b")  # fmt: skip
"""Words of titles of documents, which name no firm."""


def with_kind(columns: Columns, rows: Sequence[RawRow]) -> tuple[Columns, bool]:
    """Return the columns with the one whose cells name kinds of pieces, and whether its heading does not say so."""
    if "kind" in columns.at:
        return columns, False
    free = [*columns.unused, *([columns.at["number"]] if "number" in columns.at else [])]
    for at in free:
        told = {_text(row, at) for row in rows} - {""}
        if told and all((stage(one) or trade(one)) and not re.search(r"\d", one) for one in told):
            places = {name: place for name, place in columns.at.items() if place != at}
            if "number" not in places:
                others = [one for one in columns.unused if one != at and _NUMBER_TITLE.search(_title(columns, one))]
                places |= {"number": others[0]} if others else {}
            return replace(columns, at={**places, "kind": at}), True
    return columns, False


def numbered(columns: Columns, rows: Sequence[RawRow]) -> Columns:
    """Return the columns with that of the pieces' numbers, where ``N°`` heads it and letters begin each."""
    free = [at for at in columns.unused if _BARE_NUMBER.fullmatch(_title(columns, at))]
    for at in free if "number" not in columns.at else ():
        told = {_text(row, at) for row in rows} - {""}
        if told and all(_PIECE_NUMBER.match(one) for one in told):
            return replace(columns, at={**columns.at, "number": at})
    return columns


_BARE_NUMBER = re.compile(r"(n|no|num|numero|number)( (de |d )?(la |l )?(facture|piece|document|vente|achat))?")
_PIECE_NUMBER = re.compile(r"[A-Za-z]{1,5}[\s\-_/.]*\d")


def credited_rows(columns: Columns, rows: Sequence[RawRow]) -> dict[int, tuple[str, str]]:
    """Return the rows whose piece has a credit note's number: row → heading and number."""
    known = columns.at.get("number")
    for at in number_columns(columns):
        credits_ = credited_by_number(_text(row, at) for row in rows)
        others = {_text(row, at) for row in rows} - credits_ - {""}
        if credits_ and (at == known or all(_INVOICE_NUMBER.match(one) for one in others)):
            title = columns.titles.get(at, "")
            return {row.number: (title, _text(row, at)) for row in rows if _text(row, at) in credits_}
    return {}


def piece_totals(columns: Columns, rows: Sequence[RawRow]) -> frozenset[int]:
    """Return the rows whose amount is that of their whole piece: it stands on each of several lines of one number."""
    if not columns.at.keys() >= {"amount", "number"} or not _OF_PIECE.search(_title(columns, columns.at["amount"])):
        return frozenset()
    lines: dict[str, list[RawRow]] = {}
    for row in rows:
        lines.setdefault(_text(row, columns.at["number"]), []).append(row)
    several = (own for number, own in lines.items() if number and len(own) > 1)
    alike = (own for own in several if len({str(row.values.get(columns.at["amount"])) for row in own}) == 1)
    return frozenset(row.number for own in alike for row in own)


def number_columns(columns: Columns) -> list[int]:
    """Return the columns that may hold the numbers of pieces, the likeliest first."""
    known = columns.at.get("number")
    free = [at for at in columns.unused if _NUMBER_TITLE.search(_title(columns, at))]
    return [*([] if known is None else [known]), *free]


def title_kind(text: str) -> str:
    """Return what a title says of the rows below it: ``credit``, ``none`` or nothing."""
    words = plain(text)
    return (
        "credit"
        if _CREDIT_TITLE.search(words)
        else "none"
        if (_NOT_COUNTED_TITLE.search(words) or _ASIDE_TITLE.search(words))
        else ""
    )


def titled(table: RawTable, columns: Columns, file: str) -> tuple[str, str]:
    """Return what the title, sheet or file of a table says of all its rows, ``credit`` or ``none``, and that text.

    Rows of a column that names kinds say it better.
    """
    if "kind" in columns.at:
        return "", ""
    for text in _titles(table, columns, file):
        kind = title_kind(text) or aside(text)
        if kind == "none" and "status" in columns.at and not title_kind(text):
            continue  # each row says how far it went
        if kind or (text != PurePath(file).stem and _MODEL.search(plain(text))):
            return kind or "none", text
    return "", ""


def titled_firm(rows: Sequence[RawRow], columns: Columns) -> str:
    """Return the firm whose name stands alone in the first row above a table, as on its letter paper; else nothing."""
    if not rows or rows[0].number >= columns.row or len(rows[0].values) != 1:
        return ""
    text = next(iter(rows[0].values.values()))
    if not isinstance(text, str) or not is_business(text) or re.search(r"[\d:]", text) or _PAPER.search(plain(text)):
        return ""
    return tidy(text)


def _titles(table: RawTable, columns: Columns, file: str) -> Iterator[str]:
    """Yield the texts that stand alone above the headings, the sheet's name and the file's."""
    for row in table.rows:
        texts = [tidy(value) for value in row.values.values() if isinstance(value, str)]
        if row.number < columns.row and len(row.values) <= 2:
            yield from (one for one in texts if len(one) <= _LONGEST)
    if table.sheet != file:
        yield tidy(table.sheet)
    yield PurePath(file).stem


def _text(row: RawRow, at: int) -> str:
    value = row.values.get(at)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(value) if isinstance(value, str) else ""


def _title(columns: Columns, at: int) -> str:
    return plain(columns.titles.get(at, ""))
