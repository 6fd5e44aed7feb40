"""``filiere today``: the chain as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands.common import Console, Name, common, guarded, one_file, said
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Wished, results
from filiere.language import Label, Language, quoted

if TYPE_CHECKING:
    from filiere.analysis.today.reconciliation import Method

_DOES = Label(
    "Make today's figures consistent with the least change, and measure the chain as it is.",
    "Rend cohérents les chiffres de cette année au prix du moindre écart, et mesure la filière telle qu'elle est.",
)

_METHOD = Label(
    "How today's figures are made consistent: least-change (the smallest sum of changes), least-squares (each moved by "
    "how sure it is, tested, and what was not observed bounded), or none (as typed, imbalances shown).",
    "Comment rendre cohérents les chiffres de cette année : moindre-écart (la plus petite somme des écarts), "
    "moindres-carrés (chacun selon sa confiance, avec un test des chiffres et des bornes pour ce qui n'est pas connu) "
    "ou aucune (tels que saisis, déséquilibres montrés).",
)
_METHODS: Mapping[str, tuple[str, ...]] = {
    "least-change": ("least-change", "moindre-écart", "l1", "least absolute", "moindre changement"),
    "none": ("none", "aucune", "as typed", "tels que saisis", "sans"),
    "least-squares": ("least-squares", "moindres-carrés", "l2", "lsq", "wls"),
}
_UNKNOWN = Label("{word} is no method: choose {methods}.", "{word} n'est pas une méthode : choisissez {methods}.")


def _method(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return the key of a method from its word in either language, however it is spelled."""
    from filiere.names import loose

    for key, words in _METHODS.items():
        if loose(value) in {loose(word) for word in words}:
            return key
    language = asked_language()
    said_ = _UNKNOWN.to(language).format(word=quoted(value, language), methods=" / ".join(_shown()))
    raise click.BadParameter(said_, ctx, param)


def _shown() -> list[str]:
    return [Label(*words[:2]).to(asked_language()) for words in _METHODS.values()]


@click.command("today", help=_DOES.to(asked_language()))
@one_file
@click.option("--scenario", type=Name(), default="reference", help=said("scenario"))
@click.option("--full", is_flag=True, help=said("full"))
@results
@click.option(
    "--method", default="least-change", callback=_method, metavar="|".join(_shown()), help=_METHOD.to(asked_language())
)
@common
@guarded
def command(
    file: Path,
    scenario: str,
    method: Method,
    full: bool,
    wished: Wished,
    console: Console,
    lang: Language | None,
) -> None:
    """Measure today's chain."""
    from filiere.commands.plan.solving import solve_and_report

    solve_and_report(file, console, lang, wished, scenario, "today", method=method, full=full)
