"""Ten organisations' files become workbooks that check clean and solve, with the year's figures recovered."""

from __future__ import annotations

from pathlib import Path

import pytest

import filiere
from filiere.chain.read import problems_of
from filiere.gather.files import sort_files
from filiere.gather.gather import gather
from filiere.gather.workbook import gathered_workbook
from filiere.problems import Severity
from filiere.workbook.read.read import read_workbook
from tests.gather.piles import PILES


@pytest.mark.parametrize("name", PILES)
def test_a_pile_becomes_a_workbook_that_solves(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "pile"
    folder.mkdir()
    told = PILES[name](folder)
    found = sort_files([folder])
    assert found.problems == []
    result = gather(found.tables, "fr", invoices=found.invoices)

    got = {(one.seller, one.buyer, one.product): one for one in result.flows}
    assert set(got) == set(told.year)
    units = {one.product.name: one.product.unit for one in result.products}
    for key, (quantity, amount) in told.year.items():
        flow = got[key]
        counted = flow.quantity * filiere_factor(units[flow.product], name)
        assert counted == pytest.approx(quantity, rel=0.01), key
        assert amount == 0.0 or flow.quantity * (flow.price or 0.0) == pytest.approx(amount, rel=0.01), key
    codes = {one.code for one in result.decisions}
    assert told.asked <= codes
    assert not codes & {"GAT03", "GAT04", "GAT06", "GAT07", "GAT11", "GAT14", "GAT21"}

    book = tmp_path / "w.xlsx"
    book.write_bytes(gathered_workbook(result, "fr"))
    raw = read_workbook(book)
    said = [one for one in problems_of(raw) if one.severity is Severity.ERROR]
    assert said == []
    everything = " ".join(str(value) for table in raw.tables for row in table.rows for value in row.values.values())
    assert not any(person in everything for person in told.never)
    solved = filiere.run(book)
    assert solved.solution.plan is not None and solved.certificate is not None and solved.certificate.passed


def filiere_factor(unit: str, name: str) -> float:
    """Return how many of the figures known beforehand one unit is: weights may come back in either of theirs."""
    wanted = {"growers_and_canteen": "kg", "reuse_weights": "t"}.get(name)
    return 1.0 if wanted in (None, unit) else {"kg": 1000.0, "t": 0.001}[wanted]
