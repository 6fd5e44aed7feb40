"""In which order the tables of a results workbook come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from filiere.report.result.tables.assumptions import assumptions
from filiere.report.result.tables.dictionary import dictionary
from filiere.report.result.tables.flows.balances import balances
from filiere.report.result.tables.flows.gaps import deficits, discarded, unmet
from filiere.report.result.tables.flows.network import key_actors
from filiere.report.result.tables.flows.reconciled import declarations, reconciled, unmeasured
from filiere.report.result.tables.flows.relations import relations, relations_by_period
from filiere.report.result.tables.indicators import dependences, indicators
from filiere.report.result.tables.money.funding import funding
from filiere.report.result.tables.money.member_changes import member_changes
from filiere.report.result.tables.money.members import members
from filiere.report.result.tables.plan.actions import actions
from filiere.report.result.tables.plan.activities import activities
from filiere.report.result.tables.plan.needs import groups, needs
from filiere.report.result.tables.plan.objectives import objectives
from filiere.report.result.tables.plan.projects import projects
from filiere.report.result.tables.plan.rules import rules
from filiere.report.result.tables.plan.why import levers, ranges
from filiere.report.result.tables.products import products, stages
from filiere.report.sheet import Sheet
from filiere.report.today.first import doubtful
from filiere.report.view import View

_SHEETS: tuple[Callable[[View], Sheet | None], ...] = (
    doubtful, actions, reconciled, unmeasured, declarations, relations, relations_by_period, activities, balances,
    needs, groups, unmet, discarded, deficits, projects, member_changes, members, dependences, key_actors, funding,
    products, stages, objectives, rules, levers, ranges, indicators, dictionary, assumptions,
)  # fmt: skip


def all_sheets(view: View) -> Iterator[Sheet]:
    """Yield every table of a result but the manifest, in reading order; some may have no row."""
    for make in _SHEETS:
        sheet = make(view)
        if sheet is not None:
            yield sheet
