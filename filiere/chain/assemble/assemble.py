"""From typed rows to a chain: every name resolved, every unit converted, every default filled in.

The contents page of this step: each line below is one file beside this one.
"""

from __future__ import annotations

from dataclasses import replace

from filiere.chain.assemble import units as assemble_units
from filiere.chain.assemble.actors import Distances, assemble_actors, members
from filiere.chain.assemble.done import Done
from filiere.chain.assemble.family_needs import with_family_needs
from filiere.chain.assemble.limits import Scopes, assemble_limits
from filiere.chain.assemble.links.ends import assemble_own_use
from filiere.chain.assemble.links.links import abilities_of, expand_links
from filiere.chain.assemble.masses import check_masses
from filiere.chain.assemble.measures import MeasureNames
from filiere.chain.assemble.names import Register
from filiere.chain.assemble.objectives import assemble_objectives, with_rules
from filiere.chain.assemble.processes import assemble_processes
from filiere.chain.assemble.products import assemble_products, labelled, weighed_products, with_values
from filiere.chain.assemble.time import Calendars, assemble_periods
from filiere.chain.assemble.uses import assemble_funding, assemble_needs, assemble_offers, assemble_storage
from filiere.chain.chain import Chain
from filiere.chain.check.each import repeated
from filiere.chain.check.limits import report_limits
from filiere.chain.parse.tables import Tables
from filiere.names import fold, tidy
from filiere.problems import Problem


def assemble(
    tables: Tables, done: Done | None = None
) -> tuple[Chain, list[Problem]]:  # fmt: skip
    """Return the chain that the rows describe, and every problem found on the way (errors and warnings).

    Rows with an error are left out of the chain or kept where they do no harm; a chain that comes with an
    error is fit for further checks, not for solving. What is ``done`` in another scenario is not done again.
    """
    done = done or Done()
    register = Register(tables)
    tables, family_needs = with_family_needs(tables, register)
    tables = in_own_units(tables, register, done.units)
    periods = assemble_periods(tables, register)
    calendars = Calendars(tables, periods, register)
    measures = MeasureNames(tables)
    actors = assemble_actors(tables, register)
    groups = members(actors)
    products = assemble_products(tables, register)
    processes = family_needs.marked(assemble_processes(tables, actors, calendars, measures, register))
    offers = assemble_offers(tables, calendars, measures, register)
    needs = assemble_needs(tables, actors, products, groups, calendars, measures, register)
    storages = assemble_storage(tables, actors, products, register)
    abilities = abilities_of(processes.values(), offers, needs, storages.values(), tables.links, register)
    links = expand_links(
        tables.links, actors, products, groups, periods, abilities, Distances(actors, tables.settings.detour), measures,
        register, done.links,
    )  # fmt: skip
    links = labelled(links, offers, actors)
    own_use = tuple(assemble_own_use(tables.links, actors, products, periods, register))
    weighed = family_needs.weighed(weighed_products(actors, processes.values(), links, needs))
    chain = Chain(
        settings=tables.settings,
        periods=periods,
        actors=actors,
        products=family_needs.valued(with_values(products, (*links, *own_use), weighed, register)),
        processes=processes,
        links=links,
        own_use=own_use,
        offers=offers,
        needs=needs,
        storages=storages,
        funding=assemble_funding(tables, actors, processes, register),
        objectives=assemble_objectives(tables, measures, register),
        limits=assemble_limits(
            tables, Scopes(actors, groups, products, processes, family_needs.families, register), measures, register
        ),
        sheets=tables.sheets,
    )
    chain = with_rules(replace(chain, limits=repeated(chain)), register)
    register.mentioned(tables.mentions)
    register.joined("groups")
    register.joined("labels")
    check_masses(chain, register)
    if not register.incomplete:
        report_limits(chain, register)
    return chain, register.reported()


def converter_of(
    tables: Tables, register: Register, done: assemble_units.Converted | None = None
) -> assemble_units.Converter:  # fmt: skip
    """Return what turns the units written in these tables into those of the columns."""
    own = {fold(row.product): tidy(row.unit) for row in tables.products}
    made: dict[str, set[str]] = {}
    for row in tables.recipes:
        if row.output and (unit := own.get(fold(row.product))):
            made.setdefault(fold(row.process), set()).add(unit)
    return assemble_units.Converter(register, tables.settings, own, made, done)


def in_own_units(tables: Tables, register: Register, done: assemble_units.Converted | None = None) -> Tables:
    """Return the tables with every number in its column's unit."""
    converter = converter_of(tables, register, done)
    return replace(
        tables,
        periods=converter.rows(tables.periods),
        profiles=converter.rows(tables.profiles),
        actors=converter.rows(tables.actors),
        products=converter.rows(tables.products),
        processes=converter.rows(tables.processes),
        recipes=converter.rows(tables.recipes),
        links=converter.rows(tables.links),
        offers=converter.rows(tables.offers),
        needs=converter.rows(tables.needs),
        storage=converter.rows(tables.storage),
        funding=converter.rows(tables.funding),
        objectives=converter.rows(tables.objectives),
        limits=converter.rows(tables.limits),
    )
