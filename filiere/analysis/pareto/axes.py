"""The two objectives of a front: how they are named, and where they stand among the workbook's ranks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from filiere.chain.assemble.masses import check_masses
from filiere.chain.assemble.measures import is_measure, plain_measure
from filiere.chain.assemble.names import Register
from filiere.chain.chain import Chain, Objective
from filiere.chain.parse.tables import Tables
from filiere.language import Label, listed
from filiere.names import fold, loose, nearest, tidy
from filiere.problems import WorkbookError, errors
from filiere.schema import words as w
from filiere.schema.objectives import facts_of
from filiere.solution.evaluate import measure_names

_WORDS = {loose(spelling): kind for kind in w.Objective for spelling in (*kind.spellings, kind.key)}

_FIRST = (w.Objective.UNMET, w.Objective.DEFICIT, w.Objective.RULES)
"""What comes before anything else where the workbook does not say: needs are served, budgets hold."""

_UNKNOWN = Label(
    "There is no objective “{text}”. Known are {known}. Did you mean “{near}”?",
    "Il n'y a pas d'objectif « {text} ». Sont connus : {known}. Vouliez-vous dire « {near} » ?",
)
_ALIKE = Label(
    "A front needs two different objectives: both are “{text}”.",
    "Un front oppose deux objectifs différents : les deux sont « {text} ».",
)


class AxisError(ValueError):
    """An objective that a front cannot have; ``message`` says why, in both languages."""

    def __init__(self, message: Label) -> None:
        self.message = message
        super().__init__(message.en)


def axis(chain: Chain, text: str) -> Objective:
    """Return the objective that ``text`` names: a word of the Objectives sheet, or a measure of the workbook.

    A measure is better in the sense that the Objectives sheet gives it, less being better without one.
    Raises :class:`AxisError` where there is none of that name.
    """
    kind = None if is_measure(text) else _WORDS.get(loose(text))
    if kind is not None:
        return Objective(0, kind, None, facts_of(kind).direction, 1.0, 0.0, 0.0)
    declared = {objective.measure: objective for objective in chain.objectives if objective.measure}
    names = {fold(name): name for name in (*declared, *measure_names(chain))}
    name = names.get(fold(plain_measure(text)))
    if name is None:
        raise AxisError(_unknown(text, list(dict.fromkeys(names.values()))))
    direction = declared[name].direction if name in declared else w.Direction.MIN
    return Objective(0, None, name, direction, 1.0, 0.0, 0.0)


def opposed(chain: Chain, x: Objective, y: Objective) -> Chain:
    """Return the chain whose ranks are: those that come before both, x and y next to each other, the others.

    What comes before is what the Objectives sheet puts before the first of the two; where it names neither, or
    where there is no such sheet, the needs, the deficits and the wished rules. A ratio comes after what it is
    opposed to. Raises :class:`AxisError` where the two are one, ``WorkbookError`` where a mass is missing that one
    of them counts.
    """
    if x.key == y.key:
        raise AxisError(_ALIKE.fill(text=label(x)))
    before = [group for group in _ranks(chain, {x.key, y.key}, before=True) if group]
    after = [group for group in _ranks(chain, {x.key, y.key}, before=False) if group]
    axes = sorted((_with_row(chain, x), _with_row(chain, y)), key=lambda o: o.kind is w.Objective.CIRCULARITY)
    order = [*before, *([one] for one in axes), *after]
    objectives = tuple(replace(one, rank=rank) for rank, group in enumerate(order, start=1) for one in group)
    # A front shows what one costs in terms of the other: no bound cuts it off.
    asked = replace(chain, objectives=objectives, settings=replace(chain.settings, cost_bound=None))
    register = Register(Tables())
    check_masses(asked, register)
    if errors(register.problems):
        raise WorkbookError(register.problems)
    return asked


def label(objective: Objective) -> Label:
    """Return an objective's name in both languages."""
    if objective.kind is not None:
        return objective.kind.label
    return Label(f"measure: {objective.measure}", f"mesure : {objective.measure}")


def _with_row(chain: Chain, one: Objective) -> Objective:
    """Return an axis with the row that the workbook has for it, and nothing that may be given up."""
    found = next((objective for objective in chain.objectives if objective.key == one.key), None)
    return replace(one, row=found.row) if found else one


def _ranks(chain: Chain, axes: set[str], before: bool) -> Iterator[list[Objective]]:
    """The workbook's ranks without the two axes: those held before them, or those left for after."""
    written = any(objective.row is not None for objective in chain.objectives)
    named = [objective.rank for objective in chain.objectives if objective.key in axes]
    for rank in sorted({objective.rank for objective in chain.objectives}):
        group = [objective for objective in chain.objectives if objective.rank == rank]
        ahead = all(one.kind in _FIRST for one in group) if not (written and named) else rank < min(named)
        if named and rank >= min(named):
            ahead = False
        if ahead is before:
            yield [one for one in group if one.key not in axes]


def _unknown(text: str, measures: list[str]) -> Label:
    shown = {kind.label: kind.spellings for kind in w.Objective}
    labels = [*shown, *(Label(f"measure: {name}", f"mesure : {name}") for name in measures)]
    known = Label(listed((one.en for one in labels), "en"), listed((one.fr for one in labels), "fr"))
    spelled = {spelling: one for one, spellings in shown.items() for spelling in spellings}
    spelled |= {name: Label(f"measure: {name}", f"mesure : {name}") for name in measures}
    near = nearest(plain_measure(text), spelled)
    return _UNKNOWN.fill(text=tidy(text), known=known, near=spelled[near] if near else w.Objective.COST.label)
