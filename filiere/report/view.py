"""A result as one reader sees it: its language, its money, and the year's totals that several sheets show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from filiere.analysis.today.typed import measured_chain
from filiere.analysis.today.unknown import Unknown, is_blank, unknown, with_some
from filiere.chain.chain import Calendar, Chain, Link
from filiere.chain.derived.observed import RowKey, link_keys
from filiere.chain.parse.row import Places
from filiere.language import Label, Language, either, is_whole, number, percent, several, sign_of
from filiere.latest import latest
from filiere.problems import Cell
from filiere.result import Result
from filiere.schema.columns import Addressed
from filiere.schema.tables import Row
from filiere.solution.accounts import Accounts
from filiere.solution.once import accounts_of
from filiere.solution.solution import Plan
from filiere.units import after_count

Made = TypeVar("Made")
_DUST = 1e-9
"""Quantities below this share of the largest of their kind are rounding, not goods."""


@dataclass(frozen=True)
class View:
    """One result in one language."""

    result: Result
    language: Language
    _made: dict[Callable[[View], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def of(self, make: Callable[[View], Made]) -> Made:
        """Return what ``make`` makes of this view, made once: a table stands in the workbook and on the page alike."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def chain(self) -> Chain:
        """The chain; for ``today``, as it is observed: without the projects that do not exist yet."""
        chain = self.result.chain
        if not self.shows_today:
            return chain
        return replace(measured_chain(chain), needs=chain.needs, limits=chain.limits, objectives=chain.objectives)

    @property
    def plan(self) -> Plan:
        """What is shown: the plan, or the chain as it is."""
        return self.result.plan

    @cached_property
    def accounts(self) -> Accounts:
        """The plan's figures beside the chain's."""
        return accounts_of(self.chain, self.plan)

    @property
    def today(self) -> Accounts | None:
        """The same for the chain as it is, where there is such a plan beside this one."""
        return self.result.today_accounts

    @property
    def shows_today(self) -> bool:
        """Whether the plan itself is the chain as it is."""
        return self.result.command == "today"

    @property
    def scenario(self) -> str:
        """The scenario's name as shown."""
        name = self.chain.scenario
        return self.pick("reference", "référence") if name == "reference" else name

    def pick(self, en: str, fr: str) -> str:
        """Return one of two texts, set as its language is."""
        return either(en, fr, self.language)

    def set(self, label: Label) -> str:
        """Return a bilingual text in the reader's language, set as it is."""
        return self.pick(label.en, label.fr)

    @property
    def currency(self) -> str:
        """The currency as it is written after an amount."""
        return sign_of(self.chain.settings.currency)

    def number(self, value: float) -> str:
        """Write a number to three digits or so, as it is read aloud."""
        return number(value, self.language, _digits(value))

    def plural(self, value: float) -> bool:
        """Whether a number takes the plural as it is written: ``2,0 points``, though it were 1.96."""
        return several(abs(round(value, _digits(value))), self.language)

    def money(self, value: float) -> str:
        """Write an amount of money."""
        return money(value, self.currency, self.language)

    def percent(self, share: float, digits: int | None = None) -> str:
        """Write a share; without decimals where they would say nothing."""
        if digits is None:
            digits = 0 if abs(share) >= 0.1 or abs(100 * share - round(100 * share)) < 5e-3 else 1
        return percent(share, self.language, digits)

    def quantity(self, value: float, product: str) -> str:
        """Write a quantity with its product's unit."""
        return self.in_unit(value, self.chain.products[product].unit)

    def in_unit(self, value: float, unit: str) -> str:
        """Write a number with its unit: ``7 000 entrées``, ``1 entrée``, ``2,5 t``."""
        return f"{self.number(value)}\u00a0{after_count(unit, round(value, _digits(value)), self.language)}"

    def in_money(self, en: str, fr: str) -> str:
        """Return a heading of an amount of money a year."""
        return f"{self.pick(en, fr)} ({self.currency})"

    def counted(self, count: int, en: tuple[str, str], fr: tuple[str, str]) -> str:
        """Return a count with its noun, each language's plural after its own rule: ``1 ligne``, ``0 rows``."""
        form = several(count, self.language)
        word = self.pick(en[form], fr[form])
        return f"{self.number(count)}\u00a0{word}"

    @cached_property
    def period_names(self) -> tuple[str, ...]:
        """The periods, in order; empty where there is only the year."""
        names = tuple(p.name for p in self.chain.periods)
        return names if len(names) > 1 else ()

    def beside(self, then: Sequence[RowKey], now: Sequence[RowKey], values: Sequence[float]) -> list[float | None]:
        """Return figures of this year's rows in the order of the plan's, None for what a scenario alone has."""
        found = dict(zip(then, values, strict=True))
        return [found.get(key) for key in now]

    @cached_property
    def link_today(self) -> list[float | None]:
        """The quantity of each link today: as made consistent where that was done, else as typed."""
        if self.today is not None:
            flows = clean(self.today.flow_by_link)
            return self.beside(link_keys(self.result.today_chain.links), link_keys(self.chain.links), flows)
        return [link.today for link in self.chain.links]

    @cached_property
    def link_known(self) -> list[float | None]:
        """The same, None where nobody typed a figure and none asks for it: what is blank is unknown, not 0."""
        blank = [link.today is None and not link.candidate for link in self.result.today_chain.links]
        keys = link_keys(self.result.today_chain.links), link_keys(self.chain.links)
        unknown = self.beside(*keys, [float(one) for one in blank])
        return [None if no and not today else today for today, no in zip(self.link_today, unknown, strict=True)]

    @cached_property
    def process_today(self) -> list[float | None]:
        """The level of each process today, in the chain's order; None where nothing typed says or asks it."""
        if self.today is None:
            return [process.today for process in self.chain.processes.values()]
        levels = dict(zip(self.today.chain.processes, clean(self.today.level_by_process), strict=True))
        processes = self.result.today_chain.processes
        return [
            None if not levels.get(key) and key in processes and is_blank(processes[key]) else levels.get(key, 0.0)
            for key in self.chain.processes
        ]

    @cached_property
    def missing(self) -> Unknown:
        """What is not known of this year, where it is shown or stands beside the plan."""
        plan = self.plan if self.shows_today else self.result.today
        return unknown(self.result.today_chain, plan) if plan is not None and self.chain.has_today else Unknown()

    @property
    def unheard(self) -> frozenset[str]:
        """Actors of whom this year's figures say nothing: none is typed of theirs, and nothing asks for any."""
        return self.missing.actors

    @cached_property
    def might(self) -> Accounts | None:
        """Accounts of this year, where it is shown, with some of each thing that is not known: what is 0 without and
        more with it is not known to be 0.
        """
        if not self.shows_today or not self.missing:
            return None
        return Accounts(self.chain, with_some(self.result.today_chain, self.plan, self.missing))

    @cached_property
    def incomplete(self) -> frozenset[str]:
        """Inside actors some of whose exchanges or activities are not known this year."""
        chain = self.result.today_chain
        ends = {end for i in self.missing.links for end in (chain.links[i].from_, chain.links[i].to)}
        ends |= {actor for _, actor in self.missing.processes}
        return frozenset(name for name in ends if chain.inside(name))

    @property
    def knows_nothing(self) -> bool:
        """Whether this year is what is shown, and nobody typed a figure of it."""
        return self.shows_today and not self.result.chain.has_today

    @property
    def compares(self) -> bool:
        """Whether there is a today to compare the plan with."""
        if self.shows_today:
            return False
        return self.today is not None or self.chain.has_today

    @cached_property
    def link_words(self) -> Mapping[str, str]:
        """What a relation is, seen from the territory: the words shown and coloured."""
        return {
            "inside": self.pick("inside", "interne"),
            "bought": self.pick("outside purchase", "achat extérieur"),
            "sold": self.pick("outside sale", "vente extérieure"),
            "bought_partner": self.pick("purchase from a partner", "achat à un partenaire"),
            "sold_partner": self.pick("sale to a partner", "vente à un partenaire"),
            "outside": self.pick("between outsiders", "entre extérieurs"),
        }

    def link_word(self, link: Link) -> str:
        """Return what a relation is, seen from the territory."""
        giver, taker = self.chain.actors[link.from_], self.chain.actors[link.to]
        if giver.inside and taker.inside:
            return self.link_words["inside"]
        if not giver.inside and not taker.inside:
            return self.link_words["outside"]
        far = taker if giver.inside else giver
        side = "sold" if giver.inside else "bought"
        return self.link_words[side + ("_partner" if far.perimeter.name == "PARTNER" else "")]

    @property
    def mark_words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words coloured as inside, and those coloured as outside."""
        words = self.link_words
        return (words["inside"],), tuple(v for k, v in words.items() if k != "inside")

    def calendar(self, calendar: Calendar) -> str | None:
        """Return the name of a calendar or the period it stands for."""
        if calendar.period:
            return calendar.period
        return self.pick("free", "libre") if calendar.free else calendar.name

    def confidence(self, row: Row) -> str | None:
        """Return how well a row's figures are known."""
        return row.confidence.label.to(self.language) if row.confidence else None


def _digits(value: float) -> int:
    """How many decimals a number that is read aloud has."""
    size = abs(value)
    return 0 if size >= 100 or is_whole(size) else 1 if size >= 1 else 2


@latest(2)
def view_of(result: Result, language: Language) -> View:
    """Return the view of a result in one language, the same as before where it was asked for lately.

    One a language is kept, for the workbook, the page and the console of one run.
    """
    return View(result, language)


def money(value: float, sign: str, language: Language) -> str:
    """Write an amount of money: to the cent, or without cents where they say nothing."""
    digits = 0 if abs(value) >= 100 or is_whole(round(value, 2)) else 2
    return f"{number(value, language, digits)}\u00a0{sign}"


def clean(values: Iterable[float]) -> list[float]:
    """Return the values with rounding dust turned into 0."""
    numbers = [float(v) for v in values]
    dust = _DUST * max((abs(v) for v in numbers), default=0.0)
    return [0.0 if abs(v) <= dust else v for v in numbers]


def by_period(frame: pd.DataFrame, key: str, amount: str, names: tuple[str, ...]) -> pd.DataFrame:
    """Return one row a ``key`` and one column a period (0 where nothing), from a frame of positions."""
    keys, rows = np.unique(frame[key].to_numpy(), return_inverse=True)
    table = np.zeros((len(keys), len(names)))
    periods = frame["period"].to_numpy()
    told = periods >= 0
    np.add.at(table, (rows[told], periods[told]), frame[amount].to_numpy()[told])
    return pd.DataFrame(table, index=keys, columns=range(len(names)))


def place(row: Addressed | None) -> Cell | None:
    """Return the cell that a row is found by: its first filled cell, or the row itself."""
    if row is None:
        return None
    if isinstance(row.cells, Places) and not row.cells.moved:
        return row.cells.first()
    own = [cell for name, cell in row.cells.items() if name and cell.row is not None]
    return min(own, key=lambda cell: cell.column or 0) if own else row.cells.get("")
