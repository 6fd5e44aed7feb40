"""Rows that may tell one delivery twice, as questions: what each answer makes of the links and what rests on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from filiere.gather.collect.rows import RowKey
from filiere.gather.complete.edits import DropRow, Edit, SetCell
from filiere.gather.decide.decision import Choice, Decision, key_of
from filiere.gather.doubts import Changed, Doubt
from filiere.gather.flows import Flow
from filiere.gather.gather import Gathered
from filiere.language import Language, either
from filiere.names import fold, loose
from filiere.workbook.questionnaire.form import short

Rests = Callable[[tuple[Flow, ...]], Mapping[RowKey, float]]
"""What returns the needs and resources that flows suggest, and how much of each."""
_NAMED = 6


def doubt_decisions(gathered: Gathered, language: Language,
                    proposals: Rests) -> Iterator[Decision]:  # fmt: skip
    """Yield the questions of rows that may be one, but for those that are asked with what both sides say."""
    for doubt in gathered.doubts:
        if any(flow.said for way in doubt.ways for flow, _ in way.changed):
            continue
        yield Decision(doubt_key(doubt), doubt.question.to(language), tuple(
            Choice(way.said.to(language), (*_edits(way.changed, language),
                                           *_rests(gathered, way.changed, language, proposals)))
            for way in doubt.ways
        ))  # fmt: skip


def doubt_key(doubt: Doubt) -> str:
    """Return the key of a doubt: what it is about, a long list of pieces in short."""
    names = doubt.names if len(doubt.names) <= _NAMED else (*doubt.names[:_NAMED], short("|".join(doubt.names)))
    return key_of(doubt.kind, *names)


def settled(gathered: Gathered, kept: Sequence[Decision]) -> Gathered:
    """Return what was gathered as the answers that were applied to its doubts leave it."""
    answers = {one.key: loose(one.applied) for one in kept if one.applied}
    for doubt in gathered.doubts:
        for way in doubt.ways:
            if answers.get(doubt_key(doubt)) in {loose(text) for text in way.said}:
                gathered = replace(gathered, flows=_swapped(gathered.flows, way.changed))
    return gathered


def counted_once(gathered: Gathered, flow: Flow) -> Flow | None:
    """Return what a flow is where the rows that stand twice in one file count once, None where there are none."""
    same = (one for doubt in gathered.doubts if doubt.kind == "same rows" for way in doubt.ways for one in way.changed)
    return next((after for before, after in same if before == flow), None)


def _swapped(flows: Sequence[Flow], changed: Changed) -> tuple[Flow, ...]:
    by_key = {_key(before): after for before, after in changed}
    found = (by_key.get(_key(flow), flow) for flow in flows)
    return tuple(flow for flow in found if flow is not None)


def _key(flow: Flow) -> RowKey:
    return RowKey("links", tuple(fold(name) for name in (flow.seller, flow.buyer, flow.product, flow.period)))


def _edits(changed: Changed, language: Language) -> Iterator[Edit]:
    source = either("decision", "décision", language)
    for before, after in changed:
        if after is None:
            yield DropRow(_key(before), source)
            continue
        for column, name in (("today", "quantity"), ("price", "price"), ("transport_cost", "transport")):
            if getattr(before, name) != getattr(after, name):
                yield SetCell(_key(before), column, getattr(after, name), source)


def _rests(gathered: Gathered, changed: Changed, language: Language,
           proposals: Rests) -> Iterator[Edit]:  # fmt: skip
    """Yield what becomes of the needs and resources that are proposed from the flows."""
    if not changed:
        return
    source = either("decision", "décision", language)
    after = proposals(_swapped(gathered.flows, changed))
    for row, quantity in proposals(gathered.flows).items():
        if row not in after:
            yield DropRow(row, source)
        elif after[row] != quantity:
            yield SetCell(row, "quantity" if row.table == "needs" else "maximum", after[row], source)
