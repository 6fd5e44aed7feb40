"""No optimum is lost: on random chains, the second route reaches the same value at every rank.

The first route keeps bounds, bases and a tree of cases from rank to rank; the second keeps nothing but rows.
``LAW_EXAMPLES=500`` in the environment tries that many new chains instead.
"""

from __future__ import annotations

import pytest
from hypothesis import assume, event, given

from filiere.chain.chain import Chain
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Status
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer
from filiere.solver.solve import solve
from tests.laws.draft import Draft
from tests.laws.law import chain_of, law, values
from tests.random_chains import drafts
from tests.solver.second import needs_glpk, second_values

_ENDS = {Status.INFEASIBLE: Answer.INFEASIBLE, Status.UNBOUNDED: Answer.UNBOUNDED}


def agree(chain: Chain, solver: str | None) -> None:
    found = solve(chain)
    event(found.status.value)
    try:
        second = second_values(chain, solver)
    except RankError as error:
        assert _ENDS.get(found.status) is error.answer, (found.status, str(error))
        return
    assert found.status is Status.OPTIMAL
    usual = values(found)
    assert second.keys() == usual.keys()
    for rank, value in usual.items():
        event(f"rank {rank}")
        assert second[rank] == pytest.approx(value, rel=1e-6, abs=1e-5), f"rank {rank} of {[*usual]}"


@law(45)
@given(draft=drafts())
def test_from_nothing_by_branch_and_cut(draft: Draft) -> None:
    agree(chain_of(draft), None)


@law(8)
@given(draft=drafts(keeping=True))
def test_with_goods_that_spoil_outputs_that_come_later_and_common_rounds(draft: Draft) -> None:
    chain = chain_of(draft)
    agree(chain, None)
    found = solve(chain)
    assert found.plan is None or certify(chain, found).passed


@needs_glpk
@law(12)
@given(draft=drafts())
def test_by_another_solver_through_pyomo(draft: Draft) -> None:
    assume(len(draft["links"]) < 40)
    agree(chain_of(draft), "glpk")
