"""The workbook made of what was gathered: the template's shape, its tables filled in, and what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from filiere.language import Label, Language
from filiere.names import loose
from filiere.schema import SettingsValues, columns
from filiere.schema import words as w
from filiere.sector import Sector, WrittenRow, load_sector

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from filiere.gather.flows import Flow
    from filiere.gather.gather import Gathered
    from filiere.problems import Problem
    from filiere.workbook.template.plan import Plan
    from filiere.workbook.template.styles import Styles

_SHEET = Label("# To decide", "# À décider")
_TITLE = Label("To decide", "À décider")
_INTRO = Label(
    "This sheet is never read. It lists what the files left open when they were gathered, and what was done meanwhile.",
    "Cette feuille n'est jamais lue. Elle liste ce que les fichiers laissaient en suspens et ce qui a été fait en "
    "attendant.",
)
_NOTHING = Label("Nothing remains to be decided.", "Rien ne reste à décider.")
_HEADINGS = (
    (Label("Code", "Code"), 9),
    (Label("Where", "Où"), 34),
    (Label("What was found, and what was done", "Ce qui a été trouvé, et ce qui a été fait"), 80),
    (Label("What to do", "Que faire"), 60),
    (Label("Your decision", "Votre décision"), 30),
)
_FIRST_ROW = 3
_GUESS = Label("perimeter to be checked", "périmètre à vérifier")


def gathered_workbook(gathered: Gathered, language: Language) -> bytes:
    """Return the new workbook, as an xlsx file, in ``language``."""
    from filiere.workbook.template.plan import plans
    from filiere.workbook.template.template import filled

    sector = _sector(gathered)
    rows = _rows(gathered, language)
    sheets = {key: replace(plan, rows=rows.get(key, plan.rows)) for key, plan in plans(sector, language, False).items()}
    settings = sheets["settings"]
    sheets["settings"] = replace(settings, rows=_with_settings(settings, gathered, language))

    def remarks(book: Workbook, styles: Styles) -> None:
        _decisions(book, styles, gathered.decisions, language)

    return filled(sector, language, sheets, remarks=remarks)


def _sector(gathered: Gathered) -> Sector:
    """Return the blank sector with the periods of what was gathered, in which calendars have their columns too."""
    blank = load_sector("blank")
    names = {f"period {at}": label for at, label in enumerate(gathered.periods)}
    prefilled = {table: rows for table, rows in blank.prefilled.items() if table != "profiles"}
    prefilled["periods"] = tuple({"period": key} for key in names)
    return replace(blank, names={**blank.names, **names}, prefilled=prefilled)


def _with_settings(plan: Plan, gathered: Gathered, language: Language) -> tuple[WrittenRow, ...]:
    """Fill in the currency, and what circularity is counted in where mass will not do."""
    declared = columns(SettingsValues)
    given = {declared["currency"].label.to(language): gathered.currency}
    if not gathered.in_mass:
        given[declared["circularity_basis"].label.to(language)] = w.Basis.VALUE.label.to(language)
    by_key = {loose(name): value for name, value in given.items()}
    return tuple(
        replace(row, values={**row.values, "value": by_key[key]})
        if (key := loose(str(row.values["setting"]))) in by_key
        else row
        for row in plan.rows
    )


def _rows(gathered: Gathered, language: Language) -> dict[str, tuple[WrittenRow, ...]]:
    return {
        "actors": tuple(
            _row(actor=one.name, perimeter=one.perimeter.label.to(language),
                 identifier=one.identifier or None, source=one.source,
                 confidence=w.Confidence.GUESSED.label.to(language) if one.guessed else None,
                 note=_GUESS.to(language) if one.guessed else None)
            for one in gathered.actors
        ),
        "products": tuple(
            _row(product=one.product.name, unit=one.product.unit, price=one.price,
                 family=one.family or None, source=one.source)
            for one in gathered.products
        ),
        "links": tuple(_link(flow, language) for flow in gathered.flows),
    }  # fmt: skip


def _link(flow: Flow, language: Language) -> WrittenRow:
    """Return the row of one flow, with what each side declares where they differ: reading settles it as here."""
    sold, sure, bought, sure_buyer = flow.said or (flow.quantity, flow.confidence, None, None)
    return _row(from_=flow.seller, to=flow.buyer, product=flow.product, today=sold, today_buyer=bought,
                price=flow.price, transport_cost=flow.transport, period=flow.period or None,
                source=flow.source, note=_marked(flow, language),
                confidence=sure.label.to(language),
                confidence_buyer=sure_buyer.label.to(language) if sure_buyer else None)  # fmt: skip


def _marked(flow: Flow, language: Language) -> str | None:
    """Return what was paid for goods of each label, for a link whose goods carry some."""
    paid = (f"{label} {amount.to(language)}" for label, amount in flow.labels)
    return " ; ".join(paid) or None


def _row(**values: str | float | None) -> WrittenRow:
    kept: Mapping[str, str | float] = {name: value for name, value in values.items() if value is not None}
    return WrittenRow(kept)


def _decisions(book: Workbook, styles: Styles, problems: tuple[Problem, ...], language: Language) -> None:
    """Write the sheet of what remains to be decided, one row a question, with room for the answer."""
    sheet = book.add_worksheet(_SHEET.to(language))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 34)
    sheet.write_string(0, 0, _TITLE.to(language), styles.of("title"))
    intro = _INTRO if problems else _NOTHING
    sheet.write_string(1, 0, intro.to(language), styles.of("subtitle plain"))
    for at, (label, width) in enumerate(_HEADINGS):
        sheet.set_column(at, at, width)
        sheet.write_string(_FIRST_ROW - 1, at, label.to(language), styles.of("key"))
    sheet.freeze_panes(_FIRST_ROW, 0)
    for at, problem in enumerate(problems, start=_FIRST_ROW):
        place = str(problem.cell) if problem.cell else ""
        texts = (problem.code, place, problem.message(language), problem.hint(language))
        sheet.set_row(at, 15.5 * max(1 + len(texts[2]) // 78, 1 + len(texts[3]) // 58, 1 + len(place) // 32))
        for column, text in enumerate(texts):
            sheet.write_string(at, column, text, styles.of("library note" if column < 2 else "text"))
        sheet.write_blank(at, len(texts), None, styles.of("input"))
    if problems:
        sheet.autofilter(_FIRST_ROW - 1, 0, _FIRST_ROW - 1 + len(problems), len(_HEADINGS) - 1)
