"""What ``compare`` prints when it is done: one paragraph a case."""

from __future__ import annotations

from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import Sides
from filiere.report.comparison.summary_sheet import subtitle, title


def comparison_lines(sides: Sides) -> list[str]:
    """Return the lines: what was compared, then what each case changes or why it has no plan."""
    colon = sides.pick(": ", " : ")
    return [title(sides), subtitle(sides), *(f"{one.title}{colon}{one.text}" for one in stories(sides))]
