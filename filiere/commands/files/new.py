"""``filiere new``: a template to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from filiere.commands.common import Console, SectorName, common, guarded, writing
from filiere.commands.language import asked_language
from filiere.language import Label, Language

_DOES = Label(
    "Write a template to fill in; with --example, one filled with a complete worked chain.",
    "Écrit un modèle à remplir ; avec --example, un modèle rempli d'une filière complète.",
)
_EXAMPLE = Label("Fill it with the worked example.", "Le remplit de l'exemple complet.")
_WROTE = Label("Template written: {path}", "Modèle écrit : {path}")
_NEXT = Label("Fill it in, then run: filiere check {path}", "Remplissez-le, puis lancez : filiere check {path}")


@click.command("new", help=_DOES.to(asked_language()))
@click.argument("sector", type=SectorName())
@click.option("--example", is_flag=True, help=_EXAMPLE.to(asked_language()))
@writing
@common
@guarded
def command(
    sector: str, example: bool, output: Path | None, force: bool, console: Console, lang: Language | None
) -> None:  # fmt: skip
    """Write the template of a sector."""
    from filiere.sector import bundled_template, sector_names

    worked = sector_names(examples=True)
    if example and sector not in worked:
        said = _NO_EXAMPLE.fill(sectors=", ".join(worked))
        raise click.UsageError(said.to(console.language))
    name = f"{sector}_example_{console.language}.xlsx" if example else f"{sector}_{console.language}.xlsx"
    path = output or Path(name)
    console.save([(path, bundled_template(name))], force=force)
    if console.as_json:
        console.json({"written": str(path)})
    console.say(_WROTE.fill(path=str(path)))
    console.say(_NEXT.fill(path=str(path)))


_NO_EXAMPLE = Label(
    "This template has no worked example; those of {sectors} have one.",
    "Ce modèle n'a pas d'exemple ; ceux de {sectors} en ont un.",
)
