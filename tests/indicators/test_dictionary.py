"""The dictionary declares what is measured, all of it and nothing else, in both languages."""

from __future__ import annotations

from collections import Counter

import pytest

from filiere.indicators import measure
from filiere.indicators.dictionary import KPIS, Kpi, kpi, kpis
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


@pytest.mark.parametrize("declaration", KPIS, ids=lambda k: f"{k.scope}-{k.key}")
def test_declarations_speak_both_languages(declaration: Kpi) -> None:
    for text in (declaration.label, declaration.definition, declaration.unit, declaration.range, declaration.source):
        assert text.en.strip() and text.fr.strip()
    assert declaration.definition.en != declaration.definition.fr
    assert declaration.definition.en.endswith(".") and declaration.definition.fr.endswith(".")


def test_an_indicator_is_found_by_key_and_scope() -> None:
    assert kpi("hhi", "product").label.fr == "Concentration des fournisseurs"
    with pytest.raises(KeyError):
        kpi("hhi")
