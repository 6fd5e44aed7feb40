"""One table's sheet: headings with their help, the rows it already holds, and the columns that help fill it in."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from filiere.language import Label, Language, number
from filiere.names import fold
from filiere.schema import Column, Reads, SettingsValues, Unit, columns
from filiere.sector import WrittenRow
from filiere.workbook import template_plan as plan_
from filiere.workbook.template_plan import HELPED_ROWS, Place, Plan, shown
from filiere.workbook.template_rules import add_rules, list_rule, number_rule, said_default
from filiere.workbook.template_styles import Styles

_UNIT = Label("Unit: {unit}.", "Unité : {unit}.")
_DEFAULT = Label("Left blank: {default}.", "Laissé vide : {default}.")
_WORDS = Label("One of: {words}.", "Au choix : {words}.")
_EXAMPLE = Label("For example: {example}.", "Par exemple : {example}.")
_REQUIRED = Label("Every row needs it.", "Chaque ligne en a besoin.")
_NEVER_READ = Label(
    "A column whose heading starts with # is never read: it is only there to help.",
    "Une colonne dont le titre commence par # n'est jamais lue : elle n'est là que pour aider.",
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
_HELPER_WIDTHS = {plan_.UNIT_OF.en: 9, plan_.LEVEL_IS.en: 34, plan_.PROFILE_TOTAL.en: 9, plan_.DEFAULT.en: 22,
                  plan_.PURPOSE.en: 70}  # fmt: skip
_HEADING_HEIGHT = 52


def write_sheet(book: Workbook, sheet: Worksheet, plan: Plan, units: Mapping[str, str],
                examples: Mapping[str, str], money: str, styles: Styles) -> None:  # fmt: skip
    """Write one table: ``units`` gives the unit of each product, ``examples`` a value to show by column."""
    _page(sheet, plan)
    for place in plan.places:
        _column(sheet, plan, place, styles)
        _heading(sheet, plan, place, examples.get(place.key, ""), money, styles)
    for number_, row in enumerate(plan.rows, start=1):
        for place in plan.inputs():
            _cell(sheet, number_, place, row, styles)
    _helpers(sheet, plan, units, styles)
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
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.hide_gridlines(2)
    sheet.set_zoom(100)
    sheet.outline_settings(True, False, False, False)


def _column(sheet: Worksheet, plan: Plan, place: Place, styles: Styles) -> None:
    options = {"level": 1} if place.column is not None and place.column.common else {}
    format_ = styles.cell(place.column, place.helper, _is_share(plan, place))
    sheet.set_column(place.index, place.index, _width(plan, place), format_, options)


def _is_share(plan: Plan, place: Place) -> bool:
    return plan.table.key == "profiles" and place.column is None


def _width(plan: Plan, place: Place) -> float:
    if place.helper:
        return _HELPER_WIDTHS.get(place.key, 13)
    if place.column is None:
        return 12
    if place.column.common:
        return _COMMON_WIDTHS.get(place.key, 12)
    if plan.table.key == "settings":
        return 26
    longest = max(len(word) for word in place.heading.split()) * 1.25 + 2
    texts = [len(value) for value in plan.values(place.key) if isinstance(value, str)]
    if place.column.reads in (Reads.NUMBER, Reads.INTEGER):
        return max(float(_WIDTHS[place.column.reads]), longest)
    return min(54.0, max([float(_WIDTHS[place.column.reads]), longest, *(length * 1.05 + 3.0 for length in texts)]))


def _heading(sheet: Worksheet, plan: Plan, place: Place, example: str, money: str, styles: Styles) -> None:
    note, format_ = place.note(plan.language, money), styles.heading(place)
    if note:
        sheet.write_rich_string(0, place.index, styles.of("heading word"), place.heading, styles.of("note"),
                                f"\n({note})", format_)  # fmt: skip
    else:
        sheet.write_string(0, place.index, place.heading, format_)
    text = _said(plan, place, example)
    lines = sum(1 + len(line) // 38 for line in text.split("\n"))
    sheet.write_comment(0, place.index, text, {"x_scale": 1.9, "y_scale": max(0.5, lines * 0.21), "font_size": 9,
                                               "font_name": "Calibri", "color": "#FFFDF2", "author": ""})  # fmt: skip


def _said(plan: Plan, place: Place, example: str) -> str:
    """Return a heading's comment: help, unit, default, words and an example."""
    language, column = plan.language, place.column
    if place.helper:
        yearly = [_YEARLY.to(language)] if place.key in _YEARLY_HELPERS else []
        return "\n".join([*yearly, _NEVER_READ.to(language)])
    if column is None:
        return (_PERIOD if plan.table.key == "profiles" else _MEASURE).to(language)
    parts = [column.help.to(language)]
    if column.required:
        parts.append(_REQUIRED.to(language))
    if column.unit and column.unit.value.to(language):
        parts.append(_UNIT.to(language).format(unit=column.unit.value.to(language)))
    if column.words is not None and not column.open_words:
        words = ", ".join(dict.fromkeys(word.label.to(language) for word in column.words))
        parts.append(_WORDS.to(language).format(words=words))
    default = said_default(column, language)
    if default and not column.required:
        parts.append(_DEFAULT.to(language).format(default=default))
    if example:
        parts.append(_EXAMPLE.to(language).format(example=example))
    return "\n".join(parts)


def _cell(sheet: Worksheet, row: int, place: Place, written: WrittenRow, styles: Styles) -> None:
    value = written.values.get(place.key, written.extra.get(place.key))
    if isinstance(value, str):
        sheet.write_string(row, place.index, value, styles.cell(place.column))
    elif value is not None:
        share = place.column is None and place.key in written.extra and "profile" in written.values
        sheet.write_number(row, place.index, value, styles.cell(place.column, share=share))


def _helpers(sheet: Worksheet, plan: Plan, units: Mapping[str, str], styles: Styles) -> None:
    """Write the live formulas of the comment columns."""
    places = plan.by_key
    if plan_.UNIT_OF.en in places and plan.table.key != "settings":
        column, product = places[plan_.UNIT_OF.en], places["product"].letters
        for row in range(1, HELPED_ROWS + 1):
            name = plan.rows[row - 1].values.get("product", "") if row <= len(plan.rows) else ""
            formula = f'=IFERROR(INDEX(products_unit,MATCH({product}{row + 1},products_product,0))&"","")'
            sheet.write_formula(row, column.index, formula, styles.of("helper"), units.get(fold(str(name)), ""))
    if plan_.LEVEL_IS.en in places:
        for row, written in enumerate(plan.rows, start=1):
            if written.level:
                sheet.write_string(row, places[plan_.LEVEL_IS.en].index, written.level, styles.of("helper"))
    if plan.table.key == "recipes":
        _yearly_totals(sheet, plan, styles)
    if plan_.PROFILE_TOTAL.en in places:
        _profile_totals(sheet, plan, styles)


def _yearly_totals(sheet: Worksheet, plan: Plan, styles: Styles) -> None:
    """On blank rows, input and output are yearly totals over yearly units of activity, until they are typed over."""
    level = plan.by_key[plan_.YEARLY_LEVEL.en].letters
    pairs = ((plan.by_key["input"], plan_.TOTAL_IN.en), (plan.by_key["output"], plan_.TOTAL_OUT.en))
    for row in range(len(plan.rows) + 1, HELPED_ROWS + 1):
        for place, total in pairs:
            of = f"{plan.by_key[total].letters}{row + 1}"
            formula = f'=IF(OR({of}="",N({level}{row + 1})=0),"",{of}/{level}{row + 1})'
            sheet.write_formula(row, place.index, formula, styles.cell(place.column), "")
    for key in _YEARLY_HELPERS:
        place = plan.by_key[key]
        sheet.set_column(place.index, place.index, 15, styles.of("total"))
        sheet.data_validation(1, place.index, HELPED_ROWS, place.index, number_rule(0.0, None, plan.language, False))


def _profile_totals(sheet: Worksheet, plan: Plan, styles: Styles) -> None:
    periods = [place for place in plan.inputs() if place.column is None]
    for row in range(1, 41):
        span = f"{periods[0].letters}{row + 1}:{periods[-1].letters}{row + 1}"
        values = list(plan.rows[row - 1].extra.values()) if row <= len(plan.rows) else []
        formula = f'=IF(COUNT({span})=0,"",SUM({span}))'
        place = plan.by_key[plan_.PROFILE_TOTAL.en]
        sheet.write_formula(row, place.index, formula, styles.of("helper share"), sum(values) if values else "")


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
        sheet.write_string(
            row, plan.by_key[plan_.DEFAULT.en].index, said_default(column, language), styles.of("helper")
        )
        sheet.write_string(row, plan.by_key[plan_.PURPOSE.en].index, column.help.to(language), styles.of("helper"))
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
