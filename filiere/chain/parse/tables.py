"""The typed rows of a whole workbook, each with its cells: what parsing gives and assembling takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from filiere.problems import Cell, Problem
from filiere.schema import Target
from filiere.schema import tables as t


@dataclass(frozen=True)
class Mention:
    """A name that a refused row refers to: it is still looked up, so that one run tells all that is wrong."""

    targets: tuple[Target, ...]
    name: str
    cell: Cell


@dataclass(frozen=True, kw_only=True)
class Ranged:
    """A scenario whose change is a range: a scenario of its own for each figure."""

    name: str
    row: t.ScenarioRow
    sign: str
    unit: str
    """What stands behind each figure, a space before it; '' for nothing."""
    figures: tuple[float, ...]
    names: tuple[str, ...]
    """The scenario of each figure."""
    french: bool
    """Whether figures are written with a decimal comma."""

    def change(self, figure: float) -> str:
        """Return the change that one figure is."""
        plain = f"{figure:.12g}"
        # Three decimals might be thousands: written with a power of ten, it reads in one way.
        said = f"{figure:.12e}" if len(plain.rpartition(".")[2]) == 3 and "." in plain else plain
        return f"{self.sign} {said}{self.unit}"


@dataclass(frozen=True)
class Tables:
    """Typed rows, one field a table, named as ``Row.table.key``; references are not resolved yet.

    ``problems`` holds what parsing found. A row with an error is left out and the name it would have declared
    is kept in ``refused`` (table key → names), so that whoever refers to it is not accused in turn.
    """

    settings: t.SettingsValues = field(default_factory=t.SettingsValues)
    periods: tuple[t.PeriodRow, ...] = ()
    profiles: tuple[t.ProfileRow, ...] = ()
    actors: tuple[t.ActorRow, ...] = ()
    products: tuple[t.ProductRow, ...] = ()
    processes: tuple[t.ProcessRow, ...] = ()
    recipes: tuple[t.RecipeRow, ...] = ()
    links: tuple[t.LinkRow, ...] = ()
    offers: tuple[t.OfferRow, ...] = ()
    needs: tuple[t.NeedRow, ...] = ()
    storage: tuple[t.StorageRow, ...] = ()
    funding: tuple[t.FundingRow, ...] = ()
    objectives: tuple[t.ObjectiveRow, ...] = ()
    limits: tuple[t.LimitRow, ...] = ()
    coalitions: tuple[t.CoalitionRow, ...] = ()
    scenarios: tuple[t.ScenarioRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    """What refused rows refer to."""
    elsewhere: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Table key and folded name → the scenario in whose rows alone the name is declared."""
    ranges: Mapping[str, Ranged] = field(default_factory=dict)
    """Folded name of a scenario → its range."""
    sheets: Mapping[str, Cell] = field(default_factory=dict)
    """Table key → the sheet it was read from (a Cell without row or column)."""
