"""A sector as a frozen value: what its file says, still in the file's own neutral keys."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from filiere.language import Label
from filiere.sector.bundled import bundled

FileRow = Mapping[str, Any]
"""One row as its file writes it: field name → value, names by their neutral keys."""

_EXAMPLE = "_example"
_NOT_TABLES = {"schema", "key", "story", "names"}


@dataclass(frozen=True)
class Part:
    """A stage or a family of the chain."""

    key: str
    label: Label
    help: Label | None = None


@dataclass(frozen=True)
class Example:
    """The worked example: its story, the names it adds, and its rows by table key."""

    story: Label
    names: Mapping[str, Label]
    rows: Mapping[str, tuple[FileRow, ...]]


@dataclass(frozen=True)
class Sector:
    """One kind of chain: its vocabulary and the rows that a template of it starts from.

    ``prefilled`` holds rows by table key; its ``processes`` and ``recipes`` are the typical recipes, which no
    actor does yet. ``indicators`` are the keys of those to show first.
    """

    key: str
    label: Label
    summary: Label
    stages: tuple[Part, ...] = ()
    families: tuple[Part, ...] = ()
    names: Mapping[str, Label] = field(default_factory=dict)
    indicators: tuple[str, ...] = ()
    prefilled: Mapping[str, tuple[FileRow, ...]] = field(default_factory=dict)
    read_example: Callable[[], Example | None] = field(default=lambda: None, repr=False, compare=False)

    @cached_property
    def example(self) -> Example | None:
        """The worked example, read when it is first asked for; None where the sector has none."""
        return self.read_example()

    @property
    def story(self) -> Label | None:
        """The story of the worked example."""
        return self.example.story if self.example else None

    def rows(self, table: str, example: bool = False) -> tuple[FileRow, ...]:
        """Return the rows of a table: the example's, or the pre-filled ones where it has none.

        The typical recipes are never among them: they belong to nobody.
        """
        if example and self.example and table in self.example.rows:
            return self.example.rows[table]
        return () if table in ("processes", "recipes") else self.prefilled.get(table, ())


def sector_keys() -> tuple[str, ...]:
    """Return the keys of the bundled sectors, in alphabetical order."""
    files = (file.name for file in bundled("models").iterdir() if file.name.endswith(".toml"))
    stems = (name.removesuffix(".toml") for name in files)
    return tuple(sorted(stem for stem in stems if not stem.endswith(_EXAMPLE)))


@cache
def load_sector(key: str) -> Sector:
    """Return a bundled sector. Raises KeyError where there is none of that key."""
    if key not in sector_keys():
        raise KeyError(key)

    def example() -> str | None:
        name = f"{key}{_EXAMPLE}.toml"
        folder = bundled("models")
        file = folder.joinpath(name)
        return file.read_text("utf-8") if file.is_file() else None

    return sector_from(bundled(f"models/{key}.toml").read_text("utf-8"), example)


def sector_from(text: str, example: Callable[[], str | None] = lambda: None) -> Sector:
    """Return the sector that a TOML text describes; ``example`` gives the text of its worked example."""
    data = tomllib.loads(text)

    def read() -> Example | None:
        written = example()
        return _example(written) if written is not None else None

    return Sector(
        key=data["key"],
        label=_label(data["label"]),
        summary=_label(data["summary"]),
        stages=_parts(data.get("stages", [])),
        families=_parts(data.get("families", [])),
        names=_names(data.get("names", {})),
        indicators=tuple(data.get("indicators", [])),
        prefilled={table: tuple(rows) for table, rows in data.get("prefilled", {}).items()},
        read_example=read,
    )


def _example(text: str) -> Example:
    data = tomllib.loads(text)
    tables = {table: tuple(rows) for table, rows in data.items() if table not in _NOT_TABLES}
    return Example(_label(data["story"]), _names(data.get("names", {})), tables)


def _label(written: Mapping[str, str]) -> Label:
    return Label(written["en"].strip(), written["fr"].strip())


def _names(written: Mapping[str, Mapping[str, str]]) -> dict[str, Label]:
    return {key: _label(label) for key, label in written.items()}


def _parts(written: list[dict[str, Any]]) -> tuple[Part, ...]:
    return tuple(
        Part(part["key"], _label(part["label"]), _label(part["help"]) if "help" in part else None) for part in written
    )
