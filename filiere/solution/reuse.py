"""What is used again by activities, recomputed from a plan: as far as something comes of it that is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from filiere.chain.chain import Chain, Process
from filiere.schema import words as w
from filiere.solution.accounts import Accounts, Flags, Floats, Positions
from filiere.solution.once import once
from filiere.solution.table import Table, below, pairs
from filiere.units import is_energy


def reused(accounts: Accounts, size: Floats) -> Floats:
    """Return, by row of levels, the secondary products taken in on balance, up to the goods that come out; where a
    service comes out, as far as that service is used. Behind them, what runs with each input of a choice use again
    where a service comes out.
    """
    intake, output, levels = _intake(accounts, size), _goods(accounts, size, 1.0), accounts.levels
    process, level = levels["process"], levels["level"]
    serving = np.zeros(len(accounts.processes), dtype=bool)
    serving[_services(accounts)["process"]] = True
    choosing = serving & np.array([len(p.choices) == 1 for p in accounts.chain.processes.values()], dtype=bool)
    most = np.where(serving[process], intake[process], np.minimum(intake, output)[process]) * level
    fixed = levels.only("process", "actor", "period").assign(most=most * ~choosing[process], intake=intake[process])
    chosen = _runs_with_options(accounts, size, choosing)
    return _as_far_as_used(accounts, below(fixed, chosen) if len(chosen) else fixed)


def _runs_with_options(accounts: Accounts, size: Floats, choosing: Flags) -> Table:
    """process, actor, period, most, intake: what runs with each input of a choice take in of secondary products."""
    rows = accounts.chosen[choosing[accounts.chosen["process"]]]
    quantity = {
        (k, option.product): option.quantity
        for k, process in enumerate(accounts.chain.processes.values())
        for options in process.choices.values()
        for option in options
    }
    again = size * accounts.products["secondary"]
    net = _net(accounts, again)
    names = [str(accounts.product_index[int(p)]) for p in rows["product"]]
    alone = np.array([quantity[int(k), name] for k, name in zip(rows["process"], names, strict=True)], dtype=float)
    intake = np.maximum(0.0, net[rows["process"]] + again[rows["product"]] * alone)
    most = intake * rows["quantity"] / alone
    return rows.only("process", "actor", "period").assign(most=most, intake=intake)


def renamed(accounts: Accounts, size: Floats) -> Floats:
    """Return, by process, secondary products put out by what puts out nothing else, out of goods that are not."""
    recipes, products = accounts.recipes, accounts.products
    other = ~products["secondary"][recipes["product"]]
    beyond = other & (recipes["output"] > recipes["input"])
    alone = accounts.summed(recipes["process"], beyond, len(accounts.processes)) == 0.0
    named = np.maximum(0.0, -_net(accounts, size * products["secondary"]))
    per_level = np.minimum(named, _goods(accounts, size, -1.0)) * alone
    return np.asarray(per_level * accounts.level_by_process)


def _net(accounts: Accounts, size: Floats) -> Floats:
    """What one run of each process takes in on balance."""
    recipes = accounts.recipes
    net = size[recipes["product"]] * (recipes["input"] - recipes["output"])
    return accounts.summed(recipes["process"], net, len(accounts.processes))


def _intake(accounts: Accounts, size: Floats) -> Floats:
    return np.maximum(0.0, _net(accounts, size * accounts.products["secondary"]))


def _goods(accounts: Accounts, size: Floats, sign: float) -> Floats:
    """What one run of each process puts out (or takes in, ``sign`` -1) of goods, secondary ones and energy apart."""
    recipes, products = accounts.recipes, accounts.products
    goods = size * ~(products["secondary"] | products["service"] | products["energy"])
    beyond = np.maximum(0.0, sign * (recipes["output"] - recipes["input"]))
    return accounts.summed(recipes["process"], goods[recipes["product"]] * beyond, len(accounts.processes))


@once
def _services(accounts: Accounts) -> Table:
    """The rows of recipes that put out a service, energy apart, in activities that take secondary products in, one
    choice among inputs included.
    """
    recipes, products = accounts.recipes, accounts.products
    takes = products["secondary"][recipes["product"]] & (recipes["input"] > 0.0)
    again = accounts.summed(recipes["process"], takes, len(accounts.processes)) > 0.0
    again |= np.array([_chooses_secondary(accounts.chain, p) for p in accounts.chain.processes.values()], dtype=bool)
    service = (products["service"] & ~products["energy"])[recipes["product"]]
    put_out = service & (recipes["output"] > 0.0)
    return recipes[put_out & again[recipes["process"]]]


def _chooses_secondary(chain: Chain, process: Process) -> bool:
    return len(process.choices) == 1 and any(
        chain.products[option.product].secondary for options in process.choices.values() for option in options
    )


def _as_far_as_used(accounts: Accounts, runs: Table) -> Floats:
    """Return the largest use again, run by run, that the services in use allow: at each actor, service and period,
    Σ use · output / intake stays within what was put out and not thrown away.

    Fractional knapsack: the most re-use for a unit of service first; a run bound by two services takes the tighter.
    """
    services, found = _services(accounts), runs["most"].astype(float)
    run, service = pairs(runs["process"], services["process"])
    if not len(run):
        return found
    places, at = np.unique(_places(accounts, runs[run], services["product"][service]), return_inverse=True)
    left = np.maximum(0.0, _put_out(accounts, places))
    per_use = services["output"][service] / np.maximum(runs["intake"][run], 1e-300)
    for i in np.lexsort((per_use, at)).tolist():
        row, place = run[i], at[i]
        found[row] = min(found[row], left[place] / per_use[i])
        left[place] = max(0.0, left[place] - found[row] * per_use[i])
    return found


def _places(accounts: Accounts, rows: Table, product: Positions) -> Positions:
    """Each row's actor, product and period as one number."""
    chain = accounts.chain
    return np.asarray((rows["actor"] * len(chain.products) + product) * len(chain.periods) + rows["period"])


def _put_out(accounts: Accounts, places: Positions) -> Floats:
    """Return, by place, what is put out less what of it is thrown away."""
    found = np.zeros(len(places))
    for rows, amount in (
        (accounts.made, accounts.made["output"]),
        (accounts.discarded, -accounts.discarded["quantity"]),
    ):
        where = _places(accounts, rows, rows["product"])
        at = np.minimum(np.searchsorted(places, where), len(places) - 1)
        there = places[at] == where
        found += accounts.summed(at[there], amount[there], len(places))
    return found


def by_options(accounts: Accounts, size: Floats) -> tuple[float, float]:
    """Return what inputs of a choice add to what is used again, and to what is taken anew from nature.

    A run with one option is counted as a run that takes in that option; without any as the others here count it.
    Activities that put out a service are counted by :func:`reused`.
    """
    chain = accounts.chain
    size_of = dict(zip(chain.products, size.tolist(), strict=True))
    again = anew = 0.0
    for key, options in _chosen_inputs(accounts).items():
        process = chain.processes[key]
        plain = _counted(chain, process, size_of, {})
        serves = any(_kept_service(chain, p) for p in process.outputs)
        serving = serves and (
            any(chain.products[p].secondary for p in process.inputs) or _chooses_secondary(chain, process)
        )
        for product, (quantity, taken) in options.items():
            with_it = _counted(chain, process, size_of, {product: quantity})
            again += 0.0 if serving else (with_it[0] - plain[0]) * taken / quantity
            anew += (with_it[1] - plain[1]) * taken / quantity
    return again, anew


@once
def _chosen_inputs(accounts: Accounts) -> dict[tuple[str, str], dict[str, tuple[float, float]]]:
    """Return, by activity with one choice, its options: what a run takes of each alone, and what the year takes."""
    chosen, taken = accounts.plan.chosen, defaultdict[tuple[str, str, str], float](float)
    for process, actor, product, quantity in zip(
        *(chosen[name].tolist() for name in ("process", "actor", "product", "quantity")), strict=True
    ):
        taken[process, actor, product] += quantity
    found = {}
    for key, process in accounts.chain.processes.items():
        if len(process.choices) == 1:
            ((_, options),) = process.choices.items()
            found[key] = {o.product: (o.quantity, taken[(*key, o.product)]) for o in options}
    return found


def _kept_service(chain: Chain, product: str) -> bool:
    return chain.products[product].service and not is_energy(chain.products[product].unit)


def _counted(
    chain: Chain, process: Process, size: Mapping[str, float], option: Mapping[str, float]
) -> tuple[float, float]:  # fmt: skip
    """Return what one run uses again, less what it only renames, and what it takes anew from nature."""
    net: dict[str, float] = {}
    for part, sign in ((process.outputs, 1.0), (process.inputs, -1.0), (option, -1.0)):
        for p, amount in part.items():
            net[p] = net.get(p, 0.0) + sign * amount
    products = chain.products
    secondary = sum(size[p] * amount for p, amount in net.items() if products[p].secondary)
    primary = sum(size[p] * amount for p, amount in net.items() if products[p].kind is w.ProductKind.PRIMARY)
    goods = {
        p: size[p] * amount for p, amount in net.items()
        if not products[p].secondary and not products[p].service and not is_energy(products[p].unit)
    }  # fmt: skip
    made, taken = (sum(max(0.0, sign * amount) for amount in goods.values()) for sign in (1.0, -1.0))
    alone = not any(
        not products[p].secondary and out > process.inputs.get(p, 0.0) for p, out in process.outputs.items()
    )
    named = min(max(0.0, secondary), taken) if alone else 0.0
    return min(max(0.0, -secondary), made) - named, max(0.0, primary)
