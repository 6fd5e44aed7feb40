"""The changes between two sets of inputs, and the inputs with some of them made."""

from __future__ import annotations

from filiere.analysis.scenarios.changes import MOST_CHANGES, between, within
from filiere.analysis.scenarios.inputs import input_changes
from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.chain.read import chain_of
from filiere.chain.scenario.apply import apply_scenario
from tests.sheets import workbook
from tests.wheat import SCENARIOS, WHEAT

BOOK = WHEAT.replace("{harvest}", "60") + SCENARIOS


def tables(text: str = BOOK) -> Tables:
    return parse(workbook(text))


def harvest_and_price(made: Tables) -> tuple[float | None, float]:
    chain = chain_of(made)
    return chain.offers[0].maximum, next(link.price for link in chain.links if link.from_ == "Importer")


def test_each_row_of_the_scenarios_sheet_is_one_change() -> None:
    way = within(tables(), "reference", "dry and dear")
    assert [(change.row, change.text, str(change.cell)) for change in way.changes] == [
        ("Farm / wheat", "x 0.5", "Scenarios!E4"),
        ("Importer / * / wheat", "x 2", "Scenarios!E5"),
    ]
    assert [harvest_and_price(way.tables(made)) for made in range(4)] == [(60, 300), (30, 300), (60, 600), (30, 600)]


def test_all_changes_made_are_the_scenario_itself() -> None:
    read = tables()
    for name in ("dry", "dry and dear", "worse", "alone"):
        way = within(read, "reference", name)
        assert input_changes(way.tables(2 ** len(way.changes) - 1), apply_scenario(read, name)) == []
        assert input_changes(way.tables(0), apply_scenario(read, "reference")) == []


def test_from_one_scenario_to_another_what_both_make_is_left_alone() -> None:
    way = within(tables(), "dry", "dry and dear")
    assert [(change.text, change.undone) for change in way.changes] == [("x 2", False)]
    back = within(tables(), "dry and dear", "dry")
    assert [(change.text, change.undone) for change in back.changes] == [("x 2", True)]
    assert harvest_and_price(back.tables(0)) == (30, 600)
    assert harvest_and_price(back.tables(1)) == (30, 300)


def test_the_same_combination_in_two_scenarios_is_one() -> None:
    dry, both = within(tables(), "reference", "dry"), within(tables(), "reference", "dry and dear")
    assert dry.key(1) == both.key(1) != both.key(3)


def test_the_same_change_twice_is_two_changes() -> None:
    text = BOOK + "| drier | Offers | Farm / wheat | maximum | x 0.5 | |\n" * 2
    way = within(tables(text), "reference", "drier")
    assert len({change.key for change in way.changes}) == 2
    assert harvest_and_price(way.tables(3)) == (15, 300)


ADDED = WHEAT.replace("{harvest}", "60").replace(
    "| Importer | external | private |",
    "| Importer | external | private |\n| Co-op | member | |",
).replace(
    "| Importer | Shop | wheat | 300 | |",
    "| Importer | Shop | wheat | 300 | |\n| Co-op | Shop | wheat | 140 | |",
).replace("| Farm | wheat | 60 | 100 |", "| Farm | wheat | 50 | 100 |\n| Co-op | wheat | 10 | 90 |")  # fmt: skip


def test_rows_that_need_each_other_are_one_change() -> None:
    way = between(tables(WHEAT.replace("{harvest}", "60")), tables(ADDED), ("a", "b"))
    assert [(change.kind, change.table, change.rows) for change in way.changes] == [
        ("added", "actors", 3),
        ("changed", "offers", 1),
    ]
    alone = chain_of(way.tables(1))
    assert sorted(alone.actors) == ["Co-op", "Farm", "Importer", "Shop"]
    assert [offer.maximum for offer in alone.offers] == [60, 10]
    assert input_changes(way.tables(3), tables(ADDED)) == []


def test_a_change_waits_for_the_row_it_is_about() -> None:
    text = BOOK.replace(
        "| Importer | Shop | wheat | 300 | |",
        "| Importer | Shop | wheat | 300 | |\n| Importer | Farm | wheat | 9 | new |",
    )
    text += "| new | Links | Importer / Farm / wheat | price | = 8 | |\n"
    way = within(tables(text), "reference", "new")
    assert [change.kind for change in way.changes] == ["added", "typed"]
    assert len(chain_of(way.tables(2)).links) == 2
    assert [link.price for link in chain_of(way.tables(3)).links] == [150, 300, 8]


def test_workbooks_that_differ_in_many_rows_are_compared_sheet_by_sheet() -> None:
    rows = [f"    | P{i} | t | {i} | 1000 |\n" for i in range(1, MOST_CHANGES + 10)]
    head = "    ## Products\n    | product | unit | price | kg |\n"
    dearer = [row.replace(f"| {i} |", f"| {i + 1} |") for i, row in enumerate(rows, start=1)]
    way = between(tables(head + "".join(rows)), tables(head + "".join(dearer)), ("a", "b"))
    assert [(change.table, change.rows) for change in way.changes] == [("products", MOST_CHANGES + 9)]
