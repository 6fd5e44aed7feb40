"""What a sheet shows and a bare figure does not: headings with units, ``%``, hidden rows, merged cells, sheet names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.chain.chain import Chain
from filiere.chain.read import problems_of, read_chain
from filiere.problems import Problem
from filiere.table import Percentage, RawRow, RawTable, Shown, Unseen
from tests.chain.bread import bread
from tests.sheets import chain, problems, workbook


def tables(**sheets: str) -> dict[str, RawTable]:
    return {table.sheet: table for table in workbook(bread(**sheets))}


def found(tables: dict[str, RawTable], code: str) -> list[Problem]:
    return [problem for problem in problems_of(tuple(tables.values())) if problem.code == code]


def places(text: str, code: str) -> list[str]:
    return sorted(cell for found, cell in problems(text) if found == code)


# ---- hidden (F)


LINKS = """
    | from | to   | product | maximum |
    | Farm | Mill | wheat   | 80      |
    | Mill | Shop | flour   | 50      |
    | # no | Shop | flour   | 50      |"""


def test_hidden_and_filtered_rows_count_and_are_told_once_for_a_sheet() -> None:
    sheets = tables(Links=LINKS)
    sheets["Links"] = replace(sheets["Links"], unseen=Unseen(rows=frozenset({2, 3, 4})))
    [warning] = found(sheets, "SHT06")
    assert str(warning.cell) == "Links!2"
    assert warning.message("en").endswith("hidden or filtered out: 2 to 3. They count all the same.")
    assert len(read_chain(tuple(sheets.values())).links) == 2


def test_a_hidden_remark_and_a_hidden_empty_column_are_nobody_s_business() -> None:
    sheets = tables(Links=LINKS)
    sheets["Links"] = replace(sheets["Links"], unseen=Unseen(frozenset({4}), frozenset({9})))
    assert not found(sheets, "SHT06") + found(sheets, "SHT07")


def test_a_hidden_column_with_values_is_named_with_its_letter() -> None:
    sheets = tables(Links=LINKS)
    sheets["Links"] = replace(sheets["Links"], unseen=Unseen(columns=frozenset({3})))
    [warning] = found(sheets, "SHT07")
    assert str(warning.cell) == "Links!D1"
    assert "maximum (D)" in warning.message("en")
    assert read_chain(tuple(sheets.values())).links[0].maximum == 80


def test_of_a_hidden_sheet_the_sheet_alone_is_told() -> None:
    sheets = tables(Links=LINKS)
    sheets["Links"] = replace(sheets["Links"], hidden=True, unseen=Unseen(frozenset({2}), frozenset({3})))
    assert [problem.code for problem in problems_of(tuple(sheets.values())) if problem.code.startswith("SHT")] == [
        "SHT05"
    ]


def test_a_hidden_scenario_mark_is_told() -> None:
    links = "| from | to | product | scenario |\n| Farm | Mill | wheat | |\n| Mill | Shop | flour | less |"
    sheets = tables(Links=links)
    sheets["Links"] = replace(sheets["Links"], unseen=Unseen(columns=frozenset({3})))
    assert "scenario (D)" in found(sheets, "SHT07")[0].message("en")


# ---- units in headings (G)


def offer(heading: str, figure: str = "90") -> Chain:
    return chain(bread(Offers=f"| actor | product | {heading} |\n| Farm | wheat | {figure} |"))


@pytest.mark.parametrize(
    ("heading", "maximum"),
    [
        ("maximum (kg)", 0.09),
        ("maximum [en kg par an]", 0.09),
        ("Maximum (quintaux)", 9),
        ("maximum (t/month)", 1080),
        ("maximum (t par trimestre)", 360),
        ("maximum (t/year)", 90),
        ("maximum (kg x 1000)", 90),
        ("maximum (milliers de kg)", 90),
        ("maximum (units/year)", 90),
        ("maximum (see note 3)", 90),
        ("maximum (s)", 90),
        ("maximum (2026)", 90),
    ],
)
def test_the_unit_of_a_heading_is_that_of_its_figures(heading: str, maximum: float) -> None:
    assert offer(heading).offers[0].maximum == pytest.approx(maximum)
    assert not [w for w in offer(heading).warnings if w.code == "UNI03"]


def test_the_unit_in_the_cell_wins_over_that_of_the_heading() -> None:
    assert offer("maximum (kg)", "90 t").offers[0].maximum == 90


@pytest.mark.parametrize("heading", ["maximum (l)", "maximum (€)", "maximum (heures)", "maximum (t/semaine)"])
def test_a_unit_that_contradicts_is_told_at_the_heading_and_the_figure_stands(heading: str) -> None:
    found = offer(heading)
    assert found.offers[0].maximum == 90
    [warning] = [w for w in found.warnings if w.code == "UNI03"]
    assert str(warning.cell) == "Offers!C1"
    assert "“t”" in warning.message("en")


@pytest.mark.parametrize(
    ("heading", "price"),
    [("price (€/kg)", 500), ("price (€ HT par kg)", 500), ("prix (€ le kilo)", 500), ("prix (euros la tonne)", 0.5),
     ("prix (€ au kg)", 500), ("Price (cts/kg)", 5), ("prix (€)", 0.5), ("price (k€/t)", 500),
     ("price (€/unit)", 0.5), ("price (HT)", 0.5)],
)  # fmt: skip
def test_prices_per_another_unit(heading: str, price: float) -> None:
    links = f"| from | to | product | {heading} |\n| Farm | Mill | wheat | 0.5 |\n| Mill | Shop | flour | 0.5 |"
    assert [link.price for link in chain(bread(Links=links)).links] == pytest.approx([price, price])


def test_a_price_in_another_currency_is_told() -> None:
    links = "| from | to | product | price (CHF/t) |\n| Farm | Mill | wheat | 0.5 |\n| Mill | Shop | flour | 0.5 |"
    assert places(bread(Links=links), "UNI03") == ["Links!D1"]


@pytest.mark.parametrize(("heading", "cost"), [("fixed cost (k€/an)", 3000), ("fixed_cost (€/mois)", 36), ("fixed cost (€)", 3),
                                               ("fixed cost (milliers d'euros)", 3000)])  # fmt: skip
def test_money_by_the_thousand_and_by_the_month(heading: str, cost: float) -> None:
    rows = f"| process | actor | capacity | {heading} |\n| milling | Mill | 100 | 3 |"
    assert chain(bread(Processes=rows)).processes[("milling", "Mill")].fixed_cost == cost


# ---- units that cells show (their number formats)


def shows(unit: str, heading: str = "maximum", sheet: str = "Offers", column: int = 2) -> dict[str, RawTable]:
    """The sheets in which the first figure of a column stands beside a unit: 90000, seen as 90 000 kg."""
    sheets = tables(Offers=f"| actor | product | {heading} |\n| Farm | wheat | 90000 |")
    first, row, *rest = sheets[sheet].rows
    number = row.values[column]
    assert isinstance(number, float)
    seen = RawRow(row.number, {**row.values, column: Shown(number, unit)})
    return sheets | {sheet: replace(sheets[sheet], rows=(first, seen, *rest))}


@pytest.mark.parametrize(
    ("unit", "heading", "maximum"), [("kg", "maximum", 90), ("t", "maximum", 90_000), ("t", "maximum (kg)", 90)]
)
def test_the_unit_that_a_cell_shows_is_that_of_its_figure_unless_the_heading_says_another(
    unit: str, heading: str, maximum: float
) -> None:
    sheets = tuple(shows(unit, heading).values())
    assert read_chain(sheets).offers[0].maximum == pytest.approx(maximum)
    assert not problems_of(sheets)


def test_a_shown_unit_that_contradicts_is_told_at_its_cell_and_the_figure_stands() -> None:
    [warning] = found(shows("l"), "UNI06")
    assert str(warning.cell) == "Offers!C2"
    assert "“l” beside its figure; “maximum” is counted in “t” here" in warning.message("en")
    assert read_chain(tuple(shows("l").values())).offers[0].maximum == 90_000


def test_a_number_that_has_no_unit_may_be_shown_with_any() -> None:
    sheets = tables(Products="| product | unit | price | criticality |\n| wheat | t | 200 | 2 |\n| flour | t | 500 | |")
    first, row, *rest = sheets["Products"].rows
    seen = RawRow(row.number, {**row.values, 3: Shown(2.0, "kg")})
    sheets["Products"] = replace(sheets["Products"], rows=(first, seen, *rest))
    assert not problems_of(tuple(sheets.values()))
    assert read_chain(tuple(sheets.values())).products["wheat"].criticality == 2


@pytest.mark.parametrize(("unit", "told"), [("€", []), ("$", ["Products!C2"])])
def test_money_is_shown_in_the_currency_of_the_workbook(unit: str, told: list[str]) -> None:
    sheets = shows(unit, sheet="Products", column=2)
    assert [str(warning.cell) for warning in found(sheets, "UNI06")] == told


def test_a_level_is_counted_in_runs_whatever_unit_its_good_has_but_not_in_kilos_of_tonnes() -> None:
    rows = "| process | actor | capacity ({}) |\n| milling | Mill | 100 |"
    for unit, capacity in (("t/year", 100), ("t/month", 1200), ("heures", 100), ("activities/year", 100)):
        assert chain(bread(Processes=rows.format(unit))).processes[("milling", "Mill")].capacity == capacity
    for unit in ("kg", "t/day", "t/semaine", "t par jour", "kg/h"):
        assert places(bread(Processes=rows.format(unit)), "UNI03") == ["Processes!C1"], unit


def test_a_heading_s_unit_holds_for_the_changes_of_a_scenario_too() -> None:
    sheets = bread(
        Offers="| actor | product | maximum (kg) |\n| Farm | wheat | 90000 |",
        Scenarios="""
            | scenario | table  | row          | column  | change   |
            | more     | Offers | Farm / wheat | maximum | = 120000 |
            | plus     | Offers | Farm / wheat | maximum | + 10000  |
            | tonnes   | Offers | Farm / wheat | maximum | = 50 t   |
            | open     | Offers | Farm / wheat | maximum | = blank  |""",
    )
    amounts = [chain(sheets, name).offers[0].maximum for name in ("reference", "more", "plus", "tonnes", "open")]
    assert amounts == [90, 120, 100, 50, None]


# ---- per cent in headings, and a share of exactly 1 (G4, H)


def losses(heading: str, *values: str) -> tuple[list[float], list[str]]:
    rows = "\n".join(
        f"| Farm | Mill | wheat | {v} |" if n == 0 else f"| Mill | Shop | flour | {v} |" for n, v in enumerate(values)
    )
    text = bread(Links=f"| from | to | product | {heading} |\n{rows}")
    return [link.loss for link in chain(text).links], [w.code for w in chain(text).warnings if w.code.startswith("NUM")]


def test_under_a_heading_that_says_per_cent_plain_figures_are_percentages() -> None:
    assert losses("loss (%)", "5", "0.5") == ([0.05, 0.005], [])
    assert losses("perte (en %)", "5 %", "2,5") == ([0.05, 0.025], [])


def test_where_all_of_them_could_be_shares_it_is_asked_once() -> None:
    assert losses("loss (%)", "0.5", "0.02") == ([0.5, 0.02], ["NUM13"])
    assert losses("loss (%)", "0.5 %", "50 %") == ([0.005, 0.5], [])


def test_shares_among_which_one_figure_is_a_percentage_are_asked_about_once() -> None:
    mixed = {"Processes": "| process | actor | capacity | local_share (%) |\n| milling | Mill | 100 | {} |\n"
                          "| baking | Mill | 100 | {} |\n| sifting | Mill | 100 | {} |"}  # fmt: skip

    def asked(*shares: str) -> list[str]:
        sheets = {name: text.format(*shares) for name, text in mixed.items()}
        return [p.message("fr") for p in problems_of(workbook(bread(**sheets))) if p.code == "NUM14"]

    (said,) = asked("60", "0.6", "0.85")
    said = said.replace("\u202f", " ").replace("\xa0", " ")
    assert said.startswith("0,6 est lu comme 0,6 %.")
    assert "Le titre de « part locale » dit %, et d'autres chiffres y dépassent 1" in said
    assert not asked("60", "0.6", "85") and not asked("0.6", "0.6", "0.85") and not asked("60", "60 %", "85 %")


def test_a_figure_that_its_cell_shows_as_a_percentage_is_what_is_seen() -> None:
    sheets = tables(
        Links="| from | to | product | loss (%) |\n| Farm | Mill | wheat | x |\n| Mill | Shop | flour | x |"
    )
    rows = [RawRow(row.number, {at: Percentage(v) if at == 3 else text for at, text in row.values.items()})
            for row, v in zip(sheets["Links"].rows[1:], (0.05, 0.9), strict=True)]  # fmt: skip
    sheets["Links"] = replace(sheets["Links"], rows=(sheets["Links"].rows[0], *rows))
    assert [link.loss for link in read_chain(tuple(sheets.values())).links] == [0.05, 0.9]
    assert not found(sheets, "NUM10") + found(sheets, "NUM13")


def test_a_share_of_exactly_one_asks_whether_one_per_cent_was_meant() -> None:
    for sheets, cell in (
        (
            {"Links": "| from | to | product | loss |\n| Farm | Mill | wheat | 1 |\n| Mill | Shop | flour | |"},
            "Links!D2",
        ),
        ({"Settings": "| setting | value |\n| discount_rate | 1 |"}, "Settings!B2"),
        ({"Objectives": "| rank | objective | tolerance |\n| 1 | unmet | 1 |"}, "Objectives!C2"),
        ({"Storage": "| actor | product | capacity | loss |\n| Mill | flour | 9 | 1 |"}, "Storage!D2"),
    ):
        assert places(bread(**sheets), "NUM10") == [cell]


def test_shares_that_are_whole_by_nature_and_a_typed_100_per_cent_ask_nothing() -> None:
    for sheets in (
        {"Links": "| from | to | product | loss |\n| Farm | Mill | wheat | 100 % |\n| Mill | Shop | flour | |"},
        {"Periods": "| period | share |\n| year | 1 |"},
        {"Processes": "| process | actor | capacity | local_share |\n| milling | Mill | 100 | 1 |"},
        {"Settings": "| setting | value |\n| continuity | 1 |"},
    ):
        assert places(bread(**sheets), "NUM10") == []


def test_the_rate_of_a_setting_whose_name_says_per_cent() -> None:
    assert chain(bread(Settings="| setting | value |\n| taux d'actualisation (%) | 4 |")).settings.discount_rate == 0.04


# ---- rounded shares (K)


@pytest.mark.parametrize("shares", [("0.333333",) * 3, ("0.333",) * 3, ("33,3 %",) * 3, ("0.33",) * 3, ("0.17",) * 6,
                                    ("0.0833",) * 12, ("0.167", "0.333", "0.499")])  # fmt: skip
def test_shares_that_miss_one_by_their_rounding_are_read_as_meant(shares: tuple[str, ...]) -> None:
    rows = "\n".join(f"| p{n} | {share} |" for n, share in enumerate(shares))
    periods = chain(bread(Periods=f"| period | share |\n{rows}")).periods
    assert sum(period.share for period in periods) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("shares", "said"),
    [(("0.3", "0.3", "0.35"), "0.95: 0.05 are missing"), (("0.5", "0.25", "0.2"), "0.95: 0.05 are missing"),
     (("0.333", "0.333", "0.344"), "1.01: 0.01 too many"), (("0.5", "0.49999"), "0.99999: 0.00001 are missing")],
)  # fmt: skip
def test_a_difference_that_is_no_rounding_is_named(shares: tuple[str, ...], said: str) -> None:
    rows = "\n".join(f"| p{n} | {share} |" for n, share in enumerate(shares))
    [problem] = found(tables(Periods=f"| period | share |\n{rows}"), "PER01")
    assert said in problem.message("en")


def test_a_calendar_rounded_to_two_decimals_shares_out_the_whole_year() -> None:
    text = bread(Periods="| period |\n| a |\n| b |\n| c |", Profiles="| profile | kind | a | b | c |\n| x | spread | 0.33 | 0.33 | 0.33 |",
                 Offers="| actor | product | maximum | profile |\n| Farm | wheat | 100 | x |")  # fmt: skip
    assert chain(text).offers[0].calendar.weights == pytest.approx((1 / 3, 1 / 3, 1 / 3), abs=1e-12)


# ---- merged cells (P1)


def merged(links: str, covered: dict[int, dict[int, int]]) -> dict[str, RawTable]:
    sheets = tables(Links=links, Needs="| actor | product | quantity |\n| Shop | flour | 40 |\n| Shop | wheat | 1 |")
    sheets["Links"] = replace(sheets["Links"], covered=covered)
    return sheets


def test_a_merged_supplier_supplies_each_row_that_it_covers() -> None:
    links = "| from | to | product |\n| Farm | Mill | wheat |\n| | Shop | wheat |\n| Mill | Shop | flour |"
    sheets = merged(links, {3: {0: 2}})
    assert {(link.from_, link.to) for link in read_chain(tuple(sheets.values())).links} == {
        ("Farm", "Mill"), ("Farm", "Shop"), ("Mill", "Shop"),
    }  # fmt: skip
    assert not found(sheets, "CEL01")


def test_a_merged_heading_does_not_spill_into_the_rows() -> None:
    links = "| from | to | product |\n| | Mill | wheat |\n| Mill | Shop | flour |"
    assert [str(problem.cell) for problem in found(merged(links, {2: {0: 1}}), "CEL01")] == ["Links!A2"]


def test_a_merged_quantity_is_that_of_each_row_and_asked_about_but_a_merged_price_is_not() -> None:
    links = "| from | to | product | maximum | price |\n| Farm | Mill | wheat | 50 | 9 |\n| Farm | Shop | wheat | | |\n| Mill | Shop | flour | | |"
    sheets = merged(links, {3: {3: 2, 4: 2}})
    by = {(link.from_, link.to): (link.maximum, link.price) for link in read_chain(tuple(sheets.values())).links}
    assert by["Farm", "Shop"] == (50, 9)
    [warning] = found(sheets, "CEL09")
    assert (str(warning.cell), "rows 2 to 3" in warning.message("en")) == ("Links!D2", True)


# ---- names of sheets that other programs give (P2)


@pytest.mark.parametrize(
    "name",
    ["Links - Table 1", "Liens - Tableau 1", "Links – Tabelle 1", "Links - Tabla 1", "Copy of Links", "Copie de Échanges",
     "Links.csv", "Liens$", "3. Links", "04 Links", "Links (2)", "Links - Table 1-1"],
)  # fmt: skip
def test_a_sheet_named_by_another_program_is_the_table_it_names(name: str) -> None:
    sheets = tables()
    renamed = (*(t for n, t in sheets.items() if n != "Links"), replace(sheets["Links"], sheet=name))
    assert not [problem for problem in problems_of(renamed) if problem.code.startswith("SHT")]


def test_beside_a_sheet_of_the_plain_name_such_a_sheet_is_not_read() -> None:
    sheets = (*tables().values(), replace(tables()["Links"], sheet="Copy of Links"))
    assert [str(problem.cell) for problem in problems_of(sheets) if problem.code.startswith("SHT")] == ["Copy of Links"]


def test_two_tables_of_one_name_are_still_refused_and_a_summary_of_an_export_is_nothing() -> None:
    sheets = tables()
    rest = [table for name, table in sheets.items() if name != "Links"]
    twins = [replace(sheets["Links"], sheet=f"Links - Table {n}") for n in (1, 2)]
    summary = RawTable("Export Summary", (RawRow(1, {0: "This document was exported from Numbers."}),))
    found = [problem for problem in problems_of((*rest, *twins, summary)) if problem.code.startswith("SHT")]
    assert [problem.code for problem in found] == ["SHT02"]


# ---- twins, and rows of a scenario


@pytest.mark.parametrize(("one", "other"), [("Ferme de l'Évêque", "Ferme de l'Eveque"), ("S.A. Moulin", "SA Moulin"),
                                            ("Coop-Nord", "Coop Nord")])  # fmt: skip
def test_actors_that_an_accent_or_a_dot_tells_apart_are_asked_about(one: str, other: str) -> None:
    actors = f"""
        | actor | perimeter |
        | Farm | member |
        | Mill | member |
        | Shop | local |
        | {one} | external |
        | {other} | external |"""
    assert places(bread(Actors=actors), "CHK22") == ["Actors!A6"]


def test_products_and_activities_too_but_not_names_that_differ_by_a_letter() -> None:
    products = "| product | unit | kind |\n| wheat | t | primary |\n| flour | t | |\n| pâté | t | |\n| pate | t | |\n| pates | t | |"
    assert places(bread(Products=products), "CHK22") == ["Products!A5"]


def test_rows_that_lack_the_mark_of_the_scenario_they_belong_to_are_told_so() -> None:
    text = bread(
        Processes="| process | actor | capacity | scenario |\n| milling | Mill | 100 | |\n| sorting | Mill | 9 | new |",
        Recipes="""
            | process | product | input | output | scenario |
            | milling | wheat   | 1     |        | |
            | milling | flour   |       | 0.8    | |
            | sorting | wheat   | 1     |        | |
            | sorting | flour   |       | 0.5    | new |""",
    )
    [problem] = found({table.sheet: table for table in workbook(text)}, "NAM07")
    assert str(problem.cell) == "Recipes!A4"
    assert "“new”" in problem.hint("en")
    assert not [cell for code, cell in problems(text) if code == "NAM02"]
