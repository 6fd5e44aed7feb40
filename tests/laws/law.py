"""How a law is tried: on random chains that are the same in every run, and how two answers are compared.

``LAW_EXAMPLES=2000`` in the environment tries that many new chains instead: a hunt, not a check.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings

from filiere.chain.chain import Chain
from filiere.chain.read import read_chain
from filiere.language import Language
from filiere.schema import words as w
from filiere.schema.objectives import facts_of
from filiere.solution.solution import Plan, Solution
from filiere.solver.solve import solve
from tests.laws.draft import Draft

Key = TypeVar("Key", bound=Hashable)

_MAXIMISED = {kind.key for kind in w.Objective if facts_of(kind).direction is w.Direction.MAX}
_HUNTED = int(os.environ.get("LAW_EXAMPLES", "0"))


def law(examples: int) -> settings:
    """Return the settings of a law that is tried on ``examples`` chains."""
    return settings(
        max_examples=_HUNTED or examples,
        derandomize=not _HUNTED,
        deadline=None,
        database=None,
        print_blob=False,
        phases=(Phase.generate,) if _HUNTED else (Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )


def chain_of(draft: Draft, language: Language = "en") -> Chain:
    """Read a draft as it would be read from a workbook in ``language``."""
    return read_chain(draft.raw(language))


def answer(draft: Draft, language: Language = "en") -> Solution:
    """Return the best plan of a draft, or why there is none."""
    return solve(chain_of(draft, language))


def values(solution: Solution, factors: Mapping[str, float] | None = None) -> dict[int, float]:
    """Return what each rank reached: the weighted sum of its objectives, each multiplied by its factor.

    Objectives that share a rank are held by their sum alone: each of them may differ between two best plans.
    """
    reached: dict[int, float] = defaultdict(float)
    for rank in solution.objectives:
        sign = -1.0 if rank.objective in _MAXIMISED else 1.0
        reached[rank.rank] += sign * rank.weight * rank.value * (factors or {}).get(rank.objective, 1.0)
    return dict(reached)


def flows(plan: Plan) -> dict[tuple[str, str, str, str], float]:
    """Return what flows: (from, to, product, period) → quantity."""
    return plan.flows.groupby(["from", "to", "product", "period"])["quantity"].sum().to_dict()


def same(one: Mapping[Key, float], other: Mapping[Key, float]) -> bool:
    """Whether two sets of figures agree, a figure that is absent being 0."""
    keys = {*one, *other}
    largest = max(map(abs, [*one.values(), *other.values()]), default=0.0)
    near = pytest.approx({key: other.get(key, 0.0) for key in keys}, rel=1e-6, abs=1e-6 + 1e-9 * largest)
    return {key: one.get(key, 0.0) for key in keys} == near
