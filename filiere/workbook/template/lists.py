"""The lists behind the drop-downs: what the coordinator has typed so far, kept up to date by formulas.

A drop-down is bound to a defined name, and the name to a stretch of the hidden lists sheet or of a table's own
column whose length is counted live; this works alike in Excel and in LibreOffice. Every formula is written with
its value, since LibreOffice does not compute a fresh file again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from filiere.language import Label, Language
from filiere.names import fold
from filiere.problems.problem import column_letters
from filiere.schema import Reads, SettingsValues, columns
from filiere.schema import words as w
from filiere.schema.words import Word
from filiere.sector.sector import Sector
from filiere.sector.translate import DECLARED, FREE, MEASURE
from filiere.workbook.template.formula import write_live
from filiere.workbook.template.plan import Plan, shown

LISTS_SHEET = Label("_lists", "_listes")
# Longest text between two ";" that the splitting formula keeps.
_WIDE = 200
_UNITS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("t", "kg", "L", "hL", "h", "jour", "place", "repas", "pièce", "m²", "m³", "ha", "kWh", "km"),
    "en": ("t", "kg", "L", "hL", "h", "day", "seat", "meal", "piece", "m²", "m³", "ha", "kWh", "km"),
}
# The columns that formulas of other sheets look at, each under the name TABLE_FIELD.
NAMED: tuple[tuple[str, str], ...] = (
    ("actors", "actor"), ("actors", "perimeter"), ("actors", "group"), ("actors", "place"), ("actors", "latitude"),
    ("products", "product"), ("products", "unit"), ("products", "price"), ("products", "family"),
    ("products", "labels"), ("processes", "process"), ("processes", "actor"), ("processes", "capacity"),
    ("processes", "today"), ("recipes", "process"), ("recipes", "product"), ("recipes", "input"),
    ("recipes", "output"), ("links", "from_"), ("links", "to"), ("links", "product"), ("links", "price"),
    ("links", "today"), ("links", "maximum"), ("needs", "actor"), ("needs", "product"), ("needs", "quantity"),
    ("needs", "obligation"), ("funding", "funder"), ("funding", "actor"), ("funding", "today"),
    ("funding", "maximum"), ("periods", "period"), ("periods", "share"), ("profiles", "profile"),
    ("scenarios", "scenario"),
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One list: where it lies and where its length is counted, as seen from the lists sheet, and what it holds now."""

    stretch: str
    count: str
    values: tuple[str, ...]


class Lists:
    """Fills the hidden sheet, list after list, and defines a name for each."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._book, self._sheet, self._column = book, sheet, 0
        self._name = f"'{sheet.get_name()}'!"

    def static(self, key: str, values: Sequence[str]) -> Source:
        """Define ``list_KEY`` on texts that never change."""
        letters = self._start(key)
        for row, value in enumerate(values):
            self._sheet.write_string(row + 2, self._column - 1, value)
        stretch = f"${letters}$3:${letters}${max(3, len(values) + 2)}"
        self._book.define_name(f"list_{key}", f"={self._name}{stretch}")
        return Source(stretch, str(len(values)), tuple(values))

    def direct(self, key: str, column: str, values: Sequence[str]) -> Source:
        """Define ``list_KEY`` on a named column of a table, down to its last filled cell."""
        letters = self._start(key)
        self._live(1, f'=SUMPRODUCT(MAX(({column}<>"")*(ROW({column})-1)))', len(values))
        return self._growing(key, column, f"${letters}$2", values, column)

    def distinct(self, key: str, column: str, cells: Sequence[str], rows: int, size: int, parts: int = 1) -> Source:
        """Define ``list_KEY`` on the different texts of a named column, cells with several split at ``;``."""
        pieces = [
            piece
            for cell in (*cells, *[""] * (rows - len(cells)))[:rows]
            for piece in [*(part.strip() for part in cell.split(";")), *[""] * parts][:parts]
        ]
        last = len(pieces) + 2
        split = self._start("")
        for k, piece in enumerate(pieces):
            text = f"INDEX({column},{k // parts + 1})"
            part = f'TRIM(MID(SUBSTITUTE({text},";",REPT(" ",{_WIDE})),{k % parts * _WIDE + 1},{_WIDE}))'
            self._live(k + 2, f"={part}" if parts > 1 else f'={text}&""', piece)
        ranks = self._start("")
        seen: dict[str, str] = {}
        for k, piece in enumerate(pieces):
            cell = f"{split}{k + 3}"
            first = f"MATCH({cell},{split}$3:{split}${last},0)={k + 1}"
            fresh = bool(piece) and fold(piece) not in seen
            if fresh:
                seen[fold(piece)] = piece
            rank = f'=IF({cell}="","",IF({first},MAX({ranks}$2:{ranks}{k + 2})+1,""))'
            self._live(k + 2, rank, len(seen) if fresh else "")
        letters = self._start(key)
        self._live(1, f"=MIN({size},MAX({ranks}3:{ranks}{last}))", min(size, len(seen)))
        found = list(seen.values())[:size]
        for k in range(size):
            at = f"MATCH({k + 1},{ranks}$3:{ranks}${last},0)"
            self._live(k + 2, f'=IFERROR(INDEX({split}$3:{split}${last},{at}),"")', (found + [""] * size)[k])
        return self._own(key, letters, found, size)

    def stacked(self, key: str, sources: Sequence[Source], size: int) -> Source:
        """Define ``list_KEY`` on several lists one below the other."""
        letters = self._start(key)
        values = [value for source in sources for value in source.values][:size]
        self._live(1, f"=MIN({size},{'+'.join(source.count for source in sources)})", len(values))
        for k in range(size):
            formula = '""'
            for at in reversed(range(len(sources))):
                before = "+".join(source.count for source in sources[:at])
                upto, index = sources[at].count, str(k + 1)
                if before:
                    upto, index = f"{before}+{upto}", f"{k + 1}-({before})"
                formula = f'IF({k + 1}<={upto},INDEX({sources[at].stretch},{index})&"",{formula})'
            self._live(k + 2, f"={formula}", (values + [""] * size)[k])
        return self._own(key, letters, values, size)

    def _start(self, key: str) -> str:
        """Head the next column and return its letters."""
        self._sheet.write_string(0, self._column, f"# {key}" if key else "#")
        self._column += 1
        return column_letters(self._column - 1)

    def _live(self, row: int, formula: str, value: str | int) -> None:
        write_live(self._sheet, row, self._column - 1, formula, value)

    def _own(self, key: str, letters: str, values: Sequence[str], size: int) -> Source:
        first, stretch = f"{self._name}${letters}$3", f"${letters}$3:${letters}${size + 2}"
        return self._growing(key, first, f"${letters}$2", values, stretch)

    def _growing(self, key: str, first: str, count: str, values: Sequence[str], stretch: str) -> Source:
        self._book.define_name(f"list_{key}", f"=OFFSET({first},0,0,MAX(1,{self._name}{count}),1)")
        return Source(stretch, count, tuple(values))


def define_lists(book: Workbook, sheet: Worksheet, plans: Mapping[str, Plan], sector: Sector,
                 levels: Sequence[tuple[str, str]], language: Language) -> None:  # fmt: skip
    """Write every list of a template and define the names that its drop-downs and colours use."""
    for table, field in NAMED:
        book.define_name(f"{table}_{field.rstrip('_')}", f"={plans[table].span(field)}")
    lists = Lists(book, sheet)

    def texts(table: str, field: str) -> list[str]:
        return [str(value) for value in plans[table].values(field)]

    def own(table: str, field: str) -> Source:
        return lists.direct(table, f"{table}_{field}", texts(table, field))

    def different(key: str, table: str, field: str, rows: int, size: int, parts: int = 1) -> Source:
        return lists.distinct(key, f"{table}_{field}", texts(table, field), rows, size, parts)

    actors, products = own("actors", "actor"), own("products", "product")
    own("periods", "period")
    profiles = own("profiles", "profile")
    groups = different("groups", "actors", "group", 200, 60, 3)
    labels = different("labels", "products", "labels", 200, 40, 3)
    families = different("families", "products", "family", 200, 40)
    different("processes", "processes", "process", 300, 200)
    different("scenarios", "scenarios", "scenario", 100, 30)
    everyone = lists.static("everyone", ["*"])
    perimeters = lists.static("perimeters", _shown(w.Perimeter, language))
    sectors = lists.static("sectors", _shown(w.Sector, language))
    free = lists.static("free", [FREE.to(language)])
    lists.stacked("profiles_free", (profiles, free), 60)
    lists.stacked("actors_groups", (actors, groups), 400)
    lists.stacked("actors_groups_everyone", (actors, groups, everyone), 400)
    lists.stacked("actors_groups_perimeters_sectors", (groups, perimeters, sectors, actors), 400)
    lists.stacked("products_families", (products, families), 300)
    lists.stacked("products_families_labels", (families, labels, products), 300)
    lists.static("library", [name for name, _ in levels])
    lists.static("library_levels", [level for _, level in levels])
    _closed_lists(lists, plans, sector, language)


def _shown(words: type[Word], language: Language) -> list[str]:
    return list(dict.fromkeys(word.label.to(language) for word in words))


def _closed_lists(lists: Lists, plans: Mapping[str, Plan], sector: Sector, language: Language) -> None:
    """The words of the format, each list with all its other spellings, which are right as well."""
    lists.static("units", [*dict.fromkeys([*_UNITS[language], *map(str, plans["products"].values("unit"))])])
    lists.static("stages", [stage.label.to(language) for stage in sector.stages])
    lists.static("sector_families", [family.label.to(language) for family in sector.families])
    lists.static("tables", [declared.table.label.to(language) for declared in DECLARED.values()])
    lists.static("settings", [shown(column.label.to(language)) for column in columns(SettingsValues).values()])
    measures = dict.fromkeys(
        place.heading for plan in plans.values() if plan.table.extra == "measures" for place in plan.places
        if place.column is None and not place.helper
    )  # fmt: skip
    prefix = MEASURE.to(language).format("")
    lists.static("objectives", [*_shown(w.Objective, language), *measures])
    for words in word_lists():
        own_labels = [measure.removeprefix(prefix) for measure in measures] if words is w.LimitMeasure else []
        lists.static(f"{words.__name__}", [*_shown(words, language), *own_labels])
        lists.static(f"all_{words.__name__}", list(dict.fromkeys(text for word in words for text in word.spellings)))


def word_lists() -> tuple[type[Word], ...]:
    """Return every closed list that some column of some table asks for."""
    declared = (*DECLARED.values(), SettingsValues)
    found = (column.words for table in declared for column in columns(table).values() if column.reads is Reads.WORD)
    return tuple(dict.fromkeys(words for words in found if words is not None))
