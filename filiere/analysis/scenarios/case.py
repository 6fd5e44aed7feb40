"""One case of a comparison: a scenario of a workbook, solved, certified and measured by itself, anywhere."""

from __future__ import annotations

import pickle
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from filiere.analysis.scenarios.units import counted_in
from filiere.analysis.today.observe import carried, with_today
from filiere.analysis.today.today import Spared, as_agreed, no_worse_off
from filiere.chain.chain import Chain
from filiere.chain.derived.observed import Observed
from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.chain.read import chain_of
from filiere.chain.scenario.apply import apply_scenario
from filiere.chain.scenario.names import REFERENCE, scenario_names
from filiere.problems import Problem, WorkbookError
from filiere.schema import words as w
from filiere.solution.solution import Plan, Solution
from filiere.table import RawWorkbook

if TYPE_CHECKING:
    from filiere.indicators.measures import Measures
    from filiere.solution.certify.certify import Certificate

Values = Mapping[str, float | None]
"""The headline measures of one plan; None where one is undefined."""

OBJECTIVES = (
    w.Objective.UNMET, w.Objective.DEFICIT, w.Objective.DEPENDENCY, w.Objective.COST, w.Objective.CIRCULARITY,
    w.Objective.JOBS, w.Objective.CO2, w.Objective.TRANSPORT,
)  # fmt: skip
"""The headline measures that objectives count, as the finished plan has them."""
SHARES = ("served_share", "upstream_dependency", "downstream_dependency", "funding_dependency", "local_share")
"""The headline measures that are indicators."""


@dataclass(frozen=True)
class Source:
    """One workbook to compare: what was read of it, or why nothing could be."""

    path: Path | None
    raw: RawWorkbook | None
    problems: tuple[Problem, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    """The units that products are counted in for the comparison, by folded name; none given, their own."""

    @cached_property
    def tables(self) -> Tables | None:
        """Its typed rows."""
        return counted_in(parse(self.raw), self.units) if self.raw else None

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """Its scenarios, the reference first."""
        return scenario_names(self.tables) if self.tables else (REFERENCE,)


@dataclass(frozen=True)
class Case:
    """One column of a comparison: a scenario of the workbook at position ``source``."""

    source: int
    scenario: str


@dataclass(frozen=True)
class Outcome:
    """What became of one case: a plan that passed its certificate, or the reason why there is none.

    ``problems`` are the errors of the workbook under that scenario; a chain without a plan has its ``solution``,
    whose conflict says why; ``trouble`` is (rank, name) where numbers defeat the solver. All are blank where the
    run was stopped before the case was solved.
    """

    case: Case
    chain: Chain | None = None
    solution: Solution | None = None
    measures: Measures | None = None
    certificate: Certificate | None = None
    values: Values | None = None
    """The headline measures: :data:`OBJECTIVES` and :data:`SHARES`, by key."""
    problems: tuple[Problem, ...] = ()
    trouble: tuple[int, str] | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def solved(self) -> bool:
        """Whether there is a plan to show."""
        return self.values is not None

    @property
    def plan(self) -> Plan:
        """The plan of a solved case."""
        if self.solution is None or self.solution.plan is None:
            raise ValueError(f"{self.case.scenario} has no plan")
        return self.solution.plan


@dataclass(frozen=True)
class Work:
    """What one task gets: the case, and its workbook packed for the way to another process."""

    case: Case
    workbook: bytes
    problems: tuple[Problem, ...] = ()
    """Why the workbook could not be read, where ``workbook`` is empty."""
    spared: Spared | None = None
    """Whom the plan must leave with what they have today."""
    time_limit: float | None = None
    """Seconds that the plan may take."""


def pack(value: object) -> bytes:
    """Return a value packed for the way to another process, where :func:`unpacked` opens it once."""
    return zlib.compress(pickle.dumps(value), 1)


@lru_cache(maxsize=4)
def unpacked(packed: bytes) -> object:
    """Return a value that :func:`pack` packed here or in the process that sent it."""
    return pickle.loads(zlib.decompress(packed))


@lru_cache(maxsize=4)
def _tables(packed: bytes) -> Tables:
    source = unpacked(packed)
    assert isinstance(source, Source) and source.tables is not None
    return source.tables


@lru_cache(maxsize=4)
def _this_year(packed: bytes) -> Observed | None:
    """Return this year's figures of a workbook, alike in all its scenarios; None where it cannot be read."""
    try:
        return with_today(chain_of(_tables(packed))).chain.observed
    except WorkbookError:
        return None


def solve_case(work: Work) -> Outcome:
    """Solve, certify and measure one case; whatever stands in the way is told in the outcome."""
    if not work.workbook:
        return Outcome(work.case, problems=work.problems)
    started = time.perf_counter()
    name = work.case.scenario
    try:
        chain = spare(chain_of(apply_scenario(_tables(work.workbook), name), name), work.spared)
        chain = carried(chain, _this_year(work.workbook))
    except WorkbookError as error:
        return Outcome(work.case, problems=error.problems)
    outcome = solve_chain(work.case, chain, work.time_limit)
    return Outcome(**{**vars(outcome), "seconds": {"read": time.perf_counter() - started} | dict(outcome.seconds)})


def spare(chain: Chain, spared: Spared | None) -> Chain:
    """Return the chain in which those who are spared are no worse off than today; raises ``WorkbookError`` without."""
    return no_worse_off(chain, spared) if spared else as_agreed(chain)


def solve_chain(case: Case, chain: Chain, time_limit: float | None = None) -> Outcome:
    """Solve, certify and measure a chain."""
    from filiere.indicators import measure
    from filiere.solution.certify.certify import certify
    from filiere.solver.ranks.step import RankError
    from filiere.solver.solve import solve

    try:
        solution = solve(chain, time_limit)
    except RankError as error:
        return Outcome(case, chain, trouble=(error.rank, error.name))
    if solution.plan is None:
        return Outcome(case, chain, solution, seconds=solution.seconds)
    certificate = certify(chain, solution)
    if not certificate.passed:
        return Outcome(case, chain, solution, certificate=certificate, seconds=solution.seconds)
    measures = measure(chain, solution.plan)
    values = headline_values(chain, solution.plan, measures)
    return Outcome(case, chain, solution, measures, certificate, values, seconds=solution.seconds)


def headline_values(chain: Chain, plan: Plan, measures: Measures | None = None) -> Values:
    """Return the headline measures of a plan: amounts in the currency, full-time equivalents, kg CO2e, t·km; shares.

    ``measures`` are all of the plan, where they are known.
    """
    from filiere.indicators.measures import shares
    from filiere.language import Label
    from filiere.solution.evaluate import value_of
    from filiere.solution.once import accounts_of

    accounts = accounts_of(chain, plan)
    amounts = {objective.key: value_of(accounts, objective) for objective in OBJECTIVES}
    if measures is not None:
        return {**amounts, **{key: measures.chain.get(key) for key in SHARES}}
    found = shares(accounts)
    known = {key: found[key] for key in SHARES}
    return {**amounts, **{key: None if isinstance(value, Label) else value for key, value in known.items()}}
