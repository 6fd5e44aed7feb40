"""What has to be decided between today and the plan, and what refusing it would cost, each in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from filiere.analysis.today.action import Action
from filiere.analysis.today.decisions import HALF, Decision
from filiere.language import Label, after_colon, listed, of_name, to_name
from filiere.report.explain.figures import unit_of_level
from filiere.report.view import View
from filiere.units import after_count, is_counted

FIRST_PAGE = 12
"""How many decisions stand on the first page."""
NAMED = 5
"""How many customers of one swap are named."""
PAIRS = 2
"""How many deliveries of one product that go along are named one by one."""
ALONG = 4
"""How many products that go along are told with their amounts; the others are named."""

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
    "open": Label("Open the activity {what}: {after}{made}.", "Ouvrir l'activité {what} : {after}{made}."),
    "enlarge": Label("Enlarge the activity {what}: capacity from {before} to {after}{runs}{made}.",
                     "Agrandir l'activité {what} : capacité de {before} à {after}{runs}{made}."),
    "start": Label("Start the activity {what}: {after}{made}.", "Démarrer l'activité {what} : {after}{made}."),
    "raise": Label("Raise the activity {what}: from {before} to {after}{made}.",
                   "Augmenter l'activité {what} : de {before} à {after}{made}."),
    "lower": Label("Lower the activity {what}: from {before} to {after}{made}.",
                   "Réduire l'activité {what} : de {before} à {after}{made}."),
    "stop": Label("Stop the activity {what}: {before} today.", "Arrêter l'activité {what} : {before} cette année."),
}  # fmt: skip
_NOT_KNOWN = Label(" (today: not typed)", " (cette année : pas saisi)")
_MADE = Label(" ({product}: {moves})", " ({product} : {moves})")
_RUNS = Label(", of which {before} used today and {after} in the plan",
              ", dont {before} utilisés cette année et {after} dans le plan")  # fmt: skip
_SUPPLIERS = Label("{product} for {buyers}: turn to {more} rather than to {less}{beyond}{prices}.",
                   "{product}, pour {buyers} : s'adresser {more} plutôt qu'{less}{beyond}{prices}.")  # fmt: skip
_MOSTLY_NEW = Label("{product} for {buyers}: take {new} more in all, from {more}; {moved} no longer come from {less}"
                    "{prices}.",
                    "{product}, pour {buyers} : prendre {new} de plus en tout, auprès {more} ; {moved} ne viennent "
                    "plus {less}{prices}.")  # fmt: skip
_BEYOND = (
    Label("; {amount} less in all", " ; {amount} de moins en tout"),
    Label("; {amount} more in all", " ; {amount} de plus en tout"),
)
_MOSTLY = 0.5
"""Where less than this share of what begins takes the place of something, most of it is new."""
_ROUNDED = 0.01
"""A number of things this close to a whole one, as a share of it, is that one."""
_EVEN = 0.02
"""What moves from one supplier to another may differ by this share and still be said to be the same."""
_CHEAPER = Label("; mean price {now} instead of {then}", " ; prix moyen de {now} au lieu de {then}")
_DEARER = Label("; dearer: mean price {now} instead of {then}, {money} more a year for what changes suppliers",
                " ; plus cher : prix moyen de {now} au lieu de {then}, soit {money} de plus par an pour ce qui change "
                "de fournisseur")  # fmt: skip
_FURTHER = Label("and {products}: see the table “Relations”", "ainsi que {products} : voir le tableau « Échanges »")
_MEAN = Label(", {number} on average", ", {number} en moyenne")
_ASIDE = Label(" ({number} on average)", " ({number} en moyenne)")
"""The same where words about the amount follow."""
_LESS_THAN_ONE = Label("less than 1 {unit}", "moins de 1 {unit}")
_ACTIVITIES = Label("{actor}: {more} in place of {less}.", "{actor} : {more} à la place de {less}.")
_AMOUNTS = {
    "begins": Label("{after}", "{after}"),
    "moves": Label("from {before} to {after}", "de {before} à {after}"),
    "ends": Label("{before} today, none after", "{before} cette année, plus rien ensuite"),
}


def decided(view: View, decision: Decision) -> str:
    """Say what is decided: a swap with both its faces, an activity, or one relation."""
    if decision.swaps and decision.lead.of_link:
        return _suppliers(view, decision)
    if decision.swaps:
        more, less = ([step for step in decision.own if step.increases is up] for up in (True, False))
        sides = (listed((f"{s.names[0]} ({amounts(view, s)})" for s in side), view.language) for side in (more, less))
        said = dict(zip(("more", "less"), sides, strict=True))
        return view.set(_ACTIVITIES.fill(actor=decision.lead.names[1], **said))
    return done(view, decision.lead)


def along(view: View, decision: Decision) -> str:
    """Name what goes with it: activities one by one, the deliveries that move most product by product, and of the
    others which products they are of.
    """
    told = decided_of(decision)
    steps = [step for step in (*decision.heads, *decision.along) if step not in told]
    parts = [short(view, step) for step in steps if not step.of_link]
    groups: dict[tuple[str, bool], list[Action]] = {}
    for step in steps:
        if step.of_link:
            groups.setdefault((step.names[2], step.increases), []).append(step)
    order = sorted(groups.values(), key=lambda rows: (-sum(step.worth for step in rows), rows[0].names))
    most = ALONG if len(order) > ALONG + 1 else len(order)
    parts += [_together(view, rows) for rows in order[:most]]
    if order[most:]:
        names = dict.fromkeys(rows[0].names[2] for rows in order[most:])
        parts.append(view.set(_FURTHER.fill(products=listed(names, view.language))))
    return view.pick("; ", " ; ").join(parts)


def _together(view: View, rows: Sequence[Action]) -> str:
    """Name one step, or the largest of several deliveries of one product and what the others come to."""
    named = [short(view, step) for step in rows[:PAIRS]]
    rest = rows[PAIRS:]
    if rest:
        product = rest[0].names[2]
        before, after = (sum(getattr(step, side) for step in rest) for side in ("before", "after"))
        count = view.counted(len(rest), ("more delivery", "more deliveries"), ("autre livraison", "autres livraisons"))
        moves = _moves(view, amount(view, before, product), amount(view, after, product))
        named.append(f"{count} ({moves})")
    return listed(named, view.language)


def decided_of(decision: Decision) -> tuple[Action, ...]:
    """Return the steps that the sentence of a decision speaks of."""
    return decision.own if decision.swaps else (decision.lead,)


def _suppliers(view: View, decision: Decision) -> str:
    """Say who takes the place of whom, how much is no mere change of suppliers, and what is dearer by how much."""
    product = decision.lead.names[2]
    buyers = list(dict.fromkeys(step.names[1] for step in decision.heads))
    named = buyers[:NAMED]
    if len(buyers) > NAMED:
        named.append(view.counted(len(buyers) - NAMED, ("more", "more"), ("autre", "autres")))
    begun, ended = (sum(abs(step.after - step.before) for step in side) for side in (decision.more, decision.less))
    beyond = begun - ended
    mostly_new = ended < _MOSTLY * begun
    told = ""
    if not mostly_new and abs(beyond) > _EVEN * max(begun, ended):
        told = view.set(_BEYOND[beyond > 0.0].fill(amount=amount(view, abs(beyond), product, _ASIDE)))
    put = of_name if mostly_new else to_name
    return view.set((_MOSTLY_NEW if mostly_new else _SUPPLIERS).fill(
        product=product, buyers=listed(named, view.language), beyond=told,
        prices=_prices(view, decision), new=amount(view, beyond, product, _ASIDE),
        moved=amount(view, ended, product, _ASIDE),
        more=_sellers(view, decision.more, put), less=_sellers(view, decision.less, put),
    ))  # fmt: skip


def _prices(view: View, decision: Decision) -> str:
    """Say at which mean price, where it is another, and what that comes to where it is dearer."""
    moves = moved_prices(decision)
    moved = sum(one.moved for one in moves)
    if moved <= 0.0:
        return ""
    now, then = (sum(one.moved * price for one, price in zip(moves, side, strict=True)) / moved
                 for side in ([one.now for one in moves], [one.then for one in moves]))  # fmt: skip
    if now <= 0.0 or then <= 0.0 or abs(now - then) <= 1e-6 * then:
        return ""
    unit = view.chain.products[decision.lead.names[2]].unit
    prices = {"now": f"{view.money(now)}/{unit}", "then": f"{view.money(then)}/{unit}"}
    if now < then:
        return view.set(_CHEAPER.fill(**prices))
    return view.set(_DEARER.fill(money=view.money((now - then) * moved), **prices))


@dataclass(frozen=True)
class Moved:
    """What one buyer takes from other suppliers than before, at which mean price now and then."""

    buyer: str
    moved: float
    now: float
    then: float


def moved_prices(decision: Decision) -> list[Moved]:
    """Return what each buyer of a swap moves: prices are compared for one buyer, not for a mean of several."""
    found = []
    for buyer in dict.fromkeys(step.names[1] for step in decision.more):
        more, less = ([step for step in side if step.names[1] == buyer] for side in (decision.more, decision.less))
        now, then = _mean_price(more), _mean_price(less)
        if now is not None and then is not None:
            begun, ended = (sum(abs(step.after - step.before) for step in side) for side in (more, less))
            found.append(Moved(buyer, min(begun, ended), now, then))
    return found


def _sellers(view: View, steps: Sequence[Action], put: Callable[[str], str]) -> str:
    """Name each supplier with its amounts, those of several customers added up, behind the French preposition."""
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
        said.append(f"{Label(name, put(name)).to(view.language)} ({moves})")
    return listed(said, view.language)


def _mean_price(steps: Sequence[Action]) -> float | None:
    """The mean price of what moves."""
    known = [(abs(step.after - step.before), step.price) for step in steps if step.price is not None]
    moved = sum(quantity for quantity, _ in known)
    return sum(quantity * price for quantity, price in known) / moved if moved > 0.0 else None


def done(view: View, step: Action) -> str:
    """Say what has to be done in one step, by how much and at what price."""
    before, after = _both(view, step)
    runs, made = "", _makes(view, step)
    if step.runs is not None and step.known:
        used = (run(view, step.process, level) for level in step.runs)
        runs = view.set(_RUNS.fill(**dict(zip(("before", "after"), used, strict=True))))
    if not step.known:
        after += view.set(_NOT_KNOWN)
    return view.set(_DONE[step.kind].fill(
        what=what_of(step), before=before, after=after, price=_price(view, step), runs=runs, made=made
    ))  # fmt: skip


def _makes(view: View, step: Action) -> str:
    """Say how much an activity makes where its level counts what it takes in: 470 t of milk are 47 t of cheese."""
    if step.of_link:
        return ""
    process = view.chain.processes[step.process]
    unit = unit_of_level(view.chain, process)
    if not unit or is_counted(unit) or not process.outputs or 1.0 in process.outputs.values():
        return ""
    best = _best(view, step.process)
    if view.chain.products[best].value <= 0.0:
        return ""
    levels = step.runs or (step.before, step.after)
    before, after = (amount(view, level * process.outputs[best], best) for level in levels)
    return view.set(_MADE.fill(product=best, moves=_moves(view, before, after)))


def what_of(step: Action) -> str:
    """Name what a step is about: a relation with its product, or an activity with its actor."""
    if step.of_link:
        seller, buyer, product = step.names
        return f"{seller} → {buyer}, {product}"
    name, actor = step.names
    return f"{name}, {actor}" if "(" in actor else f"{name} ({actor})"


def short(view: View, step: Action) -> str:
    """``Mill → Bakery, flour (from 40 t to 60 t)``."""
    return f"{what_of(step)} ({amounts(view, step)})"


def _both(view: View, step: Action) -> tuple[str, str]:
    if step.of_link:
        return amount(view, step.before, step.names[2]), amount(view, step.after, step.names[2])
    return run(view, step.process, step.before), run(view, step.process, step.after)


def amounts(view: View, step: Action) -> str:
    """Say how much there is of a step today and in the plan."""
    return _moves(view, *_both(view, step))


def _moves(view: View, before: str, after: str) -> str:
    none, then, now = (written.split("\u00a0")[0] for written in (view.number(0.0), before, after))
    kind = "begins" if then == none else "ends" if now == none else "moves"
    return view.set(_AMOUNTS[kind].fill(before=before, after=after))


def amount(view: View, value: float, product: str, mean: Label = _MEAN) -> str:
    """Write a quantity with its unit; what is counted one by one is whole, and never nothing where there is some. The
    mean of several years that its money is worked out on stands behind it where it is another number.
    """
    unit = view.chain.products[product].unit
    if not is_counted(unit):
        return view.in_unit(value, unit)
    behind = view.set(mean.fill(number=view.number(value))) if broken(value) else ""
    if 0.0 < value < HALF:
        return view.set(_LESS_THAN_ONE.fill(unit=after_count(unit, 1.0, view.language))) + behind
    return view.in_unit(round(value), unit) + behind


def broken(value: float) -> bool:
    """Return whether a number of things is so far from a whole one that what is paid for it is another amount."""
    return abs(value - round(value)) > _ROUNDED * max(1.0, value)


def figures(view: View, step: Action) -> tuple[float | None, float, str]:
    """Return how much a step is today (None: not known) and in the plan and its unit, as its sentence counts: of an
    enlargement, what it runs.
    """
    products = view.chain.products
    if step.of_link:
        return step.today, step.after, products[step.names[2]].unit
    process = view.chain.processes[step.process]
    before, after = step.runs or (step.before, step.after)
    unit = unit_of_level(view.chain, process)
    if (unit and not is_counted(unit)) or not process.outputs:
        return before if step.known else None, after, unit or view.pick("level", "volume d'activité")
    best = _best(view, step.process)
    made = process.outputs[best]
    return made * before if step.known else None, made * after, products[best].unit


def run(view: View, key: tuple[str, str], level: float) -> str:
    """Write how much an activity does: in the unit of its level, else in what it makes that is worth most."""
    process = view.chain.processes[key]
    unit = unit_of_level(view.chain, process)
    if unit and not is_counted(unit):
        return view.in_unit(level, unit)
    if not process.outputs:
        said = view.number(round(level) if process.whole else level)
        return after_colon(view.pick("level", "volume d'activité"), said, view.language)
    best = _best(view, key)
    return amount(view, level * process.outputs[best], best)


def _best(view: View, key: tuple[str, str]) -> str:
    """What an activity makes that is worth most."""
    made, products = view.chain.processes[key].outputs, view.chain.products
    return max(made, key=lambda p: (made[p] * products[p].value, p))


def _price(view: View, step: Action) -> str:
    if not step.price:
        return ""
    paid = f"{view.money(abs(step.price))}/{view.chain.products[step.names[2]].unit}"
    if step.price < 0.0:
        return view.pick(f", {paid} paid by the giver", f", {paid} payés par celui qui donne")
    return view.pick(f", at {paid}", f", à {paid}")
