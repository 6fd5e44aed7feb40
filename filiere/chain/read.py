"""From raw sheets to a chain: parse, apply the scenario, assemble, check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from filiere.chain.assemble.assemble import assemble
from filiere.chain.assemble.coalitions import check_coalitions
from filiere.chain.assemble.done import Done
from filiere.chain.chain import Chain
from filiere.chain.check.check import check, refused
from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.chain.scenario.apply import apply_scenario
from filiere.chain.scenario.names import REFERENCE, scenario_key, scenario_names
from filiere.language import Label
from filiere.problems import Cell, Problem, WorkbookError, errors, worst_first
from filiere.table import RawTable, RawWorkbook

Said = tuple[str, Cell | None, str]
"""What tells one problem from another: its code, its cell, its words."""


class Book:
    """A workbook parsed once; the chain of each scenario is put together the first time it is asked for."""

    def __init__(self, raw: RawWorkbook | Sequence[RawTable]) -> None:
        self.tables = parse(raw)
        self._changed: dict[str, Tables] = {}
        self._done = Done()
        self._assembled: dict[str, tuple[Chain, list[Problem]]] = {}
        self._found: dict[str, tuple[Chain, list[Problem]]] = {}
        self._wrong: dict[str, list[Problem]] = {}

    def chain(self, scenario: str = REFERENCE) -> Chain:
        """Return the chain of a scenario; raises as :func:`read_chain`."""
        names = {scenario_key(name): name for name in scenario_names(self.tables)}
        if scenario_key(scenario) not in names:
            raise WorkbookError(apply_scenario(self.tables, scenario).problems)
        name = names[scenario_key(scenario)]
        chain, found = self._put_together(name)
        return _without_errors(chain, found, self._changed[name])

    def problems(self) -> list[Problem]:
        """Return everything that is wrong or doubtful, as :func:`problems_of`."""
        reference, *others = scenario_names(self.tables)
        found = list(self._put_together(reference)[1])
        known = said(found)
        for name in others:
            found += news_of_scenario(self._errors(name)[1], known, name)
        return worst_first(found, _sheets(self.tables))

    def others(self) -> Iterator[Chain]:
        """Yield the chain of each scenario but the reference; those with errors are left out."""
        for name in scenario_names(self.tables)[1:]:
            chain, wrong = self._errors(name)
            if not wrong:
                yield chain

    def _put_together(self, scenario: str) -> tuple[Chain, list[Problem]]:
        """Return the chain of one scenario, complete or not, and the problems of every stage."""
        if scenario not in self._found:
            chain, found = self._one(scenario)
            self._found[scenario] = chain, [*found, *check(chain, complete=not errors(found))]
        return self._found[scenario]

    def _errors(self, scenario: str) -> tuple[Chain, list[Problem]]:
        """Return the chain of one scenario, complete or not, and what is wrong with it: no doubts are looked for."""
        chain, found = self._one(scenario)
        if scenario not in self._wrong:
            self._wrong[scenario] = errors([*found, *refused(chain, complete=not errors(found))])
        return chain, self._wrong[scenario]

    def _one(self, scenario: str) -> tuple[Chain, list[Problem]]:
        """Return the chain of one scenario, and the problems of every stage before it was looked at as a whole."""
        if scenario not in self._assembled:
            self._changed[scenario] = apply_scenario(self.tables, scenario)
            self._assembled[scenario] = _assembled(self._changed[scenario], scenario, self._done)
        return self._assembled[scenario]


def read_chain(raw: RawWorkbook | Sequence[RawTable], scenario: str = REFERENCE) -> Chain:
    """Return the chain that a workbook describes in one scenario, with its warnings in ``Chain.warnings``.

    Raises WorkbookError, with every problem of every stage, worst first, if one of them is an error or
    if the workbook has no such scenario.
    """
    return Book(raw).chain(scenario)


def chain_of(
    changed: Tables, scenario: str = REFERENCE, doubts: bool = True, done: Done | None = None
) -> Chain:  # fmt: skip
    """Return the chain of rows in which the changes of a scenario are made already; raises as :func:`read_chain`.

    Without ``doubts``, for a chain that nobody reads about, what would only be a warning is not looked for. What is
    ``done`` in another scenario is not done again.
    """
    chain, found = _assembled(changed, scenario, done)
    look = check if doubts else refused
    return _without_errors(chain, [*found, *look(chain, complete=not errors(found))], changed)


def _without_errors(chain: Chain, found: list[Problem], changed: Tables) -> Chain:
    """Return a chain with its warnings; raises WorkbookError where one of the problems found is an error."""
    if errors(found):
        raise WorkbookError(found, _sheets(changed))
    return replace(chain, warnings=tuple(worst_first(found, _sheets(changed))))


def problems_of(raw: RawWorkbook | Sequence[RawTable]) -> list[Problem]:
    """Return everything that is wrong or doubtful with a workbook, worst first.

    Errors that only show in a scenario other than the reference are included, each once with the scenario's
    name; what is merely doubtful there may be what the scenario is about, and comes with its chain.
    """
    return Book(raw).problems()


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


def _assembled(
    changed: Tables, scenario: str, done: Done | None = None
) -> tuple[Chain, list[Problem]]:  # fmt: skip
    chain, assembled = assemble(changed, done)
    chain = replace(chain, scenario=scenario)
    return chain, [*changed.problems, *assembled, *check_coalitions(changed.coalitions)]


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
