"""What an objective is called and counted in, where a sentence says by how much it moves."""

from __future__ import annotations

from filiere.chain.chain import Chain
from filiere.language import Label, Language, listed, percent
from filiere.report.explain.figures import plain_number
from filiere.report.view import sign_of
from filiere.schema import words as w

_NOUN = {
    "unmet": Label("unmet needs", "les besoins non couverts"),
    "deficit": Label("the deficit", "le déficit"),
    "dependency": Label("dependency on the outside", "la dépendance à l'extérieur"),
    "dependency_upstream": Label("outside purchases", "les achats extérieurs"),
    "dependency_downstream": Label("dependency on outside sales", "la dépendance aux ventes extérieures"),
    "dependency_funding": Label("dependency on outside funding", "la dépendance aux financements extérieurs"),
    "circularity": Label("the circular use rate", "le taux d'usage circulaire"),
    "cost": Label("the net cost", "le coût net"),
    "jobs": Label("jobs", "les emplois"),
    "co2": Label("emissions", "les émissions"),
    "transport": Label("transport", "le transport"),
    "change": Label("the distance to this year", "l'écart à l'existant"),
}

_MONEY = ("unmet", "deficit", "cost", "change")
_UNITS = {"jobs": Label("FTE", "ETP"), "co2": Label("kg CO2e", "kg CO2e"), "transport": Label("t·km", "t·km")}

_FALLS = Label("cut {what} by {amount}", "réduirait {what} de {amount}")
_RISES = Label("raise {what} by {amount}", "augmenterait {what} de {amount}")


def objective_noun(key: str) -> Label:
    """Return what an objective, or several joined by ``+`` on one rank, is called."""
    keys = key.split(" + ")
    nouns = [_NOUN.get(each, Label(*(each.removeprefix("measure: "),) * 2)) for each in keys]
    return Label(listed([n.en for n in nouns], "en"), listed([n.fr for n in nouns], "fr"))


def objective_amount(chain: Chain, key: str, value: float, language: Language) -> str:
    """Write an amount of an objective, with its unit where it has one."""
    if key == "circularity":
        return percent(value, language)
    money = key in _MONEY
    if key.startswith("dependency"):
        money = key == "dependency_funding" or chain.settings.dependency_basis is not w.DependencyBasis.MASS
        if not money:
            return f"{plain_number(value, language)}\u00a0kg"
    unit = sign_of(chain.settings.currency) if money else _UNITS[key].to(language) if key in _UNITS else ""
    return plain_number(value, language) + (f"\u00a0{unit}" if unit else "")


def moved(chain: Chain, key: str, change: float, language: Language) -> str:
    """Return by how much an objective would move: ``réduirait les achats extérieurs de 4 300 EUR``."""
    label = _FALLS if change < 0 else _RISES
    what = objective_noun(key).to(language)
    return label.fill(what=what, amount=objective_amount(chain, key, abs(change), language)).to(language)
