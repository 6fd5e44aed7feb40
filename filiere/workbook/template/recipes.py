"""The library sheet: typical recipes of the sector, each with its source, laid out so that rows can be copied."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from filiere.language import Label, Language, number
from filiere.names import fold
from filiere.schema import columns
from filiere.sector.sector import Sector
from filiere.sector.translate import DECLARED, WrittenRow, library
from filiere.workbook.template.plan import Plan
from filiere.workbook.template.styles import Styles

LIBRARY_SHEET = Label("# Typical recipes", "# Recettes types")
_TITLE = Label("Typical recipes, to copy", "Recettes types, à copier")
_HOW = Label(
    "1. Choose an activity below and type it on {processes}, with the actor who does it.\n"
    "2. Copy its rows, columns A to E, and paste them as values on {recipes}.\n"
    "3. Replace the quantities by your own when you know them: these are averages. This sheet is never read.",
    "1. Choisissez une activité ci-dessous et inscrivez-la dans {processes}, avec l'acteur qui la réalise.\n"
    "2. Copiez ses lignes, colonnes A à E, et collez-les en valeurs dans {recipes}.\n"
    "3. Remplacez les quantités par les vôtres quand vous les connaissez : ce sont des moyennes. Cette feuille n'est "
    "jamais lue.",
)
_ONE = Label("One unit of activity: {level}", "Une unité d'activité : {level}")
_WIDTHS = (34, 27, 9, 11, 11, 54, 11, 40)
_HEAD = 2


def write_library(sheet: Worksheet, sector: Sector, plans: Mapping[str, Plan], language: Language,
                  styles: Styles) -> None:  # fmt: skip
    """Write the typical recipes, a block for each activity."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    last = len(_WIDTHS) - 1
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, last, _TITLE.to(language), styles.of("title"))
    sheet.set_row(1, 52)
    how = _HOW.to(language).format(processes=plans["processes"].name, recipes=plans["recipes"].name)
    sheet.merge_range(1, 0, 1, last, how, styles.of("text"))
    places = plans["recipes"].by_key
    keys = ("process", "product", "# unit", "input", "output", "source", "confidence", "note")
    for index, key in enumerate(keys):
        style = "helper heading" if key.startswith("#") else "common" if index > 4 else "key"
        sheet.write_string(_HEAD, index, places[key].heading, styles.of(style))
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    units = {fold(str(row.values["product"])): str(row.values.get("unit", "")) for row in plans["products"].rows}
    units |= {fold(str(row.values["product"])): str(row.values.get("unit", ""))
              for row in library(sector, "products", language)}  # fmt: skip
    _blocks(sheet, sector, units, language, styles)


def _blocks(sheet: Worksheet, sector: Sector, units: Mapping[str, str], language: Language, styles: Styles) -> None:
    recipes = library(sector, "recipes", language)
    row, last = _HEAD + 1, len(_WIDTHS) - 1
    for process in library(sector, "processes", language):
        name = str(process.values["process"])
        sheet.set_row(row, 34)
        sheet.write_string(row, 0, name, styles.of("block"))
        sheet.merge_range(row, 1, row, last, _about(process, language), styles.of("block"))
        row += 1
        for recipe in recipes:
            if fold(str(recipe.values["process"])) == fold(name):
                _recipe(sheet, row, recipe, units, styles)
                row += 1


def _recipe(sheet: Worksheet, row: int, recipe: WrittenRow, units: Mapping[str, str], styles: Styles) -> None:
    values = recipe.values
    product = str(values["product"])
    for index, text in ((0, str(values["process"])), (1, product), (2, units.get(fold(product), ""))):
        sheet.write_string(row, index, text, styles.of("library"))
    for index, key in ((3, "input"), (4, "output")):
        figure = values.get(key)
        if isinstance(figure, float):
            sheet.write_number(row, index, figure, styles.of("library"))
        else:
            sheet.write_blank(row, index, None, styles.of("library"))
    for index, key in ((5, "source"), (6, "confidence"), (7, "note")):
        sheet.write_string(row, index, str(values.get(key, "")), styles.of("library note"))
    lines = max(1 + len(str(values.get(key, ""))) // (width * 1.15) for key, width in (("source", 54), ("note", 40)))
    sheet.set_row(row, max(18.0, 14.5 * int(lines) + 3))


def _about(process: WrittenRow, language: Language) -> str:
    """Return what one unit of an activity is, and the other figures known of it."""
    declared = columns(DECLARED["processes"])
    parts = [_ONE.to(language).format(level=process.level)] if process.level else []
    for key, value in process.values.items():
        if key in ("process", "actor", "source", "note", "confidence"):
            continue
        shown = number(value, language) if isinstance(value, float) else value
        parts.append(f"{declared[key].label.to(language)} {shown}")
    text = " · ".join(parts)
    origin = "; ".join(str(process.values[key]) for key in ("note", "source") if key in process.values)
    return f"{text}\n{origin}" if origin else text
