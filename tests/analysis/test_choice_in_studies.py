"""What inputs that stand in for each other are worth: a lever and a loss cost the substitute, not the meals."""

from __future__ import annotations

import pytest

from filiere.analysis.explain.levers import Lever, explain
from filiere.analysis.stress.effect import Effect
from filiere.analysis.stress.stress import Stress, stress
from filiere.report.explain.words import explanation_lines
from tests.sheets import chain
from tests.solving import best
from tests.test_traps_means import round_of

# 100 meals of 0.1 kg of lentils at 2 € or 0.12 kg of beans at 3 €: 0.20 or 0.36 € a meal; 6 kg of lentils make 60.
MENU = """
    ## Actors
    | actor | perimeter |
    | Kitchen | member |
    | Farm | external |
    | Trader | external |
    ## Products
    | product | unit | price |
    | meal | item | 5 |
    | lentils | kg | 2 |
    | beans | kg | 3 |
    ## Processes
    | process | actor |
    | cooking | Kitchen |
    ## Recipes
    | process | product | input | output | choice | choice_max |
    | cooking | lentils | 0.1 | | pulses | {lentils} |
    | cooking | beans | 0.12 | | pulses | {beans} |
    | cooking | meal | | 1 | | |
    ## Links
    | from | to | product | maximum |
    | Farm | Kitchen | lentils | 6 |
    | Trader | Kitchen | beans | {most} |
    ## Needs
    | actor | product | quantity | obligation |
    | Kitchen | meal | 100 | {firm} |
    ## Objectives
    | rank | objective |
    | 1 | unmet |
    | 2 | cost |
    """


def menu(lentils: object = "", beans: object = "", most: object = "", firm: str = "want") -> str:
    return MENU.format(lentils=lentils, beans=beans, most=most, firm=firm)


def lever_at(text: str, cell: str) -> Lever:
    return next(one for one in explain(chain(text)).levers if str(one.cell) == cell)


def lost(found: Stress, name: str) -> Effect:
    return next(one for one in found.losses if one.what == name)


def test_one_more_kilogram_spares_what_stands_in_for_it() -> None:
    plan = best(menu())
    assert plan.plan.chosen.set_index("product")["quantity"].to_dict() == {
        "lentils": pytest.approx(6.0), "beans": pytest.approx(4.8),
    }  # fmt: skip
    assert plan.value("cost") == pytest.approx(6 * 2 + 4.8 * 3)
    # Ten more meals of lentils: 2 € more, and 1.2 kg of beans less; up to 10 kg, which make all the meals.
    lever = lever_at(menu(), "Links!D2")
    assert (lever.objective, lever.direction) == ("cost", 1)
    assert lever.per_unit == pytest.approx(2 - 1.2 * 3)
    assert lever.until == pytest.approx(10.0)
    assert lever.verified["cost"] == pytest.approx(0.6 * (2 - 1.2 * 3))


def test_where_nothing_else_is_left_one_more_kilogram_is_ten_meals() -> None:
    # 2.4 kg of beans make 20 meals: 20 are missing.
    lever = lever_at(menu(most=2.4), "Links!D2")
    assert (lever.objective, lever.per_unit) == ("unmet", pytest.approx(-10 * 5))
    assert lever.until == pytest.approx(8.0)


def test_a_loss_costs_the_substitute_and_not_the_meals() -> None:
    found = stress(chain(menu()))
    farm, trader = (lost(found, name) for name in ("Farm", "Trader"))
    assert farm.unmet == pytest.approx(0.0) and not farm.missing
    assert found.reference is not None and farm.cost is not None and found.reference.cost is not None
    assert farm.cost - found.reference.cost == pytest.approx(60 * (0.36 - 0.20))
    # Without beans the lentils there are make 60 meals: 40 are missing.
    assert trader.missing == {"meal": pytest.approx(40.0)}


@pytest.mark.parametrize("firm", ["want", "must"])
def test_a_largest_part_holds_in_a_loss_too(firm: str) -> None:
    # Beans in half of the meals at the most: without lentils there is no menu. With 60 %, 40 of them need lentils.
    found = stress(chain(menu(beans=0.6, firm=firm)), losses=["Farm", "Trader"])
    assert lost(found, "Farm").missing == {"meal": pytest.approx(100.0)}
    assert lost(found, "Trader").missing == {"meal": pytest.approx(40.0)}


def test_what_a_largest_part_holds_back_is_a_lever() -> None:
    # Lentils in 30 % of the meals: one per cent more spares a meal's difference, 16 cents; up to 60 %, all there are.
    text = menu(lentils=0.3)
    assert best(text).value("cost") == pytest.approx(30 * 0.20 + 70 * 0.36)
    lever = lever_at(text, "Recipes!F2")
    assert (lever.value, lever.direction, lever.objective) == (pytest.approx(0.3), 1, "cost")
    assert lever.per_unit == pytest.approx(100 * (0.20 - 0.36))
    assert lever.verified["cost"] == pytest.approx(0.03 * 100 * (0.20 - 0.36))
    said = explanation_lines(explain(chain(text)), "fr")[1].replace("\u202f", " ").replace("\xa0", " ")
    assert said == (
        "  +1 point pour la part maximale dans le choix : cooking, Kitchen, pulses, lentils (Recipes!F2) : cela réduirait "
        "le coût net de 0,16 € par point. Vérifié en recalculant avec +3 points : cela réduirait le coût net de 0,48 €."
    )


def test_what_a_round_carries_at_most_is_a_lever() -> None:
    # 300 kg: 100 of milk and 8 crates of 25; the trader brings seven more at 24. A kilogram more spares 24 / 25, until
    # all 15 crates ride along.
    text = round_of(1, most=300)
    lever = lever_at(text, "Links!I2")
    assert (lever.value, lever.objective, lever.per_unit) == (300.0, "cost", pytest.approx(-24 / 25))
    assert lever.until == pytest.approx(100 + 15 * 25)
    assert lever.verified["cost"] == pytest.approx(-30 * 24 / 25)
    said = explanation_lines(explain(chain(text)), "en")[1].replace("\xa0", " ")
    assert said.startswith("  +1 kg for the maximum of the round “tuesday” (Links!I2): it would")
