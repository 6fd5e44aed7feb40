"""Every colour of templates, results, charts and pages, declared once by what it says.

Inside (blue) and outside (orange) stay apart under every simulated colour deficiency; the hues are those of Okabe and
Ito, "Color Universal Design" (2008). No colour speaks alone: charts add hatching and signs.
"""

from __future__ import annotations

INSIDE, PARTNER, PRIVATE, PUBLIC = "#0072B2", "#009E73", "#E69F00", "#CC79A7"
"""Who delivers: inside the territory, a partner, outside private, outside public."""
OUTSIDE = PRIVATE
"""Outside, private and public together."""
BETTER, WORSE, WORSE_INK = "#004F7C", "#D55E00", "#B45309"
"""Better and worse than what it is compared with; the last one is read as text."""
INSIDE_TINT, OUTSIDE_TINT, WARNED_TINT = "#D6E9F5", "#FCE9C4", "#FFF3CD"
"""Behind words in a cell."""
INSIDE_BAR = "#8FC1DE"
"""Bars behind figures in a cell."""
PRIVATE_HATCH, PUBLIC_HATCH = "#8F6300", "#7A4864"
"""The hatching of outside flows."""

INK, QUIET, FAINT, RULE, HEAD, WHITE = "#1F2937", "#6B7280", "#9CA3AF", "#D1D5DB", "#E5E7EB", "#FFFFFF"
"""Text, quiet text, axes, lines, headings, paper."""
QUIET_TEXT, PAGE_HEAD, PALE, FIELD_EDGE, LINK = "#525C6B", "#F1F4F8", "#F8FAFC", "#8A94A3", "#005A8E"
"""On pages alone: quiet text in small type, headings and details of tables, edges of fields, links."""
ERROR, WARNING = "#B3261E", "#C77700"

SERIES = (QUIET, INSIDE, OUTSIDE, PARTNER, PUBLIC, "#56B4E9", WORSE, "#F0E442")
"""Of a chart with several series, in this order: the first is what is compared with."""

FORM_INK, FORM_DEEP, FORM_MIDDLE, FORM_GREY = "#1F2A37", "#0B4F7D", "#4A8DB7", "#7B8794"
"""Templates and questionnaires: text, titles, accents, what is quiet."""
FORM_LINE, FORM_EDGE, FORM_RULE, FORM_HELPER_EDGE = "#D5E3EC", "#C9D9E4", "#E6ECF0", "#E1E4E8"
FORM_HEAD, FORM_BLOCK, FORM_HELPER_HEAD = "#E4EEF5", "#DDEBF4", "#C9CED6"
FORM_PALE, FORM_PALE_GREY, FORM_TO_FILL, FORM_TOTAL = "#F4F9FC", "#F1F2F4", "#FFFBEA", "#FBFBF4"
FORM_BAR, FORM_MARK, FORM_NOTE, FORM_BUTTON = "#A9CCE3", "#C4CBD2", "#F3F8FB", "#FFFDF2"
"""Bars of progress; marks that programs read, notes and buttons that people need not."""
MISSING, WRONG, WRONG_INK, WARNED_CELL, COMMENT = "#FFE9B8", "#F9D2CD", "#9B1C12", "#FFF0C2", "#FFFFE1"
"""A cell to fill in, one that is refused and its words, one with a warning, and the paper of a comment."""
CHANGED_CELL, CELL_INK = "#D5EFD9", "#000000"
"""A cell that a round of answers changed (pale green: apart from the template's blue and amber, and from the colours of
problems), and the text of cells that are coloured.
"""

_ON_PAGES = {
    "inside": INSIDE, "partner": PARTNER, "private": PRIVATE, "public": PUBLIC, "better": BETTER, "worse": WORSE,
    "inside-tint": INSIDE_TINT, "outside-tint": OUTSIDE_TINT, "warned-tint": WARNED_TINT,
    "private-hatch": PRIVATE_HATCH, "public-hatch": PUBLIC_HATCH,
    "ink": INK, "quiet": QUIET, "quiet-text": QUIET_TEXT, "rule": RULE, "head": PAGE_HEAD, "pale": PALE,
    "field-edge": FIELD_EDGE, "link": LINK, "error": ERROR, "warning": WARNING,
}  # fmt: skip


def opaque(colour: str) -> str:
    """Return a colour as workbooks write it, with its opacity in front: ``FF0072B2``."""
    return f"FF{colour[1:]}"


def as_css() -> str:
    """Return the colours of pages as custom properties, such as ``--inside``."""
    return ":root { " + " ".join(f"--{name}: {colour};" for name, colour in _ON_PAGES.items()) + " }\n"


def as_script() -> str:
    """Return the colours of pages as a JavaScript constant, ``PALETTE``, by the same names."""
    return "const PALETTE = {" + ", ".join(f'"{name}": "{colour}"' for name, colour in _ON_PAGES.items()) + "};\n"
