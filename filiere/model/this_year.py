"""What is known of this year, by the rows of an index, and what is guarded of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from filiere.chain.derived.default_objectives import has_default_ranks
from filiere.chain.derived.observed import Figures, figures_of
from filiere.model.kept import Kept, kept_groups
from filiere.schema import words as w

if TYPE_CHECKING:
    from filiere.chain.chain import Chain, Link, Need, Process
    from filiere.model.equations.pooling import Place, Pooling


class ThisYear:
    """The sets that rest on this year's figures; :class:`filiere.model.index.Index` has the others."""

    chain: Chain
    links: tuple[Link, ...]
    needs: tuple[Need, ...]
    processes: tuple[Process, ...]
    link_positions: tuple[int, ...]
    need_positions: tuple[int, ...]
    offer_positions: tuple[int, ...]
    funding_positions: tuple[int, ...]

    if TYPE_CHECKING:

        @cached_property
        def discards(self) -> tuple[tuple[str, str, int], ...]:
            """Where a product may be thrown away."""

        @cached_property
        def pooling(self) -> Pooling:
            """Loads, lots and what is left of them, means that are lent."""

        @cached_property
        def processes_by_key(self) -> dict[tuple[str, str], int]:
            """(process, actor) → position."""

    @cached_property
    def outlets(self) -> tuple[int, ...]:
        """Outlets of inside actors."""
        return tuple(
            n for n, need in enumerate(self.needs)
            if need.obligation is w.Obligation.OUTLET and self.chain.inside(need.actor)
        )  # fmt: skip

    @cached_property
    def sales_outside(self) -> tuple[int, ...]:
        """Links that sell outside for a price, where what is beyond today's counts apart."""
        return tuple(
            e for e, link in enumerate(self.links)
            if self.beyond_counts and link.price > 0
            and self.chain.inside(link.from_) and not self.chain.inside(link.to)
        )  # fmt: skip

    @cached_property
    def beyond_counts(self) -> bool:
        """Whether what is sold beyond today's counts apart: under the default ranks, or where the cost is bounded."""
        return has_default_ranks(self.chain) or self.chain.settings.cost_bound is not None

    @cached_property
    def kept(self) -> dict[str, Kept]:
        """Groups of products whose output today is guarded, by name."""
        return kept_groups(self.chain, sorted({(a, p) for a, p, _ in self.discards} | set(self.pooling.rests)))

    @cached_property
    def halves(self) -> tuple[tuple[str, str], ...]:
        """(group, member) whose own output today is guarded by half."""
        return tuple((name, a) for name, kept in self.kept.items() for a in kept.by_member)

    @cached_property
    def members(self) -> frozenset[str]:
        """Members of the pole."""
        return frozenset(a.name for a in self.chain.actors.values() if a.perimeter is w.Perimeter.MEMBER)

    @cached_property
    def place_of(self) -> Mapping[str, Mapping[Any, Any]]:
        """Kind of figure → what its row is called in the chain → its number here."""
        return {
            "flow": {position: e for e, position in enumerate(self.link_positions)},
            "served": {position: n for n, position in enumerate(self.need_positions)},
            "offered": {position: o for o, position in enumerate(self.offer_positions)},
            "level": self.processes_by_key,
        }

    @cached_property
    def _today(self) -> Figures:
        return figures_of(self.chain)

    @property
    def has_today(self) -> bool:
        """Whether anything at all is seen to move this year."""
        return self._today.known

    def flow_today(self, e: int) -> float:
        """What is shipped over a link this year, 0 where nothing is known."""
        return self._today.flows[self.link_positions[e]]

    def level_today(self, k: int) -> float:
        """What an activity runs at this year, 0 where nothing is known."""
        return self._today.levels.get(self.processes[k].key, 0.0)

    def served_today(self, n: int) -> float:
        """What a need is served this year, 0 where nothing is known."""
        return self._today.served[self.need_positions[n]]

    def offered_today(self, o: int) -> float:
        """What an offer gives this year, 0 where nothing is known."""
        return self._today.offers[self.offer_positions[o]]

    def stock_today(self, place: Place) -> float:
        """What is in store of a product somewhere, 0 where nothing is known."""
        return self._today.stocks.get(place, 0.0)

    def discarded_today(self, place: Place) -> float:
        """What is thrown away of a product somewhere this year, 0 where nothing is known."""
        return self._today.discarded.get(place, 0.0)

    def deficit_today(self, a: str) -> float:
        """What an actor's account lacks this year, 0 where nothing is known."""
        return self._today.deficits.get(a, 0.0)

    def grant_today(self, f: int) -> float:
        """What is granted this year, 0 where nothing is known."""
        return self._today.grants[self.funding_positions[f]]
