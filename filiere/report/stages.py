"""In which order the stages of a chain come: from what is taken from the land to what is finally used, returns last."""

from __future__ import annotations

from collections.abc import Mapping

from filiere.chain.chain import Chain


def stage_order(chain: Chain) -> list[str]:
    """Return the stages that products name, upstream first.

    A stage stands before another where recipes turn its products into those of the other more often than the
    reverse, by-products apart; the farther it is from the end of the chain, the earlier it comes. Stages of by-products
    alone come last. Where the recipes do not tell, the order of the Products sheet does.
    """
    named = list(dict.fromkeys(p.stage for p in chain.products.values() if p.stage))
    main = {p.stage for p in chain.products.values() if p.stage and not p.secondary}
    next_to = _next(chain)
    farness = {stage: _farness(stage, next_to, frozenset()) for stage in named}
    return sorted(named, key=lambda stage: (stage not in main, -farness[stage]))


def _next(chain: Chain) -> Mapping[str, list[str]]:
    """Return the stages that each one's products are turned into, both ways of a pair compared."""
    goods, count = chain.products, dict[tuple[str, str], int]()
    for process in chain.processes.values():
        before = {goods[name].stage for name in process.inputs if not goods[name].secondary}
        after = {goods[name].stage for name in process.outputs if not goods[name].secondary}
        for pair in ((a, b) for a in before for b in after if a and b and a != b):
            count[pair] = count.get(pair, 0) + 1
    found: dict[str, list[str]] = {}
    for (a, b), times in count.items():
        if times > count.get((b, a), 0):
            found.setdefault(a, []).append(b)
    return found


def _farness(stage: str, next_to: Mapping[str, list[str]], passed: frozenset[str]) -> int:
    """Return over how many stages the longest way to the end goes; a loop is not gone round."""
    on = passed | {stage}
    return max((1 + _farness(other, next_to, on) for other in next_to.get(stage, []) if other not in on), default=0)
