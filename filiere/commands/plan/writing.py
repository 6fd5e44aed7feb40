"""The files of a run: all made before any takes its name, and a line on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filiere.commands import exits as outcome
from filiere.commands.common import Console, stop
from filiere.commands.plan.destination import Destination, Maker
from filiere.commands.plan.figures import Pictures, drawn_lines, not_drawn
from filiere.commands.plan.members import NO_SHEETS, Sheets
from filiere.language import Label, Language
from filiere.watch import REPORTING, tell

if TYPE_CHECKING:
    from filiere.report.document import Document

WROTE_PAGE = Label("Page to look at: {path}", "Page à regarder : {path}")


@dataclass(frozen=True)
class Written:
    """What a run wrote: the workbooks, the page beside the first, the pictures, and why there are none of them."""

    goes: Destination
    books: list[Path]
    pictures: list[Label]
    undrawn: str | None
    sheets: Label | None = None
    """The line on the workbooks of members."""

    def say(self, wrote: Label, console: Console) -> None:
        """Tell what was written."""
        self.goes.say(self.books, wrote, console)
        if self.books:
            console.say(WROTE_PAGE.fill(path=str(outputs(self.books[0])[1])))
        for line in [*self.pictures, *([self.sheets] if self.sheets else [])]:
            console.say(line)

    def leave(self, console: Console) -> None:
        """Leave the command where its pictures could not be drawn; nothing else of it is lost."""
        if self.undrawn is not None:
            console.warn(not_drawn(self.undrawn))
            stop(outcome.OUTPUT)


def write_run(
    goes: Destination, make: Maker, document: Callable[[Language], Document], pictures: Pictures,
    console: Console, sheet: Callable[[Language], Document] | None = None, sheets: Sheets = NO_SHEETS,
) -> Written:  # fmt: skip
    """Write workbooks, the page of ``document`` beside the first, and pictures, all made before any takes its name.

    ``sheet`` is the page for partners, where there is one; ``sheets`` are those of members.
    """
    from filiere.report.page.pictures import NoEngineError
    from filiere.report.page.render import page_of
    from filiere.workbook.outputs.free_names import Asked

    tell(REPORTING)
    books: list[tuple[Path, bytes]] = []
    pages: list[tuple[Path, bytes]] = []
    if goes.main is not None:
        books = goes.workbooks(make, console)
        pages = [(outputs(books[0][0])[1], page_of(document, console.language))]
    drawn, undrawn = [], None
    try:
        drawn = [*pictures.drawn(document, console.language), *pictures.sheet(sheet, console.language)]
    except NoEngineError as error:
        undrawn = str(error)
    asked = {path: goes.asked(path) for path, _ in [*books, *pages]}
    asked |= {path: Asked("--figures", pictures.folder) for path, _ in drawn}
    members = sheets.made()
    asked |= {path: Asked("--members", sheets.folder) for path, _ in members}
    console.save([*books, *pages, *drawn, *members], force=goes.force, run=goes.run, asked=asked)
    line = sheets.line(len(members)) if sheets.folder is not None else None
    return Written(goes, [path for path, _ in books], drawn_lines(drawn), undrawn, line)


def outputs(target: Path | None) -> tuple[Path, ...]:
    """Return the workbook to write and the page beside it, under the same name; nothing without a target."""
    if target is None:
        return ()
    page = target.with_suffix(".html")
    return target, page if page != target else target.with_name(f"{target.name}.html")
