"""How much of what the territory uses has been used before."""

from __future__ import annotations

import numpy as np

from filiere.indicators.figure import NO_MATERIAL, NO_SECONDARY, UNKNOWN_MASS, Figure, ratio
from filiere.language import Label
from filiere.schema import words as w
from filiere.solution.accounts import UNKNOWN, Accounts, Floats
from filiere.solution.evaluate import circular_use, circularity, material_entry, sizes
from filiere.solution.reuse import renamed


def circular_use_rate(accounts: Accounts, basis: w.Basis) -> Figure:
    """Return U / (U + M), 0 to 1: what is used again over that and all that enters, in mass or in value.

    After Eurostat's circular material use rate (cei_srm030), with direct material input for consumption.
    """
    unknown = unknown_mass(accounts) if basis is w.Basis.MASS else None
    if unknown:
        return unknown
    whole = max(0.0, float(circular_use(accounts, basis).sum())) + float(material_entry(accounts, basis).sum())
    return circularity(accounts, basis) if whole > 0.0 else NO_MATERIAL


def loop_closure(accounts: Accounts, basis: w.Basis) -> Figure:
    """Return U / secondary products arising inside, 0 to 1: net output of activities, inside offers and what comes
    back from needs. What comes in secondary from outside closes no loop of the territory's own.
    """
    unknown = unknown_mass(accounts) if basis is w.Basis.MASS else None
    if unknown:
        return unknown
    size = sizes(accounts, basis)
    used = float(circular_use(accounts, basis).sum() + renamed(accounts, size).sum())
    return ratio(max(0.0, used), float(arising(accounts, basis).sum()), NO_SECONDARY)


def arising(accounts: Accounts, basis: w.Basis) -> Floats:
    """Return the terms of what arises inside of secondary products, by size (kg or reference value)."""
    again = sizes(accounts, basis) * accounts.products["secondary"]
    recipes, inside = accounts.recipes, accounts.actors["inside"]
    net = again[recipes["product"]] * (recipes["output"] - recipes["input"])
    per_level = accounts.summed(recipes["process"], net, len(accounts.processes))
    offers, back = accounts.offers, accounts.returned
    given = again[offers["product"]] * offers["quantity"] * inside[offers["actor"]]
    returned = again[back["product"]] * back["quantity"] * inside[back["actor"]]
    return np.concatenate([np.maximum(0.0, per_level) * accounts.level_by_process, given, returned])


def unknown_mass(accounts: Accounts) -> Label | None:
    """Return why nothing can be counted in mass: a product that moves and whose mass is not known; else None."""
    moved = np.zeros(len(accounts.products), dtype=bool)
    for frame in (accounts.flows, accounts.made, accounts.offers, accounts.served):
        positions = frame["product"]
        moved[positions[positions != UNKNOWN]] = True
    heavy = moved & ~accounts.products["weighed"]
    if not heavy.any():
        return None
    return UNKNOWN_MASS.fill(product=str(accounts.product_index[int(heavy.argmax())]))
