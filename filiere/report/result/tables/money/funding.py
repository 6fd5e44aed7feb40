"""Funding: who grants how much to whom, beside what was granted this year; which grants are new, to be decided."""

from __future__ import annotations

from typing import NamedTuple

from filiere.language import Label, listed
from filiere.report.result.tables.money.gains import signed
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, clean, place
from filiere.schema import words as w
from filiere.solution.accounts import Accounts


def funding(view: View) -> Sheet:
    """Return one row a funding that is used, or is so today."""
    rows = view.chain.funding
    granted = clean(view.accounts.summed(view.accounts.grants["funding"], view.accounts.grants["amount"], len(rows)))
    kept = [i for i, amount in enumerate(granted) if amount or rows[i].today]
    chosen = [rows[i] for i in kept]
    givers = [view.chain.actors[f.funder] for f in chosen]
    marks = [view.pick("inside", "interne") if a.inside else view.pick("outside", "extérieur") for a in givers]
    today: list[Value] = [f.today for f in chosen] if view.compares else []
    columns = [
        Column("funder", view.pick("Funder", "Financeur"), [f.funder for f in chosen]),
        Column("actor", view.pick("Receiver", "Bénéficiaire"), [f.actor for f in chosen]),
        Column("kind", view.pick("Kind", "Nature"),
               [f.kind.label.to(view.language) if isinstance(f.kind, w.FundingKind) else f.kind for f in chosen]),
        Column("origin", view.pick("Origin", "Origine"), marks, Show.MARK),
        Column("sector", view.pick("Sector", "Secteur"), [a.sector.label.to(view.language) for a in givers]),
        Column("amount", view.in_money("In the plan", "Prévu dans le plan"), [granted[i] for i in kept], Show.MONEY),
        Column("maximum", view.in_money("At most", "Au plus"), [f.maximum for f in chosen], Show.MONEY),
        *([Column("today", view.in_money("Today", "Cette année"), today, Show.MONEY)] if today else []),
        Column("cell", view.pick("Typed in", "Saisi en"), [place(f.row) for f in chosen], Show.SOURCE),
    ]  # fmt: skip
    title = view.pick("Funding", "Financements")
    inside, outside = view.pick("inside", "interne"), view.pick("outside", "extérieur")
    return Sheet("funding", title, tuple(columns), frozen=2, inside=(inside,), outside=(outside,))


_SMALL = 0.5
"""Less money than this is none."""
_NAMED = 3
"""How many funders, and receivers of each, are named."""
_MORE = Label("grants rise by {by} a year, from {before} to {after}, which the funders have to decide: {named}.",
              "les aides augmentent de {by} par an, de {before} à {after}, ce que les financeurs ont à décider : "
              "{named}.")  # fmt: skip
_LESS = Label("grants fall by {by} a year, from {before} to {after}: {named}.",
              "les aides diminuent de {by} par an, de {before} à {after} : {named}.")  # fmt: skip
_SAME = Label("grants are as much in all as this year, {after}, but not the same: {named}.",
              "les aides sont les mêmes en tout que cette année, {after}, mais réparties autrement : "
              "{named}.")  # fmt: skip


class Grant(NamedTuple):
    """What one funder gives one receiver, this year and in the plan."""

    funder: str
    actor: str
    before: float
    after: float
    known: bool = True
    """Whether it is known what was given this year: typed, or read off an account that is followed."""

    @property
    def change(self) -> float:
        """The plan less this year."""
        return self.after - self.before


def grants(view: View) -> tuple[Grant, ...]:
    """Return what each funder gives each receiver, all kinds together, the largest change first; nothing without a
    today.
    """
    if view.today is None:
        return ()
    before, after = _given(view.today), _given(view.accounts)
    pairs = dict.fromkeys((*after, *before))
    chain = view.result.today_chain
    typed = {(row.funder, row.actor) for row in chain.funding if row.today is not None}
    typed |= {(row.funder, row.actor) for row in chain.funding if chain.actors[row.actor].budget is not w.Budget.NO}
    found = [Grant(*pair, before.get(pair, 0.0), after.get(pair, 0.0), pair in before or pair in typed)
             for pair in pairs]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-abs(one.change), one.funder, one.actor)))


def new_grants(view: View) -> Sheet | None:
    """Return one row a grant that is new or changes, the largest change first: what funders have to decide."""
    rows = [one for one in grants(view) if abs(one.change) >= _SMALL]
    if not rows:
        return None
    pick = view.pick
    columns = (
        Column("funder", pick("Funder", "Financeur"), [one.funder for one in rows]),
        Column("actor", pick("Receiver", "Bénéficiaire"), [one.actor for one in rows]),
        Column("today", view.in_money("Today", "Cette année"), [one.before if one.known else None for one in rows],
               Show.MONEY),
        Column("plan", view.in_money("In the plan", "Prévu dans le plan"), [one.after for one in rows], Show.MONEY),
        Column("change", view.in_money("Change", "Écart"), [one.change if one.known else None for one in rows],
               Show.MONEY_CHANGE, formula='IF(ISNUMBER({today}),{plan}-{today},"")'),
        Column("for", pick("Decisions that concern it (no.)", "Décisions qui le concernent (n°)"),
               [_decisions(view, one.actor) for one in rows]),
    )  # fmt: skip
    return Sheet("new_grants", pick("Grants to decide", "Aides à décider"), columns, frozen=2)


def grants_line(view: View) -> str | None:
    """Return by how much grants change, who gives them and to whom; None where none does."""
    every = grants(view)
    moved = [one for one in every if abs(one.change) >= _SMALL]
    if not moved:
        return None
    before, after = sum(one.before for one in every), sum(one.after for one in every)
    by_funder: dict[str, list[Grant]] = {}
    for one in moved:
        by_funder.setdefault(one.funder, []).append(one)
    order = sorted(by_funder, key=lambda name: -abs(sum(one.change for one in by_funder[name])))
    named = [_of_funder(view, name, by_funder[name]) for name in order[:_NAMED]]
    if len(order) > _NAMED:
        named.append(view.counted(len(order) - _NAMED, ("more funder", "more funders"),
                                  ("autre financeur", "autres financeurs")))  # fmt: skip
    label = _SAME if abs(after - before) < _SMALL else _MORE if after > before else _LESS
    return view.set(label.fill(
        by=view.money(abs(round(after - before))), before=view.money(round(before)), after=view.money(round(after)),
        named=view.pick("; ", " ; ").join(named),
    ))  # fmt: skip


def grant_words(view: View, one: Grant) -> str:
    """``Department → Shop, from 6,000 € to 63,150 €``."""
    before, after = view.money(round(one.before)), view.money(round(one.after))
    if not one.known:
        return view.pick(f"grant {one.funder} → {one.actor}, {after} (today: not typed)",
                         f"aide {one.funder} → {one.actor}, {after} (cette année : pas saisi)")  # fmt: skip
    return view.pick(f"grant {one.funder} → {one.actor}, from {before} to {after}",
                     f"aide {one.funder} → {one.actor}, de {before} à {after}")  # fmt: skip


def _of_funder(view: View, funder: str, given: list[Grant]) -> str:
    told = [_of_receiver(view, one) for one in given[:_NAMED]]
    if len(given) > _NAMED:
        told.append(view.counted(len(given) - _NAMED, ("more", "more"), ("autre", "autres")))
    return f"{funder} {signed(view, sum(one.change for one in given))} ({listed(told, view.language)})"


def _of_receiver(view: View, one: Grant) -> str:
    before, after = view.money(round(one.before)), view.money(round(one.after))
    if not one.known:
        return view.pick(f"{one.actor} {after}, today not typed", f"{one.actor} {after}, cette année pas saisi")
    return view.pick(f"{one.actor} from {before} to {after}", f"{one.actor} de {before} à {after}")


def _given(accounts: Accounts) -> dict[tuple[str, str], float]:
    frame, names = accounts.grants, accounts.actor_index
    found: dict[tuple[str, str], float] = {}
    for funder, actor, amount in zip(frame["funder"], frame["actor"], frame["amount"], strict=True):
        pair = str(names[funder]), str(names[actor])
        found[pair] = found.get(pair, 0.0) + float(amount)
    return found


def _decisions(view: View, actor: str) -> str | None:
    """The numbers of the decisions in which an actor acts, sells or buys."""
    found = view.result.actions
    numbers = [
        str(number) for number, decision in enumerate(found.decisions if found else (), start=1)
        if any(actor in step.names[:2] if step.of_link else actor == step.names[1] for step in decision.heads)
    ]  # fmt: skip
    return ", ".join(numbers) or None
