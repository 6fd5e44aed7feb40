"""A worked example emptied of what its members know, and what each of them types into its questionnaire."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl

from filiere.gather.complete.sheets import Added, added_sheets
from filiere.problems import Cell
from filiere.table import RawTable, RawValue
from filiere.workbook.complete.complete import CellEdit, completed_copy
from filiere.workbook.read.read import read_workbook
from tests.workbook.libreoffice import SOFFICE, typed_into

TEMPLATES = Path(__file__).parents[3] / "data_templates"
# Sheet → the question it is asked in, and how many first columns say which row it is.
SHEETS = {
    "Acteurs": ("actors", 1), "Activités": ("processes", 2), "Entrées-sorties": ("recipes", 2), "Échanges": ("links", 3),
    "Ressources disponibles": ("offers", 2), "Besoins": ("needs", 2), "Stocks": ("storage", 2), "Financements": ("funding", 2),
}  # fmt: skip
JUDGED = {"incertitude", "importance", "poids dans la dépendance", "rayon"}  # by the coordinator, not by members
HEADINGS = {
    "commune": "lieu", "siret ou siren": "identifiant", "réserve utilisable cette année, €": "réserve",
    "au plus par an": "maximum", "au moins par an": "minimum", "frais, € par unité": "coût unitaire",
    "frais fixes, € par an": "coût fixe", "part payée sur le territoire": "part locale",
    "emplois (etp) par unité": "etp par unité", "kg co₂ par unité": "co₂", "à investir en tout, €": "investissement total",
    "sur combien d'années": "durée", "ou, par an, €": "annuité d'investissement",
    "croissance possible, unités": "extension maximale", "son coût, € par unité et par an": "coût d'extension",
    "il en faut": "entrée", "il en sort": "sortie", "prix, € par unité": "prix", "transport, € par unité": "coût transport",
    "perdu en route": "perte", "km par la route": "distance", "coût, € par unité": "coût unitaire",
    "combien par an": "quantité", "payé par les usagers, € par unité": "recette hors échanges",
    "en revient par unité": "quantité en retour", "au plus": "capacité", "coût, € par unité et saison": "coût",
    "perdu par saison": "perte", "au début de l'année": "initial", "en fin d'année": "final",
    "cette année, €": "cette année", "au plus, €": "maximum", "au moins, €": "minimum",
    "par lots entiers de": "taille du lot", "moyen pris par unité": "quantité de moyen par unité",
    "€ par unité d'activité": "montant unitaire", "coût fixe, € par an": "coût fixe",
}  # fmt: skip


def plain(heading: object) -> str:
    return str(heading).partition("\n")[0].casefold()


def tables(path: Path) -> dict[str, RawTable]:
    return {table.sheet: table for table in read_workbook(path).tables}


def members_rows(
    found: dict[str, RawTable],
) -> Iterator[tuple[str, RawTable, int, dict[str, RawValue], dict[str, int]]]:
    """Yield question, table, row number, heading → value, heading → column of every row that names a member."""
    members = {row.values[0] for row in found["Acteurs"].rows if row.values.get(1) == "membre"}
    does = {row.values[0] for row in found["Activités"].rows if row.values.get(1) in members}
    for sheet, (question, keys) in SHEETS.items():
        headings = {plain(text): at for at, text in found[sheet].rows[0].values.items()}
        for row in found[sheet].rows[1:]:
            named = {row.values.get(at) for at in range(keys)}
            values = {heading: row.values[at] for heading, at in headings.items() if at in row.values}
            own = bool(named & (does if question == "recipes" else members))
            if own and "scénario" not in values:
                yield question, found[sheet], row.number, values, headings


def emptied(source: Path, target: Path) -> int:
    edits = [
        CellEdit(Cell(table.sheet, number, headings[heading]), None, value)
        for _, table, number, values, headings in members_rows(tables(source))
        for heading, value in values.items()
        if isinstance(value, float) and heading not in JUDGED and not heading.startswith("#")
    ]
    added = added_sheets(Added(decisions=(), changes=(), received=()), "fr")
    target.write_bytes(completed_copy(source, read_workbook(source), edits, (), added, "fr").content)
    return len(edits)


def answers(source: Path) -> dict[tuple[str, ...], list[dict[str, RawValue]]]:
    """Return what the original says: (question, what a line is about) → the rows about it, in their order."""
    found: dict[tuple[str, ...], list[dict[str, RawValue]]] = defaultdict(list)
    for question, table, number, values, _ in members_rows(tables(source)):
        row = next(row for row in table.rows if row.number == number)
        found[question, *(str(row.values.get(at, "")) for at in range(SHEETS[table.sheet][1]))].append(values)
    return found


Typed = tuple[int, int, float, bool]
"""Row, column, figure, and whether the cell is one of shares."""


def what_to_type(file: Path, member: str, told: dict[tuple[str, ...], list[dict[str, RawValue]]]) -> list[Typed]:
    """Return the figures that the original says, at the cells of a questionnaire that ask for them."""
    sheet, block, found = openpyxl.load_workbook(file).active, "", list[Typed]()
    headings: dict[int, str] = {}
    turns: Counter[tuple[str, ...]] = Counter()
    for number in range(1, sheet.max_row + 1):
        mark = str(sheet.cell(number, 13).value or "")
        if mark.startswith("block "):
            block, turns = mark.removeprefix("block "), Counter()
            headings = {at: plain(sheet.cell(number, at).value) for at in range(4, 12)}
        elif re.match(r"[0-9a-f]{8} ", mark):
            about = subject(block, member, [str(sheet.cell(number, at).value or "") for at in (1, 2)])
            row = told[about][turns[about]]
            turns[about] += 1
            for at, heading in headings.items():
                measure = re.sub(r"^(.*) par unité$", r"mesure : \1", heading)
                column = (
                    "capacité"
                    if (block, heading) == ("processes", "au plus par an")
                    else HEADINGS.get(heading, heading)
                )
                value = row.get(column, row.get(measure))
                if isinstance(value, float) and not sheet.cell(number, at).protection.locked:
                    found.append((number, at, value, "%" in sheet.cell(number, at).number_format))
    return found


def typed(cells: Mapping[Path, Sequence[Typed]], folder: Path) -> list[Path]:
    """Type figures into questionnaires as people do: in LibreOffice where it is installed, shares in per cent."""
    folder.mkdir()
    if SOFFICE is not None:
        told = {file: [(row, at, _as_typed(value, share)) for row, at, value, share in figures]
                for file, figures in cells.items()}  # fmt: skip
        return list(typed_into(told, folder).values())
    for file, figures in cells.items():
        book = openpyxl.load_workbook(file)
        for row, at, value, _ in figures:
            book.active.cell(row, at).value = value
        book.save(folder / file.name)
    return [folder / file.name for file in cells]


def _as_typed(value: float, share: bool) -> str:
    return f"{Decimal(repr(value)) * (100 if share else 1):f}".replace(".", ",") + ("%" if share else "")


def subject(block: str, member: str, labels: list[str]) -> tuple[str, ...]:
    first, second = labels
    product = re.sub(r"( \(\d+\))?( – .*)?$", "", second)
    if block in ("sales", "purchases"):
        other = "*" if first == "tout acteur du territoire" else first
        return ("links", member, other, product) if block == "sales" else ("links", other, member, product)
    if block == "funding":
        funder, _, funded = first.partition(" → ")
        return ("funding", funder, funded or member)
    if block == "actors":
        return ("actors", member)
    if block == "recipes":
        return ("recipes", first, second)
    if block in ("processes", "projects"):
        return ("processes", first, member)
    return (block, member, re.sub(r"( \(\d+\))?( – .*)?$", "", first))


def differing(one: Path, other: Path) -> dict[str, tuple[object, object]]:
    """Return sheet, row and column → what two workbooks say there, where they differ."""
    first, second = tables(one), tables(other)
    found: dict[str, tuple[object, object]] = {}
    for sheet, table in first.items():
        if sheet.startswith("#") or sheet == "Décisions à prendre":
            continue
        rows = {row.number: row.values for row in second[sheet].rows}
        for row in table.rows:
            there = rows.get(row.number, {})
            for at in row.values.keys() | there.keys():
                heading = plain(table.rows[0].values.get(at))
                if row.values.get(at) != there.get(at) and not heading.startswith("#"):
                    found[f"{sheet}!{row.number} {heading}"] = row.values.get(at), there.get(at)
    return found


@dataclass(frozen=True)
class Sale:
    """A row of this year's exchanges: its line, who, to whom, what, and how much."""

    line: int
    seller: str
    buyer: str
    product: str
    quantity: float


def members_of(book: Path) -> list[str]:
    """Return the members of a workbook in French."""
    return [str(row.values[0]) for row in tables(book)["Acteurs"].rows if row.values.get(1) == "membre"]


def sales(book: Path) -> list[Sale]:
    """Return this year's sales of members that one row alone tells, and that share no means."""
    table, members = tables(book)["Échanges"], members_of(book)
    headings = {plain(text): at for at, text in table.rows[0].values.items()}
    ends = Counter(tuple(row.values.get(one) for one in range(3)) for row in table.rows)
    aside = [headings[name] for name in ("période", "scénario", "moyen utilisé") if name in headings]
    found = []
    for row in table.rows[1:]:
        seller, buyer, product = (str(row.values.get(one)) for one in range(3))
        quantity = row.values.get(headings["cette année"])
        alone = ends[seller, buyer, product] == 1 and not any(at in row.values for at in aside)
        if seller in members and alone and isinstance(quantity, float) and quantity > 0.0:
            found.append(Sale(row.number, seller, buyer, product, quantity))
    return found


def cell_of(file: Path, other: str, sale: Sale) -> tuple[int, int]:
    """Return where a questionnaire asks for the year's quantity of a sale, ``other`` being at its other end."""
    sheet, at = openpyxl.load_workbook(file).active, 0
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value in ("À qui", "De qui"):
            at = next((one for one in range(4, 12) if sheet.cell(row, one).value == "cette année"), 0)
        elif at and (sheet.cell(row, 1).value, sheet.cell(row, 2).value) == (other, sale.product):
            return row, at
    raise LookupError(sale)
