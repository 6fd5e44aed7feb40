"""What a plan chooses among whole numbers, back as columns: where the search for another plan starts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from filiere.analysis.explain import choices as explained
from filiere.analysis.explain.choices import choices
from filiere.pipeline import read
from filiere.solver.programme.chosen import whole_columns
from filiere.solver.programme.compile import compiled
from filiere.solver.programme.extract import plan
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session
from filiere.solver.solve import solve

EXAMPLES = Path(__file__).parents[2] / "data_templates"


@pytest.mark.parametrize("sector", ["food", "culture"])
def test_whole_columns_come_back_as_the_plan_has_them(sector: str) -> None:
    programme = compiled(read(EXAMPLES / f"{sector}_example_en.xlsx"))
    columns = solve_ranks(Search(Session(programme)), programme.index.chain.objectives).columns
    found, whole = whole_columns(programme, plan(programme, columns)), programme.whole
    assert columns[whole].any() and not columns[whole].all()
    assert found[whole] == pytest.approx(np.round(columns[whole]))
    assert not found[~whole].any()


def test_what_choices_cost_is_sought_from_what_the_plan_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = read(EXAMPLES / "food_example_en.xlsx")
    solution, begun, ranked = solve(chain), list[list[tuple[object, float]]](), explained.solve_ranks

    def noted(search: Search, *others: object) -> object:
        assert search.incumbent is not None
        names = [search.session.programme.columns[column] for column in search.columns.tolist()]
        begun.append(list(zip(names, search.incumbent.tolist(), strict=True)))
        return ranked(search, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(explained, "solve_ranks", noted)
    choices(chain, solution)
    assert solution.plan is not None and solution.plan.opened_processes and begun
    for chosen in begun:
        opened = {key for (family, key), value in chosen if family == "open_process" and value == 1.0}
        assert len(opened) == len(solution.plan.opened_processes)
