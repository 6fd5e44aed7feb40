"""Today's plan with its proof: asked for by itself, or shown beside another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from filiere.analysis.today import today as now
from filiere.analysis.today.reconciliation import Method, Reconciliation
from filiere.analysis.today.typed import with_own_use
from filiere.chain.chain import Chain
from filiere.solution.certify.certify import Certificate, certify
from filiere.solution.solution import Solution, Status
from filiere.solver.ranks.step import RankError


@dataclass(frozen=True)
class Proved:
    """A plan with its certificate, and how today's figures were reconciled where it is today's."""

    solution: Solution
    certificate: Certificate | None = None
    reconciliation: Reconciliation | None = None


def proved(chain: Chain, solution: Solution) -> Proved:
    """Return a plan of the chain with its certificate."""
    return Proved(solution, certify(chain, solution) if solution.plan else None)


def proved_today(method: Method, chain: Chain, time_limit: float | None = None) -> Proved:
    """Return today's plan, with what actors use of their own; what is taken as typed need not balance."""
    from filiere.analysis.today.reconcile import today_by  # with least squares, of which a plan has no need

    found = today_by(method, chain, time_limit)
    solution = found.solution
    if solution.plan is None:
        return Proved(solution, None, found.reconciliation)
    certificate = None if method == "none" else certify(found.chain, solution, observed=True)
    shown = replace(solution, plan=with_own_use(chain, solution.plan))
    return Proved(shown, certificate, found.reconciliation)


def today_beside(
    chain: Chain, time_limit: float | None, seen: Solution | None
) -> tuple[Solution | None, Certificate | None]:
    """Return today's plan, to be shown beside another, with its certificate; no plan where it cannot be relied on."""
    try:
        found = seen or now.today(chain, time_limit)
    except RankError:  # which takes nothing from the plan itself
        return None, None
    if found.plan is None or found.status is not Status.OPTIMAL:
        return None, None
    proof = certify(chain, found, observed=True)
    return found if proof.passed else None, proof
