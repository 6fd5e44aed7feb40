"""What the plan means for one member, in a few sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

from filiere.analysis.today.action import Action
from filiere.language import listed, to_name
from filiere.report.member.tables import surplus
from filiere.report.result.actions import done
from filiere.report.result.payments import compensation_of
from filiere.report.result.tables.money.funding import grant_words, grants
from filiere.report.view import View, clean

_SMALL = 0.5
"""Less money than this is none."""
_BENT = 0.005
"""From which share on a reconciled figure is another one than what was said."""


def member_sentences(view: View, member: str) -> Iterator[str]:
    """Yield what a member reads first: its account, its customers, its suppliers, its dependence, its decisions."""
    yield from _account(view, member)
    yield from _reconciled(view, member)
    yield from compensation_of(view, member)
    yield from _partners(view, member)
    yield from _dependence(view, member)
    steps = [done(view, step) for step in _steps(view, member)]
    given = [one for one in grants(view) if member in (one.funder, one.actor) and abs(one.change) >= _SMALL]
    steps += [_capital(grant_words(view, one)) + "." for one in given]
    if steps:
        yield view.pick("What you have to decide:", "Ce que vous avez à décider :")
        yield from (f"•\u00a0{step}" for step in steps)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _steps(view: View, member: str) -> Iterator[Action]:
    """Yield the actions of a member: its activities, and the exchanges that it is one side of; what is too small to
    decide is left out.
    """
    found = view.result.actions
    for decision in found.decisions if found else ():
        for step in (*decision.heads, *decision.along):
            if member in step.names[:2] if step.of_link else member == step.names[1]:
                yield step


def _account(view: View, member: str) -> Iterator[str]:
    before, now = surplus(view, member)
    if before is None:
        yield view.pick(
            f"In the plan, {view.money(now)} a year are left to you, receipts less outlays.",
            f"Dans le plan, il vous reste {view.money(now)} par an, recettes moins dépenses.",
        )
    elif abs(now - before) < 0.5:
        yield view.pick(
            f"Receipts less outlays, {view.money(now)} a year are left to you, as today.",
            f"Recettes moins dépenses, il vous reste {view.money(now)} par an, comme cette année.",
        )
    else:
        change = view.money(abs(now - before))
        more = now > before
        yield view.pick(
            f"Receipts less outlays go from {view.money(before)} to {view.money(now)} a year: "
            f"{change} {'more' if more else 'less'} than today.",
            f"Vos recettes moins vos dépenses passent de {view.money(before)} à {view.money(now)} par an : "
            f"{change} de {'plus' if more else 'moins'} que cette année.",
        )


def _reconciled(view: View, member: str) -> Iterator[str]:
    """Say of which exchanges and activities this year's figure is not what was said: it was reconciled."""
    if view.today is None:
        return
    off = [f"{link.product} ({link.to if link.from_ == member else link.from_})"
           for link, now in zip(view.chain.links, view.link_today, strict=True)
           if member in (link.from_, link.to) and _differs(link.today, now)]  # fmt: skip
    off += [
        key[0]
        for key, process, now in zip(
            view.chain.processes, view.chain.processes.values(), view.process_today, strict=True
        )
        if key[1] == member and _differs(process.today, now)
    ]
    if off:
        named = _few(view, list(dict.fromkeys(off)))
        yield view.pick(
            f"Today's figures were reconciled so that what comes in covers what goes out. They differ from what you or "
            f"your partners said for {named}.",
            "Les chiffres « Cette année » ont été rapprochés, pour que ce qui entre couvre ce qui sort. Ils s'écartent "
            f"de ce que vous ou vos partenaires aviez dit pour {named}.",
        )


def _differs(said: float | None, now: float | None) -> bool:
    return said is not None and now is not None and abs(now - said) > _BENT * max(abs(said), abs(now))


def _partners(view: View, member: str) -> Iterator[str]:
    shipped = clean(view.accounts.flow_by_link)
    links = [(link, amount) for link, amount in zip(view.chain.links, shipped, strict=True) if amount > 0.0]
    customers = list(dict.fromkeys(link.to for link, _ in links if link.from_ == member))
    suppliers = list(dict.fromkeys(link.from_ for link, _ in links if link.to == member))
    if customers:
        named = _few(view, customers)
        yield view.pick(f"You deliver to {named}.", f"Vous livrez {to_name(named)}.")
    if suppliers:
        named = _few(view, suppliers)
        yield view.pick(f"You buy from {named}.", f"Vous achetez {to_name(named)}.")


def _few(view: View, names: list[str], most: int = 6) -> str:
    left = len(names) - most
    if left <= 0:
        return listed(names, view.language)
    others = view.pick(f"{left} more", f"{left} autre{'s' if left > 1 else ''}")
    return listed([*names[:most], others], view.language)


def _dependence(view: View, member: str) -> Iterator[str]:
    measures = view.result.measures
    if measures is None or member not in measures.actors.index:
        return
    row = measures.actors.to_dict("index")[member]
    share, name = float(row["largest_supplier_share"]), str(row["largest_supplier"] or "")
    if name and not math.isnan(share) and share > 0.0:
        yield view.pick(
            f"Your largest outside supplier is {name}: {view.percent(share)} of your purchases.",
            f"Votre premier fournisseur extérieur est {name} : {view.percent(share)} de vos achats.",
        )
