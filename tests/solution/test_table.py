"""Tables of columns: rows chosen, put one below the other, and added up."""

import numpy as np

from filiere.solution.table import Table, added_up, below, distinct

FLOWS = Table({
    "from": np.array([2, 0, 2, -1]), "to": np.array([1, 1, 1, 0]), "quantity": np.array([5.0, 1.0, 0.25, 2.0]),
})  # fmt: skip


def test_rows_are_chosen_by_flags_and_by_position() -> None:
    assert list(FLOWS[FLOWS["quantity"] >= 1.0].rows("from", "quantity")) == [(2, 5.0), (0, 1.0), (-1, 2.0)]
    assert list(FLOWS[np.array([3, 3, 0])].rows("to")) == [(0,), (0,), (1,)]
    assert FLOWS["quantity"].tolist() == [5.0, 1.0, 0.25, 2.0]


def test_a_single_value_stands_in_every_row() -> None:
    assert FLOWS.assign(period=3)["period"].tolist() == [3, 3, 3, 3]
    assert "period" not in FLOWS


def test_tables_stand_one_below_the_other_with_the_columns_of_the_first() -> None:
    sold = FLOWS.renamed(to="actor").only("actor", "quantity")
    whole = below(sold, FLOWS.renamed(**{"from": "actor"}))
    assert whole.names == ("actor", "quantity")
    assert whole["actor"].tolist() == [1, 1, 1, 0, 2, 0, 2, -1]


def test_amounts_add_up_by_distinct_rows_in_their_order() -> None:
    assert list(added_up(FLOWS, "quantity", "from", "to").rows("from", "to", "quantity")) == [
        (-1, 0, 2.0), (0, 1, 1.0), (2, 1, 5.25),
    ]  # fmt: skip
    assert len(added_up(FLOWS[FLOWS["quantity"] > 9.0], "quantity", "from")) == 0


def test_an_unknown_position_is_told_from_every_other_one() -> None:
    # (0, -1) and (-1, 2) would be one number if -1 counted as nothing.
    keys = Table({"actor": np.array([0, -1, 0]), "period": np.array([-1, 2, -1])})
    first, which = distinct(keys)
    assert first.tolist() == [1, 0] and which.tolist() == [1, 0, 1]
