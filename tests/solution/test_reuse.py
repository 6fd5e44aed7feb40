"""What one run of an activity uses again, and what it only renames."""

from __future__ import annotations

import pytest

from filiere.solution.reuse import _counted
from tests import hand


@pytest.mark.parametrize(("kept", "renamed"), [(1.0, 1.0), (2.0, 0.0)])
def test_what_comes_back_as_it_went_in_is_no_good_of_its_own(kept: float, renamed: float) -> None:
    """Timber chipped on a tray that comes back is timber called secondary; with a tray more, a tray is made of it."""
    chipping = hand.process("chipping", "Yard", {"timber": 1.0, "tray": 1.0}, {"chips": 1.0, "tray": kept})
    goods = [hand.product("timber"), hand.product("tray"), hand.product("chips", kind="secondary")]
    chain = hand.chain([hand.actor("Yard")], goods, processes=[chipping])
    again, anew = _counted(chain, chipping, dict.fromkeys(("timber", "tray", "chips"), 1.0), {})
    assert (again, anew) == (-renamed, 0.0)
