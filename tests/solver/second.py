"""The second route to an optimum: from nothing, by branch-and-cut, each rank held by a row; or by another solver."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

import numpy as np
import pytest

from filiere.chain.chain import Chain
from filiere.model.build import build
from filiere.solver.plain.by_pyomo import ByPyomo
from filiere.solver.plain.session import BranchAndCut, FromNothing
from filiere.solver.programme.compile import Programme, compile_model
from filiere.solver.ranks.circular import circular_rate
from filiere.solver.ranks.rank import ranks
from filiere.solver.ranks.ranks import hold_ranks
from filiere.solver.session.outcome import Outcome

needs_glpk = pytest.mark.skipif(shutil.which("glpsol") is None, reason="GLPK is not installed")


Ended = tuple[Programme, Mapping[int, Outcome]]


def second_ended(chain: Chain, solver: str | None = None) -> Ended:
    """Return the programme and what each rank ended with. ``solver`` is one that Pyomo reaches; without it, HiGHS.

    Raises ``RankError`` where a rank has no optimum.
    """
    model = build(chain)
    programme = compile_model(model)
    session = FromNothing(programme) if solver is None else ByPyomo(model, programme, solver)
    return programme, hold_ranks(BranchAndCut(session), chain.objectives)


def second_values(chain: Chain, solver: str | None = None) -> dict[int, float]:
    """Return what each rank reaches, as ``tests.laws.law.values`` does: its weighted sum, as it is minimised."""
    return values_of(chain, *second_ended(chain, solver))


def values_of(chain: Chain, programme: Programme, held: Mapping[int, Outcome]) -> dict[int, float]:
    return {
        rank.number: (
            -rank.objectives[0].weight * circular_rate(programme, held[rank.number].columns)
            if rank.circular
            else rank.function(programme).at(held[rank.number].columns)
        )
        for rank in ranks(chain.objectives)
    }


def parts_of(chain: Chain, programme: Programme, held: Mapping[int, Outcome]) -> dict[int, dict[str, float]]:
    """Return, of ranks whose parts are held one by one, each of those parts."""
    return {
        rank.number: {o.key: programme.functions[o.key].at(held[rank.number].columns) for o in rank.held}
        for rank in ranks(chain.objectives)
        if rank.apart
    }


def terms_of(chain: Chain, programme: Programme, held: Mapping[int, Outcome], number: int) -> float:
    """Return what the terms of a rank amount to, signs apart."""
    (rank,) = (rank for rank in ranks(chain.objectives) if rank.number == number)
    return float(np.abs(rank.function(programme).coefficients) @ np.abs(held[number].columns))
