"""The machine-readable answer of ``explain``."""

from __future__ import annotations

from typing import Any

from filiere.analysis.levers import Explanation
from filiere.language import Language
from filiere.problems import Cell
from filiere.report.explanation import lever_line, lever_unit, why_not_line
from filiere.report.explanation_causes import cause_line
from filiere.report.json import plain
from filiere.solution.solution import Mention, Solution


def explanation_json(explained: Explanation, language: Language) -> dict[str, Any]:
    """Return the answer as ``json.dumps`` takes it; an end that was not found is null."""
    chain = explained.chain
    freedom = explained.freedom
    return {
        "status": explained.solution.status.value,
        "scenario": chain.scenario,
        "levers": [
            {
                "cell": _cell(lever.cell), "what": " / ".join((lever.row, *lever.subject)), "value": plain(lever.value),
                "unit": lever_unit(chain, lever), "direction": lever.direction, "rank": lever.rank,
                "objective": lever.objective, "per_unit": plain(lever.per_unit), "until": plain(lever.until),
                "later": {key: plain(value) for key, value in lever.later.items()}, "step": plain(lever.step),
                "verified": {key: plain(value) for key, value in lever.verified.items()} or None,
                "sentence": lever_line(chain, lever, language),
            }
            for lever in explained.levers
        ],
        "why_not": [
            {
                "cell": _cell(why.cell), "what": " / ".join((why.kind, *why.subject)),
                "objective": why.objective or None, "cost": plain(why.cost),
                "column": why.column or None, "now": plain(why.now) if why.column else None,
                "needed": plain(why.needed), "sentence": why_not_line(chain, why, language),
            }
            for why in explained.why_not
        ],
        "ranges": [
            {
                "cell": _cell(one.cell), "from": one.from_, "to": one.to, "product": one.product,
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
                    {"cell": _cell(one.cell), "what": " / ".join((one.kind, *one.subject)),
                     "before": plain(one.before), "after": plain(one.after)}
                    for one in variant.differences
                ],
            }
            for variant in explained.alternatives
        ],
        **no_plan_json(explained, language),
    }  # fmt: skip


def no_plan_json(explained: Explanation, language: Language) -> dict[str, Any]:
    """Return what stands in the way of a plan: the clash or the loop, the plain cause, the repair."""
    solution: Solution = explained.solution
    return {
        "conflict": [
            {"cell": _cell(c.cell), "what": " / ".join((c.row, *c.subject)), "change": plain(c.change)}
            for c in solution.conflict
        ],
        "causes": [
            {
                "kind": cause.kind, "asked": _mention(cause.asked), "reached": plain(cause.reached),
                "limits": [_mention(one) for one in cause.limits], "claims": [_mention(one) for one in cause.claims],
                "calendars": [_cell(one.cell) for one in cause.calendars],
                "sentence": cause_line(explained.chain, cause, language),
            }
            for cause in solution.causes
        ],
        "repair": [
            {"cell": _cell(r.cell), "what": " / ".join((r.row, *r.subject)),
             "from": plain(r.before), "to": plain(r.after)}
            for r in solution.repair
        ],
        "repair_proved": solution.repair_proved,
        "gain": {"objective": solution.gain[0], "per_turn": plain(solution.gain[1])} if solution.gain else None,
    }  # fmt: skip


def _mention(one: Mention) -> dict[str, Any]:
    return {"cell": _cell(one.cell), "what": " / ".join((one.row, *one.subject)), "amount": plain(one.amount)}


def _cell(cell: Cell | None) -> str | None:
    return str(cell) if cell else None
