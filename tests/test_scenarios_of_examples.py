"""Every scenario of both worked examples has a plan that holds when it is recomputed: people try these first."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.chain.parse.sheets import parse
from filiere.chain.read import read_chain
from filiere.chain.scenario.names import scenario_names
from filiere.sector.sector import load_sector
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Status
from filiere.solver.solve import solve
from filiere.workbook.read.read import read_workbook
from filiere.workbook.template.template import template


@pytest.mark.parametrize("sector", ["food", "culture"])
def test_every_scenario_is_certified(sector: str, tmp_path: Path) -> None:
    path = tmp_path / f"{sector}.xlsx"
    path.write_bytes(template(load_sector(sector), "fr", example=True))
    raw = read_workbook(path)
    names = scenario_names(parse(raw))
    assert len(names) > 4
    failed = {}
    for name in names:
        chain = read_chain(raw, name)
        solution = solve(chain)
        certificate = certify(chain, solution)
        if solution.status is not Status.OPTIMAL or not certificate.passed:
            worst = max(certificate.checks, key=lambda check: check.residual)
            failed[name] = (solution.status.name, worst.name, worst.residual)
    assert failed == {}
