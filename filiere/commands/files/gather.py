"""``filiere gather``: other people's files and answers into a new workbook, or into one that is completed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from filiere.commands.common import WORKBOOK_ENDING, Console, NewFile, common, guarded, problem_json, said
from filiere.commands.language import asked_language
from filiere.language import Label, Language, counted

if TYPE_CHECKING:
    from filiere.gather.decide.decision import Decision
    from filiere.gather.files import Sorted
    from filiere.gather.gather import Gathered, Periods
    from filiere.problems import Problem

_DOES = Label(
    "Bring accounting exports, members' lists, electronic invoices and answered questionnaires into a workbook: "
    "actors, products and links, each figure with the file and rows it comes from. A workbook that exists is "
    "completed in a copy and never written; without files, the decisions answered in it are applied. The files are "
    "never changed.",
    "Reprend dans un classeur des exports comptables, des listes d'adhérents, des factures électroniques et les "
    "questionnaires remplis : acteurs, produits et échanges, chaque chiffre avec le fichier et les lignes d'où il "
    "vient. Un classeur qui existe est complété dans une copie, jamais modifié ; sans fichier, les décisions "
    "auxquelles vous y avez répondu sont appliquées. Les fichiers ne sont jamais modifiés.",
)
_FILES = Label("[FILE|FOLDER]...", "[FICHIER|DOSSIER]...")
_INTO = Label("The workbook to complete, or to write where there is none.",
              "Le classeur à compléter, ou à écrire s'il n'existe pas.")  # fmt: skip
_PERIODS = Label(
    "Share each link out over the year by the dates of its rows.",
    "Répartit chaque échange dans l'année d'après les dates de ses lignes.",
)
_YEAR = Label("Gather the rows of this year only.", "Ne reprend que les lignes de cette année.")
_CURRENCY = Label("The currency of the amounts (EUR).", "La monnaie des montants (EUR).")
_WROTE = Label("Workbook written: {path}", "Classeur écrit : {path}")
_READ = Label("Read: {files}", "Lu : {files}")
_UNTOUCHED = Label("{name} is as it was.", "{name} est inchangé.")
_COUNTS = Label("{actors}, {products}, {links}.", "{actors}, {products}, {links}.")
_CHANGED = Label("{cells}: in green, listed on the sheet “# Changes”.",
                 "{cells} : en vert, et dans la feuille « # Modifications ».")  # fmt: skip
_SAME = Label("No cell changed.", "Aucune cellule n'a changé.")
_CELL, _CELLS = Label("cell changed", "cellule modifiée"), Label("cells changed", "cellules modifiées")
_COUNTED = {
    "actors": (Label("actor", "acteur"), Label("actors", "acteurs")),
    "products": (Label("product", "produit"), Label("products", "produits")),
    "links": (Label("link", "échange"), Label("links", "échanges")),
}
_TO_DECIDE = Label(
    "{points}: answer on the sheet “Decisions to take”, then gather again --into that workbook.",
    "{points} : répondez dans la feuille « Décisions à prendre », puis relancez gather --into avec ce classeur.",
)
_POINT = Label("decision to take", "décision à prendre")
_POINTS = Label("decisions to take", "décisions à prendre")
_ALIKE = 4
"""Of how many messages of one kind the first are shown on the terminal."""
_MORE = Label("And more of the same kinds ({kinds}): the workbook lists them all.",
              "Et d'autres de même sorte ({kinds}) : le classeur les donne tous.")  # fmt: skip
_NEXT = Label('Then run: filiere check "{path}"', 'Puis lancez : filiere check "{path}"')


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What was written, and what is told of it."""

    content: bytes
    rows: dict[str, int]
    decisions: Sequence[Decision]
    problems: Sequence[Problem]
    changes: int | None = None
    """How many cells of a workbook that was there changed; None for a new one."""
    warnings: Sequence[Problem] = field(default=())


@click.command("gather", help=_DOES.to(asked_language()))
@click.argument("files", type=click.Path(exists=True, path_type=Path), nargs=-1, metavar=_FILES.to(asked_language()))
@click.option("--into", required=True, type=NewFile(),
              help=_INTO.to(asked_language()))  # fmt: skip
@click.option("-o", "--output", type=NewFile(workbook=True), help=said("output"))
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
    output: Path | None,
    periods: Periods,
    year: int | None,
    currency: str,
    force: bool,
    console: Console,
    lang: Language | None,
) -> None:
    """Gather files into a workbook."""
    from filiere.commands.plan.destination import question
    from filiere.gather.files import sort_files
    from filiere.workbook.outputs.free_names import Asked, free_name
    from filiere.workbook.outputs.mark import run_of
    from filiere.workbook.outputs.output import refuse_input, refuse_output

    there = into.is_file()
    refuse_input(into, files)
    if not there and into.suffix.lower() != ".xlsx":
        raise click.UsageError(WORKBOOK_ENDING.to(console.language))
    target = output or (free_name(into.with_suffix(".xlsx")) if there else into)
    by = Asked("-o" if output is not None or there else "--into")
    run = run_of([*files, into], question()) if target is output else ""
    refuse_output(target, [*files, *([into] if there else [])], force=force, run=run, asked=by)
    found = sort_files(files)
    asked = _Asked(periods, year, currency, lang)
    if there:
        console, outcome = _completed(into, found, asked, console)
    else:
        console, outcome = _new(into, found, asked, console)
    forced = force and (output is not None or not there)
    console.save([(target, outcome.content)], force=forced, run=run, asked={target: by})
    console.problems(outcome.warnings)
    _report(outcome, found, target, into if there else None, console)


@dataclass(frozen=True)
class _Asked:
    """What the options ask for."""

    periods: Periods
    year: int | None
    currency: str
    lang: Language | None


def _gathered(found: Sorted, asked: _Asked, language: Language) -> Gathered:
    from filiere.gather.gather import gather

    return gather(found.tables, language, asked.periods, asked.year, asked.currency, found.invoices)


def _new(into: Path, found: Sorted, asked: _Asked, console: Console) -> tuple[Console, _Outcome]:
    from filiere.gather.decide.pile import pile_decisions, proposals_of, remarks_of
    from filiere.gather.workbook import gathered_workbook
    from filiere.problems import WorkbookError
    from filiere.problems import collecting as codes

    console = replace(console, language=asked.lang or console.language)
    if not found.tables and not found.invoices:
        alone = [codes.NOTHING_TO_COMPLETE.at(None, file=into.name)] if not found.problems else []
        raise WorkbookError([*alone, *found.problems] if not found.questionnaires else
                            [codes.NOTHING_TO_COMPLETE.at(None, file=into.name), *found.problems])  # fmt: skip
    gathered = _gathered(found, asked, console.language)
    alone = [codes.UNREAD_FILE.at(None, file=raw.path.name if raw.path else "", reason=_NO_WORKBOOK)
             for raw in found.questionnaires]  # fmt: skip
    rows = {"actors": len(gathered.actors), "products": len(gathered.products), "links": len(gathered.flows),
            **Counter(one.table for one in proposals_of(gathered))}  # fmt: skip
    problems = [*found.problems, *alone, *remarks_of(gathered)]
    content = gathered_workbook(replace(gathered, decisions=(*gathered.decisions, *found.problems, *alone)),
                                console.language)  # fmt: skip
    return console, _Outcome(content=content, rows=rows, decisions=pile_decisions(gathered, console.language),
                           problems=problems)  # fmt: skip


_NO_WORKBOOK = Label("a questionnaire is gathered into the workbook that it was sent from.",
                     "un questionnaire se reprend dans le classeur d'où il a été envoyé.")  # fmt: skip


def _completed(into: Path, found: Sorted, asked: _Asked, console: Console) -> tuple[Console, _Outcome]:
    from filiere.gather.collect.collect import language_for
    from filiere.gather.into import Asked, gather_into
    from filiere.problems import writing as codes
    from filiere.workbook.read.read import read_workbook

    raw = read_workbook(into)
    console = replace(console, language=language_for(raw, asked.lang, console.language))
    done = gather_into(into, raw, found, console.language, Asked(asked.periods, asked.year, asked.currency))
    warnings = [codes.ANNOTATED_ANEW.at(None, file=into.name, reason=done.loss)] if done.loss else []
    return console, _Outcome(content=done.content, rows=dict(done.rows), decisions=done.decisions,
                           problems=done.problems, changes=done.changes, warnings=warnings)  # fmt: skip


def _problems(problems: Sequence[Problem], console: Console) -> None:
    """Tell what was left out; of many alike the first few, the workbook lists them all."""
    shown: Counter[str] = Counter()
    for problem in problems:
        shown[problem.code] += 1
        if shown[problem.code] <= _ALIKE:
            console.problems([problem])
    more = {code: count - _ALIKE for code, count in shown.items() if count > _ALIKE}
    if more and not console.quiet:
        kinds = ", ".join(f"{code} × {count}" for code, count in more.items())
        console.warn(_MORE.fill(kinds=kinds))


def _report(outcome: _Outcome, found: Sorted, target: Path, source: Path | None, console: Console) -> None:
    from filiere.gather.decide.decision import as_json, open_ones

    open_ = open_ones(outcome.decisions)
    if console.as_json:
        told: dict[str, Any] = {
            "written": str(target), "read": found.read, "rows": outcome.rows,
            "decisions": [as_json(decision) for decision in open_],
            "left_out": [problem_json(problem, console.language) for problem in outcome.problems],
        }  # fmt: skip
        console.json(told)
    else:
        _problems(outcome.problems, console)
    if found.read:
        console.say(_READ.fill(files=", ".join(found.read)))
    console.say(_WROTE.fill(path=str(target)))
    if source is not None:
        console.say(_UNTOUCHED.fill(name=source.name))
    if outcome.changes is None:
        counts = {name: counted(outcome.rows.get(name, 0), *words) for name, words in _COUNTED.items()}
        console.say(_COUNTS.fill(**counts))
    elif outcome.changes:
        console.say(_CHANGED.fill(cells=counted(outcome.changes, _CELL, _CELLS)))
    else:
        console.say(_SAME)
    if open_:
        console.say(_TO_DECIDE.fill(points=counted(len(open_), _POINT, _POINTS)))
    console.say(_NEXT.fill(path=str(target)))
