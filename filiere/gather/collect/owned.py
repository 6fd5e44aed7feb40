"""Which rows are a member's own, and which of their cells it is asked for.

Of an exchange between two members each side is asked what it sells or buys, and neither sees what the other said:
the seller's figures are shown to the seller, the buyer's to the buyer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from filiere.gather.collect.rows import KeyedRows, RowKey, typed, value_of
from filiere.gather.complete.told import Sayings
from filiere.names import fold
from filiere.schema import Row
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.workbook.questionnaire.form import Ask, Value

PAID_BY_THE_BUYER = ("transport_cost", "fixed_cost")


@dataclass(frozen=True)
class Owner:
    """One actor that is asked, among the rows of a workbook."""

    name: str
    keyed: KeyedRows
    sayings: Sayings = field(default_factory=Sayings)

    @property
    def key(self) -> str:
        """Its name, folded."""
        return fold(self.name)

    def member(self, name: str) -> bool:
        """Whether an actor is a member, who is asked itself."""
        return self.keyed.perimeters.get(fold(name)) is w.Perimeter.MEMBER

    def rows(self, table: str) -> Iterator[tuple[RowKey, Row]]:
        """Yield the rows of a table that are its own, links apart."""
        activities = {fold(row.process) for row in self.keyed.tables.processes if fold(row.actor) == self.key}
        for key, row in self.keyed.of(table):
            if isinstance(row, t.RecipeRow):
                if fold(row.process) in activities and (self._alone(row.process) or not _known(row)):
                    yield key, row
            elif isinstance(row, t.FundingRow):
                pays = fold(row.funder) == self.key and not self.member(row.actor)
                if fold(row.actor) == self.key or pays:
                    yield key, row
            elif fold(row.actor) == self.key:  # type: ignore[attr-defined]
                yield key, row

    def recipes(self) -> Iterator[tuple[RowKey, Row]]:
        """Yield every recipe of its activities, those that others follow too: it may have been asked for them."""
        activities = {fold(row.process) for row in self.keyed.tables.processes if fold(row.actor) == self.key}
        for key, row in self.keyed.of("recipes"):
            if isinstance(row, t.RecipeRow) and fold(row.process) in activities:
                yield key, row

    def sales(self) -> Iterator[tuple[RowKey, t.LinkRow]]:
        """Yield what it delivers."""
        return ((key, row) for key, row in self._links() if fold(row.from_) == self.key)

    def purchases(self) -> Iterator[tuple[RowKey, t.LinkRow]]:
        """Yield what it receives from others."""
        return ((key, row) for key, row in self._links() if fold(row.to) == self.key and fold(row.from_) != self.key)

    def sold(self, row: t.LinkRow, column: str) -> Ask | None:
        """Return the cell of a sale that the seller is asked, None where it is the buyer's."""
        if (column in PAID_BY_THE_BUYER and self.member(row.to)) or (column == "today" and self.keyed.of_many(row)):
            return None
        if self.member(row.to) and not self.member(self.name):
            return Ask(column)  # what stands there may be what the member said
        return self.asked(row, column)

    def bought(self, row: t.LinkRow, column: str) -> Ask | None:
        """Return the cell of a purchase that the buyer is asked.

        Where the seller is a member, the buyer's own quantity is asked, and the price without showing the seller's.
        """
        if column == "today" and self.keyed.of_many(row):
            return None
        if not self.member(row.from_):
            theirs = column == "today" and typed(row, "today_buyer")
            return self.asked(row, "today_buyer" if theirs else column)
        if column == "today":
            asked, key = self.asked(row, "today_buyer"), self._key_of[id(row)]
            return asked if asked.sent is not None else Ask(asked.column, self.sayings.last(self.name, key, "today"))
        if column == "price":
            key, value = self._key_of[id(row)], value_of(row, column)
            own = self.sayings.by(self.name, key, column, value)
            return Ask("price", value if own else self.sayings.last(self.name, key, column))
        return self.asked(row, column) if column in PAID_BY_THE_BUYER else None

    def answers_for(self, row: Row, column: str) -> bool:
        """Whether a cell of one of its own rows is its own to answer: of an exchange with a member, its side's."""
        if not isinstance(row, t.LinkRow):
            return True
        if fold(row.from_) == self.key:
            theirs = column in PAID_BY_THE_BUYER or column == "today_buyer"
            return not (theirs and self.member(row.to) and fold(row.to) != self.key)
        return not self.member(row.from_) or column in ("today_buyer", "price", *PAID_BY_THE_BUYER)

    def asked(self, row: Row, column: str) -> Ask:
        """Return a cell as it is known."""
        value = value_of(row, column)
        shared = isinstance(row, t.LinkRow | t.NeedRow | t.OfferRow)
        if shared and value is not None and self.others_said(self._key_of[id(row)], column, value):
            return Ask(column, self.sayings.last(self.name, self._key_of[id(row)], column))
        return Ask(column, value)

    def others_said(self, key: RowKey, column: str, value: Value) -> bool:
        """Whether others alone said what a cell holds: it is not shown."""
        return self.sayings.by_others_alone(self.name, key, column, value)

    @cached_property
    def _key_of(self) -> Mapping[int, RowKey]:
        return {id(row): key for key, row in self.keyed.rows.items()}

    def partners(self) -> list[str]:
        """Return everybody it deals with, by name."""
        found = [row.to for _, row in self.sales()] + [row.from_ for _, row in self.purchases()]
        found += [row.funder for _, row in self.rows("funding") if isinstance(row, t.FundingRow)]
        return list(dict.fromkeys(name for name in found if name != "*"))

    def products(self) -> list[str]:
        """Return every product that is its own affair."""
        found = [row.product for _, row in (*self.sales(), *self.purchases())]
        for table in ("recipes", "offers", "needs", "storage"):
            found += [row.product for _, row in self.rows(table)]  # type: ignore[attr-defined]
        return list({fold(name): name for name in found}.values())

    def _links(self) -> Iterator[tuple[RowKey, t.LinkRow]]:
        for key, row in self.keyed.of("links"):
            if isinstance(row, t.LinkRow):
                yield key, row

    def _alone(self, process: str) -> bool:
        """Whether nobody else does an activity: a recipe that several follow is no figure of one of them."""
        return not any(
            fold(row.process) == fold(process) and fold(row.actor) != self.key
            for row in self.keyed.tables.processes
        )  # fmt: skip


def _known(row: t.RecipeRow) -> bool:
    return typed(row, "input") or typed(row, "output")
