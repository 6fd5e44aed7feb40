"""Traps of what is told and kept, each with twenty figures of its kind, one in five certified."""

from __future__ import annotations

import random

from filiere.analysis.explain.choices import choices
from filiere.indicators import measure
from filiere.indicators.borne import net_cost_after_grants
from filiere.indicators.dependency import upstream_dependency
from filiere.indicators.origin import external_content
from filiere.indicators.rules import local_by_rule, local_in_truth
from filiere.report.result.summary.remarks import remarks
from filiere.report.view import View
from filiere.result import Result
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solver.solve import solve
from tests import hand
from tests.report.test_choices import costly
from tests.sheets import chain
from tests.solving import ABOUT, Solved
from tests.test_traps_accounts import lacks, workshop
from tests.test_traps_circular import CHIPS, MILKING, rate
from tests.test_traps_drawn import DRAWN, about, tried
from tests.test_traps_fair import shares, villages


@DRAWN
def test_35_milking_is_not_cut_whatever_it_does_to_the_rate(draw: random.Random) -> None:
    milk, jars, grass = about(draw, 500), about(draw, 2), round(draw.uniform(2, 6), 2)
    plan = tried(
        MILKING.format(milk=milk, jars=jars, grass=grass, most=100 * milk, cost=round(draw.uniform(150, 390), 2))
    )
    assert plan.level("milking") == ABOUT(milk)
    assert rate(plan) == ABOUT(jars / (jars + grass * milk), rel=1e-4)


def resold(own: float, bought: float) -> tuple[dict[str, float], dict[str, float]]:
    """A member delivers its own beans and others that it buys outside to a canteen whose rule asks for members."""
    chain = hand.chain(
        actors=[hand.actor("Co-op"), hand.actor("Canteen"), hand.actor("Abroad", "external")],
        products=[hand.product("beans", 2.0)], offers=[hand.offer("Co-op", "beans")],
        links=[hand.link("Abroad", "Co-op", "beans", 2.0), hand.link("Co-op", "Canteen", "beans", 2.0)],
        needs=[hand.need("Canteen", "beans", own + bought)],
        limits=[hand.limit("members", w.LimitMeasure.VALUE, ">=", 0.5, basis=w.LimitBasis.PURCHASES, sellers=frozenset({"Co-op"}),
                           buyers=frozenset({"Canteen"}))],
    )  # fmt: skip
    plan = hand.plan(chain, flows={0: bought, 1: own + bought}, served={0: own + bought}, offers={0: own})
    accounts = Accounts(chain, plan)
    return local_by_rule(accounts), local_in_truth(accounts, external_content(accounts))


@DRAWN
def test_36_a_member_who_resells_is_not_a_farm(draw: random.Random) -> None:
    own, bought = about(draw, 20), about(draw, 80)
    by_rule, in_truth = resold(own, bought)
    assert by_rule == {"members": ABOUT(1.0)}
    assert in_truth == {"members": ABOUT(own / (own + bought))}


@DRAWN
def test_41_less_trade_inside_with_the_same_imports_does_not_raise_the_headline(draw: random.Random) -> None:
    used, bought, price = about(draw, 100), about(draw, 40), about(draw, 3)
    grown = used + bought

    def dependency(through: bool) -> float:
        """The same beans, grown and bought, with or without a wholesaler in between."""
        links = [hand.link("Abroad", "Town", "beans", price), hand.link("Farm", "Town", "beans", price),
                 hand.link("Farm", "Dealer", "beans", price), hand.link("Dealer", "Town", "beans", price)]  # fmt: skip
        chain = hand.chain(
            actors=[hand.actor(n) for n in ("Farm", "Dealer", "Town")] + [hand.actor("Abroad", "external")],
            products=[hand.product("beans", price)], links=links, needs=[hand.need("Town", "beans", grown)],
            offers=[hand.offer("Farm", "beans")],
        )  # fmt: skip
        ways = {2: used, 3: used} if through else {1: used}
        plan = hand.plan(chain, flows={0: bought, **ways}, served={0: grown}, offers={0: used})
        found = upstream_dependency(Accounts(chain, plan))
        assert isinstance(found.total, float)
        return found.total

    assert dependency(True) == ABOUT(bought / grown)
    assert dependency(False) == ABOUT(dependency(True))


@DRAWN
def test_41_what_the_territory_bears_does_not_fall_where_an_aid_is_lost(draw: random.Random) -> None:
    jobs = about(draw, 100)
    aid = round(90 * jobs * draw.uniform(0.1, 0.95), 2)

    def borne(plan: Solved) -> float:
        found = net_cost_after_grants(Accounts(plan.chain, plan.plan), plan.value("cost"))
        assert isinstance(found, float)
        return found

    had, lost = (borne(tried(workshop(jobs, jobs, given, f"{given}"))) for given in (aid, 0.0))
    assert lost == ABOUT(had + aid, rel=1e-4)


@DRAWN
def test_52_a_wish_opens_nothing_beyond_the_cost_bound(draw: random.Random) -> None:
    # What is grown costs 500 and is worth 1,000 a tonne: a tenth of that is far below what the way costs.
    grown, cost = about(draw, 60), about(draw, 500_000)
    wish = f"""
        ## Settings
        | setting | value |
        | fairness | no |
        ## Limits
        | limit | measure | to | product | sense | value | obligation |
        | far | quantity | Far | vegetables | >= | {round(grown * draw.uniform(0.2, 0.9), 3)} | wish |
        """
    text = costly(grown, wish).replace("| candidate | 500000 |", f"| candidate | {cost} |")
    plan = tried(text)
    assert plan.plan.opened_links == () and plan.flow("Farm", "Far", "vegetables") == 0.0
    # Where the bound leaves room for the way, the wish opens it.
    share = round(2 * cost / (500 * grown), 3)
    free = tried(text.replace("| fairness | no |", f"| fairness | no |\n        | cost_bound | {share} |"))
    assert len(free.plan.opened_links) == 1


@DRAWN
def test_62_burning_what_falls_makes_nothing_circular(draw: random.Random) -> None:
    heat, offcuts = round(about(draw, 400_000)), round(draw.uniform(0.2, 0.8), 2)
    text = CHIPS.replace("{heat}", draw.choice(["service", "product"])) + f"    | Town | heat | {heat} | want |\n"
    text = text.replace(
        "| chipping | chips | | 1 |",
        f"| chipping | pellets | | {1 - offcuts:.2f} |\n    | chipping | chips | | {offcuts} |",
    ).replace("| product | quantity |", "| product | quantity | obligation |")
    plan = tried(text + "    | Forest | pellets | | outlet |\n")
    assert plan.level("burning") == ABOUT(heat / 4000) and rate(plan) == 0


@DRAWN
def test_67_a_rule_on_the_aid_is_held_and_is_no_conflict(draw: random.Random) -> None:
    # 90 are short on each job; the aid is more than the rule allows.
    jobs = about(draw, 100)
    allowed = round(90 * jobs * draw.uniform(0.1, 0.9), 2)
    rule = (
        f"## Limits\n    | limit | measure | from | sense | value |\n    | State | funding | State | <= | {allowed} |"
    )
    plan = tried(workshop(jobs, jobs, 90 * jobs, "", limits=rule))
    assert float(plan.plan.grants["amount"].sum()) == ABOUT(allowed, rel=1e-4)
    assert lacks(plan) == {"Workshop": ABOUT(90 * jobs - allowed, rel=1e-3)}


@DRAWN
def test_52_the_first_sentence_says_what_equal_shares_cost_and_what_after_would_give(draw: random.Random) -> None:
    # The way costs more than the tenth of 500 a tonne grown and of 1,000 a tonne used that the bound allows.
    grown = about(draw, 60)
    cost = round(grown * draw.uniform(200, 20_000), 2)
    made = chain(costly(grown).replace("| candidate | 500000 |", f"| candidate | {cost} |"))
    solution = solve(made)
    assert solution.plan is not None
    found = choices(made, solution)
    view = View(Result(made, solution, measure(made, solution.plan), choices=found), "en")
    first = next(iter(remarks(view)))
    said = first.text.replace("\u202f", " ").replace("\xa0", " ")
    assert first.top and f"Sharing equally costs {view.money(cost)} more a year".replace("\xa0", " ") in said
    assert "With fairness set to “after”: Far, vegetables 0% and Near, vegetables 100%" in said


@DRAWN
def test_71_paid_and_free_seats_have_equal_shares(draw: random.Random) -> None:
    paid, free, there = about(draw, 100), about(draw, 50), draw.uniform(0.1, 0.95)
    seats = {"Paid": (paid, round(draw.uniform(1, 40), 2), 0), "Free": (free, 0, 0)}
    plan = tried(villages(round(there * (paid + free), 6), seats))
    assert shares(plan) == ABOUT([there, there], rel=1e-4)
