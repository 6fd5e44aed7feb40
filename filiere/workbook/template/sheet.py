"""One table's sheet: headings with their help, the rows it already holds, and the columns that help fill it in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from filiere.language import Label, Language, number
from filiere.names import fold
from filiere.palette import FORM_BUTTON
from filiere.problems.problem import column_letters
from filiere.schema import Column, Reads, SettingsValues, Unit, columns
from filiere.schema import words as w
from filiere.sector.sector import Sector
from filiere.sector.translate import WrittenRow, library
from filiere.workbook.template import plan as plan_
from filiere.workbook.template.formula import write_live
from filiere.workbook.template.plan import LAST_ROW, Place, Plan, money, shown
from filiere.workbook.template.rules import add_rules, list_rule, number_rule, said_default
from filiere.workbook.template.styles import Styles

_UNIT = Label("Unit: {unit}.", "Unité : {unit}.")
_DEFAULT = Label("Left blank: {default}.", "Laissé vide : {default}.")
_WORDS = Label("One of: {words}.", "Au choix : {words}.")
_EXAMPLE = Label("For example: {example}.", "Par exemple : {example}.")
_REQUIRED = Label("Every row needs it.", "Chaque ligne en a besoin.")
_NEVER_READ = Label(
    "A column whose heading starts with # is never read: it is only there to help.",
    "Une colonne dont le titre commence par # n'est jamais lue : elle n'est là que pour aider.",
)
_CARRIED_ON = Label(
    "Its formulas go on as you type further rows in Excel; in LibreOffice, copy them down.",
    "Ses formules se prolongent dans Excel quand vous tapez d'autres lignes ; dans LibreOffice, recopiez-les vers le "
    "bas.",
)
_YEARLY = Label(
    "Do you know yearly totals rather than quantities per unit of activity? Type them here with the units of "
    "activity of that year: input and output work themselves out on the rows that hold their formula.",
    "Vous connaissez les totaux de l'année plutôt que les quantités par unité d'activité ? Tapez-les ici, avec les "
    "unités d'activité de cette année-là : entrée et sortie se calculent toutes seules sur les lignes qui portent leur "
    "formule.",
)
_PERIOD = Label("What falls on this period.", "Ce qui tombe dans cette période.")
_MEASURE = Label("Amount per unit, summed in the results.", "Quantité par unité, additionnée dans les résultats.")
_YEARLY_HELPERS = (plan_.TOTAL_IN.en, plan_.TOTAL_OUT.en, plan_.YEARLY_LEVEL.en)

_WIDTHS = {Reads.NAME: 24, Reads.NAMES: 20, Reads.NUMBER: 12, Reads.INTEGER: 10, Reads.WORD: 15, Reads.TEXT: 18,
           Reads.ANY: 16}  # fmt: skip
_COMMON_WIDTHS = {"source": 22, "note": 22}
_HELPER_WIDTHS = {plan_.UNIT_OF.en: 9, plan_.LEVEL_IS.en: 34, plan_.PROFILE_TOTAL.en: 9, plan_.DEFAULT.en: 20,
                  plan_.PURPOSE.en: 54}  # fmt: skip
_SETTINGS_WIDTHS = {"source": 16, "note": 16, "confidence": 11, "uncertainty": 11}
_HEADING_HEIGHT = 62
_LINE = 15
_LAST_ROW = 1_048_576
_PAGE = 1047.0 / 7.0 * 11.0 / 8.0
"""Units of width that fit across a page of A4, 1047 pixels, with letters of 8 points instead of 11."""
_BESIDE = 5.0 / 7.0
"""Units that each column takes besides its own."""


@dataclass(frozen=True)
class Known:
    """What a template knows by name: the unit of a product, what one unit of an activity is, the currency."""

    units: Mapping[str, str]
    levels: Mapping[str, str]
    money: str


def write_sheet(sheet: Worksheet, plan: Plan, known: Known, examples: Mapping[str, str], styles: Styles) -> None:
    """Write one table; ``examples`` gives a value to show in the help of each column."""
    _page(sheet, plan)
    for place in plan.places:
        _column(sheet, plan, place, styles)
        _heading(sheet, plan, place, examples.get(place.key, ""), known.money, styles)
    for number_, row in enumerate(plan.rows, start=1):
        for place in plan.inputs():
            _cell(sheet, plan, number_, place, row, styles)
    _helpers(sheet, plan, known, styles)
    if plan.table.key == "settings":
        _settings(sheet, plan, styles)
    add_rules(sheet, plan, styles)


def _page(sheet: Worksheet, plan: Plan) -> None:
    keys = [p for p in plan.places if p.column is not None and p.column.key and p.column.reads is Reads.NAME]
    sheet.freeze_panes(1, (max(p.index for p in keys) + 1) if keys else 1)
    sheet.set_default_row(18)
    sheet.set_row(0, _HEADING_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    _print(sheet, plan, max(p.index for p in keys) + 1 if keys else 1)
    sheet.set_footer("&L&A&R&P / &N", {"scale_with_doc": False})
    sheet.hide_gridlines(2)
    sheet.set_zoom(100)
    sheet.outline_settings(True, False, False, False)


def _print(sheet: Worksheet, plan: Plan, frozen: int) -> None:
    """Set how many pages a table goes over: one that is wide has its keys on each."""
    widths = _widths(plan)
    if _across(widths) > _PAGE:
        widths = widths[: _own(plan) + 1]
    sheet.repeat_rows(0)
    across, repeated = _across(widths), _across(widths[:frozen])
    pages = 1 if across <= _PAGE else math.ceil((across - repeated) / max(_PAGE - repeated, _PAGE / 4))
    sheet.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.repeat_columns(0, frozen - 1)


def _widths(plan: Plan) -> list[float]:
    return [_width(plan, place) for place in plan.places if place not in plan.rare]


def _across(widths: Sequence[float]) -> float:
    return sum(widths) + _BESIDE * len(widths)


def _own(plan: Plan) -> int:
    """The last column of a table's own, before those that every table has."""
    return max(p.index for p in plan.places if p.column is None or not (p.column.common or p.column.rare))


def print_area(plan: Plan) -> str | None:
    """Return what is printed of a wide table: its own columns, None where all are.

    No row ends it: Excel and LibreOffice both stop below the last one that holds something.
    """
    if _across(_widths(plan)) <= _PAGE:
        return None
    name = plan.name.replace("'", "''")
    return f"='{name}'!$A$1:${column_letters(_own(plan))}${_LAST_ROW}"


def _column(sheet: Worksheet, plan: Plan, place: Place, styles: Styles) -> None:
    options = _grouped(plan, place)
    format_ = styles.cell(place.column, place.helper, _is_share(plan, place))
    sheet.set_column(place.index, place.index, _width(plan, place), format_, options)


def _grouped(plan: Plan, place: Place) -> dict[str, object]:
    """The columns that few chains need are one group, closed as long as nothing is typed there."""
    if not plan.rare:
        return {}
    closed = all(value == "" for rare in plan.rare for value in plan.values(rare.key))
    if place in plan.rare:
        return {"level": 1, "hidden": closed}
    return {"collapsed": closed} if place.index == plan.rare[0].index - 1 else {}


def _is_share(plan: Plan, place: Place) -> bool:
    return plan.table.key == "profiles" and place.column is None


def _width(plan: Plan, place: Place) -> float:
    if place.helper:
        return _HELPER_WIDTHS.get(place.key, 13)
    if place.column is None:
        return 12
    if place.key == "note":
        return _note_width(plan)
    if place.column.common:
        return (_SETTINGS_WIDTHS if plan.table.key == "settings" else _COMMON_WIDTHS).get(place.key, 12)
    if plan.table.key == "settings":
        return min(44.0, max([20.0, *(len(str(value)) * 1.05 + 3.0 for value in plan.values(place.key))]))
    longest = max(len(word) for word in place.heading.split()) * 1.25 + 2
    texts = [len(value) for value in plan.values(place.key) if isinstance(value, str)]
    if place.column.reads in (Reads.NUMBER, Reads.INTEGER):
        return max(float(_WIDTHS[place.column.reads]), longest)
    return min(54.0, max([float(_WIDTHS[place.column.reads]), longest, *(length * 1.05 + 3.0 for length in texts)]))


def _note_width(plan: Plan) -> float:
    """Notes have what the other columns leave of a page."""
    wish = max((1.05 * len(str(value)) + 3.0 for value in plan.values("note")), default=0.0)
    others = [_width(plan, place) for place in plan.places if place not in plan.rare and place.key != "note"]
    room = _PAGE - _across([*others, 0.0])
    return max(16.0 if plan.table.key == "settings" else 22.0, min(wish, 60.0, room))


def _heading(sheet: Worksheet, plan: Plan, place: Place, example: str, money: str, styles: Styles) -> None:
    note, format_ = place.note(plan.language, money), styles.heading(place)
    if note:
        common = place.column is not None and place.column.common
        word = styles.of("common word" if common else "heading word")
        sheet.write_rich_string(0, place.index, word, place.heading, styles.of("note"),
                                f"\n({note})", format_)  # fmt: skip
    else:
        sheet.write_string(0, place.index, place.heading, format_)
    text = _said(plan, place, example)
    lines = sum(1 + len(line) // 38 for line in text.split("\n"))
    sheet.write_comment(0, place.index, text, {"x_scale": 1.9, "y_scale": max(0.5, lines * 0.21), "font_size": 9,
                                               "font_name": "Calibri", "color": FORM_BUTTON, "author": ""})  # fmt: skip


def _said(plan: Plan, place: Place, example: str) -> str:
    """Return a heading's comment: help, unit, default, words and an example."""
    language, column = plan.language, place.column
    if place.helper:
        yearly = [_YEARLY.to(language)] if place.key in _YEARLY_HELPERS else []
        carried = [_CARRIED_ON.to(language)] if plan.table.key != "settings" else []
        return "\n".join([*yearly, _NEVER_READ.to(language), *carried])
    if column is None:
        return (_PERIOD if plan.table.key == "profiles" else _MEASURE).to(language)
    parts = [column.help.to(language)]
    if column.required:
        parts.append(_REQUIRED.to(language))
    if column.unit and column.unit.label.to(language):
        parts.append(_UNIT.to(language).format(unit=column.unit.label.to(language)))
    if column.words is not None and not column.open_words:
        words = ", ".join(dict.fromkeys(word.label.to(language) for word in column.words))
        parts.append(_WORDS.to(language).format(words=words))
    default = said_default(column, language)
    if default and not column.required:
        parts.append(_DEFAULT.to(language).format(default=default))
    if example:
        parts.append(_EXAMPLE.to(language).format(example=example))
    return "\n".join(parts)


def _cell(sheet: Worksheet, plan: Plan, row: int, place: Place, written: WrittenRow, styles: Styles) -> None:
    value = written.values.get(place.key, written.extra.get(place.key))
    if place.key == "note" and _note_lines(plan, written) > 1:
        sheet.write_string(row, place.index, str(value), styles.of("note wrapped"))
        sheet.set_row(row, _LINE * _note_lines(plan, written) + 3)
    elif isinstance(value, str):
        sheet.write_string(row, place.index, value, styles.cell(place.column))
    elif value is not None:
        share = place.column is None and place.key in written.extra and "profile" in written.values
        sheet.write_number(row, place.index, value, styles.cell(place.column, share=share))


def _note_lines(plan: Plan, written: WrittenRow) -> int:
    """Lines of a row's note: on the screen, where wide tables leave theirs, notes run on to the right."""
    if print_area(plan) is not None:
        return 1
    return math.ceil(1.05 * len(str(written.values.get("note", ""))) / (_note_width(plan) - 2.0))


def _helpers(sheet: Worksheet, plan: Plan, known: Known, styles: Styles) -> None:
    """Write the live formulas of the comment columns."""
    places = plan.by_key
    if plan_.UNIT_OF.en in places and plan.table.key != "settings":
        column, product = places[plan_.UNIT_OF.en], places["product"].letters
        for row in range(1, plan.helped + 1):
            name = plan.rows[row - 1].values.get("product", "") if row <= len(plan.rows) else ""
            formula = f'=IFERROR(INDEX(products_unit,MATCH({product}{row + 1},products_product,0))&"","")'
            write_live(sheet, row, column.index, formula, known.units.get(fold(str(name)), ""), styles.of("helper"))
    if plan_.LEVEL_IS.en in places:
        _levels(sheet, plan, known.levels, styles)
    if plan.table.key == "recipes":
        _yearly_totals(sheet, plan, styles)
    if plan_.PROFILE_TOTAL.en in places:
        _profile_totals(sheet, plan, styles)


def _levels(sheet: Worksheet, plan: Plan, levels: Mapping[str, str], styles: Styles) -> None:
    """Say what one unit of each activity is: as the row says, else as the typical recipe of that name does."""
    index, process = plan.by_key[plan_.LEVEL_IS.en].index, plan.by_key["process"].letters
    for row in range(1, plan.helped + 1):
        written = plan.rows[row - 1] if row <= len(plan.rows) else None
        if written is not None and written.level:
            sheet.write_string(row, index, written.level, styles.of("helper"))
        elif levels:
            formula = f'=IFERROR(INDEX(list_library_levels,MATCH({process}{row + 1},list_library,0)),"")'
            said = levels.get(fold(str(written.values.get("process", ""))), "") if written else ""
            write_live(sheet, row, index, formula, said, styles.of("helper"))


def _yearly_totals(sheet: Worksheet, plan: Plan, styles: Styles) -> None:
    """On blank rows, input and output are yearly totals over yearly units of activity, until they are typed over."""
    level = plan.by_key[plan_.YEARLY_LEVEL.en].letters
    pairs = ((plan.by_key["input"], plan_.TOTAL_IN.en), (plan.by_key["output"], plan_.TOTAL_OUT.en))
    for row in range(len(plan.rows) + 1, plan.helped + 1):
        for place, total in pairs:
            of = f"{plan.by_key[total].letters}{row + 1}"
            formula = f'=IF(OR({of}="",N({level}{row + 1})=0),"",{of}/{level}{row + 1})'
            write_live(sheet, row, place.index, formula, "", styles.cell(place.column))
    for key in _YEARLY_HELPERS:
        place = plan.by_key[key]
        sheet.set_column(place.index, place.index, 15, styles.of("total"))
        sheet.data_validation(1, place.index, LAST_ROW - 1, place.index, number_rule(0.0, None, plan.language, False))


def _profile_totals(sheet: Worksheet, plan: Plan, styles: Styles) -> None:
    """A spread adds up to 100 %; an availability need not."""
    periods = [place for place in plan.inputs() if place.column is None]
    place = plan.by_key[plan_.PROFILE_TOTAL.en]
    for row in range(1, plan.helped + 1):
        span = f"{periods[0].letters}{row + 1}:{periods[-1].letters}{row + 1}"
        kind = f"{plan.by_key['kind'].letters}{row + 1}"
        open_share = ",".join(f'{kind}="{text}"' for text in w.ProfileKind.AVAILABILITY.spellings)
        written = plan.rows[row - 1] if row <= len(plan.rows) else None
        opens = written is not None and written.values.get("kind") in w.ProfileKind.AVAILABILITY.spellings
        total: float | str = "" if written is None or opens else sum(written.extra.values())
        formula = f'=IF(OR(COUNT({span})=0,{open_share}),"",SUM({span}))'
        write_live(sheet, row, place.index, formula, total, styles.of("helper share"))


def _settings(sheet: Worksheet, plan: Plan, styles: Styles) -> None:
    """Each setting has its own kind of value, its default and what it is for."""
    value, language = plan.by_key["value"], plan.language
    declared = columns(SettingsValues)
    given = dict(zip(plan.values("setting"), plan.values("value"), strict=True))
    for row, column in enumerate(declared.values(), start=1):
        value_shown = given[shown(column.label.to(language))]
        numbers = "0.0%" if column.unit is Unit.SHARE else "General" if column.unit else "@"
        format_ = styles.numbered("input", numbers, text=True)
        _typed(sheet, row, value.index, value_shown, format_)
        lines = _note_lines(plan, plan.rows[row - 1])
        for place, text in ((plan_.DEFAULT.en, said_default(column, language)),
                            (plan_.PURPOSE.en, column.help.to(language))):  # fmt: skip
            sheet.write_string(row, plan.by_key[place].index, text, styles.of("helper wrapped"))
            lines = max(lines, math.ceil(1.1 * len(text) / _HELPER_WIDTHS[place]))
        sheet.set_row(row, max(18, 3 + _LINE * lines))
        rule = _setting_rule(column, language)
        if rule:
            sheet.data_validation(row, value.index, row, value.index, rule)


def _typed(sheet: Worksheet, row: int, index: int, value: str | float, format_: Format) -> None:
    if value == "":
        sheet.write_blank(row, index, None, format_)
    elif isinstance(value, str):
        sheet.write_string(row, index, value, format_)
    else:
        sheet.write_number(row, index, value, format_)


def _setting_rule(column: Column, language: Language) -> dict[str, object]:
    if column.words is not None:
        return list_rule(f"list_{column.words.__name__}", language, closed=True)
    if column.reads in (Reads.NUMBER, Reads.INTEGER):
        return number_rule(column.lowest, column.highest, language, units=False)
    return {}


def known(sector: Sector, sheets: Mapping[str, Plan], language: Language) -> Known:
    """Return what the formulas of a template look up, to be written as their values."""
    units = {fold(str(row.values["product"])): str(row.values.get("unit", "")) for row in sheets["products"].rows}
    return Known(units, {fold(name): level for name, level in levels(sector, language)}, money(sheets["settings"]))


def levels(sector: Sector, language: Language) -> list[tuple[str, str]]:
    """Return what one unit of each typical activity is."""
    return [(str(row.values["process"]), row.level) for row in library(sector, "processes", language) if row.level]


def examples(plan: Plan, language: Language) -> dict[str, str]:
    """Return, for each column, the first value that a filled sheet shows."""
    found: dict[str, str] = {}
    for place in plan.inputs():
        value = next((one for one in plan.values(place.key) if one != ""), "")
        share = place.column is not None and place.column.unit is Unit.SHARE
        text = value if isinstance(value, str) else number(100 * value if share else value, language) + " %" * share
        if text:
            found[place.key] = text
    return found
