"""A measure of Limits is declared once; whatever sums, checks or tells it fails where one is forgotten."""

from __future__ import annotations

import pytest

from filiere.language import Label
from filiere.model.equations.limits import OF_ACTIVITIES, OF_LINKS
from filiere.schema import columns
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.schema.limit_measures import LIMIT_MEASURES, Counts, LimitMeasureFacts, Told, limit_measure
from filiere.solution import scope


def faults(measure: str, facts: LimitMeasureFacts) -> list[str]:
    """Return what is missing of a measure: words, filters that are no column, amounts in the model and in the check."""
    found = []
    if isinstance(facts.unit, Label):
        found += [f"unit: no {code}" for code in ("en", "fr") if not getattr(facts.unit, code).strip()]
    found += [f"filter: {name}" for name in facts.filters if name not in columns(t.LimitRow)]
    formulas = {Counts.LINKS: OF_LINKS, Counts.ACTIVITIES: OF_ACTIVITIES}
    found += [
        f"model: no amount of {what.name}"
        for what, known in formulas.items()
        if (what in facts.counts) is not (measure in {kind.key for kind in known})
    ]
    if measure not in {kind.key for kind in scope.MEASURES}:
        found.append("check: no amount")
    return found


@pytest.mark.parametrize("kind", w.LimitMeasure)
def test_every_measure_has_its_facts_and_both_its_sums(kind: w.LimitMeasure) -> None:
    assert faults(kind.key, LIMIT_MEASURES[kind]) == []
    assert kind.label.en and kind.label.fr


def test_a_measure_that_is_declared_and_forgotten_elsewhere_is_caught() -> None:
    silence = LimitMeasureFacts(
        counts=frozenset({Counts.ACTIVITIES}), filters=("from_", "activity"), unit=Label("dB", ""),
    )  # fmt: skip
    assert faults("silence", silence) == [
        "unit: no fr", "filter: activity", "model: no amount of ACTIVITIES", "check: no amount",
    ]  # fmt: skip


def test_a_share_is_taken_of_what_links_carry_alone() -> None:
    assert {kind.key for kind, facts in LIMIT_MEASURES.items() if facts.of_flows} == {
        "quantity", "value", "mass", "transport", "co2",
    }  # fmt: skip


def test_a_measure_of_the_workbook_has_no_facts_of_its_own() -> None:
    assert limit_measure("silence") is None
    assert LIMIT_MEASURES[w.LimitMeasure.FUNDING].unit is Told.MONEY
