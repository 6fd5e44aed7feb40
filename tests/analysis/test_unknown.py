"""What is not known of this year, and the plan with some of it."""

from __future__ import annotations

import pandas as pd
import pytest

from filiere.analysis.today.unknown import _totals, is_blank, unknown, with_some
from filiere.schema import words as w
from filiere.solution.observed import figures_on
from tests import hand
from tests.sheets import chain as read

SHOP = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Shop | local |
    ## Products
    | product | unit | price |
    | eggs | t | 100 |
    ## Links
    | from | to | product |
    | Farm | Shop | eggs |
    ## Offers
    | actor | product | maximum |
    | Farm | eggs | 90 |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | eggs | {quantity} | {obligation} |
    """


@pytest.mark.parametrize(("status", "today", "blank"), [
    ("existing", None, True), ("existing", 0.0, False), ("scalable", None, True), ("candidate", None, False),
    ("opened", None, False),
])  # fmt: skip
def test_what_does_not_exist_yet_is_not_unknown(status: str, today: float | None, blank: bool) -> None:
    process = hand.process("milling", "Mill", {}, {}, status=w.ProcessStatus[status.upper()], today=today)
    assert is_blank(process) is blank


@pytest.mark.parametrize(("quantity", "obligation", "served"), [("40", "want", 20.0), ("", "outlet", 1.0)])
def test_of_an_unknown_need_a_half_is_served_or_one_where_it_has_no_end(
    quantity: str, obligation: str, served: float
) -> None:
    """In full, what would go unserved would seem to be known as nothing."""
    chain = read(SHOP.format(quantity=quantity, obligation=obligation))
    plan = figures_on(chain)
    missing = unknown(chain, plan)
    assert (missing.links, missing.needs, missing.actors) == ({0}, {0}, {"Farm", "Shop"})
    found = with_some(chain, plan, missing)
    assert found.served["quantity"].tolist() == [served] and found.flows["quantity"].tolist() == [1.0]


def test_what_is_typed_as_nothing_is_known() -> None:
    text = SHOP.format(quantity="40", obligation="want")
    typed = text.replace("| from | to | product |", "| from | to | product | today |")
    chain = read(typed.replace("| Farm | Shop | eggs |", "| Farm | Shop | eggs | 0 |"))
    assert unknown(chain, figures_on(chain)).links == frozenset()


@pytest.mark.parametrize(
    ("quantities", "told"), [([0.0, 0.0], set()), ([3.0, 1e-12], {(0,)}), ([3.0, 0.1], {(0,), (1,)})]
)
def test_rounding_is_no_figure(quantities: list[float], told: set[tuple[int]]) -> None:
    frame = pd.DataFrame({"link": [0, 1], "quantity": quantities})
    assert set(_totals(frame, ("link",), "quantity")) == told
