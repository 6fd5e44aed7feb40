"""What has to be decided between today and the plan, and what refusing it would cost, each in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from filiere.analysis.today.action import Action
from filiere.analysis.today.decisions import Decision
from filiere.language import Label, after_colon, listed
from filiere.report.explain.figures import unit_of_level
from filiere.report.view import View
from filiere.units import is_counted

FIRST_PAGE = 12
"""How many decisions stand on the first page."""
NAMED = 5
"""How many of the steps that go along are named, and how many customers of one swap."""

VERBS = {
    "create": Label("Create", "Créer"),
    "grow": Label("Grow", "Développer"),
    "shrink": Label("Shrink", "Réduire"),
    "end": Label("End", "Arrêter"),
    "open": Label("Open", "Ouvrir"),
    "enlarge": Label("Enlarge", "Agrandir"),
    "start": Label("Start", "Démarrer"),
    "raise": Label("Raise", "Augmenter"),
    "lower": Label("Lower", "Réduire"),
    "stop": Label("Stop", "Arrêter"),
}
"""What is done, in a word."""
SWITCH = Label("Switch", "Remplacer")

_DONE = {
    "create": Label("Create the relation {what}: {after}{price}.", "Créer l'échange {what} : {after}{price}."),
    "grow": Label("Grow the relation {what}: from {before} to {after}{price}.",
                  "Développer l'échange {what} : de {before} à {after}{price}."),
    "shrink": Label("Shrink the relation {what}: from {before} to {after}{price}.",
                    "Réduire l'échange {what} : de {before} à {after}{price}."),
    "end": Label("End the relation {what}: {before} today{price}.",
                 "Arrêter l'échange {what} : {before} cette année{price}."),
    "open": Label("Open the activity {what}: {after}.", "Ouvrir l'activité {what} : {after}."),
    "enlarge": Label("Enlarge the activity {what}: capacity from {before} to {after}.",
                     "Agrandir l'activité {what} : capacité de {before} à {after}."),
    "start": Label("Start the activity {what}: {after}.", "Démarrer l'activité {what} : {after}."),
    "raise": Label("Raise the activity {what}: from {before} to {after}.",
                   "Augmenter l'activité {what} : de {before} à {after}."),
    "lower": Label("Lower the activity {what}: from {before} to {after}.",
                   "Réduire l'activité {what} : de {before} à {after}."),
    "stop": Label("Stop the activity {what}: {before} today.", "Arrêter l'activité {what} : {before} cette année."),
}  # fmt: skip
_SUPPLIERS = Label("{product} for {buyers}: turn to {more} rather than to {less}{prices}.",
                   "{product}, pour {buyers} : s'adresser à {more} plutôt qu'à {less}{prices}.")  # fmt: skip
_PRICES = Label("; mean price {now} instead of {then}", " ; prix moyen de {now} au lieu de {then}")
_ACTIVITIES = Label("{actor}: {more} in place of {less}.", "{actor} : {more} à la place de {less}.")
_AMOUNTS = {
    "begins": Label("{after}", "{after}"),
    "moves": Label("from {before} to {after}", "de {before} à {after}"),
    "ends": Label("{before} today, none after", "{before} cette année, plus rien ensuite"),
}
_TRACES = (
    Label("One small change of under 1 % of what flows of its product, or half a unit, worth {money} at reference "
          "prices: nothing to decide.",
          "Un petit écart de moins de 1 % du flux de son produit, ou d'une demi-unité, soit {money} au prix de "
          "référence : rien à décider."),
    Label("{count} small changes, each under 1 % of what flows of its product or half a unit, worth {money} in all at "
          "reference prices: nothing to decide.",
          "{count} petits écarts, chacun de moins de 1 % du flux de son produit ou d'une demi-unité, soit {money} en "
          "tout au prix de référence : rien à décider."),
)  # fmt: skip


def decided(view: View, decision: Decision) -> str:
    """Say what is decided: a swap with both its faces, an activity, or one relation."""
    if decision.swaps and decision.lead.of_link:
        return _suppliers(view, decision)
    if decision.swaps:
        more, less = ([step for step in decision.own if step.increases is up] for up in (True, False))
        sides = (listed((f"{s.names[0]} ({_amounts(view, s)})" for s in side), view.language) for side in (more, less))
        said = dict(zip(("more", "less"), sides, strict=True))
        return view.set(_ACTIVITIES.fill(actor=decision.lead.names[1], **said))
    return done(view, decision.lead)


def along(view: View, decision: Decision) -> str:
    """Name what goes with it: ingredients, deliveries, what another actor starts for it."""
    told = decided_of(decision)
    steps = [step for step in (*decision.heads, *decision.along) if step not in told]
    named = [_short(view, step) for step in steps[:NAMED]]
    left = len(steps) - len(named)
    if left > 0:
        named.append(view.counted(left, ("more", "more"), ("autre", "autres")))
    return listed(named, view.language)


def decided_of(decision: Decision) -> tuple[Action, ...]:
    """Return the steps that the sentence of a decision speaks of."""
    return decision.own if decision.swaps else (decision.lead,)


def traces(view: View, steps: Sequence[Action]) -> str:
    """Say in one line what is too small to decide."""
    money = view.money(sum(step.worth for step in steps))
    return view.set(_TRACES[len(steps) > 1].fill(count=view.number(len(steps)), money=money))


def _suppliers(view: View, decision: Decision) -> str:
    product = decision.lead.names[2]
    buyers = list(dict.fromkeys(step.names[1] for step in decision.heads))
    named = buyers[:NAMED]
    if len(buyers) > NAMED:
        named.append(view.counted(len(buyers) - NAMED, ("more", "more"), ("autre", "autres")))
    prices = ""
    now, then = _mean_price(decision.more), _mean_price(decision.less)
    if now is not None and then is not None and now > 0.0 and then > 0.0 and abs(now - then) > 1e-6 * then:
        unit = view.chain.products[product].unit
        prices = view.set(_PRICES.fill(now=f"{view.money(now)}/{unit}", then=f"{view.money(then)}/{unit}"))
    return view.set(_SUPPLIERS.fill(
        product=product, buyers=listed(named, view.language), prices=prices,
        more=_sellers(view, decision.more), less=_sellers(view, decision.less),
    ))  # fmt: skip


def _sellers(view: View, steps: Sequence[Action]) -> str:
    """Name each supplier with its amounts, those of several customers added up."""
    before: dict[str, float] = defaultdict(float)
    after: dict[str, float] = defaultdict(float)
    for step in steps:
        before[step.names[0]] += step.before
        after[step.names[0]] += step.after
    product = steps[0].names[2]
    said = []
    for name, then in before.items():
        now = after[name]
        moves = _moves(view, amount(view, then, product), amount(view, now, product))
        said.append(f"{name} ({moves})")
    return listed(said, view.language)


def _mean_price(steps: Sequence[Action]) -> float | None:
    """The mean price of what moves."""
    known = [(abs(step.after - step.before), step.price) for step in steps if step.price is not None]
    moved = sum(quantity for quantity, _ in known)
    return sum(quantity * price for quantity, price in known) / moved if moved > 0.0 else None


def done(view: View, step: Action) -> str:
    """Say what has to be done in one step, by how much and at what price."""
    before, after = _both(view, step)
    return view.set(_DONE[step.kind].fill(what=_what(step), before=before, after=after, price=_price(view, step)))


def _what(step: Action) -> str:
    if step.of_link:
        seller, buyer, product = step.names
        return f"{seller} → {buyer}, {product}"
    return f"{step.names[0]} ({step.names[1]})"


def _short(view: View, step: Action) -> str:
    """``Mill → Bakery, flour (from 40 t to 60 t)``."""
    return f"{_what(step)} ({_amounts(view, step)})"


def _both(view: View, step: Action) -> tuple[str, str]:
    if step.of_link:
        return amount(view, step.before, step.names[2]), amount(view, step.after, step.names[2])
    return run(view, step.process, step.before), run(view, step.process, step.after)


def _amounts(view: View, step: Action) -> str:
    return _moves(view, *_both(view, step))


def _moves(view: View, before: str, after: str) -> str:
    none, then, now = (written.split("\u00a0")[0] for written in (view.number(0.0), before, after))
    kind = "begins" if then == none else "ends" if now == none else "moves"
    return view.set(_AMOUNTS[kind].fill(before=before, after=after))


def amount(view: View, value: float, product: str) -> str:
    """Write a quantity with its unit; what is counted one by one is whole."""
    unit = view.chain.products[product].unit
    return view.in_unit(round(value) if is_counted(unit) else value, unit)


def run(view: View, key: tuple[str, str], level: float) -> str:
    """Write how much an activity does: in the unit of its level, else in what it makes that is worth most."""
    process, products = view.chain.processes[key], view.chain.products
    unit = unit_of_level(view.chain, process)
    if unit and not is_counted(unit):
        return view.in_unit(level, unit)
    if not process.outputs:
        said = view.number(round(level) if process.whole else level)
        return after_colon(view.pick("level", "volume d'activité"), said, view.language)
    best = max(process.outputs, key=lambda p: (process.outputs[p] * products[p].value, p))
    return amount(view, level * process.outputs[best], best)


def _price(view: View, step: Action) -> str:
    if not step.price:
        return ""
    paid = f"{view.money(abs(step.price))}/{view.chain.products[step.names[2]].unit}"
    if step.price < 0.0:
        return view.pick(f", {paid} paid by the giver", f", {paid} payés par celui qui donne")
    return view.pick(f", at {paid}", f", à {paid}")
