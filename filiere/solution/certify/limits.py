"""Do the side conditions hold? Every row of the Limits sheet that must, as an amount or as a share."""

from __future__ import annotations

import numpy as np

from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.certify.check import Check, at_least, at_most, at_rows, equal, worst
from filiere.solution.scope import limit_terms


def limits(accounts: Accounts) -> Check:
    """Every limit: the sum of its measure over its scope, less a share of the whole where it is a share. What a wished
    one misses is part of the objective ``rules``.
    """
    parts = []
    for limit in accounts.chain.limits:
        if limit.wished:
            continue
        terms, bound = limit_terms(accounts, limit)
        compare = {w.Comparison.AT_MOST: at_most, w.Comparison.AT_LEAST: at_least}.get(limit.sense, equal)
        scale = np.abs(terms).max(initial=0.0)
        parts.append(compare(np.array([terms.sum()]), np.array([bound]), at_rows([limit], "value"), scale))
    return worst("limits", *parts)
