"""From a sheet as it is drawn to plain tables: one row of headings, a party and a good on each row."""

from __future__ import annotations

from dataclasses import dataclass, field

from filiere.gather.cells.ways import way_by_names, way_of
from filiere.gather.headings import find_columns
from filiere.gather.shapes.brought import of_baskets, of_members, of_milk
from filiere.gather.shapes.by_rate import amounts_joined
from filiere.gather.shapes.crossed import crossed_as_rows
from filiere.gather.shapes.headed import one_heading
from filiere.gather.shapes.parties import BySheet, of_good, of_sheet, of_till, with_party
from filiere.gather.shapes.pivots import unpivoted
from filiere.gather.shapes.tables import months_as_rows, months_problem, plain_tables
from filiere.gather.shapes.told_above import blocks_told
from filiere.gather.shapes.turned import turned
from filiere.gather.shapes.two_ways import two_ways
from filiere.gather.shapes.units_below import units_joined
from filiere.names import tidy
from filiere.problems import Cell, Problem
from filiere.problems import gathering as codes
from filiere.table import RawTable


@dataclass
class Straight:
    """The plain tables of a sheet, and what is to be said of how they were read."""

    tables: list[RawTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pivot: bool = False
    """Whether the sheet is a pivot: it sums up another table, which may be in the same file."""


def straight_tables(table: RawTable, cell: Cell, named: str, by_sheet: BySheet) -> Straight:
    """Return the plain tables of a sheet; ``cell`` is where it begins, ``named`` its file and sheet.

    ``by_sheet`` says of sheets whose names alone tell the other party or the good what it is.
    """
    found = Straight()
    apart: list[str] = []
    for block in blocks_told(table):
        joined, sums = units_joined(block)
        apart += sums
        for one in joined:
            apart += _straightened(one, found, cell, named, by_sheet)
    if apart:
        found.problems.append(codes.UNUSED_COLUMNS.at(cell, names=apart))
    return found


def _straightened(table: RawTable, found: Straight, cell: Cell, named: str, by_sheet: BySheet) -> list[str]:
    """Add the plain tables of one table to what was found; return the headings of sums of which nothing is taken."""
    apart: list[str] = []
    upright = turned(table)
    if upright is not table:
        found.problems.append(codes.TRANSPOSED.at(cell))
    unfolded = unpivoted(upright)
    if unfolded is None:
        found.problems.append(codes.PIVOT_UNNAMED.at(cell))
        return apart
    found.pivot = found.pivot or unfolded is not upright
    for one in plain_tables(one_heading(unfolded)):
        problem = months_problem(one)
        if problem is not None:
            found.problems.append(problem)
            continue
        one, sums = amounts_joined(one)
        for part in two_ways(one, named):
            rows, of_goods = crossed_as_rows(months_as_rows(part))
            apart += of_goods
            found.tables.append(_with_party(rows, found, cell, named, by_sheet))
        columns = find_columns(found.tables[-1])
        if columns is not None and not columns.missing:
            found.problems += [codes.AMOUNTS_JOINED.at(cell, names=names) for names in sums]
    return apart


def _with_party(table: RawTable, found: Straight, cell: Cell, named: str, by_sheet: BySheet) -> RawTable:
    named_above = with_party(table)
    complete = find_columns(named_above)
    if named_above is not table and complete is not None and not complete.missing:
        return named_above
    table = named_above
    for brought, code in (
        (of_milk(table), codes.IS_MILK),
        (of_members(table, named), codes.MEMBERS_BRING),
        (of_baskets(table, named), codes.BASKETS),
    ):
        if brought is not None:
            found.problems.append(code.at(cell))
            return _with_party(brought, found, cell, named, by_sheet)
    till = of_till(table, named)
    if till is not None:
        found.problems.append(codes.SALES_OF_A_TILL.at(cell))
        return till
    columns = find_columns(table)
    missing, sheet = columns.missing if columns is not None else (), tidy(table.sheet)
    if missing == ("party",) and sheet in by_sheet.parties:
        found.problems.append(codes.PARTY_BY_SHEET.at(cell, name=sheet))
        unsaid = columns is not None and not columns.at.keys() & {"kind", "sense"} and not way_of(named)
        sells = unsaid and way_by_names(by_sheet.parties) == "sold"  # one sheet of a school, all sheets of clients
        found.problems += [codes.SALES_BY_NAMES.at(cell)] if sells else []
        return of_sheet(table, sheet, "Client" if sells else "Tiers")
    if missing == ("product",) and sheet in by_sheet.goods:
        found.problems.append(codes.PRODUCT_BY_SHEET.at(cell, name=sheet))
        return of_good(table, sheet)
    return table
