"""Today's figures reconciled by weighted least squares.

Figures are the quantities and levels of this year. Each is moved as little as the balances allow, in units of its own
standard deviation (Narasimhan, S. and Jordache, C. (2000), Data Reconciliation and Gross Error Detection, ch. 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from filiere.analysis.today import today as now
from filiere.analysis.today.figures import by_least_change, figures_of
from filiere.analysis.today.point import as_observed
from filiere.analysis.today.reconciliation import Figure, Method, Reconciliation, Today
from filiere.analysis.today.tests import left_open, tested
from filiere.analysis.today.typed import as_typed
from filiere.chain.chain import Chain
from filiere.solver.fit import reconcile as r
from filiere.solver.fit.reconcile import Kind, Physics
from filiere.solver.programme.compile import compiled

SAME = 1e-9
"""A figure that moves by less than this share of its standard deviation does not move: that is rounding."""


@dataclass
class _Seen:
    """The figures of a chain as the programme knows them: which quantity, by what it is seen, and how surely."""

    figures: list[Figure] = field(default_factory=list)
    quantities: list[int] = field(default_factory=list)


def today_by(method: Method, chain: Chain, time_limit: float | None = None) -> Today:
    """Return today's plan by a method: the least change in sum, the least squares, or as typed.

    Raises what :func:`filiere.solver.solve.solve` raises, and ``NoConvergenceError`` where scales are too far apart.
    """
    if method == "none":
        solution, imbalances = as_typed(chain)
        figures = tuple(figures_of(as_observed(chain)))
        return Today(solution, chain, Reconciliation(method, figures, imbalances=imbalances))
    if method == "least-change":
        solution = now.today(chain, time_limit)
        return Today(solution, chain, by_least_change(chain, solution))
    seen = now.observed_chain(chain)
    physical = r.physics(compiled(seen))
    known = _seen(seen, physical)
    if not known.figures or not r.feasible(physical):
        return Today(now.today(chain, time_limit), chain, Reconciliation(method))
    observed = np.array([figure.observed for figure in known.figures])
    deviations = np.array([figure.deviation for figure in known.figures])
    fit = r.reconcile(physical, known.quantities, observed, deviations)
    values = physical.sums @ fit.columns
    moved = [
        replace(f, reconciled=f.observed if abs(values[i] - f.observed) <= SAME * f.deviation else float(values[i]))
        for f, i in zip(known.figures, known.quantities, strict=True)
    ]
    made = _with_today(chain, moved)
    solution = now.today(made, time_limit)
    if solution.plan is None:
        return Today(solution, made, Reconciliation(method, tuple(moved)))
    found = tested(Reconciliation(method, tuple(moved)), fit)
    return Today(solution, made, left_open(found, seen, physical, fit, known.quantities, solution.plan))


def _seen(chain: Chain, physical: Physics) -> _Seen:
    """Return the figures of an observed chain with the positions of the quantities they are figures of."""
    x = physical.programme.index
    link = {position: e for e, position in enumerate(x.link_positions)}
    quantity: dict[tuple[Kind, object], int] = {q: i for i, q in enumerate(physical.quantities)}
    seen = _Seen()
    for figure in figures_of(chain):
        key: tuple[Kind, object]
        if figure.link is not None:
            key = ("flow", link[figure.link])
        else:
            key = ("level", x.processes_by_key[figure.process or ("", "")])
        if key in quantity:  # a link that holds in no period carries nothing
            seen.figures.append(figure)
            seen.quantities.append(quantity[key])
    return seen


def _with_today(chain: Chain, figures: Sequence[Figure]) -> Chain:
    """Return the chain in which what is reconciled is what is observed this year."""
    flows = {f.link: f.reconciled for f in figures if f.link is not None}
    levels = {f.process: f.reconciled for f in figures if f.process is not None}
    return replace(
        chain,
        links=tuple(replace(link, today=flows[e]) if e in flows else link for e, link in enumerate(chain.links)),
        processes={k: replace(p, today=levels[k]) if k in levels else p for k, p in chain.processes.items()},
    )
