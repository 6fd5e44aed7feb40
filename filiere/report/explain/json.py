"""The machine-readable answer of ``explain``."""

from __future__ import annotations

from typing import Any

from filiere.analysis.explain.levers import Explanation
from filiere.language import Language
from filiere.report.explain.words import lever_line, lever_unit, why_not_line
from filiere.report.result.json import cell_json, no_plan_json, plain


def explanation_json(explained: Explanation, language: Language) -> dict[str, Any]:
    """Return the answer as ``json.dumps`` takes it; an end that was not found is null."""
    chain = explained.chain
    freedom = explained.freedom
    return {
        "status": explained.solution.status.value,
        "scenario": chain.scenario,
        "levers": [
            {
                "cell": cell_json(lever.cell), "what": " / ".join((lever.row, *lever.subject)),
                "value": plain(lever.value), "unit": lever_unit(chain, lever, language), "direction": lever.direction,
                "rank": lever.rank, "objective": lever.objective, "per_unit": plain(lever.per_unit),
                "until": plain(lever.until),
                "later": {key: plain(value) for key, value in lever.later.items()}, "step": plain(lever.step),
                "verified": {key: plain(value) for key, value in lever.verified.items()} or None,
                "sentence": lever_line(chain, lever, language),
            }
            for lever in explained.levers
        ],
        "why_not": [
            {
                "cell": cell_json(why.cell), "what": " / ".join((why.kind, *why.subject)),
                "objective": why.objective or None, "cost": plain(why.cost),
                "column": why.column or None, "now": plain(why.now) if why.column else None,
                "needed": plain(why.needed), "project": " / ".join(why.project) or None,
                "sentence": why_not_line(chain, why, language),
            }
            for why in explained.why_not
        ],
        "ranges": [
            {
                "cell": cell_json(one.cell), "from": one.from_, "to": one.to, "product": one.product,
                "quantity": plain(one.quantity), "least": plain(one.least), "most": plain(one.most),
            }
            for one in (freedom.ranges if freedom else ())
        ],
        "verdict": freedom.verdict if freedom else None,
        "relations": freedom.relations if freedom else len(chain.links),
        "alternatives": [
            {
                "distance": plain(variant.distance),
                "objectives": {key: plain(value) for key, value in variant.objectives.items()},
                "differences": [
                    {"cell": cell_json(one.cell), "what": " / ".join((one.kind, *one.subject)),
                     "before": plain(one.before), "after": plain(one.after)}
                    for one in variant.differences
                ],
            }
            for variant in explained.alternatives
        ],
        **no_plan_json(chain, explained.solution, language),
    }  # fmt: skip
