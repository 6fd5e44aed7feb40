"""One actor has one account, whichever table tells it; what is counted in a sentence is counted as the figure is."""

from __future__ import annotations

import dataclasses

import pytest

from filiere.indicators import measure
from filiere.language import Language
from filiere.report.member.sentences import member_sentences
from filiere.report.member.tables import member_tables
from filiere.report.result.summary import contributors
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.summary.sentences import borne, funding, needs
from filiere.report.result.summary.summary import summarise
from filiere.report.result.tables.flows.relations import relations
from filiere.report.result.tables.money.funding import grants_line, new_grants
from filiere.report.result.tables.money.gains import gains, gains_line
from filiere.report.result.tables.money.members import members
from filiere.report.result.tables.plan.projects import projects
from filiere.report.view import View
from filiere.result import Result
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.solution import Plan
from tests import hand


def plain(text: str | None) -> str:
    return (text or "").replace("\u202f", " ").replace("\xa0", " ")


def remark(view: View, label: str) -> str:
    return next(plain(one.text) for one in remarks(view) if one.label == label)


@pytest.fixture(scope="module")
def scraps() -> Result:
    """A canteen pays 20 a tonne to have 10 t of scraps taken by a platform, and 30 to a tip for 2 t more; the platform
    sells 4 t of compost at 50 to a farm.
    """
    chain = hand.chain(
        actors=[hand.actor(n) for n in ("Canteen", "Platform", "Farm")] + [hand.actor("Tip", "external")],
        products=[hand.product("scraps", -20.0, "secondary"), hand.product("compost", 50.0)],
        links=[
            hand.link("Canteen", "Platform", "scraps", -20.0),
            hand.link("Canteen", "Tip", "scraps", -30.0),
            hand.link("Platform", "Farm", "compost", 50.0),
        ],
        processes=[hand.process("composting", "Platform", {"scraps": 2.5}, {"compost": 1.0}, unit_cost=7.0)],
        needs=[hand.need("Farm", "compost", 4.0)],
        offers=[hand.offer("Canteen", "scraps")],
    )
    plan = hand.plan(chain, flows={0: 10.0, 1: 2.0, 2: 4.0}, levels={("composting", "Platform"): 4.0},
                     offers={0: 12.0}, served={0: 4.0})  # fmt: skip
    return Result(chain, hand.solution(plan), measure(chain, plan))


def test_whoever_pays_to_have_something_taken_away_buys(scraps: Result) -> None:
    sheet = members(View(scraps, "en"))
    rows = {
        key: dict(zip(sheet.column("actor").values, sheet.column(key).values, strict=True))
        for key in ("sold_inside", "bought_inside", "bought_outside", "receipts", "outlays")
    }
    assert rows["sold_inside"] == {"Canteen": 0.0, "Platform": 200.0 + 200.0, "Farm": 0.0}
    assert rows["bought_inside"] == {"Canteen": 200.0, "Platform": 0.0, "Farm": 200.0}
    assert rows["bought_outside"]["Canteen"] == 60.0
    assert rows["receipts"] == {"Canteen": 0.0, "Platform": 400.0, "Farm": 0.0}
    assert rows["outlays"] == {"Canteen": 260.0, "Platform": 28.0, "Farm": 200.0}


def test_accounts_measures_and_a_members_own_sheet_tell_the_same(scraps: Result) -> None:
    view, measures = View(scraps, "en"), scraps.measures
    assert measures is not None
    sheet = members(view)
    for row, name in enumerate(sheet.column("actor").values):
        told = measures.actors.loc[name]
        own = next(iter(member_tables(view, str(name))))
        lines = dict(zip(own.column("line").values, own.column("plan").values, strict=True))
        for key, line in (("receipts", "Total receipts"), ("outlays", "Total outlays")):
            assert sheet.column(key).values[row] == pytest.approx(told[key])
            assert lines.get(line, 0.0) == pytest.approx(told[key])
        assert all(float(str(v)) >= 0.0 for line, v in lines.items() if line != "Receipts − outlays")


def test_what_is_bought_new_outside_is_not_said_to_be_used_again() -> None:
    chain = hand.chain(
        actors=[hand.actor("Washer"), hand.actor("Cannery"), hand.actor("Glassworks", "external")],
        products=[hand.product("jar", 0.5, "secondary"), hand.product("dirty jar", 0.1, "secondary"),
                  hand.product("preserves", 4.0)],
        links=[hand.link("Washer", "Cannery", "jar"), hand.link("Glassworks", "Cannery", "jar")],
        processes=[hand.process("washing", "Washer", {"dirty jar": 1.0}, {"jar": 1.0}),
                   hand.process("canning", "Cannery", {"jar": 1.0}, {"preserves": 1.0})],
        needs=[hand.need("Cannery", "preserves", 142.0)],
        offers=[hand.offer("Washer", "dirty jar")],
    )  # fmt: skip
    plan = hand.plan(
        chain, flows={0: 77.0, 1: 65.0}, levels={("washing", "Washer"): 77.0, ("canning", "Cannery"): 142.0},
        offers={0: 77.0}, served={0: 142.0},
    )  # fmt: skip
    again = {part.name: part.amount for part in contributors.reused(Accounts(chain, plan))}
    assert again["jar"] == pytest.approx(77.0)


def bakery(level: float) -> Result:
    """A bakery of 130 that costs 70,000 a year as it stands, enlarged by 40 at 100 each; a mill opened for 900."""
    chain = hand.chain(
        actors=[hand.actor("Baker"), hand.actor("Mill")],
        products=[hand.product("bread", 3.0), hand.product("flour", 1.0)],
        links=[hand.link("Mill", "Baker", "flour", candidate=True, fixed_cost=60.0)],
        processes=[
            hand.process("baking", "Baker", {"flour": 1.0}, {"bread": 1.0}, status=w.ProcessStatus.SCALABLE,
                         capacity=130.0, expansion_max=40.0, expansion_cost=100.0, fixed_cost=70000.0, unit_cost=10.0),
            hand.process("milling", "Mill", {}, {"flour": 1.0}, status=w.ProcessStatus.CANDIDATE, capacity=500.0,
                         investment=700.0, fixed_cost=200.0),
        ],
        needs=[hand.need("Baker", "bread", level)],
    )  # fmt: skip
    keys = {("baking", "Baker"): level, ("milling", "Mill"): level}
    plan = hand.plan(chain, flows={0: level}, levels=keys, served={0: level}, expanded={("baking", "Baker"): 40.0},
                     opened=[("milling", "Mill")], used=[0])  # fmt: skip
    return Result(chain, hand.solution(plan), measure(chain, plan))


def test_an_enlargement_costs_what_it_adds_and_a_relation_is_no_project_like_others() -> None:
    view = View(bakery(160.0), "fr")
    sheet = projects(view)
    costs = dict(zip(sheet.column("name").values, sheet.column("cost").values, strict=True))
    assert costs["baking"] == 40.0 * 100.0 + 30.0 * 10.0  # 30 of the 160 run beyond the 130 that are there
    assert costs["milling"] == 700.0 + 200.0
    assert remark(view, "Projets et extensions") == (
        "baking (agrandi) et milling (ouvert) ; échanges en projet utilisés : Mill → Baker (flour, 160 t, à 1 €/t) ; 4 960 € par "
        "an : 700 € d'annuités, 4 000 € d'extensions et 260 € de coûts fixes nouveaux."
    )


def test_what_a_project_takes_at_the_start_is_told_beside_its_cost_a_year() -> None:
    result = bakery(160.0)
    mill = result.chain.processes["milling", "Mill"]
    typed = dataclasses.replace(mill, row=dataclasses.replace(mill.row, investment_total=8000.0))
    chain = dataclasses.replace(result.chain, processes={**result.chain.processes, mill.key: typed})
    view = View(dataclasses.replace(result, chain=chain), "fr")
    sheet = projects(view)
    at_the_start = dict(zip(sheet.column("name").values, sheet.column("capital").values, strict=True))
    assert at_the_start["milling"] == 8000.0 and at_the_start["baking"] is None
    assert "8 000 € à investir au départ ; 4 960 € par an" in str(remark(view, "Projets et extensions"))


def test_what_is_missing_most_is_added_up_over_the_year() -> None:
    chain = hand.chain(
        actors=[hand.actor("Town"), hand.actor("Market")], products=[hand.product("juice", 2.0)],
        shares={"summer": 0.5, "winter": 0.5},
        needs=[hand.need("Town", "juice", 1000.0), hand.need("Market", "juice", 300.0)],
    )  # fmt: skip
    plan = hand.plan(chain, unmet={0: [160.0, 0.0], 1: [150.0, 120.0]}, served={0: [340.0, 500.0], 1: [0.0, 30.0]})
    result = Result(chain, hand.solution(plan), measure(chain, plan))
    assert plain(needs(View(result, "en"), 0.7)).endswith("missing most: juice for Market (270 t).")


def test_all_that_is_thrown_away_is_told_and_what_spoils_apart() -> None:
    names = ("bread", "fruit", "cake", "milk", "greens")
    chain = hand.chain(
        actors=[hand.actor("Shop")], products=[hand.product(n, 10.0 + i, may_discard=True) for i, n in enumerate(names)],
        storages=[hand.storage("Shop", "greens", 100.0, loss=0.5)],
    )  # fmt: skip
    plan = hand.plan(chain, discarded={("Shop", n): 2.0 for n in names[:4]}, stocks={("Shop", "greens"): 6.0})
    view = View(Result(chain, hand.solution(plan), measure(chain, plan)), "fr")
    # 2 t each of 10, 11, 12 and 13, and half of 6 t of 14.
    assert remark(view, "Rejets") == (
        "jeté : milk (2 t), cake (2 t), fruit (2 t) et bread (2 t) ; perdu en stock : greens (3 t) ; soit 134 € au prix "
        "de référence (92 € jeté et 42 € perdu en stock)."
    )


def test_rows_of_one_relation_are_told_as_one() -> None:
    chain = hand.chain(
        actors=[hand.actor("Farm"), hand.actor("Shop")], products=[hand.product("wheat", 200.0)],
        links=[hand.link("Farm", "Shop", "wheat", 200.0, today=103.0), hand.link("Farm", "Shop", "wheat", 180.0, today=0.0),
               hand.link("Shop", "Farm", "wheat", 190.0, today=0.0)],
    )  # fmt: skip
    plan = hand.plan(chain, flows={1: 46.0, 2: 5.0})
    sheet = relations(View(Result(chain, hand.solution(plan), measure(chain, plan)), "fr"))
    found = dict(zip(sheet.column("price").values, sheet.column("evolution").values, strict=True))
    assert found == {
        200.0: "réduit, toutes lignes réunies", 180.0: "réduit, toutes lignes réunies", 190.0: "nouveau",
    }  # fmt: skip


@pytest.fixture(scope="module")
def shifted() -> Result:
    """This year the town buys bread outside at 100; in the plan from the bakery at 130, which costs 90 to make, and the
    council grants the shop 500 instead of 100.
    """
    chain = hand.chain(
        actors=[hand.actor("Bakery"), hand.actor("Shop", "local"), hand.actor("Town", "local", "household"),
                hand.actor("Council", "local", "public"), hand.actor("Abroad", "external")],
        products=[hand.product("bread", 100.0)],
        links=[hand.link("Abroad", "Town", "bread", 100.0, today=10.0), hand.link("Bakery", "Town", "bread", 130.0)],
        processes=[hand.process("baking", "Bakery", {}, {"bread": 1.0}, unit_cost=90.0)],
        needs=[hand.need("Town", "bread", 10.0)],
        funding=[hand.funding("Council", "Shop", 600.0, today=100.0)],
    )  # fmt: skip
    plan = hand.plan(chain, flows={1: 10.0}, levels={("baking", "Bakery"): 10.0}, served={0: 10.0}, grants={0: 500.0})
    before = hand.plan(chain, flows={0: 10.0}, served={0: 10.0}, grants={0: 100.0})
    return Result(chain, hand.solution(plan), measure(chain, plan), hand.solution(before), measure(chain, before))


def test_who_gains_and_who_pays_compared_with_this_year(shifted: Result) -> None:
    view = View(shifted, "en")
    sheet = gains(view)
    assert sheet is not None
    change = dict(zip(sheet.column("family").values, sheet.column("change").values, strict=True))
    assert change == {
        "Members": pytest.approx(400.0), "Other inside actors": pytest.approx(400.0),
        "Households": pytest.approx(-300.0), "Public bodies": pytest.approx(-400.0),
        "All inside actors": pytest.approx(100.0),
    }  # fmt: skip
    assert plain(gains_line(view)) == (
        "compared with this year, members are left 400 € more (Bakery +400 €); other inside actors are left 400 € more "
        "(Shop +400 €); households pay 300 € more (Town −300 €); public bodies pay 400 € more (Council −400 €)."
    )
    assert plain(gains_line(View(shifted, "fr"))).startswith(
        "par rapport à cette année, les membres gardent 400 € de plus (Bakery +400 €) ; "
    )


def test_the_first_sentence_says_that_some_gain_what_others_pay(shifted: Result) -> None:
    # 400 for the bakery and 400 for the shop; 300 of the town and 400 of the council.
    assert plain(summarise(View(shifted, "fr")).verdict).endswith(
        "Des acteurs du territoire y gagnent 800 €, d'autres y paient ou perdent 700 €."
    )
    alone = dataclasses.replace(shifted, today_solution=None, today_measures=None)
    assert "gagnent" not in summarise(View(alone, "fr")).verdict


def test_new_grants_are_decisions_with_who_pays_them(shifted: Result) -> None:
    view = View(shifted, "fr")
    assert plain(grants_line(view)) == (
        "les aides augmentent de 400 € par an, de 100 € à 500 €, ce que les financeurs ont à décider : Council +400 € "
        "(Shop de 100 € à 500 €)."
    )
    sheet = new_grants(view)
    assert sheet is not None and sheet.column("change").values == [400.0]
    told = {one.label: one for one in remarks(view)}
    assert told["Aides à décider"].top and told["Aides à décider"].warned and told["Qui gagne, qui paie"].top


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_a_today_nobody_is_said_to_gain(shifted: Result, language: Language) -> None:
    view = View(dataclasses.replace(shifted, today_solution=None, today_measures=None), language)
    assert gains(view) is None and gains_line(view) is None and new_grants(view) is None and grants_line(view) is None


def test_funder_and_receiver_find_the_grant_on_their_own_sheets(shifted: Result) -> None:
    view = View(shifted, "fr")
    for member in ("Council", "Shop"):
        assert "• Aide Council → Shop, de 100 € à 500 €." in map(plain, member_sentences(view, member))
    assert "Aide" not in " ".join(member_sentences(view, "Bakery"))


def theatre(seat: float) -> Result:
    """Sixty hours of local artists at 10 make sixty seats that the public pays; none of either this year."""
    chain = hand.chain(
        actors=[hand.actor("Company"), hand.actor("Artists", "local", "household"),
                hand.actor("Public", "local", "household")],
        products=[hand.product("hour", 10.0, "service"), hand.product("seat", 5.0, "service")],
        links=[hand.link("Artists", "Company", "hour", 10.0), hand.link("Company", "Public", "seat", seat)],
        processes=[hand.process("playing", "Company", {"hour": 1.0}, {"seat": 1.0})],
        needs=[hand.need("Public", "seat", 100.0)], offers=[hand.offer("Artists", "hour")],
    )  # fmt: skip
    keys = {("playing", "Company"): 60.0}
    plan = hand.plan(chain, flows={0: 60.0, 1: 60.0}, levels=keys, served={0: 60.0}, offers={0: 60.0})
    before = hand.plan(chain)
    return Result(chain, hand.solution(plan), measure(chain, plan), hand.solution(before), measure(chain, before))


def test_a_family_of_which_some_gain_and_others_pay_is_told_on_both_sides() -> None:
    result = theatre(5.0)
    assert plain(gains_line(View(result, "fr"))) == (
        "par rapport à cette année, les membres gardent 300 € de moins (Company −300 €) ; les ménages : 600 € de plus pour "
        "les uns (Artists +600 €, pour 60 h de travail en plus), mais 300 € de moins pour d'autres (Public −300 €)."
    )
    # However little the others pay: they are not among those who gain.
    assert (
        "600 € de plus pour les uns (Artists +600 €, pour 60 h de travail en plus), mais 3 € de moins pour d'autres "
        "(Public −3 €)"
    ) in plain(gains_line(View(theatre(0.05), "fr")))
    # Of the two sides of a family the one that its sum hides comes second.
    assert "les ménages (300 € ; d'abord Artists +600 €, mais Public −300 €)" in plain(borne(View(result, "fr")))


def test_who_is_no_longer_served_has_no_gain_and_public_members_are_public_bodies() -> None:
    chain = hand.chain(
        actors=[hand.actor("Farm"), hand.actor("Visitors", "local", "household"), hand.actor("School", "member", "public")],
        products=[hand.product("juice", 3.0)], links=[hand.link("Farm", "Visitors", "juice", 3.0)],
        needs=[hand.need("Visitors", "juice", 100.0)], offers=[hand.offer("Farm", "juice")],
    )  # fmt: skip
    served = hand.plan(chain, flows={0: 100.0}, served={0: 100.0}, offers={0: 100.0})
    none = hand.plan(chain, flows={0: 40.0}, served={0: 40.0}, offers={0: 40.0}, unmet={0: 60.0})

    def told(plan: Plan, before: Plan, language: Language) -> str:
        pair = [(hand.solution(one), measure(chain, one)) for one in (plan, before)]
        return plain(gains_line(View(Result(chain, *pair[0], *pair[1]), language)))

    assert told(none, served, "fr") == (
        "par rapport à cette année, les membres hors organismes publics gardent 180 € de moins (Farm −180 €) ; les ménages "
        "paient 180 € de moins (Visitors +180 €, faute d'être servi)."
    )
    assert "Visitors +180 €, for want of being served" in told(none, served, "en")
    assert "faute" not in told(served, none, "fr") and "want" not in told(served, none, "en")


def test_funders_that_count_in_part_are_named() -> None:
    chain = hand.chain(
        actors=[hand.actor("School"), hand.actor("Department", "external", "public"), hand.actor("State", "external")],
        products=[hand.product("meal", 5.0)], offers=[hand.offer("School", "meal")], needs=[hand.need("School", "meal", 10.0)],
        funding=[hand.funding("Department", "School", 100.0, weight=0.5), hand.funding("State", "School", 50.0)],
    )  # fmt: skip
    plan = hand.plan(chain, grants={0: 100.0, 1: 50.0}, served={0: 10.0}, offers={0: 10.0})
    measures = measure(chain, plan)
    view = View(Result(chain, hand.solution(plan), measures), "fr")
    share = measures.chain["funding_dependency"]
    assert share == pytest.approx(100.0 / 150.0)
    assert plain(funding(view, share)) == (
        "Sur 100 € de ventes et de financements, 66,7 € dépendent de financeurs extérieurs ; les plus gros : Department "
        "(100 €) et State (50 €). Comptés en partie : Department (50 %)."
    )


def test_what_is_used_again_is_ordered_as_the_rate_counts_it() -> None:
    # A tonne of whey at 8 outweighs a hundred jars of half a kilogram at 0.4; by value it is the other way round.
    chain = hand.chain(
        actors=[hand.actor("Farm"), hand.actor("Washer")],
        products=[hand.product("whey", 8.0, "secondary", kg=1000.0), hand.product("jar", 0.4, "secondary", kg=0.5)],
        needs=[hand.need("Farm", "whey", 1.0), hand.need("Washer", "jar", 100.0)],
        offers=[hand.offer("Farm", "whey"), hand.offer("Washer", "jar")],
    )  # fmt: skip
    plan = hand.plan(chain, served={0: 1.0, 1: 100.0}, offers={0: 1.0, 1: 100.0})
    by_value = dataclasses.replace(chain, settings=dataclasses.replace(chain.settings, circularity_basis=w.Basis.VALUE))
    assert [part.name for part in contributors.reused(Accounts(chain, plan))] == ["whey", "jar"]
    assert [part.name for part in contributors.reused(Accounts(by_value, plan))] == ["jar", "whey"]
