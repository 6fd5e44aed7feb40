"""What was decided holds for the figures it was decided between: another one is asked, the former answer told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from filiere.gather.decide.decision import Decision, open_ones
from tests.commands.running import write
from tests.gather.collect.answering import Filling, Sheet, decide, filled, gathered, held, sent
from tests.gather.collect.test_collect import BREAD

SOLD, BOUGHT, PAIN = ("Bakery", "flour", "t"), ("Mill", "flour", "t"), ("Village", "bread", "t")
TODAY = "this year"


def says(value: float, *, also: float | None = None) -> Filling:
    def filling(sheet: Sheet) -> None:
        sheet.type(SOLD, TODAY, value)
        if also is not None:
            sheet.type(SOLD, "price, € a unit", also)

    return filling


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The mill's questionnaire of the first round; its line was 41.5 t and has been corrected to 58 t since."""
    book = write(tmp_path / "w.xlsx", BREAD.replace("| 41.5 | 43.25 |", "| 41.5 | |"))
    file = sent(book, tmp_path / "q")["Mill"]
    corrected = openpyxl.load_workbook(book)
    corrected["Links"]["D2"] = 58
    corrected.save(book)
    return file


def sold(workbook: Path) -> object:
    (row,) = (row for row in held(workbook, "Links") if row.get("from") == "Mill" and row.get("to") == "Bakery")
    return row["today"]


def decided(tmp_path: Path, first: Path, answer: str) -> Path:
    """Return the workbook in which it was decided between 58 t and the mill's 60 t."""
    one = filled(first, says(60), "a.xlsx")
    (asked,) = gathered(tmp_path / "w.xlsx", tmp_path / "w2.xlsx", one).decisions
    assert texts(asked) == ["keep 58 t", "60 t (Mill)"]
    decide(tmp_path / "w2.xlsx", asked.key, answer)
    assert not open_ones(gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx").decisions)
    return tmp_path / "w3.xlsx"


def texts(asked: Decision) -> list[str]:
    return [choice.text for choice in asked.choices]


def test_another_figure_is_asked_and_the_former_answer_told(tmp_path: Path, first: Path) -> None:
    book = decided(tmp_path, first, "keep 58 t")
    (asked,) = gathered(book, tmp_path / "w4.xlsx", filled(first, says(70), "b.xlsx")).decisions
    assert (texts(asked), asked.answer, asked.applied) == (["keep 58 t", "70 t (Mill)"], "", "")
    assert "Mill: 70 t" in asked.question
    assert asked.question.endswith("\nDecided before: “keep 58 t”, among: keep 58 t; 60 t (Mill).")
    assert sold(tmp_path / "w4.xlsx") == 58.0
    decide(tmp_path / "w4.xlsx", asked.key, "70 t (Mill)")
    gathered(tmp_path / "w4.xlsx", tmp_path / "w5.xlsx")
    assert sold(tmp_path / "w5.xlsx") == 70.0


def test_each_round_asks_anew_even_a_figure_that_was_refused_before(tmp_path: Path) -> None:
    """The buyer's price holds; the seller gets its own back, and says another in each round."""

    def price(figure: float, ends: tuple[str, ...] = SOLD) -> Filling:
        return lambda sheet: sheet.type(ends, "price, € a unit", figure)

    book, after = write(tmp_path / "r1.xlsx", BREAD), tmp_path / "r1 answered.xlsx"
    files = sent(book, tmp_path / "q1")
    (asked,) = gathered(
        book, after, filled(files["Mill"], price(900)), filled(files["Bakery"], price(880, BOUGHT))
    ).decisions
    decide(after, asked.key, "880 (Bakery)")
    for round_, figure, told in ((2, 950, "880 (Bakery)"), (3, 990, "keep 880"), (4, 950, "keep 880")):
        book = tmp_path / f"r{round_}.xlsx"
        assert not open_ones(gathered(after, book).decisions)
        after = tmp_path / f"r{round_} answered.xlsx"
        answer = filled(sent(book, tmp_path / f"q{round_}")["Mill"], price(figure))
        (asked,) = gathered(book, after, answer).decisions
        assert (texts(asked), asked.answer, asked.applied) == (["keep 880", f"{figure} (Mill)"], "", "")
        assert asked.question.count("Decided before") == 1  # the last answer
        assert f"Decided before: “{told}”" in asked.question
        decide(after, asked.key, "keep 880")


@pytest.mark.parametrize(("answer", "there"), [("keep 58 t", 58.0), ("60 t (Mill)", 60.0)])
def test_a_second_file_that_repeats_the_figure_asks_nothing(
    tmp_path: Path, first: Path, answer: str, there: float
) -> None:
    book = decided(tmp_path, first, answer)
    twin = filled(first, says(60, also=4000), "b.xlsx")
    done = gathered(book, tmp_path / "w4.xlsx", twin)
    assert [(one.answer, one.applied) for one in done.decisions] == [(answer, answer)]
    assert (sold(tmp_path / "w4.xlsx"), done.changes) == (there, 1)  # the price alone


def test_a_figure_refused_for_another_is_not_asked_again(tmp_path: Path, first: Path) -> None:
    both = [filled(first, says(figure), f"{figure}.xlsx") for figure in (60, 70)]
    (asked,) = gathered(tmp_path / "w.xlsx", tmp_path / "w2.xlsx", *both).decisions
    assert texts(asked) == ["keep 58 t", "60 t (Mill)", "70 t (Mill)"]
    decide(tmp_path / "w2.xlsx", asked.key, "60 t (Mill)")
    twin = filled(first, says(70, also=4000), "twin.xlsx")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    done = gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx", twin)
    assert not open_ones(done.decisions) and sold(tmp_path / "w4.xlsx") == 60.0


def test_a_figure_corrected_by_hand_after_the_decision_is_not_written_over(tmp_path: Path, first: Path) -> None:
    book = decided(tmp_path, first, "60 t (Mill)")
    corrected = openpyxl.load_workbook(book)
    corrected["Links"]["D2"] = 58
    corrected.save(book)
    twin = filled(first, says(60, also=4000), "b.xlsx")
    (asked,) = gathered(book, tmp_path / "w4.xlsx", twin).decisions
    assert (texts(asked), asked.applied) == (["keep 58 t", "60 t (Mill)"], "")
    assert sold(tmp_path / "w4.xlsx") == 58.0


def test_an_open_question_keeps_the_figure_of_an_earlier_file(tmp_path: Path, first: Path) -> None:
    gathered(tmp_path / "w.xlsx", tmp_path / "w2.xlsx", filled(first, says(60), "a.xlsx"))
    (asked,) = gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx", filled(first, says(70), "b.xlsx")).decisions
    assert (texts(asked), asked.applied) == (["keep 58 t", "70 t (Mill)", "60 t (Mill)"], "")


def strikes(sheet: Sheet) -> None:
    sheet.type(PAIN, "strike out", "x")


def test_a_line_struck_again_in_the_next_round_is_asked_again(tmp_path: Path) -> None:
    book = write(tmp_path / "w.xlsx", BREAD)
    one = filled(sent(book, tmp_path / "q")["Bakery"], strikes, "a.xlsx")
    (asked,) = gathered(book, tmp_path / "w2.xlsx", one).decisions
    decide(tmp_path / "w2.xlsx", asked.key, "keep it")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    two = filled(sent(tmp_path / "w3.xlsx", tmp_path / "q2")["Bakery"], strikes, "b.xlsx")
    (again,) = gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx", two).decisions
    assert (again.key, again.answer, again.applied) == (asked.key, "", "")
    assert "Decided before: “keep it”" in again.question


def test_a_new_line_that_was_left_out_is_asked_with_its_new_figure(tmp_path: Path) -> None:
    def adds(quantity: float) -> Filling:
        return lambda sheet: sheet.add("sales", "Village", "rusks", "t", quantity)

    book = write(tmp_path / "w.xlsx", BREAD)
    one = filled(sent(book, tmp_path / "q")["Bakery"], adds(1.5), "a.xlsx")
    (asked,) = gathered(book, tmp_path / "w2.xlsx", one).decisions
    decide(tmp_path / "w2.xlsx", asked.key, asked.choices[-1].text)
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    two = filled(sent(tmp_path / "w3.xlsx", tmp_path / "q2")["Bakery"], adds(9), "b.xlsx")
    (again,) = gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx", two).decisions
    assert (again.key, again.applied) == (asked.key, "") and "9 t" in again.question
    assert f"Decided before: “{asked.choices[-1].text}”" in again.question


def test_what_a_buyer_says_twice_is_asked_beside_the_figure_that_holds(tmp_path: Path) -> None:
    book = write(tmp_path / "w.xlsx", BREAD.replace("| 41.5 | 43.25 |", "| 41.5 | |"))
    file = sent(book, tmp_path / "q")["Bakery"]
    both = [filled(file, lambda sheet, said=said: sheet.type(BOUGHT, TODAY, said), f"{said}.xlsx") for said in (45, 50)]
    (asked,) = gathered(book, tmp_path / "w2.xlsx", *both).decisions
    assert texts(asked) == ["keep 41.5 t", "45 t (Bakery)", "50 t (Bakery)"]
    decide(tmp_path / "w2.xlsx", asked.key, "45 t (Bakery)")
    (sides,) = open_ones(gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx").decisions)
    assert texts(sides) == ["41.5 t (workbook)", "45 t (buyer)", "both, weighed by confidence"]
    decide(tmp_path / "w3.xlsx", sides.key, "45 t (buyer)")
    assert not open_ones(gathered(tmp_path / "w3.xlsx", tmp_path / "w4.xlsx").decisions)
    (row,) = (row for row in held(tmp_path / "w4.xlsx", "Links") if row.get("from") == "Mill" and row["to"] == "Bakery")
    assert (row["today"], row.get("today_buyer")) == (45.0, None)
