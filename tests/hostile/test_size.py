"""Chains and files made to choke the program: a message, in little memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from filiere import room
from filiere.chain.assemble import names as resolve
from filiere.chain.assemble import time as assemble_time
from filiere.chain.assemble import uses as assemble_uses
from filiere.chain.assemble.links import links as expand
from filiere.chain.parse import row as parse_row
from filiere.chain.parse import sheets as parse_sheets
from tests.chain.bread import bread
from tests.gather.test_hostile_variations import sheets as gathered
from tests.hostile.book import Book, Sheet
from tests.hostile.files import packed, parts_of
from tests.sheets import problems

GIBIBYTE = 1 << 30


def _rows(head: str, rows: Iterable[str]) -> str:
    return "\n".join([head, *rows])


@pytest.mark.parametrize(
    ("module", "bound", "most", "sheets", "found"),
    [
        (parse_row, "MOST_REFUSED", 2,
         {"Needs": _rows("| actor | product | quantity |", ["| Shop | flour | n.d. |"] * 5)}, ("CEL07", "Needs!4")),
        (resolve, "MOST_ERRORS", 2,
         {"Needs": _rows("| actor | product | quantity |", (f"| Shop{n} | flour | 1 |" for n in range(5)))},
         ("NAM05", "")),
        (assemble_time, "MOST_PERIODS", 2, {"Periods": "| period |\n| a |\n| b |\n| c |"}, ("PER03", "Periods!A4")),
    ],
)  # fmt: skip
def test_past_a_bound_the_rest_is_not_looked_at(
    module: object,
    bound: str,
    most: int,
    sheets: dict[str, str],
    found: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, bound, most)
    assert found in problems(bread(**sheets))


@pytest.mark.parametrize(
    ("module", "rows", "found"),
    [
        (parse_sheets, 3, ("CEL08", "Needs!6")),
        (assemble_uses, 1, ("NED04", "Needs!A3")),
        (expand, 1, ("LNK11", "Links!A3")),
    ],
)
def test_what_memory_cannot_hold_is_refused(
    module: object, rows: int, found: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Free memory for so many rows, needs, or links of one period: what comes after is told, at its cell."""
    monkeypatch.setattr(module, "free", lambda: rows * 7_000)
    needs = _rows("| actor | product | quantity |", (f"| Shop | flour | {n} |" for n in range(9)))
    assert found in problems(bread(**({} if module is expand else {"Needs": needs})))


RADIUS = {
    "Actors": "| actor | perimeter | latitude | longitude |\n| Farm | member | 45 | 5 |\n| Mill | member | 45.01 | 5 |\n"
    "| Shop | local | 45 | 5.01 |\n| Wholesaler | external | | |",
    "Links": "| from | to | product | within |\n| * | Mill | wheat | 20 |\n| Mill | * | flour | 20 |",
}


@pytest.mark.parametrize(("pairs", "refused"), [(5_000_000, False), (5_000_001, True)])
def test_a_radius_chooses_among_as_many_pairs_as_memory_holds(
    pairs: int, refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of so many it may leave few: they are refused by what they take themselves, 250 bytes each."""
    monkeypatch.setattr(expand, "free", lambda: 5_000_000 * 250)
    monkeypatch.setattr(expand, "candidates", lambda *_: pairs)
    assert (("LNK11", "Links!A2") in problems(bread(**RADIUS))) == refused


def test_the_pairs_of_a_row_are_counted_as_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outsiders trade with the inside alone, and nobody with itself."""
    counted, made = [], []
    count, make = expand.candidates, expand.pairs
    monkeypatch.setattr(expand, "candidates", lambda *given: counted.append(count(*given)) or counted[-1])
    monkeypatch.setattr(expand, "pairs", lambda *given: made.append(make(*given)) or made[-1])
    actors = "| actor | perimeter | group |\n" + "\n".join(
        f"| {name} | {kind} | all |" for name, kind in
        [("Farm", "member"), ("Mill", "member"), ("Shop", "local"), ("Wholesaler", "external"), ("Trader", "external")]
    )  # fmt: skip
    problems(bread(Actors=actors, Links="| from | to | product |\n| all | all | wheat |\n| Farm | all | wheat |"))
    assert counted == [len(some) for some in made]
    assert counted[0] >= 4


def test_free_memory_is_what_is_left_of_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "memory_limit", lambda: 1 << 60)
    without = room.free()
    monkeypatch.setattr(room, "memory_limit", lambda: 1)
    assert room.LEAST == room.free() <= without


def _everyone_to_everyone(count: int) -> Book:
    """Each of ``count`` actors offers and needs a product that all deliver to all."""
    tables = {
        "Actors": [("actor", "perimeter"), *((f"A{n}", "member") for n in range(count))],
        "Products": [("product", "unit"), ("p", "t")],
        "Links": [("from", "to", "product"), ("*", "*", "p")],
        "Needs": [("actor", "product", "quantity"), *((f"A{n}", "p", 1.0) for n in range(count))],
        "Offers": [("actor", "product", "maximum"), *((f"A{n}", "p", 1.0) for n in range(count))],
    }
    sheets = []
    for name, rows in tables.items():
        cells = {(r, c): value for r, row in enumerate(rows, start=1) for c, value in enumerate(row)}
        sheets.append(Sheet(name, cells=cells))  # type: ignore[arg-type]
    return Book("en", sheets)


# ``getrusage`` would count what the process that starts this one held when it did so; ``VmHWM`` is this one's own.
_MEASURED = """
import resource
import sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))  # nine million pairs are refused where they do not fit
from filiere.pipeline import check
print(*sorted({problem.code for problem in check(sys.argv[1])}))
print(*(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


def _measured(path: Path) -> tuple[str, int]:
    """Return the codes found in a file, and the most memory that took, in bytes."""
    ran = subprocess.run([sys.executable, "-c", _MEASURED, path], capture_output=True, text=True, check=True)
    codes, most = ran.stdout.splitlines()
    return codes, int(most) * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured as on Linux")
def test_nine_million_pairs_cost_a_message(tmp_path: Path) -> None:
    path = tmp_path / "pairs.xlsx"
    path.write_bytes(packed(parts_of(_everyone_to_everyone(3000), "xlsx")))
    codes, most = _measured(path)
    assert codes == "LNK11 PRD03"
    assert most < GIBIBYTE // 4


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured as on Linux")
def test_six_hundred_thousand_repeated_rows_cost_a_message(tmp_path: Path) -> None:
    book = _everyone_to_everyone(3)
    book.sheets[3].put(2, 2, "n.d.")
    parts = parts_of(book, "ods")
    once = "<table:table-row><table:table-cell"
    many = '<table:table-row table:number-rows-repeated="600000"><table:table-cell'
    content = str(parts["content.xml"])
    at = content.index(once, content.index('table:name="Needs"')) + len(once)
    parts["content.xml"] = content[:at] + content[at:].replace(once, many, 1)
    path = tmp_path / "repeated.ods"
    path.write_bytes(packed(parts))
    codes, most = _measured(path)
    assert {"NUM03", "CEL07"} <= set(codes.split())
    assert most < GIBIBYTE // 2


@pytest.mark.parametrize("sign", ["(", "a "])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_cell_as_long_as_a_book_is_gathered_at_once_and_told(sign: str, at: int) -> None:
    long: list[str | float | None] = ["Cantine", "Ail", 10.0, 50.0]
    long[at] = sign * 12_000
    began = time.process_time()
    result = gathered({"Ventes": [("Client", "Produit", "Quantité (kg)", "Montant HT"), tuple(long),
                                  ("École", "Ail", 2.0, 10.0)]}, "ventes Ferme.xlsx")  # fmt: skip
    assert time.process_time() - began < 10.0
    assert [str(one.cell) for one in result.decisions if one.code == "GAT134"] == ["ventes Ferme.xlsx [Ventes]!2"]
    assert ("École", "Ail", 2.0) in {(flow.buyer, flow.product, flow.quantity) for flow in result.flows}
