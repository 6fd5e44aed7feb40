"""Circularity where secondary and fresh inputs stand in for each other. Worked out by hand."""

from __future__ import annotations

import pytest

from filiere.pipeline import solve_chain
from filiere.result import Result
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.evaluate import circularity
from tests.laws.law import values
from tests.sheets import chain
from tests.solver.second import second_values

# 10 t of boards, each from 1.25 t of timber or 1 t of old wood, of which there are 6 t.
BOARDS = """
    ## Actors
    | actor | perimeter |
    | Saw | member |
    | Shop | member |
    ## Products
    | product | unit | price | kind |
    | timber | t | 100 | primary |
    | old wood | t | 100 | secondary |
    | boards | t | 400 | product |
    ## Processes
    | process | actor |
    | sawing | Saw |
    ## Recipes
    | process | product | input | output | choice |
    | sawing | timber | 1.25 | | wood |
    | sawing | old wood | 1 | | wood |
    | sawing | boards | | 1 | |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Saw | timber | 50 | 10 |
    | Saw | old wood | 6 | 30 |
    ## Links
    | from | to | product |
    | Saw | Shop | boards |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | boards | 10 | must |
    ## Objectives
    | rank | objective |
    | 1 | circularity |
    | 2 | cost |
"""


def taken(result: Result) -> dict[str, float]:
    return result.plan.chosen.groupby("product")["quantity"].sum().to_dict()


def test_old_wood_counts_as_used_again_as_far_as_it_is_chosen() -> None:
    result = solve_chain(chain(BOARDS))
    assert taken(result) == pytest.approx({"old wood": 6.0, "timber": 4 * 1.25})
    # 6 t used again; 5 t of timber taken anew: 6 / 11.
    assert result.solution.objectives[0].value == pytest.approx(6 / 11)
    assert circularity(Accounts(result.chain, result.plan), w.Basis.MASS) == pytest.approx(6 / 11)
    assert result.certificate is not None and result.certificate.passed


def test_a_cheaper_rank_before_leaves_it_out() -> None:
    cheap = BOARDS.replace("| 1 | circularity |\n    | 2 | cost |", "| 1 | cost |\n    | 2 | circularity |")
    result = solve_chain(chain(cheap))
    # 12.5 € of timber a board against 30 of old wood.
    assert taken(result) == pytest.approx({"timber": 12.5})
    assert result.solution.objectives[1].value == pytest.approx(0.0, abs=1e-9)


def test_calling_timber_waste_is_not_used_again() -> None:
    """Chips that are called secondary, out of either wood: what timber gives is no more than renamed."""
    chips = BOARDS.replace("| boards | t | 400 | product |", "| boards | t | 400 | secondary |")
    result = solve_chain(chain(chips))
    # 10 t of secondary serve a need; of these 4 t come of timber by name alone, and 5 t of timber are taken anew:
    # old wood for old wood adds nothing. U = 10 − 4 = 6, M = 5.
    assert taken(result) == pytest.approx({"old wood": 6.0, "timber": 5.0})
    assert result.solution.objectives[0].value == pytest.approx(6 / 11)


# 12 shows, each with a set: 30 kg of new wood or 25 kg of what old sets left, of which there are 200 kg: 8 shows.
SHOWS = """
    ## Actors
    | actor | perimeter |
    | Company | member |
    | Town | local |
    ## Products
    | product | unit | price | kind |
    | new wood | kg | 2 | primary |
    | old sets | kg | 1 | secondary |
    | seats | seat | 10 | service |
    ## Processes
    | process | actor | capacity |
    | playing | Company | {capacity} |
    ## Recipes
    | process | product | input | output | choice |
    | playing | new wood | 30 | | set |
    | playing | old sets | 25 | | set |
    | playing | seats | | 100 | |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Company | new wood | 1000 | 2 |
    | Company | old sets | 200 | 3 |
    ## Links
    | from | to | product |
    | Company | Town | seats |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | seats | {seats} | must |
    ## Objectives
    | rank | objective |
    | 1 | circularity |
    | 2 | cost |
"""


def show(seats: int, capacity: object = "") -> Result:
    return solve_chain(chain(SHOWS.format(seats=seats, capacity=capacity)))


def test_old_sets_chosen_for_a_show_count_as_far_as_its_seats_are_taken() -> None:
    result = show(1200)
    assert taken(result) == pytest.approx({"old sets": 200.0, "new wood": 4 * 30.0})
    # 200 kg used again, 120 of wood taken anew.
    assert result.solution.objectives[0].value == pytest.approx(200 / 320)
    assert circularity(Accounts(result.chain, result.plan), w.Basis.MASS) == pytest.approx(200 / 320)
    assert result.certificate is not None and result.certificate.passed


def test_empty_seats_make_no_set_circular() -> None:
    # Six shows fill 600 seats: playing all eight that old sets allow would use no more of them again.
    result = show(600)
    assert taken(result) == pytest.approx({"old sets": 150.0})
    assert result.solution.objectives[0].value == pytest.approx(1.0)
    assert result.plan.levels["level"].sum() == pytest.approx(6.0)
    assert result.certificate is not None and result.certificate.passed


def test_a_plain_secondary_input_beside_a_chosen_one_is_in_the_model_of_record_too() -> None:
    """The rows of one equation then have keys of two lengths."""
    both = SHOWS.format(seats=1200, capacity="")
    both = both.replace("| playing | Company |  |", "| playing | Company |  |\n    | showing | Company | |")
    both = both.replace(
        "| seats | seat | 10 | service |", "| seats | seat | 10 | service |\n    | visits | visit | 5 | service |"
    )
    both = both.replace(
        "    ## Offers", "    | showing | old sets | 5 | | |\n    | showing | visits | | 1 | |\n    ## Offers"
    )
    both = both.replace("| Company | Town | seats |", "| Company | Town | seats |\n    | Company | Town | visits |")
    both = both.replace("    ## Objectives", "    | Town | visits | 4 | must |\n    ## Objectives")
    result = solve_chain(chain(both))
    assert taken(result)["old sets"] == pytest.approx(180.0), "20 of the 200 kg are shown to visitors"
    assert second_values(result.chain) == pytest.approx(values(result.solution))
