"""A chain twice as large, or in another currency, is the same chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from filiere.schema import words as w
from tests.laws.changes import MONEY_OBJECTIVES, dearer, larger, priced
from tests.laws.draft import Draft, Row
from tests.laws.law import answer, law, same, values
from tests.random_chains import drafts

THOUSAND = 1000.0


@law(60)
@given(draft=drafts(), factor=st.sampled_from((2.0, 10.0, 0.5)))
def test_a_chain_that_is_larger_all_over_gives_larger_values_and_the_same_rates(draft: Draft, factor: float) -> None:
    assume(not any(row["whole"] for row in draft["processes"]))  # whole numbers do not scale
    small, large = answer(draft), answer(larger(draft, factor))
    assert large.status is small.status
    factors = {rank.objective: factor for rank in small.objectives if rank.objective != w.Objective.CIRCULARITY.key}
    assert same(values(large), values(small, factors))


def _mixed(rows: Sequence[Row]) -> bool:
    """Whether a rank adds money to something else."""
    ranks = defaultdict(set)
    for row in rows:
        ranks[row["rank"]].add(row["objective"] in MONEY_OBJECTIVES)
    return any(len(kinds) > 1 for kinds in ranks.values())


@law(60)
@given(draft=drafts())
def test_another_currency_gives_the_same_chain(draft: Draft) -> None:
    by_mass = {"setting": "dependency_basis", "value": w.DependencyBasis.MASS}
    assume(by_mass not in draft["settings"])  # a sum of kilogrammes and money
    # Without any price a unit counts 1, which no currency changes.
    draft = draft.having(products=priced(draft))
    assume(not _mixed(draft["objectives"]))
    euros, pence = answer(draft), answer(dearer(draft, THOUSAND))
    assert pence.status is euros.status
    money = {objective.key: THOUSAND for objective in MONEY_OBJECTIVES}
    assert same(values(pence), values(euros, money))
