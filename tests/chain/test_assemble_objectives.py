"""Objectives and limits: words, measures, scopes."""

from __future__ import annotations

import pytest

from filiere.chain.derived.default_objectives import has_default_ranks
from filiere.chain.read import problems_of
from filiere.schema import words as w
from filiere.sector.sector import load_sector
from tests.chain.bread import bread
from tests.sheets import chain, problems, workbook

NEEDS = """
    | actor | product | quantity | measure: meals |
    | Shop  | flour   | 40       | 3              |"""


def objectives(*rows: str) -> str:
    text = "| rank | objective | sense | weight |\n" + "\n".join(f"| {row} |" for row in rows)
    return bread(Objectives=text, Needs=NEEDS)


def test_the_default_order() -> None:
    found = chain(bread()).objectives
    assert [objective.key for objective in found] == [
        "unmet", "deficit", "rules", "dependency", "lost", "outlets", "cost", "cost", "circularity", "waste", "change",
    ]  # fmt: skip
    assert [objective.rank for objective in found] == [1, 2, 3, 4, 4, 4, 4, 5, 6, 7, 8]
    assert [objective.weight for objective in found] == [1, 1, 1, 1, 2, 0.25, 1, 1, 1, 1, 1]
    assert [objective.tolerance for objective in found] == [0, 0, 0, 0, 0, 0, 0, 0.01, 0, 0, 0]


def test_a_sheet_that_says_the_default_order_is_the_default_order() -> None:
    rows = (
        "10 | unmet", "20 | deficit", "30 | rules", "40 | cost", "40 | outlets | | 0.25", "40 | lost | | 2",
        "40 | dependency", "50 | cost | | | 0.01", "60 | circularity", "70 | waste", "80 | change",
    )  # fmt: skip
    text = "| rank | objective | sense | weight | tolerance |\n" + "\n".join(f"| {row} |" for row in rows)
    assert has_default_ranks(chain(bread(Objectives=text, Needs=NEEDS)))
    assert not has_default_ranks(chain(bread(Objectives=text.replace("0.25", "0.5"), Needs=NEEDS)))


@pytest.mark.parametrize("sector", ["blank", "culture", "food"])
def test_a_template_comes_with_the_default_order(sector: str) -> None:
    rows = [
        f"| {row['rank']} | {row['objective']} | {row.get('weight', '')} | {row.get('tolerance', '')} |"
        for row in load_sector(sector).prefilled["objectives"]
    ]
    text = "\n".join(["| rank | objective | weight | tolerance |", *rows])
    assert has_default_ranks(chain(bread(Objectives=text, Needs=NEEDS)))


def test_words_of_both_languages_and_measures_with_their_directions() -> None:
    found = chain(objectives("7 | emplois", "2 | besoins non couverts", "3 | mesure : Meals | max")).objectives
    assert [(o.rank, o.key, o.direction) for o in found] == [
        (2, "unmet", w.Direction.MIN),
        (3, "measure: meals", w.Direction.MAX),
        (7, "jobs", w.Direction.MAX),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("1 | dependancy",), {("OBJ01", "Objectives!B2")}),
        (("1 | measure: meal",), {("OBJ04", "Objectives!B2")}),
        (("1 | cost | max",), {("OBJ03", "Objectives!C2")}),
        (("1 | cost | min",), set()),
        (("1 | cost", "1 | circularity"), {("OBJ02", "Objectives!A3")}),
        (("1 | cost", "1 | jobs", "9 | circularity"), set()),
    ],
)
def test_objectives_that_cannot_be(rows: tuple[str, ...], expected: set[tuple[str, str]]) -> None:
    assert problems(objectives(*rows)) == expected


ACTORS = """
    | actor      | perimeter | group         | sector  |
    | Farm       | member    | growers       | private |
    | Mill       | member    |               | sse     |
    | Shop       | local     | shops         | private |
    | Wholesaler | external  | member; shops | private |"""
PRODUCTS = """
    | product | unit | price | kind    | family | labels        |
    | wheat   | t    | 200   | primary | crops  | organic       |
    | flour   | t    | 500   |         | Crops  | organic; fine |"""
COLUMNS = "limit | measure | from | to | product | process | period | sense | value | basis | of"


def limited(row: str) -> str:
    return bread(Actors=ACTORS, Products=PRODUCTS, Needs=NEEDS, Limits=f"| {COLUMNS} |\n| rule | {row} |")


@pytest.mark.parametrize(
    ("name", "actors"),
    [
        ("mill", {"Mill"}),
        ("Shops", {"Shop", "Wholesaler"}),
        ("member", {"Wholesaler"}),  # a group of that name comes before the perimeter
        ("membre", {"Farm", "Mill"}),
        ("membres", {"Farm", "Mill"}),
        ("du territoire", {"Shop"}),
        ("ESS", {"Mill"}),
    ],
)
def test_whom_a_limit_speaks_of(name: str, actors: set[str]) -> None:
    (limit,) = chain(limited(f"quantity | {name} | | | | | <= | 10")).limits
    assert limit.scope.sellers == actors
    assert limit.scope.buyers is None


@pytest.mark.parametrize(
    ("name", "products"),
    [("flour", {"flour"}), ("crops", {"wheat", "flour"}), ("fine", {"flour"}), ("Organic", {"wheat", "flour"})],
)
def test_what_a_limit_speaks_of(name: str, products: set[str]) -> None:
    (limit,) = chain(limited(f"quantity | | | {name} | | | <= | 10")).limits
    assert limit.scope.products == products


def test_a_share_of_purchases_of_a_family() -> None:
    (limit,) = chain(limited("value | | Shop | fine | | | >= | 50 % | purchases | crops")).limits
    assert (limit.basis, limit.of, limit.value) == (w.LimitBasis.PURCHASES, {"wheat", "flour"}, 0.5)
    assert limit.scope.products == {"flour"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("measure: meals | | | | | | >= | 1", set()),
        ("meals | | | | | | >= | 1", set()),
        ("quantitty | | | | | | >= | 1", {("LIM01", "Limits!B2")}),
        ("measure: meal | | | | | | >= | 1", {("OBJ04", "Limits!B2")}),
        ("quantity | Mil | | | | | >= | 1", {("NAM01", "Limits!C2")}),
        ("quantity | | | flower | | | >= | 1", {("NAM01", "Limits!E2")}),
        ("level | | | | baking | | >= | 1", {("NAM02", "Limits!F2")}),
        ("quantity | | Shop | | | | >= | 1 | | crops", {("LIM02", "Limits!K2")}),
        ("jobs | Mill | | | | | >= | 0.5 | purchases", {("LIM03", "Limits!B2")}),
        ("value | Mill | Shop | | | | >= | 50 | purchases", {("LIM04", "Limits!I2")}),
        ("quantity | Shop | | | | | >= | 1", {("LIM05", "Limits!A2")}),
        ("opened | | | | | | <= | 1", {("LIM05", "Limits!A2")}),
        ("level | | Shop | | | | <= | 1", {("LIM06", "Limits!D2")}),
        ("value | | Shop | | | | >= | 0.5 | purchases", {("LIM07", "Limits!C2")}),
    ],
)
def test_limits_that_cannot_be_meant(row: str, expected: set[tuple[str, str]]) -> None:
    assert problems(limited(row)) == expected


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("value | Mill | Shop | | | | >= | 70 | purchases", "Écrivez 70 % ou 0,7 plutôt que 70."),
        ("value | Mill | Shop | | | | >= | -3 | purchases", "Écrivez 50 % ou 0,5 plutôt que 50."),
        ("value | Mill | Shop | | | | >= | 110 % | purchases", "Écrivez 50 % ou 0,5 plutôt que 50."),
        ("quantity | Shop | | | | | >= | 0.5 | sales", "Sa somme vaut toujours 0, à comparer à >= 50 %."),
        ("quantity | Shop | | | | | >= | 0.5", "Sa somme vaut toujours 0, à comparer à >= 0,5."),
    ],
)
def test_what_is_said_of_a_share_is_what_was_typed(row: str, words: str) -> None:
    found = [f"{p.message('fr')} {p.hint('fr')}" for p in problems_of(workbook(limited(row)))]
    told = [text.replace("\u202f", " ").replace("\xa0", " ") for text in found]
    assert any(words in text for text in told), told


def test_a_column_is_called_as_its_heading_shows() -> None:
    text = bread(Processes="| process | actor | local_share |\n| milling | Mill | 95 |")
    told = " ".join(p.message("fr") for p in problems_of(workbook(text)) if p.code == "NUM07")
    assert "part locale" in told and "_" not in told


def test_a_filter_without_meaning_is_left_out() -> None:
    (limit,) = chain(limited("level | | Shop | | milling | | <= | 1")).limits
    assert limit.scope.buyers is None
    assert limit.scope.processes == {("milling", "Mill")}
