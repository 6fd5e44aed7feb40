"""What a chain does this year, worked out once before any plan: the figures that a hat marks in the formulation.

They are yearly totals of the scenario ``reference`` and stay the same in every other scenario; with them come its
recipes and prices. Rows are known by what they name, so that a scenario that adds or drops rows finds its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filiere.chain.chain import Chain, Funding, Link, Need, Offer

RowKey = tuple[str | int, ...]
"""What a row names, and its number among rows that name the same."""


@dataclass(frozen=True, kw_only=True)
class Observed:
    """The figures of this year, made consistent; what is absent is 0. ``chain`` is the one they are of."""

    chain: Chain = field(repr=False)
    flows: Mapping[RowKey, float] = field(default_factory=dict)
    levels: Mapping[tuple[str, str], float] = field(default_factory=dict)
    offers: Mapping[RowKey, float] = field(default_factory=dict)
    served: Mapping[RowKey, float] = field(default_factory=dict)
    stocks: Mapping[tuple[str, str], float] = field(default_factory=dict)
    discarded: Mapping[tuple[str, str], float] = field(default_factory=dict)
    grants: Mapping[RowKey, float] = field(default_factory=dict)
    deficits: Mapping[str, float] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether anything at all is seen to move."""
        return any(self.flows.values()) or any(self.levels.values())


def observed_of(chain: Chain) -> Observed:
    """Return this year's figures as the chain carries them; where it carries none, those that are typed."""
    if chain.observed is not None:
        return chain.observed
    return Observed(
        chain=chain,
        flows=dict(zip(link_keys(chain.links), (link.today or 0.0 for link in chain.links), strict=True)),
        levels={key: process.today or 0.0 for key, process in chain.processes.items()},
        grants=dict(zip(funding_keys(chain.funding), (row.today or 0.0 for row in chain.funding), strict=True)),
    )


def chain_of_today(chain: Chain) -> Chain:
    """Return the chain that this year's figures are of: another than ``chain`` where that is a scenario's."""
    if chain.observed is None or chain.observed.chain.scenario == chain.scenario:
        return chain
    return chain.observed.chain


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of this year in the order of a chain's own rows."""

    flows: Sequence[float]
    served: Sequence[float]
    offers: Sequence[float]
    grants: Sequence[float]
    levels: Mapping[tuple[str, str], float]
    stocks: Mapping[tuple[str, str], float]
    discarded: Mapping[tuple[str, str], float]
    deficits: Mapping[str, float]
    known: bool
    """Whether anything at all is seen to move."""


def figures_of(chain: Chain) -> Figures:
    """Return this year's figures for the rows of ``chain``, 0 for what is not known."""
    known = observed_of(chain)
    return Figures(
        flows=[known.flows.get(key, 0.0) for key in link_keys(chain.links)],
        served=[known.served.get(key, 0.0) for key in need_keys(chain.needs)],
        offers=[known.offers.get(key, 0.0) for key in offer_keys(chain.offers)],
        grants=[known.grants.get(key, 0.0) for key in funding_keys(chain.funding)],
        levels=known.levels,
        stocks=known.stocks,
        discarded=known.discarded,
        deficits=known.deficits,
        known=known.known,
    )


def link_keys(links: Sequence[Link]) -> list[RowKey]:
    """Return what each link is known by."""
    return _numbered((link.from_, link.to, link.product, link.period or "") for link in links)


def need_keys(needs: Sequence[Need]) -> list[RowKey]:
    """Return what each need is known by."""
    return _numbered((need.actor, need.product, need.calendar.period or "") for need in needs)


def offer_keys(offers: Sequence[Offer]) -> list[RowKey]:
    """Return what each offer is known by."""
    return _numbered((offer.actor, offer.product, offer.calendar.period or "") for offer in offers)


def funding_keys(funding: Sequence[Funding]) -> list[RowKey]:
    """Return what each row of funding is known by."""
    return _numbered(
        (row.funder, row.actor, row.kind if isinstance(row.kind, str) else row.kind.key) for row in funding
    )


def _numbered(named: Iterable[tuple[str, ...]]) -> list[RowKey]:
    seen: dict[tuple[str, ...], int] = {}
    keys: list[RowKey] = []
    for names in named:
        number = seen.get(names, 0)
        keys.append((*names, number))
        seen[names] = number + 1
    return keys
