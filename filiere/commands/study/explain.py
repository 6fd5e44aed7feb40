"""``filiere explain``: why the plan is what it is, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from filiere.commands import exits as outcome
from filiere.commands.common import Console, Name, Seconds, common, guarded, one_file, said, spared, stop
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Destination, Wished, destination, results
from filiere.commands.plan.figures import Pictures
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.analysis.explain.levers import Explanation
    from filiere.analysis.today.today import Spared

_DOES = Label(
    "Say why the plan is what it is: what one more unit of each limit would bring, why links and projects are left "
    "out, how free the plan is; for a chain that cannot work, which cells clash and what would make a plan possible.",
    "Dit pourquoi le plan est ce qu'il est : ce qu'apporterait une unité de plus de chaque limite, pourquoi des "
    "échanges et des projets sont écartés, à quel point le plan est libre ; pour une filière impossible, quelles "
    "cellules s'opposent et ce qui y remédierait.",
)
_SLACK = Label(
    "Also look for very different plans within this share of the optimum, such as 2%.",
    "Cherche aussi des plans très différents, à cette part près de l'optimum, par exemple 2%.",
)
_SHARE = Label("SHARE", "PART").to(asked_language())
_NO_SHARE = Label("{value} is not a share such as 2% or 0.02.", "{value} n'est pas une part telle que 2% ou 0,02.")
_SUFFIX = Label("-why", "-pourquoi")
_WROTE = Label("Explanation written: {path}", "Explication écrite : {path}")


class Share(click.ParamType[float]):
    """A share, as ``2%``, ``2 %``, ``0.02`` or ``0,02``."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the share, refusing what is none."""
        text = str(value).replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
        number, percent = text.removesuffix("%"), text.endswith("%")
        if not number.replace(".", "", 1).isdecimal() or not number.isascii():
            self.fail(_NO_SHARE.fill(value=str(value)).to(asked_language()), param, ctx)
        share = float(number) / (100.0 if percent else 1.0)
        if share > 1.0:
            self.fail(_NO_SHARE.fill(value=str(value)).to(asked_language()), param, ctx)
        return share


@click.command("explain", help=_DOES.to(asked_language()))
@one_file
@click.option("--scenario", type=Name(), default="reference", help=said("scenario"))
@click.option("--slack", type=Share(), metavar=_SHARE, help=_SLACK.to(asked_language()))
@click.option("--time-limit", type=Seconds(), help=said("time_limit"))
@spared
@results
@common
@guarded
def command(
    file: Path,
    scenario: str,
    slack: float | None,
    time_limit: float | None,
    nobody_worse_off: Spared | None,
    wished: Wished,
    console: Console,
    lang: Language | None,
) -> None:
    """Explain a workbook's plan."""
    from filiere.analysis.explain.levers import explain
    from filiere.chain.derived.language import language_of_chain
    from filiere.commands.plan.solving import trouble
    from filiere.commands.plan.writing import outputs
    from filiere.pipeline import no_worse_off, read
    from filiere.solver.ranks.step import RankError

    chain = read(file, scenario)
    console = replace(console, language=lang or language_of_chain(chain) or console.language)
    writes = wished.copy or not console.as_json
    usual = file.with_name(f"{file.stem}{_SUFFIX.to(console.language)}.xlsx") if writes else None
    goes = destination(file, wished, usual, console, outputs)
    pictures = Pictures(wished.figures, (goes.main or file).stem, wished.force, goes.run)
    pictures.ready(console, goes.paths)
    console.doubts(chain.warnings)
    if nobody_worse_off:
        chain = no_worse_off(chain, time_limit, nobody_worse_off)
    try:
        explained = explain(chain, slack, time_limit)
    except RankError as error:
        console.warn(trouble(error))
        stop(outcome.FAULT)
    _report(explained, console, goes, pictures)


def _trusted(explained: Explanation, console: Console) -> None:
    """Leave where the plan does not hold when it is recomputed: nothing is explained of such a plan."""
    from filiere.commands.plan.solving import untrusted
    from filiere.solution.certify.certify import certify

    if explained.solution.plan is None:
        return
    certificate = certify(explained.chain, explained.solution)
    if not certificate.passed:
        console.warn(untrusted(certificate))
        stop(outcome.FAULT)


def _report(explained: Explanation, console: Console, goes: Destination, pictures: Pictures) -> None:
    from filiere.commands.plan.solving import NO_TIME, say_unproved
    from filiere.commands.plan.writing import write_run
    from filiere.report.explain.document import explanation_document
    from filiere.report.explain.json import explanation_json
    from filiere.report.explain.sheets import explanation_workbook
    from filiere.report.explain.words import explanation_lines

    _trusted(explained, console)
    lines = explanation_lines(explained, console.language)
    if console.as_json:
        console.json(explanation_json(explained, console.language))
    if explained.solution.plan is None:
        for line in lines or [NO_TIME.to(console.language)]:
            console.warn(line)
        stop(outcome.NO_PLAN)
    say_unproved(explained.solution, console)
    for line in lines:
        console.say(line)
    language, file = console.language, goes.file
    written = write_run(
        goes,
        lambda folder, among: explanation_workbook(explained, language, file, folder, among),
        lambda code: explanation_document(explained, code, file),
        pictures,
        console,
    )
    written.say(_WROTE, console)
    written.leave(console)
