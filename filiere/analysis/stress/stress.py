"""What breaks when something is lost: each actor, activity and link in turn, planned again, the worst first.

A loss that the plan does not feel needs no solve: the best plan still stands, and a chain with less to choose from
has no better one. Of a region's thousands of others, those through which most value flows are planned again.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import combinations
from typing import TYPE_CHECKING

from filiere.analysis.scenarios.case import pack, unpacked
from filiere.analysis.spread import Interrupted, spread
from filiere.analysis.stress.draws import Draws, draw
from filiere.analysis.stress.effect import Effect, Reader
from filiere.analysis.stress.hedge import Hedge, hedges
from filiere.analysis.stress.items import MUSTS, Item, Stressed, contained, items_at_work, named_items, stressed
from filiere.analysis.stress.needs import NOTICED
from filiere.chain.chain import Chain

if TYPE_CHECKING:
    from filiere.solution.solution import Solution
    from filiere.solver.replan.loss import Replanner

Stage = Callable[[str, int, int], None]
"""Told which part of the work (``losses``, ``pairs``, ``draws``) has how many of its tasks done, of how many."""

LIMIT = 500
"""Losses that are planned again unless somebody says how many: each takes a tenth of a second of 10,000 flows, and a
region has as many of them.
"""
CHUNK = 25
"""Losses that one session takes in turn. The same on any number of processes, so that the answers are too."""
PAIRED = 12
"""How many of the most critical losses are lost two at once."""


@dataclass(frozen=True)
class Stress:
    """The losses of one chain, the worst first. ``seconds`` has the time of each part.

    ``without_plan`` says why where the chain has no plan to begin with. ``passed_over`` counts losses that were
    not asked for (:func:`stress`, ``most``), or are beyond the ``limit`` that was reached, None where it was not;
    ``interrupted`` is set where somebody stopped the run.
    """

    chain: Chain
    musts: int = 0
    reference: Effect | None = None
    losses: tuple[Effect, ...] = ()
    pairs: tuple[Effect, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    draws: Draws | None = None
    without_plan: Solution | None = None
    passed_over: int = 0
    limit: int | None = None
    interrupted: bool = False
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def felt(self) -> tuple[Effect, ...]:
        """The losses that change anything."""
        return tuple(effect for effect in self.losses if effect.state != "unaffected")

    @property
    def spared(self) -> int:
        """How many losses need no plan: the plan without a loss does without what is lost already."""
        return sum(effect.state == "unaffected" for effect in self.losses)

    @property
    def worst(self) -> Effect | None:
        """The worst loss, where one leaves needs unserved that were served before."""
        reference = self.reference
        if reference is None:
            return None
        return next((effect for effect in self.losses if severity(effect, reference)[1] > 0.0), None)


@dataclass(frozen=True)
class Work:
    """What one task gets: the chain, packed, and what to lose, one group after the other."""

    packed: bytes
    losses: tuple[tuple[Item, ...], ...]


def stress(
    chain: Chain,
    pairs: bool = False,
    draws: int = 0,
    seed: int = 0,
    jobs: int | None = 1,
    most: int | None = None,
    told: Stage | None = None,
    losses: Sequence[str] = (),
    each_member: bool = False,
    scheduler: str | None = None,
) -> Stress:
    """Lose everything in turn (``pairs``: the worst also two at once; ``draws``: random shocks too).

    ``losses`` names the only ones (:func:`filiere.analysis.stress.items.named_items`), with ``each_member`` every
    member too. ``most`` keeps to the losses through which most value flows; where none of these is said, so does a
    limit to how many are planned again. ``jobs`` and ``scheduler`` say where the work is done, as for
    :func:`filiere.analysis.spread.spread`, and change nothing else. Raises ``RankError`` where numbers fail the chain
    as it is, ``WorkbookError`` for an unknown name, ``ClusterError`` where no cluster answers.
    """
    started = time.perf_counter()
    asked = named_items(chain, losses, each_member) if losses or each_member else None
    ready = stressed(chain)
    packed = pack(ready)
    reader = Reader(ready, _planner(packed))
    if reader.reference.columns is None or reader.musts_unserved > NOTICED * max(1.0, _wanted(chain)):
        from filiere.solver.solve import solve

        return Stress(chain, without_plan=solve(chain))
    reference = reader.nothing
    seconds = {"build": time.perf_counter() - started}
    chosen, left = _chosen(ready, reader, most, asked)
    limit = LIMIT if left and most is None else None
    work = partial(_lost, packed, jobs, scheduler)
    effects, interrupted = work([(item,) for item in chosen], partial(told, "losses") if told else None)
    lost = ranked(effects, reference)
    seconds["losses"] = time.perf_counter() - started - seconds["build"]
    found = Stress(chain, len(ready.musts), reference, lost, passed_over=left, limit=limit, interrupted=interrupted,
                   seconds=seconds)  # fmt: skip
    if interrupted:
        return found
    both: tuple[Effect, ...] = ()
    if pairs:
        effects, interrupted = work(paired(found), partial(told, "pairs") if told else None)
        both = ranked(effects, reference)
    hedged = tuple(hedges(ready, found.worst, _planner(packed))) if found.worst else ()
    shocks = draw(chain, draws, seed, jobs, partial(told, "draws") if told else None, scheduler) if draws else None
    seconds["all"] = time.perf_counter() - started
    return replace(found, pairs=both, hedges=hedged, draws=shocks, interrupted=interrupted, seconds=seconds)


def _wanted(chain: Chain) -> float:
    return sum((need.quantity or 0.0) * chain.products[need.product].value for need in chain.needs)


def _chosen(ready: Stressed, reader: Reader, most: int | None, asked: list[Item] | None) -> tuple[list[Item], int]:
    """Return what to lose, and how many losses are passed over: those through which least value flows.

    Up to the limit only what the plan feels counts: what it does without is told without a solve.
    """
    every = items_at_work(ready.chain) if asked is None else asked
    free: set[Item] = set()
    if most is None and asked is None and len(every) > LIMIT:
        most, free = LIMIT, {item for item in every if reader.spared(item)}
    if most is None or most >= len(every) - len(free):
        return every, 0
    weights = {item: reader.weight(item) for item in every if item not in free}
    kept = free | set(sorted(weights, key=lambda item: (-weights[item], item.what))[:most])
    return [item for item in every if item in kept], len(every) - len(kept)


def _lost(
    packed: bytes,
    jobs: int | None,
    scheduler: str | None,
    losses: Sequence[tuple[Item, ...]],
    progress: Callable[[int, int], None] | None,
) -> tuple[list[Effect], bool]:
    work = [Work(packed, tuple(losses[start : start + CHUNK])) for start in range(0, len(losses), CHUNK)]
    counted = (lambda done, _: progress(min(done * CHUNK, len(losses)), len(losses))) if progress else None
    try:
        return [effect for part in spread(lose, work, jobs, scheduler, counted) for effect in part], False
    except Interrupted as stopped:
        return [effect for _, part in sorted(stopped.done.items()) for effect in part], True


def lose(work: Work) -> list[Effect]:
    """Lose one group of items after the other out of one session."""
    ready = unpacked(work.packed)
    assert isinstance(ready, Stressed)
    reader = Reader(ready, _planner(work.packed))
    return [reader.effect(group) for group in work.losses]


def _planner(packed: bytes) -> Replanner:
    """Return a fresh session of a chain that is planned once."""
    return _planned(packed).again()


@lru_cache(maxsize=1)
def _planned(packed: bytes) -> Replanner:
    from filiere.solver.programme.compile import compiled
    from filiere.solver.replan.loss import Replanner

    ready = unpacked(packed)
    assert isinstance(ready, Stressed)
    planner = Replanner(compiled(ready.chain), ready.musts, MUSTS, ready.ranks)
    planner.plan()
    return planner


_WIDE = {"link": 0, "facility": 1}
"""How much goes with what is lost; whole actors take most along."""


def severity(effect: Effect, reference: Effect) -> tuple[float, float, float, float, float]:
    """Return how bad a loss is: no plan at all, needs unserved, rules given up, dependency, cost; as they grow."""
    if effect.state == "impossible":
        return (1.0, 0.0, 0.0, 0.0, 0.0)
    unmet = _grown(effect.unmet, effect.unmet_before)
    dependency, cost = (_grown(getattr(effect, key), getattr(reference, key)) for key in ("dependency", "cost"))
    return (0.0, unmet, float(len(effect.given_up)), dependency, cost)


def _grown(after: float | None, before: float | None) -> float:
    """By how much a figure grows, to a millionth of the larger one: what is less, the solver's last digits tell."""
    if after is None or before is None:
        return 0.0
    size = max(1.0, abs(before), abs(after))
    least = NOTICED * 10.0 ** math.floor(math.log10(size))
    return round((after - before) / least) * least


def ranked(effects: Sequence[Effect], reference: Effect) -> tuple[Effect, ...]:
    """Return the losses, the worst first, as :func:`severity` says; what nobody feels last.

    Of what is as bad, one link comes before an activity, and that before an actor: it says more nearly what is missed.
    """

    def order(effect: Effect) -> tuple[bool, tuple[float, ...], int, str]:
        worst = tuple(-s for s in severity(effect, reference))
        widest = max((_WIDE.get(item.kind, len(_WIDE)) for item in effect.items), default=0)
        return effect.state in ("unaffected", "trouble"), worst, widest, effect.what

    return tuple(sorted(effects, key=order))


def paired(found: Stress) -> list[tuple[Item, ...]]:
    """Return the most critical losses two by two; what goes along with another of them is not counted twice."""
    chosen: list[Item] = []
    for effect in found.felt:
        item = effect.items[0]
        if not any(contained(item, other, found.chain) or contained(other, item, found.chain) for other in chosen):
            chosen.append(item)
        if len(chosen) == PAIRED:
            break
    return [tuple(pair) for pair in combinations(chosen, 2)]
