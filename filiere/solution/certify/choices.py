"""Do the inputs that stand in for each other make up what is run, each within its parts?"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from filiere.problems import Cell
from filiere.solution.accounts import Accounts
from filiere.solution.certify.check import Check, Rows, worst


def choices(accounts: Accounts, observed: bool) -> Check:
    """What is taken of the inputs of a choice, each by its quantity alone, adds up to the level in each period, each
    input within its least and largest part. Of what was observed no part is asked.
    """
    chain, plan = accounts.chain, accounts.plan
    taken: dict[tuple[str, ...], float] = defaultdict(float)
    for *names, amount in plan.chosen.itertuples(index=False):
        taken[tuple(map(str, names))] += float(amount)
    levels: dict[tuple[str, ...], float] = defaultdict(float)
    for process, actor, period, level in plan.levels.itertuples(index=False):
        levels[str(process), str(actor), str(period)] += float(level)
    rows: list[tuple[float, float, tuple[str, Cell | None]]] = []
    labelled = [(k, label, some) for k, p in chain.processes.items() for label, some in p.choices.items()]
    for key, choice, options in labelled:
        for when in chain.periods:
            level = levels[(*key, when.name)]
            parts = [taken.pop((*key, choice, o.product, when.name), 0.0) / o.quantity for o in options]
            off = [abs(sum(parts) - level)]
            if not observed:
                off += [max(0.0, o.least * level - part) for o, part in zip(options, parts, strict=True)]
                off += [max(0.0, part - o.most * level) for o, part in zip(options, parts, strict=True)]
            rows.append((max(off), level, (f"{', '.join(key)}, {choice}, {when.name}", options[0].row.at("choice"))))
    rows += [(amount, 0.0, (", ".join(one), None)) for one, amount in taken.items()]
    violations, scales = (np.array([row[i] for row in rows], dtype=float) for i in (0, 1))
    return worst("choices", Rows(violations, scales, lambda position: rows[position][2]))
