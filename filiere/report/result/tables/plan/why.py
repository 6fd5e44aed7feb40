"""Why the plan is what it is: what holds it back, what is asked, and how far each relation could move at no loss."""

from __future__ import annotations

from dataclasses import replace

from filiere.report.explain.sheets import asked_sheet, levers_sheet, ranges_sheet
from filiere.report.explain.told import told_levers, told_needs
from filiere.report.sheet import Sheet
from filiere.report.view import View


def levers(view: View) -> Sheet | None:
    """Return one row a figure that holds the plan back; None where nobody asked."""
    explained = view.result.explanation
    held = explained and (explained.bound or told_levers(explained))
    return _told_once(levers_sheet(explained, view.language)) if explained and held else None


def asked(view: View) -> Sheet | None:
    """Return one row a need of which another amount would matter; None where nobody asked."""
    explained = view.result.explanation
    return _told_once(asked_sheet(explained, view.language)) if explained and told_needs(explained) else None


def _told_once(sheet: Sheet) -> Sheet:
    """The same without its sentences: among a plan's tables they would be cut short, and say what other columns do."""
    return replace(sheet, columns=tuple(column for column in sheet.columns if column.key != "sentence"))


def ranges(view: View) -> Sheet | None:
    """Return one row a relation: how far it could move at no loss in any rank; None where nobody asked."""
    explained = view.result.explanation
    return ranges_sheet(explained, view.language) if explained and explained.freedom else None
