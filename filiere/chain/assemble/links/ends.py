"""The two ends of a link row: an actor, a group, or everyone inside; and rows whose two ends are one actor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from filiere.chain.assemble.names import Register
from filiere.chain.chain import Actor, Link, Period, Product
from filiere.chain.derived.uncertainty import agreed_figure
from filiere.names import fold
from filiere.problems import assembling as say
from filiere.schema import tables as t
from filiere.schema import words as w

EVERYONE = "*"


class End(NamedTuple):
    """Whom one end of a row names."""

    kind: Literal["actor", "group", "everyone"]
    name: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A row of the Links sheet whose names are resolved."""

    row: t.LinkRow
    seller: End
    buyer: End
    product: str
    period: str | None

    @property
    def precise(self) -> bool:
        """Whether both ends are named as actors."""
        return self.seller.kind == self.buyer.kind == "actor"

    @property
    def precision(self) -> tuple[int, int]:
        """How many ends are named as actors, then how many as groups."""
        kinds = (self.seller.kind, self.buyer.kind)
        return kinds.count("actor"), kinds.count("group")


def resolve_ends(rows: Iterable[t.LinkRow], actors: Mapping[str, Actor], register: Register) -> list[LinkRow]:
    """Return the rows whose names are known and that join two different actors, one of them inside; what an
    actor uses of its own is left out.
    """
    resolved = []
    known: dict[str, End] = {}  # by the name as typed: most rows repeat a few names
    for row in rows:
        seller = known.get(row.from_) or _end(row, "from_", known, register)
        buyer = known.get(row.to) or _end(row, "to", known, register)
        product = register.named("products", row, "product")
        period = register.named("periods", row, "period") if row.period else None
        if seller is None or buyer is None or product is None or (row.period and period is None):
            continue
        link = LinkRow(row, seller, buyer, product, period)
        if not link.precise or _two_sides(link, actors, register):
            resolved.append(link)
    return resolved


def _end(row: t.LinkRow, column: str, known: dict[str, End], register: Register) -> End | None:
    """Return whom ``from`` or ``to`` names, and remember it; None, and a problem, where nobody has that name."""
    name = getattr(row, column)
    actor = register.names("actors").get(name)
    group = register.names("groups").get(name)
    if name.strip() == EVERYONE:
        known[name] = End("everyone", EVERYONE)
    elif actor is not None:
        known[name] = End("actor", actor)
    elif group is not None:
        known[name] = End("group", group)
    else:
        register.unknown(("actors", "groups"), name, row.at(column))
    return known.get(name)


def _two_sides(link: LinkRow, actors: Mapping[str, Actor], register: Register) -> bool:
    seller, buyer = link.seller.name, link.buyer.name
    if seller == buyer:
        if not (is_own_use(link.row) and actors[seller].inside):
            register.report(say.LINK_TO_SELF.at(link.row.at("to"), name=seller))
            register.incomplete = True
        return False
    if not actors[seller].inside and not actors[buyer].inside:
        register.report(say.LINK_OUTSIDE.at(link.row.at("from_"), seller=seller, buyer=buyer))
        return False
    return True


def is_own_use(row: t.LinkRow) -> bool:
    """Whether a row says no more than what an actor used of its own this year: that is measured, never planned."""
    planned = row.maximum is not None or row.minimum or row.fixed_cost or row.status is w.LinkStatus.CANDIDATE
    return row.today is not None and not planned


def assemble_own_use(
    rows: Iterable[t.LinkRow], actors: Mapping[str, Actor], products: Mapping[str, Product],
    periods: tuple[Period, ...], register: Register,
) -> Iterator[Link]:  # fmt: skip
    """Yield what inside actors use of their own; names that are unknown were reported with the other links."""
    known = register.names("actors")
    for row in rows:
        actor, product = known.get(row.from_), register.names("products").get(row.product)
        if fold(row.from_) != fold(row.to) or actor is None or product is None or not is_own_use(row):
            continue
        period = register.names("periods").get(row.period) if row.period else None
        held = (period,) if period else tuple(one.name for one in periods)
        if actors[actor].inside and not (row.period and period is None):
            yield Link(
                actor, actor, product, 0.0, 0.0, agreed_figure(row),
                products[product].price if row.price is None else row.price, 0.0, 0.0, row.co2, 0.0, period, held,
                False, 0.0, {}, row,
            )  # fmt: skip
