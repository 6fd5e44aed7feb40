"""The problems of a workbook shown in a copy of which every other part stays as it is, byte for byte.

What changes: the sheets with a problem (the looks of some cells, the colour of the tab, the notes), the styles, and the
parts that list what there is. See docs/decisions/0006-results-in-a-copy.md.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence

from filiere.language import Language
from filiere.problems import Problem, WorkbookError
from filiere.table import RawWorkbook
from filiere.workbook.annotate.list import free_list_name, is_list, list_workbook
from filiere.workbook.annotate.marks import Marks, marks_of
from filiere.workbook.annotate.notes import boxed, forgotten, new_notes, noted
from filiere.workbook.annotate.sheet import Worksheet, selected
from filiere.workbook.annotate.styles import COLOURS, Painter, uncoloured
from filiere.workbook.graft.check import CHANGED, UNREAD, read_bytes
from filiere.workbook.graft.sheets import Guest
from filiere.workbook.graft.styles import merged_styles
from filiere.workbook.parts.host import ODD, Host, NotAddedError
from filiere.workbook.parts.package import OddArchiveError
from filiere.workbook.parts.parts import Parts, Sheet, sheets_of
from filiere.workbook.parts.splice import OddPartError, Splices, outline

_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NOTES = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def annotated_copy(
    host: Host, raw: RawWorkbook, names: Mapping[str, str], problems: Sequence[Problem], language: Language
) -> bytes:
    """Return a copy of ``host`` that shows ``problems``, the worst first.

    ``raw`` is what was read, ``names`` the sheets of ``host`` by their names in it. Raises NotAddedError where the
    copy cannot be made.
    """
    try:
        return _Copy(host, raw, names, language).made(problems)
    except (OddPartError, OddArchiveError, LookupError, ValueError) as fault:  # the latter: no number, or none at all
        raise NotAddedError(ODD.fill(detail=str(fault).strip("'"))) from fault


def check_annotated(before: RawWorkbook, copy: bytes) -> None:
    """Raise NotAddedError unless every table is read from the copy as it was ``before``."""
    try:
        after = {table.sheet: table.rows for table in read_bytes(copy).tables if not is_list(table)}
    except WorkbookError as error:
        raise NotAddedError(UNREAD.fill(detail=error.problems[0].code)) from error
    for table in before.tables:
        if not is_list(table) and after.get(table.sheet) != table.rows:
            raise NotAddedError(CHANGED.fill(part=table.sheet))


class _Copy:
    def __init__(self, host: Host, raw: RawWorkbook, names: Mapping[str, str], language: Language) -> None:
        self.parts = Parts(host)
        self.tables = {names[table.sheet]: table for table in raw.tables if table.sheet in names}
        self.names = names
        self.language = language
        self.earlier = {sheet for sheet, table in self.tables.items() if is_list(table)}

    def made(self, problems: Sequence[Problem]) -> bytes:
        parts, styles = self.parts, self.parts.host.styles
        if self.earlier:
            parts.write(styles, uncoloured(parts.read(styles)))
        painter = Painter(parts.read(styles))
        sheets = [sheet for sheet in sheets_of(parts) if sheet.name not in self.earlier]
        worst = {sheet.name: self._sheet(sheet, problems, painter).worst for sheet in sheets}
        parts.write(styles, painter.made())
        name = free_list_name(self.language, [sheet.name for sheet in sheets])
        reached = {raw: shown for raw, shown in self.names.items() if shown in worst}
        listed = self._list(list_workbook(name, problems, reached, self.language))
        self._workbook(listed, {sheet for sheet, severity in worst.items() if severity is not None})
        return parts.made()

    # ---- a sheet

    def _sheet(self, sheet: Sheet, problems: Sequence[Problem], painter: Painter) -> Marks:
        """Show in one sheet the problems that lie in it."""
        part = sheet.link.part
        table = self.tables.get(sheet.name)
        if not sheet.tabular or table is None:
            self._replaced(part, selected(self.parts.read(part), False))
            return Marks()
        worksheet = Worksheet(self.parts.read(part))
        own = [p for p in problems if p.cell is not None and self.names.get(p.cell.sheet) == sheet.name]
        marks = marks_of(table, own, worksheet.upper_left(), self.language) if own else Marks()
        worksheet.unselect()
        worksheet.paint(marks.colours, painter)
        if marks.worst is not None:
            worksheet.colour_tab(COLOURS[marks.worst])
        elif self.earlier and worksheet.tab_colour in COLOURS.values():
            worksheet.colour_tab(None)
        if marks.notes or self.earlier:
            self._notes(part, worksheet, marks.notes)
        self._replaced(part, worksheet.made())
        return marks

    def _replaced(self, part: str, content: bytes) -> None:
        if content != self.parts.read(part):
            self.parts.write(part, content)

    def _notes(self, part: str, worksheet: Worksheet, notes: Mapping[tuple[int, int], str]) -> None:
        links = list(self.parts.links(part))
        texts = next((link.part for link in links if link.kind == "comments"), None)
        drawing = next((link.part for link in links if link.number == worksheet.notes_drawing), None)
        content, gone = self.parts.read(texts) if texts else new_notes(), set[tuple[int, int]]()
        if self.earlier and texts:
            content, gone = forgotten(content)
        content, new = noted(content, notes)
        if not new and not gone and texts is None:
            return
        box = boxed(self.parts.read(drawing) if drawing else None, {at: notes[at] for at in new}, gone)
        if texts:
            self.parts.write(texts, content)
        else:
            folder = posixpath.dirname(self.parts.host.workbook)
            self.parts.link(part, "comments", self.parts.add(f"{folder}/comments", "xml", content, _NOTES))
        if drawing:
            self.parts.write(drawing, box)
        elif new:
            folder = posixpath.dirname(self.parts.host.workbook)
            added = self.parts.add(f"{folder}/drawings/vmlDrawing", "vml", box, _DRAWING)
            worksheet.tie_notes(self.parts.link(part, "vmlDrawing", added))

    # ---- the list and the parts that tell what there is

    def _list(self, workbook: bytes) -> tuple[Guest, str]:
        """Put in the sheet of the list; return where it comes from, and the number of its relationship."""
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            given = Guest({name: archive.read(name) for name in archive.namelist()})
        parts, styles = self.parts, self.parts.host.styles
        merged, shift = merged_styles(parts.read(styles), given.parts["xl/styles.xml"])
        parts.write(styles, merged)
        contents, names = given.moved(parts.names(), shift)
        for name, content in contents.items():
            parts.write(name, content)
        for old, name in names.items():
            parts.declare(name, given.content_type(old))
        sheet = names[given.sheets()[0][1]]
        parts.write(sheet, selected(parts.read(sheet), True))
        return given, parts.link(parts.host.workbook, "worksheet", sheet)

    def _workbook(self, listed: tuple[Guest, str], shown: set[str]) -> None:
        """Put the list first and open the workbook on it; sheets that a link of it leads to are shown."""
        given, number = listed
        parts, part = self.parts, self.parts.host.workbook
        sheets = sheets_of(parts)
        gone = [sheet for sheet in sheets if sheet.name in self.earlier]
        content = parts.read(part)
        root, splices = outline(content), Splices(content)
        section = root.child("sheets")
        if section is None:
            raise OddPartError("sheets")
        (name, _), *_ = given.sheets()
        free = next(
            n for n in range(1, len(sheets) + 2) if str(n) not in {s.element.attributes["sheetId"] for s in sheets}
        )
        first = f'<{root.prefix}sheet xmlns:r="{_OFFICE}" name="{name}" sheetId="{free}" r:id="{number}"/>'
        splices.replace(section.inside, section.inside, first)
        for sheet in sheets:
            element = section.children[sheet.place]
            if sheet in gone:
                splices.replace(element.start, element.end, "")
            elif sheet.name in shown and "state" in element.attributes:
                splices.set(element, "state", "visible")
        _rename(splices, given, {sheet.place for sheet in gone}, len(sheets))
        views = root.child("bookViews")
        for view in views.children if views else ():
            for key in ("activeTab", "firstSheet"):
                splices.attribute(view, key, "0")
        parts.write(part, splices.made())
        for sheet in gone:
            parts.unlink(part, next(link for link in parts.links(part) if link.number == sheet.link.number))
            parts.drop(sheet.link.part)


def _rename(splices: Splices, given: Guest, gone: set[int], count: int) -> None:
    """Let the names that belong to one sheet know it by its new place, and add those of the list."""
    root = outline(splices.part)
    left = [place for place in range(count) if place not in gone]
    places = {old: new for new, old in enumerate(left, 1)}
    section, tag = root.child("definedNames"), f"{root.prefix}definedName"
    new = "".join(f'<{tag} localSheetId="0" {escaped_}>{text}</{tag}>' for _, escaped_, text in given.defined_names())
    for name in section.children if section else ():
        if "localSheetId" not in name.attributes:
            continue
        place = int(name.attributes["localSheetId"])
        if place in gone:
            splices.replace(name.start, name.end, "")
        else:
            splices.attribute(name, "localSheetId", str(places[place]))
    if section is not None:
        splices.append(section, new)
    elif new:
        place = max(c.end for c in root.children if c.local in ("sheets", "functionGroups", "externalReferences"))
        splices.replace(place, place, f"<{tag}s>{new}</{tag}s>")
