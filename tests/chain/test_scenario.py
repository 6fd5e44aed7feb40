"""Scenarios: which rows hold, which values change, what goes with a row that is left out, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.chain.scenario.apply import apply_scenario, scenario_names
from filiere.chain.scenario.change import shown_change
from filiere.problems import Problem, Severity
from filiere.schema import words as w
from filiere.table import RawRow, RawTable
from tests.sheets import workbook

CHAIN = """
## Paramètres
| paramètre | valeur | scénario |
| continuité | 0.5 |  |
| continuité | 0.9 | sobre |
| habitants |  |  |
## Périodes
| période |
| hiver |
| été |
## Calendriers
| calendrier | type | hiver | été |
| école | répartition | 0.75 | 0.25 |
## Acteurs
| acteur | périmètre | groupe | scénario |
| Moulin | membre | pôle |  |
| Ferme | local |  |  |
| Cantine | local | cantines |  |
| Négoce | extérieur |  |  |
| Fournil | membre |  | projet |
## Produits
| produit | unité | famille |
| blé | t | grains |
| farine | kg | moutures |
| son | kg | moutures |
| pain | kg |  |
## Activités
| activité | acteur | capacité | mesure : heures | scénario |
| mouture | Moulin | 100 | 2 |  |
| cuisson | Cantine |  |  |  |
| cuisson | Fournil | 5 |  | projet |
## Entrées-sorties
| activité | produit | entrée | sortie |
| mouture | blé | 1.2 |  |
| mouture | farine |  | 800 |
| mouture | son |  | 200 |
| cuisson | farine | 0.7 |  |
| cuisson | pain |  | 1 |
## Échanges
| de | vers | produit | maximum | minimum | prix | perte | période |
| Ferme | Moulin | blé | 12 t |  | 200 | 0.2 |  |
| Négoce | Moulin | blé | 500 kg |  | 180 |  |  |
| Moulin | cantines | farine | 8000 | 0 | 1.5 |  | hiver |
| Moulin | cantines | farine | 6000 | 0 | 1.6 |  | été |
| Moulin | Ferme | son |  |  |  |  |  |
## Besoins
| acteur | produit | quantité |
| cantines | pain | 900 |
## Financements
| financeur | acteur | maximum | activité |
| Négoce | Cantine | 5 k€ | cuisson |
| Négoce | Moulin | 1000 |  |
## Objectifs
| priorité | objectif |
| 1 | coût |
## Règles et engagements
| règle | mesure | produit | sens | valeur |
| plafond | quantité | grains | <= | 10 |
## Scénarios
| scénario | table | ligne | colonne | changement | base |
"""


def under(changes: str, name: str = "essai", chain: str = CHAIN) -> Tables:
    """Return the chain under a scenario whose rows are written without its name and base."""
    rows = "".join(f"| {name} {line.strip()}\n" for line in changes.strip().splitlines())
    return apply_scenario(parse(workbook(chain + rows)), name)


def found(tables: Tables) -> set[tuple[str, str]]:
    return {(problem.code, str(problem.cell or "")) for problem in tables.problems}


def only(tables: Tables) -> Problem:
    (problem,) = tables.problems
    return problem


def maxima(tables: Tables) -> list[float | None]:
    return [row.maximum for row in tables.links]


def test_the_chain_of_these_tests_is_sound() -> None:
    assert parse(workbook(CHAIN)).problems == ()


def test_the_reference_always_exists_and_changes_nothing() -> None:
    tables = parse(workbook(CHAIN))
    assert scenario_names(tables) == ("reference", "sobre", "projet")
    for name in ("reference", "Référence"):
        again = apply_scenario(tables, name)
        assert again.problems == ()
        assert again.links == tables.links
        assert again.settings == tables.settings
        assert [row.actor for row in again.actors] == ["Moulin", "Ferme", "Cantine", "Négoce"]


def test_rows_of_a_scenario_hold_in_it_and_in_those_that_start_from_it() -> None:
    changes = "| plus grand | Activités | cuisson / Fournil | capacité | x 2 | projet |\n| seul | Activités | mouture / * | capacité | = 1 | |"
    tables = parse(workbook(CHAIN + changes))
    assert "Fournil" in {row.actor for row in apply_scenario(tables, "PROJET").actors}
    assert apply_scenario(tables, "plus grand").processes[2].capacity == 10.0
    assert "Fournil" not in {row.actor for row in apply_scenario(tables, "seul").actors}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("= 120", 120),
        ("=120", 120),
        ("= 1 200,5", 1200.5),
        ("x 1.2", 120),
        ("x 1,2", 120),
        ("× 0,5", 50),
        ("X2", 200),
        ("* 3", 300),
        ("x 50 %", 50),
        ("+ 10", 110),
        ("- 10", 90),
        ("− 10", 90),
        ("+ 10 %", 110),
        ("- 10 %", 90),
        ("-10%", 90),
    ],
)
def test_each_kind_of_change(change: str, expected: float) -> None:
    tables = under(f"| Activités | mouture / Moulin | capacité | {change} | |")
    assert tables.problems == ()
    assert tables.processes[0].capacity == pytest.approx(expected)
    assert str(tables.processes[0].at("capacity")) == "Scénarios!E2"
    assert str(tables.processes[0].at("actor")) == "Activités!B2"
    assert tables.processes[1].capacity is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x 0.75", "×~0,75"),
        ("X2", "×~2"),
        ("* 3", "×~3"),
        ("- 10 %", "−~10~%"),
        ("+ 1,5 t", "+~1,5~t"),
        ("= 0.55", "=~0,55"),
        ("= 7.500000000000e-01", "=~0,75"),
        ("= 12345678900012", "=~12345678900012"),
        ("= membre", "=~membre"),
        ("x 1,234", "×~1,234"),
        ("rien de tout cela", "rien de tout cela"),
    ],
)
def test_a_change_is_shown_with_the_signs_that_are_printed(typed: str, shown: str) -> None:
    assert shown_change(typed, "fr") == shown.replace("~", "\u00a0")


@given(st.integers(1, 999), st.integers(1, 99))
def test_changes_and_their_opposites_cancel(amount: int, share: int) -> None:
    there = under(
        f"| Activités | mouture / * | capacité | + {amount} | |\n| Activités | mouture / * | capacité | - {amount} | |\n"
        f"| Activités | mouture / * | capacité | x {1 + share}| |\n| Activités | mouture / * | capacité | - {share} % | |"
    )
    assert there.problems == ()
    assert there.processes[0].capacity == pytest.approx(100 * (1 + share) * (1 - share / 100))


def test_no_noise_of_binary_fractions_is_left() -> None:
    assert under("| Échanges | Ferme / * / blé | perte | x 3 | |").links[0].loss == 0.6


def test_changes_are_made_in_sheet_order_base_first() -> None:
    changes = """
    | b | Activités | mouture / Moulin | capacité | x 2 | a |
    | a | Activités | mouture / Moulin | capacité | + 10 | |
    | b | Activités | mouture / Moulin | capacité | + 1 | |
    """
    tables = parse(workbook(CHAIN + changes))
    assert scenario_names(tables) == ("reference", "b", "a", "sobre", "projet")
    assert apply_scenario(tables, "a").processes[0].capacity == 110
    changed = apply_scenario(tables, "b")
    assert changed.processes[0].capacity == 221
    assert str(changed.processes[0].at("capacity")) == "Scénarios!E4"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Ferme / Moulin / blé", [1, 500, 8000, 6000, None]),
        ("ferme/moulin/BLÉ", [1, 500, 8000, 6000, None]),
        ("* / Moulin / blé", [1, 1, 8000, 6000, None]),
        ("* / * / *", [1, 1, 1, 1, 1]),
        ("Moulin / cantines / farine", [12, 500, 1, 1, None]),
        ("Moulin / cantines / farine / été", [12, 500, 8000, 1, None]),
        ("Moulin / * / * / *", [12, 500, 1, 1, 1]),
    ],
)
def test_keys_with_any_part(row: str, expected: list[float | None]) -> None:
    tables = under(f"| Links | {row} | maximum | = 1 | |")
    assert tables.problems == ()
    assert maxima(tables) == expected


def test_a_star_in_a_key_means_every_row_also_beside_rows_that_are_for_everyone() -> None:
    chain = CHAIN.replace("| Ferme | Moulin | blé | 12 t", "| * | * | blé | 12 t")
    assert maxima(under("| Links | * / * / blé | maximum | = 1 | |", chain=chain))[:3] == [1, 1, 8000]


def test_a_name_that_holds_a_slash_matches_as_a_whole() -> None:
    chain = CHAIN.replace("| Négoce | extérieur", "| Négoce / Sud | extérieur")
    tables = under("| Acteurs | négoce / sud | périmètre | = membre | |", chain=chain)
    assert tables.problems == ()
    assert tables.actors[3].perimeter is w.Perimeter.MEMBER


@pytest.mark.parametrize(
    ("table", "row", "column", "change", "key", "field", "expected"),
    [
        ("Actors", "Ferme", "perimeter", "= membre", "actors", "perimeter", w.Perimeter.MEMBER),
        ("Actors", "Moulin", "groupe", "= a; b", "actors", "group", ("a", "b")),
        ("Objectives", "cost", "tolérance", "= 5 %", "objectives", "tolerance", 0.05),
        ("Limits", "plafond", "value", "- 3", "limits", "value", 7.0),
        ("Besoins", "* / pain", "calendrier", "= école", "needs", "profile", "école"),
        ("Échanges", "* / Ferme / son", "to", "= Négoce", "links", "to", "Négoce"),
        ("Activités", "mouture / *", "mesure : Heures", "x 1,5", "processes", "measures", {"heures": 3.0}),
        ("Calendriers", "école", "Hiver", "= 50 %", "profiles", "values", {"hiver": 0.5, "été": 0.25}),
        ("Activités", "mouture / *", "capacité", "= vide", "processes", "capacity", None),
    ],
)
def test_every_kind_of_column_can_be_changed(
    table: str, row: str, column: str, change: str, key: str, field: str, expected: Any
) -> None:
    tables = under(f"| {table} | {row} | {column} | {change} | |")
    assert tables.problems == ()
    (changed,) = (
        one for one in getattr(tables, key) if "Scénarios!E2" in {str(cell) for cell in dict(one.cells).values()}
    )
    assert getattr(changed, field) == expected


def test_a_measure_can_be_given_where_it_is_blank() -> None:
    tables = under("| Activités | cuisson / Cantine | measure: heures | = 3 | |")
    assert [row.measures for row in tables.processes] == [{"heures": 2.0}, {"heures": 3.0}]


def test_settings_change_whether_written_or_not() -> None:
    tables = under("| Settings | continuity | | + 0.25 | |\n| Paramètres | détour | valeur | x 2 | |")
    assert tables.problems == ()
    assert (tables.settings.continuity, tables.settings.detour) == (0.75, 2.6)
    assert str(tables.settings.at("detour")) == "Scénarios!E3"


def test_a_setting_of_one_scenario_holds_there_before_its_changes() -> None:
    assert apply_scenario(parse(workbook(CHAIN)), "sobre").settings.continuity == 0.9
    tables = under("| Settings | continuité | | - 0.3 | |", name="sobre")
    assert tables.settings.continuity == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("row", "change", "value", "unit"),
    [
        ("Ferme / Moulin / blé", "x 2", 24, "t"),
        ("Ferme / Moulin / blé", "+ 500 kg", 12.5, "t"),
        ("Ferme / Moulin / blé", "+ 1", 13, "t"),  # the product's own unit is the one typed
        ("Négoce / Moulin / blé", "+ 1", 1500, "kg"),  # 1 t, in which wheat is counted
        ("Négoce / Moulin / blé", "= 2", 2, ""),
        ("Négoce / Moulin / blé", "= 2 q", 2, "q"),
    ],
)
def test_amounts_in_other_units_add_up(row: str, change: str, value: float, unit: str) -> None:
    tables = under(f"| Échanges | {row} | maximum | {change} | |")
    assert tables.problems == ()
    (changed,) = (one for one in tables.links if str(one.at("maximum")) == "Scénarios!E2")
    assert (changed.maximum, changed.units.get("maximum", "")) == (value, unit)


def test_money_in_thousands_adds_up() -> None:
    tables = under("| Funding | Négoce / Cantine | maximum | + 500 € | |")
    assert (tables.funding[0].maximum, tables.funding[0].units) == (5.5, {"maximum": "k€"})


def names(tables: Tables) -> dict[str, list[str]]:
    return {
        "links": [f"{row.from_}>{row.to}:{row.product}" for row in tables.links],
        "processes": [f"{row.process}@{row.actor}" for row in tables.processes],
        "recipes": sorted({row.process for row in tables.recipes}),
        "needs": [row.actor for row in tables.needs],
        "funding": [row.actor for row in tables.funding],
        "limits": [row.limit for row in tables.limits],
    }


ALL = names(apply_scenario(parse(workbook(CHAIN)), "reference"))


@pytest.mark.parametrize("word", ["off", "Retiré", "retrait", "supprimé"])  # a comparison itself says « retrait »
def test_off_leaves_one_row_out(word: str) -> None:
    tables = under(f"| Échanges | * / cantines / * / été | | {word} | |")
    assert tables.problems == ()
    assert len(tables.links) == 4
    assert names(tables)["needs"] == ALL["needs"]


def test_an_actor_takes_all_rows_that_name_it_and_its_group_along() -> None:
    tables = under("| Acteurs | Cantine | | OFF | |")
    assert tables.problems == ()
    assert names(tables) == ALL | {
        "links": ["Ferme>Moulin:blé", "Négoce>Moulin:blé", "Moulin>Ferme:son"],
        "processes": ["mouture@Moulin"],
        "recipes": ["mouture"],
        "needs": [],
        "funding": ["Moulin"],
    }


def test_a_group_with_another_actor_stays() -> None:
    chain = CHAIN.replace("| Ferme | local |  |", "| Ferme | local | Cantines |")
    assert names(under("| Acteurs | Cantine | | off | |", chain=chain))["needs"] == ["cantines"]


def test_a_by_product_goes_alone_but_an_input_takes_its_activity_along() -> None:
    by_product = names(under("| Produits | son | | off | |"))
    assert by_product == ALL | {"links": ALL["links"][:4]}
    # Without wheat no flour is milled, rather than milled from nothing; the limit on grains has no grain left.
    assert names(under("| Produits | blé | | off | |")) == ALL | {
        "links": ["Moulin>cantines:farine", "Moulin>cantines:farine", "Moulin>Ferme:son"],
        "processes": ["cuisson@Cantine"],
        "recipes": ["cuisson"],
        "limits": [],
    }


def test_an_activity_that_another_actor_still_runs_keeps_its_recipe() -> None:
    chain = CHAIN.replace("| projet |", "|  |")
    tables = names(under("| Activités | cuisson / Cantine | | off | |", chain=chain))
    assert tables == ALL | {"processes": ["mouture@Moulin", "cuisson@Fournil"], "funding": ["Moulin"]}


def test_what_was_left_out_is_no_longer_there_to_change() -> None:
    tables = under("| Acteurs | Ferme | | off | |\n| Échanges | Ferme / Moulin / blé | maximum | = 1 | |")
    assert found(tables) == {("SCN07", "Scénarios!C3")}


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ("| Échange | * / * / blé | maximum | = 1 | |", "SCN05", "B"),
        ("| Scénarios | essai | base | = x | |", "SCN05", "B"),
        ("| Échanges | Ferme / Moulin / bl | maximum | = 1 | |", "SCN07", "C"),
        ("| Échanges | Ferme / Moulin | maximum | = 1 | |", "SCN08", "C"),
        ("| Échanges | Ferme / Moulin / blé / hiver | maximum | = 1 | |", "SCN07", "C"),
        ("| Paramètres | detourr | | = 1 | |", "SCN07", "C"),
        ("| Échanges | Ferme / Moulin / blé | maximm | = 1 | |", "SCN06", "D"),
        ("| Échanges | Ferme / Moulin / blé | scénario | = 1 | |", "SCN06", "D"),
        ("| Activités | mouture / * | measure: days | = 1 | |", "SCN06", "D"),
        ("| Calendriers | école | automne | = 1 | |", "SCN06", "D"),
        ("| Échanges | Ferme / Moulin / blé | | = 1 | |", "SCN12", "D"),
        ("| Acteurs | Ferme | acteur | = Ferme 2 | |", "SCN14", "D"),
        ("| Échanges | Ferme / Moulin / blé | minimum | x 2 | |", "SCN10", "E"),
        ("| Échanges | * / * / * | maximum | x 2 | |", "SCN10", "E"),
        ("| Activités | cuisson / Cantine | mesure : heures | + 1 | |", "SCN10", "E"),
        ("| Paramètres | habitants | | x 2 | |", "SCN10", "E"),
        ("| Acteurs | Ferme | périmètre | x 2 | |", "SCN11", "E"),
        ("| Paramètres | nom | | + 2 | |", "SCN11", "E"),
        ("| Paramètres | détour | | off | |", "SCN13", "E"),
        ("| Paramètres | détour | | = 0.5 | |", "NUM05", "E"),
        ("| Paramètres | détour | | = 2 km | |", "NUM09", "E"),
        ("| Activités | mouture / * | capacité | 120 | |", "SCN17", "E"),
        ("| Activités | mouture / * | capacité | beaucoup | |", "SCN09", "E"),
        ("| Activités | mouture / * | capacité | x deux | |", "SCN09", "E"),
        ("| Activités | mouture / * | capacité | x 2 t | |", "SCN09", "E"),
        ("| Activités | mouture / * | capacité | x 1,234 | |", "NUM02", "E"),
        ("| Activités | mouture / * | capacité | = 1,234 | |", "NUM02", "E"),
        ("| Activités | mouture / * | capacité | - 200 | |", "NUM05", "E"),
        ("| Activités | mouture / * | mesure : heures | = 2 h | |", "NUM09", "E"),
        ("| Échanges | Ferme / Moulin / blé | perte | x 6 | |", "NUM07", "E"),
        ("| Échanges | Ferme / Moulin / blé | maximum | + 3 L | |", "SCN18", "E"),
        ("| Acteurs | Ferme | périmètre | = membr | |", "WRD01", "E"),
    ],
)
def test_a_change_that_is_refused_is_named_at_its_cell(change: str, code: str, column: str) -> None:
    tables = under(change)
    assert found(tables) == {(code, f"Scénarios!{column}2")}
    problem = only(tables)
    assert problem.severity is Severity.ERROR
    for text in (problem.message("fr"), problem.message("en"), problem.hint("fr"), problem.hint("en")):
        assert "{" not in text


def test_suggestions_and_defaults_are_said() -> None:
    assert "Ferme / Moulin / blé" in only(under("| Links | Ferm / Moulin / blé | prix | = 1 | |")).hint("fr")
    assert "maximum" in only(under("| Links | * / * / blé | maximm | = 1 | |")).hint("en")
    assert "Échanges" in only(under("| Échange | * / * / blé | maximum | = 1 | |")).hint("fr")
    blank = only(under("| Links | Moulin / Ferme / son | price | + 1 | |"))
    assert "Échanges!F6" in blank.message("en")
    assert "the product's price" in blank.message("en")


def test_a_typed_zero_is_no_blank() -> None:
    tables = under("| Échanges | Moulin / cantines / * | minimum | + 5 | |")
    assert tables.problems == ()
    assert [row.minimum for row in tables.links] == [0, 0, 5, 5, 0]


def test_a_change_in_a_cell_that_became_a_number_says_how_to_type_it() -> None:
    hint = only(under("| Activités | mouture / * | capacité | -10 | |".replace("-10", "-10.0"))).hint("en")
    assert "as text" in hint


def test_a_row_refused_while_parsing_is_not_accused_again() -> None:
    chain = CHAIN.replace("| Ferme | Moulin | blé | 12 t", "| Ferme | Moulin | blé | douze")
    tables = under("| Échanges | Ferme / Moulin / blé | maximum | = 1 | |", chain=chain)
    assert found(tables) == {("NUM01", "Échanges!D2")}


def test_unknown_scenarios_and_bases() -> None:
    tables = parse(workbook(CHAIN + "| essai | Links | * / * / blé | price | = 1 | nulle part |"))
    assert found(apply_scenario(tables, "esai")) == {("SCN01", "Scénarios")}
    assert "essai" in only(apply_scenario(tables, "esai")).hint("fr")
    assert found(apply_scenario(tables, "essai")) == {("SCN02", "Scénarios!F2")}
    assert apply_scenario(tables, "reference").problems == ()


def test_bases_that_turn_in_a_circle() -> None:
    rows = "| a | Links | * / * / blé | price | = 1 | b |\n| b | Links | * / * / blé | price | = 1 | c |\n| c | Links | * / * / blé | price | = 1 | b |"
    changed = apply_scenario(parse(workbook(CHAIN + rows)), "a")
    assert found(changed) == {("SCN04", "Scénarios!F4")}
    assert "b → c → b" in only(changed).message("en")


def test_two_bases() -> None:
    rows = "| a | Links | * / * / blé | price | = 1 | sobre |\n| a | Links | * / * / blé | price | = 1 | projet |\n| a | Links | * / * / blé | price | = 1 | |"
    assert found(apply_scenario(parse(workbook(CHAIN + rows)), "a")) == {("SCN03", "Scénarios!F3")}


def test_the_reference_cannot_be_changed() -> None:
    tables = parse(workbook(CHAIN + "| Référence | Links | * / * / blé | price | = 1 | |"))
    assert found(tables) == {("SCN16", "Scénarios!A2")}
    assert [row.price for row in apply_scenario(tables, "reference").links][:2] == [200, 180]


def test_a_slip_in_a_scenarios_name_on_a_row_is_a_warning() -> None:
    tables = parse(workbook(CHAIN + "| projets | Links | * / * / blé | price | = 1 | |"))
    assert found(tables) == {("SCN15", "Acteurs!D6")}
    assert only(tables).severity is Severity.WARNING


def test_a_number_typed_in_the_change_column_is_not_guessed() -> None:
    raw = RawTable(
        "Scenarios",
        (
            RawRow(1, dict(enumerate(("scenario", "table", "row", "column", "change")))),
            RawRow(2, dict(enumerate(("s", "Activités", "mouture / *", "capacité", True)))),
        ),
    )
    tables = parse([*workbook(CHAIN.split("## Scénarios", maxsplit=1)[0]), raw])
    assert found(tables) == {("CEL05", "Scenarios!E2")}


def test_the_rules_of_a_column_hold_for_changes_as_for_cells() -> None:
    """Whatever text a cell refuses, ``= text`` refuses as well, with the same code."""
    for text in ("1,234", "n.d.", "douze", "-1", "12 %", "1_000"):
        chain = CHAIN.replace("| mouture | Moulin | 100 |", f'| mouture | Moulin | "{text}" |')
        (in_cell,) = (code for code, cell in found(parse(workbook(chain))) if cell == "Activités!C2")
        ((in_change, cell),) = found(under(f"| Activités | mouture / Moulin | capacité | = {text} | |"))
        assert (in_change, cell) == (in_cell, "Scénarios!E2")
