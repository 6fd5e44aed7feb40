"""One name and one unit for each thing: names folded, near ones listed, quantities brought to one unit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from filiere.gather.entries import Entry, Place
from filiere.gather.headings import plain
from filiere.language import Label
from filiere.names import LEGAL_FORMS, firm_key, fold, loose, nearest, party_key
from filiere.problems import Problem
from filiere.problems import gathering as codes
from filiere.schema import words as w
from filiere.units import factor

_OF_ANY_FIRM = {*LEGAL_FORMS, "cie", "monsieur", "madame", "m", "mme", "la", "le", "les", "l", "de", "du", "des", "d",
                "the", "of", "and", "et"}  # fmt: skip
_ENDING = 3
"""By how many signs two spellings of one word may differ at most."""
_SHORT = 7
"""Up to how many signs a word is so short that another one is near it by chance."""
_NO_UNIT = Label("unit", "unité")


def sources(places: Iterable[Place]) -> str:
    """Write places as ``file.xlsx [Sheet] 2-4, 9``; several files are separated by ``;``."""
    rows: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place in places:
        rows[place.file, place.sheet].add(place.row)
    parts = []
    for (file, sheet), numbers in sorted(rows.items()):
        parts.append(f"{file}{f' [{sheet}]' if sheet else ''}: {_ranges(sorted(numbers))}")
    return "; ".join(parts)


def _ranges(numbers: list[int]) -> str:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)


def spelled(names: Iterable[str], key: Callable[[str], str] = fold) -> dict[str, str]:
    """Return the key of each name → its commonest spelling: of those equally common the one with more accents.

    One in capitals or small letters alone comes last.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        counts[key(name)][name] += 1
    return {one: max(found, key=lambda name: (not _of_one_case(name), found[name], not name.isascii()))
            for one, found in counts.items()}  # fmt: skip


def _of_one_case(name: str) -> bool:
    return name in (name.lower(), name.upper())


def similar(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of names that may be one thing: near in spelling, or alike but for what all firms are called."""
    pairs: list[tuple[str, str]] = []
    cores: dict[str, list[str]] = {}
    squeezed: dict[str, str] = {}
    for name in sorted(names, key=loose):
        core = " ".join(_core(name))
        near = core if core in cores else squeezed.get(_squeezed(name)) or _nearest(core, cores)
        squeezed.setdefault(_squeezed(name), core)
        if near is not None and not _told_apart(core, near):
            twin = (one for one in cores[near] if plain(one) == plain(name))
            pairs.append((next(twin, cores[near][0]), name))
        cores.setdefault(core, []).append(name)
    return pairs


def same_firms(names: Iterable[str], filed: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the pairs of names of which one is the other with what sort of firm it is: ``Plateforme X``, ``X``.

    Of names that only files bear (``filed``), one may be the other with any more words. Near spellings are
    :func:`similar`'s.
    """
    names = list(names)
    cores: dict[frozenset[str], str] = {}
    pairs = []
    for name in sorted(names, key=lambda name: (len(plain(name).split()), loose(name))):
        words = frozenset(word for word in plain(name).split() if word not in _OF_ANY_FIRM)
        bare = words - _SORTS
        if not bare or all(len(word) < 3 for word in bare):
            continue
        if bare in cores and words != bare:
            pairs.append((cores[bare], name))
        elif words == bare:
            cores.setdefault(bare, name)
    ours = {name: frozenset(plain(name).split()) - _OF_ANY_FIRM for name in sorted(filed, key=loose) if name in names}
    for one, words in ours.items():
        pairs += [(one, other) for other, more in ours.items() if words - _SORTS and words < more
                  and max(map(len, words)) > 2 and (one, other) not in pairs]  # fmt: skip
    return pairs


_SORTS = frozenset({
    "plateforme", "plate", "forme", "hub", "groupe", "groupement", "reseau", "collectif", "ferme", "exploitation",
    "domaine", "magasin", "boutique", "entreprise", "maison", "union", "federation", "syndicat", "centrale",
    "grossiste", "platform", "farm", "shop", "group", "company",
})  # fmt: skip
"""Words that say what sort of firm somebody is."""


def _squeezed(name: str) -> str:
    """Return a name without its spaces: ``du Bois`` and ``Dubois`` may be one."""
    return plain(name).replace(" ", "")


def _core(name: str) -> tuple[str, ...]:
    words = [word.rstrip("sx") or word for word in plain(name).split()]
    kept = sorted(word for word in words if word not in _OF_ANY_FIRM)
    return tuple(kept or sorted(words))


def _told_apart(one: str, other: str) -> bool:
    """Whether a number or whole words tell two names apart: ``T65`` is not ``T80``, bread not brown bread."""

    def digits(name: str) -> str:
        return "".join(sign for sign in name if sign.isdigit())

    return digits(one) != digits(other) or abs(len(one) - len(other)) > _ENDING


def _nearest(core: str, cores: Iterable[str]) -> str | None:
    """Return the known name nearest in spelling; none that has a word more, or is a short word near by chance."""
    near = nearest(core, cores)
    if near is None or set(core.split()) < set(near.split()) or set(near.split()) < set(core.split()):
        return None
    return None if _short_words_apart(core, near) else near


def _short_words_apart(one: str, other: str) -> bool:
    """Whether two short words are two things: ``lait`` and ``maïs`` are as near as a slip of the keys.

    A slip doubles a letter, turns two round or leaves one out inside the word.
    """
    if " " in one or " " in other or max(len(one), len(other)) > _SHORT:
        return False
    inside = min(len(one), len(other)) >= _SHORT - 1 and len(one) != len(other)
    slip = sorted(one) == sorted(other) or _undoubled(one) == _undoubled(other)
    return not slip and not (inside and one[0] == other[0] and one[-1] == other[-1])


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word.replace("h", ""))


def matching(names: Iterable[str], numbers: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """Return the key under which parties match: but for accents, capitals, dots and legal forms.

    ``names`` are all that are borne, ``numbers`` names with the SIREN or SIRET that they are known by. Spellings that
    have two firms' numbers stay apart, and so do all of a name that firms of two legal forms bear.
    """
    firms: dict[str, set[str]] = defaultdict(set)
    for name, number in numbers:
        for spelling in {party_key(name), firm_key(name)[0]}:
            firms[spelling] |= {digits[:9] for digits in re.findall(r"\d{9,14}", number)}
    forms: dict[str, set[str]] = defaultdict(set)
    for name in names:
        firm, form = firm_key(name)
        forms[firm] |= {form} - {""}

    def key(name: str) -> str:
        firm, spelling = firm_key(name)[0], party_key(name)
        if len(firms.get(firm, ())) < 2 and len(forms.get(firm, ())) < 2:
            return firm
        return fold(name) if len(firms.get(spelling, ())) > 1 else spelling

    return key


def same_names(entries: list[Entry], owners: Mapping[str, str], listed: Iterable[str],
               key: Callable[[str], str]) -> tuple[list[Entry], dict[str, str]]:  # fmt: skip
    """Give each actor one spelling, in the rows and as owner of a file; ``key`` says which names are one.

    A list's spelling goes before one that says the legal form, that before what rows write, and that before the name of
    a file, unless it is in capitals alone.
    """
    typed = [name for entry in entries for name in (entry.seller, entry.buyer)]
    bearing = set(owners.values())
    tabled = spelled((name for name in typed if name not in bearing), key)
    of_files, of_lists = spelled(bearing, key), spelled(listed, key)
    formed = spelled((name for name in (*typed, *bearing) if firm_key(name)[1]), key)
    actors = {one: _best(*(names.get(one) for names in (of_lists, formed, tabled, of_files)))
              for one in (*of_files, *of_lists, *tabled)}  # fmt: skip
    near = {loose(name): name for name in reversed(actors.values()) if name not in bearing}

    def actor(name: str) -> str:
        known = actors.get(key(name), name)
        return near.get(loose(known), known) if known in bearing else known

    products = spelled(entry.product for entry in entries)
    ours = {side: actor(name) for side, name in owners.items()}
    ready = [
        replace(entry, seller=actor(entry.seller), buyer=actor(entry.buyer), product=products[fold(entry.product)],
                side=loose(ours[entry.side]) if entry.side in ours else entry.side)
        for entry in entries
    ]  # fmt: skip
    return ready, {loose(name): name for name in ours.values()}


def _best(*spellings: str | None) -> str:
    """Return the first spelling that is not of one case, else the first there is."""
    found = [one for one in spellings if one]
    return next((one for one in found if not _of_one_case(one)), found[0])


@dataclass(frozen=True)
class Product:
    """One product and the unit in which it is counted."""

    name: str
    unit: str


class Units:
    """Brings the quantities of each product to one unit, and gives one to those that have none."""

    def __init__(self, entries: list[Entry], currency: str, none: str) -> None:
        self.currency, self.none = currency, none
        self.problems: list[Problem] = []
        self.products: dict[str, Product] = {}
        by_product: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_product[entry.product].append(entry)
        self.entries = [counted for name, rows in by_product.items() for counted in self._product(name, rows)]

    def _product(self, name: str, rows: list[Entry]) -> list[Entry]:
        counted = [row for row in rows if row.quantity is not None]
        if not counted:
            self.products[name] = Product(name, self.currency)
            self.problems.append(codes.COUNTED_IN_MONEY.at(rows[0].place.cell, product=name, currency=self.currency))
            return [replace(row, quantity=row.amount, unit=self.currency) for row in rows]
        units = Counter(row.unit for row in counted if row.unit)
        unit = units.most_common(1)[0][0] if units else self.none
        self.products[name] = Product(name, unit)
        ready: list[Entry] = []
        others: dict[str, list[Entry]] = defaultdict(list)
        for row in rows:
            times = factor(row.unit, unit) if row.unit and row.quantity is not None else 1.0
            if times is None:
                others[loose(row.unit)].append(row)
            else:
                quantity = row.quantity * times if row.quantity is not None else None
                ready.append(replace(row, quantity=quantity, unit=unit))
        for strange in others.values():
            ready += self._apart(name, unit, strange)
        return self._priced(name, ready)

    def _apart(self, name: str, unit: str, rows: list[Entry]) -> list[Entry]:
        other = rows[0].unit
        own = f"{name} ({other})"
        self.products[own] = Product(own, other)
        source = sources(row.place for row in rows)
        self.problems.append(codes.OTHER_UNIT.at(rows[0].place.cell, product=name, unit=unit, other=other, name=own,
                                                 source=source))  # fmt: skip
        return [replace(row, product=own, unit=other) for row in rows]

    def _priced(self, name: str, rows: list[Entry]) -> list[Entry]:
        """Work out the quantities that are missing from the average price of the rows that have both."""
        blank = [row for row in rows if row.quantity is None]
        if not blank:
            return rows
        both = [row for row in rows if row.product == name and row.quantity is not None and row.amount is not None]
        quantity = sum(row.quantity or 0.0 for row in both)
        amount = sum(row.amount or 0.0 for row in both)
        source = sources(row.place for row in blank)
        if quantity <= 0.0 or amount <= 0.0:
            own = f"{name} ({self.currency})"
            self.products[own] = Product(own, self.currency)
            self.problems.append(codes.COUNTED_IN_MONEY.at(blank[0].place.cell, product=own, currency=self.currency))
            return [replace(row, product=own, quantity=row.amount, unit=self.currency) if row.quantity is None else row
                    for row in rows]  # fmt: skip
        price = amount / quantity
        self.problems.append(codes.NO_QUANTITY.at(blank[0].place.cell, count=len(blank), product=name, source=source,
                                                  price=price))  # fmt: skip
        return [
            replace(row, quantity=(row.amount or 0.0) / price, confidence=w.Confidence.GUESSED)
            if row.quantity is None else row
            for row in rows
        ]  # fmt: skip


def unit_word() -> Label:
    """Return the unit of what is counted without one."""
    return _NO_UNIT
