"""``filiere demo``: the worked example, end to end."""

from __future__ import annotations

from pathlib import Path

import click

from filiere.commands.common import Console, SectorName, common, guarded, said
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Wished
from filiere.language import Label, Language

_DOES = Label(
    "Write the worked example of a sector and its results into ./filiere-demo/.",
    "Écrit l'exemple complet d'un secteur et ses résultats dans ./filiere-demo/.",
)
_WROTE = Label("Example written: {path}", "Exemple écrit : {path}")
_FOLDER = Path("filiere-demo")


@click.command("demo", help=_DOES.to(asked_language()))
@click.argument("sector", type=SectorName(examples=True), default="food")
@click.option("--force", is_flag=True, help=said("force"))
@common
@guarded
def command(sector: str, force: bool, console: Console, lang: Language | None) -> None:
    """Run the worked example. Its own earlier outputs are replaced, never a file that was changed since."""
    from filiere.commands.plan.solving import solve_and_report
    from filiere.sector import bundled_template

    name = f"{sector}_example_{console.language}.xlsx"
    example = _FOLDER / name
    content = bundled_template(name)
    if not (example.exists() and example.read_bytes() == content):
        console.save([(example, content)], force=force)
    console.say(_WROTE.fill(path=str(example)))
    results = _FOLDER / f"{sector}_{Label('results', 'resultats').to(console.language)}_{console.language}.xlsx"
    solve_and_report(example, console, lang or console.language, Wished(usual=results, force=force))
