"""What one member does, delivers, buys and receives, this year and in the plan, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from filiere.language import Label
from filiere.report.result.tables.flows.relations import relations
from filiere.report.result.tables.money.funding import funding
from filiere.report.result.tables.money.members import HEADINGS, OUTLAYS, RECEIPTS, money_by_actor
from filiere.report.result.tables.plan.activities import activities
from filiere.report.result.tables.plan.needs import needs
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View

_OF_RELATION = ("today", "quantity", "change", "unit", "price", "value")
_OF_ACTIVITY = ("process", "made", "today", "level", "change", "capacity", "use", "cost")
_OF_NEED = ("product", "when", "today", "wanted", "served", "unmet", "unit", "share")
_DELIVERED = Label("What you deliver", "Ce que vous livrez")
_BOUGHT = Label("What you buy", "Ce que vous achetez")
_MADE = Label("What you make and run", "Ce que vous faites tourner")
_NEEDED = Label("What you need", "Ce dont vous avez besoin")
_GRANTED = Label("Funding you receive", "Les financements que vous recevez")
_GIVEN = Label("Funding you give", "Les financements que vous versez")
_ACCOUNT = Label("Your account", "Votre compte")


def member_tables(view: View, member: str) -> Iterator[Sheet]:
    """Yield the tables of one member that have a row. Nothing of another actor stands on them but its name and what
    passes between the two.
    """
    for sheet in (
        _account(view, member),
        _kept(relations(view), "from", member, _DELIVERED.to(view.language), ("to", "product", *_OF_RELATION)),
        _kept(relations(view), "to", member, _BOUGHT.to(view.language), ("from", "product", *_OF_RELATION)),
        _kept(activities(view), "actor", member, _MADE.to(view.language), _OF_ACTIVITY),
        _kept(needs(view), "actor", member, _NEEDED.to(view.language), _OF_NEED),
        _kept(funding(view), "actor", member, _GRANTED.to(view.language), ("funder", "kind", "amount", "today")),
        _kept(funding(view), "funder", member, _GIVEN.to(view.language), ("actor", "kind", "amount", "today")),
    ):
        if sheet.height:
            yield sheet


def _account(view: View, member: str) -> Sheet:
    """Return one row a kind of receipt or outlay, this year and in the plan, and what is left."""
    now = _lines(view, member, today=False)
    before = _lines(view, member, today=True)
    knows = view.today is not None and member not in view.unheard
    kept = [key for key in now if now[key] or before[key]]
    heads = HEADINGS | {
        "receipts": ("Total receipts", "Total des recettes"),
        "outlays": ("Total outlays", "Total des dépenses"),
        "surplus": ("Receipts − outlays", "Recettes − dépenses"),
    }
    plan: list[Value] = [now[key] for key in kept]
    columns = [Column("line", view.pick("In the year", "Dans l'année"), [view.pick(*heads[key]) for key in kept])]
    if knows:
        columns.append(Column("today", view.in_money("Today", "Cette année"), [before[k] for k in kept], Show.MONEY))
    columns.append(Column("plan", view.in_money("Plan", "Plan"), plan, Show.MONEY))
    if knows:
        change: list[Value] = [now[k] - before[k] for k in kept]
        columns.append(Column("change", view.in_money("Change", "Écart"), change, Show.MONEY_CHANGE,
                              formula="{plan}-{today}"))  # fmt: skip
    return Sheet("account", _ACCOUNT.to(view.language), tuple(columns))


def surplus(view: View, member: str) -> tuple[float | None, float]:
    """Return what is left to a member in the year, receipts less outlays: today (None: unknown) and in the plan."""
    now = _lines(view, member, today=False)["surplus"]
    unknown = view.today is None or member in view.unheard
    return (None if unknown else _lines(view, member, today=True)["surplus"]), now


def _lines(view: View, member: str, *, today: bool) -> dict[str, float]:
    accounts = view.today if today else view.accounts
    if accounts is None or member not in accounts.chain.actors:
        return dict.fromkeys((*RECEIPTS, "receipts", *OUTLAYS, "outlays", "surplus"), 0.0)
    money, at = money_by_actor(accounts), int(accounts.actor_at([member])[0])
    received = {key: float(money[key][at]) for key in RECEIPTS}
    paid = {key: float(money[key][at]) for key in OUTLAYS}
    total, spent = sum(received.values()), sum(paid.values())
    return {**received, "receipts": total, **paid, "outlays": spent, "surplus": total - spent}


def _kept(sheet: Sheet | None, by: str, member: str, title: str, keys: Sequence[str]) -> Sheet:
    """Return the rows of a table where the column ``by`` holds the member, and of its columns those named."""
    if sheet is None or not sheet.height:
        return Sheet(by, title, ())
    rows = [at for at, name in enumerate(sheet.column(by).values) if name == member]
    columns = {column.key: column for column in sheet.columns}
    chosen = [_rows(columns[key], rows) for key in keys if key in columns]
    return Sheet(f"{sheet.key}_{by}", title, tuple(c for c in chosen if not c.blank), 0, sheet.inside, sheet.outside)


def _rows(column: Column, rows: Sequence[int]) -> Column:
    shows = [column.shows[at] for at in rows] if column.shows else None
    return Column(column.key, column.heading, [column.values[at] for at in rows], column.show, shows=shows)
