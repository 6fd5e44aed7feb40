"""What is said of a result: the right names and numbers, natural in both languages."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import numpy as np
import pytest

from filiere.analysis.explain.alternatives import Alternative
from filiere.analysis.explain.levers import Explanation
from filiere.analysis.today import today
from filiere.chain.chain import Chain
from filiere.indicators import measure
from filiere.language import Language, of_name, percent, quoted, typeset
from filiere.pipeline import solve_chain
from filiere.problems import Cell
from filiere.report.explain.words import variant_lines
from filiere.report.result.summary import sentences
from filiere.report.result.summary.contributors import Part, funders_in_part
from filiere.report.result.summary.remarks import _projects, remarks
from filiere.report.result.tables.plan.objectives import name_of, objectives
from filiere.report.result.tables.plan.projects import Project
from filiere.report.result.text import conflict_lines, summary_lines
from filiere.report.result.workbook import results_workbook
from filiere.report.view import View
from filiere.result import Result
from filiere.solution.accounts import Accounts
from filiere.solution.solution import Conflict, Solution, Status
from filiere.solver.programme.compile import Function
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer
from tests import hand
from tests.report import example
from tests.report.reading import read
from tests.report.test_workbook import worked_result

# Words that no French sentence has, and words that no English one has; none is a name of the examples.
_ENGLISH = (
    "the of and is are was were this that with from for which what when where each every than then them "
    "their there need needs served unmet outside inside today actor actors product flow flows level capacity "
    "cost year see none nothing share purchases sales funding dependency deficit plan's summary member "
    "activity activities relation input output warning guessed estimated measured price value unit "
    "quantity used reference optimal opened expanded scalable candidate thrown away largest smallest by in "
    "to it as be has have"
)
ENGLISH = set(_ENGLISH.split())
_FRENCH = (
    "le les des du une est sont avec pour dans sur qui que ce cette année aucun aucune dépendance achats "
    "ventes besoins couverts volume activité échanges échange acteur acteurs produit produits coût prix "
    "valeur unité quantité fournisseur client plus moins écart voir lignes ligne tous toutes jeté reçu livré "
    "règles hypothèses"
)
FRENCH = set(_FRENCH.split())


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower()))


def names_of(result: Result) -> set[str]:
    chain = result.chain
    named = [*chain.actors, *chain.products, *(name for name, _ in chain.processes), *(p.name for p in chain.periods)]
    for actor in chain.actors.values():
        named += [*actor.groups, *(cell.sheet for cell in actor.row.cells.values())]
    return set().union(*(words(name) for name in named))


def test_no_english_word_in_a_french_workbook() -> None:
    book = read(results_workbook(example.result(), "fr", full=True))
    # Titles of publications stay in the language they were published in.
    texts = [
        text
        for text in book.texts()
        if "Money Trail" not in text and "Theoretical Biology" not in text and "FAO," not in text
    ]
    found = {word: text for text in texts for word in words(text) & ENGLISH}
    assert not found


def test_no_french_word_in_an_english_workbook() -> None:
    result = worked_result()
    book = read(results_workbook(result, "en", full=True))
    found = {word: text for text in book.texts() for word in words(text) & FRENCH - names_of(result)}
    assert not found


@pytest.mark.parametrize(("language", "wrong"), [("fr", ENGLISH), ("en", FRENCH)])
def test_the_lines_of_the_terminal_keep_to_their_language(language: Language, wrong: set[str]) -> None:
    result = worked_result()
    lines = summary_lines(result, language)
    assert not words(" ".join(lines)) & (wrong - names_of(result))


def test_money_for_several_products_is_not_said_to_be_for_one() -> None:
    view = View(worked_result(), "fr")
    parts = [Part("Grossiste", "farine", 100.0), Part("Négoce", "farine", 90.0, whole=False), Part("Région", "", 8.0)]
    assert sentences.named(view, parts, 3) == (
        "Grossiste (farine, 100\u00a0€), Négoce (90\u00a0€, d'abord farine) et Région (8\u00a0€)"
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_coordinator_reads_five_to_eight_lines(language: Language) -> None:
    for result in (example.result(), example.alone(example.result()), worked_result()):
        assert 5 <= len(summary_lines(result, language)) <= 8


def test_the_verdict_says_what_is_served_what_changes_and_what_it_costs() -> None:
    verdict = summary_lines(example.result(), "fr")[1]
    assert verdict == (
        "Le plan couvre tous les besoins, ramène la dépendance amont de 40\u202f% à 8,0\u202f% et coûte "
        "109\u202f637\u00a0€ de plus par an que cette année. Des acteurs du territoire y gagnent 408\u202f406\u00a0€, "
        "d'autres y paient ou perdent 518\u202f042\u00a0€."
    )
    alone = summary_lines(worked_result(), "en")[1]
    assert alone.startswith("The plan serves 86% of the needs, depends on the outside for ")
    assert alone.endswith("net a year.")


def test_a_deficit_is_said_in_the_terminal_too() -> None:
    assert any(line.startswith("Déficits\u202f: 72\u00a0€") for line in summary_lines(worked_result(), "fr"))


def test_what_is_not_quite_all_is_never_all_nor_what_is_little_nothing() -> None:
    view = View(worked_result(), "fr")
    assert view.percent(0.9996) == "99,96\u202f%"
    assert view.percent(0.9998, 1) == "99,98\u202f%"
    assert view.percent(1.0) == "100\u202f%"
    assert view.percent(0.314) == "31\u202f%"
    assert view.percent(0.0214) == "2,1\u202f%"
    assert view.percent(0.0002, 1) == "0,02\u202f%"
    assert view.percent(-0.9998, 1) == "−99,98\u202f%"


@pytest.mark.parametrize(("share", "written"), [
    (0.0, "0%"), (1e-7, "0%"), (-1e-7, "0%"), (2e-6, "0.0002%"), (0.0005, "0.05%"), (0.0006, "0.1%"), (0.314, "31.4%"),
    (0.9994, "99.9%"), (0.9995, "99.95%"), (0.999_998, "99.9998%"), (1 - 1e-7, "100.0%"), (1.0, "100.0%"),
    (1.0002, "100.02%"), (1.25, "125.0%"),
])  # fmt: skip
def test_a_share_is_written_with_as_many_decimals_as_tell_it_from_nothing_and_from_all(
    share: float, written: str
) -> None:
    assert percent(share, "en") == written
    assert float(written[:-1]) == pytest.approx(100 * share, abs=0.05)


def test_of_every_hundred_less_than_all_is_not_a_hundred() -> None:
    view = View(worked_result(), "fr")
    assert " 99,98\u00a0€ dépendent " in sentences.upstream(view, 0.9998)
    assert " 0,004\u00a0€ dépend " in sentences.upstream(view, 0.00004)
    assert " 33,3\u00a0€ dépendent " in sentences.upstream(view, 1 / 3)


def test_the_net_cost_is_the_sum_of_its_parts() -> None:
    said = sentences.cost(View(worked_result(), "en"))
    # 1 500 bought outside; 7 378 of own costs and transport; 780 sold outside; 25 920 from final users
    assert said == (
        "The territory as a whole earns 17,822\u00a0€ net a year: 1,500\u00a0€ of outside purchases and 7,378\u00a0€ "
        "of own costs and transport, less 780\u00a0€ of outside sales and 25,920\u00a0€ paid by users who are no actors "
        "of the workbook."
    )


def test_what_rounding_leaves_is_no_money_with_cents() -> None:
    view = View(worked_result(), "fr")
    assert [view.money(value) for value in (1e-9, -1e-9, 0.0, 2.004, 2.5)] == [
        "0\u00a0€", "0\u00a0€", "0\u00a0€", "2\u00a0€", "2,50\u00a0€",
    ]  # fmt: skip


def test_one_euro_depends_and_two_depend() -> None:
    view = View(worked_result(), "fr")
    assert "0,50\u00a0€ dépend de" in sentences.upstream(view, 0.005)
    assert "31\u00a0€ dépendent de" in sentences.upstream(view, 0.31)


def test_nothing_bought_or_sold_is_said_plainly() -> None:
    chain = hand.chain([hand.actor("A")], [hand.product("x")])
    plan = hand.plan(chain)
    view = View(Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan)), "fr")
    assert sentences.upstream(view, None).startswith("Rien n'est utilisé")
    assert sentences.downstream(view, 0.0) == "Rien n'est vendu à l'extérieur."
    assert sentences.circularity(view, None) == "Aucun coproduit ni objet réemployé n'est utilisé."
    assert sentences.jobs(view, 0.0) == "Aucune activité n'indique d'emplois."


def test_what_counts_for_nothing_is_said_to_count_for_nothing() -> None:
    """10 t of scrap come in and are sorted, 3 t of chips serve here: 3 − 10 is told as 0, and so are sales of chips."""
    chain = hand.chain(
        [hand.actor("Shop"), hand.actor("Dealer", "external")],
        [hand.product("scrap", 5.0, "secondary"), hand.product("chips", 3.0, "secondary"), hand.product("pen", 9.0)],
        [hand.link("Dealer", "Shop", "scrap", 5.0), hand.link("Shop", "Dealer", "chips", 3.0)],
        [
            hand.process("sorting", "Shop", {"scrap": 1.0}, {"chips": 0.6}),
            hand.process("work", "Shop", {"chips": 1.0}, {"pen": 1.0}),
        ],
    )
    levels = {("sorting", "Shop"): 10.0, ("work", "Shop"): 3.0}
    plan = hand.plan(chain, flows={0: 10.0, 1: 3.0}, levels=levels)
    view = View(Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan)), "fr")
    assert measure(chain, plan).chain["circular_use_rate_mass"] == 0.0
    assert sentences.circularity(view, 0.0) == typeset(
        "Il ne se réutilise pas plus ici qu'il n'arrive de coproduits et de réemploi de l'extérieur, qui en sont déduits. "
        "Utilisés ici : chips (3\u00a0t) ; venus de l'extérieur : scrap (10\u00a0t).",
        "fr",
    )
    assert sentences.downstream(view, 0.0) == typeset(
        "Seuls des coproduits et du réemploi sont vendus à l'extérieur, et ils ne comptent pas ici ; les plus gros "
        "clients : Dealer (chips, 9\u00a0€).",
        "fr",
    )


def test_de_is_cut_short_before_a_name_between_quotation_marks_too() -> None:
    names = ("Engrais azoté", "Heures", "Mouture", "Le Préau")
    said = [of_name(quoted(name, "fr")).replace("\u00a0", " ") for name in names]
    assert said == ["d'« Engrais azoté »", "d'« Heures »", "de « Mouture »", "de « Le Préau »"]


def test_french_high_punctuation_is_set_with_a_narrow_space() -> None:
    assert typeset("a : b ; c ! 10 % « d »", "fr") == "a\u202f: b\u202f; c\u202f! 10\u202f% « d\u202f»"


def test_an_infeasible_chain_names_cells_and_amounts() -> None:
    chain = hand.chain(
        [hand.actor("Cantine")], [hand.product("repas", unit="repas")], shares={"été": 0.5, "hiver": 0.5}
    )
    clash = (
        Conflict(Cell("Besoins", 4, 2), "need_served", ("Cantine", "repas", "hiver"), 12.5),
        Conflict(Cell("Besoins", 4, 2), "need_served", ("Cantine", "repas", "été"), 3.0),
        Conflict(Cell("Activités", 9, 3), "capacity_limit", ("cuisine", "Cantine", "hiver"), 0.0),
    )
    told = conflict_lines(chain, Solution(Status.INFEASIBLE, conflict=clash), "fr")
    assert len(told) == 3  # one cell is named once, with the most that it must give way
    assert told[1] == (
        "  Besoins!C4\u202f: ce besoin est obligatoire\u202f: Cantine, repas, hiver\u202f; il demande trop (il faudrait "
        "céder au moins 12,5\u00a0repas)."
    )
    assert told[2] == "  Activités!D9\u202f: la capacité est trop faible pour cuisine, Cantine, hiver."
    assert told[0].endswith("il suffit d'en changer un\u202f:")
    alone = conflict_lines(chain, Solution(Status.INFEASIBLE, conflict=clash[:2]), "fr")
    assert len(alone) == 2 and alone[0].endswith("Ce chiffre demande ce que rien ne permet\u202f:")
    told = conflict_lines(chain, Solution(Status.INFEASIBLE, conflict=clash), "en")
    assert told[1].startswith(
        "  Besoins!C4: this need must be served: Cantine, repas, hiver; too much is asked (by 12.5"
    )


def test_an_unbounded_chain_names_the_loop_and_what_to_limit() -> None:
    chain = hand.chain([hand.actor("A"), hand.actor("B")], [hand.product("x")])
    loop = (
        Conflict(Cell("Liens", 2, 3), "flow", ("A", "B", "x", "year"), 1.0),
        Conflict(Cell("Activités", 3, 2), "level", ("p", "A", "year"), 0.5),
    )
    told = conflict_lines(chain, Solution(Status.UNBOUNDED, conflict=loop), "fr")
    assert told[0].startswith("La filière s'alimente elle-même")
    assert told[1] == "  Liens!D2\u202f: l'échange A → B, x\u202f; donnez-lui un maximum."
    assert told[2] == "  Activités!C3\u202f: l'activité p, A\u202f; donnez-lui une capacité."


def test_a_chain_with_a_plan_has_no_conflict_to_tell() -> None:
    result = worked_result()
    assert conflict_lines(result.chain, result.solution, "fr") == []
    stopped = replace(result.solution, status=Status.TIME_LIMIT, plan=None)
    assert conflict_lines(result.chain, stopped, "fr") == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_row_that_rests_on_a_cell_has_its_sentence(language: Language) -> None:
    from filiere.model.build import EQUATIONS

    chain = hand.chain([hand.actor("A"), hand.actor("B")], [hand.product("x")])
    for equation in EQUATIONS:
        if equation.table is None:
            continue
        member = Conflict(Cell("S", 1, 0), equation.name, ("A", "B"), 2.0)
        line = conflict_lines(chain, Solution(Status.INFEASIBLE, conflict=(member,)), language)[1]
        assert len(words(line)) > 5, equation.name


@pytest.mark.parametrize(("count", "said"), [(6, "et 1 autre ;"), (7, "et 2 autres ;"), (5, None)])
def test_projects_past_the_fifth_are_counted(count: int, said: str | None) -> None:
    rows = [Project(f"P{i}", "A", "ouvert", True, None, None, None, None, 0.0, 0.0, 0.0, None) for i in range(count)]
    text = _projects(View(example.result(), "fr"), rows).text.replace("\u202f", " ").replace("\u00a0", " ")
    assert (said in text) if said else ("autre" not in text)


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("fr", "Un seul autre plan a", "Seuls 2 autres plans ont"),
        ("en", "Only one other plan was", "Only 2 other plans were"),
    ],
)
def test_one_other_plan_is_told_in_the_singular(language: Language, one: str, two: str) -> None:
    result = example.result()
    for count, said in ((1, one), (2, two)):
        others = (Alternative(0.5, {}, {}, ()),) * count
        explained = Explanation(result.chain, result.solution, alternatives=others)
        assert variant_lines(explained, language)[-1].startswith(said)


@pytest.mark.parametrize("late", [False, True])
def test_a_today_that_cannot_be_worked_out_costs_no_plan_and_is_told(
    monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    """A today that time cut short is not today: nothing is compared with it."""
    solved = today.today

    def fails(chain: Chain, time_limit: float | None = None) -> Solution:
        if late:
            return replace(solved(chain, time_limit), status=Status.TIME_LIMIT)
        raise RankError(Answer.TROUBLE, 1, "change", Function(np.zeros(0), 0.0))

    monkeypatch.delitem(sys.modules, "filiere.analysis.today.reconcile", raising=False)
    monkeypatch.setattr(today, "today", fails)
    result = solve_chain(example.chain())
    assert result.solution.plan is not None and result.today_solution is None and result.today_measures is None
    (told,) = [remark for remark in remarks(View(result, "fr")) if remark.warned and "cette année" in remark.text]
    assert "n'ont pas pu être calculés" in told.text
    monkeypatch.setattr(today, "today", solved)
    assert not solve_chain(example.chain()).today_missing
    # What was first used while it failed does not fail ever after.
    assert solve_chain(example.chain(), "today").solution.status is Status.OPTIMAL


def test_funders_count_in_part_by_their_own_weight() -> None:
    """All of what the State gives counts, half of what the Region does, nothing of what the Canteen does."""
    made = hand.chain(
        [hand.actor("Baker"), *(hand.actor(name, "external", "public") for name in ("State", "Region", "Canteen"))], [],
        funding=[hand.funding("State", "Baker"), hand.funding("Region", "Baker", weight=0.5),
                 hand.funding("Canteen", "Baker", weight=0.0)],
    )  # fmt: skip
    accounts = Accounts(made, hand.plan(made, grants={0: 80.0, 1: 60.0, 2: 20.0}))
    assert funders_in_part(accounts) == [("Region", pytest.approx(0.5))]


def test_how_much_better_a_rank_may_be_is_told_beside_it_where_that_is_not_proved() -> None:
    result = worked_result()
    assert all(column.key != "gap" for column in objectives(View(result, "fr")).columns)
    first, *others = result.solution.objectives
    near = replace(result, solution=replace(result.solution, objectives=(replace(first, gap=0.02), *others)))
    told = next(column for column in objectives(View(near, "fr")).columns if column.key == "gap")
    assert told.heading == "Peut être meilleur de (%), au plus"
    assert sorted(told.values, key=str)[0] == 0.02
    stopped = replace(near, solution=replace(near.solution, status=Status.TIME_LIMIT, gap=0.02))
    line = next(one.text for one in remarks(View(stopped, "fr")) if "avant sa fin" in one.text)
    name = name_of(View(near, "fr"), first.objective)
    assert line.endswith(f"(écart au plus\u202f: {name}\u202f: 2\u202f%).")
