"""The questions about exchanges of which seller and buyer say different quantities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from filiere.gather.answers.returned import alike
from filiere.gather.collect.rows import KeyedRows, RowKey, value_of
from filiere.gather.complete.edits import Edit, SetCell
from filiere.gather.complete.told import Sayings
from filiere.gather.decide.decision import Choice, Decision, in_words, key_of
from filiere.language import Label, Language, between, either
from filiere.names import fold
from filiere.schema import tables as t
from filiere.workbook.questionnaire.form import Value

SIDES = "two sides / "
"""How the keys of these questions begin."""
_SELLER, _WORKBOOK = Label("seller", "fournisseur"), Label("workbook", "classeur")


def two_sides(key: RowKey, ends: tuple[str, str, str, str], sold: Value, bought: Value, language: Language,
              by_seller: bool = True) -> Decision:  # fmt: skip
    """Return the question about an exchange (from, to, product, unit) of which its ends say different quantities.

    Where the seller said nothing, the figure beside the buyer's is the workbook's (``by_seller`` is false).
    """
    seller, buyer, product, unit = ends
    told, heard = in_words(sold, unit, language), in_words(bought, unit, language)
    teller = _SELLER if by_seller else _WORKBOOK
    question = either(
        f"{product}, from {seller} to {buyer}, this year: the {teller.en} says {told}, the buyer {heard}. "
        "Both stand side by side until you say which holds.",
        f"{product}, {between(seller, buyer).fr}, cette année : le {teller.fr} dit {told}, le client {heard}. "
        "Les deux chiffres restent côte à côte tant que vous n'avez pas tranché.",
        language,
    )
    source = either("decision", "décision", language)

    def held(value: Value) -> tuple[Edit, ...]:
        return SetCell(key, "today", value, source), SetCell(key, "today_buyer", None, source)

    choices = (
        Choice(f"{told} ({teller.to(language)})", held(sold)),
        Choice(either(f"{heard} (buyer)", f"{heard} (client)", language), held(bought)),
        Choice(either("both, weighed by confidence", "les deux, selon leur confiance", language)),
    )
    gap = abs(float(sold) - float(bought)) if isinstance(sold, float) and isinstance(bought, float) else 0.0
    return Decision(key_of("two sides", *key.parts, *([str(key.turn)] if key.turn else [])), question, choices,
                    in_words(gap, unit, language))  # fmt: skip


def sides_decisions(exchanges: Mapping[RowKey, Mapping[str, Value]], sayings: Sayings,
                    language: Language) -> list[Decision]:  # fmt: skip
    """Return the questions about exchanges just added of which seller and buyer say different quantities."""
    found = []
    for key, row in exchanges.items():
        sold, bought = row.get("today"), row.get("today_buyer")
        if sold is not None and bought is not None and not alike(sold, bought):
            seller, buyer, product, unit = (str(row.get(name) or "") for name in ("from_", "to", "product", "unit"))
            said = sayings.by(seller, key, "today", sold)
            found.append(two_sides(key, (seller, buyer, product, unit), sold, bought, language, said))
    return found


def chosen_sides(edits: Sequence[Edit], keyed: KeyedRows, sayings: Sayings,
                 language: Language) -> list[Decision]:  # fmt: skip
    """Return the questions about exchanges of which seller and buyer differ once a decision is written."""
    chosen: dict[RowKey, dict[str, Value]] = defaultdict(dict)
    for edit in edits:
        if isinstance(edit, SetCell) and edit.row.table == "links" and edit.column in ("today", "today_buyer"):
            chosen[edit.row][edit.column] = edit.value
    exchanges = {}
    for key, said in chosen.items():
        row = keyed.rows.get(key)
        if isinstance(row, t.LinkRow):
            unit = keyed.units.get(fold(row.product), "")
            held = {name: value_of(row, name) for name in ("today", "today_buyer")}
            exchanges[key] = {"from_": row.from_, "to": row.to, "product": row.product, "unit": unit, **held, **said}
    return sides_decisions(exchanges, sayings, language)
