"""The stages of a chain come as the goods go."""

from __future__ import annotations

from filiere.report.stages import stage_order
from tests.sheets import chain

CHAIN = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Town | local |
    ## Products
    | product | unit | kind | stage |
    | compost | t | secondary | returns |
    | meal | unit | | table |
    | bulk goods | t | | trade |
    | bread | t | | baking |
    | flour | t | | milling |
    | bran | t | secondary | milling |
    | wheat | t | primary | field |
    ## Processes
    | process | actor |
    | growing | Farm |
    | milling | Farm |
    | baking | Farm |
    | cooking | Farm |
    | tossing | Farm |
    ## Recipes
    | process | product | input | output |
    | growing | compost | 1 | |
    | growing | wheat | | 1 |
    | milling | wheat | 1 | |
    | milling | flour | | 1 |
    | milling | bran | | 1 |
    | baking | flour | 1 | |
    | baking | bread | | 1 |
    | cooking | bread | 1 | |
    | cooking | bulk goods | 1 | |
    | cooking | meal | | 1 |
    | cooking | compost | | 1 |
    ## Links
    | from | to | product |
    | Farm | Town | bread |
    ## Needs
    | actor | product | quantity |
    | Farm | meal | 1 |
    | Town | bread | 1 |
"""


def test_stages_come_upstream_first_and_returns_last() -> None:
    text = CHAIN.replace("    | tossing | Farm |\n", "")
    assert stage_order(chain(text)) == ["field", "milling", "trade", "baking", "table", "returns"]


def test_a_loop_of_stages_is_not_gone_round() -> None:
    """Meals turned into flour more often than flour into bread into meals: the loop must end."""
    loop = "".join(f"    | tossing | {what}\n" for what in ("meal | 1 | |", "wheat | | 1 |"))
    text = CHAIN.replace("    ## Links", loop + "    ## Links")
    order = stage_order(chain(text))
    assert sorted(order) == ["baking", "field", "milling", "returns", "table", "trade"] and order[-1] == "returns"
