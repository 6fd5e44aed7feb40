"""The headline figures of a comparison: which are shown first, under which name, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass

from filiere.report.comparison.figures import Line
from filiere.report.comparison.sides import Figure, Sides, difference
from filiere.report.result.summary import headlines
from filiere.report.sheet import Show

_LOWER = ("upstream", "downstream", "funding", "cost", "borne", "co2", "unmet", "deficit")
_HIGHER = ("served", "circularity", "jobs", "local_share")


@dataclass(frozen=True)
class Head:
    """One headline figure of every case; ``good`` is +1 where more is better, −1 where less is, 0 where neither."""

    key: str
    label: str
    line: Line
    good: int

    def difference(self, at: int) -> Figure:
        """Return a case's figure less the reference's."""
        return difference(self.line.values[at], self.line.values[0])


def heads(sides: Sides) -> list[Head]:
    """Return the headline figures that some case has, in the order of a single plan's summary."""
    found = [
        {} if view is None else {h.key: h for h in headlines(view, told=False) if not h.part} for view in sides.views
    ]
    labels = {key: (h.label, h.show) for one in found for key, h in one.items()}
    figures = []
    for key, (label, show) in labels.items():
        values = tuple(one[key].plan if key in one else None for one in found)
        figures.append(Head(key, label, Line(values, show), _good(key)))
    money = sides.lead.in_money
    figures[1:1] = _where_some(sides, "unmet", money("Unmet needs", "Besoins non couverts"))
    figures += _where_some(sides, "deficit", money("Deficits to cover", "Déficits à couvrir"))
    return figures


def _where_some(sides: Sides, key: str, label: str) -> list[Head]:
    values = tuple((outcome.values or {}).get(key) for outcome in sides.comparison.outcomes)
    if not any(value is not None and abs(value) >= 0.5 for value in values):
        return []
    return [Head(key, label, Line(values, Show.MONEY), _good(key))]


def _good(key: str) -> int:
    return -1 if key in _LOWER else 1 if key in _HIGHER else 0
