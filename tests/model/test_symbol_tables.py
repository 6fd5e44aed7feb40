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
