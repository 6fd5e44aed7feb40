"""A chain that already is what is best stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import assume, given

from filiere.analysis.today.today import today
from filiere.chain.chain import Chain
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Plan, Status
from filiere.solver.solve import solve
from tests.laws.draft import Draft
from tests.laws.law import chain_of, law, same
from tests.random_chains import drafts


def carried(plan: Plan) -> Mapping[int, float]:
    return plan.flows.groupby("link")["quantity"].sum().to_dict()


def run(plan: Plan) -> Mapping[tuple[str, str], float]:
    return plan.levels.groupby(["process", "actor"])["level"].sum().to_dict()


def observed(chain: Chain, plan: Plan) -> Chain:
    """Return the chain in which the plan is what is seen this year."""
    quantities, levels = carried(plan), run(plan)
    return replace(
        chain,
        links=tuple(replace(link, today=quantities.get(e, 0.0)) for e, link in enumerate(chain.links)),
        processes={key: replace(process, today=levels.get(key, 0.0)) for key, process in chain.processes.items()},
    )


@law(60)
@given(draft=drafts())
def test_what_is_seen_of_the_best_plan_is_the_best_plan(draft: Draft) -> None:
    chain = chain_of(draft)
    best = solve(chain)
    assume(best.status is Status.OPTIMAL and best.plan is not None)
    assert best.plan is not None
    assume(not len(best.plan.expanded))  # what was expanded was not there
    # Nature alone binds today: what is left over of a lot is not bought, no stock comes from before the year.
    assume(not len(best.plan.left_over))
    assume(all(store.initial is None and store.final is None for store in chain.storages.values()))
    seen = observed(chain, best.plan)
    answer = today(seen)
    assert answer.status is Status.OPTIMAL
    assert answer.plan is not None
    assert same(carried(answer.plan), carried(best.plan))
    assert same(run(answer.plan), run(best.plan))
    certificate = certify(seen, answer, observed=True)
    assert certificate.passed, certificate.worst
