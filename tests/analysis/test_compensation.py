"""Nobody worse off, with payments among those who may: a farm displaces a wholesaler and makes up for it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from filiere.chain.chain import Chain
from filiere.pipeline import no_worse_off, run, solve_chain
from filiere.report.member.workbook import member_workbooks
from filiere.report.result.json import solution_json
from filiere.report.result.text import summary_lines
from filiere.result import Result
from filiere.solution.certify.certify import certify
from tests.commands.running import write
from tests.sheets import chain as read
from tests.sheets import problems

# 10 t of apples: the wholesaler buys at 800 and sells at 1,100; the farm would grow them for 500 and sell at 1,000.
POLE = """
    ## Settings
    | setting | value |
    | no_member_worse_off | no |
    ## Actors
    | actor | perimeter | may_transfer |
    | Farm | member | yes |
    | Wholesaler | member | |
    | Canteen | member | |
    | Dealer | external | |
    ## Products
    | product | unit | price |
    | apples | t | 1000 |
    ## Links
    | from | to | product | price | today |
    | Dealer | Wholesaler | apples | 800 | 10 |
    | Wholesaler | Canteen | apples | 1100 | 10 |
    | Farm | Canteen | apples | 1000 | 0 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | apples | 10 | 500 |
    ## Needs
    | actor | product | quantity | obligation |
    | Canteen | apples | 10 | must |
    """
ALONE = POLE.replace("| Farm | member | yes |", "| Farm | member | |")
SPARED = POLE.replace("worse_off | no |", "worse_off | yes |")


@pytest.fixture(scope="module")
def chain() -> Chain:
    return no_worse_off(read(POLE))


@pytest.fixture(scope="module")
def paid(chain: Chain) -> Result:
    return solve_chain(chain)


def delivered(result: Result) -> dict[str, float]:
    return result.plan.flows.groupby("from")["quantity"].sum().to_dict()


def test_the_plan_moves_and_the_farm_pays_what_the_wholesaler_loses(paid: Result) -> None:
    assert delivered(paid) == pytest.approx({"Farm": 10.0})
    # The wholesaler lost 10 × (1,100 − 800); the farm is left with 10 × (1,000 − 500) less that.
    assert paid.measures is not None and paid.certificate is not None and paid.certificate.passed
    surplus = paid.measures.actors["surplus"].to_dict()
    assert surplus == pytest.approx({"Farm": 2000.0, "Wholesaler": 3000.0, "Canteen": -10_000.0}, abs=1e-3)
    told = solution_json(paid)["payments"]
    assert told == [{"from": "Farm", "to": "Wholesaler", "amount": pytest.approx(3000.0, abs=1e-3)}]


def test_nobody_pays_unless_the_sheet_says_that_it_may() -> None:
    kept = solve_chain(no_worse_off(read(ALONE)))
    assert delivered(kept)["Dealer"] == pytest.approx(10.0)
    assert solution_json(kept)["payments"] == []


def test_a_payer_is_left_with_what_it_has_today_too() -> None:
    """Growing costs 800: a gain of 2,000 cannot make up for 3,000, so that a part of the trade stays.

    With q tonnes moved the farm has 200 q to give and the wholesaler lacks 300 q: none can move.
    """
    kept = solve_chain(no_worse_off(read(POLE.replace("| 10 | 500 |", "| 10 | 800 |"))))
    assert delivered(kept).get("Farm", 0.0) == pytest.approx(0.0, abs=1e-5)


def test_the_certificate_sees_money_that_nobody_pays(chain: Chain, paid: Result) -> None:
    from dataclasses import replace

    frame = paid.plan.payments.assign(paid=0.0)
    forged = replace(paid.solution, plan=replace(paid.plan, payments=frame))
    failed = {check.name for check in certify(chain, forged).checks if check.residual > 1e-6}
    assert "payments" in failed
    # And a payment by somebody who may not.
    other = paid.plan.payments.replace({"actor": {"Farm": "Canteen"}})
    forged = replace(paid.solution, plan=replace(paid.plan, payments=other))
    assert "payments" in {check.name for check in certify(chain, forged).checks if check.residual > 1e-6}


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_it_is_said_in_words_and_each_member_reads_its_own(paid: Result) -> None:
    said = "\n".join(summary_lines(paid, "fr")).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Farm verse 3 000 € par an à Wholesaler, pour que personne ne perde" in said
    sheets = {name.split("-", 1)[1]: content for name, content in member_workbooks(paid, "en")}
    cells = {
        name: "\n".join(
            str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0] for cell in row
        ).replace("\u00a0", " ")
        for name, book in sheets.items()
    }
    assert "you pay Wholesaler 3,000 € a year" in cells["farm.xlsx"]
    assert "Farm pays you 3,000 € a year" in cells["wholesaler.xlsx"]
    assert "3,000" not in cells["canteen.xlsx"]


def test_settings_may_say_whom_the_plan_spares(tmp_path: Path) -> None:
    file = write(tmp_path / "pole.xlsx", SPARED)
    result = run(file)
    assert solution_json(result)["payments"][0]["amount"] == pytest.approx(3000.0, abs=1e-3)
    assert {name for name, a in result.chain.actors.items() if a.least_surplus is not None} == {
        "Farm", "Wholesaler", "Canteen",
    }  # fmt: skip


def test_settings_that_spare_need_a_today_and_outsiders_pay_nothing() -> None:
    blank = SPARED.replace("| price | today |", "| price | note |")
    assert ("CHK31", "Settings!B2") in problems(blank)
    assert not [code for code, _ in problems(SPARED) if code in ("CHK31", "CHK32")]
    outside = POLE.replace("| Dealer | external | |", "| Dealer | external | yes |")
    assert ("CHK32", "Actors!C5") in problems(outside)
