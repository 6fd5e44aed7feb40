"""``filiere stress``: what breaks when an actor, an activity or a link is lost, and what would prevent it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands import exits as outcome
from filiere.commands.common import Console, Name, common, guarded, one_file, said, stop
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Destination, Wished, destination, results
from filiere.commands.plan.figures import Pictures
from filiere.commands.study.workers import INTERRUPTED, at_work, workers
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.analysis.stress.stress import Stress

_DOES = Label(
    "Lose each actor, activity and link in turn: what breaks, what it costs, and the cheapest hedge.",
    "Perd tour à tour chaque acteur, activité et échange : ce qui casse, ce que cela coûte, la parade la moins chère.",
)
_PAIRS = Label("Lose the worst two at once too.", "Perd aussi les plus graves deux à la fois.")
_DRAWS = Label(
    "Draw the uncertain figures this many times, as the column uncertainty says.",
    "Tire au sort ce nombre de fois les chiffres incertains, selon la colonne incertitude.",
)
_SEED = Label("The seed of the draws: the same one gives the same draws.",
              "La graine des tirages : la même redonne les mêmes tirages.")  # fmt: skip
_MOST = Label("Lose only this many, those through which most value flows.",
              "N'essaie que ce nombre de pertes, là où passe le plus de valeur.")  # fmt: skip
_LOSS = Label(
    "Lose only this: an actor, an activity, “activity @ actor” or a link “from > to, product”; give it again for each.",
    "Ne perd que ceci : un acteur, une activité, « activité @ acteur » ou un échange « de > vers, produit » ; à "
    "répéter pour chacun.",
)
_EACH_MEMBER = Label("Lose each member in turn.", "Perd tour à tour chaque membre.")
_STAGES = {
    "losses": Label("Losses", "Pertes"),
    "pairs": Label("Two losses at once", "Deux pertes à la fois"),
    "draws": Label("Random draws", "Tirages au sort"),
}
_WROTE = Label("Stress test written: {path}", "Test de résistance écrit : {path}")


@click.command("stress", help=_DOES.to(asked_language()))
@one_file
@click.option("--scenario", type=Name(), default="reference", help=said("scenario"))
@click.option("--loss", "losses", type=Name(), multiple=True, metavar="NAME", help=_LOSS.to(asked_language()))
@click.option("--each-member", is_flag=True, help=_EACH_MEMBER.to(asked_language()))
@click.option("--pairs", is_flag=True, help=_PAIRS.to(asked_language()))
@click.option("--draws", type=click.IntRange(min=1), metavar="N", help=_DRAWS.to(asked_language()))
@click.option("--seed", type=click.IntRange(min=0), default=0, metavar="S", help=_SEED.to(asked_language()))
@click.option("--most", type=click.IntRange(min=1), metavar="N", help=_MOST.to(asked_language()))
@workers
@results
@common
@guarded
def command(
    file: Path,
    scenario: str,
    losses: tuple[str, ...],
    each_member: bool,
    pairs: bool,
    draws: int | None,
    seed: int,
    most: int | None,
    jobs: int | None,
    scheduler: str | None,
    wished: Wished,
    console: Console,
    lang: Language | None,
) -> None:
    """Stress a chain."""
    from filiere.analysis.stress.stress import stress
    from filiere.chain.derived.language import language_of_chain
    from filiere.commands.plan.progress import Progress
    from filiere.commands.plan.solving import trouble
    from filiere.commands.plan.writing import outputs
    from filiere.pipeline import read
    from filiere.solver.ranks.step import RankError

    chain = read(file, scenario)
    console = replace(console, language=lang or language_of_chain(chain) or console.language)
    usual = None
    if wished.copy or not console.as_json:
        usual = file.with_name(f"{file.stem}-{Label('stress', 'resistance').to(console.language)}.xlsx")
    goes = destination(file, wished, usual, console, outputs)
    pictures = Pictures(wished.figures, (goes.main or file).stem, wished.force, goes.run)
    pictures.ready(console, goes.paths)
    console.doubts(chain.warnings)
    try:
        with at_work(console), Progress(_STAGES) as told:
            found = stress(chain, pairs, draws or 0, seed, jobs, most, told, losses, each_member, scheduler)
    except RankError as error:
        console.warn(trouble(error))
        stop(outcome.FAULT)
    chosen = {"loss": ", ".join(losses), "each_member": each_member}
    asked = chosen | {"pairs": pairs, "draws": draws, "seed": seed if draws else None, "most": most}
    _report(found, console, goes, {key: str(value) for key, value in asked.items() if value}, pictures)


def _report(
    found: Stress, console: Console, goes: Destination, options: dict[str, str], pictures: Pictures
) -> None:  # fmt: skip
    """Print what came out, write the workbook, and leave with the exit code."""
    from importlib import metadata

    from filiere.commands.plan.writing import write_run
    from filiere.pipeline import PROGRAMS
    from filiere.report.result.text import conflict_lines
    from filiere.report.stress.document import stress_document
    from filiere.report.stress.json import stress_json
    from filiere.report.stress.workbook import stress_lines, stress_workbook

    if found.without_plan is not None:
        if console.as_json:
            console.json(stress_json(found, console.language))
        for line in conflict_lines(found.chain, found.without_plan, console.language):
            console.warn(line)
        stop(outcome.NO_PLAN)
    if console.as_json:
        console.json(stress_json(found, console.language))
    for line in stress_lines(found, console.language):
        console.say(line)
    versions = {name: metadata.version(name) for name in PROGRAMS}
    language, file = console.language, goes.file
    written = write_run(
        goes,
        lambda folder, among: stress_workbook(found, language, file, folder, options, versions, among),
        lambda code: stress_document(found, code, file),
        pictures,
        console,
    )
    written.say(_WROTE, console)
    if found.interrupted:
        console.warn(INTERRUPTED)
        stop(outcome.INTERRUPTED)
    written.leave(console)
