"""One round of gathering into a workbook: answers and files in, a new workbook with what changed and what to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from filiere.gather.answers.needed import needs_anew, needs_decisions
from filiere.gather.answers.returned import Returned, alike, mark_of, read_returned
from filiere.gather.answers.settle import settle, source_of
from filiere.gather.answers.sides import chosen_sides, sides_decisions
from filiere.gather.collect.rows import KeyedRows, keyed_rows, value_of
from filiere.gather.complete.agreed import key_of_row
from filiere.gather.complete.apply import apply, without
from filiere.gather.complete.edits import AddRow, Edit, Rename, SetCell
from filiere.gather.complete.sheets import Added, Received, added_sheets, of_files, ours, read_received, read_remarks
from filiere.gather.complete.told import Sayings, Told, kept
from filiere.gather.decide.clashes import clash_decisions, with_clashes
from filiere.gather.decide.decision import Decision, decide
from filiere.gather.decide.held import after, asked_anew, with_held
from filiere.gather.decide.sheet import read_decisions
from filiere.language import Label, Language
from filiere.names import fold
from filiere.problems import Problem
from filiere.problems import collecting as codes
from filiere.table import RawWorkbook
from filiere.workbook.complete.complete import completed_copy
from filiere.workbook.questionnaire.strikes import marked_cells


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What other programs' files would add to a workbook, or have decided."""

    edits: Sequence[Edit] = ()
    decisions: Sequence[Decision] = ()
    remarks: Sequence[Problem] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    """What the holders of these files told, as it is kept."""


@dataclass(frozen=True, kw_only=True)
class Completed:
    """The new workbook, and what is told of it."""

    content: bytes
    rows: Mapping[str, int]
    """Table → how many rows were added or changed."""
    changes: int
    decisions: Sequence[Decision]
    problems: Sequence[Problem]
    loss: Label | None
    """Why the copy could not keep all the rest of the workbook, None where it could."""


def is_questionnaire(raw: RawWorkbook) -> bool:
    """Whether a file is a questionnaire that was sent."""
    return mark_of(raw) is not None


def complete(path: Path, raw: RawWorkbook, questionnaires: Sequence[RawWorkbook], language: Language,
             proposed: Proposed | None = None) -> Completed:  # fmt: skip
    """Return the workbook at ``path`` completed by the answers of ``questionnaires`` and by what is ``proposed``.

    Its own decisions that were answered are applied. Raises NotAddedError where no copy can be made.
    """
    proposed = proposed or Proposed()
    gone = ours(raw)
    tables = without(raw, gone)
    keyed = keyed_rows(tables)
    returned, problems = _returned(questionnaires, keyed)
    before = read_received(raw)
    kept_ones = read_decisions(raw)
    settled = settle(returned, keyed, [*before, *of_files(proposed.told, before)], language,
                     {one.key for one in kept_ones if one.applied})  # fmt: skip
    earlier = Sayings(tuple((one.actor, one.told) for one in before))
    asked, _ = needs_anew(asked_anew(kept_ones, keyed, earlier, language), keyed, {}, earlier, language)
    decided = decide(asked, [*settled.decisions, *proposed.decisions], language,
                     lambda edit: _stands(edit, keyed), lambda decision: _added_is_there(decision, keyed))  # fmt: skip
    edits = [*proposed.edits, *settled.edits, *decided.edits]
    applied = apply(tables, edits, language)
    problems += [*settled.problems, *proposed.remarks]
    problems += [codes.ANSWER_UNKNOWN.at(None, answer=one.answer, question=one.question) for one in decided.unknown]
    problems += [codes.ANSWER_UNFIT.at(None, what=_what(edit)) for edit in applied.unfit]
    received = _with_told(settled.received, [*settled.told, *applied.told])
    said = Sayings(tuple((one.actor, one.told) for one in received))
    decisions = with_clashes(decided.decisions, [*clash_decisions(applied.clashes, language),
                                                 *sides_decisions(applied.exchanges, said, language),
                                                 *chosen_sides(decided.edits, keyed, said, language)],
                             language)  # fmt: skip
    needed = list(needs_decisions(keyed, applied.exchanges, applied.told, decisions, said, language))
    decisions = with_clashes(decisions, [one for one, _ in needed], language)
    written = after(keyed, edits)
    anew, of_needs = needs_anew(decisions, keyed, written, said, language)
    decisions = with_held(anew, keyed, written)
    received = _with_offered(received, [*of_needs, *(one for _, told in needed for one in told)])
    added = Added(
        decisions=decisions, changes=applied.changes, received=received, remarks=problems, checked=read_remarks(raw),
        tables=applied.sheets,
    )  # fmt: skip
    copy = completed_copy(path, raw, list(applied.cells.values()), gone, added_sheets(added, language), language)
    return Completed(
        content=copy.content, rows=applied.rows, changes=len(applied.changes), decisions=decisions,
        problems=problems, loss=copy.loss,
    )  # fmt: skip


def _with_told(received: Sequence[Received], told: Sequence[Told]) -> list[Received]:
    """Return the questionnaires received, each with what it said of exchanges: now, or in a decision taken now."""
    found = []
    for one in received:
        own = [said for said in told if said.source in source_of(one.actor, one.round)]
        found.append(replace(one, told=" ".join(dict.fromkeys([*one.told.split(), *kept(own).split()]))))
    return found


def _with_offered(received: Sequence[Received], offered: Sequence[tuple[str, Told]]) -> list[Received]:
    """Return what came back with what the decisions just asked would write, for each whose figures that is made of."""
    found = list(received)
    for actor, told in offered:
        at = max((at for at, one in enumerate(found) if fold(one.actor) == actor), default=None)
        if at is not None and told.written() not in found[at].told.split():
            found[at] = replace(found[at], told=f"{found[at].told} {told.written()}".strip())
    return found


def _returned(questionnaires: Sequence[RawWorkbook], keyed: KeyedRows) -> tuple[list[Returned], list[Problem]]:
    heard, refused = [], []
    for raw in questionnaires:
        struck, notes = marked_cells(raw.path) if raw.path else (frozenset(), ())
        found = read_returned(raw, struck, keyed, notes)
        if isinstance(found, Returned):
            heard.append(found)
        else:
            refused.append(found)
    return heard, refused


def _stands(edit: Edit, keyed: KeyedRows) -> bool:
    """Whether a row holds what an edit would write into its cell."""
    row = keyed.rows.get(edit.row) if isinstance(edit, SetCell) else None
    return isinstance(edit, SetCell) and row is not None and alike(edit.value, value_of(row, edit.column))


def _added_is_there(decision: Decision, keyed: KeyedRows) -> bool:
    """Whether the rows that a chosen answer added are there, under the names that it gave them."""
    choice = decision.chosen()
    added = [edit for edit in choice.edits if isinstance(edit, AddRow)] if choice else []
    return all(key_of_row(edit) in keyed.rows for edit in added)


def _what(edit: Edit) -> str:
    if isinstance(edit, Rename):
        return f"{edit.old} → {edit.new}"
    if isinstance(edit, AddRow):
        return " / ".join(str(value) for value in edit.values.values())
    named = " / ".join(part for part in edit.row.parts if part)
    return f"{named}, {edit.column}" if isinstance(edit, SetCell) else named
