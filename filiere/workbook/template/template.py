"""The workbook that a coordinator fills in, made from the schema and a sector: a table of contents.

``template_plan`` says what goes where, ``template_sheet`` writes one table, ``template_rules`` its drop-downs and
colours, ``template_lists`` the lists behind them; ``template_readme``, ``template_recipes`` and
``template_progress`` write the sheets that are never read.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from filiere.language import LANGUAGES, Label, Language
from filiere.palette import FORM_DEEP, FORM_GREY, FORM_MIDDLE
from filiere.sector.sector import Sector, load_sector, sector_keys
from filiere.workbook.template.formula import PlainWorksheet
from filiere.workbook.template.lists import LISTS_SHEET, define_lists
from filiere.workbook.template.plan import Plan, plans
from filiere.workbook.template.progress import PROGRESS_SHEET, write_progress
from filiere.workbook.template.readme import README_SHEET, write_readme
from filiere.workbook.template.recipes import LIBRARY_SHEET, write_library
from filiere.workbook.template.sheet import examples, known, levels, print_area, write_sheet
from filiere.workbook.template.styles import Styles

# The same input gives the same bytes, whatever the day.
_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_TITLE = Label("{sector} – workbook of the chain", "{sector} – classeur de la filière")
_MAIN = ("actors", "products", "processes", "recipes", "links", "needs")


def template(sector: Sector, language: Language, example: bool = False) -> bytes:
    """Return a workbook to fill in, or, with ``example``, the sector's worked example, as an xlsx file.

    Raises SectorFileError where the sector says something that the schema does not know, and ValueError where an
    example is asked of a sector that has none.
    """
    if example and sector.example is None:
        raise ValueError(f"the sector {sector.key!r} has no worked example")
    return filled(sector, language, plans(sector, language, example), example)


def filled(sector: Sector, language: Language, sheets: Mapping[str, Plan], example: bool = False,
           remarks: Callable[[Workbook, Styles], None] | None = None) -> bytes:  # fmt: skip
    """Return a workbook of the template's shape that holds the rows of ``sheets``, as an xlsx file.

    ``remarks`` may add sheets behind the read-me, where they are seen; their names start with ``#``, so that they are
    never read.
    """
    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
                             "strings_to_urls": False})  # fmt: skip
    book.set_properties({"title": _TITLE.to(language).format(sector=sector.label.to(language)),
                         "author": "filiere", "created": _CREATED})  # fmt: skip
    book.set_calc_mode("auto")
    book.set_size(28_000, 16_000)
    styles = Styles(book, language)
    _fill(book, sector, language, example, sheets, styles, remarks)
    book.close()
    return memory.getvalue()


def _fill(book: Workbook, sector: Sector, language: Language, example: bool, sheets: Mapping[str, Plan],
          styles: Styles, remarks: Callable[[Workbook, Styles], None] | None) -> None:  # fmt: skip
    has_library = bool(sector.prefilled.get("recipes"))
    readme = book.add_worksheet(README_SHEET.to(language), PlainWorksheet)
    if remarks is not None:
        remarks(book, styles)
    progress = book.add_worksheet(PROGRESS_SHEET.to(language), PlainWorksheet)
    made: dict[str, Worksheet] = {}
    library = None
    for key, plan in sheets.items():
        made[key] = book.add_worksheet(plan.name, PlainWorksheet)
        made[key].set_tab_color(FORM_DEEP if key in _MAIN else FORM_MIDDLE)
        if key == "recipes" and has_library:
            library = book.add_worksheet(LIBRARY_SHEET.to(language), PlainWorksheet)
    lists = book.add_worksheet(LISTS_SHEET.to(language), PlainWorksheet)
    for sheet in (readme, progress, library):
        if sheet is not None:
            sheet.set_tab_color(FORM_GREY)
    define_lists(book, lists, sheets, sector, levels(sector, language), language)
    lists.hide()
    write_readme(readme, sector, sheets, language, example, has_library, styles)
    write_progress(progress, sheets, language, styles)
    if library is not None:
        write_library(library, sector, sheets, language, styles)
    shown = plans(sector, language, example=sector.example is not None)
    facts = known(sector, sheets, language)
    for key, plan in sheets.items():
        write_sheet(made[key], plan, facts, examples(shown[key], language), styles)
        if area := print_area(plan):
            name = plan.name.replace("'", "''")
            book.define_name(f"'{name}'!_xlnm.Print_Area", area)
    readme.activate()


def regenerate(directory: Path) -> list[Path]:
    """Write every template of every bundled sector into ``directory`` and return their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in every_template().items():
        path = directory / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
        written.append(path)
    return written


def every_template() -> dict[str, bytes]:
    """Return the templates of every bundled sector: file name → content."""
    made = {}
    for key in sector_keys():
        sector = load_sector(key)
        for example in (False, True) if sector.example else (False,):
            for language in LANGUAGES:
                made[f"{key}{'_example' if example else ''}_{language}.xlsx"] = template(sector, language, example)
    return made
