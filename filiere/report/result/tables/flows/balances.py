"""Balances: for each inside actor and product, what comes in and what goes out in the year."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from filiere.report.sheet import Column, Sheet, Show, total_of
from filiere.report.view import View
from filiere.solution.accounts import Accounts
from filiere.solution.once import once
from filiere.solution.table import Table

IN_TERMS = ("received", "made", "own", "returned", "stock_start")
OUT_TERMS = ("shipped", "consumed", "served", "discarded", "left_over", "stock_lost", "stock_end")

_HEADINGS = {
    "received": ("Received", "Reçu"),
    "made": ("Made", "Produit sur place"),
    "own": ("Own resources", "Ressources propres"),
    "returned": ("Returned after use", "Revenu après usage"),
    "stock_start": ("Stock at the start", "Stock au début"),
    "shipped": ("Delivered", "Livré"),
    "consumed": ("Used by activities", "Utilisé par les activités"),
    "served": ("Final use", "Usage final"),
    "discarded": ("Thrown away", "Jeté"),
    "left_over": ("Left over of lots", "Reste de lots"),
    "stock_lost": ("Lost in stock", "Perdu en stock"),
    "stock_end": ("Stock at the end", "Stock à la fin"),
}


def balances(view: View) -> Sheet:
    """Return one row an inside actor and product; the totals and the gap are live formulas."""
    terms = yearly_terms(view.accounts)
    might = terms if view.might is None else yearly_terms(view.might).reindex(terms.index)
    actors = [view.accounts.actor_index[i] for i in terms.index.get_level_values(0)]
    products = [view.accounts.product_index[i] for i in terms.index.get_level_values(1)]
    scale = float(terms.to_numpy().max(initial=0.0))
    coming, going = ([name for name in names if terms[name].any()] for names in (IN_TERMS, OUT_TERMS))
    entries, exits = terms[list(IN_TERMS)].sum(axis=1), terms[list(OUT_TERMS)].sum(axis=1)
    # Balances are certified to a millionth of their largest term.
    digits = max(0, 6 - math.ceil(math.log10(scale))) if scale > 0.0 else 6
    gap = [round(value, digits) + 0.0 for value in (entries - exits).tolist()]
    columns = [
        Column("actor", view.pick("Actor", "Acteur"), actors),
        Column("product", view.pick("Product", "Produit"), products),
        Column("unit", view.pick("Unit", "Unité"), [view.chain.products[p].unit for p in products]),
        *(_term(view, terms, might, name) for name in coming),
        Column("entries", view.pick("Total in", "Total des entrées"), entries.tolist(), Show.QUANTITY,
               formula=total_of(coming)),
        *(_term(view, terms, might, name) for name in going),
        Column("exits", view.pick("Total out", "Total des sorties"), exits.tolist(), Show.QUANTITY,
               formula=total_of(going)),
        Column("gap", view.pick("Check: in − out", "Vérification : entrées − sorties"), gap, Show.SMALL,
               formula=f"ROUND({{entries}}-{{exits}},{digits})"),
    ]  # fmt: skip
    return Sheet("balances", view.pick("Balances", "Bilans matières"), tuple(columns), frozen=3)


@once
def yearly_terms(accounts: Accounts) -> pd.DataFrame:
    """Return the terms of each balance, indexed by (actor, product) positions; quantities of the year."""
    made, flows = accounts.made, accounts.flows
    stocks = _stock_terms(accounts)
    needs = accounts.need_rows
    returned = accounts.served.assign(
        product=needs["returns"][accounts.served["need"]],
        quantity=accounts.served["quantity"] * needs["returned"][accounts.served["need"]],
    )
    columns = {
        "received": _by_pair(flows, "to", "received"),
        "made": _by_pair(made, "actor", "output"),
        "own": _by_pair(accounts.offers, "actor", "quantity"),
        "returned": _by_pair(returned[returned["product"] >= 0], "actor", "quantity"),
        "stock_start": stocks["start"],
        "shipped": _by_pair(flows, "from", "quantity"),
        "consumed": _by_pair(made, "actor", "input"),
        "served": _by_pair(accounts.served, "actor", "quantity"),
        "discarded": _by_pair(accounts.discarded, "actor", "quantity"),
        "left_over": _by_pair(accounts.left_over, "actor", "quantity"),
        "stock_lost": stocks["lost"],
        "stock_end": stocks["end"],
    }
    table = pd.concat(columns, axis=1).fillna(0.0).sort_index()
    inside = accounts.actors["inside"][table.index.get_level_values(0)]
    table = table[inside]
    kept: pd.DataFrame = table[table.to_numpy().max(axis=1, initial=0.0) > 0.0]
    return kept


class LostInStock(NamedTuple):
    """What one stock loses over the year, of what was made, received or drawn from a resource there."""

    actor: str
    product: str
    lost: float
    came_in: float


def lost_in_stocks(view: View) -> list[LostInStock]:
    """Return what each stock loses over the year, where it loses any."""
    table = yearly_terms(view.accounts)
    table = table[table["stock_lost"] > 0]
    actors, products = list(view.chain.actors), list(view.chain.products)
    came_in = table[["received", "made", "own", "returned"]].sum(axis=1)
    places = zip(table.index.get_level_values(0), table.index.get_level_values(1), strict=True)
    return [
        LostInStock(actors[actor], products[product], lost, total)
        for (actor, product), lost, total in zip(places, table["stock_lost"].tolist(), came_in.tolist(), strict=True)
    ]


def _by_pair(rows: Table, actor: str, amount: str) -> pd.Series:
    return rows.frame.groupby([actor, "product"])[amount].sum().rename_axis(["actor", "product"])


def _stock_terms(accounts: Accounts) -> pd.DataFrame:
    """Return start, end and lost (the loss of each period on the stock it begins with) by (actor, product)."""
    rows = accounts.storage_rows
    pairs = pd.MultiIndex.from_frame(rows.only("actor", "product").frame)
    ends = np.zeros((len(rows), len(accounts.chain.periods)))
    position = pairs.get_indexer(pd.MultiIndex.from_frame(accounts.stocks.only("actor", "product").frame))
    ends[position, accounts.stocks["period"]] = accounts.stocks["quantity"]
    last = ends[:, -1]
    start = np.where(np.isnan(rows["initial"]), last, np.nan_to_num(rows["initial"]))
    begins = np.column_stack([start, ends[:, :-1]])
    lost = rows["loss"] * begins.sum(axis=1)
    return pd.DataFrame({"start": start, "end": last, "lost": lost}, index=pairs)


def _term(view: View, terms: pd.DataFrame, might: pd.DataFrame, name: str) -> Column:
    pairs = zip(terms[name].tolist(), might[name].tolist(), strict=True)
    told = [None if not now and could else now for now, could in pairs]
    return Column(name, view.pick(*_HEADINGS[name]), told, Show.QUANTITY)
