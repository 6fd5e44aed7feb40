"""Do activities stay within what they can do? Capacities, minimums, openings, expansions, whole levels."""

from __future__ import annotations

import numpy as np

from filiere.problems import Cell
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.certify.check import Check, Place, Rows, at_least, at_most, at_rows, worst
from filiere.solution.once import once
from filiere.solution.table import Table, added_up


def capacities(accounts: Accounts, observed: bool) -> Check:
    """Levels stay within capacity and expansion, period by period, or over the year with a free calendar; a
    candidate runs only if it is opened. What was observed may not have been opened by anybody.
    """
    processes = tuple(accounts.chain.processes.values())
    limits = ceilings(accounts, observed)
    weights = accounts.calendar_weights(p.calendar for p in processes)
    levels = _by_period(accounts)
    process, period = levels["process"], levels["period"]
    part = weights[process, period]
    dated = np.where(np.isnan(part) | _nowhere(weights)[process], np.inf, _times(limits[process], part))
    free = np.where(_nowhere(weights), limits, np.inf)
    return worst(
        "capacities",
        at_most(levels["level"], dated, _at_level(accounts, levels)),
        at_most(accounts.level_by_process, free, at_rows(processes, "capacity")),
        *_unopened(accounts, limits),
    )


def _unopened(accounts: Accounts, limits: Floats) -> tuple[Rows, ...]:
    """A project that nobody opened makes nothing: a hair of a run is 30 loaves where one makes a thousand million."""
    processes = tuple(accounts.chain.processes.values())
    makes = np.array([max([0.0, *p.inputs.values(), *p.outputs.values()]) for p in processes])
    closed = accounts.processes["candidate"] & (limits == 0.0)
    moved = np.where(closed, accounts.level_by_process * makes, 0.0)
    return (at_most(moved, np.zeros(len(processes)), at_rows(processes, "status")),)


def ceilings(accounts: Accounts, observed: bool = False) -> Floats:
    """Return the yearly capacity of each process under the plan; inf where there is no limit."""
    table = accounts.processes
    capacity = table["capacity"] + accounts.expansion * table["scalable"]
    closed = table["candidate"] & ~accounts.opened
    if observed:
        closed = closed & np.isnan(table["today"])
        capacity = np.where(table["scalable"], np.inf, capacity)
    return np.where(closed, 0.0, capacity)


def minimums(accounts: Accounts) -> Check:
    """Levels reach their minimum, a candidate's only if it is opened."""
    table = accounts.processes
    asked = np.where(table["candidate"] & ~accounts.opened, 0.0, table["minimum"])
    return worst(
        "minimums",
        at_least(accounts.level_by_process, asked, at_rows(accounts.chain.processes.values(), "minimum")),
    )


def expansions(accounts: Accounts) -> Check:
    """Only scalable activities grow, within their largest expansion; only candidates are opened."""
    table = accounts.processes
    most = np.where(table["scalable"], table["expansion_max"], 0.0)
    not_to_open = accounts.opened & ~table["candidate"]
    place = at_rows(accounts.chain.processes.values(), "expansion_max")
    return worst(
        "expansions",
        at_most(accounts.expansion, most, place),
        Rows(not_to_open.astype(float), np.zeros(len(table)), place),
    )


@once
def _by_period(accounts: Accounts) -> Table:
    """Return process, period, level: one row for all that an activity runs in a period."""
    return added_up(accounts.levels, "level", "process", "period")


def whole_levels(accounts: Accounts) -> Check:
    """Levels asked to be whole are whole numbers, of the year or of each period."""
    table, year = accounts.processes, accounts.level_by_process
    levels = _by_period(accounts)
    dated = table["whole_each_period"][levels["process"]]
    return worst(
        "whole levels",
        _to_whole(year, table["whole"], at_rows(accounts.chain.processes.values(), "whole")),
        _to_whole(levels["level"], dated, _at_level(accounts, levels, "whole")),
    )


def loads(accounts: Accounts) -> Check:
    """What runs in a period runs at its minimum load, a share of its existing capacity there; with a free calendar
    that of an even year.
    """
    table = accounts.processes
    weights = accounts.calendar_weights(p.calendar for p in accounts.chain.processes.values())
    even = np.array([period.share for period in accounts.chain.periods])
    weights = np.where(_nowhere(weights)[:, None], even[None, :], weights)
    levels = _by_period(accounts)
    process, period = levels["process"], levels["period"]
    asked = table["minimum_load"][process] > 0.0
    capacity = np.where(asked, table["capacity"][process], 0.0)
    least = table["minimum_load"][process] * capacity * weights[process, period]
    return worst("minimum loads", at_least(levels["level"], least, _at_level(accounts, levels, "minimum_load")))


def required_projects(accounts: Accounts) -> Check:
    """A project is opened only with those that it requires."""
    processes, opened = tuple(accounts.chain.processes.values()), accounts.opened
    lacking = [
        (opened[i] or p.opened) and not all(opened[accounts.process_position[other]] for other in p.requires)
        for i, p in enumerate(processes)
    ]
    return worst(
        "required projects",
        Rows(np.array(lacking, dtype=float), np.zeros(len(processes)), at_rows(processes, "requires")),
    )


def _to_whole(level: Floats, asked: Floats, place: Place) -> Rows:
    """How far levels are from the nearest whole number, where one is asked."""
    return Rows(np.where(asked, np.abs(level - np.round(level)), 0.0), np.abs(level), place)


def _nowhere(weights: Floats) -> Floats:
    """Which calendars are free."""
    return np.asarray(np.isnan(weights).all(axis=1))


def _times(capacity: Floats, part: Floats) -> Floats:
    """Capacity x weight, where a closed season is closed whatever the capacity."""
    with np.errstate(invalid="ignore"):
        return np.where(part == 0.0, 0.0, capacity * part)


def _at_level(accounts: Accounts, levels: Table, column: str = "capacity") -> Place:
    processes = tuple(accounts.chain.processes.values())

    def place(position: int) -> tuple[str, Cell | None]:
        process = processes[int(levels["process"][position])]
        period = accounts.period_index[int(levels["period"][position])]
        return f"{process.name}, {process.actor}, {period}", process.row.at(column)

    return place
