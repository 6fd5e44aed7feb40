"""The tables of symbols on the page of equations: no cell is cut in the middle of a word."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = r"""
====== ======== ==== ========
symbol meaning  unit sheet
====== ======== ==== ========
:math:`\iota` the need's importance – Needs
cap    capacity of it        level Processes
s      share    –    Settings
====== ======== ==== ========
"""


def test_no_cell_of_a_symbol_table_is_cut_in_the_middle_of_a_word() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    rows = [line for line in generate.markdown(TABLE) if line.startswith("|")]
    assert rows[-1] == "| s | share | – | Settings |"
    written = set(TABLE.replace(":math:", "").replace("`", " ").split())
    told = " ".join(rows).replace("$", " ").replace("|", " ").split()
    assert {word for word in told if not word.startswith("---")} <= written


def test_the_page_keeps_the_words_of_its_symbols_whole() -> None:
    page = (ROOT / "docs" / "formulation.md").read_text("utf-8")
    assert "| final | stock at the end of the year | product's unit | Storage |" in page
    assert r"| $\pi^\circ$ | the product's reference value | currency | Products |" in page


def test_every_cell_of_a_symbol_table_is_filled_and_begins_no_other_column() -> None:
    """A cell that is empty on the page has run into the next one: its column is too narrow in the docstring."""
    lines = (ROOT / "docs" / "formulation.md").read_text("utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    assert len(rows) > 200
    assert [row for row in rows if len(row) != 4 or not all(map(str.strip, row))] == []
    assert "| Y | kept, over the group's mean reference price | product's unit | Recipes |" in lines


def test_symbols_of_the_unknowns_are_written_with_one_backslash() -> None:
    page = (ROOT / "docs" / "formulation.md").read_text("utf-8")
    assert r"| $\rho_{apt}$ | `left_over[a,p,t]` |" in page
    assert not [line for line in page.splitlines() if line.startswith("| $\\\\")]
