"""Sheets and headings: what is recognised, and what is said of the rest."""

from __future__ import annotations

import datetime as dt

import pytest

from filiere.chain.parse.sheets import HELPER_SHEETS, parse
from filiere.chain.parse.tables import Tables
from filiere.names import heading
from filiere.problems import Problem, Severity
from filiere.schema import TABLES, SettingsValues, columns
from filiere.table import RawRow, RawTable, RawWorkbook
from tests.sheets import workbook

NEEDED = """
## Actors
| actor | perimeter |
| Mill | member |
## Products
| product | unit |
| flour | t |
## Links
| from | to | product |
| Mill | Mill | flour |
"""


def found(tables: Tables) -> set[tuple[str, str]]:
    return {(problem.code, str(problem.cell or "")) for problem in tables.problems}


def the(tables: Tables, code: str) -> Problem:
    (problem,) = (problem for problem in tables.problems if problem.code == code)
    return problem


@pytest.mark.parametrize("declared", TABLES, ids=lambda declared: declared.table.key)
def test_no_heading_of_a_table_means_two_columns(declared: type) -> None:
    spelled: dict[str, str] = {}
    for name, column in columns(declared).items():
        for text in column.spellings:
            assert spelled.setdefault(heading(text), name) == name, text


def test_no_sheet_name_and_no_setting_means_two_things() -> None:
    names = [(heading(text), declared) for declared in TABLES for text in declared.table.spellings]
    assert len({name for name, _ in names}) == len(set(names))
    settings = {(heading(text), name) for name, column in columns(SettingsValues).items() for text in column.spellings}
    assert len({text for text, _ in settings}) == len(settings)


def test_every_sheet_and_heading_is_read_in_either_language() -> None:
    for language in ("en", "fr"):
        sheets = []
        for declared in TABLES:
            headings = [getattr(column.label, language).upper() for column in columns(declared).values()]
            sheets.append(RawTable(getattr(declared.table.label, language), (RawRow(1, dict(enumerate(headings))),)))
        tables = parse(sheets)
        assert found(tables) == set()
        assert set(tables.sheets) == {declared.table.key for declared in TABLES}


def test_a_blank_workbook_is_simply_empty() -> None:
    tables = parse(workbook("## Actors\n## Products\n## Links\n| from | to | product |\n## Besoins"))
    assert tables.problems == ()
    assert tables.actors == tables.links == tables.needs == ()


def test_languages_case_and_order_mix() -> None:
    tables = parse(
        workbook("""
        ## ACTEURS
        | Périmetre | Nom |
        | membre | Moulin |
        ## produits (2024)
        | unit (t, kg…) | PRODUIT * |
        | t | farine |
        ## Liens
        | product | vers | de |
        | farine | Moulin | Moulin |
        """)
    )
    assert found(tables) == set()
    assert tables.links[0].from_ == "Moulin"
    assert str(tables.links[0].at("from_")) == "Liens!C2"


def test_a_missing_sheet_is_named_in_both_languages() -> None:
    tables = parse(workbook("## Actors\n| actor | perimeter |\n## Products\n| product | unit |"))
    problem = the(tables, "SHT03")
    assert "Links" in problem.message("en")
    assert "Échanges" in problem.message("fr")
    assert tables.refused["links"] == {"*"}


def test_two_sheets_for_one_table_are_both_named() -> None:
    tables = parse(workbook(NEEDED + "## Acteurs\n| acteur | périmètre |\n| Ferme | membre |"))
    problem = the(tables, "SHT02")
    assert str(problem.cell) == "Acteurs"
    assert "Actors" in problem.message("en")
    assert [row.actor for row in tables.actors] == ["Mill"]


def test_an_unknown_sheet_is_a_warning_with_the_nearest_name() -> None:
    tables = parse(workbook(NEEDED + "## Besoin\n| acteur | produit |\n| Mill | flour |"))
    problem = the(tables, "SHT01")
    assert problem.severity is Severity.WARNING
    assert str(problem.cell) == "Besoin"
    assert "Besoins" in problem.hint("fr")


@pytest.mark.parametrize(
    ("name", "meant"), [("Besoin 2025", "Besoins"), ("2024-2025 Besoin", "Besoins"), ("Budget 2025", "")]
)
def test_an_unknown_sheet_is_likened_to_a_known_one_whatever_year_it_names(name: str, meant: str) -> None:
    problem = the(parse(workbook(NEEDED + f"## {name}\n| acteur | produit |\n| Mill | flour |")), "SHT01")
    assert ("Vouliez-vous dire" in problem.hint("fr")) is bool(meant) and meant in problem.hint("fr")


@pytest.mark.parametrize("name", ["# Besoin", "_listes", *HELPER_SHEETS, "Feuil1"])
def test_remarks_helpers_and_empty_sheets_are_passed_over(name: str) -> None:
    body = "" if name == "Feuil1" else "| x |\n| 1 |"
    assert found(parse(workbook(NEEDED + f"## {name}\n{body}"))) == set()


def test_hidden_sheets_are_read() -> None:
    sheets = [RawTable(sheet.sheet, sheet.rows, hidden=True) for sheet in workbook(NEEDED)]
    assert len(parse(sheets).actors) == 1


def test_what_the_reader_could_not_read_is_kept() -> None:
    earlier = parse(workbook("## Actors\n| actor | perimeter |")).problems
    again = parse(RawWorkbook(workbook(NEEDED), problems=earlier))
    assert again.problems == earlier


def test_a_title_above_the_headings_is_forgiven() -> None:
    tables = parse(
        workbook("""
        ## Actors
        | Who takes part |  |
        |  | on our territory |
        |  |  |
        | perimeter | actor |
        | member | Mill |
        ## Products
        | product | unit |
        ## Links
        | from | to | product |
        """)
    )
    assert found(tables) == set()
    assert str(tables.actors[0].at("actor")) == "Actors!B5"


def test_a_sheet_without_any_heading_is_an_error() -> None:
    tables = parse(workbook("## Actors\n| Mill | flour |\n| Farm | wheat |\n## Products\n## Links"))
    assert found(tables) == {("SHT04", "Actors!1")}
    assert tables.refused["actors"] == {"*"}


def test_headings_that_are_unknown_doubled_missing_or_blank() -> None:
    tables = parse(
        workbook("""
        ## Actors
        | actor | perimetre | groop | place | place (town) | #remark |  | _x |
        | Mill | member | g | a | b | c |  | d |
        | Farm | member | | | | | 5 | |
        | Shop | member | | | | | 6 | |
        ## Products
        | product | price |
        | flour | 1 |
        ## Links
        | from | to | product |
        """)
    )
    assert found(tables) == {
        ("COL01", "Actors!C1"),
        ("COL02", "Actors!E1"),
        ("COL04", "Actors!G3"),
        ("COL03", "Products!1"),
    }
    assert "group" in the(tables, "COL01").hint("en")
    assert "Actors!D1" in the(tables, "COL02").message("en")
    assert "unité" in the(tables, "COL03").message("fr")
    assert tables.actors[0].place == "a"
    assert tables.refused["products"] == {"flour"}


def test_measures_are_columns_of_their_own() -> None:
    tables = parse(
        workbook("""
        ## Processes
        | process | actor | Mesure : heures d’insertion (h) | measure: volunteers | measure: | measure: Volunteers |
        | baking | Mill | 1,5 |  |  |  |
        | milling | Mill | 2 h | -3 |  |  |
        ## Storage
        | actor | product | measure: x |
        """)
        + workbook(NEEDED)
    )
    assert found(tables) == {
        ("COL05", "Processes!E1"),
        ("COL02", "Processes!F1"),
        ("NUM09", "Processes!C3"),
        ("COL01", "Storage!C1"),
    }
    (row,) = tables.processes
    assert row.measures == {"heures d'insertion": 1.5}
    assert str(row.cells["measure: heures d'insertion"]) == "Processes!C2"


def test_periods_are_columns_of_profiles() -> None:
    tables = parse(
        workbook("""
        ## Periods
        | period |
        | winter |
        | Summer |
        ## Profiles
        | profile | kind | Winter | summer | our remark |
        | school | spread | 40 % | 0.6 | as usual |
        | market | spread | 50 | 0.5 |  |
        """)
        + workbook(NEEDED)
    )
    assert found(tables) == {("NUM07", "Profiles!C3"), ("COL01", "Profiles!E1")}
    (row,) = tables.profiles
    assert row.values == {"Winter": 0.4, "summer": 0.6}
    assert str(row.cells["Winter"]) == "Profiles!C2"
    assert tables.refused["profiles"] == {"market"}


def test_headings_that_are_numbers_are_read_as_text() -> None:
    sheet = RawTable(
        "Profiles", (RawRow(1, {0: "profile", 1: 2024.0, 2: dt.date(2024, 5, 1)}), RawRow(2, {0: "p", 1: 1.0}))
    )
    (row,) = parse([sheet, *workbook(NEEDED)]).profiles
    assert row.values == {"2024": 1.0}


def test_where_a_sheet_is_missing_those_found_are_named_and_a_template_is_offered() -> None:
    from filiere.chain.read import problems_of
    from tests.sheets import workbook

    book = workbook("## Actors\n| actor | perimeter |\n| A | member |\n## Budget 2026\n| x |\n| 1 |")
    said = [problem.message("en") for problem in problems_of(book) if problem.code == "SHT03"]
    hints = [problem.hint("en") for problem in problems_of(book) if problem.code == "SHT03"]
    assert said and all("Actors" in hint and "Budget 2026" in hint and "filiere new" in hint for hint in hints)
