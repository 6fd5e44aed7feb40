"""How the objectives of a front are spoken of: with their article, their unit, and the verb of a change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from filiere.analysis.pareto.front import Front, Point
from filiere.chain.chain import Objective
from filiere.language import Language, either, quoted
from filiere.report.result.tables.plan.objectives import name_of, unit_of
from filiere.report.result.tables.plan.projects import listed as projects
from filiere.report.sheet import Show
from filiere.report.view import View
from filiere.result import Result
from filiere.schema import words as w
from filiere.schema.objectives import objective_of


@dataclass(frozen=True)
class FrontView:
    """A front that has points, in one language."""

    front: Front
    language: Language

    @cached_property
    def views(self) -> tuple[View, ...]:
        """One view a point, in their order."""
        return tuple(View(result_of(self.front, point), self.language) for point in self.front.points)

    @property
    def view(self) -> View:
        """A view for what all points share: the chain, its money, its language."""
        return self.views[0]

    @property
    def axes(self) -> tuple[Objective, Objective]:
        """The two objectives, x first."""
        return self.front.x, self.front.y

    def pick(self, en: str, fr: str) -> str:
        """Return one of two texts, set as its language is."""
        return either(en, fr, self.language)

    def title(self, objective: Objective) -> str:
        """Return an objective as a heading, with its unit: ``Coût (€)``."""
        name, unit = name_of(self.view, objective.key), self.unit(objective)
        name = name[:1].upper() + name[1:]
        return f"{name} ({unit})" if unit else name

    def unit(self, objective: Objective) -> str | None:
        """Return the unit an objective is shown in; circularity is shown as a percentage."""
        return None if objective.kind is w.Objective.CIRCULARITY else unit_of(self.view, objective.key)

    def show(self, objective: Objective) -> Show:
        """Return how an objective's values are shown in a table."""
        if objective.kind is w.Objective.CIRCULARITY:
            return Show.PERCENT
        return Show.MONEY if self.unit(objective) == self.view.currency else Show.QUANTITY

    def spoken(self, objective: Objective) -> str:
        """Return an objective as a sentence takes it: ``la dépendance``."""
        facts = objective_of(objective.key)
        return self.view.set(facts.short) if facts else quoted(objective.measure or "", self.language)

    def of(self, objective: Objective) -> str:
        """Return an objective after “of”: ``de la dépendance``, ``du coût``."""
        facts = objective_of(objective.key)
        if facts:
            return self.view.set(facts.of)
        name = quoted(objective.measure or "", self.language)
        return self.pick(f"of {name}", f"de {name}")

    def amount(self, objective: Objective, value: float) -> str:
        """Write a value of an objective, with its unit."""
        view, unit = self.view, self.unit(objective)
        if objective.kind is w.Objective.CIRCULARITY:
            return view.percent(value, 1)
        if unit == view.currency:
            return view.money(value)
        return view.in_unit(value, unit) if unit else view.number(value)

    def difference(self, objective: Objective, change: float) -> str:
        """Write the size of a change of an objective; a share changes by points."""
        if objective.kind is not w.Objective.CIRCULARITY:
            return self.amount(objective, abs(change))
        points = self.view.number(100 * abs(change))
        return self.pick(f"{points} points", f"{points}\u00a0point" + "s" * (100 * abs(change) >= 2))

    def change(self, objective: Objective, change: float) -> str:
        """Say a change of an objective with its verb: ``coûte 12 000 € de plus``, ``réduit la dépendance de…``."""
        size = self.difference(objective, change)
        if objective.kind is w.Objective.COST:
            if change >= 0.0:
                return self.pick(f"costs {size} more", f"coûte {size} de plus")
            return self.pick(f"saves {size}", f"économise {size}")
        what = self.spoken(objective)
        if change >= 0.0:
            return self.pick(f"raises {what} by {size}", f"augmente {what} de {size}")
        return self.pick(f"lowers {what} by {size}", f"réduit {what} de {size}")

    def share(self, objective: Objective) -> str | None:
        """Return the key of the indicator that says an objective as a share, where there is one."""
        facts = objective_of(objective.key)
        return facts.share if facts else None


def result_of(front: Front, point: Point) -> Result:
    """Return a point as what any report is written from that asks for no indicator."""
    return Result(front.chain, point.solution, measures=None, certificate=point.certificate)


def opened(view: View) -> list[str]:
    """Return what a plan opens, uses or enlarges among the projects, in the order of the workbook."""
    taken = [project for project in projects(view) if project.taken]
    names = Counter(project.name for project in projects(view))
    return [p.name if names[p.name] == 1 else f"{p.name} ({p.actor})" for p in taken]
