"""From a row in neutral keys to the row a coordinator reads: names, words and decimal signs of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from filiere.language import Label, Language, decimal_sign
from filiere.names import loose
from filiere.schema import TABLES, Column, Reads, Row, SettingsValues, columns
from filiere.schema import words as w
from filiere.schema.words import Word
from filiere.sector.sector import FileRow, Sector

FREE = Label("free", "libre")
REFERENCE = Label("reference", "référence")
MEASURE = Label("measure: {}", "mesure : {}")
DECLARED: Mapping[str, type[Row]] = {declared.table.key: declared for declared in TABLES}
# Fields that are not columns of the schema: what one unit of an activity is, calendars, measures.
LEVEL = "level"

_ROW_SEPARATOR = " / "
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_CHANGE = re.compile(r"^\s*=\s*(.*?)\s*$")


class SectorFileError(ValueError):
    """A sector file says something that the schema or its own names do not know."""


@dataclass(frozen=True)
class WrittenRow:
    """One row in one language: field → value, period or measure heading → number, and what a level is."""

    values: Mapping[str, str | float]
    extra: Mapping[str, float] = field(default_factory=dict)
    level: str | None = None


def written(sector: Sector, table: str, language: Language, example: bool = False) -> tuple[WrittenRow, ...]:
    """Return the rows of ``table`` in ``language``: the example's, or those a template is pre-filled with.

    Raises SectorFileError on a key that is unknown.
    """
    return tuple(written_row(sector, table, row, language, example) for row in sector.rows(table, example))


def library(sector: Sector, table: str, language: Language) -> tuple[WrittenRow, ...]:
    """Return the sector's own rows of ``table``: for ``processes`` and ``recipes``, the typical recipes."""
    rows = sector.prefilled.get(table, ())
    return tuple(written_row(sector, table, row, language, example=False) for row in rows)


def written_row(sector: Sector, table: str, row: FileRow, language: Language, example: bool) -> WrittenRow:
    """Return one row of a sector file in ``language``; SectorFileError where it cannot be written."""
    writer = Translator(sector, language, example)
    if table == "settings":
        return WrittenRow(writer.setting(row))
    declared = columns(DECLARED[table])
    values: dict[str, str | float] = {}
    extra: dict[str, float] = {}
    level = None
    for key, value in row.items():
        column_key = field_of(table, key)
        if key == LEVEL and table == "processes":
            level = writer.text(value)
        elif key in ("values", "measures"):
            extra |= {writer.extra(key, name): float(figure) for name, figure in value.items()}
        elif column_key not in declared:
            raise SectorFileError(f"{key!r} is no column of {table}")
        elif table == "scenarios" and column_key in ("changed", "row", "column", "change"):
            values[column_key] = writer.scenario(column_key, row)
        else:
            values[column_key] = writer.value(declared[column_key], value)
    return WrittenRow(values, extra, level)


def field_of(table: str, key: str) -> str:
    """Return the field name of a column's key: ``from`` → ``from_``, a scenario's ``table`` → ``changed``."""
    if table == "scenarios" and key == "table":
        return "changed"
    return "from_" if key == "from" else key


def word_of(words: type[Word], text: str) -> Word | None:
    """Return the word with that key, or spelled so."""
    for word in words:
        if text == word.key:
            return word
    return next((word for word in words if loose(text) in map(loose, word.spellings)), None)


class Translator:
    """Looks keys up for one sector, language, and with or without the names of its worked example."""

    def __init__(self, sector: Sector, language: Language, example: bool) -> None:
        self.sector = sector
        self.language = language
        self.names = {**sector.names, **(sector.example.names if example and sector.example else {})}
        parts = (*sector.stages, *sector.families)
        self.parts = {part.key: part.label for part in parts}

    def text(self, value: Any) -> str:
        """Return a free text: bilingual, literal after ``=``, one of the names, or as it stands."""
        if isinstance(value, Mapping):
            return str(value[self.language]).strip()
        text = str(value)
        if text.startswith("=") and text not in self.names:
            return text[1:].strip()
        return self.names[text].to(self.language) if text in self.names else text

    def name(self, column: Column, value: Any) -> str:
        """Return a known name, a stage, a family, or a perimeter or sector where one may stand."""
        if isinstance(value, Mapping):
            return self.text(value)
        if value == "*" and "everyone" in column.refers:
            return "*"
        if value == "free" and "profiles" in column.refers:
            return FREE.to(self.language)
        if value in self.names:
            return self.names[value].to(self.language)
        if value in self.parts:
            return self.parts[value].to(self.language)
        closed: list[type[Word]] = [w.Perimeter] if "perimeters" in column.refers else []
        closed += [w.Sector] if "sectors" in column.refers else []
        for words in closed:
            if (word := word_of(words, str(value))) is not None:
                return word.label.to(self.language)
        raise SectorFileError(f"{value!r} is not among the names")

    def value(self, column: Column, value: Any) -> str | float:
        """Return the value of one cell."""
        if column.reads in (Reads.NUMBER, Reads.INTEGER):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise SectorFileError(f"{value!r} is no number")
            return float(value)
        if column.words is not None:
            return self.word(column, value)
        if column.reads is Reads.NAMES:
            return "; ".join(self.name(column, one) for one in value)
        if column.reads is Reads.NAME:
            return self.name(column, value)
        if column.label.en == "objective":
            return self.objective(str(value))
        if column.common and column.label.en == "scenario" and value == "reference":
            return REFERENCE.to(self.language)
        return float(value) if isinstance(value, int | float) else self.text(value)

    def word(self, column: Column, value: Any) -> str:
        """Return a word of a closed list; any name where the list is open."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        assert column.words is not None
        word = None if isinstance(value, Mapping) else word_of(column.words, str(value))
        if word is not None:
            return word.label.to(self.language)
        if column.open_words and (isinstance(value, Mapping) or value in self.names):
            return self.text(value)
        raise SectorFileError(f"{value!r} is no word of {column.label.en!r}")

    def objective(self, value: str) -> str:
        """Return an objective's word, or ``measure: NAME`` with the measure's name."""
        if value.startswith("measure:"):
            return self.extra("measures", value.removeprefix("measure:").strip())
        word = word_of(w.Objective, value)
        if word is None:
            raise SectorFileError(f"{value!r} is no objective")
        return word.label.to(self.language)

    def extra(self, kind: str, name: str) -> str:
        """Return the heading of a calendar's period or of a measure."""
        if name not in self.names:
            raise SectorFileError(f"{name!r} is not among the names")
        shown = self.names[name].to(self.language)
        return MEASURE.to(self.language).format(shown) if kind == "measures" else shown

    def setting(self, row: FileRow) -> dict[str, str | float]:
        """Return one row of the settings; the other keys of the row are its common columns."""
        declared = columns(SettingsValues)
        if row["setting"] not in declared:
            raise SectorFileError(f"{row['setting']!r} is no setting")
        column = declared[row["setting"]]
        others = columns(DECLARED["settings"])
        rest = {k: v for k, v in row.items() if k not in ("setting", "value")}
        if not rest.keys() <= others.keys():
            raise SectorFileError(f"{sorted(rest.keys() - others.keys())} are no columns of settings")
        cells: dict[str, str | float] = {"setting": column.label.to(self.language)}
        if "value" in row:
            cells["value"] = self.value(column, row["value"])
        return cells | {key: self.value(others[key], value) for key, value in rest.items()}

    def scenario(self, key: str, row: FileRow) -> str:
        """Return one of the columns by which a scenario says what it changes."""
        table = str(row["table"])
        if table not in DECLARED:
            raise SectorFileError(f"{table!r} is no table")
        if key == "changed":
            return DECLARED[table].table.label.to(self.language)
        if key == "row":
            parts = row["row"].split(_ROW_SEPARATOR) if isinstance(row["row"], str) else row["row"]
            return _ROW_SEPARATOR.join(self._row_part(table, str(part)) for part in parts)
        target = self._changed_column(table, row)
        if key == "column" and table == "settings":
            return columns(DECLARED[table])["value"].label.to(self.language)
        if key == "column":
            return target.label.to(self.language) if target else self.extra_column(str(row["column"]))
        return self._change(target, str(row["change"]))

    def extra_column(self, key: str) -> str:
        """Return the heading of a period or measure column that a scenario changes."""
        if key.startswith("measure:"):
            return self.extra("measures", key.removeprefix("measure:").strip())
        return self.extra("values", key)

    def _changed_column(self, table: str, row: FileRow) -> Column | None:
        if table == "settings":
            return columns(SettingsValues).get(str(row["row"]))
        return columns(DECLARED[table]).get(field_of(table, str(row.get("column", ""))))

    def _row_part(self, table: str, part: str) -> str:
        if part == "*":
            return part
        if table == "settings":
            return columns(SettingsValues)[part].label.to(self.language)
        if table == "objectives":
            return self.objective(part)
        if part in self.names:
            return self.names[part].to(self.language)
        raise SectorFileError(f"{part!r} is not among the names")

    def _change(self, target: Column | None, change: str) -> str:
        """Return a change with the words and the decimal sign of the language."""
        assigned = _CHANGE.match(change)
        if assigned and target is not None:
            key = assigned[1]
            word = word_of(target.words, key) if target.words else None
            if word is not None:
                return f"= {word.label.to(self.language)}"
            if key in self.names:
                return f"= {self.names[key].to(self.language)}"
        return _DECIMAL_POINT.sub(decimal_sign(self.language), change)
