"""Projects: what the plan opens, what it enlarges, what it leaves aside, and what each costs a year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from filiere.chain.chain import Link, Process
from filiere.problems import Cell
from filiere.report.result.tables.plan.activities import main_product
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View, clean, place
from filiere.schema import words as w


class Project(NamedTuple):
    """One candidate or enlargement; amounts are in the currency a year, 0 where it is left aside.

    Of an enlargement only what it adds counts: the fixed costs of what is there already are paid without it, and its
    running costs are those of what runs beyond the capacity before.
    """

    name: str
    actor: str
    decision: str
    taken: bool
    level: float | None
    capacity: float | None
    added: float | None
    brings: str | None
    investment: float
    fixed: float
    running: float
    cell: Cell | None
    capital: float = 0.0
    """What is invested at the start, where that was typed; ``investment`` is its annuity."""


def projects(view: View) -> Sheet:
    """Return one row a project: taken ones first, in the order of the workbook."""
    pick = view.pick
    rows = sorted(listed(view), key=lambda project: not project.taken)
    costs = [p.investment + p.fixed + p.running for p in rows]
    columns = (
        Column("name", pick("Project", "Projet"), [p.name for p in rows]),
        Column("actor", pick("Carried by", "Porté par"), [p.actor for p in rows]),
        Column("decision", pick("Decision", "Décision"), [p.decision for p in rows], Show.MARK),
        Column("level", pick("Level in the year", "Volume d'activité dans l'année"),
               [p.level for p in rows], Show.QUANTITY),
        Column("capacity", pick("Capacity before", "Capacité avant"), [p.capacity for p in rows], Show.QUANTITY),
        Column("added", pick("Capacity added", "Capacité ajoutée"), [p.added for p in rows], Show.QUANTITY),
        Column("brings", pick("Brings", "Ce qu'il apporte"), [p.brings for p in rows], Show.PROSE),
        Column("capital", view.in_money("To invest at the start", "À investir au départ"),
               [p.capital or None for p in rows], Show.MONEY, keep=True),
        Column("investment", view.in_money("Investment or enlargement a year", "Investissement ou extension, par an"),
               [p.investment for p in rows], Show.MONEY, keep=True),
        Column("fixed", view.in_money("Fixed costs a year", "Coûts fixes par an"),
               [p.fixed for p in rows], Show.MONEY, keep=True),
        Column("running", view.in_money("Running costs a year", "Coûts de fonctionnement par an"),
               [p.running for p in rows], Show.MONEY, keep=True),
        Column("cost", view.in_money("In all", "En tout"), costs, Show.MONEY, formula="SUM({investment}:{running})"),
        Column("cell", pick("Typed in", "Saisi en"), [p.cell for p in rows], Show.SOURCE),
    )  # fmt: skip
    taken = tuple(dict.fromkeys(p.decision for p in rows if p.taken))
    return Sheet("projects", pick("Projects", "Projets et extensions"), columns, frozen=2, inside=taken)


def listed(view: View) -> Iterator[Project]:
    """Yield every candidate activity, enlargeable activity and candidate relation."""
    pick = view.pick
    levels = clean(view.accounts.level_by_process)
    before_it = [_room(process) for process in view.chain.processes.values()]
    for position, process in enumerate(view.chain.processes.values()):
        level = levels[position]
        if process.candidate or process.opened:
            taken = process.opened or process.key in view.plan.opened_processes
            decision = pick("opened", "ouvert") if taken else pick("left aside", "non retenu")
            yield Project(
                process.name, process.actor, decision, taken, level, 0.0, process.capacity if taken else 0.0,
                main_product(view, process, level) if taken else None, process.investment * taken,
                process.fixed_cost * taken, process.unit_cost * level, place(process.row),
                (process.row.investment_total or 0.0) * taken,
            )  # fmt: skip
        elif process.status is w.ProcessStatus.SCALABLE:
            more = float(view.accounts.expansion[position])
            beyond = max(0.0, level - before_it[position]) if more > 0.0 else 0.0
            decision = pick("enlarged", "agrandi") if more > 0.0 else pick("not enlarged", "non agrandi")
            yield Project(
                process.name, process.actor, decision, more > 0.0, level, process.capacity or 0.0, more,
                main_product(view, process, level) if more > 0.0 else None, process.expansion_cost * more,
                0.0, process.unit_cost * beyond, place(process.row),
            )  # fmt: skip
    yield from _relations(view)


def _room(process: Process) -> float:
    """How much of an activity its capacity allows in the year, its calendar counted, before any enlargement."""
    weights = process.calendar.weights
    return (process.capacity or 0.0) * (sum(weights) if weights else 1.0)


def _at(view: View, link: Link) -> str:
    """At which price, and from how much on: what is signed with a relation that is a project."""
    unit = view.chain.products[link.product].unit
    price = view.pick(f", at {view.money(link.price)}/{unit}", f", à {view.money(link.price)}/{unit}")
    least = view.quantity(link.minimum, link.product) if link.minimum else ""
    return price + (view.pick(f" from {least} on", f" à partir de {least}") if least else "")


def _relations(view: View) -> Iterator[Project]:
    pick = view.pick
    for position, link in enumerate(view.chain.links):
        if link.candidate:
            taken = position in view.plan.opened_links
            amount = float(view.accounts.flow_by_link[position])
            decision = pick("used", "utilisé") if taken else pick("left aside", "non retenu")
            yield Project(
                f"{link.from_} → {link.to}", link.to, decision, taken, None, None, None,
                f"{link.product}, {view.quantity(amount, link.product)}{_at(view, link)}" if taken else None,
                0.0, link.fixed_cost * taken, link.transport_cost * amount, place(link.row),
            )  # fmt: skip
