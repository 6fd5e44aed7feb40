"""The manifest: what was read, with which options and programs, and how well the answer holds."""

from __future__ import annotations

import math
from collections.abc import Iterator

from filiere.language import readable
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View
from filiere.solution.solution import Status

CHECKS = {
    "references": ("every figure belongs to the workbook", "chaque chiffre se rapporte au classeur"),
    "non-negativity": ("no negative quantity", "aucune quantité négative"),
    "flow columns": ("values agree with quantities and prices", "valeurs conformes aux quantités et aux prix"),
    "balances": ("what comes in goes out", "ce qui entre ressort"),
    "storage": ("stocks", "stocks"),
    "discards": ("only what may be thrown away is", "seul ce qui peut être jeté l'est"),
    "shelf lives": ("nothing is kept longer than it keeps", "rien n'est gardé au-delà de sa durée de conservation"),
    "left over": ("rests of whole lots", "restes de lots entiers"),
    "choices": ("interchangeable inputs", "intrants interchangeables"),
    "capacities": ("capacities", "capacités"),
    "minimum loads": ("minimum loads", "charges minimales"),
    "whole lots": ("whole lots", "lots entiers"),
    "rounds": ("delivery rounds", "tournées"),
    "required projects": ("projects that require others", "projets qui en nécessitent d'autres"),
    "payments": ("compensation between actors", "compensations entre acteurs"),
    "equal shares": ("equal shares", "parts égales"),
    "minimums": ("smallest activity levels", "volumes d'activité minimaux"),
    "expansions": ("enlargements", "extensions"),
    "whole levels": ("whole numbers", "nombres entiers"),
    "links": ("limits of relations", "limites des échanges"),
    "relations kept": ("continuity of relations", "continuité des relations"),
    "offers": ("resources available", "ressources disponibles"),
    "needs": ("needs", "besoins"),
    "funding": ("funding", "financements"),
    "budgets": ("budgets", "budgets"),
    "surplus floors": ("what actors who may not lose keep", "ce que gardent les acteurs qui ne doivent pas perdre"),
    "limits": ("rules and commitments", "règles et engagements"),
    "cost bound": ("what a plan may cost", "ce qu'un plan peut coûter"),
    "ranks": ("value of each objective", "valeur de chaque objectif"),
}  # fmt: skip

STATUS = {
    Status.OPTIMAL: ("best possible plan found", "meilleur plan possible trouvé"),
    Status.TIME_LIMIT: ("stopped before the search ended", "arrêté avant la fin de la recherche"),
    Status.INFEASIBLE: ("cannot work as it stands", "impossible en l'état"),
    Status.UNBOUNDED: ("feeds on itself without end", "s'alimente elle-même sans fin"),
}  # fmt: skip

_STEPS = {"read": ("reading", "lecture"), "build": ("writing the equations", "mise en équations"),
          "solve": ("solving", "résolution"), "measure": ("indicators", "indicateurs"),
          "write": ("writing the results", "écriture des résultats")}  # fmt: skip

_OPTIONS = {"time_limit": ("time limit (s)", "limite de temps (s)"),
            "jobs": ("computations side by side", "calculs en parallèle"), "lang": ("language", "langue"),
            "language": ("language", "langue"), "force": ("overwrite", "écraser l'existant"),
            "nobody_worse_off": ("nobody worse off than today", "personne ne perd par rapport à cette année"),
            "no_member_worse_off": ("no member worse off than today", "aucun membre ne perd par rapport à cette année"),
            "output": ("output", "fichier de sortie"), "solver": ("solver", "solveur"),
            "method": ("method", "méthode")}  # fmt: skip

Line = tuple[str, str, str | float | None, str | None]


def manifest(view: View) -> Sheet:
    """Return one row a fact: its section, its name, its value and a remark."""
    lines = [*_input(view), *_answer(view), *_certificate(view), *_size(view), *_run(view)]
    columns = (
        Column("section", view.pick("Section", "Rubrique"), [line[0] for line in lines]),
        Column("name", view.pick("What", "Quoi"), [line[1] for line in lines]),
        Column("value", view.pick("Value", "Valeur"), [line[2] for line in lines], Show.SMALL),
        Column("remark", view.pick("Remark", "Remarque"), [line[3] for line in lines], Show.PROSE),
    )
    return Sheet("manifest", view.pick("Manifest", "Traçabilité"), columns, frozen=0)


def _input(view: View) -> Iterator[Line]:
    section = view.pick("Input", "Entrée")
    path = view.result.input_path
    yield section, view.pick("workbook", "classeur"), readable(path.name) if path else None, None
    yield section, view.pick("fingerprint (SHA-256)", "empreinte (SHA-256)"), view.result.sha256 or None, None
    yield section, view.pick("scenario", "scénario"), view.scenario, None
    for name, value in view.result.options.items():
        if name == "scenario":
            continue
        shown = view.pick(*_OPTIONS[name]) if name in _OPTIONS else name
        yield view.pick("Options", "Options"), shown, _plain(view, value), None


def _answer(view: View) -> Iterator[Line]:
    section = view.pick("Answer", "Réponse")
    solution = view.result.solution
    yield section, view.pick("outcome", "issue"), view.pick(*STATUS[solution.status]), None
    if solution.gap and math.isfinite(solution.gap):
        remark = view.pick("at most this share from the best", "au plus cette part d'écart avec le meilleur plan")
        yield section, view.pick("gap", "écart restant"), solution.gap, remark


def _certificate(view: View) -> Iterator[Line]:
    certificate = view.result.certificate
    if certificate is None:
        return
    section = view.pick("Certificate", "Vérification")
    verdict = view.pick("passed", "réussie") if certificate.passed else view.pick("failed", "échouée")
    yield section, view.pick("verdict", "verdict"), verdict, None
    remark = view.pick("below 0.000001 it is rounding", "en dessous de 0,000001, c'est de l'arrondi")
    yield section, view.pick("largest relative gap", "plus grand écart relatif"), certificate.max_residual, remark
    for check in certificate.checks:
        name = view.pick(*CHECKS[check.name]) if check.name in CHECKS else check.name
        yield section, name, check.residual, str(check.cell) if check.cell and check.residual > 1e-6 else None


def _size(view: View) -> Iterator[Line]:
    section, chain = view.pick("Size", "Taille"), view.chain
    for (en, fr), count in (
        (("actors", "acteurs"), len(chain.actors)),
        (("products", "produits"), len(chain.products)),
        (("activities", "activités"), len(chain.processes)),
        (("relations", "échanges"), len(chain.links)),
        (("needs", "besoins"), len(chain.needs)),
        (("periods", "périodes"), len(chain.periods)),
        (("rules", "règles"), len(chain.limits)),
        (("flows in the plan", "flux dans le plan"), len(view.plan.flows)),
    ):
        yield section, view.pick(en, fr), float(count), None


def _run(view: View) -> Iterator[Line]:
    seconds = {**view.result.solution.seconds, **view.result.seconds}
    for name, value in seconds.items():
        shown = view.pick(*_STEPS[name]) if name in _STEPS else name
        yield view.pick("Seconds", "Secondes"), shown, round(value, 3), None
    for name, version in view.result.versions.items():
        yield view.pick("Versions", "Versions"), name, version, None
    if view.result.date:
        yield view.pick("Versions", "Versions"), view.pick("date", "date"), view.result.date.isoformat(), None


def _plain(view: View, value: str | float | bool) -> str | float:
    if isinstance(value, bool):
        return view.pick("yes", "oui") if value else view.pick("no", "non")
    return value
