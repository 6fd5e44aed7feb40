"""Rules on who sells that resale would meet."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.chain.chain import Chain, Limit
from filiere.problems import Problem
from filiere.problems import weighing as say
from filiere.schema import words as w


def resale(chain: Chain) -> Iterator[Problem]:
    """Report each rule that asks for purchases from some sellers one of whom can buy the product from outside them."""
    told: set[int] = set()
    for rule in chain.limits:
        if id(rule.row) in told or rule.scope.sellers is None or rule.sense is w.Comparison.AT_MOST:
            continue
        found = _reseller(chain, rule)
        if found:
            told.add(id(rule.row))
            seller, product, outside = found
            yield say.RESALE.at(
                rule.row.at("from_") or rule.row.at("limit"), rule=rule.name, seller=seller, product=product,
                outside=outside,
            )  # fmt: skip


def _reseller(chain: Chain, rule: Limit) -> tuple[str, str, str] | None:
    """Return an inside seller in scope, the product, and an outside one that it may buy it from; None without any."""
    sellers = rule.scope.sellers or frozenset()
    counted = {
        (link.from_, link.product)
        for link in chain.links
        if link.from_ in sellers and chain.inside(link.from_) and rule.scope.takes(link, chain.products[link.product])
        and (rule.scope.buyers is None or link.to in rule.scope.buyers)
    }  # fmt: skip
    return min(
        (
            (link.to, link.product, link.from_)
            for link in chain.links
            if (link.to, link.product) in counted and link.from_ not in sellers and not chain.inside(link.from_)
            and link.maximum != 0.0
        ),
        default=None,
    )  # fmt: skip
