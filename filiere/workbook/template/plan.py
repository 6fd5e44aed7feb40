"""What goes where in a template: the sheets in a coordinator's order, their columns and their rows.

Pure values, computed before a single cell is written: every formula, drop-down and count of the template
asks here where a column stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from filiere.language import Label, Language, as_heading
from filiere.problems.problem import column_letters
from filiere.schema import Column, Row, SettingsValues, Table, columns
from filiere.sector.sector import Sector
from filiere.sector.translate import DECLARED, WrittenRow, written

LAST_ROW = 2001
"""The last row that drop-downs and colours cover: two thousand rows under the headings."""
_PAGE_ROWS, _RECIPES_MORE = 25, 10
"""Rows that hold the formulas that help filling in (units, yearly totals), where fewer are filled in; and how many wait
below the recipes, of which filled rows have none.

A row with a formula is printed, whatever it shows: no more wait than make up a page to fill in by hand. Excel carries
them on as rows are typed below; in LibreOffice they are copied down.
"""

ORDER = (
    "settings", "actors", "products", "processes", "recipes", "links", "needs", "offers", "storage", "funding",
    "periods", "profiles", "objectives", "limits", "coalitions", "scenarios",
)  # fmt: skip

UNIT_OF = Label("# unit", "# unité")
LEVEL_IS = Label("# one unit of activity is", "# une unité d'activité, c'est")
PROFILE_TOTAL = Label("# total", "# total")
DEFAULT = Label("# default", "# par défaut")
PURPOSE = Label("# what it is for", "# à quoi ça sert")
TOTAL_IN = Label("# total taken in over the year", "# total consommé dans l'année")
TOTAL_OUT = Label("# total put out over the year", "# total produit dans l'année")
YEARLY_LEVEL = Label("# units of activity over the year", "# unités d'activité dans l'année")

# Comment columns (their heading starts with #, so they are never read) and the column each one follows.
_HELPERS: Mapping[str, tuple[tuple[str, Label], ...]] = {
    "settings": (("value", DEFAULT), ("value", PURPOSE)),
    "processes": (("actor", LEVEL_IS),),
    "recipes": (("product", UNIT_OF), ("output", TOTAL_IN), ("output", TOTAL_OUT), ("output", YEARLY_LEVEL)),
    "links": (("product", UNIT_OF),),
    "needs": (("product", UNIT_OF),),
    "offers": (("product", UNIT_OF),),
    "storage": (("product", UNIT_OF),),
}

REQUIRED = Label("required", "obligatoire")


@dataclass(frozen=True)
class Place:
    """One column of a sheet. ``column`` is None for a helper and for a period's or a measure's column."""

    key: str
    index: int
    heading: str
    column: Column | None = None
    helper: bool = False

    @property
    def letters(self) -> str:
        """The column's letters on the sheet."""
        return column_letters(self.index)

    @property
    def required(self) -> bool:
        """Whether a row needs it."""
        return self.column is not None and self.column.required

    def note(self, language: Language, money: str) -> str:
        """What stands in brackets under the heading: whether it is required, and its unit."""
        if self.column is None:
            return ""
        unit = self.column.unit.value.short.to(language).format(money=money) if self.column.unit else ""
        return ", ".join(part for part in (REQUIRED.to(language) if self.required else "", unit) if part)


@dataclass(frozen=True)
class Plan:
    """One sheet: its table, its columns from left to right, and the rows it already holds."""

    declared: type[Row]
    name: str
    places: tuple[Place, ...]
    rows: tuple[WrittenRow, ...]
    language: Language

    @property
    def table(self) -> Table:
        """The table the sheet is for."""
        return self.declared.table

    @cached_property
    def by_key(self) -> Mapping[str, Place]:
        """Field name, heading of an extra column or English text of a helper → its place."""
        return {place.key: place for place in self.places}

    def span(self, key: str, last: int = LAST_ROW) -> str:
        """Return the absolute range of a column under its heading, on this sheet or from another one."""
        letters = self.by_key[key].letters
        return f"'{self.name}'!${letters}$2:${letters}${last}"

    def values(self, key: str) -> list[str | float]:
        """Return what the rows hold in a column, ``""`` where a cell is blank."""
        return [row.values.get(key, row.extra.get(key, "")) for row in self.rows]

    @cached_property
    def rare(self) -> tuple[Place, ...]:
        """The columns that few chains need, at the far right."""
        return tuple(place for place in self.places if place.column is not None and place.column.rare)

    @property
    def helped(self) -> int:
        """How many rows hold the formulas that help filling in."""
        return max(_PAGE_ROWS, len(self.rows) + _RECIPES_MORE * (self.table.key == "recipes"))

    def inputs(self) -> Iterator[Place]:
        """The columns that are filled in and read."""
        return (place for place in self.places if not place.helper)


def plans(sector: Sector, language: Language, example: bool) -> Mapping[str, Plan]:
    """Return the sheets of a template in order, by table key."""
    return {key: _plan(sector, key, language, example) for key in ORDER}


def shown(label: str) -> str:
    """Return a heading as a coordinator likes to read it: ``coût_unitaire`` → ``Coût unitaire``, read alike."""
    text = as_heading(label)
    return text[:1].upper() + text[1:]


def money(settings: Plan) -> str:
    """Return the currency of a template as its headings write it."""
    setting = shown(columns(SettingsValues)["currency"].label.to(settings.language))
    currency = dict(zip(settings.values("setting"), settings.values("value"), strict=True))[setting]
    return "€" if currency == "EUR" else str(currency)


def _plan(sector: Sector, key: str, language: Language, example: bool) -> Plan:
    declared = DECLARED[key]
    rows = written(sector, key, language, example)
    if key == "settings":
        rows = _every_setting(rows, language)
    places = tuple(
        Place(field, index, heading, column, helper)
        for index, (field, heading, column, helper) in enumerate(_columns(key, rows, language, sector, example))
    )
    return Plan(declared, declared.table.label.to(language), places, rows, language)


def _columns(key: str, rows: tuple[WrittenRow, ...], language: Language, sector: Sector,
             example: bool) -> Iterator[tuple[str, str, Column | None, bool]]:  # fmt: skip
    declared = columns(DECLARED[key])
    helpers = _HELPERS.get(key, ())
    for field, column in declared.items():
        if not (column.common or column.rare):
            yield field, shown(column.label.to(language)), column, False
            yield from ((label.en, label.to(language), None, True) for after, label in helpers if after == field)
    extra = [heading for row in rows for heading in row.extra]
    if key == "profiles":
        extra = [str(row.values["period"]) for row in written(sector, "periods", language, example)] + extra
    yield from ((heading, heading, None, False) for heading in dict.fromkeys(extra))
    if key == "profiles" and extra:
        yield PROFILE_TOTAL.en, PROFILE_TOTAL.to(language), None, True
    yield from _at_the_right(declared, language, lambda column: column.common)
    yield from _at_the_right(declared, language, lambda column: column.rare)


def _at_the_right(
    declared: Mapping[str, Column], language: Language, among: Callable[[Column], bool]
) -> Iterator[tuple[str, str, Column | None, bool]]:
    for field, column in declared.items():
        if among(column):
            yield field, shown(column.label.to(language)), column, False


def _every_setting(rows: tuple[WrittenRow, ...], language: Language) -> tuple[WrittenRow, ...]:
    """Every setting has its row; the language, the currency and the format's version are filled in."""
    given = {str(row.values["setting"]): dict(row.values) for row in rows}
    start: dict[str, str | float] = {"currency": "EUR", "schema": 1.0}
    every = []
    for key, column in columns(SettingsValues).items():
        label = column.label.to(language)
        values = {"value": start[key]} if key in start else {}
        values |= given.get(label, {}) | {"setting": shown(label)}
        every.append(WrittenRow(values | {"value": language} if key == "language" else values))
    return tuple(every)
