"""The cost bound in words: what it is made of, that it holds the plan back, and what a point more would bring."""

from __future__ import annotations

from collections.abc import Callable

from filiere.analysis.explain.bound import BoundLever
from filiere.chain.chain import Chain
from filiere.language import Label, Language, is_whole, listed, percent
from filiere.report.explain.figures import set_in
from filiere.report.explain.objectives import moved, objective_amount
from filiere.solution.solution import CostBound

_OUTLAYS = {
    "cheapest": Label("its purchases outside and own costs", "ses achats extérieurs et coûts propres"),
    "today": Label("this year's purchases outside and own costs",
                   "les achats extérieurs et coûts propres de cette année"),
    "served": Label("what is served, at reference prices", "la valeur de ce qui est servi, au prix de référence"),
}  # fmt: skip
"""What the share is a share of."""
_THIS_YEAR = Label("this year's cost", "le coût de cette année")
_CHEAPEST = Label("the cheapest plan's cost", "le coût du plan le moins cher")
_MADE = Label("{start} plus {share} of {outlays}, {what}", "{start} plus {share} de {outlays}, {what}")
_DEFAULT = Label("the default", "valeur par défaut")
_BOUND = Label(
    "The cost bound ({made}; {where}) holds the plan at {limit} a year",
    "Le plafond de coût ({made} ; {where}) retient le plan à {limit} par an",
)
_POINT_MORE = Label(
    ": one point more, {allowed} a year, would {effects}", " : un point de plus, soit {allowed} par an, {effects}"
)


def bound_made_of(bound: CostBound, share: float, money: Callable[[float], str], language: Language) -> str:
    """Return what the bound is made of, to be worked out again: it is a share of outlays, not of the cost."""
    of_today = bound.today is not None and bound.today > bound.least
    return _MADE.fill(
        start=_THIS_YEAR if of_today else _CHEAPEST, what=_OUTLAYS[bound.outlays_of], outlays=money(bound.outlays),
        share=percent(share, language, 0 if is_whole(100 * share) else 1),
    ).to(language)  # fmt: skip


def bound_set_by(chain: Chain, language: Language) -> str:
    """Return who set the bound: a cell of the workbook, or nobody."""
    cell = chain.settings.at("cost_bound")
    typed = chain.settings.cost_bound is not None and cell is not None
    return str(cell) if typed else _DEFAULT.to(language)


def bound_line(chain: Chain, lever: BoundLever, language: Language) -> str:
    """Return that the cost bound holds the plan back, and what a point more would bring."""

    def money(value: float) -> str:
        return objective_amount(chain, "cost", value, language)

    made = bound_made_of(lever.bound, lever.share, money, language)
    said = _BOUND.fill(made=made, where=bound_set_by(chain, language), limit=money(lever.bound.limit)).to(language)
    effects = bound_effects(chain, lever, language)
    if effects:
        said += _POINT_MORE.fill(allowed=money(lever.allowed), effects=effects).to(language)
    return set_in(language, said + ".")


def bound_effects(chain: Chain, lever: BoundLever, language: Language) -> str:
    """Return what a point more would bring, empty where it was not tried."""
    return listed((moved(chain, key, by, language) for key, by in _told(lever).items()), language)


def bound_moves(lever: BoundLever) -> str | None:
    """Return the objective that a point more moves first, None where it was not tried."""
    return next(iter(_told(lever)), None)


def _told(lever: BoundLever) -> dict[str, float]:
    """The changes by objective that are told: those of some size, the distance to this year apart."""
    return {
        key: by for key, by in lever.changes.items()
        if key != "change" and abs(by) > (5e-4 if key == "circularity" else 0.5)
    }  # fmt: skip
