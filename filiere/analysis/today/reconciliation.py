"""What reconciling today's figures gives: values that can be printed, tested and reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from filiere.chain.chain import Chain
from filiere.problems import Cell
from filiere.solution.solution import Plan, Solution

Method = Literal["least-change", "least-squares", "none"]
Side = Literal["", "seller", "buyer"]
Kind = Literal["flow", "level", "offered", "served", "discarded"]
KINDS: tuple[Kind, ...] = ("flow", "level", "offered", "served", "discarded")

RISK = 0.05
"""Chance that a set of figures without any gross error has one flagged."""
TESTS, LEAST_TESTED, MOST_TESTED = 30_000_000, 200, 2000
"""How many figures are tested, those that were corrected most: ``TESTS`` over the number of columns, between the other
two. The global test needs them all."""
WORK, FEWEST, MANY = 700_000, 20, 1000
"""How many free quantities get an interval: ``WORK`` over the number of columns, between the other two."""


@dataclass(frozen=True)
class Figure:
    """One observed figure, reconciled.

    ``link`` is a position in the chain's links, ``process`` the key of an activity; ``side`` says whose declaration it
    is where both sides declared. ``deviation`` is its standard deviation, ``test`` its correction over the
    correction's own standard deviation: None where nothing else speaks of the figure, or where it was not tested.
    """

    link: int | None
    process: tuple[str, str] | None
    side: Side
    cell: Cell | None
    observed: float
    uncertainty: float
    deviation: float
    reconciled: float
    test: float | None = None
    suspicious: bool = False
    alike: tuple[Cell, ...] = ()
    """The figures that this one cannot be told apart from: one of them is wrong, the equations do not say which."""

    @property
    def correction(self) -> float:
        """What is added to what was observed."""
        return self.reconciled - self.observed


@dataclass(frozen=True)
class Unmeasured:
    """A yearly quantity that was not observed; ``position`` is that of its link, offer or need in the chain.

    Determinable: the figures leave it one ``value``. Else ``lower`` and ``upper`` bound it (infinite: nothing does)
    and ``value`` is one choice; both are None where it was not looked at.
    """

    kind: Kind
    position: int | None
    place: tuple[str, str] | None
    """The activity's key, or the actor and the product."""
    value: float
    determinable: bool
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class GlobalTest:
    """Whether the corrections, taken together, are what the uncertainties of the figures let one expect."""

    chi_square: float
    degrees_of_freedom: int
    critical: float
    p_value: float

    @property
    def passed(self) -> bool:
        """Whether no gross error shows."""
        return self.chi_square <= self.critical


@dataclass(frozen=True)
class Imbalance:
    """An inside account whose typed figures do not balance: what comes in, and what goes out.

    ``blank_in`` and ``blank_out``: nothing of that side is typed, and something of it could be.
    """

    actor: str
    product: str
    into: float
    out: float
    blank_in: bool = False
    blank_out: bool = False

    @property
    def gap(self) -> float:
        """What comes in less what goes out: below 0, so much is missing."""
        return self.into - self.out


@dataclass(frozen=True)
class Reconciliation:
    """Today's figures made consistent, and what that says of them."""

    method: Method
    figures: tuple[Figure, ...] = ()
    unmeasured: tuple[Unmeasured, ...] = ()
    test: GlobalTest | None = None
    critical: float | None = None
    """The size of a figure's test beyond which it is suspicious."""
    tested: int = 0
    imbalances: tuple[Imbalance, ...] = ()
    """Accounts whose figures do not balance, where they are taken as typed."""
    looked_at: int = 0
    """Free quantities whose interval was worked out."""


@dataclass(frozen=True)
class Today:
    """Today's plan; ``chain`` is the chain whose figures are the reconciled ones, which the plan is certified by."""

    solution: Solution
    chain: Chain
    reconciliation: Reconciliation | None


def carried(plan: Plan) -> Mapping[int, float]:
    """Return what each link carries in the year, by its position."""
    return {int(str(e)): float(q) for e, q in plan.flows.groupby("link")["quantity"].sum().items()}


def run(plan: Plan) -> Mapping[tuple[str, str], float]:
    """Return the level of each activity in the year, by its key."""
    rows = zip(plan.levels["process"], plan.levels["actor"], plan.levels["level"], strict=True)
    total: dict[tuple[str, str], float] = {}
    for process, actor, level in rows:
        total[process, actor] = total.get((process, actor), 0.0) + float(level)
    return total
