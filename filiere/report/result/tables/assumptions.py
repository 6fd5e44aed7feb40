"""Assumptions: which figures are not measured, and what reading the workbook warned about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from filiere.chain.chain import Chain
from filiere.chain.check.check import unused_products
from filiere.problems import Cell
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, place
from filiere.schema import words as w
from filiere.schema.tables import Row

_PRINTED = 40
"""Rows that are printed: the list is for looking things up, on screen."""


def uncertain_rows(chain: Chain) -> list[tuple[Row, str]]:
    """Return every row whose figures are estimated or guessed, once each, with the words that name it.

    Products that nothing mentions are left out: no result rests on them.
    """
    found: dict[int, tuple[Row, str]] = {}
    for row, name in _rows(chain):
        if row.confidence in (w.Confidence.ESTIMATED, w.Confidence.GUESSED):
            found.setdefault(id(row), (row, name))
    return list(found.values())


def assumptions(view: View) -> Sheet:
    """Return one row an estimated or guessed row, then one a warning."""
    uncertain = sorted(uncertain_rows(view.chain), key=lambda pair: pair[0].confidence is not w.Confidence.GUESSED)
    warnings = view.chain.warnings
    word = view.pick("warning", "avertissement")
    kinds: list[str] = [str(view.confidence(row)) for row, _ in uncertain] + [word] * len(warnings)
    cells: list[Cell | None] = [place(row) for row, _ in uncertain]
    blank: list[Value] = [None] * len(warnings)
    columns = (
        Column("kind", view.pick("What", "Quoi"), kinds, Show.MARK),
        Column("table", view.pick("Table", "Tableau"),
               [*(row.table.label.to(view.language) for row, _ in uncertain), *blank]),
        Column("subject", view.pick("About", "Sujet"),
               [name for _, name in uncertain] + [p.message(view.language) for p in warnings], Show.PROSE),
        Column("remedy", view.pick("What to do", "Que faire"),
               [None] * len(uncertain) + [p.hint(view.language) for p in warnings], Show.PROSE),
        Column("uncertainty", view.pick("Uncertainty (± %)", "Incertitude (± %)"),
               [row.uncertainty for row, _ in uncertain] + [None] * len(warnings), Show.PERCENT),
        Column("source", "Source", [row.source for row, _ in uncertain] + blank, Show.PROSE),
        Column("note", "Note", [row.note for row, _ in uncertain] + blank, Show.PROSE),
        Column("cell", view.pick("Typed in", "Saisi en"), cells + [p.cell for p in warnings], Show.SOURCE),
    )  # fmt: skip
    guessed = w.Confidence.GUESSED.label.to(view.language)
    return Sheet("assumptions", view.pick("Assumptions", "Hypothèses"), columns, frozen=1, warned=(guessed, word),
                 printed_rows=_PRINTED)  # fmt: skip


def _rows(chain: Chain) -> Iterator[tuple[Row, str]]:
    for actor in chain.actors.values():
        yield actor.row, actor.name
    idle = {product.name for product in unused_products(chain)}
    for product in chain.products.values():
        if product.name not in idle:
            yield product.row, product.name
    for process in chain.processes.values():
        yield process.row, _named(process.key)
        for part in process.recipe:
            yield part, _named((process.name, part.product))
    for link in chain.links:
        yield link.row, _named((link.row.from_, link.row.to, link.row.product))
    for offer in chain.offers:
        yield offer.row, _named((offer.actor, offer.product))
    for need in chain.needs:
        yield need.row, _named((need.row.actor, need.product))
    for storage in chain.storages.values():
        yield storage.row, _named((storage.actor, storage.product))
    for fund in chain.funding:
        yield fund.row, _named((fund.funder, fund.actor))
    for limit in chain.limits:
        yield limit.row, limit.name


def _named(parts: Iterable[str]) -> str:
    return " / ".join(parts)
