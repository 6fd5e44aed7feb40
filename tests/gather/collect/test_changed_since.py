"""A figure changed after the question was asked: the answer was not given for it, so it is asked anew and never undone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from filiere.gather.decide.decision import Decision, open_ones
from tests.commands.running import write
from tests.gather.collect.answering import decide, filled, gathered, held, sent
from tests.gather.collect.test_files_private import PAIR
from tests.gather.collect.test_who_said_it import EMPTY, MINE, PRICE, link, round_of, says, texts


def typed(book: Path, cell: str, value: float | None) -> None:
    copy = openpyxl.load_workbook(book)
    copy["Links"][cell] = value
    copy.save(book)


def contradicted(tmp_path: Path) -> tuple[Path, Decision]:
    """Return the workbook in which the mill says 5.5 t and the bakery 6 t."""
    book, asked = round_of(
        write(tmp_path / "w.xlsx", EMPTY), 1, says(MINE, 5.5), says(("Mill", "flour", "t"), 6)
    )  # fmt: skip
    (sides,) = (one for one in asked if one.key.startswith("two sides"))
    return book, sides


def test_a_figure_typed_beside_the_answer_is_asked_and_stands(tmp_path: Path) -> None:
    book, sides = contradicted(tmp_path)
    decide(book, sides.key, "5.5 t (seller)")
    typed(book, "D2", 5.7)
    done = gathered(book, tmp_path / "next.xlsx")
    (again,) = (one for one in open_ones(done.decisions) if one.key == sides.key)
    assert (
        texts(again)[:2] == ["5.7 t (workbook)", "6 t (buyer)"] and "Decided before: “5.5 t (seller)”" in again.question
    )
    assert link(tmp_path / "next.xlsx") == (5.7, 6.0)
    decide(tmp_path / "next.xlsx", again.key, "5.7 t (workbook)")
    gathered(tmp_path / "next.xlsx", tmp_path / "last.xlsx")
    assert link(tmp_path / "last.xlsx") == (5.7, None)


def test_an_answer_for_figures_that_stand_is_applied(tmp_path: Path) -> None:
    book, sides = contradicted(tmp_path)
    decide(book, sides.key, "5.5 t (seller)")
    typed(book, "E2", 310)  # the price is another figure
    gathered(book, tmp_path / "next.xlsx")
    assert link(tmp_path / "next.xlsx") == (5.5, None)


@pytest.mark.parametrize("answer", ["", "950 (Mill)"])
def test_so_it_is_with_a_price(tmp_path: Path, answer: str) -> None:
    book = write(tmp_path / "w.xlsx", PAIR + "| Mill | Bakery | flour | | 900 |\n")
    file = filled(sent(book, tmp_path / "q")["Mill"], says(MINE, 950, PRICE))
    typed(book, "E2", 920)
    (asked,) = gathered(book, tmp_path / "w2.xlsx", file).decisions
    decide(tmp_path / "w2.xlsx", asked.key, answer)
    typed(tmp_path / "w2.xlsx", "E2", 940)
    (again,) = open_ones(gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx").decisions)
    assert texts(again) == ["keep 940", "950 (Mill)"] and "said 920 when this was asked" in again.question
    assert [row["price"] for row in held(tmp_path / "w3.xlsx", "Links")] == [940.0]


def test_a_need_is_asked_with_what_is_bought_by_now(tmp_path: Path) -> None:
    book, asked = round_of(
        write(tmp_path / "w.xlsx", PAIR.partition("    ## Links")[0]), 1,
        lambda sheet: sheet.add("sales", "Bakery", "flour", "t", 12), None,
    )  # fmt: skip
    (need,) = (one for one in asked if one.key.startswith("needs"))
    assert "flour 12 t" in need.question
    after, asked = round_of(book, 2, says(MINE, 15), None)
    (need,) = (one for one in asked if one.key.startswith("needs"))
    assert "flour 15 t" in need.question and "12" not in need.question
    decide(after, need.key, "yes, wished for")
    gathered(after, tmp_path / "last.xlsx")
    assert [row["Quantity"] for row in held(tmp_path / "last.xlsx", "Needs")] == [15.0]
