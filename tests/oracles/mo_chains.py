"""Published problems with two objectives, as workbooks: their two costs or values are measures of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from filiere.analysis.pareto.front import Front, front
from filiere.chain.read import read_chain
from filiere.workbook.read.read import read_workbook
from tests.oracles.book import Sheets, Value, write

FIRST, SECOND = "measure: first", "measure: second"
Points = list[tuple[float, float]]


def both(sense: str = "min") -> list[list[Value]]:
    """Objectives: the two measures, each in the same sense; a front opposes them whatever their order."""
    return [["rank", "objective", "sense"], [1, FIRST, sense], [2, SECOND, sense]]


def pairs(names: Sequence[str]) -> list[list[Value]]:
    """Actors: everybody is a member."""
    return [["actor", "perimeter"], *([name, "member"] for name in names)]


def front_of(folder: Path, sheets: Sheets, count: int = 20) -> Front:
    """Return the front of the workbook that ``sheets`` make; every plan of it is certified."""
    chain = read_chain(read_workbook(write(folder / "case.xlsx", sheets)))
    found = front(chain, FIRST, SECOND, count)
    assert all(point.certificate.passed for point in found.points), found
    return found


def points(found: Front) -> Points:
    """Return what the front's points reach."""
    return [(point.x, point.y) for point in found.points]
