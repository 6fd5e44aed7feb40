"""What is wrong in a sector file: every row is written in both languages and held against the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from filiere.language import LANGUAGES, Label
from filiere.names import fold
from filiere.schema import Column, Reads, Target, columns
from filiere.sector.sector import FileRow, Sector
from filiere.sector.translate import DECLARED, SectorFileError, field_of, written_row

# The typical recipes of a sector belong to nobody: their activities have no actor.
_LIBRARY = ("processes", "recipes")


def faults(sector: Sector) -> tuple[str, ...]:
    """Return, in English, all that the schema or the sector's own names refuse; empty when all is well."""
    found = [*_names(sector.names, sector.key)]
    for place, tables, example in _tables(sector):
        known = _declared(sector, tables)
        for table, rows in tables.items():
            if table not in DECLARED:
                found.append(f"{place}: {table!r} is no table")
                continue
            for number, row in enumerate(rows, start=1):
                at = f"{place}.{table}[{number}]"
                found += [f"{at}: {fault}" for fault in _row(sector, table, row, example, known)]
            found += [f"{place}.{table}: {fault}" for fault in _twice(sector, table, rows, example)]
    if sector.example:
        found += _names(sector.example.names, f"{sector.key}_example")
    return tuple(found)


def _tables(sector: Sector) -> Iterator[tuple[str, Mapping[str, tuple[FileRow, ...]], bool]]:
    yield f"{sector.key}.prefilled", sector.prefilled, False
    if sector.example:
        carried = {table: sector.rows(table, example=True) for table in DECLARED}
        unknown = {table: rows for table, rows in sector.example.rows.items() if table not in DECLARED}
        yield f"{sector.key}_example", {t: r for t, r in (carried | unknown).items() if r}, True


def _names(names: Mapping[str, Label], place: str) -> list[str]:
    return [
        f"{place}.names: {key!r} has no {code} text"
        for key, label in names.items()
        for code in LANGUAGES
        if not label.to(code).strip()
    ]


def _row(sector: Sector, table: str, row: FileRow, example: bool,
         known: Mapping[Target, set[str]]) -> Iterator[str]:  # fmt: skip
    for language in LANGUAGES:
        try:
            written_row(sector, table, row, language, example)
        except (SectorFileError, KeyError, ValueError, TypeError, AttributeError) as error:
            yield f"({language}) {error}"
            return
    if table == "settings":
        return
    declared = columns(DECLARED[table])
    given = {field_of(table, key): value for key, value in row.items()}
    for key, column in declared.items():
        if column.required and given.get(key) in (None, "") and not _may_miss(table, key, example):
            yield f"{column.label.en!r} is missing"
        if key in given:
            yield from _bounds(column, given[key])
            yield from _unknown(column, given[key], known)


def _may_miss(table: str, key: str, example: bool) -> bool:
    return table == "processes" and key == "actor" and not example


def _bounds(column: Column, value: Any) -> Iterator[str]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return
    if column.lowest is not None and value < column.lowest:
        yield f"{column.label.en!r} is below {column.lowest:g}"
    if column.highest is not None and value > column.highest:
        yield f"{column.label.en!r} is above {column.highest:g}"


def _unknown(column: Column, value: Any, known: Mapping[Target, set[str]]) -> Iterator[str]:
    if not column.refers or isinstance(value, Mapping):
        return
    among = set().union(*(known.get(target, set()) for target in column.refers))
    if "perimeters" in column.refers:
        among |= {"member", "local", "partner", "external", "private", "public", "sse", "household"}
    for one in value if isinstance(value, list) else [value]:
        if one not in among:
            yield f"{column.label.en!r} refers to {one!r}, which no row declares"


def _declared(sector: Sector, tables: Mapping[str, tuple[FileRow, ...]]) -> dict[Target, set[str]]:
    """Return the neutral keys that the rows declare, by what a column may refer to."""

    def every(table: str, key: str) -> set[str]:
        rows: Iterable[FileRow] = tables.get(table, ())
        values = [row.get(key) for row in rows]
        return {one for value in values if value for one in (value if isinstance(value, list) else [value])}

    return {
        "actors": every("actors", "actor"),
        "groups": every("actors", "group"),
        "everyone": {"*"},
        "products": every("products", "product"),
        "families": every("products", "family"),
        "labels": every("products", "labels"),
        "processes": every("processes", "process"),
        "periods": every("periods", "period"),
        "profiles": every("profiles", "profile") | {"free"},
    }


def _twice(sector: Sector, table: str, rows: tuple[FileRow, ...], example: bool) -> Iterator[str]:
    """Two rows that declare one name in one language, which the neutral keys do not show."""
    declared = DECLARED[table]
    keys = [key for key, column in columns(declared).items() if column.key and column.reads is Reads.NAME]
    if not declared.table.unique or not keys or (table in _LIBRARY and not example):
        return
    for language in LANGUAGES:
        seen: set[tuple[str, ...]] = set()
        for row in rows:
            try:
                values = written_row(sector, table, row, language, example).values
            except (SectorFileError, KeyError, ValueError, TypeError, AttributeError):
                continue
            name = tuple(fold(str(values.get(key, ""))) for key in keys)
            if name in seen:
                yield f"({language}) {' / '.join(name)} is declared twice"
            seen.add(name)
