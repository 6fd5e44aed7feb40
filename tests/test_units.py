from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere.language import Language
from filiere.units import after_count, factor, mass_in_kg, misspelt_unit, money_factor, without_year

KNOWN = [
    "t",
    "kg",
    "g",
    "mg",
    "q",
    "lb",
    "L",
    "hL",
    "mL",
    "m3",
    "km",
    "m",
    "cm",
    "ha",
    "m²",
    "a",
    "h",
    "min",
    "s",
    "kWh",
    "MJ",
    "unité",
    "douzaine",
]


@pytest.mark.parametrize(
    ("unit", "kg"),
    [
        ("t", 1000),
        ("T", 1000),
        ("tonnes", 1000),
        ("kg", 1),
        ("KG", 1),
        ("kilogrammes", 1),
        ("g", 0.001),
        ("mg", 1e-6),
        ("q", 100),
        ("Quintaux", 100),
        ("lb", 0.45359237),
        ("metric ton", 1000),
    ],
)
def test_masses(unit: str, kg: float) -> None:
    assert mass_in_kg(unit) == pytest.approx(kg, rel=1e-12)


@pytest.mark.parametrize("unit", ["L", "h", "place", "", "Mg", "ton", "m"])
def test_what_is_no_mass_or_could_be_two_has_none(unit: str) -> None:
    assert mass_in_kg(unit) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("kg", "t", 0.001),
        ("t", "kg", 1000),
        ("hL", "L", 100),
        ("m³", "L", 1000),
        ("mL", "cl", 0.1),
        ("ha", "m2", 10_000),
        ("a", "m²", 100),
        ("km²", "ha", 100),
        ("km", "m", 1000),
        ("h", "min", 60),
        ("MWh", "kWh", 1000),
        ("kWh", "MJ", 3.6),
        ("GJ", "MWh", 1 / 3.6),
        ("douzaine", "pièces", 12),
        ("jour", "j", 1),
        ("place", "places", 1),
        ("Place", "place", 1),
        ("t MS", "t ms", 1),
        ("kg", "L", None),
        ("jour", "h", None),  # a day of work is not 24 hours
        ("semaine", "jour", None),
        ("place", "kg", None),
        ("place", "repas", None),
        ("M", "m", None),  # mega or metre
    ],
)
def test_units_convert_within_their_dimension(one: str, other: str, expected: float | None) -> None:
    found = factor(one, other)
    assert found is expected if expected is None else found == pytest.approx(expected, rel=1e-12)


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_converting_there_and_back_or_by_way_of_a_third_unit_agrees(one: str, other: str, third: str) -> None:
    there, back = factor(one, other), factor(other, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there * back == pytest.approx(1.0, rel=1e-12)
        onward, straight = factor(other, third), factor(one, third)
        if onward is not None:
            assert straight == pytest.approx(there * onward, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("€", "EUR", 1),
        ("k€", "EUR", 1000),
        ("M€", "euro", 1e6),
        ("euros", "€", 1),
        ("EUR", "eur", 1),
        ("$", "CAD", 1),
        ("CHF", "CHF", 1),
        ("Fr.", "CHF", 1),
        ("FCFA", "XOF", 1),
        ("€", "CHF", None),
        ("kg", "EUR", None),
        ("k", "EUR", None),
        ("", "EUR", None),
        ("m€", "EUR", None),
    ],
)
def test_money(text: str, currency: str, expected: float | None) -> None:
    assert money_factor(text, currency) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t/an", "t"),
        ("t / year", "t"),
        ("€ par an", "€"),
        ("km per year", "km"),
        ("€/kg", "€/kg"),
        ("%/an", "%"),
        ("an", "an"),
    ],
)
def test_what_is_counted_for_the_year_needs_no_year(text: str, expected: str) -> None:
    assert without_year(text) == expected


def test_a_unit_one_letter_away_from_a_known_one_is_told() -> None:
    assert [misspelt_unit(unit) for unit in ("tonnnes", "Tonnne", "ton ne", "kilogrames", "litrre")] == [
        "tonne", "tonne", None, "kilogramme", "litre",
    ]  # fmt: skip
    assert {misspelt_unit(unit) for unit in ("livre", "tonneau", "caisse", "t", "kg", "pots", "heures", "")} == {None}


@pytest.mark.parametrize(
    ("unit", "value", "language", "said"),
    [
        ("entrée", 7000, "fr", "entrées"), ("nuitée", 121, "fr", "nuitées"), ("nuitée", 1.5, "fr", "nuitée"),
        ("bocal", 35_000, "fr", "bocaux"), ("festival", 2, "fr", "festivals"), ("tableau", 3, "fr", "tableaux"),
        ("repas", 10_340, "fr", "repas"), ("heure de scène", 40, "fr", "heures de scène"),
        ("jour d'atelier", 12, "fr", "jours d'atelier"), ("bocal (1 L)", 9, "fr", "bocaux (1 L)"),
        ("t", 7000, "fr", "t"), ("kWh", 7000, "fr", "kWh"), ("m²", 7000, "fr", "m²"), ("ETP", 3, "fr", "ETP"),
        ("entry", 7000, "en", "entries"), ("seat", 1, "en", "seat"), ("seat", 1.5, "en", "seats"),
        ("stage evening", 2, "en", "stage evenings"), ("hour of stage", 2, "en", "hours of stage"), ("box", 0, "en", "boxes"),
        ("day", 100, "en", "days"), ("meals", 5, "en", "meals"), ("kg", 5, "en", "kg"), ("FTE", 5, "en", "FTE"), ("", 5, "en", ""),
    ],
)  # fmt: skip
def test_a_unit_takes_its_plural_after_a_count(unit: str, value: float, language: Language, said: str) -> None:
    assert after_count(unit, value, language) == said
