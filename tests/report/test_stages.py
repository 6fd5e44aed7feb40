"""The stages of a chain come as the goods go."""

from __future__ import annotations

from filiere.chain.chain import Chain
from filiere.report.result.stages import stage_order
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


def test_many_stages_are_ordered_however_they_hang_together() -> None:
    """A long line of stages, and one in which each turns into all that follow: ways through it are past counting."""
    long, dense = 1200, 40
    lines = [(i, [i + 1]) for i in range(long - 1)]
    assert stage_order(_row(long, lines)) == [f"stage {i}" for i in range(long)]
    assert stage_order(_row(dense, [(i, list(range(i + 1, dense))) for i in range(dense - 1)])) == [
        f"stage {i}" for i in range(dense)
    ]


def _row(count: int, turned: list[tuple[int, list[int]]]) -> Chain:
    """Return a chain of so many stages, named from the last to the first, with who turns into whom."""
    text = """
        ## Actors
        | actor | perimeter |
        | Farm | member |
        | Town | local |
        ## Products
        | product | unit | stage |
        {products}
        ## Processes
        | process | actor |
        {processes}
        ## Recipes
        | process | product | input | output |
        {recipes}
        ## Links
        | from | to | product |
        | Farm | Town | good 0 |
    """
    return chain(text.format(
        products="\n".join(f"| good {i} | t | stage {i} |" for i in reversed(range(count))),
        processes="\n".join(f"| work {i} | Farm |" for i, _ in turned),
        recipes="\n".join(f"| work {i} | good {j} | {amounts} |" for i, others in turned
                          for j, amounts in ((i, "1 |"), *((other, "| 1") for other in others))),
    ))  # fmt: skip


def test_of_two_stages_turned_into_each_other_as_often_neither_comes_first() -> None:
    """Baking goes on to the table; milling, which goes there only by way of baking, does not stand before it."""
    both = "".join(f"    | tossing | {what}\n" for what in ("bread | 1 | |", "flour | | 1 |"))
    text = CHAIN.replace("    | bread | t | | baking |\n", "")
    text = text.replace("    | bran |", "    | bread | t | | baking |\n    | bran |")
    found = stage_order(chain(text.replace("    ## Links\n", f"{both}    ## Links\n")))
    assert found.index("baking") < found.index("milling")
