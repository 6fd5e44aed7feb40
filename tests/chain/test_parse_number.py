from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere.chain.parse.number import exactly, written_number
from filiere.language import number


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12", 12, ""),
        ("1 234,5", 1234.5, ""),
        ("1\u00a0234,5", 1234.5, ""),
        ("1\u202f234,5", 1234.5, ""),
        ("1.234,5", 1234.5, ""),
        ("1,234.5", 1234.5, ""),
        ("1'234.5", 1234.5, ""),
        ("1’234,5", 1234.5, ""),
        ("1 234", 1234, ""),
        ("1,234,567", 1_234_567, ""),
        ("1.234.567", 1_234_567, ""),
        ("0,125", 0.125, ""),  # no thousands begin with 0
        ("1234,567", 1234.567, ""),  # nor are four digits grouped
        ("12,34", 12.34, ""),
        (",5", 0.5, ""),
        ("−5", -5, ""),
        ("- 5", -5, ""),
        ("–5", -5, ""),
        ("+3", 3, ""),
        ("1e3", 1000, ""),
        ("1,5E-3", 0.0015, ""),
        ("1.234e3", 1234, ""),
        ("12 %", 12, "%"),
        ("12%", 12, "%"),
        ("12 pour cent", 12, "%"),
        ("12 t", 12, "t"),
        ("3,5 €/kg", 3.5, "€/kg"),
        ("1 234,5 kg", 1234.5, "kg"),
        ("€ 12", 12, "€"),
        ("12 m2", 12, "m2"),
        ("5 kg CO2e", 5, "kg CO2e"),
    ],
)
def test_what_reads_in_one_way(text: str, value: float, unit: str) -> None:
    found = written_number(text)
    assert found is not None
    assert found.values == (value,)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "values"),
    [("1,234", (1.234, 1234)), ("1.234", (1.234, 1234)), ("100,000 kg", (100, 100_000)), ("-1,234", (-1234, -1.234))],
)
def test_what_reads_in_two_ways_gives_both(text: str, values: tuple[float, ...]) -> None:
    found = written_number(text)
    assert found is not None
    assert found.values == values


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1_000",
        "nan",
        "inf",
        "-inf",
        "１２",
        "12.",
        "12,34,56",
        "1 2345",
        "1 234 56",
        "0 500",
        "12-15",
        "12 à 15",
        "2 x 3",
        "1 h 30",
        "12/05/2024",
        "2024-05-01",
        "1e999",
        "(12)",
        "~12",
        "1.234,567.8",
        "--5",
        "€ 12 €",
        "12 345,678,9",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert written_number(text) is None


plain = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12).map(lambda x: round(x, 4))


@given(plain, st.sampled_from([" ", "\u00a0", "\u202f", "'", "’", ""]), st.sampled_from(",."))
def test_a_formatted_number_reads_back(value: float, thousands: str, decimal: str) -> None:
    text = f"{value:,.4f}".translate({ord(","): thousands, ord("."): decimal})
    found = written_number(text)
    assert found is not None
    assert found.values == (value,)


@given(plain, st.sampled_from(["fr", "en"]))
def test_what_the_product_itself_writes_reads_back_as_one_of_its_readings(value: float, language: str) -> None:
    found = written_number(number(value, "fr" if language == "fr" else "en", 4))
    assert found is not None
    assert value in found.values


@given(plain)
def test_what_a_message_quotes_is_exact(value: float) -> None:
    for text in exactly(value):
        found = written_number(text)
        assert found is not None
        assert any(math.isclose(reading, value, rel_tol=1e-12, abs_tol=1e-12) for reading in found.values)


@given(st.text(alphabet="0123456789., '+-eE%kgt", max_size=14))
def test_readings_differ_by_their_separators_only(text: str) -> None:
    """Whatever is read keeps every digit in order, and two readings are a thousandfold apart."""
    found = written_number(text)
    if found is None or "e" in text.lower():
        return
    digits = "".join(
        sign
        for sign in text.split("k", maxsplit=1)[0].split("g", maxsplit=1)[0].split("t", maxsplit=1)[0]
        if sign.isdigit()
    ).strip("0")
    for value in found.values:
        assert f"{Decimal(repr(abs(value))):f}".replace(".", "").strip("0") == digits
    assert len(found.values) <= 2
    if len(found.values) == 2:
        low, high = sorted(map(abs, found.values))
        assert high == pytest.approx(1000 * low)
