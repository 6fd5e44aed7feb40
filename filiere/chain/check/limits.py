"""Limits that nothing in the workbook can ever count in, and shares that only buying nothing would keep."""

from __future__ import annotations

from dataclasses import replace

from filiere.chain.assemble.names import Register
from filiere.chain.chain import Chain, Limit
from filiere.chain.check.each import BETWEEN, counted_in, names_of
from filiere.language import percents
from filiere.problems import assembling as say
from filiere.schema import words as w


def report_limits(chain: Chain, register: Register) -> None:
    """Report the limits whose sum is 0 whatever is decided, and the shares that only nothing at all would keep."""
    told: set[int] = set()
    for rule in chain.limits:
        if not _counts_something(chain, rule):
            asked = rule.value if rule.basis is w.LimitBasis.ABSOLUTE else percents(rule.value)
            register.report(say.LIMIT_EMPTY.at(rule.row.at(), sense=rule.sense.label, value=asked))
        if rule.basis is w.LimitBasis.ABSOLUTE or id(rule.row) in told:
            continue
        if _too_small(chain, rule, register):
            told.add(id(rule.row))
        elif _of_nothing(chain, rule):
            told.add(id(rule.row))
            register.report(say.LIMIT_OF_NOTHING.at(rule.row.at("value"), name=rule.name))


def _counts_something(chain: Chain, rule: Limit) -> bool:
    if rule.measure is w.LimitMeasure.COST or isinstance(rule.measure, str):
        return rule.scope.sellers is None or bool(rule.scope.sellers)
    return any(True for _ in counted_in(chain, rule))


def _too_small(chain: Chain, rule: Limit, register: Register) -> bool:
    """Report a share for each that is less than an equal part of the whole: together they cannot make it up."""
    parted = {w.Each.FROM: w.LimitBasis.PURCHASES, w.Each.TO: w.LimitBasis.SALES}
    each, row = rule.row.each, rule.row
    over_all = each is not None and parted.get(each) is rule.basis and rule.of is None
    if each is None or not over_all or (row.from_ if each is w.Each.FROM else row.to) not in (None, "*"):
        return False
    if rule.sense is w.Comparison.AT_LEAST:
        return False
    count = len(names_of(list(counted_in(chain, _whole(rule))), each))
    if count * rule.value >= 1.0 - 1e-9:
        return False
    if rule.wished:
        register.report(say.LIMIT_OF_NOTHING.at(row.at("value"), name=rule.name.partition(BETWEEN)[0]))
    else:
        register.report(
            say.LIMIT_EACH_TOO_SMALL.at(
                row.at("value"),
                count=count,
                share=percents(rule.value),
                least=percents(1.0 / count),
                wish=w.Firmness.WISH.label,
            )
        )
    return True


def _of_nothing(chain: Chain, rule: Limit) -> bool:
    """Whether no link of the whole can count in the part that is asked for."""
    asks = rule.sense is not w.Comparison.AT_MOST and rule.value > 0.0
    if not asks or isinstance(rule.measure, str):
        return False
    return any(True for _ in counted_in(chain, _whole(rule))) and not any(True for _ in counted_in(chain, rule))


def _whole(rule: Limit) -> Limit:
    """The rule over the whole that its share is of."""
    scope = rule.scope if rule.of is None else replace(rule.scope, products=rule.of, label=rule.of_label, only=None)
    return replace(
        rule,
        scope=replace(scope, sellers=None) if rule.basis is w.LimitBasis.PURCHASES else replace(scope, buyers=None),
    )
