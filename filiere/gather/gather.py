"""From accounting exports and members' lists to the actors, products and links of a new workbook."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from filiere.gather.books import read_rows
from filiere.gather.doubts import Doubt, doubts
from filiere.gather.entries import Entry, OwnCost, Place, Read
from filiere.gather.flows import Flow, PeriodOf, flows
from filiere.gather.members import by_number
from filiere.gather.pile.deliveries import Pile, pile
from filiere.gather.pile.joining import add_invoices, main_year
from filiere.gather.products import (
    Product,
    Units,
    matching,
    same_firms,
    same_names,
    similar,
    sources,
    spelled,
    unit_word,
)
from filiere.gather.reads.invoice import Invoice
from filiere.language import Label, Language, day, money
from filiere.names import fold, loose
from filiere.problems import Problem, WorkbookError
from filiere.problems import gathering as codes
from filiere.schema import words as w
from filiere.table import RawWorkbook
from filiere.units import mass_in_kg

Periods = Literal["none", "seasons", "months"]

_SEASONS = (Label("Winter", "Hiver"), Label("Spring", "Printemps"), Label("Summer", "Été"), Label("Autumn", "Automne"))
_MONTHS = (
    Label("January", "Janvier"), Label("February", "Février"), Label("March", "Mars"), Label("April", "Avril"),
    Label("May", "Mai"), Label("June", "Juin"), Label("July", "Juillet"), Label("August", "Août"),
    Label("September", "Septembre"), Label("October", "Octobre"), Label("November", "Novembre"),
    Label("December", "Décembre"),
)  # fmt: skip
_PERIODS: Mapping[Periods, tuple[Label, ...]] = {"none": (), "seasons": _SEASONS, "months": _MONTHS}
_YEAR = 366


@dataclass(frozen=True)
class Actor:
    """One actor, and whether its perimeter is a guess."""

    name: str
    perimeter: w.Perimeter
    guessed: bool
    source: str
    identifier: str = ""
    """The numbers that other files know it by."""


@dataclass(frozen=True)
class PricedProduct:
    """One product with its mean price over all that was exchanged."""

    product: Product
    price: float | None
    source: str
    family: str = ""


@dataclass(frozen=True)
class Own:
    """The own costs of one actor in the year: in all, and by kind."""

    actor: str
    amount: float
    kinds: tuple[tuple[Label, Label], ...]
    """What for, and how much."""
    source: str


@dataclass(frozen=True)
class Gathered:
    """What goes into the new workbook, and what remains to be decided."""

    actors: tuple[Actor, ...]
    products: tuple[PricedProduct, ...]
    flows: tuple[Flow, ...]
    periods: tuple[Label, ...]
    currency: str
    in_mass: bool
    """Whether every product's unit is a mass, so that circularity can be counted in it."""
    decisions: tuple[Problem, ...]
    own: tuple[Own, ...] = ()
    """What actors pay whatever they trade, as their ledgers tell it."""
    doubts: tuple[Doubt, ...] = ()
    """Rows that may tell one delivery twice."""


def gather(books: Iterable[RawWorkbook], language: Language, periods: Periods = "none", year: int | None = None,
           currency: str = "EUR", invoices: Iterable[Invoice] = (),
           refused: Iterable[Problem] = ()) -> Gathered:  # fmt: skip
    """Return the chain that the purchases and sales of ``books`` and ``invoices`` describe, for one year.

    ``periods`` shares each link out by the dates of its rows. Without ``year``, the year with most rows is
    gathered where the dates are more than a year apart. Raises WorkbookError where nothing is recognised.
    """
    books = list(books)
    read = read_rows(books, currency, language)
    told = pile(invoices, currency, language)
    by_number(read, told.identifiers)
    add_invoices(read, told)
    read.problems += refused
    entries = _of_one_year(read, year if year is not None or not told.entries else main_year(read.entries))
    if not entries and not read.actors and not told.named:
        files = [book.file_name for book in books if book.path]
        raise WorkbookError([codes.NOTHING_TO_GATHER.at(None, files=files), *read.problems])
    key = matching(_borne(read, entries, told), [*told.identifiers.items(), *read.identifiers.items(), *read.numbers])
    named, read.owners = same_names(entries, read.owners, (one.name for one in read.actors), key)
    named = _between_two(named, read)
    units = Units(named, currency, unit_word().to(language))
    namer = _namer(periods, language)
    found, confronted = flows(units.entries, read.owners, namer)
    actors = _actors(read, units.entries, told, key)
    unweighed = [one.name for one in units.products.values() if mass_in_kg(one.unit) is None]
    no_mass = [codes.NO_MASS.at(None, names=unweighed)] if unweighed else []
    decisions = [
        *_same(actors, units, read.owners.values()),
        *confronted,
        *units.problems,
        *no_mass,
        *_perimeters(actors),
        *read.problems,
    ]
    own = tuple(_own(read, entries, {key(actor.name): actor.name for actor in actors}, key))
    return Gathered(
        tuple(actors), tuple(_products(units, found, read.families)), tuple(found), _PERIODS[periods], currency,
        not unweighed, tuple(_unrepeated(decisions)), own,
        tuple(doubts(units.entries, read.owners, namer)),
    )  # fmt: skip


def _borne(read: Read, entries: list[Entry], told: Pile) -> Iterator[str]:
    """Yield every name that somebody bears in the files."""
    for entry in entries:
        yield from (entry.seller, entry.buyer)
    yield from read.owners.values()
    yield from (one.name for one in read.actors)
    yield from (name for name, _ in told.named)


def _between_two(entries: list[Entry], read: Read) -> list[Entry]:
    """Leave out the rows whose seller and buyer turn out to be one; said where each is."""
    read.problems += [codes.SOLD_TO_ITSELF.at(one.place.cell, name=one.seller) for one in entries
                      if one.seller == one.buyer]  # fmt: skip
    return [one for one in entries if one.seller != one.buyer]


def _namer(periods: Periods, language: Language) -> PeriodOf | None:
    """Return which period a day falls in; seasons are the meteorological ones, winter from December on."""
    if periods == "none":
        return None
    names = [label.to(language) for label in _PERIODS[periods]]
    return lambda day: names[day.month % 12 // 3] if periods == "seasons" else names[day.month - 1]


def _of_one_year(read: Read, year: int | None) -> list[Entry]:
    """Return the rows of the year asked for, else of the year or season with most rows where there are several."""
    counts = Counter(entry.counted_in for entry in read.entries if entry.counted_in)
    closed = {entry.closing for entry in read.entries} - {0, 12} and len(counts) > 1
    if not counts or (year is None and not closed and not _several(read.entries)):
        days = [entry.date for entry in read.entries if entry.date is not None and not entry.year.count("/")]
        if days and min(days).year != max(days).year:
            ends = {name: Label(day(one, "en"), day(one, "fr")) for name, one in (("first", min(days)),
                                                                                  ("last", max(days)))}  # fmt: skip
            read.problems.append(codes.BUSINESS_YEAR.at(None, **ends))
        return read.entries
    chosen = str(year) if year is not None else max(counts, key=lambda one: (counts[one], one))
    kept = {chosen} | {one for one in counts if "/" in one and chosen not in counts and _harvest(one) == chosen}
    left = [entry for entry in read.entries if entry.counted_in and entry.counted_in not in kept]
    if left:
        years = sorted(set(counts) - kept)
        named = ", ".join(sorted(kept & set(counts)) or [chosen])
        read.problems.append(codes.OTHER_YEARS.at(left[0].place.cell, count=len(left), years=years, year=named))
    return [
        entry
        for entry in read.entries
        if entry.counted_in in kept or (not entry.counted_in and not (left and entry.undated))
    ]


def _harvest(season: str) -> str:
    """Return the year in which a season ends: ``2024/25`` is the harvest eaten in 2025."""
    return str(int(season[:4]) + 1)


def _several(entries: list[Entry]) -> bool:
    """Whether the rows are of more than one year: one business year may lie in two calendar years."""
    days = [entry.date for entry in entries if entry.date is not None]
    if len({entry.counted_in for entry in entries if entry.counted_in and entry.date is None}) > 1:
        return True
    if len({"/" in entry.counted_in for entry in entries if entry.counted_in}) > 1:
        return True
    stated = {entry.counted_in for entry in entries if entry.counted_in and entry.date is None}
    if stated and days and {str(day.year) for day in days} - stated:
        return True
    return bool(days) and ((max(days) - min(days)).days > _YEAR or _two_full_years(days))


def _two_full_years(days: list[dt.date]) -> bool:
    """Whether yearly dates (two 1 Januaries, say) are a year apart: two years' figures, not one year's rows."""
    return (max(days) - min(days)).days >= _YEAR - 1 and max(days).month == min(days).month


def _actors(read: Read, entries: list[Entry], told: Pile, key: Callable[[str], str]) -> list[Actor]:
    """Return everybody named: who sent a file or is on a members' list is a member, the others are a guess.

    ``key`` says which names are one.
    """
    places: dict[str, list[Place]] = defaultdict(list)
    sells, buys = set(), set()
    for entry in entries:
        sells.add(key(entry.seller))
        buys.add(key(entry.buyer))
        for name in (entry.seller, entry.buyer):
            places[key(name)].append(entry.place)
    listed = {key(one.name): one for one in read.actors}
    for one_key, one in listed.items():
        places[one_key].append(one.place)
    for name, place in told.named:
        places[key(name)].append(place)
    exchanging = (name for entry in entries for name in (entry.seller, entry.buyer))
    unseen = spelled([*(one.name for one in read.actors), *(name for name, _ in told.named)], key)
    numbers: dict[str, str] = {}
    for name, number in (*told.identifiers.items(), *read.identifiers.items()):
        numbers[key(name)] = numbers.get(key(name)) or number
    actors = []
    for one_key, name in (unseen | spelled(exchanging, key)).items():
        if one_key in listed:
            perimeter, guessed = listed[one_key].perimeter, False
        elif loose(name) in read.owners:
            perimeter, guessed = w.Perimeter.MEMBER, False
        else:
            inside = one_key in sells and one_key in buys
            perimeter, guessed = (w.Perimeter.LOCAL if inside else w.Perimeter.EXTERNAL), True
        actors.append(Actor(name, perimeter, guessed, sources(places[one_key]), numbers.get(one_key, "")))
    return sorted(actors, key=lambda one: (list(w.Perimeter).index(one.perimeter), loose(one.name)))


def _own(read: Read, entries: list[Entry], actors: Mapping[str, str], key: Callable[[str], str]) -> Iterable[Own]:
    """Return what each actor pays of its own in the year that is gathered; ``actors`` are by their key."""
    kept = {entry.counted_in for entry in entries if entry.counted_in}
    by_actor: dict[str, list[OwnCost]] = defaultdict(list)
    for cost in read.own:
        name = actors.get(key(cost.actor), "")
        if name and (cost.date is None or not kept or str(cost.date.year) in kept):
            by_actor[name].append(cost)
    for name, costs in by_actor.items():
        kinds: dict[Label, float] = defaultdict(float)
        for cost in costs:
            kinds[cost.kind] += cost.amount
        total = round(sum(kinds.values()), 2)
        if total > 0:
            said = tuple((kind, money(amount)) for kind, amount in sorted(kinds.items(), key=lambda one: -one[1]))
            yield Own(name, total, said, sources(cost.place for cost in costs))


def _perimeters(actors: list[Actor]) -> list[Problem]:
    guessed: dict[w.Perimeter, list[str]] = defaultdict(list)
    for actor in actors:
        if actor.guessed:
            guessed[actor.perimeter].append(actor.name)
    return [codes.PERIMETER.at(None, names=names, perimeter=word.label) for word, names in guessed.items()]


def _products(units: Units, found: list[Flow], families: Mapping[str, str]) -> list[PricedProduct]:
    by_product: dict[str, list[Flow]] = defaultdict(list)
    for flow in found:
        by_product[flow.product].append(flow)
    places: dict[str, list[Place]] = defaultdict(list)
    for entry in units.entries:
        places[entry.product].append(entry.place)
    priced = []
    for name in sorted(by_product, key=loose):
        rows = [flow for flow in by_product[name] if flow.price is not None]
        quantity = sum(flow.quantity for flow in rows)
        mean = sum(flow.quantity * (flow.price or 0.0) for flow in rows) / quantity if quantity else None
        priced.append(PricedProduct(units.products[name], mean, sources(places[name]), families.get(fold(name), "")))
    return priced


def _same(actors: list[Actor], units: Units, filed: Iterable[str]) -> list[Problem]:
    names = [actor.name for actor in actors]
    near = similar(names)
    pairs = [*near, *(pair for pair in same_firms(names, filed) if pair not in near), *similar(units.products)]
    return [codes.SIMILAR_NAMES.at(None, first=first, second=second) for first, second in pairs]


def _unrepeated(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once: the two halves of a ledger are one table."""
    return list({(problem.code, problem.cell, problem.message("en")): problem for problem in problems}.values())
