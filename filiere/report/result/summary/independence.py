"""What independence costs: the whole of it against what the cost bound allows, and its dearest euro."""

from __future__ import annotations

from filiere.chain.derived.default_objectives import cost_bound
from filiere.language import Label
from filiere.report.explain.bound import bound_made_of, bound_set_by
from filiere.report.result.actions import decided
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.solution import CostBound

_KEY, _FREED = w.Objective.COST.key, w.Objective.DEPENDENCY.key
_CHEAPEST = Label("the cheapest that would serve the same needs{apart}",
                  "le moins cher qui couvrirait les mêmes besoins{apart}")  # fmt: skip
_NO_MORE = Label(" and sell no more outside or to outlets than this year",
                 " sans vendre au-dehors ni aux débouchés plus que cette année")  # fmt: skip
_NOTHING = Label(" and sell nothing outside or to outlets", " sans rien vendre au-dehors ni aux débouchés")
_LEAST = 0.5
"""Less money than this is none."""
_TRACE = 1e-3
"""What refusing a decision costs an objective beside this is rounding: euros, or rules missed."""


def independence(view: View) -> str | None:
    """Return it in a sentence or two; None where the cost is not bounded."""
    bound = view.result.solution.bound
    reached = [value.final for value in view.result.solution.objectives if value.objective == _KEY]
    if bound is None or not reached or view.shows_today:
        return None
    pick, more, room = view.pick, reached[-1] - bound.least, bound.limit - bound.least
    least, cheapest = view.money(bound.least), view.set(_cheapest(view))
    if more > _LEAST:
        dearer, room_left, bounded = view.money(more), view.money(room), _set(view, bound)
        text = pick(
            f"this plan costs {dearer} a year more than {cheapest} ({least}); the cost bound that is set ({bounded}) "
            f"would allow up to {room_left} more.",
            f"ce plan coûte {dearer} de plus par an que {cheapest} ({least}) ; le plafond de coût retenu ({bounded}) "
            f"en permettrait jusqu'à {room_left}.",
        )
    else:
        text = pick(f"this plan costs no more than {cheapest}.", f"ce plan ne coûte pas plus que {cheapest}.")
    return text + _with_wishes(view) + _dearest(view)


def _with_wishes(view: View) -> str:
    """Say that what wished rules cost is in it, where they cost anything: it is not the price of independence alone."""
    found = view.result.choices.wishes if view.result.choices else None
    if found is None or found.costs.get(w.Objective.COST, 0.0) <= _LEAST:
        return ""
    return view.pick(
        " What the wished rules cost is in it: see “Price of wishes”.",
        " Ce que coûtent les règles souhaitées y est compris : voir «\u00a0Prix des souhaits\u00a0».",
    )


def _cheapest(view: View) -> Label:
    """Name the plan that the bound starts from: nothing earns by being sold beyond this year's, so it sells no more;
    the cheapest of a front does.
    """
    chain = view.chain
    sells = any(chain.inside(link.from_) and not chain.inside(link.to) for link in chain.links) or any(
        need.obligation is w.Obligation.OUTLET and chain.inside(need.actor) for need in chain.needs
    )
    return _CHEAPEST.fill(apart=(_NO_MORE if chain.has_today else _NOTHING) if sells else Label("", ""))


def _set(view: View, bound: CostBound) -> str:
    """What the bound is made of, to be worked out again, and who set it: a cell of the workbook, or nobody."""
    made = bound_made_of(bound, cost_bound(view.chain) or 0.0, view.money, view.language)
    limit, where = view.money(bound.limit), bound_set_by(view.chain, view.language)
    return view.pick(f"{made}, {limit} in all; {where}", f"{made}, soit {limit} ; {where}")


def _dearest(view: View) -> str:
    """The decision in which a euro less of dependency costs most, of those that were refused in turn: what one costs
    that the ranks before dependency ask for, as to serve a need, is no price of independence.
    """
    found, ranks = view.result.actions, view.chain.objectives
    first = min((o.rank for o in ranks if o.key == _FREED), default=0)
    before = [o.key for o in ranks if o.rank < first]
    priced = []
    for number, decision in enumerate(found.decisions if found else (), start=1):
        losses = decision.refused.losses
        freed, spared = losses.get(_FREED, 0.0), -losses.get(_KEY, 0.0)
        asked = any(losses.get(key, 0.0) > _TRACE for key in before)
        if freed > _LEAST and spared > _LEAST and not asked:
            priced.append((spared / freed, number, decision))
    if not priced:
        return ""
    price, number, decision = max(priced, key=lambda one: one[0])
    sign, what = view.currency, decided(view, decision).rstrip(".")
    return view.pick(
        f" Where it costs most, depending on the outside for 1 {sign} less costs {view.money(price)} (decision "
        f"{number}: {what}).",
        f" Là où cela coûte le plus, dépendre de l'extérieur pour 1 {sign} de moins coûte {view.money(price)} "
        f"(décision n° {number} : {what}).",
    )  # fmt: skip
