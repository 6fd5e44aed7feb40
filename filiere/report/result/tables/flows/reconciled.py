"""Figures of this year made consistent: each correction with its test, what was not observed, what two sides say."""

from __future__ import annotations

import math
from collections.abc import Sequence

from filiere.analysis.today.figures import only_supposed
from filiere.analysis.today.reconciliation import Figure, Unmeasured
from filiere.chain.chain import Chain, Link
from filiere.chain.derived.uncertainty import relative, relative_of_buyer
from filiere.language import between, listed
from filiere.problems import Cell
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View

_NAMED = 3
"""How many of what is only supposed are named on the first page."""


def reconciled(view: View) -> Sheet | None:
    """Return one row an observed figure, the suspicious ones first, then those that were corrected the most."""
    found = view.result.reconciliation
    if found is None or not found.figures:
        return None
    pick = view.pick
    rows = sorted(
        found.figures, key=lambda f: (not f.suspicious, -abs(f.test or 0.0), -abs(f.correction) / f.deviation)
    )
    doubted = pick("to be checked", "à vérifier")
    squares = found.method == "least-squares"
    columns = (
        Column("kind", pick("What", "Quoi"), [_kind(view, "flow" if f.link is not None else "level") for f in rows]),
        Column("figure", pick("Figure", "Chiffre"), [figure_name(view, f) for f in rows], Show.PROSE),
        Column("said_by", pick("Said by", "Selon"), [_side(view, f) for f in rows]),
        Column("observed", pick("Observed", "Observé"), [f.observed for f in rows], Show.QUANTITY),
        Column("uncertainty", pick("Uncertainty (± %)", "Incertitude (± %)"),
               [f.uncertainty if squares else None for f in rows], Show.PERCENT),
        Column("reconciled", pick("Made consistent", "Mis en cohérence"), [f.reconciled for f in rows], Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [_unit(view, f) for f in rows]),
        Column("correction", pick("Correction", "Correction"), [f.correction for f in rows], Show.CHANGE,
               formula="{reconciled}-{observed}"),
        Column("test", pick("Test (correction in standard deviations)", "Test (correction en écarts types)"),
               [f.test for f in rows], Show.PRICE_CHANGE),
        Column("verdict", pick("Verdict", "Verdict"),
               [_verdict(view, f, doubted) if squares else None for f in rows], Show.MARK),
        Column("sentence", pick("Why", "Pourquoi"), [suspicion(view, f) if f.suspicious else None for f in rows],
               Show.PROSE),
        Column("cell", pick("Typed in", "Saisi en"), [f.cell for f in rows], Show.SOURCE),
    )  # fmt: skip
    title = pick("Figures made consistent", "Chiffres mis en cohérence")
    return Sheet("reconciled", title, columns, frozen=2, warned=(doubted,))


def unmeasured(view: View) -> Sheet | None:
    """Return one row a quantity that was not observed: its value, or the bounds that the others leave it.

    Where only the least change was looked for, bounds are unknown: each is only supposed. Beside a plan, what is
    supposed of this year is listed too.
    """
    found = view.result.reconciliation
    pick, rows = view.pick, supposed_of(view)
    if not rows:
        return None
    squares = found is not None and found.method == "least-squares"
    free = pick("free", "libre")
    known = pick("follows from the others", "se déduit des autres")
    if not squares:
        free = pick("supposed", "supposé")
    columns = (
        Column("kind", pick("What", "Quoi"), [_kind(view, u.kind) for u in rows]),
        Column("figure", pick("Quantity", "Grandeur"), [unmeasured_name(view, u) for u in rows], Show.PROSE),
        Column("class", pick("Class", "Classe"), [known if u.determinable else free for u in rows], Show.MARK),
        Column("value", pick("Value shown", "Valeur retenue"), [u.value for u in rows], Show.QUANTITY),
        Column("lower", pick("At least", "Au moins"), [u.lower for u in rows], Show.QUANTITY),
        Column("upper", pick("At most", "Au plus"),
               [None if u.upper is None or math.isinf(u.upper) else u.upper for u in rows], Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [_unit_of(view, u) for u in rows]),
        Column("remark", pick("Remark", "Remarque"), [_remark(view, u, squares) for u in rows],
               Show.PROSE),
        Column("cell", pick("Typed in", "Saisi en"), [_cell(view, u) for u in rows], Show.SOURCE),
    )  # fmt: skip
    title = pick("Not observed", "Non mesuré") if squares else pick("Only supposed", "Seulement supposé")
    return Sheet("unmeasured", title, columns, frozen=2, warned=(free,) if squares else ())


def supposed_of(view: View) -> Sequence[Unmeasured]:
    """Return what nobody typed of this year, and what today's point makes of it."""
    found, today = view.result.reconciliation, view.result.today
    if found is not None:
        return found.unmeasured
    return only_supposed(view.result.today_chain, today) if today is not None else ()


def supposed_line(view: View) -> str | None:
    """Say how much is only supposed of this year, the dearest first; None where nothing is, or where it is bounded."""
    found = view.result.reconciliation
    rows = supposed_of(view)
    if not rows or (found is not None and found.method != "least-change"):
        return None
    chain = view.result.today_chain

    def worth(one: Unmeasured) -> float:
        if one.kind == "level" and one.place is not None:
            made = chain.processes[one.place].outputs.items()
            return one.value * sum(amount * chain.products[product].value for product, amount in made)
        row = chain.links[one.position or 0] if one.kind == "flow" else chain.offers[one.position or 0]
        return one.value * chain.products[row.product].value

    first = sorted(rows, key=lambda one: (-worth(one), unmeasured_name(view, one)))[:_NAMED]
    told = [f"{unmeasured_name(view, one)} ({view.in_unit(one.value, _unit_of(view, one))})" for one in first]
    count = view.counted(len(rows), ("figure", "figures"), ("chiffre", "chiffres"))
    many = len(rows) > 1
    lead = ", d'abord" if many else " :"
    return view.pick(
        f"{count} of this year that nobody typed and the others ask for{', first of all' if many else ':'} "
        f"{listed(told, view.language)}; see the table “Only supposed”.",
        f"{count} de cette année que personne n'a saisi{'s' if many else ''} et que les autres appellent"
        f"{lead} {listed(told, view.language)} ; voir le tableau "
        "«\u00a0Seulement supposé\u00a0».",
    )


def declarations(view: View) -> Sheet | None:
    """Return one row a relation that both sides declare: what each says, the gap, and what is kept."""
    links = [(e, link) for e, link in enumerate(view.result.chain.links) if _both(link)]
    if not links:
        return None
    pick = view.pick
    found = view.result.reconciliation
    kept = {f.link: f.reconciled for f in found.figures} if found else {}
    rows = [(e, link, link.row.today or 0.0, link.row.today_buyer or 0.0) for e, link in links]
    rows.sort(key=lambda row: -abs(row[3] - row[2]) / max(row[2], row[3], 1e-12))
    only = [link for _, link, _, _ in rows]
    columns = (
        Column("from", pick("From", "Fournisseur"), [link.from_ for link in only]),
        Column("to", pick("To", "Client"), [link.to for link in only]),
        Column("product", pick("Product", "Produit"), [link.product for link in only]),
        Column("only", pick("Only in", "Seulement en"), [link.period for link in only]),
        Column("sold", pick("The seller says", "Selon le fournisseur"), [s for _, _, s, _ in rows], Show.QUANTITY),
        Column("bought", pick("The buyer says", "Selon le client"), [b for _, _, _, b in rows], Show.QUANTITY),
        Column("gap", pick("Gap", "Écart"), [b - s for _, _, s, b in rows], Show.CHANGE, formula="{bought}-{sold}"),
        Column("share", pick("Gap (%)", "Écart (%)"), [(b - s) / s if s else None for _, _, s, b in rows],
               Show.PERCENT_CHANGE),
        Column("sold_as", pick("Seller's uncertainty (± %)", "Incertitude du fournisseur (± %)"),
               [relative(link.row) for link in only], Show.PERCENT),
        Column("bought_as", pick("Buyer's uncertainty (± %)", "Incertitude du client (± %)"),
               [relative_of_buyer(link.row) for link in only], Show.PERCENT),
        Column("kept", pick("Kept", "Retenu"), [kept.get(e, link.today) for e, link, _, _ in rows], Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [view.chain.products[link.product].unit for link in only]),
        Column("cell", pick("Typed in", "Saisi en"), [link.row.at("today") for link in only], Show.SOURCE),
        Column("cell_buyer", pick("Buyer's in", "Celui du client en"),
               [link.row.at("today_buyer") for link in only], Show.SOURCE),
    )  # fmt: skip
    return Sheet("declarations", pick("Two declarations", "Deux déclarations"), columns, frozen=3)


def _both(link: Link) -> bool:
    return link.row.today is not None and link.row.today_buyer is not None


def figure_name(view: View, figure: Figure) -> str:
    """Return what a figure is of, in words."""
    if figure.link is not None:
        return _relation(view, figure.link, view.chain)
    process, actor = figure.process or ("", "")
    return f"{process} ({actor})"


def _relation(view: View, position: int, chain: Chain) -> str:
    link = chain.links[position]
    ends = between(link.from_, link.to)
    words = view.pick(f"{link.product} {ends.en}", f"{link.product}, {ends.fr}")
    return f"{words} ({link.period})" if link.period else words


def unmeasured_name(view: View, one: Unmeasured) -> str:
    """Return what a quantity is, in words."""
    chain = view.result.today_chain
    if one.kind == "flow" and one.position is not None:
        return _relation(view, one.position, chain)
    if one.place is not None:
        return f"{one.place[0]} ({one.place[1]})" if one.kind == "level" else f"{one.place[1]} ({one.place[0]})"
    rows = chain.offers if one.kind == "offered" else chain.needs
    row = rows[one.position or 0]
    return f"{row.product} ({row.actor})"


def _kind(view: View, kind: str) -> str:
    return {
        "flow": view.pick("exchange", "échange"), "level": view.pick("activity", "activité"),
        "offered": view.pick("resource used", "ressource prélevée"),
        "served": view.pick("need served", "besoin couvert"),
        "discarded": view.pick("thrown away", "rejet"),
    }[kind]  # fmt: skip


def _side(view: View, figure: Figure) -> str | None:
    return {"seller": view.pick("the seller", "le fournisseur"), "buyer": view.pick("the buyer", "le client")}.get(
        figure.side
    )


def _unit(view: View, figure: Figure) -> str:
    if figure.link is None:
        return _of_level(view)
    return view.chain.products[view.chain.links[figure.link].product].unit


def _of_level(view: View) -> str:
    return view.pick("units of activity", "unités d'activité")


def _unit_of(view: View, one: Unmeasured) -> str:
    chain = view.result.today_chain
    if one.kind == "level":
        return _of_level(view)
    if one.kind == "discarded" and one.place:
        return chain.products[one.place[1]].unit
    at = one.position or 0
    row = chain.links[at] if one.kind == "flow" else chain.offers[at] if one.kind == "offered" else chain.needs[at]
    return chain.products[row.product].unit


def _verdict(view: View, figure: Figure, doubted: str) -> str:
    if figure.suspicious:
        return doubted
    if figure.test is None:
        return view.pick("nothing to compare it with", "rien ne le recoupe")
    return view.pick("plausible", "plausible")


def suspicion(view: View, figure: Figure) -> str:
    """Return in a sentence why a figure should be checked, and what it cannot be told apart from."""
    times = view.number(abs(figure.test or 0.0))
    seen, now = (view.number(v) for v in (figure.observed, figure.reconciled))
    unit = _unit(view, figure)
    text = view.pick(
        f"{seen} {unit} typed, {now} once all agree: {times} times the usual correction of such a figure.",
        f"{seen} {unit} dans le classeur, {now} une fois tout mis en cohérence : {times} fois la correction "
        "habituelle d'un tel chiffre.",
    )
    if not figure.alike:
        return text
    others = listed([str(cell) for cell in figure.alike], view.language)
    return f"{text} " + view.pick(
        f"The balances cannot tell it apart from {others}: at least one of them is wrong.",
        f"Les bilans ne permettent pas de le distinguer de {others} : l'un d'eux au moins est faux.",
    )


def _remark(view: View, one: Unmeasured, squares: bool) -> str | None:
    if not squares:
        return view.pick("nobody typed this year's figure", "le chiffre de cette année n'a pas été saisi")
    if one.upper is None:
        return view.pick("bounds not worked out: too many quantities", "bornes non calculées : trop de grandeurs")
    if math.isinf(one.upper):
        return view.pick("nothing limits it from above", "rien ne le limite vers le haut")
    return None


def _cell(view: View, one: Unmeasured) -> Cell | None:
    chain = view.result.today_chain
    if one.kind == "level" and one.place is not None:
        return chain.processes[one.place].row.at("today")
    if one.position is None:
        return None
    if one.kind == "flow":
        return chain.links[one.position].row.at("today")
    return chain.offers[one.position].row.at("maximum") if one.kind == "offered" else (
        chain.needs[one.position].row.at("quantity"))  # fmt: skip
