"""From raw sheets to a chain: parse, apply the scenario, assemble, check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from filiere.chain.assemble.assemble import assemble
from filiere.chain.assemble.coalitions import check_coalitions
from filiere.chain.chain import Chain
from filiere.chain.check.check import check
from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.chain.scenario.apply import apply_scenario
from filiere.chain.scenario.names import REFERENCE, scenario_key, scenario_names
from filiere.language import Label
from filiere.problems import Cell, Problem, WorkbookError, errors, worst_first
from filiere.table import RawTable, RawWorkbook

Said = tuple[str, Cell | None, str]
"""What tells one problem from another: its code, its cell, its words."""


def read_chain(raw: RawWorkbook | Sequence[RawTable], scenario: str = REFERENCE) -> Chain:
    """Return the chain that a workbook describes in one scenario, with its warnings in ``Chain.warnings``.

    Raises WorkbookError, with every problem of every stage, worst first, if one of them is an error or
    if the workbook has no such scenario.
    """
    tables = parse(raw)
    names = {scenario_key(name): name for name in scenario_names(tables)}
    if scenario_key(scenario) not in names:
        raise WorkbookError(apply_scenario(tables, scenario).problems)
    name = names[scenario_key(scenario)]
    return chain_of(apply_scenario(tables, name), name)


def chain_of(changed: Tables, scenario: str = REFERENCE) -> Chain:
    """Return the chain of rows in which the changes of a scenario are made already; raises as :func:`read_chain`."""
    chain, found = _assembled(changed, scenario)
    if errors(found):
        raise WorkbookError(found, _sheets(changed))
    return replace(chain, warnings=tuple(worst_first(found, _sheets(changed))))


def problems_of(raw: RawWorkbook | Sequence[RawTable]) -> list[Problem]:
    """Return everything that is wrong or doubtful with a workbook, worst first.

    Errors that only show in a scenario other than the reference are included, each once with the scenario's
    name; what is merely doubtful there may be what the scenario is about, and comes with its chain.
    """
    tables = parse(raw)
    reference, *others = scenario_names(tables)
    found = _put_together(tables, reference)[1]
    known = said(found)
    for name in others:
        found += news_of_scenario(errors(_put_together(tables, name)[1]), known, name)
    return worst_first(found, _sheets(tables))


def scenario_chains(raw: RawWorkbook | Sequence[RawTable]) -> Iterator[Chain]:
    """Yield the chain of each scenario but the reference; those with errors are left out."""
    tables = parse(raw)
    for name in scenario_names(tables)[1:]:
        chain, found = _put_together(tables, name)
        if not errors(found):
            yield chain


def news_of_scenario(problems: Iterable[Problem], known: set[Said], name: str) -> list[Problem]:
    """Return the problems that are not ``known``, which they are from then on, with the scenario named in each."""
    news = [problem for problem in problems if _said(problem) not in known]
    known.update(map(_said, news))
    return [_in_scenario(problem, name) for problem in news]


def said(problems: Iterable[Problem]) -> set[Said]:
    """Return what problems say, to tell which of another scenario are new."""
    return {_said(problem) for problem in problems}


def _sheets(tables: Tables) -> list[str]:
    """Return the sheets that were read, in the order of the workbook."""
    return [place.sheet for place in tables.sheets.values()]


def _put_together(tables: Tables, scenario: str) -> tuple[Chain, list[Problem]]:
    """Return the chain of one scenario, complete or not, and the problems of every stage."""
    return _assembled(apply_scenario(tables, scenario), scenario)


def _assembled(changed: Tables, scenario: str) -> tuple[Chain, list[Problem]]:
    chain, assembled = assemble(changed)
    chain = replace(chain, scenario=scenario)
    found = [*changed.problems, *assembled, *check_coalitions(changed.coalitions)]
    return chain, [*found, *check(chain, complete=not errors(found))]


def _said(problem: Problem) -> Said:
    return problem.code, problem.cell, problem.message("en")


def _in_scenario(problem: Problem, name: str) -> Problem:
    """Return the problem with the scenario named in its sentence."""
    fact = problem.kind.fact
    named = Label(
        "In the scenario {in_scenario_q}: " + _uncapitalised(fact.en),
        "Dans le scénario {in_scenario_q}\u202f: " + _uncapitalised(fact.fr),
    )
    return replace(problem, kind=replace(problem.kind, fact=named), facts={**problem.facts, "in_scenario": name})


def _uncapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
