from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere.names import fold, heading, loose, nearest, tidy, without_note


@pytest.mark.parametrize(
    "text",
    [
        "Moulin de l'Isle",
        "  moulin\u00a0de  l’Isle ",
        "MOULIN DE\u202fL'ISLE",
        "Moulin\nde l\u02bcIsle",
        "Mou\u00adlin de l'Isle\u200b",
        "\u2068Mou\u202elin\u202c de l'Isle\u2069",
    ],
)
def test_names_match_whatever_their_case_spaces_and_apostrophes(text: str) -> None:
    assert fold(text) == "moulin de l'isle"


def test_names_with_other_accents_are_other_names() -> None:
    assert fold("Pré") != fold("Pre")
    assert fold("Pré") == fold("Pre\u0301")


def test_a_name_is_shown_with_its_own_case() -> None:
    assert tidy(" Ferme\u00a0 du  Pré ") == "Ferme du Pré"
    assert tidy("Pre\u0301") == unicodedata.normalize("NFC", "Pré")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)
    assert fold(tidy(text)) == fold(text)


@given(st.text())
def test_names_that_match_exactly_match_loosely(text: str) -> None:
    assert loose(fold(text)) == loose(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("poids_dépendance", "Poids dépendance"),
        ("coût_unitaire", "COUT UNITAIRE"),
        ("taux d’ouverture", "taux_d'ouverture"),
        ("by-product", "Byproduct"),
        ("Œuvre", "oeuvre"),
        ("by‑product", "by product"),
    ],
)
def test_keywords_match_without_accents_and_separators(one: str, other: str) -> None:
    assert loose(one) == loose(other)


@pytest.mark.parametrize("text", ["<=", ">=", "=", "*"])
def test_signs_are_words_too(text: str) -> None:
    assert loose(text) == text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Capacity (t/year)", "capacity"),
        ("Capacité [t]", "capacite"),
        ("acteur *", "acteur"),
        ("prix (€/kg) (HT)", "prix"),
        ("fixed_cost\n(per year)", "fixedcost"),
        ("(t)", "(t)"),
        ("Prix (HT) moyen", "prix(ht)moyen"),
    ],
)
def test_a_note_behind_a_heading_is_dropped(text: str, key: str) -> None:
    assert heading(text) == key


def test_a_heading_keeps_its_words() -> None:
    assert without_note("Heures d'insertion (h)") == "Heures d'insertion"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boulangrie", "Boulangerie"),  # a letter left out
        ("Boulnagerie", "Boulangerie"),  # two letters swapped
        ("boulangerie du  centre", "Boulangerie du Centre"),
        ("Centre boulangerie du", "Boulangerie du Centre"),  # other order
        ("Moulin", "Moulin de la Vallée"),  # the beginning of it
        ("ecole", "École"),
        ("qty", None),
        ("Hôpital", None),
        ("", None),
        ("—", None),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(text: str, expected: str | None) -> None:
    known = ["École", "Boulangerie", "Boulangerie du Centre", "Moulin de la Vallée", "Ferme A"]
    assert nearest(text, known) == expected


def test_the_nearer_of_two_names_wins() -> None:
    assert nearest("Ferme du Pra", ["Ferme du Port", "Ferme du Pré"]) == "Ferme du Pré"
    assert nearest("Ferme C", ["Ferme A", "Ferme B"]) == "Ferme A"


def test_short_names_are_not_taken_for_each_other() -> None:
    assert nearest("t", ["L", "kg"]) is None
    assert nearest("kg", ["kh", "t"]) is None


@given(st.lists(st.text(alphabet="abcdefgh ", min_size=6, max_size=14), min_size=1), st.data())
def test_one_slip_is_always_found(known: list[str], data: st.DataObject) -> None:
    """With a letter that no known name has, the intended name is one edit away: nothing nearer can hide it."""
    meant = data.draw(st.sampled_from(known))
    if len(loose(meant)) < 5:
        return
    slip = loose(meant)[:2] + "z" + loose(meant)[2:]
    found = nearest(slip, known)
    assert found is not None
    assert abs(len(loose(found)) - len(slip)) <= 1


def test_ten_thousand_names_are_searched() -> None:
    known = [f"Exploitation {number:05d} du canton {number % 97}" for number in range(10_000)]
    assert nearest("Exploitaton 04321 du canton 53", known) == "Exploitation 04321 du canton 53"
