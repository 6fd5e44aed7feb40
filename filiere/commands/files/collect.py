"""``filiere collect``: one questionnaire a member, an index of them, and a text for the mail."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands.common import Console, Name, NewFile, common, guarded, one_file, said
from filiere.commands.language import asked_language
from filiere.language import Label, Language, counted

if TYPE_CHECKING:
    from filiere.gather.collect.collect import Questionnaire
    from filiere.gather.complete.sheets import Received
    from filiere.workbook.questionnaire.index import Day, Sent

_DOES = Label(
    "Write one small questionnaire workbook for each member, filled in as far as known, with an index of the files and "
    "a text for the mail. The workbook is never changed; actors alone are enough.",
    "Écrit un petit questionnaire par membre, rempli de ce que l'on sait déjà, avec un tableau de suivi et un texte "
    "pour le message. Le classeur n'est jamais modifié ; une liste d'acteurs suffit.",
)
_INTO = Label("The folder to write them in.", "Le dossier où les écrire.")
_ACTOR = Label("For this actor only (again for each).", "Pour cet acteur seulement (à répéter pour chacun).")
_WROTE = Label("{files} written in {folder}", "{files} dans {folder}")
_FILE, _FILES = Label("questionnaire", "questionnaire"), Label("questionnaires", "questionnaires")
_INDEX = Label("Follow-up: {path}", "Suivi : {path}")
_MAIL = Label("Text for the mail: {path}", "Texte du message : {path}")
_NEXT = Label(
    'When answers come back: filiere gather ANSWERS… --into "{file}"',
    'Quand les réponses reviennent : filiere gather RÉPONSES… --into "{file}"',
)


@click.command("collect", help=_DOES.to(asked_language()))
@one_file
@click.option("--into", required=True, type=NewFile(folder=True),
              metavar=Label("FOLDER", "DOSSIER").to(asked_language()), help=_INTO.to(asked_language()))  # fmt: skip
@click.option("--actor", "actors", type=Name(), multiple=True, metavar=Label("NAME", "NOM").to(asked_language()),
              help=_ACTOR.to(asked_language()))  # fmt: skip
@click.option("--force", is_flag=True, help=said("force"))
@common
@guarded
def command(
    file: Path, into: Path, actors: tuple[str, ...], force: bool, console: Console, lang: Language | None
) -> None:  # fmt: skip
    """Write the questionnaires of a workbook."""
    from filiere.chain.parse.sheets import parse
    from filiere.gather.collect.collect import collect, language_for
    from filiere.gather.collect.mail import mail_text
    from filiere.gather.complete.sheets import read_received
    from filiere.workbook.outputs.free_names import Asked
    from filiere.workbook.outputs.output import refuse_output
    from filiere.workbook.questionnaire.index import INDEX_NAME, MAIL_NAMES, index_workbook
    from filiere.workbook.read.read import read_workbook

    raw = read_workbook(file)
    language = language_for(raw, lang, console.language)
    spoken = Console(language, console.as_json, console.quiet)
    received = read_received(raw)
    round_ = 1 + max((one.round for one in received), default=0)
    made = collect(raw, language, actors, round_)
    name = parse(raw).settings.name
    written = {into / one.file: one.content for one in made}
    index, mail = into / INDEX_NAME.to(language), into / MAIL_NAMES.to(language)
    days = _kept(list(written), index, round_)
    written |= {
        index: index_workbook(_sent(made, received), round_, language, days),
        mail: mail_text(name, language, round_).encode(),
    }
    asked = Asked("--into", into)
    for path in written:
        refuse_output(path, [file], force=force, asked=asked)
    spoken.save(list(written.items()), force=force, asked=dict.fromkeys(written, asked))
    if spoken.as_json:
        spoken.json({"files": [
            {"actor": one.actor, "file": str(into / one.file), "questions": one.questions} for one in made
        ]})  # fmt: skip
    spoken.say(_WROTE.fill(files=counted(len(made), _FILE, _FILES), folder=str(into)))
    spoken.say(_INDEX.fill(path=str(index)))
    spoken.say(_MAIL.fill(path=str(mail)))
    spoken.say(_NEXT.fill(file=str(file)))


def _kept(files: list[Path], index: Path, round_: int) -> Mapping[str, tuple[Day, Day]]:
    """Return the days noted in the index of this round that is there; raises where answers would be written over."""
    from filiere.gather.answers.answered import answered
    from filiere.problems import WorkbookError
    from filiere.problems import collecting as codes
    from filiere.workbook.questionnaire.index import Day, noted_days
    from filiere.workbook.read.read import read_workbook

    lost = answered(files)
    number, days = 0, dict[str, tuple[Day, Day]]()
    if index.is_file():
        with suppress(WorkbookError):  # it is none of ours
            number, days = noted_days(read_workbook(index))
    if days and number != round_:
        lost.append(index)
    if lost:
        names = [path.name for path in lost]
        raise WorkbookError([codes.ANSWERED_THERE.at(None, folder=str(index.parent), files=names)])
    return days


def _sent(made: list[Questionnaire], received: list[Received]) -> list[Sent]:
    from filiere.workbook.questionnaire.index import Sent

    answered = {one.actor: one.round for one in sorted(received, key=lambda one: one.round)}
    return [Sent(one.actor, one.file, one.questions, answered.get(one.actor, 0)) for one in made]
