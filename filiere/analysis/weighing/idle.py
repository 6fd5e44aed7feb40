"""Services and goods of which this year's own figures leave most unused, though what makes them is paid for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from filiere.analysis.weighing.balances import Place
from filiere.analysis.weighing.blanks import made
from filiere.chain.chain import Chain
from filiere.language import percents
from filiere.problems import Problem
from filiere.problems import weighing as say

MOST = 0.5
"""The share of what is made that may stay unused without a word: empty seats and spare hours are no fault."""


def idle(chain: Chain) -> Iterator[Problem]:
    """Report what is made this year, paid for, and for the most part not used, where every figure that could use it
    is typed: a team that also works elsewhere is one whose hours a plan drops as a saving.
    """
    used = _used(chain)
    for place, amount in made(chain).items():
        makers = [p for p in chain.processes.values() if p.actor == place[0] and p.today and place[1] in p.outputs]
        taken = used.get(place)
        if taken and taken < (1.0 - MOST) * amount and any(p.unit_cost > 0.0 for p in makers):
            first = max(makers, key=lambda p: (p.today or 0.0) * p.outputs[place[1]])
            yield say.IDLE.at(
                first.row.at("today"), actor=place[0], product=place[1], made=amount, used=taken,
                unit=chain.products[place[1]].unit, share=percents(round(1.0 - taken / amount, 2)),
            )  # fmt: skip


def _used(chain: Chain) -> Mapping[Place, float]:
    """By actor and product, what typed figures use of it; without the places where some use has no figure."""
    used = defaultdict[Place, float](float)
    for process in chain.processes.values():
        for product, amount in process.inputs.items():
            used[process.actor, product] += (process.today or 0.0) * amount
    for link in chain.links:
        used[link.from_, link.product] += link.today or 0.0
    unknown = _unknown(chain)
    return {place: amount for place, amount in used.items() if place not in unknown}


def _unknown(chain: Chain) -> set[Place]:
    """Where something may be used that no figure of this year tells: needs, stocks, what is lent, choices, blanks."""
    uses = (*(link.uses for link in chain.links), *(storage.uses for storage in chain.storages.values()))
    return {
        *((need.actor, need.product) for need in chain.needs),
        *chain.storages,
        *((use.carrier, use.product) for use in uses if use is not None),
        *((link.from_, link.product) for link in chain.links if link.today is None and not link.candidate),
        *(
            (process.actor, product)
            for process in chain.processes.values()
            for product in process.takes
            if product not in process.inputs or (process.today is None and not process.candidate)
        ),
    }
