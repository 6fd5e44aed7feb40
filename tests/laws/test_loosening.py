"""What loosens a workbook cannot hurt, what only says more finely when things happen changes nothing."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from filiere.solution.solution import Status
from tests.laws.changes import looser, priced, split
from tests.laws.draft import Draft
from tests.laws.law import answer, law, same, values
from tests.random_chains import drafts


@law(60)
@given(draft=drafts())
def test_wider_limits_never_hurt_the_first_rank(draft: Draft) -> None:
    tight = answer(draft)
    assume(tight.status is Status.OPTIMAL)
    loose = answer(looser(draft))
    assert loose.status in (Status.OPTIMAL, Status.UNBOUNDED)
    if loose.status is Status.OPTIMAL:
        first = min(values(tight))
        before, after = values(tight)[first], values(loose)[first]
        assert after <= before + 1e-6 * max(1.0, abs(before))


@law(60)
@given(draft=drafts(), data=st.data())
def test_a_period_cut_in_two_halves_changes_no_value(draft: Draft, data: st.DataObject) -> None:
    # A store that loses or costs something per period would lose or cost it twice, and a contract of that period
    # that is taken or left would become two of them. More than a store holds cannot stay in it half a period.
    free = [
        {**row, "loss": None, "cost": None, "capacity": max(row["capacity"], row["initial"] or 0.0)}
        for row in draft["storage"]
    ]
    # A product without a price counts by the mean price of its links, of which there would be one more.
    draft = draft.having(storage=free, products=priced(draft))
    assume(not any(row["period"] and row["status"] for row in draft["links"]))
    periods = [row["period"] for row in draft["periods"]] or ["year"]
    halved = split(draft, data.draw(st.sampled_from(periods)))
    whole, cut = answer(draft), answer(halved)
    assert cut.status is whole.status
    assert same(values(cut), values(whole))
