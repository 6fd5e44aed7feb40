"""From declared deliveries to one figure a flow: both sides confronted, and shared out over the periods.

Of two declarations of one flow the surer one counts, as when the workbook is read; two that are equally sure, by
their mean.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from filiere.chain.derived.uncertainty import RELATIVE as UNCERTAINTY
from filiere.gather.entries import Entry, Place
from filiere.gather.pile.money_back import without_goods
from filiere.gather.products import sources
from filiere.language import Label, money
from filiere.names import loose
from filiere.problems import Problem
from filiere.problems import gathering as codes
from filiere.schema import words as w

PeriodOf = Callable[[dt.date], str]
SELLER, BUYER, SEVERAL = "seller", "buyer", "*"
"""Who tells a figure: one end of the exchange, or several whose figures are mixed in it."""


@dataclass(frozen=True)
class Flow:
    """One row of Links: this year's quantity, the mean price paid, and where both are written."""

    seller: str
    buyer: str
    product: str
    period: str
    quantity: float
    price: float | None
    confidence: w.Confidence
    source: str
    said: tuple[float, w.Confidence, float, w.Confidence] | None = None
    """Where both sides declared it otherwise: the seller's quantity and confidence, and the buyer's."""
    transport: float | None = None
    """What the transport of one unit was invoiced at."""
    labels: tuple[tuple[str, Label], ...] = ()
    """What was paid for the goods of each label, where the link's goods carry some."""
    gross: float | None = None
    """The mean price with tax, where only amounts that include it are known."""
    taxed_by: str = ""
    """Whose files give that price."""
    marks: tuple[str, ...] = ()
    """The labels that all of these goods carry, by whoever marks any."""
    heard: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Figure → who tells it: the seller, the buyer, somebody else by name, or several as one mean."""


@dataclass(frozen=True)
class _Declared:
    """What one side declares of one flow over the year."""

    quantity: float
    amount: float | None
    priced: float
    """The quantity of the rows that have an amount."""
    confidence: w.Confidence
    entries: tuple[Entry, ...]
    with_tax: bool = False
    """Whether its amounts include tax."""

    @property
    def source(self) -> str:
        return sources(entry.place for entry in self.entries)


def flows(entries: Iterable[Entry], owners: Mapping[str, str], period_of: PeriodOf | None) -> tuple[
        list[Flow], list[Problem]]:  # fmt: skip
    """Return one flow for each seller, buyer and product (and period, with ``period_of``), and what is to decide."""
    grouped: dict[tuple[str, str, str], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    problems: list[Problem] = []
    kept = without_goods(once(entries, problems), problems)
    for entry in kept:
        grouped[entry.seller, entry.buyer, entry.product][_side(entry)].append(entry)
    undated = [entry.place for entry in kept if entry.date is None]
    if period_of is not None and undated:
        problems.append(codes.UNDATED.at(undated[0].cell, count=len(undated)))
    found: list[Flow] = []
    for (seller, buyer, product), sides in grouped.items():
        declared = {side: _declared(rows) for side, rows in sides.items()}
        found += _Settling(seller, buyer, product, declared, owners, problems).flows(period_of)
    return found, problems


def _side(entry: Entry) -> str:
    if entry.side == loose(entry.seller):
        return "seller"
    return "buyer" if entry.side == loose(entry.buyer) else "third"


def once(entries: Iterable[Entry], problems: list[Problem]) -> list[Entry]:
    """Drop the rows that stand in another file of the same side as well."""
    first: dict[tuple[object, ...], dict[Place, int]] = defaultdict(dict)
    kept = []
    taken: dict[tuple[object, ...], str] = {}
    for entry in entries:
        key = (*entry.content, entry.side)
        file = taken.setdefault(key, entry.place.file)
        if file != entry.place.file:
            other = next(iter(first[key]))
            problems.append(codes.REPEATED_ROW.at(entry.place.cell, other=str(other.cell)))
            continue
        first[key][entry.place] = 1
        kept.append(entry)
    return kept


def _declared(entries: list[Entry]) -> _Declared:
    known = [entry for entry in entries if entry.amount is not None]
    priced = [entry for entry in known if not entry.with_tax] or known
    worst = max((entry.confidence for entry in entries), key=lambda word: UNCERTAINTY[word])
    return _Declared(
        sum(entry.quantity or 0.0 for entry in entries),
        sum(entry.amount or 0.0 for entry in priced) if priced else None,
        sum(entry.quantity or 0.0 for entry in priced),
        worst,
        tuple(entries),
        bool(priced) and priced[0].with_tax,
    )


def weights(confidences: Iterable[w.Confidence]) -> list[float]:
    """Return what each figure counts for: the surest alone, those that are equally sure by their mean."""
    known = [UNCERTAINTY[word] for word in confidences]
    surest = known.count(min(known))
    return [1.0 / surest if one == min(known) else 0.0 for one in known]


class _Settling:
    """Settles the declarations of one flow."""

    def __init__(self, seller: str, buyer: str, product: str, declared: Mapping[str, _Declared],
                 owners: Mapping[str, str], problems: list[Problem]) -> None:  # fmt: skip
        self.seller, self.buyer, self.product, self.problems = seller, buyer, product, problems
        self.owners = owners
        # Somebody who stands on neither side is heard only where no side speaks.
        heard = {side: one for side, one in declared.items() if side != "third"} or dict(declared)
        self.sides = dict(heard)
        self.weights = weights(one.confidence for one in self.sides.values())
        self.quantity = self._mean([one.quantity for one in self.sides.values()])
        self.unit = next(iter(self.sides.values())).entries[0].unit
        self.all = [entry for one in declared.values() for entry in one.entries]
        self._confront({loose(name) for name in owners})
        if "third" in declared and "third" not in self.sides:
            self._unheard(declared["third"])

    def _mean(self, values: Iterable[float]) -> float:
        return sum(weight * value for weight, value in zip(self.weights, values, strict=True))

    def _confront(self, declaring: set[str]) -> None:
        names = {"product": self.product, "seller": self.seller, "buyer": self.buyer}
        cell = self.all[0].place.cell
        if len(self.sides) == 2:
            sold, bought = self.sides["seller"], self.sides["buyer"]
            gap = abs(sold.quantity - bought.quantity)
            if gap > 1e-9 * max(abs(sold.quantity), abs(bought.quantity)):
                self.problems.append(codes.TWO_DECLARATIONS.at(
                    cell, **names, sold=sold.quantity, bought=bought.quantity, gap=gap, unit=self.unit,
                    kept=self.quantity, seller_source=sold.source, buyer_source=bought.source))  # fmt: skip
        elif {loose(self.seller), loose(self.buyer)} <= declaring and "third" not in self.sides:
            declarer = self.seller if "seller" in self.sides else self.buyer
            self.problems.append(codes.ONE_DECLARATION.at(cell, **names, declarer=declarer))

    def _unheard(self, third: _Declared) -> None:
        """Say what somebody who stands on neither side tells otherwise."""
        if abs(third.quantity - self.quantity) > 1e-9 * max(abs(third.quantity), abs(self.quantity)):
            self.problems.append(codes.THIRD_UNHEARD.at(
                third.entries[0].place.cell, product=self.product, seller=self.seller, buyer=self.buyer, unit=self.unit,
                told=third.quantity, kept=self.quantity, source=third.source))  # fmt: skip

    def flows(self, period_of: PeriodOf | None) -> list[Flow]:
        """Return the flow, or its part in each period."""
        if self.quantity <= 0.0:
            empty = not any(entry.quantity for entry in self.all)
            self.problems.append((codes.ONLY_ZEROS if empty else codes.NOTHING_LEFT).at(
                self.all[0].place.cell, product=self.product, seller=self.seller, buyer=self.buyer, unit=self.unit,
                kept=self.quantity, source=sources(entry.place for entry in self.all)))  # fmt: skip
            return []
        dated = [(period_of(e.date), e) for one in self.sides.values() for e in one.entries if period_of and e.date]
        total = sum(entry.quantity or 0.0 for _, entry in dated)
        parts: dict[str, list[Entry]] = defaultdict(list)
        for period, entry in dated:
            parts[period].append(entry)
        amounts = {period: sum(e.quantity or 0.0 for e in rows) for period, rows in parts.items()}
        if total <= 0.0 or min(amounts.values()) < 0.0:
            return [self._flow("", self.quantity, self._price(), self.all)]
        undated = [entry for entry in self.all if entry.date is None]
        return [
            self._flow(period, self.quantity * amounts[period] / total, _price_of(rows) or self._price(),
                       [*rows, *undated])
            for period, rows in parts.items() if amounts[period] > 0.0
        ]  # fmt: skip

    def _price(self) -> float | None:
        """Return what is paid for one unit: the weighted amounts over the quantities they were paid for."""
        pairs = [(weight, one) for weight, one in zip(self.weights, self.sides.values(), strict=True)
                 if one.amount is not None and one.priced > 0.0]  # fmt: skip
        net = [(weight, one) for weight, one in pairs if not one.with_tax]
        if net and len(net) < len(pairs):  # the side that tells amounts without tax alone tells the price
            pairs = [(1.0, one) for _, one in net]
        priced = sum(weight * one.priced for weight, one in pairs)
        return sum(weight * (one.amount or 0.0) for weight, one in pairs) / priced if priced else None

    def _flow(self, period: str, quantity: float, price: float | None, entries: list[Entry]) -> Flow:
        best = min((one.confidence for one in self.sides.values()), key=lambda word: UNCERTAINTY[word])
        paid = price if price is None else _tidied(price)
        gross, taxed_by = (paid, self._taxed_by()) if paid is not None else (None, "")
        if not taxed_by:
            gross = None
        elif any(entry.quantity != entry.amount for entry in entries):
            paid = None
        return Flow(self.seller, self.buyer, self.product, period, _tidied(quantity), paid, best,
                    sources(entry.place for entry in entries), self._said(quantity / self.quantity),
                    self._transport(entries), _labelled(entries), gross, taxed_by, _marks(entries),
                    tuple(self._heard(entries).items()))  # fmt: skip

    def _heard(self, entries: list[Entry]) -> dict[str, tuple[str, ...]]:
        """Return who tells each figure: what both hold is told by both, a mean of two figures by neither."""
        if all(entry.of_both for entry in entries):
            return dict.fromkeys(("today", "price", "transport_cost"), (SELLER, BUYER))
        counted = [name for weight, name in zip(self.weights, self.sides, strict=True) if weight]
        amounts = {name: one for name, one in self.sides.items() if one.amount is not None and one.priced > 0.0}
        paid = {_tidied((one.amount or 0.0) / one.priced) for one in amounts.values()}
        carried = list(dict.fromkeys(_side(entry) for entry in entries if entry.transport))
        agreed = len({_tidied(one.quantity) for one in self.sides.values()}) == 1
        return {
            "today": self._names(list(self.sides))
            if agreed
            else self._names(counted)
            if len(counted) == 1
            else (SEVERAL,),
            "price": self._names(list(amounts)) if len(paid) == 1 else (SEVERAL,),
            "transport_cost": self._names(carried) if len(carried) == 1 else (SEVERAL,),
        }

    def _names(self, sides: Iterable[str]) -> tuple[str, ...]:
        third = {self.owners.get(entry.side, "") for entry in self.all if _side(entry) == "third"} - {""}
        return tuple(name for side in sides for name in (sorted(third) if side == "third" else (side,)))

    def _taxed_by(self) -> str:
        """Return who gives the price, where it includes tax at an unknown rate; nothing if it does not."""
        told = {side: one for side, one in self.sides.items() if one.amount is not None and one.priced > 0.0}
        if not told or not all(one.with_tax for one in told.values()):
            return ""
        return self.seller if "seller" in told else self.buyer

    def _transport(self, entries: list[Entry]) -> float | None:
        """Return what transport cost a unit, by the side that declares most of it."""
        carried: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            carried[_side(entry)].append(entry)
        sums = [(sum(e.transport for e in rows), sum(e.quantity or 0.0 for e in rows)) for rows in carried.values()]
        amount, quantity = max(sums)
        return _tidied(amount / quantity) if amount and quantity > 0.0 else None

    def _said(self, share: float) -> tuple[float, w.Confidence, float, w.Confidence] | None:
        """Return a share of what each side declares, where they differ and both are quantities."""
        if len(self.sides) != 2:
            return None
        sold, bought = self.sides["seller"], self.sides["buyer"]
        if min(sold.quantity, bought.quantity) < 0.0 or _tidied(sold.quantity) == _tidied(bought.quantity):
            return None
        return (_tidied(share * sold.quantity), sold.confidence, _tidied(share * bought.quantity), bought.confidence)


def _marks(entries: list[Entry]) -> tuple[str, ...]:
    """Return the labels that every row carries of the sides that mark any."""
    marking = {_side(entry) for entry in entries if entry.labels}
    rows = [set(entry.labels) for entry in entries if _side(entry) in marking and (entry.amount or entry.quantity)]
    return tuple(sorted(set.intersection(*rows))) if rows else ()


def _labelled(entries: list[Entry]) -> tuple[tuple[str, Label], ...]:
    amounts: dict[str, float] = defaultdict(float)
    for entry in entries:
        for label in entry.labels:
            amounts[label] += entry.amount or 0.0
    return tuple((label, money(amount)) for label, amount in sorted(amounts.items()))


def _price_of(entries: list[Entry]) -> float | None:
    priced = [entry for entry in entries if entry.amount is not None]
    quantity = sum(entry.quantity or 0.0 for entry in priced)
    return sum(entry.amount or 0.0 for entry in priced) / quantity if quantity > 0.0 else None


def _tidied(value: float) -> float:
    """Return ``value`` without the rounding noise of sums, which would show in a cell."""
    return float(f"{value:.12g}")
