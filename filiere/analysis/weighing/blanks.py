"""Figures of this year that are blank among typed ones, though these ask for something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from filiere.analysis.weighing.balances import Place
from filiere.analysis.weighing.causes import plain
from filiere.chain.chain import Chain
from filiere.problems import Problem
from filiere.problems import weighing as say


def blanks(chain: Chain, supposed: Mapping[int | Place, float]) -> Iterator[Problem]:
    """Report what is blank where everything beside it is typed: the other rows of a product at its two ends, or all
    other activities.
    """
    for place, amount in supposed.items():
        if isinstance(place, int):
            yield from _link(chain, place, amount)
        elif all(p.today is not None for key, p in chain.processes.items() if key != place and _exists(chain, key)):
            process = chain.processes[place]
            if len(chain.processes) > 1 and _exists(chain, place):
                yield say.BLANK_LEVEL.at(process.row.at("today") or process.row.at("process"), name=process.name,
                                         actor=process.actor, value=plain(amount))  # fmt: skip


def _exists(chain: Chain, key: Place) -> bool:
    process = chain.processes[key]
    return not (process.candidate or process.opened)


def _link(chain: Chain, position: int, amount: float) -> Iterator[Problem]:
    link = chain.links[position]
    ends, product = {link.from_, link.to}, link.product
    others = (e for i, e in enumerate(chain.links) if i != position and e.product == product)
    beside = [e.today for e in others if ends & {e.from_, e.to}]
    if beside and None not in beside:
        yield say.BLANK.at(
            link.row.at("today"), product=link.product, seller=link.from_, buyer=link.to, value=plain(amount),
            unit=chain.products[link.product].unit,
        )  # fmt: skip
