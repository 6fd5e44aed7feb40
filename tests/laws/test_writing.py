"""How a workbook is written does not matter: names, the order of rows and sheets, actors who do nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from filiere.schema import words as w
from tests.laws.changes import renamed, shuffled
from tests.laws.draft import Draft
from tests.laws.law import answer, flows, law, same, values
from tests.random_chains import GOODS, INSIDE, OUTSIDE, drafts

# The other way round in the alphabet, and not a name that is read as a number, a unit or a word of the format.
OTHER_NAMES = {name: f"{chr(ord('z') - i)} ({name})" for i, name in enumerate((*INSIDE, *OUTSIDE, *GOODS))}


@law(60)
@given(draft=drafts())
def test_other_names_give_the_same_values(draft: Draft) -> None:
    before, after = answer(draft), answer(renamed(draft, OTHER_NAMES))
    assert after.status is before.status
    assert same(values(after), values(before))


@law(60)
@given(draft=drafts(), seed=st.integers(0, 9))
def test_the_order_of_rows_and_sheets_does_not_move_the_plan(draft: Draft, seed: int) -> None:
    before, after = answer(draft), answer(shuffled(draft, seed))
    assert after.status is before.status
    assert same(values(after), values(before))
    if before.plan is not None and after.plan is not None:
        assert same(flows(after.plan), flows(before.plan))


@law(50)
@given(draft=drafts(), perimeter=st.sampled_from(w.Perimeter), budget=st.sampled_from((None, *w.Budget)))
def test_an_actor_who_does_nothing_changes_nothing(draft: Draft, perimeter: w.Perimeter, budget: w.Budget) -> None:
    idle = {"actor": "Association", "perimeter": perimeter, "balanced_budget": budget}
    before, after = answer(draft), answer(draft.having(actors=[*draft["actors"], idle]))
    assert after.status is before.status
    assert same(values(after), values(before))
    # A budget adds a row, with which another of several plans that are equal to the last rank may come out.
    if before.plan is not None and after.plan is not None and budget in (None, w.Budget.NO):
        assert same(flows(after.plan), flows(before.plan))
