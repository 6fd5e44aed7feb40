"""What ``solve`` may be asked besides: how many actions to refuse, and that nobody be worse off than today."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from filiere.commands.common import spared
from tests.analysis.test_nobody_worse_off import FARMS, RULE
from tests.commands.running import run, write


def test_solve_leaves_nobody_worse_off_and_says_what_each_action_is_worth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "farms.xlsx", FARMS)
    ran = run(monkeypatch, capsys, "solve", str(file), "--json", "--nobody-worse-off", "--actions", "all")
    told = json.loads(ran.out)
    assert ran.code == 0 and told["certificate"]["passed"]
    assert sum(flow["quantity"] for flow in told["flows"] if flow["from"] == "Old Farm") == pytest.approx(50.0)
    (action,) = told["actions"]
    # Without the new farm's 10 t, which cost 50 each, the old farm brings them, at a cost of 100.
    assert (action["action"], action["from"], action["plan"]) == ("create", "New Farm", pytest.approx(10.0))
    assert action["refused"]["losses"]["cost"] == pytest.approx(10 * (100.0 - 50.0))


def test_refusals_name_their_reason_and_end_with_their_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = run(
        monkeypatch, capsys, "solve", str(write(tmp_path / "a.xlsx", FARMS)), "--actions", "many", "--lang", "fr"
    )
    assert wrong.code == 2 and "many n'est ni un nombre d'actions" in wrong.err
    clash = write(tmp_path / "b.xlsx", FARMS + RULE)
    ran = run(monkeypatch, capsys, "solve", str(clash), "--json", "--nobody-worse-off", "--lang", "en")
    assert ran.code == 4 and "“Old Farm” should be no worse off than today" in ran.err
    blank = FARMS.replace("| 50 |\n", "| |\n").replace("| 100 | 0 |", "| 100 | |")
    ran = run(monkeypatch, capsys, "solve", str(write(tmp_path / "c.xlsx", blank)), "--json", "--nobody-worse-off")
    assert ran.code == 3 and "SOL01" in ran.err


@pytest.mark.parametrize(
    ("asked", "whom"),
    [((), None), (("--no-member-worse-off",), "members"), (("--nobody-worse-off",), "inside"),
     (("--nobody-worse-off", "--no-member-worse-off"), "inside"),
     (("--no-member-worse-off", "--nobody-worse-off"), "inside")],
)  # fmt: skip
def test_nobody_worse_off_holds_beside_no_member_too(asked: tuple[str, ...], whom: str | None) -> None:
    told: list[str | None] = []

    def command(nobody_worse_off: str | None) -> None:
        told.append(nobody_worse_off)

    assert CliRunner().invoke(click.command()(spared(command)), asked).exit_code == 0
    assert told == [whom]


def test_compare_spares_those_that_solve_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old farm goes on selling its 50 t in every scenario, and only there where it is asked for."""
    scenarios = """
    ## Scenarios
    | scenario | table | row | column | change |
    | more | Needs | Shop / wheat | quantity | = 70 |
    """
    file = write(tmp_path / "farms.xlsx", FARMS + scenarios)
    sold = {}
    for option in ("--nobody-worse-off", "--no-member-worse-off", "--quiet"):
        ran = run(monkeypatch, capsys, "compare", str(file), "--json", option)
        assert ran.code == 0
        sold[option] = [
            sum(flow["quantity"] for flow in one["flows"] if flow["from"] == "Old Farm")
            for one in json.loads(ran.out)["scenarios"]
        ]
    assert sold["--nobody-worse-off"] == pytest.approx([50.0, 50.0])
    assert sold["--no-member-worse-off"] == pytest.approx([50.0, 50.0])
    assert sold["--quiet"] == pytest.approx([0.0, 10.0])
