"""The machine-readable front: its two objectives, its points, what each opens, and which one is the knee."""

from __future__ import annotations

from typing import Any

from filiere.analysis.pareto.front import Front, Point
from filiere.chain.chain import Objective
from filiere.language import Language
from filiere.report.result.json import UNVERIFIED, no_plan_json, opened_json, plain
from filiere.schema import words as w
from filiere.solution.solution import Solution, Status


def front_json(front: Front, language: Language = "en") -> dict[str, Any]:
    """Return the front as ``json.dumps`` takes it; keys are English in every language.

    ``points`` come in the order of x; circularity is its ratio, every other objective in its own unit. Without a
    plan ``points`` is empty and ``conflict`` says why. With a point whose certificate failed, ``status`` is
    ``unverified``.
    """
    solution = front.without_plan
    status = Status.OPTIMAL.value if all(point.certificate.passed for point in front.points) else UNVERIFIED
    return {
        "status": solution.status.value if solution else status,
        "scenario": front.chain.scenario,
        "x": _axis(front.x),
        "y": _axis(front.y),
        "held": [{"objective": value.objective, "value": plain(value.value)} for value in front.held],
        "points": [_point(front, point) for point in front.points],
        "knee": front.knee,
        "complete": front.complete and solution is None,
        **no_plan_json(front.chain, solution or Solution(Status.OPTIMAL), language),
        "seconds": {name: plain(value) for name, value in front.seconds.items()},
    }


def _axis(objective: Objective) -> dict[str, str]:
    best = "max" if objective.direction is w.Direction.MAX else "min"
    return {"objective": objective.key, "best": best}


def _point(front: Front, point: Point) -> dict[str, Any]:
    opened, expanded = opened_json(front.chain, point.plan)
    return {
        "point": point.number,
        "x": plain(point.x),
        "y": plain(point.y),
        "knee": point.number == front.knee,
        "objectives": {key: plain(value) for key, value in point.values.items()},
        "indicators": {key: plain(value) for key, value in point.indicators.items()},
        "opened": opened,
        "expanded": expanded,
        "certificate": {
            "max_residual": plain(point.certificate.max_residual),
            "passed": point.certificate.passed,
        },
    }
