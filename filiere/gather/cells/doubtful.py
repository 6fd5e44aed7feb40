"""What a table leaves in doubt: cells that name nobody, remarks in names, people beside firms, unclear headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from filiere.gather.cells.qualify import stage, trade
from filiere.gather.entries import Place, rows_of
from filiere.gather.headings import Columns, meaning, plain
from filiere.gather.people.persons import PRIVATE_NAME, is_business, is_private
from filiere.names import tidy
from filiere.problems import Problem
from filiere.problems import gathering as codes
from filiere.table import RawRow

_PARTIES = ("seller", "buyer", "party")
_NO_NAME = re.compile(
    r"|n a|na|n c|nc|n r|nr|n d|nd|s o|x{2,}|z{3,}|aucune?|neant|none|null|nil|unknown|tb[cd]|vide|blank|0+"
    r"|(sans|pas de) (nom|objet|libelle|fournisseur|client)"
    r"|a (definir|preciser|completer|renseigner|determiner|venir|confirmer|voir)"
    r"|(non|pas) (renseigne|communique|precise|defini|connu|identifie)e?s?"
    r"|((fournisseur|client|article|produit|libelle)s? )?(inconnue?s?|(a|non) (definir|renseignee?s?))"
    r"|((fournisseur|article)s? )?divers(es)?|divers fournisseurs|miscellaneous|various|tests?"
    r"|(pu|p u|prix|tarifs?|(unit )?prices?)( (unitaires?|moyens?|de vente|d achat|au|du|le|par|per|ht|ttc|nets?|eur"
    r"|euros?|kg|kilo|litre|l|piece|unite))*"
)
_STRONG = (r"(?:annul[ée]e?s?|cancell?ed|(?:non|pas) (?:livr[ée]|re[çc]u|exp[ée]di[ée])e?s?"
           r"|not (?:delivered|received|shipped)|ne pas (?:tenir compte|compter|prendre en compte))")  # fmt: skip
_WEAK = (r"(?:devis|brouillons?|pro ?forma|refus[ée]e?s?|rejet[ée]e?s?|en attente|report[ée]e?s?|[àa] confirmer"
         r"|[àa] livrer|quote|pending)")  # fmt: skip
_AGAINST = re.compile(rf"\b{_STRONG}\b", re.IGNORECASE)
REMARKS = re.compile(r"\b(commentaires?|remarques?|observations?|obs|notes?|comments?|remarks?|memo)\b")
"""A column of remarks is told and decides nothing: they may be about anything."""
_REMARK = re.compile(
    rf"^\W*({_STRONG})\b|\b({_STRONG})(?:\s+le\s+[\d/. -]+)?\W*$"
    rf"|[(\[\-–:/]\s*({_WEAK})(?:\s+de\s+\w+)?\W*$|^\W*({_WEAK})\s*[)\]\-–:/]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^\s*(devis|pro ?forma)\s+(?=\w)", re.IGNORECASE)
_FIRST_NAME = re.compile(r"prenoms?( (du |de la )?(client|contact|acheteur)e?)?|first ?name|given name")
_FIRM = re.compile(r"societe|entreprise|raison sociale|organisme|structure|etablissement|company|organi[sz]ation")
_CODED_PARTY = re.compile(r"\b(code|ref|reference|numero|num|n|no|id|identifiant|compte|cpte)\b")
_CODES = re.compile(r"\b(code|ref|reference|numero|num|n|no|id|identifiant|sku)\b")
_CODE = re.compile(r"(?=\S*\d)[A-Za-z0-9_./-]{1,14}")
_ENTITLED = re.compile(r"intitules?|(intitule|libelle|nom)s? (du |de la |de |des )?"
                       r"(compte|cpte|tiers|clients?|fournisseurs?)( (client|fournisseur|tiers))?")  # fmt: skip
_WINE = re.compile(r"\b(vins?|cuvees?|chateau|domaine|cotes?|cremants?|champagnes?|rouges?|roses?|wines?|bouteilles?"
                   r"|magnums?|pinot|chardonnay|savagnin|merlot|syrah|riesling)\b")  # fmt: skip
_OF_PIECES = re.compile(r"\b(pieces?|documents?|factures?|doc|invoice|entry)\b")
_BARE_PRICE = re.compile(r"(prix|price|tarif)( (ht|net|eur|euros?|hors taxes?))*")


def names_nobody(text: str) -> bool:
    """Whether a cell of a name stands for none: ``?``, ``N/A``, ``à préciser``, ``Divers``."""
    words = plain(text)  # empty of a name in another alphabet
    return bool(_NO_NAME.fullmatch(words)) and (bool(words) or not any(sign.isalpha() for sign in text))


def remark_in(text: str, good: bool = False) -> str:
    """Return what a name says against its row, ``annulé`` in ``Pommes (annulé)``; empty where it says nothing."""
    found = _REMARK.search(text) or (_QUOTED.search(text) if good else None)
    return next(one for one in found.groups() if one) if found else ""


def remarked(texts: Mapping[str, str], taken_off: bool) -> tuple[str, str] | None:
    """Return the column and the remark by which a row did not take place; a reversal with its minus did."""
    for name in ("product", *_PARTIES):
        remark = remark_in(texts.get(name, ""), name == "product")
        if remark and not (taken_off and plain(remark).startswith("annul")):
            return name, remark
    return None


def nameless(texts: Mapping[str, str]) -> str:
    """Return the column in which a row names nobody or nothing though something is written; empty where none does."""
    return next((name for name in ("product", *_PARTIES) if texts.get(name) and names_nobody(texts[name])
                 and not (name == "buyer" and is_private(texts[name]))), "")  # fmt: skip


class Contacts:
    """The columns that say which clients are people: a first name, and beside it the firm, if any."""

    def __init__(self, columns: Columns) -> None:
        unused = {at: plain(title) for at, title in columns.unused.items()}
        self.first = next((at for at, title in unused.items() if _FIRST_NAME.fullmatch(title)), None)
        self.firm = next((at for at, title in unused.items() if _FIRM.fullmatch(title)), None)
        self.used = [columns.titles[at] for at in (self.first, self.firm) if at is not None and self.first is not None]

    def texts(self, row: RawRow, texts: dict[str, str]) -> dict[str, str]:
        """Return a row's texts with the firm in its contact's place; a client who is a person loses his name."""
        name = next((one for one in ("buyer", "party") if one in texts), "")
        if self.first is None or not name or not row.values.get(self.first):
            return texts
        firm = row.values.get(self.firm) if self.firm is not None else None
        if isinstance(firm, str) and tidy(firm):
            return {**texts, name: tidy(firm)}
        return texts if is_business(texts[name]) else {**texts, name: PRIVATE_NAME}


def without_vintage(columns: Columns, rows: Sequence[RawRow]) -> Columns:
    """Return the columns without a year that is the vintage of wines, not the year in which they were sold."""
    at = columns.at.get("product", -1)
    if plain(columns.heading("year")) != "millesime":
        return columns
    wines = any(_WINE.search(plain(str(row.values.get(at, "")))) for row in rows)
    return replace(columns, at={k: v for k, v in columns.at.items() if k != "year"}) if wines else columns


def named_beside(columns: Columns, rows: Sequence[RawRow]) -> Columns:
    """Return the columns with the party by its name where its own column holds codes: ``Code tiers``, ``Intitulé``.

    The good is then in another column, else ``Intitulé`` is the good's.
    """
    party = next((name for name in _PARTIES if name in columns.at), "")
    entitled = next((at for at, title in columns.titles.items() if _ENTITLED.fullmatch(plain(title))), None)
    if not party or entitled is None:
        return columns
    coded = _CODED_PARTY.search(plain(columns.titles[columns.at[party]]))
    explicit = " " in plain(columns.titles[entitled])
    if not coded and not (explicit and _all_codes(columns.at[party], rows)):
        return columns
    places = {**columns.at, party: entitled}
    goods = [at for at, title in columns.titles.items() if at not in places.values() and meaning(title) == "product"]
    named = [at for at in goods if not _CODES.search(plain(columns.titles[at]))]
    if columns.at.get("product") == entitled:
        if not named:
            return columns
        places["product"] = named[0]
    return replace(columns, at=places)


def _all_codes(at: int, rows: Sequence[RawRow]) -> bool:
    told = {tidy(str(value)) for row in rows if isinstance(value := row.values.get(at), str | float)}
    return bool(told) and all(_CODE.fullmatch(one.removesuffix(".0")) for one in told)


def of_headings(columns: Columns, rows: Sequence[RawRow], where: Place) -> Iterator[Problem]:
    """Yield what headings leave open: codes where names are expected, and a price that may be of the whole row."""
    for name in ("product", *_PARTIES):
        at = columns.at.get(name)
        if at is not None and _CODES.search(plain(columns.titles[at])) and _all_codes(at, rows):
            yield codes.CODES_FOR_NAMES.at(where.cell, column=columns.titles[at])
    bare = _BARE_PRICE.fullmatch(plain(columns.heading("price")))
    if bare and "quantity" in columns.at and not columns.at.keys() & {"amount", "gross", "debit", "credit"}:
        yield codes.PRICE_OF_ONE.at(where.cell, column=columns.heading("price"))
    yield from _unknown_kinds(columns, rows, where)
    yield from _told_against(columns, rows, where)


def _told_against(columns: Columns, rows: Sequence[RawRow], where: Place) -> Iterator[Problem]:
    """Yield the rows of which a remark beside them says that they did not take place: it may be about anything."""
    for at, title in columns.unused.items():
        if REMARKS.search(plain(title)):
            places = [replace(where, row=row.number) for row in rows
                      if isinstance(text := row.values.get(at), str) and _AGAINST.search(text)]  # fmt: skip
            if places:
                yield codes.TOLD_AGAINST.at(places[0].cell, column=title, count=len(places), source=rows_of(places))


def _unknown_kinds(columns: Columns, rows: Sequence[RawRow], where: Place) -> Iterator[Problem]:
    """Yield the words of a column of kinds of pieces that nothing is known of: one may be that of credit notes."""
    kinds: dict[str, list[Place]] = {}
    for row in rows:
        if (word := tidy(str(row.values.get(columns.at.get("kind", -1), "")))) and not re.fullmatch(r"[\d.]+", word):
            kinds.setdefault(word, []).append(replace(where, row=row.number))
    unknown = {word: places for word, places in kinds.items() if not (stage(word) or trade(word))}
    of_pieces = _OF_PIECES.search(plain(columns.heading("kind")))
    if len(kinds) < 2 or (len(unknown) == len(kinds) and not of_pieces):
        return
    for word, places in unknown.items():
        yield codes.UNKNOWN_KIND.at(places[0].cell, column=columns.heading("kind"), word=word, count=len(places),
                                    source=rows_of(places))  # fmt: skip
