"""Scenarios of one workbook and of several, each solved for itself, and what sets them apart.

Every case is a task of its own, so that one that fails says why and stops no other, and so that any number of
processes or machines may share the work (:mod:`filiere.analysis.spread`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from filiere.analysis.scenarios.attribution import Attribution
from filiere.analysis.scenarios.case import Case, Outcome, Source, Work, pack, solve_case
from filiere.analysis.scenarios.curves import Curve, curves
from filiere.analysis.scenarios.inputs import InputChange, input_changes, with_cells_of_removals
from filiere.analysis.scenarios.units import units_of
from filiere.analysis.scenarios.why import explain
from filiere.analysis.spread import Interrupted, spread
from filiere.analysis.today.today import Spared
from filiere.chain.scenario.apply import apply_scenario
from filiere.chain.scenario.names import REFERENCE, of_range, scenario_key
from filiere.problems import WorkbookError
from filiere.problems.assembling import OTHER_CURRENCY
from filiere.units import money_factor

Stage = Callable[[str, int, int], None]
"""Told which part of the work (``scenarios``, ``attribution``) has how many of its tasks done, and how many it has."""


@dataclass(frozen=True)
class Comparison:
    """Cases side by side; the first is the one the others are measured against.

    ``inputs`` and ``attributions`` have one entry an outcome; an attribution is None for the first, for what is not
    solved, and where it was not asked for. ``interrupted`` is set where somebody stopped the run.
    """

    sources: tuple[Source, ...]
    outcomes: tuple[Outcome, ...]
    inputs: tuple[tuple[InputChange, ...], ...]
    attributions: tuple[Attribution | None, ...]
    interrupted: bool = False
    spared: Spared | None = None
    curves: tuple[Curve, ...] = ()
    """What moves with the figure of each range, and where."""

    @property
    def reference(self) -> Outcome:
        """The case that the others are measured against."""
        return self.outcomes[0]

    @property
    def one_workbook(self) -> bool:
        """Whether every case is of one workbook."""
        return len({outcome.case.source for outcome in self.outcomes}) == 1


def open_source(path: Path) -> Source:
    """Read one workbook; what keeps it from being read is told in the source."""
    from filiere.workbook.read.read import read_workbook

    try:
        return Source(path, read_workbook(path, helpers=False))
    except WorkbookError as error:
        return Source(path, None, error.problems)


def cases(sources: Sequence[Source], wanted: Sequence[str] = (), reference: str = REFERENCE) -> list[Case]:
    """Return the cases to compare: the reference of the first workbook that has it, then every scenario of every
    workbook, or, where some are ``wanted``, those of each workbook that has them.

    Raises WorkbookError for a name that no workbook has.
    """
    for name in (*wanted, reference):
        _check_known(sources, name)
    found: list[Case] = []
    for at, source in enumerate(sources):
        chosen = [scenario_key(one) for name in wanted for one in _figures_of(source, name)]
        own = {scenario_key(name): name for name in source.scenarios}
        keys = chosen if chosen and source.tables else list(own)
        found += [Case(at, own[key]) for key in dict.fromkeys(keys) if key in own]
    key = scenario_key(reference)
    holding = [Case(at, n) for at, s in enumerate(sources) if s.tables for n in s.scenarios if scenario_key(n) == key]
    first = holding[0] if holding else Case(0, reference)
    return [first, *(case for case in found if case != first)]


def _figures_of(source: Source, name: str) -> tuple[str, ...]:
    """Return the scenarios that a name stands for in a workbook: those of its figures where it is a range."""
    return of_range(source.tables, name) if source.tables else (name,)


def _check_known(sources: Sequence[Source], name: str) -> None:
    read = [source for source in sources if source.tables is not None]
    names = {scenario_key(one) for source in read for one in source.scenarios}
    if read and not any(scenario_key(one) in names for source in read for one in _figures_of(source, name)):
        assert read[0].tables is not None
        raise WorkbookError(apply_scenario(read[0].tables, name).problems)


def compare(
    sources: Sequence[Source],
    compared: Sequence[Case],
    attributing: bool = True,
    jobs: int | None = 1,
    scheduler: str | None = None,
    stage: Stage | None = None,
    spared: Spared | None = None,
    time_limit: float | None = None,
) -> Comparison:
    """Return the cases solved, and what sets each apart from the first of them.

    ``jobs`` and ``scheduler`` say where the work is done, as for :func:`filiere.analysis.spread.spread`, and change
    nothing else. ``spared`` must be no worse off under any plan than today; each is given
    ``time_limit`` seconds. A run that is interrupted gives what was finished by then.
    """
    sources = _in_one_unit(sources, compared[0].source)
    packed = [pack(Source(source.path, source.raw, (), source.units)) if source.raw else b"" for source in sources]
    work = [Work(case, packed[case.source], sources[case.source].problems, spared, time_limit) for case in compared]
    interrupted = False
    try:
        outcomes = spread(solve_case, work, jobs, scheduler, partial(stage, "scenarios") if stage else None)
    except Interrupted as stopped:
        finished = {0: Outcome(compared[0])} | dict(sorted(stopped.done.items()))
        outcomes = list(finished.values())
        interrupted = True
    outcomes = [_in_one_currency(outcome, outcomes[0]) for outcome in outcomes]
    inputs = tuple(tuple(_inputs(sources, outcomes[0].case, outcome.case)) for outcome in outcomes)
    attributions: list[Attribution | None] = [None] * len(outcomes)
    if attributing and not interrupted:
        progress = partial(stage, "attribution") if stage else None
        attributions, interrupted = explain(sources, outcomes, jobs, scheduler, progress, spared)
    found = () if interrupted else curves(sources, outcomes, spared)
    return Comparison(tuple(sources), tuple(outcomes), inputs, tuple(attributions), interrupted, spared, found)


def _in_one_unit(sources: Sequence[Source], reference: int) -> list[Source]:
    """Return the workbooks with every product counted as in the one that the others are measured against."""
    tables = sources[reference].tables
    units = units_of(tables) if tables else {}
    return [source if at == reference else replace(source, units=units) for at, source in enumerate(sources)]


def _in_one_currency(outcome: Outcome, reference: Outcome) -> Outcome:
    """Return an outcome, or, where it counts money in another currency than the reference, why it is left out."""
    if outcome.chain is None or reference.chain is None:
        return outcome
    one, other = (each.chain.settings.currency for each in (reference, outcome) if each.chain)
    if money_factor(one, other) == 1.0:
        return outcome
    place = outcome.chain.settings.cells.get("currency")
    return Outcome(outcome.case, problems=(OTHER_CURRENCY.at(place, currency=other, reference=one),))


def _inputs(sources: Sequence[Source], reference: Case, case: Case) -> list[InputChange]:
    """Return what differs in the inputs of two cases; nothing if a workbook could not be read."""
    before, after = sources[reference.source].tables, sources[case.source].tables
    if before is None or after is None or case == reference:
        return []
    found = input_changes(apply_scenario(before, reference.scenario), apply_scenario(after, case.scenario))
    return with_cells_of_removals(found, after, case.scenario) if before is after else found
