"""All indicators of one plan of one chain, chain-wide and by product, actor, stage and group of users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from filiere.chain.chain import Chain
from filiere.indicators import (
    borne,
    circularity,
    dependency,
    groups,
    members,
    multiplier,
    network,
    origin,
    reliance,
    rules,
    sufficiency,
    totals,
)
from filiere.indicators.figure import Figure
from filiere.language import Label
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.once import accounts_of
from filiere.solution.solution import Plan
from filiere.solution.table import Table


@dataclass(frozen=True)
class Measures:
    """What :func:`measure` found. Keys and columns are those of :mod:`filiere.indicators.dictionary`.

    ``chain`` holds None where an indicator is blank, and ``reasons`` why; in the frames a blank is nan. Money is in
    the workbook's currency, mass in tonnes, quantities of one product in its unit. ``products``, ``actors`` (inside
    ones) and ``stages`` are indexed by name, ``groups`` by group and family, ``needs`` by the need's position,
    ``reliance`` by the name of any actor, outside ones too.
    """

    chain: Mapping[str, float | None]
    reasons: Mapping[str, Label]
    products: pd.DataFrame
    actors: pd.DataFrame
    stages: pd.DataFrame
    groups: pd.DataFrame
    needs: pd.DataFrame
    reliance: pd.DataFrame
    details: Mapping[str, Any]
    """Indicators that are no single figure, by JSON key: by group, member, actor, activity or rule."""


@dataclass(frozen=True)
class _Parts:
    """What several indicators rest on."""

    money: pd.DataFrame
    spent: multiplier.Spending
    contents: Table
    used: Table
    wanted: Table


def figures(chain: Chain, plan: Plan) -> Mapping[str, float | None]:
    """Return the indicators of ``plan`` as a whole, as :func:`measure` does; None where one is blank."""
    accounts = accounts_of(chain, plan)
    return _known(_figures(accounts, _parts(accounts)))


def _parts(accounts: Accounts) -> _Parts:
    contents = origin.external_content(accounts)
    return _Parts(
        money=members.receipts_and_outlays(accounts),
        spent=multiplier.spending(accounts),
        contents=contents,
        used=origin.content_of_needs(accounts, contents),
        wanted=groups.wanted(accounts),
    )


def _figures(accounts: Accounts, parts: _Parts) -> dict[str, Figure]:
    found: dict[str, Figure] = {
        **_dependencies(accounts),
        **_circularity(accounts),
        **_money(accounts, parts.money, parts.spent),
        **_needs(parts.used, parts.wanted),
        **(summed := totals.totals(accounts)),
        **totals.per_inhabitant(accounts, summed),
        **totals.measures(accounts),
    }
    found["net_cost_after_grants"] = borne.net_cost_after_grants(accounts, found["net_cost"])
    return found


def _known(found: Mapping[str, Figure]) -> dict[str, float | None]:
    return {key: None if isinstance(figure, Label) else figure for key, figure in found.items()}


def measure(chain: Chain, plan: Plan, detailed: bool = True) -> Measures:
    """Return every indicator of ``plan``, from its flows, levels and needs alone; ``detailed``: with its details."""
    accounts = accounts_of(chain, plan)
    supplied, parts = sufficiency.supply(accounts), _parts(accounts)
    used, wanted = parts.used, parts.wanted
    found = _figures(accounts, parts)
    by_group = groups.by_group(accounts, wanted, used)
    return Measures(
        chain=_known(found),
        reasons={key: figure for key, figure in found.items() if isinstance(figure, Label)},
        products=_products(accounts, supplied, used),
        actors=members.by_actor(accounts, parts.money, parts.spent),
        stages=totals.by_stage(accounts, supplied),
        groups=by_group,
        needs=pd.DataFrame({"external_content": origin.by_need(accounts, used)}),
        reliance=reliance.reliance(accounts, used),
        details=_details(accounts, parts, by_group) if detailed else {},
    )


def _details(accounts: Accounts, parts: _Parts, by_group: pd.DataFrame) -> dict[str, Any]:
    return {
        "who_pays": borne.who_pays(accounts),
        "lost_output": borne.lost_output(accounts),
        "lost_by_member": borne.lost_by_member(accounts),
        "spare_grants": borne.spare_grants(accounts),
        "sold_below_cost": borne.sold_below_cost(accounts),
        "local_share_by_group": groups.local_shares(by_group),
        "served_by_group": groups.served_shares(by_group),
        "local_by_rule": rules.local_by_rule(accounts),
        "local_in_truth": rules.local_in_truth(accounts, parts.contents),
    }


def shares(accounts: Accounts) -> dict[str, Figure]:
    """Return how far a plan depends on others and how far it serves what is wanted, of it all and from inside."""
    used = origin.content_of_needs(accounts, origin.external_content(accounts))
    splits = {f"{name}_dependency": split(accounts).total for name, split in _SPLITS.items()}
    return {**splits, **_needs(used, groups.wanted(accounts))}


_SPLITS = {
    "upstream": dependency.upstream_dependency, "downstream": dependency.downstream_dependency,
    "funding": dependency.funding_dependency,
}  # fmt: skip


def _dependencies(accounts: Accounts) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for name, of in _SPLITS.items():
        split = of(accounts)
        found[f"{name}_dependency"] = split.total
        found[f"{name}_dependency_public"] = split.public
        found[f"{name}_dependency_private"] = split.private
    found["outside_purchasing_share"] = dependency.outside_purchasing_share(accounts)
    return found


def _circularity(accounts: Accounts) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for name, function in (
        ("circular_use_rate", circularity.circular_use_rate),
        ("loop_closure", circularity.loop_closure),
        ("finn_cycling_index", network.network_cycling),
    ):
        found[f"{name}_mass"] = function(accounts, w.Basis.MASS)
        found[f"{name}_value"] = function(accounts, w.Basis.VALUE)
    return found


def _money(accounts: Accounts, money: pd.DataFrame, spent: multiplier.Spending) -> dict[str, Figure]:
    inside = accounts.actors["inside"]
    outlays = float(money["outlays"].to_numpy()[inside].sum())
    return {
        "lm3": multiplier.three_rounds(spent.shares, spent.first),
        "local_multiplier": multiplier.local_multiplier(spent),
        "unknown_spending_share": multiplier.unknown_spending(accounts, outlays),
        "purchases": float(dependency.purchases(accounts)["amount"].sum()),
        "sales": float(dependency.sales(accounts)["amount"].sum()),
        "grants": float(dependency.grants(accounts)["amount"].sum()),
        "outlays": outlays,
    }


def _needs(used: Table, wanted: Table) -> dict[str, Figure]:
    content = origin.mean_content(used)
    return {
        "served_share": groups.served_share(wanted),
        "external_content": content,
        "local_share": content if isinstance(content, Label) else 1.0 - content,
    }


def _products(accounts: Accounts, supplied: pd.DataFrame, used: Table) -> pd.DataFrame:
    count = len(accounts.products)
    served, unmet, binned = accounts.served, accounts.unmet, accounts.discarded
    frame = supplied.assign(
        self_sufficiency=sufficiency.self_sufficiency(supplied),
        import_dependency=sufficiency.import_dependency(supplied),
        net_import_dependency=sufficiency.net_import_dependency(supplied),
        hhi=sufficiency.concentration(accounts),
        external_content=origin.by_product(accounts, used),
        served=accounts.summed(served["product"], served["quantity"], count),
        unmet=accounts.summed(unmet["product"], unmet["quantity"], count),
        discarded=accounts.summed(binned["product"], binned["quantity"], count),
        **totals.traded(accounts, np.arange(count), count),
    )
    frame.index = accounts.product_index.rename("product")
    return frame
