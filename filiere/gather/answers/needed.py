"""What those on the territory buy and do not sell on: asked whether these purchases are their needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from filiere.gather.collect.rows import KeyedRows, RowKey, value_of
from filiere.gather.complete.edits import AddRow
from filiere.gather.complete.told import Told
from filiere.gather.decide.decision import Choice, Decision, in_words, key_of
from filiere.language import Language, either, quoted
from filiere.names import fold, loose
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.workbook.questionnaire.form import Value

Exchanges = Mapping[RowKey, Mapping[str, Value]]


def needs_decisions(
    keyed: KeyedRows, exchanges: Exchanges, told: Sequence[Told], asked: Sequence[Decision], language: Language
) -> Iterator[Decision]:
    """Yield one question for each actor on the territory that buys, sells nothing and has no need on any row yet.

    ``exchanges`` are those just added, of which the buyers are asked about; nobody that ``asked`` has a question on.
    """
    rows = [(row.from_, row.to, row.product, _either(value_of(row, "today"), value_of(row, "today_buyer")))
            for _, row in keyed.of("links") if isinstance(row, t.LinkRow)]  # fmt: skip
    new = [(str(one.get("from_")), str(one.get("to")), str(one.get("product")),
            _either(one.get("today"), one.get("today_buyer"))) for key, one in exchanges.items()
           if key not in keyed.rows]  # fmt: skip
    inside = _inside(keyed, told)
    busy = {fold(row[0]) for row in (*rows, *new)} | {fold(row.actor) for row in keyed.tables.processes}
    busy |= {one.row.parts[1] for one in told if one.row.table == "processes"}
    busy |= {fold(row.actor) for row in keyed.tables.needs}
    busy |= {part for one in asked if one.key.startswith("needs / ") for part in one.key.split(" / ")[1:2]}
    bought: dict[str, dict[str, float]] = defaultdict(dict)
    buyers = {fold(to) for _, to, _, _ in new}
    for _, to, product, quantity in (*rows, *new):
        if fold(to) in (inside & buyers) - busy and quantity:
            bought[to][product] = bought[to].get(product, 0.0) + quantity
    units = {**keyed.units, **{one.row.parts[0]: str(one.value) for one in told
                               if one.row.table == "products" and one.column == "unit"}}  # fmt: skip
    for actor, goods in bought.items():
        yield _asked(actor, goods, units, language)


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
            AddRow("needs", {"actor": actor, "product": name, "quantity": float(f"{quantity:.12g}"),
                             "obligation": word.label.to(language), "source": source}, source)
            for name, quantity in goods.items()
        )  # fmt: skip

    return Decision(key_of("needs", actor, *sorted(goods, key=fold)), question, (
        Choice(either("yes, wished for", "oui, souhaités", language), rows(w.Obligation.WANT)),
        Choice(either("yes, to be met in any case", "oui, à couvrir obligatoirement", language),
               rows(w.Obligation.MUST)),
        Choice(either("no", "non", language)),
    ))  # fmt: skip


def _either(one: Value, other: Value) -> float:
    return next((value for value in (one, other) if isinstance(value, float | int)), 0.0)
