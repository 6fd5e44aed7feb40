"""One typed figure changed in a chain: the step that a lever takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from filiere.chain.chain import Chain, Process
from filiere.model.facts import EQUATION_FACTS
from filiere.solver.programme.figures import Figure


def step(chain: Chain, figure: Figure, value: float) -> Chain | None:
    """Return the chain with one figure changed to ``value``, None where it is no figure of its own.

    What must remain of today's relations rests on a setting and is left as it is.
    """
    facts = EQUATION_FACTS[figure.equation]
    if facts.table is None or facts.field is None or facts.setting or figure.source is None:
        return None
    if value < 0.0 < figure.value:
        return None
    change = {facts.field: value}
    if facts.table == "recipes":
        return replace(chain, processes={k: _with_part(p, figure, change) for k, p in chain.processes.items()})
    elements: Any = getattr(chain, facts.table)
    rounds = {e.round for e in chain.links if e.row is figure.source} if facts.field == "round_maximum" else set()
    if rounds:
        return replace(
            chain, links=tuple(replace(e, round_maximum=value) if e.round in rounds else e for e in chain.links)
        )
    if isinstance(elements, Mapping):
        changed: Any = {k: replace(v, **change) if v.row is figure.source else v for k, v in elements.items()}
    else:
        changed = tuple(replace(v, **change) if v.row is figure.source else v for v in elements)
    return replace(chain, **{facts.table: changed})


def _with_part(process: Process, figure: Figure, change: Mapping[str, Any]) -> Process:
    """Return an activity with another least or largest part of an input in its choice."""
    if not any(option.row is figure.source for some in process.choices.values() for option in some):
        return process
    choices = {
        label: tuple(replace(option, **change) if option.row is figure.source else option for option in some)
        for label, some in process.choices.items()
    }
    return replace(process, choices=choices)
