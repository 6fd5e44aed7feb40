"""Hand-made workbooks: the parts of an .xlsx or .ods written as text, so that any oddity can be put in."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from filiere.problems import Problem, WorkbookError
from filiere.table import RawTable, RawValue
from filiere.workbook.read.bounds import Bounds
from filiere.workbook.read.read import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TO_PART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_TO_PART = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def relationships(*links: tuple[str, str, str], to_part: str = TO_PART) -> str:
    """Write a .rels part from (id, kind, target)."""
    inside = "".join(f'<Relationship Id="{i}" Type="{to_part}/{kind}" Target="{t}"/>' for i, kind, t in links)
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def sheet_part(rows: str, after: str = "", main: str = MAIN) -> str:
    return f'<worksheet xmlns="{main}"><dimension ref="A1"/><sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook_part(*sheets: str, properties: str = "", main: str = MAIN, to_part: str = TO_PART) -> str:
    inside = "".join(sheets) or '<sheet name="Links" sheetId="1" r:id="r1"/>'
    return f'<workbook xmlns="{main}" xmlns:r="{to_part}">{properties}<sheets>{inside}</sheets></workbook>'


def xlsx_parts(rows: str = "", after: str = "", **others: str) -> dict[str, str]:
    """Return the parts of a workbook of one sheet; ``strings`` and ``styles`` give the inside of those parts."""
    links = [("r1", "worksheet", "worksheets/sheet1.xml")]
    parts = {
        "_rels/.rels": relationships(("r0", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_part(properties=others.get("properties", "")),
        "xl/worksheets/sheet1.xml": sheet_part(rows, after),
    }
    if "strings" in others:
        links.append(("r2", "sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{others["strings"]}</sst>'
    if "styles" in others:
        links.append(("r3", "styles", "styles.xml"))
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{others["styles"]}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = relationships(*links)
    return parts


def ods_parts(tables: str, styles: str = "") -> dict[str, str]:
    spaces = "".join(
        f' xmlns:{name}="{ODF}:{full}:1.0"'
        for name, full in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
        )
    )
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content{spaces}{calc}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>",
    }


def ods_sheet(rows: str, name: str = "Links", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{rows}</table:table>'


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write ``parts`` as a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def cells(table: RawTable) -> dict[str, RawValue]:
    """Return the filled cells of a sheet by their reference."""
    return {table.cell(r.number, c).reference: value for r in table.rows for c, value in r.values.items()}


def read_cells(path: Path, parts: Mapping[str, str | bytes]) -> dict[str, RawValue]:
    """Return the filled cells of the first sheet of a hand-made file."""
    return cells(read_workbook(packed(path, parts)).tables[0])


def refusal(path: Path, bounds: Bounds | None = None) -> tuple[Problem, ...]:
    """Return the problems for which the file is refused, each checked to be a full message in both languages."""
    try:
        read_workbook(path, bounds)
    except WorkbookError as refused:
        for problem in refused.problems:
            for language in ("fr", "en"):
                assert problem.message(language).endswith((".", "…"))
                assert problem.hint(language).endswith(".")
        return refused.problems
    raise AssertionError(f"{path.name} was read")


def codes_of(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]
