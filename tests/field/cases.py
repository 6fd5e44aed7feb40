"""The published field cases: where they lie, and how a test takes one."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.gather import Gathered, gather
from filiere.table import RawWorkbook
from filiere.workbook.read.csv import read_csv
from filiere.workbook.read.read import read_workbook

FIELD = Path(__file__).parents[3] / "shared" / "data" / "field"
needs_field = pytest.mark.skipif(not FIELD.is_dir(), reason="the data are not beside the repository")

Sold = dict[tuple[str, str, str], tuple[float, float | None]]


def opened(path: Path) -> RawWorkbook:
    return read_workbook(path) if path.suffix == ".xlsx" else read_csv(path)


def gathered(path: Path, year: int | None = None) -> Gathered:
    return gather([opened(path)], "en", year=year)


def sold(result: Gathered) -> Sold:
    return {(flow.seller, flow.buyer, flow.product): (flow.quantity, flow.price) for flow in result.flows}


def told(result: Gathered, *codes: str) -> dict[str, list[str]]:
    """Return code → where it is said, of the ``codes`` that are said."""
    found: dict[str, list[str]] = {}
    for problem in result.decisions:
        if problem.code in codes:
            found.setdefault(problem.code, []).append(str(problem.cell).rpartition("!")[2])
    return found
