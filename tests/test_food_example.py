"""The food sector and its worked example: coefficients, sums that close, and a plan that a coordinator can follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from filiere.analysis.stress.stress import stress
from filiere.analysis.today.today import today
from filiere.chain.chain import Chain
from filiere.chain.read import problems_of, read_chain
from filiere.indicators.measures import Measures, measure
from filiere.language import Language
from filiere.pipeline import solve_chain
from filiere.report.member.workbook import member_workbooks
from filiere.report.result.workbook import results_workbook
from filiere.result import Result
from filiere.sector.sector import load_sector
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Plan, Solution
from filiere.solver.solve import solve
from filiere.table import RawWorkbook
from filiere.workbook.read.read import read_workbook
from filiere.workbook.template.template import template
from tests.report.gains import add_up_to_the_change
from tests.report.printing import letters_printed
from tests.report.reading import read

pytestmark = pytest.mark.xdist_group("food")  # one process solves it for all

# Published figures that the typical recipes must stay close to: activity, (out, in), ratio, tolerance, source.
PUBLISHED = [
    ("milling", "flour", "wheat", 3.96 / 5.1, 0.01),  # ANMF 2022-2023, La France agricole 841624
    ("milling_rye", "flour", "rye", 0.80, 0.0),  # FAO supply utilisation accounts, United States 2009-2013
    ("milling_rye", "bran", "rye", 0.16, 0.0),  # the same
    ("cheese_making", "cheese", "milk", 0.1045, 0.01),  # FAO, cow milk to skim cheese
    ("meat_cutting", "beef", "beef_carcass", 0.70, 0.0),  # Institut de l'élevage and Interbev
    ("brewing_bread", "beer", "stale_bread", 150 / 0.012, 1.0),  # 12 kg of bread for 150 L, Geiswiller
]


def typical(recipe: str) -> dict[str, float]:
    """Product → quantity put out (positive) or taken in (negative) by one unit of a typical activity."""
    amounts: dict[str, float] = defaultdict(float)
    for row in load_sector("food").prefilled["recipes"]:
        if row["process"] == recipe:
            amounts[row["product"]] += row.get("output", 0.0) - row.get("input", 0.0)
    return amounts


@pytest.mark.parametrize(("recipe", "made", "used", "ratio", "tolerance"), PUBLISHED)
def test_typical_recipes_agree_with_the_published_figures(
    recipe: str, made: str, used: str, ratio: float, tolerance: float
) -> None:
    amounts = typical(recipe)
    assert amounts[made] / -amounts[used] == pytest.approx(ratio, abs=tolerance + 1e-9)


def test_typical_recipes_make_no_matter() -> None:
    sector = load_sector("food")
    products = {row["product"]: row for row in sector.prefilled["products"]}
    grown = {key for key, row in products.items() if row.get("kind") == "primary"}
    kg = {key: row.get("kg", 1000.0 if row["unit"] == "t" else 0.0) for key, row in products.items()}
    for process in sector.prefilled["processes"]:
        amounts = typical(process["process"])
        if any(amount > 0 and product in grown for product, amount in amounts.items()):
            continue  # a field takes its matter from the air
        assert sum(amount * kg[product] for product, amount in amounts.items()) <= 1e-6, process["process"]


def test_every_typical_coefficient_has_a_source() -> None:
    rows = load_sector("food").prefilled
    assert len(rows["processes"]) >= 15
    assert {row["process"] for row in rows["processes"]} == {row["process"] for row in rows["recipes"]}
    assert all(row["source"] and row["confidence"] for row in rows["recipes"])
    assert all(row.get("source") for row in rows["products"] if "price" in row)


def test_calendars_that_share_a_year_out_sum_to_one() -> None:
    for row in load_sector("food").prefilled["profiles"]:
        if row["kind"] == "spread":
            assert sum(row["values"].values()) == pytest.approx(1.0)


def example(folder: Path, language: Language) -> RawWorkbook:
    """The worked example, written as its template is and read back."""
    path = folder / f"{language}.xlsx"
    path.write_bytes(template(load_sector("food"), language, example=True))
    return read_workbook(path)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_example_reads_without_a_warning_in_every_scenario(tmp_path: Path, language: Language) -> None:
    assert [str(problem.cell) for problem in problems_of(example(tmp_path, language))] == []


def test_both_languages_describe_one_chain(tmp_path: Path) -> None:
    french, english = (read_chain(example(tmp_path, language)) for language in ("fr", "en"))
    assert [link.today for link in french.links] == [link.today for link in english.links]
    assert [link.distance for link in french.links] == [link.distance for link in english.links]
    assert list(map(len, (french.actors, french.products))) == list(map(len, (english.actors, english.products)))


def names(keys: str) -> Iterator[str]:
    sector = load_sector("food")
    known = {**sector.names, **(sector.example.names if sector.example else {})}
    return (known[key].en for key in keys.split())


@dataclass(frozen=True)
class Solved:
    """The example, its present and its best plan."""

    raw: RawWorkbook
    chain: Chain
    today: Solution
    best: Solution

    @property
    def plan(self) -> Plan:
        assert self.best.plan is not None
        return self.best.plan

    def measures(self) -> tuple[Measures, Measures]:
        assert self.today.plan is not None
        return measure(self.chain, self.today.plan), measure(self.chain, self.plan)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    raw = example(tmp_path_factory.mktemp("food"), "en")
    chain = read_chain(raw)
    return Solved(raw, chain, today(chain), solve(chain))


def test_who_gains_and_who_pays_sum_to_the_change_of_the_net_cost_after_grants(solved: Solved) -> None:
    add_up_to_the_change(solve_chain(solved.chain, found=solved.best, seen=solved.today, choosing=False))


def test_todays_figures_close_on_one_another(solved: Solved) -> None:
    change = solved.today.objectives[0]
    assert (change.objective, change.value) == ("change", pytest.approx(0.0, abs=1e-6))
    assert certify(solved.chain, solved.today, observed=True).passed


def test_the_plan_is_certified_and_leaves_nobody_in_the_red(solved: Solved) -> None:
    assert certify(solved.chain, solved.best).passed
    values = {value.objective: value.final for value in solved.best.objectives}
    assert values["deficit"] == pytest.approx(0.0, abs=1e-3)
    assert (solved.plan.unmet["quantity"] <= 1e-3).all()


def test_the_plan_lowers_dependency_and_closes_loops(solved: Solved) -> None:
    before, after = (measures.chain for measures in solved.measures())
    assert before["upstream_dependency"] == pytest.approx(0.50, abs=0.03)
    assert after["upstream_dependency"] == pytest.approx(0.36, abs=0.03)
    for better in ("circular_use_rate_mass", "loop_closure_mass", "lm3", "local_share", "jobs"):
        assert after[better] > before[better], better
    assert after["net_cost"] < before["net_cost"]


def test_the_shared_tools_open_and_the_biogas_plant_does_not(solved: Solved) -> None:
    opened = {process for process, _ in solved.plan.opened_processes}
    assert opened == set(names("shared_workshop jar_washing"))


def test_the_mill_is_full_in_summer_only_when_the_others_are_not(solved: Solved) -> None:
    milling, summer, winter = names("milling summer winter")
    levels = solved.plan.levels
    level = levels[levels["process"] == milling].set_index("period")["level"]
    # 430 t a year, a quarter each season; 70 % of it in summer.
    assert level[summer] == pytest.approx(430 / 4 * 0.7, rel=1e-6)
    assert level[winter] < 430 / 4


def test_by_products_go_back_to_farms_and_fields(solved: Solved) -> None:
    flows = solved.plan.flows.groupby("product")["quantity"].sum()
    bran, whey, compost, used = names("bran whey compost used_jar")
    assert flows[bran] == pytest.approx(0.19 * solved.plan.levels.query("process == 'Milling'")["level"].sum())
    assert flows[whey] > 200
    assert flows[compost] > 80
    assert flows[used] > 60_000


def test_canteens_reach_the_egalim_half(solved: Solved) -> None:
    canteens = {name for name, actor in solved.chain.actors.items() if "canteens" in actor.groups}
    flows = solved.plan.flows
    bought = flows[flows["to"].isin(canteens)]
    labels = bought["product"].map(lambda name: solved.chain.products[name].labels)
    food = bought["value"][labels.map(lambda marks: "food" in marks)].sum()
    quality = bought["value"][labels.map(lambda marks: "EGalim" in marks)].sum()
    assert quality >= 0.5 * food - 1e-3


def test_without_the_grants_neither_shared_tool_opens(solved: Solved) -> None:
    chain = read_chain(solved.raw, "Lost grants")
    plan = solve(chain).plan
    assert plan is not None
    assert plan.opened_processes == ()
    lost = measure(chain, plan).chain["upstream_dependency"]
    assert lost > solved.measures()[1].chain["upstream_dependency"]


def test_pooled_means_and_the_choice_of_pulses_change_the_plan(solved: Solved) -> None:
    """Without them nobody takes beans, no hours carry them to the canteens, and nothing is kept in the cold room."""
    beans, lentils, cold, rounds = names("dry_beans lentils cold_room delivery_round")
    taken = solved.plan.chosen.groupby("product")["quantity"].sum()
    assert taken[beans] == pytest.approx(4.0) and taken[lentils] > 1.0  # all the beans there are, then lentils
    apart = replace(
        solved.chain,
        links=tuple(replace(link, uses=None) for link in solved.chain.links),
        storages={place: replace(stock, uses=None) for place, stock in solved.chain.storages.items()},
        processes={
            key: replace(one, choices={}, inputs={**one.inputs, lentils: 0.02}) if one.choices else one
            for key, one in solved.chain.processes.items()
        },
    )
    plan = solve(apart).plan
    assert plan is not None
    hours, without = (one.levels.groupby("process")["level"].sum() for one in (solved.plan, plan))
    assert cold in hours.index and cold not in without.index
    flows = plan.flows.groupby("product")["quantity"].sum()
    assert beans not in flows.index and flows[lentils] == pytest.approx(0.02 * without["Territory menu"])
    # 1.5 h a thousand meals on the menu, 2 h a tonne of beans, and what goes to the grocery.
    uses = {(link.from_, link.to, link.product): link.uses.quantity for link in solved.chain.links if link.uses}
    flows = solved.plan.flows.set_index(["from", "to", "product"])["quantity"]
    used = sum(quantity * uses.get(key, 0.0) for key, quantity in flows.items())
    assert hours[rounds] == pytest.approx(1.5 * hours["Territory menu"] + used) and used >= 8.0 - 1e-6


def test_without_lentils_the_canteens_serve_beans(solved: Solved) -> None:
    """The partner territory and its lentils lost: four tonnes of beans of the garden, the rest from the wholesaler."""
    (plateau,) = names("plateau")
    found = stress(solved.chain, losses=[plateau])
    (loss,), before = found.losses, found.reference
    assert before is not None and loss.missing == before.missing == {}  # no meal
    assert loss.cost is not None and before.cost is not None
    # The substitute costs 1,000 € more a tonne than lentils, and with what else the partner sends no more than that:
    # some 3.8 t of lentils and 20 t of vegetables at 1,900.
    assert 0.0 < loss.cost - before.cost < 20 * 1900 + 3.8 * 1000


def test_a_market_sells_its_bread_in_every_season(solved: Solved) -> None:
    market, villages, bread = names("market home_villages bread")
    flows = solved.plan.flows
    sold = flows[(flows["from"] == market) & (flows["to"] == villages) & (flows["product"] == bread)]
    assert len(sold) == 4 and sold["quantity"].max() < 0.5 * sold["quantity"].sum()


def test_the_sheets_of_a_meeting_are_read_on_paper(solved: Solved) -> None:
    """Ten sheets at most, of which no letter is under 8 points on a page of A4; members' sheets alike."""
    result = Result(solved.chain, solved.best, measure(solved.chain, solved.plan), today_solution=solved.today)
    made = read(results_workbook(result, "fr")).values
    assert len(made.sheetnames) <= 10
    printed = letters_printed(made)
    assert len(printed) >= 8 and min(printed.values()) >= 7.95, printed
    _, member = next(member_workbooks(result, "fr"))
    assert min(letters_printed(read(member).values).values()) >= 7.95
