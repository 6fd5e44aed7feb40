"""Canteens in the results: the shares of the law by value, this year and in the plan, and the purchases to declare."""

from __future__ import annotations

from pathlib import Path

import pytest

import filiere
from filiere.report.result.json import solution_json
from filiere.report.result.tables.money.canteens import canteen_purchases, canteens
from filiere.report.sheet import Sheet
from filiere.report.view import View
from tests.commands.running import write

# 10 t of organic vegetables at 2 000 € and 5 t of meat (Label rouge) at 8 000 € from the farm; 30 t of groceries at
# 1 000 € and 4 t of unmarked vegetables at 1 500 € from the wholesaler, as it is this year; knives are no food.
POLE = """
    ## Settings
    | setting | value |
    |---|---|
    | name | Pole |
    ## Actors
    | actor | perimeter | identifier |
    |---|---|---|
    | School canteen | member | FR40303265045; 21380001100011 |
    | Café | local | |
    | Farm | member | |
    | Wholesaler | external | |
    ## Products
    | product | unit | price | labels | family |
    |---|---|---|---|---|
    | vegetables | t | 1800 | food; organic | vegetables |
    | beef | t | 8000 | food; Label Rouge | meat |
    | groceries | t | 1000 | food | grocery |
    | knives | t | 5000 | organic | |
    ## Offers
    | actor | product | maximum |
    |---|---|---|
    | Farm | vegetables | 14 |
    | Farm | beef | 5 |
    ## Links
    | from | to | product | today | price | labels |
    |---|---|---|---|---|---|
    | Farm | School canteen | vegetables | 10 | 2000 | |
    | Farm | School canteen | beef | 5 | 8000 | |
    | Wholesaler | School canteen | vegetables | 4 | 1500 | none |
    | Wholesaler | School canteen | groceries | 30 | 1000 | |
    | Wholesaler | School canteen | knives | 1 | 5000 | |
    | Wholesaler | Café | groceries | 1 | 1000 | |
    ## Needs
    | actor | product | quantity |
    |---|---|---|
    | School canteen | vegetables | 14 |
    | School canteen | beef | 5 |
    | School canteen | groceries | 30 |
    | School canteen | knives | 1 |
    | Café | groceries | 1 |
    """


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    return View(filiere.run(write(tmp_path_factory.mktemp("pole") / "pole.xlsx", POLE)), "en")


def row(sheet: Sheet | None, at: int = 0) -> dict[str, object]:
    assert sheet is not None
    return {column.key: column.values[at] for column in sheet.columns}


def test_the_shares_of_the_law_are_by_value_of_food_alone(view: View) -> None:
    told = row(canteens(view))
    # today: 20 000 organic, 40 000 red label, 6 000 and 30 000 without: 96 000 of food
    assert (told["canteen"], told["siret"], told["food_today"]) == ("School canteen", "21380001100011", 96_000)
    assert told["organic_today"] == pytest.approx(20 / 96)
    assert told["quality_today"] == pytest.approx(60 / 96)
    assert told["local_today"] == pytest.approx(60 / 96)
    assert told["meat_today"] == pytest.approx(1.0)
    # the plan buys all vegetables of the farm: 28 000 organic, 40 000 red label, 30 000 without
    assert told["food"] == pytest.approx(98_000)
    assert told["organic"] == pytest.approx(28 / 98)
    assert told["quality"] == pytest.approx(68 / 98)
    assert (told["short_organic"], told["short_quality"], told["short_meat"]) == (0, 0, 0)


@pytest.mark.parametrize(("labels", "organic", "quality", "meat"), [
    (("food; HVE", "food; Label Rouge"), 0.2 * 98_000, 0, 0),
    (("food; organic", "food"), 0, 0.5 * 98_000 - 28_000, 0.6 * 40_000),
    (("food; HVE", "food"), 0.2 * 98_000, 0.5 * 98_000 - 28_000, 0.6 * 40_000),
])  # fmt: skip
def test_what_is_missing_to_the_shares_of_the_law_is_told_in_money(
    labels: tuple[str, str], organic: float, quality: float, meat: float, tmp_path: Path
) -> None:
    less = POLE.replace("food; organic", labels[0]).replace("food; Label Rouge", labels[1])
    told = row(canteens(View(filiere.run(write(tmp_path / "pole.xlsx", less)), "en")))
    assert told["short_organic"] == pytest.approx(organic)
    assert told["short_quality"] == pytest.approx(quality)
    assert told["short_meat"] == pytest.approx(meat)


def test_who_is_no_canteen_has_no_row(view: View) -> None:
    found = canteens(view)
    assert found is not None and found.height == 1


def test_purchases_stand_in_the_columns_of_the_platform(view: View) -> None:
    sheet = canteen_purchases(view)
    assert sheet is not None
    assert [column.heading for column in sheet.columns] == [
        "siret", "description", "fournisseur", "date", "prix_ht", "famille_produits", "categories_egalim", "origine",
        "est_circuit_court", "est_local", "definition_local",
    ]  # fmt: skip
    rows = {(r["description"], r["fournisseur"]): r for r in (row(sheet, at) for at in range(sheet.height))}
    assert set(rows) == {("vegetables", "Farm"), ("beef", "Farm"), ("groceries", "Wholesaler")}
    vegetables, beef = rows["vegetables", "Farm"], rows["beef", "Farm"]
    assert (vegetables["siret"], vegetables["prix_ht"]) == ("21380001100011", 28_000)
    assert (vegetables["famille_produits"], vegetables["categories_egalim"]) == ("FRUITS_ET_LEGUMES", "BIO")
    assert (vegetables["est_local"], vegetables["definition_local"]) == ("oui", "AUTRE")
    assert (beef["famille_produits"], beef["categories_egalim"]) == ("VIANDES_VOLAILLES", "LABEL_ROUGE")
    assert rows["groceries", "Wholesaler"]["est_local"] is None


def test_without_labels_there_is_nothing_to_tell(tmp_path: Path) -> None:
    plain = POLE.replace("food; organic", "food").replace("food; Label Rouge", "food").replace("| organic |", "| |")
    bare = View(filiere.run(write(tmp_path / "pole.xlsx", plain)), "en")
    assert canteens(bare) is None and canteen_purchases(bare) is None


def test_the_answer_as_json_has_them_by_canteen(view: View) -> None:
    # All 14 t of vegetables from the farm, 28 000; 40 000 of beef, which is all the meat; 30 000 of groceries.
    plan = solution_json(view.result)["indicators"]["egalim"]["School canteen"]["plan"]
    assert plan["food"] == pytest.approx(98_000, rel=1e-6) and plan["meat_fish"] == pytest.approx(1.0)
    assert (plan["organic"], plan["quality"]) == (pytest.approx(28 / 98), pytest.approx(68 / 98))
