"""Each measure of the Limits sheet, declared once: what counts in it, which filters it knows, in which unit it is told.

What reads, models, checks or explains a rule asks here. The amounts themselves are formulas: of the model in
:mod:`filiere.model.equations.limits`, of a plan alone in :mod:`filiere.solution.scope`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from filiere.language import Label
from filiere.schema import words as w


class Counts(Enum):
    """What adds to a measure."""

    LINKS = auto()
    """So much for each unit that a link carries."""
    ACTIVITIES = auto()
    """So much for each level of an activity."""
    LINK_PROJECTS = auto()
    """A link that is opened."""
    ACTIVITY_PROJECTS = auto()
    """An activity that is opened."""
    GRANTS = auto()
    ACCOUNTS = auto()
    """The net cost of actors, or the own costs of activities."""


class Told(Enum):
    """In what a measure is told where it has no unit of its own."""

    PRODUCT = auto()
    """The unit of the products in the rule, where they share one."""
    MONEY = auto()
    """The currency of the workbook."""
    COUNT = auto()
    """A bare number."""


@dataclass(frozen=True, kw_only=True)
class LimitMeasureFacts:
    """What there is to know of one measure besides its amounts; ``filters`` are columns of Limits."""

    counts: frozenset[Counts]
    filters: tuple[str, ...]
    unit: Label | Told

    @property
    def of_flows(self) -> bool:
        """Whether it is summed over links, so that a share of purchases or sales has a meaning."""
        return Counts.LINKS in self.counts


EVERY_FILTER = ("from_", "to", "product", "process", "period")
_OF_FLOWS = ("from_", "to", "product", "period")
_OF_LEVELS = ("from_", "process", "period")

LIMIT_MEASURES: dict[w.LimitMeasure, LimitMeasureFacts] = {
    w.LimitMeasure.QUANTITY: LimitMeasureFacts(
        counts=frozenset({Counts.LINKS}), filters=_OF_FLOWS, unit=Told.PRODUCT,
    ),
    w.LimitMeasure.VALUE: LimitMeasureFacts(
        counts=frozenset({Counts.LINKS}), filters=_OF_FLOWS, unit=Told.MONEY,
    ),
    w.LimitMeasure.MASS: LimitMeasureFacts(
        counts=frozenset({Counts.LINKS}), filters=_OF_FLOWS, unit=Label("kg", "kg"),
    ),
    w.LimitMeasure.LEVEL: LimitMeasureFacts(
        counts=frozenset({Counts.ACTIVITIES}), filters=_OF_LEVELS, unit=Told.COUNT,
    ),
    w.LimitMeasure.JOBS: LimitMeasureFacts(
        counts=frozenset({Counts.ACTIVITIES}), filters=_OF_LEVELS, unit=Label("FTE", "ETP"),
    ),
    w.LimitMeasure.CO2: LimitMeasureFacts(
        counts=frozenset({Counts.LINKS, Counts.ACTIVITIES}), filters=EVERY_FILTER,
        unit=Label("kg CO₂e", "kg éq. CO₂"),
    ),
    w.LimitMeasure.TRANSPORT: LimitMeasureFacts(
        counts=frozenset({Counts.LINKS}), filters=_OF_FLOWS, unit=Label("t·km", "t·km"),
    ),
    w.LimitMeasure.FUNDING: LimitMeasureFacts(
        counts=frozenset({Counts.GRANTS}), filters=("from_", "to", "process"), unit=Told.MONEY,
    ),
    w.LimitMeasure.COST: LimitMeasureFacts(
        counts=frozenset({Counts.ACCOUNTS}), filters=_OF_LEVELS, unit=Told.MONEY,
    ),
    w.LimitMeasure.OPENED: LimitMeasureFacts(
        counts=frozenset({Counts.LINK_PROJECTS, Counts.ACTIVITY_PROJECTS}),
        filters=("from_", "to", "product", "process"), unit=Told.COUNT,
    ),
    w.LimitMeasure.INVESTMENT: LimitMeasureFacts(
        counts=frozenset({Counts.ACTIVITY_PROJECTS}), filters=("from_", "process"), unit=Told.MONEY,
    ),
}  # fmt: skip


def limit_measure(measure: w.LimitMeasure | str) -> LimitMeasureFacts | None:
    """Return the facts of a measure, None for one of the workbook's own columns. Raises KeyError for one forgotten."""
    return LIMIT_MEASURES[measure] if isinstance(measure, w.LimitMeasure) else None
