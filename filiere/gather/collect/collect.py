"""The questionnaires of a workbook's members, the index of them, and the text of the mail they go with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from filiere.chain.derived.language import language_of
from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.gather.collect.blocks import Levels, Words, blocks_of
from filiere.gather.collect.owned import Owner
from filiere.gather.collect.rows import KeyedRows, keyed_rows
from filiere.gather.complete.sheets import read_received
from filiere.gather.complete.told import Sayings
from filiere.language import Label, Language
from filiere.names import file_stems, fold, loose, nearest, tidy
from filiere.problems import WorkbookError, errors, parsing
from filiere.problems import collecting as codes
from filiere.schema import words as w
from filiere.sector.sector import load_sector, sector_keys
from filiere.sector.translate import library, written
from filiere.table import RawTable, RawWorkbook
from filiere.workbook.questionnaire.draw import questionnaire
from filiere.workbook.questionnaire.form import Form, Mark, short, short_name
from filiere.workbook.template.plan import LEVEL_IS

_MISSING_SHEET = parsing.MISSING_SHEET.code
_LEVEL = {loose(text) for text in LEVEL_IS}
_CHAIN = Label("Questionnaire – {name}", "Questionnaire – {name}")
_NAMELESS = Label("member", "membre")


@dataclass(frozen=True)
class Questionnaire:
    """One member's file: its name without a folder, what it holds, and how many questions it asks."""

    actor: str
    file: str
    content: bytes
    questions: int


def collect(raw: RawWorkbook, language: Language, names: Sequence[str] = (), round_: int = 1) -> list[Questionnaire]:
    """Return the questionnaire of each member, or of the inside actors among ``names``.

    A workbook with actors alone is enough. Raises WorkbookError where a cell cannot be read, nobody is a member or a
    name is unknown.
    """
    tables = parse(raw)
    if "actors" not in tables.sheets:
        raise WorkbookError([codes.NO_ACTORS.at(None, file=raw.path.name if raw.path else "")])
    wrong = [problem for problem in errors(tables.problems) if not _only_missing(problem.code, tables)]
    if wrong:
        raise WorkbookError(wrong)
    inside = [row.actor for row in tables.actors if row.perimeter is w.Perimeter.MEMBER]
    inside += [row.actor for row in tables.actors if row.perimeter is w.Perimeter.LOCAL]
    members = [row.actor for row in tables.actors if row.perimeter is w.Perimeter.MEMBER]
    chosen = {fold(_found(name, inside)) for name in names} or {fold(name) for name in members}
    if not chosen:
        raise WorkbookError([codes.NO_MEMBER.at(None)])
    files = dict(zip(inside, file_stems(inside, _NAMELESS.to(language)), strict=True))
    keyed = keyed_rows(raw)
    said = tuple((one.actor, one.told) for one in read_received(raw))
    sayings = Sayings(said, frozenset(keyed.by_mark))
    words = Words(levels_of(raw, keyed, language), vocabulary(tables, language))
    made = []
    for name, stem in files.items():
        if fold(name) in chosen:
            form = form_of(Owner(name, keyed, sayings), language, words, round_)
            made.append(Questionnaire(name, f"{stem}.xlsx", questionnaire(form), form.questions))
    return made


def form_of(owner: Owner, language: Language, words: Words, round_: int) -> Form:
    """Return what one member is asked."""
    tables = owner.keyed.tables
    currency = tables.settings.currency
    blocks = blocks_of(owner, language, words, "€" if currency == "EUR" else currency)
    name = ", ".join(filter(None, (tables.settings.name, tables.settings.territory)))
    chain = _CHAIN.to(language).format(name=name) if name else _CHAIN.to(language).partition(" –")[0]
    known = tuple(row for row in tables.actors
                  if row.perimeter is w.Perimeter.MEMBER or fold(row.actor) == owner.key)  # fmt: skip
    mark = Mark(workbook_mark(tables), actors_mark(replace(tables, actors=known)), short_name(owner.name), round_, "")
    form = Form(member=owner.name, chain=chain, language=language, blocks=blocks, mark=mark)
    return replace(form, mark=replace(mark, digest=form.digest()))


def workbook_mark(tables: Tables) -> str:
    """Return the short name of a workbook, ``-`` where it has no name."""
    name = "|".join(fold(text or "") for text in (tables.settings.name, tables.settings.territory))
    return short(name) if name != "|" else "-"


def actors_mark(tables: Tables) -> str:
    """Return the short names of the inside actors, run together."""
    inside = (row.actor for row in tables.actors if row.perimeter is not None and row.perimeter.inside)
    return "".join(short_name(name, 4) for name in inside)


def levels_of(raw: RawWorkbook, keyed: KeyedRows, language: Language) -> Levels:
    """Return what one unit of each activity is, as its own row says, else as the bundled sectors do."""
    known: dict[str, str] = {}
    for key in sector_keys():
        for row in library(load_sector(key), "processes", language):
            if row.level:
                known.setdefault(fold(str(row.values["process"])), row.level)
    sheet = keyed.tables.sheets.get("processes")
    said = {row: text for table in raw.tables if sheet and table.sheet == sheet.sheet
            for row, text in _typed_levels(table).items()}  # fmt: skip
    return Levels(known, said)


def _typed_levels(table: RawTable) -> dict[int, str]:
    """Return what a column of comments beside the activities says that one unit is, by row."""
    for row in table.rows[:10]:
        at = next((at for at, text in row.values.items() if isinstance(text, str) and loose(text) in _LEVEL), None)
        if at is not None:
            return {
                below.number: tidy(text)
                for below in table.rows
                if below.number > row.number and isinstance(text := below.values.get(at), str) and tidy(text)
            }
    return {}


def vocabulary(tables: Tables, language: Language) -> tuple[str, ...]:
    """Return the goods of the bundled sector that this chain has most goods of; none where it has none."""
    own = {fold(row.product) for row in tables.products}
    found: tuple[str, ...] = ()
    most = 0
    for key in sector_keys():
        names = tuple(str(row.values["product"]) for row in written(load_sector(key), "products", language))
        shared = sum(fold(name) in own for name in names)
        if shared > most:
            found, most = names, shared
    return found


def _only_missing(code: str, tables: Tables) -> bool:
    return code == _MISSING_SHEET and bool(tables.actors)


def _found(name: str, inside: Sequence[str]) -> str:
    for known in inside:
        if fold(known) == fold(name):
            return known
    near = nearest(name, inside)
    raise WorkbookError([codes.UNKNOWN_MEMBER.at(None, name=name, near=near or ", ".join(inside[:5]))])


def language_for(raw: RawWorkbook, asked: Language | None, machine: Language) -> Language:
    """Return the language asked for, else the workbook's, else the machine's."""
    return asked or language_of(raw) or machine
