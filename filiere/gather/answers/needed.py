"""What those on the territory buy and do not sell on: asked whether these purchases are their needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from filiere.gather.collect.rows import KeyedRows, RowKey, value_of
from filiere.gather.complete.edits import AddRow
from filiere.gather.complete.told import Sayings, Told
from filiere.gather.decide.decision import Choice, Decision, in_words, key_of, reopened
from filiere.language import Language, either, quoted
from filiere.names import fold, loose
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.workbook.questionnaire.form import Value

Exchanges = Mapping[RowKey, Mapping[str, Value]]


def needs_decisions(
    keyed: KeyedRows, exchanges: Exchanges, told: Sequence[Told], asked: Sequence[Decision], sayings: Sayings,
    language: Language,
) -> Iterator[tuple[Decision, list[tuple[str, Told]]]]:  # fmt: skip
    """Yield one question for each actor on the territory that buys, sells nothing and has no need on any row yet.

    ``exchanges`` are those just added, of which the buyers are asked about; nobody that ``asked`` has a question on.
    With each question comes who else said the figures that its answers would write.
    """
    rows = _rows(keyed, {})
    new = [_Bought(key, str(one.get("from_")), str(one.get("to")), str(one.get("product")), one.get("today"),
                   one.get("today_buyer")) for key, one in exchanges.items() if key not in keyed.rows]  # fmt: skip
    inside = _inside(keyed, told)
    busy = {fold(row.seller) for row in (*rows, *new)} | {fold(row.actor) for row in keyed.tables.processes}
    busy |= {one.row.parts[1] for one in told if one.row.table == "processes"}
    busy |= {fold(row.actor) for row in keyed.tables.needs}
    busy |= {part for one in asked if one.key.startswith("needs / ") for part in one.key.split(" / ")[1:2]}
    bought: dict[str, list[_Bought]] = defaultdict(list)
    buyers = {fold(row.buyer) for row in new}
    for row in (*rows, *new):
        if fold(row.buyer) in (inside & buyers) - busy and row.quantity:
            bought[row.buyer].append(row)
    units = dict(keyed.units)
    for one in told:  # who names a product first gives its unit
        if one.row.table == "products" and one.column == "unit":
            units.setdefault(one.row.parts[0], str(one.value))
    for actor, found in bought.items():
        goods: dict[str, list[_Bought]] = defaultdict(list)
        for row in found:
            goods[row.product].append(row)
        sums = {product: sum(row.quantity for row in own) for product, own in goods.items()}
        yield _asked(actor, sums, units, language), _offered(actor, goods, sayings)


def needs_anew(
    decisions: Sequence[Decision], keyed: KeyedRows, written: Mapping[tuple[RowKey, str], Value], sayings: Sayings,
    language: Language,
) -> tuple[list[Decision], list[tuple[str, Told]]]:  # fmt: skip
    """Return decisions, those on needs with what is bought now, and who else said those figures."""
    rows, found, told = _rows(keyed, written), list[Decision](), list[tuple[str, Told]]()
    for decision in decisions:
        added = [edit for choice in decision.choices[:1] for edit in choice.edits
                 if isinstance(edit, AddRow) and edit.table == "needs"]  # fmt: skip
        own: dict[str, list[_Bought]] = {str(edit.values["product"]): [
            row for row in rows if row.quantity and fold(row.buyer) == fold(str(edit.values["actor"]))
            and fold(row.product) == fold(str(edit.values["product"]))] for edit in added}  # fmt: skip
        sums = {product: _tidied(sum(row.quantity for row in some)) for product, some in own.items()}
        same = [sums[str(edit.values["product"])] == edit.values["quantity"] for edit in added]
        if decision.applied or not added or all(same) or not all(sums.values()):
            found.append(decision)
            continue
        actor = str(added[0].values["actor"])
        found.append(
            reopened(decision, replace(_asked(actor, sums, keyed.units, language), key=decision.key), language)
        )
        told += _offered(actor, own, sayings)
    return found, told


def _offered(actor: str, goods: Mapping[str, Sequence[_Bought]], sayings: Sayings) -> list[tuple[str, Told]]:
    return [
        (who, Told(RowKey("needs", (fold(actor), fold(product), "")), "quantity",
                   _tidied(sum(row.quantity for row in own)), "", True))
        for product, own in goods.items() for who in _tellers(own, sayings)
    ]  # fmt: skip


def _rows(keyed: KeyedRows, written: Mapping[tuple[RowKey, str], Value]) -> list[_Bought]:
    """Return the exchanges that are there, as they are once ``written`` is."""

    def now(key: RowKey, row: t.LinkRow, column: str) -> Value:
        return written[key, column] if (key, column) in written else value_of(row, column)

    return [_Bought(key, row.from_, row.to, row.product, now(key, row, "today"), now(key, row, "today_buyer"))
            for key, row in keyed.of("links") if isinstance(row, t.LinkRow)]  # fmt: skip


@dataclass(frozen=True)
class _Bought:
    """What an actor buys of another this year, as each side says it."""

    key: RowKey
    seller: str
    buyer: str
    product: str
    sold: Value
    bought: Value

    @property
    def quantity(self) -> float:
        """The buyer's own figure, else the seller's."""
        return next((value for value in (self.bought, self.sold) if isinstance(value, float | int)), 0.0)


def _tellers(own: Sequence[_Bought], sayings: Sayings) -> set[str]:
    """Return whose figures a need is made of: the buyer's alone where it said them all, else the others'."""
    said = [sayings.who(row.key, "today", row.quantity) for row in own]
    buyer = fold(own[0].buyer)
    if all(not one or buyer in one for one in said):
        return {buyer} if any(said) else set()
    return {who for one in said if buyer not in one for who in one}


def _inside(keyed: KeyedRows, told: Sequence[Told]) -> set[str]:
    inside = {actor for actor, perimeter in keyed.perimeters.items() if perimeter.inside}
    words = {loose(text): word for word in w.Perimeter for text in word.spellings}
    added = (one for one in told if one.row.table == "actors" and one.column == "perimeter")
    return inside | {one.row.parts[0] for one in added if words[loose(str(one.value))].inside}


def _asked(actor: str, goods: Mapping[str, float], units: Mapping[str, str], language: Language) -> Decision:
    source = either("decision", "décision", language)
    said = ", ".join(
        f"{name} {in_words(quantity, units.get(fold(name), ''), language)}" for name, quantity in goods.items()
    )
    question = either(
        f"{quoted(actor, language)} buys and sells nothing on ({said}). Are these purchases its needs?",
        f"{quoted(actor, language)} achète sans rien revendre ({said}). Ses achats sont-ils ses besoins ?",
        language,
    )

    def rows(word: w.Obligation) -> tuple[AddRow, ...]:
        return tuple(
            AddRow("needs", {"actor": actor, "product": name, "quantity": _tidied(quantity),
                             "obligation": word.label.to(language), "source": source}, source)
            for name, quantity in goods.items()
        )  # fmt: skip

    return Decision(key_of("needs", actor, *sorted(goods, key=fold)), question, (
        Choice(either("yes, wished for", "oui, souhaités", language), rows(w.Obligation.WANT)),
        Choice(either("yes, to be met in any case", "oui, à couvrir obligatoirement", language),
               rows(w.Obligation.MUST)),
        Choice(either("no", "non", language)),
    ))  # fmt: skip


def _tidied(value: float) -> float:
    return float(f"{value:.12g}")
