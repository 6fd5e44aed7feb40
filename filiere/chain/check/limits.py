"""Limits that nothing in the workbook can ever count in."""

from __future__ import annotations

from filiere.chain.assemble.names import Register
from filiere.chain.chain import Chain, Limit, Link, Process, Scope
from filiere.problems import assembling as say
from filiere.schema import words as w

_ON_LINKS = (
    w.LimitMeasure.QUANTITY, w.LimitMeasure.VALUE, w.LimitMeasure.MASS, w.LimitMeasure.TRANSPORT, w.LimitMeasure.CO2,
    w.LimitMeasure.OPENED,
)  # fmt: skip
_ON_PROCESSES = (
    w.LimitMeasure.LEVEL, w.LimitMeasure.JOBS, w.LimitMeasure.CO2, w.LimitMeasure.OPENED, w.LimitMeasure.INVESTMENT,
)  # fmt: skip


def report_empty_limits(chain: Chain, register: Register) -> None:
    """Report the limits whose sum is 0 whatever is decided."""
    for limit in chain.limits:
        if not _counts_something(chain, limit):
            register.report(say.LIMIT_EMPTY.at(limit.row.at(), sense=limit.sense.label, value=limit.value))


def _counts_something(chain: Chain, limit: Limit) -> bool:
    measure, scope = limit.measure, limit.scope
    if measure is w.LimitMeasure.FUNDING:
        return any(_takes(scope.sellers, grant.funder) and _takes(scope.buyers, grant.actor) for grant in chain.funding)
    if measure is w.LimitMeasure.COST or isinstance(measure, str):
        return scope.sellers is None or bool(scope.sellers)
    candidates = measure is w.LimitMeasure.OPENED
    return (
        measure in _ON_LINKS
        and scope.processes is None
        and any(_link_counts(chain, link, scope, candidates) for link in chain.links)
    ) or (
        measure in _ON_PROCESSES
        and scope.buyers is None
        and scope.products is None
        and any(_process_counts(process, limit) for process in chain.processes.values())
    )


def _takes(names: frozenset[str] | None, name: str) -> bool:
    return names is None or name in names


def _link_counts(chain: Chain, link: Link, scope: Scope, candidates: bool) -> bool:
    return (
        (link.candidate or not candidates)
        and scope.takes(link, chain.products[link.product])
        and _takes(scope.sellers, link.from_)
        and _takes(scope.buyers, link.to)
        and (scope.period is None or scope.period in link.periods)
    )


def _process_counts(process: Process, limit: Limit) -> bool:
    scope = limit.scope
    if limit.measure in (w.LimitMeasure.OPENED, w.LimitMeasure.INVESTMENT) and not (
        process.candidate or process.opened
    ):
        return False
    return _takes(scope.sellers, process.actor) and (scope.processes is None or process.key in scope.processes)
