"""Activities: how much each one runs, how full it is, what it costs and employs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from filiere.analysis.today.unknown import is_blank
from filiere.chain.chain import Process
from filiere.language import after_colon
from filiere.report.result.tables.flows.relations import MOST_PERIODS
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View, by_period, clean, place
from filiere.schema import words as w
from filiere.solution import ledger

Numbers = list[float | None]


def activities(view: View) -> Sheet:
    """Return one row an activity, idle ones included, in the order of the workbook."""
    pick = view.pick
    processes = list(view.chain.processes.values())
    levels = clean(view.accounts.level_by_process)
    capacity = capacities(view)
    told = _known(view, levels)
    use: Numbers = [z / c if c and z is not None else None for z, c in zip(told, capacity, strict=True)]
    columns = [
        Column("process", pick("Activity", "Activité"), [p.name for p in processes]),
        Column("actor", pick("Actor", "Acteur"), [p.actor for p in processes]),
        Column("status", pick("Status", "Statut"), [status(view, p) for p in processes]),
        Column("level", pick("Level in the year", "Volume d'activité dans l'année"), told, Show.QUANTITY),
        Column("made", pick("Main product", "Produit principal"),
               [None if z is None else main_product(view, p, z) for p, z in zip(processes, told, strict=True)]),
        Column("capacity", pick("Capacity", "Capacité"), capacity, Show.QUANTITY),
        Column("use", pick("Use of capacity (%)", "Capacité utilisée (%)"), use, Show.USE),
        Column("peak", pick("Fullest period (%)", "Période la plus chargée (%)"), _peaks(view), Show.USE),
        *_change(view, levels),
        *(_as_told(column, told) for column in (*_periods(view), *_effects(view, processes, levels))),
        Column("confidence", pick("Confidence", "Confiance"), [view.confidence(p.row) for p in processes]),
        Column("source", "Source", [p.row.source for p in processes], Show.PROSE),
        Column("note", "Note", [p.row.note for p in processes], Show.PROSE),
        Column("cell", pick("Typed in", "Saisi en"), [place(p.row) for p in processes], Show.SOURCE),
    ]  # fmt: skip
    run = [position for position, process in enumerate(processes) if not process.serves]
    return Sheet("activities", pick("Activities", "Activités"), tuple(column.only(run) for column in columns),
                 frozen=2, printed="change")  # fmt: skip


def _known(view: View, levels: list[float]) -> Numbers:
    """Return levels, of this year without those that are 0 because nobody typed anything."""
    if not view.shows_today:
        return [*levels]
    processes = view.chain.processes.values()
    return [None if not z and is_blank(p) else z for z, p in zip(levels, processes, strict=True)]


def _as_told(column: Column, told: Numbers) -> Column:
    return replace(column, values=[None if z is None else v for v, z in zip(column.values, told, strict=True)])


def capacities(view: View) -> Numbers:
    """Return each process's level that its capacity, calendar and expansion allow in the year (None: no limit)."""
    found: Numbers = []
    for process, more in zip(view.chain.processes.values(), view.accounts.expansion, strict=True):
        if process.capacity is None and not process.scalable:
            found.append(None)
        else:
            weights = process.calendar.weights
            found.append(((process.capacity or 0.0) + float(more)) * (sum(weights) if weights else 1.0))
    return found


def status(view: View, process: Process) -> str:
    """Return what a process is after the plan: existing, opened, left aside, enlarged."""
    pick = view.pick
    if process.status is w.ProcessStatus.CANDIDATE:
        opened = process.key in view.plan.opened_processes
        return pick("project, opened", "projet ouvert") if opened else pick("project, left aside", "projet non retenu")
    if process.status is w.ProcessStatus.OPENED:
        return pick("opened from the start", "ouvert d'office")
    if process.scalable:
        position = view.accounts.process_position[process.key]
        grown = view.accounts.expansion[position] > 0.0
        return pick("enlarged", "agrandi") if grown else pick("not enlarged", "non agrandi")
    return process.status.label.to(view.language)


def main_product(view: View, process: Process, level: float) -> str | None:
    """Return the output of most value, with its quantity in the year."""
    if not process.outputs:
        return None
    best = max(process.outputs, key=lambda p: (process.outputs[p] * view.chain.products[p].value, p))
    return after_colon(best, view.quantity(process.outputs[best] * level, best), view.language)


def _peaks(view: View) -> Numbers:
    """Return the use of capacity in the fullest period, where a calendar sets one a period."""
    names = view.period_names
    if not names:
        return [None] * len(view.chain.processes)
    levels = by_period(view.accounts.levels.frame, "process", "level", names)
    found: Numbers = []
    for position, process in enumerate(view.chain.processes.values()):
        weights = process.calendar.weights
        limit = (process.capacity or 0.0) + float(view.accounts.expansion[position])
        if weights is None or limit <= 0.0 or position not in levels.index:
            found.append(None)
            continue
        room = limit * np.array(weights)
        ran = levels.loc[position].to_numpy(dtype=float)
        shares = np.divide(ran, room, out=np.zeros_like(ran), where=room > 0.0)
        found.append(float(shares.max()))
    return found


def _change(view: View, levels: list[float]) -> list[Column]:
    pick = view.pick
    if not view.compares:
        return []
    before = view.process_today
    change: Numbers = [None if b is None else z - b for z, b in zip(levels, before, strict=True)]
    return [
        Column("today", pick("Today", "Cette année"), before, Show.QUANTITY),
        Column("change", pick("Change", "Écart"), change, Show.CHANGE,
               formula="IF(ISNUMBER({today}),{level}-{today},\"\")"),
    ]  # fmt: skip


def _periods(view: View) -> list[Column]:
    names = view.period_names
    if not 0 < len(names) <= MOST_PERIODS:
        return []
    table = by_period(view.accounts.levels.frame, "process", "level", names)
    table = table.reindex(range(len(view.chain.processes)), fill_value=0.0)
    return [Column(f"period{i}", name, clean(table[i]), Show.QUANTITY, keep=True) for i, name in enumerate(names)]


def _effects(view: View, processes: list[Process], levels: list[float]) -> list[Column]:
    costs = ledger.own_costs(view.accounts)
    costs = costs[costs["process"] >= 0]
    spent = view.accounts.summed(costs["process"], costs["amount"], len(processes))
    jobs = [p.jobs * z for p, z in zip(processes, levels, strict=True)]
    co2 = [p.co2 * z / 1000.0 for p, z in zip(processes, levels, strict=True)]
    return [
        Column("cost", view.in_money("Own costs", "Coûts propres"), [float(v) for v in spent], Show.MONEY),
        Column("jobs", view.pick("Jobs (FTE)", "Emplois (ETP)"), _unless_zero(jobs), Show.QUANTITY),
        Column("co2", "CO₂ (t)", _unless_zero(co2), Show.QUANTITY),
    ]  # fmt: skip


def _unless_zero(values: list[float]) -> Numbers:
    return [*values] if any(values) else [None] * len(values)
