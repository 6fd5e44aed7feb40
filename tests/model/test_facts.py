"""Every equation and every variable has its facts, and whatever is spoken of has its words."""

from __future__ import annotations

from pathlib import Path

import pyomo.environ as pyo
import pytest

from filiere.model.build import EQUATIONS, Equation, build
from filiere.model.facts import EQUATION_FACTS, VARIABLE_FACTS, EquationFacts, facts_of
from filiere.pipeline import read

TEMPLATES = Path(__file__).parents[2] / "data_templates"


def faults(equations: tuple[Equation, ...], facts: dict[str, EquationFacts]) -> list[str]:
    """Return what is missing of the facts that somebody would ask for."""
    written = {equation.name for equation in equations}
    found = [f"{name}: no facts" for name in sorted(written - facts.keys())]
    found += [f"{name}: facts of no equation" for name in sorted(facts.keys() - written)]
    for equation in equations:
        fact = facts.get(equation.name)
        if fact is None:
            continue
        if (equation.table is None) != (fact.table is None):
            found.append(f"{equation.name}: rests on a cell in one place and is a law in the other")
        if fact.table is not None and (fact.noun is None or fact.clash is None):
            found.append(f"{equation.name}: a figure without its noun or its clash")
        if fact.table is not None and fact.field is not None and fact.counted is None:
            found.append(f"{equation.name}: a figure without a unit")
    return found


def test_every_equation_has_its_facts() -> None:
    assert faults(EQUATIONS, EQUATION_FACTS) == []


def test_a_new_equation_without_facts_is_caught() -> None:
    def spring_closing() -> None: ...

    new = Equation(spring_closing, lambda x: (), "processes", "capacity")
    assert faults((*EQUATIONS, new), EQUATION_FACTS) == ["spring_closing: no facts"]
    bare = {**EQUATION_FACTS, "spring_closing": EquationFacts(table="processes", field="capacity")}
    assert faults((*EQUATIONS, new), bare) == [
        "spring_closing: a figure without its noun or its clash", "spring_closing: a figure without a unit",
    ]  # fmt: skip


def test_both_languages_say_the_same_facts() -> None:
    for facts in EQUATION_FACTS.values():
        for label in (facts.noun, facts.clash):
            if label is not None:
                assert label.en.strip() and label.fr.strip() and label.en != label.fr
                assert {"{subject}", "{amount}"} & {*_fields(label.en)} == {"{subject}", "{amount}"} & {
                    *_fields(label.fr)
                }


def _fields(text: str) -> list[str]:
    return [part for part in ("{subject}", "{amount}") if part in text]


@pytest.mark.parametrize("sector", ["food", "culture"])
def test_every_variable_has_its_facts(sector: str) -> None:
    m = build(read(TEMPLATES / f"{sector}_example_en.xlsx")).pyomo
    families = set(m.component_map(pyo.Var))
    assert "flow" in families
    assert families <= VARIABLE_FACTS.keys()


def test_a_name_that_nobody_declared_is_refused() -> None:
    with pytest.raises(KeyError):
        facts_of("capacity")
