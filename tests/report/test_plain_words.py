"""What is said at a meeting: no switches of a command, no table that is not there, no lever that was not tried."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from filiere.analysis.explain.levers import Explanation, Lever
from filiere.analysis.explain.unused import WhyNot
from filiere.analysis.weighing.doubts import Doubts
from filiere.chain.chain import Objective
from filiere.indicators import measure
from filiere.language import LANGUAGES, Label, Language, between, to_name
from filiere.model.facts import EQUATION_FACTS
from filiere.report.excel.book import Book
from filiere.report.explain.objectives import moved, objective_amount
from filiere.report.explain.told import first_lever, told_levers
from filiere.report.explain.words import lever_line, why_not_line
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.summary.summary import summarise
from filiere.report.result.tables.manifest import CHECKS, manifest
from filiere.report.result.tables.order import all_sheets
from filiere.report.result.tables.plan.needs import groups
from filiere.report.result.workbook import results_workbook
from filiere.report.sheet import Show
from filiere.report.view import View
from filiere.result import Result
from filiere.schema import words as w
from filiere.schema.objectives import CLOSING, OBJECTIVES, facts_of
from filiere.solution.certify.certify import certify
from tests import hand
from tests.report import example
from tests.report.reading import read
from tests.report.test_workbook import worked_result


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_that_is_named_is_there(language: Language) -> None:
    named = {"fr": r"[Vv]oir (le tableau )?«\s(.+?)\s»", "en": r"[Ss]ee (the table )?“(.+?)”"}[language]
    for result in (example.result(), worked_result(), doubtful()):
        view = View(result, language)
        titles = {sheet.title for sheet in all_sheets(view) if sheet.height} | {manifest(view).title}
        texts = [one.text for one in remarks(view)] + [h.sentence for h in summarise(view).headlines]
        found = [name for text in texts for _, name in re.findall(named, text)]
        assert set(found) <= titles
        pointers = re.findall(r"\b[Vv]oir\b" if language == "fr" else r"\b[Ss]ee\b", " ".join(texts))
        assert len(pointers) == len(found), "a pointer that names no table"


def doubtful() -> Result:
    """A plan beside more figures of this year that were moved than are told one by one."""
    result = worked_result()
    found = example.result().doubts
    return replace(result, doubts=Doubts(result.chain, (), ())) if found is None else replace(result, doubts=found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_switch_of_a_command_stands_in_a_document(language: Language) -> None:
    for result in (example.result(), worked_result()):
        texts = read(results_workbook(result, language, full=True)).texts()
        assert not [text for text in texts if re.search(r"(^|[ (“«])--[a-z]", text)]


def test_every_check_has_words_in_both_languages() -> None:
    result = example.result()
    assert result.today is not None
    today = hand.solution(result.today)
    names = {check.name for check in certify(result.chain, result.solution).checks}
    names |= {check.name for check in certify(result.today_chain, today, observed=True).checks}
    assert names and names <= set(CHECKS)
    assert len({fr for _, fr in CHECKS.values()}) == len(CHECKS) and all(en and fr for en, fr in CHECKS.values())


def test_a_step_that_only_settles_ties_has_a_name_of_its_own() -> None:
    names = {facts.heading.fr.casefold() for facts in OBJECTIVES.values()}
    assert not names & {label.fr.casefold() for label in CLOSING.values()}


CHAIN = hand.chain(
    actors=[hand.actor("Dairy"), hand.actor("School")],
    products=[hand.product("cheese", 10.0), hand.product("seat", 5.0, unit="place")],
    processes=[hand.process("Élevage", "Dairy", {}, {"cheese": 1.0})],
    needs=[hand.need("School", "seat", 3600.0)],
    objectives=[
        Objective(rank, kind, None, facts_of(kind).direction, 1.0, 0.0, 0.0)
        for rank, kind in ((1, w.Objective.DEPENDENCY), (1, w.Objective.COST), (2, w.Objective.CIRCULARITY))
    ],
)


def lever(objective: str, per_unit: float, until: float | None, step: float, **verified: float) -> Lever:
    return Lever(
        cell=None, row="capacity_limit", subject=("Élevage", "Dairy"), value=100.0, direction=1, rank=1,
        objective=objective, per_unit=per_unit, until=until, step=step, verified=verified,
    )  # fmt: skip


def test_only_levers_that_were_tried_and_helped_are_told() -> None:
    helped = lever("cost", -5.0, 200.0, 10.0, cost=-50.0)
    untried = lever("cost", -5.0, 200.0, 0.0)
    useless = lever("cost", -5.0, 200.0, 10.0, cost=0.0)
    harmful = lever("cost", -5.0, 200.0, 10.0, cost=30.0)
    together = lever("dependency + cost", -8.0, 200.0, 10.0, dependency=-100.0, cost=20.0)
    explained = Explanation(CHAIN, hand.solution(hand.plan(CHAIN)), (untried, helped, useless, harmful, together))
    assert told_levers(explained) == (helped, together)


def test_the_first_lever_beside_a_plan_is_none_that_makes_it_more_dependent() -> None:
    cheaper = lever("dependency + cost", -8.0, 200.0, 10.0, dependency=25.0, cost=-125.0)
    freer = lever("dependency + cost", -5.0, 200.0, 10.0, dependency=-40.0, cost=-10.0)
    explained = Explanation(CHAIN, hand.solution(hand.plan(CHAIN)), (cheaper, freer))
    assert told_levers(explained) == (cheaper, freer) and first_lever(explained) is freer
    assert first_lever(Explanation(CHAIN, hand.solution(hand.plan(CHAIN)), (cheaper,))) is None


def test_an_effect_that_cannot_be_true_of_one_unit_is_told_as_it_was_tried() -> None:
    # 19 times the whole for one unit, of which there is room for a hundredth
    share = lever("circularity", 19.478, 100.01, 0.01, circularity=0.19)
    assert plain(lever_line(CHAIN, share, "fr")) == (
        "+0,01 t pour la capacité d'Élevage, Dairy : cela augmenterait le taux d'utilisation circulaire de 19 points "
        "(recalculé)."
    )
    # more was found than one unit had promised
    beyond = lever("cost", -5.0, 200.0, 10.0, cost=-500.0)
    assert "par unité" not in lever_line(CHAIN, beyond, "fr")
    even = lever("cost", -5.0, 200.0, 10.0, cost=-50.0)
    assert plain(lever_line(CHAIN, even, "en")).startswith(
        "+1 t for the capacity of Élevage, Dairy: it would cut the net cost by 5 € per unit, up to 200 t."
    )


def test_what_reads_as_nothing_is_no_effect() -> None:
    tiny = lever("circularity", 3e-8, 30039.0, 3000.0, circularity=9e-4, cost=-0.0004)
    assert plain(lever_line(CHAIN, tiny, "fr")) == (
        "+3 000 t pour la capacité d'Élevage, Dairy : cela augmenterait le taux d'utilisation circulaire de 0,09 point "
        "(recalculé)."
    )


def test_what_moves_by_less_than_is_seen_moves_a_little() -> None:
    assert moved(CHAIN, "rules", 3e-6, "fr") == "augmenterait un peu ce qui manque aux règles souhaitées"
    assert moved(CHAIN, "rules", -3e-6, "en") == "cut what wished rules miss a little"
    assert moved(CHAIN, "dependency + cost", 1e-5, "fr").startswith("dégraderait un peu le total pondéré de")
    assert plain(moved(CHAIN, "cost", 0.002, "fr")) == "augmenterait le coût net de 0,002 €"


def test_rules_missed_are_counted_as_things_are() -> None:
    assert plain(objective_amount(CHAIN, "rules", 12.5, "fr")) == "12,5 règles manquées"
    assert plain(objective_amount(CHAIN, "rules", 0.85, "fr")) == "0,85 règle manquée"


def test_a_step_of_a_share_is_told_in_points() -> None:
    step = replace(lever("cost", -200.0, 0.66, 0.06, cost=-12.0), row="choice_most", subject=("Élevage", "Dairy"))
    assert plain(lever_line(CHAIN, step, "fr")) == (
        "+1 point pour la part maximale dans le choix : Élevage, Dairy : cela réduirait le coût net de 2 € par point, "
        "jusqu'à 66,0 %. Vérifié en recalculant avec +6 points : cela réduirait le coût net de 12 €."
    )


@pytest.mark.parametrize(
    ("kind", "column", "now", "cost", "said"),
    [
        ("link", "price", 255.0, 3.5, "le prix passe de 255 € à 258,50 €"),
        ("link", "price", 255.0, 3.501, "le prix passe de 255 € à 258,51 €"),
        ("activity", "unit_cost", 105.0, -2.3, "le coût unitaire passe de 105 € à 102,70 €"),
        ("activity", "unit_cost", 105.0, -2.304, "le coût unitaire passe de 105 € à 102,69 €"),
        ("link", "price", 0.35, 0.0181, "le prix passe de 0,35 € à 0,3681 €"),
        ("project", "investment", 25333.33, -1400.5, "le coût annuel passe de 25 333 € à 23 932 €"),
    ],
)
def test_a_price_that_would_have_to_move_is_never_told_short_of_it(
    kind: str, column: str, now: float, cost: float, said: str
) -> None:
    subject = ("Élevage", "Dairy")
    why = WhyNot(None, kind, subject, "cost", abs(cost), column, now, now + cost)
    assert said in plain(why_not_line(CHAIN, why, "fr"))


def test_several_objectives_are_told_one_by_one_never_as_a_weighted_sum() -> None:
    together = lever("dependency + cost", -642.0, 475.2, 47.0, dependency=-30000.0, cost=4000.0)
    assert plain(lever_line(CHAIN, together, "fr")) == (
        "+47 t pour la capacité d'Élevage, Dairy : cela réduirait la dépendance à l'extérieur de 30 000 € et "
        "augmenterait le coût net de 4 000 € (recalculé)."
    )


def test_things_are_whole_up_to_where_a_lever_holds() -> None:
    less = replace(lever("cost", -21.0, 291.3, -360.0, cost=-7560.0), row="need_served", subject=("School", "seat"),
                   value=3600.0, direction=-1)  # fmt: skip
    assert "en descendant jusqu'à 292 places" in plain(lever_line(CHAIN, less, "fr"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("Élevage", "d'Élevage"), ("Hôpital", "d'Hôpital"), ("Artistes", "d'Artistes"), ("Mouture", "de Mouture"),
     ("Hautes-Combes", "de Hautes-Combes"), ("Œufs", "d'Œufs"), ("Le Préau, salle", "du Préau, salle"),
     ("Les Halles", "des Halles"), ("La Remise", "de La Remise"), ("L'Atelier", "de L'Atelier"), ("Lemaire", "de Lemaire")],
)  # fmt: skip
def test_de_is_elided_before_a_vowel_or_a_mute_h(name: str, said: str) -> None:
    noun = EQUATION_FACTS["capacity_limit"].noun
    assert noun is not None
    assert noun.fill(subject=name) == Label(f"the capacity of {name}", f"la capacité {said}")
    assert Label("a {x}", "le {x}").fill(x=name) == Label(f"a {name}", f"le {name}")


def test_from_one_name_to_another_is_written_as_french_wants_it() -> None:
    assert between("Imprimerie", "Le Préau") == Label("from Imprimerie to Le Préau", "d'Imprimerie au Préau")
    assert between("Les Halles", "La Remise").fr == "des Halles à La Remise"
    assert to_name("Les Halles") == "aux Halles" and to_name("Hôpital") == "à Hôpital"
    two = Label("From {a} to {b}.", "De {a} à {b} : {n}.")
    assert two.fill(a="Artistes {x}", b="Le Préau", n="5").fr == "D'Artistes {x} au Préau : 5."
    assert two.fill(a="5", b="8", n="5").fr == "De 5 à 8 : 5."


def test_groups_that_overlap_are_followed_by_all_counted_once() -> None:
    chain = hand.chain(
        actors=[hand.actor("Town", groups=("people", "valley")), hand.actor("Camp", groups=("valley",))],
        products=[hand.product("bread", 10.0)],
        needs=[hand.need("Town", "bread", 6.0), hand.need("Camp", "bread", 4.0)],
    )  # fmt: skip
    plan = hand.plan(chain, served={0: 6.0, 1: 2.0}, unmet={1: 2.0})
    sheet = groups(View(Result(chain, hand.solution(plan), measure(chain, plan)), "fr"))
    assert sheet is not None
    last = {column.key: column.values[-1] for column in sheet.columns}
    assert "ne s'additionnent pas" in str(last["group"])
    assert (last["wanted"], last["served"], last["served_share"]) == (100.0, 80.0, pytest.approx(0.8))
    apart = replace(chain, actors={name: replace(a, groups=a.groups[:1]) for name, a in chain.actors.items()})
    plain_sheet = groups(View(Result(apart, hand.solution(plan), measure(apart, plan)), "fr"))
    assert plain_sheet is not None and "ne s'additionnent pas" not in str(plain_sheet.column("group").values[-1])


def test_a_gap_that_is_smaller_than_shares_are_shown_to_is_no_dash_and_no_figure() -> None:
    book = Book.__new__(Book)
    assert book.number_format(Show.POINTS, 0.046) == '"≈ 0"'  # 100.0 % beside 100.0 % is no +0.05
    assert book.number_format(Show.POINTS, 0.06) == '+0.0" pts";-0.0" pts"'
    assert book.number_format(Show.POINTS, 0.001) == '"–"'


@pytest.mark.parametrize(("show", "share", "en", "fr"), [
    (Show.PERCENT, 0.0, "0%", "0\\ %"), (Show.PERCENT, 1e-12, "0%", "0\\ %"), (Show.PERCENT, 0.314, "0.0%", "0.0\\ %"),
    (Show.PERCENT, 1.0, "0.0%", "0.0\\ %"),
    (Show.PERCENT, 0.9998, "0.00%", "0.00\\ %"), (Show.PERCENT, 0.0002, "0.00%", "0.00\\ %"),
    (Show.USE, 0.996, "0.0%", "0.0\\ %"), (Show.USE, 0.5, "0%", "0\\ %"),
    (Show.PERCENT_CHANGE, 1e-9, '"–"', '"–"'),
    (Show.PERCENT_CHANGE, -0.9998, '+0.00%;-0.00%;"–"', '+0.00\\ %;-0.00\\ %;"–"'),
])  # fmt: skip
def test_a_cell_keeps_its_share_apart_from_nothing_and_from_all(show: Show, share: float, en: str, fr: str) -> None:
    book = Book.__new__(Book)
    for language, code in zip(LANGUAGES, (fr, en), strict=True):
        book.language = language
        assert book.number_format(show, share) == code


def test_what_a_lever_moves_is_money_as_it_is_written_everywhere() -> None:
    """« 196,2 € » and « 2,033 € » stood beside « 21 512 € »; less than a euro keeps the digits that tell it."""
    chain = worked_result().chain
    amounts = [plain(objective_amount(chain, "cost", value, "fr")) for value in (196.2, 2.033, 2.0, 21_512.4, 0.769)]
    assert amounts == ["196 €", "2,03 €", "2 €", "21 512 €", "0,769 €"]


def test_no_chart_by_group_where_nobody_is_in_one() -> None:
    """One bar « (sans groupe) » repeated the headline figure."""
    for result, told in ((worked_result(), False), (example.result(), True)):
        assert any(actor.groups for actor in result.chain.actors.values()) is told
        assert bool(summarise(View(result, "fr")).groups) is told
