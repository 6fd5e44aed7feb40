"""Files of one teller that may tell the same sales: a detail and its sums, notes and their invoices, two versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from filiere.gather.cells.counting import piece_by_number
from filiere.gather.entries import Entry
from filiere.gather.headings import plain
from filiere.gather.products import similar
from filiere.names import loose

Source = tuple[str, str, str]
"""Who tells it, a file and its sheet."""
Link = tuple[str, str, str]
_SHARE = 0.001
"""By how much two sums of the same sales may be apart through rounding."""


@dataclass(frozen=True)
class Repeated:
    """Two sources that may tell the same: what they do, the rows that both tell, the fuller source's first."""

    kind: str
    """``sums`` where they come to the same, ``pieces`` where pieces of one number have other figures."""
    fuller: tuple[Entry, ...]
    other: tuple[Entry, ...]

    @property
    def pieces(self) -> tuple[str, ...]:
        """The numbers of the pieces that both tell."""
        return tuple(dict.fromkeys(row.number for row in self.fuller)) if self.kind == "pieces" else ()


@dataclass(frozen=True)
class _Told:
    """What one source tells: its rows, and those of each exchange."""

    rows: tuple[Entry, ...]
    links: Mapping[Link, Sequence[Entry]]


def repeated(entries: Sequence[Entry]) -> Iterator[Repeated]:
    """Yield what two sources of one teller may tell twice; electronic invoices, known by their numbers, are none."""
    rows = [entry for entry in entries if not entry.number or entry.place.sheet != entry.number]
    one_name = _names(rows)
    sources: dict[Source, list[Entry]] = defaultdict(list)
    for entry in rows:
        if entry.side:
            sources[one_name.get(entry.side, entry.side), entry.place.file, entry.place.sheet].append(entry)
    by_teller: dict[str, list[_Told]] = defaultdict(list)
    for (teller, _, _), told in sources.items():
        by_teller[teller].append(_Told(tuple(told), _by_link(told, one_name)))
    for several in by_teller.values():
        for ours, theirs in combinations(several, 2):
            if ours.links.keys() & theirs.links.keys():
                found = _pieces(ours, theirs) or _sums(ours, theirs)
                if found is not None:
                    yield found


def _names(entries: Sequence[Entry]) -> Mapping[str, str]:
    """Return loose name → the loose name that it may be one with."""
    found: dict[str, str] = {}
    for one, other in similar(dict.fromkeys(name for entry in entries for name in (entry.seller, entry.buyer))):
        found[loose(other)] = found.get(loose(one), loose(one))
    return found


def _by_link(rows: Sequence[Entry], one_name: Mapping[str, str]) -> dict[Link, list[Entry]]:
    found: dict[Link, list[Entry]] = defaultdict(list)
    for row in rows:
        seller, buyer = (one_name.get(loose(name), loose(name)) for name in (row.seller, row.buyer))
        found[seller, buyer, loose(row.product)].append(row)
    return found


def _pieces(ours: _Told, theirs: _Told) -> Repeated | None:
    """Return the lines of pieces that both sources number alike on one day, with other figures."""
    told: tuple[dict[tuple[object, ...], list[Entry]], ...] = (defaultdict(list), defaultdict(list))
    for source, side in zip((ours, theirs), told, strict=True):
        for link, lines in source.links.items():
            for row in lines:
                if row.number:
                    side[(*link, loose(row.number), row.date or row.year)].append(row)
    both = [key for key in told[0] if key in told[1] and _figures(told[0][key]) != _figures(told[1][key])]
    if not both:
        return None
    first, second = ([row for key in both for row in side[key]] for side in told)
    ordered = (first, second) if _later(first[0], second[0]) else (second, first)
    return Repeated("pieces", tuple(ordered[0]), tuple(ordered[1]))


def _later(one: Entry, other: Entry) -> bool:
    """Whether the name of a file says that it is the later version of two, else whether it comes last."""

    def version(row: Entry) -> tuple[bool, str]:
        words = plain(f"{row.place.file} {row.place.sheet}")
        return any(word in words for word in ("corrig", "rectif", "defin", "final", "revis", "maj")), words

    return version(one) > version(other)


def _sums(ours: _Told, theirs: _Told) -> Repeated | None:
    """Return the rows of the exchanges of which both sources give the same sums, where most of those shared do."""
    shared = [link for link in ours.links if link in theirs.links]
    alike = [link for link in shared if _same(ours.links[link], theirs.links[link])]
    if not alike or 2 * len(alike) < len(shared) or not _may_be_one(ours.rows, theirs.rows, len(alike)):
        return None
    first, second = ([row for link in alike for row in source.links[link]] for source in (ours, theirs))
    ordered = (first, second) if _fullness(first) >= _fullness(second) else (second, first)
    return Repeated("sums", tuple(ordered[0]), tuple(ordered[1]))


def _may_be_one(ours: Sequence[Entry], theirs: Sequence[Entry], alike: int) -> bool:
    """Whether two sources of equal sums may be one: notes and invoices, dated rows and their sums, one time twice."""
    kinds = [{piece_by_number(row.number) for row in rows} - {""} for rows in (ours, theirs)]
    papers = [_paper(rows[0]) for rows in (ours, theirs)]
    if ({"delivery"} in kinds and {"invoice"} in kinds) or set(papers) == {"delivery", "invoice"}:
        return True
    dated = [[row.date for row in rows if row.date] for rows in (ours, theirs)]
    if not dated[0] or not dated[1]:
        return len(ours) != len(theirs) or bool(dated[0]) != bool(dated[1])
    overlap = max(min(dated[0]), min(dated[1])) <= min(max(dated[0]), max(dated[1]))
    return overlap and (len(ours) != len(theirs) or alike > 1)


def _paper(row: Entry) -> str:
    words = plain(f"{row.place.file} {row.place.sheet}").split()
    if {"bl", "bls"} & set(words) or "livraison" in " ".join(words):
        return "delivery"
    return "invoice" if any(word.startswith(("factur", "invoice")) for word in words) else ""


def _figures(rows: Sequence[Entry]) -> tuple[float, float]:
    return round(sum(row.quantity or 0.0 for row in rows), 6), round(sum(row.amount or 0.0 for row in rows), 2)


def _same(ours: Sequence[Entry], theirs: Sequence[Entry]) -> bool:
    """Whether rows make the same sums, in every figure that both give; rows of no figure make none."""
    alike = []
    for name in ("quantity", "amount"):
        known = [[getattr(row, name) for row in rows] for rows in (ours, theirs)]
        if all(value is not None for values in known for value in values):
            one, other = map(sum, known)
            alike.append(abs(one) > 0.0 and abs(one - other) <= _SHARE * max(abs(one), abs(other)))
    return bool(alike) and all(alike)


def _fullness(rows: Sequence[Entry]) -> tuple[bool, bool, int]:
    """Rank rows by what they give: amounts, then days, then how many they are."""
    return all(row.amount is not None for row in rows), all(row.date is not None for row in rows), len(rows)
