"""What ``compare`` prints when it is done: one paragraph a case, and why a case has no plan."""

from __future__ import annotations

from filiere.report.comparison.document import subtitle, title
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import Sides
from filiere.report.comparison.wording import reasons, status_word
from filiere.solution.solution import Status


def comparison_lines(sides: Sides) -> list[str]:
    """Return the lines: what was compared, then what each solved case changes."""
    colon = sides.pick(": ", " : ")
    told = [f"{one.label}{colon}{one.text}" for one in stories(sides).rows if not one.warned]
    return [title(sides), subtitle(sides), *told]


def failure_lines(sides: Sides) -> list[str]:
    """Return, for each case without a plan, how it ended, then why, a line each; and what was stopped short."""
    lines = []
    for name, outcome in zip(sides.titles, sides.comparison.outcomes, strict=True):
        if outcome.solved and outcome.solution is not None and outcome.solution.status is Status.TIME_LIMIT:
            lines.append(sides.pick(
                f"{name}: stopped before the search ended; this is the best plan found so far, not a proved optimum.",
                f"{name} : arrêté avant la fin de la recherche ; c'est le meilleur plan trouvé, pas un optimum prouvé.",
            ))  # fmt: skip
        if not outcome.solved:
            lines.append(f"{name}{sides.pick(': ', ' : ')}{status_word(sides, outcome)}")
            lines += [f"  {line.strip()}" for line in reasons(sides, outcome)]
    return lines
