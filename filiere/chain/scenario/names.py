"""Which scenarios a workbook has, and from which other one each starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from filiere.chain.parse.cell import meant
from filiere.chain.parse.tables import Tables
from filiere.names import fold, loose, nearest, tidy
from filiere.problems import Problem
from filiere.problems import parsing as p
from filiere.schema import TABLES, Row
from filiere.schema import tables as t

REFERENCE = "reference"
"""The scenario without changes, which always exists; ``référence`` is read as well."""


def scenario_key(name: str) -> str:
    """Return the key under which scenario names match."""
    return REFERENCE if loose(name) == REFERENCE else fold(name)


def scenario_names(tables: Tables) -> tuple[str, ...]:
    """Return every scenario, the reference first, then as the Scenarios sheet and the other rows name them.

    One whose change is a range stands for those of its figures, and is none itself.
    """
    return tuple(name for key, name in _every_name(tables).items() if key not in tables.ranges)


def of_range(tables: Tables, name: str) -> tuple[str, ...]:
    """Return the scenarios of the figures of a range, the scenario itself where its change is none."""
    ranged = tables.ranges.get(fold(name))
    return ranged.names if ranged else (name,)


def _every_name(tables: Tables) -> Mapping[str, str]:
    settings = tables.sheets.get("settings")
    written = [row for row in tables.scenarios if not settings or row.at() != settings]
    written.sort(key=lambda row: bool(settings and (cell := row.at()) and cell.sheet == settings.sheet))
    names = {REFERENCE: REFERENCE}
    for row in (*written, *_other_rows(tables)):
        if row.scenario:
            names.setdefault(scenario_key(row.scenario), tidy(row.scenario))
    return names | {key: one.name for key, one in tables.ranges.items() if key not in names}


def _other_rows(tables: Tables) -> Iterable[Row]:
    for declared in TABLES:
        if declared.table.key not in ("settings", "scenarios"):
            yield from getattr(tables, declared.table.key)


def base_first(tables: Tables, name: str, problems: list[Problem]) -> tuple[str, ...]:
    """Return the keys of a scenario and of those it starts from, the farthest base first."""
    known = _every_name(tables)
    chain: list[str] = []
    key = scenario_key(name)
    while key not in chain:
        chain.append(key)
        base = _base(tables, key, known, problems)
        if base is None:
            return tuple(reversed(chain))
        key = scenario_key(base.base or "")
        if key in chain:
            circle = [known[one] for one in (*chain[chain.index(key) :], key)]
            problems.append(p.BASE_CYCLE.at(base.at("base"), circle=" → ".join(circle)))
    return tuple(reversed(chain))


def _base(tables: Tables, key: str, known: Mapping[str, str], problems: list[Problem]) -> t.ScenarioRow | None:
    """Return the row that names a scenario's base, None where it starts from the workbook as it stands."""
    rows = (*tables.scenarios, *(one.row for one in tables.ranges.values()))
    named = [row for row in rows if row.base and scenario_key(row.scenario) == key]
    for row in named[1:]:
        if scenario_key(row.base or "") != scenario_key(named[0].base or ""):
            facts = {"name": row.scenario, "first": named[0].base or "", "second": row.base or ""}
            problems.append(p.TWO_BASES.at(row.at("base"), **facts))
    if not named:
        return None
    base = named[0].base or ""
    if scenario_key(base) in known:
        return named[0]
    said = meant(nearest(base, known.values()))
    problems.append(p.UNKNOWN_BASE.at(named[0].at("base"), name=base, known=tuple(known.values()), meant=said))
    return None


def check_scenario_names(rows: Mapping[str, Sequence[Row]], problems: list[Problem]) -> None:
    """Report changes of the reference, and warn of scenarios that are probably a slip for another one."""
    named: dict[str, str] = {}
    for row in rows.get("scenarios", ()):
        name = row.scenario or ""
        if scenario_key(name) == REFERENCE:
            problems.append(p.REFERENCE_CHANGED.at(row.at("scenario"), name=name))
        named.setdefault(scenario_key(name), name)
    if not named:
        return
    seen = {REFERENCE, *named}
    for key, some in rows.items():
        for row in some if key != "scenarios" else ():
            if row.scenario and scenario_key(row.scenario) not in seen:
                seen.add(scenario_key(row.scenario))
                near = nearest(row.scenario, named.values())
                # A longer name may well be a scenario of its own, one or two letters hardly.
                if near and abs(len(near) - len(row.scenario)) <= 2:
                    table = t.ScenarioRow.table.label
                    facts = {"name": row.scenario, "near": near}
                    problems.append(p.SCENARIO_MISSPELT.at(row.at("scenario"), table=table, **facts))
