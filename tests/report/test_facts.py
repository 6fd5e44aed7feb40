"""Every fact that a plan must show stands on one of the ten sheets of a meeting, and where."""

from __future__ import annotations

import pytest

from filiere.language import Language
from filiere.report.result.workbook import results_workbook
from tests.report import example
from tests.report.reading import Book, read
from tests.report.test_workbook import worked_result

# What the chain of tests/solution/worked.py leaves: fact → sheet → what stands there, in English and in French.
OF_GAPS = {
    "a need that is not met": (("Needs and discards", "Unmet needs"), ("Besoins et rejets", "Besoins non couverts")),
    "what is thrown away": (("Needs and discards", "thrown away"), ("Besoins et rejets", "jeté")),
    "what a stock loses": (("Needs and discards", "lost in stock"), ("Besoins et rejets", "perdu en stock")),
    "a deficit": (("Actors' accounts", "Deficits"), ("Comptes des acteurs", "Déficits")),
    "what opens": (("Activities and projects", "opened"), ("Activités et projets", "ouvert")),
    "what is enlarged": (("Activities and projects", "enlarged"), ("Activités et projets", "agrandi")),
    "a candidate relation that is used": (("Activities and projects", "used"), ("Activités et projets", "utilisé")),
    "grants": (("Actors' accounts", "Funding"), ("Comptes des acteurs", "Financements")),
    "how the plan was verified": (("Assumptions and checks", "passed"), ("Hypothèses et vérifications", "réussie")),
}
# What the chain of tests/report/example.py, which has a year before, shows besides.
OF_A_YEAR = {
    "local share by group of users": (("Needs and discards", "Local share (%)"), ("Besoins et rejets", "Part locale (%)")),
    "the total beside the groups": (("Needs and discards", "all"), ("Besoins et rejets", "tous")),
    "what there is to decide": (("Actions", "What to decide"), ("Plan d'action", "À décider")),
    "who gains and who pays": (("Actors' accounts", "Who gains, who pays"), ("Comptes des acteurs", "Qui gagne, qui paie")),
    "each rank and its value": (("Objectives and rules", "In the finished plan"), ("Objectifs et règles", "Dans le plan final")),
    "cost before grants": (("Summary", "Net cost (€)"), ("Synthèse", "Coût net (€)")),
    "cost after grants": (("Summary", "Net cost after grants (€)"), ("Synthèse", "Coût net après aides (€)")),
    "deficits, none included": (("Summary", "Deficits"), ("Synthèse", "Déficits")),
    "unmet needs, none included": (("Summary", "Unmet needs"), ("Synthèse", "Besoins non couverts")),
    "what is only supposed": (("Assumptions and checks", "guessed"), ("Hypothèses et vérifications", "supposé")),
    "what reading warned about": (("Assumptions and checks", "warning"), ("Hypothèses et vérifications", "avertissement")),
}  # fmt: skip


@pytest.fixture(scope="module", params=["en", "fr"])
def books(request: pytest.FixtureRequest) -> tuple[int, Book, Book]:
    language: Language = request.param
    made = [read(results_workbook(result, language)) for result in (worked_result(), example.result())]
    return ["en", "fr"].index(request.param), made[0], made[1]


def test_every_fact_stands_on_one_of_the_ten_sheets(books: tuple[int, Book, Book]) -> None:
    at, gaps, year = books
    for book, facts in ((gaps, OF_GAPS), (year, OF_A_YEAR)):
        assert len(book.names) <= 10
        for fact, places in facts.items():
            sheet, said = places[at]
            assert sheet in book.names, (fact, book.names)
            cells = {cell for row in book.values[sheet].iter_rows(values_only=True) for cell in row}
            assert said in cells, (fact, sheet, said)


def test_every_rank_that_was_solved_is_told(books: tuple[int, Book, Book]) -> None:
    at, _, book = books
    sheet = book.values[("Objectives and rules", "Objectifs et règles")[at]]
    ranks = [row[0] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int | float)]
    solved = example.result().solution.objectives
    assert {float(rank) for rank in ranks} >= {float(one.rank) for one in solved} and solved


def test_the_local_share_of_each_group_stands_above_that_of_all(books: tuple[int, Book, Book]) -> None:
    at, _, book = books
    sheet = book.values[("Needs and discards", "Besoins et rejets")[at]]
    rows = {row[0]: row for row in sheet.iter_rows(max_row=12, values_only=True)}
    headings = rows[("Group", "Groupe")[at]]
    share = headings.index(("Local share (%)", "Part locale (%)")[at])
    measures, before = example.result().measures, example.result().today_measures
    assert measures is not None and before is not None
    total = rows[("all", "tous")[at]]
    assert total[share] == pytest.approx(measures.chain["local_share"])
    assert total[share + 1] == pytest.approx(before.chain["local_share"])
    groups = ("foyers", "restauration collective", "solidarité")
    # Bread of 603 836 takes flour of 82 800, a quarter of it from outside (fertiliser, costs), and 18 525 of own costs.
    assert all(rows[group][share] == pytest.approx(0.937, abs=0.002) for group in groups)
    # Of 490 000, 525 000 and 140 000 € that are served.
    assert total[2] == pytest.approx(490_000 + 525_000 + 140_000)
