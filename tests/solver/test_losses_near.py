"""A loss begins where the whole chain ended, and that is a start: no row is freed and no column endless there."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from benchmarks.synthetic import synthetic
from filiere.analysis.stress.effect import Reader, lost_of
from filiere.analysis.stress.items import MUSTS, Item, Stressed, items_at_work, stressed
from filiere.solver.programme import loss
from filiere.solver.programme.compile import compiled
from filiere.solver.programme.loss import Losses
from filiere.solver.replan.loss import Replanner
from filiere.solver.session import session
from filiere.solver.session.highs import run
from filiere.solver.session.session import Restarted

NEAR = 150
"""Pivots; from a basis that is no start these take 220 to 320."""


@cache
def _chain() -> Stressed:
    return stressed(synthetic(1500))


def _reader() -> Reader:
    ready = _chain()
    return Reader(ready, Replanner(compiled(ready.chain), ready.musts, MUSTS, ready.ranks))


def _lost(name: str) -> Item:
    return next(item for item in items_at_work(_chain().chain) if item.what == name)


def _pivots(monkeypatch: pytest.MonkeyPatch, reader: Reader, item: Item) -> int:
    made = []

    def counted(highs: object) -> None:
        run(highs)
        made.append(highs.getInfo().simplex_iteration_count)  # type: ignore[attr-defined]

    monkeypatch.setattr(session, "run", counted)
    assert reader.effect((item,)).state == "measured"
    return sum(made)


@pytest.mark.parametrize("name", ["shop 2", "grower 22", "outsider 0 / shop 2 / good 3"])
def test_a_loss_of_a_large_chain_is_few_pivots_away(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert _pivots(monkeypatch, _reader(), _lost(name)) < NEAR


def test_without_bounds_of_columns_what_must_grow_is_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Restarted, "boxes_all", False)
    assert _pivots(monkeypatch, _reader(), _lost("outsider 0 / shop 2 / good 3")) > NEAR


def test_a_row_of_lost_columns_alone_is_held_at_nothing_and_one_of_others_too_is_free() -> None:
    programme = compiled(_chain().chain)
    losses, item = Losses(programme), _lost("shop 2")
    lost = lost_of((item,), {})
    without, gone = losses.without(lost), np.zeros(len(programme.columns), dtype=bool)
    gone[losses.columns(lost)] = True
    moved = np.flatnonzero((without.row_lower != programme.row_lower) | (without.row_upper != programme.row_upper))
    alone = np.array([gone[programme.matrix[[row]].indices].all() for row in moved])
    assert len(programme.rows) > loss.MANY
    assert alone.any()
    assert not without.row_lower[moved[alone]].any()
    assert not without.row_upper[moved[alone]].any()
    assert np.isinf(without.row_lower[moved[~alone]]).all()
    assert np.isinf(without.row_upper[moved[~alone]]).all()
