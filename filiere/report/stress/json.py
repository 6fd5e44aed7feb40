"""The machine-readable answer of ``stress``: English keys, plain numbers, null where undefined."""

from __future__ import annotations

from typing import Any

from filiere.analysis.stress.effect import Effect
from filiere.analysis.stress.hedge import Hedge
from filiere.analysis.stress.stress import Stress
from filiere.language import Language
from filiere.report.result.json import no_plan_json, plain
from filiere.solution.solution import Solution, Status


def stress_json(stress: Stress, language: Language = "en") -> dict[str, Any]:
    """Return the answer as ``json.dumps`` takes it; the worst loss first. Without a plan it says why instead."""
    draws, reference = stress.draws, stress.reference
    if stress.without_plan is not None or reference is None:
        solution = stress.without_plan or Solution(Status.INFEASIBLE)
        said = {"status": solution.status.value, "scenario": stress.chain.scenario}
        return {**said, "losses": [], "hedge": None, "bands": {}, **no_plan_json(stress.chain, solution, language)}
    return {
        "status": "optimal",
        "scenario": stress.chain.scenario,
        "reference": _figures(reference),
        "losses": [_effect(effect, reference) for effect in stress.losses],
        "pairs": [_effect(effect, reference) for effect in stress.pairs],
        "hedge": _hedge(stress.hedges[0], stress) if stress.hedges else None,
        "hedges": [_hedge(hedge, stress) for hedge in stress.hedges],
        "bands": {
            key: {"typed": plain(b.typed), "p5": b.low, "p50": b.middle, "p95": b.high, "draws": b.count}
            for key, b in (draws.bands.items() if draws else ())
        },
        "relations": [
            {"from": seller, "to": buyer, "product": product, "share": share}
            for (seller, buyer, product), share in (draws.relations.items() if draws else ())
        ],
        "draws": {"asked": draws.asked, "seed": draws.seed, "solved": draws.solved, "failed": draws.failed,
                  "uncertain_rows": draws.rows} if draws else None,
        "settled": {"spared": stress.spared, "planned": len(stress.losses) - stress.spared, "limit": stress.limit},
        "passed_over": stress.passed_over,
        "interrupted": stress.interrupted,
        "seconds": {key: float(value) for key, value in stress.seconds.items()},
    }  # fmt: skip


def _figures(effect: Effect) -> dict[str, Any]:
    return {
        "unmet": plain(effect.unmet),
        "dependency": plain(effect.dependency),
        "cost": plain(effect.cost),
        "served_share": plain(effect.served_share),
        "missing": {product: plain(amount) for product, amount in effect.missing.items()},
    }


def _effect(effect: Effect, reference: Effect) -> dict[str, Any]:
    def change(key: str) -> float | None:
        after, before = getattr(effect, key), getattr(reference, key)
        return None if after is None or before is None else float(after - before)

    return {
        "what": effect.what,
        "kind": " + ".join(item.kind for item in effect.items),
        "names": [list(item.names) for item in effect.items],
        "cell": str(effect.items[0].cell) if len(effect.items) == 1 and effect.items[0].cell else None,
        "state": effect.state,
        **_figures(effect),
        "dependency_change": change("dependency"),
        "cost_change": change("cost"),
        "groups": [
            {"group": group, "served_before": effect.groups[group][0], "served_after": effect.groups[group][1]}
            for group in effect.groups_hit
        ],
        "helpers": [{"from": h.seller, "to": h.buyer, "product": h.product, "more": h.more} for h in effect.helpers],
        "given_up": [
            {"row": rule.row, "subject": list(rule.subject), "cell": str(rule.cell) if rule.cell else None}
            for rule in effect.given_up
        ],
    }


def _hedge(hedge: Hedge, stress: Stress) -> dict[str, Any]:
    return {
        "kind": hedge.kind,
        "names": list(hedge.names),
        "buyers": list(hedge.buyers),
        "cell": str(hedge.cell) if hedge.cell else None,
        "against": stress.worst.what if stress.worst else None,
        "amount": hedge.amounts[0] if len(hedge.amounts) == 1 else None,
        "amounts": list(hedge.amounts),
        "standing": hedge.standing,
        "unmet": hedge.unmet,
        "dependency": hedge.dependency,
        "cost": hedge.cost,
        "total": hedge.total,
        "verified": True,
    }
