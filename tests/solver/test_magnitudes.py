"""Figures of any size side by side: grams and shiploads, cents and millions, weights far apart; each chain by hand."""

from __future__ import annotations

import numpy as np
import pytest

from filiere.problems import WorkbookError
from filiere.solution.solution import Solution, Status
from filiere.solver.programme.compile import Function
from filiere.solver.programme.scales import scales
from filiere.solver.ranks.apart import Units, found_in_units
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer
from tests.laws.law import values
from tests.model.one_of_everything import WORKBOOK
from tests.sheets import chain as read
from tests.solver.second import second_values
from tests.solving import ABOUT, best

SPICE = """
## Actors
| actor | perimeter |
| Mill | member |
| Port | external |
| Town | local |
## Products
| product | unit | price |
| grain | {unit} | {price} |
| saffron | g | 30 |
| bread | t | 2000 |
## Processes
| process | actor | unit_cost |
| baking | Mill | 400 |
## Recipes
| process | product | input | output |
| baking | grain | {grain} | |
| baking | saffron | 0.002 | |
| baking | bread | | 1 |
## Links
| from | to | product | price |
| Port | Mill | grain | {price} |
| Port | Mill | saffron | 30 |
| Mill | Town | bread | 2000 |
## Offers
| actor | product | maximum |
| Port | grain | {stock} |
## Needs
| actor | product | quantity | obligation |
| Town | bread | 50000 | want |
## Objectives
| rank | objective | tolerance |
| 1 | unmet | |
| 2 | dependency | 0.01 |
| 3 | cost | |
"""


@pytest.mark.parametrize("unit", [1.0, 1e6, 1e7, 1e-4])
def test_a_pinch_beside_shiploads_counts_whatever_the_unit(unit: float) -> None:
    """40 000 t of grain at 300 for 50 000 t of bread that takes 0.9 of it a tonne: 44 444.4 t are baked.

    A unit of grain is a tonne, a gram, or ten thousand tonnes. Two thousandths of a gram of saffron a tonne are 89 g.
    """
    source = SPICE.format(unit="u", price=repr(300 / unit), grain=repr(0.9 * unit), stock=repr(40_000 * unit))
    plan = best(_plain(source))
    baked = 40_000 / 0.9
    assert plan.level("baking") == ABOUT(baked, rel=1e-9)
    assert plan.flow("Port", "Mill", "saffron") == ABOUT(0.002 * baked, rel=1e-9)
    assert plan.value("unmet") == ABOUT((50_000 - baked) * 2000, rel=1e-9)
    assert plan.value("cost") == ABOUT(40_000 * 300 + 0.06 * baked + 400 * baked, rel=1e-9)


def _plain(source: str) -> str:
    """The same with every number written out, as in a cell."""
    words = [f"{float(word):.15f}".rstrip("0").rstrip(".") if "e-" in word else word for word in source.split(" ")]
    return " ".join(words)


SALT = """
## Actors
| actor | perimeter |
| Farm | member |
| Works | member |
| Shop | local |
| Port | external |
| Mines | external |
## Products
| product | unit | price |
| salt | kg | 0.5 |
| steel | kt | 900000 |
## Offers
| actor | product | maximum |
| Works | steel | 10 |
## Links
| from | to | product | price | maximum |
| Port | Shop | salt | 0.5 | |
| Farm | Shop | salt | 0.5 | 0.4 |
| Works | Mines | steel | 900000 | 3 |
| Port | Works | steel | 990000 | |
## Offers
| actor | product | maximum |
| Farm | salt | 100 |
| Works | steel | 10 |
## Needs
| actor | product | quantity | obligation |
| Shop | salt | 1 | must |
| Mines | steel | 3 | must |
## Settings
| setting | value |
| downstream_weight | 0 |
## Objectives
| rank | objective | weight |
| 1 | dependency | {weight} |
| 2 | cost | |
"""


@pytest.mark.parametrize("weight", [1, 0.001, 10_000])
def test_thirty_cents_of_imports_are_held_beside_millions_of_sales(weight: float) -> None:
    """1 kg of salt, 0.4 of it from the farm: 0.6 kg at 0.5 come by sea, though steel for 2.7 million is sold."""
    plan = best(SALT.replace("## Offers\n| actor | product | maximum |\n| Works | steel | 10 |\n## Links", "## Links")
                .format(weight=weight))  # fmt: skip
    told = next(rank for rank in plan.solution.objectives if rank.objective == "dependency")
    assert told.value == ABOUT(0.3, rel=1e-9) and told.final == ABOUT(0.3, rel=1e-7)


FAR = """
## Actors
| actor | perimeter |
| Farm | member |
| Far Farm | local |
| Town | local |
## Products
| product | unit | price |
| milk | t | 400 |
## Offers
| actor | product | maximum | unit_cost |
| Farm | milk | 60 | {near} |
| Far Farm | milk | 100 | 30 |
## Links
| from | to | product | co2 |
| Farm | Town | milk | 2 |
| Far Farm | Town | milk | 5 |
## Needs
| actor | product | quantity | obligation |
| Town | milk | 150 | want |
## Objectives
| rank | objective | weight |
| 1 | unmet | 10000 |
| 1 | cost | 0.001 |
| 2 | co2 | |
"""


def test_weights_seven_powers_of_ten_apart_on_one_rank_reach_the_same_by_both_routes() -> None:
    """All 150 t are served, the 100 t at 30 first, then 50 at 31; the cost weighs a ten-millionth of a need missed."""
    plan = best(FAR.format(near=31))
    assert plan.flow("Far Farm", "Town", "milk") == ABOUT(100) and plan.flow("Farm", "Town", "milk") == ABOUT(50)
    assert plan.value("unmet") == ABOUT(0) and plan.value("cost") == ABOUT(100 * 30 + 50 * 31)
    assert values(plan.solution) == pytest.approx(second_values(plan.chain), rel=1e-6)


def test_where_such_a_cost_is_equal_the_next_rank_decides() -> None:
    plan = best(FAR.format(near=30))
    assert plan.flow("Farm", "Town", "milk") == ABOUT(60) and plan.flow("Far Farm", "Town", "milk") == ABOUT(90)
    assert values(plan.solution) == pytest.approx(second_values(plan.chain), rel=1e-6)


PRESS = """
## Actors
| actor | perimeter |
| Press | member |
| Town | local |
## Products
| product | unit | price |
| ink | kg | 20 |
| flyer | piece | 0.1 |
## Processes
| process | actor | capacity | unit_cost |
| printing | Press | 200 | 1000 |
## Recipes
| process | product | input | output |
| printing | ink | {ink} | |
| printing | flyer | | {flyers} |
## Offers
| actor | product | maximum |
| Press | ink | 50 |
## Links
| from | to | product |
| Press | Town | flyer |
## Needs
| actor | product | quantity | obligation |
| Town | flyer | 6 | must |
"""


@pytest.mark.parametrize(
    ("ink", "flyers"), [("2", "1e9"), ("1e9", "1e9"), ("1e-9", "1"), ("1e-9", "1e9"), ("0.001", "0.1")]
)
def test_recipes_at_their_bounds_are_solved(ink: str, flyers: str) -> None:
    """Six flyers of a run that prints 1e9 are 6e-9 of a run."""
    plan = best(PRESS.format(ink=ink, flyers=flyers))
    assert plan.served("flyer") == ABOUT(6)
    assert plan.level("printing") == ABOUT(6 / float(flyers), rel=1e-6, abs=1e-15)


STONES = """
## Periods
| period |
| winter |
| summer |
## Actors
| actor | perimeter | balanced_budget |
| Farm | member | wish |
| Mill | member | |
| Town | local | |
| Port | external | |
| State | external | |
## Products
| product | unit | kind |
| wheat | t | |
| flour | t | |
| bran | t | secondary |
| bread | t | |
## Processes
| process | actor | status | capacity | unit_cost | fixed_cost |
| stones | Mill | | | 1e12 | |
| rollers | Mill | candidate | 80 | 15 | 500 |
| baking | Mill | scalable | 70 | | |
## Recipes
| process | product | input | output |
| stones | wheat | 1.25 | |
| stones | flour | | 1 |
| stones | bran | | 0.25 |
| rollers | flour | | 1 |
| baking | flour | 0.8 | |
| baking | bread | | 1 |
## Links
| from | to | product | today | price |
| Port | Mill | wheat | | 230 |
| Mill | Town | bread | | 3000 |
| Mill | Port | bran | 10 | 100 |
## Needs
| actor | product | quantity |
| Town | bread | 80 |
## Storage
| actor | product | capacity | loss |
| Mill | wheat | 20 | 0.01 |
## Funding
| funder | actor | maximum |
| State | Mill | 5000 |
## Limits
| limit | measure | sense | value |
| co2 | co2 | <= | 9000 |
"""


def test_what_costs_a_billion_a_unit_does_not_run_for_a_hair_of_a_later_rank() -> None:
    """A bound lets a level be off by 1e-9: at 1e12 a unit that was a thousand, more than all the rollers cost.

    80 t of bread take 64 t of flour: 15 each and 500 once.
    """
    plan = best(STONES)
    assert plan.level("rollers") == ABOUT(64) and plan.level("stones") == 0
    assert plan.value("cost") == ABOUT(64 * 15 + 500)


def test_a_need_of_a_billionth_beside_one_of_eighty_is_served_and_paid_for() -> None:
    """A quarter of a tonne of bran comes with a tonne of flour from the stones: 4e-9 of it, at 1e12, are 4 000 euros.

    With the rollers, 64 t of flour less 4e-9 at 15, and 500 once: 5 460. Wheat for the stones, 5e-9 t, is next to nothing.
    """
    plan = best(STONES.replace("| Town | bread | 80 |", "| Town | bread | 80 |\n| Mill | bran | 0.000000001 |"))
    assert plan.served("bran") == ABOUT(1e-9, rel=1e-6, abs=0) and plan.served("bread") == ABOUT(80)
    assert plan.level("stones") == ABOUT(4e-9, rel=1e-6, abs=0)
    assert plan.value("cost") == ABOUT(4e-9 * 1e12 + 64 * 15 + 500, rel=1e-7)


@pytest.mark.parametrize(("made", "typed", "level"), [
    ("rollers", "| rollers | flour | | {} |", 64e-9), ("baking", "| baking | bread | | {} |", 64e-9),
])  # fmt: skip
def test_a_project_that_makes_a_billion_a_run_is_opened_to_run_at_all(made: str, typed: str, level: float) -> None:
    """A thousand million t of flour a run of the rollers, or of bread from 0.8 of flour: 64e-9 of a run, and 500 once."""
    plan = best(STONES.replace(typed.format(1), typed.format("1000000000")))
    assert plan.served("bread") == ABOUT(80)
    assert plan.plan.opened_processes == (("rollers", "Mill"),)
    assert plan.level("rollers") == ABOUT(level, rel=1e-6, abs=0)
    assert plan.value("cost") == ABOUT(500 + level * 15, rel=1e-9)


BAKING = "| baking | flour | {} | |\n| baking | bread | | {} |"


def test_the_largest_and_the_smallest_input_and_output_in_one_recipe() -> None:
    """80 t of bread are 8e-8 of a run, which takes 8e-17 t of flour: at 1e12 a tonne that is less than opening rollers."""
    plan = best(STONES.replace(BAKING.format(0.8, 1), BAKING.format("0.000000001", "1000000000")))
    assert plan.served("bread") == ABOUT(80) and plan.level("baking") == ABOUT(8e-8, rel=1e-6, abs=0)
    assert plan.plan.opened_processes == () and plan.value("cost") == ABOUT(8e-5, abs=1e-6)


@pytest.mark.parametrize("bread", [1.0, 1e-9])
def test_what_takes_a_billion_of_what_it_makes_takes_it_where_needs_come_first(bread: float) -> None:
    """80 t of bread: 8e10 t of flour, more than the rollers' 80, so from the stones; or 8e19 of it."""
    typed = f"{bread:.9f}".rstrip("0").rstrip(".")
    plan = best(STONES.replace(BAKING.format(0.8, 1), BAKING.format("1000000000", typed)))
    assert plan.served("bread") == ABOUT(80)
    assert plan.level("stones") == ABOUT(8e10 / bread, rel=1e-6)
    assert plan.value("cost") == ABOUT(8e10 / bread * 1e12, rel=1e-6)


def failing(units: Units) -> Solution:
    raise RankError(Answer.TROUBLE, 4, "cost", Function(np.zeros(1), 0.0))


def test_figures_that_no_units_hold_together_are_told_with_both_cells() -> None:
    """Stones at 1e12 in F2; the smallest figure beside them is the store's cost or loss, or a quarter of a tonne of bran."""
    with pytest.raises(WorkbookError) as refused:
        found_in_units(read(STONES), failing)
    (problem,) = refused.value.problems
    assert (problem.code, str(problem.cell)) == ("SOL06", "Recipes!D4")
    assert (problem.facts["smallest"], problem.facts["largest"], str(problem.facts["other"])) == (
        0.25, 1e12, "Processes!E2",
    )  # fmt: skip


def test_where_figures_are_near_numbers_that_fail_are_no_fault_of_theirs() -> None:
    with pytest.raises(RankError):
        found_in_units(read(FAR.format(near=31)), failing)


def test_of_two_answers_the_one_with_a_plan_that_holds_is_told() -> None:
    """From units in which the chain seems to have no end, and from others."""
    stones = best(STONES)

    def attempt(units: Units) -> Solution:
        return Solution(Status.UNBOUNDED) if units is scales else stones.solution

    assert found_in_units(stones.chain, attempt) is stones.solution


LINK = "| Trader | Town | flour | 30 | 10 | | 380 | 6 | | candidate | 150 | 300 |"


@pytest.mark.parametrize(("row", "huge", "meant"), [
    ("| Trader | bran | 4 |", "| Trader | bran | 1000000000000 |", "| Trader | bran | |"),
    ("| 40 | 12 | | 0.02 | |", "| 1000000000000 | 12 | | 0.02 | |", "| | 12 | | 0.02 | |"),
    (LINK, LINK.replace("| 6 |", "| 1000000000000 |"), ""), (LINK, LINK.replace("150", "1000000000000"), ""),
], ids=["an offer", "an enlargement", "a way too dear a tonne", "a way too dear to open"])  # fmt: skip
def test_a_figure_of_a_million_million_means_without_limit_or_never(row: str, huge: str, meant: str) -> None:
    """Beside one of everything. Plans that were looked for from one with 1e12 in it seemed to have no end; and a
    billionth of what costs 1e12 to open was 570 euros."""
    assert row in WORKBOOK
    plan, other = best(WORKBOOK.replace(row, huge)), best(WORKBOOK.replace(row, meant))
    assert values(plan.solution) == pytest.approx(values(other.solution), rel=1e-5, abs=1e-5)
