"""Links: every row with a group or ``*`` becomes the pairs it stands for.

A row stands for a pair where nothing more precise does. In each period the most precise row holds: the one
that names more of its ends as actors, then as groups; among equals, the one that names the period. Several
rows between the same two names are price steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from filiere.chain.assemble.actors import Distances
from filiere.chain.assemble.links.again import Asked, Expanded
from filiere.chain.assemble.links.claims import Claim, claimed_periods
from filiere.chain.assemble.links.ends import LinkRow, resolve_ends
from filiere.chain.assemble.links.pairs import Abilities, candidates, pairs, whom
from filiere.chain.assemble.measures import MeasureNames
from filiere.chain.assemble.names import Register
from filiere.chain.assemble.products import own_labels
from filiere.chain.assemble.uses import means_used, used_by
from filiere.chain.chain import Actor, Link, Need, Offer, Period, Process, Product, Storage
from filiere.chain.derived.uncertainty import agreed_figure
from filiere.names import fold
from filiere.problems import assembling as say
from filiere.problems import pooling
from filiere.room import FLOW, LINK, PAIR, free
from filiere.schema import tables as t
from filiere.schema import words as w

Measures = Callable[[Mapping[str, float]], Mapping[str, float]]


def expand_links(
    rows: Iterable[t.LinkRow], actors: Mapping[str, Actor], products: Mapping[str, Product],
    groups: Mapping[str, tuple[str, ...]], periods: tuple[Period, ...], abilities: Abilities,
    distances: Distances, measures: MeasureNames, register: Register, kept: Expanded,
) -> tuple[Link, ...]:  # fmt: skip
    """Return the links of every row, in the order of the sheet; those ``kept`` where nothing that decides differs."""
    beside = (actors, products, periods, distances.detour, abilities.listed, measures.all)
    asked = Asked(tuple(rows), beside)  # who is in a group, the actors say
    links = kept.of(asked) if register.silent else None
    if links is None:
        links = _expanded(asked.rows, actors, products, groups, periods, abilities, distances, measures, register)
        if register.silent:
            kept.keep(asked, links)
    else:
        for row in asked.rows:
            own_labels(row, register)  # a label that links alone carry is known by them
    return links


def _expanded(
    rows: Iterable[t.LinkRow], actors: Mapping[str, Actor], products: Mapping[str, Product],
    groups: Mapping[str, tuple[str, ...]], periods: tuple[Period, ...], abilities: Abilities,
    distances: Distances, measures: Measures, register: Register,
) -> tuple[Link, ...]:  # fmt: skip
    resolved = resolve_ends(rows, actors, register)
    abilities.add_precise(resolved)
    claims: list[Claim] = []
    room = free()
    most = room // (LINK + FLOW * max(1, len(periods)))
    for row in resolved:
        _check(row, resolved, register)
        ends = whom(row, actors, groups, abilities)
        looked_at = candidates(ends, actors)
        # What a radius may leave of many pairs is known once they are made; what a row without one stands for, before.
        bound = most - len(claims) if row.row.within is None else room // PAIR
        found = pairs(row, ends, actors, distances, register) if looked_at <= bound else []
        total = len(claims) + (len(found) if looked_at <= bound else looked_at)
        if total > most or looked_at > bound:
            register.report(say.LINKS_TOO_MANY.at(row.row.at("from_"), pairs=total, most=most))
            register.incomplete = True
            break
        for column in ("today", "today_buyer"):
            declared: float | None = getattr(row.row, column)
            if declared is not None and len(found) > 1:
                register.report(say.LINK_TODAY.at(row.row.at(column), today=declared, pairs=len(found)))
        claims += [Claim(row, seller, buyer, distance) for seller, buyer, distance in found]
    names = tuple(period.name for period in periods)
    held = claimed_periods(claims, names, register)
    return with_rounds(tuple(_links(claims, held, products, measures, register)), products, register)


def _within_a_round(link: t.LinkRow, rows: Iterable[LinkRow]) -> bool:
    """Whether the round of a row has a maximum, which the row then has too."""
    others = (other.row for other in rows if link.round and fold(other.row.round or "") == fold(link.round))
    return any(other.round_maximum is not None for other in others)


def _check(row: LinkRow, rows: Iterable[LinkRow], register: Register) -> None:
    link = row.row
    if link.round and link.status is not w.LinkStatus.CANDIDATE:
        register.report(pooling.ROUND_OF_NO_PROJECT.at(link.at("round"), round=link.round))
    if link.round_maximum is not None and not link.round:
        register.report(pooling.ROUND_WITHOUT_NAME.at(link.at("round"), maximum=link.round_maximum))
    if link.status is w.LinkStatus.CANDIDATE and link.maximum is None and not _within_a_round(link, rows):
        register.report(say.LINK_CANDIDATE.at(link.at("maximum")))
    if link.multiple and link.maximum is not None and link.multiple > link.maximum:
        register.report(pooling.LOT_OVER_MAXIMUM.at(link.at("multiple"), lot=link.multiple, maximum=link.maximum))
    if link.maximum is not None and link.minimum > link.maximum:
        register.report(say.MINIMUM_OVER_MAXIMUM.at(link.at("minimum"), minimum=link.minimum, maximum=link.maximum))


def _links(
    claims: Iterable[Claim], held: Mapping[int, tuple[str, ...]], products: Mapping[str, Product],
    measures: Measures, register: Register,
) -> Iterable[Link]:  # fmt: skip
    steps: dict[tuple[str, str, str, str | None], int] = {}
    spelled: dict[int, Mapping[str, float]] = {}
    marks: dict[int, tuple[str, ...] | None] = {}
    means: dict[int, tuple[str, float, str | None] | None] = {}
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
            means[id(row)] = means_used(row, products, register)
        yield Link(
            claim.seller, claim.buyer, product, row.maximum, row.minimum, agreed_figure(row),
            products[product].price if row.price is None else row.price, row.transport_cost, row.loss, row.co2,
            claim.distance or 0.0, period, held[number], row.status is w.LinkStatus.CANDIDATE, row.fixed_cost,
            spelled[id(row)], row, step, marks[id(row)], row.multiple or None, used_by(means[id(row)], claim.seller),
            row.round,
        )  # fmt: skip


def abilities_of(
    processes: Iterable[Process], offers: Iterable[Offer], needs: Iterable[Need], storages: Iterable[Storage],
    rows: Iterable[t.LinkRow], register: Register,
) -> Abilities:  # fmt: skip
    """Return who can supply and who can use each product, links apart; a named lender uses what it lends."""
    abilities = Abilities()
    for process in processes:
        for product in process.outputs:
            abilities.supplies(process.actor, product)
        for product in process.takes:
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
        if stock.uses:
            abilities.uses(stock.uses.carrier, stock.uses.product)
    for row in rows:
        carrier, means = (register.names(kind).get(name or "") for kind, name in (
            ("actors", row.carrier), ("products", row.uses)))  # fmt: skip
        if carrier and means:
            abilities.uses(carrier, means)
    return abilities


def with_rounds(links: tuple[Link, ...], products: Mapping[str, Product], register: Register) -> tuple[Link, ...]:
    """Return the links with what their rounds share: the fixed cost is split equally over the buyers of a round, and
    of each buyer's part over its rows; a row without a maximum of its own has the round's.
    """
    rounds: dict[str, list[int]] = {}
    for e, link in enumerate(links):
        if link.round:
            rounds.setdefault(fold(link.round), []).append(e)
    found = list(links)
    for members in rounds.values():
        name = links[members[0]].round or ""
        cost = _alike(name, "fixed_cost", [links[e].row for e in members], register) or 0.0
        most = _alike(name, "round_maximum", [links[e].row for e in members], register)
        mixed = len({products[links[e].product].unit for e in members}) > 1
        rows_of = Counter(links[e].to for e in members)
        for e in members:
            product = products[links[e].product]
            if mixed and most is not None and not product.kg:
                register.report(
                    pooling.ROUND_WITHOUT_MASS.at(links[e].row.at("round"), round=name, product=product.name)
                )
            own = most if most is None or not mixed else most / (product.kg or 1.0)
            found[e] = replace(
                links[e], round=name, round_maximum=most, fixed_cost=cost / len(rows_of) / rows_of[links[e].to],
                maximum=own if links[e].maximum is None else links[e].maximum,
            )  # fmt: skip
    return tuple(found)


def _alike(name: str, column: str, rows: Iterable[t.LinkRow], register: Register) -> float | None:
    """Return what the rows of a round say in a column, the same wherever it is typed."""
    said: float | None = None
    for row in {id(row): row for row in rows}.values():
        value: float | None = getattr(row, column) or None
        if said is not None and value is not None and value != said:
            register.report(pooling.ROUND_DIFFERS.at(row.at(column), round=name, first=said, second=value))
        said = said if value is None else value
    return said
