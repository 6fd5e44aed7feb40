"""What can be lost, one at a time: each actor, each activity of an actor, each row of links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from filiere.chain.chain import Chain, Objective
from filiere.chain.derived.default_objectives import has_default_ranks
from filiere.chain.parse.cell import meant
from filiere.names import loose, nearest
from filiere.problems import Cell, WorkbookError
from filiere.problems.solving import NO_MEMBERS, NO_SUCH_LOSS
from filiere.schema import words as w
from filiere.schema.columns import Addressed

Kind = Literal["outside_actor", "inside_actor", "facility", "link"]

MUSTS = "measure: must needs that are not served"
"""The first rank of a stressed chain: needs that must be served come before those that are wanted."""


@dataclass(frozen=True)
class Item:
    """One thing that can be lost. ``names`` tell which; ``links`` are positions in the chain's links."""

    kind: Kind
    names: tuple[str, ...]
    cell: Cell | None = None
    links: frozenset[int] = frozenset()

    @property
    def actors(self) -> frozenset[str]:
        """The actor that is lost."""
        return frozenset(self.names) if self.kind.endswith("_actor") else frozenset()

    @property
    def processes(self) -> frozenset[tuple[str, str]]:
        """The activity that is lost, as (process, actor)."""
        return frozenset([(self.names[0], self.names[1])]) if self.kind == "facility" else frozenset()

    @property
    def what(self) -> str:
        """The names in one text, as a row is named on the sheet of scenarios."""
        return " / ".join(self.names)


@dataclass(frozen=True)
class Stressed:
    """A chain ready to lose things: every must is read as want, its ``ranks`` end with what a loss costs.

    ``musts`` are the positions of the needs that were must.
    """

    chain: Chain
    musts: frozenset[int]
    ranks: tuple[Objective, ...]


def items(chain: Chain) -> list[Item]:
    """Return everything that can be lost: outside actors, inside actors, activities, rows of links."""
    found = [
        Item("inside_actor" if actor.inside else "outside_actor", (actor.name,), _place(actor.row))
        for actor in sorted(chain.actors.values(), key=lambda actor: actor.inside)
    ]
    found += [Item("facility", process.key, _place(process.row)) for process in chain.processes.values()
              if not process.serves]  # fmt: skip
    rows: dict[int, list[int]] = {}
    for position, link in enumerate(chain.links):
        rows.setdefault(id(link.row), []).append(position)
    found += [_link_row(chain, positions) for positions in rows.values()]
    return found


def items_at_work(chain: Chain) -> list[Item]:
    """Return everything whose loss could matter: actors that no other row names, as templates list some, have none."""
    named = {name for link in chain.links for name in (link.from_, link.to, link.uses.carrier if link.uses else "")}
    named |= {one.actor for some in (chain.processes.values(), chain.needs, chain.offers) for one in some}
    named |= {actor for actor, _ in chain.storages} | {s.uses.carrier for s in chain.storages.values() if s.uses}
    named |= {name for grant in chain.funding for name in (grant.funder, grant.actor)}
    return [item for item in items(chain) if not item.actors or item.actors & named]


def named_items(chain: Chain, names: Sequence[str], each_member: bool = False) -> list[Item]:
    """Return what is called by ``names``, and every member where it is asked for.

    A name is an actor's, an activity's (of every actor), ``activity @ actor``, or ``from > to, product``, however it is
    spelled. Raises ``WorkbookError`` for a name that nothing has, and where there is no member.
    """
    every = items(chain)
    called: dict[str, list[Item]] = {}
    shown: dict[str, str] = {}
    for item in every:
        for name in _spoken(item):
            called.setdefault(loose(name), []).append(item)
            shown.setdefault(loose(name), name)
    members = [item for item in every if item.actors and _is_member(chain, item.names[0])] if each_member else []
    wrong = [
        NO_SUCH_LOSS.at(None, name=name, meant=meant(nearest(name, shown.values())))
        for name in names
        if loose(name) not in called
    ]
    if each_member and not members:
        wrong.append(NO_MEMBERS.at(None))
    if wrong:
        raise WorkbookError(wrong)
    wanted = {id(item) for item in [*members, *(item for name in names for item in called[loose(name)])]}
    return [item for item in every if id(item) in wanted]


def _is_member(chain: Chain, name: str) -> bool:
    return chain.actors[name].perimeter is w.Perimeter.MEMBER


def _spoken(item: Item) -> tuple[str, ...]:
    """Return what an item is called, as results name it."""
    if item.kind == "facility":
        return item.names[0], f"{item.names[0]} @ {item.names[1]}", item.what
    if item.kind == "link":
        from_, to, product, *period = item.names
        return (
            f"{from_} > {to}, {product}",
            f"{from_} > {to}",
            ", ".join([f"{from_} > {to}", product, *period]),
            item.what,
        )
    return item.names


def _link_row(chain: Chain, positions: Sequence[int]) -> Item:
    link = chain.links[positions[0]]
    ends = (link.from_, link.to) if len(positions) == 1 else (link.row.from_, link.row.to)
    period = (link.period,) if link.period else ()
    return Item("link", (*ends, link.product, *period), _place(link.row), frozenset(positions))


def _place(row: Addressed) -> Cell | None:
    own = [cell for name, cell in row.cells.items() if name and cell.row is not None]
    return min(own, key=lambda cell: cell.column or 0) if own else row.cells.get("")


def stressed(chain: Chain) -> Stressed:
    """Return the chain as it is planned again after a loss.

    First the needs that must be served, then all needs, then the workbook's ranks up to cost; cost and dependency
    come last where the workbook has them not or later, so that every loss is measured in both. In the default order
    the chain keeps its own: the cost bound and what an outlet earns are those of the plan. Equal shares are sought
    again after each loss only where the workbook asks for them: without a word, what is short goes where it is worth
    most.
    """
    musts = frozenset(n for n, need in enumerate(chain.needs) if need.obligation is w.Obligation.MUST)
    needs = tuple(
        replace(need, obligation=w.Obligation.WANT) if n in musts else need for n, need in enumerate(chain.needs)
    )
    order = _ranks(chain.objectives)
    kept = chain.objectives if has_default_ranks(chain) else order
    settings = replace(chain.settings, fairness=chain.settings.fairness or w.Fairness.NO)
    return Stressed(replace(chain, needs=needs, objectives=kept, settings=settings), musts, order)


def _ranks(objectives: Sequence[Objective]) -> tuple[Objective, ...]:
    ordered = sorted(objectives, key=lambda objective: objective.rank)
    until = next((o.rank for o in ordered if o.kind is w.Objective.COST), None)
    kept = [o for o in ordered if o.kind is not w.Objective.UNMET and (until is None or o.rank <= until)]
    least, last = w.Direction.MIN, max((o.rank for o in ordered), default=0)
    lowest = min((o.rank for o in ordered), default=0)
    first = [
        Objective(lowest - 2, None, MUSTS.removeprefix("measure: "), least, 1.0, 0.0, 0.0),
        Objective(lowest - 1, w.Objective.UNMET, None, least, 1.0, 0.0, 0.0),
    ]
    for kind in (w.Objective.COST, w.Objective.DEPENDENCY):
        if all(o.kind is not kind for o in kept):
            last += 1
            kept.append(Objective(last, kind, None, least, 1.0, 0.0, 0.0))
    return (*first, *kept)


def contained(one: Item, other: Item, chain: Chain) -> bool:
    """Whether losing ``other`` loses ``one`` along: an actor's activity, an actor's link."""
    if not other.actors:
        return False
    if one.kind == "facility":
        return one.names[1] in other.actors
    ends = [{chain.links[e].from_, chain.links[e].to} for e in one.links]
    return bool(ends) and all(pair & other.actors for pair in ends)


def positions(link_positions: Sequence[int]) -> Mapping[int, int]:
    """Return position in the chain → position in the programme's index."""
    return {position: e for e, position in enumerate(link_positions)}
