"""In which order the stages of a chain come: from what is taken from the land to what is finally used, returns last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter

from filiere.chain.chain import Chain


def stage_order(chain: Chain) -> list[str]:
    """Return the stages that products name, upstream first.

    A stage stands before another where recipes turn its products into those of the other more often than the
    reverse, by-products apart; the farther it is from the end of the chain, the earlier it comes. Stages that turn into
    each other in a loop stand together; stages of by-products alone come last. Where the recipes do not tell, the order
    of the Products sheet does.
    """
    named = list(dict.fromkeys(p.stage for p in chain.products.values() if p.stage))
    main = {p.stage for p in chain.products.values() if p.stage and not p.secondary}
    farness = _farness(named, _next(chain))
    return sorted(named, key=lambda stage: (stage not in main, -farness[stage]))


def _next(chain: Chain) -> Mapping[str, list[str]]:
    """Return the stages that each one's products are turned into, both ways of a pair compared."""
    goods, count = chain.products, dict[tuple[str, str], int]()
    for process in chain.processes.values():
        before = {goods[name].stage for name in process.takes if not goods[name].secondary}
        after = {goods[name].stage for name in process.outputs if not goods[name].secondary}
        for pair in ((a, b) for a in before for b in after if a and b and a != b):
            count[pair] = count.get(pair, 0) + 1
    found: dict[str, list[str]] = {}
    for (a, b), times in count.items():
        if times > count.get((b, a), 0):
            found.setdefault(a, []).append(b)
    return found


def _farness(stages: Sequence[str], next_to: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return over how many stages the longest way from each to the end goes, the stages of a loop counted as one."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    number = {stage: i for i, stage in enumerate(stages)}
    pairs = [(number[a], number[b]) for a, others in next_to.items() for b in others]
    rows, columns = [a for a, _ in pairs], [b for _, b in pairs]
    ways = csr_array(([1.0] * len(pairs), (rows, columns)), shape=(len(stages), len(stages)))
    _, found = connected_components(ways, directed=True, connection="strong")
    loop = found.tolist()
    behind: dict[int, set[int]] = {one: set() for one in loop}
    for a, b in pairs:
        if loop[a] != loop[b]:
            behind[loop[a]].add(loop[b])
    far: dict[int, int] = {}
    for one in TopologicalSorter(behind).static_order():
        far[one] = max((1 + far[other] for other in behind[one]), default=0)
    return {stage: far[loop[i]] for stage, i in number.items()}
