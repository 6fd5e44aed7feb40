"""Links: every row with a group or ``*`` becomes the pairs it stands for.

A row stands for a pair where nothing more precise does. In each period the most precise row holds: the one
that names more of its ends as actors, then as groups; among equals, the one that names the period. Several
rows between the same two names are price steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from filiere.chain.assemble.actors import Distances
from filiere.chain.assemble.link_claims import Claim, claimed_periods
from filiere.chain.assemble.link_ends import LinkRow, resolve_ends
from filiere.chain.assemble.link_pairs import Abilities, candidates, pairs
from filiere.chain.assemble.names import Register
from filiere.chain.assemble.products import own_labels
from filiere.chain.chain import Actor, Link, Need, Offer, Period, Process, Product, Storage
from filiere.chain.uncertainty import settled
from filiere.problems import assembling as say
from filiere.schema import tables as t
from filiere.schema import words as w

Measures = Callable[[Mapping[str, float]], Mapping[str, float]]

MOST_PAIRS = 200_000
"""What groups and ``*`` may multiply the rows to: beyond, nothing could be planned in memory or time."""
MOST_LOOKED_AT = 1_000_000
"""Pairs of one row among which a radius chooses."""


def expand_links(
    rows: Iterable[t.LinkRow], actors: Mapping[str, Actor], products: Mapping[str, Product],
    groups: Mapping[str, tuple[str, ...]], periods: tuple[Period, ...], abilities: Abilities,
    distances: Distances, measures: Measures, register: Register,
) -> tuple[Link, ...]:  # fmt: skip
    """Return the links of every row, in the order of the sheet."""
    resolved = resolve_ends(rows, actors, register)
    abilities.add_precise(resolved)
    claims: list[Claim] = []
    for row in resolved:
        _check(row, register)
        looked_at = candidates(row, actors, groups, abilities)
        found = pairs(row, actors, groups, abilities, distances, register) if looked_at <= MOST_LOOKED_AT else []
        total = len(claims) + (len(found) if looked_at <= MOST_LOOKED_AT else looked_at)
        if total > MOST_PAIRS:
            register.report(say.LINKS_TOO_MANY.at(row.row.at("from_"), pairs=total, most=MOST_PAIRS))
            register.incomplete = True
            break
        for column in ("today", "today_buyer"):
            declared: float | None = getattr(row.row, column)
            if declared is not None and len(found) > 1:
                register.report(say.LINK_TODAY.at(row.row.at(column), today=declared, pairs=len(found)))
        claims += [Claim(row, seller, buyer, distance) for seller, buyer, distance in found]
    names = tuple(period.name for period in periods)
    held = claimed_periods(claims, names, register)
    return tuple(_links(claims, held, products, measures, register))


def _check(row: LinkRow, register: Register) -> None:
    link = row.row
    if link.status is w.LinkStatus.CANDIDATE and link.maximum is None:
        register.report(say.LINK_CANDIDATE.at(link.at("maximum")))
    if link.maximum is not None and link.minimum > link.maximum:
        register.report(say.MINIMUM_OVER_MAXIMUM.at(link.at("minimum"), minimum=link.minimum, maximum=link.maximum))


def _links(
    claims: Iterable[Claim], held: Mapping[int, tuple[str, ...]], products: Mapping[str, Product],
    measures: Measures, register: Register,
) -> Iterable[Link]:  # fmt: skip
    steps: dict[tuple[str, str, str, str | None], int] = {}
    spelled: dict[int, Mapping[str, float]] = {}
    marks: dict[int, tuple[str, ...] | None] = {}
    for number, claim in enumerate(claims):
        if number not in held:
            continue
        row, period, product = claim.row.row, claim.row.period, claim.row.product
        key = (claim.seller, claim.buyer, product, period)
        step = steps.get(key, 0)
        steps[key] = step + 1
        if id(row) not in spelled:
            spelled[id(row)] = measures(row.measures)
            marks[id(row)] = own_labels(row, register)
        yield Link(
            claim.seller, claim.buyer, product, row.maximum, row.minimum, settled(row),
            products[product].price if row.price is None else row.price, row.transport_cost, row.loss, row.co2,
            claim.distance or 0.0, period, held[number], row.status is w.LinkStatus.CANDIDATE, row.fixed_cost,
            spelled[id(row)], row, step, marks[id(row)],
        )  # fmt: skip


def abilities_of(
    processes: Iterable[Process], offers: Iterable[Offer], needs: Iterable[Need], storages: Iterable[Storage]
) -> Abilities:
    """Return who can supply and who can use each product, links apart."""
    abilities = Abilities()
    for process in processes:
        for product in process.outputs:
            abilities.supplies(process.actor, product)
        for product in process.inputs:
            abilities.uses(process.actor, product)
    for offer in offers:
        abilities.supplies(offer.actor, offer.product)
    for need in needs:
        abilities.uses(need.actor, need.product)
        if need.returns:
            abilities.supplies(need.actor, need.returns)
    for stock in storages:
        abilities.supplies(stock.actor, stock.product)
        abilities.uses(stock.actor, stock.product)
    return abilities
