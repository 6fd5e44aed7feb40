"""Offers, needs, stocks, funding, and the means that links and stocks use: what there is besides the processes."""

from __future__ import annotations

from collections.abc import Mapping

from filiere.chain.assemble.names import Register
from filiere.chain.assemble.processes import Measures
from filiere.chain.assemble.products import own_labels
from filiere.chain.assemble.time import Calendars
from filiere.chain.chain import Actor, Funding, Need, Offer, Process, Product, Storage
from filiere.chain.derived.pooled import Use
from filiere.chain.parse.tables import Tables
from filiere.problems import assembling as say
from filiere.problems import pooling
from filiere.room import ROW, free
from filiere.schema import tables as t
from filiere.schema import words as w


def assemble_offers(tables: Tables, calendars: Calendars, measures: Measures, register: Register) -> tuple[Offer, ...]:
    """Return the offers, one a row."""
    offers = []
    for row in tables.offers:
        actor = register.named("actors", row, "actor")
        product = register.named("products", row, "product")
        calendar = calendars.of(row)
        if actor and product and calendar:
            offers.append(
                Offer(
                    actor,
                    product,
                    row.maximum,
                    row.unit_cost,
                    calendar,
                    measures(row.measures),
                    row,
                    own_labels(row, register),
                )
            )
        else:
            register.incomplete = True
    return tuple(offers)


def assemble_needs(
    tables: Tables, actors: Mapping[str, Actor], products: Mapping[str, Product], groups: Mapping[str, tuple[str, ...]],
    calendars: Calendars, measures: Measures, register: Register,
) -> tuple[Need, ...]:  # fmt: skip
    """Return the needs, one a row, or one a member where the row names a group.

    Outside actors want nothing: what they take is an outlet, unless it is a must.
    """
    needs: list[Need] = []
    most = free() // ROW
    for row in tables.needs:
        who = _who(row, groups, register)
        if len(needs) + len(who) > most:
            count = len(needs) + len(who)
            register.report(say.NEEDS_TOO_MANY.at(row.at("actor"), count=count, most=most))
            register.incomplete = True
            break
        product = register.named("products", row, "product")
        returns = register.named("products", row, "returns") if row.returns else None
        calendar = calendars.of(row)
        obligations = {actor: _obligation(row, actors[actor]) for actor in who}
        _check_need(row, obligations, register)
        if not product or not calendar or (row.returns and not returns):
            register.incomplete = True
            continue
        importance = products[product].criticality if row.importance is None else row.importance
        spelled = measures(row.measures)
        typed = getattr(row.cells, "typed", ())
        needs += [
            Need(actor, product, row.quantity, calendar, obligations[actor], row.revenue, importance, returns,
                 row.returned if returns else 0.0, spelled, row, row.revenue if "revenue" in typed else None)
            for actor in who
        ]  # fmt: skip
    return tuple(needs)


def _who(row: t.NeedRow, groups: Mapping[str, tuple[str, ...]], register: Register) -> tuple[str, ...]:
    actor = register.names("actors").get(row.actor)
    if actor is not None:
        return (actor,)
    group = register.names("groups").get(row.actor)
    if group is None:
        register.unknown(("actors", "groups"), row.actor, row.at("actor"))
        return ()
    return groups[group]


def _obligation(row: t.NeedRow, actor: Actor) -> w.Obligation:
    outside = not actor.inside and row.obligation is w.Obligation.WANT
    return w.Obligation.OUTLET if outside else row.obligation


def _check_need(row: t.NeedRow, obligations: Mapping[str, w.Obligation], register: Register) -> None:
    if "obligation" in getattr(row.cells, "typed", ()) and any(o is not row.obligation for o in obligations.values()):
        register.report(
            say.NEED_OUTSIDE.at(
                row.at("obligation"), actor=row.actor, want=w.Obligation.WANT.label, outlet=w.Obligation.OUTLET.label
            )
        )
    asked = list(obligations.values()) or [row.obligation]
    if row.quantity is None and any(one is not w.Obligation.OUTLET for one in asked):
        register.report(
            say.NEED_QUANTITY.at(row.at("quantity"), obligation=row.obligation.label, outlet=w.Obligation.OUTLET.label)
        )
    if row.returned and not row.returns:
        register.report(say.RETURN_UNNAMED.at(row.at("returns")))
    if row.returns and not row.returned:
        register.report(say.RETURN_NOTHING.at(row.at("returned"), product=row.returns))


def assemble_storage(
    tables: Tables, actors: Mapping[str, Actor], products: Mapping[str, Product], register: Register
) -> dict[tuple[str, str], Storage]:
    """Return the stocks by (actor, product)."""
    found = []
    for row in tables.storage:
        actor = register.named("actors", row, "actor")
        product = register.named("products", row, "product")
        if not actor or not product:
            register.incomplete = True
        elif not actors[actor].inside:
            register.report(say.STORAGE_OUTSIDE.at(row.at("actor"), actor=actor))
        elif products[product].service:
            register.report(say.STORED_SERVICE.at(row.at("product"), product=product))
        else:
            if products[product].shelf_life == 0:
                register.report(pooling.STORED_AND_GONE.at(row.at("product"), product=product))
            found.append(((actor, product), row))
    stocks = {}
    for (actor, product), row in register.unique(found).items():
        _check_storage(row, register)
        stocks[actor, product] = Storage(actor, product, row.capacity, row.loss, row.cost, row.initial, row.final, row,
                                         used_by(means_used(row, products, register), actor))  # fmt: skip
    return stocks


def _check_storage(row: t.StorageRow, register: Register) -> None:
    if row.loss and row.capacity is None:
        register.report(say.STORAGE_LOSS.at(row.at("capacity")))
    if row.final is not None and row.initial is None:
        register.report(say.STORAGE_FINAL.at(row.at("final")))
    if row.capacity is None:
        return
    if row.initial is not None and row.initial > row.capacity:
        register.report(say.STORAGE_BEGINS_OVER.at(row.at("initial"), initial=row.initial, capacity=row.capacity))
    if row.final is not None and row.final > row.capacity:
        register.report(say.STORAGE_OVER_CAPACITY.at(row.at("final"), final=row.final, capacity=row.capacity))


def assemble_funding(
    tables: Tables, actors: Mapping[str, Actor], processes: Mapping[tuple[str, str], Process], register: Register
) -> tuple[Funding, ...]:
    """Return who can fund whom; a tied activity is the receiver's own where it has one of that name."""
    found = []
    for row in tables.funding:
        funder = register.named("actors", row, "funder")
        actor = register.named("actors", row, "actor")
        tied = _tied(row, actor, processes, register)
        if row.unit_amount is not None and not row.process:
            register.report(say.FUNDING_PROCESS.at(row.at("process")))
        if row.maximum is not None and row.minimum > row.maximum:
            register.report(say.MINIMUM_OVER_MAXIMUM.at(row.at("minimum"), minimum=row.minimum, maximum=row.maximum))
        if funder is None or actor is None:
            continue
        if funder == actor:
            register.report(say.FUNDING_SELF.at(row.at("actor"), name=actor))
            continue
        weight = actors[funder].weight if row.dependency_weight is None else row.dependency_weight
        found.append(
            Funding(funder, actor, row.maximum, row.minimum, row.today, row.kind, tied, row.unit_amount, weight, row)
        )
    return tuple(found)


def _tied(
    row: t.FundingRow, actor: str | None, processes: Mapping[tuple[str, str], Process], register: Register
) -> tuple[tuple[str, str], ...]:
    if not row.process:
        return ()
    name = register.named("processes", row, "process")
    if name is None or actor is None:
        return ()
    if (name, actor) in processes:
        return ((name, actor),)
    others = tuple(key for key in processes if key[0] == name)
    register.report(
        say.FUNDING_OTHERS_PROCESS.at(
            row.at("process"), actor=actor, process=name, others=[owner for _, owner in others]
        )
    )
    return others


def means_used(
    row: t.LinkRow | t.StorageRow, products: Mapping[str, Product], register: Register
) -> tuple[str, float, str | None] | None:
    """Return what each unit of a row takes: the service, how much of it, and who lends it (None: whoever delivers or
    stores). What cannot be is reported, and is then no use.
    """
    typed = getattr(row.cells, "typed", row.cells)
    carrier = register.named("actors", row, "carrier") if row.carrier else None
    if not row.uses:
        if row.carrier or (row.uses_quantity != 1.0 and "uses_quantity" in typed):
            register.report(pooling.USES_UNNAMED.at(row.at("uses")))
        return None
    product = register.named("products", row, "uses")
    if product is None or (row.carrier and carrier is None):
        return None
    if not products[product].service:
        register.report(pooling.USES_NO_SERVICE.at(row.at("uses"), product=product))
        return None
    return (product, row.uses_quantity, carrier) if row.uses_quantity else None


def used_by(means: tuple[str, float, str | None] | None, actor: str) -> Use | None:
    """Return what a row uses where ``actor`` delivers or stores."""
    if means is None:
        return None
    product, quantity, carrier = means
    return Use(product, quantity, carrier or actor)
