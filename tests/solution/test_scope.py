"""Which links a rule counts, by what its measure is declared to count."""

from __future__ import annotations

import pytest

from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.observed import figures_on
from filiere.solution.scope import counted_links
from tests import hand

FROM_FARM, ALL, NONE = [True, False], [True, True], [False, False]


@pytest.mark.parametrize(("measure", "counted"), [
    *((measure, FROM_FARM) for measure in ("quantity", "value", "mass", "co2", "transport")),
    *((measure, NONE) for measure in ("level", "jobs", "funding", "opened", "investment")), ("cost", ALL),
])  # fmt: skip
def test_a_rule_counts_links_where_its_measure_is_summed_over_them(measure: str, counted: list[bool]) -> None:
    links = [hand.link("Farm", "Shop", "eggs"), hand.link("Other", "Shop", "eggs")]
    chain = hand.chain([hand.actor(name) for name in ("Farm", "Other", "Shop")], [hand.product("eggs")], links)
    rule = hand.limit("rule", w.LimitMeasure[measure.upper()], "<=", 1.0, sellers=frozenset({"Farm"}))
    assert counted_links(Accounts(chain, figures_on(chain)), rule).tolist() == counted


def test_a_rule_on_a_measure_of_the_workbook_counts_every_link() -> None:
    chain = hand.chain(
        [hand.actor("Farm"), hand.actor("Shop")], [hand.product("eggs")], [hand.link("Farm", "Shop", "eggs")]
    )
    rule = hand.limit("rule", "hours", "<=", 1.0)
    assert counted_links(Accounts(chain, figures_on(chain)), rule).tolist() == [True]
