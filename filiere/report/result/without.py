"""What is lost, and what is spared, where a decision is refused: a sentence that is read once."""

from __future__ import annotations

from filiere.analysis.today.decisions import Decision
from filiere.chain.check.each import BETWEEN
from filiere.language import Label, listed, quoted
from filiere.report.explain.objectives import weighed
from filiere.report.view import View
from filiere.schema import words as w
from filiere.schema.objectives import objective_of
from filiere.units import after_count

_STATES = {
    "impossible": Label("It cannot be refused altogether: no plan would be left within the capacities and limits "
                        "filled in{what}. How much of it is open.",
                        "On ne peut pas y renoncer en entier : aucun plan ne tiendrait dans les capacités et les "
                        "limites saisies{what}. Son ampleur reste à discuter."),
    "not_asked": Label("Effect not worked out: among the decisions that move less value.",
                       "Effet non chiffré : fait partie des décisions qui pèsent moins."),
    "no_time": Label("Effect not worked out: no time was left.",
                     "Effet non chiffré, faute de temps."),
    "trouble": Label("Effect not worked out: the numbers of this case defeat the solver.",
                     "Effet non chiffré : les nombres de ce cas mettent le solveur en échec."),
}  # fmt: skip
_MUST = Label(", with what must be ({what})", " tout en respectant ce qui est obligatoire ({what})")
_NOTHING = Label("Optional: other exchanges would do as well, so nothing is lost by refusing it.",
                 "Au choix : d'autres échanges feraient aussi bien, on ne perd rien à y renoncer.")  # fmt: skip
_LOST = Label("Without it, {losses}.", "Sans cela, {losses}.")
_BOTH = Label("Without it, {losses}; but {gains}.", "Sans cela, {losses} ; mais {gains}.")

_NAMED = 3
"""How many musts are named."""

_OTHER = (
    Label("{by} more of: {name}", "{by} de plus pour {name}"),
    Label("{by} less of: {name}", "{by} de moins pour {name}"),
)


def without(view: View, decision: Decision) -> str:
    """Say what refusing it costs and spares, or why that is not known."""
    refused = decision.refused
    if refused.state != "measured":
        return view.set(_STATES[refused.state].fill(what=_musts(view, decision)))
    worse: list[str] = []
    better: list[str] = []
    for key, change in refused.losses.items():
        said = effect(view, key, change)
        if said:
            (worse if (change > 0.0) != _most(view, key) else better).append(said)
    if not worse and not better:
        return view.set(_NOTHING)
    if worse and better:
        return view.set(_BOTH.fill(losses=listed(worse, view.language), gains=listed(better, view.language)))
    return view.set(_LOST.fill(losses=listed(worse or better, view.language)))


def _musts(view: View, decision: Decision) -> str:
    """Name what is asked of whom a decision is about: rules that must hold, needs that must be served.

    What keeps it from being refused may be something else: a recipe, a capacity, a whole number.
    """
    actors = {name for step in decision.heads for name in (step.names[:2] if step.of_link else step.names[1:2])}
    chain, found = view.chain, list[str]()
    for rule in chain.limits:
        scope = rule.scope
        about = {*(scope.sellers or ()), *(scope.buyers or ()), *(actor for _, actor in scope.processes or ())}
        if not rule.wished and about & actors:
            found.append(quoted(rule.name.partition(BETWEEN)[0], view.language))
    found += [f"{need.product} ({need.actor})" for need in chain.needs
              if need.obligation is w.Obligation.MUST and need.actor in actors]  # fmt: skip
    named = list(dict.fromkeys(found))
    more = len(named) - _NAMED
    if more > 0:
        named = [*named[:_NAMED], view.counted(more, ("more", "more"), ("autre", "autres"))]
    return view.set(_MUST.fill(what=listed(named, view.language))) if named else ""


def effect(view: View, key: str, change: float) -> str:
    """Say by how much an objective would be worse or better; empty for what rounds to nothing."""
    by = _size(view, key, abs(change))
    if not by:
        return ""
    worse = (change > 0.0) != _most(view, key)
    facts = objective_of(key)
    words = facts.without if facts else _OTHER
    name = view.set(facts.noun) if facts else key.removeprefix("measure: ")
    more = change > 0.0 if words is _OTHER else worse
    return view.set(words[not more].fill(by=by, name=name))


def _most(view: View, key: str) -> bool:
    """Whether more of it is better."""
    for objective in view.chain.objectives:
        if objective.key == key:
            return objective.direction.name == "MAX"
    facts = objective_of(key)
    return facts is not None and facts.better == "more"


def _size(view: View, key: str, by: float) -> str:
    if key == "circularity":
        points = round(100.0 * by, 2)
        return f"{view.number(points)}\u00a0{'points' if view.plural(points) else 'point'}" if points else ""
    facts = objective_of(key)
    if facts is None:
        return view.number(by) if by > 0.0 else ""
    if facts.measured.label is not None:
        unit = after_count(view.set(facts.measured.label), by, view.language)
        return f"{view.number(by)}\u00a0{unit}" if by > 1e-6 else ""
    return view.money(by) + weighed(view.chain, key, view.language) if by >= 0.5 else ""
