"""The headline figures of a comparison: which are shown first, under which name, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass

from filiere.report.comparison.figures import Line
from filiere.report.comparison.sides import Figure, Sides, difference
from filiere.report.result.summary.summary import headlines
from filiere.report.result.tables.flows.gaps import unmet
from filiere.report.sheet import Show
from filiere.report.view import View

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
    # At reference prices, as the plan of each case tells it: the objective weighs what is missing by its importance.
    missing = tuple(None if view is None else _worth(view) for view in sides.views)
    figures[1:1] = _where_some("unmet", money("Unmet needs", "Besoins non couverts"), missing)
    short = tuple((outcome.values or {}).get("deficit") for outcome in sides.comparison.outcomes)
    figures += _where_some("deficit", money("Deficits to cover", "Déficits à couvrir"), short)
    return figures


def _worth(view: View) -> float:
    return sum(float(str(value)) for value in unmet(view).column("value").values)


def _where_some(key: str, label: str, values: tuple[Figure, ...]) -> list[Head]:
    if not any(value is not None and abs(value) >= 0.5 for value in values):
        return []
    return [Head(key, label, Line(values, Show.MONEY), _good(key))]


def _good(key: str) -> int:
    return -1 if key in _LOWER else 1 if key in _HIGHER else 0
