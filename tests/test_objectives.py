"""An objective is declared once, in both languages, with its unit: nothing that shows it has a word of its own."""

from __future__ import annotations

from dataclasses import fields

import pytest

from filiere.chain.derived.default_objectives import default_objectives
from filiere.language import Label
from filiere.model.objectives import NAMED
from filiere.schema import words as w
from filiere.schema.objectives import OBJECTIVES, Measured, ObjectiveFacts, objective_of


def faults(facts: ObjectiveFacts) -> list[str]:
    """Return the words that are missing or stand there in the other language."""
    found = []
    for field in fields(facts):
        label = getattr(facts, field.name)
        if isinstance(label, Label):
            found += [f"{field.name}: no {code}" for code in ("en", "fr") if not getattr(label, code).strip()]
            if label.en == label.fr and label.en != "Transport":
                found.append(f"{field.name}: the same in both languages")
    return found


@pytest.mark.parametrize("kind", w.Objective)
def test_every_objective_has_all_its_words(kind: w.Objective) -> None:
    assert faults(OBJECTIVES[kind]) == []


@pytest.mark.parametrize("kind", w.Objective)
def test_every_objective_has_a_formula(kind: w.Objective) -> None:
    assert kind is w.Objective.CIRCULARITY or kind in NAMED


def test_an_objective_whose_french_name_is_missing_is_caught() -> None:
    energy = ObjectiveFacts(
        measured=Measured.MONEY, meaning=Label("Energy used", ""), noun=Label("energy", "l'énergie"),
        short=Label("energy", "energy"), of=Label("of energy", "de l'énergie"), heading=Label("Energy", "Énergie"),
        without=(Label("{by} more would be used", "{by} de plus seraient consommés"),) * 2,
    )  # fmt: skip
    assert faults(energy) == ["meaning: no fr", "short: the same in both languages"]


def test_an_objective_that_nobody_declared_is_refused() -> None:
    with pytest.raises(KeyError):
        objective_of("silence")
    assert objective_of("measure: silence") is None


def test_defaults_go_the_natural_way() -> None:
    assert {o.key: o.direction.key for o in default_objectives() if o.key in ("unmet", "cost", "circularity")} == {
        "unmet": "min", "cost": "min", "circularity": "max",
    }  # fmt: skip


@pytest.mark.parametrize("kind", w.Objective)
def test_every_objective_says_what_refusing_a_decision_does_to_it(kind: w.Objective) -> None:
    for said in OBJECTIVES[kind].without:
        assert said.en.strip() and said.fr.strip() and said.en != said.fr
        assert kind is w.Objective.RULES or ("{by}" in said.en and "{by}" in said.fr)
