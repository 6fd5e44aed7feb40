"""The machine-readable answer of ``compare``: each scenario as ``solve`` has it, what sets it apart, and why."""

from __future__ import annotations

from enum import Enum
from typing import Any

from filiere.analysis.scenarios.attribution import Attribution
from filiere.analysis.scenarios.case import Outcome
from filiere.analysis.scenarios.curves import Curve
from filiere.analysis.scenarios.inputs import ROW_TABLES, InputChange
from filiere.language import readable
from filiere.report.comparison import actors, relations
from filiere.report.comparison.figures import PRODUCT_FIGURES
from filiere.report.comparison.sides import Figure, Sides, difference, relative
from filiere.report.comparison.wording import change_words
from filiere.report.result.json import plain, solution_json
from filiere.schema import Row, key_columns
from filiere.schema.words import Word

Json = dict[str, Any]


def comparison_json(sides: Sides) -> Json:
    """Return the answer as ``json.dumps`` takes it.

    ``scenarios`` has one object a case, the reference first; one without a plan has a ``status`` that says why:
    ``error`` (with ``problems``), ``infeasible``, ``unbounded``, ``failed`` (numbers that defeat the solver) or
    ``not_reached`` (the run was stopped). ``differences`` and ``attribution`` have one object a case but the first.
    """
    outcomes = sides.comparison.outcomes
    return {
        "scenarios": [_scenario(sides, outcome) for outcome in outcomes],
        "differences": [_differences(sides, at) for at in sides.others()],
        "attribution": [
            _named(sides, outcomes[at]) | _attribution(sides, found)
            for at, found in enumerate(sides.comparison.attributions)
            if found is not None
        ],
        "curves": [_curve(sides, curve) for curve in sides.comparison.curves],
        "interrupted": sides.comparison.interrupted,
    }


def _curve(sides: Sides, curve: Curve) -> Json:
    """Return a range: its figures, the headline measures at each, and where the plan changes its shape."""
    outcomes = [sides.comparison.outcomes[i] for i in curve.cases]
    keys = dict.fromkeys(key for outcome in outcomes for key in outcome.values or {})
    return {
        "scenario": curve.ranged.name,
        "unit": curve.ranged.unit.strip(),
        "figures": list(curve.figures),
        "scenarios": [outcome.case.scenario for outcome in outcomes],
        "headline": {key: [plain((outcome.values or {}).get(key)) for outcome in outcomes] for key in keys},
        "turns": [
            {
                "before": turn.before, "after": turn.after, "at": turn.at, "opened": list(turn.opened),
                "closed": list(turn.closed), "suppliers_gained": [list(one) for one in turn.gained],
                "suppliers_lost": [list(one) for one in turn.lost],
            }
            for turn in curve.turns
        ],
    }  # fmt: skip


def _named(sides: Sides, outcome: Outcome) -> Json:
    path = sides.comparison.sources[outcome.case.source].path
    return {"scenario": outcome.case.scenario, "workbook": readable(path.name) if path else None}


def _scenario(sides: Sides, outcome: Outcome) -> Json:
    if outcome.chain is not None and outcome.solution is not None:
        return solution_json(sides.result(outcome), sides.language) | _named(sides, outcome)
    status = "error" if outcome.problems else "failed" if outcome.trouble else "not_reached"
    found: Json = {"status": status, **_named(sides, outcome)}
    found |= {
        key: []
        for key in (
            "objectives",
            "flows",
            "levels",
            "opened",
            "unmet",
            "discarded",
            "left_over",
            "means",
            "choices",
            "conflict",
        )
    }
    found |= {"indicators": {}, "products": {}, "expanded": {}, "certificate": None, "seconds": {}}
    if outcome.problems:
        found["problems"] = [
            {
                "severity": problem.severity.value,
                "code": problem.code,
                "cell": str(problem.cell) if problem.cell else None,
                "message": problem.message(sides.language),
                "hint": problem.hint(sides.language),
            }
            for problem in outcome.problems
        ]
    return found


def _differences(sides: Sides, at: int) -> Json:
    outcome, reference = sides.comparison.outcomes[at], sides.comparison.reference
    now, before = (one.measures.chain if one.measures and one.solved else {} for one in (outcome, reference))
    reached, started = (_objectives(one) for one in (outcome, reference))
    return _named(sides, outcome) | {
        "headline": {key: _pair((outcome.values or {}).get(key), (reference.values or {}).get(key))
                     for key in {**(reference.values or {}), **(outcome.values or {})}},
        "indicators": {key: _pair(now.get(key), before.get(key)) for key in {**before, **now}},
        "objectives": {key: _pair(reached.get(key), started.get(key)) for key in {**started, **reached}},
        "inputs": [_input(change) for change in sides.comparison.inputs[at]],
        "relations": _relations(sides, at),
        "products": _products(outcome, reference),
        "actors": _actors(sides, at),
    }  # fmt: skip


def _pair(value: Figure, reference: Figure) -> Json:
    return {
        "reference": plain(reference), "value": plain(value),
        "difference": plain(difference(value, reference)), "relative": plain(relative(value, reference)),
    }  # fmt: skip


def _objectives(outcome: Outcome) -> dict[str, float]:
    return {r.objective: r.final for r in outcome.solution.objectives} if outcome.solved and outcome.solution else {}


def _input(change: InputChange) -> Json:
    declared = ROW_TABLES.get(change.table)
    return {
        "sheet": declared.table.label.en if declared else "Settings",
        "row": change.row,
        "column": (change.declared.label.en if change.declared else change.column) or None,
        "kind": change.kind,
        "reference": _value(change.before),
        "value": _value(change.after),
        "units": list(change.units) if any(change.units) else None,
        "reference_cell": str(change.before_cell) if change.before_cell else None,
        "cell": str(change.cell) if change.cell else None,
    }


def _value(value: Any) -> Any:
    if isinstance(value, Row):
        return " / ".join(str(getattr(value, name)) for name in key_columns(type(value)))
    if isinstance(value, Word):
        return value.key
    if isinstance(value, tuple):
        return list(value)
    return str(value.value) if isinstance(value, Enum) else plain(value)


def _relations(sides: Sides, at: int) -> list[Json]:
    view = sides.views[at]
    if sides.base is None or view is None:
        return []
    now, before = relations.deliveries(view), relations.deliveries(sides.base)
    found = []
    for key in sorted({**before, **now}):
        new, old = now.get(key, relations.Delivery()), before.get(key, relations.Delivery())
        word = relations.evolution(new, old)
        if word != "same":
            ends = dict(zip(("from", "to", "product"), key, strict=True))
            found.append({**ends, "change": word, **_pair(new.quantity, old.quantity)})
    return found


def _products(outcome: Outcome, reference: Outcome) -> Json:
    """Return the products' figures that differ."""
    if not (outcome.solved and reference.solved and outcome.measures and reference.measures):
        return {}
    now, before = (
        {key: one.products[key].to_dict() for key in PRODUCT_FIGURES} for one in (outcome.measures, reference.measures)
    )
    found: Json = {}
    for name in dict.fromkeys((*reference.measures.products.index, *outcome.measures.products.index)):
        pairs = {key: _pair(plain(now[key].get(name)), plain(before[key].get(name))) for key in PRODUCT_FIGURES}
        moved = {key: pair for key, pair in pairs.items() if pair["difference"]}
        if moved:
            found[str(name)] = moved
    return found


def _actors(sides: Sides, at: int) -> Json:
    """Return the receipts, outlays and surplus of the actors that any change reaches."""
    view = sides.views[at]
    if sides.base is None or view is None:
        return {}
    now, before = actors.money(view), actors.money(sides.base)
    found: Json = {}
    for name in {**before["surplus"], **now["surplus"]}:
        pairs = {key: _pair(now[key].get(name, 0.0), before[key].get(name, 0.0)) for key in now}
        if any(pair["difference"] for pair in pairs.values()):
            found[name] = pairs
    return found


def _attribution(sides: Sides, found: Attribution) -> Json:
    return {
        "total": dict(found.total),
        "changes": [
            {
                "cell": str(change.cell) if change.cell else None,
                "what": change_words(sides, change),
                "average": dict(found.average[number]) if found.average is not None else None,
            }
            for number, change in enumerate(found.changes)
        ],
        "steps": [
            {"changes": list(step.changes), "brought": dict(step.brought), "reached": dict(step.reached)}
            for step in found.steps
        ],
        "orders": found.orders,
        "possible_orders": found.possible,
    }
