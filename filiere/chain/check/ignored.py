"""Cells that have no effect where they stand, or count twice."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.chain.chain import Chain, Link
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.schema import words as w


def check_ignored(chain: Chain) -> Iterator[Problem]:
    """Report what is typed in vain on outside actors and on activities, and prices typed twice."""
    yield from _on_outside_actors(chain)
    yield from _on_processes(chain)
    yield from _sold_twice(chain)


def _on_outside_actors(chain: Chain) -> Iterator[Problem]:
    for actor in chain.actors.values():
        if actor.row.may_transfer is w.YesNo.YES and not actor.inside:
            yield say.OUTSIDE_PAYS.at(actor.row.at("may_transfer"), actor=actor.name)
    for need in chain.needs:
        if need.returns and not chain.inside(need.actor):
            yield say.OUTSIDE_RETURNS.at(need.row.at("returns"), product=need.returns, actor=need.actor)
    for offer in chain.offers:
        if offer.unit_cost and not chain.inside(offer.actor):
            yield say.OUTSIDE_UNIT_COST.at(offer.row.at("unit_cost"), actor=offer.actor)
    for grant in chain.funding:
        if not chain.inside(grant.actor):
            yield say.FUNDING_OUTSIDE.at(grant.row.at("actor"), actor=grant.actor)


def _on_processes(chain: Chain) -> Iterator[Problem]:
    for process in chain.processes.values():
        row, status = process.row, process.status.label
        if process.investment and not (process.candidate or process.opened):
            column = "investment" if row.investment else "investment_total"
            yield say.INVESTMENT_IGNORED.at(row.at(column), name=process.name, status=status)
        if not process.scalable and (process.expansion_max or process.expansion_cost):
            column = "expansion_max" if process.expansion_max else "expansion_cost"
            scalable = w.ProcessStatus.SCALABLE.label
            yield say.EXPANSION_IGNORED.at(row.at(column), name=process.name, status=status, scalable=scalable)


def _sold_twice(chain: Chain) -> Iterator[Problem]:
    """Report the needs with a revenue whose product is also priced on a link to the same actor."""
    priced: dict[tuple[str, str], Link] = {}
    for link in chain.links:
        if link.row.price and link.row.price > 0:
            priced.setdefault((link.to, link.product), link)
    told: set[int] = set()
    for need in chain.needs:
        link_in = priced.get((need.actor, need.product))
        if need.revenue and link_in and id(need.row) not in told:
            told.add(id(need.row))
            yield say.SOLD_TWICE.at(
                need.row.at("revenue"), product=need.product, actor=need.actor,
                other=link_in.row.at("price") or "",
            )  # fmt: skip
