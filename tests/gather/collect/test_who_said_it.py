"""Each figure stays with who said it: over rounds, once both agreed, once one was decided, and when one changes it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from filiere.gather.collect.rows import keyed_rows, value_of
from filiere.gather.decide.decision import Decision, open_ones
from filiere.workbook.read.read import read_workbook
from tests.commands.running import write
from tests.gather.collect.answering import Filling, Sheet, decide, filled, gathered, held, sent
from tests.gather.collect.opening import numbers
from tests.gather.collect.test_files_private import BOUGHT, PAIR, into

MINE, THEIRS = ("Bakery", "flour", "t"), ("Mill", "flour", "t")
"""The line of the exchange as the mill sees it, and as the bakery does."""
EMPTY = PAIR + "| Mill | Bakery | flour | | |\n"
TODAY, PRICE = "this year", "price, € a unit"


def says(labels: tuple[str, ...], value: object, heading: str = TODAY) -> Filling:
    return lambda sheet: sheet.type(labels, heading, value)


def ticks(sheet: Sheet) -> None:
    sheet.tick()


def link(book: Path) -> tuple[object, object]:
    """Return what the workbook holds of the mill's flour for the bakery: today, and as the buyer says."""
    row = next(row for row in keyed_rows(read_workbook(book)).tables.links if row.from_ == "Mill")
    return value_of(row, "today"), value_of(row, "today_buyer")


def texts(asked: Decision) -> list[str]:
    return [one.text for one in asked.choices]


def round_of(book: Path, number: int, mill: Filling | None, bakery: Filling | None) -> tuple[Path, list[Decision]]:
    """Send a round, gather what comes back; return the new workbook and its open questions."""
    files = sent(book, book.parent / f"q{number}")
    back = [filled(files[name], fill) for name, fill in (("Mill", mill), ("Bakery", bakery)) if fill]
    target = book.parent / f"after {number}.xlsx"
    return target, open_ones(gathered(book, target, *back).decisions)


def agreed(tmp_path: Path) -> Path:
    """Return the workbook in which both said 12 t of a line that was there."""
    book, asked = round_of(write(tmp_path / "w.xlsx", EMPTY), 1, says(MINE, 12), says(THEIRS, 12))
    assert not [one for one in asked if one.key.startswith("two sides")] and link(book) == (12.0, None)
    return book


def agreed_on_a_new_line(tmp_path: Path) -> Path:
    """Return the workbook in which both added a line of 12 t."""
    book, asked = round_of(
        write(tmp_path / "w.xlsx", PAIR.partition("    ## Links")[0]), 1,
        lambda sheet: sheet.add("sales", "Bakery", "flour", "t", 12),
        lambda sheet: sheet.add("purchases", "Mill", "flour", "kg", 12000),
    )  # fmt: skip
    assert not [one for one in asked if one.key.startswith("two sides")]
    return book


@pytest.mark.parametrize("start", [agreed, agreed_on_a_new_line])
@pytest.mark.parametrize("buyer", [None, ticks])
def test_a_seller_that_changes_what_both_agreed_on_is_set_beside_the_buyer(
    tmp_path: Path, start: object, buyer: Filling | None
) -> None:
    book = start(tmp_path)  # type: ignore[operator]
    assert 12.0 in numbers(sent(book, tmp_path / "look")["Bakery"])
    after, asked = round_of(book, 2, says(MINE, 15), buyer)
    (sides,) = (one for one in asked if one.key.startswith("two sides"))
    assert texts(sides) == ["15 t (seller)", "12 t (buyer)", "both, weighed by confidence"]
    decide(after, sides.key, "12 t (buyer)")
    done = gathered(after, tmp_path / "decided.xlsx")
    assert not [one for one in open_ones(done.decisions) if one.key.startswith("two sides")]
    assert link(tmp_path / "decided.xlsx") == (12.0, None)


def test_a_buyer_that_changes_what_both_agreed_on_is_set_beside_the_seller(tmp_path: Path) -> None:
    _, asked = round_of(agreed(tmp_path), 2, None, says(THEIRS, 15))
    (sides,) = (one for one in asked if one.key.startswith("two sides"))
    assert texts(sides)[:2] == ["12 t (seller)", "15 t (buyer)"]


def test_both_that_change_to_the_same_ask_nothing(tmp_path: Path) -> None:
    after, asked = round_of(agreed(tmp_path), 2, says(MINE, 15), says(THEIRS, 15))
    assert not [one for one in asked if one.key.startswith("two sides")] and link(after) == (15.0, None)


def test_what_was_decided_is_not_asked_again_where_both_confirm(tmp_path: Path) -> None:
    book, (asked, *_) = round_of(write(tmp_path / "w.xlsx", EMPTY), 1, says(MINE, 15), says(THEIRS, 12))
    decide(book, asked.key, "12 t (buyer)")
    gathered(book, tmp_path / "d.xlsx")
    after, again = round_of(tmp_path / "d.xlsx", 2, ticks, ticks)
    assert not [one for one in again if one.key.startswith(("two sides", "answer"))] and link(after) == (12.0, None)


def test_the_figure_that_the_buyers_file_told_is_the_buyers(tmp_path: Path) -> None:
    """The bakery's accounts say 20.5 t; the mill, which is shown nothing, says 19."""
    book = into(write(tmp_path / "w.xlsx", PAIR), ("purchases Bakery.csv", BOUGHT))
    after, asked = round_of(book, 1, says(MINE, 19), None)
    (sides,) = (one for one in asked if one.key.startswith("two sides"))
    assert texts(sides)[:2] == ["19 t (seller)", "20.5 t (buyer)"]
    assert link(after) == (19.0, 20.5)


def test_the_buyer_may_correct_what_its_own_file_told(tmp_path: Path) -> None:
    book = into(write(tmp_path / "w.xlsx", PAIR), ("purchases Bakery.csv", BOUGHT))
    after, asked = round_of(book, 1, None, says(THEIRS, 21))
    assert not [one for one in asked if one.key.startswith("two sides")] and link(after) == (21.0, None)


def test_a_price_that_one_end_changes_is_asked_where_the_other_said_another(tmp_path: Path) -> None:
    book, asked = round_of(write(tmp_path / "w.xlsx", EMPTY), 1, says(MINE, 900, PRICE), says(THEIRS, 900, PRICE))
    assert not [one for one in asked if one.key.startswith("answer")]
    _, asked = round_of(book, 2, says(MINE, 950, PRICE), None)
    (price,) = (one for one in asked if one.key.startswith("answer"))
    assert texts(price) == ["keep 900", "950 (Mill)"]


def test_a_cell_confirmed_that_was_emptied_meanwhile_is_asked(tmp_path: Path) -> None:
    book = write(tmp_path / "w.xlsx", PAIR + "| Mill | Bakery | flour | 20 | |\n")
    file = filled(sent(book, tmp_path / "q")["Mill"], ticks)
    emptied = openpyxl.load_workbook(book)
    emptied["Links"]["D2"] = None
    emptied.save(book)
    (asked,) = (one for one in gathered(book, tmp_path / "w2.xlsx", file).decisions if one.key.startswith("answer"))
    assert texts(asked) == ["keep nothing", "20 t (Mill)"]


def test_a_struck_line_says_what_the_other_end_declares(tmp_path: Path) -> None:
    _, asked = round_of(agreed(tmp_path), 2, lambda sheet: sheet.type(MINE, "strike out", "x"), None)
    (struck,) = (one for one in asked if one.key.startswith("struck"))
    assert "Bakery says 12 t this year." in struck.question


NEW = PAIR.partition("    ## Links")[0].replace("| Bakery | member |", "| Bakery | member |\n    | School | local |")


def adds(quantity: float) -> Filling:
    return lambda sheet: sheet.add("sales", "School", "bread", "t", quantity)


def test_a_second_answer_beside_one_decided_but_not_yet_applied_is_asked(tmp_path: Path) -> None:
    book = write(tmp_path / "w.xlsx", NEW)
    file = sent(book, tmp_path / "q")["Bakery"]
    first = filled(file, adds(80), "a.xlsx")
    (asked,) = gathered(book, tmp_path / "w2.xlsx", first).decisions
    decide(tmp_path / "w2.xlsx", asked.key, "add bread")
    done = gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", filled(file, adds(82), "b.xlsx"))
    clash = next(one for one in open_ones(done.decisions) if one.key.startswith("answer"))
    assert {"keep 80 t", "82 t"} == set(texts(clash))


def test_so_it_is_where_the_row_was_there_with_the_other_side(tmp_path: Path) -> None:
    """The school's purchase is there, its product too; what the bakery said twice fills the same blank cell."""
    book = write(tmp_path / "w.xlsx", EMPTY)
    files = sent(book, tmp_path / "q")
    add = [lambda sheet, said=said: sheet.add("sales", "Bakery", "fluor", "t", said) for said in (80, 82)]
    (asked,) = gathered(book, tmp_path / "w2.xlsx", filled(files["Mill"], add[0], "a.xlsx")).decisions
    decide(tmp_path / "w2.xlsx", asked.key, "it is flour")
    done = gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", filled(files["Mill"], add[1], "b.xlsx"))
    clash = next(one for one in open_ones(done.decisions) if one.key.startswith("answer"))
    assert {"keep 80 t", "82 t"} == set(texts(clash)) and link(tmp_path / "w3.xlsx") == (80.0, None)


def test_what_was_added_and_renamed_since_is_asked_and_never_added_again(tmp_path: Path) -> None:
    def lends(hours: float) -> Filling:
        return lambda sheet: sheet.add("means", "van", "to lend", "h", hours, 15)

    book = write(tmp_path / "w.xlsx", NEW)
    (asked,) = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Mill"], lends(300))).decisions
    decide(tmp_path / "w2.xlsx", asked.key, "add van")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    renamed = openpyxl.load_workbook(tmp_path / "w3.xlsx")
    for sheet in renamed.worksheets:
        for row in sheet.iter_rows() if not sheet.title.startswith(("#", "Decisions")) else ():
            for cell in row:
                cell.value = "cold van" if cell.value == "van" else cell.value
    renamed.save(tmp_path / "w3.xlsx")
    second = filled(sent(tmp_path / "w3.xlsx", tmp_path / "q2")["Mill"], lends(350))
    done = gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx", second)
    (again,) = open_ones(done.decisions)
    assert (again.key, again.answer) == (asked.key, "") and "350 h" in again.question
    assert [row["product"] for row in held(tmp_path / "w4.xlsx", "Products")] == ["flour", "cold van"]
    assert done.changes == 0


def test_an_extra_line_beside_the_one_that_was_sent_may_be_an_addition(tmp_path: Path) -> None:
    book = agreed(tmp_path)
    for number, name, block, kind in ((2, "Bakery", "purchases", "today_buyer"), (2, "Mill", "sales", "today")):
        other = "Mill" if name == "Bakery" else "Bakery"
        file = filled(
            sent(book, tmp_path / f"q{number}{name}")[name],
            lambda sheet, block=block, other=other: sheet.add(block, other, "flour", "t", 5),
        )
        done = gathered(book, tmp_path / f"{name}.xlsx", file)
        (asked,) = (one for one in open_ones(done.decisions) if one.key.startswith("answer"))
        assert asked.key.endswith(kind)
        assert texts(asked) == ["keep 12 t", f"5 t ({name})", f"17 t: both add up ({name})"]


def test_what_was_decided_is_shown_and_changed_by_a_decision_alone(tmp_path: Path) -> None:
    """The capacity of the oven: the coordinator keeps 58 against 60; the baker, who is shown 58, says 60 again."""
    oven = (
        NEW
        + """
    ## Activities
    | activity | actor | capacity |
    |---|---|---|
    | baking | Bakery | 50 |
    """
    )
    labels, most = ("baking",), "at most a year"
    book = write(tmp_path / "w.xlsx", oven)
    file = filled(sent(book, tmp_path / "q")["Bakery"], says(labels, 60, most))
    corrected = openpyxl.load_workbook(book)
    corrected["Activities"]["C2"] = 58
    corrected.save(book)
    (asked,) = gathered(book, tmp_path / "w2.xlsx", file).decisions
    decide(tmp_path / "w2.xlsx", asked.key, "keep 58")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    files = sent(tmp_path / "w3.xlsx", tmp_path / "q2")
    assert 58.0 in numbers(files["Bakery"])
    done = gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx", filled(files["Bakery"], says(labels, 60, most)))
    (again,) = open_ones(done.decisions)
    assert texts(again) == ["keep 58", "60 (Bakery)"] and done.changes == 0


def test_a_title_that_was_emptied_is_told(tmp_path: Path) -> None:
    def untitled(sheet: Sheet) -> None:
        sheet.sheet.cell(1, 1).value = None
        ticks(sheet)

    book = write(tmp_path / "w.xlsx", EMPTY)
    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Mill"], untitled))
    assert [one.code for one in done.problems] == ["CLT13"]
