"""Which columns rows join, one after another."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from filiere.solver.programme.parts import first_joined


@pytest.mark.parametrize("seed", range(30))
def test_each_column_is_told_by_the_first_that_it_is_joined_with(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(1, 60, 2).tolist()
    entries = int(chance.integers(0, 80))
    at = chance.integers(0, rows, entries), chance.integers(0, columns, entries)
    matrix = sparse.csr_array(sparse.coo_array((chance.choice([-1.0, 0.0, 2.0], entries), at), shape=(rows, columns)))
    there = abs(matrix)
    _, part = connected_components(sparse.csr_array(there.T @ there), directed=False)
    assert first_joined(matrix).tolist() == [int(np.flatnonzero(part == one)[0]) for one in part]


def test_a_long_chain_is_one_part_whatever_its_columns_numbers() -> None:
    """Each row joins two columns, one after the other: none of the first turns joins them all."""
    count = 20_000
    order = np.random.default_rng(1).permutation(count)
    ends = np.column_stack([order[:-1], order[1:]]).ravel()
    chain = sparse.csr_array((np.ones(len(ends)), ends, np.arange(0, len(ends) + 1, 2)), shape=(count - 1, count))
    assert not first_joined(chain).any()
