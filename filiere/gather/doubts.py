"""Rows that may tell one delivery twice: they all count until somebody says which of them do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from filiere.gather.entries import Entry, Place
from filiere.gather.flows import Flow, PeriodOf, flows, once
from filiere.gather.pile.repeated import Repeated, repeated
from filiere.gather.products import sources
from filiere.gather.reads.money import is_money
from filiere.language import Label, between
from filiere.names import loose

Changed = tuple[tuple[Flow, Flow | None], ...]
"""Flows as they count, each with what it is without some rows (None: nothing)."""
_LISTED = 5
_ROUNDED, _SHARE = 0.02, 0.001
"""By how much two sums of one sale may be apart through rounding: in money, and as a share."""


@dataclass(frozen=True)
class Way:
    """One way to understand the rows, and what it makes of the flows."""

    said: Label
    changed: Changed = ()


@dataclass(frozen=True)
class Doubt:
    """One question about rows that may be one: its kind, the names it is about, and the ways to understand them."""

    kind: str
    names: tuple[str, ...]
    question: Label
    ways: tuple[Way, ...]


def doubts(entries: Sequence[Entry], owners: Mapping[str, str], period_of: PeriodOf | None) -> list[Doubt]:
    """Return the questions that rows of one file or of two leave open about each other."""
    return list(_Doubting(entries, owners, period_of).found())


class _Doubting:
    def __init__(self, entries: Sequence[Entry], owners: Mapping[str, str], period_of: PeriodOf | None) -> None:
        self.entries, self.owners, self.period_of = once(entries, []), owners, period_of
        self.by_link: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self.by_link[_link(entry)].append(entry)

    def found(self) -> Iterator[Doubt]:
        again: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        for entry in self._again():
            again[_link(entry)].append(entry)
        for (seller, buyer, product), rows in again.items():
            pieces = _pieces(rows)
            yield Doubt("same rows", (seller, buyer, product, *pieces), Label(
                f"{product}, from {seller} to {buyer}: rows that stand twice in one file, with the same figures"
                f"{_numbered(pieces).en} ({sources(row.place for row in rows)}). Each counts meanwhile. Are these "
                "deliveries of their own?",
                f"{product}, {between(seller, buyer).fr} : des lignes figurent deux fois dans un même fichier, avec "
                f"les mêmes chiffres{_numbered(pieces).fr} ({sources(row.place for row in rows)}). Chacune compte en "
                "attendant. Sont-ce des livraisons distinctes ?",
            ), (
                Way(Label("yes, count each", "oui, les compter toutes")),
                Way(Label("no, count them once", "non, ne les compter qu'une fois"), self._without(rows)),
            ))  # fmt: skip
        yield from self._told_by_two("seller")
        yield from self._told_by_two("buyer")
        yield from self._under_two_names()
        yield from self._sums_and_details()
        for one in repeated(self.entries):
            yield self._repeated(one)

    def _repeated(self, one: Repeated) -> Doubt:
        """Return the question whether two files of one teller tell the same."""
        ours, theirs = (Place(rows[0].place.file, rows[0].place.sheet, 0) for rows in (one.fuller, one.other))
        named = [f"{place.file} [{place.sheet}]" if place.sheet else place.file for place in (ours, theirs)]
        if not ours.sheet and ours.file == theirs.file:
            named = [sources(row.place for row in rows) for rows in (one.fuller, one.other)]
        source = sources(row.place for row in (*one.fuller, *one.other))
        links = dict.fromkeys(_link(row) for row in one.fuller)
        said = "; ".join(f"{product}, {seller} → {buyer}" for seller, buyer, product in list(links)[:_LISTED])
        said += "…" if len(links) > _LISTED else ""
        (seller, buyer, product), tail = next(iter(links)), (str(len(links)),) if len(links) > 1 else ()
        if one.kind == "pieces":
            question = Label(
                f"The same pieces{_numbered(one.pieces).en} stand in two files with other figures: {said} ({source}). "
                "Both count meanwhile. Which holds?",
                f"Les mêmes pièces{_numbered(one.pieces).fr} figurent dans deux fichiers avec d'autres chiffres : "
                f"{said} ({source}). Les deux comptent en attendant. Laquelle vaut ?",
            )
            return Doubt("two versions", (seller, buyer, product, *one.pieces), question, (
                Way(Label(f"that of {named[0]}", f"celle de {named[0]}"), self._without(one.other)),
                Way(Label(f"that of {named[1]}", f"celle de {named[1]}"), self._without(one.fuller)),
                Way(Label("both count", "les deux comptent")),
            ))  # fmt: skip
        question = Label(
            f"Two files make the same sums: {said} ({source}). They may be a detail and its summary, or delivery notes "
            "and their invoices. Both count meanwhile. Are these the same sales?",
            f"Deux fichiers donnent les mêmes sommes : {said} ({source}). Ce peut être un détail et sa synthèse, ou "
            "des bons de livraison et leurs factures. Les deux comptent en attendant. Sont-ce les mêmes ventes ?",
        )
        return Doubt("same sums", (seller, buyer, product, *tail), question, (
            Way(Label(f"yes, {named[0]} counts", f"oui, {named[0]} compte"), self._without(one.other)),
            Way(Label("no, both count", "non, les deux comptent")),
        ))  # fmt: skip

    def _again(self) -> Iterator[Entry]:
        """Yield the rows of a numbered piece that stand above in their table or on another sheet of their file."""
        first: dict[tuple[object, ...], str] = {}
        for entry in self.entries:
            if not entry.number:
                continue
            sheet = first.setdefault((*entry.content, entry.side, entry.place.file), entry.place.sheet)
            if entry.again or sheet != entry.place.sheet:
                yield entry

    def _told_by_two(self, end: str) -> Iterator[Doubt]:
        """Yield a question for each two names under which two files tell the same lines of the same pieces."""
        alike: dict[tuple[object, ...], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for entry in self.entries:
            by_number = entry.number and (entry.date or entry.year)
            if by_number or (entry.date and entry.quantity and entry.amount and entry.side):
                other = entry.buyer if end == "seller" else entry.seller
                key = (loose(other), loose(entry.product), entry.quantity, entry.amount,
                       entry.date or entry.year, entry.number)  # fmt: skip
                alike[key][entry.seller if end == "seller" else entry.buyer].append(entry)
        pairs: dict[tuple[str, str], tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
        for named in alike.values():
            names = sorted(named, key=loose)
            for one, other in ((a, b) for at, a in enumerate(names) for b in names[at + 1 :]):
                files = ({row.place.file for row in named[name]} for name in (one, other))
                numbered = all(row.number for name in (one, other) for row in named[name])
                if not set.intersection(*files) and (numbered or _of_two_ends(named[one], named[other])):
                    pairs[one, other][0].extend(named[one])
                    pairs[one, other][1].extend(named[other])
        for (one, other), (ours, theirs) in pairs.items():
            yield self._twice_told(end, (one, other), ours, theirs)

    def _under_two_names(self) -> Iterator[Doubt]:
        """Yield a question for each two goods of one sum, of which the seller names the one and the buyer the other."""
        told: dict[tuple[str, str], dict[str, dict[str, list[Entry]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        for entry in self.entries:
            if {loose(entry.seller), loose(entry.buyer)} <= self.owners.keys():
                told[entry.seller, entry.buyer][entry.product][entry.side].append(entry)
        for (seller, buyer), goods in told.items():
            alone = {name: sides for name, sides in goods.items() if len(sides) == 1}
            sold = {name: sides[loose(seller)] for name, sides in alone.items() if loose(seller) in sides}
            bought = {name: sides[loose(buyer)] for name, sides in alone.items() if loose(buyer) in sides}
            for one, ours in sold.items():
                alike = [name for name, theirs in bought.items() if _same_sum(ours, theirs)]
                if len(alike) == 1:
                    theirs = bought.pop(alike[0])
                    yield self._two_names((seller, buyer), (one, alike[0]), ours, theirs)

    def _two_names(self, ends: tuple[str, str], goods: tuple[str, str], ours: list[Entry],
                   theirs: list[Entry]) -> Doubt:  # fmt: skip
        (seller, buyer), (one, other), source = ends, goods, sources(row.place for row in (*ours, *theirs))
        return Doubt("two names", (seller, buyer, one, other), Label(
            f"{seller} says that it sells {one} to {buyer}, and {buyer} that it buys {other} from it, for the same sum "
            f"({source}). Both count meanwhile. Is it one and the same sale?",
            f"{seller} dit vendre {one} à {buyer}, et {buyer} dit lui acheter {other}, pour la même somme ({source}). "
            "Les deux comptent en attendant. Est-ce une seule et même vente ?",
        ), (
            Way(Label(f"yes, of {one}", f"oui, de {one}"), self._without(theirs)),
            Way(Label(f"yes, of {other}", f"oui, de {other}"), self._without(ours)),
            Way(Label("no, both count", "non, les deux comptent")),
        ))  # fmt: skip

    def _sums_and_details(self) -> Iterator[Doubt]:
        """Yield a question where a file gives in money alone, as a ledger does, what another gives with quantities."""
        sums: dict[tuple[str, bool, str, str], list[Entry]] = defaultdict(list)
        details: dict[tuple[bool, str], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for entry in self.entries:
            buys = loose(entry.buyer) == entry.side
            if entry.side not in (loose(entry.seller), loose(entry.buyer)) or entry.amount is None:
                continue
            if is_money(entry.unit):
                sums[entry.side, buys, _other(entry), entry.product].append(entry)
            else:
                details[buys, _other(entry)][entry.side].append(entry)
        for (side, buys, other, good), ours in sums.items():
            for teller, theirs in details[buys, other].items() if (buys, other) in details else ():
                one_firm = side == teller or self.owners.get(side, "").isdigit()
                apart = not {row.place.file for row in ours} & {row.place.file for row in theirs}
                if one_firm and apart and _same_sum(ours, theirs):
                    yield self._detailed(good, ours, theirs)

    def _detailed(self, good: str, ours: list[Entry], theirs: list[Entry]) -> Doubt:
        source = sources(row.place for row in (*ours, *theirs))
        tellers = [self.owners.get(rows[0].side, rows[0].side) for rows in (ours, theirs)]
        other = theirs[0].seller if loose(theirs[0].buyer) == theirs[0].side else theirs[0].buyer
        goods = ", ".join(dict.fromkeys(row.product for row in theirs))
        return Doubt("sum and details", (*tellers, other, good), Label(
            f"{good}, with {other}, in the accounts of {tellers[0]}, and {goods}, in another file of {tellers[1]}, "
            f"make the same sum ({source}). Both count meanwhile. Is it one and the same?",
            f"{good}, avec {other}, dans les comptes de {tellers[0]}, et {goods}, dans un autre fichier de "
            f"{tellers[1]}, font la même somme ({source}). Les deux comptent en attendant. Est-ce la même chose ?",
        ), (
            Way(Label("yes, what has quantities counts", "oui, ce qui a des quantités compte"), self._without(ours)),
            Way(Label("no, both count", "non, les deux comptent")),
        ))  # fmt: skip

    def _twice_told(self, end: str, names: tuple[str, str], ours: list[Entry], theirs: list[Entry]) -> Doubt:
        pieces, source = _pieces(ours), sources(row.place for row in (*ours, *theirs))
        sells = end == "seller"
        under = Label(" under the same number", " sous le même numéro") if pieces else Label(
            " on the same day", " le même jour")  # fmt: skip
        question = Label(
            f"{names[0]} and {names[1]} both {'sell' if sells else 'buy'} the same{under.en}{_numbered(pieces).en} "
            f"({source}). Both count meanwhile. Is it one and the same {'sale' if sells else 'purchase'}?",
            f"{names[0]} et {names[1]} {'vendent' if sells else 'achètent'} la même chose{under.fr}"
            f"{_numbered(pieces).fr} ({source}). Les deux comptent en attendant. Est-ce une seule et même "
            f"{'vente' if sells else 'commande'} ?",
        )
        return Doubt("same pieces", (*names, *pieces), question, (
            Way(Label(f"yes, of {names[0]}", f"oui, celle de {names[0]}"), self._without(theirs)),
            Way(Label(f"yes, of {names[1]}", f"oui, celle de {names[1]}"), self._without(ours)),
            Way(Label("no, both count", "non, les deux comptent")),
        ))  # fmt: skip

    def _without(self, rows: Iterable[Entry]) -> Changed:
        """Return what the flows of some rows are with and without them."""
        left: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for row in rows:
            left[_link(row)].add(id(row))
        changed: list[tuple[Flow, Flow | None]] = []
        for link, dropped in left.items():
            all_ = self.by_link[link]
            before = flows(all_, self.owners, self.period_of)[0]
            after = flows([row for row in all_ if id(row) not in dropped], self.owners, self.period_of)[0]
            by_period = {flow.period: flow for flow in after}
            changed += [(flow, by_period.get(flow.period)) for flow in before]
        return tuple(changed)


def _of_two_ends(ours: Sequence[Entry], theirs: Sequence[Entry]) -> bool:
    """Whether the seller tells some rows and the buyer the others: a sale and the purchase that it is."""
    ends = [{"seller" if row.side == loose(row.seller) else "buyer" if row.side == loose(row.buyer) else ""
             for row in rows} for rows in (ours, theirs)]  # fmt: skip
    return sorted(map(sorted, ends)) == [["buyer"], ["seller"]]


def _other(entry: Entry) -> str:
    return loose(entry.seller if loose(entry.buyer) == entry.side else entry.buyer)


def _same_sum(ours: Sequence[Entry], theirs: Sequence[Entry]) -> bool:
    """Whether rows that all have amounts make the same sum, whatever was rounded."""
    amounts = [[row.amount for row in rows] for rows in (ours, theirs)]
    known = [[amount for amount in some if amount is not None] for some in amounts]
    (one, other), whole = map(sum, known), list(map(len, known)) == list(map(len, amounts))
    return whole and one > 0.0 and abs(one - other) <= max(_ROUNDED, _SHARE * one)


def _link(entry: Entry) -> tuple[str, str, str]:
    return entry.seller, entry.buyer, entry.product


def _pieces(rows: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.number for row in rows if row.number))


def _numbered(pieces: Sequence[str]) -> Label:
    if not pieces:
        return Label("", "")
    said = ", ".join(pieces[:_LISTED]) + ("…" if len(pieces) > _LISTED else "")
    return Label(f", no. {said}", f", n° {said}")
