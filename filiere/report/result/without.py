"""What is lost, and what is spared, where a decision is refused: a sentence that is read once."""

from __future__ import annotations

from filiere.analysis.today.decisions import Decision
from filiere.language import Label, listed, several
from filiere.report.view import View
from filiere.schema.objectives import objective_of

_STATES = {
    "impossible": Label("Without it there is no plan: what must be served or kept no longer can be.",
                        "Sans cela, plus de plan : ce qui est obligatoire ne peut plus être tenu."),
    "not_asked": Label("Not worked out (see --actions).",
                       "Non recalculé (voir --actions)."),
    "no_time": Label("Not worked out: no time was left (see --actions).",
                     "Non recalculé, faute de temps (voir --actions)."),
    "trouble": Label("Not worked out: the numbers of this case defeat the solver.",
                     "Non calculé : les nombres de ce cas mettent le solveur en échec."),
}  # fmt: skip
_NOTHING = Label("Nothing is lost without it: another plan does as well.",
                 "Rien n'est perdu sans cela : un autre plan fait aussi bien.")  # fmt: skip
_LOST = Label("Without it, {losses}.", "Sans cela, {losses}.")
_BOTH = Label("Without it, {losses}; but {gains}.", "Sans cela, {losses} ; mais {gains}.")

_OTHER = (
    Label("{by} more of: {name}", "{by} de plus pour {name}"),
    Label("{by} less of: {name}", "{by} de moins pour {name}"),
)


def without(view: View, decision: Decision) -> str:
    """Say what refusing it costs and spares, or why that is not known."""
    refused = decision.refused
    if refused.state != "measured":
        return view.set(_STATES[refused.state])
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
        plural = several(points, view.language)
        return f"{view.number(points)}\u00a0{'points' if plural else 'point'}" if points else ""
    facts = objective_of(key)
    if facts is None:
        return view.number(by) if by > 0.0 else ""
    if facts.measured.label is not None:
        return f"{view.number(by)}\u00a0{view.set(facts.measured.label)}" if by > 1e-6 else ""
    return view.money(by) if by >= 0.5 else ""
