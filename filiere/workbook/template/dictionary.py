"""The reference pages made from the declarations: every table and column, and every problem that can be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from filiere.language import Label, Language
from filiere.problems import Code, Severity
from filiere.problems.catalogue import CATALOGUE
from filiere.schema import Column, Reads, Row, SettingsValues, columns
from filiere.schema.words import Word
from filiere.sector.translate import DECLARED
from filiere.workbook.template.lists import word_lists
from filiere.workbook.template.plan import ORDER
from filiere.workbook.template.rules import said_default

_TYPES: Mapping[Reads, Label] = {
    Reads.NAME: Label("name", "nom"),
    Reads.NAMES: Label("names, separated by “;”", "noms, séparés par « ; »"),
    Reads.NUMBER: Label("number", "nombre"),
    Reads.INTEGER: Label("whole number", "nombre entier"),
    Reads.WORD: Label("word", "mot"),
    Reads.TEXT: Label("text", "texte"),
    Reads.ANY: Label("number, word or text", "nombre, mot ou texte"),
}
_REFERS: Mapping[str, Label] = {
    "actors": Label("an actor", "un acteur"),
    "groups": Label("a group", "un groupe"),
    "everyone": Label("`*` for every inside actor", "`*` pour tous les acteurs de l'intérieur"),
    "perimeters": Label("a perimeter", "un périmètre"),
    "sectors": Label("a sector", "un secteur"),
    "products": Label("a product", "un produit"),
    "families": Label("a family", "une famille"),
    "labels": Label("a label", "un label"),
    "processes": Label("an activity", "une activité"),
    "periods": Label("a period", "une période"),
    "profiles": Label("a calendar, or free", "un calendrier, ou libre"),
}
_HEAD = """# Data dictionary · Dictionnaire des données

Every sheet and column that a workbook may hold, in English and in French. Sheets, headings and words are read in
either language, whatever their case, accents, spaces or `_`; a heading may carry a unit or a note in brackets.
**Bold** columns are required. This page is made from the declarations in `filiere/schema`.

Toutes les feuilles et colonnes qu'un classeur peut contenir, en anglais et en français. Feuilles, titres et mots sont
lus dans les deux langues, sans égard aux majuscules, aux accents, aux espaces ni aux `_` ; un titre peut porter une
unité ou une note entre parenthèses. Les colonnes **en gras** sont obligatoires. Cette page est tirée des déclarations
de `filiere/schema`.
"""
_SPOKEN: tuple[tuple[str, Language], ...] = (("English", "en"), ("Français", "fr"))
_COLUMNS = "| English | Français | type | unit · unité | blank · vide | bounds · bornes | meaning · sens |"
_RULE = "|---|---|---|---|---|---|---|"
_EXTRA: Mapping[str, Label] = {
    "periods": Label(
        "Besides these, one column for each period, headed by its name.",
        "En plus de celles-ci, une colonne par période, qui porte son nom.",
    ),
    "measures": Label(
        "Besides these, any columns headed `measure: NAME`: amounts per unit, summed in the results.",
        "En plus de celles-ci, toute colonne intitulée `mesure : NOM` : quantités par unité, additionnées dans les "
        "résultats.",
    ),
}


def data_dictionary() -> str:
    """Return the data dictionary as Markdown, in both languages."""
    parts = [_HEAD]
    for key in ORDER:
        parts += _table(DECLARED[key])
    parts += ["## Columns of every table · Colonnes de toutes les feuilles", "", _COLUMNS, _RULE]
    parts += [_row(column) for column in columns(Row).values()]
    parts += ["", "## Words · Mots", ""]
    for words in word_lists():
        parts += _words(words)
    return "\n".join(parts).rstrip() + "\n"


def problem_list() -> str:
    """Return every problem that can be reported, as Markdown, in both languages."""
    parts = [
        "# Problems · Problèmes",
        "",
        "Every problem that `filiere check` and the other commands report: what was found, what was expected, how to "
        "mend it. An error stops the run; a warning is shown beside the results.",
        "",
        "Tous les problèmes que signalent `filiere check` et les autres commandes : ce qui a été trouvé, ce qui était "
        "attendu, comment y remédier. Une erreur arrête le calcul ; un avertissement accompagne les résultats.",
        "",
    ]
    for code in CATALOGUE:
        said = Label("error", "erreur") if code.severity is Severity.ERROR else Label("warning", "avertissement")
        parts += [f"## {code.code} · {said.en} · {said.fr}", ""]
        parts += [f"- **{spoken}**: {_sentences(code, tag)}" for spoken, tag in _SPOKEN]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _sentences(code: Code, language: Language) -> str:
    texts = (code.fact.to(language), code.rule.to(language), code.remedy.to(language))
    return " ".join(text for text in texts if text)


def _table(declared: type[Row]) -> Iterator[str]:
    table = declared.table
    yield f"## {table.label.en} · {table.label.fr}"
    yield ""
    yield f"{table.help.en}  \n{table.help.fr}"
    yield ""
    if table.synonyms:
        yield f"Also read as · se lit aussi : {', '.join(table.synonyms)}.\n"
    own = SettingsValues if table.key == "settings" else declared
    if table.key == "settings":
        yield from _columns(declared)
        yield "The settings · Les paramètres\n"
    yield from _columns(own)
    if table.extra is not None:
        yield f"{_EXTRA[table.extra].en}  \n{_EXTRA[table.extra].fr}\n"


def _columns(declared: type) -> Iterator[str]:
    yield _COLUMNS
    yield _RULE
    yield from (_row(column) for column in columns(declared).values() if not column.common)
    yield ""


def _row(column: Column) -> str:
    bold = "**" if column.required else ""
    also = f" <br> ({', '.join(column.synonyms)})" if column.synonyms else ""
    unit = f"{column.unit.label.en} <br> {column.unit.label.fr}" if column.unit and column.unit.label.en else ""
    default = "" if column.required else _both(said_default(column, "en"), said_default(column, "fr"))
    cells = (
        f"{bold}{column.label.en}{bold}", f"{bold}{column.label.fr}{bold}{also}", _type(column), unit, default,
        _bounds(column), f"{column.help.en} <br> {column.help.fr}",
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _both(english: str, french: str) -> str:
    return english if english == french else f"{english} <br> {french}"


def _type(column: Column) -> str:
    if column.refers:
        return _both(*(", ".join(_REFERS[target].to(tag) for target in column.refers) for tag in ("en", "fr")))
    kind = _TYPES[column.reads]
    if column.words is None:
        return _both(kind.en, kind.fr)
    name = column.words.__name__
    other = " (or any text · ou tout autre texte)" if column.open_words else ""
    return f"[{name}](#{name.lower()}){other}"


def _bounds(column: Column) -> str:
    if column.reads not in (Reads.NUMBER, Reads.INTEGER):
        return ""
    most = column.largest
    lowest = -most if column.lowest is None and most is not None else column.lowest
    low = f"{lowest:g}" if lowest is not None else ""
    high = next((f"{bound:g}" for bound in (column.highest, most) if bound is not None), "")
    said = f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""
    return said if column.finest is None else f"0, {column.finest:g} – {high}"


def _words(words: type[Word]) -> Iterator[str]:
    yield f"### {words.__name__}"
    yield ""
    yield "| English | Français | also read · se lit aussi |"
    yield "|---|---|---|"
    for word in words:
        yield f"| {word.label.en} | {word.label.fr} | {', '.join(word.spellings[2:])} |"
    yield ""
