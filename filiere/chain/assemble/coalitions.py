"""The sheet of coalitions: what each group of members gains, or pays, by itself. It needs no chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from filiere.chain.parse.sheets import parse
from filiere.chain.scenario.apply import apply_scenario
from filiere.chain.scenario.names import scenario_key, scenario_names
from filiere.names import fold, tidy
from filiere.problems import Cell, Problem, WorkbookError, errors
from filiere.problems import sharing as p
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.table import RawTable, RawWorkbook


@dataclass(frozen=True)
class Listed:
    """What the sheet says: the players in the order in which they first appear, and a value a coalition."""

    players: tuple[str, ...]
    values: Mapping[frozenset[str], float]
    cost: bool
    settings: t.SettingsValues
    warnings: tuple[Problem, ...] = ()


def read_coalitions(raw: RawWorkbook | Sequence[RawTable], scenario: str) -> Listed | None:
    """Return the coalitions of a workbook in one scenario, None where it lists none.

    What is wrong elsewhere in the workbook does not matter here. Raises WorkbookError for what is wrong with the
    sheet itself or where there is no such scenario.
    """
    tables = parse(raw)
    names = {scenario_key(name): name for name in scenario_names(tables)}
    if scenario_key(scenario) not in names:
        raise WorkbookError(apply_scenario(tables, scenario).problems)
    place = tables.sheets.get("coalitions")
    if place is None:
        return None
    changed = apply_scenario(tables, names[scenario_key(scenario)])
    own = [problem for problem in changed.problems if problem.cell and problem.cell.sheet == place.sheet]
    if not changed.coalitions and not errors(own):
        return None
    found = [*own, *check_coalitions(changed.coalitions)]
    if errors(found):
        raise WorkbookError(found)
    players, values = _gathered(changed.coalitions)
    cost = changed.coalitions[0].kind is w.CoalitionKind.COST
    return Listed(players, values, cost, changed.settings, tuple(found))


def members_of(row: t.CoalitionRow) -> tuple[str, ...]:
    """Return the names of a row's members, each once."""
    return tuple({fold(name): tidy(name) for name in row.members.split(";") if name.strip()}.values())


def check_coalitions(rows: Iterable[t.CoalitionRow]) -> list[Problem]:
    """Return what is wrong or doubtful with the coalitions as they are listed."""
    rows = tuple(rows)
    found: list[Problem] = []
    first: dict[frozenset[str], Cell | str] = {}
    for row in rows:
        key = frozenset(map(fold, members_of(row)))
        if key in first:
            found.append(p.COALITION_TWICE.at(row.at("members"), other=first[key]))
        first.setdefault(key, row.at("members") or "")
        if row.kind is not rows[0].kind:
            found.append(p.GAIN_AND_COST.at(row.at("kind"), other=rows[0].at("kind") or ""))
    return found if found or not rows else _complete(rows)


def _complete(rows: tuple[t.CoalitionRow, ...]) -> list[Problem]:
    players, values = _gathered(rows)
    if frozenset(players) not in values:
        return [p.NOBODY_TOGETHER.at(rows[0].at(), players=players)]
    every = 2 ** len(players) - 1
    if len(values) == every:
        return []
    if rows[0].kind is w.CoalitionKind.COST:
        missing = [name for name in players if frozenset([name]) not in values]
        if missing:
            return [p.COST_ALONE_MISSING.at(rows[0].at(), name=name) for name in missing]
    return [p.COALITIONS_COMPLETED.at(rows[0].at(), count=every - len(values), all=every)]


def _gathered(rows: tuple[t.CoalitionRow, ...]) -> tuple[tuple[str, ...], dict[frozenset[str], float]]:
    spelled: dict[str, str] = {}
    values: dict[frozenset[str], float] = {}
    for row in rows:
        names = [spelled.setdefault(fold(name), name) for name in members_of(row)]
        values[frozenset(names)] = row.value
    return tuple(spelled.values()), values
