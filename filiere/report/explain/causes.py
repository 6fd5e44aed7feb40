"""The plain reason for a chain without a plan, and the changes that would make one, in sentences with cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from filiere.chain.chain import Chain
from filiere.chain.check.reach import Reach
from filiere.language import Label, Language, after_colon, listed, quoted
from filiere.model.facts import EQUATION_FACTS, Asks
from filiere.problems import Cell
from filiere.report.explain.figures import amount_of, named, plain_number, set_in, subject_of, unit_of
from filiere.schema import words as w
from filiere.solution.solution import Cause, Mention, Repair

_NEEDS = Label(
    "{actor} needs {asked} of {product}{period} ({cell}), but can get at most {reached}",
    "{actor} a besoin de {asked} de {product}{period} ({cell}), mais ne peut en obtenir que {reached}",
)
_MISSING = Label(
    "{actor} needs {asked} of {product}{period} ({cell}), but nothing described here can bring it: no link, no "
    "resource, no activity",
    "{actor} a besoin de {asked} de {product}{period} ({cell}), mais rien de ce qui est décrit ne peut l'apporter : ni "
    "échange, ni ressource, ni activité",
)
_START = Label("; a supplier is missing: {places}", " ; il manque un fournisseur : {places}")
_FOR = Label("{product} for {actor}", "{product} pour {actor}")
_UNREACHED = Label(
    "{actor} gets no {product}: a supplier is missing: {places}.",
    "{actor} n'a rien du produit {product} : il manque un fournisseur : {places}.",
)
_NAMED = 3
"""How many missing suppliers are named."""
_EXACT = Label(
    "{actor} must get exactly {asked} of {product}{period} ({cell}), but the nearest that comes is {reached}",
    "{actor} doit recevoir exactement {asked} de {product}{period} ({cell}), mais ce qui s'en approche le plus est "
    "{reached}",
)
_MINIMUM = Label(
    "{what} asks for at least {asked} ({cell}), but {reached} is the most that can be",
    "{what} demande au moins {asked} ({cell}), mais on ne peut dépasser {reached}",
)
_WORSE = Label(
    "{actor} should be no worse off than today ({asked} of receipts less outlays; {cell}), but {reached} is the most "
    "that can be left to it",
    "{actor} ne devrait rien perdre par rapport à cette année ({asked} de recettes moins dépenses ; {cell}), mais il "
    "ne peut lui rester que {reached} au plus",
)
_FINAL = Label(
    "{what} should be {asked} ({cell}), but would be {reached}", "{what} devrait être de {asked} ({cell}), mais serait "
    "de {reached}",
)  # fmt: skip
_RULE = Label(
    "the rule {name} ({sense} {asked}, {cell}) cannot hold{reached}",
    "la règle {name} ({sense} {asked}, {cell}) ne peut pas être respectée{reached}",
)
_RULE_REACHED = Label("; the nearest is {reached}", " ; au mieux, on atteint {reached}")
_BUDGET = Label(
    "the budget of {actor} ({cell}) cannot balance: {short} is missing",
    "le budget de {actor} ({cell}) ne peut pas être équilibré : il manque {short}",
)
_PERIOD = Label(" in the period {period}", " pour la période {period}")
_CLAIMS = Label("; at the same time {claims} must hold", " ; il faut aussi tenir {claims}")
_CALENDAR = Label(
    "Over the whole year it would fit: the calendar “free” for {which} would be enough.",
    "Sur l'année entière, le compte y est : le calendrier «\u00a0libre\u00a0» pour {which} suffirait.",
)
_OF_THIS = Label(
    "Over the whole year this would fit: the calendar “free” for {which} would be enough for it, and something else "
    "would still be in the way.",
    "Sur l'année entière, ce compte-là y est : le calendrier «\u00a0libre\u00a0» pour {which} y suffirait, mais "
    "d'autres chiffres s'opposeraient encore.",
)
_OR = Label("or", "ou")
_ONE = Label("The smallest change that would make a plan possible:", "Le plus petit changement qui suffirait :")
_MANY = Label(
    "At least {count} figures must change; the smallest changes that would make a plan possible, together:",
    "Il faut changer au moins {count} chiffres ; les plus petits changements qui suffiraient, ensemble :",
)
_SOME = Label(
    "Many figures must change; these {count} changes would make a plan possible, together:",
    "Beaucoup de chiffres sont à changer ; ces {count} changements suffiraient, ensemble :",
)
_CHANGE = Label("{what}: {before} → {after}", "{what} : {before} → {after}")


def cause_lines(chain: Chain, causes: Iterable[Cause], language: Language) -> list[str]:
    """Return one sentence a cause: what is asked, what can be reached, and what holds it back."""
    return [_capital(set_in(language, cause_line(chain, cause, language))) for cause in causes]


def cause_line(chain: Chain, cause: Cause, language: Language) -> str:
    """Return the sentence of one cause."""
    asked = cause.asked
    text = _head(chain, cause, language)
    if cause.kind == "missing":
        text += _behind(chain, cause, language)
    if cause.limits:
        held_back = ", ".join(_limit(chain, mention, asked, language) for mention in cause.limits)
        text = after_colon(text, held_back, language)
    if cause.claims:
        claims = listed(
            (
                f"{named(chain, c.row, c.subject, language)} ({', '.join(_claim(chain, c, language))})"
                for c in cause.claims
            ),
            language,
        )
        text += _CLAIMS.fill(claims=claims).to(language)
    text += "."
    if cause.calendars:
        which = f" {_OR.to(language)} ".join(
            f"{subject_of(chain, c.row, c.subject, language)}{_place(c.cell)}" for c in cause.calendars
        )
        text += " " + (_CALENDAR if cause.alone else _OF_THIS).fill(which=which).to(language)
    return text


def missing_suppliers(chain: Chain, language: Language) -> list[str]:
    """Return one sentence for each want that nothing described can serve: whose supplier is missing, of what."""
    reach = Reach(chain)
    told: dict[tuple[str, str], str] = {}
    for need in chain.needs:
        place = (need.actor, need.product)
        wanted = need.quantity and need.obligation is w.Obligation.WANT and need.product in chain.products
        if wanted and not reach.reaches(place):
            named = _named(reach.starts(place), language)
            told[place] = _UNREACHED.fill(actor=need.actor, product=need.product, places=named).to(language)
    return [set_in(language, text) for text in told.values()]


def _behind(chain: Chain, cause: Cause, language: Language) -> str:
    """Name what has no supplier at the start of every way that fails: flour for a bakery, wheat for its mill."""
    actor, product = cause.asked.subject[:2]
    if actor not in chain.actors or product not in chain.products:
        return ""
    start = [place for place in Reach(chain).starts((actor, product)) if place != (actor, product)]
    return _START.fill(places=_named(start, language)).to(language) if start else ""


def _named(places: Sequence[tuple[str, str]], language: Language) -> str:
    """``wheat for the mill and salt for the bakery``."""
    return listed((_FOR.fill(product=of, actor=who).to(language) for who, of in places[:_NAMED]), language)


def _head(chain: Chain, cause: Cause, language: Language) -> str:
    asked = cause.asked
    amount = amount_of(chain, asked.row, asked.subject, asked.amount, language)
    reached = amount_of(chain, asked.row, asked.subject, cause.reached, language)
    cell = str(asked.cell) if asked.cell else "–"
    if cause.kind in ("short", "missing", "exact"):
        periods = {period.name for period in chain.periods}
        period = asked.subject[-1] if asked.subject[-1] in periods and len(periods) > 1 else ""
        said = _PERIOD.fill(period=quoted(period, language)).to(language) if period else ""
        label = {"missing": _MISSING, "exact": _EXACT}.get(cause.kind, _NEEDS)
        return label.fill(
            actor=asked.subject[0], product=asked.subject[1], asked=amount, reached=reached, period=said, cell=cell
        ).to(language)
    if cause.kind == "budget":
        short = amount_of(chain, asked.row, asked.subject, abs(cause.reached - asked.amount), language)
        return _BUDGET.fill(actor=quoted(asked.subject[0], language), short=short, cell=cell).to(language)
    if cause.kind == "rule":
        rule = next(rule for rule in chain.limits if rule.name == asked.subject[0])
        near = "" if rule.basis is not w.LimitBasis.ABSOLUTE else _RULE_REACHED.fill(reached=reached).to(language)
        return _RULE.fill(
            name=quoted(rule.name, language), sense=rule.sense.label, asked=amount, cell=cell, reached=near
        ).to(language)
    if EQUATION_FACTS[asked.row].asks is Asks.FLOOR:
        actor = quoted(asked.subject[0], language)
        return _WORSE.fill(actor=actor, asked=amount, reached=reached, cell=cell).to(language)
    label = _FINAL if EQUATION_FACTS[asked.row].asks is Asks.FINAL else _MINIMUM
    what = named(chain, asked.row, asked.subject, language)
    return label.fill(what=what, asked=amount, reached=reached, cell=cell).to(language)


def _limit(chain: Chain, mention: Mention, asked: Mention, language: Language) -> str:
    """What holds it back: its name, its size, its cell; an activity's in the product asked for, where it makes it."""
    process = chain.processes.get((mention.subject[0], mention.subject[1])) if len(mention.subject) > 1 else None
    made = process.outputs.get(asked.subject[1]) if process and len(asked.subject) > 1 else None
    facts = EQUATION_FACTS[mention.row]
    if facts.field == "capacity" and facts.table == "processes" and made:
        unit = unit_of(chain, asked.row, asked.subject, language, abs(mention.amount * made))
        amount = plain_number(mention.amount * made, language) + (f"\u00a0{unit}" if unit else "")
        name = subject_of(chain, mention.row, mention.subject, language)
        return f"{name} {amount}{_place(mention.cell)}"
    what = named(chain, mention.row, mention.subject, language)
    return what + (_place(mention.cell) if facts.field is None else f" {_size(chain, mention, language)}")


def _size(chain: Chain, mention: Mention, language: Language) -> str:
    return amount_of(chain, mention.row, mention.subject, mention.amount, language) + _place(mention.cell)


def _claim(chain: Chain, mention: Mention, language: Language) -> Iterator[str]:
    """What else asks at the same time, in brackets already: how much, and its cell."""
    yield amount_of(chain, mention.row, mention.subject, mention.amount, language)
    if mention.cell:
        yield str(mention.cell)


def _place(cell: Cell | None) -> str:
    return f" ({cell})" if cell else ""


def repair_lines(chain: Chain, repairs: tuple[Repair, ...], language: Language, proved: bool = True) -> list[str]:
    """Return a head and one line a figure to change."""
    if not repairs:
        return []
    head = _ONE if len(repairs) == 1 else (_MANY if proved else _SOME).fill(count=str(len(repairs)))
    lines = [head.to(language)]
    for repair in repairs:
        line = repair_line(chain, repair, language)
        lines.append("  " + (after_colon(str(repair.cell), line, language) if repair.cell else line))
    return [set_in(language, line) for line in lines]


def repair_line(chain: Chain, repair: Repair, language: Language) -> str:
    """Return what a figure should become, rounded to the side that still works."""
    up = repair.after > repair.before
    return _CHANGE.fill(
        what=named(chain, repair.row, repair.subject, language),
        before=amount_of(chain, repair.row, repair.subject, repair.before, language),
        after=amount_of(chain, repair.row, repair.subject, repair.after, language, up),
    ).to(language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
