"""Quantities that stand in a label: ``Farine T65 25 kg × 12``, ``Lait UHT 6 x 1 L``, ``Beurre 250 g``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from filiere.gather.headings import Columns, plain
from filiere.names import tidy
from filiere.table import RawRow
from filiere.units import factor, is_measured

_MEASURES = r"kgs?|kilos?|g|gr|grammes?|l|litres?|cl|ml|hl|t|tonnes?"
_UNIT = rf"(?P<unit>{_MEASURES})"
_SIZE = rf"(?P<size>\d{{1,5}}(?:[.,]\d{{1,3}})?)\s*{_UNIT}(?![\w²³]|\s*/)"
_COUNT = r"(?P<count>\d{1,4})"
_TIMES = r"\s*[x×*]\s*"
_BEFORE = r"(?<![\w.,])"
_OF = (
    r"(?:lots?|cartons?|colis|packs?|caisses?|plateaux?|cagettes?|barquettes?|palettes?|sacs?|sachets?|boites?|boîtes?)"
)
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"{_BEFORE}{_SIZE}{_TIMES}{_COUNT}\b(?!\s*(?:kgs?|g|gr|l|cl|ml)\b)",
    rf"{_BEFORE}{_COUNT}{_TIMES}{_SIZE}",
    rf"\b{_OF}\s+(?:de\s+)?{_COUNT}\s+(?:\w+\s+)?(?:de\s+|d')?{_SIZE}",
    rf"{_BEFORE}{_COUNT}\s+{_OF}\s+(?:de\s+|d'){_SIZE}",
    rf"{_BEFORE}{_SIZE}\s*[(,-]?\s*{_OF}\s+(?:de\s+)?{_COUNT}\)?",
    rf"{_BEFORE}{_SIZE}",
))  # fmt: skip
_CONTAINERS = r"bidons?|seaux?|bouteilles?|bte|pots?|f[ûu]ts?|big ?bags?|bacs?|cageots?|caissettes?|jerricans?"
_ENDING = re.compile(rf"[\s(,\-–]+(?:{_OF}|{_CONTAINERS})(?:\s+de)?$", re.IGNORECASE)
_PER = re.compile(r"(?:/|\b(?:au|le|la|par|per|a)\s+)\s*$", re.IGNORECASE)
_PACKAGES = {
    "sac", "sachet", "carton", "ctn", "colis", "col", "bidon", "seau", "pack", "lot", "caisse", "boite", "bouteille",
    "bte", "btl", "bt", "paquet", "pqt", "cagette", "plateau", "fut", "barquette", "bag", "box", "case", "packet",
    "palette", "big bag", "bigbag", "bac", "cageot", "caissette", "jerrican",
    "conditionnement", "uv", "u", "unite", "unit", "piece", "pce", "pc",
}  # fmt: skip
_LEAST = {"kg": 1.0, "l": 1.0}
"""From what size a thing counted in pieces is a package of goods, rather than a good of its own."""


class Packed(NamedTuple):
    """What a label says: the product without it, the content of one package and its unit, and how many are meant."""

    product: str
    size: float
    unit: str
    packages: int | None


def packed(label: str) -> Packed | None:
    """Return the content that a label states, None where it states none, or a price's unit (``au kg``) alone."""
    text = tidy(label)
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if not found or _PER.search(text[: found.start()]):
            continue
        unit = "kg" if factor(found["unit"], "kg") else "l"
        times = factor(found["unit"], unit)
        size = float(found["size"].replace(",", ".")) * (times or 0.0)
        count = int(found["count"]) if "count" in pattern.groupindex else None
        product = _ENDING.sub("", tidy(f"{text[: found.start()]} {text[found.end() :]}").strip(" -–,;:/()"))
        if size > 0 and product and count != 0:
            return Packed(product, size, unit, count)
    return None


class Package(NamedTuple):
    """What a unit says that one package holds: how much in all, its unit, and the size of one piece, if it has one."""

    size: float
    unit: str
    piece: float | None = None


def package(unit: str) -> Package | None:
    """Return what a unit says that one package holds: 25 kg of ``sac de 25 kg``, 12 of ``carton de 12``; None else."""
    text = _PER_PACKAGE.sub("", tidy(unit))
    if not re.search(r"\d", text) or _MEASURED.match(text):
        return None
    if found := packed(f"u {text}"):
        return Package(found.size * (found.packages or 1), found.unit, found.size)
    boxes = _BOXES.fullmatch(plain(text))
    return Package(float(boxes[1]), boxes[2] or "u") if boxes and float(boxes[1]) else None


_PER_PACKAGE = re.compile(r"^(?:par|per|les?|la|l['’]|au|à la|en|of|de) ?", re.IGNORECASE)
_PRICED = re.compile(
    r"^(?:€|eur|euros?)\s*(?:h\.?t\.?|ttc)?\s*(?:/|par|per|le|la|au|à la)\s*(\D{1,30})$", re.IGNORECASE
)
_ASIDE = re.compile(rf"^((?:{_MEASURES})\.?)\s*[(\[].*$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:les? |la |l['’])(\D+)$", re.IGNORECASE)
_SIZED_BY = re.compile(r"(conditionnements?|cond|variantes?|variants?|formats?|contenances?|packaging|pack size"
                       r"|unite de conditionnement)( (produit|article|de vente))?")  # fmt: skip


def counted_in(unit: str) -> str:
    """Return what a unit counts, less a price's money and remarks: ``€/botte``, ``la botte``, ``kg (vrac)``."""
    found = _PRICED.match(tidy(unit)) or _ASIDE.match(tidy(unit)) or _ARTICLE.match(tidy(unit))
    return found[1].strip() if found else unit


def with_packages(columns: Columns, rows: Sequence[RawRow]) -> Columns:
    """Return the columns with what goods are packed in as their unit, where no other is given."""
    if "unit" in columns.at or columns.unit or "quantity" not in columns.at:
        return columns
    for at in (one for one, title in columns.unused.items() if _SIZED_BY.fullmatch(plain(title))):
        told = {_PER_PACKAGE.sub("", tidy(str(value))) for row in rows if (value := row.values.get(at)) is not None} - {
            ""
        }
        if told and all(package(one) or is_measured(one) or _is_container(one) for one in told):
            return replace(columns, at={**columns.at, "unit": at})
    return columns


def _is_container(word: str) -> bool:
    words = plain(word).rstrip("s")
    return words in _PACKAGES or words in _LOOSE


_LOOSE = {"botte", "panier", "pot", "bocal", "filet", "barq", "bouquet", "tete", "tranche", "part", "vrac", "tresse"}
_MEASURED = re.compile(rf"(?:{_MEASURES})\b", re.IGNORECASE)
"""A measure before what it is packed in: ``kg (sac de 25 kg)``."""


def is_package(unit: str, found: Packed) -> bool:
    """Whether a quantity in ``unit`` counts packages of the content that the label states."""
    word = plain(unit.replace("(s)", "")).rstrip("s")
    if word not in {one.rstrip("s") for one in _PACKAGES}:
        return False
    pieces = word in ("u", "unite", "unit", "piece", "pce", "pc")
    return not pieces or found.size * (found.packages or 1) >= _LEAST[found.unit]


def content(found: Packed, quantity: float | None, unit: str) -> float | None:
    """Return how much a row is of, in the unit of its label; None where the label does not tell.

    Without a quantity it is what the label says in all; a number of packages is times their content, unless it is the
    very number that the label gives.
    """
    if quantity is None:
        return found.size * (found.packages or 1)
    if found.packages is not None and abs(quantity) == found.packages and (not unit or is_package(unit, found)):
        return found.size * quantity
    return found.size * (found.packages or 1) * quantity if is_package(unit, found) else None


_BY_THE_PIECE = re.compile(r"\b(pieces?|pces?|unites?|bouteilles?|btl|oeufs?|pots?|bocal|bocaux|sachets?|bottles?|eggs?"
                           r"|jars?|each)$")  # fmt: skip
_THOUSAND = re.compile(r"x ?1 ?000|en milliers")
_DOZENS = {"douzaine": 12.0, "douz": 12.0, "dz": 12.0, "dozen": 12.0, "cent": 100.0, "millier": 1000.0, "mille": 1000.0}
_BOXES = re.compile(r"(?:cartons?|caisses?|colis|lots?|boites?|packs?|plateaux?|cagettes?|casiers?|palettes?|sachets?"
                    r"|sacs?|filets?|bottes?|barquettes?|paquets?|cases?|box(?:es)?|u|unites?|pieces?|par|x)"
                    r"(?: de| of| par| x)* ?(\d{1,4})(?: (?!kg|kilo|g|gr|l|litre|cl|ml|hl)([a-z]+))?")  # fmt: skip


def by_the_piece(heading: str) -> bool:
    """Whether a heading says that a price is for one piece: ``Prix (€/pièce)``, ``PU HT (bouteille)``."""
    return bool(_BY_THE_PIECE.search(plain(heading)))


def is_thousand(unit: str) -> bool:
    """Whether a unit only says that thousands are counted: ``x 1000``."""
    return bool(_THOUSAND.fullmatch(plain(unit)))


def pieces_in(unit: str) -> float:
    """Return how many pieces a unit counts at once: 12 for dozens and for ``cartons de 12``; 1 for any other."""
    words = plain(unit)
    if is_thousand(unit):
        return 1000.0
    boxes = _BOXES.fullmatch(words)
    return float(boxes[1]) if boxes else _DOZENS.get(words.removesuffix("s"), 1.0)
