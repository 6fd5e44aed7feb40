"""Relations: who delivers what to whom, beside what this year's exchange is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, by_period, place
from filiere.solution.accounts import Floats

MOST_PERIODS = 12
"""With more periods than this, the periods are rows of their own sheet instead of columns."""


def relations(view: View) -> Sheet:
    """Return one row a link that carries something, or does so today; the largest values first."""
    shipped = view.accounts.flow_by_link
    flows = view.accounts.moved
    value = view.accounts.summed(flows["link"], flows["value"], len(view.chain.links))
    dust = _dust(view, shipped)
    today = view.link_today if view.compares else [None] * len(shipped)
    kept = [i for i, amount in enumerate(shipped) if amount > dust[i] or (today[i] or 0.0) > 0.0]
    kept.sort(key=lambda i: (-abs(float(value[i])), i))
    columns = [*_what(view, kept, shipped, value), *_change(view, kept, shipped, today)]
    columns += [*_periods(view, kept), *_grounds(view, kept)]
    inside, outside = view.mark_words
    title = view.pick("Relations", "Échanges")
    return Sheet("relations", title, tuple(columns), frozen=3, inside=inside, outside=outside, printed="change")


def relations_by_period(view: View) -> Sheet | None:
    """Return one row a link and period, where the periods are too many to be columns."""
    if len(view.period_names) <= MOST_PERIODS:
        return None
    frame = view.plan.flows
    units = [view.chain.products[p].unit for p in frame["product"]]
    columns = (
        Column("from", view.pick("From", "Fournisseur"), frame["from"].tolist()),
        Column("to", view.pick("To", "Client"), frame["to"].tolist()),
        Column("product", view.pick("Product", "Produit"), frame["product"].tolist()),
        Column("period", view.pick("Period", "Période"), frame["period"].tolist()),
        Column("quantity", view.pick("Quantity", "Quantité"), frame["quantity"].tolist(), Show.QUANTITY),
        Column("unit", view.pick("Unit", "Unité"), units),
        Column("value", view.in_money("Value", "Valeur"), frame["value"].tolist(), Show.MONEY),
    )
    return Sheet("relations_by_period", view.pick("Relations by period", "Échanges par période"), columns, 3)


def _dust(view: View, shipped: Floats) -> Floats:
    """Return, by link, a millionth of the largest delivery of its product: what rounding leaves, not goods."""
    product = view.accounts.links["product"]
    largest = np.zeros(len(view.chain.products))
    np.maximum.at(largest, product, shipped)
    return np.asarray(1e-6 * largest[product])


def _what(view: View, kept: list[int], shipped: Floats, value: Floats) -> list[Column]:
    links = [view.chain.links[i] for i in kept]
    units = [view.chain.products[link.product].unit for link in links]
    several = [link.period for link in links]
    price_unit = f"{view.currency} {view.pick('per unit', 'par unité')}"
    return [
        Column("from", view.pick("From", "Fournisseur"), [link.from_ for link in links]),
        Column("to", view.pick("To", "Client"), [link.to for link in links]),
        Column("product", view.pick("Product", "Produit"), [link.product for link in links]),
        Column("kind", view.pick("Kind", "Nature"), [view.link_word(e) for e in links], Show.MARK),
        Column("only", view.pick("Only in", "Seulement en"), several),
        Column("quantity", view.pick("Quantity in the year", "Quantité dans l'année"),
               [float(shipped[i]) for i in kept], Show.QUANTITY),
        Column("unit", view.pick("Unit", "Unité"), units),
        Column("price", f"{view.pick('Price', 'Prix')} ({price_unit})", [e.price for e in links], Show.PRICE),
        Column("value", view.in_money("Value", "Valeur"), [float(value[i]) for i in kept], Show.MONEY),
    ]  # fmt: skip


def _change(view: View, kept: list[int], shipped: Floats, today: Sequence[float | None]) -> list[Column]:
    if not view.compares:
        return []
    before = [view.link_known[i] for i in kept]
    now = [float(shipped[i]) for i in kept]
    change: list[Value] = [None if b is None else n - b for n, b in zip(now, before, strict=True)]
    return [
        Column("today", view.pick("Today", "Cette année"), before, Show.QUANTITY),
        Column("change", view.pick("Change", "Écart"), change, Show.CHANGE,
               formula="IF(ISNUMBER({today}),{quantity}-{today},\"\")"),
        Column("evolution", view.pick("What happens", "Évolution"), _evolutions(view, kept, shipped, today)),
    ]  # fmt: skip


def _evolutions(view: View, kept: list[int], shipped: Floats, today: Sequence[float | None]) -> list[str | None]:
    """Say what happens to each relation; where it has several rows (prices, seasons), to all of them together."""
    links = view.chain.links
    rows: dict[tuple[str, str, str], list[int]] = {}
    for i, link in enumerate(links):
        rows.setdefault((link.from_, link.to, link.product), []).append(i)
    found: list[str | None] = []
    for i in kept:
        together = [j for j in rows[links[i].from_, links[i].to, links[i].product] if j == i or shipped[j] or today[j]]
        known = [b for j in together if (b := view.link_known[j]) is not None]
        word = _evolution(view, float(shipped[together].sum()), sum(known) if known else None)
        if word and len(together) > 1:
            word += view.pick(", its rows together", ", toutes lignes réunies")
        found.append(word)
    return found


def _evolution(view: View, now: float, before: float | None) -> str | None:
    if before is None:
        return view.pick("new, or not typed", "nouveau, ou pas saisi")
    slack = 1e-6 * max(now, before)
    if before <= slack:
        return view.pick("starts", "nouveau")
    if now <= slack:
        return view.pick("ends", "arrêté")
    if abs(now - before) <= slack:
        return view.pick("stays", "inchangé")
    return view.pick("grows", "développé") if now > before else view.pick("shrinks", "réduit")


def _periods(view: View, kept: list[int]) -> list[Column]:
    names = view.period_names
    if not 0 < len(names) <= MOST_PERIODS:
        return []
    table = by_period(view.accounts.moved.frame, "link", "quantity", names).reindex(kept, fill_value=0.0)
    return [Column(f"period{i}", name, table[i].tolist(), Show.QUANTITY, keep=True) for i, name in enumerate(names)]


def _grounds(view: View, kept: list[int]) -> list[Column]:
    rows = [view.chain.links[i].row for i in kept]
    return [
        Column("confidence", view.pick("Confidence", "Confiance"), [view.confidence(row) for row in rows]),
        Column("source", view.pick("Source", "Source"), [row.source for row in rows], Show.PROSE),
        Column("note", view.pick("Note", "Note"), [row.note for row in rows], Show.PROSE),
        Column("cell", view.pick("Typed in", "Saisi en"), [place(row) for row in rows], Show.SOURCE),
    ]
