"""Why the scenarios of a comparison differ: which combinations of changes must be solved, and what they tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from filiere.analysis.scenarios.attribution import Attribution, attribute, needed
from filiere.analysis.scenarios.case import Outcome, Source, Values, headline_values, pack, spare, unpacked
from filiere.analysis.scenarios.changes import ScenarioVariation, Variation, WorkbookVariation, between, within
from filiere.analysis.spread import Interrupted, Progress, spread
from filiere.analysis.today.observe import carried
from filiere.analysis.today.today import Spared
from filiere.chain.assemble.done import Done
from filiere.chain.derived.observed import Observed
from filiere.chain.read import chain_of
from filiere.chain.scenario.apply import apply_scenario
from filiere.problems import WorkbookError

if TYPE_CHECKING:
    from filiere.chain.chain import Chain

Key = tuple[Any, ...]

TOGETHER = 4
"""Combinations that differ in the first so many changes alone are solved in one session."""


@dataclass(frozen=True)
class Combinations:
    """One task: a variation, packed, and which of its changes are made, one time after another."""

    variation: bytes
    made: tuple[int, ...]
    spared: Spared | None = None
    this_year: bytes = b""
    """What the first case starts from, packed."""


def explain(
    sources: Sequence[Source],
    outcomes: Sequence[Outcome],
    jobs: int | None = 1,
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
    asked: dict[Key, tuple[bytes, int]] = {}
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
                asked.setdefault(key, (packed, made))
    interrupted = False
    this_year = pack(outcomes[0].chain.observed if outcomes and outcomes[0].chain else None)
    tasks = [Combinations(packed, made, spared, this_year) for packed, made in _together(list(asked.values()))]
    ends = list(accumulate(len(task.made) for task in tasks))
    counted = (lambda done, _: progress(ends[done - 1] if done else 0, len(asked))) if progress else None
    try:
        parts = dict(enumerate(spread(values_of, tasks, jobs, scheduler, counted)))
    except Interrupted as stopped:
        parts = dict(stopped.done)
        interrupted = True
    answers = {
        end - len(task.made) + i: value
        for at, (task, end) in enumerate(zip(tasks, ends, strict=True))
        for i, value in enumerate(parts.get(at, ()))
    }
    known |= {key: answers[at] for at, key in enumerate(asked) if at in answers}
    return [_attribution(variation, known) if variation else None for variation in variations], interrupted


def _together(asked: Sequence[tuple[bytes, int]]) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """Yield the combinations of each variation some at a time: as many whatever the jobs, for the same digits."""
    for (packed, _), some in groupby(asked, key=lambda one: (one[0], one[1] >> TOGETHER)):
        yield packed, tuple(number for _, number in some)


def values_of(combinations: Combinations) -> list[Values | None]:
    """Return the headline measures with some of the changes made, None where that has no plan; all in one session."""
    from filiere.solver.study import Variants

    variation = unpacked(combinations.variation)
    assert isinstance(variation, ScenarioVariation | WorkbookVariation)
    this_year = unpacked(combinations.this_year)
    assert this_year is None or isinstance(this_year, Observed)
    done = Done()
    chains: dict[int, Chain] = {}
    for made in combinations.made:
        with suppress(WorkbookError):
            chain = chain_of(variation.tables(made), doubts=False, done=done)
            chains[made] = carried(spare(chain, combinations.spared), this_year)
    plans = dict(zip(chains, Variants(tuple(chains.values())).plans(), strict=True))
    return [
        headline_values(chains[made], plan) if (plan := plans.get(made)) is not None else None
        for made in combinations.made
    ]


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
