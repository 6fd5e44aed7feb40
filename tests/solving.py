"""Solve a chain written as Markdown, certify it, and look a figure up."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from filiere.analysis.today.observe import read_with_today, with_today
from filiere.analysis.today.today import observed_chain, today
from filiere.chain.chain import Chain
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Plan, Solution, Status
from filiere.solver.solve import solve
from tests.sheets import chain as read
from tests.sheets import workbook

ABOUT = pytest.approx


@dataclass(frozen=True)
class Solved:
    """A certified plan with short ways to its figures; a figure that is absent is 0."""

    chain: Chain
    solution: Solution

    @property
    def plan(self) -> Plan:
        assert self.solution.plan is not None
        return self.solution.plan

    def flow(self, seller: str, buyer: str, product: str, period: str | None = None) -> float:
        frame = self.plan.flows
        rows = frame[(frame["from"] == seller) & (frame["to"] == buyer) & (frame["product"] == product)]
        return float(rows[rows["period"] == period]["quantity"].sum() if period else rows["quantity"].sum())

    def level(self, process: str, actor: str | None = None) -> float:
        frame = self.plan.levels
        rows = frame[frame["process"] == process]
        return float(rows[rows["actor"] == actor]["level"].sum() if actor else rows["level"].sum())

    def discarded(self, product: str) -> float:
        frame = self.plan.discarded
        return float(frame[frame["product"] == product]["quantity"].sum())

    def unmet(self, product: str) -> float:
        frame = self.plan.unmet
        return float(frame[frame["product"] == product]["quantity"].sum())

    def served(self, product: str) -> float:
        frame = self.plan.served
        return float(frame[frame["product"] == product]["quantity"].sum())

    def value(self, objective: str) -> float:
        return next(rank.value for rank in self.solution.objectives if rank.objective == objective)


def best(source: str | Chain, scenario: str = "reference", certified: bool = True) -> Solved:
    """Return the best plan of a feasible chain; it is certified before anything is said of it.

    Certifying takes ten times what solving a tiny chain does: of many draws of one kind, the first ones are certified.
    """
    chain = read_with_today(workbook(source), scenario).chain if isinstance(source, str) else with_today(source).chain
    solution = solve(chain)
    assert solution.status is Status.OPTIMAL, solution.conflict
    if certified:
        _certified(chain, solution)
    return Solved(chain, solution)


def as_it_is(source: str | Chain, certified: bool = True) -> Solved:
    """Return today's plan of a chain, certified unless it is one of many."""
    chain = read(source) if isinstance(source, str) else source
    solution = today(chain)
    assert solution.status is Status.OPTIMAL
    if certified:
        certificate = certify(chain, solution, observed=True)
        assert certificate.passed, certificate.worst
    return Solved(observed_chain(chain), solution)


def refused(source: str | Chain) -> Solution:
    """Return the solution of a chain that has no plan."""
    solution = solve(read(source) if isinstance(source, str) else source)
    assert solution.plan is None
    return solution


def _certified(chain: Chain, solution: Solution) -> None:
    certificate = certify(chain, solution)
    assert certificate.passed, certificate.worst
