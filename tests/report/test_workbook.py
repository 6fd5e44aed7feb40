"""The results workbook, read back: what it shows, that its formulas and links hold, and that no text is more than text."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from filiere.indicators import measure
from filiere.language import Language
from filiere.problems import Cell
from filiere.report.excel import book as writing
from filiere.report.excel.print_setup import Asked, fitted
from filiere.report.result.workbook import results_workbook
from filiere.report.sheet import Column, Sheet, Show
from filiere.result import Result
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Solution, Status
from tests import hand
from tests.report import example
from tests.report.reading import Book, read
from tests.solution import worked

ABOUT = pytest.approx

FRENCH = [
    "Synthèse", "Plan d'action", "Qui décide quoi", "Décisions, étape par étape", "Échanges", "Projets et extensions", "Activités", "Bilans matières",
    "Besoins par groupe", "Rejets", "Besoins", "Qui gagne, qui paie", "Comptes des acteurs", "Financements",
    "Dépendances des acteurs", "Ce qui change par acteur", "Acteurs clés", "Objectifs", "Indicateurs", "Produits", "Maillons",
    "Dictionnaire des indicateurs", "Hypothèses", "De la saisie aux résultats", "Traçabilité",
]  # fmt: skip
ENGLISH = [
    "Summary", "Actions", "Who decides what", "Decisions step by step", "Relations", "Projects", "Activities", "Balances", "Needs by group", "Thrown away", "Needs",
    "Who gains, who pays", "Members", "Funding", "Actors' dependence", "What changes for members", "Key actors", "Objectives", "Indicators",
    "Products", "Stages", "Dictionary of indicators", "Assumptions", "From inputs to results", "Manifest",
]  # fmt: skip
OF_A_MEETING = [
    "Synthèse", "Plan d'action", "Échanges", "Activités et projets", "Besoins et rejets", "Comptes des acteurs",
    "Objectifs et règles", "Indicateurs", "Hypothèses et vérifications",
]  # fmt: skip


@pytest.fixture(scope="module")
def french() -> Book:
    return read(results_workbook(example.result(), "fr", full=True))


@pytest.fixture(scope="module")
def english() -> Book:
    return read(results_workbook(example.result(), "en", full=True))


@pytest.fixture(scope="module")
def gaps() -> Book:
    """A plan with a deficit, an unmet need, a discard, an opened activity and an enlargement."""
    return read(results_workbook(worked_result(), "fr", full=True))


def worked_result() -> Result:
    chain, plan = worked.chain(), worked.plan()
    solution = worked.solution(plan)
    return Result(chain=chain, solution=solution, measures=measure(chain, plan), certificate=certify(chain, solution))


def remarks(book: Book) -> dict[str, str]:
    """What is worth knowing, by its label, as the first sheet says it."""
    said = [row[:2] for row in book.values["Synthèse"].iter_rows(values_only=True) if row[0]]
    labels = [label for label, _ in said]
    return dict(said[labels.index("À savoir") + 1 : labels.index("Dépendance envers l'extérieur")])


def test_the_sheets_come_in_reading_order_under_natural_names(french: Book, english: Book) -> None:
    assert french.names == FRENCH
    assert english.names == ENGLISH


def test_every_table_has_headings_that_stay_filters_and_a_print_set_up(french: Book) -> None:
    for sheet in french.values:
        upright = sheet.page_setup.orientation == "portrait"
        assert not upright or (sum(printed_widths(sheet)) <= 130.0 and sheet.max_row > 20)
        assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "&P / &N"
        assert sheet.print_area
        if sheet.title != "Synthèse":
            assert sheet.freeze_panes is not None and sheet.freeze_panes.endswith("2")
            assert sheet.auto_filter.ref and sheet.auto_filter.ref.startswith("A1:")
            assert sheet.print_title_rows == "$1:$1"
            assert all(cell.value for cell in sheet[1])


def test_the_list_of_sheets_stands_below_what_is_printed(french: Book) -> None:
    """On paper its links lead nowhere, and it took a page of its own where the remarks had filled the first."""
    sheet = french.values["Synthèse"]
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    printed = int(str(sheet.print_area).rpartition("$")[2])
    assert rows["D'où viennent les produits"] < printed < rows["Les feuilles"] < rows["Plan d'action"]
    assert [cell.row for cell in sheet["A"] if cell.value][-1] - rows["Les feuilles"] == len(french.names) - 1


def test_relations_show_what_flows_in_the_year_and_in_each_period(french: Book) -> None:
    flows = example.result().plan.flows
    total = french.column("Échanges", "Quantité")
    assert sum(total) == ABOUT(flows["quantity"].sum(), rel=1e-6)
    assert sum(french.column("Échanges", "Valeur")) == ABOUT(flows["value"].sum(), rel=1e-6)
    periods = zip(french.column("Échanges", "été"), french.column("Échanges", "hiver"), strict=True)
    assert [summer + winter for summer, winter in periods] == ABOUT(total)


def test_relations_say_what_starts_ends_and_comes_from_outside(french: Book) -> None:
    columns = (french.column("Échanges", name) for name in ("Fournisseur", "Client", "Nature", "Évolution", "Cette"))
    rows = {(a, b): (kind, change, before) for a, b, kind, change, before in zip(*columns, strict=True)}
    assert rows["Grossiste Métropole", "Cantines de la vallée"] == ("achat extérieur", "arrêté", 60)
    assert rows["Fournil partagé", "Cantines de la vallée"][:2] == ("interne", "nouveau, ou pas saisi")
    assert rows["Ferme des Adrets", "Grossiste Métropole"][0] == "vente extérieure"


def test_each_input_row_leads_to_the_results_that_rest_on_it(french: Book) -> None:
    sheet = french.values["De la saisie aux résultats"]
    columns = [french.column(sheet.title, name) for name in ("Saisi dans", "Ligne", "De quoi", "Résultat")]
    rows = list(zip(*columns, strict=True))
    assert rows == sorted(rows, key=lambda row: row[:2])
    seen = set()
    for number, (table, _, what, _) in enumerate(rows, start=2):
        back, way = sheet.cell(number, french.heading(sheet.title, "Saisi en")), sheet.cell(number, 4).hyperlink
        assert back.value.startswith(f"{table}!") and way.target is None
        title, _, place = way.location.strip("'").replace("''", "'").replace("'!", "!").partition("!")
        result = french.values[title][place]
        assert str(result.value) in what.split(" · ") or title in ("Plan d'action", "Décisions, étape par étape")
        source = french.values[title].cell(result.row, french.heading(title, "Saisi"))
        assert source.value == back.value
        seen.add((title, result.row))
    assert len(seen) == len(rows) and {"Échanges", "Besoins", "Produits"} <= {title for title, _ in seen}


def test_a_remark_with_a_sheet_to_itself_is_a_link_to_it(french: Book) -> None:
    links = {c.value: c.hyperlink.location for (c,) in french.values["Synthèse"]["A1:A40"] if c.hyperlink}
    assert links["Rejets"] == "'Rejets'!A1" and "Projets et extensions" in links
    assert all(place.partition("!")[0].strip("'").replace("''", "'") in french.names for place in links.values())


def test_number_formats_keep_to_the_language(french: Book, english: Book) -> None:
    for book, sheet, locale in ((french, "Échanges", "[$-40C]"), (english, "Relations", "[$-409]")):
        codes = {
            c.number_format
            for row in book.values[sheet].iter_rows(min_row=2)
            for c in row
            if isinstance(c.value, float)
        }
        assert len(codes) > 2 and all(code.startswith(locale) or code == '"–"' for code in codes)


def printed_widths(sheet: Worksheet) -> list[float]:
    left, _, right, _ = range_boundaries(sheet.print_area.rpartition("!")[2])
    spans = sheet.column_dimensions.values()
    return [next(d.width for d in spans if d.min <= column <= d.max) for column in range(left, right + 1)]


def test_a_meeting_gets_ten_sheets_at_most_that_hold_every_table_of_their_themes(gaps: Book) -> None:
    made = read(results_workbook(example.result(), "fr"))
    assert made.names == OF_A_MEETING
    index = {c.value: c.hyperlink.location for c in made.values["Synthèse"]["A"] if c.value in OF_A_MEETING}
    assert list(index) == OF_A_MEETING[1:]
    assert index["Plan d'action"] == "'Plan d''action'!A1"
    few = read(results_workbook(worked_result(), "fr"))
    assert len(few.names) <= 10
    sheet = few.values["Besoins et rejets"]
    column = [cell.value for cell in sheet["A"]]
    titles = ["Besoins non couverts", "Besoins par groupe", "Rejets", "Besoins"]
    assert [text for text in column if text in titles] == titles
    for title in titles:
        alone = list(gaps.values[title].iter_rows(values_only=True))
        top = column.index(title) + 2
        stacked = [row[: len(alone[0])] for row in sheet.iter_rows(min_row=top, max_row=top + len(alone) - 1,
                                                                   values_only=True)]  # fmt: skip
        assert stacked == alone
    link = next(c for c in few.values["Synthèse"]["A"] if c.value == "Rejets")
    assert link.hyperlink.location == f"'Besoins et rejets'!A{column.index('Rejets') + 2}"


def test_tables_on_one_sheet_keep_formulas_links_and_filter() -> None:
    made = read(results_workbook(example.result(), "fr"))
    for name in made.names[1:]:
        for row in made.formulas[name].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    kept = made.values[name][cell.coordinate].value
                    assert made.computed(name, cell.value) == (ABOUT(kept, abs=1e-9) if kept is not None else "")
        assert made.values[name].auto_filter.ref


def test_every_table_is_printed_one_page_across_and_stays_legible(french: Book) -> None:
    """A page of A4 is 718 pixels of 96 an inch wide upright, 1047 lying; letters of 10 points stay at 8 or more."""
    narrower = 0
    for sheet in french.values:
        page = (718 if sheet.page_setup.orientation == "portrait" else 1047) / 7
        widths = printed_widths(sheet)
        assert (sheet.page_setup.fitToWidth or 1) == 1 and not sheet.print_title_cols
        assert sum(widths) <= page / 0.8 + 0.5, sheet.title
        narrower += len(widths) < sheet.max_column
    assert narrower > 3  # what finds no room, and where a row was typed, is read on screen


def test_columns_of_texts_share_the_room_and_figures_keep_theirs() -> None:
    """A page lying is 277 mm or 1047 pixels: at 0.8, 187 units of 7, less 5 pixels for each of the three columns."""
    figures, short, long = Asked(21.0, 21.0), Asked(20.0, 120.0, (150,) * 10), Asked(20.0, 120.0, (1350,) * 10)
    widths, last = fitted([figures, short, long], 2)
    assert (widths[0], last) == (21.0, 2) and sum(widths) == ABOUT(1047 / 7 / 0.8 - 3 * 5 / 7, abs=1.0)
    assert widths[2] == ABOUT(90.0) and widths[1] == ABOUT(73.8, abs=1.0)  # the widest a column may be, then the other
    wide = [Asked(50.0, 50.0)] * 5
    assert fitted(wide, 4) == ([50.0] * 5, 2)  # the fourth finds no room
    assert fitted([Asked(13.0, 30.0, (10,) * 9)], 0) == ([30.0], 0)  # on one line already


def test_links_lead_to_the_input_cells(french: Book) -> None:
    column = french.heading("Échanges", "Saisi")
    cell = french.values["Échanges"].cell(2, column)
    assert cell.value == "Échanges!A18"
    assert cell.hyperlink.location == "'Échanges'!A18"
    assert cell.hyperlink.target == "blé%20&%20pain%20%231.xlsx"


def test_links_follow_the_folder_of_the_results() -> None:
    away = results_workbook(example.result(), "fr", folder=Path("résultats"), full=True)
    cell = read(away).values["Activités"].cell(2, read(away).heading("Activités", "Saisi"))
    assert cell.hyperlink.target.replace("\\", "/") == "../données/blé%20&%20pain%20%231.xlsx"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_live_formulas_keep_the_values_they_compute_to(language: Language, french: Book, english: Book) -> None:
    book = french if language == "fr" else english
    seen = 0
    for sheet in book.formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    kept = book.values[sheet.title][cell.coordinate].value
                    computed = book.computed(sheet.title, cell.value)
                    assert kept == (ABOUT(computed, rel=1e-9, abs=1e-6) if computed != "" else None)
                    seen += 1
    assert seen > 100


def test_the_gap_of_every_balance_is_nothing(french: Book, gaps: Book) -> None:
    assert set(french.column("Bilans matières", "Vérification")) == {0}
    assert set(gaps.column("Bilans matières", "Vérification")) == {0}


def test_a_balance_shows_stocks_their_loss_and_what_is_thrown_away(gaps: Book) -> None:
    keys = zip(gaps.column("Bilans matières", "Acteur"), gaps.column("Bilans matières", "Produit"), strict=True)
    rows = {key: number for number, key in enumerate(keys)}
    farm, mill = rows["Farm", "wheat"], rows["Mill", "bran"]
    # 40 t grown; 38 shipped, 2 lost of the 20 that were kept over the winter.
    assert gaps.column("Bilans matières", "Perdu")[farm] == ABOUT(2.0)
    assert gaps.column("Bilans matières", "Livré")[farm] == ABOUT(38.0)
    assert gaps.column("Bilans matières", "Jeté")[mill] == ABOUT(1.0)


def test_gaps_have_their_sheet_and_their_line_in_the_summary(gaps: Book) -> None:
    assert sum(gaps.column("Besoins non couverts", "Non couvert")) == ABOUT(6.8)
    assert gaps.column("Déficits", "Déficit") == [72]
    lost = zip(
        gaps.column("Rejets", "Acteur"), gaps.column("Rejets", "Jeté"), gaps.column("Rejets", "Comment"), strict=True
    )
    assert list(lost) == [("Mill", 1, "jeté"), ("Farm", 2, "perdu en stock")]
    said = remarks(gaps)
    assert said["Déficits"].startswith("72\u00a0€ en tout")
    assert said["Besoins non couverts"].startswith("2\u00a0lignes, soit 3\u202f400\u00a0€")
    assert said["Rejets"] == (
        "jeté\u202f: bran (1\u00a0t)\u202f; perdu en stock\u202f: wheat (2\u00a0t)\u202f; soit 500\u00a0€ au prix de "
        "référence (100\u00a0€ jeté et 400\u00a0€ perdu en stock)\u202f; leur élimination coûte 2\u00a0€ par an."
    )


def test_what_is_not_there_is_said_to_be_none(french: Book) -> None:
    said = remarks(french)
    assert said["Besoins non couverts"] == "aucun."
    assert said["Déficits"].startswith("aucun, sur 2\u00a0comptes suivis")
    assert not {"Besoins non couverts", "Déficits"} & set(french.names)


def test_projects_say_what_is_taken_and_what_it_costs(gaps: Book) -> None:
    columns = (gaps.column("Projets et extensions", name) for name in ("Projet", "Décision", "En tout"))
    rows = {name: (decision, cost) for name, decision, cost in zip(*columns, strict=True)}
    assert rows["oven"] == ("ouvert", 500)
    # enlargement 160, and 10 for each of the 4 runs beyond the 40 that there was room for
    assert rows["grinding"] == ("agrandi", 160 + 40)
    assert rows["Trader → Mill"] == ("utilisé", 30)


def test_members_keep_their_accounts(gaps: Book) -> None:
    names = gaps.column("Comptes des acteurs", "Acteur")
    mill = names.index("Mill")
    # sales 14 080 + 780 and aid 600, less wheat, membership, grinding, fixed, enlargement and disposal
    expected = 14_080 + 780 + 600 - (7600 + 1260 + 30 + 440 + 6050 + 160 + 2)
    assert gaps.column("Comptes des acteurs", "Recettes − dépenses")[mill] == ABOUT(expected)


def test_the_summary_has_three_charts_of_figures_beside_them(french: Book) -> None:
    charts = french.formulas["Synthèse"]._charts
    assert len(charts) == 3
    dependency, origin, _ = charts
    colours = [s.graphicalProperties.solidFill.srgbClr for s in origin.series]
    assert colours == ["0072B2", "E69F00"]
    assert dependency.series[1].graphicalProperties.solidFill.srgbClr == "E69F00"
    assert all("Synthèse" in s.val.numRef.f for chart in charts for s in chart.series)


def test_headline_figures_stand_beside_today_with_their_difference(french: Book) -> None:
    rows: dict[str, Any] = {}
    for row in french.values["Synthèse"].iter_rows(values_only=True):
        rows.setdefault(row[0], row)
    _, before, now, change, sentence = rows["Dépendance amont"]
    measures, today = example.result().measures, example.result().today_measures
    assert measures is not None and today is not None
    assert now == ABOUT(measures.chain["upstream_dependency"])
    assert before == ABOUT(today.chain["upstream_dependency"])
    assert change == ABOUT(100 * (now - before))
    assert "Engrais Rhône (engrais, " in sentence


def test_today_alone_has_one_column_of_figures() -> None:
    chain = example.chain()
    before = example.result().today_solution
    assert before is not None and before.plan is not None
    result = Result(chain=chain, solution=before, measures=measure(chain, before.plan), command="today")
    made = read(results_workbook(result, "fr", full=True))
    rows = [row for row in made.values["Synthèse"].iter_rows(values_only=True) if row[0] == "Chiffres clés"]
    assert rows == [("Chiffres clés", None, "Cette année", None, "Ce que cela veut dire")]
    assert "Projets et extensions" not in made.names
    assert "panification partagée" not in made.column("Activités", "Activité")


def test_two_runs_give_the_same_file() -> None:
    assert results_workbook(example.result(), "fr", full=True) == results_workbook(example.result(), "fr", full=True)


def test_without_a_plan_there_is_nothing_to_write() -> None:
    with pytest.raises(ValueError, match="infeasible"):
        results_workbook(Result(chain=hand.chain([], []), solution=Solution(Status.INFEASIBLE)), "fr")


HOSTILE = (
    '=HYPERLINK("http://x.example","click")', "+1", "-1", "@SUM(A1)", "http://x.example/a", "<script>alert(1)</script>",
    "שלום עולם", "🌾🥖", "é" * 400, "12", "{actor}{row}", "a & b", "'quoted'", 'say "hi"',
)  # fmt: skip


def test_names_are_text_and_nothing_else() -> None:
    buyer, good = HOSTILE[0], HOSTILE[10]
    chain = hand.chain(
        actors=[hand.actor(name, groups=(name + " ",)) for name in HOSTILE],
        products=[hand.product(good, 3.0)],
        links=[hand.link(name, buyer, good, 2.0) for name in HOSTILE[1:]],
        needs=[hand.need(buyer, good, 13.0)],
        offers=[hand.offer(name, good) for name in HOSTILE[1:]],
        settings={"name": "=1+1", "territory": "&P&P"},
    )
    plan = hand.plan(chain, flows=dict.fromkeys(range(13), 1.0), offers=dict.fromkeys(range(13), 1.0), served={0: 13.0})
    result = Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan), input_path=Path("a.xlsx"))
    made = read(results_workbook(result, "en", full=True))
    assert sorted(made.column("Relations", "From")) == sorted(HOSTILE[1:])
    assert set(made.column("Relations", "To")) == {buyer}
    assert made.values["Summary"]["A1"].value == "=1+1"
    kinds = {cell.data_type for cell in made.formulas["Relations"]["A"]}
    assert kinds == {"s"}
    cells = (cell for sheet in made.values for row in sheet.iter_rows() for cell in row)
    targets = {cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert targets == {"a.xlsx", None}


def test_a_table_too_long_goes_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 15)
    monkeypatch.setattr(writing, "MOST_LINKS", 4)
    made = read(results_workbook(example.result(), "fr", full=True))
    first, second = made.values["Échanges"], made.values["Échanges 2"]
    assert first.max_row == 16 and second.max_row > 1
    whole = sum(
        made.column(name, "Quantité")[i]
        for name in ("Échanges", "Échanges 2")
        for i in range(made.values[name].max_row - 1)
    )
    assert whole == ABOUT(example.result().plan.flows["quantity"].sum(), rel=1e-6)
    assert set(made.column("Bilans matières 2", "Vérification")) == {0}
    told: dict[Any, Any] = {}
    for name in (name for name in made.names if name.startswith("Traçabilité")):
        told |= dict(zip(made.column(name, "Quoi"), made.column(name, "Valeur"), strict=True))
    assert told["feuilles pour Échanges"] == 2
    assert told["liens omis dans Échanges"] == first.max_row + second.max_row - 2 - 2 * 4


def test_sheet_names_are_made_safe() -> None:
    import io

    import xlsxwriter

    with xlsxwriter.Workbook(io.BytesIO()) as file:
        made = writing.Book(file, "fr", "&" * 300, None)
        names = [made.add_sheet(title).get_name() for title in ("a/b[c]:d*?", "A B C  D", "x" * 40, "x" * 40, "''")]
    assert names[0] == "a b c  d"
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) == 31 and min(map(len, names)) >= 1


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("L'été", 14, 3), "external:a.xlsx#'L''été'!D14"),
        (Cell("Liens", 14), "external:a.xlsx#'Liens'!A14"),
        (Cell("Liens"), "external:a.xlsx#'Liens'!A1"),
    ],
)
def test_a_cell_has_an_address_that_a_link_takes(cell: Cell, expected: str) -> None:
    assert writing.target("a.xlsx", cell) == expected


def test_many_periods_become_rows() -> None:
    names = {f"S{i:02}": 1 / 52 for i in range(52)}
    chain = hand.chain(
        [hand.actor("A"), hand.actor("B")], [hand.product("x", 2.0)], [hand.link("A", "B", "x")], shares=names,
        offers=[hand.offer("A", "x")], needs=[hand.need("B", "x", 52.0)],
    )  # fmt: skip
    weekly = [1.0] * 52
    plan = hand.plan(chain, flows={0: weekly}, offers={0: weekly}, served={0: weekly})
    made = read(results_workbook(Result(chain, Solution(Status.OPTIMAL, plan), measure(chain, plan)), "en", full=True))
    assert made.column("Relations", "Quantity") == [52]
    assert made.column("Relations by period", "Quantity") == [1] * 52
    assert made.column("Relations by period", "Period") == list(names)


def test_the_manifest_tells_where_the_result_comes_from(french: Book) -> None:
    lines = zip(*(french.column("Traçabilité", name) for name in ("Rubrique", "Quoi", "Valeur")), strict=True)
    told: dict[Any, Any] = {(section, name): value for section, name, value in lines}
    assert told["Entrée", "classeur"] == "blé & pain #1.xlsx"
    assert told["Entrée", "empreinte (SHA-256)"] == "5f" * 32
    assert told["Entrée", "scénario"] == "référence"
    assert told["Options", "limite de temps (s)"] == 60
    assert told["Vérification", "verdict"] == "réussie"
    assert told["Vérification", "ce qui entre ressort"] < 1e-9
    assert told["Versions", "filiere"] == "0.1.0"
    assert told["Versions", "date"] == dt.date(2025, 3, 14).isoformat()
    assert told["Taille", "acteurs"] == 15


def test_assumptions_name_what_is_not_measured(french: Book) -> None:
    columns = (french.column("Hypothèses", name) for name in ("Quoi", "Tableau", "Sujet", "Saisi"))
    rows = list(zip(*columns, strict=True))
    assert rows[0] == ("supposé", "Produits", "pain rassis", "Produits!A7")
    kinds = [row[0] for row in rows]
    assert kinds == sorted(kinds, key=["supposé", "estimé", "avertissement"].index)
    assert kinds.count("avertissement") == len(example.chain().warnings)


def test_a_certificate_that_failed_is_said_on_the_first_sheet() -> None:
    made = worked_result()
    assert made.certificate is not None
    refused = replace(made, certificate=replace(made.certificate, passed=False))
    said = dict(
        row[:2]
        for row in read(results_workbook(refused, "fr", full=True)).values["Synthèse"].iter_rows(values_only=True)
        if row[0]
    )
    assert "n'utilisez pas ce plan" in said["Vérification"]


def test_columns_of_scenarios_take_several_pages_rather_than_be_left_out() -> None:
    names = [Column("a", "Supplier", ["Mill"] * 3)]
    cases = [Column(f"c{i}", f"Scenario {i}", [1000.0] * 3, Show.MONEY) for i in range(20)]
    shown = {}
    for across in (True, False):
        made = io.BytesIO()
        with xlsxwriter.Workbook(made) as book:
            writing.Book(book, "en", "", None).write(Sheet("s", "Sheet", (*names, *cases), across=across))
        sheet = openpyxl.load_workbook(made).worksheets[0]
        shown[across] = len(printed_widths(sheet)), sheet.page_setup.fitToWidth or 1, sheet.print_title_cols
    assert shown[True][0] == 21 and shown[True][1] > 1 and shown[True][2] == "$A:$A"
    assert shown[False][0] < 21 and shown[False][1:] == (1, None)
