"""new, check, solve, today, demo: what they write, print and answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filiere.commands import exits as outcome
from filiere.solver.programme import compile as programmes
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run, write
from tests.commands.test_once import counted
from tests.workbook import files

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]

BREAD = """
    ## Actors
    | actor | perimeter | group |
    | Farm | member | |
    | Bakery | member | |
    | Town | local | eaters |
    | Importer | external | |
    ## Products
    | product | unit | price | kind |
    | wheat | t | 250 | primary |
    | bread | t | 2000 | |
    ## Processes
    | process | actor | capacity | today | unit_cost |
    | baking | Bakery | 100 | 20 | 300 |
    ## Recipes
    | process | product | input | output |
    | baking | wheat | 0.9 | |
    | baking | bread | | 1 |
    ## Offers
    | actor | product | maximum |
    | Farm | wheat | 27 |
    ## Links
    | from | to | product | price | today |
    | Farm | Bakery | wheat | 250 | 9 |
    | Importer | Bakery | wheat | 220 | 9 |
    | Bakery | Town | bread | 2000 | 20 |
    | Importer | Town | bread | 1500 | 30 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | bread | 50 | {obligation} |
    """


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    return write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want"))


def test_solve_writes_a_workbook_and_says_so(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "solve", str(bread), "--lang", "fr")
    results = bread.with_name("bread-resultats.xlsx")
    assert ran.code == 0
    assert str(results) in ran.out
    assert any(table.sheet == "Synthèse" for table in read_workbook(results).tables)


def test_an_existing_output_is_refused_unless_forced(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    target = bread.with_name("plan.xlsx")
    target.write_bytes(b"precious")
    refused = run(monkeypatch, capsys, "solve", str(bread), "-o", str(target))
    assert (refused.code, target.read_bytes()) == (5, b"precious")
    assert "plan (2).xlsx" in refused.err
    assert run(monkeypatch, capsys, "solve", str(bread), "-o", str(target), "--force").code == 0
    assert target.read_bytes() != b"precious"


def test_the_input_is_never_an_output(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    before = bread.read_bytes()
    assert run(monkeypatch, capsys, "solve", str(bread), "-o", str(bread), "--force").code == 5
    assert bread.read_bytes() == before


def test_json_is_all_there_is_on_standard_output(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "solve", str(bread), "--json")
    answer = json.loads(ran.out)
    assert ran.code == 0
    assert answer["status"] == "optimal"
    told = answer["objectives"]
    assert [(step["rank"], step["objective"]) for step in told if not step.get("closing")] == [
        (1, "unmet"), (2, "deficit"), (3, "rules"), (4, "dependency + lost + outlets + cost"), (5, "cost"),
        (6, "circularity"), (7, "waste"), (8, "change"),
    ]  # fmt: skip
    assert list(told[3]["parts"]) == ["dependency", "lost", "outlets", "cost"]
    # Cost is closed again before anything is thrown away or changed for it; equal plans are told apart last.
    closing = [(step["rank"], step["objective"]) for step in told if step.get("closing")]
    assert closing[:2] == [(5, "outlets"), (5, "cost")]
    assert closing[-1] == (9, "by_name")
    assert set(answer["bound"]) == {"least", "today", "outlays", "limit", "binds"}
    assert answer["certificate"]["passed"] is True
    flows = {(flow["from"], flow["to"], flow["product"]): flow["quantity"] for flow in answer["flows"]}
    # The farm grows wheat for 30 t of bread. Bread made of imported wheat depends on 0.9 x 250 a tonne, bought on 2 000.
    assert flows["Farm", "Bakery", "wheat"] == pytest.approx(27)
    assert flows["Importer", "Bakery", "wheat"] == pytest.approx(18)
    assert flows["Bakery", "Town", "bread"] == pytest.approx(50)
    assert answer["unmet"] == []
    assert set(answer["seconds"]) >= {"read", "build", "solve"}
    assert list(bread.parent.glob("*.xlsx")) == [bread]


def test_today_is_what_was_observed(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "today", str(bread), "--json")
    assert ran.code == 0, ran
    answer = json.loads(ran.out)
    flows = {(flow["from"], flow["to"], flow["product"]): flow["quantity"] for flow in answer["flows"]}
    assert flows == {
        ("Farm", "Bakery", "wheat"): pytest.approx(9), ("Importer", "Bakery", "wheat"): pytest.approx(9),
        ("Bakery", "Town", "bread"): pytest.approx(20), ("Importer", "Town", "bread"): pytest.approx(30),
    }  # fmt: skip


def test_a_workbook_with_errors_ends_with_3_and_names_its_cells(
    tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    wrong = write(
        tmp_path / "wrong.xlsx",
        BREAD.replace("| Farm | wheat | 27 |", "| Fram | wheat | 27 |\n| Farm | wheat | 1,234 |").replace(
            "{obligation}", "want"
        ),
    )
    ran = run(monkeypatch, capsys, "solve", str(wrong))
    assert ran.code == 3
    assert "Offers!A2: error" in ran.err
    assert "Offers!C3: error" in ran.err
    assert "Traceback" not in ran.err
    problems = json.loads(run(monkeypatch, capsys, "check", str(wrong), "--json").out)["problems"]
    assert {(p["severity"], p["cell"]) for p in problems} >= {("error", "Offers!A2"), ("error", "Offers!C3")}
    assert all(set(p) == {"severity", "code", "cell", "message", "hint"} for p in problems)


def test_check_writes_an_annotated_copy(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    wrong = write(
        tmp_path / "wrong.xlsx",
        BREAD.replace("| Farm | wheat | 27 |", "| Fram | wheat | 27 |").replace("{obligation}", "want"),
    )
    before = wrong.read_bytes()
    copy = tmp_path / "copy.xlsx"
    ran = run(monkeypatch, capsys, "check", str(wrong), "--annotate", str(copy), "--lang", "fr")
    assert ran.code == 3
    assert "erreur" in ran.err
    assert "Problèmes" in [table.sheet for table in read_workbook(copy).tables]
    assert wrong.read_bytes() == before


def test_a_copy_that_loses_something_says_so(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ods = files.packed(tmp_path / "a.ods", files.ods_parts(files.ods_sheet("")))
    copy = tmp_path / "copy.xlsx"
    ran = run(monkeypatch, capsys, "check", str(ods), "--annotate", str(copy), "--lang", "fr")
    assert "[OUT11]" in ran.err and "ce n'est pas un classeur Excel" in ran.err
    assert copy.exists()


@pytest.mark.parametrize("name", ["copy.xlsm", "copy.ods", "copy"])
def test_a_copy_that_excel_would_not_open_under_its_name_is_not_written(
    tmp_path: Path, monkeypatch: Monkey, capsys: Said, name: str
) -> None:
    source = write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want"))
    ran = run(monkeypatch, capsys, "check", str(source), "--annotate", str(tmp_path / name), "--lang", "fr")
    assert ran.code == outcome.OUTPUT and "[OUT09]" in ran.err and "copy.xlsx" in ran.err
    assert "macros" not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["bread.xlsx"]


@pytest.mark.parametrize("arguments", [("check", "--annotate"), ("solve", "--into")])
def test_a_protected_workbook_is_told_once(
    tmp_path: Path, monkeypatch: Monkey, capsys: Said, arguments: tuple[str, str]
) -> None:
    """An encrypted workbook is a compound file (MS-OFFCRYPTO 2.3.1), known by the name of its package."""
    compound = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    (tmp_path / "secret.xlsx").write_bytes(compound)
    command, option = arguments
    copy = tmp_path / "copy.xlsx"
    ran = run(monkeypatch, capsys, command, str(tmp_path / "secret.xlsx"), option, str(copy), "--lang", "fr")
    assert ran.code == 3
    assert ran.err.count("[FIL06]") == 1 and "mot de passe" in ran.err and "OUT10" not in ran.err
    assert not copy.exists()


def test_what_goes_wrong_is_told_in_the_language_of_the_workbook(
    tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    """Whatever the language of the machine, here English; a fault is one that no command foresees."""
    settings = "\n    ## Settings\n    | setting | value |\n    | language | fr |\n"
    book = write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want") + settings)
    taken = tmp_path / "taken.xlsx"
    taken.write_bytes(b"mine")
    ran = run(monkeypatch, capsys, "solve", str(book), "-o", str(taken))
    assert ran.code == 5 and "Il existe déjà un fichier" in ran.err
    outcome._told_kindly(ValueError, ValueError("x"), None)
    assert "filiere a rencontré une erreur interne (ValueError : x)" in capsys.readouterr().err


def test_problems_come_in_the_order_of_the_sheets(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    text = BREAD.replace("## Links", "## Échanges").replace("| Importer | external | |", "| Importer | outside | |")
    wrong = write(
        tmp_path / "wrong.xlsx", text.replace("{obligation}", "someday").replace("| 1500 | 30 |", "| x | 30 |")
    )
    ran = run(monkeypatch, capsys, "check", str(wrong), "--json")
    problems = [p for p in json.loads(ran.out)["problems"] if p["severity"] == "error" and p["cell"]]
    sheets = list(dict.fromkeys(p["cell"].partition("!")[0] for p in problems))
    order = [table.sheet for table in read_workbook(wrong).tables]
    assert sheets == [sheet for sheet in order if sheet in sheets] and "Échanges" in sheets[:-1]


def test_an_infeasible_chain_ends_with_4_and_names_its_cells(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    text = BREAD.replace("{obligation}", "must").replace("| Importer | Town | bread | 1500 | 30 |", "")
    short = write(tmp_path / "short.xlsx", text.replace("| 100 | 20 |", "| 40 | 20 |"))
    ran = run(monkeypatch, capsys, "solve", str(short), "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["status"]) == (4, "infeasible")
    assert {member["cell"] for member in answer["conflict"]} == {"Processes!C2", "Needs!C2"}
    assert [cause["asked"]["cell"] for cause in answer["causes"]] == ["Needs!C2"]
    assert answer["causes"][0]["sentence"] in ran.err
    assert answer["repair"][0]["sentence"] in ran.err
    assert answer["repair_proved"]
    assert "Processes!C2" in ran.err
    assert list(tmp_path.glob("*.xlsx")) == [short]


def test_an_unbounded_chain_ends_with_4_and_names_its_loop(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    endless = write(
        tmp_path / "endless.xlsx",
        BREAD.replace("{obligation}", "want") + "    | Town | bread | | outlet |\n    ## Objectives\n"
        "    | rank | objective |\n    | 1 | unmet |\n    | 2 | jobs |\n",
    )
    text = BREAD.replace("{obligation}", "want").replace(
        "| capacity | today | unit_cost |", "| jobs | today | unit_cost |"
    )
    text += "    | Town | bread | | outlet |\n    ## Objectives\n    | rank | objective |\n    | 1 | unmet |\n    | 2 | jobs |\n"
    assert run(monkeypatch, capsys, "solve", str(endless), "--json").code == 0
    endless = write(tmp_path / "endless.xlsx", text)
    ran = run(monkeypatch, capsys, "solve", str(endless), "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["status"]) == (4, "unbounded")
    assert any(str(member["cell"]).startswith("Processes!") for member in answer["conflict"])


def test_wrong_usage_ends_with_2_in_the_language_asked(monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "solv", "--lang", "fr")
    assert ran.code == 2
    assert run(monkeypatch, capsys, "solve", "absent.xlsx").code == 2


def test_a_language_before_the_command_is_that_of_its_messages(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    """``filiere --lang fr solve FILE`` spoke the workbook's English."""
    before = run(monkeypatch, capsys, "--lang", "fr", "check", str(bread))
    after = run(monkeypatch, capsys, "check", str(bread), "--lang", "fr")
    plain = run(monkeypatch, capsys, "check", str(bread))
    assert (before.out, before.err) == (after.out, after.err) and before.err + before.out != plain.err + plain.out


def test_an_unknown_scenario_is_an_error_of_the_workbook(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "solve", str(bread), "--scenario", "drought", "--json")
    assert ran.code == 3


@pytest.mark.parametrize("sector", ["food", "culture", "blank"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_template_has_nothing_filled_in_yet(
    sector: str, language: str, tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    target = tmp_path / "new.xlsx"
    assert run(monkeypatch, capsys, "new", sector, "-o", str(target), "--lang", language).code == 0
    ran = run(monkeypatch, capsys, "check", str(target), "--json")
    problems = json.loads(ran.out)["problems"]
    assert ran.code == 0
    assert [problem["code"] for problem in problems] == ["CHK01"]


@pytest.mark.parametrize(("sector", "language"), [("food", "fr"), ("culture", "en")])
def test_the_demo_runs_from_end_to_end(
    sector: str, language: str, tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)
    earlier = tmp_path / "filiere-demo" / f"{sector}_{'resultats' if language == 'fr' else 'results'}_{language}.xlsx"
    earlier.parent.mkdir()
    earlier.write_bytes(b"somebody's own")
    built = counted(monkeypatch, programmes, "_compiled")
    ran = run(monkeypatch, capsys, "demo", sector, "--lang", language)
    assert len(built) <= 3, "this year, the plan with its explanation and its refusals, and what pooling means saves"
    numbered = earlier.with_name(f"{earlier.stem} (2).xlsx")
    assert ran.code == 0 and numbered.name in ran.err
    assert earlier.read_bytes() == b"somebody's own" and numbered.stat().st_size > 10_000
