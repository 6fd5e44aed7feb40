"""Which single figure, were it another, would let the others fit; and which two seem to have changed places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filiere.analysis.today.figures import value_of
from filiere.analysis.today.point import as_observed, ranked
from filiere.analysis.today.reconciliation import Figure
from filiere.analysis.weighing.balances import Balance
from filiere.chain.chain import Chain

if TYPE_CHECKING:
    from filiere.solver.fit.freed import Freed

ALONE = 0.9
"""The part of what does not fit from which on one figure is said to explain it."""


@dataclass(frozen=True)
class Suspect:
    """A figure, what it would be were it free, and which part of the least change goes with it."""

    figure: Figure
    value: float
    share: float


@dataclass(frozen=True)
class Suspects:
    """What single figures explain, what explains most first; and the pairs that seem to have changed places."""

    alone: tuple[Suspect, ...] = ()
    swapped: tuple[tuple[Figure, Figure], ...] = ()


def suspects(chain: Chain, figures: Sequence[Figure], rows: Sequence[Balance]) -> Suspects:
    """Return what the figures explain that are moved or stand at an account that does not balance."""
    from filiere.solver.fit.freed import Blame

    off = {(r.actor, r.product) for r in rows if r.size > 1e-6 * max(r.into, r.out, 1e-6)}
    asked = [f for f in figures if f.correction or _at(chain, f) & off]
    asked.sort(key=lambda f: (-value_of(chain, f) * abs(f.correction), str(f.cell)))
    every = {_key(f): f for f in figures}
    by_key = {_key(f): f for f in asked}
    blame = Blame(ranked(as_observed(chain)))
    alone = [Suspect(by_key[one.freed], one.value, one.share) for one in blame.explained(list(by_key))]
    alone.sort(key=lambda s: (-round(s.share, 6), str(s.figure.cell)))
    told: set[Freed] = set()
    pairs = []
    if not alone or alone[0].share < ALONE:
        for one, other in blame.exchanged():
            if not {one, other} & told and one in every and other in every:
                told |= {one, other}
                first, second = sorted((every[one], every[other]), key=lambda f: str(f.cell))
                pairs.append((first, second))
    return Suspects(tuple(alone), tuple(pairs))


def _key(figure: Figure) -> Freed:
    return figure.link if figure.link is not None else figure.process or ("", "")


def _at(chain: Chain, figure: Figure) -> set[tuple[str, str]]:
    if figure.link is not None:
        link = chain.links[figure.link]
        return {(link.from_, link.product), (link.to, link.product)}
    process = chain.processes[figure.process or ("", "")]
    return {(process.actor, product) for product in (*process.inputs, *process.outputs)}
