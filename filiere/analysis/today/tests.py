"""What reconciled figures show: which are suspicious, what they determine, and between what the rest lies.

The measurement test: Mah, R. S. H. and Tamhane, A. C. (1982), Detection of gross errors in process data, AIChE Journal
28(5): a correction over its own standard deviation is standard normal where no gross error was made. Among n tests the
limit is that of a single one at 1 - (1 - α)^(1/n) (Šidák). The global test: the sum of squares against the chi-square
with as many degrees of freedom as there are independent equations between figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from filiere.analysis.today.reconciliation import (
    FEWEST,
    LEAST_TESTED,
    MANY,
    MOST_TESTED,
    RISK,
    TESTS,
    WORK,
    Figure,
    GlobalTest,
    Reconciliation,
    Unmeasured,
    carried,
    run,
)
from filiere.chain.chain import Chain
from filiere.solution.solution import Plan
from filiere.solver.fit.least_squares import Fit
from filiere.solver.fit.observability import determined, intervals, redundancies
from filiere.solver.fit.reconcile import KINDS, Physics, Quantity

_ALIKE = 1e-6
"""Tests nearer to each other than this share are one test."""


def tested(found: Reconciliation, fit: Fit) -> Reconciliation:
    """Return the reconciliation with each figure's test, the suspicious ones flagged, and the global test."""
    from scipy.special import ndtri

    most = int(min(MOST_TESTED, max(LEAST_TESTED, TESTS // max(1, len(fit.columns)))))
    order = np.argsort(-np.abs(fit.corrections), kind="stable")[:most]
    share = np.zeros(len(found.figures))
    share[order] = redundancies(fit, order.tolist())
    redundant = share > 0.0
    count = int(redundant.sum())
    critical = float(-ndtri((1.0 - (1.0 - RISK) ** (1.0 / count)) / 2.0)) if count else None
    tests = np.divide(fit.corrections, np.sqrt(share), out=np.zeros_like(share), where=redundant)
    figures = [
        replace(figure, test=float(test), suspicious=critical is not None and bool(abs(test) > critical))
        if known
        else figure
        for figure, test, known in zip(found.figures, tests, redundant, strict=True)
    ]
    return replace(
        found, figures=tuple(_told_apart(figures)), critical=critical, tested=count,
        test=_global(fit, share) if len(order) == len(found.figures) else None,
    )  # fmt: skip


def _global(fit: Fit, share: np.ndarray) -> GlobalTest | None:
    from scipy.special import chdtrc, chdtri

    degrees = round(float(share.sum()))
    if not degrees:
        return None
    chi_square = fit.chi_square
    return GlobalTest(chi_square, degrees, float(chdtri(degrees, RISK)), float(chdtrc(degrees, chi_square)))


def _told_apart(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, each suspicious one with the others whose test is the same."""
    doubted = [figure for figure in figures if figure.suspicious]
    return [
        replace(figure, alike=tuple(o.cell for o in doubted if o is not figure and o.cell and _same(o, figure)))
        if figure.suspicious else figure
        for figure in figures
    ]  # fmt: skip


def _same(one: Figure, other: Figure) -> bool:
    a, b = abs(one.test or 0.0), abs(other.test or 0.0)
    return abs(a - b) <= _ALIKE * max(a, b)


def left_open(
    found: Reconciliation, chain: Chain, physical: Physics, fit: Fit, observed: Sequence[int], plan: Plan
) -> Reconciliation:
    """Return the reconciliation with the class of each quantity that was not observed."""
    seen = set(observed)
    asked = [i for i, q in enumerate(physical.quantities) if i not in seen and _shown(chain, physical, q)]
    if not asked:
        return found
    sums = physical.rows_of(asked)
    known = determined(fit, sums)
    values = _values(physical, plan, [physical.quantities[i] for i in asked])
    exact = sums @ fit.columns
    worth = [v * _worth(chain, physical, physical.quantities[i]) for v, i in zip(values, asked, strict=True)]
    free = sorted(np.flatnonzero(~known).tolist(), key=lambda i: (-worth[i], i))
    most = int(min(MANY, max(FEWEST, WORK // max(1, len(physical.programme.columns)))))
    spans = intervals(physical.programme, fit, physical.rows_of(observed), sums, free[:most])
    unmeasured = []
    for j, i in enumerate(asked):
        span = spans.get(j)
        single = bool(known[j]) or (span is not None and span[0] == span[1])
        if single:
            value = max(0.0, float(exact[j])) if span is None else span[0]
            span = (value, value)
        lower, upper = span if span is not None else (None, None)
        unmeasured.append(_named(physical, i, span[0] if single and span else values[j], single, lower, upper))
    unmeasured.sort(key=lambda one: (KINDS.index(one.kind), one.position or 0, one.place or ("", "")))
    return replace(found, unmeasured=tuple(unmeasured), looked_at=len(spans))


def _shown(chain: Chain, physical: Physics, quantity: Quantity) -> bool:
    """Whether a quantity is one to speak of: what outside actors use or offer is what their links carry."""
    kind, key = quantity
    x = physical.programme.index
    if kind == "offered":
        return chain.inside(x.offers[_number(key)].actor)
    if kind == "served":
        return chain.inside(x.needs[_number(key)].actor)
    return True


def _number(key: object) -> int:
    assert isinstance(key, int)
    return key


def _worth(chain: Chain, physical: Physics, quantity: Quantity) -> float:
    kind, key = quantity
    x = physical.programme.index
    if kind == "level":
        made = x.processes[_number(key)].outputs
        return sum(amount * chain.products[p].value for p, amount in made.items())
    return chain.products[_product(physical, quantity)].value


def _product(physical: Physics, quantity: Quantity) -> str:
    kind, key = quantity
    x = physical.programme.index
    if kind == "discarded":
        assert isinstance(key, tuple)
        return str(key[1])
    position = _number(key)
    row = x.links[position] if kind == "flow" else x.offers[position] if kind == "offered" else x.needs[position]
    return row.product


def _values(physical: Physics, plan: Plan, quantities: Sequence[Quantity]) -> list[float]:
    """Return what the plan says of some quantities."""
    x = physical.programme.index
    flows, levels = carried(plan), run(plan)
    offers = plan.offers.groupby("offer")["quantity"].sum().to_dict()
    served = plan.served.groupby("need")["quantity"].sum().to_dict()
    thrown = plan.discarded.groupby(["actor", "product"])["quantity"].sum().to_dict()
    found = []
    for kind, key in quantities:
        if kind == "flow":
            found.append(flows.get(x.link_positions[_number(key)], 0.0))
        elif kind == "level":
            found.append(levels.get(x.processes[_number(key)].key, 0.0))
        elif kind == "offered":
            found.append(float(offers.get(x.offer_positions[_number(key)], 0.0)))
        elif kind == "served":
            found.append(float(served.get(x.need_positions[_number(key)], 0.0)))
        else:
            found.append(float(thrown.get(key, 0.0)))
    return found


def _named(physical: Physics, i: int, value: float, determinable: bool, lower: float | None,
           upper: float | None) -> Unmeasured:  # fmt: skip
    kind, key = physical.quantities[i]
    x = physical.programme.index
    if kind == "discarded":
        assert isinstance(key, tuple)
        return Unmeasured(kind, None, (str(key[0]), str(key[1])), value, determinable, lower, upper)
    if kind == "level":
        return Unmeasured(kind, None, x.processes[_number(key)].key, value, determinable, lower, upper)
    place = {"flow": x.link_positions, "offered": x.offer_positions, "served": x.need_positions}[kind]
    return Unmeasured(kind, place[_number(key)], None, value, determinable, lower, upper)
