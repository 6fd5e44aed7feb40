"""What a decision says: what is new and what only changes hands, what an enlargement runs, one unit for one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.analysis.today.action import Action, Refused
from filiere.analysis.today.actions import Actions
from filiere.analysis.today.decisions import Decision
from filiere.indicators import measure
from filiere.report.explain.objectives import objective_amount
from filiere.report.result.actions import along, decided, figures
from filiere.report.result.summary.dearer import dearer_line
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.tables.plan.actions import actions
from filiere.report.result.tables.plan.deciders import deciders
from filiere.report.result.tables.plan.traces import traces
from filiere.report.result.without import effect, without
from filiere.report.view import View
from filiere.result import Result
from filiere.schema import words as w
from tests import hand


def plain(text: str | None) -> str:
    return (text or "").replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture(scope="module")
def result() -> Result:
    """The council grants the bakery 900 instead of 0; the school must have its bread, by a rule too."""
    chain = hand.chain(
        actors=[hand.actor(n) for n in ("Bakery", "Lender (library)", "School", "Theatre", "Hall", "Inn")]
        + [hand.actor("Council", "local", "public")],
        products=[hand.product("bread", 100.0), hand.product("seat", 5.0, unit="place"),
                  hand.product("set", 900.0, unit="décor"), hand.product("loan", 10.0, "service", unit="prêt")],
        links=[hand.link("Bakery", "School", "bread", 100.0)],
        processes=[
            hand.process("baking", "Bakery", {}, {"bread": 20.0}, status=w.ProcessStatus.SCALABLE, capacity=4.5),
            hand.process("lending", "Lender (library)", {}, {"loan": 0.5}),
        ],
        needs=[hand.need("School", "bread", 130.0, "must")],
        limits=[hand.limit("half from here", w.LimitMeasure.VALUE, ">=", 0.5, buyers=frozenset({"School"}))],
        funding=[hand.funding("Council", "Bakery", 900.0)],
    )  # fmt: skip
    plan = hand.plan(chain, flows={0: 130.0}, levels={("baking", "Bakery"): 6.5}, served={0: 130.0}, grants={0: 900.0},
                     expanded={("baking", "Bakery"): 2.0})  # fmt: skip
    before = hand.plan(chain, flows={0: 80.0}, levels={("baking", "Bakery"): 4.0}, served={0: 80.0})
    return Result(chain, hand.solution(plan), measure(chain, plan), hand.solution(before), measure(chain, before))


ENLARGED = Action("enlarge", ("baking", "Bakery"), 4.5, 6.5, 4000.0, runs=(4.0, 6.5))


def test_an_enlargement_says_what_runs_beside_what_there_is_room_for(result: Result) -> None:
    assert plain(decided(View(result, "fr"), Decision((ENLARGED,)))) == (
        "Agrandir l'activité baking (Bakery) : capacité de 90 t à 130 t, dont 80 t utilisés cette année et 130 t dans le "
        "plan."
    )
    assert plain(decided(View(result, "en"), Decision((ENLARGED,)))) == (
        "Enlarge the activity baking (Bakery): capacity from 90 t to 130 t, of which 80 t used today and 130 t in the plan."
    )


def test_columns_are_counted_as_the_sentence_is(result: Result) -> None:
    grown = Action("raise", ("lending", "Lender (library)"), 220.0, 490.0, 100.0)
    view = View(replace(result, actions=Actions((Decision((ENLARGED,)), Decision((grown,))))), "fr")
    sheet = actions(view)
    assert sheet is not None
    told = [sheet.column(key).values for key in ("today", "plan", "unit")]
    assert told == [[80.0, 110.0], [130.0, 245.0], ["t", "prêt"]]
    assert plain(str(sheet.column("done").values[1])) == (
        "Augmenter l'activité lending, Lender (library) : de 110 prêts à 245 prêts."
    )
    assert figures(view, grown) == (110.0, 245.0, "prêt")


def swap(product: str, *steps: tuple[str, float, float, float]) -> Decision:
    """One buyer, the Inn: seller, this year, plan, price."""
    return Decision(tuple(
        Action("grow" if after > before else "shrink", (seller, "Inn", product), before, after, 1.0, price)
        for seller, before, after, price in steps
    ))  # fmt: skip


def test_what_is_mostly_new_is_not_said_to_change_hands(result: Result) -> None:
    # 3 300 more from one, 1 440 less from the other.
    new = swap("seat", ("Theatre", 6900.0, 10200.0, 8.0), ("Hall", 3000.0, 1560.0, 6.0))
    assert plain(decided(View(result, "fr"), new)) == (
        "seat, pour Inn : prendre 1 860 places de plus en tout, auprès de Theatre (de 6 900 places à 10 200 places) ; "
        "1 440 places ne viennent plus de Hall (de 3 000 places à 1 560 places) ; plus cher : prix moyen de 8 €/place au "
        "lieu de 6 €/place, soit 2 880 € de plus par an pour ce qui change de fournisseur."
    )
    moved = swap("seat", ("Theatre", 0.0, 1000.0, 5.0), ("Hall", 1000.0, 0.0, 6.0))
    assert plain(decided(View(result, "en"), moved)) == (
        "seat for Inn: turn to Theatre (1,000 places) rather than to Hall (1,000 places today, none after); mean price "
        "5 €/place instead of 6 €/place."
    )


def test_a_price_is_compared_for_those_who_change_suppliers(result: Result) -> None:
    """The Inn paid 14 and pays 15 for 1,200 seats, the School 5 as before for 1,700: the mean falls, nobody pays less."""

    def seats(inn: float) -> Decision:
        rows = (("Theatre", "Inn", 0.0, 1200.0, inn), ("Hall", "Inn", 1200.0, 0.0, 14.0),
                ("Theatre", "School", 0.0, 1700.0, 5.0), ("Hall", "School", 300.0, 0.0, 5.0))  # fmt: skip
        return Decision(tuple(
            Action("grow" if after > before else "shrink", (seller, buyer, "seat"), before, after, 1.0, price)
            for seller, buyer, before, after, price in rows
        ))  # fmt: skip

    # 1,200 x 15 + 300 x 5 instead of 1,200 x 14 + 300 x 5, over the 1,500 seats that change suppliers.
    dear = seats(15.0)
    assert plain(decided(View(result, "fr"), dear)).endswith(
        "plus cher : prix moyen de 13 €/place au lieu de 12,20 €/place, soit 1 200 € de plus par an pour ce qui change de "
        "fournisseur."
    )
    assert "prix moyen" not in plain(decided(View(result, "fr"), seats(14.0)))
    view = View(replace(result, actions=Actions((dear, seats(14.0)))), "fr")
    assert plain(dearer_line(view)) == (
        "le plan suppose de payer 1 200 € de plus par an pour les mêmes biens, pris chez d'autres fournisseurs que cette "
        "année : Inn (1 200 €). C'est à eux de l'accepter."
    )
    assert "Plus cher à l'achat" in {one.label for one in remarks(view)}
    assert plain(dearer_line(View(view.result, "en"))).startswith(
        "the plan supposes that 1,200 € a year more is paid for the same goods, taken from other suppliers than today, by "
        "Inn (1,200 €)"
    )
    assert dearer_line(View(replace(result, actions=Actions((seats(14.0),))), "fr")) is None
    free = swap("seat", ("Theatre", 0.0, 1000.0, 5.0), ("Hall", 1000.0, 0.0, 0.0))  # a gift is no price to compare with
    assert dearer_line(View(replace(result, actions=Actions((free,))), "fr")) is None
    assert "prix moyen" not in plain(decided(View(result, "fr"), free))


def test_an_activity_counted_by_what_it_takes_in_says_what_it_makes() -> None:
    chain = hand.chain(
        actors=[hand.actor("Dairy")], products=[hand.product("milk", 0.5), hand.product("cheese", 11.0)],
        processes=[hand.process("making", "Dairy", {"milk": 1.0}, {"cheese": 0.1}),
                   hand.process("milking", "Dairy", {}, {"milk": 1.0})],
    )  # fmt: skip
    plan = hand.plan(chain)
    view = Result(chain, hand.solution(plan), measure(chain, plan))
    made = Decision((Action("raise", ("making", "Dairy"), 300.0, 470.0, 1.0),))
    assert plain(decided(View(view, "fr"), made)) == (
        "Augmenter l'activité making (Dairy) : de 300 t à 470 t (cheese : de 30 t à 47 t)."
    )
    assert plain(decided(View(view, "en"), made)) == (
        "Raise the activity making (Dairy): from 300 t to 470 t (cheese: from 30 t to 47 t)."
    )
    milk = Decision((Action("raise", ("milking", "Dairy"), 300.0, 470.0, 1.0),))
    assert plain(decided(View(view, "en"), milk)) == "Raise the activity milking (Dairy): from 300 t to 470 t."


def test_what_is_left_of_things_is_never_said_to_be_none(result: Result) -> None:
    kept = swap("set", ("Theatre", 0.0, 1.7, 900.0), ("Hall", 2.0, 0.3, 900.0))
    said = plain(decided(View(result, "fr"), kept))
    assert "Theatre (2 décors, 1,7 en moyenne)" in said  # 1.7 sets are paid 1,530, not 1,800: the number paid is told
    assert "Hall (de 2 décors à moins de 1 décor, 0,30 en moyenne)" in said and "plus rien ensuite" not in said
    assert "en moyenne" not in plain(decided(View(result, "fr"), swap("set", ("Theatre", 0.0, 3.98, 9.0),
                                                                      ("Hall", 4.0, 0.0, 9.0))))  # fmt: skip


def test_names_stand_behind_the_prepositions_that_they_want(result: Result) -> None:
    new = swap("seat", ("Théâtre", 100.0, 500.0, 5.0), ("Le Préau", 60.0, 0.0, 5.0), ("Artistes", 40.0, 0.0, 5.0))
    assert "100 places ne viennent plus du Préau (60 places cette année, plus rien ensuite) et d'Artistes (" in plain(
        decided(View(result, "fr"), new)
    )
    fewer = swap("set", ("Le Préau", 0.0, 2.0, 9.0), ("Les Halles", 6.6, 0.0, 9.0))
    said = plain(decided(View(result, "fr"), fewer))
    assert "s'adresser au Préau (2 décors) plutôt qu'aux Halles (" in said
    assert said.endswith(" ; 5 décors (4,6 en moyenne) de moins en tout.")


def test_all_that_goes_along_is_told_and_the_grant_that_it_rests_on(result: Result) -> None:
    buyers = ("School", "Theatre", "Hall", "Inn")
    loaves = tuple(Action("grow", ("Bakery", b, "bread"), 1.0, 3.0 + i, 100.0 - i) for i, b in enumerate(buyers))
    decision = Decision((ENLARGED,), loaves)
    view = View(replace(result, actions=Actions((decision,))), "fr")
    words = (
        "Bakery → School, bread (de 1 t à 3 t), Bakery → Theatre, bread (de 1 t à 4 t) et 2 autres livraisons (de 2 t à "
        "11 t)"
    )
    assert plain(along(view, decision)) == words
    sheet = actions(view)
    assert sheet is not None
    assert (
        plain(str(sheet.column("along").values[0]))
        == "aide Council → Bakery, 900 € (cette année : pas saisi) ; " + words
    )


def test_what_is_obligatory_is_named_where_nothing_works_without_a_decision(result: Result) -> None:
    sold = Action("grow", ("Bakery", "School", "bread"), 80.0, 130.0, 1.0)
    assert plain(without(View(result, "fr"), Decision((sold,), refused=Refused("impossible")))) == (
        "On ne peut pas y renoncer en entier : aucun plan ne tiendrait dans les capacités et les limites saisies tout en "
        "respectant ce qui est obligatoire (« half from here » et bread (School)). Son ampleur reste à discuter."
    )


def test_each_actor_finds_the_numbers_of_its_decisions(result: Result) -> None:
    sold = Action("grow", ("Bakery", "School", "bread"), 80.0, 130.0, 1.0)
    found = Actions((Decision((sold,)), Decision((ENLARGED,), (sold,))))
    sheet = deciders(View(replace(result, actions=found), "fr"))
    assert sheet is not None
    rows = zip(*(sheet.column(key).values for key in ("actor", "own", "along")), strict=True)
    assert list(rows) == [("Bakery", "1, 2", None), ("School", "1", "2")]
    assert deciders(View(replace(result, actions=None), "fr")) is None


def test_small_changes_that_begin_or_end_are_named_for_those_whom_they_concern(result: Result) -> None:
    steps = (Action("grow", ("Bakery", "Hall", "bread"), 1.0, 1.5, 50.0),
             Action("create", ("Bakery", "School", "bread"), 0.0, 0.2, 20.0),
             Action("end", ("Bakery", "Inn", "bread"), 0.1, 0.0, 10.0))  # fmt: skip
    said = plain(traces(View(result, "fr"), steps))
    assert said == (
        "Un petit écart de moins de 1 % du flux de son produit, ou d'une demi-unité, soit 50 € au prix de référence : Bakery "
        "→ Hall, bread (de 1 t à 1,5 t, 50 €). À régler au fil de l'année. 2 changements, soit 30 € en tout, sont petits "
        "pour la filière et non pour ceux qu'ils concernent, à convenir avec eux (échanges qui commencent ou s'arrêtent, ou "
        "achats au-dehors en plus) : Bakery → School, bread (0,20 t) ; Bakery → Inn, bread (0,10 t cette année, plus rien "
        "ensuite)."
    )
    assert plain(traces(View(result, "fr"), steps[1:2])).startswith(
        "Un changement, soit 20 €, est petit pour la filière "
    )
    assert "filière" not in traces(View(result, "fr"), steps[:1])


def test_much_more_bought_outside_is_no_small_change() -> None:
    """Of a cost of 500,000, 1 % is 5,000: 3,000 is the least that is told, at the price paid."""
    chain = hand.chain(
        actors=[hand.actor("Hall"), hand.actor("Inn"), hand.actor("Abroad", "external")],
        products=[hand.product("show", 1600.0)],
        links=[hand.link("Abroad", "Hall", "show", 1900.0), hand.link("Inn", "Hall", "show", 1900.0)],
    )  # fmt: skip
    plan = hand.plan(chain, flows={0: 500000.0 / 1900.0})
    view = View(Result(chain, hand.solution(plan), measure(chain, plan)), "fr")

    def grown(seller: str, before: float, after: float) -> str:
        return plain(traces(view, (Action("grow", (seller, "Hall", "show"), before, after, 1.0, 1900.0),)))

    assert "petit pour la filière" in grown("Abroad", 6.0, 7.6)  # 3,040
    assert "petit pour la filière" not in grown("Abroad", 6.0, 7.5)  # 2,850
    assert "petit pour la filière" not in grown("Inn", 6.0, 7.6)
    assert "petit pour la filière" not in plain(
        traces(view, (Action("shrink", ("Abroad", "Hall", "show"), 7.6, 6.0, 1.0, 1900.0),))
    )


def test_of_many_products_that_go_along_the_first_are_told_and_the_others_named(result: Result) -> None:
    goods = ("bread", "seat", "set", "loan")
    moves = tuple(Action(kind, ("Bakery", "School", good), 1.0, 2.0 if kind == "grow" else 0.5, 100.0 - i)
                  for i, (good, kind) in enumerate((g, k) for g in goods for k in ("grow", "shrink")))  # fmt: skip
    words = plain(along(View(result, "fr"), Decision((ENLARGED,), moves)))
    assert words.count("Bakery → School") == 4 and words.startswith("Bakery → School, bread (de 1 t à 2 t)")
    assert words.endswith("ainsi que set et loan : voir le tableau « Échanges »")


@pytest.mark.parametrize(("change", "words"), [(0.0196, "2,0 points"), (0.0194, "1,9 point"), (0.0096, "0,96 point")])
def test_what_is_written_as_two_takes_the_plural(result: Result, change: float, words: str) -> None:
    view = View(result, "fr")
    assert plain(effect(view, "circularity", -change)) == f"le taux d'utilisation circulaire baisserait de {words}"
    assert plain(view.in_unit(100 * change, "place")) == words.replace("point", "place")


@pytest.mark.parametrize(("importance", "said"), [(1.0, "30 €"), (2.0, "30 € (pondérés par l'importance)")])
def test_what_is_weighed_by_importance_is_said_to_be(importance: float, said: str) -> None:
    """15 € of bread that count twice are 30 of the objective, and no 30 € of bread."""
    chain = hand.chain(
        [hand.actor("Bakery"), hand.actor("School")], [hand.product("bread", 5.0)],
        needs=(hand.need("School", "bread", 3.0, importance=importance), hand.need("Bakery", "bread", 1.0, "outlet")),
    )  # fmt: skip
    view = View(Result(chain, hand.solution(hand.plan(chain))), "fr")
    assert plain(effect(view, "unmet", 30.0)) == f"{said} de plus de ce qui est demandé ne seraient pas couverts"
    assert plain(objective_amount(chain, "unmet", 30.0, "fr")) == said
    assert plain(objective_amount(chain, "cost", 30.0, "fr")) == "30 €"
