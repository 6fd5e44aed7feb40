"""Who gains and who pays, held to the whole chain."""

from __future__ import annotations

import pytest

from filiere.report.result.tables.money.gains import families
from filiere.report.view import View
from filiere.result import Result


def add_up_to_the_change(result: Result) -> None:
    """Assert that what each kind of actor gains or pays adds up to the change of the net cost after grants."""
    assert result.measures is not None and result.today_measures is not None
    now, then = (float(one.chain["net_cost_after_grants"] or 0) for one in (result.measures, result.today_measures))
    rows = families(View(result, "fr"))
    assert sum(row.change for row in rows) == pytest.approx(then - now, abs=1.0)
    assert sum(change for row in rows for _, change in row.changes) == pytest.approx(then - now, abs=5.0)
