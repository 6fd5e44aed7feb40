"""Whatever a workbook says, its answer is sound: a plan that certifies, or the cells that stand in its way."""

from __future__ import annotations

from hypothesis import assume, event, given

from filiere.language import Language
from filiere.schema import words as w
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Status
from filiere.solver.solve import solve
from tests.laws.draft import Draft, Row
from tests.laws.law import answer, chain_of, flows, law, same, values
from tests.random_chains import drafts


def sound(draft: Draft, language: Language) -> None:
    chain = chain_of(draft, language)
    solution = solve(chain)
    event(solution.status.value)
    if solution.plan is not None:
        certificate = certify(chain, solution)
        assert certificate.passed, certificate.worst
    elif solution.status is Status.INFEASIBLE:
        assert [conflict.cell for conflict in solution.conflict if conflict.cell is not None]
    else:
        assert solution.status is Status.UNBOUNDED
        assert solution.conflict


@law(120)
@given(draft=drafts())
def test_every_answer_is_sound(draft: Draft) -> None:
    sound(draft, "en")


@law(40)
@given(draft=drafts(projects=False))
def test_every_answer_without_projects_is_sound(draft: Draft) -> None:
    sound(draft, "fr")


EARNER: dict[str, list[Row]] = {
    "actors": [
        {"actor": "Chercheur d'or", "perimeter": w.Perimeter.MEMBER},
        {"actor": "Bijoutier", "perimeter": w.Perimeter.EXTERNAL},
    ],
    "products": [{"product": "or", "unit": "kg", "price": 50_000.0}],
    "processes": [{"process": "orpaillage", "actor": "Chercheur d'or", "unit_cost": 100.0}],
    "recipes": [{"process": "orpaillage", "product": "or", "output": 1.0}],
    "links": [{"from_": "Chercheur d'or", "to": "Bijoutier", "product": "or"}],
}


@law(30)
@given(draft=drafts())
def test_what_earns_without_end_is_named(draft: Draft) -> None:
    ranks = [{"rank": i, "objective": o} for i, o in enumerate((w.Objective.UNMET, w.Objective.COST), start=1)]
    endless = Draft({**draft.rows, **{key: [*draft[key], *rows] for key, rows in EARNER.items()}, "objectives": ranks})
    # Rules and budgets may hold the earner back, or leave no plan at all.
    solution = answer(endless.having(limits=[], settings=[]))
    assume(solution.status is not Status.INFEASIBLE)
    assert solution.status is Status.UNBOUNDED
    assert ("orpaillage", "Chercheur d'or") in {conflict.subject[:2] for conflict in solution.conflict}


@law(50)
@given(draft=drafts())
def test_both_languages_give_the_same_plan(draft: Draft) -> None:
    english, french = answer(draft, "en"), answer(draft, "fr")
    assert french.status is english.status
    assert same(values(french), values(english))
    if english.plan is not None and french.plan is not None:
        assert same(flows(french.plan), flows(english.plan))
