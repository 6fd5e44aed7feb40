"""Records are changed as ``dataclasses.replace`` changes them, and what is declared of a column is complete."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from functools import cached_property
from typing import Any

import pytest

from filiere.analysis.today.reconciliation import Figure
from filiere.chain.chain import Link, Need, Offer, Process, Product
from filiere.language import Language
from filiere.schema import TABLES, Row, changed, columns
from tests.sheets import chain

BREAD = """
    ## Actors
    | actor | perimeter |
    | Mill | member |
    | Town | local |
    ## Products
    | product | unit | price |
    | flour | t | 500 |
    ## Links
    | from | to | product | today |
    | Mill | Town | flour | 3 |
    """


def test_a_record_is_changed_as_by_the_standard_library() -> None:
    (link,) = chain(BREAD).links
    new: dict[str, Any] = {"today": None, "measures": {"hours": 2.0}}
    assert changed(link, **new) == replace(link, **new) != link
    assert vars(changed(link.row, maximum=3.0)) == vars(replace(link.row, maximum=3.0))
    assert link.today == 3.0 and link.measures == {}
    with pytest.raises(TypeError, match="Link has no tomorrow"):
        changed(link, tomorrow=1.0)


@pytest.mark.parametrize("kind", [*TABLES, Figure, Link, Need, Offer, Process, Product])
def test_what_is_changed_so_is_its_fields_alone(kind: type[Any]) -> None:
    kept = [name for one in kind.__mro__ for name, value in vars(one).items() if isinstance(value, cached_property)]
    assert kept == [] and not hasattr(kind, "__post_init__") and not hasattr(kind, "__slots__")
    assert all(field.init for field in fields(kind))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_help_text_that_lists_the_words_of_a_closed_list_leaves_none_out(
    table: type[Row], language: Language
) -> None:
    for name, column in columns(table).items():
        said, words = column.help.to(language), list(column.words or ())
        named = [
            word for word in words if any(re.search(rf"(?<!\w){re.escape(s)}(?!\w)", said) for s in word.spellings)
        ]
        if 2 * len(named) > len(words):
            assert named == words, (table.__name__, name)
