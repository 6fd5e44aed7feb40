"""One typed figure changed in a chain: the step that a lever takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from filiere.chain.chain import Chain
from filiere.model.facts import EQUATION_FACTS
from filiere.solver.programme.figures import Figure

Key = TypeVar("Key")


def step(chain: Chain, figure: Figure, value: float) -> Chain | None:
    """Return the chain with one figure changed to ``value``, None where it is no figure of its own.

    What must remain of today's relations rests on a setting and is left as it is.
    """
    facts = EQUATION_FACTS[figure.equation]
    if facts.table is None or facts.field is None or facts.setting or figure.source is None:
        return None
    if value < 0.0 < figure.value:
        return None
    elements: Any = getattr(chain, facts.table)
    change = {facts.field: value}
    if isinstance(elements, Mapping):
        changed: Any = {k: replace(v, **change) if v.row is figure.source else v for k, v in elements.items()}
    else:
        changed = tuple(replace(v, **change) if v.row is figure.source else v for v in elements)
    return replace(chain, **{facts.table: changed})
