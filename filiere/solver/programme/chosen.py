"""What a plan chooses among whole numbers, as columns of a programme: where the search for another plan starts."""

from __future__ import annotations

import numpy as np

from filiere.solution.solution import Plan
from filiere.solver.programme.compile import Name, Programme, Vector


def whole_columns(programme: Programme, plan: Plan) -> Vector:
    """Return columns of which the whole ones are as the plan has them and the others 0: a search starts there."""
    x = programme.index
    opened, used = set(plan.opened_processes), set(plan.opened_links)
    levels = plan.levels.groupby(["process", "actor"])["level"].sum().to_dict()
    seasons = plan.levels.groupby(["process", "actor", "period"])["level"].sum().to_dict()
    shipped = plan.flows.groupby("link")["quantity"].sum().to_dict()

    def value(name: Name) -> float:
        family, key = name
        if family == "open_process":
            return float(x.processes[key].key in opened)
        if family == "open_link":
            return float(x.link_positions[key] in used)
        if family == "lots":
            return float(np.round(shipped.get(x.link_positions[key], 0.0) / (x.links[key].multiple or 1.0)))
        if family == "runs":
            return float(np.round(levels.get(x.processes[key].key, 0.0)))
        level = seasons.get((*x.processes[key[0]].key, x.period_names[key[1]]), 0.0)
        return float(level > 0.0) if family == "running" else float(np.round(level))

    found = np.zeros(len(programme.columns))
    for column in np.flatnonzero(programme.whole):
        found[column] = value(programme.columns[column])
    return found
