"""How far what is done today should grow at most."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filiere.model.index import Index

TRACE_OF_TODAY = 1e-6
"""What is typed for this year and is less than this share of what moves of its product is a trace."""


def grown_links(x: Index) -> dict[int, float]:
    """Return what links with a today may carry; empty where growth is not limited."""
    if x.chain.settings.growth_max is None:
        return {}
    moved = _moved(x)
    return {
        e: _grown(x, link_today(x, e), link.minimum)
        for e, link in enumerate(x.links)
        if link.today and link.today > TRACE_OF_TODAY * moved[link.product]
    }


def grown_levels(x: Index) -> dict[int, float]:
    """Return what activities with a today may reach; those that move no more than a trace of their products apart."""
    if x.chain.settings.growth_max is None:
        return {}
    moved, found = _moved(x), {}
    for k, process in enumerate(x.processes):
        if not process.today:
            continue
        made = [(p, amount * process.today) for p, amount in (*process.outputs.items(), *process.inputs.items())]
        if not made or any(amount > TRACE_OF_TODAY * moved[p] for p, amount in made):
            found[k] = _grown(x, activity_today(x, k), process.minimum)
    return found


def link_today(x: Index, e: int) -> float:
    """Return what a link carries today: the larger of what is typed and what is consistent."""
    return max(x.links[e].today or 0.0, x.flow_today(e))


def activity_today(x: Index, k: int) -> float:
    """Return what an activity runs at today: the larger of what is typed and what is consistent."""
    return max(x.processes[k].today or 0.0, x.level_today(k))


def _grown(x: Index, today: float, minimum: float) -> float:
    """Today's figure, grown as far as it should; what must be is never too much."""
    return max((1.0 + (x.chain.settings.growth_max or 0.0)) * today, minimum)


def _moved(x: Index) -> dict[str, float]:
    """Product → what moves of it over the links today."""
    moved: dict[str, float] = defaultdict(float)
    for link in x.links:
        moved[link.product] += link.today or 0.0
    return moved
