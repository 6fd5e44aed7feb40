"""Actions: what has to be done from today to the plan, step by step, and what each step is worth."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.analysis.today.actions import Action, Actions
from filiere.report.result.actions import VERBS, done, without
from filiere.report.result.tables.plan.objectives import name_of, unit_of
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View


def actions(view: View) -> Sheet | None:
    """Return one row a step, the most needed first; nothing without a today to start from."""
    found = view.result.actions
    if found is None:
        return None
    steps, pick = found.steps, view.pick
    losses = list(_losses(view, found))
    columns = (
        Column("number", pick("No.", "N°"), [float(i + 1) for i in range(len(steps))], Show.COUNT),
        Column("done", pick("What to do", "À faire"), [done(view, s) for s in steps], Show.PROSE),
        Column("without", pick("If it is refused", "Si l'on y renonce"), [without(view, s) for s in steps], Show.PROSE),
        *losses,
        Column("verb", "Action", [view.set(VERBS[s.kind]) for s in steps]),
        Column("from", pick("Supplier, or who acts", "Fournisseur, ou qui agit"), [_who(s) for s in steps]),
        Column("to", pick("Customer", "Client"), [s.names[1] if s.of_link else None for s in steps]),
        Column("what", pick("Product or activity", "Produit ou activité"), [_what(s) for s in steps]),
        Column("today", pick("Today", "Cette année"), [s.before for s in steps], Show.QUANTITY),
        Column("plan", pick("Plan", "Plan"), [s.after for s in steps], Show.QUANTITY),
        Column("change", pick("Change", "Écart"), [s.after - s.before for s in steps], Show.CHANGE,
               formula="{plan}-{today}"),
        Column("unit", pick("Unit", "Unité"), [_unit(view, s) for s in steps]),
        Column("price", f"{pick('Price', 'Prix')} ({view.currency})", [s.price for s in steps], Show.PRICE),
        Column("cell", pick("Typed in", "Saisi en"), [s.cell for s in steps], Show.SOURCE),
    )  # fmt: skip
    last = losses[-1].key if losses else "without"
    return Sheet("actions", pick("Actions", "Plan d'action"), columns, frozen=2, printed=last)


def _losses(view: View, found: Actions) -> Iterator[Column]:
    """What refusing each step changes, objective by objective; those that never change are left out."""
    for objective in found.objectives:
        losses = [s.refused.losses.get(objective.key) for s in found.steps]
        name, unit = name_of(view, objective.key), unit_of(view, objective.key)
        circular = objective.key == "circularity"
        unit = "points" if circular else unit
        heading = view.pick(f"Without it: {name}", f"Sans cela : {name}") + (f" ({unit})" if unit else "")
        show = Show.POINTS if circular else Show.MONEY_CHANGE if unit == view.currency else Show.CHANGE
        values: list[Value] = [100.0 * v if circular and v is not None else v for v in losses]
        if any(losses):
            yield Column(f"without_{objective.key}", heading, values, show)


def _who(step: Action) -> str:
    return step.names[0] if step.of_link else step.names[1]


def _what(step: Action) -> str:
    return step.names[2] if step.of_link else step.names[0]


def _unit(view: View, step: Action) -> str:
    return view.chain.products[step.names[2]].unit if step.of_link else view.pick("level", "volume d'activité")
