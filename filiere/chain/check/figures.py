"""Figures that contradict each other, or lie too far apart to be worked with together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from filiere.chain.chain import Chain
from filiere.chain.derived.fees import taken_for_a_fee
from filiere.chain.derived.groups import families_apart
from filiere.chain.scenario.names import REFERENCE
from filiere.language import sign_of
from filiere.problems import Cell, Problem
from filiere.problems import checking as say
from filiere.schema import Row

_WIDEST = 1e12
"""Largest over smallest figure beyond which double precision no longer tells one from the other."""
_WEIGHED = {
    "links": ("maximum", "minimum", "today", "today_buyer", "price", "transport_cost", "fixed_cost"),
    "processes": ("capacity", "minimum", "today", "unit_cost", "fixed_cost", "investment", "investment_total",
                  "expansion_max", "expansion_cost"),
    "recipes": ("input", "output"),
    "products": ("price",),
    "offers": ("maximum", "unit_cost"),
    "needs": ("quantity", "revenue"),
    "storage": ("capacity", "initial", "final", "cost"),
    "funding": ("maximum", "minimum", "today", "unit_amount"),
}  # fmt: skip


_LEAST_MADE = 500.0
"""Units of money: a post that makes less in a year is none, in euros as in smaller coins."""


class Extreme(NamedTuple):
    """The size of a figure, without its sign, and its cell."""

    size: float
    cell: Cell | None


def check_figures(chain: Chain) -> Iterator[Problem]:
    """Report this year's figures above their limits, and figures of scales too far apart."""
    if chain.scenario == REFERENCE:  # a scenario may well cut what was possible this year
        yield from _today_over_maximum(chain)
        yield from _fees_without_maximum(chain)
        yield from _jobs_of_all(chain)
    yield from _families_apart(chain)
    yield from _scales_apart(chain)


def _today_over_maximum(chain: Chain) -> Iterator[Problem]:
    for link in chain.links:
        yield from _over(link.row, link.today, link.maximum)
    for process in chain.processes.values():
        if not process.scalable:
            yield from _over(process.row, process.today, process.capacity)
    for grant in chain.funding:
        yield from _over(grant.row, grant.today, grant.maximum)


def _fees_without_maximum(chain: Chain) -> Iterator[Problem]:
    for link in chain.links:
        if taken_for_a_fee(chain, link) and not link.today:
            yield say.FEE_WITHOUT_MAXIMUM.at(
                link.row.at("maximum"), actor=link.from_, taker=link.to, product=link.product
            )


def _jobs_of_all(chain: Chain) -> Iterator[Problem]:
    """Report jobs of a whole team that stand as those of one unit of activity: next to nothing is made for each."""
    for process in chain.processes.values():
        worth = sum(abs(chain.products[name].price) * amount for name, amount in process.outputs.items())
        if 0.0 < worth < _LEAST_MADE * process.jobs:
            yield say.JOBS_OF_ALL.at(
                process.row.at("jobs"), name=process.name, jobs=process.jobs, value=float(f"{worth:.3g}"),
                each=float(f"{worth / process.jobs:.2g}"), sign=sign_of(chain.settings.currency),
            )  # fmt: skip


def _families_apart(chain: Chain) -> Iterator[Problem]:
    """Report families of goods made here whose prices are too far apart for one to stand for another."""
    made = {product for process in chain.processes.values() for product in process.outputs}
    made |= {offer.product for offer in chain.offers if chain.inside(offer.actor)}
    goods = {name: p for name, p in chain.products.items() if name in made and not p.secondary and p.value > 0.0}
    for members in families_apart(goods):
        ordered = sorted(members, key=lambda product: (product.value, product.name))
        cheap, dear = ordered[0], ordered[-1]
        yield say.FAMILY_APART.at(
            dear.row.at("price"), family=dear.family or "", dear=dear.name, dearest=dear.value, cheap=cheap.name,
            cheapest=cheap.value,
        )  # fmt: skip


def _over(row: Row, today: float | None, limit: float | None) -> Iterator[Problem]:
    if today is not None and limit is not None and today > limit * (1 + 1e-9):
        yield say.TODAY_OVER_MAXIMUM.at(row.at("today"), today=today, limit=limit)


def extremes(chain: Chain) -> tuple[Extreme, Extreme] | None:
    """Return the smallest and the largest figure of a workbook, without their signs; None where it has none but 0."""
    smallest: tuple[float, Row, str] | None = None
    largest: tuple[float, Row, str] | None = None
    for row in _rows(chain):
        for column in _WEIGHED[row.table.key]:
            size = abs(getattr(row, column) or 0.0)
            if not size:
                continue
            if smallest is None or size < smallest[0]:
                smallest = (size, row, column)
            if largest is None or size > largest[0]:
                largest = (size, row, column)
    if smallest is None or largest is None:
        return None
    (low, first, of), (high, last, at) = smallest, largest
    return Extreme(low, first.at(of)), Extreme(high, last.at(at))


def _scales_apart(chain: Chain) -> Iterator[Problem]:
    found = extremes(chain)
    if found is not None and found[1].size > found[0].size * _WIDEST:
        smallest, largest = found
        place: Cell | str = largest.cell or ""
        yield say.SCALES_APART.at(smallest.cell, smallest=smallest.size, largest=largest.size, other=place)


def _rows(chain: Chain) -> Iterable[Row]:
    """Yield the rows behind the chain, each once."""
    seen: set[int] = set()
    items = (
        chain.links, chain.processes.values(), chain.products.values(), chain.offers, chain.needs,
        chain.storages.values(), chain.funding,
    )  # fmt: skip
    for some in items:
        for item in some:
            row: Row = item.row
            if id(row) not in seen:
                seen.add(id(row))
                yield row
    for process in chain.processes.values():
        for recipe in process.recipe:
            if id(recipe) not in seen:
                seen.add(id(recipe))
                yield recipe
