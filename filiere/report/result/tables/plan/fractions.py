"""Things that are counted one by one and of which the plan has a part: it is a mean of several years, and said so."""

from __future__ import annotations

from filiere.language import listed
from filiere.report.result.actions import broken
from filiere.report.view import View
from filiere.units import is_counted

_NAMED = 2
"""How many are named."""


def fractions_line(view: View) -> str | None:
    """Name the dearest deliveries of which a part is planned; None where all that is counted is whole."""
    if view.shows_today:
        return None
    parts: list[tuple[float, str, str]] = []
    for link, amount in zip(view.chain.links, view.accounts.flow_by_link.tolist(), strict=True):
        product = view.chain.products[link.product]
        if amount > 0.0 and is_counted(product.unit) and broken(amount):
            told = f"{link.from_} → {link.to}, {link.product} ({view.quantity(amount, link.product)})"
            parts.append((abs(amount - round(amount)) * product.value, told, link.product))
    if not parts:
        return None
    parts.sort(key=lambda one: (-one[0], one[1]))
    named = [told for _, told, _ in parts[:_NAMED]]
    if len(parts) > _NAMED:
        named.append(view.counted(len(parts) - _NAMED, ("more", "more"), ("autre", "autres")))
    said = view.pick("; ", " ; ").join(named[:_NAMED])
    said = listed([said, *named[_NAMED:]], view.language)
    return view.pick(
        f"of what is counted one by one, the plan has means of several years: {said}. Amounts of money are worked out "
        "on these means. For whole numbers of one year: “whole” (sheet Processes) and “multiple” (sheet Links).",
        f"de ce qui se compte à l'unité, le plan donne des moyennes sur plusieurs années : {said}. Les montants sont "
        "calculés sur ces moyennes. Pour n'avoir que des nombres entiers dans l'année : « entier » (feuille Activités) "
        "et « taille du lot » (feuille Échanges).",
    )
