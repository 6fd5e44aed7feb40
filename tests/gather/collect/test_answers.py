"""What comes back: only what changed is taken, contradictions are asked, nothing newer is undone, all else is told."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from filiere.chain.parse.sheets import parse
from filiere.gather.collect.rows import RowKey, keyed_rows
from filiere.gather.complete.apply import apply
from filiere.gather.complete.edits import AddRow
from filiere.gather.complete.round import Proposed, complete
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run, write
from tests.gather.collect.answering import Sheet, decide, filled, gathered, held, sent
from tests.gather.collect.opening import numbers, raw_parts, texts
from tests.gather.collect.test_collect import BREAD

SOLD, BOUGHT = ("Bakery", "flour", "t"), ("Mill", "flour", "t")
PAIN = ("Village", "bread", "t")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    source = (
        BREAD.replace("| 41.5 | 43.25 |", "| 41.5 | |")
        + """
    ## Settings
    | setting | value |
    |---|---|
    | name | Bread pole |
    """
    )
    return write(tmp_path / "w.xlsx", source)


def link(workbook: Path, *ends: str) -> dict[str, object]:
    (row,) = (row for row in held(workbook, "Links") if (row["from"], row["to"], row["product"]) == ends)
    return row


def test_only_a_cell_that_differs_is_an_answer(book: Path, tmp_path: Path) -> None:
    files, before = sent(book, tmp_path / "q"), book.read_bytes()

    def bakery(sheet: Sheet) -> None:
        sheet.type(PAIN, "this year", "60,5")  # a text, as spreadsheets of another locale leave it
        sheet.type(("Importer", "flour", "t"), "price, € a unit", None)
        sheet.type(("Importer", "flour", "t"), "at most a year", 0)

    done = gathered(book, tmp_path / "w2.xlsx", filled(files["Bakery"], bakery))
    assert book.read_bytes() == before
    assert (done.changes, dict(done.rows), done.loss, list(done.decisions)) == (3, {"links": 2}, None, [])
    assert link(tmp_path / "w2.xlsx", "Bakery", "Village", "bread")["today"] == 60.5
    imported = link(tmp_path / "w2.xlsx", "Importer", "Bakery", "flour")
    assert ("price" not in imported, imported["Maximum"], imported["today"]) == (True, 0.0, 6.75)
    changes = held(tmp_path / "w2.xlsx", "# Changes")
    assert sorted(str(row["Column"]) for row in changes) == ["Maximum", "Price", "Today"]
    note = openpyxl.load_workbook(tmp_path / "w2.xlsx")["Links"]["D4"]
    assert "Former value: 55.5" in note.comment.text and "Bakery" in note.comment.text
    assert note.fill.fgColor.rgb == "FFD5EFD9"


def test_colours_and_comments_of_an_earlier_round_are_cleared(book: Path, tmp_path: Path) -> None:
    first = filled(sent(book, tmp_path / "q")["Bakery"], lambda sheet: sheet.type(PAIN, "this year", 60))
    gathered(book, tmp_path / "w2.xlsx", first)
    second = filled(sent(tmp_path / "w2.xlsx", tmp_path / "q2")["Bakery"],
                    lambda sheet: sheet.type(PAIN, "price, € a unit", 4000))  # fmt: skip
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", second)
    sheet = openpyxl.load_workbook(tmp_path / "w3.xlsx")["Links"]
    assert (sheet["D4"].value, sheet["D4"].comment, sheet["D4"].fill.fill_type) == (60, None, None)
    assert sheet["F4"].value == 4000 and "3911" in sheet["F4"].comment.text
    titles = [table.sheet for table in read_workbook(tmp_path / "w3.xlsx").tables]
    assert len(titles) == len(set(titles)) and titles.count("# Answers received") == 1


def test_seller_and_buyer_side_by_side_until_somebody_decides(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    mill = filled(files["Mill"], lambda sheet: sheet.type(SOLD, "this year", 50))
    bakery = filled(files["Bakery"], lambda sheet: sheet.type(BOUGHT, "this year", 45))
    done = gathered(book, tmp_path / "w2.xlsx", mill, bakery)
    row = link(tmp_path / "w2.xlsx", "Mill", "Bakery", "flour")
    assert (row["today"], row["today_buyer"]) == (50.0, 45.0)
    (asked,) = done.decisions
    assert asked.key == "two sides / mill / bakery / flour"
    assert [choice.text for choice in asked.choices] == ["50 t (seller)", "45 t (buyer)", "both, weighed by confidence"]
    decide(tmp_path / "w2.xlsx", asked.key, "45 t (Buyer)")
    after = gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    row = link(tmp_path / "w3.xlsx", "Mill", "Bakery", "flour")
    assert (row["today"], row.get("today_buyer")) == (45.0, None)
    assert [(one.answer, one.applied) for one in after.decisions] == [("45 t (Buyer)", "45 t (buyer)")]
    again = gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx")
    assert again.changes == 0


def test_what_is_to_be_checked_stays_with_its_notes_until_it_is_deleted(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    mill = filled(files["Mill"], lambda sheet: sheet.type(SOLD, "this year", "a lot"))
    bakery = filled(files["Bakery"], lambda sheet: sheet.type(BOUGHT, "this year", "quite some"))
    gathered(book, tmp_path / "w2.xlsx", mill)
    copy = openpyxl.load_workbook(tmp_path / "w2.xlsx")
    sheet = copy["# To check"]
    assert "a lot" in str(sheet.cell(4, 3).value) and sheet.cell(3, 5).value == "Your note"
    sheet.cell(4, 5).value = "I asked on Monday"
    copy.save(tmp_path / "w2.xlsx")

    def told(workbook: Path) -> list[tuple[str, object]]:
        return [(str(row["What was found"]), row.get("Your note")) for row in held(workbook, "# To check")]

    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", bakery, mill)  # the same file again repeats no line
    first, second = told(tmp_path / "w3.xlsx")
    assert ("quite some" in first[0], "a lot" in second[0], second[1]) == (True, True, "I asked on Monday")
    copy = openpyxl.load_workbook(tmp_path / "w3.xlsx")
    copy["# To check"].delete_rows(5)
    copy.save(tmp_path / "w3.xlsx")
    gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx")
    assert [one[0] for one in told(tmp_path / "w4.xlsx")] == [first[0]]


def test_what_is_said_of_one_gathering_stays_with_its_notes_too(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    early = filled(files["Bakery"], lambda sheet: sheet.type(PAIN, "this year", 60), "early.xlsx")
    mill = filled(files["Mill"], lambda sheet: sheet.type(SOLD, "this year", 50))
    asked = gathered(book, tmp_path / "w2.xlsx", mill, filled(files["Bakery"], lambda sheet: sheet.type(
        BOUGHT, "this year", 45)))  # fmt: skip
    decide(tmp_path / "w2.xlsx", asked.decisions[0].key, "perhaps")
    again = sent(tmp_path / "w2.xlsx", tmp_path / "q2")
    newer = filled(again["Bakery"], lambda sheet: sheet.type(PAIN, "this year", 61))
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", newer, early, mill, again["Mill"])
    copy = openpyxl.load_workbook(tmp_path / "w3.xlsx")
    sheet = copy["# To check"]
    codes = [str(sheet.cell(row, 1).value) for row in range(4, sheet.max_row + 1)]
    assert sorted(codes) == ["COL11", "COL14", "COL19"]  # a file that came twice leaves nothing to do
    for row, code in enumerate(codes, start=4):
        sheet.cell(row, 5).value = f"note {code}"
    copy.save(tmp_path / "w3.xlsx")
    before = held(tmp_path / "w3.xlsx", "# To check")
    gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx")
    by_code = {str(row["Code"]): row for row in held(tmp_path / "w4.xlsx", "# To check")}
    assert by_code == {str(row["Code"]): row for row in before}


def test_who_has_not_answered_is_counted_on_one_line(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    gathered(book, tmp_path / "w2.xlsx", files["Mill"], files["Bakery"])
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx",
             filled(files["Mill"], lambda sheet: sheet.type(SOLD, "this year", 50)), files["Bakery"])  # fmt: skip
    (row,) = held(tmp_path / "w3.xlsx", "# To check")
    assert (row["Code"], "(1): Bakery" in str(row["What was found"])) == ("COL19", True)


@pytest.mark.parametrize("answer", ["50 t (seller)", "45 t (buyer)", "both, weighed by confidence"])
def test_each_side_gets_its_own_figure_back_whatever_was_decided(book: Path, tmp_path: Path, answer: str) -> None:
    files = sent(book, tmp_path / "q")
    mill = filled(files["Mill"], lambda sheet: sheet.type(SOLD, "this year", 50.125))
    bakery = filled(files["Bakery"], lambda sheet: sheet.type(BOUGHT, "this year", 45.375))
    (asked,) = gathered(book, tmp_path / "w2.xlsx", mill, bakery).decisions
    decide(tmp_path / "w2.xlsx", asked.key, answer.replace("50", "50.125").replace("45", "45.375"))
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    again = sent(tmp_path / "w3.xlsx", tmp_path / "q2")
    assert (50.125 in numbers(again["Mill"]), 45.375 in numbers(again["Mill"])) == (True, False)
    assert (50.125 in numbers(again["Bakery"]), 45.375 in numbers(again["Bakery"])) == (False, True)
    unchanged = [filled(file, Sheet.tick) for file in again.values()]
    done = gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx", *unchanged)
    assert (done.changes, [one for one in done.decisions if not one.applied]) == (0, [])


def test_a_figure_that_its_member_emptied_stays_empty(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    bakery = filled(files["Bakery"], lambda sheet: sheet.type(BOUGHT, "this year", 45.375))
    gathered(book, tmp_path / "w2.xlsx", bakery)
    again = sent(tmp_path / "w2.xlsx", tmp_path / "q2")
    bakery = filled(again["Bakery"], lambda sheet: sheet.type(BOUGHT, "this year", None))
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", bakery)
    assert 45.375 not in numbers(sent(tmp_path / "w3.xlsx", tmp_path / "q3")["Bakery"])


def test_both_sides_agreeing_is_one_figure(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    both = [filled(files["Mill"], lambda sheet: sheet.type(SOLD, "this year", 50)),
            filled(files["Bakery"], lambda sheet: sheet.type(BOUGHT, "this year", 50))]  # fmt: skip
    done = gathered(book, tmp_path / "w2.xlsx", *both)
    row = link(tmp_path / "w2.xlsx", "Mill", "Bakery", "flour")
    assert (row["today"], row.get("today_buyer"), list(done.decisions)) == (50.0, None, [])


def test_a_cell_corrected_meanwhile_is_never_reverted(book: Path, tmp_path: Path) -> None:
    answer = filled(sent(book, tmp_path / "q")["Bakery"], lambda sheet: sheet.type(PAIN, "this year", 60))
    corrected = openpyxl.load_workbook(book)
    corrected["Links"]["D4"] = 58
    corrected.save(book)
    done = gathered(book, tmp_path / "w2.xlsx", answer)
    assert link(tmp_path / "w2.xlsx", "Bakery", "Village", "bread")["today"] == 58.0
    (asked,) = done.decisions
    assert [choice.text for choice in asked.choices] == ["keep 58 t", "60 t (Bakery)"]
    decide(tmp_path / "w2.xlsx", asked.key, "60 t (Bakery)")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    assert link(tmp_path / "w3.xlsx", "Bakery", "Village", "bread")["today"] == 60.0


def test_late_double_foreign_swapped_and_damaged_files_are_told_and_harmless(book: Path, tmp_path: Path) -> None:
    old = sent(book, tmp_path / "q")
    late = filled(old["Bakery"], lambda sheet: sheet.type(PAIN, "this year", 1), "late.xlsx")
    mill_late = filled(old["Mill"], lambda sheet: sheet.type(SOLD, "at most a year", 70), "mill late.xlsx")
    first = filled(old["Bakery"], lambda sheet: sheet.type(PAIN, "this year", 60))
    gathered(book, tmp_path / "w2.xlsx", first)
    new = sent(tmp_path / "w2.xlsx", tmp_path / "q2")
    second = filled(new["Bakery"], lambda sheet: sheet.type(PAIN, "this year", 61))
    double = shutil.copy(second, tmp_path / "q2" / "again.xlsx")
    swapped = shutil.copy(new["Mill"], tmp_path / "02-bakery.xlsx")
    other = write(tmp_path / "o.xlsx", BREAD + "\n## Settings\n| setting | value |\n|---|---|\n| name | Other |\n")
    foreign = filled(sent(other, tmp_path / "q3")["Mill"], lambda sheet: sheet.type(SOLD, "this year", 3), "f.xlsx")
    damaged = filled(new["Mill"], lambda sheet: sheet.sheet.delete_rows(sheet.row(*SOLD)), "d.xlsx")
    files = [late, mill_late, second, double, swapped, foreign, damaged]
    done = gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", *map(Path, files))
    assert link(tmp_path / "w3.xlsx", "Bakery", "Village", "bread")["today"] == 61.0
    sold = link(tmp_path / "w3.xlsx", "Mill", "Bakery", "flour")
    assert (sold["today"], sold["Maximum"]) == (41.5, 70.0)  # late, but nothing stands against it
    told = {problem.code: problem.message("en") for problem in done.problems}
    assert sorted(told) == ["CLT03", "CLT04", "CLT06", "COL10", "COL11", "COL12"]
    for code, name in (("CLT03", "d.xlsx"), ("CLT04", "f.xlsx"), ("CLT06", "02-bakery.xlsx"), ("COL10", "again.xlsx"),
                       ("COL11", "late.xlsx"), ("COL12", "mill late.xlsx")):  # fmt: skip
        assert name in told[code]


def test_two_answers_of_one_member_are_asked_with_both_values(book: Path, tmp_path: Path) -> None:
    file = sent(book, tmp_path / "q")["Bakery"]
    one = filled(file, lambda sheet: sheet.type(PAIN, "this year", 60), "a.xlsx")
    two = filled(file, lambda sheet: sheet.type(PAIN, "this year", 70), "b.xlsx")
    done = gathered(book, tmp_path / "w2.xlsx", one, two)
    assert link(tmp_path / "w2.xlsx", "Bakery", "Village", "bread")["today"] == 55.5
    (asked,) = done.decisions
    assert [choice.text for choice in asked.choices] == ["keep 55.5 t", "60 t (Bakery)", "70 t (Bakery)"]


@pytest.mark.parametrize("line", [SOLD, ("Competitor", "secret", "t")])
def test_a_line_of_another_actor_is_refused_with_its_file(book: Path, tmp_path: Path, line: tuple[str, ...]) -> None:
    from filiere.gather.answers.returned import read_returned
    from filiere.gather.collect.rows import keyed_rows
    from filiere.workbook.questionnaire.form import digest_of, read_mark, read_row_mark

    files = sent(book, tmp_path / "q")
    theirs = openpyxl.load_workbook(files["Mill"]).active

    def smuggled(sheet: Sheet) -> None:
        row = Sheet(theirs).row(*line)
        mine = sheet.row(*PAIN)
        for at in range(1, 14):
            sheet.sheet.cell(mine, at).value = theirs.cell(row, at).value
        marks = [sheet.sheet.cell(at, 13).value for at in range(1, sheet.sheet.max_row + 1)]
        digest = digest_of(tuple(m for m in marks if m and read_row_mark(m)))
        mark = read_mark(marks[0])
        sheet.sheet.cell(1, 13).value = marks[0].replace(mark.digest, digest)  # so that only the line itself is wrong

    raw = read_workbook(filled(files["Bakery"], smuggled))
    found = read_returned(raw, frozenset(), keyed_rows(read_workbook(book)))
    assert [problem.code for problem in found.problems] == ["CLT07"]
    assert "02-bakery.xlsx" in found.problems[0].message("en") and found.answers == ()


def test_struck_out_emptied_and_zero_are_three_answers(book: Path, tmp_path: Path) -> None:
    file = sent(book, tmp_path / "q")["Bakery"]
    struck = filled(file, lambda sheet: sheet.type(PAIN, "strike out", "x"), "s.xlsx")
    done = gathered(book, tmp_path / "s2.xlsx", struck)
    (asked,) = done.decisions
    assert link(tmp_path / "s2.xlsx", "Bakery", "Village", "bread")["today"] == 55.5
    decide(tmp_path / "s2.xlsx", asked.key, "remove the row")
    gathered(tmp_path / "s2.xlsx", tmp_path / "s3.xlsx")
    assert not [row for row in held(tmp_path / "s3.xlsx", "Links") if row.get("product") == "bread"]

    def by_font(sheet: Sheet) -> None:
        cell = sheet.sheet.cell(sheet.row(*PAIN), 1)
        cell.font = openpyxl.styles.Font(strike=True)

    assert [one.key for one in gathered(book, tmp_path / "f.xlsx", filled(file, by_font, "f1.xlsx")).decisions] == [
        asked.key
    ]  # fmt: skip
    for value, there in ((None, None), (0, 0.0)):
        answer = filled(file, lambda sheet, value=value: sheet.type(PAIN, "this year", value), "e.xlsx")
        gathered(book, tmp_path / "e2.xlsx", answer)
        assert link(tmp_path / "e2.xlsx", "Bakery", "Village", "bread").get("today") == there


@pytest.mark.parametrize(("ends", "zero"), [(("Bakery", "Village"), True), (("Bakery", "shops"), False),
                                            (("Bakery", "*"), False)])  # fmt: skip
def test_a_line_with_a_group_is_never_offered_a_figure_of_this_year(
    tmp_path: Path, ends: tuple[str, str], zero: bool
) -> None:
    chain = f"""
    ## Actors
    | actor | perimeter | group |
    |---|---|---|
    | Bakery | member | |
    | Village | local | shops |
    | Hamlet | local | shops |

    ## Products
    | product | unit |
    |---|---|
    | bread | t |

    ## Links
    | from | to | product | price |
    |---|---|---|---|
    | {ends[0]} | {ends[1]} | bread | 3911 |
    """
    book = write(tmp_path / "g.xlsx", chain)
    name = "anybody on the territory" if ends[1] == "*" else ends[1]
    struck = filled(sent(book, tmp_path / "q")["Bakery"],
                    lambda sheet: sheet.type((name, "bread", "t"), "strike out", "x"))  # fmt: skip
    (asked,) = gathered(book, tmp_path / "g2.xlsx", struck).decisions
    offered = ["remove the row", "keep it", *(["keep it, with 0 this year"] if zero else [])]
    assert [one.text for one in asked.choices] == offered


def test_nothing_has_changed_confirms(book: Path, tmp_path: Path) -> None:
    file = filled(sent(book, tmp_path / "q")["Bakery"], lambda sheet: sheet.tick())
    done = gathered(book, tmp_path / "w2.xlsx", file)
    assert (done.changes, list(done.problems)) == (0, [])
    (received,) = held(tmp_path / "w2.xlsx", "# Answers received")
    assert (received["Member"], received["Round"], received["Nothing has changed"]) == ("Bakery", 1.0, "yes")


def test_a_questionnaire_that_nobody_touched_is_no_answer(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    filled(files["Mill"], lambda sheet: sheet.type(SOLD, "this year", 50))
    done = gathered(book, tmp_path / "w2.xlsx", *files.values())
    assert [(problem.code, problem.message("en")) for problem in done.problems] == [
        ("COL19", "Questionnaires without an answer so far (1): Bakery. They do not count as answered.")
    ]  # fmt: skip
    assert [row["Member"] for row in held(tmp_path / "w2.xlsx", "# Answers received")] == ["Mill"]


def test_new_lines_are_rows_where_all_is_known_and_proposals_where_a_name_is_new(book: Path, tmp_path: Path) -> None:
    def bakery(sheet: Sheet) -> None:
        sheet.add("sales", "Competitor", "bread", "kg", 2000, 5)
        sheet.add("sales", "Grocer", "bread", "t", 4, 3800)
        sheet.add("by-products", "stale bread", "thrown away", "t", 3)

    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Bakery"], bakery))
    new = link(tmp_path / "w2.xlsx", "Bakery", "Competitor", "bread")
    assert (new["today"], new["price"]) == (2.0, 5000.0)
    assert "Grocer" not in {row.get("actor") for row in held(tmp_path / "w2.xlsx", "Actors")}
    keys = [one.key for one in done.decisions]
    assert keys == ["new / sales / bakery / grocer / bread", "new / by-products / bakery / stale bread"]
    decide(tmp_path / "w2.xlsx", keys[0], "add Grocer: local")
    decide(tmp_path / "w2.xlsx", keys[1], "add stale bread")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    assert link(tmp_path / "w3.xlsx", "Bakery", "Grocer", "bread")["today"] == 4.0
    assert ("Grocer", "local") in {(row["actor"], row["perimeter"]) for row in held(tmp_path / "w3.xlsx", "Actors")}
    assert "stale bread" in {row["product"] for row in held(tmp_path / "w3.xlsx", "Products")}


def test_a_new_activity_comes_with_what_it_takes_in_and_puts_out(book: Path, tmp_path: Path) -> None:
    def mill(sheet: Sheet) -> None:
        sheet.add("processes", "milling", "a tonne of wheat", None, 50)
        sheet.add("recipes", "milling", "wheat", "t", 1)
        sheet.add("recipes", "milling", "flour", "kg", None, 780)

    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Mill"], mill))
    assert [one.key for one in done.decisions] == [
        "new / processes / mill / milling", "new / recipes / mill / milling / wheat",
        "new / recipes / mill / milling / flour",
    ]  # fmt: skip
    for one in done.decisions:
        decide(tmp_path / "w2.xlsx", one.key, one.choices[0].text)
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    assert [(row["Process"], row["Actor"], row["Today"]) for row in held(tmp_path / "w3.xlsx", "Processes")] == [
        ("milling", "Mill", 50.0)
    ]  # fmt: skip
    recipes = {row["Product"]: (row.get("Input"), row.get("Output")) for row in held(tmp_path / "w3.xlsx", "Recipes")}
    assert recipes == {"wheat": (1.0, None), "flour": (None, 0.78)}


def test_answers_make_the_sheets_that_a_list_of_actors_lacks(tmp_path: Path) -> None:
    book = write(
        tmp_path / "a.xlsx",
        "## Acteurs\n| acteur | périmètre |\n|---|---|\n| Ferme | membre |\n| Épicerie | membre |\n",
    )
    files = sent(book, tmp_path / "q", "fr")
    answer = filled(files["Ferme"], lambda sheet: sheet.add("sales", "Épicerie", "Carottes", "t", 5, 1200))
    done = gathered(book, tmp_path / "w2.xlsx", answer, language="fr")
    (asked,) = done.decisions
    decide(tmp_path / "w2.xlsx", asked.key, "ajouter Carottes")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", language="fr")
    (sold,) = held(tmp_path / "w3.xlsx", "Échanges")
    assert list(sold.values()) == ["Ferme", "Épicerie", "Carottes", 5.0, 1200.0, "questionnaire\u202f: Ferme, tour 1"]
    assert list(sold) == ["Fournisseur", "Client", "Produit", "Cette année", "Prix", "Source"]
    assert held(tmp_path / "w3.xlsx", "Produits")[0]["Unité"] == "t"


def test_the_command_never_writes_the_workbook_and_names_the_copy(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = filled(sent(book, tmp_path / "q")["Bakery"], lambda sheet: sheet.type(PAIN, "this year", 60))
    before = book.read_bytes()
    for name in ("w (2).xlsx", "w (3).xlsx"):
        ran = run(monkeypatch, capsys, "gather", str(answer), "--into", str(book), "--force", "--lang", "en")
        assert (ran.code, name in ran.out, (tmp_path / name).is_file()) == (0, True, True), ran.err
    assert book.read_bytes() == before
    over = run(monkeypatch, capsys, "gather", str(answer), "--into", str(book), "-o", str(book), "--force")
    assert (over.code, "OUT07" in over.err, book.read_bytes()) == (5, True, before)
    assert "GOSSIP" not in raw_parts(tmp_path / "w (2).xlsx")


def test_figures_are_asked_and_written_in_the_unit_of_their_heading(tmp_path: Path) -> None:
    source = BREAD.replace("| today | today_buyer | price |", "| today (kg) | today_buyer | price (€/kg) |")
    source = source.replace("| 55.5 | | 3911 |", "| 55500 | | 3.911 |")
    book = write(tmp_path / "kg.xlsx", source)

    def bakery(sheet: Sheet) -> None:
        row = sheet.row(*PAIN)
        assert [sheet.sheet.cell(row, at).value for at in (4, 5)] == [55.5, 3911]
        sheet.type(PAIN, "this year", "60 000 kg")
        sheet.type(PAIN, "price, € a unit", 4000)
        sheet.add("sales", "Competitor", "bread", "t", 2)

    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Bakery"], bakery))
    assert (done.changes, list(done.problems)) == (7, [])  # two cells, and the five of a new row
    rows = {(row["from"], row["to"]): row for row in held(tmp_path / "w2.xlsx", "Links")}
    sold = rows["Bakery", "Village"]
    assert (sold["today (kg)"], sold["price (€/kg)"]) == (60000.0, 4.0)
    assert rows["Bakery", "Competitor"]["today (kg)"] == 2000.0


# ---- new exchanges that both ends tell


def both_ends(book: Path, tmp_path: Path, sold: tuple[object, ...], bought: tuple[object, ...]) -> Path:
    """Have the mill tell a new sale and the bakery the same purchase; return the completed workbook."""
    files = sent(book, tmp_path / "q")
    mill = filled(files["Mill"], lambda sheet: sheet.add("sales", "Bakery", *sold))
    bakery = filled(files["Bakery"], lambda sheet: sheet.add("purchases", "Mill", *bought))
    done = gathered(book, tmp_path / "w2.xlsx", mill, bakery)
    for one in done.decisions:
        if one.key.startswith("new"):
            decide(tmp_path / "w2.xlsx", one.key, next(c.text for c in one.choices if c.text.startswith("add")))
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    return tmp_path / "w3.xlsx"


@pytest.mark.parametrize(("sold", "bought", "stands"), [
    (("secret", "t", 12, 700), ("secret", "t", 12, 700), (12.0, None, 700.0)),
    (("secret", "t", 12, 700), ("secret", "kg", 12000, 0.7), (12.0, None, 700.0)),
    (("secret", "t", 12), ("secret", "t", 11, 700), (12.0, 11.0, 700.0)),
    # a new good, in whatever unit each of them counts it
    (("bran", "t", 12, 90), ("bran", "t", 12, 90), (12.0, None, 90.0)),
    (("bran", "t", 12, 90), ("bran", "kg", 12000, 0.09), (12000.0, None, 0.09)),
    (("bran", "kg", 12000, 0.09), ("Bran", "t", 11), (12000.0, 11000.0, 0.09)),
])  # fmt: skip
def test_a_new_exchange_that_both_ends_tell_is_one_row_with_what_each_says(
    book: Path, tmp_path: Path, sold: tuple[object, ...], bought: tuple[object, ...],
    stands: tuple[float, float | None, float],
) -> None:  # fmt: skip
    final = both_ends(book, tmp_path, sold, bought)
    (unit,) = (row["unit"] for row in held(final, "Products") if str(row["product"]).casefold() == str(sold[0]))
    (row,) = (row for row in held(final, "Links")
              if (row["from"], row["to"], str(row["product"]).casefold()) == ("Mill", "Bakery", sold[0]))  # fmt: skip
    said = [row.get("today"), row.get("today_buyer"), row.get("price")]
    by = 1000.0 if (unit, stands[0]) == ("t", 12000.0) else 1.0
    assert said == [pytest.approx(stands[0] / by), stands[1] and pytest.approx(stands[1] / by),
                    pytest.approx(stands[2] * by)]  # fmt: skip


def test_both_ends_of_a_new_exchange_that_differ_are_asked(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    mill = filled(files["Mill"], lambda sheet: sheet.add("sales", "Bakery", "secret", "t", 12, 700))
    bakery = filled(files["Bakery"], lambda sheet: sheet.add("purchases", "Mill", "secret", "t", 11, 650))
    done = gathered(book, tmp_path / "w2.xlsx", mill, bakery)
    asked, price = done.decisions
    assert [choice.text for choice in price.choices] == ["keep 650", "700"]
    assert [choice.text for choice in asked.choices] == ["12 t (seller)", "11 t (buyer)", "both, weighed by confidence"]
    assert list(done.problems) == []
    decide(tmp_path / "w2.xlsx", price.key, "700")
    decide(tmp_path / "w2.xlsx", asked.key, "11 t (buyer)")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    row = link(tmp_path / "w3.xlsx", "Mill", "Bakery", "secret")
    assert (row["today"], row.get("today_buyer"), row["price"]) == (11.0, None, 700.0)


@pytest.mark.parametrize("late", [False, True])
def test_two_answers_of_one_member_on_a_new_row_are_both_asked(book: Path, tmp_path: Path, late: bool) -> None:
    def says(*figures: float) -> Callable[[Sheet], None]:
        def filling(sheet: Sheet) -> None:
            sheet.add("sales", "Competitor", "bran", "t", figures[0])  # a new good
            sheet.add("sales", "Village", "secret", "t", figures[1])  # all known

        return filling

    (tmp_path / "other").mkdir()
    first = sent(book, tmp_path / "q")["Mill"]
    other = Path(shutil.copy(first, tmp_path / "other" / first.name))
    first, other = filled(first, says(1.3, 70)), filled(other, says(1.9, 75))
    second = tmp_path / "w2.xlsx"
    done = gathered(book, second, *((first,) if late else (first, other)))
    (key,) = (one.key for one in done.decisions if "bran" in one.key)
    decide(second, key, "add bran")  # late: said of 1.3 t, before the second file comes
    done = gathered(second, tmp_path / "w3.xlsx", *((other,) if late else ()))
    asked = {one.key: one for one in done.decisions if one.key.startswith("answer")}
    assert {tuple(one.text.removesuffix(" (Mill)") for one in asked[key].choices) for key in asked} == {
        ("keep 1.3 t", "1.9 t"), ("keep 70 t", "75 t"),
    }  # fmt: skip
    third = tmp_path / "w3.xlsx"
    assert link(third, "Mill", "Competitor", "bran")["today"] == 1.3
    for key in asked:
        decide(third, key, asked[key].choices[1].text)
    gathered(third, tmp_path / "w4.xlsx")
    assert link(tmp_path / "w4.xlsx", "Mill", "Competitor", "bran")["today"] == 1.9
    assert link(tmp_path / "w4.xlsx", "Mill", "Village", "secret")["today"] == 75.0


def test_a_new_good_that_two_spell_otherwise_is_offered_as_one(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    mill = filled(files["Mill"], lambda sheet: sheet.add("sales", "Village", "Légumes", "t", 3))
    bakery = filled(files["Bakery"], lambda sheet: sheet.add("sales", "Village", "Legumes", "t", 2))
    done = gathered(book, tmp_path / "w2.xlsx", mill, bakery)
    (asked,) = (one for one in done.decisions if "legumes" in one.key)
    assert [choice.text for choice in asked.choices] == ["it is Légumes, new too", "add Legumes", "leave it out"]


def test_what_is_left_over_can_become_an_output_of_an_activity(tmp_path: Path) -> None:
    source = BREAD + "\n## Processes\n| process | actor | today |\n|---|---|---|\n| baking | Bakery | 50 |\n"
    book = write(tmp_path / "w.xlsx", source)
    file = sent(book, tmp_path / "q")["Bakery"]
    answer = filled(file, lambda sheet: sheet.add("by-products", "stale bread", "thrown away", "kg", 2000))
    (asked,) = gathered(book, tmp_path / "w2.xlsx", answer).decisions
    assert asked.choices[1].text == "add stale bread, put out by baking: 40 kg a unit"
    decide(tmp_path / "w2.xlsx", asked.key, asked.choices[1].text)
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    (row,) = held(tmp_path / "w3.xlsx", "Recipes")
    assert (row["Process"], row["Product"], row["Output"]) == ("baking", "stale bread", 40.0)
    (product,) = (row for row in held(tmp_path / "w3.xlsx", "Products") if row["product"] == "stale bread")
    assert product["Note"] == "Bakery: 2,000 kg, thrown away"


def test_what_is_borrowed_or_left_over_keeps_its_figures_whoever_tells_of_it(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    mill = filled(files["Mill"], lambda sheet: sheet.add("by-products", "bran", "to a neighbour", "t", 17.5, 222))
    bakery = filled(files["Bakery"], lambda sheet: sheet.add("means", "bran", "to borrow", "t", 44, 13))
    done = gathered(book, tmp_path / "w2.xlsx", mill, bakery)
    for one in done.decisions:
        assert "stand in the note of the product" in one.question
        decide(tmp_path / "w2.xlsx", one.key, "add bran")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    (product,) = (row for row in held(tmp_path / "w3.xlsx", "Products") if row["product"] == "bran")
    assert product["Note"] == "Bakery: 44 t, to borrow, 13 EUR; Mill: 17.5 t, to a neighbour, 222 EUR"


def test_what_a_member_says_that_one_unit_is_comes_back_to_it(tmp_path: Path) -> None:
    book = write(tmp_path / "pole.xlsx", "## Acteurs\n| acteur | périmètre |\n|---|---|\n| Moulin | membre |\n")
    file = sent(book, tmp_path / "q", "fr")["Moulin"]
    answer = filled(file, lambda sheet: sheet.add("processes", "Mouture", "un sac de 25 kg de blé", None, 3840))
    (asked,) = gathered(book, tmp_path / "w2.xlsx", answer, language="fr").decisions
    decide(tmp_path / "w2.xlsx", asked.key, asked.choices[0].text)
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", language="fr")
    again = sent(tmp_path / "w3.xlsx", tmp_path / "q2", "fr")["Moulin"]
    (table,) = read_workbook(again).tables
    (row,) = (row.values for row in table.rows if row.values.get(0) == "Mouture")
    assert (row[1], row[3]) == ("un sac de 25 kg de blé", 3840.0)


@pytest.mark.filterwarnings("ignore")
def test_folded_columns_that_are_written_to_are_opened(tmp_path: Path) -> None:
    template = Path(__file__).parents[3] / "data_templates" / "food_en.xlsx"
    key = RowKey("links", ("mill", "bakery", "flour", ""))
    row = AddRow(
        "links", {"from_": "Mill", "to": "Bakery", "product": "flour", "today": 5.0, "today_buyer": 6.0}, "test"
    )
    done = complete(template, read_workbook(template), [], "en", Proposed(edits=[row]))
    (tmp_path / "w.xlsx").write_bytes(done.content)
    assert key in keyed_rows(read_workbook(tmp_path / "w.xlsx")).rows
    hidden = {problem.cell.sheet for problem in parse(read_workbook(tmp_path / "w.xlsx")).problems
              if problem.code == "SHT07" and problem.cell}  # fmt: skip
    assert hidden == set()


def test_a_new_row_takes_the_first_prepared_line_of_a_template(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions and print areas that openpyxl does not keep
        uncomputed = openpyxl.load_workbook(Path(__file__).parents[3] / "data_templates" / "food_en.xlsx")
    uncomputed.save(tmp_path / "w.xlsx")  # its formulas have no values now
    added = AddRow("recipes", {"process": "milling", "product": "flour", "output": 0.8}, "test")
    cells = apply(read_workbook(tmp_path / "w.xlsx"), [added], "en").cells
    assert {cell.row for cell in cells} == {2}
    assert [edit.value for edit in cells.values() if not edit.noted] == [None]  # the formula for what goes in


def test_what_a_buyer_alone_said_never_reaches_the_seller(tmp_path: Path) -> None:
    book = write(tmp_path / "pole.xlsx", """
        ## Actors
        | actor | perimeter |
        |---|---|
        | Farm | member |
        | Mill | member |
        | Village | local |

        ## Products
        | product | unit |
        |---|---|
        | wheat | t |
        """)  # fmt: skip
    files = sent(book, tmp_path / "one")

    def of_the_mill(sheet: Sheet) -> None:
        # quantity, price, at most, at least, transport, lost, km
        sheet.add("purchases", "Farm", "wheat", "t", 88.125, 452.77, 111.375, None, 7.625, None, 13.3125)
        sheet.add("sales", "Private Club", "wheat", "t", 3)

    farm = filled(files["Farm"], lambda sheet: sheet.add("sales", "Mill", "wheat", "t", 95))
    gathered(book, tmp_path / "two.xlsx", farm, filled(files["Mill"], of_the_mill))
    (key,) = (row["Key"] for row in _decisions(tmp_path / "two.xlsx") if "private club" in str(row["Key"]))
    decide(tmp_path / "two.xlsx", str(key), "add Private Club: local")
    gathered(tmp_path / "two.xlsx", tmp_path / "three.xlsx")
    again = sent(tmp_path / "three.xlsx", tmp_path / "two")
    said = raw_parts(again["Farm"])
    assert not [
        figure for figure in ("452.77", "111.375", "13.3125", "7.625", "88.125", "Private Club") if figure in said
    ]
    assert 95.0 in numbers(again["Farm"])
    assert {88.125, 452.77, 7.625} <= numbers(again["Mill"])  # what it said itself comes back to it
    assert {"Private Club", "Village"} <= texts(again["Mill"])
    assert "Village" in texts(again["Farm"])


def _decisions(book: Path) -> list[dict[str, object]]:
    (table,) = (one for one in read_workbook(book).tables if one.sheet == "Decisions to take")
    heading = {at: str(text) for at, text in next(row for row in table.rows if row.number == 3).values.items()}
    return [{heading[at]: value for at, value in row.values.items() if at in heading}
            for row in table.rows if row.number > 3]  # fmt: skip


def test_units_and_commas_in_new_lines_are_read_and_a_missing_unit_is_told(tmp_path: Path) -> None:
    book = write(tmp_path / "pole.xlsx", """
        ## Acteurs
        | acteur | périmètre |
        |---|---|
        | Ferme | membre |
        | Moulin | membre |

        ## Produits
        | produit | unité |
        |---|---|
        | Blé | t |
        | Place | jour |
        """)  # fmt: skip

    def farm(sheet: Sheet) -> None:
        sheet.add("sales", "Moulin", "Blé", "t", "95 t", "1,013")
        sheet.add("sales", "Club", "Place", None, 60)
        sheet.add("by-products", "Paille", None, None, 3)
        sheet.add("means", "Camion", "emprunter", None, "2 500 km")

    answer = filled(sent(book, tmp_path / "q", "fr")["Ferme"], farm)
    done = gathered(book, tmp_path / "w2.xlsx", answer, language="fr")
    (row,) = held(tmp_path / "w2.xlsx", "Échanges")
    assert (row["Cette année"], row["Prix"]) == (95.0, 1.013)
    assert [(one.code, one.facts["product"]) for one in done.problems] == [("CLT10", "Paille")]
    assert "60 jours" in done.decisions[0].question
    for one in done.decisions[1:]:
        decide(tmp_path / "w2.xlsx", one.key, one.choices[0].text)
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", language="fr")
    units = {row["produit"]: row["unité"] for row in held(tmp_path / "w3.xlsx", "Produits")}
    assert units == {"Blé": "t", "Place": "jour", "Paille": "unité", "Camion": "km"}


def test_both_ends_of_an_exchange_of_a_new_good_are_asked_once_it_is_added(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    mill = filled(files["Mill"], lambda sheet: sheet.add("sales", "Bakery", "bran", "t", 95))
    bakery = filled(files["Bakery"], lambda sheet: sheet.add("purchases", "Mill", "bran", "kg", 88000))
    for one in gathered(book, tmp_path / "w2.xlsx", mill, bakery).decisions:
        decide(tmp_path / "w2.xlsx", one.key, "add bran")
    done = gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    (asked,) = (one for one in done.decisions if not one.applied)
    # The bakery's file is read first: bran is counted in kg.
    assert [one.text for one in asked.choices][:2] == ["95,000 kg (seller)", "88,000 kg (buyer)"]


def test_what_a_member_says_besides_is_told_without_how_to_reach_people(book: Path, tmp_path: Path) -> None:
    def say(sheet: Sheet) -> None:
        row = next(row for row in range(1, sheet.sheet.max_row + 1) if sheet.sheet.cell(row, 13).value == "said")
        sheet.sheet.cell(row, 1).value = "Ring me on 06 12 34 56 78 about the oven, anna@bakery.example"

    file = filled(sent(book, tmp_path / "q")["Bakery"], say)
    (told,) = (one.message("en") for one in gathered(book, tmp_path / "w2.xlsx", file).problems if one.code == "COL16")
    assert "about the oven" in told and "06 12" not in told and "@" not in told
