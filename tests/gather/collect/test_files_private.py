"""What a member's own files told is its own: in another member's questionnaire it is blank, in its own it stands."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from filiere.gather.collect.collect import collect
from filiere.gather.complete.sheets import read_received
from filiere.gather.files import sort_files
from filiere.gather.gather import gather
from filiere.gather.into import gather_into
from filiere.gather.workbook import gathered_workbook
from filiere.workbook.read.read import read_workbook
from tests.commands.running import write
from tests.gather.collect.answering import decide, filled, gathered, held, sent
from tests.gather.collect.opening import numbers, raw_parts

PAIR = """
    ## Actors
    | actor | perimeter |
    |---|---|
    | Mill | member |
    | Bakery | member |

    ## Products
    | product | unit |
    |---|---|
    | flour | t |

    ## Links
    | from | to | product | today | price |
    |---|---|---|---|---|
    """
BOUGHT = """Supplier;Product;Quantity;Unit;Net amount;Date
Mill;flour;12.5;t;13687.5;15/03/2025
Mill;flour;8;t;8760;12/09/2025
Wholesaler;flour;2;t;2600;02/06/2025
"""
"""20.5 t of the mill at 1 095 €: 22 447.5 € in all; 2 t at 1 300 €."""
SOLD = """Customer;Product;Quantity;Unit;Net amount;Date
Bakery;flour;17.25;t;18066.96;15/03/2025
"""
"""17.25 t to the bakery at 1 047.36 €."""


def into(book: Path, *files: tuple[str, str]) -> Path:
    """Return a workbook completed by files that members hold."""
    for name, text in files:
        (book.parent / name).write_text(text, "utf-8")
    done = gather_into(book, read_workbook(book), sort_files([book.parent / name for name, _ in files]), "en")
    target = book.with_name("completed.xlsx")
    target.write_bytes(done.content)
    return target


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    return write(tmp_path / "w.xlsx", PAIR)


def test_what_the_buyers_accounts_say_is_shown_to_the_buyer_alone(pair: Path, tmp_path: Path) -> None:
    files = sent(into(pair, ("purchases Bakery.csv", BOUGHT)), tmp_path / "q")
    assert {20.5, 1095.0, 2.0, 1300.0, 22.5} == numbers(files["Bakery"])
    assert numbers(files["Mill"]) == set()
    assert not [one for one in ("20.5", "1095", "22447", "13687") if one in raw_parts(files["Mill"])]


@pytest.mark.filterwarnings("ignore")
def test_so_it_is_where_the_file_made_the_workbook(tmp_path: Path) -> None:
    (tmp_path / "purchases Bakery.csv").write_text(BOUGHT, "utf-8")
    found = gather(sort_files([tmp_path / "purchases Bakery.csv"]).tables, "en")
    (tmp_path / "w.xlsx").write_bytes(gathered_workbook(found, "en"))
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    for row in book["Actors"].iter_rows(min_row=2):
        if row[0].value:
            row[1].value = "member"
    book.save(tmp_path / "w.xlsx")
    files = sent(tmp_path / "w.xlsx", tmp_path / "q")
    assert {20.5, 1095.0} <= numbers(files["Bakery"])
    assert numbers(files["Mill"]) == numbers(files["Wholesaler"]) == set()


def test_what_the_sellers_accounts_say_is_shown_to_the_seller_alone(pair: Path, tmp_path: Path) -> None:
    files = sent(into(pair, ("sales Mill.csv", SOLD)), tmp_path / "q")
    assert numbers(files["Bakery"]) == set() and "1047" not in raw_parts(files["Bakery"])
    assert {17.25, 1047.36} <= numbers(files["Mill"])


def test_two_files_that_differ_stand_apart_and_their_mean_price_is_shown_to_neither(pair: Path, tmp_path: Path) -> None:
    book = into(pair, ("purchases Bakery.csv", BOUGHT), ("sales Mill.csv", SOLD))
    files = sent(book, tmp_path / "q")
    assert 17.25 in numbers(files["Mill"]) and not {20.5, 1095.0} & numbers(files["Mill"])
    assert 20.5 in numbers(files["Bakery"]) and not {17.25, 1047.36} & numbers(files["Bakery"])
    (price,) = (row["price"] for row in held(book, "Links") if row["from"] == "Mill")
    assert price not in numbers(files["Mill"]) | numbers(files["Bakery"])


def test_prices_found_by_taking_off_vat_are_the_holders_too(pair: Path, tmp_path: Path) -> None:
    book = into(pair, ("purchases Bakery.csv", BOUGHT.replace("Net amount", "Amount incl. VAT")))
    (asked,) = (one for one in gathered(book, tmp_path / "v.xlsx").decisions if one.key.startswith("vat"))
    decide(tmp_path / "v.xlsx", asked.key, "VAT 5.5 %")
    gathered(tmp_path / "v.xlsx", tmp_path / "v2.xlsx")
    files = sent(tmp_path / "v2.xlsx", tmp_path / "q")
    assert any(abs(one - 1095 / 1.055) < 1e-6 for one in numbers(files["Bakery"]))
    assert numbers(files["Mill"]) == set()


def test_a_row_renamed_since_stays_private(pair: Path, tmp_path: Path) -> None:
    completed = into(pair, ("purchases Bakery.csv", BOUGHT))
    book = openpyxl.load_workbook(completed)
    for name in ("Products", "Links"):
        for row in book[name].iter_rows():
            for cell in row:
                cell.value = "fine flour" if cell.value == "flour" else cell.value
    book.save(completed)
    assert numbers(sent(completed, tmp_path / "q")["Mill"]) == set()


def test_the_same_file_again_says_nothing_more(pair: Path, tmp_path: Path) -> None:
    once = into(pair, ("purchases Bakery.csv", BOUGHT))
    before = read_received(read_workbook(once))
    done = gather_into(once, read_workbook(once), sort_files([tmp_path / "purchases Bakery.csv"]), "en")
    (tmp_path / "again.xlsx").write_bytes(done.content)
    assert [(one.actor, one.round) for one in before] == [("Bakery", 0)]
    assert read_received(read_workbook(tmp_path / "again.xlsx")) == before
    assert {made.actor for made in collect(read_workbook(once), "en")} == {"Mill", "Bakery"}


def test_a_need_made_of_what_the_seller_said_is_not_shown_to_the_buyer(tmp_path: Path) -> None:
    book = write(tmp_path / "w.xlsx", PAIR.partition("    ## Links")[0])
    files = sent(book, tmp_path / "q")
    one = filled(files["Mill"], lambda sheet: sheet.add("sales", "Bakery", "flour", "t", 7.625))
    (asked,) = gathered(book, tmp_path / "w2.xlsx", one).decisions
    assert asked.key.startswith("needs / bakery")
    decide(tmp_path / "w2.xlsx", asked.key, "yes, wished for")
    gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    assert [row["Quantity"] for row in held(tmp_path / "w3.xlsx", "Needs")] == [7.625]
    assert 7.625 not in numbers(sent(tmp_path / "w3.xlsx", tmp_path / "q2")["Bakery"])
