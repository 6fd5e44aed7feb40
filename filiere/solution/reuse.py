"""What is used again by activities, recomputed from a plan: as far as something comes of it that is used."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from filiere.chain.chain import Chain, Process
from filiere.schema import words as w
from filiere.solution.accounts import Accounts, Flags, Floats
from filiere.solution.once import once
from filiere.units import is_energy


def reused(accounts: Accounts, size: Floats) -> Floats:
    """Return, by row of levels, the secondary products taken in on balance, up to the goods that come out; where a
    service comes out, as far as that service is used. Behind them, what runs with each input of a choice use again
    where a service comes out.
    """
    intake, output, levels = _intake(accounts, size), _goods(accounts, size, 1.0), accounts.levels
    process, level = levels["process"].to_numpy(), levels["level"].to_numpy()
    serving = np.zeros(len(accounts.processes), dtype=bool)
    serving[_services(accounts)["process"]] = True
    choosing = serving & np.array([len(p.choices) == 1 for p in accounts.chain.processes.values()], dtype=bool)
    most = np.where(serving[process], intake[process], np.minimum(intake, output)[process]) * level
    fixed = levels[["process", "actor", "period"]].assign(most=most * ~choosing[process], intake=intake[process])
    chosen = _runs_with_options(accounts, size, choosing)
    return _as_far_as_used(accounts, pd.concat([fixed, chosen], ignore_index=True) if len(chosen) else fixed)


def _runs_with_options(accounts: Accounts, size: Floats, choosing: Flags) -> pd.DataFrame:
    """process, actor, period, most, intake: what runs with each input of a choice take in of secondary products."""
    rows = accounts.chosen[choosing[accounts.chosen["process"].to_numpy()]]
    quantity = {
        (k, option.product): option.quantity
        for k, process in enumerate(accounts.chain.processes.values())
        for options in process.choices.values()
        for option in options
    }
    again = size * accounts.products["secondary"].to_numpy()
    net = _net(accounts, again)
    names = [str(accounts.product_index[int(p)]) for p in rows["product"]]
    alone = np.array([quantity[int(k), name] for k, name in zip(rows["process"], names, strict=True)], dtype=float)
    intake = np.maximum(0.0, net[rows["process"]] + again[rows["product"]] * alone)
    most = intake * rows["quantity"].to_numpy() / alone
    found: pd.DataFrame = rows[["process", "actor", "period"]].assign(most=most, intake=intake)
    return found


def renamed(accounts: Accounts, size: Floats) -> Floats:
    """Return, by process, secondary products put out by what puts out nothing else, out of goods that are not."""
    recipes, products = accounts.recipes, accounts.products
    other = ~products["secondary"].to_numpy()[recipes["product"]]
    beyond = other & (recipes["output"] > recipes["input"]).to_numpy()
    alone = accounts.summed(recipes["process"], beyond, len(accounts.processes)) == 0.0
    named = np.maximum(0.0, -_net(accounts, size * products["secondary"].to_numpy()))
    per_level = np.minimum(named, _goods(accounts, size, -1.0)) * alone
    return np.asarray(per_level * accounts.level_by_process)


def _net(accounts: Accounts, size: Floats) -> Floats:
    """What one run of each process takes in on balance."""
    recipes = accounts.recipes
    net = size[recipes["product"]] * (recipes["input"] - recipes["output"]).to_numpy()
    return accounts.summed(recipes["process"], net, len(accounts.processes))


def _intake(accounts: Accounts, size: Floats) -> Floats:
    return np.maximum(0.0, _net(accounts, size * accounts.products["secondary"].to_numpy()))


def _goods(accounts: Accounts, size: Floats, sign: float) -> Floats:
    """What one run of each process puts out (or takes in, ``sign`` -1) of goods, secondary ones and energy apart."""
    recipes, products = accounts.recipes, accounts.products
    goods = size * ~(products["secondary"] | products["service"] | products["energy"]).to_numpy()
    beyond = np.maximum(0.0, sign * (recipes["output"] - recipes["input"]).to_numpy())
    return accounts.summed(recipes["process"], goods[recipes["product"]] * beyond, len(accounts.processes))


@once
def _services(accounts: Accounts) -> pd.DataFrame:
    """The rows of recipes that put out a service, energy apart, in activities that take secondary products in, one
    choice among inputs included.
    """
    recipes, products = accounts.recipes, accounts.products
    takes = products["secondary"].to_numpy()[recipes["product"]] & (recipes["input"] > 0.0).to_numpy()
    again = accounts.summed(recipes["process"], takes, len(accounts.processes)) > 0.0
    again |= np.array([_chooses_secondary(accounts.chain, p) for p in accounts.chain.processes.values()], dtype=bool)
    service = (products["service"] & ~products["energy"]).to_numpy()[recipes["product"]]
    put_out = service & (recipes["output"] > 0.0).to_numpy()
    return recipes[put_out & again[recipes["process"]]]


def _chooses_secondary(chain: Chain, process: Process) -> bool:
    return len(process.choices) == 1 and any(
        chain.products[option.product].secondary for options in process.choices.values() for option in options
    )


def _as_far_as_used(accounts: Accounts, runs: pd.DataFrame) -> Floats:
    """Return the largest use again, run by run, that the services in use allow: at each actor, service and period,
    Σ use · output / intake stays within what was put out and not thrown away.

    Fractional knapsack: the most re-use for a unit of service first; a run bound by two services takes the tighter.
    """
    services, found = _services(accounts), runs["most"].to_numpy(dtype=float).copy()
    intake = runs["intake"].to_numpy(dtype=float)
    made = runs.assign(row=np.arange(len(runs))).merge(services[["process", "product", "output"]], on="process")
    if made.empty:
        return found
    whole, idle = _put_out(accounts)
    for place, rows in made.groupby(["actor", "product", "period"]):
        left = max(0.0, float(whole.get(place, 0.0)) - float(idle.get(place, 0.0)))
        per_use = rows["output"].to_numpy() / np.maximum(intake[rows["row"]], 1e-300)
        for i in np.argsort(per_use, kind="stable").tolist():
            row = int(rows["row"].iloc[i])
            found[row] = min(found[row], left / per_use[i])
            left = max(0.0, left - found[row] * per_use[i])
    return found


@once
def _put_out(accounts: Accounts) -> tuple[pd.Series, pd.Series]:
    """Return what is put out and what of it is thrown away, by actor, product and period."""
    places = ["actor", "product", "period"]
    return accounts.made.groupby(places)["output"].sum(), accounts.discarded.groupby(places)["quantity"].sum()


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
    chosen = accounts.plan.chosen.groupby(["process", "actor", "product"])["quantity"].sum()
    found = {}
    for key, process in accounts.chain.processes.items():
        if len(process.choices) == 1:
            ((_, options),) = process.choices.items()
            found[key] = {o.product: (o.quantity, float(chosen.get((*key, o.product), 0.0))) for o in options}
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
