"""``filiere gather``: a new workbook from accounting exports and members' lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands.common import Voice, common, existing_file, guarded, problem_json, said
from filiere.commands.language import asked_language
from filiere.language import Label, Language, counted

if TYPE_CHECKING:
    from filiere.gather.gather import Gathered, Periods

_DOES = Label(
    "Fill a new workbook from accounting exports, members' lists (xlsx, ods, csv) and electronic invoices (pdf, xml): "
    "actors, products and links, each figure with the file and rows it comes from. The files are never changed.",
    "Remplit un nouveau classeur à partir d'exports comptables, de listes d'adhérents (xlsx, ods, csv) et de factures "
    "électroniques (pdf, xml) : acteurs, produits et échanges, chaque chiffre avec le fichier et les lignes d'où il "
    "vient. Les fichiers ne sont jamais modifiés.",
)
_FILES = Label("FILE...", "FICHIER...")
_INTO = Label("The workbook to write.", "Le classeur à écrire.")
_PERIODS = Label(
    "Share each link out over the year by the dates of its rows.",
    "Répartit chaque échange dans l'année d'après les dates de ses lignes.",
)
_YEAR = Label("Gather the rows of this year only.", "Ne reprend que les lignes de cette année.")
_CURRENCY = Label("The currency of the amounts (EUR).", "La monnaie des montants (EUR).")
_WROTE = Label("Workbook written: {path}", "Classeur écrit : {path}")
_COUNTS = Label("{actors}, {products}, {links}.", "{actors}, {products}, {links}.")
_COUNTED = {
    "actors": (Label("actor", "acteur"), Label("actors", "acteurs")),
    "products": (Label("product", "produit"), Label("products", "produits")),
    "links": (Label("link", "échange"), Label("links", "échanges")),
}
_TO_DECIDE = Label("{points}: see the sheet “# To decide”.", "{points} : voyez la feuille « # À décider ».")
_POINT = Label("point remains to be decided", "point reste à décider")
_POINTS = Label("points remain to be decided", "points restent à décider")
_NEXT = Label("Then run: filiere check {path}", "Puis lancez : filiere check {path}")


@click.command("gather", help=_DOES.to(asked_language()))
@click.argument("files", type=existing_file, nargs=-1, required=True, metavar=_FILES.to(asked_language()))
@click.option("--into", "-o", "--output", "into", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help=_INTO.to(asked_language()))  # fmt: skip
@click.option("--periods", type=click.Choice(["none", "seasons", "months"]), default="none",
              help=_PERIODS.to(asked_language()))  # fmt: skip
@click.option("--year", type=click.IntRange(1900, 2200), metavar="YYYY", help=_YEAR.to(asked_language()))
@click.option("--currency", default="EUR", metavar="EUR", help=_CURRENCY.to(asked_language()))
@click.option("--force", is_flag=True, help=said("force"))
@common
@guarded
def command(
    files: tuple[Path, ...],
    into: Path,
    periods: Periods,
    year: int | None,
    currency: str,
    force: bool,
    voice: Voice,
    lang: Language | None,
) -> None:
    """Gather files into a workbook."""
    from filiere.gather.workbook import gathered_workbook
    from filiere.pipeline import gather_files
    from filiere.workbook.output import refuse_output, write_bytes

    refuse_output(into, files, force=force)
    voice = replace(voice, language=lang or voice.language)
    gathered = gather_files(files, voice.language, periods, year, currency)
    write_bytes(into, gathered_workbook(gathered, voice.language), force=force)
    _report(gathered, into, voice)


def _report(gathered: Gathered, into: Path, voice: Voice) -> None:
    counts = {"actors": len(gathered.actors), "products": len(gathered.products), "links": len(gathered.flows)}
    if voice.as_json:
        decisions = [problem_json(problem, voice.language) for problem in gathered.decisions]
        voice.json({"written": str(into), **counts, "decisions": decisions})
    voice.say(_WROTE.fill(path=str(into)))
    voice.say(_COUNTS.fill(**{name: counted(count, *_COUNTED[name]) for name, count in counts.items()}))
    if gathered.decisions:
        voice.say(_TO_DECIDE.fill(points=counted(len(gathered.decisions), _POINT, _POINTS)))
    voice.say(_NEXT.fill(path=str(into)))
