"""A copy of a workbook with some cells filled in; what a person wrote anywhere else stays as it is, byte for byte."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from filiere.language import Label, Language
from filiere.problems import Cell, WorkbookError
from filiere.table import RawTable, RawWorkbook
from filiere.workbook.annotate.copy import _DRAWING, _NOTES
from filiere.workbook.annotate.notes import boxed, forgotten, new_notes, noted
from filiere.workbook.annotate.saved import SAVED, plain, saved_anew
from filiere.workbook.complete.looks import Painter, uncoloured
from filiere.workbook.complete.sheet import Content, FilledSheet
from filiere.workbook.graft.check import UNREAD, read_bytes
from filiere.workbook.graft.graft import graft
from filiere.workbook.parts.host import ODD, Host, NotAddedError, host_of, open_host
from filiere.workbook.parts.package import OddArchiveError
from filiere.workbook.parts.parts import Parts, Sheet, sheets_of
from filiere.workbook.parts.splice import OddPartError, Splices, outline

_SAID = Label("Former value: {former}\n{source}", "Valeur précédente : {former}\n{source}")
_BLANK = Label("(blank)", "(vide)")
Cells = Callable[[RawTable], dict[tuple[int | None, int | None], object]]
_REMARK = ("#", "_")
_MACROS = Label("it may hold macros, which a workbook in .xlsx cannot",
                "il peut contenir des macros, ce qu'un classeur en .xlsx ne peut pas")  # fmt: skip
_NOT_FILLED = Label("the copy, read back, does not hold {cell} as it was filled in",
                    "la copie, relue, n'a pas {cell} comme elle a été remplie")  # fmt: skip


@dataclass(frozen=True)
class CellEdit:
    """One cell that takes another value: where, what, what it held before, and who says so."""

    cell: Cell
    value: Content
    former: Content = None
    source: str = ""
    noted: bool = True
    """Whether it is marked and commented: not the heading of a new column."""


@dataclass(frozen=True)
class CompletedCopy:
    """The copy, and why it could not keep all the rest of the workbook as it is (None where it could)."""

    content: bytes
    loss: Label | None


def completed_copy(
    path: Path, raw: RawWorkbook, edits: Sequence[CellEdit], gone: Collection[str], added: bytes, language: Language
) -> CompletedCopy:
    """Return the copy of the workbook at ``path`` with ``edits``, without the sheets ``gone``, ``added`` behind it.

    ``added`` is a workbook written by xlsxwriter. Colours and comments of an earlier completion are cleared. Raises
    NotAddedError where no copy can be made.
    """
    try:
        host = open_host(path)
        if host.suffix != SAVED:
            raise NotAddedError(_MACROS)
        return CompletedCopy(_checked(host, raw, edits, gone, added, language, _cells), None)
    except NotAddedError as error:
        loss = error
    for content, names in saved_anew(path, raw):
        if all(old == new for old, new in names.items()):
            try:
                copy = _checked(host_of(content), raw, edits, gone, added, language, _read_cells)
            except NotAddedError:
                continue  # a value was lost: the next is made of the cells alone
            return CompletedCopy(copy, loss.reason)
    raise loss


def _checked(host: Host, raw: RawWorkbook, edits: Sequence[CellEdit], gone: Collection[str], added: bytes,
             language: Language, cells: Cells) -> bytes:  # fmt: skip
    try:
        filled = _Copy(host, edits, gone, language).made()
    except (OddPartError, OddArchiveError, LookupError, ValueError) as fault:
        raise NotAddedError(ODD.fill(detail=str(fault).strip("'"))) from fault
    copy = graft(host_of(filled), added)
    _check(raw, copy, edits, gone, cells)
    return copy


def _check(before: RawWorkbook, copy: bytes, edits: Sequence[CellEdit], gone: Collection[str],
           cells: Cells) -> None:  # fmt: skip
    """Raise NotAddedError unless the copy is read as the workbook with the edits, and nothing else."""
    try:
        after = {table.sheet: cells(table) for table in read_bytes(copy).tables}
    except WorkbookError as error:
        raise NotAddedError(UNREAD.fill(detail=error.problems[0].code)) from error
    new = {(edit.cell.sheet, edit.cell.row, edit.cell.column): edit.value for edit in edits}
    for table in before.tables:
        if table.sheet in gone:
            continue
        wanted = cells(table)
        wanted |= {(row, column): value for (sheet, row, column), value in new.items() if sheet == table.sheet}
        held = after.get(table.sheet, {})
        for place in wanted.keys() | held.keys():
            if _filled(wanted.get(place)) != _filled(held.get(place)):
                raise NotAddedError(_NOT_FILLED.fill(cell=str(Cell(table.sheet, *place))))


def _cells(table: RawTable) -> dict[tuple[int | None, int | None], object]:
    return {(row.number, at): value for row in table.rows for at, value in row.values.items()}


def _read_cells(table: RawTable) -> dict[tuple[int | None, int | None], object]:
    """Return the cells without those of remarks, whose formulas may have lost their values."""
    if table.sheet.startswith(_REMARK):
        return {}
    remarks = {at for row in table.rows[:10] for at, value in row.values.items()
               if isinstance(value, str) and value.startswith(_REMARK)}  # fmt: skip
    return {place: value for place, value in _cells(table).items() if place[1] not in remarks}


def _filled(value: object) -> object:
    return None if value == "" else value


class _Copy:
    def __init__(self, host: Host, edits: Sequence[CellEdit], gone: Collection[str], language: Language) -> None:
        self.parts, self.gone, self.language = Parts(host), gone, language
        self.edits: dict[str, dict[tuple[int, int], CellEdit]] = {}
        for edit in edits:
            assert edit.cell.row is not None and edit.cell.column is not None
            self.edits.setdefault(edit.cell.sheet, {})[edit.cell.row, edit.cell.column + 1] = edit

    def made(self) -> bytes:
        parts, styles = self.parts, self.parts.host.styles
        parts.write(styles, uncoloured(parts.read(styles)))
        painter = Painter(parts.read(styles))
        formulas_gone = False
        for sheet in sheets_of(parts):
            if sheet.tabular and sheet.name not in self.gone:
                formulas_gone |= self._sheet(sheet, painter)
        parts.write(styles, painter.made())
        if formulas_gone:
            self._without_order()
        self._workbook()
        return parts.made()

    def _sheet(self, sheet: Sheet, painter: Painter) -> bool:
        part, edits = sheet.link.part, self.edits.get(sheet.name, {})
        worksheet = FilledSheet(self.parts.read(part))
        marked = {at: edit.value for at, edit in edits.items() if edit.noted}
        worksheet.fill(marked | {at: edit.value for at, edit in edits.items() if not edit.noted}, painter)
        self._notes(part, worksheet, {at: self._note(edit) for at, edit in edits.items() if edit.noted})
        content = worksheet.made()
        if content != self.parts.read(part):
            self.parts.write(part, content)
        return worksheet.formulas_gone

    def _note(self, edit: CellEdit) -> str:
        former = _BLANK.to(self.language) if edit.former is None else plain(_shown(edit.former))
        return plain(_SAID.to(self.language).format(former=former, source=edit.source)).rstrip()

    def _notes(self, part: str, worksheet: FilledSheet, notes: Mapping[tuple[int, int], str]) -> None:
        """Put in the comments of this round in the place of those of earlier ones."""
        links = list(self.parts.links(part))
        texts = next((link.part for link in links if link.kind == "comments"), None)
        drawing = next((link.part for link in links if link.number == worksheet.notes_drawing), None)
        if texts is None and not notes:
            return
        content, gone = forgotten(self.parts.read(texts)) if texts else (new_notes(), set())
        content, new = noted(content, notes)
        if texts is not None and not new and not gone and content == self.parts.read(texts):
            return
        box = boxed(self.parts.read(drawing) if drawing else None, {at: notes[at] for at in new}, gone)
        folder = posixpath.dirname(self.parts.host.workbook)
        if texts:
            self.parts.write(texts, content)
        else:
            self.parts.link(part, "comments", self.parts.add(f"{folder}/comments", "xml", content, _NOTES))
        if drawing:
            self.parts.write(drawing, box)
        elif new:
            added = self.parts.add(f"{folder}/drawings/vmlDrawing", "vml", box, _DRAWING)
            worksheet.tie_notes(self.parts.link(part, "vmlDrawing", added))

    def _without_order(self) -> None:
        """Leave out the order in which formulas were worked out: it would name cells that hold none any more."""
        workbook = self.parts.host.workbook
        for link in list(self.parts.links(workbook)):
            if link.kind == "calcChain":
                self.parts.unlink(workbook, link)
                self.parts.drop(link.part)

    def _workbook(self) -> None:
        """Leave out the sheets that are written anew, and have all formulas worked out when it is opened."""
        parts, part = self.parts, self.parts.host.workbook
        gone = [sheet for sheet in sheets_of(parts) if sheet.name in self.gone]
        content = parts.read(part)
        root, splices = outline(content), Splices(content)
        section = root.child("sheets")
        assert section is not None
        for sheet in gone:
            element = section.children[sheet.place]
            splices.replace(element.start, element.end, "")
        places = {sheet.place for sheet in gone}
        _renumber(root.child("definedNames"), splices, places, len(section.children))
        views = root.child("bookViews")
        for view in views.children if views and gone else ():
            for key in ("activeTab", "firstSheet"):
                splices.attribute(view, key, "0")
        calculation = root.child("calcPr")
        if calculation is not None:
            splices.set(calculation, "fullCalcOnLoad", "1")
        parts.write(part, splices.made())
        for sheet in gone:
            parts.unlink(part, next(link for link in parts.links(part) if link.number == sheet.link.number))
            parts.drop(sheet.link.part)


def _renumber(section: object, splices: Splices, gone: set[int], count: int) -> None:
    """Let the names that belong to one sheet know it by its new place."""
    left = [place for place in range(count) if place not in gone]
    places = {old: new for new, old in enumerate(left)}
    for name in getattr(section, "children", ()):
        if "localSheetId" in name.attributes:
            place = int(name.attributes["localSheetId"])
            if place in gone:
                splices.replace(name.start, name.end, "")
            else:
                splices.attribute(name, "localSheetId", str(places[place]))


def _shown(value: Content) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value or ""
