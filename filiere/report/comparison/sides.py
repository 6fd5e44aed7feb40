"""A comparison as one reader sees it: the cases' names, a view of each plan, and how differences are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from filiere.analysis.scenarios.attribution import NOISE
from filiere.analysis.scenarios.case import Outcome
from filiere.analysis.scenarios.compare import Comparison
from filiere.analysis.today.today import Spared
from filiere.chain.scenario.names import REFERENCE
from filiere.indicators import Measures
from filiere.language import Label, Language, either, number, readable, several
from filiere.report.sheet import Show
from filiere.report.view import View
from filiere.result import Result

Figure = float | None

CHANGES = {
    Show.PERCENT: Show.POINTS, Show.USE: Show.POINTS, Show.MONEY: Show.MONEY_CHANGE, Show.QUANTITY: Show.CHANGE,
    Show.PRICE: Show.PRICE_CHANGE,
}  # fmt: skip
"""How a difference is shown, after how its terms are."""


_DUST = 1e-9
"""Below this share of a difference, the reference's figure is what rounding leaves of 0."""

_SPARED: Mapping[Spared | None, Mapping[str, bool]] = {
    "inside": {"nobody_worse_off": True}, "members": {"no_member_worse_off": True},
}  # fmt: skip


@dataclass(frozen=True)
class Sides:
    """One comparison in one language; at least one of its cases has a plan."""

    comparison: Comparison
    language: Language
    versions: Mapping[str, str] = field(default_factory=dict)
    date: dt.date | None = None

    def pick(self, en: str, fr: str) -> str:
        """Return one of two texts, set as its language is."""
        return either(en, fr, self.language)

    def set(self, label: Label) -> str:
        """Return a bilingual text in the reader's language."""
        return self.pick(label.en, label.fr)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What each case is called: its scenario, with its workbook where there are several."""
        return tuple(self._title(outcome) for outcome in self.comparison.outcomes)

    def _title(self, outcome: Outcome) -> str:
        scenario = outcome.case.scenario
        said = self.pick("Reference", "Référence") if scenario == REFERENCE else scenario
        if self.comparison.one_workbook:
            return said
        book = self.workbook(outcome.case.source)
        alone = sum(other.case.source == outcome.case.source for other in self.comparison.outcomes) == 1
        return book if alone and scenario == REFERENCE else f"{book} · {said}"

    def workbook(self, source: int) -> str:
        """Return the name of a workbook, with its folder where two have the same."""
        paths = [one.path for one in self.comparison.sources]
        path = paths[source]
        if path is None:
            return str(source + 1)
        same = [other for other in paths if other is not None and other.stem == path.stem]
        if len(same) == 1:
            return readable(path.stem)
        folder = path.resolve().parent.name
        again = [other for other in same if other.resolve().parent.name == folder]
        return readable(f"{folder}/{path.stem}" if len(again) == 1 else f"{path.stem} ({source + 1})")

    @cached_property
    def views(self) -> tuple[View | None, ...]:
        """A view of each plan, None where there is none."""
        return tuple(
            View(self.result(outcome), self.language) if outcome.solved else None
            for outcome in self.comparison.outcomes
        )

    def result(self, outcome: Outcome) -> Result:
        """Return an outcome as the reports of a single plan take it."""
        if outcome.chain is None or outcome.solution is None:
            raise ValueError(f"{outcome.case.scenario} was not solved")
        source = self.comparison.sources[outcome.case.source]
        return Result(
            chain=outcome.chain, solution=outcome.solution, measures=outcome.measures, certificate=outcome.certificate,
            options={"scenario": outcome.case.scenario, **_SPARED.get(self.comparison.spared, {})},
            input_path=source.path,
            sha256=source.raw.sha256 if source.raw else "", seconds=outcome.seconds, versions=self.versions,
            date=self.date,
        )  # fmt: skip

    def beside_today(self) -> Iterator[tuple[str, View]]:
        """Yield what each solved case is called and a view of its plan beside this year."""
        from filiere.analysis.today.beside import today_beside

        for title, outcome in zip(self.titles, self.comparison.outcomes, strict=True):
            if outcome.solved and outcome.chain is not None:
                before, proof = today_beside(outcome.chain, None, None) if outcome.chain.has_today else (None, None)
                found = replace(self.result(outcome), today_solution=before, today_certificate=proof)
                yield title, View(found, self.language)

    @cached_property
    def lead(self) -> View:
        """The view that speaks for all: the reference's, or the first there is."""
        return next(view for view in self.views if view is not None)

    @property
    def base(self) -> View | None:
        """The view of the reference, None where it has no plan."""
        return self.views[0]

    def measures(self, at: int) -> Measures | None:
        """Return what was measured on a case's plan."""
        return self.comparison.outcomes[at].measures if self.views[at] else None

    @property
    def cases(self) -> range:
        """The positions of the cases."""
        return range(len(self.titles))

    @property
    def roomy(self) -> bool:
        """Whether the cases are few enough for several columns each, in tables that have text columns too."""
        return len(self.titles) <= 4

    def others(self) -> Iterator[int]:
        """Yield the positions of the cases but the reference."""
        return iter(range(1, len(self.titles)))

    def heading(self, at: int, en: str, fr: str) -> str:
        """Return the heading of a column that belongs to a case."""
        return self.pick(f"{self.titles[at]}: {en}", f"{self.titles[at]} : {fr}")

    def signed(self, value: float, show: Show) -> str:
        """Write a difference with its sign, in words: ``+313 285 €``, ``−1,2 point``."""
        sign = "+" if value > 0 else "−" if value < 0 else ""
        size = abs(value)
        if show in (Show.PERCENT, Show.USE):
            digits = 1 if size < 0.1 else 0
            points = round(100 * size, digits)
            word = "points" if several(points, self.language) else "point"
            return f"{sign}{number(points, self.language, digits)}\u00a0{word}"
        return sign + (self.lead.money(size) if show is Show.MONEY else self.lead.number(size))


def difference(value: Figure, reference: Figure) -> Figure:
    """Return value − reference; what the solver's tolerances leave is 0, and None where either is undefined."""
    if value is None or reference is None:
        return None
    found = value - reference
    return 0.0 if abs(found) <= NOISE * max(abs(value), abs(reference)) else found


def relative(value: Figure, reference: Figure) -> Figure:
    """Return the difference as a share of the reference's size, None where that is 0 or what a solver leaves of 0."""
    found = difference(value, reference)
    if found is None or not reference or abs(reference) <= _DUST * abs(found):
        return None
    return found / abs(reference)


_LEAST = {Show.MONEY: 0.5, Show.QUANTITY: 1e-4}
"""What is smaller is shown as none: a share of it would be a share of nothing."""


def share_of(value: Figure, reference: Figure, show: Show) -> Figure:
    """Return :func:`relative` of figures shown in a way; None for shares, and for what is shown as none."""
    if show is Show.PERCENT or reference is None or abs(reference) < _LEAST.get(show, 0.0):
        return None
    return relative(value, reference)


def as_shown(value: Figure, show: Show) -> Figure:
    """Return a difference as its cell holds it: of shares, in hundredths."""
    return 100.0 * value if value is not None and CHANGES[show] is Show.POINTS else value
