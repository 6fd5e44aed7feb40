"""What a column and a table are: the vocabulary in which :mod:`filiere.schema.tables` is written.

A table is a frozen dataclass, one field a column; the field's metadata is the :class:`Column`. The reader,
the checks, the templates and the data dictionary all walk these declarations and nothing else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar

from filiere.language import Label
from filiere.problems import Cell
from filiere.schema.units import Unit
from filiere.schema.words import Word

Record = TypeVar("Record")

Target = Literal[
    "actors", "groups", "everyone", "perimeters", "sectors",
    "products", "families", "labels", "processes", "periods", "profiles",
]  # fmt: skip
"""What a name in a cell may refer to; ``everyone`` is the ``*``."""

Extra = Literal["periods", "measures"]
"""What the free columns of a table are: one a period, or one a ``measure: NAME``."""


class Reads(Enum):
    """How the text of a cell is understood."""

    NAME = "name"
    NAMES = "names"
    NUMBER = "number"
    INTEGER = "integer"
    WORD = "word"
    TEXT = "text"
    ANY = "any"


WEIGHT = (1e-3, 1e4)
"""The smallest, beside 0, and the largest weight of one thing against another."""


@dataclass(frozen=True)
class Column:
    """One declared column: its names, how it is read, its unit, default, bounds and help."""

    label: Label
    reads: Reads
    help: Label
    synonyms: tuple[str, ...] = ()
    key: bool = False
    required: bool = False
    refers: tuple[Target, ...] = ()
    words: type[Word] | None = None
    open_words: bool = False
    unit: Unit | None = None
    product: str | None = None
    """For amounts and prices: the column of the same row that names the product they are counted in."""
    default: Any = None
    default_said: Label | None = None
    """The default in words, where a value would not say it."""
    lowest: float | None = None
    highest: float | None = None
    largest: float | None = None
    """The largest figure that can be meant, either way: what is beyond is a slip of the hand."""
    finest: float | None = None
    """The smallest one beside 0."""
    asks_at_one: bool = False
    """For a share: whether 1 is more likely meant as 1 % than as the whole."""
    common: bool = False
    """Carried by every table (source, confidence, note, scenario): shown last and narrow."""
    rare: bool = False
    """Of use to few chains: templates show it at the far right, in a group that is closed where it is empty."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every heading that is read as this column."""
        return (*self.label, *self.synonyms)


@dataclass(frozen=True)
class Table:
    """One declared table: its sheet's names, what it is for, and which free columns it takes."""

    key: str
    label: Label
    help: Label
    synonyms: tuple[str, ...] = ()
    required: bool = False
    extra: Extra | None = None
    unique: bool = True
    """Whether two rows with the same key columns are an error."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every sheet name that is read as this table."""
        return (*self.label, *self.synonyms)


def _column(default: Any, required: bool, column: Column) -> Any:
    if required:
        return field(metadata={"column": column})
    return field(default=default, metadata={"column": column})


def name(en: str, fr: str, help_en: str, help_fr: str, *synonyms: str, refers: tuple[Target, ...] = (),
         key: bool = False, required: bool = False) -> Any:  # fmt: skip
    """Declare a column that names one thing: a new one, or, with ``refers``, a known one."""
    column = Column(Label(en, fr), Reads.NAME, Label(help_en, help_fr), synonyms, key=key,
                    required=required or key, refers=refers)  # fmt: skip
    return _column(None, column.required, column)


def names(en: str, fr: str, help_en: str, help_fr: str, *synonyms: str, refers: tuple[Target, ...] = ()) -> Any:
    """Declare a column that names several things, separated by ``;``."""
    return _column((), False, Column(Label(en, fr), Reads.NAMES, Label(help_en, help_fr), synonyms, refers=refers))


def numeric(en: str, fr: str, help_en: str, help_fr: str, *synonyms: str, unit: Unit, default: float | None = None,
             lowest: float | None = 0.0, highest: float | None = None, required: bool = False,
             product: str | None = "product", default_said: tuple[str, str] | None = None,
             whole: bool = False, weight: bool = False, rate: bool = False) -> Any:  # fmt: skip
    """Declare a column that holds a number; a ``weight`` is 0 or within :data:`WEIGHT`, a ``rate`` asks at 1."""
    finest, largest = WEIGHT if weight else (unit.value.finest, unit.value.largest)
    column = Column(
        Label(en, fr), Reads.INTEGER if whole else Reads.NUMBER, Label(help_en, help_fr), synonyms,
        required=required, unit=unit, product=product if unit.counted_in_product else None, default=default,
        default_said=Label(*default_said) if default_said else None, lowest=lowest, highest=highest,
        largest=largest, finest=finest, asks_at_one=rate,
    )  # fmt: skip
    return _column(default, required, column)


def word(en: str, fr: str, help_en: str, help_fr: str, *synonyms: str, words: type[Word], default: Any = None,
         required: bool = False, default_said: tuple[str, str] | None = None,
         open_words: bool = False) -> Any:  # fmt: skip
    """Declare a column that holds a word of a closed list (or, ``open_words``, any other text too)."""
    column = Column(Label(en, fr), Reads.WORD, Label(help_en, help_fr), synonyms, required=required, words=words,
                    default=default, default_said=Label(*default_said) if default_said else None,
                    open_words=open_words)  # fmt: skip
    return _column(default, required, column)


def text(en: str, fr: str, help_en: str, help_fr: str, *synonyms: str, default: str | None = None,
         required: bool = False, anything: bool = False, common: bool = False, key: bool = False) -> Any:  # fmt: skip
    """Declare a column that holds free text (or, with ``anything``, a value understood later)."""
    column = Column(Label(en, fr), Reads.ANY if anything else Reads.TEXT, Label(help_en, help_fr), synonyms,
                    required=required, default=default, common=common, key=key)  # fmt: skip
    return _column(default, required, column)


def columns(declared: type) -> Mapping[str, Column]:
    """Return the columns of a table (or of the settings) in order: field name → column."""
    return _columns(declared)


def rare(declared: Any) -> Any:
    """Declare a column, made by one of the functions above, as one that few chains need."""
    column = dataclasses.replace(declared.metadata["column"], rare=True)
    default = {} if declared.default is dataclasses.MISSING else {"default": declared.default}
    return field(**default, metadata={"column": column})


def key_columns(declared: type) -> tuple[str, ...]:
    """Return the field names of a table's key columns."""
    return tuple(n for n, c in columns(declared).items() if c.key)


# The cache stands behind the public name: a row's class is hashable, whatever its instances are.
@cache
def _columns(declared: type) -> Mapping[str, Column]:
    declared_ones = [(f.name, f.metadata["column"]) for f in dataclasses.fields(declared) if "column" in f.metadata]
    return dict(sorted(declared_ones, key=lambda named: named[1].common))


class HeadingUnit(str):
    """A unit that stands in a column's heading, with the heading's cell: it holds for the plain numbers below."""

    __slots__ = ("cell",)

    def __new__(cls, text: str, cell: Cell | None = None) -> HeadingUnit:
        """Return the unit ``text`` of the heading in ``cell``."""
        made = super().__new__(cls, text)
        made.cell = cell
        return made

    cell: Cell | None


class ShownUnit(HeadingUnit):
    """A unit that the number format of a cell shows beside its plain number, with that cell."""

    __slots__ = ()


def changed(record: Record, **values: Any) -> Record:
    """Return a frozen record with some of its fields changed, as ``dataclasses.replace`` does in eight times as long.

    For those made by the thousand that are their fields alone: none is worked out of others, nothing is kept beside.
    """
    if unknown := values.keys() - record.__dict__.keys():
        raise TypeError(f"{type(record).__name__} has no {', '.join(sorted(unknown))}")
    made = object.__new__(type(record))
    made.__dict__.update(record.__dict__)
    made.__dict__.update(values)
    return made


@dataclass(frozen=True)
class Addressed:
    """What every row knows besides its columns: where each value was read."""

    cells: Mapping[str, Cell] = field(default_factory=dict, kw_only=True, repr=False, compare=False)
    """Field name → its cell, for the columns the sheet has; ``""`` → the row itself."""
    units: Mapping[str, str] = field(default_factory=dict, kw_only=True, repr=False)
    """Field name → the unit typed beside a number, or in its heading, until it is converted."""

    def at(self, column: str = "") -> Cell | None:
        """Return the cell of a column, or the row's place where the sheet has no such column."""
        found = self.cells.get(column)
        return self.cells.get("") if found is None else found
