"""``filiere export``: the programme of one rank, for another solver."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from filiere.commands import exits as outcome
from filiere.commands.common import Console, Name, NewFile, common, guarded, one_file, said, stop, workbook_language
from filiere.commands.language import asked_language
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.solver.plain.export import Exported

_DOES = Label(
    "Write the programme of one rank for another solver, the ranks before it held as rows of it; beside it, a table "
    "(CSV) of what its names stand for: sheet and cell.",
    "Écrit le programme d'une priorité pour un autre solveur, les priorités d'avant y étant des lignes ; à côté, une "
    "table (CSV) de ce que désignent ses noms : feuille et cellule.",
)
_OUTPUT = Label(
    "The file to write, model.mps or model.lp; the table beside it is model.csv.",
    "Le fichier à écrire, modele.mps ou modele.lp ; la table à côté est modele.csv.",
)
_RANK = Label("Which rank of the Objectives sheet (1).", "Quelle priorité de la feuille Objectifs (1).")
_ENDING = Label(
    "A programme is written here: its name ends in .mps or .lp.",
    "C'est un programme qui est écrit : son nom finit par .mps ou .lp.",
)
_ENDINGS = (".mps", ".lp")
_WROTE = Label(
    "Rank {rank} ({objective}) written, {rows} rows and {columns} columns: {path}",
    "Priorité {rank} ({objective}) écrite, {rows} lignes et {columns} colonnes : {path}",
)
_NAMES = Label("What its names stand for: {path}", "Ce que désignent ses noms : {path}")


class _ModelFile(NewFile):
    """The name of a programme to write."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse another ending, from which the format would not be known."""
        path = super().convert(value, param, ctx)
        if Path(path).suffix.lower() not in _ENDINGS:
            self.fail(_ENDING.to(asked_language()), param, ctx)
        return path


@click.command("export", help=_DOES.to(asked_language()))
@one_file
@click.option("--rank", type=click.IntRange(1), default=1, metavar="N", help=_RANK.to(asked_language()))
@click.option("--scenario", type=Name(), default="reference", help=said("scenario"))
@click.option("-o", "--output", type=_ModelFile(), help=_OUTPUT.to(asked_language()))
@click.option("--force", is_flag=True, help=said("force"))
@common
@guarded
def command(
    file: Path, rank: int, scenario: str, output: Path | None, force: bool, console: Console, lang: Language | None
) -> None:
    """Export a rank."""
    from filiere.commands.plan.destination import Wished, destination
    from filiere.pipeline import read
    from filiere.schema.objectives import named
    from filiere.workbook.outputs.mark import naming_table

    console = replace(console, language=lang or workbook_language(file) or console.language)
    goes = destination(file, Wished(output=output, force=force), file.with_name(f"{file.stem}.mps"), console, _files)
    assert goes.main is not None
    output, table = _files(goes.main)
    chain = read(file, scenario)
    console.doubts(chain.warnings)
    exported = _exported(chain, rank, console)
    places = exported.places()
    programme = naming_table(exported.text(output.suffix.lower()), output.suffix, places)
    # The table first: whose it is, the programme that is there says.
    console.save([(table, places), (output, programme)], force=force, run=goes.run)
    rows, columns = exported.programme.matrix.shape
    told: dict[str, Any] = {"rank": rank, "objective": exported.rank.name, "value": exported.value}
    told |= {"rows": int(rows), "columns": int(columns)}
    shown: dict[str, Label | str] = {
        "rank": str(rank),
        "objective": named(exported.rank.name),
        "rows": str(rows),
        "columns": str(columns),
    }
    if console.as_json:
        console.json(told)
    console.say(_WROTE.fill(path=str(output), **shown))
    console.say(_NAMES.fill(path=str(table)))


def _files(programme: Path | None) -> tuple[Path, ...]:
    return () if programme is None else (programme, programme.with_suffix(".csv"))


def _exported(chain: Any, rank: int, console: Console) -> Exported:
    """Return the programme of a rank; leave where the chain has no plan, or where numbers fail."""
    from filiere.commands.plan.solving import NO_TIME, trouble
    from filiere.problems import WorkbookError
    from filiere.problems import solving as codes
    from filiere.report.result.text import conflict_lines
    from filiere.solver.plain.export import Exported, export
    from filiere.solver.ranks.step import RankError

    ranks = sorted({objective.rank for objective in chain.objectives})
    if rank not in ranks:
        raise WorkbookError([codes.NO_RANK.at(None, rank=rank, ranks=[str(one) for one in ranks])])
    try:
        found = export(chain, rank)
    except RankError as error:
        console.warn(trouble(error))
        stop(outcome.FAULT)
    if not isinstance(found, Exported):
        for line in conflict_lines(chain, found, console.language) or [NO_TIME.to(console.language)]:
            console.warn(line)
        stop(outcome.NO_PLAN)
    return found
