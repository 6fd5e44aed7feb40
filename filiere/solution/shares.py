"""What each gets of what it wants, read off a plan: the shares that fairness makes as equal as they go."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from filiere.chain.chain import Chain
from filiere.schema import words as w
from filiere.solution.solution import Plan


@dataclass(frozen=True)
class ServedShare:
    """All that an inside actor wants of one product, or one family, at one importance, and the share that it gets."""

    actor: str
    product: str
    importance: float
    wanted: float
    share: float


def served_shares(chain: Chain, plan: Plan) -> tuple[ServedShare, ...]:
    """Return the served shares of the inside wants, the most important first, in the order of the workbook."""
    served = plan.served.groupby("need")["quantity"].sum().to_dict()
    wanted: dict[tuple[str, str, float], float] = defaultdict(float)
    got: dict[tuple[str, str, float], float] = defaultdict(float)
    for n, need in enumerate(chain.needs):
        if need.obligation is w.Obligation.WANT and need.quantity and chain.inside(need.actor):
            key = (need.actor, need.product, need.importance)
            wanted[key] += need.quantity
            got[key] += float(served.get(n, 0.0))
    shares = (ServedShare(*key, quantity, got[key] / quantity) for key, quantity in wanted.items())
    return tuple(sorted(shares, key=lambda one: -one.importance))
