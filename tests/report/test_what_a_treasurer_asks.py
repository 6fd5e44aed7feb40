"""What a treasurer asks: what pay is, why a deficit is left beside a grant, who sells less, what a figure is made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.indicators import measure
from filiere.language import Language
from filiere.pipeline import solve_chain
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.summary.summary import headlines, summarise
from filiere.report.result.tables.flows.gaps import deficits
from filiere.report.view import View
from filiere.result import Result
from filiere.schema import words as w
from filiere.solution.solution import Plan
from tests import hand
from tests.sheets import chain


def plain(text: str | None) -> str:
    return (text or "").replace("\u202f", " ").replace("\xa0", " ")


def result_of(hour_cost: float = 0.0) -> Result:
    """A company takes on 100 h of artists at 26 this year and 300 h in the plan, and 100 h of guests at 30 this year;
    the town buys 1 show at 3,000 this year and 2.75 in the plan, of which a theatre is short by as much as this year.
    """
    chain = hand.chain(
        actors=[hand.actor("Company"), hand.actor("Artists", "local", "household"),
                hand.actor("Guests", "external"), hand.actor("Town", "local", "public"),
                hand.actor("Hall", budget=w.Budget.WISH), hand.actor("Region", "external", "public")],
        products=[hand.product("hour", 26.0, "service", unit="h"),
                  hand.product("show", 3000.0, "service", unit="représentation")],
        links=[hand.link("Artists", "Company", "hour", 26.0), hand.link("Guests", "Company", "hour", 30.0),
               hand.link("Company", "Town", "show", 3000.0)],
        offers=[hand.offer("Artists", "hour", 500.0, unit_cost=hour_cost)],
        processes=[hand.process("play", "Company", {"hour": 100.0}, {"show": 1.0}),
                   hand.process("host", "Hall", {}, {"show": 1.0}, fixed_cost=500.0)],
        needs=[hand.need("Town", "show", 2.75)],
        funding=[hand.funding("Region", "Hall", 900.0), hand.funding("Town", "Hall", 900.0, unit_amount=0.0)],
        limits=[hand.limit("shows", w.LimitMeasure.QUANTITY, ">=", 2.75, products=frozenset({"show"}))],
    )  # fmt: skip
    plan = hand.plan(chain, flows={0: 300.0, 2: 2.75}, levels={("play", "Company"): 2.75}, offers={0: 300.0},
                     served={0: 2.75}, deficits={"Hall": 200.0}, grants={0: 300.0})  # fmt: skip
    before = hand.plan(chain, flows={0: 100.0, 1: 100.0, 2: 1.0}, levels={("play", "Company"): 1.0},
                       offers={0: 100.0}, served={0: 1.0}, deficits={"Hall": 200.0}, grants={0: 300.0})  # fmt: skip
    return Result(chain, hand.solution(plan), measure(chain, plan), hand.solution(before), measure(chain, before))


@pytest.fixture(scope="module")
def result() -> Result:
    return result_of()


def said(result: Result, language: Language, label: str) -> str:
    return plain(next(remark.text for remark in remarks(View(result, language)) if remark.label == label))


def test_pay_is_told_with_its_hours_and_what_it_would_do_to_the_cost(result: Result) -> None:
    # 200 h more at 26 are 5,200; 100 h of guests at 30 are spared.
    assert "Artists +5 200 €, pour 200 h de travail en plus" in said(result, "fr", "Qui gagne, qui paie")
    assert "Artists +5,200 €, for 200 h more of work" in said(result, "en", "Who gains, who pays")
    view = View(result, "fr")
    verdict = plain(summarise(view).verdict)
    assert (
        "coûte 3 000 € de moins par an que cette année, sans compter 5 200 € de salaires de ménages en plus" in verdict
    )
    assert "dont 5 200 € de salaires pour 200 h de travail en plus" in verdict
    cost = plain(next(one.sentence for one in headlines(view) if one.key == "cost"))
    # 7,800 of pay in the plan, 2,600 this year; the net cost is that of the hall's 500 alone.
    assert "Les 7 800 € payés à des ménages" in cost
    assert "il serait de 8 300 €, soit 2 200 € de plus que cette année" in cost


def test_work_that_costs_what_it_is_paid_is_no_gain_and_is_not_told_twice() -> None:
    view = View(result_of(26.0), "fr")
    summary = summarise(view)
    texts = [*(one.text for one in summary.remarks), *(one.sentence for one in summary.headlines), summary.verdict]
    assert not any("salaires" in text or "travail en plus" in text or "travail des autres" in text for text in texts)
    assert "coûte 2 200 € de plus par an que cette année" in plain(summary.verdict)


def test_a_deficit_says_which_grants_are_left_and_why(result: Result) -> None:
    # The region may give 900 and gives 300; the town's row gives nothing for no activity.
    words = said(result, "fr", "Déficits")
    assert "Aides possibles que le plan ne demande pas : Hall 600 € (Region 600 €)" in words
    assert "une aide n'est demandée que pour ce qui serait pire que cette année" in words
    sheet = deficits(View(result, "fr"))
    assert sheet.column("room").values == [pytest.approx(600.0)] and sheet.column("room_why").values[0]
    assert sheet.column("room_cells").values == ["Funding!2"]
    # 50 more than this year beside a grant: it is not this year that keeps the plan from it.
    worse = replace(result.plan, deficits=result.plan.deficits.assign(amount=250.0))
    words = said(replace(result, solution=hand.solution(worse)), "fr", "Déficits")
    assert "Dont 50 € de plus que cette année." in words and "une règle, ou un objectif qui passe avant" in words


def test_no_room_is_told_where_all_grants_are_had(result: Result) -> None:
    chain = result.chain
    full = replace(result, chain=replace(chain, funding=tuple(replace(f, maximum=300.0) for f in chain.funding)))
    assert "Aides possibles" not in said(full, "fr", "Déficits")
    assert all(column.key != "room" for column in deficits(View(full, "fr")).columns)


def test_who_sells_less_and_what_the_town_buys_more_are_told(result: Result) -> None:
    assert "Guests −3 000 € sur 3 000 € (−100 %, d'abord hour)" in said(result, "fr", "Débouchés perdus")
    assert "Guests −3,000 € of 3,000 € (−100%, first of all hour)" in said(result, "en", "Outlets lost")
    assert said(result, "fr", "Achats publics") == (
        "en plus des aides, des organismes publics achètent pour 5 250 € de plus par an : Town +5 250 € (d'abord show)."
    )


def test_a_part_of_a_show_is_said_to_be_a_mean_and_a_rule_to_leave_no_room(result: Result) -> None:
    words = said(result, "fr", "Fractions")
    assert "Company → Town, show (2,8 représentations)" in words and "moyennes sur plusieurs années" in words
    assert "« shows » 2,8" in said(result, "fr", "Règles") and "tenues au plus juste" in said(result, "fr", "Règles")


def test_the_upstream_share_can_be_worked_out_again(result: Result) -> None:
    # This year: 100 h of guests count 26 each at reference prices, of 3,000 used; the hall's 500 stay here.
    assert result.today is not None and result.today_measures is not None
    before = Result(result.chain, hand.solution(result.today), result.today_measures)
    upstream = plain(next(one.sentence for one in headlines(View(before, "fr")) if one.key == "upstream"))
    assert upstream.endswith("Calcul : 2 600 € d'achats extérieurs au prix de référence, sur 3 100 €.")


def test_what_is_asked_for_beyond_this_year_and_what_runs_full_are_told(result: Result) -> None:
    # The town is served 1 show this year and wants 2.75: 1.75 more at 3,000.
    words = said(result, "fr", "Demande supposée")
    assert "show pour Town (1 représentation cette année, besoin saisi : 2,8 représentations) ; soit 5 250 €" in words
    chain = result.chain
    processes = {k: replace(p, capacity=2.75 if p.name == "play" else 9.0) for k, p in chain.processes.items()}
    full = replace(result, chain=replace(chain, processes=processes))
    assert "sont au maximum de leur capacité : play (Company). Une" in said(full, "fr", "Sans marge")
    assert "run at their full capacity: play (Company). A" in said(full, "en", "No margin")


def _two_companies(level: float) -> Result:
    """Two companies play 10 and 30 shows this year for a hall that runs 40 evenings and sells its milk bar's milk."""
    chain = hand.chain(
        actors=[hand.actor("Ricochets"), hand.actor("Ardoise"), hand.actor("Hall", "local")],
        products=[hand.product("show", 2000.0, "service", unit="représentation"), hand.product("milk", 400.0, unit="m3")],
        links=[hand.link("Ricochets", "Hall", "show", 2300.0), hand.link("Ardoise", "Hall", "show", 2000.0)],
        processes=[hand.process("touring", "Ricochets", {}, {"show": 1.0}, unit_cost=1100.0),
                   hand.process("touring", "Ardoise", {}, {"show": 1.0}, unit_cost=900.0),
                   hand.process("milking", "Hall", {}, {"milk": 1.0})],
        needs=[hand.need("Hall", "show", 40.0), hand.need("Hall", "milk", 50.0, "outlet")],
    )  # fmt: skip
    touring = {("touring", "Ricochets"): level, ("touring", "Ardoise"): 40.0 - level}
    plan = hand.plan(chain, flows={0: level, 1: 40.0 - level}, levels={**touring, ("milking", "Hall"): 30.0},
                     served={0: 40.0, 1: 30.0})  # fmt: skip
    before = hand.plan(chain, flows={0: 30.0, 1: 10.0}, served={0: 40.0, 1: 48.0}, levels={
        ("touring", "Ricochets"): 30.0, ("touring", "Ardoise"): 10.0, ("milking", "Hall"): 48.0,
    })  # fmt: skip
    return Result(chain, hand.solution(plan), measure(chain, plan), hand.solution(before), measure(chain, before))


def test_who_does_and_sells_nothing_any_more_is_told_first() -> None:
    """Its account may look better: 30 shows that cost 1,100 each are not played any more."""
    view = View(_two_companies(0.0), "fr")
    (stops,) = (remark for remark in remarks(view) if remark.label == "Qui s'arrête")
    assert stops.top and stops.warned and stops.spoken
    assert plain(stops.text) == (
        "ne ferait et ne vendrait plus rien : Ricochets, membre (touring, 30 représentations cette année). Le travail que "
        "d'autres reprennent ne compte pas comme perdu ; un minimum (feuille Activités) empêche un arrêt."
    )
    assert not [remark for remark in remarks(View(_two_companies(1.0), "fr")) if remark.label == "Qui s'arrête"]


def test_an_outlet_of_the_territory_that_takes_less_is_told() -> None:
    told = said(_two_companies(30.0), "fr", "Débouchés perdus")
    assert told.startswith(
        "des débouchés du territoire prennent moins que cette année : milk chez Hall (de 48 m3 à 30 m3)."
    )


FESTIVAL = """
    ## Actors
    | actor | perimeter |
    | Crew | member |
    | Town | local |
    ## Periods
    | period |
    | winter |
    | summer |
    ## Products
    | product | unit | price | kind |
    | entry | entry | 10 | service |
    ## Processes
    | process | actor | capacity | unit_cost | whole |
    | festival | Crew | {capacity} | 5000 | {whole} |
    ## Recipes
    | process | product | output |
    | festival | entry | 1000 |
    ## Links
    | from | to | product |
    | Crew | Town | entry |
    ## Needs
    | actor | product | quantity | obligation | profile |
    | Town | entry | 1000 | must | {profile} |
    """


@pytest.mark.parametrize(("whole", "told"), [("yes", True), ("no", False)])
def test_half_a_festival_a_season_is_told_and_what_would_make_it_whole(whole: str, told: bool) -> None:
    # The need falls half on either season, and what serves it is whole over the year alone.
    text = FESTIVAL.format(capacity="", whole=whole, profile="")
    words = {one.label: one.text for one in remarks(View(solve_chain(chain(text)), "fr"))}.get("Fractions", "")
    assert ("entiers sur l'année, par fractions dans ses périodes" in words) is told
    assert ("festival (Crew\u202f; winter\u202f: 0,5)" in words) is told and (
        "«\xa0chaque période\xa0»" in words
    ) is told
    each = text.replace("| yes |", "| each period |")
    assert "Fractions" not in {one.label for one in remarks(View(solve_chain(chain(each)), "fr"))} or not told


def test_posts_that_go_are_told_first_with_who_loses_and_who_gains_them() -> None:
    made = hand.chain(
        actors=[hand.actor("Team"), hand.actor("Others"), hand.actor("Town", "local")],
        products=[hand.product("hour", 38.0, "service", unit="h")],
        links=[hand.link("Team", "Town", "hour"), hand.link("Others", "Town", "hour")],
        processes=[hand.process("work", "Team", {}, {"hour": 1000.0}, jobs=1.0),
                   hand.process("work", "Others", {}, {"hour": 1000.0}, jobs=1.0)],
        needs=[hand.need("Town", "hour", 9000.0)],
    )  # fmt: skip

    def planned(team: float, others: float) -> Result:
        def year(one: float, two: float) -> Plan:
            levels = {("work", "Team"): one, ("work", "Others"): two}
            return hand.plan(made, {0: 1000 * one, 1: 1000 * two}, levels, served={0: 1000 * (one + two)})

        plan, before = year(team, others), year(5.4, 3.0)
        return Result(made, hand.solution(plan), measure(made, plan), hand.solution(before), measure(made, before))

    assert said(planned(1.0, 3.2), "fr", "Emplois") == (
        "les activités occupent 4,2 équivalents temps plein dans le plan, 8,4 cette année. En moins : Team −4,4 ETP ; en "
        "plus : Others +0,20 ETP."
    )
    first = next(remark for remark in remarks(View(planned(1.0, 3.0), "en")) if remark.label == "Jobs")
    assert first.top and first.text.endswith("8.4 this year. Fewer at Team −4.4\xa0FTE.")
    assert not [one for one in remarks(View(planned(5.0, 3.0), "fr")) if one.label == "Emplois"]  # 0.4 of 8.4
    assert not [one for one in remarks(View(planned(1.0, 9.0), "fr")) if one.label == "Emplois"]
