"""The option ``--solver NAME``: the plan by another solver, and what is said where it cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from filiere.commands import exits as outcome
from filiere.commands.common import Command, Console, stop
from filiere.commands.language import asked_language
from filiere.language import Label, quoted

if TYPE_CHECKING:
    from filiere.result import Result

_HELP = Label(
    "Solve with this solver, through Pyomo, instead of HiGHS called directly: highs, glpk, cbc, gurobi… as far as it "
    "is installed. Slower; nothing is explained.",
    "Résout avec ce solveur, par Pyomo, au lieu de HiGHS appelé directement : highs, glpk, cbc, gurobi… s'il est "
    "installé. Plus lent ; rien n'est expliqué.",
)
_NAME = Label("NAME", "NOM")
_UNKNOWN = Label(
    "No solver is called {name}. On this machine there are: {there}.",
    "Aucun solveur ne s'appelle {name}. Sur cette machine, il y a : {there}.",
)
_ABSENT = Label(
    "The solver {name} is not on this machine, or not where programs are looked for (PATH). There are: {there}.",
    "Le solveur {name} n'est pas sur cette machine, ou pas où les programmes sont cherchés (PATH). Il y a : {there}.",
)
_NO_PLAN = Label(
    "The solver {name} gave no plan that holds ({why}). Without --solver, HiGHS looks for it.",
    "Le solveur {name} n'a pas donné de plan qui tienne ({why}). Sans --solver, c'est HiGHS qui cherche.",
)
_INEXACT = Label("recomputed from its own flows, it breaks {worst}",
                 "recalculé à partir de ses propres flux, il ne respecte pas {worst}")  # fmt: skip
OFFERED = ("highs", "glpk", "cbc", "scip", "gurobi", "cplex", "xpress", "mosek")
"""The solvers that are looked for on a machine, and told where the one asked for is not there."""


def solver_option(command: Command) -> Command:
    """Add the option of a command that may be answered by another solver."""
    language = asked_language()
    return click.option("--solver", metavar=_NAME.to(language), help=_HELP.to(language))(command)


def require_solver(name: str | None, console: Console) -> None:
    """Leave, before any work, where a solver is unknown or not installed."""
    if name is None:
        return
    from filiere.solver.plain.by_pyomo import AbsentSolverError, UnknownSolverError, check_solver, installed

    try:
        check_solver(name)
    except (UnknownSolverError, AbsentSolverError) as error:
        unknown = isinstance(error, UnknownSolverError)
        there = ", ".join(one for one in OFFERED if installed(one))
        told = _UNKNOWN if unknown else _ABSENT
        console.warn(told.fill(name=quoted(name, console.language), there=there))
        stop(outcome.USAGE if unknown else outcome.OUTPUT)


def asked(work: Callable[[], Result], console: Console) -> Result:
    """Return what ``work`` comes to; where a solver that was asked fails, or is not exact enough, say so and leave."""
    from filiere.solver.plain.by_pyomo import SolverError

    try:
        result = work()
    except SolverError as error:
        console.warn(_NO_PLAN.fill(name=error.name, why=error.why))
        stop(outcome.OUTPUT)
    certificate = result.certificate
    if certificate is not None and not certificate.passed:
        worst = certificate.worst
        why = _INEXACT.fill(worst=f"{worst.name} ({worst.where}, {worst.residual:.1e})" if worst else "–")
        console.warn(_NO_PLAN.fill(name=str(result.options["solver"]), why=why.to(console.language)))
        stop(outcome.OUTPUT)
    return result
