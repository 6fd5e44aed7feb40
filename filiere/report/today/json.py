"""What making today's figures consistent showed, as ``today --json`` gives it."""

from __future__ import annotations

import math
from typing import Any

from filiere.analysis.today.reconciliation import Figure, Method, Reconciliation, Unmeasured
from filiere.chain.chain import Chain

_CLASSES = {True: "determinable", False: "free"}


def reconciliation_json(chain: Chain, found: Reconciliation) -> dict[str, Any]:
    """Return the keys ``method``, ``observed``, ``unmeasured``, ``declarations`` and ``global_test``.

    A bound that is null is none (``bounded`` true) or was not worked out (``bounded`` false).
    """
    test = found.test
    return {
        "method": found.method,
        "observed": [_observed(chain, figure) for figure in found.figures],
        "unmeasured": [_unmeasured(chain, one, found.method) for one in found.unmeasured],
        "declarations": _declarations(chain, found),
        "imbalances": [
            {"actor": one.actor, "product": one.product, "in": None if one.blank_in else one.into,
             "out": None if one.blank_out else one.out, "gap": one.gap}
            for one in found.imbalances
        ],
        "critical_test": found.critical,
        "global_test": None if test is None else {
            "chi_square": test.chi_square, "degrees_of_freedom": test.degrees_of_freedom, "critical": test.critical,
            "p_value": test.p_value, "passed": test.passed,
        },
    }  # fmt: skip


def _observed(chain: Chain, figure: Figure) -> dict[str, Any]:
    what = _flow(chain, figure.link) if figure.link is not None else _level(figure.process or ("", ""))
    return {
        "cell": str(figure.cell) if figure.cell else None, **what, "declared_by": figure.side or None,
        "observed": figure.observed, "uncertainty": figure.uncertainty, "reconciled": figure.reconciled,
        "correction": figure.correction, "test": figure.test, "suspicious": figure.suspicious,
        "alike": [str(cell) for cell in figure.alike],
    }  # fmt: skip


def _unmeasured(chain: Chain, one: Unmeasured, method: Method) -> dict[str, Any]:
    kind = _CLASSES[one.determinable] if method == "least-squares" else "supposed"
    upper = None if one.upper is None or math.isinf(one.upper) else one.upper
    return {
        **_what(chain, one), "class": kind, "value": one.value, "lower": one.lower,
        "upper": upper, "bounded": one.lower is not None,
    }  # fmt: skip


def _what(chain: Chain, one: Unmeasured) -> dict[str, Any]:
    if one.kind == "level":
        return _level(one.place or ("", ""))
    if one.kind == "discarded":
        actor, product = one.place or ("", "")
        return {"kind": one.kind, "actor": actor, "product": product}
    at = one.position or 0
    if one.kind == "flow":
        return _flow(chain, at)
    row = chain.offers[at] if one.kind == "offered" else chain.needs[at]
    return {"kind": one.kind, "actor": row.actor, "product": row.product}


def _flow(chain: Chain, position: int) -> dict[str, Any]:
    link = chain.links[position]
    return {"kind": "flow", "from": link.from_, "to": link.to, "product": link.product, "period": link.period}


def _level(key: tuple[str, str]) -> dict[str, Any]:
    return {"kind": "level", "process": key[0], "actor": key[1]}


def _declarations(chain: Chain, found: Reconciliation) -> list[dict[str, Any]]:
    """Return one object a relation that both sides declare."""
    sides: dict[int, dict[str, Figure]] = {}
    for figure in found.figures:
        if figure.link is not None and figure.side:
            sides.setdefault(figure.link, {})[figure.side] = figure
    return [
        {**_flow(chain, link), "seller": both["seller"].observed, "buyer": both["buyer"].observed,
         "gap": both["buyer"].observed - both["seller"].observed, "kept": both["seller"].reconciled}
        for link, both in sides.items() if len(both) == 2
    ]  # fmt: skip
