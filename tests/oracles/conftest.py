"""Every published problem is read twice: straight into arrays, and through the Pyomo model."""

from __future__ import annotations

import pytest

from filiere.chain.chain import Chain
from filiere.model.build import build
from filiere.solver.programme.compile import Programme, compile_model, compiled
from tests.solver.test_compile import same_arrays


@pytest.fixture(autouse=True)
def both_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_twice(chain: Chain) -> Programme:
        found = compiled(chain)
        same_arrays(found, compile_model(build(chain)))
        return found

    for module in ("filiere.solver.solve", "filiere.solver.study"):
        monkeypatch.setattr(f"{module}.compiled", read_twice)
