"""What other programs' files add to a workbook that is there already: new rows and blank cells; the rest is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from filiere.chain.parse.number import exactly
from filiere.gather.answers.returned import alike
from filiere.gather.collect.rows import KeyedRows, RowKey, value_of
from filiere.gather.complete.edits import AddRow, Edit, Rename, SetCell
from filiere.gather.complete.of_files import told_by_files
from filiere.gather.complete.round import Proposed
from filiere.gather.decide.decision import Choice, Decision, key_of
from filiere.gather.decide.doubled import settled
from filiere.gather.decide.pile import pile_decisions, proposal_decisions, proposals_of, remarks_of, same_name
from filiere.gather.doubts import Doubt
from filiere.gather.flows import Flow
from filiere.gather.gather import Gathered
from filiere.gather.products import matching
from filiere.language import Language, between, either
from filiere.names import fold, loose, nearest
from filiere.schema import words as w
from filiere.units import factor

_KINDS = {"needs": "needs", "offers": "resources"}
"""Table of proposed rows → the kind of the question about them."""
_ONCE = ("same name", "perimeter", "needs", "resources", "same rows", "same pieces")
"""Kinds of questions that are asked once for all."""
_QUANTITIES = ("today", "today_buyer")
_SAME_PRICE = 0.01
"""Up to what share two prices are one: invoices of a year are rounded, and their mean is no round figure."""
_DIGITS = re.compile(r"\W+")


def merged(
    gathered: Gathered, keyed: KeyedRows, language: Language, kept: Sequence[Decision] = ()
) -> Proposed:  # fmt: skip
    """Return what the files come to in the workbook whose rows are ``keyed``.

    ``kept`` are its decisions: names that were said to be one are one in the files too, and what was answered is not
    asked again.
    """
    return _Merging(gathered, keyed, language, kept).proposed()


class _Merging:
    def __init__(self, gathered: Gathered, keyed: KeyedRows, language: Language, kept: Sequence[Decision]) -> None:
        self.keyed, self.language = keyed, language
        self.answered = {one.key for one in kept if one.chosen() is not None and one.key.startswith(_ONCE)}
        renames = [edit for one in kept if (choice := one.chosen()) for edit in choice.edits
                   if isinstance(edit, Rename)]  # fmt: skip
        self.aliases = {(edit.table, loose(edit.old)): edit.new for edit in renames}
        self.decisions: list[Decision] = []
        self.edits: list[Edit] = []
        self.actors, self.products = self._actors(gathered), self._products(gathered)
        self.gathered = settled(self._renamed(gathered), kept)

    def proposed(self) -> Proposed:
        known = {fold(row.actor) for row in self.keyed.tables.actors}
        gathered = replace(
            self.gathered,
            actors=tuple(
                replace(one, guessed=one.guessed and fold(one.name) not in known) for one in self.gathered.actors
            ),
        )
        for flow in gathered.flows:
            self._flow(flow)
        new = [one for one in proposals_of(gathered) if one.row not in self.keyed.rows
               and fold(one.actor) not in self._at_work[one.table]
               and key_of(_KINDS[one.table], one.actor) not in self.answered]  # fmt: skip
        self.edits += [one.added(self.language) for one in new]
        self.decisions += proposal_decisions(new, self.language)
        settled = {key_of("two sides", *key.parts) for key in self.keyed.rows if key.table == "links"}
        for decision in pile_decisions(gathered, self.language):
            proposed = decision.key.startswith(tuple(_KINDS.values()))
            if not proposed and decision.key not in settled | self.answered:
                self.decisions.append(decision)
        told = told_by_files(gathered, self.decisions, self.language, self.edits)
        return Proposed(edits=self.edits, decisions=self.decisions, remarks=remarks_of(gathered), told=told)

    @cached_property
    def _at_work(self) -> Mapping[str, set[str]]:
        """Who makes or sells something in the workbook: what it buys is no need, what it sells comes from somewhere."""
        made = {fold(row.actor) for row in self.keyed.tables.processes}
        return {"offers": made, "needs": made | {fold(row.from_) for row in self.keyed.tables.links}}

    # ---- names

    def _actors(self, gathered: Gathered) -> dict[str, str]:
        """Return folded name in the files → the name it has in the workbook, by number first; new ones are added."""
        rows = self.keyed.tables.actors
        numbers = {_DIGITS.sub("", number).upper(): row.actor for row in rows
                   for number in (row.identifier or "").split(";") if number.strip()}  # fmt: skip
        numbered = [*((row.actor, row.identifier or "") for row in rows),
                    *((one.name, one.identifier) for one in gathered.actors)]  # fmt: skip
        by_name = _by_name([row.actor for row in rows], matching((name for name, _ in numbered), numbered))
        sirens = {row.actor: _sirens(row.identifier or "") for row in rows}
        found: dict[str, str] = {}
        for one in gathered.actors:
            own = [_DIGITS.sub("", number).upper() for number in one.identifier.split(";")]
            alias = self.aliases.get(("actors", loose(one.name)), one.name)
            known = next((numbers[number] for number in own if number in numbers), by_name(alias))
            name, theirs = one.name, _sirens(one.identifier)
            if known is not None and theirs and sirens[known] and not theirs & sirens[known]:
                known, name = None, f"{one.name} ({min(theirs)})"  # another firm of that name
            found[fold(one.name)] = known or name
            if known is None:
                self._asked_near("actors", name, [row.actor for row in rows])
                values: dict[str, str | float] = {
                    "actor": name, "perimeter": one.perimeter.label.to(self.language), "identifier": one.identifier,
                    "source": one.source,
                    "confidence": w.Confidence.GUESSED.label.to(self.language) if one.guessed else "",
                }  # fmt: skip
                self._add("actors", values, one.source)
        return found

    def _products(self, gathered: Gathered) -> dict[str, str]:
        rows = self.keyed.tables.products
        by_name = _by_name([row.product for row in rows], fold)
        found: dict[str, str] = {}
        for one in gathered.products:
            name = one.product.name
            known = by_name(self.aliases.get(("products", loose(name)), name))
            found[fold(name)] = known or name
            if known is None:
                self._asked_near("products", name, [row.product for row in rows])
                values: dict[str, str | float] = {"product": name, "unit": one.product.unit, "family": one.family,
                                                  "source": one.source}  # fmt: skip
                if one.price is not None:
                    values["price"] = one.price
                self._add("products", values, one.source)
        return found

    def _asked_near(self, table: str, name: str, known: list[str]) -> None:
        near = nearest(name, known)
        if near is not None:
            asked = same_name(table, near, name, either("decision", "décision", self.language), self.language)
            if asked.key not in self.answered:
                self.decisions.append(asked)

    def _add(self, table: str, values: dict[str, str | float], source: str) -> None:
        self.edits.append(AddRow(table, {name: value for name, value in values.items() if value != ""}, source))

    def _renamed(self, gathered: Gathered) -> Gathered:
        return replace(
            gathered,
            actors=tuple(replace(one, name=self.actors[fold(one.name)]) for one in gathered.actors),
            flows=tuple(self._in_units(flow, gathered) for flow in gathered.flows),
            doubts=tuple(self._doubt(one, gathered) for one in gathered.doubts),
        )

    def _doubt(self, doubt: Doubt, gathered: Gathered) -> Doubt:
        """Return a doubt under the workbook's names, in its units."""
        names = tuple(self.actors.get(fold(name), self.products.get(fold(name), name)) for name in doubt.names)
        ways = tuple(
            replace(way, changed=tuple((self._in_units(one, gathered), other and self._in_units(other, gathered))
                                       for one, other in way.changed))
            for way in doubt.ways
        )  # fmt: skip
        return replace(doubt, names=names, ways=ways)

    def _in_units(self, flow: Flow, gathered: Gathered) -> Flow:
        """Return a flow under the workbook's names, in the unit of its product there."""
        product = self.products.get(fold(flow.product), flow.product)
        units = {fold(one.product.name): one.product.unit for one in gathered.products}
        theirs, ours = units.get(fold(flow.product), ""), self.keyed.units.get(fold(product), "")
        ratio = factor(theirs, ours) if ours and fold(ours) != fold(theirs) else 1.0
        seller, buyer = (self.actors.get(fold(name), name) for name in (flow.seller, flow.buyer))
        if ratio is None:  # two units that nothing converts: the product of the files stays one of its own
            product, ratio = f"{product} ({theirs})", 1.0
            self._add("products", {"product": product, "unit": theirs, "source": flow.source}, flow.source)
        said = flow.said and (flow.said[0] * ratio, flow.said[1], flow.said[2] * ratio, flow.said[3])
        return replace(
            flow, seller=seller, buyer=buyer, product=product, quantity=_tidied(flow.quantity * ratio), said=said,
            price=None if flow.price is None else _tidied(flow.price / ratio),
            gross=None if flow.gross is None else _tidied(flow.gross / ratio),
            heard=tuple((figure, tuple(self.actors.get(fold(name), name) for name in names))
                        for figure, names in flow.heard),
            taxed_by=self.actors.get(fold(flow.taxed_by), flow.taxed_by),
            transport=None if flow.transport is None else _tidied(flow.transport / ratio),
        )  # fmt: skip

    # ---- exchanges

    def _flow(self, flow: Flow) -> None:
        key = RowKey("links", tuple(fold(one) for one in (flow.seller, flow.buyer, flow.product, flow.period)))
        figures = dict(self._figures(flow))
        row = self.keyed.rows.get(key)
        if row is None:
            self._add("links", {"from_": flow.seller, "to": flow.buyer, "product": flow.product,
                                "period": flow.period, **figures, "source": flow.source,
                                "confidence": flow.confidence.label.to(self.language)}, flow.source)  # fmt: skip
            return
        for column, value in figures.items():
            now = value_of(row, column)
            if now is None:
                self.edits.append(SetCell(key, column, value, flow.source))
            elif not (alike(now, value) or (column not in _QUANTITIES and _near(now, value))):
                self.decisions.append(self._otherwise(key, flow, column, now, value))

    def _figures(self, flow: Flow) -> Iterator[tuple[str, float]]:
        yield "today", flow.said[0] if flow.said else flow.quantity
        if flow.said:
            yield "today_buyer", flow.said[2]
        if flow.price is not None:
            yield "price", flow.price
        if flow.transport is not None:
            yield "transport_cost", flow.transport

    def _otherwise(self, key: RowKey, flow: Flow, column: str, now: float | str, value: float) -> Decision:
        unit = self.keyed.units.get(fold(flow.product), "")
        unit = unit if column in _QUANTITIES else f"{self.keyed.tables.settings.currency}/{unit}".removesuffix("/")
        held = f"{exactly(now).to(self.language) if isinstance(now, float) else now} {unit}".rstrip()
        told = f"{exactly(value).to(self.language)} {unit}".rstrip()
        question = either(
            f"{flow.product}, from {flow.seller} to {flow.buyer}: the workbook says {held}, the files {told} "
            f"({flow.source}). Which holds?",
            f"{flow.product}, {between(flow.seller, flow.buyer).fr} : le classeur dit {held}, les fichiers {told} "
            f"({flow.source}). Que retenir ?",
            self.language,
        )
        return Decision(key_of("files", *key.parts, column), question, (
            Choice(either(f"keep {held}", f"garder {held}", self.language)),
            Choice(told, (SetCell(key, column, value, flow.source),)),
            *self._added(key, flow, column, now, value, unit),
        ))  # fmt: skip

    def _added(self, key: RowKey, flow: Flow, column: str, now: float | str, value: float, unit: str
               ) -> Iterator[Choice]:  # fmt: skip
        """Offer the sum of both figures: the files may be of months that the workbook does not have yet."""
        if isinstance(now, float) and column in _QUANTITIES:
            both = float(f"{now + value:.12g}")
            said = f"{exactly(both).to(self.language)} {unit}".rstrip()
            yield Choice(either(f"{said}: both add up", f"{said} : les deux s'ajoutent", self.language),
                         (SetCell(key, column, both, flow.source),))  # fmt: skip


def _by_name(names: Sequence[str], key: Callable[[str], str]) -> Callable[[str], str | None]:
    """Return what finds a name of the workbook: as it is written there, else the only one of the same ``key``."""
    exact = {fold(name): name for name in names}
    near: dict[str, list[str]] = defaultdict(list)
    for name in names:
        near[key(name)].append(name)
    return lambda name: exact.get(fold(name)) or (near[key(name)][0] if len(near[key(name)]) == 1 else None)


def _sirens(identifier: str) -> set[str]:
    """Return the companies that the numbers of an actor are of."""
    return {
        number[:9] for one in identifier.split(";") if re.fullmatch(r"\d{9}|\d{14}", number := _DIGITS.sub("", one))
    }


def _near(now: object, value: float) -> bool:
    return isinstance(now, float) and abs(now - value) <= _SAME_PRICE * max(abs(now), abs(value))


def _tidied(value: float) -> float:
    return float(f"{value:.12g}")
