"""Whose figures files told: a member's accounts or list of purchases say as much as its questionnaire's answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from filiere.gather.collect.rows import KEYS, RowKey
from filiere.gather.complete.edits import AddRow, Edit, SetCell
from filiere.gather.complete.told import SEVERAL, Told, kept
from filiere.gather.decide.decision import Decision
from filiere.gather.decide.pile import proposals_of
from filiere.gather.flows import BUYER, SELLER, Flow
from filiere.gather.gather import Gathered
from filiere.language import Language
from filiere.names import fold

_FIGURES = {"today": "today", "today_buyer": "today", "price": "price", "transport_cost": "transport_cost"}
_TOLD_OF = ("quantity", "maximum")


def told_by_files(gathered: Gathered, decisions: Iterable[Decision], language: Language,
                  edits: Sequence[Edit] = ()) -> dict[str, str]:  # fmt: skip
    """Return what each holder of a file told, as it is kept: figures of exchanges, and of what rests on them.

    ``edits`` and ``decisions`` are what the files come to in a workbook: whatever they would write is made of it too.
    """
    found = _Telling(gathered)
    for flow in gathered.flows:
        found.flow(flow)
    edits = [*edits, *(one.added(language) for one in proposals_of(gathered))]
    offered = [edit for decision in decisions for choice in decision.choices for edit in choice.edits]
    for edit in (*edits, *offered):
        found.edit(edit)
    return {actor: kept(told) for actor, told in found.told.items() if told}


class _Telling:
    def __init__(self, gathered: Gathered) -> None:
        self.flows = {_key(flow): flow for flow in gathered.flows}
        self.of_end: dict[tuple[str, ...], list[Flow]] = defaultdict(list)
        """End, actor and product → the flows there."""
        for flow in gathered.flows:
            for end in (SELLER, BUYER):
                self.of_end[end, fold(getattr(flow, end)), fold(flow.product)].append(flow)
        self.told: dict[str, list[Told]] = defaultdict(list)
        self.known: set[tuple[RowKey, str, object]] = set()
        """What is said itself: row, figure and value."""
        self.names: dict[str, set[str]] = defaultdict(set)
        """Actor → who names it in a file."""
        for flow in gathered.flows:
            for name in (flow.seller, flow.buyer):
                self.names[fold(name)] |= {who for who in self._who(flow, "today") if who != SEVERAL}
        holders = {fold(who) for tellers in self.names.values() for who in tellers}
        for key, tellers in self.names.items():
            for who in tellers if key not in holders else ():
                self._say((who,), RowKey("actors", (key,)), "actor", key, offered=False)

    def flow(self, flow: Flow) -> None:
        """Note who says what of an exchange."""
        key = _key(flow)
        if flow.said:
            self._say((flow.seller,), key, "today", flow.said[0], offered=False)
            self._say((flow.buyer,), key, "today", flow.said[2], offered=False)
        else:
            self._say(self._who(flow, "today"), key, "today", flow.quantity, offered=False)
        for column, value in (("price", flow.price), ("transport_cost", flow.transport)):
            if value is not None:
                self._say(self._who(flow, column), key, column, value, offered=False)

    def edit(self, edit: Edit) -> None:
        """Note of whose figures a change is made."""
        if isinstance(edit, SetCell):
            key, values = edit.row, {edit.column: edit.value}
        elif isinstance(edit, AddRow) and edit.table in KEYS:
            values = dict(edit.values)
            key = RowKey(edit.table, tuple(fold(str(values.get(name, ""))) for name in KEYS[edit.table]))
        else:
            return
        for column, value in values.items():
            who = self._of(key, column) if isinstance(value, float) else ()
            if who and (key, _FIGURES.get(column, column), value) not in self.known:
                self._say(who, key, column, value)

    def _of(self, key: RowKey, column: str) -> tuple[str, ...]:
        """Return whose figures a cell is made of: of one holder of files, else of several."""
        if key.table == "links" and key in self.flows and column in _FIGURES:
            flow = self.flows[key]
            return (SEVERAL,) if flow.said else self._who(flow, _FIGURES[column])
        if key.table not in ("needs", "offers") or column not in _TOLD_OF:
            return ()
        end = BUYER if key.table == "needs" else SELLER
        found = self.of_end.get((end, *key.parts[:2]), [])
        tellers = [set(self._who(flow, "today")) for flow in found if not flow.said]
        own = next((getattr(flow, end) for flow in found), "")
        if found and len(tellers) == len(found) and all(own in one for one in tellers):
            return (own,)
        everyone = {name for one in tellers for name in one}
        return tuple(everyone) if len(everyone) == 1 and len(tellers) == len(found) else (SEVERAL,) if found else ()

    def _who(self, flow: Flow, column: str) -> tuple[str, ...]:
        ends: Mapping[str, str] = {SELLER: flow.seller, BUYER: flow.buyer, "*": SEVERAL}
        return tuple(ends.get(name, name) for name in dict(flow.heard).get(column, ()))

    def _say(self, who: Iterable[str], key: RowKey, column: str, value: float | str | None,
             offered: bool = True) -> None:  # fmt: skip
        if not offered:
            self.known.add((key, column, value))
        for name in who:
            self.told[name].append(Told(key, column, value, "", offered))


def _key(flow: Flow) -> RowKey:
    return RowKey("links", tuple(fold(name) for name in (flow.seller, flow.buyer, flow.product, flow.period)))
