"""Where the plan takes fewer people than this year: work that nobody asks for any more is no loss of output."""

from __future__ import annotations

from filiere.language import listed
from filiere.report.result.summary.contributors import employers
from filiere.report.view import View

_SMALL, _SHARE = 0.5, 0.05
"""Posts that go are told from this many full-time equivalents, and this share of this year's, on."""
_NAMED = 4
"""How many employers are named on each side."""
_TRACE = 0.05
"""A change by less than this many full-time equivalents is told of nobody."""


def posts_line(view: View) -> str | None:
    """Say in one sentence who takes fewer people and who takes more; None where there are about as many in all."""
    if view.today is None or view.shows_today:
        return None
    now = {part.name: part.amount for part in employers(view.accounts)}
    then = {part.name: part.amount for part in employers(view.today)}
    changes = {name: now.get(name, 0.0) - then.get(name, 0.0) for name in {**then, **now}}
    before = sum(then.values())
    if -sum(changes.values()) < max(_SMALL, _SHARE * before):
        return None
    less, more = _named(view, changes, -1.0), _named(view, changes, 1.0)
    planned, today = view.number(sum(now.values())), view.number(before)
    return view.pick(
        f"the activities take {planned} full-time equivalents in the plan, {today} this year. Fewer at {less}"
        + (f"; more at {more}." if more else "."),
        f"les activités occupent {planned} équivalents temps plein dans le plan, {today} cette année. En moins : {less}"
        + (f" ; en plus : {more}." if more else "."),
    )


def _named(view: View, changes: dict[str, float], side: float) -> str:
    """Name the employers of one side, those with the largest change first."""
    order = sorted((n for n, change in changes.items() if side * change >= _TRACE), key=lambda n: -abs(changes[n]))
    sign, unit = "+" if side > 0.0 else "−", view.pick("FTE", "ETP")
    named = [f"{name} {sign}{view.number(abs(changes[name]))}\u00a0{unit}" for name in order[:_NAMED]]
    if len(order) > _NAMED:
        named.append(view.counted(len(order) - _NAMED, ("more", "more"), ("autre", "autres")))
    return listed(named, view.language)
