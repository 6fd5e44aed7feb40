"""Which sheets a results workbook has, what each of them says, and which tables stand on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from filiere.language import Label
from filiere.report.result.tables.assumptions import assumptions
from filiere.report.result.tables.dictionary import dictionary
from filiere.report.result.tables.flows.balances import balances
from filiere.report.result.tables.flows.gaps import deficits, discarded, left_over, unmet
from filiere.report.result.tables.flows.network import key_actors
from filiere.report.result.tables.flows.reconciled import declarations, reconciled, unmeasured
from filiere.report.result.tables.flows.relations import relations, relations_by_period
from filiere.report.result.tables.indicators import dependences, indicators
from filiere.report.result.tables.manifest import manifest
from filiere.report.result.tables.money.canteens import canteen_purchases, canteens
from filiere.report.result.tables.money.funding import funding, new_grants
from filiere.report.result.tables.money.gains import gains
from filiere.report.result.tables.money.member_changes import member_changes
from filiere.report.result.tables.money.members import members
from filiere.report.result.tables.plan.actions import action_steps, actions, more_actions
from filiere.report.result.tables.plan.activities import activities
from filiere.report.result.tables.plan.choices import choices
from filiere.report.result.tables.plan.deciders import deciders
from filiere.report.result.tables.plan.growth import growth
from filiere.report.result.tables.plan.means import means
from filiere.report.result.tables.plan.needs import groups, needs
from filiere.report.result.tables.plan.objectives import objectives
from filiere.report.result.tables.plan.projects import projects
from filiere.report.result.tables.plan.rules import rules
from filiere.report.result.tables.plan.why import asked, levers, ranges
from filiere.report.result.tables.products import products, stages
from filiere.report.sheet import Sheet
from filiere.report.today.first import doubtful
from filiere.report.view import View

Table = Callable[[View], Sheet | None]


@dataclass(frozen=True)
class Theme:
    """One sheet of the workbook that is taken to a meeting: its name, what it says, and its tables in order.

    The longest stands last, where each printed page has its headings. ``more`` are the tables of the same theme that
    only the full workbook shows.
    """

    title: Label
    says: Label
    tables: tuple[Table, ...]
    more: tuple[Table, ...] = ()


THEMES: tuple[Theme, ...] = (
    Theme(Label("This year's figures", "Chiffres de cette année"),
          Label("what should be checked first; what was typed, what it became, and why",
                "ce qu'il faut vérifier d'abord ; ce qui a été saisi, ce que c'est devenu, et pourquoi"),
          (doubtful, unmeasured, reconciled, declarations)),
    Theme(Label("Actions", "Plan d'action"),
          Label("what there is to decide, and what is lost without it",
                "ce qu'il y a à décider, et ce que l'on perd sans cela"),
          (actions, new_grants, deciders, more_actions), (action_steps,)),
    Theme(Label("Relations", "Échanges"),
          Label("who delivers what to whom, how much and at what price",
                "qui livre quoi à qui, combien et à quel prix"), (relations,), (relations_by_period,)),
    Theme(Label("Activities and projects", "Activités et projets"),
          Label("what each activity makes, how full it is, what opens and what grows",
                "ce que fait chaque activité, son taux d'emploi, ce qui ouvre et ce qui s'agrandit"),
          (projects, means, choices, activities), (balances,)),
    Theme(Label("Needs and discards", "Besoins et rejets"),
          Label("what is served and what is missing, group by group; what is thrown away",
                "ce qui est couvert et ce qui manque, groupe par groupe ; ce qui est jeté"),
          (unmet, groups, canteens, discarded, left_over, needs), (canteen_purchases,)),
    Theme(Label("Actors' accounts", "Comptes des acteurs"),
          Label("receipts, outlays, deficits, grants and dependencies of each actor, from this year to the plan",
                "recettes, dépenses, déficits, aides et dépendances de chaque acteur, de cette année au plan"),
          (gains, members, deficits, funding, dependences, member_changes), (key_actors,)),
    Theme(Label("Objectives and rules", "Objectifs et règles"),
          Label("in which order the plan was sought, which rules it keeps, what holds it back",
                "dans quel ordre le plan a été cherché, quelles règles il respecte, ce qui le retient"),
          (objectives, rules, growth, levers, asked), (ranges,)),
    Theme(Label("Indicators", "Indicateurs"),
          Label("each measure with its definition and its source", "chaque mesure, avec sa définition et sa source"),
          (indicators,), (products, stages, dictionary)),
    Theme(Label("Assumptions and checks", "Hypothèses et vérifications"),
          Label("what is only estimated, what reading warned about, how the plan was verified",
                "ce qui n'est qu'estimé, les avertissements à la lecture, comment le plan a été vérifié"),
          (assumptions, manifest)),
)  # fmt: skip
"""In reading order, behind the summary: nine, so that a meeting never gets more than ten sheets."""


OF_THE_YEAR = (unmet, needs, groups, canteens, balances, discarded, left_over, objectives)
"""What a year of which nothing is known has no row of: 0 would be a figure."""


def all_sheets(view: View) -> Iterator[Sheet]:
    """Yield every table of a result but the manifest, in reading order; some may have no row."""
    for theme in THEMES:
        for make in (*theme.tables, *theme.more):
            sheet = view.of(make) if make is not manifest and not (view.knows_nothing and make in OF_THE_YEAR) else None
            if sheet is not None:
                yield sheet
