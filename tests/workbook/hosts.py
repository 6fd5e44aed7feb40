"""Workbooks as people have them, with all that a load and a save would lose, and a small one to add to them."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00\x72\xb2"))
    + _chunk(b"IEND", b"")
)


def by_xlsxwriter(path: Path) -> Path:
    """A workbook with a picture, a chart, a table, comments, rules, drop-downs, names and cached values."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Échanges d'ici")
        bold = book.add_format({"bold": True, "num_format": '0.0" t"', "bg_color": "#FFE699"})
        for row, values in enumerate((("de", "vers", "quantité"), ("Ferme", "Moulin", 12.5), ("Moulin", "Halle", 9))):
            sheet.write_row(row, 0, values, bold)
        sheet.write_formula("C4", "=SUM(C2:C3)", bold, 21.5)
        sheet.write_rich_string("A6", bold, "gras", " et maigre")
        sheet.insert_image("F2", "picture.png", {"image_data": io.BytesIO(PICTURE)})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Échanges d''ici'!$C$2:$C$3"})
        sheet.insert_chart("H2", chart)
        sheet.write_comment("B2", "le moulin de Pont")
        sheet.conditional_format("C2:C3", {"type": "cell", "criteria": ">", "value": 10, "format": bold})
        sheet.conditional_format("C2:C3", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("B2:B9", {"validate": "list", "source": ["Moulin", "Halle"]})
        sheet.autofilter("A1:C3")
        sheet.freeze_panes(1, 0)
        sheet.protect()
        lines = book.add_chart({"type": "line"})
        lines.add_series({"values": "='Échanges d''ici'!$C$2:$C$3"})
        book.add_chartsheet("Graphique").set_chart(lines)
        other = book.add_worksheet("▸ Synthèse")
        other.add_table("A1:B3", {"data": [["a", 1], ["b", 2]]})
        other.add_sparkline("D1", {"range": "'▸ Synthèse'!B2:B3"})
        other.hide()
        book.define_name("Total", "='Échanges d''ici'!$C$4")
        sheet.activate()
    return path


def by_openpyxl(path: Path) -> Path:
    """A workbook with the same things as openpyxl writes them, formulas without a value included."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Links"
    for row in (["from", "to", "today"], ["Farm", "Mill", 3], ["Mill", "Hall", "=C2*2"]):
        sheet.append(row)
    sheet["A1"].font, sheet["A1"].fill = Font(bold=True, name="Arial"), PatternFill("solid", fgColor="FFCCEEFF")
    sheet["C2"].number_format = '#,##0.00" t"'
    sheet["B2"].comment = Comment("ask them", "somebody")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "F2")
    rule = CellIsRule(operator="lessThan", formula=["4"], fill=PatternFill("solid", bgColor="FFFFC7CE"))
    sheet.conditional_formatting.add("C2:C9", rule)
    drop = DataValidation(type="list", formula1='"Mill,Hall"')
    drop.add("B2:B9")
    sheet.add_data_validation(drop)
    sheet.add_table(Table(displayName="Flows", ref="A1:C3"))
    sheet.auto_filter.ref = "A1:C3"
    book.save(path)
    return path


def added(*taken: str, cell: str = "'Links'!B2") -> bytes:
    """The sheets to add: a chart, formats, a condition, texts, a comment, a link into the host, names."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        first = book.add_worksheet("▸ Synthèse" if "▸ Synthèse" not in taken else "▸ Synthèse 2")
        head = book.add_format({"bold": True, "font_color": "#0072B2", "bottom": 1, "font_name": "Calibri"})
        figure = book.add_format({"num_format": '+0.0" pts"', "bg_color": "#FCE9C4"})
        plain = book.add_format({"num_format": "#,##0.00"})
        first.write_string(0, 0, "Où & <quoi>  ", head)
        first.write_rich_string(1, 0, head, "à lire", " d'abord")
        first.write_number(2, 0, 12.5, figure)
        first.write_formula(3, 0, "=A3*2", plain, 25.0)
        first.write_string(4, 0, "=cmd|' /C calc'!A0")
        first.write_url(5, 0, f"internal:{cell}", head, "vers la saisie")
        first.write_comment(2, 0, "en points")
        first.conditional_format("A3:A4", {"type": "cell", "criteria": ">", "value": 20, "format": figure})
        first.set_column(0, 0, 30, plain)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": [first.get_name(), 2, 0, 3, 0]})
        first.insert_chart("C2", chart)
        first.autofilter(0, 0, 4, 0)
        first.print_area(0, 0, 5, 3)
        first.repeat_rows(0)
        second = book.add_worksheet("▸ Besoins")
        second.write_url(0, 0, f"internal:'{first.get_name()}'!A1", head, "retour")
    return out.getvalue()
