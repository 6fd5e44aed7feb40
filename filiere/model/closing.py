"""What is minimised last, so that nothing moves or opens without a reason and equal plans are told apart alike.

Sums are in value at reference prices: no unit that somebody typed weighs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from filiere.model.by_link import Vector
from filiere.model.equations.exchange import all_flows
from filiere.model.equations.lots import thrown
from filiere.model.equations.transformation import all_levels
from filiere.model.index import Index
from filiere.model.variables import Summand, Term, Terms
from filiere.names import fold

if TYPE_CHECKING:
    import pyomo.environ as pyo


def openings(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    """Number of candidates opened, a round being one."""
    yield from ((1.0, variable) for variable in m.open_process.values())
    yield from ((1.0, variable) for e, variable in m.open_link.items() if e not in x.pooling.followers)


def expansions(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    """Expansions, by the value of what one unit of activity puts out."""
    return ((worth_of_level(x, k), variable) for k, variable in m.expansion.items())


def grants(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    """Grants that one does not have yet."""
    return ((1.0, variable) for variable in m.more_grant.values())


def stocks(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    """Stocks, by reference value."""
    return ((x.chain.products[p].value, variable) for (_, p, _), variable in m.stock.items())


def idle_services(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    """Services that nobody uses, by reference value.

    Minimised before ``change`` too, where nothing else keeps waste low: a venue that plays to empty seats is near to
    today, and absurd.
    """
    for (_, p, _), variable in m.discarded.items():
        if x.chain.products[p].service:
            yield (x.chain.products[p].value, variable)


def activity(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    """Levels, by the value of what they put out, and offers."""
    yield all_levels(m, x, (worth_of_level(x, k) for k in range(len(x.processes))))
    yield from ((x.chain.products[x.offers[o].product].value, m.offered[o, t]) for o, t in x.offered)


def discards(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    """What is thrown away, by reference value."""
    return ((x.chain.products[p].value, variable) for (_, p, _), variable in thrown(m))


def shipments(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    """Everything shipped, by reference value."""
    yield all_flows(m, x, x.by_link.value)


def kilometres(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    """Everything shipped, by reference value and distance."""
    yield all_flows(m, x, x.by_link.distance * x.by_link.value)


def payments(m: pyo.ConcreteModel, x: Index) -> Iterator[Term]:
    """What some pay others so that these lose nothing."""
    return ((1.0, variable) for variable in m.paid.values())


def by_name(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    r"""Every figure by its value, times a number in [1, 2) drawn from the names of its row.

    .. math:: \sum_j \omega_j\,\mathrm{value}_j

    What is still equal then is told apart alike on every machine, in whatever order the rows stand.
    """
    products, ends = x.chain.products, ["\x1f" + fold(name) for name in x.period_names]
    links = _named((link.from_, link.to, link.product, link.period or "") for link in x.links)
    keys = [process.key for process in x.processes]
    for family, worths, starts in _by_period(m, x, links, keys):
        if family:
            drawn = _numbers(starts[i] + ends[t] for i, t in family)
            yield Terms(np.array([worths[i] for i, _ in family]) * drawn, list(family.values()))
    for kind, places in (("stock", m.stock), ("discard", m.discarded), ("left over", m.left_over)):
        if places:
            drawn = _numbers(_start(kind, (a, p)) + ends[t] for a, p, t in places)
            yield Terms(np.array([products[p].value for _, p, _ in places]) * drawn, list(places.values()))
    for (k, choice, p, t), variable in m.chosen.items():
        yield (products[p].value * _number(_start("chosen", (*keys[k], choice, p)) + ends[t]), variable)
    funding = _named((row.funder, row.actor, str(row.kind)) for row in x.funding)
    yield from ((worth_of_level(x, k) * _drawn("expansion", keys[k]), v) for k, v in m.expansion.items())
    yield from ((_drawn("grant", funding[f]), variable) for f, variable in m.grant.items())
    for kind, money in (("paid", m.paid), ("received", m.received)):
        yield from ((_drawn(kind, (a,)), variable) for a, variable in money.items())
    yield from ((_drawn("opened", keys[k]), variable) for k, variable in m.open_process.items())
    yield from ((_drawn("opened", links[e]), variable) for e, variable in m.open_link.items())


def _by_period(
    m: pyo.ConcreteModel, x: Index, links: Sequence[tuple[str, ...]], keys: Sequence[tuple[str, str]]
) -> Iterator[tuple[Any, list[float], list[str]]]:
    """Figures by row and period: the family, what a unit of each row is worth, and how the text of its names starts."""
    products = x.chain.products
    offers = _named((offer.actor, offer.product, offer.calendar.period or "") for offer in x.offers)
    needs = _named((need.actor, need.product, need.calendar.period or "") for need in x.needs)
    levels = [worth_of_level(x, k) for k in range(len(keys))]
    yield m.flow, [products[link.product].value for link in x.links], [_start("link", names) for names in links]
    yield m.level, levels, [_start("process", names) for names in keys]
    yield m.offered, [products[row.product].value for row in x.offers], [_start("offer", names) for names in offers]
    yield m.served, [products[row.product].value for row in x.needs], [_start("need", names) for names in needs]


def worth_of_level(x: Index, k: int) -> float:
    """What one unit of activity puts out, at reference prices; takes in, where it puts out nothing."""
    process, products = x.processes[k], x.chain.products
    made = sum(products[p].value * amount for p, amount in process.outputs.items())
    return made or sum(products[p].value * amount for p, amount in process.inputs.items()) or 1.0


def _named(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return what each row names, with its number among those that name the same, in the order of what they say."""
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for names in rows:
        number = seen.get(names, 0)
        found.append((*names, str(number)))
        seen[names] = number + 1
    return found


def _drawn(kind: str, names: tuple[str, ...]) -> float:
    """A number in [1, 2) that the names alone decide, of what is not counted by period."""
    return _number(_start(kind, names) + "\x1f")


def _start(kind: str, names: tuple[str, ...]) -> str:
    return "\x1f".join([fold(part) for part in (kind, *names)])


def _number(text: str) -> float:
    return float(_numbers([text])[0])


def _numbers(texts: Iterable[str]) -> Vector:
    """A number in [1, 2) for each text: 48 bits of its hash."""
    digests = b"".join([blake2b(text.encode(), digest_size=6).digest() for text in texts])
    return 1.0 + np.frombuffer(digests, dtype=np.uint8).reshape(-1, 6) @ BYTES


BYTES = 256.0 ** -np.arange(1.0, 7.0)
"""What the bytes of a hash stand for, as a number below 1."""


CLOSING = {
    "openings": openings,
    "expansions": expansions,
    "grants": grants,
    "stocks": stocks,
    "idle_services": idle_services,
    "activity": activity,
    "discards": discards,
    "shipments": shipments,
    "kilometres": kilometres,
    "payments": payments,
    "by_name": by_name,
}
"""What is minimised last, in this order."""
