"""The workbook made of what was gathered: the template's shape, its tables filled in, and what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from filiere.language import Label, Language
from filiere.names import loose
from filiere.schema import SettingsValues, columns
from filiere.schema import words as w
from filiere.sector.sector import Sector, load_sector
from filiere.sector.translate import WrittenRow

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from filiere.gather.flows import Flow
    from filiere.gather.gather import Gathered
    from filiere.workbook.template.plan import Plan
    from filiere.workbook.template.styles import Styles

_OWN_COSTS = Label("Own costs", "Charges propres")
_GUESS = Label("perimeter to be checked", "périmètre à vérifier")


def gathered_workbook(gathered: Gathered, language: Language) -> bytes:
    """Return the new workbook, as an xlsx file, in ``language``."""
    from filiere.gather.complete.of_files import told_by_files
    from filiere.gather.complete.sheets import of_files, write_received, write_remarks
    from filiere.gather.decide.pile import pile_decisions, remarks_of
    from filiere.gather.decide.sheet import write_decisions
    from filiere.workbook.questionnaire.draw import questionnaire_looks
    from filiere.workbook.template.plan import plans
    from filiere.workbook.template.template import filled

    sector = _sector(gathered)
    rows = _rows(gathered, language)
    sheets = {key: replace(plan, rows=rows.get(key, plan.rows)) for key, plan in plans(sector, language, False).items()}
    settings = sheets["settings"]
    sheets["settings"] = replace(settings, rows=_with_settings(settings, gathered, language))

    decisions = pile_decisions(gathered, language)

    def remarks(book: Workbook, _: Styles) -> None:
        looks = questionnaire_looks(book)
        write_decisions(book, looks, decisions, language)
        write_remarks(book, looks, remarks_of(gathered), language)
        write_received(book, looks, of_files(told_by_files(gathered, decisions, language)), language)

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
    from filiere.gather.decide.pile import proposals_of

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
        "processes": tuple(
            _row(process=_OWN_COSTS.to(language), actor=one.actor, fixed_cost=one.amount, source=one.source,
                 confidence=w.Confidence.MEASURED.label.to(language),
                 note=" ; ".join(f"{kind.to(language)} {amount.to(language)}" for kind, amount in one.kinds))
            for one in gathered.own
        ),
        **{
            table: tuple(_row(**one.added(language).values) for one in proposals_of(gathered) if one.table == table)
            for table in ("needs", "offers")
        },
    }  # fmt: skip


def _link(flow: Flow, language: Language) -> WrittenRow:
    """Return the row of one flow, with what each side declares where they differ: reading settles it as here."""
    sold, sure, bought, sure_buyer = flow.said or (flow.quantity, flow.confidence, None, None)
    return _row(from_=flow.seller, to=flow.buyer, product=flow.product, today=sold, today_buyer=bought,
                price=flow.price, transport_cost=flow.transport, period=flow.period or None,
                source=flow.source, note=_marked(flow, language), labels="; ".join(flow.marks) or None,
                confidence=sure.label.to(language),
                confidence_buyer=sure_buyer.label.to(language) if sure_buyer else None)  # fmt: skip


def _marked(flow: Flow, language: Language) -> str | None:
    """Return what was paid for goods of each label, for a link whose goods carry some."""
    paid = (f"{label} {amount.to(language)}" for label, amount in flow.labels)
    return " ; ".join(paid) or None


def _row(**values: str | float | None) -> WrittenRow:
    kept: Mapping[str, str | float] = {name: value for name, value in values.items() if value is not None}
    return WrittenRow(kept)
