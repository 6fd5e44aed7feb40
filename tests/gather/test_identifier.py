"""The numbers that other files know an actor by, checked where they are typed."""

import pytest

from tests.chain.bread import bread
from tests.sheets import problems


@pytest.mark.parametrize(
    ("number", "told"),
    [("732829320", 0), ("732829321", 1), ("732829320; 73282932000075", 1), ("FR44732829320; 12", 0)],
)
def test_a_wrong_check_digit_is_a_warning_at_its_cell(number: str, told: int) -> None:
    found = problems(bread(Actors=f"""
        | actor | perimeter | identifier |
        | Farm  | member    | {number}   |
        | Mill  | member    |            |
        | Shop  | local     |            |"""))  # fmt: skip
    assert [code for code, *_ in found if code == "ACT02"] == ["ACT02"] * told
