"""The Settings sheet: one row a setting, each understood as a cell of its declared column is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from filiere.chain.parse.cell import in_percent, is_blank, meant, plain_figure, shown, understand, unit_refused
from filiere.chain.parse.heading import HEADINGS, nearest_column, unit_of_heading
from filiere.names import fold, heading, is_remark, loose
from filiere.problems import Cell, Problem
from filiere.problems import parsing as p
from filiere.schema import Unit, columns
from filiere.schema import tables as t


def read_settings(
    rows: Sequence[t.SettingsRow], problems: list[Problem]
) -> tuple[t.SettingsValues, tuple[t.ScenarioRow, ...]]:
    """Return the settings, and the rows that hold in one scenario only as changes of that scenario."""
    values: dict[str, Any] = {}
    cells: dict[str, Cell] = {}
    changes: list[t.ScenarioRow] = []
    first: dict[tuple[str, str], Cell | None] = {}
    for row in rows:
        name = HEADINGS[t.SettingsValues].get(heading(row.setting))
        if is_remark(row.setting):
            continue
        if name is None:
            near = nearest_column(t.SettingsValues, row.setting)
            said = meant(columns(t.SettingsValues)[near].label if near else None)
            problems.append(p.UNKNOWN_SETTING.at(row.at("setting"), name=row.setting, meant=said))
            continue
        scenario = fold(row.scenario or "")
        if (name, scenario) in first:
            problems.append(
                p.TWO_SETTINGS.at(
                    row.at("setting"),
                    first=first[name, scenario] or "",
                    second=row.at("setting") or "",
                    name=columns(t.SettingsValues)[name].label,
                )
            )
            continue
        first[name, scenario] = row.at("setting")
        value = _value(row, name, problems)
        if scenario:
            changes += _change(row, value)
            continue
        cells[name] = row.cells.get("value", row.cells[""])
        if value is not None:
            values[name] = value
    return t.SettingsValues(**values, cells=cells), tuple(changes)


def _value(row: t.SettingsRow, name: str, problems: list[Problem]) -> Any:
    """Return a setting's value as its column reads it, None where it is blank or refused."""
    if row.value is None or is_blank(row.value):
        return None
    column = columns(t.SettingsValues)[name]
    percent = column.unit is Unit.SHARE and unit_of_heading(row.setting) == "%"
    above_one = (plain_figure(row.value) or 0.0) > 1
    understood = understand(column, in_percent(row.value) if percent and above_one else row.value)
    if understood.unit:
        understood = unit_refused(column, understood, row.value)
    for code, facts in understood.findings:
        problems.append(code.at(row.at("value"), **facts))
    return understood.value


def _change(row: t.SettingsRow, value: Any) -> list[t.ScenarioRow]:
    """Return a setting that holds in one scenario as the change ``= value`` of that scenario."""
    if value is None or row.value is None or loose(row.scenario or "") == "reference":
        return []
    cell = row.cells.get("value", row.cells[""])
    cells = {"": row.cells[""], **dict.fromkeys(("changed", "row", "column", "change"), cell)}
    return [
        t.ScenarioRow(
            scenario=row.scenario or "",
            changed=t.SettingsRow.table.key,
            row=row.setting,
            change=f"= {shown(row.value)}",
            cells=cells,
        )
    ]
