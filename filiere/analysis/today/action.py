"""One step from today to the plan, and what refusing it is found to cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from filiere.problems import Cell

Kind = Literal["create", "grow", "shrink", "end", "open", "enlarge", "start", "raise", "lower", "stop"]
State = Literal["measured", "impossible", "not_asked", "no_time", "trouble"]
OF_LINKS: tuple[Kind, ...] = ("create", "grow", "shrink", "end")
INCREASES: tuple[Kind, ...] = ("create", "grow", "open", "enlarge", "start", "raise")


@dataclass(frozen=True)
class Refused:
    """What happens where one step is refused.

    ``losses`` are by objective, the value reached at its rank without the step less that with it, in the
    objective's unit; empty unless measured. ``impossible``: no plan is left. ``not_asked`` and ``no_time``: it was
    not worked out, as no more were asked for, or as the time for it was over.
    """

    state: State
    losses: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Action:
    """One step from today to the plan.

    ``names`` are supplier, customer and product of a relation, activity and actor of an activity. ``before`` and
    ``after`` are quantities a year in the product's unit, or levels (``enlarge``: capacities); ``price`` the mean
    price of the plan's deliveries (today's where they end); ``worth`` what is moved, in value at reference prices.
    ``runs`` are the levels of an enlarged activity, today and in the plan.
    """

    kind: Kind
    names: tuple[str, ...]
    before: float
    after: float
    worth: float
    price: float | None = None
    cell: Cell | None = None
    links: frozenset[int] = frozenset()
    runs: tuple[float, float] | None = None
    known: bool = True
    """Whether it is known that nothing of it is done this year: false where nobody typed a figure of it."""

    @property
    def today(self) -> float | None:
        """What is done this year, or the capacity there is; None where that is not known."""
        return self.before if self.known or self.kind == "enlarge" else None

    @property
    def of_link(self) -> bool:
        """Whether it is about a relation, not an activity."""
        return self.kind in OF_LINKS

    @property
    def increases(self) -> bool:
        """Whether something begins or grows."""
        return self.kind in INCREASES

    @property
    def process(self) -> tuple[str, str]:
        """The key of its activity."""
        return self.names[0], self.names[1]
