"""What has to be done from today to the plan, and what refusing it would cost, each in a sentence."""

from __future__ import annotations

from filiere.analysis.today.actions import Action
from filiere.language import Label, listed
from filiere.report.result.tables.plan.objectives import name_of, unit_of
from filiere.report.view import View

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

_DONE = {
    "create": Label("Create the relation {what}: {after}{price}.", "Créer l'échange {what} : {after}{price}."),
    "grow": Label("Grow the relation {what}: from {before} to {after}{price}.",
                  "Développer l'échange {what} : de {before} à {after}{price}."),
    "shrink": Label("Shrink the relation {what}: from {before} to {after}{price}.",
                    "Réduire l'échange {what} : de {before} à {after}{price}."),
    "end": Label("End the relation {what}: {before} today{price}.",
                 "Arrêter l'échange {what} : {before} cette année{price}."),
    "open": Label("Open the activity {what}: level {after}.", "Ouvrir l'activité {what} : volume d'activité {after}."),
    "enlarge": Label("Enlarge the activity {what}: capacity from {before} to {after}.",
                     "Agrandir l'activité {what} : capacité de {before} à {after}."),
    "start": Label("Start the activity {what}: level {after}.",
                   "Démarrer l'activité {what} : volume d'activité {after}."),
    "raise": Label("Raise the activity {what}: level from {before} to {after}.",
                   "Augmenter l'activité {what} : volume d'activité de {before} à {after}."),
    "lower": Label("Lower the activity {what}: level from {before} to {after}.",
                   "Réduire l'activité {what} : volume d'activité de {before} à {after}."),
    "stop": Label("Stop the activity {what}: level {before} today.",
                  "Arrêter l'activité {what} : volume d'activité {before} cette année."),
}  # fmt: skip

_WITHOUT = {
    "impossible": Label("Without it there is no plan: what must be served or kept no longer can be.",
                        "Sans cela, plus de plan : ce qui est obligatoire ne peut plus être tenu."),
    "not_asked": Label("Not worked out (see --actions).",
                       "Non recalculé (voir --actions)."),
    "no_time": Label("Not worked out for want of time (see --actions).",
                     "Non recalculé, faute de temps (voir --actions)."),
    "trouble": Label("Not worked out: the numbers of this case defeat the solver.",
                     "Non calculé : les nombres de ce cas mettent le solveur en échec."),
}  # fmt: skip
_NOTHING = Label("Nothing is lost without it: another plan does as well.",
                 "Rien n'est perdu sans cela : un autre plan fait aussi bien.")  # fmt: skip
_LOST = Label("Without it: {losses}.", "Sans cela : {losses}.")


def done(view: View, step: Action) -> str:
    """Say what has to be done, by how much and at what price."""
    if step.of_link:
        seller, buyer, product = step.names
        what = f"{seller} → {buyer}, {product}"
        before, after = view.quantity(step.before, product), view.quantity(step.after, product)
    else:
        what = f"{step.names[0]} ({step.names[1]})"
        before, after = view.number(step.before), view.number(step.after)
    return view.set(_DONE[step.kind].fill(what=what, before=before, after=after, price=_price(view, step)))


def _price(view: View, step: Action) -> str:
    if not step.price:
        return ""
    amount = f"{view.money(abs(step.price))}/{view.chain.products[step.names[2]].unit}"
    if step.price < 0.0:
        return view.pick(f", {amount} paid by the giver", f", {amount} payés par celui qui donne")
    return view.pick(f", at {amount}", f", à {amount}")


def without(view: View, step: Action) -> str:
    """Say what refusing it costs, or why that is not known."""
    refused = step.refused
    if refused.state != "measured":
        return view.set(_WITHOUT[refused.state])
    losses = [_loss(view, key, amount) for key, amount in refused.losses.items()]
    said = [loss for loss in losses if loss]
    return view.set(_LOST.fill(losses=listed(said, view.language)) if said else _NOTHING)


def _loss(view: View, key: str, amount: float) -> str:
    """``dependency +12,000 €``; nothing for what rounds to nothing."""
    name = name_of(view, key).casefold() if not key.startswith("measure: ") else name_of(view, key)
    if key == "circularity":
        points = view.number(abs(round(100.0 * amount, 2)))
        if round(100.0 * amount, 2) == 0.0:
            return ""
        size = f"{points}\u00a0{view.pick('points', 'points' if abs(amount) >= 0.02 else 'point')}"
    else:
        unit = unit_of(view, key)
        size = view.money(abs(amount)) if unit == view.currency else f"{view.number(abs(amount))}\u00a0{unit or ''}"
        if amount == 0.0:
            return ""
    return f"{name} {'+' if amount > 0.0 else '−'}{size.rstrip()}"
