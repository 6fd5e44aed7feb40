"""Who compensates whom, so that nobody is worse off than today, and how it is said."""

from __future__ import annotations

from filiere.analysis.share.transfers import Transfer, transfers
from filiere.language import to_name
from filiere.report.view import View
from filiere.solution.solution import Plan


def compensation(plan: Plan) -> tuple[Transfer, ...]:
    """Return the payments of a plan from one actor to another, the largest first: the fewest that settle all."""
    frame = plan.payments
    gets = {
        str(a): float(received) - float(paid)
        for a, paid, received in zip(frame["actor"], frame["paid"], frame["received"], strict=True)
    }
    return transfers(dict.fromkeys(gets, 0.0), gets, 1e-9 * max(map(abs, gets.values()), default=0.0))


def compensation_line(view: View) -> str:
    """Return what is paid so that nobody loses; nothing if nobody pays."""
    paid = [
        view.pick(f"{one.from_} pays {one.to} {view.money(one.amount)} a year",
                  f"{one.from_} verse {view.money(one.amount)} par an {to_name(one.to)}")
        for one in compensation(view.plan)
    ]  # fmt: skip
    if not paid:
        return ""
    return view.pick(
        "; ".join(paid) + ", so that nobody is worse off than today.",
        " ; ".join(paid) + ", pour que personne ne perde par rapport à cette année.",
    )


def compensation_of(view: View, member: str) -> list[str]:
    """Return what one member pays and is paid, in sentences to it."""
    found = []
    for one in compensation(view.plan):
        amount = view.money(one.amount)
        if one.from_ == member:
            found.append(view.pick(f"So that it loses nothing, you pay {one.to} {amount} a year.",
                                   f"Pour que {one.to} n'y perde pas, vous lui versez {amount} par an."))  # fmt: skip
        if one.to == member:
            found.append(view.pick(f"So that you lose nothing, {one.from_} pays you {amount} a year.",
                                   f"Pour que vous n'y perdiez pas, {one.from_} vous verse "
                                   f"{amount} par an."))  # fmt: skip
    return found
