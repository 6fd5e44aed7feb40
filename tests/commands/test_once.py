"""What is worked out once is not worked out again: a workbook is read once a command, its programme built few times."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiere.chain import read as chain_read
from filiere.chain.chain import Chain
from filiere.chain.read import read_chain
from filiere.indicators import measure
from filiere.report import view
from filiere.report.result.summary import summary
from filiere.solution import ledger, once
from filiere.solution.accounts import Accounts
from filiere.solution.certify.certify import certify
from filiere.solution.evaluate import objective_value
from filiere.solution.solution import Plan
from filiere.solver.programme import compile as programmes
from filiere.solver.solve import solve
from filiere.workbook.read import read as reading
from tests.commands.running import run, write
from tests.wheat import WHEAT as TEMPLATE

WHEAT = TEMPLATE.replace("{harvest}", "60")


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[None]:
    """Count the calls of a function from now on."""
    calls: list[None] = []
    real: Callable[..., Any] = getattr(module, name)

    def counting(*given: Any, **named: Any) -> Any:
        calls.append(None)
        return real(*given, **named)

    monkeypatch.setattr(module, name, counting)
    return calls


@pytest.mark.parametrize("command", ["check", "solve"])
def test_a_workbook_is_read_and_put_together_once(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "wheat.xlsx", WHEAT)
    read = counted(monkeypatch, reading, "_opened")
    parsed = counted(monkeypatch, chain_read, "parse")
    together = counted(monkeypatch, chain_read, "_assembled")
    built = counted(monkeypatch, programmes, "_compiled")
    assert run(monkeypatch, capsys, command, str(file)).code == 0
    assert (len(read), len(parsed), len(together)) == (1, 1, 1)
    assert len(built) <= 3


def test_a_result_is_seen_once_a_language_by_workbook_page_and_console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "wheat.xlsx", WHEAT)
    views = counted(monkeypatch, view, "View")
    told = counted(monkeypatch, summary, "remarks")
    assert run(monkeypatch, capsys, "solve", str(file)).code == 0
    assert (len(views), len(told)) == (2, 2)


def test_a_workbook_that_has_changed_is_read_again(tmp_path: Path) -> None:
    file = write(tmp_path / "wheat.xlsx", WHEAT)
    with reading.reading_once():
        first = reading.read_workbook(file)
        assert reading.read_workbook(file) is first
        file.write_bytes(file.read_bytes() + b"\0")
        assert reading.read_workbook(file) is not first
    assert reading.read_workbook(file) is not first


def test_the_accounts_of_a_plan_are_worked_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Certificate, indicators, objectives and report share them: of the plan, and of this year beside it."""
    made, money = counted(monkeypatch, ledger, "_process_costs"), counted(monkeypatch, ledger, "_money_at")
    chain = read_chain(reading.read_workbook(write(tmp_path / "wheat.xlsx", WHEAT)))
    solution = solve(chain)
    plan = solution.plan
    assert plan is not None
    for objective in chain.objectives:
        objective_value(chain, plan, objective)
    measure(chain, plan)
    measure(chain, plan)
    assert certify(chain, solution).passed
    assert len(made) == 1
    assert len(money) == 2  # at the prices paid, and as budgets count


def test_a_run_makes_accounts_of_its_plan_once_and_of_this_year_as_certified_and_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[tuple[Chain, Plan]] = []

    def counting(chain: Chain, plan: Plan) -> Accounts:
        made.append((chain, plan))
        return Accounts(chain, plan)

    monkeypatch.setattr(once, "Accounts", counting)
    typed = WHEAT.replace("| price | scenario |", "| price | today |")
    typed = typed.replace("| 150 | |", "| 150 | 20 |").replace("| 300 | |", "| 300 | 80 |")
    file = write(tmp_path / "wheat.xlsx", typed)
    assert run(monkeypatch, capsys, "solve", str(file)).code == 0
    assert len({id(chain) for chain, _ in made}) == len(made)
    assert sorted(Counter(id(plan) for _, plan in made).values()) == [1, 2]


EXAMPLE = Path(__file__).parents[2] / "data_templates" / "culture_example_en.xlsx"


@pytest.mark.parametrize("example", [False, True], ids=["wheat", "an example some of whose figures do not fit"])
def test_what_check_has_no_use_for_is_not_loaded(example: bool, tmp_path: Path) -> None:
    """Frames, the modelling language and what writes workbooks take longer to load than a chain takes to check."""
    file = EXAMPLE if example else write(tmp_path / "wheat.xlsx", WHEAT)
    asked = (
        "import sys\n"
        "from filiere.pipeline import check\n"
        f"assert not [one for one in check({str(file)!r}) if one.kind.severity.name == 'ERROR']\n"
        "print(*sorted(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    modules = done.stdout.split()
    loaded = {name.partition(".")[0] for name in modules}
    solving = {"numpy", "scipy", "highspy"}
    assert loaded & solving == (solving if example else set()), "only figures of this year are weighed by a programme"
    assert not loaded & {"pandas", "pyomo", "xlsxwriter", "openpyxl", "matplotlib", "dask"}
    spared = (
        "sector.sector",
        "solver.conflict.",
        "solver.ranks.hair",
        "solver.ranks.seasons",
        "solver.session.elastic",
    )
    assert not [name for name in modules if name.removeprefix("filiere.").startswith(spared)]
