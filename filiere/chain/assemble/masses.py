"""Where the mass of a product is needed: an error where a rank or a limit rests on it, else one warning."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.chain.assemble.names import Register
from filiere.chain.chain import Chain, Product
from filiere.language import Label
from filiere.problems import assembling as say
from filiere.schema import words as w

_CIRCULARITY = Label("circularity is counted by mass", "la circularité se compte en masse")
_DEPENDENCY = Label("dependency is counted by mass", "la dépendance se compte en masse")
_TRANSPORT = Label("tonne-kilometres are counted", "des tonnes-kilomètres sont comptées")
_LIMIT = Label("a limit sums its mass", "une règle additionne sa masse")

_DEPENDENCIES = (w.Objective.DEPENDENCY, w.Objective.DEPENDENCY_UPSTREAM, w.Objective.DEPENDENCY_DOWNSTREAM)


def check_masses(chain: Chain, register: Register) -> None:
    """Report the products without a known mass: one error each where it is needed, else one warning for all."""
    unknown = {name: product for name, product in chain.products.items() if product.kg is None}
    if not unknown:
        return
    needed: dict[str, Label] = {}
    for name, why in _needed(chain):
        needed.setdefault(name, why)
    for name, product in unknown.items():
        if name in needed:
            _report(product, needed[name], register)
    circulating = {*_circulating(chain), *(link.product for link in chain.links)}
    others = [product for name, product in unknown.items() if name not in needed and name in circulating]
    if others:
        names = [product.name for product in others]
        register.report(say.KG_UNKNOWN.at(others[0].row.at("kg"), names=names))


def _report(product: Product, why: Label, register: Register) -> None:
    register.report(say.KG_MISSING.at(product.row.at("kg"), name=product.name, unit=product.unit, why=why))


def _needed(chain: Chain) -> Iterator[tuple[str, Label]]:
    """Products whose mass a rank or a limit counts, each with the reason."""
    kinds = {objective.kind for objective in chain.objectives}
    if w.Objective.CIRCULARITY in kinds and chain.settings.circularity_basis is w.Basis.MASS:
        yield from ((name, _CIRCULARITY) for name in _circulating(chain))
    by_mass = chain.settings.dependency_basis is w.DependencyBasis.MASS
    if by_mass and not kinds.isdisjoint(_DEPENDENCIES):
        for link in chain.links:
            if chain.actors[link.from_].weight != chain.actors[link.to].weight:
                yield link.product, _DEPENDENCY
    measures = {limit.measure for limit in chain.limits}
    if w.Objective.TRANSPORT in kinds or w.LimitMeasure.TRANSPORT in measures:
        yield from ((link.product, _TRANSPORT) for link in chain.links if link.distance > 0)
    for limit in chain.limits:
        if limit.measure is w.LimitMeasure.MASS:
            yield from ((name, _LIMIT) for name in _traded(chain, limit.scope.products, limit.of))


def _circulating(chain: Chain) -> Iterator[str]:
    """Products that the circular use rate counts, in U or in M."""
    for process in chain.processes.values():
        for name in (*process.takes, *process.outputs):
            if chain.products[name].kind in (w.ProductKind.PRIMARY, w.ProductKind.SECONDARY):
                yield name
    for offer in chain.offers:
        product = chain.products[offer.product]
        if chain.inside(offer.actor) and not product.secondary and not product.service:
            yield offer.product
    for need in chain.needs:
        if chain.inside(need.actor) and chain.products[need.product].secondary:
            yield need.product
    for link in chain.links:
        if not chain.inside(link.from_) or (chain.products[link.product].secondary and not chain.inside(link.to)):
            yield link.product


def _traded(chain: Chain, *scopes: frozenset[str] | None) -> set[str]:
    """Products on links that one of the scopes takes in; a scope of None takes in all."""
    wanted = [scope for scope in scopes if scope is not None]
    everything = scopes[0] is None
    return {link.product for link in chain.links if everything or any(link.product in scope for scope in wanted)}
