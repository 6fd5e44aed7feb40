"""Random shocks: every figure that a row calls uncertain is drawn anew, and the chain is solved, many times over.

A row's uncertainty u spreads its figures evenly between 1 − u and 1 + u times what is typed: nothing more is known
than that they may be wrong by that share either way. One factor a row and draw. What varies: quantities of needs,
maxima of offers, amounts of recipes, and prices (of products, links, transport, and an activity's unit cost).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from filiere.analysis.scenarios.case import headline_values, pack, unpacked
from filiere.analysis.spread import Interrupted, spread
from filiere.chain.chain import Chain, Link, Need, Objective, Process
from filiere.names import fold
from filiere.schema import words as w
from filiere.schema.tables import Row

if TYPE_CHECKING:
    from filiere.solver.study import Study

CHUNK = 10
"""Draws that one session solves in turn; the same on any number of processes."""
BAND = (0.05, 0.5, 0.95)
FIRST = 1000.0
"""How much more a need that must be served weighs than one that is wanted, when not all can be."""

Relation = tuple[str, str, str]
"""(from, to, product)."""


@dataclass(frozen=True)
class Band:
    """One figure over all draws: what it is as typed, then its 5 %, 50 % and 95 % quantiles, over ``count`` draws."""

    typed: float | None
    low: float
    middle: float
    high: float
    count: int


@dataclass(frozen=True)
class Draws:
    """What random shocks did. ``rows`` counts the rows that say how uncertain they are; ``failed`` draws without plan.

    ``relations`` has the share of draws in whose plan each relation is used; ``bands`` the headline measures.
    """

    asked: int
    seed: int
    rows: int
    bands: Mapping[str, Band] = field(default_factory=dict)
    relations: Mapping[Relation, float] = field(default_factory=dict)
    solved: int = 0
    failed: int = 0
    interrupted: bool = False


@dataclass(frozen=True)
class Answer:
    """One draw's headline measures and the relations its plan uses; both None where it has no plan."""

    values: Mapping[str, float | None] | None
    used: frozenset[Relation] | None


@dataclass(frozen=True)
class Work:
    """Which draws of a packed chain to solve; None stands for the chain as it is typed."""

    packed: bytes
    seed: int
    numbers: tuple[int | None, ...]


def draw(
    chain: Chain, count: int, seed: int, jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None, scheduler: str | None = None,
) -> Draws:  # fmt: skip
    """Return what ``count`` draws do to the headline measures and to the relations of the plan.

    The same ``seed`` gives the same draws on any number of processes, and on a cluster.
    """
    rows = len({id(row) for row in uncertain(chain)})
    if not rows:
        return Draws(count, seed, 0)
    numbers: list[int | None] = [None, *range(count)]
    packed = pack(chain)
    parts = [tuple(numbers[i : i + CHUNK]) for i in range(0, len(numbers), CHUNK)]
    counted = (lambda done, _: progress(min(done * CHUNK, count), count)) if progress else None
    interrupted = False
    try:
        answered = spread(solve_draws, [Work(packed, seed, part) for part in parts], jobs, scheduler, counted)
    except Interrupted as stopped:
        answered, interrupted = [part for _, part in sorted(stopped.done.items())], True
    answers = [answer for part in answered for answer in part]
    return replace(_summed(answers, count, seed, rows), interrupted=interrupted)


def _summed(answers: Sequence[Answer], asked: int, seed: int, rows: int) -> Draws:
    typed = answers[0].values if answers and answers[0].values is not None else {}
    solved = [answer for answer in answers[1:] if answer.values is not None]
    bands = {}
    for key in typed or (solved[0].values or {} if solved else {}):
        found = [value for answer in solved if (value := (answer.values or {}).get(key)) is not None]
        if found:
            low, middle, high = (float(q) for q in np.quantile(found, BAND))
            bands[key] = Band(typed.get(key), low, middle, high, len(found))
    used = Counter(relation for answer in solved for relation in answer.used or ())
    relations = {relation: times / len(solved) for relation, times in sorted(used.items(), key=lambda p: (-p[1], p[0]))}
    return Draws(asked, seed, rows, bands, relations, len(solved), max(0, len(answers) - 1) - len(solved))


def solve_draws(work: Work) -> list[Answer]:
    """Solve some draws in one session."""
    from filiere.solver.study import Study

    chain = unpacked(work.packed)
    assert isinstance(chain, Chain)
    study = Study(planned(chain))
    return [_answer(study, chain if number is None else drawn(chain, work.seed, number)) for number in work.numbers]


def _answer(study: Study, chain: Chain) -> Answer:
    from filiere.solver.ranks.step import RankError

    variant = planned(chain)
    try:
        plan = study.solve(variant).plan
    except RankError:
        plan = None
    if plan is None:
        return Answer(None, None)
    shown = replace(chain, needs=tuple(_wanted(need) for need in chain.needs))
    flows = plan.flows
    used = zip(flows["from"], flows["to"], flows["product"], strict=True)
    return Answer(headline_values(shown, plan), frozenset(used))


def planned(chain: Chain) -> Chain:
    """Return the chain as it is solved: a must is read as want, but weighs far more than one."""
    needs = tuple(
        replace(_wanted(need), importance=need.importance * FIRST) if need.obligation is w.Obligation.MUST else need
        for need in chain.needs
    )
    objectives = chain.objectives
    if all(objective.kind is not w.Objective.UNMET for objective in objectives):
        before = min((objective.rank for objective in objectives), default=1) - 1
        unmet = Objective(before, w.Objective.UNMET, None, w.Direction.MIN, 1.0, 0.0, 0.0)
        objectives = (unmet, *objectives)
    return replace(chain, needs=needs, objectives=objectives)


def _wanted(need: Need) -> Need:
    return replace(need, obligation=w.Obligation.WANT) if need.obligation is w.Obligation.MUST else need


def uncertain(chain: Chain) -> Iterator[Row]:
    """Return the rows whose figures vary, in the chain's order."""
    rows: list[Row] = [product.row for product in chain.products.values()]
    for process in chain.processes.values():
        rows += [process.row, *process.recipe]
    rows += [link.row for link in chain.links] + [offer.row for offer in chain.offers]
    rows += [need.row for need in chain.needs]
    return (row for row in rows if row.uncertainty)


def drawn(chain: Chain, seed: int, number: int) -> Chain:
    """Return the chain of one draw."""
    generator = np.random.default_rng([seed, number])
    factors: dict[int, float] = {}
    for row in uncertain(chain):
        if id(row) not in factors:
            factors[id(row)] = max(0.0, 1.0 + (row.uncertainty or 0.0) * float(generator.uniform(-1.0, 1.0)))

    def factor(row: Row) -> float:
        return factors.get(id(row), 1.0)

    products = {
        name: replace(p, price=p.price * factor(p.row), value=p.value * factor(p.row))
        for name, p in chain.products.items()
    }
    return replace(
        chain, products=products,
        processes={key: _process(process, factor) for key, process in chain.processes.items()},
        links=tuple(_link(link, factor, factor(chain.products[link.product].row)) for link in chain.links),
        offers=tuple(replace(offer, maximum=_times(offer.maximum, factor(offer.row))) for offer in chain.offers),
        needs=tuple(replace(need, quantity=_times(need.quantity, factor(need.row))) for need in chain.needs),
    )  # fmt: skip


def _process(process: Process, factor: Callable[[Row], float]) -> Process:
    inputs, outputs = dict(process.inputs), dict(process.outputs)
    for part in process.recipe:
        for amounts, amount in ((inputs, part.input), (outputs, part.output)):
            for product in amounts if amount else ():
                if fold(product) == fold(part.product):
                    amounts[product] *= factor(part)
    choices = {
        label: tuple(replace(option, quantity=option.quantity * factor(option.row)) for option in options)
        for label, options in process.choices.items()
    }
    cost = process.unit_cost * factor(process.row)
    return replace(process, unit_cost=cost, inputs=inputs, outputs=outputs, choices=choices)


def _link(link: Link, factor: Callable[[Row], float], of_product: float) -> Link:
    """A price that the link takes from its product moves with it."""
    own = factor(link.row)
    price = link.price * own * (of_product if link.row.price is None else 1.0)
    return replace(link, price=price, transport_cost=link.transport_cost * own)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
