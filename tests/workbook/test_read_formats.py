from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere.workbook.read.formats import (
    Kind,
    built_in_kind,
    from_duration,
    from_iso,
    from_serial,
    kind_of,
    stored_number,
)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", Kind.NUMBER),
        ("0.00E+00", Kind.NUMBER),
        ('# ##0,00 "jours"', Kind.NUMBER),
        ('#,##0.00\\ "€";[Red]-#,##0.00\\ "€"', Kind.NUMBER),
        ("[$-40C]d mmmm yyyy;@", Kind.DATE),
        ("dd/mm/yyyy", Kind.DATE),
        ("DD/MM/YYYY", Kind.DATE),
        ("mmm", Kind.DATE),
        ('[=0]"";dd/mm/yyyy', Kind.DATE),
        ("hh:mm", Kind.TIME),
        ("mm:ss.000", Kind.TIME),
        ("h:mm AM/PM", Kind.TIME),
        ("dd/mm/yyyy hh:mm", Kind.DATE_TIME),
        ("[h]:mm:ss", Kind.DURATION),
        ("[Blue]0.0%", Kind.PERCENT),
        ('0"%"', Kind.NUMBER),
        ("0\\ %", Kind.PERCENT),
        ('"dd/mm"', Kind.NUMBER),
        ('_-* #,##0.00\\ "€"_-', Kind.NUMBER),
        (";;;", Kind.NUMBER),
    ],
)
def test_a_number_format_tells_dates_from_numbers(code: str, kind: Kind) -> None:
    assert kind_of(code) is kind


def test_built_in_formats() -> None:
    assert [built_in_kind(n) for n in (0, 9, 14, 20, 22, 46, 49)] == [
        Kind.NUMBER,
        Kind.PERCENT,
        Kind.DATE,
        Kind.TIME,
        Kind.DATE_TIME,
        Kind.DURATION,
        Kind.NUMBER,
    ]


@pytest.mark.parametrize(
    ("serial", "kind", "from_1904", "value"),
    [
        # The serial numbers that Microsoft documents for both systems: 1 January 1900, 5 July 2011.
        (1, Kind.DATE, False, dt.date(1900, 1, 1)),
        (40729, Kind.DATE, False, dt.date(2011, 7, 5)),
        (39267, Kind.DATE, True, dt.date(2011, 7, 5)),
        (59, Kind.DATE, False, dt.date(1900, 2, 28)),
        (60, Kind.DATE, False, 60),
        (61, Kind.DATE, False, dt.date(1900, 3, 1)),
        (2958465, Kind.DATE, False, dt.date(9999, 12, 31)),
        (2958466, Kind.DATE, False, 2958466),
        (2958465, Kind.DATE, True, 2958465),
        (0, Kind.DATE, True, dt.date(1904, 1, 1)),
        (-3, Kind.DATE, False, -3),
        (40729.5, Kind.DATE, False, dt.datetime(2011, 7, 5, 12)),
        (40729, Kind.DATE_TIME, False, dt.datetime(2011, 7, 5)),
        (0.75, Kind.TIME, False, dt.time(18)),
        (0.75, Kind.EITHER, True, dt.time(18)),
        (1.5, Kind.DURATION, False, dt.timedelta(hours=36)),
        (-0.5, Kind.DURATION, False, dt.timedelta(hours=-12)),
        (40729, Kind.NUMBER, False, 40729),
        (1e300, Kind.DATE, False, 1e300),
    ],
)
def test_serial_numbers(serial: float, kind: Kind, from_1904: bool, value: object) -> None:
    assert from_serial(serial, kind, from_1904) == value


@given(st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31)), st.booleans())
def test_a_serial_gives_its_moment_back(moment: dt.datetime, from_1904: bool) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    epoch = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)
    if moment <= epoch + dt.timedelta(days=1):
        return
    serial = (moment - epoch) / dt.timedelta(days=1)
    assert from_serial(serial, Kind.DATE_TIME, from_1904) == moment


def test_iso_dates() -> None:
    assert from_iso("2024-01-31") == dt.date(2024, 1, 31)
    assert from_iso("2024-01-31T08:30:00Z") == dt.datetime(2024, 1, 31, 8, 30)
    assert from_iso("2024-01-31T00:00:00.000", Kind.DATE) == dt.date(2024, 1, 31)
    assert from_iso("2024-01-31T00:00:00", Kind.DATE_TIME) == dt.datetime(2024, 1, 31)
    assert from_iso("1899-12-31T08:30:00", Kind.TIME) == dt.time(8, 30)
    assert from_iso("08:30:00") == dt.time(8, 30)
    assert from_iso("2024-01-31T08:30:00.123456789") == dt.datetime(2024, 1, 31, 8, 30, 0, 123456)
    assert from_iso("31/01/2024") == "31/01/2024"


def test_durations() -> None:
    assert from_duration("PT12H30M00S") == dt.time(12, 30)
    assert from_duration("PT36H00M00S") == dt.timedelta(hours=36)
    assert from_duration("-PT01H") == dt.timedelta(hours=-1)
    assert from_duration("P1DT1H") == dt.timedelta(hours=25)
    assert from_duration("PT00H00M01.500000000S") == dt.time(0, 0, 1, 500000)
    assert from_duration("half an hour") == "half an hour"


@pytest.mark.parametrize("text", ["1_000", "nan", "inf", "1e999", "１２", "12,5", "", "0x10"])
def test_only_plain_numbers_are_stored_numbers(text: str) -> None:
    assert stored_number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_back(value: float) -> None:
    assert stored_number(repr(value)) == value
