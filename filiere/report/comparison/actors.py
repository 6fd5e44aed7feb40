"""Actors: what each receives, pays and keeps in every case, and who gains or loses."""

from __future__ import annotations

from collections.abc import Mapping

from filiere.indicators.members import receipts_and_outlays
from filiere.report.comparison.figures import last_of
from filiere.report.comparison.sides import Sides, difference
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, clean
from filiere.schema import words as w

_CENT = 0.005

Money = Mapping[str, Mapping[str, float]]
"""``receipts``, ``outlays``, ``surplus`` → actor → amount a year."""


def money(view: View) -> Money:
    """Return the receipts, outlays and surplus of every actor; of an outside one, what passes between it and others."""
    frame = receipts_and_outlays(view.accounts)
    names = [str(name) for name in view.accounts.actor_index]
    return {str(key): dict(zip(names, clean(frame[key].tolist()), strict=True)) for key in frame.columns}


def gains(sides: Sides, at: int) -> dict[str, float]:
    """Return how much more each inside actor keeps in a case than in the reference; those it leaves alone apart."""
    view = sides.views[at]
    if sides.base is None or view is None:
        return {}
    now, before = money(view)["surplus"], money(sides.base)["surplus"]
    found: dict[str, float] = {}
    for name, actor in {**sides.base.chain.actors, **view.chain.actors}.items():
        change = difference(now.get(name, 0.0), before.get(name, 0.0)) or 0.0
        if actor.inside and abs(change) >= _CENT:
            found[name] = change
    return found


def actors(sides: Sides) -> Sheet:
    """Return one row an actor that money passes through: what it keeps in each case; who moves most comes first."""
    books, names = _books(sides)
    columns = [*_who(sides, names), *_surpluses(sides, books, names)]
    return _sheet(sides, "actors", sides.pick("Who gains, who loses", "Qui gagne, qui perd"), columns)


def receipts(sides: Sides) -> Sheet:
    """Return one row an actor: its receipts and outlays in each case."""
    books, names = _books(sides)
    actor, *more = _who(sides, names)
    columns = [
        actor,
        *_amounts(sides, books, names, "receipts", sides.pick("receipts", "recettes")),
        *_amounts(sides, books, names, "outlays", sides.pick("outlays", "dépenses")),
        *more,
    ]
    return _sheet(sides, "receipts", sides.pick("Receipts and outlays", "Recettes et dépenses"), columns)


def _books(sides: Sides) -> tuple[list[Money | None], list[str]]:
    """Return each case's money, and the actors that it passes through."""
    books = [money(view) if view else None for view in sides.views]
    declared = {name: actor for view in sides.views if view for name, actor in view.chain.actors.items()}
    names = [
        name for name in declared
        if any(book and (book["receipts"].get(name) or book["outlays"].get(name)) for book in books)
    ]  # fmt: skip
    names.sort(key=lambda name: (not declared[name].inside, -_largest_change(books, name)))
    return books, names


def _who(sides: Sides, names: list[str]) -> list[Column]:
    declared = {name: actor for view in sides.views if view for name, actor in view.chain.actors.items()}
    perimeters = [sides.set(declared[name].perimeter.label) for name in names]
    return [
        Column("actor", sides.pick("Actor", "Acteur"), names),
        Column("perimeter", sides.pick("Perimeter", "Périmètre"), perimeters, Show.MARK),
        Column("sector", sides.pick("Sector", "Secteur"), [sides.set(declared[name].sector.label) for name in names]),
    ]


def _sheet(sides: Sides, key: str, title: str, columns: list[Column]) -> Sheet:
    inside = tuple(sides.set(one.label) for one in w.Perimeter if one.inside)
    outside = tuple(sides.set(one.label) for one in w.Perimeter if not one.inside)
    return Sheet(key, title, tuple(columns), 1, inside, outside, (sides.pick("loses", "perd"),), across=True,
                 printed=last_of(columns, "change", "outlays", "surplus"))  # fmt: skip


def _surpluses(sides: Sides, books: list[Money | None], names: list[str]) -> list[Column]:
    said = sides.pick("receipts − outlays", "recettes − dépenses")
    currency = sides.lead.currency
    changes: list[Column] = []
    verdicts: list[Column] = []
    columns = [Column("surplus0", f"{sides.titles[0]}{sides.pick(': ', ' : ')}{said} ({currency})",
                      _column(books[0], "surplus", names), Show.MONEY, keep=True)]  # fmt: skip
    for at in sides.others():
        book = books[at]
        if book is None:
            continue
        before = books[0]
        formula = None
        if sides.roomy or before is None:
            columns.append(Column(f"surplus{at}", f"{sides.titles[at]} ({currency})", _column(book, "surplus", names),
                                  Show.MONEY, keep=True))  # fmt: skip
            formula = f"{{surplus{at}}}-{{surplus0}}"
        if before is None:
            continue
        found = [difference(book["surplus"].get(n, 0.0), before["surplus"].get(n, 0.0)) for n in names]
        changes.append(
            Column(f"change{at}", f"{sides.heading(at, 'change', 'écart')} ({currency})", list(found),
                   Show.MONEY_CHANGE, keep=True, formula=formula)
        )  # fmt: skip
        verdicts.append(
            Column(f"verdict{at}", sides.heading(at, "outcome", "bilan"), [_verdict(sides, one) for one in found],
                   Show.MARK, keep=True)
        )  # fmt: skip
    return [*columns, *changes, *verdicts]


def _amounts(sides: Sides, books: list[Money | None], names: list[str], kind: str, said: str) -> list[Column]:
    return [
        Column(f"{kind}{at}", sides.heading(at, said, said), _column(book, kind, names), Show.MONEY)
        for at, book in enumerate(books)
        if book is not None
    ]


def _column(book: Money | None, kind: str, names: list[str]) -> list[Value]:
    return [book[kind].get(name, 0.0) if book else None for name in names]


def _verdict(sides: Sides, change: float | None) -> str | None:
    if change is None or abs(change) < 0.5:
        return None
    return sides.pick("gains", "gagne") if change > 0 else sides.pick("loses", "perd")


def _largest_change(books: list[Money | None], name: str) -> float:
    before = books[0]["surplus"].get(name, 0.0) if books[0] else 0.0
    return max((abs(book["surplus"].get(name, 0.0) - before) for book in books[1:] if book), default=0.0)
