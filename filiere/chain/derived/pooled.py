"""What members pool, beside the rows it stands on: means that are used, inputs that stand in for each other."""

from __future__ import annotations

from dataclasses import dataclass

from filiere.schema import tables as t


@dataclass(frozen=True)
class Option:
    """One of several inputs that stand in for each other; ``quantity`` is what one run takes of it alone."""

    product: str
    quantity: float
    least: float
    most: float
    row: t.RecipeRow


@dataclass(frozen=True)
class Use:
    """What each unit delivered, or in stock in a period, takes of a service, and who lends it."""

    product: str
    quantity: float
    carrier: str
