"""A menu that stops for want of one small ingredient is named; one with a choice, or a second seller, is not."""

from __future__ import annotations

import pytest

from tests.sheets import problems

# A thousand meals: 300 € of bread, 900 of vegetables, 400 of cheese, and 20 of lentils (1.2 %).
MENU = """
    ## Actors
    | actor | perimeter |
    | Canteen | member |
    | Farm | member |
    | Trader | external |
    ## Products
    | product | unit | price |
    | bread | t | 3000 |
    | vegetables | t | 1800 |
    | cheese | t | 10000 |
    | lentils | t | 2000 |
    | beans | t | 2100 |
    | meal | piece | 6 |
    ## Processes
    | process | actor |
    | menu | Canteen |
    ## Recipes
    | process | product | input | output | choice |
    | menu | bread | 0.1 | | |
    | menu | vegetables | 0.5 | | |
    | menu | cheese | 0.04 | | |
    | menu | lentils | 0.01 | | |
    | menu | meal | | 1000 | |
    ## Links
    | from | to | product |
    | Trader | Canteen | bread |
    | Trader | Canteen | vegetables |
    | Trader | Canteen | cheese |
    | Farm | Canteen | lentils |
    | Trader | Canteen | beans |
    ## Offers
    | actor | product | maximum |
    | Farm | lentils | 5 |
    ## Needs
    | actor | product | quantity | obligation |
    | Canteen | meal | 100000 | want |
"""


def test_a_menu_that_hangs_on_a_pinch_of_lentils_is_named_with_its_cell() -> None:
    assert ("CHK33", "Recipes!B5") in problems(MENU)
    assert [cell for code, cell in problems(MENU) if code == "CHK33"] == ["Recipes!B5"]


@pytest.mark.parametrize(
    "mended",
    [
        MENU.replace(
            "| menu | lentils | 0.01 | | |",
            "| menu | lentils | 0.01 | | pulses |\n    | menu | beans | 0.011 | | pulses |",
        ),
        MENU.replace(
            "| Farm | Canteen | lentils |", "| Farm | Canteen | lentils |\n    | Trader | Canteen | lentils |"
        ),
        MENU.replace("| menu | lentils | 0.01 | | |", "| menu | lentils | 0.1 | | |"),  # no small part any more
    ],
)
def test_a_choice_a_second_seller_or_a_real_part_of_the_meal_is_not(mended: str) -> None:
    assert not [code for code, _ in problems(mended) if code == "CHK33"]
