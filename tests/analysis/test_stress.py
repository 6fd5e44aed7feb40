"""Losses against separate solves, against published networks, and against the laws they must obey."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from filiere.analysis import spread as spreading
from filiere.analysis.stress import stress as losses
from filiere.analysis.stress.effect import Effect, GivenUp, Reader, State
from filiere.analysis.stress.items import Item
from filiere.analysis.stress.stress import Stress, ranked, severity, stress
from filiere.chain.chain import Chain
from filiere.chain.read import read_chain
from filiere.report.stress.json import stress_json
from filiere.report.stress.words import StressView, counts, protection
from filiere.report.stress.workbook import stress_lines, stress_workbook
from filiere.schema import words as w
from filiere.solver.replan.loss import Replan
from filiere.solver.solve import solve
from filiere.workbook.read.read import read_workbook
from tests.oracles import test_lp_milk_kiwifruit as milk
from tests.oracles import test_lp_supply_network as network
from tests.oracles.book import Sheets, write
from tests.sheets import chain as read
from tests.solving import ABOUT

BREAD = """
    ## Actors
    | actor | perimeter | group |
    | Farm | member | |
    | Mill A | member | |
    | Mill B | member | |
    | School | local | canteens |
    | Home | local | elders |
    | Trader | external | |
    ## Products
    | product | unit | price |
    | wheat | t | 200 |
    | flour | t | 500 |
    ## Processes
    | process | actor | capacity | today | unit_cost | fixed_cost | investment | minimum |
    | milling | Mill A | 60 | 60 | 10 | 70 | | |
    | milling | Mill B | 50 | 30 | 30 | | | 5 |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1 | |
    | milling | flour | | 1 |
    ## Offers
    | actor | product | maximum |
    | Farm | wheat | 120 |
    ## Links
    | from | to | product | price | maximum |
    | Farm | Mill A | wheat | 200 | |
    | Farm | Mill B | wheat | 200 | |
    | Mill A | School | flour | 500 | |
    | Mill B | School | flour | 500 | |
    | Mill A | Home | flour | 500 | |
    | Trader | School | flour | 700 | 10 |
    ## Needs
    | actor | product | quantity | obligation |
    | School | flour | 70 | must |
    | Home | flour | 20 | want |
    ## Objectives
    | rank | objective |
    | 1 | unmet |
    | 2 | dependency |
    | 3 | cost |
    ## Scenarios
    | scenario | table | row | column | change |
    | no mill | Processes | milling / Mill A | | off |
    | no B | Actors | Mill B | | off |
    | no home | Actors | Home | | off |
    | no trader | Actors | Trader | | off |
    | no link | Links | Mill A / Home / flour | | off |
    """
ALONE = {
    "no mill": "milling / Mill A", "no B": "Mill B", "no home": "Home", "no trader": "Trader",
    "no link": "Mill A / Home / flour",
}  # fmt: skip


@pytest.fixture(scope="module")
def bread() -> Stress:
    return stress(read(BREAD), pairs=True)


def effect(found: Stress, what: str) -> Effect:
    return next(one for one in found.losses if one.what == what)


@pytest.mark.parametrize("scenario", ALONE)
def test_a_loss_is_the_scenario_without_it_solved_afresh(bread: Stress, scenario: str) -> None:
    chain = read(BREAD, scenario)
    needs = tuple(replace(need, obligation=w.Obligation.WANT) for need in chain.needs)
    values = {value.objective: value.value for value in solve(replace(chain, needs=needs)).objectives}
    lost = effect(bread, ALONE[scenario])
    assert (lost.unmet, lost.dependency, lost.cost) == ABOUT(
        (values["unmet"], values["dependency"], values["cost"]), rel=1e-7, abs=1e-6
    )


def test_what_a_loss_breaks_by_hand(bread: Stress) -> None:
    # Without mill A: B grinds 50 and the trader brings 10, so the school lacks 10 of 70, the home all its 20.
    lost = effect(bread, "milling / Mill A")
    assert lost.unmet == ABOUT(30 * 500)
    assert lost.missing == ABOUT({"flour": 30})
    assert lost.groups["elders"] == ABOUT((1, 0))
    assert lost.groups["canteens"] == ABOUT((1, 60 / 70))
    assert lost.groups_hit == ["elders", "canteens"]
    assert bread.reference is not None
    assert bread.reference.unmet == ABOUT(0)
    assert bread.losses[0].what == "Farm"  # nobody else has wheat: only the trader's 10 t of flour are left
    assert bread.losses[0].missing == ABOUT({"flour": 80})


def test_beyond_the_limit_what_carries_most_is_planned_and_what_is_not_used_needs_no_plan(
    bread: Stress, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(losses, "LIMIT", 3)
    planned = list[Sequence[Item]]()
    effect_of = Reader.read

    def counted(self: Reader, items: Sequence[Item], found: Replan, state: State = "measured") -> Effect:
        planned.extend([items] if items else [])
        return effect_of(self, items, found, state)

    monkeypatch.setattr(Reader, "read", counted)
    chain = read(BREAD)
    found = stress(chain)
    unused = [one.what for one in bread.losses if one.state == "unaffected"]
    assert [one.what for one in found.losses if one.state == "unaffected"] == unused != []
    felt = [one for one in found.losses if one.state != "unaffected"]
    assert sorted(one.what for one in felt) == ["Mill A", "School", "milling / Mill A"]  # 42,000, 35,000 and 30,000
    assert len(planned) == 3
    assert [replace(effect(bread, one.what), helpers=()) for one in felt] == [replace(one, helpers=()) for one in felt]
    assert (found.limit, found.spared, found.passed_over) == (3, len(unused), len(bread.losses) - 3 - len(unused))
    told = stress_json(found)
    assert told["settled"] == {"spared": len(unused), "planned": 3, "limit": 3}
    assert f"Not tried: {found.passed_over} (--most" in counts(StressView(found, "en"))
    assert f"{found.passed_over} (--most NOMBRE" in counts(StressView(found, "fr"))
    for asked in (stress(chain, most=len(bread.losses)), stress(chain, losses=["Mill A", "Mill B", "Home", "School"])):
        assert (asked.limit, asked.passed_over) == (None, 0)
        assert stress_json(asked)["settled"]["limit"] is None
        assert "--most" not in counts(StressView(asked, "en"))


def test_what_must_be_served_is_served_before_what_is_wanted() -> None:
    # Wheat for 60 and two needs of 50 at one mill: the want matters ten times more, the must comes first.
    text = """
        ## Actors
        | actor | perimeter |
        | Farm | member |
        | Store | member |
        | Must | member |
        | Want | member |
        ## Products
        | product | unit | price |
        | wheat | t | 200 |
        ## Offers
        | actor | product | maximum |
        | Farm | wheat | 60 |
        | Store | wheat | 40 |
        ## Links
        | from | to | product |
        | Farm | Must | wheat |
        | Farm | Want | wheat |
        | Store | Must | wheat |
        | Store | Want | wheat |
        ## Needs
        | actor | product | quantity | obligation | importance |
        | Must | wheat | 50 | must | 1 |
        | Want | wheat | 50 | want | 10 |
        """
    found = stress(read(text))
    lost = effect(found, "Store")
    assert lost.groups[""] == ABOUT((1, 0.6))
    assert lost.unmet == ABOUT(40 * 200 * 10)


def test_losses_come_the_worst_first_and_what_is_not_used_does_no_harm(bread: Stress) -> None:
    assert bread.reference is not None
    grades = [severity(one, bread.reference) for one in bread.losses if one.state == "measured"]
    assert grades == sorted(grades, reverse=True)
    unused = effect(bread, "Trader")
    assert unused.state == "unaffected"
    assert (unused.unmet, unused.cost) == ABOUT((bread.reference.unmet, bread.reference.cost))


def test_the_last_digits_of_a_plan_do_not_say_which_loss_is_the_worst() -> None:
    # All of 480,850 is unserved after either; of what is as bad, the link says more nearly what is missed.
    inns = Effect((Item("inside_actor", ("Inns",)),), "measured", unmet=480850.0 * (1.0 + 1e-9), cost=915000.0)
    meals = Effect((Item("link", ("Inns", "Theatre", "Meals")),), "measured", unmet=480850.0, cost=915000.0)
    more = replace(inns, unmet=480850.0 * (1.0 + 1e-5))
    whole = Effect((), "unaffected", unmet=0.0, cost=1603026.0)
    assert ranked((inns, meals), whole) == (meals, inns)
    assert ranked((meals, more), whole) == (more, meals)


def test_two_losses_at_once_are_at_least_as_bad_as_each(bread: Stress) -> None:
    alone = {one.items[0]: one.unmet or 0.0 for one in bread.losses}
    assert bread.pairs
    for pair in bread.pairs:
        own = {item.names[0] for item in pair.items if item.actors}
        if not own & {"School", "Home"}:  # their needs go with them
            assert (pair.unmet or 0.0) >= max(alone[item] for item in pair.items) - 1e-6


def test_the_hedge_is_the_cheapest_addition_and_the_least_that_is_enough() -> None:
    # Without A's deliveries B grinds 50 and the trader brings 10 of the 70 t: B widened by 10 makes up for it.
    sold = stress(_without_farm(read(BREAD.replace("| Home | flour | 20 | want |", ""))))
    assert sold.worst is not None
    assert sold.worst.what == "Mill A / School / flour"
    assert sold.worst.missing == ABOUT({"flour": 10})
    capacity = next(hedge for hedge in sold.hedges if hedge.kind == "capacity")
    assert capacity.names == ("milling", "Mill B")
    assert capacity.amounts[0] == ABOUT(10, rel=1e-3)
    assert capacity.unmet == ABOUT(0, abs=1e-3)
    assert (
        StressView(sold, "fr").hedge(capacity) == "10\xa0t de capacité en plus par an pour «\xa0milling\xa0» (Mill B)"
    )
    totals = [hedge.total for hedge in sold.hedges]
    assert totals == sorted(totals)
    wider = dict(sold.chain.processes)
    wider["milling", "Mill B"] = replace(wider["milling", "Mill B"], capacity=50 + capacity.amounts[0])
    again = effect(stress(replace(sold.chain, processes=wider)), sold.worst.what)
    assert (again.unmet, again.cost) == ABOUT((0, capacity.cost), abs=1e-2)


def test_a_further_supplier_brings_each_product_in_its_own_unit() -> None:
    """5 m³ and 10 t were told as “15 a year”."""
    found = stress(
        read("""
        ## Actors
        | actor | perimeter |
        | Town | local |
        | Trader | external |
        ## Products
        | product | unit | price | kg |
        | bread | t | 300 | |
        | water | m³ | 2 | 1000 |
        ## Links
        | from | to | product |
        | Trader | Town | bread |
        | Trader | Town | water |
        ## Needs
        | actor | product | quantity | obligation |
        | Town | bread | 10 | want |
        | Town | water | 5 | want |
        """)
    )
    assert found.worst is not None and found.worst.groups.keys() == {""}
    assert "Groupes" not in " ".join(stress_lines(found, "fr")), "« (sans groupe) (100 % → 0 %) » says nothing"
    (hedge,) = found.hedges
    assert dict(zip(hedge.names, hedge.amounts, strict=True)) == ABOUT({"bread": 10, "water": 5})
    assert stress_json(found, "en")["hedge"]["amount"] is None
    said = protection(StressView(found, "fr")).replace("\u202f", " ").replace("\xa0", " ")
    assert "plus pour Town, au prix de référence ; par an : bread (10 t) et water (5 m³). Vérifié" in said
    assert "et l'année coûte 3 010 € nets" in said
    kept = replace(found, hedges=(replace(hedge, cost=2000.0, standing=500.0),))
    said = protection(StressView(kept, "fr")).replace("\u202f", " ").replace("\xa0", " ")
    assert said.endswith("et l'année coûte 2 500 € nets, dont 500 € pour garder cet ajout disponible.")
    gain = replace(found, hedges=(replace(hedge, cost=-3010.0),))
    assert "et l'année rapporte 3 010 € nets" in protection(StressView(gain, "fr")).replace("\u202f", " ").replace(
        "\xa0", " "
    )


def _without_farm(chain: Chain) -> Chain:
    """The mills have wheat of their own: no single loss but a mill's leaves anything unserved."""
    offers = tuple(replace(chain.offers[0], actor=mill, row=chain.offers[0].row) for mill in ("Mill A", "Mill B"))
    links = tuple(link for link in chain.links if link.from_ != "Farm")
    return replace(chain, offers=offers, links=links)


def test_a_rule_that_a_loss_makes_impossible_is_given_up_by_name() -> None:
    text = (
        BREAD
        + """
        ## Limits
        | limit | measure | from | sense | value |
        | keep milling | level | | >= | 80 |
        | never much | level | | <= | 500 |
        """
    )
    lost = effect(stress(read(text)), "milling / Mill A")
    assert [rule.subject for rule in lost.given_up] == [("keep milling",)]
    assert lost.unmet == ABOUT(30 * 500)


def test_a_budget_that_a_loss_breaks_is_called_a_budget() -> None:
    # The figure that would mend it is the reserve; what falls is the balance.
    found = stress(read(BREAD))
    broken = replace(found.losses[0], given_up=(GivenUp("budget", ("Atelier",), None),))
    assert StressView(found, "fr").given_up(broken) == "l'équilibre du budget d'Atelier"
    assert StressView(found, "en").given_up(broken) == "the balanced budget of Atelier"


def test_a_chain_without_a_plan_says_why_instead_of_losing_anything() -> None:
    found = stress(read(BREAD.replace("| School | flour | 70 | must |", "| School | flour | 700 | must |")))
    assert found.losses == ()
    assert found.without_plan is not None
    assert found.without_plan.conflict


def test_any_number_of_processes_gives_the_same_answers() -> None:
    chain = read(BREAD)
    assert stress(chain, jobs=2).losses == stress(chain).losses


def _chain(folder: Path, sheets: Sheets) -> Chain:
    return read_chain(read_workbook(write(folder / "case.xlsx", sheets)))


def test_the_published_supply_network_loses_each_node(tmp_path: Path) -> None:
    found = stress(_chain(tmp_path, network.sheets()))
    for node, (unmet, cost) in network.LOST.items():
        lost = effect(found, node)
        assert (lost.unmet, lost.cost) == ABOUT((unmet, cost), rel=1e-6, abs=1e-3)
    assert [one.what for one in found.losses[:2]] == ["Brighton", "Liverpool"]


def test_milk_and_kiwifruit_lose_each_source(tmp_path: Path) -> None:
    # A source is an actor beside its port: what is lost is what it offers, not the place.
    sheets = {name: [list(row) for row in rows] for name, rows in milk.sheets().items()}
    offers, links = sheets["Offers"], sheets["Links"]
    sources = dict.fromkeys(str(row[0]) for row in offers[1:])
    links += [[f"{row[0]} farms", row[0], row[1], 0] for row in offers[1:]]
    sheets["Offers"] = [offers[0], *([f"{row[0]} farms", *row[1:]] for row in offers[1:])]
    sheets["Actors"] += [[f"{source} farms", "member"] for source in sources]
    found = stress(_chain(tmp_path, sheets))
    for source, (unmet, cost) in milk.LOST.items():
        lost = effect(found, f"{source} farms")
        assert (lost.unmet, lost.cost) == ABOUT((unmet, cost), rel=1e-6)


def test_processes_and_a_cluster_write_the_files_that_one_process_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losses, "CHUNK", 3)  # several tasks, out of a chain that is small
    chain = read(BREAD)

    def files(jobs: int = 1, scheduler: str | None = None) -> tuple[bytes, str]:
        found = replace(stress(chain, pairs=True, jobs=jobs, scheduler=scheduler), seconds={})
        assert len(found.losses) > 3 * losses.CHUNK and found.pairs
        return stress_workbook(found, "fr"), json.dumps(stress_json(found, "fr"))

    alone = files()
    for jobs in (2, 4):
        assert files(jobs) == alone
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        monkeypatch.setattr(spreading, "_on_processes", None)
        assert files(scheduler=cluster.scheduler_address) == alone


# Carrots are grown at 150 or bought at 100; the cheapest plan spends 100 t x 100, a tenth of that is the bound. A shop's
# outlet earns what yoghurt is worth, 2,000, though the shop pays the dairy over the link and no revenue is typed.
DEFAULT_ORDER = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Dairy | member |
    | Shop | local |
    | Town | local |
    | Abroad | external |
    | Other | external |
    ## Products
    | product | unit | price |
    | carrots | t | 100 |
    | yoghurt | t | 2000 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | carrots | 1000 | 150 |
    ## Processes
    | process | actor | unit_cost |
    | making | Dairy | 1900 |
    ## Recipes
    | process | product | output |
    | making | yoghurt | 1 |
    ## Links
    | from | to | product | price |
    | Farm | Town | carrots | 100 |
    | Abroad | Town | carrots | 100 |
    | Other | Town | carrots | 110 |
    | Dairy | Shop | yoghurt | 1800 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | carrots | 100 | want |
    | Shop | yoghurt | 3 | outlet |
    """


def test_in_the_default_order_the_plan_without_a_loss_is_the_users_plan() -> None:
    chain = read(DEFAULT_ORDER)
    told = {value.objective: value.value for value in solve(chain).objectives}
    found = stress(chain, losses=["Abroad"])
    assert found.reference is not None
    # The cheapest plan buys carrots for 10,000 and sells no yoghurt, which earns nothing beyond today: 11,000 bound the
    # cost. Yoghurt brings 300, and each tonne from the farm costs 50 more: 26 t.
    assert told["dependency"] == ABOUT((100 - 26) * 100)
    assert found.reference.dependency == ABOUT(told["dependency"])
    assert found.reference.cost == ABOUT(told["cost"])
    # Without the cheaper one: the farm's again, as far as the bound above the dearer one goes.
    (loss,) = found.losses
    assert loss.dependency is not None and loss.cost is not None
    assert loss.unmet == ABOUT(0, abs=1e-6) and loss.cost > found.reference.cost


def test_actors_that_a_template_lists_and_no_row_names_are_no_loss() -> None:
    """Nine funders without a grant were nine of 29 losses tried."""
    chain = read(BREAD.replace("    ## Products", "    | Region | external |\n    ## Products", 1))
    lost = {one.what for one in stress(chain).losses}
    assert "Region" not in lost and lost == {one.what for one in stress(read(BREAD)).losses}
    assert [one.what for one in stress(chain, losses=["Region"]).losses] == ["Region"]


def test_what_the_solver_leaves_helps_nobody_out() -> None:
    """A millimetre of cloth more, of 42 km that are sold, is no help."""
    reader = Reader.__new__(Reader)
    reader.chain = read(BREAD)
    reader.flows = np.array([42_000.0, 10.0])
    reader._flows = lambda columns: columns  # type: ignore[method-assign,assignment,return-value]
    routes = [("Mill A", "School", "flour"), ("Mill B", "Home", "flour")]
    reader.__dict__["_routes"] = (routes, np.array([0, 1]), np.array([0, 0]))
    helpers = reader._helpers(np.array([42_000.001, 12.0]))
    assert [(one.seller, one.more) for one in helpers] == [("Mill B", ABOUT(2.0))]


SEASONS = """
    ## Periods
    | period |
    | summer |
    | winter |
    ## Actors
    | actor | perimeter | group |
    | Farm | member | |
    | School | local | canteens |
    | Home | local | elders |
    ## Products
    | product | unit | price |
    | hay | t | 100 |
    ## Offers
    | actor | product | maximum |
    | Farm | hay | 100 |
    ## Links
    | from | to | product |
    | Farm | School | hay |
    | Farm | Home | hay |
    ## Needs
    | actor | product | quantity | profile |
    | School | hay | 30 | free |
    | Home | hay | 20 | |
    """


def test_what_is_missing_in_the_year_or_in_its_seasons_adds_up() -> None:
    """The school asks for its hay at any time, the home in each season."""
    found = stress(read(SEASONS))
    farm, school = effect(found, "Farm"), effect(found, "Farm / School / hay")
    assert (farm.unmet, farm.missing, farm.served_share) == (ABOUT(5_000), ABOUT({"hay": 50}), ABOUT(0))
    assert farm.groups == {"canteens": ABOUT((1, 0)), "elders": ABOUT((1, 0))}
    assert (school.unmet, school.missing, school.served_share) == (ABOUT(3_000), ABOUT({"hay": 30}), ABOUT(0.4))
    assert school.groups == {"canteens": ABOUT((1, 0)), "elders": ABOUT((1, 1))}
