"""Why the scenarios of a comparison differ: which combinations of changes must be solved, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from filiere.analysis.scenarios.attribution import Attribution, attribute, needed
from filiere.analysis.scenarios.case import Case, Outcome, Source, Values, pack, solve_chain, spare, unpacked
from filiere.analysis.scenarios.changes import ScenarioVariation, Variation, WorkbookVariation, between, within
from filiere.analysis.spread import Interrupted, Progress, spread
from filiere.analysis.today.observe import carried
from filiere.analysis.today.today import Spared
from filiere.chain.derived.observed import Observed
from filiere.chain.read import chain_of
from filiere.chain.scenario.apply import apply_scenario
from filiere.problems import WorkbookError

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Combination:
    """One task: a variation, packed, and which of its changes are made."""

    variation: bytes
    made: int
    spared: Spared | None = None
    this_year: bytes = b""
    """What the first case starts from, packed."""


def explain(
    sources: Sequence[Source],
    outcomes: Sequence[Outcome],
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Progress | None = None,
    spared: Spared | None = None,
) -> tuple[list[Attribution | None], bool]:
    """Return what each change of each case brings, and whether the work was interrupted.

    An attribution is None for the first case, for one without a plan, and for one whose combinations were not all
    solved when the work was interrupted. The same combination met in two cases is solved once.
    """
    variations = [_variation(sources, outcomes[0], outcome) for outcome in outcomes]
    known: dict[Key, Values | None] = {}
    asked: dict[Key, Combination] = {}
    for variation, outcome in zip(variations, outcomes, strict=True):
        if variation is not None:
            known[variation.key(0)] = outcomes[0].values
            known[variation.key(_all(variation))] = outcome.values
    for variation in variations:
        if variation is None:
            continue
        packed = pack(variation)
        for made in needed(len(variation.changes)):
            key = variation.key(made)
            if key not in known:
                asked.setdefault(key, Combination(packed, made, spared))
    interrupted = False
    this_year = pack(outcomes[0].chain.observed if outcomes and outcomes[0].chain else None)
    tasks = [replace(task, this_year=this_year) for task in asked.values()]
    try:
        values = spread(value_of, tasks, jobs, scheduler, progress)
        answers: Mapping[int, Values | None] = dict(enumerate(values))
    except Interrupted as stopped:
        answers = stopped.done
        interrupted = True
    known |= {key: answers[at] for at, key in enumerate(asked) if at in answers}
    return [_attribution(variation, known) if variation else None for variation in variations], interrupted


def value_of(combination: Combination) -> Values | None:
    """Return the headline measures with some of the changes made, None where that has no plan."""
    variation = unpacked(combination.variation)
    assert isinstance(variation, ScenarioVariation | WorkbookVariation)
    try:
        chain = spare(chain_of(variation.tables(combination.made)), combination.spared)
    except WorkbookError:
        return None
    this_year = unpacked(combination.this_year)
    assert this_year is None or isinstance(this_year, Observed)
    return solve_chain(Case(0, ""), carried(chain, this_year)).values


def _variation(sources: Sequence[Source], reference: Outcome, outcome: Outcome) -> Variation | None:
    if outcome is reference or not (reference.solved and outcome.solved):
        return None
    before, after = sources[reference.case.source].tables, sources[outcome.case.source].tables
    assert before is not None
    assert after is not None
    names = reference.case.scenario, outcome.case.scenario
    if before is after:
        return within(before, *names)
    said = f"{reference.case}", f"{outcome.case}"
    return between(apply_scenario(before, names[0]), apply_scenario(after, names[1]), said)


def _all(variation: Variation) -> int:
    return (1 << len(variation.changes)) - 1


def _attribution(variation: Variation, known: Mapping[Key, Values | None]) -> Attribution | None:
    count = len(variation.changes)
    wanted = {made: variation.key(made) for made in (0, *needed(count), _all(variation))}
    if any(key not in known for key in wanted.values()):
        return None
    return attribute(variation.changes, {made: known[key] for made, key in wanted.items()})
