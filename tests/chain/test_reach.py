"""How far products get, and how far where some activities are not there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from filiere.chain.check.reach import Reach
from tests.laws.draft import Draft
from tests.laws.law import chain_of, law
from tests.random_chains import drafts


@law(60)
@given(draft=drafts(), data=st.data())
def test_without_some_activities_products_get_as_far_as_in_a_chain_without_them(
    draft: Draft, data: st.DataObject
) -> None:
    chain = chain_of(draft, "en")
    gone = data.draw(st.lists(st.sampled_from(list(chain.processes.values())), unique_by=id)) if chain.processes else []
    rest = {key: process for key, process in chain.processes.items() if process not in gone}
    without, apart = Reach(chain).without(gone), Reach(replace(chain, processes=rest))
    places = [(actor, product) for actor in chain.actors for product in chain.products]
    assert [without.reaches(place) for place in places] == [apart.reaches(place) for place in places]
    assert [without.starts(place) for place in places] == [apart.starts(place) for place in places]
