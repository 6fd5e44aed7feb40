"""Changes to a chain as a scenario makes them: some fields of the rows that match."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from filiere.chain.chain import Chain

Change = Callable[[Chain], Chain]


def rows(table: str, matching: Mapping[str, object] | None = None, **fields: object) -> Change:
    """Change ``fields`` of every matching row of a table; a callable is applied to the figure that was there."""

    def matches(row: object) -> bool:
        return all(getattr(row, name) == value for name, value in (matching or {}).items())

    def changed(row: object) -> object:
        return _with(row, fields) if matches(row) else row

    def change(chain: Chain) -> Chain:
        old = getattr(chain, table)
        found = old.values() if isinstance(old, Mapping) else old
        assert any(matches(row) for row in found), f"no {table} matches {matching}"
        if isinstance(old, Mapping):
            return replace(chain, **{table: {key: changed(row) for key, row in old.items()}})
        return replace(chain, **{table: tuple(changed(row) for row in old)})

    return change


def settings(**fields: object) -> Change:
    """Change some settings."""
    return lambda chain: replace(chain, settings=_with(chain.settings, fields))


def recipe(process: str, side: str, product: str, rate: float) -> Change:
    """Change one technical coefficient."""
    return rows("processes", {"name": process}, **{side: lambda recipe: {**recipe, product: rate}})


def together(*changes: Change) -> Change:
    """One change after another."""

    def change(chain: Chain) -> Chain:
        for each in changes:
            chain = each(chain)
        return chain

    return change


def times(factor: float) -> Callable[[float], float]:
    """Multiply what was there."""
    return lambda figure: figure * factor


def _with(row: object, fields: Mapping[str, object]) -> object:
    return replace(row, **{
        name: value(getattr(row, name)) if callable(value) else value for name, value in fields.items()
    })  # fmt: skip
