"""Cells: what each kind of column reads, and what it refuses, with its cell."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere.chain.parse.cell import understand
from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.problems import Problem, Severity
from filiere.problems.catalogue import CATALOGUE
from filiere.problems.parsing import CODES
from filiere.schema import TABLES, Column, Reads, SettingsValues, columns
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.table import ErrorValue, RawRow, RawTable, RawValue, Uncomputed
from tests.sheets import workbook

LINKS = ["from", "to", "product", "maximum", "loss", "price", "source", "status", "note"]


def links(*rows: dict[str, RawValue]) -> Tables:
    """Parse rows of the Links sheet, each filled in from A to B of p but for what is said."""
    usual: dict[str, RawValue] = {"from": "A", "to": "B", "product": "p"}
    raw = [RawRow(1, dict(enumerate(LINKS)))]
    raw += [
        RawRow(number, {LINKS.index(name): value for name, value in (usual | row).items()})
        for number, row in enumerate(rows, start=2)
    ]
    needed = "## Actors\n| actor | perimeter |\n## Products\n| product | unit |"
    return parse([RawTable("Links", tuple(raw)), *workbook(needed)])


def found(tables: Tables) -> set[tuple[str, str]]:
    return {(problem.code, str(problem.cell or "")) for problem in tables.problems}


def only(tables: Tables) -> Problem:
    (problem,) = tables.problems
    return problem


@pytest.mark.parametrize(
    ("value", "maximum", "unit"),
    [
        (12.0, 12, None),
        ("1 234,5", 1234.5, None),
        ("12 t", 12, "t"),
        ("1,5 t/an", 1.5, "t"),
        (0.0, 0, None),
        ("0", 0, None),
    ],
)
def test_numbers_are_read_as_numbers_or_text(value: RawValue, maximum: float, unit: str | None) -> None:
    (row,) = links({"maximum": value}).links
    assert row.maximum == maximum
    assert row.units.get("maximum") == unit
    assert str(row.at("maximum")) == "Links!D2"


def test_blank_is_the_default_and_still_has_its_cell() -> None:
    (row,) = links({"maximum": " \u00a0", "loss": ""}).links
    assert row.maximum is None
    assert row.loss == 0.0
    assert str(row.at("maximum")) == "Links!D2"
    assert str(row.at("distance")) == "Links!A2"
    assert set(row.cells) == {"from_", *LINKS[1:], ""}


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("maximum", "1,234", "NUM02"),
        ("maximum", "1.234", "NUM02"),
        ("maximum", "a lot", "NUM01"),
        ("maximum", "1_000", "NUM01"),
        ("maximum", "nan", "NUM01"),
        ("maximum", float("inf"), "NUM01"),
        ("maximum", "１２", "NUM01"),
        ("maximum", "n.d.", "NUM03"),
        ("maximum", "NA", "NUM03"),
        ("maximum", "-", "NUM03"),
        ("maximum", "–", "NUM03"),
        ("maximum", "?", "NUM03"),
        ("maximum", "12 %", "NUM04"),
        ("maximum", -1.0, "NUM05"),
        ("loss", 50.0, "NUM07"),
        ("loss", "150 %", "NUM07"),
        ("loss", "3 t", "NUM09"),
        ("maximum", True, "CEL05"),
        ("maximum", dt.date(2024, 2, 1), "CEL04"),
        ("maximum", dt.time(12), "CEL04"),
        ("maximum", ErrorValue("#REF!"), "CEL02"),
        ("maximum", Uncomputed("=A1"), "CEL03"),
        ("from", dt.datetime(2024, 2, 1), "CEL04"),
        ("from", False, "CEL05"),
        ("from", ErrorValue("#N/A"), "CEL02"),
        ("from", "x" * 1001, "CEL06"),
        ("from", "", "CEL01"),
        ("status", "existng", "WRD01"),
        ("status", 3.0, "WRD01"),
        ("status", True, "WRD01"),
        ("note", ErrorValue("#NAME?"), "CEL02"),
    ],
)
def test_a_cell_that_is_refused_is_named_and_the_other_rows_go_on(column: str, value: RawValue, code: str) -> None:
    tables = links({column: value}, {"maximum": 3.0})
    cell = f"Links!{'ABCDEFGHI'[LINKS.index(column)]}2"
    assert found(tables) == {(code, cell)}
    assert [row.maximum for row in tables.links] == [3.0]


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (dt.date(2024, 2, 1), "the date 2024-02-01.", "la date 01/02/2024."),
        (dt.datetime(2024, 2, 1), "the date 2024-02-01.", "la date 01/02/2024."),
        (dt.datetime(2024, 2, 1, 9, 30), "the date 2024-02-01 09:30.", "la date 01/02/2024 09:30."),
        (dt.time(12), "the time 12:00:00.", "l'heure 12:00:00."),
        (dt.timedelta(days=1, hours=2, minutes=5), "the duration 26:05.", "la durée 26:05."),
    ],
)
def test_a_date_is_told_as_each_language_writes_it(value: RawValue, en: str, fr: str) -> None:
    (told,) = links({"maximum": value}).problems
    assert en in told.message("en") and fr in told.message("fr")


def test_all_problems_of_a_row_are_reported() -> None:
    tables = links({"from": "", "maximum": "?", "loss": 2.0, "status": "perhaps"})
    assert found(tables) == {
        ("CEL01", "Links!A2"),
        ("NUM03", "Links!D2"),
        ("NUM07", "Links!E2"),
        ("WRD01", "Links!H2"),
    }


def test_both_readings_are_shown_in_the_readers_language() -> None:
    problem = only(links({"maximum": "1,234"}))
    assert "1.234 or as 1,234" in problem.message("en")
    assert "1,234 ou 1\u202f234" in problem.message("fr")


def test_a_share_typed_as_a_percentage_number_is_told_so() -> None:
    assert "50% or 0.5" in only(links({"loss": 50.0})).hint("en")
    assert "50\u202f% ou 0,5" in only(links({"loss": 50.0})).hint("fr")


def test_a_percentage_is_a_share() -> None:
    (row,) = links({"loss": "12 %"}).links
    assert row.loss == pytest.approx(0.12)


def test_a_share_without_a_ceiling_that_looks_like_a_percentage_is_a_warning() -> None:
    tables = parse(
        workbook("## Settings\n| setting | value |\n| discount_rate | 4 |\n## Actors\n## Products\n## Links")
    )
    assert found(tables) == {("NUM10", "Settings!B2")}
    assert only(tables).severity is Severity.WARNING
    assert tables.settings.discount_rate == 4.0


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (2024.0, "2024"),
        (12.5, "12.5"),
        (" La\u00a0 Ferme ", "La Ferme"),
        ("=A1", "=A1"),
        ("🥖 فرن", "🥖 فرن"),
        ("'x", "'x"),
    ],
)
def test_names_are_text_whatever_they_look_like(value: RawValue, name: str) -> None:
    (row,) = links({"from": value}).links
    assert row.from_ == name


def test_several_names_stand_in_one_cell() -> None:
    tables = parse(
        workbook("## Actors\n| actor | perimeter | group |\n| A | member | x ;  Y y; ;X |\n## Products\n## Links")
    )
    assert tables.actors[0].group == ("x", "Y y")  # spelled as it comes first


@pytest.mark.parametrize("word", list(w.LinkStatus))
def test_words_are_read_in_every_spelling(word: w.LinkStatus) -> None:
    for spelling in word.spellings:
        for text in (spelling, spelling.upper(), spelling.replace(" ", "_"), f" {spelling}\u00a0"):
            (row,) = links({"status": text}).links
            assert row.status is word


def test_every_closed_list_has_one_word_for_each_spelling() -> None:
    declared = {c.words for table in (*TABLES, SettingsValues) for c in columns(table).values() if c.words}
    for words in declared:
        column = next(c for table in (*TABLES, SettingsValues) for c in columns(table).values() if c.words is words)
        for word in words:
            for spelling in word.spellings:
                assert understand(column, spelling).value is word, (words, spelling)


@pytest.mark.parametrize(
    ("text", "word"), [("privée", w.Sector.PRIVATE), ("Publics", w.Sector.PUBLIC), ("souhaitée", w.Obligation.WANT)]
)
def test_words_may_agree_with_what_they_qualify(text: str, word: w.Word) -> None:
    column = columns(t.ActorRow)["sector"] if isinstance(word, w.Sector) else columns(t.NeedRow)["obligation"]
    assert understand(column, text).value is word


def test_the_words_first_agreed_on_are_read_beside_those_shown() -> None:
    assert understand(columns(t.ProfileRow)["kind"], "taux de disponibilité").value is w.ProfileKind.AVAILABILITY


@pytest.mark.parametrize("text", ["membr", "menbre", "privat"])
def test_a_slip_in_a_word_is_an_error_with_the_word_meant(text: str) -> None:
    column = columns(t.ActorRow)["sector" if text == "privat" else "perimeter"]
    ((code, facts),) = understand(column, text).findings
    assert code.code == "WRD01"
    assert facts["meant"] != ("", "")
    if text != "privat":  # a word may hold a comma
        assert "« du territoire, non membre », « partenaire » et" in str(facts["allowed"][1]).replace("\xa0", " ")


def test_logical_values_are_yes_and_no() -> None:
    column = columns(t.ProductRow)["may_discard"]
    assert understand(column, True).value is w.YesNo.YES
    assert understand(column, False).value is w.YesNo.NO
    assert understand(column, 1.0).value is w.YesNo.YES


def test_open_words_take_any_other_text() -> None:
    column = columns(t.FundingRow)["kind"]
    assert understand(column, "Subvention").value is w.FundingKind.GRANT
    assert understand(column, "Fondation  X").value == "Fondation X"
    assert understand(columns(t.LimitRow)["measure"], "emploi").value == "emploi"  # an own measure, not jobs


def test_plain_numbers_take_percentages() -> None:
    assert understand(columns(t.LimitRow)["value"], "50 %").value == 0.5
    assert understand(columns(t.LimitRow)["value"], "-3").value == -3.0


@pytest.mark.parametrize(("value", "code"), [(1.5, "NUM08"), (0.0, "NUM05"), ("1,000", "NUM02"), ("2", None)])
def test_whole_numbers(value: RawValue, code: str | None) -> None:
    findings = understand(columns(t.ObjectiveRow)["rank"], value).findings
    assert [finding.code.code for finding in findings] == ([code] if code else [])


@pytest.mark.parametrize("value", [91.0, "-90,5°"])
def test_bounds_of_degrees(value: RawValue) -> None:
    ((code, _),) = understand(columns(t.ActorRow)["latitude"], value).findings
    assert code.code in ("NUM05", "NUM06")


def test_rows_that_are_blank_or_remarks_are_passed_over() -> None:
    tables = parse(
        workbook("""
        ## Actors
        | actor | perimeter | other remarks |
        | # later | nonsense |  |
        |  |  | total: 3 |
        | _x |  |  |
        | A | member |  |
        ## Products
        ## Links
        """)
    )
    assert found(tables) == {("COL01", "Actors!C1")}
    assert [row.actor for row in tables.actors] == ["A"]


def test_dates_in_notes_and_sources_are_kept_as_text() -> None:
    (row,) = links({"source": dt.datetime(2024, 5, 1), "note": 12.0}).links
    assert row.source == "2024-05-01"
    assert row.note == "12"


def test_a_refused_row_leaves_its_names() -> None:
    tables = parse(
        workbook("""
        ## Actors
        | actor | perimeter | group |
        | Mill | nowhere | g; h |
        ## Products
        | product | unit | family | labels |
        | flour |  | cereals | organic |
        ## Processes
        | process | actor | capacity |
        | milling | Mill | -1 |
        ## Links
        """)
    )
    assert found(tables) == {("WRD01", "Actors!B2"), ("CEL01", "Products!B2"), ("NUM05", "Processes!C2")}
    assert tables.refused == {
        "actors": {"Mill"},
        "groups": {"g", "h"},
        "products": {"flour"},
        "families": {"cereals"},
        "labels": {"organic"},
        "processes": {"milling", "milling / Mill"},
    }


def test_settings_are_read_as_cells_of_their_column() -> None:
    tables = parse(
        workbook(
            """
        ## Paramètres
        | paramètre | valeur |
        | Nom | Pain d'ici |
        | Continuité | 50 % |
        | Langue | français |
        | base circularité | valeur |
        | detour |  |
        # skipped
        """.replace("# skipped", "| # remark | x |")
        )
        + workbook("## Actors\n## Products\n## Links")
    )
    assert found(tables) == set()
    settings = tables.settings
    assert (settings.name, settings.continuity, settings.language) == ("Pain d'ici", 0.5, w.LanguageWord.FR)
    assert (settings.circularity_basis, settings.detour) == (w.Basis.VALUE, 1.3)
    assert str(settings.at("continuity")) == "Paramètres!B3"


def test_settings_that_are_unknown_doubled_or_wrong() -> None:
    tables = parse(
        workbook("""
        ## Settings
        | setting | value |
        | curency | EUR |
        | detour | 1.2 |
        | Détour | 1.4 |
        | continuity | 50 |
        | upstream_weight | 2 kg |
        | circularity_basis | colour |
        """)
        + workbook("## Actors\n## Products\n## Links")
    )
    assert found(tables) == {
        ("SET01", "Settings!A2"),
        ("SET02", "Settings!A4"),
        ("NUM07", "Settings!B5"),
        ("NUM09", "Settings!B6"),
        ("WRD01", "Settings!B7"),
    }
    assert tables.settings.detour == 1.2


values = st.one_of(
    st.text(max_size=20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.builds(ErrorValue, st.just("#DIV/0!")),
    st.builds(Uncomputed, st.just("=A1")),
    st.sampled_from(["12 t", "50 %", "1,234", "yes", "x", "*", ">=", "=1"]),
)
all_columns = [column for table in (*TABLES, SettingsValues) for column in columns(table).values()]


@given(st.sampled_from(all_columns), values)
def test_every_cell_is_either_understood_or_explained(column: Column, value: RawValue) -> None:
    understood = understand(column, value)
    for code, facts in understood.findings:
        problem = code.at(None, **facts)
        for text in (problem.message("en"), problem.message("fr"), problem.hint("en"), problem.hint("fr")):
            assert text
    errors = [code for code, _ in understood.findings if code.severity is Severity.ERROR]
    if errors:
        assert understood.value is None
    elif column.reads in (Reads.NUMBER, Reads.INTEGER):
        assert column.lowest is None or understood.value >= column.lowest
        assert column.highest is None or understood.value <= column.highest


@given(st.lists(st.lists(st.one_of(st.none(), values), max_size=5), max_size=6))
def test_parsing_never_raises(rows: list[list[RawValue | None]]) -> None:
    raw = tuple(
        RawRow(number, {at: value for at, value in enumerate(row) if value is not None})
        for number, row in enumerate(rows, start=1)
    )
    for sheet in ("Actors", "Settings", "Profiles", "Processes", "Scenarios"):
        tables = parse([RawTable(sheet, raw)])
        assert all(problem.message("fr") for problem in tables.problems)


def test_the_catalogue_is_complete_and_bilingual() -> None:
    codes = [code.code for code in CODES]
    assert len(codes) == len(set(codes))
    assert set(CODES) <= set(CATALOGUE)
    for code in CODES:
        for label in (code.fact, code.rule, code.remedy):
            fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in label]
            assert label.en
            assert label.fr
            assert fields[0] == fields[1], code.code
