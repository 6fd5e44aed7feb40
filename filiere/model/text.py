"""The programme as text that can be read, compared and kept: one line a term, names instead of numbers.

Pyomo's own LP writer mangles accents and fails when two names then coincide.
"""

from __future__ import annotations

from typing import Any

from filiere.model.build import Model
from filiere.model.index import Index

_POSITIONS = {
    "flow": "links", "open_link": "links", "more_flow": "links", "less_flow": "links", "link_maximum": "links",
    "grown_flow": "links", "growth_of_link": "links",
    "link_minimum": "links", "lots": "links", "whole_lots": "links", "round_shared": "links", "relation_kept": "links",
    "deviation_of_flow": "links",
    "level": "processes", "open_process": "processes", "expansion": "processes", "runs": "processes",
    "more_level": "processes", "less_level": "processes", "capacity_limit": "processes",
    "grown_level": "processes", "growth_of_activity": "processes",
    "yearly_capacity_limit": "processes", "closed_season": "processes", "activity_minimum": "processes",
    "expansion_limit": "processes", "whole_level": "processes",
    "whole_level_in_period": "processes", "runs_in_period": "processes", "running": "processes",
    "load_reached": "processes", "chosen": "processes", "choice_made": "processes",
    "choice_least": "processes", "choice_most": "processes", "runs_or_not": "processes",
    "project_required": "processes", "deviation_of_level": "processes",
    "reused": "processes", "reused_intake": "processes",
    "offered": "offers", "offer_limit": "offers", "offer_limit_in_year": "offers",
    "served": "needs", "unmet": "needs", "unmet_year": "needs", "need_served": "needs",
    "need_served_in_year": "needs",
    "grant": "funding", "grant_maximum": "funding", "grant_minimum": "funding", "grant_per_unit": "funding",
    "sold_beyond": "links", "sold_beyond_today": "links", "served_beyond": "needs", "served_beyond_today": "needs",
    "more_grant": "funding", "less_grant": "funding", "deviation_of_grant": "funding",
}  # fmt: skip
"""Components whose first index is a position in the chain's rows."""


def name(x: Index, component: str, index: Any) -> str:
    """Return a readable name: ``flow[Farm > Mill: wheat, winter]``."""
    parts = index if isinstance(index, tuple) else () if index is None else (index,)
    words = []
    for i, part in enumerate(parts):
        if i == 0 and component in _POSITIONS:
            words.append(_row(x, _POSITIONS[component], part))
        else:
            words.append(x.period_names[part] if isinstance(part, int) else str(part))
    return f"{component}[{', '.join(words)}]" if words else component


def _row(x: Index, table: str, position: int) -> str:
    if table == "links":
        link = x.links[position]
        step = f" #{link.step + 1}" if link.step else ""
        return f"{link.from_} > {link.to}: {link.product}{step}"
    if table == "processes":
        process = x.processes[position]
        return f"{process.name} @ {process.actor}"
    if table == "offers":
        return f"{x.offers[position].actor}: {x.offers[position].product}"
    if table == "needs":
        need = x.needs[position]
        return f"{need.actor}: {need.product} ({need.obligation.key})"
    return f"{x.funding[position].funder} > {x.funding[position].actor}"


def equation_text(model: Model, equation: str) -> str:
    """Return every row of one equation, in canonical order; empty where the chain has none."""
    component = model.pyomo.component(equation)
    if component is None:
        return ""
    rows = [_constraint(model.index, equation, index, component[index]) for index in component]
    return "\n".join(rows) + "\n"


def objective_text(model: Model, objective: str) -> str:
    """Return one objective's terms, in canonical order."""
    component = model.pyomo.component(f"objective {objective}")
    return "\n".join([f"{objective}:", *_terms(model.index, component.expr)]) + "\n"


def _constraint(x: Index, equation: str, index: Any, row: Any) -> str:
    lines = [f"{name(x, equation, index)}:", *_terms(x, row.body)]
    if row.equality:
        lines.append(f"    = {row.ub:g}")
    else:
        lines += [f"    <= {row.ub:g}"] if row.ub is not None else []
        lines += [f"    >= {row.lb:g}"] if row.lb is not None else []
    return "\n".join(lines)


def _terms(x: Index, body: Any) -> list[str]:
    from pyomo.repn import generate_standard_repn

    linear = generate_standard_repn(body, compute_values=True)
    pairs = zip(linear.linear_coefs, linear.linear_vars, strict=True)
    terms = sorted((name(x, v.parent_component().local_name, v.index()), c) for c, v in pairs)
    lines = [f"    {c:+g} {text}" for text, c in terms if text != "nothing"]
    return [*lines, f"    {linear.constant:+g}"] if linear.constant else lines or ["    0"]
