"""What a solve answers: status, ranks, and tidy frames of everything that flows. Knows no solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal

from filiere.problems import Cell

if TYPE_CHECKING:
    import pandas as pd


class Status(Enum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    TIME_LIMIT = "time_limit"


@dataclass(frozen=True)
class RankValue:
    """An objective's value as held at the end of its rank; ``final`` is its value in the finished plan."""

    rank: int
    objective: str
    value: float
    final: float
    tolerance: float = 0.0
    tolerance_amount: float = 0.0
    weight: float = 1.0
    seconds: float = 0.0
    apart: bool = False
    """Whether the parts of its rank are held one by one: all but cost and outlets, which later ranks hold."""
    measured: float = 0.0
    """What the tolerance is a share of: the value, or for cost the gross outlays of the optimum."""
    turn: int = 0
    """Its place in the order solved, closing ones included."""
    closing: bool = False
    """Whether nobody asked for it: it only settles what the ranks leave open."""
    gap: float = 0.0
    """By how much of the value, at the most, it could be better: 0 where it is proved that it cannot."""


@dataclass(frozen=True)
class CostBound:
    """What a plan may cost: ``limit`` = the larger of ``least`` and ``today``, and a share of ``outlays`` beyond.

    ``least`` is the least cost at which needs are served as far as they can be, ``today`` what today's quantities
    cost (None where they are not known); nothing that is sold beyond today's earns in either. ``outlays`` are those
    of the cheapest plan or of today, or the value of what the cheapest serves (``outlays_of``), whichever is largest.
    ``binds``: whether the finished plan stands at the limit.
    """

    least: float
    today: float | None
    outlays: float
    limit: float
    binds: bool = False
    outlays_of: Literal["cheapest", "today", "served"] = "cheapest"


@dataclass(frozen=True)
class Conflict:
    """One member of what cannot hold together (infeasible) or of what feeds on itself (unbounded).

    ``row`` is the name of the model's row or variable, ``what`` and ``change`` are the facts of its sentence:
    the amount by which the row would have to give way, or what one turn of the loop adds.
    """

    cell: Cell | None
    row: str
    subject: tuple[str, ...]
    change: float


@dataclass(frozen=True)
class Mention:
    """One figure of the workbook that a sentence speaks of: ``row`` is the model's row, ``amount`` its size."""

    cell: Cell | None
    row: str
    subject: tuple[str, ...]
    amount: float


@dataclass(frozen=True)
class Cause:
    """Why a chain has no plan, as one would say it: something is asked, and less can be reached.

    ``kind`` is ``missing`` (nothing brings it), ``short`` (what brings it is too small), ``exact`` (it comes in
    other amounts only), ``minimum``, ``rule`` or ``budget``. ``limits`` are what holds it back, ``claims`` what else
    is asked at the same time, ``calendars`` those that would suffice if they were free: the year's total fits,
    one period does not. ``alone``: they mend the whole chain, not this reason among others.
    """

    kind: str
    asked: Mention
    reached: float
    limits: tuple[Mention, ...] = ()
    claims: tuple[Mention, ...] = ()
    calendars: tuple[Mention, ...] = ()
    alone: bool = True


@dataclass(frozen=True)
class Repair:
    """One figure to change, from what to what; all the repairs of a solution together mend its chain."""

    cell: Cell | None
    row: str
    subject: tuple[str, ...]
    before: float
    after: float


def _empty(name: str) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({column: [] for column in COLUMNS[name]})


@dataclass(frozen=True)
class Plan:
    """Everything that flows, in tidy frames, one row a figure; positions refer to the chain's tuples.

    A plan may be the solver's, today's, or written by hand in a test. Quantities are in the product's unit,
    amounts in the workbook's currency; zero rows are left out. Columns:

    * ``flows``: link (position in ``chain.links``), from, to, product, period, quantity (shipped),
      received (net of loss), value (shipped quantity x the link's price)
    * ``levels``: process, actor, period, level
    * ``offers``: offer (position), actor, product, period, quantity
    * ``served``: need (position), actor, product, period, quantity
    * ``unmet``: need (position), actor, product, period ("" where only the year binds), quantity
    * ``stocks``: actor, product, period, quantity at the period's end
    * ``discarded``: actor, product, period, quantity
    * ``chosen``: process, actor, choice, product, period, quantity of each input of a choice
    * ``left_over``: actor, product, period, quantity left of lots and whole activities
    * ``grants``: funding (position), funder, actor, amount
    * ``deficits``: actor, amount
    * ``expanded``: process, actor, level
    * ``payments``: actor, paid and received so that nobody loses
    """

    flows: pd.DataFrame
    levels: pd.DataFrame
    offers: pd.DataFrame
    served: pd.DataFrame
    unmet: pd.DataFrame
    stocks: pd.DataFrame
    discarded: pd.DataFrame
    grants: pd.DataFrame
    deficits: pd.DataFrame
    expanded: pd.DataFrame
    opened_processes: tuple[tuple[str, str], ...] = ()
    """Candidates opened, as (process, actor)."""
    opened_links: tuple[int, ...] = ()
    """Candidate links used, as positions in ``chain.links``."""
    chosen: pd.DataFrame = field(default_factory=lambda: _empty("chosen"))
    left_over: pd.DataFrame = field(default_factory=lambda: _empty("left_over"))
    payments: pd.DataFrame = field(default_factory=lambda: _empty("payments"))


COLUMNS = {
    "flows": ("link", "from", "to", "product", "period", "quantity", "received", "value"),
    "levels": ("process", "actor", "period", "level"),
    "offers": ("offer", "actor", "product", "period", "quantity"),
    "served": ("need", "actor", "product", "period", "quantity"),
    "unmet": ("need", "actor", "product", "period", "quantity"),
    "stocks": ("actor", "product", "period", "quantity"),
    "discarded": ("actor", "product", "period", "quantity"),
    "chosen": ("process", "actor", "choice", "product", "period", "quantity"),
    "left_over": ("actor", "product", "period", "quantity"),
    "grants": ("funding", "funder", "actor", "amount"),
    "deficits": ("actor", "amount"),
    "expanded": ("process", "actor", "level"),
    "payments": ("actor", "paid", "received"),
}
"""The columns of each frame of a plan, in order."""


@dataclass(frozen=True)
class Solution:
    """The answer to one chain: how the solve ended, the plan where there is one, the ranks in the order solved.

    ``conflict`` is filled where the chain is infeasible or unbounded; ``gap`` is how far from the best, relative
    to its value, the first rank that was not proved may be; ``seconds`` are the times of build and solve.
    """

    status: Status
    plan: Plan | None = None
    objectives: tuple[RankValue, ...] = ()
    closing: tuple[RankValue, ...] = ()
    """What was optimised to settle what the ranks leave open, in the order solved."""
    bound: CostBound | None = None
    """What the plan may cost, where that is bounded."""
    shares_cut: bool = False
    """Whether there were more levels of equal shares than are told apart: what is above the last is as it comes."""
    conflict: tuple[Conflict, ...] = ()
    repair: tuple[Repair, ...] = ()
    """The fewest figures to change, then the least, so that an infeasible chain has a plan."""
    repair_proved: bool = True
    """Whether fewer were proved not to be enough; in a large chain with many faults they are only few."""
    causes: tuple[Cause, ...] = ()
    """Plain reasons for an infeasible chain."""
    gain: tuple[str, float] | None = None
    """What an unbounded chain gains per turn of its loop: the rank's name, and by how much it improves."""
    gap: float = 0.0
    seconds: Mapping[str, float] = field(default_factory=dict)
