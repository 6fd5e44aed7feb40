"""Actions: what has to be decided between today and the plan, and what each decision is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from filiere.analysis.today.action import Action
from filiere.analysis.today.actions import Actions
from filiere.analysis.today.decisions import Decision
from filiere.language import listed, to_name
from filiere.report.result.actions import FIRST_PAGE, SWITCH, VERBS, along, decided, done, figures
from filiere.report.result.tables.money.funding import Grant, grant_words, grants
from filiere.report.result.tables.plan.objectives import name_of, unit_of
from filiere.report.result.tables.plan.traces import traces
from filiere.report.result.without import without
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View

_FORMULA = 'IF(ISNUMBER({today}),{plan}-{today},"")'
_SMALL = 0.5
"""Less money than this is none."""


def actions(view: View) -> Sheet | None:
    """Return one row a decision, the most needed first, no more than a page of them; nothing without a today."""
    found = view.result.actions
    if found is None:
        return None
    first = found.decisions[:FIRST_PAGE]
    folded = () if len(found.decisions) > FIRST_PAGE else found.traces
    return _sheet(view, found, "actions", view.pick("Actions", "Plan d'action"), first, 0, folded)


def more_actions(view: View) -> Sheet | None:
    """Return the decisions that did not find room on the first page, and in one line what is too small to decide."""
    found = view.result.actions
    if found is None or len(found.decisions) <= FIRST_PAGE:
        return None
    rest = found.decisions[FIRST_PAGE:]
    return _sheet(view, found, "more_actions", view.pick("Further decisions", "Autres décisions"), rest, FIRST_PAGE,
                  found.traces)  # fmt: skip


def _sheet(
    view: View, found: Actions, key: str, title: str, rows: Sequence[Decision], before: int, folded: Sequence[Action]
) -> Sheet:
    pick = view.pick
    losses = list(_losses(view, found, rows, bool(folded)))
    granted = _granted(view, found.decisions)
    tail: list[Value] = [None] if folded else []
    steps = [row.lead for row in rows]
    amounts = [_amounts(view, row) for row in rows]
    refused = [without(view, row) for row in rows]
    alike = before > 0 and len(rows) > 1 and len(set(refused)) == 1
    of_link = [s.of_link and not row.swaps for s, row in zip(steps, rows, strict=True)]
    columns = (
        Column("number", pick("No.", "N°"), [*(float(before + i + 1) for i in range(len(rows))), *tail], Show.COUNT),
        Column("done", pick("What to decide", "À décider"),
               [*(decided(view, row) for row in rows), *([traces(view, folded)] if folded else [])], Show.PROSE),
        Column("along", pick("What goes with it", "Ce qui va avec"),
               [*(_with_it(view, row, granted, before + i) for i, row in enumerate(rows)), *tail], Show.PROSE),
        Column("without", pick("If it alone is refused (these effects do not add up)",
                               "Si l'on renonce à elle seule (ces effets ne s'additionnent pas)"),
               [None] * len([*rows, *tail]) if alike else [*refused, *tail], Show.PROSE),
        *losses,
        Column("verb", "Action",
               [*(view.set(SWITCH if row.swaps else VERBS[row.lead.kind]) for row in rows), *tail]),
        Column("from", pick("Supplier, or who acts", "Fournisseur, ou qui agit"),
               [*(_from(view, row) for row in rows), *tail]),
        Column("to", pick("Customer", "Client"), [*(_to(view, row) for row in rows), *tail]),
        Column("what", pick("Product or activity", "Produit ou activité"), [*map(_what, steps), *tail]),
        Column("today", pick("Today", "Cette année"), [*(before for before, _ in amounts), *tail], Show.QUANTITY),
        Column("plan", pick("Plan", "Plan"), [*(after for _, after in amounts), *tail], Show.QUANTITY),
        Column("change", pick("Change", "Écart"), [*(_change(*both) for both in amounts), *tail], Show.CHANGE,
               formula=None if folded else _FORMULA),
        Column("unit", pick("Unit", "Unité"), [*(_unit(view, s) for s in steps), *tail]),
        Column("price", f"{pick('Price', 'Prix')} ({view.currency})",
               [*(s.price if one else None for s, one in zip(steps, of_link, strict=True)), *tail], Show.PRICE),
        Column("cell", pick("Typed in", "Saisi en"), [*(s.cell for s in steps), *tail], Show.SOURCE),
    )  # fmt: skip
    said = f"{title} – {refused[0]}" if alike else title
    return Sheet(key, said, columns, frozen=2, printed="along" if alike else "without")


def action_steps(view: View) -> Sheet | None:
    """Return one row a step of every decision, traces last: what the decisions are made of."""
    found = view.result.actions
    if found is None:
        return None
    pick = view.pick
    numbered: list[tuple[float | None, Action]] = [
        (float(i), step) for i, row in enumerate(found.decisions, 1) for step in (*row.heads, *row.along)
    ]
    numbered += [(None, step) for step in found.traces]
    steps = [step for _, step in numbered]
    amounts = [figures(view, step) for step in steps]
    columns = (
        Column("number", pick("Decision", "Décision"), [number for number, _ in numbered], Show.COUNT),
        Column("done", pick("Step", "Étape"), [done(view, s) for s in steps], Show.PROSE),
        Column("verb", "Action", [view.set(VERBS[s.kind]) for s in steps]),
        Column("from", pick("Supplier, or who acts", "Fournisseur, ou qui agit"), [_who(s) for s in steps]),
        Column("to", pick("Customer", "Client"), [s.names[1] if s.of_link else None for s in steps]),
        Column("what", pick("Product or activity", "Produit ou activité"), [_what(s) for s in steps]),
        Column("today", pick("Today", "Cette année"), [before for before, _, _ in amounts], Show.QUANTITY),
        Column("plan", pick("Plan", "Plan"), [after for _, after, _ in amounts], Show.QUANTITY),
        Column("change", pick("Change", "Écart"), [_change(before, after) for before, after, _ in amounts], Show.CHANGE,
               formula=_FORMULA),
        Column("unit", pick("Unit", "Unité"), [_unit(view, s) for s in steps]),
        Column("price", f"{pick('Price', 'Prix')} ({view.currency})", [s.price for s in steps], Show.PRICE),
        Column("cell", pick("Typed in", "Saisi en"), [s.cell for s in steps], Show.SOURCE),
    )  # fmt: skip
    return Sheet("action_steps", pick("Decisions step by step", "Décisions, étape par étape"), columns, frozen=2)


def _losses(view: View, found: Actions, rows: Sequence[Decision], tail: bool) -> Iterator[Column]:
    """What refusing each decision changes, objective by objective; those that never change are left out."""
    for key in dict.fromkeys(objective.key for objective in found.objectives):
        losses = [row.refused.losses.get(key) for row in rows]
        name, unit = name_of(view, key), unit_of(view, key)
        circular = key == "circularity"
        unit = "points" if circular else unit
        heading = view.pick(f"Without it: {name}", f"Sans cela : {name}") + (f" ({unit})" if unit else "")
        show = Show.POINTS if circular else Show.MONEY_CHANGE if unit == view.currency else Show.CHANGE
        values: list[Value] = [100.0 * v if circular and v is not None else v for v in losses]
        if any(losses):
            yield Column(f"without_{key}", heading, [*values, None] if tail else values, show)


def _granted(view: View, decisions: Sequence[Decision]) -> list[tuple[Grant, list[int]]]:
    """Return the grants that rise, each with the places of the decisions that are about its receiver, the nearest
    first: those in which it acts, else buys, else sells.
    """
    found = []
    for one in grants(view):
        near = sorted((_nearness(row.lead, one.actor), place) for place, row in enumerate(decisions)
                      if any(one.actor in step.names[:2] for step in row.heads))  # fmt: skip
        if one.change >= _SMALL and near:
            found.append((one, [place for nearness, place in near if nearness == near[0][0]]))
    return found


def _nearness(step: Action, actor: str) -> int:
    """How near a decision is to an actor: 0 where it acts, 1 where it buys, 2 where it sells, 3 elsewhere."""
    if not step.of_link:
        return 0 if step.names[1] == actor else 3
    return 1 if step.names[1] == actor else 2 if step.names[0] == actor else 3


def _with_it(view: View, row: Decision, granted: Sequence[tuple[Grant, list[int]]], place: int) -> str:
    """What goes with a decision: the grants that rise for it, or where they are told, before all else."""
    parts = []
    for one, places in granted:
        if places[0] == place:
            parts.append(grant_words(view, one))
        elif place in places:
            number = view.number(places[0] + 1)
            parts.append(view.pick(f"also concerns the grant to {one.actor}, no. {number}",
                                   f"concerne aussi l'aide {to_name(one.actor)}, n° {number}"))  # fmt: skip
    return view.pick("; ", " ; ").join(part for part in (*dict.fromkeys(parts), along(view, row)) if part)


def _who(step: Action) -> str:
    return step.names[0] if step.of_link else step.names[1]


def _what(step: Action) -> str:
    return step.names[2] if step.of_link else step.names[0]


def _told(row: Decision) -> Sequence[Action]:
    """The steps that the columns add up: of a change of suppliers what grows, else the first step."""
    return row.more if row.swaps and row.lead.of_link else (row.lead,)


def _from(view: View, row: Decision) -> str:
    return listed(dict.fromkeys(_who(step) for step in _told(row)), view.language)


def _to(view: View, row: Decision) -> str | None:
    if not row.lead.of_link:
        return None
    return listed(dict.fromkeys(step.names[1] for step in _told(row)), view.language)


def _amounts(view: View, row: Decision) -> tuple[float | None, float]:
    """Return what is done this year, None where some of it is not known, and in the plan."""
    told = [figures(view, step) for step in _told(row)]
    known = [before for before, _, _ in told if before is not None]
    return sum(known) if len(known) == len(told) else None, sum(after for _, after, _ in told)


def _change(before: float | None, after: float) -> float | None:
    return None if before is None else after - before


def _unit(view: View, step: Action) -> str:
    return figures(view, step)[2]
