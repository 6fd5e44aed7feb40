"""Periods and calendars: how a year is shared out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from filiere.chain.assemble.names import Register
from filiere.chain.chain import Calendar, Period
from filiere.chain.parse.number import exactly
from filiere.chain.parse.tables import Tables
from filiere.language import Label
from filiere.names import fold, loose
from filiere.problems import Cell
from filiere.problems import assembling as say
from filiere.schema import tables as t
from filiere.schema import words as w

FREE = ("free", "libre")
"""The calendar that needs no row: only the year's total binds."""
_YEAR = ("year", "année", "an")
MOST_PERIODS = 1000
"""The finest a year is cut: days do, hours would make of any chain a programme without an end."""
_ROUNDING = 1e-6
"""How far shares may miss their sum: what is left of decimals typed in a cell."""


def assemble_periods(tables: Tables, register: Register) -> tuple[Period, ...]:
    """Return the periods, whose shares sum to 1; one, the year, where the sheet has none."""
    names = register.names("periods")
    rows = register.unique(((names.declare(row.period, row.at("period")),), row) for row in tables.periods)
    if not rows:
        return (_whole_year(tables, register),)
    typed = [row.share for row in rows.values()]
    known = [share for share in typed if share is not None]
    shares = known
    if not known:
        shares = [1.0 / len(typed)] * len(typed)
    elif len(known) < len(typed):
        for row in rows.values():
            if row.share is None:
                register.report(say.PERIOD_PARTLY.at(row.at("share")))
        shares = [1.0 / len(typed)] * len(typed)
    elif not makes_one(known) and not register.names("periods").refused:
        first = next(iter(rows.values()))
        register.report(say.PERIOD_SUM.at(first.at("share"), **_missed(sum(known))))
    total = sum(shares) or 1.0
    periods = [Period(key[0], share / total, row) for (key, row), share in zip(rows.items(), shares, strict=True)]
    if len(periods) > MOST_PERIODS:
        first_too_many = periods[MOST_PERIODS].row
        assert first_too_many is not None
        cell = first_too_many.at("period")
        register.report(say.PERIODS_TOO_MANY.at(cell, count=len(periods), most=MOST_PERIODS))
    return tuple(periods[:MOST_PERIODS])


def makes_one(shares: Iterable[float]) -> bool:
    """Whether shares sum to 1 but for the rounding of their decimals: 0.333 three times does, 0.3 and 0.6 do not.

    Each share may be off by half of the last decimal that any of them was typed with.
    """
    typed = list(shares)
    decimals = max((len(f"{share:.12f}".rstrip("0").partition(".")[2]) for share in typed), default=0)
    return abs(sum(typed) - 1.0) < max(_ROUNDING, len(typed) * 0.5 * 10.0**-decimals - 1e-12)


def _missed(total: float) -> dict[str, Label]:
    """Return what a sum is, how far it is from 1, and on which side, in words."""
    total = float(f"{total:.12g}")
    side = Label("are missing", "manquent") if total < 1 else Label("too many", "de trop")
    return {"total": exactly(total), "difference": exactly(abs(float(f"{total - 1:.9g}"))), "side": side}


def _whole_year(tables: Tables, register: Register) -> Period:
    names = register.names("periods")
    name = _YEAR[1] if tables.settings.language is w.LanguageWord.FR else _YEAR[0]
    if not names.refused:
        names.spelled.update({fold(spelling): name for spelling in _YEAR})
    return Period(name, 1.0)


class Seasonal(Protocol):
    """A row that a calendar or a period may restrict."""

    @property
    def profile(self) -> str | None: ...  # noqa: D102
    @property
    def period(self) -> str | None: ...  # noqa: D102
    def at(self, column: str = "") -> Cell | None: ...  # noqa: D102


class Calendars:
    """The calendars of a workbook, and the one that each row follows."""

    def __init__(self, tables: Tables, periods: tuple[Period, ...], register: Register) -> None:
        self._register = register
        self._periods = periods
        self._declared: dict[str, Calendar] = {}
        self._alone: dict[str, Calendar] = {}
        names = register.names("profiles")
        self.even = Calendar(tuple(period.share for period in periods))
        for free in FREE:
            if not tables.profiles or fold(free) not in {fold(row.profile) for row in tables.profiles}:
                self._declared[names.declare(free, None)] = Calendar(None, free)
        self._report_headings(tables.profiles)
        self._declare(tables.profiles)

    def named(self, name: str | None, cell: Cell | None) -> Calendar:
        """Return the calendar of that name, the even year where it is blank or unknown."""
        if name is None:
            return self.even
        found = self._register.find("profiles", name, cell)
        return self._declared.get(found, self.even) if found else self.even

    def of(self, row: Seasonal) -> Calendar | None:
        """Return the calendar of a row with a profile or a period; None where the row contradicts itself."""
        if row.period is None:
            return self.named(row.profile, row.at("profile"))
        if row.profile is not None:
            self._register.report(say.PROFILE_AND_PERIOD.at(row.at("period"), profile=row.profile, period=row.period))
            return None
        period = self._register.find("periods", row.period, row.at("period"))
        if period is None:
            return None
        if period not in self._alone:
            weights = tuple(float(each.name == period) for each in self._periods)
            self._alone[period] = Calendar(weights, period=period)
        return self._alone[period]

    def _declare(self, rows: Iterable[t.ProfileRow]) -> None:
        register, names = self._register, self._register.names("profiles")
        kept = register.unique(((names.declare(row.profile, row.at("profile")),), row) for row in rows)
        for (name,), row in kept.items():
            if fold(name) in map(fold, FREE):
                register.report(say.CALENDAR_RESERVED.at(row.at("profile"), name=name))
            values = self._by_period(row)
            spread = row.kind is w.ProfileKind.SPREAD
            (self._check_spread if spread else self._check_availability)(name, row, values)
            phi = [values.get(period.name, 0.0) for period in self._periods]
            total = sum(phi) or 1.0
            weights = (
                [value / total for value in phi]
                if spread
                else [period.share * value for period, value in zip(self._periods, phi, strict=True)]
            )
            self._declared[name] = Calendar(tuple(weights), name)

    def _by_period(self, row: t.ProfileRow) -> dict[str, float]:
        return {period: value for heading, value in row.values.items() if (period := self._period_of(heading))}

    def _period_of(self, heading: str) -> str | None:
        """The period a heading names: as names match, else, as headings do, whatever the accents and spaces."""
        exact = self._register.names("periods").get(heading)
        alike = [period.name for period in self._periods if loose(period.name) == loose(heading)]
        return exact or (alike[0] if len(alike) == 1 else None)

    def _report_headings(self, rows: Iterable[t.ProfileRow]) -> None:
        """Report each heading that is no period, once for the whole sheet."""
        seen: set[str] = set()
        for row in rows:
            for heading in row.values:
                if fold(heading) not in seen and self._period_of(heading) is None:
                    seen.add(fold(heading))
                    self._register.unknown(("periods",), heading, self._heading_cell(row, heading))

    @staticmethod
    def _heading_cell(row: t.ProfileRow, heading: str) -> Cell | None:
        return row.cells.get(heading) or row.at("values")

    def _check_spread(self, name: str, row: t.ProfileRow, values: Mapping[str, float]) -> None:
        if self._misread(row):
            return
        if not self._between_0_and_1(name, row):
            return
        total = sum(values.values())
        if not makes_one(values.values()):
            self._register.report(say.SPREAD_SUM.at(row.at("profile"), name=name, **_missed(total)))

    def _check_availability(self, name: str, row: t.ProfileRow, values: Mapping[str, float]) -> None:
        if self._misread(row):
            return
        if not self._between_0_and_1(name, row):
            return
        phi = [values.get(period.name, 0.0) for period in self._periods]
        if makes_one(phi) and min(phi) == 0.0 and len(phi) > 1:
            self._register.report(
                say.HARVEST_AS_AVAILABILITY.at(row.at("kind"), name=name, spread=w.ProfileKind.SPREAD.label)
            )
        missing = [period.name for period in self._periods if period.name not in values]
        if missing:
            self._register.report(say.CALENDAR_GAP.at(row.at("profile"), name=name, periods=missing))

    def _between_0_and_1(self, name: str, row: t.ProfileRow) -> bool:
        for heading, value in row.values.items():
            if not -_ROUNDING <= value <= 1.0 + _ROUNDING:
                cell = self._heading_cell(row, heading)
                self._register.report(say.CALENDAR_VALUE.at(cell, name=name, value=value))
                return False
        return True

    def _misread(self, row: t.ProfileRow) -> bool:
        """Whether some values are under a heading that is no period: its sum says nothing then."""
        periods = self._register.names("periods")
        return bool(periods.refused) or any(self._period_of(heading) is None for heading in row.values)
