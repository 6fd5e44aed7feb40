"""Things that are counted one by one and of which the plan has a part: it is a mean of several years, and said so."""

from __future__ import annotations

from filiere.language import after_colon, listed, number
from filiere.report.result.actions import broken
from filiere.report.view import View
from filiere.units import is_counted

_NAMED = 2
"""How many are named."""


def fractions_line(view: View) -> str | None:
    """Name the dearest deliveries of which a part is planned, and what is whole over the year alone."""
    if view.shows_today:
        return None
    first, *more = [said for said in (_deliveries(view), _by_year(view)) if said] or [""]
    return " ".join([first, *(said[:1].upper() + said[1:] for said in more)]) or None


def _by_year(view: View) -> str:
    """Name the activities that are whole over the year and run in parts in its periods."""
    chain, parts, processes = view.chain, dict[tuple[str, str], str](), view.chain.processes
    for name, actor, period, level in view.plan.levels[["process", "actor", "period", "level"]].itertuples(index=False):
        process = processes[name, actor]
        if process.whole and not process.whole_each_period and len(chain.periods) > 1 and broken(level):
            told = after_colon(period, number(level, view.language), view.language)
            parts.setdefault(process.key, f"{name} ({actor}{view.pick('; ', ' ; ')}{told})")
    if not parts:
        return ""
    named = list(parts.values())[:_NAMED]
    if len(parts) > _NAMED:
        named.append(view.counted(len(parts) - _NAMED, ("more", "more"), ("autre", "autres")))
    said = listed(named, view.language)
    return view.pick(
        f"whole over the year, in parts in its periods: {said}; “each period” (sheet Processes, column Whole) makes "
        "them whole in each.",
        f"entiers sur l'année, par fractions dans ses périodes : {said} ; «\u00a0chaque période\u00a0» (feuille "
        "Activités, colonne Entier) les rend entiers dans chacune.",
    )


def _deliveries(view: View) -> str:
    parts: list[tuple[float, str, str]] = []
    for link, amount in zip(view.chain.links, view.accounts.flow_by_link.tolist(), strict=True):
        product = view.chain.products[link.product]
        if amount > 0.0 and is_counted(product.unit) and broken(amount):
            told = f"{link.from_} → {link.to}, {link.product} ({view.quantity(amount, link.product)})"
            parts.append((abs(amount - round(amount)) * product.value, told, link.product))
    if not parts:
        return ""
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
