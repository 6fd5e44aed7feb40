"""Solve one chain by another solver, rank after rank, from the Pyomo model of record."""

from __future__ import annotations

import time
from dataclasses import replace

from filiere.chain.chain import Chain
from filiere.model.build import build
from filiere.solution.solution import Solution
from filiere.solver.plain.by_pyomo import ByPyomo
from filiere.solver.plain.session import BranchAndCut
from filiere.solver.programme.compile import compile_model
from filiere.solver.solve import answer


def solve_by(solver: str, chain: Chain, time_limit: float | None = None) -> Solution:
    """Return the best plan of ``chain`` as the solver of that name finds it, each rank held by a row.

    Raises :class:`SolverError` where the solver cannot be asked or gives no plan, ``RankError`` where numbers fail it.
    """
    started = time.perf_counter()
    model = build(chain)
    programme = compile_model(model)
    session = ByPyomo(model, programme, solver, time_limit)
    built = time.perf_counter()
    solution = answer(programme, BranchAndCut(session), chain.objectives)
    seconds = {"build": built - started, "solve": time.perf_counter() - built}
    return replace(solution, seconds=seconds)
