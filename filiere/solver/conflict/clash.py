"""The smallest set of figures that cannot hold together.

Every way of mending a chain must touch every set that clashes: the smallest set that touches all the mendings
found so far either clashes itself, and is then the smallest, or leaves another mending to be found. Ignatiev, A.,
Previti, A., Liffiton, M. and Marques-Silva, J. (2015), Smallest MUS extraction with minimal hitting set dualization,
CP 2015, LNCS 9255. Past a number of rounds the elastic filter and the deletion filter give an irreducible set:
Chinneck, J. W. and Dravnieks, E. W. (1991), Locating minimal infeasible constraint sets in linear programs,
ORSA Journal on Computing 3(2).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
from scipy import sparse

from filiere.solver.session.elastic import Elastic

ROUNDS = 120
"""Mendings looked for before an irreducible set is taken for the smallest."""

Giving = Callable[[Collection[int]], list[int] | None]
"""Given what is hard, what must give way; None where even that is no plan."""


def smallest(giving: Giving) -> list[int]:
    """Return the smallest set of members that leaves no plan; empty where all can hold."""
    mendings: list[frozenset[int]] = []
    while len(mendings) < ROUNDS:
        held = hitting(mendings)
        found = giving(held)
        if found is None:
            return held
        if not found:
            return []
        # Other mendings, each apart from those before: what an elastic filter finds on its way.
        while found and len(mendings) < ROUNDS:
            mendings.append(frozenset(found))
            held = sorted({*held, *found})
            found = giving(held)
    return irreducible(giving, sorted(frozenset[int]().union(*mendings)))


def irreducible(giving: Giving, suspects: Sequence[int]) -> list[int]:
    """Add what must give way until nothing is left to give, then drop each one without which the rest still clash."""
    members = list(suspects)
    while found := giving(members):
        members = [*members, *found]
    if found is not None:
        return []
    for one in list(members):
        rest = [other for other in members if other != one]
        if giving(rest) is None:
            members = rest
    return sorted(members)


def hitting(sets: Sequence[frozenset[int]]) -> list[int]:
    """Return a smallest set that has a member of each of ``sets``; the first members, where several are as small."""
    single = {next(iter(one)) for one in sets if len(one) == 1}
    open_sets = list({one for one in sets if not one & single})
    if not open_sets:
        return sorted(single)
    from scipy.optimize import LinearConstraint, milp

    members = sorted(frozenset[int]().union(*open_sets))
    place = {member: i for i, member in enumerate(members)}
    pairs = [(i, place[member]) for i, one in enumerate(open_sets) for member in one]
    matrix = sparse.csr_array(
        (np.ones(len(pairs)), ([i for i, _ in pairs], [j for _, j in pairs])), shape=(len(open_sets), len(members))
    )
    costs = 1.0 + 1e-4 * np.arange(len(members)) / max(1, len(members)) ** 2
    answer = milp(costs, constraints=LinearConstraint(matrix, lb=1.0), integrality=np.ones(len(members)), bounds=(0, 1))
    return sorted(single | {members[j] for j in np.flatnonzero(answer.x > 0.5)})


def giving_groups(elastic: Elastic, groups: Sequence[Sequence[int]], apart: Collection[int] = ()) -> Giving:
    """Return what :func:`smallest` asks, over groups of an elastic session's units.

    Units in no group, and the groups ``apart``, never hold.
    """
    group = {unit: i for i, own in enumerate(groups) for unit in own if i not in apart}

    def giving(hard: Collection[int]) -> list[int] | None:
        found = elastic.giving(unit for i in hard for unit in groups[i])
        return None if found is None else sorted({group[unit] for unit in found if unit in group})

    return giving
