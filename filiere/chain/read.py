"""From raw sheets to a chain: parse, apply the scenario, assemble, check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from filiere.chain.assemble import assemble
from filiere.chain.chain import Chain
from filiere.chain.check import check
from filiere.chain.parse import parse
from filiere.chain.rows import Tables
from filiere.chain.scenario import apply_scenario
from filiere.chain.scenario_names import REFERENCE, scenario_key, scenario_names
from filiere.problems import Problem, WorkbookError, errors, worst_first
from filiere.table import RawTable, RawWorkbook


def read_chain(raw: RawWorkbook | Sequence[RawTable], scenario: str = REFERENCE) -> Chain:
    """Return the chain that a workbook describes in one scenario, with its warnings in ``Chain.warnings``.

    Raises WorkbookError, with every problem of every stage, worst first, if one of them is an error or
    if the workbook has no such scenario.
    """
    tables = parse(raw)
    names = {scenario_key(name): name for name in scenario_names(tables)}
    if scenario_key(scenario) not in names:
        raise WorkbookError(apply_scenario(tables, scenario).problems)
    chain, found = _put_together(tables, names[scenario_key(scenario)])
    if errors(found):
        raise WorkbookError(found)
    return replace(chain, warnings=tuple(worst_first(found)))


def problems_of(raw: RawWorkbook | Sequence[RawTable]) -> list[Problem]:
    """Return everything that is wrong or doubtful with a workbook, worst first.

    What only shows in a scenario other than the reference is included, each problem once.
    """
    tables = parse(raw)
    return worst_first(problem for name in scenario_names(tables) for problem in _put_together(tables, name)[1])


def _put_together(tables: Tables, scenario: str) -> tuple[Chain, list[Problem]]:
    """Return the chain of one scenario, complete or not, and the problems of every stage."""
    changed = apply_scenario(tables, scenario)
    chain, assembled = assemble(changed)
    found = [*changed.problems, *assembled]
    found += check(chain, complete=not errors(found))
    return replace(chain, scenario=scenario), found
