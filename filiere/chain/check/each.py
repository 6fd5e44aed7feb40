"""Rules that are repeated: one row for each seller, buyer, product, activity or period in their scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from filiere.chain.chain import Chain, Limit, Scope
from filiere.schema import words as w
from filiere.schema.limit_measures import Counts, limit_measure

BETWEEN = " · "
"""Stands between the rule's name and whom a row of it is for."""

_OF_ACTIVITIES = frozenset({Counts.ACTIVITIES, Counts.ACTIVITY_PROJECTS, Counts.ACCOUNTS})


@dataclass(frozen=True)
class Counted:
    """One row of the workbook that counts in a rule, by what a rule may be repeated for."""

    from_: str | None = None
    to: str | None = None
    product: str | None = None
    process: tuple[str, str] | None = None


def repeated(chain: Chain) -> tuple[Limit, ...]:
    """Return the rules, each one with ``each`` in its cell repeated; one that nothing counts in stays as it is."""
    rules: list[Limit] = []
    for rule in chain.limits:
        rules += _rows(chain, rule) or [rule]
    return tuple(rules)


def _rows(chain: Chain, rule: Limit) -> list[Limit]:
    each, scope = rule.row.each, rule.scope
    if each is None:
        return []
    if each is w.Each.PERIOD:
        names = [period.name for period in chain.periods if scope.period in (None, period.name)]
        return [_row(rule, name, replace(scope, period=name)) for name in names]
    counted = list(counted_in(chain, rule))
    if each is w.Each.PROCESS:
        keys = dict.fromkeys(one.process for one in counted if one.process)
        alone = {name: sum(key[0] == name for key in keys) == 1 for name, _ in keys}
        return [
            _row(rule, key[0] if alone[key[0]] else " / ".join(key), replace(scope, processes=frozenset((key,))))
            for key in keys
        ]
    return [_row(rule, name, _narrowed(scope, each, name)) for name in names_of(counted, each)]


def names_of(counted: list[Counted], each: w.Each) -> list[str]:
    """Return the sellers, buyers or products among what counts in a rule, each once."""
    field = {w.Each.FROM: "from_", w.Each.TO: "to", w.Each.PRODUCT: "product"}[each]
    return list(dict.fromkeys(name for one in counted if (name := getattr(one, field)) is not None))


def _narrowed(scope: Scope, each: w.Each, name: str) -> Scope:
    if each is w.Each.FROM:
        return replace(scope, sellers=frozenset((name,)))
    if each is w.Each.TO:
        return replace(scope, buyers=frozenset((name,)))
    if scope.label is not None:
        return replace(scope, only=name)
    return replace(scope, products=frozenset((name,)))


def _row(rule: Limit, name: str, scope: Scope) -> Limit:
    return replace(rule, name=f"{rule.name}{BETWEEN}{name}", scope=scope)


def counted_in(chain: Chain, rule: Limit) -> Iterator[Counted]:
    """Return what can count in a rule's own sum: links, activities, grants, accounts, resources and needs."""
    facts, scope = limit_measure(rule.measure), rule.scope
    named = facts is None
    counts = facts.counts if facts else {Counts.LINKS, Counts.ACTIVITIES}
    if Counts.GRANTS in counts:
        for grant in chain.funding:
            if _takes(scope.sellers, grant.funder) and _takes(scope.buyers, grant.actor):
                yield from (Counted(grant.funder, grant.actor, None, key) for key in grant.processes or (None,))
        return
    if Counts.ACCOUNTS in counts:
        if scope.processes is None and rule.row.each is not w.Each.PROCESS:
            inside = (a.name for a in chain.actors.values() if a.inside and _takes(scope.sellers, a.name))
            yield from (Counted(from_=name) for name in inside)
            return
    elif scope.processes is None and counts & {Counts.LINKS, Counts.LINK_PROJECTS}:
        yield from _links(chain, rule)
        yield from _goods(chain, rule) if named else ()
    if counts & _OF_ACTIVITIES and not (scope.buyers or scope.products):
        yield from _processes(chain, rule)


def _links(chain: Chain, rule: Limit) -> Iterator[Counted]:
    scope, candidates = rule.scope, _counts(rule, Counts.LINK_PROJECTS)
    for link in chain.links:
        if (
            (link.candidate or not candidates)
            and (not isinstance(rule.measure, str) or link.measures.get(rule.measure))
            and scope.takes(link, chain.products[link.product])
            and _takes(scope.sellers, link.from_)
            and _takes(scope.buyers, link.to)
            and (scope.period is None or scope.period in link.periods)
        ):
            yield Counted(link.from_, link.to, link.product)


def _goods(chain: Chain, rule: Limit) -> Iterator[Counted]:
    """What a measure of the workbook's own counts besides: offers by their owner, needs by their actor."""
    scope, name = rule.scope, str(rule.measure)
    for offer in chain.offers if scope.buyers is None else ():
        if offer.measures.get(name) and _takes(scope.sellers, offer.actor) and _takes(scope.products, offer.product):
            yield Counted(from_=offer.actor, product=offer.product)
    for need in chain.needs if scope.sellers is None else ():
        if need.measures.get(name) and _takes(scope.buyers, need.actor) and _takes(scope.products, need.product):
            yield Counted(to=need.actor, product=need.product)


def _processes(chain: Chain, rule: Limit) -> Iterator[Counted]:
    scope = rule.scope
    projects = _counts(rule, Counts.ACTIVITY_PROJECTS)
    for key, process in chain.processes.items():
        if (
            (process.candidate or process.opened or not projects)
            and (not isinstance(rule.measure, str) or process.measures.get(rule.measure))
            and _takes(scope.sellers, process.actor)
            and (scope.processes is None or key in scope.processes)
        ):
            yield Counted(from_=process.actor, process=key)


def _counts(rule: Limit, what: Counts) -> bool:
    facts = limit_measure(rule.measure)
    return facts is not None and what in facts.counts


def _takes(names: frozenset[str] | None, name: str) -> bool:
    return names is None or name in names
