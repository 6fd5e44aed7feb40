"""Declared deliveries: who, what, how much, when, and where it is written."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from filiere.language import Label
from filiere.names import loose
from filiere.problems import Cell, Problem
from filiere.schema import words as w


@dataclass(frozen=True, order=True)
class Place:
    """Where a row stands: file, sheet (empty for a text file) and row number."""

    file: str
    sheet: str
    row: int

    @property
    def cell(self) -> Cell:
        """The row as a place of a message."""
        return Cell(f"{self.file} [{self.sheet}]" if self.sheet else self.file, self.row)


@dataclass(frozen=True)
class Entry:
    """One declared delivery. ``side`` is the loose name of whoever declares it, empty where that is not known."""

    seller: str
    buyer: str
    product: str
    quantity: float | None
    unit: str
    amount: float | None
    date: dt.date | None
    confidence: w.Confidence
    side: str
    place: Place
    number: str = ""
    transport: float = 0.0
    """What its transport was invoiced at, besides the amount."""
    labels: tuple[str, ...] = ()
    """What marks these goods alone: a link's labels, not the product's."""
    year: str = ""
    """The year or season (``2024/25``) it counts in, empty where nothing tells."""
    named_year: str = ""
    """The year that the title, sheet or file of a table without dates names."""
    with_tax: bool = False
    """Whether its amount includes tax at a rate that nothing gives."""
    undated: bool = False
    """Whether its table has dates and this row none that can be read."""

    of_both: bool = False
    """Whether seller and buyer both hold the piece it is of, as an invoice."""
    closing: int = 0
    """The month in which the business year closes that its table is of; 0 where nothing says so."""
    again: bool = False
    """Whether its row stands above in the same table, word for word."""

    @property
    def counted_in(self) -> str:
        """The year or season it counts in, empty where nothing tells."""
        return self.year or (str(self.date.year) if self.date else "")

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two rows of two files one and the same."""
        parties = (loose(self.seller), loose(self.buyer), loose(self.product))
        return *parties, self.quantity, self.unit, self.amount, self.date or self.year, self.number


@dataclass(frozen=True)
class Listed:
    """One actor of a members' list."""

    name: str
    perimeter: w.Perimeter
    place: Place


@dataclass(frozen=True)
class OwnCost:
    """What an actor pays whatever it trades: rent, wages, insurance; never to whom."""

    actor: str
    kind: Label
    date: dt.date | None
    amount: float
    place: Place


@dataclass
class Read:
    """What was read of all the files."""

    entries: list[Entry] = field(default_factory=list)
    actors: list[Listed] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    """Loose name → name of whoever sent a file."""
    problems: list[Problem] = field(default_factory=list)
    tables: int = 0
    families: dict[str, str] = field(default_factory=dict)
    """Folded product → the family that a file puts it in."""
    identifiers: dict[str, str] = field(default_factory=dict)
    """Actor → the number that a file knows it by."""
    numbers: list[tuple[str, str]] = field(default_factory=list)
    """Names beside the SIREN or SIRET that a table gives them."""
    tables_of: dict[str, list[tuple[Place, Counter[tuple[object, ...]]]]] = field(default_factory=dict)
    """File → the tables read of it, each with what its rows say."""
    sirens: dict[str, str] = field(default_factory=dict)
    """Loose name → the SIREN that a table gives it first."""
    own: list[OwnCost] = field(default_factory=list)
    pivots: set[tuple[str, str]] = field(default_factory=set)
    """File and sheet of the pivots among them."""


def rows_of(places: Iterable[Place]) -> str:
    """Write the row numbers of places of one table."""
    return ", ".join(str(place.row) for place in places)
