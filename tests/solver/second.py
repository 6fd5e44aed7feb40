"""The second route to an optimum: from nothing, by branch-and-cut, each rank held by a row; or by another solver."""

from __future__ import annotations

import shutil

import pytest

from filiere.chain.chain import Chain
from filiere.model.build import build
from filiere.solver.plain.by_pyomo import ByPyomo
from filiere.solver.plain.session import BranchAndCut, FromNothing
from filiere.solver.programme.compile import compile_model
from filiere.solver.ranks.circular import circular_rate
from filiere.solver.ranks.rank import ranks
from filiere.solver.ranks.ranks import hold_ranks

needs_glpk = pytest.mark.skipif(shutil.which("glpsol") is None, reason="GLPK is not installed")


def second_values(chain: Chain, solver: str | None = None) -> dict[int, float]:
    """Return what each rank reaches, as ``tests.laws.law.values`` does: its weighted sum, as it is minimised.

    Raises ``RankError`` where a rank has no optimum. ``solver`` is one that Pyomo reaches; without it, HiGHS.
    """
    model = build(chain)
    programme = compile_model(model)
    session = FromNothing(programme) if solver is None else ByPyomo(model, programme, solver)
    held = hold_ranks(BranchAndCut(session), chain.objectives)
    return {
        rank.number: (
            -rank.objectives[0].weight * circular_rate(programme, held[rank.number].columns)
            if rank.circular
            else rank.function(programme).at(held[rank.number].columns)
        )
        for rank in ranks(chain.objectives)
    }
