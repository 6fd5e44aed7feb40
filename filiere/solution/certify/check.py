"""One check of a certificate: how far the worst of its rows is from holding, and where that row is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from filiere.chain.chain import Chain
from filiere.problems import Cell
from filiere.solution.accounts import UNKNOWN, Accounts, Floats
from filiere.solution.table import Table, distinct

TOLERANCE = 1e-6
"""The largest relative residual that passes."""


Place = Callable[[int], tuple[str, Cell | None]]
"""Says where a row is, from its position: words that name it, and its cell where it has one."""


class Check(NamedTuple):
    """A family of rows: its name, the worst relative residual among them, and where that one is."""

    name: str
    residual: float
    where: str = ""
    cell: Cell | None = None


@dataclass(frozen=True)
class Rows:
    """Rows of one kind: by how much each is violated, and the largest absolute term in it.

    ``place`` says where a row is: words that name it, and its cell where it has one.
    """

    violation: Floats
    scale: Floats
    place: Place


def worst(name: str, *parts: Rows, least: float = 1.0) -> Check:
    """Return the check of all ``parts`` together; a residual is violation / max(``least``, largest term)."""
    found = Check(name, 0.0)
    for part in parts:
        if not part.violation.size:
            continue
        relative = part.violation / np.maximum(least, part.scale)
        # A figure that is no finite number is wholly wrong.
        relative = np.where(np.isfinite(relative), relative, 1.0)
        position = int(relative.argmax())
        if relative[position] > found.residual:
            found = Check(name, float(relative[position]), *part.place(position))
    return found


def least_of(chain: Chain) -> float:
    """Return what a row of quantities is measured against at the least: 1, or a thousand times the smallest need where
    that is less, as a millionth of it is a thousandth of that need then.
    """
    return min([1.0, *(1e3 * need.quantity for need in chain.needs if need.quantity)])


def at_most(amount: Any, bound: Any, place: Place, scale: Any = 0.0) -> Rows:
    """Return rows that ask amount ≤ bound; a bound of inf asks nothing."""
    amount, bound = np.asarray(amount, dtype=float), np.asarray(bound, dtype=float)
    binding = np.isfinite(bound)
    limit = np.where(binding, bound, 0.0)
    size = np.maximum(np.maximum(np.abs(amount), np.abs(limit)), np.asarray(scale, dtype=float))
    return Rows(np.where(binding, np.maximum(0.0, amount - limit), 0.0), size, place)


def at_least(amount: Any, bound: Any, place: Place, scale: Any = 0.0) -> Rows:
    """Return rows that ask amount ≥ bound; a bound of -inf asks nothing."""
    return at_most(-np.asarray(amount, dtype=float), -np.asarray(bound, dtype=float), place, scale)


def equal(amount: Any, target: Any, place: Place, scale: Any = 0.0) -> Rows:
    """Return rows that ask amount = target."""
    amount, target = np.asarray(amount, dtype=float), np.asarray(target, dtype=float)
    size = np.maximum(np.maximum(np.abs(amount), np.abs(target)), np.asarray(scale, dtype=float))
    return Rows(np.abs(amount - target), size, place)


def sums(keys: Table, amounts: Floats) -> Table:
    """Return, by distinct row of ``keys`` (positions), ``total`` and ``scale`` (the largest absolute amount in it)."""
    first, at = distinct(keys)
    scale = np.zeros(len(first))
    np.maximum.at(scale, at, np.abs(amounts))
    return keys[first].assign(total=Accounts.summed(at, amounts, len(first)), scale=scale)


def at_rows(rows: Iterable[Any], column: str = "", name: Callable[[Any], str] | None = None) -> Place:
    """Return places that are elements of the chain: their names, and the cell of one of their columns."""
    elements = tuple(rows)

    def place(position: int) -> tuple[str, Cell | None]:
        element = elements[position]
        row = getattr(element, "row", None)
        said = name(element) if name else named(element)
        return said, row.at(column) if row is not None else None

    return place


def named(element: Any) -> str:
    """Return the words that name an element of a chain: ``Farm → Mill, wheat``."""
    if hasattr(element, "from_"):
        return f"{element.from_} → {element.to}, {element.product}"
    if hasattr(element, "funder"):
        return f"{element.funder} → {element.actor}"
    parts = (getattr(element, key, None) for key in ("name", "actor", "product"))
    return ", ".join(str(part) for part in parts if part)


def at_spots(accounts: Accounts, rows: Table) -> Place:
    """Return places that are rows of a table with any of the columns actor, product, period, process."""

    def place(position: int) -> tuple[str, Cell | None]:
        words = []
        for column, index in (
            ("actor", accounts.actor_index),
            ("product", accounts.product_index),
            ("period", accounts.period_index),
        ):
            if column in rows and (at := int(rows[column][position])) != UNKNOWN:
                words.append(str(index[at]))
        actor = accounts.chain.actors.get(words[0]) if words else None
        return ", ".join(words), actor.row.at() if actor else None

    return place
