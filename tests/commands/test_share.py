"""``filiere share`` on a sheet of coalitions: no chain is needed to share a common bill or a gain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filiere.analysis.share.bill import share_workbook
from filiere.analysis.share.listed import completed
from filiere.analysis.share.rules import Rule
from filiere.analysis.share.sampled import sampled
from filiere.problems import WorkbookError
from filiere.report.share.words import ShareView, share_lines
from filiere.workbook.read.read import read_workbook
from tests.analysis.share.test_values import TWO_BUYERS
from tests.commands.running import run, write
from tests.sheets import workbook

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]

VAN = """
    ## Regroupements
    | membres | valeur | nature |
    | Ferme | 12 | coût |
    | Laiterie | 18 | coût |
    | Fournil | 28 | coût |
    | Ferme; laiterie | 18 | coût |
    | Fournil ; Ferme | 28 | coût |
    | Laiterie; Fournil | 28 | coût |
    | Ferme; Laiterie; Fournil | 28 | coût |
"""
GLOVES = """
    ## Coalitions
    | members | value |
    | A; B | 60 |
    | A; C | 60 |
    | A; B; C | 60 |
"""


def codes(markdown: str) -> set[tuple[str, str]]:
    with pytest.raises(WorkbookError) as raised:
        share_workbook(workbook(markdown), "reference")
    return {(problem.code, str(problem.cell)) for problem in raised.value.problems}


def test_a_common_van_is_paid_by_stretches(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    file = write(tmp_path / "van.xlsx", VAN)
    answer = json.loads(run(monkeypatch, capsys, "share", str(file), "--json").out)
    assert answer["players"] == ["Ferme", "Laiterie", "Fournil"]
    # 12 for all three, 6 more for two, 10 more for one.
    assert answer["shapley"] == pytest.approx({"Ferme": 4.0, "Laiterie": 7.0, "Fournil": 17.0})
    assert answer["nucleolus"] == pytest.approx({"Ferme": 6.0, "Laiterie": 6.0, "Fournil": 16.0})
    assert answer["keys"]["equal"]["Ferme"] == pytest.approx(28 / 3)
    assert answer["core_empty"] is False
    assert (answer["rule"], answer["kind"], answer["transfers"]) == ("shapley", "cost", [])
    assert {"members": ["Ferme", "Fournil"], "value": 28.0} in answer["coalitions"]
    # In equal parts Farm and Dairy pay 18.67 for what they would have for 18.
    assert answer["apart"]["equal"]["members"] in (["Ferme", "Laiterie"], ["Ferme"])
    assert not file.with_name("van-partage.xlsx").exists()


def test_results_are_written_and_said_in_the_workbooks_language(
    tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    file = write(tmp_path / "van.xlsx", VAN)
    ran = run(monkeypatch, capsys, "share", str(file), "--rule", "nucléole")
    assert ran.code == 0, ran.err
    assert "Partage le moins contesté (nucléole)" in ran.out
    assert "Fournil 16" in ran.out
    target = tmp_path / "van-partage.xlsx"
    tables = {table.sheet: table for table in read_workbook(target).tables}
    assert {"Résumé", "Parts", "Règles de partage", "Regroupements"} <= tables.keys()
    again = run(monkeypatch, capsys, "share", str(file), "--rule", "nucléole")
    assert again.code == 0 and sorted(path.name for path in tmp_path.iterdir()) == ["van-partage.xlsx", "van.xlsx"]
    assert run(monkeypatch, capsys, "share", str(file), "--force", "--lang", "en", "-o", str(target)).code == 0
    assert "Shares" in {table.sheet for table in read_workbook(target).tables}


def test_the_nucleolus_where_a_group_would_leave_shapleys(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    file = write(tmp_path / "gloves.xlsx", GLOVES)
    ran = run(monkeypatch, capsys, "share", str(file), "--json")
    answer = json.loads(ran.out)
    assert answer["rule"] == "nucleolus"
    assert answer["nucleolus"] == pytest.approx({"A": 60.0, "B": 0.0, "C": 0.0}, abs=1e-6)
    assert answer["apart"]["shapley"]["amount"] == pytest.approx(10.0)  # A and B get 40 + 10 of 60
    assert "COA05" in ran.err  # A, B, C and B; C are not listed


@pytest.mark.parametrize("rule", ["owen", "fair"])
def test_a_rule_that_cannot_be_used_is_refused(tmp_path: Path, monkeypatch: Monkey, capsys: Said, rule: str) -> None:
    ran = run(monkeypatch, capsys, "share", str(write(tmp_path / "van.xlsx", VAN)), "--rule", rule)
    assert (ran.code, "COA07" in ran.err) == (3, True)


def test_what_is_wrong_with_the_sheet_is_told_with_its_cell() -> None:
    assert codes("## Coalitions\n| members | value |\n| A; B | 5 |\n| A; C | 7 |") == {("COA01", "Coalitions!A2")}
    assert codes("## Coalitions\n| members | value |\n| A; B | 5 |\n| b; A | 7 |") == {("COA02", "Coalitions!A3")}
    assert codes("## Coalitions\n| members | value | kind |\n| A; B | 5 | gain |\n| A | 7 | cost |") == {
        ("COA03", "Coalitions!C3")
    }
    assert codes("## Coalitions\n| members | value | kind |\n| A; B | 5 | cost |\n| A | 7 | cost |") == {
        ("COA04", "Coalitions!A2")
    }


def test_a_gain_that_is_not_listed_is_that_of_its_best_parts() -> None:
    listed = {frozenset("A"): 1.0, frozenset("AB"): 4.0, frozenset("CD"): 5.0, frozenset("BCD"): 7.0}
    value = completed(tuple("ABCD"), listed)
    assert value(0b0010) == 0.0  # B alone is not listed
    assert value(0b1001) == 1.0  # A and D: A alone
    assert value(0b1111) == 9.0  # AB + CD, rather than A + BCD = 8


def test_a_cost_that_is_not_listed_is_that_of_its_cheapest_parts() -> None:
    bill = share_workbook(workbook("""
        ## Coalitions
        | members | value | kind |
        | A | 10 | cost |
        | B | 10 | cost |
        | C | 10 | cost |
        | A; B | 14 | cost |
        | A; B; C | 21 | cost |
    """), "reference")  # fmt: skip
    game = bill.sharing.game
    assert game is not None
    assert [-game.values[s] for s in (0b011, 0b101, 0b110)] == [14.0, 20.0, 20.0]
    # C saves 3 with the pair, which saves 6: the orders in which C comes last give it 3, the others less.
    assert sum(bill.sharing.shares[Rule.SHAPLEY]) == pytest.approx(-21.0)
    assert [problem.code for problem in bill.warnings] == ["COA05"]


def told(rows: str) -> list[str]:
    bill = share_workbook(workbook(f"## Coalitions\n| members | value | kind |\n{rows}"), "reference")
    lines = share_lines(ShareView(bill.sharing, bill.settings, "fr", bill.beside))
    return [line.replace("\u202f", " ").replace("\xa0", " ") for line in lines]


def test_a_bill_is_paid_and_a_gain_received() -> None:
    gain, cost = (
        told(f"| A | 10 | {kind} |\n| B | 20 | {kind} |\n| A; B | 30 | {kind} |") for kind in ("gain", "coût")
    )
    assert "Il y a 30 € à partager, autant que si chacun restait de son côté." in gain
    assert "Ensemble, ils paient 30 €, autant que chacun de son côté." in cost
    assert any(line.startswith("Chacun reçoit ce qu'il apporte en moyenne") for line in gain)
    assert any(line.startswith("Chacun paie ce qu'il ajoute en moyenne à la facture") for line in cost)
    assert not any("reçoi" in line for line in cost)


def test_many_players_are_drawn_to_one_per_cent() -> None:
    # v(S) = |S|² of 14 players: each gets 14, though what it adds runs from 1 to 27.
    found = sampled(14, lambda s: float(s.bit_count() ** 2))
    assert max(found.errors) <= 0.01 * 14**2
    assert sum(found.shares) == pytest.approx(14**2)
    assert all(abs(share - 14.0) < 5 * error for share, error in zip(found.shares, found.errors, strict=True))
    assert found == sampled(14, lambda s: float(s.bit_count() ** 2))


def test_thirteen_members_of_a_sheet_have_a_core_and_a_nucleolus() -> None:
    names = [chr(65 + i) for i in range(13)]
    rows = "\n".join(["| A; B | 130 |", f"| {'; '.join(names)} | 130 |"])
    found = share_workbook(workbook(f"## Coalitions\n| members | value |\n{rows}"), "reference").sharing
    assert found.core_empty is False
    # What A and B reach alone is all there is: nothing is left for the others.
    assert found.shares[Rule.NUCLEOLUS] == pytest.approx((65.0, 65.0, *(0.0,) * 11), abs=1e-3)
    assert found.standard_error is not None
    # Only A and B add anything, half each on average.
    assert found.shares[Rule.SHAPLEY][0] == pytest.approx(65.0, abs=5 * found.standard_error[0])
    assert found.shares[Rule.SHAPLEY][5] == 0.0


def test_members_share_what_their_chain_brings_and_pay_each_other(
    tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    file = write(tmp_path / "apples.xlsx", TWO_BUYERS)
    ran = run(monkeypatch, capsys, "share", str(file), "--json", "--rule", "equal")
    answer = json.loads(ran.out)
    # Farm and Canteen 32, Farm and School 18, all 38.
    assert answer["total"] == pytest.approx(38.0)
    assert answer["shapley"] == pytest.approx({"Farm": 21.0, "Canteen": 12.0, "School": 5.0})
    assert answer["gains"] == pytest.approx({"Farm": 10.0, "Canteen": 24.0, "School": 4.0})
    assert sum(one["amount"] for one in answer["transfers"]) == pytest.approx(24 - 38 / 3)
    assert {one["from"] for one in answer["transfers"]} == {"Canteen"}
    assert not file.with_name("apples-shares.xlsx").exists()


def test_a_group_shares_as_one(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    file = write(tmp_path / "apples.xlsx", TWO_BUYERS)
    ran = run(monkeypatch, capsys, "share", str(file), "--by", "Farm", "--by", "kitchens", "--lang", "en")
    assert ran.code == 0, ran.err
    assert "kitchens pays Farm 9" in ran.out  # 19 each, of which the kitchens have 28
    assert run(monkeypatch, capsys, "share", str(file), "--by", "Baker", "--force").code == 3
    van = write(tmp_path / "van.xlsx", VAN)
    assert "COA08" in run(monkeypatch, capsys, "share", str(van), "--by", "Ferme").err


def test_where_no_plan_keeps_every_rule_shares_say_so(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    """What today misses is relaxed for every group alike, so that there is always something to share."""
    rule = """
    ## Limits
    | limit | measure | from | sense | value |
    | all from one | quantity | Farm | >= | 100 |
    """
    for name, text in (("kept", TWO_BUYERS), ("clash", TWO_BUYERS + rule)):
        file = write(tmp_path / f"{name}.xlsx", text)
        shared = run(monkeypatch, capsys, "share", str(file), "--lang", "fr")
        assert shared.code == 0
        assert ("Aucun plan ne respecte toutes les règles" in shared.out) is (name == "clash")
    assert run(monkeypatch, capsys, "solve", str(tmp_path / "clash.xlsx")).code == 4
