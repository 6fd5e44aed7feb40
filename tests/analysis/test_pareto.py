"""Fronts worked out by hand, the knee, and how objectives are named and held."""

from __future__ import annotations

import pytest

from filiere.analysis.pareto.axes import AxisError, axis, opposed
from filiere.analysis.pareto.front import Front, front, knee
from filiere.indicators import measure, members
from filiere.problems import WorkbookError
from filiere.schema import words as w
from filiere.solution.solution import Status
from tests.analysis.fronts import CRATES, OVENS
from tests.sheets import chain

ABOUT = pytest.approx


def points(found: Front) -> list[tuple[float, float]]:
    assert all(point.certificate.passed for point in found.points)
    return [(point.x, point.y) for point in found.points]


def test_a_front_of_linear_objectives_has_its_exact_ends_and_the_points_asked_for() -> None:
    found = points(front(chain(CRATES), "cost", "dependency", 5))
    assert found == [ABOUT(point) for point in [(1000, 1000), (1250, 750), (1500, 500), (1750, 250), (2000, 0)]]


def test_a_ratio_is_opposed_to_a_sum_and_comes_out_as_its_ratio() -> None:
    found = front(chain(CRATES), "coût", "circularité", 5)
    assert [point.x for point in found.points] == sorted(point.x for point in found.points)
    for cost, rate in points(found):
        assert rate == ABOUT((cost - 1000) / 1000, abs=1e-6)
    assert (found.points[0].y, found.points[-1].y) == ABOUT((0, 1), abs=1e-6)


def test_either_order_of_the_two_gives_the_same_points() -> None:
    one = points(front(chain(CRATES), "circularity", "cost", 4))
    other = points(front(chain(CRATES), "cost", "circularity", 4))
    assert sorted((y, x) for x, y in one) == [ABOUT(point, abs=1e-5) for point in sorted(other)]


def test_every_choice_of_projects_that_nothing_dominates_is_found_even_above_the_straight_line() -> None:
    found = front(chain(OVENS), "cost", "dependency")
    assert points(found) == [ABOUT(point) for point in [(1000, 1000), (1020, 800), (1180, 400), (1200, 200)]]
    assert [len(point.plan.opened_processes) for point in found.points] == [0, 1, 1, 2]
    assert found.complete


def test_a_point_has_the_indicators_of_its_plan_as_a_whole_and_no_table_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(members, "by_actor", lambda *_: asked.append(None))
    found = front(chain(CRATES), "cost", "dependency", 3)
    assert asked == []
    monkeypatch.undo()
    for point in found.points:
        assert point.indicators == measure(found.chain, point.plan).chain


def test_objectives_that_are_not_opposed_share_one_plan() -> None:
    found = front(chain(CRATES), "dependency", "dependency_upstream")
    assert points(found) == [ABOUT((0, 0), abs=1e-9)]
    assert found.knee is None


def test_a_chain_without_a_plan_says_why() -> None:
    short = CRATES.replace("| Dealer | Canteen | crate |", "").replace("used crate | 100 |", "used crate | 60 |")
    found = front(chain(short), "cost", "circularity")
    assert found.points == ()
    assert found.without_plan is not None
    assert found.without_plan.status is Status.INFEASIBLE
    assert found.without_plan.conflict


@pytest.mark.parametrize(
    ("turned", "expected"),
    [
        ([(0, 10), (1, 2), (10, 0)], 1),
        ([(0, 10), (1, 8), (2, 2), (10, 0)], 2),
        ([(0, 10), (5, 5), (10, 0)], None),
        ([(0, 10), (6, 6), (10, 0)], None),
        ([(0, 10), (10, 0)], None),
    ],
)
def test_the_knee_is_farthest_below_the_straight_line(turned: list[tuple[float, float]], expected: int | None) -> None:
    assert knee(turned) == expected


def test_the_knee_does_not_depend_on_units() -> None:
    turned = [(0.0, 10.0), (2.0, 5.0), (3.0, 3.5), (10.0, 0.0)]
    assert knee([(1000 * x - 7, y / 30) for x, y in turned]) == knee(turned)


@pytest.mark.parametrize(
    ("text", "key"),
    [("cost", "cost"), ("Coût", "cost"), ("DEPENDANCE amont", "dependency_upstream"), ("emplois", "jobs"),
     ("écart à l'existant", "change"), ("dependency_funding", "dependency_funding")],
)  # fmt: skip
def test_an_objective_is_named_as_in_its_sheet(text: str, key: str) -> None:
    assert axis(chain(CRATES), text).key == key


MEASURED = CRATES.replace(
    "| process | actor | unit_cost |", "| process | actor | unit_cost | measure: posts |"
).replace("| washing | Wash | 20 |", "| washing | Wash | 20 | 0.5 |")


def test_a_measure_is_named_with_or_without_its_mark_and_goes_the_way_its_row_says() -> None:
    sheet = "\n## Objectives\n| rank | objective | sense |\n| --- | --- | --- |\n| 1 | measure: posts | max |\n"
    assert axis(chain(MEASURED), "mesure : Posts").direction is w.Direction.MIN
    assert axis(chain(MEASURED + sheet), "posts").direction is w.Direction.MAX
    found = points(front(chain(MEASURED + sheet), "cost", "measure: posts", 3))
    assert found == [ABOUT(point, abs=1e-6) for point in [(1000, 0), (1500, 25), (2000, 50)]]


def test_an_unknown_objective_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(AxisError, match="dependency"):
        axis(chain(CRATES), "dependancy")


def test_an_objective_is_not_opposed_to_itself() -> None:
    cost = axis(chain(CRATES), "cost")
    with pytest.raises(AxisError):
        opposed(chain(CRATES), cost, axis(chain(CRATES), "coût"))


SHEET = """
## Objectives
| rank | objective | tolerance |
| --- | --- | --- |
| 1 | unmet | |
| 2 | co2 | |
| 3 | cost | 0.1 |
| 4 | dependency | |
"""


@pytest.mark.parametrize(
    ("sheet", "x", "y", "order"),
    [
        (
            "",
            "cost",
            "dependency",
            ["unmet", "deficit", "rules", "cost", "dependency", "lost", "outlets", "circularity", "waste", "change"],
        ),
        (
            "",
            "cost",
            "jobs",
            [
                "unmet",
                "deficit",
                "rules",
                "cost",
                "jobs",
                "dependency",
                "lost",
                "outlets",
                "circularity",
                "waste",
                "change",
            ],
        ),
        (
            "",
            "circularity",
            "deficit",
            [
                "unmet",
                "deficit",
                "circularity",
                "rules",
                "dependency",
                "lost",
                "outlets",
                "cost",
                "cost",
                "waste",
                "change",
            ],
        ),
        (SHEET, "cost", "dependency", ["unmet", "co2", "cost", "dependency"]),
        (SHEET, "jobs", "dependency", ["unmet", "co2", "cost", "jobs", "dependency"]),
        (SHEET, "jobs", "transport", ["unmet", "jobs", "transport", "co2", "cost", "dependency"]),
    ],
)
def test_what_the_workbook_puts_first_is_held_first(sheet: str, x: str, y: str, order: list[str]) -> None:
    source = chain(CRATES + sheet)
    asked = opposed(source, axis(source, x), axis(source, y))
    assert [objective.key for objective in asked.objectives] == order
    given_up = {objective.key: objective.tolerance for objective in asked.objectives}
    assert given_up[x] == 0.0


def test_a_mass_that_a_front_counts_is_asked_for() -> None:
    sheet = "\n## Objectives\n| rank | objective |\n| --- | --- |\n| 1 | cost |\n"
    source = chain(CRATES.replace("| used crate | piece | 2 |", "| used crate | piece | |") + sheet)
    with pytest.raises(WorkbookError):
        front(source, "cost", "circularity")
