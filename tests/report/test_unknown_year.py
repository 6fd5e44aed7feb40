"""Unknown is blank, never 0: what nobody typed of this year, and what no typed figure asks for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest

from filiere.language import Language
from filiere.pipeline import solve_chain, steps
from filiere.report.result.json import actions_json, solution_json
from filiere.report.result.summary.summary import summarise
from filiere.report.result.tables.flows.balances import balances
from filiere.report.result.tables.flows.gaps import discarded, unmet
from filiere.report.result.tables.flows.network import key_actors
from filiere.report.result.tables.flows.reconciled import unmeasured
from filiere.report.result.tables.flows.relations import relations
from filiere.report.result.tables.money.gains import families, gains_line
from filiere.report.result.tables.money.member_changes import member_changes
from filiere.report.result.tables.money.members import members
from filiere.report.result.tables.money.outlets import outlets_line
from filiere.report.result.tables.order import all_sheets
from filiere.report.result.tables.plan.actions import action_steps
from filiere.report.result.tables.plan.activities import activities
from filiere.report.result.tables.plan.needs import needs
from filiere.report.result.tables.plan.supposed import demand_line
from filiere.report.result.text import summary_lines
from filiere.report.sheet import Sheet, Value
from filiere.report.view import View
from tests.sheets import chain

LANGUAGES: tuple[Language, ...] = ("fr", "en")
BREAD = """
    ## Actors
    | actor | perimeter | balanced_budget |
    | Farm | member | |
    | Mill | member | wish |
    | Bakery | member | |
    | Village | local | |
    | Trader | external | |
    ## Products
    | product | unit | price |
    | wheat | t | 250 |
    | flour | t | 600 |
    | bread | t | 3000 |
    ## Processes
    | process | actor | today | unit_cost |
    | milling | Mill | {milled} | 100 |
    | baking | Bakery | | 900 |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1.25 | |
    | milling | flour | | 1 |
    | baking | flour | 0.8 | |
    | baking | bread | | 0.8 |
    ## Offers
    | actor | product | maximum |
    | Farm | wheat | 60 |
    ## Links
    | from | to | product | today | price |
    | Farm | Mill | wheat | {wheat} | 250 |
    | Mill | Bakery | flour | | 600 |
    | Trader | Bakery | flour | {flour} | 620 |
    | Bakery | Village | bread | | 3000 |
    ## Needs
    | actor | product | quantity |
    | Village | bread | 40 |
    """


def view(language: Language = "en", command: str = "solve", **typed: object) -> View:
    source = BREAD.format(**{"milled": "", "wheat": "", "flour": "", **typed})
    return View(solve_chain(chain(source), "today" if command == "today" else "solve"), language)


def rows(sheet: Sheet | None, column: str, *keys: str) -> dict[str, Value]:
    """Return a column's figures by the words of others."""
    assert sheet is not None
    names = zip(*(sheet.column(key).values for key in keys), strict=True)
    return dict(zip(map(" ".join, (map(str, one) for one in names)), sheet.column(column).values, strict=True))


def test_an_exchange_that_nobody_typed_and_nothing_asks_for_is_blank() -> None:
    """20 t of flour are bought: 25 runs and 20 t of bread follow from it. Of the mill nothing is known."""
    seen = view(flour=20)
    today = rows(relations(seen), "today", "from", "to")
    assert today["Trader Bakery"] == pytest.approx(20) and today["Bakery Village"] == pytest.approx(20)
    assert today["Farm Mill"] is None and today["Mill Bakery"] is None
    levels = rows(activities(seen), "today", "process")
    assert levels["baking"] == pytest.approx(25) and levels["milling"] is None


def test_a_typed_0_is_0() -> None:
    seen = view(flour=20, wheat=0, milled=0)
    assert rows(relations(seen), "today", "from", "to")["Farm Mill"] == 0
    assert rows(activities(seen), "today", "process")["milling"] == 0
    assert rows(members(seen), "before", "actor")["Farm"] == 0


def test_an_actor_of_whom_nothing_is_known_has_no_figure_of_this_year() -> None:
    seen = view(flour=20)
    before = rows(members(seen), "before", "actor")
    assert before["Farm"] is None and before["Mill"] is None and before["Bakery"] is not None
    changes = rows(member_changes(seen), "today", "actor", "what")
    assert {value for key, value in changes.items() if key.startswith(("Farm ", "Mill "))} == {None}
    shares = rows(key_actors(seen), "cut_today", "actor")
    assert shares["Mill"] is None and shares["Bakery"] is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_of_which_nobody_typed_anything_is_not_told_as_0(language: Language) -> None:
    seen = view(language, "today")
    text = " ".join(summary_lines(seen.result, language))
    assert {"fr": "Aucun chiffre de cette année n'est saisi", "en": "No figure of this year is typed"}[language] in text
    assert not any(word in text for word in ("0 %", "0%", "0 €", "€0", "Déficit", "Deficit", "Unmet", "non couverts"))
    assert all(
        sheet.key in ("activities", "dictionary", "assumptions", "trace") for sheet in all_sheets(seen) if sheet.height
    )
    levels = activities(seen)
    assert set(levels.column("level").values) == set(levels.column("made").values) == {None}
    found = solution_json(seen.result, language)
    assert found["indicators"] == {} and found["unmet"] == [] and found["deficits"] == {} and found["levels"] == []


def test_a_figure_that_is_moved_is_told_with_its_unit_in_the_plural() -> None:
    """45 t of bread were sold, and 20 bags of flour make 20: a number has its noun's plural after it."""
    source = BREAD.format(milled=0, wheat=0, flour=20).replace("| flour | t | 600 |", "| flour | sac | 600 | 1000 |")
    source = source.replace("| product | unit | price |", "| product | unit | price | kg |")
    source = source.replace("| Bakery | Village | bread | |", "| Bakery | Village | bread | 45 |")
    lines = summary_lines(solve_chain(chain(source), "today"), "fr")
    assert any("20 sacs dans le classeur" in line.replace("\xa0", " ") for line in lines), lines


def test_a_total_of_0_that_rests_on_nothing_typed_is_blank() -> None:
    """The mill stood still and got nothing: what the bakery bought and baked, and what the village got, is unknown."""
    seen = view(milled=0, wheat=0, command="today").result
    assert seen.measures is not None
    figures = seen.measures.chain
    assert figures["served_share"] is None and figures["upstream_dependency"] is None
    assert figures["downstream_dependency"] in (0.0, None) and figures["grants"] == 0.0, "nobody buys or grants outside"
    products = seen.measures.products
    assert math.isnan(products["production"]["bread"]) and math.isnan(products["unmet"]["bread"])
    assert products["production"]["flour"] == 0 and math.isnan(products["imports"]["flour"])
    found = solution_json(seen)
    assert found["unmet"] == [] and found["indicators"]["served_share"] is None


@pytest.mark.parametrize(
    ("language", "verdict", "first"),
    [
        ("fr", "une part inconnue des besoins", "pour 1 activité sur 2 et 1 besoin sur 1, rien n'est saisi"),
        ("en", "an unknown share of the needs", "nothing is typed this year for 1 of 2 activities and 1 of 1 need"),
    ],
)  # fmt: skip
def test_a_year_known_in_part_is_told_so_before_its_totals(language: Language, verdict: str, first: str) -> None:
    text = spaced(summary_lines(view(language, "today", milled=0).result, language))
    assert any(first in line for line in text[:3]) and any(verdict in line for line in text), text
    plan = " ".join(spaced(summary_lines(view(language, flour=20).result, language)))
    assert {"fr": "ce qui est connu de cette année", "en": "what is known of today"}[language] in plan
    whole = " ".join(spaced(summary_lines(view(language, flour=20, milled=0, wheat=0).result, language)))
    assert {"fr": "par an que cette année", "en": "than today"}[language] in whole


def spaced(lines: Iterable[str]) -> list[str]:
    return [line.replace("\xa0", " ").replace("\u202f", " ") for line in lines]


def test_a_typed_need_that_got_nothing_lacks_all() -> None:
    """A typed 0 of what serves the need is known: 40 t are missing."""
    source = BREAD.format(milled=40, wheat="", flour="").replace(
        "| Bakery | Village | bread | |", "| Bakery | Village | bread | 0 |"
    )
    source = source.replace("| baking | Bakery | |", "| baking | Bakery | 0 |")
    found = solution_json(solve_chain(chain(source), "today"))
    assert sum(row["quantity"] for row in found["unmet"]) == pytest.approx(40)


def test_a_decision_on_what_nobody_typed_has_no_figure_of_this_year() -> None:
    seen = view(flour=20, milled=0)
    result = replace(seen.result, actions=steps(seen.result, 0))
    sheet = action_steps(View(result, "fr"))
    assert sheet is not None
    today = {(a, b): t for a, b, t in zip(*(sheet.column(k).values for k in ("from", "to", "today")), strict=True)}
    assert today["Mill", "Bakery"] is None and today["Bakery", "Village"] == pytest.approx(20)
    assert today["Mill", None] == 0, "a typed 0 is 0"
    rows = [step for row in actions_json(result) for step in row["steps"]]
    told = {(step.get("from", step.get("process")), step.get("to")): step["today"] for step in rows}
    assert told["Mill", "Bakery"] is None and told["milling", None] == 0


def test_what_an_actor_gets_of_whom_nothing_is_known_enters_who_gains_and_who_pays() -> None:
    """The bakery buys 20 t at 620 this year and 40 at 600 in the plan: the farm and the mill share 24,000 less costs."""
    seen = view("fr", flour=20)
    then, now = seen.result.today_measures, seen.result.measures
    assert then is not None and now is not None
    # 40 t milled at 100 instead of 20 t bought at 620, and 25 bakings more at 900.
    borne = 40 * 100 + 50 * 900 - (20 * 620 + 25 * 900)
    told = float(now.chain["net_cost_after_grants"] or 0) - float(then.chain["net_cost_after_grants"] or 0)
    assert told == pytest.approx(borne)
    assert sum(row.change for row in families(seen)) == pytest.approx(-borne)
    (line,) = spaced([gains_line(seen) or ""])
    # 50 t of wheat at 250 are all the farm's; of the mill's 24,000 as much is wheat, and 4,000 its own costs.
    assert "Farm +12 500 €, dont rien n'est connu cette année" in line
    assert "Mill +7 500 €, dont rien n'est connu cette année" in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_actor_of_whom_nothing_is_known_beside_one_that_loses_and_one_that_gains(language: Language) -> None:
    """The mill sells at a loss, the farm gains, and of the garden, a member too, nothing is known."""
    source = BREAD.format(milled=40, wheat=50, flour="").replace("| Mill | Bakery | flour | | 600 |",
                                                                 "| Mill | Bakery | flour | | 100 |")  # fmt: skip
    source = source.replace("| Village | local | |", "| Village | local | |\n    | Garden | member | |")
    source = source.replace("| Farm | Mill | wheat", "| Garden | Village | wheat | | 100 |\n    | Farm | Mill | wheat")
    seen = View(solve_chain(chain(source), "today"), language)
    text = " ".join(line.sentence or "" for line in summarise(seen).headlines)
    assert "Mill" in text and "Garden" not in text and " nan" not in text
    found = solution_json(seen.result)["members"]["Garden"]["plan"]
    assert found["receipts"] is None and found["surplus"] is None


def test_what_was_made_of_a_service_whose_sales_nobody_typed() -> None:
    """25 runs give 20 seats; who came is not typed: nothing was sold or thrown away as far as anybody knows."""
    source = BREAD.format(milled=10, wheat=12.5, flour=10).replace("| product | unit | price |",
                                                               "| product | unit | price | kind |")  # fmt: skip
    source = source.replace("| bread | t | 3000 |", "| bread | seat | 3000 | service |")
    seen = View(solve_chain(chain(source.replace("| baking | Bakery | |", "| baking | Bakery | 25 |")), "today"), "en")
    assert rows(balances(seen), "shipped", "actor", "product")["Bakery bread"] is None
    assert rows(balances(seen), "made", "actor", "product")["Bakery bread"] == pytest.approx(20)
    assert rows(discarded(seen), "how", "product") == {"bread": "destination not typed"}
    assert rows(needs(seen), "served", "actor")["Village"] is None
    assert unmet(seen).height == 0


@pytest.mark.parametrize("command", ["today", "solve"])
@pytest.mark.parametrize(
    ("language", "label", "said"),
    [
        ("fr", "Seulement supposé", "bread, de Bakery à Village (20 t)"),
        ("en", "Only supposed", "bread from Bakery to Village (20 t)"),
    ],
)
def test_what_is_only_supposed_is_named_on_the_first_page_with_its_figure(
    language: Language, label: str, said: str, command: str
) -> None:
    """20 t of flour are typed: 25 runs and 20 t of bread follow, which nobody typed."""
    seen = view(language, command, flour=20, milled=0, wheat=0)
    (text,) = spaced(remark.text for remark in summarise(seen).remarks if remark.label == label)
    assert said in text and "baking (Bakery) (25 " in text and text.startswith("2 ")
    table = rows(unmeasured(seen), "value", "figure")
    assert len(table) == 2 and table["baking (Bakery)"] == pytest.approx(25)
    assert command == "solve" or any(said in line for line in spaced(summary_lines(seen.result, language)))


def test_a_need_of_which_nobody_typed_what_was_served_is_not_said_to_grow() -> None:
    """40 t are asked for; only where this year's 20 t, or a 0, are known is that more than this year."""
    assert demand_line(view(milled=0)) is None
    said = demand_line(view(flour=20, milled=0))
    assert said is not None and "20" in said and "40" in said


def test_receipts_rest_on_a_need_that_grows_only_where_it_is_paid_for() -> None:
    source = BREAD.format(milled=0, wheat="", flour=20)
    given = source.replace("| Bakery | Village | bread | | 3000 |", "| Bakery | Village | bread | | 0 |")
    paid, free = (demand_line(View(solve_chain(chain(one)), "fr")) or "" for one in (source, given))
    assert "besoin saisi : 40" in free.replace("\u202f", " ") and "recettes" not in free
    assert paid.endswith("Les recettes du plan en dépendent.")


def test_actors_of_the_territory_that_lose_an_outside_customer_come_first() -> None:
    """The bakery sells 12 t to the trader at 2,900; of the 48 t that 60 t of wheat make, the village's 40 leave it 8."""
    source = BREAD.format(milled="", wheat="", flour=20)
    source = source.replace("| Bakery | Village |", "| Bakery | Trader | bread | 12 | 2900 |\n    | Bakery | Village |")
    (said,) = spaced([outlets_line(View(solve_chain(chain(source)), "fr")) or ""])
    assert said.startswith(
        "des acteurs du territoire vendent moins au-dehors que cette année : Bakery −11 600 € sur 34 800 € (bread à Trader) ; "
        "vendent moins dans la filière que cette année : "
    )
    assert "Trader −12 400 € sur 12 400 €" in said


def test_who_pays_to_have_something_taken_away_loses_no_outlet() -> None:
    """The mill gives its flour away and pays for its bran to be taken, of which the plan makes more."""
    source = BREAD.format(milled=10, wheat=12.5, flour=10).replace("| Mill | Bakery | flour | | 600 |",
                                                                   "| Mill | Bakery | flour | | 0 |")  # fmt: skip
    source = source.replace("| bread | t | 3000 |", "| bread | t | 3000 |\n    | bran | t | 5 |")
    source = source.replace("| milling | flour | | 1 |", "| milling | flour | | 1 |\n    | milling | bran | | 0.2 |")
    source = source.replace("| Bakery | Village |", "| Mill | Trader | bran | 2 | -5 |\n    | Bakery | Village |")
    seen = View(solve_chain(chain(source)), "en")
    taken = rows(relations(seen), "quantity", "from", "product")["Mill bran"]
    assert float(str(taken)) > 3, "2 t were taken this year"
    assert outlets_line(seen) is None
