"""What was compared, how each case ended, and with which programs."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.language import readable
from filiere.report.comparison.sides import Sides
from filiere.report.comparison.wording import reasons, status_word
from filiere.report.sheet import Column, Sheet, Show

Line = tuple[str, str, str | float | None, str | None]


def manifest(sides: Sides) -> Sheet:
    """Return one row a fact: its section, its name, its value and a remark."""
    lines = [*_workbooks(sides), *_cases(sides), *_programs(sides)]
    columns = (
        Column("section", sides.pick("Section", "Rubrique"), [line[0] for line in lines]),
        Column("name", sides.pick("What", "Quoi"), [line[1] for line in lines]),
        Column("value", sides.pick("Value", "Valeur"), [line[2] for line in lines], Show.SMALL),
        Column("remark", sides.pick("Remark", "Remarque"), [line[3] for line in lines], Show.PROSE),
    )
    return Sheet("manifest", sides.pick("Manifest", "Traçabilité"), columns, frozen=0)


def _workbooks(sides: Sides) -> Iterator[Line]:
    for at, source in enumerate(sides.comparison.sources):
        section = sides.pick("Workbook", "Classeur")
        name = readable(source.path.name) if source.path else sides.workbook(at)
        mark = sides.pick("fingerprint (SHA-256)", "empreinte (SHA-256)")
        yield section, name, source.raw.sha256 if source.raw else None, mark if source.raw else None


def _cases(sides: Sides) -> Iterator[Line]:
    for title, outcome in zip(sides.titles, sides.comparison.outcomes, strict=True):
        yield (
            title,
            sides.pick("outcome", "issue"),
            status_word(sides, outcome),
            " ".join(reasons(sides, outcome)) or None,
        )
        if outcome.certificate is not None:
            remark = sides.pick("relative; below 0.000001 is rounding", "relatif ; sous 0,000001 c'est de l'arrondi")
            yield title, sides.pick("largest residual", "plus grand résidu"), outcome.certificate.max_residual, remark
        for name, seconds in outcome.seconds.items():
            said = {"read": ("reading", "lecture"), "build": ("writing the equations", "mise en équations"),
                    "solve": ("solving", "résolution")}.get(name, (name, name))  # fmt: skip
            yield title, sides.pick(f"seconds: {said[0]}", f"secondes : {said[1]}"), round(seconds, 3), None


def _programs(sides: Sides) -> Iterator[Line]:
    for name, version in sides.versions.items():
        yield sides.pick("Versions", "Versions"), name, version, None
    if sides.date:
        yield sides.pick("Versions", "Versions"), sides.pick("date", "date"), sides.date.isoformat(), None
