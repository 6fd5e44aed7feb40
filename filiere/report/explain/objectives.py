"""What an objective is called and counted in, where a sentence says by how much it moves."""

from __future__ import annotations

from filiere.chain.chain import Chain
from filiere.language import Label, Language, as_written, listed, several, sign_of
from filiere.report.explain.figures import is_seen, plain_number
from filiere.report.view import money
from filiere.schema import words as w
from filiere.schema.objectives import Measured, objective_of
from filiere.units import after_count

_FALLS = Label("cut {what} by {amount}", "réduirait {what} de {amount}")
_RISES = Label("raise {what} by {amount}", "augmenterait {what} de {amount}")
_BETTER = Label(
    "improve by {amount} the weighted total of {what}", "améliorerait de {amount} le total pondéré de {what}"
)
_WORSE = Label("worsen by {amount} the weighted total of {what}", "dégraderait de {amount} le total pondéré de {what}")
_A_LITTLE = {
    _FALLS: Label("cut {what} a little", "réduirait un peu {what}"),
    _RISES: Label("raise {what} a little", "augmenterait un peu {what}"),
    _BETTER: Label("improve the weighted total of {what} a little", "améliorerait un peu le total pondéré de {what}"),
    _WORSE: Label("worsen the weighted total of {what} a little", "dégraderait un peu le total pondéré de {what}"),
}
"""What moves by less than is seen."""
_TOGETHER = Label("this rank ({what})", "cette priorité ({what})")
_WEIGHED = Label(" (weighed by importance)", " (pondérés par l'importance)")
_POINTS = (Label("{by} point", "{by} point"), Label("{by} points", "{by} points"))


def objective_noun(key: str) -> Label:
    """Return what an objective, or several joined by ``+`` on one rank, is called."""
    keys = key.split(" + ")
    nouns = [facts.noun if (facts := objective_of(each)) else as_written(each.removeprefix("measure: "))
             for each in keys]  # fmt: skip
    return Label(listed([n.en for n in nouns], "en"), listed([n.fr for n in nouns], "fr"))


def objective_short(key: str) -> Label:
    """Name several objectives joined by ``+`` in a word or two each."""
    shorts = [facts.short if (facts := objective_of(each)) else as_written(each.removeprefix("measure: "))
              for each in key.split(" + ")]  # fmt: skip
    return Label(listed([n.en for n in shorts], "en"), listed([n.fr for n in shorts], "fr"))


def weighed(chain: Chain, key: str, language: Language) -> str:
    """Say of an amount of unmet needs that some count for more than they are worth; nothing where all count alike."""
    asked = (need.importance for need in chain.needs if need.obligation is not w.Obligation.OUTLET)
    counts = key == w.Objective.UNMET.key and any(importance != 1.0 for importance in asked)
    return _WEIGHED.to(language) if counts else ""


def objective_amount(chain: Chain, key: str, value: float, language: Language) -> str:
    """Write an amount of an objective, or of several joined by ``+``, with its unit where it has one."""
    return _amount(chain, key, value, language) + weighed(chain, key, language)


def _amount(chain: Chain, key: str, value: float, language: Language) -> str:
    units = {_unit(chain, each, language) for each in key.split(" + ")}
    if "%" in units and len(units) == 1:
        return in_points(value, language)
    unit = units.pop() if len(units) == 1 else None
    if unit is None:
        return plain_number(value, language)
    if unit == sign_of(chain.settings.currency) and abs(value) >= 1.0:  # what is less is told more finely
        return money(value, unit, language)
    return f"{plain_number(value, language)}\u00a0{after_count(unit, value, language)}"


def in_points(share: float, language: Language) -> str:
    """Write by how much a share moves, in points of a hundred."""
    points = round(100.0 * share, 2)
    return _POINTS[several(points, language)].fill(by=plain_number(points, language)).to(language)


def _unit(chain: Chain, key: str, language: Language) -> str | None:
    """Return the unit of one objective, None for a measure."""
    facts = objective_of(key)
    if facts is None:
        return None
    if facts.measured is Measured.SHARE:
        return "%"
    return facts.measured.label.to(language) if facts.measured.label else sign_of(chain.settings.currency)


def moved(chain: Chain, key: str, change: float, language: Language) -> str:
    """Return by how much an objective would move: ``réduirait les achats extérieurs de 4 300 EUR``."""
    amount = objective_amount(chain, key, abs(change), language)
    if " + " in key:
        together = _BETTER if change < 0 else _WORSE
        label, what = together, _TOGETHER.fill(what=objective_short(key)).to(language)
    else:
        label, what = _FALLS if change < 0 else _RISES, objective_noun(key).to(language)
    if not is_seen(amount):  # what would read as « de 0 » moves all the same
        label = _A_LITTLE[label]
    return label.fill(what=what, amount=amount).to(language)
