"""Which net cost a sentence tells: before or after what outside funders give, said wherever somebody gives."""

from __future__ import annotations

from filiere.language import Label
from filiere.report.view import View

BEFORE, AFTER = Label("before grants", "avant aides"), Label("after grants", "après aides")
_ASIDE = Label("{side}, {amount} {more}", "{side}, {amount} {more}")
_SAME = Label("{side}, no change", "{side}, sans changement")
_MORE, _LESS = Label("more", "de plus"), Label("less", "de moins")
_SMALL = 0.5
"""Less money than this is none."""

Costs = tuple[float | None, float | None]
"""A net cost, or what it changes by, before and after grants."""


def earns(*costs: Costs) -> bool:
    """Whether every net cost is a gain: one that falls is then told as a gain that rises."""
    known = [one for pair in costs for one in pair if one is not None]
    return bool(known) and max(known) < 0.0


def told_side(view: View, side: Label, *costs: Costs) -> str:
    """Return ``, after grants,`` to stand behind a verb; empty where every cost is the same on both sides."""
    given = any(abs(before - after) >= _SMALL for before, after in costs if before is not None and after is not None)
    return f", {view.set(side)}," if given else ""


def other_side(view: View, side: Label, change: float | None, told: float) -> str:
    """Return ``before grants, 322,047 € more``, beside a change that was told; empty where it is the same amount.

    Both are of the cost, or both of the gain.
    """
    if change is None or abs(change - told) < _SMALL:
        return ""
    if abs(change) < _SMALL:
        return view.set(_SAME.fill(side=side))
    amount = view.money(abs(round(change)))
    return view.set(_ASIDE.fill(side=side, amount=amount, more=_MORE if change > 0.0 else _LESS))
