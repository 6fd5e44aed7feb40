"""How a figure of the workbook is named and written in a sentence, whatever its sheet."""

from __future__ import annotations

import math

from filiere.chain.chain import Chain, Limit, Process
from filiere.language import Label, Language, listed, number, percent, quoted, several, sign_of, typeset
from filiere.model.facts import EQUATION_FACTS, Counted, facts_of
from filiere.schema import words as w
from filiere.schema.limit_measures import Told, limit_measure
from filiere.units import after_count

_BARE = Label("{subject}", "{subject}")
"""What is no figure of its own is spoken of by its subject alone."""
_OUTLET = Label("the outlet of {subject}", "le débouché de {subject}")
_ACTIVITY = (Label("unit of activity", "unité d'activité"), Label("units of activity", "unités d'activité"))


def named(
    chain: Chain, row: str, subject: tuple[str, ...], language: Language, asked: bool | None = None
) -> str:  # fmt: skip
    """Return a figure's name, such as ``la capacité de mouture, Moulin de Meylan``.

    ``asked``: whether a need is asked for, where that is known; it is no outlet then, though its actor has one too.
    """
    facts = EQUATION_FACTS.get(row)
    noun = facts.noun if facts is not None else None
    outlet = _is_outlet(chain, subject) if asked is None else not asked
    if facts is not None and facts.table == "needs" and outlet:
        noun = _OUTLET
    said = subject_of(chain, row, subject, language)
    return (noun or _BARE).fill(subject=said).to(language)


def _is_outlet(chain: Chain, subject: tuple[str, ...]) -> bool:
    """Whether somebody takes what there is of a product, and asks for none of it."""
    firmness = {need.obligation for need in chain.needs if (need.actor, need.product) == subject[:2]}
    return firmness == {w.Obligation.OUTLET}


def subject_of(chain: Chain, row: str, subject: tuple[str, ...], language: Language) -> str:
    """Name what a row is about; a relation as ``A → B, product``; the period, where there are several, last."""
    periods = {period.name for period in chain.periods}
    parts = [part for part in subject if len(periods) > 1 or part not in periods]
    facts = facts_of(row)
    table = getattr(facts, "table", None)
    if table == "actors":
        return listed(parts, language)
    if table == "limits" or len(parts) < 2:
        return listed([quoted(part, language) for part in parts], language)
    if facts.arrow:
        return ", ".join([f"{parts[0]} → {parts[1]}", *parts[2:]])
    return ", ".join(parts)


def amount_of(
    chain: Chain, row: str, subject: tuple[str, ...], value: float, language: Language, up: bool | None = None
) -> str:
    """Write a figure with its unit where the row has one; ``up`` rounds upwards or downwards, for who types it."""
    if facts_of(row).counted is Counted.PART:
        return percent(rounded(value, up, 3), language)
    if facts_of(row).counted is Counted.RULE:
        rule = next((r for r in chain.limits if r.name in subject), None)
        if rule is not None and rule.basis is not w.LimitBasis.ABSOLUTE:
            return percent(rounded(value, up, 3), language)
    return _with_unit(chain, row, subject, value, language, up)


def room_of(chain: Chain, row: str, subject: tuple[str, ...], value: float, language: Language) -> str:
    """Write by how much a row gives way.

    That of a share (its sum less value x the whole) is an amount of what is summed: it is no share itself.
    """
    return _with_unit(chain, row, subject, value, language, None)


def _with_unit(
    chain: Chain, row: str, subject: tuple[str, ...], value: float, language: Language, up: bool | None
) -> str:
    written = plain_number(value, language, up)
    unit = unit_of(chain, row, subject, language, abs(value))
    return f"{written}\u00a0{unit}" if unit else written


def unit_of(chain: Chain, row: str, subject: tuple[str, ...], language: Language, count: float = 1.0) -> str:
    """Return the unit of a row's figure, empty where it has none; ``count`` says whether it is plural."""
    counted = facts_of(row).counted
    if counted is Counted.RULE:
        rule = next((r for r in chain.limits if r.name in subject), None)
        return unit_of_rule(chain, rule, language) if rule else ""
    if counted is Counted.LEVELS and subject[:2] in chain.processes:
        process = chain.processes[subject[0], subject[1]]
        unit = unit_of_level(chain, process)
        return after_count(unit, count, language) if unit else _ACTIVITY[several(count, language)].to(language)
    if counted is Counted.MONEY:
        return sign_of(chain.settings.currency)
    if counted is Counted.LOAD:
        units = {chain.products[link.product].unit for link in chain.links if link.round and link.round in subject}
        return after_count(units.pop(), count, language) if len(units) == 1 else "kg"
    product = next((chain.products[part] for part in subject if part in chain.products), None)
    if counted is Counted.GOODS and product:
        return after_count(product.unit, count, language)
    return ""


def unit_of_level(chain: Chain, process: Process) -> str:
    """Return the unit of a level: that of the product of which one level makes, or else takes, exactly one.

    The product of most value where there are several; a service only where no good is counted so, and it is made: an
    hour of work is taken by much that is not counted in hours. Empty where there is none.
    """
    made, taken = ([chain.products[name] for name, amount in side.items() if amount == 1.0]
                   for side in (process.outputs, process.inputs))  # fmt: skip
    goods = ([product for product in side if not product.service] for side in (made, taken))
    for found in (*goods, made):
        if found:
            return max(found, key=lambda product: (product.value, product.name)).unit
    return ""


def unit_of_rule(chain: Chain, rule: Limit, language: Language) -> str:
    """Return the unit of what a rule sums; empty for a count, a level, a measure, or products of several units."""
    facts = limit_measure(rule.measure)
    if facts is None or facts.unit is Told.COUNT:
        return ""
    if facts.unit is Told.MONEY:
        return sign_of(chain.settings.currency)
    if isinstance(facts.unit, Told):
        names = chain.products if rule.scope.products is None else rule.scope.products
        units = {chain.products[name].unit for name in names}
        return units.pop() if len(units) == 1 else ""
    return facts.unit.to(language)


def plain_number(value: float, language: Language, up: bool | None = None) -> str:
    """Write a number as it is read aloud; ``up`` says which way to round it."""
    size = abs(value)
    digits = 0 if size >= 1000 or value == int(value) else 1 if size >= 10 else 3
    text = number(rounded(value, up, digits), language, digits)
    return text.rstrip("0").rstrip(",.") if digits and ("," in text or "." in text) else text


def is_seen(written: str) -> bool:
    """Whether a written amount is more than nothing: what reads as 0 is no effect."""
    return any(sign in "123456789∞" for sign in written)


def rounded(value: float, up: bool | None, digits: int) -> float:
    """Return a value with so many digits, rounded upwards or downwards where ``up`` says which."""
    if up is None:
        return value
    factor = 10.0**digits
    # What is a whole number of steps but for rounding stays where it is.
    steps = value * factor
    near = round(steps)
    if abs(steps - near) <= 1e-6 * max(1.0, abs(near)):
        return near / factor
    return (math.ceil(steps) if up else math.floor(steps)) / factor


def set_in(language: Language, text: str) -> str:
    """Return a sentence set as its language is."""
    return typeset(text, language)
