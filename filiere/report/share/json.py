"""A sharing for the machine: keys are English in every language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from filiere.analysis.share.rules import KEYS, Rule
from filiere.report.share.words import ShareView


def _members(view: ShareView, coalition: int) -> list[str]:
    return [name for i, name in enumerate(view.sharing.players) if coalition >> i & 1]


def share_json(view: ShareView) -> dict[str, Any]:
    """Return the object that ``filiere share --json`` prints; of a common bill every amount is what is paid."""
    sharing = view.sharing

    def by_name(shares: Sequence[float] | None) -> dict[str, float] | None:
        if shares is None:
            return None
        return {name: view.shown(value) for name, value in zip(sharing.players, shares, strict=True)}

    game = sharing.game
    better = (sharing.apart or {}).items()
    return {
        "players": list(sharing.players),
        "kind": "cost" if sharing.cost else "gain",
        "total": view.shown(sharing.total),
        "coalitions": [
            {"members": list(game.names(s)), "value": view.shown(game.values[s])} for s in range(1, game.full + 1)
        ] if game else [],
        "core_empty": sharing.core_empty,
        "epsilon": sharing.epsilon,
        "shapley": by_name(sharing.shares.get(Rule.SHAPLEY)),
        "nucleolus": by_name(sharing.shares.get(Rule.NUCLEOLUS)),
        "prenucleolus": not sharing.imputations if Rule.NUCLEOLUS in sharing.shares else None,
        "owen": by_name(sharing.shares.get(Rule.OWEN)),
        "owen_of_nobody": sharing.nobodys,
        "value": view.measure.key if view.measure else "accounts",
        "others": {who.en: amount for who, amount in view.beside.others},
        "new_grants": view.beside.granted,
        "dearer": view.beside.dearer,
        "orders": sharing.orders or None,
        "late": sharing.late,
        "looked_at": sharing.looked_at or None,
        "standard_error": dict(zip(sharing.players, sharing.standard_error or (), strict=False)) or None,
        "rule": sharing.rule.key,
        "gains": by_name(sharing.gains),
        "keys": {rule.key: by_name(sharing.shares[rule]) for rule in KEYS if rule in sharing.shares},
        "apart": {
            rule.key: {"members": _members(view, one.coalition), "amount": one.amount} if one else None
            for rule, one in better
        },
        "transfers": [{"from": one.from_, "to": one.to, "amount": one.amount} for one in sharing.transfers],
    }  # fmt: skip
