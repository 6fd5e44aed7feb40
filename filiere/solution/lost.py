"""What the territory no longer does of what it does this year, recomputed from a plan and this year's figures alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from filiere.chain.chain import Chain
from filiere.chain.derived.groups import Group, groups_of, mixes
from filiere.schema import words as w
from filiere.solution.accounts import Accounts, Flags, Floats, Positions
from filiere.solution.observed import this_year
from filiere.solution.once import once

GUARDED = 0.1
"""A group counts where at least this share of what is kept is served or sold outside this year."""


@dataclass(frozen=True)
class Kept:
    """What a plan, or this year, keeps of each group of products, in the currency: groups × actors of its chain."""

    accounts: Accounts
    groups: tuple[Group, ...]

    @cached_property
    def group(self) -> Positions:
        """The group of each product."""
        at = {p: g for g, group in enumerate(self.groups) for p in group.products}
        return np.array([at[p] for p in self.accounts.product_index], dtype=np.int64)

    @cached_property
    def worth(self) -> Floats:
        """v_p: criticality times the mean reference price of the group."""
        mean = np.array([group.value for group in self.groups])
        return np.asarray(self.accounts.products["criticality"] * mean[self.group])

    @cached_property
    def by_actor(self) -> Floats:
        """Y_aF: groups × actors."""
        accounts, products = self.accounts, self.accounts.products
        found = self._made()
        inside = accounts.actors["inside"]
        offers, thrown, flows = accounts.offers, accounts.thrown, accounts.flows
        given = offers["quantity"] * inside[offers["actor"]]
        self._add(found, offers["product"], offers["actor"], self.worth[offers["product"]] * given)
        self._add(found, thrown["product"], thrown["actor"], -self.worth[thrown["product"]] * thrown["quantity"])
        out = self.sold_outside
        paid = products["criticality"][flows["product"]] * np.maximum(0.0, flows["price"])
        given_away = (self.worth[flows["product"]] - paid) * flows["quantity"] * out
        self._add(found, flows["product"], flows["from"], -given_away)
        return found

    @property
    def sold_outside(self) -> Flags:
        """Which flows leave the territory."""
        inside, flows = self.accounts.actors["inside"], self.accounts.flows
        return np.asarray(inside[flows["from"]] & ~inside[flows["to"]])

    def _made(self) -> Floats:
        """What activities put out on balance, less what goes into those that put out secondary goods alone."""
        accounts, recipes, count = self.accounts, self.accounts.recipes, len(self.accounts.processes)
        process, group = recipes["process"], self.group[recipes["product"]]
        worth, width = self.worth[recipes["product"]], len(self.groups)
        place = process * width + group
        net = accounts.summed(place, worth * (recipes["output"] - recipes["input"]), count * width)
        taken = accounts.summed(place, worth * recipes["input"], count * width)
        goods = (recipes["output"] > 0.0) & ~accounts.products["secondary"][recipes["product"]]
        alone = accounts.summed(process, goods, count) == 0.0
        per_level = np.maximum(0.0, net) - taken * np.repeat(alone, width)
        serves = np.array([p.serves for p in accounts.chain.processes.values()], dtype=bool)
        per_level = per_level * np.repeat(~serves, width)
        amounts = per_level.reshape(count, width) * accounts.level_by_process[:, None]
        found = np.zeros((width, len(accounts.actors)))
        np.add.at(found.T, accounts.processes["actor"], amounts)
        return found

    def _add(self, found: Floats, product: object, actor: object, amount: object) -> None:
        np.add.at(found, (self.group[np.asarray(product)], np.asarray(actor)), np.asarray(amount, dtype=float))

    @cached_property
    def members(self) -> Flags:
        """Which actors are members."""
        return np.array([a.perimeter is w.Perimeter.MEMBER for a in self.accounts.chain.actors.values()], dtype=bool)

    def served(self, outlets_alone: bool) -> Floats:
        """What inside needs are served, by group; or the outlets among them alone."""
        accounts, served = self.accounts, self.accounts.served
        rows = accounts.actors["inside"][served["actor"]]
        if outlets_alone:
            rows = rows & accounts.need_rows["outlet"][served["need"]]
        amount = self.worth[served["product"]] * served["quantity"] * rows
        return accounts.summed(self.group[served["product"]], amount, len(self.groups))

    def used(self) -> Floats:
        """What is served, or sold outside (secondary goods apart), by group."""
        flows = self.accounts.flows
        counted = self.sold_outside & ~self.accounts.products["secondary"][flows["product"]]
        sold = self.worth[flows["product"]] * flows["quantity"] * counted
        served = self.worth[flows["product"]] * flows["received"] * self._mixed
        return self.served(False) + self.accounts.summed(self.group[flows["product"]], sold + served, len(self.groups))

    @property
    def _mixed(self) -> Flags:
        """Which flows bring what may serve a need on a family."""
        accounts = self.accounts
        mixed = mixes(accounts.chain)
        places = zip(accounts.plan.flows["to"], accounts.plan.flows["product"], strict=True) if mixed else ()
        return np.array([place in mixed for place in places] or [False] * len(accounts.flows), dtype=bool)


@dataclass(frozen=True)
class Losses:
    """Lost output, group by group: ``whole`` l_F with the halves in it, and what each member keeps, today and then."""

    groups: tuple[Group, ...]
    guarded: Flags
    whole: Floats
    halves: Floats
    before: Floats
    """Ŷ_F of the whole inside."""
    today: Kept
    plan: Kept

    @property
    def by_group(self) -> Floats:
        """l_F, 0 where the group is not guarded."""
        return np.asarray((self.whole + self.halves) * self.guarded)


@once
def losses(accounts: Accounts) -> Losses | None:
    """Return what a plan loses of this year's output; None where no figure of this year is known."""
    chain = accounts.chain
    today = this_year(chain)
    if not (today.plan.flows["quantity"].any() or today.plan.levels["level"].any()):
        return None
    groups = groups_of(chain)
    old, new = Kept(today, groups), Kept(accounts, groups)
    before = _inside(old)
    users = np.maximum(0.0, old.served(True) - new.served(True))
    members = old.by_actor[:, old.members].sum(axis=1) - new.by_actor[:, new.members].sum(axis=1)
    whole = np.maximum.reduce([np.zeros(len(groups)), before - _inside(new), members, users])
    used = old.used()
    guarded = (used > 0.0) & (used >= GUARDED * before)
    return Losses(groups, np.asarray(guarded), whole, _halves(old, new), before, old, new)


def _inside(kept: Kept) -> Floats:
    return np.asarray(kept.by_actor[:, kept.accounts.actors["inside"]].sum(axis=1))


def _halves(old: Kept, new: Kept) -> Floats:
    """Σ over members of what each keeps less than half of its own of today."""
    at = {name: i for i, name in enumerate(new.accounts.actor_index)}
    found = np.zeros(len(old.groups))
    for i in np.flatnonzero(old.members).tolist():
        own = old.by_actor[:, i]
        now = at.get(old.accounts.actor_index[i])
        left = new.by_actor[:, now] if now is not None else np.zeros(len(own))
        found += np.where(own > 0.0, np.maximum(0.0, 0.5 * own - left), 0.0)
    return found


def changes_of_members(chain: Chain, found: Losses) -> dict[str, dict[str, float]]:
    """Return, by member and guarded group, what it keeps more or less than this year, in the currency."""
    at = {name: i for i, name in enumerate(found.plan.accounts.actor_index)}
    old = {name: i for i, name in enumerate(found.today.accounts.actor_index)}
    told: dict[str, dict[str, float]] = {}
    for a in chain.actors.values():
        if a.perimeter is not w.Perimeter.MEMBER:
            continue
        after = found.plan.by_actor[:, at[a.name]]
        before = found.today.by_actor[:, old[a.name]] if a.name in old else np.zeros(len(after))
        moved = {
            group.name: float(now - then)
            for group, counts, then, now in zip(found.groups, found.guarded, before, after, strict=True)
            if counts and abs(now - then) > 1e-6 * max(1.0, abs(then))
        }
        if moved:
            told[a.name] = moved
    return told
