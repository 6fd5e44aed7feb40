"""What is written by columns of links adds up to what is written link by link."""

import numpy as np
import pytest

from benchmarks.synthetic import synthetic
from filiere.chain.chain import Chain
from filiere.model import variables
from filiere.model.costs import net_cost, net_costs
from filiere.model.index import Index, index
from filiere.model.numbered import Columns, Numbering
from filiere.model.variables import Terms, linear, positive, times
from tests.model.one_of_everything import WORKBOOK
from tests.sheets import chain


def declared(of: Chain) -> tuple[Columns, Index, int]:
    x, m, numbering = index(of), Columns(), Numbering()
    variables.declare(m, x, numbering)
    return m, x, len(numbering.lower)


@pytest.mark.parametrize("of", [lambda: chain(WORKBOOK), lambda: synthetic(400)], ids=["one of everything", "a region"])
def test_the_net_cost_of_all_is_that_of_each_actor_added_up(of) -> None:
    m, x, columns = declared(of())
    found = []
    for total in (linear(net_costs(m, x)), linear(term for a in x.inside_actors for term in net_cost(m, x, a))):
        coefficients = np.zeros(columns)
        np.add.at(coefficients, total.columns, total.coefficients)
        found.append((coefficients, total.constant))
    assert np.any(found[0][0])
    assert np.allclose(found[0][0], found[1][0], rtol=1e-12, atol=0.0)
    assert found[0][1] == pytest.approx(found[1][1], rel=1e-12)


def test_a_family_of_terms_is_its_terms_one_by_one_without_those_that_are_nothing() -> None:
    family = Terms(np.array([2.0, 0.0, -3.0]), [4, 5, 6])
    written = linear([(1.0, 9), (0.5, None)], times(2.0, [family, (1.0, 8)]))
    assert (written.constant, written.coefficients, written.columns) == (0.5, [1.0, 4.0, -6.0, 2.0], [9, 4, 6, 8])
    above = linear(positive([family, (-1.0, 7), (1.0, 8)]))
    assert (above.coefficients, above.columns) == ([2.0, 1.0], [4, 8])
