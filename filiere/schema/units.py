"""In what each number of a workbook is counted, declared once: its words, its bounds, and which written units it takes.

Whatever reads, converts or writes a number asks here; :mod:`filiere.units` knows the units themselves and their sizes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from filiere.language import Label

LARGEST = 1e12
"""The largest quantity, capacity or sum of money that can be meant."""
_LARGE = 1e9
"""The largest amount per unit of something."""
_FINE = 1e-9
"""The smallest amount, beside 0, that an input or output can be."""


class Of(Enum):
    """What is counted."""

    PRODUCT = auto()
    """In the unit of the row's product."""
    MONEY = auto()
    CARBON = auto()
    TIME = auto()
    OWN = auto()
    """In the units that are ``written``."""


@dataclass(frozen=True, kw_only=True)
class UnitFacts:
    """What there is to know of a unit; ``short`` is what a heading has room for, ``{money}`` the currency."""

    label: Label
    short: Label
    of: Of
    per_product: bool = False
    """Whether it is so much for one unit of the row's product: a price, say."""
    per_something: bool = False
    """Whether it is so much for one of what has no size of its own: only what stands above a slash is looked at."""
    yearly: bool = False
    largest: float = LARGEST
    finest: float | None = None
    written: tuple[str, ...] = ()


class Unit(Enum):
    """In what a number is counted; decides which written units are converted or refused."""

    AMOUNT = UnitFacts(
        label=Label("in the product's unit, per year", "dans l'unité du produit, par an"),
        short=Label("units/year", "unités/an"),
        of=Of.PRODUCT,
        yearly=True,
    )
    AMOUNT_PER_LEVEL = UnitFacts(
        label=Label("in the product's unit, per unit of activity", "dans l'unité du produit, par unité d'activité"),
        short=Label("units per activity", "unités par activité"),
        of=Of.PRODUCT,
        per_something=True,
        largest=_LARGE,
        finest=_FINE,
    )
    AMOUNT_PER_AMOUNT = UnitFacts(
        label=Label("in the product's unit, per unit served", "dans l'unité du produit, par unité servie"),
        short=Label("per unit served", "par unité servie"),
        of=Of.PRODUCT,
        per_something=True,
        largest=_LARGE,
        finest=_FINE,
    )
    MEANS_PER_AMOUNT = UnitFacts(
        label=Label("in the service's unit, per unit of the product", "dans l'unité du service, par unité de produit"),
        short=Label("service/unit", "service/unité"),
        of=Of.PRODUCT,
        largest=_LARGE,
        finest=_FINE,
    )
    STOCK = UnitFacts(
        label=Label("in the product's unit", "dans l'unité du produit"),
        short=Label("units", "unités"),
        of=Of.PRODUCT,
    )
    PRICE = UnitFacts(
        label=Label("currency per unit", "monnaie par unité"),
        short=Label("{money}/unit", "{money}/unité"),
        of=Of.MONEY,
        per_product=True,
    )
    MONEY = UnitFacts(
        label=Label("currency per year", "monnaie par an"),
        short=Label("{money}/year", "{money}/an"),
        of=Of.MONEY,
        yearly=True,
    )
    CAPITAL = UnitFacts(
        label=Label("currency", "monnaie"),
        short=Label("{money}", "{money}"),
        of=Of.MONEY,
    )
    MONEY_PER_LEVEL = UnitFacts(
        label=Label("currency per unit of activity", "monnaie par unité d'activité"),
        short=Label("{money} per activity", "{money} par activité"),
        of=Of.MONEY,
        per_something=True,
    )
    STOCK_COST = UnitFacts(
        label=Label("currency per unit and period", "monnaie par unité et par période"),
        short=Label("{money}/unit/period", "{money}/unité/période"),
        of=Of.MONEY,
        per_product=True,
    )
    SHARE = UnitFacts(
        label=Label("share, 0 to 1 or %", "part, de 0 à 1 ou en %"),
        short=Label("%", "%"),
        of=Of.OWN,
        largest=1e4,
    )
    LEVEL = UnitFacts(
        label=Label("units of activity per year", "unités d'activité par an"),
        short=Label("activities/year", "activités/an"),
        of=Of.OWN,
        yearly=True,
        written=("unit",),
    )
    DISTANCE = UnitFacts(
        label=Label("km", "km"),
        short=Label("km", "km"),
        of=Of.OWN,
        largest=1e6,
        written=("km",),
    )
    MASS = UnitFacts(
        label=Label("kg per unit", "kg par unité"),
        short=Label("kg/unit", "kg/unité"),
        of=Of.OWN,
        per_something=True,
        largest=_LARGE,
        written=("kg",),
    )
    CO2_PER_LEVEL = UnitFacts(
        label=Label("kg CO₂e per unit of activity", "kg CO₂e par unité d'activité"),
        short=Label("kg CO₂e per activity", "kg CO₂e par activité"),
        of=Of.CARBON,
        per_something=True,
        largest=_LARGE,
    )
    CO2_PER_AMOUNT = UnitFacts(
        label=Label("kg CO₂e per unit", "kg CO₂e par unité"),
        short=Label("kg CO₂e/unit", "kg CO₂e/unité"),
        of=Of.CARBON,
        per_product=True,
        largest=_LARGE,
    )
    JOBS = UnitFacts(
        label=Label("full-time equivalents per unit of activity", "équivalents temps plein par unité d'activité"),
        short=Label("FTE per activity", "ETP par activité"),
        of=Of.OWN,
        per_something=True,
        largest=_LARGE,
        written=("ETP", "FTE"),
    )
    DEGREES = UnitFacts(
        label=Label("decimal degrees", "degrés décimaux"),
        short=Label("degrees", "degrés"),
        of=Of.OWN,
        written=("°",),
    )
    YEARS = UnitFacts(
        label=Label("years", "ans"),
        short=Label("years", "ans"),
        of=Of.TIME,
        largest=1e4,
        written=("year",),
    )
    PLAIN = UnitFacts(label=Label("", ""), short=Label("", ""), of=Of.OWN, written=("unit",))

    @property
    def label(self) -> Label:
        """The unit in words; empty for a plain number."""
        return self.value.label

    @property
    def counted_in_product(self) -> bool:
        """Whether the number is in the unit of a product, or so much for one unit of it."""
        return self.value.of is Of.PRODUCT or self.value.per_product
