"""Members: what each inside actor receives and pays in the year, and what is left to it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from filiere.report.sheet import Column, Sheet, Show, total_of
from filiere.report.view import View, clean, place
from filiere.solution import ledger
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.means import means_taken

RECEIPTS = ("sold_inside", "sold_outside", "lent", "users", "granted", "compensated")
OUTLAYS = ("bought_inside", "bought_outside", "hired", "carriage", "own", "given", "compensates")

HEADINGS = {
    "sold_inside": ("Sales inside", "Ventes sur le territoire"),
    "sold_outside": ("Sales to the outside", "Ventes à l'extérieur"),
    "lent": ("Means lent", "Moyens prêtés"),
    "users": ("Paid by final users", "Payé par les usagers"),
    "granted": ("Funding received", "Financements reçus"),
    "bought_inside": ("Purchases inside", "Achats sur le territoire"),
    "bought_outside": ("Purchases from the outside", "Achats à l'extérieur"),
    "hired": ("Means used", "Moyens utilisés"),
    "carriage": ("Transport and rounds", "Transports et tournées"),
    "own": ("Own costs", "Coûts propres"),
    "given": ("Funding given", "Financements versés"),
    "compensated": ("Compensation received", "Compensations reçues"),
    "compensates": ("Compensation paid", "Compensations versées"),
}


def members(view: View) -> Sheet:
    """Return one row an inside actor that money passes through; totals and surplus are live formulas."""
    money = money_by_actor(view.accounts)
    might = money_by_actor(view.might) if view.might is not None else money
    names = [name for name, actor in view.chain.actors.items() if actor.inside]
    names = [n for n in names if any(money[kind][_at(view, n)] for kind in (*RECEIPTS, *OUTLAYS))]
    spots = [_at(view, n) for n in names]
    actors = [view.chain.actors[n] for n in names]
    received, paid = ([k for k in kinds if money[k][spots].any()] for kinds in (RECEIPTS, OUTLAYS))
    receipts = [sum(float(money[k][i]) for k in RECEIPTS) for i in spots]
    outlays = [sum(float(money[k][i]) for k in OUTLAYS) for i in spots]
    surplus = [r - o for r, o in zip(receipts, outlays, strict=True)]
    shortfalls = dict(zip(view.plan.deficits["actor"], view.plan.deficits["amount"], strict=True))
    columns = (
        Column("actor", view.pick("Actor", "Acteur"), names),
        Column("perimeter", view.pick("Perimeter", "Périmètre"), [a.perimeter.label.to(view.language) for a in actors]),
        Column("sector", view.pick("Sector", "Secteur"), [a.sector.label.to(view.language) for a in actors]),
        Column("receipts", view.in_money("Total receipts", "Total des recettes"), receipts, Show.MONEY,
               formula=total_of(received)),
        Column("outlays", view.in_money("Total outlays", "Total des dépenses"), outlays, Show.MONEY,
               formula=total_of(paid)),
        Column("surplus", view.in_money("Receipts − outlays", "Recettes − dépenses"), surplus, Show.MONEY,
               formula="{receipts}-{outlays}"),
        Column("deficit", view.in_money("Deficit to cover", "Déficit à couvrir"),
               [float(shortfalls[n]) if n in shortfalls else None for n in names], Show.MONEY),
        *_today(view, spots, surplus),
        *(_term(view, money, might, k, spots) for k in (*received, *paid)),
        Column("cell", view.pick("Typed in", "Saisi en"), [place(a.row) for a in actors], Show.SOURCE),
    )  # fmt: skip
    last = "surplus" if view.today is None else "change"  # what makes up the totals is read on screen
    return Sheet("members", view.pick("Members", "Comptes des acteurs"), columns, frozen=1, printed=last)


def money_by_actor(accounts: Accounts) -> Mapping[str, Floats]:
    """Return, for each kind of receipt and outlay, the year's amount by actor position (all positive).

    Whoever pays to have something taken away buys: at a negative price the giver pays, and the taker sells.
    """
    flows, count = accounts.flows, len(accounts.actors)
    inside = accounts.actors["inside"]
    value = flows["value"]
    within = inside[flows["from"]] & inside[flows["to"]]
    amount, pays = np.abs(value), value < 0.0
    seller, buyer = np.where(pays, flows["to"], flows["from"]), np.where(pays, flows["from"], flows["to"])
    carriage = accounts.summed(flows["to"], ledger.transport_paid(accounts), count)
    carriage = carriage + accounts.summed(accounts.links["to"], ledger.link_fixed_costs(accounts), count)
    costs, means = ledger.own_costs(accounts), means_taken(accounts)
    grants, payments = accounts.grants, accounts.plan.payments
    settled = accounts.actor_at(payments["actor"])
    amounts = {
        "sold_inside": accounts.summed(seller, amount * within, count),
        "sold_outside": accounts.summed(seller, amount * ~within, count),
        "lent": accounts.summed(means["actor"], means["paid"], count),
        "users": accounts.summed(accounts.served["actor"], ledger.revenues(accounts), count),
        "granted": accounts.summed(grants["actor"], grants["amount"], count),
        "bought_inside": accounts.summed(buyer, amount * within, count),
        "bought_outside": accounts.summed(buyer, amount * ~within, count),
        "hired": accounts.summed(means["user"], means["paid"], count),
        "carriage": carriage,
        "own": accounts.summed(costs["actor"], costs["amount"], count),
        "given": accounts.summed(grants["funder"], grants["amount"], count),
        "compensated": accounts.summed(settled, payments["received"], count),
        "compensates": accounts.summed(settled, payments["paid"], count),
    }
    return {kind: np.array(clean(by_position)) for kind, by_position in amounts.items()}


def surpluses(accounts: Accounts) -> Floats:
    """Return receipts less outlays by actor position."""
    money = money_by_actor(accounts)
    return np.asarray(sum(money[k] for k in RECEIPTS) - sum(money[k] for k in OUTLAYS))


def _today(view: View, spots: list[int], surplus: list[float]) -> list[Column]:
    if view.today is None:
        return []
    then = dict(zip(view.today.chain.actors, surpluses(view.today).tolist(), strict=True))
    names = list(view.accounts.chain.actors)
    before = [None if names[spot] in view.unheard else then.get(names[spot]) for spot in spots]
    change = [None if b is None else s - b for s, b in zip(surplus, before, strict=True)]
    return [
        Column(
            "before", view.in_money("Receipts − outlays today", "Recettes − dépenses cette année"), before, Show.MONEY
        ),
        Column(
            "change",
            view.in_money("Change", "Écart"),
            change,
            Show.MONEY_CHANGE,
            formula='IF(ISNUMBER({before}),{surplus}-{before},"")',
        ),
    ]


def _term(
    view: View, money: Mapping[str, Floats], might: Mapping[str, Floats], kind: str, spots: list[int]
) -> Column:  # fmt: skip
    pairs = [(float(money[kind][i]), float(might[kind][i])) for i in spots]
    told = [None if not now and could else now for now, could in pairs]
    return Column(kind, view.in_money(*HEADINGS[kind]), told, Show.MONEY)


def _at(view: View, name: str) -> int:
    return int(view.accounts.actor_at([name])[0])
