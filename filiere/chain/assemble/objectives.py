"""Objectives: in which order the chain is optimised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from filiere.chain.assemble.measures import MeasureNames, is_measure, plain_measure
from filiere.chain.assemble.names import Register
from filiere.chain.chain import Chain, Objective
from filiere.chain.derived.default_objectives import default_objectives
from filiere.chain.parse.tables import Tables
from filiere.language import Label, as_written, listed
from filiere.names import loose, nearest, tidy
from filiere.problems import assembling as say
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.schema.objectives import facts_of

_WORDS = {loose(spelling): kind for kind in w.Objective for spelling in (*kind.spellings, kind.key)}


def assemble_objectives(tables: Tables, measures: MeasureNames, register: Register) -> tuple[Objective, ...]:
    """Return the objectives by rank, the default ones where the sheet says nothing."""
    if not tables.objectives:
        return default_objectives()
    found: dict[tuple[str, int], Objective] = {}
    read = [_objective(row, measures, register) for row in tables.objectives]
    together = Counter(objective.rank for objective in read if objective is not None)
    for objective in read:
        if objective is None or objective.row is None:
            continue
        # What is weighed beside others on one rank may have a rank of its own too.
        key = (objective.key, objective.rank if together[objective.rank] > 1 else 0)
        if key in found:
            first, row = found[key].row, objective.row
            register.duplicate(row.objective, row.at("objective"), first.at("objective") if first else None)
        else:
            found[key] = objective
    objectives = tuple(sorted(found.values(), key=lambda objective: objective.rank))
    _check_alone(objectives, register)
    return objectives or default_objectives()


def with_rules(chain: Chain, register: Register) -> Chain:
    """Return the chain with a rank for its wished rules, behind the unmet needs and deficits that lead, where it has
    such rules and no rank for them; told where the ranks are the workbook's own.
    """
    objectives = chain.objectives
    if not chain.wishes or any(objective.kind is w.Objective.RULES for objective in objectives):
        return chain
    before = 0
    for rank in sorted({objective.rank for objective in objectives}):
        kinds = {objective.kind for objective in objectives if objective.rank == rank}
        if not kinds <= {w.Objective.UNMET, w.Objective.DEFICIT}:
            break
        before = rank
    number = before + 1
    taken = any(objective.rank == number for objective in objectives)
    moved = (replace(one, rank=one.rank + 1) if taken and one.rank >= number else one for one in objectives)
    direction = facts_of(w.Objective.RULES).direction
    added = Objective(number, w.Objective.RULES, None, direction, 1.0, 0.0, 0.0)
    if any(objective.row is not None for objective in objectives):
        register.report(
            say.OBJECTIVE_RULES_ADDED.at(chain.sheets.get("objectives"), rank=number, rules=w.Objective.RULES.label)
        )
    return replace(chain, objectives=tuple(sorted((*moved, added), key=lambda one: one.rank)))


def _objective(row: t.ObjectiveRow, measures: MeasureNames, register: Register) -> Objective | None:
    rank = int(row.rank)
    kind = None if is_measure(row.objective) else _WORDS.get(loose(row.objective))
    if kind is not None:
        direction = facts_of(kind).direction
        if row.sense is not None and row.sense is not direction:
            register.report(
                say.OBJECTIVE_SENSE.at(row.at("sense"), name=kind.label, sense=row.sense.label, natural=direction.label)
            )
        return Objective(rank, kind, None, direction, row.weight, row.tolerance, row.tolerance_amount, row)
    measure = measures.get(row.objective)
    if measure is None:
        _report_unknown(row, measures, register)
        return None
    direction = row.sense or w.Direction.MIN
    return Objective(rank, None, measure, direction, row.weight, row.tolerance, row.tolerance_amount, row)


def _report_unknown(row: t.ObjectiveRow, measures: MeasureNames, register: Register) -> None:
    if is_measure(row.objective):
        unknown_measure(row, "objective", row.objective, measures, register)
        return
    near = nearest_word(row.objective, w.Objective, measures) or w.Objective.UNMET.label
    register.report(
        say.OBJECTIVE_UNKNOWN.at(
            row.at("objective"), name=tidy(row.objective), known=written(kind.label for kind in w.Objective), near=near
        )
    )


def nearest_word(text: str, words: type[w.Word], measures: MeasureNames) -> Label | None:
    """Return the word of a list, or the measure, that ``text`` is nearest to."""
    known = {spelling: word.label for word in words for spelling in word.spellings}
    known.update((name, as_written(name)) for name in measures.all)
    near = nearest(text, known)
    return known[near] if near else None


def unknown_measure(row: t.Row, column: str, name: str, measures: MeasureNames, register: Register) -> None:
    """Report a measure that no sheet has a column for."""
    known = written(as_written(measure) for measure in measures.all)
    register.report(
        say.MEASURE_UNKNOWN.at(
            row.at(column), name=plain_measure(name), known=known if measures.all else Label("none", "aucune")
        )
    )


def written(labels: Iterable[Label]) -> Label:
    """Join labels into a list in each language."""
    known = list(labels)
    return Label(listed((label.en for label in known), "en"), listed((label.fr for label in known), "fr"))


def _check_alone(objectives: Iterable[Objective], register: Register) -> None:
    """Report every rank that circularity, a ratio, shares with something else."""
    ranks: dict[int, list[Objective]] = {}
    for objective in objectives:
        ranks.setdefault(objective.rank, []).append(objective)
    for shared in ranks.values():
        for objective in shared:
            if objective.kind is w.Objective.CIRCULARITY and len(shared) > 1 and objective.row:
                others = written(_label(other) for other in shared if other is not objective)
                register.report(say.OBJECTIVE_NOT_ALONE.at(objective.row.at("rank"), others=others))


def _label(objective: Objective) -> Label:
    return objective.kind.label if objective.kind else Label(str(objective.measure), str(objective.measure))
