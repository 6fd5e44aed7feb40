"""Who gains and who pays, compared with this year: members, other inside actors, households, public bodies."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from filiere.indicators.borne import PAYERS, payer
from filiere.language import Label, listed
from filiere.report.result.tables.money.members import surpluses
from filiere.report.result.tables.money.pay import hours, paid_more, pay
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View
from filiere.schema import words as w

_SMALL = 0.5
"""Less money than this is none."""
_NAMED = 3
"""How many actors of a family are named."""

_ORDER = ("members", "others", "households", "public")
FAMILIES = {
    "members": Label("members", "les membres"),
    "others": Label("other inside actors", "les autres acteurs du territoire"),
    "households": Label("households", "les ménages"),
    "public": Label("public bodies", "les organismes publics"),
}
_PRIVATE = Label("members that are no public bodies", "les membres hors organismes publics")
_EARNS = (
    Label("{who} are left {money} less", "{who} gardent {money} de moins"),
    Label("{who} are left {money} more", "{who} gardent {money} de plus"),
)
_PAYS = (
    Label("{who} pay {money} more", "{who} paient {money} de plus"),
    Label("{who} pay {money} less", "{who} paient {money} de moins"),
)

_BOTH = Label("{who}: {more}, but {less}", "{who} : {more}, mais {less}")
_SIDE = (Label("{money} less for others ({named})", "{money} de moins pour d'autres ({named})"),
         Label("{money} more for some ({named})", "{money} de plus pour les uns ({named})"))  # fmt: skip


@dataclass(frozen=True)
class Family:
    """One kind of actor: what is left to it this year and in the plan, and each actor's change, the largest first."""

    key: str
    before: float
    after: float
    changes: tuple[tuple[str, float], ...]

    @property
    def change(self) -> float:
        """The plan less this year."""
        return self.after - self.before


def families(view: View) -> tuple[Family, ...]:
    """Return what is left to each kind of actor, receipts less outlays; nothing without a today.

    Together they change by what the net cost after grants does. Of an actor of whom nothing is known this year what it
    gets in the plan counts beside a year in which nothing moved, as in that total; it is told apart where it is named.
    """
    measures, today = view.result.measures, view.result.today_measures
    if measures is None or today is None:
        return ()
    now, then = (frame.actors["surplus"].to_dict() for frame in (measures, today))
    then.update(view.of(_supposed))
    inside = [actor for actor in view.chain.actors.values() if actor.inside]
    found = []
    for key in sorted(PAYERS, key=_ORDER.index):
        names = [actor.name for actor in inside if payer(actor) == key]
        changes = {name: float(now.get(name, 0.0)) - float(then.get(name, 0.0)) for name in names}
        moved = sorted((-abs(change), name) for name, change in changes.items() if abs(change) >= _SMALL)
        order = [name for _, name in moved]
        before, after = (float(sum(side.get(name, 0.0) for name in names)) for side in (then, now))
        if names and (order or abs(before) >= _SMALL or abs(after) >= _SMALL):
            found.append(Family(key, before, after, tuple((name, changes[name]) for name in order)))
    return tuple(found)


def _supposed(view: View) -> dict[str, float]:
    """Return what this year's plan leaves to those of whom nothing is known: mostly 0, for nothing of theirs moves."""
    today = view.result.today_measures
    left = today.actors["surplus"].to_dict() if today is not None else {}
    silent = [str(name) for name, amount in left.items() if math.isnan(amount)]
    if not silent or view.today is None:
        return dict.fromkeys(silent, 0.0)
    told = dict(zip(view.today.chain.actors, surpluses(view.today).tolist(), strict=True))
    return {name: float(told.get(name, 0.0)) for name in silent}


def gains(view: View) -> Sheet | None:
    """Return one row a kind of actor, with what is left to it, from this year to the plan, and to whom above all."""
    rows = families(view)
    if not rows:
        return None
    pick = view.pick
    total = pick("All inside actors", "Tous les acteurs du territoire")
    names = [*(_capital(family_name(view, row.key)) for row in rows), total]
    columns = (
        Column("family", pick("Who", "Qui"), names),
        Column("today", view.in_money("Receipts − outlays today", "Recettes − dépenses cette année"),
               [*(row.before for row in rows), sum(row.before for row in rows)], Show.MONEY),
        Column("plan", view.in_money("Receipts − outlays in the plan", "Recettes − dépenses dans le plan"),
               [*(row.after for row in rows), sum(row.after for row in rows)], Show.MONEY),
        Column("change", view.in_money("Gains (+) or pays (−)", "Gagne (+) ou paie (−)"),
               [*(row.change for row in rows), sum(row.change for row in rows)], Show.MONEY_CHANGE,
               formula="{plan}-{today}"),
        Column("named", pick("Above all", "D'abord"), [*(_named(view, row, 6) for row in rows), None], Show.PROSE),
    )  # fmt: skip
    return Sheet("gains", pick("Who gains, who pays", "Qui gagne, qui paie"), columns, frozen=1)


def gains_line(view: View) -> str | None:
    """Return it in one sentence; None without a today, or where nothing changes for anybody."""
    rows = families(view)
    parts = []
    for row in rows:
        if abs(row.change) < _SMALL and not row.changes:
            continue
        if _both_sides(row):
            parts.append(_split(view, row))
            continue
        words = _EARNS if row.key in ("members", "others") else _PAYS
        said = words[row.change > 0.0].fill(who=family_name(view, row.key), money=view.money(abs(row.change)))
        named = _named(view, row, _NAMED)
        parts.append(f"{view.set(said)} ({named})" if named else view.set(said))
    if not parts:
        return None
    head = view.pick("compared with this year, ", "par rapport à cette année, ")
    return head + view.pick("; ", " ; ").join(parts) + "."


def both_sides(view: View) -> str | None:
    """Say that some actors gain what others pay, whatever the territory as a whole does; None where all go one way."""
    changes = [change for row in families(view) for _, change in row.changes]
    gain, lose = (sum(max(0.0, sign * change) for change in changes) for sign in (1.0, -1.0))
    if min(gain, lose) < _SMALL:
        return None
    more, less, wages = view.money(round(gain)), view.money(round(lose)), _wages(view)
    return view.pick(
        f"Some inside actors gain {more} by it{wages}, others pay or lose {less}.",
        f"Des acteurs du territoire y gagnent {more}{wages}, d'autres y paient ou perdent {less}.",
    )


def _wages(view: View) -> str:
    """Say how much of what is gained is pay for more work; empty where none is."""
    more = sum(one.more for name, one in view.of(pay).items() if hours(view, name))
    if more < _SMALL or paid_more(view) < _SMALL:
        return ""
    worked = listed([hours(view, name) for name in view.of(pay) if hours(view, name)], view.language)
    paid = view.money(round(more))
    return view.pick(f", of which {paid} as pay {worked}", f", dont {paid} de salaires {worked}")


def family_name(view: View, key: str) -> str:
    """Name a kind of actor: public bodies that are members count among public bodies."""
    members = [actor for actor in view.chain.actors.values() if actor.perimeter is w.Perimeter.MEMBER]
    if key == "members" and any(payer(actor) == "public" for actor in members):
        return view.set(_PRIVATE)
    return view.set(FAMILIES[key])


def _both_sides(row: Family) -> bool:
    """Whether some of a family gain and others lose: a net figure would name losers among those who gain."""
    gain, lose = (sum(max(0.0, sign * change) for _, change in row.changes) for sign in (1.0, -1.0))
    return min(gain, lose) >= _SMALL


def _split(view: View, row: Family) -> str:
    """Tell both sides of a family: what some have more, and others less."""
    sides = []
    for sign in (1.0, -1.0):
        one = replace(row, changes=tuple((name, change) for name, change in row.changes if sign * change > 0.0))
        money = view.money(abs(round(sum(change for _, change in one.changes))))
        sides.append(view.set(_SIDE[sign > 0.0].fill(money=money, named=_named(view, one, _NAMED))))
    return view.set(_BOTH.fill(who=family_name(view, row.key), more=sides[0], less=sides[1]))


def _named(view: View, row: Family, most: int) -> str:
    short = view.of(less_served)
    spared = view.pick(", for want of being served", ", faute d'être servi")
    silent = view.pick(", of whom nothing is known this year", ", dont rien n'est connu cette année")
    said = [f"{name} {signed(view, change)}{spared if change > 0.0 and name in short else ''}{_for_work(view, name)}"
            f"{silent if name in view.of(_supposed) else ''}" for name, change in row.changes[:most]]  # fmt: skip
    left = len(row.changes) - len(said)
    if left > 0:
        said.append(view.counted(left, ("more", "more"), ("autre", "autres")))
    return listed(said, view.language)


def _for_work(view: View, name: str) -> str:
    worked = hours(view, name)
    return f", {worked}" if worked else ""


def less_served(view: View) -> frozenset[str]:
    """Return who lacks more of what it wants than this year: what it does not pay is no gain."""
    lacking = []
    for plan, chain in ((view.plan, view.chain), (view.result.today, view.result.today_chain)):
        worth: dict[str, float] = defaultdict(float)
        if plan is not None:
            unmet = plan.unmet
            for actor, product, quantity in zip(unmet["actor"], unmet["product"], unmet["quantity"], strict=True):
                worth[actor] += quantity * chain.products[product].value
        lacking.append(worth)
    now, then = lacking
    return frozenset(actor for actor, value in now.items() if value >= then[actor] + _SMALL)


def signed(view: View, change: float) -> str:
    """Write an amount of money with its sign, in whole units."""
    return f"{'+' if change > 0.0 else '−'}{view.money(abs(round(change)))}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
