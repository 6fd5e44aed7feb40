"""What the territory would no longer do: who is left without any activity, and what users come for less."""

from __future__ import annotations

from collections import defaultdict

from filiere.indicators import dependency
from filiere.language import listed
from filiere.report.result.actions import run
from filiere.report.result.tables.plan.supposed import served
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.accounts import Accounts

_NAMED = 4
"""How many are named."""
_LEAST = 0.01
"""What falls by less than this share of this year's is told in its table alone."""
_RUNS = 1e-6
"""A level, or a sale, below this share of this year's is none."""


def stopped_line(view: View) -> str | None:
    """Name the actors that stop all they do and sell this year, members first; None where there are none.

    Their accounts may look better for it: what they no longer do costs them nothing.
    """
    if view.today is None or view.shows_today:
        return None
    ran: dict[str, list[tuple[tuple[str, str], float]]] = defaultdict(list)
    runs: set[str] = set()
    levels = view.accounts.level_by_process.tolist()
    for key, level, before in zip(view.chain.processes, levels, view.process_today, strict=True):
        if view.chain.processes[key].serves:
            continue
        if before and level <= _RUNS * before:
            ran[key[1]].append((key, before))
        elif level > 0.0:
            runs.add(key[1])
    actors, now, then = view.chain.actors, _sales(view.accounts), _sales(view.today)
    idle = (name for name in ran if name not in runs and now.get(name, 0.0) < _RUNS * then.get(name, 0.0))
    left = sorted(idle, key=lambda name: (actors[name].perimeter is not w.Perimeter.MEMBER, name))
    if not left:
        return None
    named = [_stops(view, name, [f"{key[0]}, {run(view, key, before)}" for key, before in ran[name]])
             for name in left[:_NAMED]]  # fmt: skip
    if len(left) > _NAMED:
        named.append(view.counted(len(left) - _NAMED, ("more", "more"), ("autre", "autres")))
    said, alone = listed(named, view.language), len(left) == 1
    return view.pick(
        f"would do and sell nothing any more: {said}. Work that others take over does not count as lost; a minimum "
        "(sheet Processes) keeps an activity going.",
        f"{'ne ferait et ne vendrait' if alone else 'ne feraient et ne vendraient'} plus rien : {said}. Le travail que "
        "d'autres reprennent ne compte pas comme perdu ; un minimum (feuille Activités) empêche un arrêt.",
    )


def _stops(view: View, name: str, activities: list[str]) -> str:
    member = view.pick(", member", ", membre") if view.chain.actors[name].perimeter is w.Perimeter.MEMBER else ""
    this_year = view.pick("this year", "cette année")
    return f"{name}{member} ({listed(activities, view.language)} {this_year})"


def _sales(accounts: Accounts) -> dict[str, float]:
    """What each inside actor is paid, by others and by users."""
    paid = dependency.sales(accounts)
    sums = accounts.summed(paid["actor"], paid["amount"], len(accounts.actors)).tolist()
    return {str(name): amount for name, amount in zip(accounts.actor_index, sums, strict=True)}


def outlets_at_home_line(view: View, today: Accounts) -> str | None:
    """Name the outlets of the territory that are served less than this year, the largest values first."""
    outlets = {(n.actor, n.product) for n in view.chain.needs
               if n.obligation is w.Obligation.OUTLET and view.chain.actors[n.actor].inside}  # fmt: skip
    now, then = served(view.accounts), served(today)
    lost = []
    for key in outlets:
        before, after = then.get(key, 0.0), now.get(key, 0.0)
        worth = (before - after) * view.chain.products[key[1]].value
        if worth >= 0.5 and before - after >= _LEAST * before:
            lost.append((-worth, key, before, after))
    if not lost:
        return None
    lost.sort()
    named = [
        view.pick(f"{product} at {actor} (from {view.quantity(before, product)} to {view.quantity(after, product)})",
                  f"{product} chez {actor} (de {view.quantity(before, product)} à {view.quantity(after, product)})")
        for _, (actor, product), before, after in lost[:_NAMED]
    ]  # fmt: skip
    if len(lost) > _NAMED:
        named.append(view.counted(len(lost) - _NAMED, ("more", "more"), ("autre", "autres")))
    said = listed(named, view.language)
    return view.pick(f"outlets of the territory take less than this year: {said}",
                     f"des débouchés du territoire prennent moins que cette année : {said}")  # fmt: skip
