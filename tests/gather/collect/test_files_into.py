"""Files gathered into a workbook that has figures already: what differs is asked, what it knows is not supposed anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.complete.round import Completed
from filiere.gather.files import sort_files
from filiere.gather.into import gather_into
from filiere.workbook.read.read import read_workbook
from tests.commands.running import write
from tests.gather.collect.answering import held
from tests.gather.collect.test_collect import BREAD

HEAD = "Supplier;Product;Quantity;Unit;Net amount;Date\n"


def into(tmp_path: Path, name: str, text: str) -> tuple[Completed, Path]:
    book = write(tmp_path / "w.xlsx", BREAD)
    (tmp_path / name).write_text(text, "utf-8")
    done = gather_into(book, read_workbook(book), sort_files([tmp_path / name]), "en")
    target = tmp_path / "completed.xlsx"
    target.write_bytes(done.content)
    return done, target


@pytest.mark.parametrize(("amount", "asked"), [
    (8105, ["flour, from Importer to Bakery: the workbook says 622 EUR/t, the files 1,200.74074074 EUR/t"]),
    (6.75 * 625, []),  # half a per cent apart: rounding of a year's invoices
])  # fmt: skip
def test_a_price_that_differs_from_the_workbook_is_asked(tmp_path: Path, amount: float, asked: list[str]) -> None:
    done, target = into(tmp_path, "purchases Bakery.csv", f"{HEAD}Importer;flour;6.75;t;{amount};15/03/2025\n")
    assert [one.question.split(" (")[0] for one in done.decisions if "Importer" in one.question] == asked
    (row,) = (row for row in held(target, "Links") if row["from"] == "Importer")
    assert (row["today"], row["price"]) == (6.75, 622)  # until somebody decides


def test_who_sells_in_the_workbook_needs_nothing_of_what_its_accounts_say_it_buys(tmp_path: Path) -> None:
    done, _ = into(tmp_path, "purchases Bakery.csv", f"{HEAD}Importer;sugar;2;t;1800;15/03/2025\n")
    assert not [one for one in done.decisions if one.key.startswith("needs")]
    assert "needs" not in done.rows


def test_who_only_buys_needs_what_its_accounts_say_it_buys(tmp_path: Path) -> None:
    done, _ = into(tmp_path, "purchases Village.csv", f"{HEAD}Bakery;bread;55.5;t;217060.5;15/03/2025\n")
    assert [one.key.split()[0] for one in done.decisions if "Village" in one.question] == ["needs"]
