from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.chain.read import problems_of
from filiere.language import LANGUAGES, Language
from filiere.sector.sector import load_sector, sector_keys
from filiere.table import RawValue, RawWorkbook
from filiere.workbook.read.read import read_workbook
from filiere.workbook.template.plan import ORDER, plans
from filiere.workbook.template.template import every_template, regenerate, template
from tests.tiny_sector import SECTOR, tiny
from tests.workbook.libreoffice import needs_libreoffice, saved_again

ROOT = Path(__file__).parents[2]
pytestmark = [
    # The solid bars of the progress sheet are an extension that openpyxl does not know.
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
    pytest.mark.xdist_group("templates"),  # one process makes them for all
]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return every_template()


@cache
def small(language: Language, example: bool = False) -> bytes:
    """The template of the tiny sector."""
    return template(tiny(), language, example)


def _loaded(content: io.BytesIO) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Print area")  # which is a formula, and openpyxl knows none
        return openpyxl.load_workbook(content)


def read(content: bytes, folder: Path, name: str = "made.xlsx") -> RawWorkbook:
    (folder / name).write_bytes(content)
    return read_workbook(folder / name)


def parts(content: bytes) -> dict[str, bytes]:
    """Every part of a workbook but those that only name the program that wrote it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.startswith("docProps/")}


def test_the_committed_templates_are_fresh(made: dict[str, bytes]) -> None:
    kept = {path.name: path.read_bytes() for path in (ROOT / "data_templates").glob("*.xlsx")}
    assert kept.keys() == made.keys()
    stale = [name for name in made if parts(made[name]) != parts(kept[name])]
    assert not stale, "run python -m filiere.workbook.template.generate"


def test_the_same_sector_gives_the_same_bytes() -> None:
    assert template(tiny(), "fr", example=True) == template(tiny(), "fr", example=True)


def test_regenerating_writes_every_template(
    tmp_path: Path, made: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filiere.workbook.template.template.every_template", lambda: made)
    written = regenerate(tmp_path / "templates")
    assert {path.name: path.read_bytes() for path in written} == made


def test_an_example_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no worked example"):
        template(tiny(example=None), "fr", example=True)


def test_a_blank_template_only_says_that_nothing_is_filled_in_yet(made: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in made.items():
        if "_example_" not in name:
            assert [problem.code for problem in problems_of(read(content, tmp_path))] == ["CHK01"], name


def test_the_worked_examples_pass_without_a_warning(made: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in made.items():
        if "_example_" in name:
            found = problems_of(read(content, tmp_path))
            assert not found, (name, [f"{p.cell}: {p.message('en')}" for p in found])


def test_sheets_come_in_a_coordinators_order(tmp_path: Path) -> None:
    sheets = [table.sheet for table in read(small("fr"), tmp_path).tables]
    assert sheets == [
        "# Lisez-moi", "# Avancement", "Paramètres", "Acteurs", "Produits", "Activités", "Entrées-sorties",
        "# Recettes types", "Échanges", "Besoins", "Ressources disponibles", "Stocks", "Financements", "Périodes",
        "Calendriers", "Objectifs", "Règles et engagements", "Regroupements", "Scénarios", "_listes",
    ]  # fmt: skip
    assert all(len(sheet) <= 31 for sheet in sheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_is_what_is_read(language: Language, tmp_path: Path) -> None:
    tables = parse(read(small(language, example=True), tmp_path))
    assert not tables.problems
    assert tables.settings.continuity == 0.5
    assert tables.settings.language is not None
    assert tables.settings.language.key == language
    assert [offer.maximum for offer in tables.offers] == [12345.5]
    assert tables.processes[0].capacity == 1200
    assert list(tables.processes[0].measures.values()) == [12.0]
    assert tables.profiles[0].values == (
        {"Hiver": 1.0, "Été": 0.5} if language == "fr" else {"Winter": 1.0, "Summer": 0.5}
    )
    assert len(tables.recipes) == 3
    assert tables.recipes[2].output == 0.2


def test_a_text_is_never_made_a_formula(tmp_path: Path) -> None:
    tricky = SECTOR.replace('fr = "Blé"', 'fr = "=1+1"')
    tables = parse(read(template(tiny(tricky, example=None), "fr"), tmp_path))
    assert [product.product for product in tables.products] == ["=1+1", "Farine", "Son"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drop_down_and_colour_looks_at_a_name_that_exists(language: Language) -> None:
    found = parts(small(language, example=True))
    book = found["xl/workbook.xml"].decode()
    names = set(re.findall(r'<definedName name="(\w+)"', book))
    for name, content in found.items():
        if name.startswith("xl/worksheets/sheet"):
            text = content.decode()
            used = re.findall(r"<formula1>([a-zA-Z]\w*)</formula1>", text)
            for rule in re.findall(r"<(?:formula|f)>(.*?)</(?:formula|f)>", text):
                used += re.findall(r"\b((?:list|actors|products|processes|recipes|links|needs|funding)_\w+)", rule)
            assert set(used) <= names, set(used) - names


def test_every_column_that_names_something_has_its_drop_down() -> None:
    book = _loaded(io.BytesIO(small("fr", example=True)))
    for key, plan in plans(tiny(), "fr", example=True).items():
        lists = {
            str(cells).partition(":")[0]: rule.formula1
            for rule in book[plan.name].data_validations.dataValidation
            for cells in rule.sqref.ranges
            if rule.type == "list"
        }
        for place in plan.inputs():
            if place.column is not None and (place.column.refers or place.column.words):
                assert lists[f"{place.letters}2"].startswith("list_"), (key, place.key)


def test_nothing_that_is_typed_is_refused() -> None:
    book = _loaded(io.BytesIO(small("en")))
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert {rule.errorStyle for rule in rules if rule.showErrorMessage and rule.type} == {"warning"}


def test_shares_are_percentages_and_texts_stay_texts() -> None:
    book = _loaded(io.BytesIO(small("en", example=True)))
    places = plans(tiny(), "en", example=True)["links"].by_key
    links = book["Links"]
    assert links[f"{places['loss'].letters}3"].number_format == "0.0%"
    assert links[f"{places['from_'].letters}3"].number_format == "@"
    change = plans(tiny(), "en", example=True)["scenarios"].by_key["change"].letters
    assert book["Scenarios"].column_dimensions[change].number_format == "@"


def test_required_columns_say_so_and_headings_carry_their_unit() -> None:
    for key in ORDER:
        plan = plans(tiny(), "fr", example=False)[key]
        for place in plan.inputs():
            assert place.note("fr", "€").startswith("obligatoire") == place.required
    assert plans(tiny(), "fr", example=False)["links"].by_key["price"].note("fr", "€") == "€/unité"


# What LibreOffice makes of it


def understood(path: Path) -> Tables:
    return replace(parse(read_workbook(path)), problems=())


@needs_libreoffice
@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_a_template_saved_by_libreoffice_reads_the_same(kind: str, made: dict[str, bytes], tmp_path: Path) -> None:
    names = ["food_fr.xlsx", "food_example_fr.xlsx", "culture_example_en.xlsx"]
    for name in names:
        (tmp_path / name).write_bytes(made[name])
    (tmp_path / "again").mkdir()
    for name, again in zip(
        names, saved_again([tmp_path / name for name in names], kind, tmp_path / "again"), strict=True
    ):
        before, after = understood(tmp_path / name), understood(again)
        assert before == after
        assert [p.code for p in parse(read_workbook(again)).problems] == []


def without_values(content: bytes) -> bytes:
    """The same workbook with every formula uncomputed, so that LibreOffice has to compute them."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"</f><v>[^<]*</v>", b"</f>", data)
                data = re.sub(rb' t="str"><f>', b"><f>", data)
            new.writestr(name, data)
    return memory.getvalue()


def cells(raw: RawWorkbook) -> dict[tuple[str, int, int], RawValue]:
    return {
        (table.sheet, row.number, column): round(value, 9) if isinstance(value, float) else value
        for table in raw.tables
        for row in table.rows
        for column, value in row.values.items()
        if value != ""
    }


@needs_libreoffice
def test_every_formula_was_written_with_its_value(made: dict[str, bytes], tmp_path: Path) -> None:
    originals = {"tiny.xlsx": small("fr", example=True), "food.xlsx": made["food_example_fr.xlsx"]}
    for name, content in originals.items():
        (tmp_path / name).write_bytes(without_values(content))
    (tmp_path / "again").mkdir()
    computed = saved_again([tmp_path / name for name in originals], "xlsx", tmp_path / "again")
    for (name, content), again in zip(originals.items(), computed, strict=True):
        assert cells(read(content, tmp_path, f"kept_{name}")) == cells(read_workbook(again))


@needs_libreoffice
def test_yearly_totals_become_quantities_per_unit_of_activity(tmp_path: Path) -> None:
    book = _loaded(io.BytesIO(small("en")))
    places = plans(tiny(), "en", example=False)["recipes"].by_key
    typed = {
        "process": "Milling", "product": "Wheat", "# total taken in over the year": 300.0,
        "# units of activity over the year": 240.0,
    }  # fmt: skip
    for key, value in typed.items():
        book["Recipes"][f"{places[key].letters}2"] = value
    book.save(tmp_path / "totals.xlsx")
    (tmp_path / "again").mkdir()
    (again,) = saved_again([tmp_path / "totals.xlsx"], "ods", tmp_path / "again")
    (recipe,) = parse(read_workbook(again)).recipes
    assert recipe.input == pytest.approx(1.25)
    assert recipe.output is None


def test_every_bundled_sector_has_its_templates(made: dict[str, bytes]) -> None:
    for key in sector_keys():
        assert {f"{key}_{language}.xlsx" for language in LANGUAGES} <= made.keys()
        assert (f"{key}_example_fr.xlsx" in made) == (load_sector(key).example is not None)
