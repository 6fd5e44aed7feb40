"""The dictionary declares what is measured, all of it and nothing else, in both languages."""

from __future__ import annotations

from collections import Counter

import pytest

from filiere.indicators import measure
from filiere.indicators.dictionary import FROM_ZERO, KPIS, OWN, Kpi, kpi, kpis
from filiere.language import Label
from tests.solution import worked

MEASURED = measure(worked.chain(), worked.plan())


def declared(scope: str) -> list[str]:
    return [k.key for k in kpis(worked.chain()) if k.scope == scope]


def test_the_chain_has_exactly_the_declared_keys() -> None:
    assert sorted(MEASURED.chain) == sorted(declared("chain"))
    assert "measure: training per inhabitant" in MEASURED.chain


@pytest.mark.parametrize(
    ("scope", "frame"),
    [
        ("product", "products"),
        ("actor", "actors"),
        ("stage", "stages"),
        ("group", "groups"),
        ("need", "needs"),
        ("reliance", "reliance"),
    ],
)
def test_frames_have_exactly_the_declared_columns(scope: str, frame: str) -> None:
    assert sorted(getattr(MEASURED, frame).columns) == sorted(declared(scope))


def test_every_blank_has_a_reason_and_nothing_else_has() -> None:
    assert {key for key, value in MEASURED.chain.items() if value is None} == set(MEASURED.reasons)
    assert all(reason.en and reason.fr and reason.en != reason.fr for reason in MEASURED.reasons.values())


def test_no_indicator_is_declared_twice() -> None:
    assert max(Counter((k.key, k.scope) for k in KPIS).values()) == 1


def faults(declaration: Kpi, measured: set[str]) -> list[str]:
    """Return what is missing of an indicator: words of either language, or its figure."""
    found = []
    for part in ("label", "definition", "unit", "range", "source"):
        text = getattr(declaration, part)
        found += [f"{part}: no {code}" for code in ("en", "fr") if not getattr(text, code).strip()]
    if declaration.definition.en == declaration.definition.fr:
        found.append("definition: the same in both languages")
    found += [
        f"definition: no full stop in {code}"
        for code in ("en", "fr")
        if (said := getattr(declaration.definition, code)) and not said.endswith(".")
    ]
    return found + ([] if declaration.key in measured else ["not measured"])


@pytest.mark.parametrize("declaration", KPIS, ids=lambda k: f"{k.scope}-{k.key}")
def test_declarations_speak_both_languages(declaration: Kpi) -> None:
    assert faults(declaration, {declaration.key}) == []


def test_an_indicator_that_is_declared_and_forgotten_elsewhere_is_caught() -> None:
    water = Kpi(
        "water", Label("Water", "Eau"), Label("Water used.", "Eau utilisée"), Label("m³", ""), FROM_ZERO, "lower", OWN
    )
    assert faults(water, set(MEASURED.chain)) == ["unit: no fr", "definition: no full stop in fr", "not measured"]


def test_an_indicator_is_found_by_key_and_scope() -> None:
    assert kpi("hhi", "product").label.fr == "Concentration des fournisseurs"
    with pytest.raises(KeyError):
        kpi("hhi")
