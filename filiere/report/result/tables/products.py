"""Products and stages: what is made here, what comes and goes, and how far the territory can do without the outside."""

from __future__ import annotations

from filiere.report.result.stages import stage_order
from filiere.report.result.tables.indicators import figures, known
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View, place

_OF_PRODUCTS = (
    "production", "imports", "exports", "available", "served", "unmet", "discarded", "self_sufficiency",
    "import_dependency", "net_import_dependency", "external_content", "hhi", "purchases", "upstream_dependency",
    "upstream_dependency_public", "upstream_dependency_private", "sales", "downstream_dependency",
    "downstream_dependency_public", "downstream_dependency_private",
)  # fmt: skip
_OF_STAGES = (
    "production", "imports", "exports", "self_sufficiency", "import_dependency", "net_import_dependency", "purchases",
    "upstream_dependency", "upstream_dependency_public", "upstream_dependency_private", "sales",
    "downstream_dependency", "downstream_dependency_public", "downstream_dependency_private",
)  # fmt: skip
_MOVED = ("production", "imports", "exports", "purchases", "sales")


def products(view: View) -> Sheet | None:
    """Return one row a product that moves, today's self-sufficiency beside the plan's."""
    measures, before = view.result.measures, view.result.today_measures
    if measures is None:
        return None
    moved = measures.products[["production", "imports", "exports", "served", "unmet", "discarded"]].sum(axis=1) > 1e-9
    frame = measures.products[moved]
    goods = [view.chain.products[name] for name in frame.index]
    columns = [
        Column("product", view.pick("Product", "Produit"), [p.name for p in goods]),
        Column("kind", view.pick("Kind", "Nature"), [p.kind.label.to(view.language) for p in goods]),
        Column("stage", view.pick("Stage", "Maillon"), [p.stage for p in goods]),
        Column("family", view.pick("Family", "Famille"), [p.family for p in goods]),
        Column("unit", view.pick("Unit", "Unité"), [p.unit for p in goods]),
        *figures(view, frame, "product", _OF_PRODUCTS),
    ]
    if before is not None:
        heading = view.pick("Self-sufficiency today (%)", "Taux d'auto-approvisionnement cette année (%)")
        today = known(before.products["self_sufficiency"].reindex(frame.index))
        columns.append(Column("before", heading, today, Show.PERCENT))
    columns.append(Column("cell", view.pick("Typed in", "Saisi en"), [place(p.row) for p in goods], Show.SOURCE))
    return Sheet("products", view.pick("Products", "Produits"), tuple(columns), frozen=1)


def stages(view: View) -> Sheet | None:
    """Return one row a stage that something moves in, upstream first, in money at reference prices.

    Nothing where no product has a stage.
    """
    measures = view.result.measures
    if measures is None or not any(measures.stages.index):
        return None
    alone = view.pick("(no stage)", "(sans maillon)")
    order = [name for name in (*stage_order(view.chain), "") if name in measures.stages.index]
    frame = measures.stages.loc[order]
    frame = frame[frame[list(_MOVED)].fillna(0.0).abs().sum(axis=1) > 1e-9]
    columns = (
        Column("stage", view.pick("Stage", "Maillon"), [name or alone for name in frame.index]),
        *figures(view, frame, "stage", _OF_STAGES),
    )
    return Sheet("stages", view.pick("Stages", "Maillons"), columns, frozen=1)
