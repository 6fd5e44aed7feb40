"""What is wrong with a refused row is told whole, in one run."""

from __future__ import annotations

from tests.sheets import problems

CHAIN = """
    ## Actors
    | actor | perimeter | group |
    | Farm | member | growers |
    | Shop | local | |
    ## Products
    | product | unit | price |
    | milk | t | 500 |
    ## Offers
    | actor | product | maximum | profile |
    {offer}
    ## Links
    | from | to | product | price |
    | Farm | Shop | milk | 500 |
    {link}
    ## Needs
    | actor | product | quantity |
    | Shop | milk | 10 |
    """


def found(offer: str = "| Farm | milk | 20 | |", link: str = "") -> set[str]:
    return {cell for _, cell in problems(CHAIN.replace("{offer}", offer).replace("{link}", link))}


def test_an_unknown_name_beside_a_bad_number_is_told_too() -> None:
    assert found("| Fram | milk | 1,234 | |") >= {"Offers!A2", "Offers!C2"}
    assert found(link="| Fram | * | milks | lots |") >= {"Links!A3", "Links!C3", "Links!D3"}


def test_known_names_words_and_stars_beside_a_bad_number_are_not_accused() -> None:
    assert found("| Farm | milk | 1,234 | libre |") == {"Offers!C2"}
    assert found(link="| growers | * | milk | lots |") == {"Links!D3"}
