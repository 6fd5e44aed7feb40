"""What a template says while it is being filled in: drop-downs, prompts, and colours on what cannot be right.

Nothing is ever refused: a coordinator may type ``12 t``, a synonym or a name that will come later, so every
rule only warns, and ``filiere check`` has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from filiere.language import Label, Language, number
from filiere.schema import Column, Reads, Target
from filiere.schema import words as w
from filiere.workbook.template.plan import LAST_ROW, TOTAL_IN, TOTAL_OUT, Place, Plan
from filiere.workbook.template.styles import Styles

_NOT_LISTED = Label("Not in the list", "Pas dans la liste")
_NOT_LISTED_SAID = Label(
    "This is not in the list. Keep it if you are sure; “filiere check” will say whether it is understood.",
    "Ce texte n'est pas dans la liste. Gardez-le si vous êtes sûr ; « filiere check » dira s'il est compris.",
)
_NOT_A_NUMBER = Label("A number is expected", "Un nombre est attendu")
_ANY_NUMBER = Label("A number is expected here.", "On attend ici un nombre.")
_AT_LEAST = Label("A number of at least {lowest} is expected here.", "On attend ici un nombre d'au moins {lowest}.")
_BETWEEN = Label(
    "A number from {lowest} to {highest} is expected here.",
    "On attend ici un nombre de {lowest} à {highest}.",
)
_UNIT_ALLOWED = Label(
    " A number with its unit, such as “12 t”, is read too: then choose Yes.",
    " Un nombre suivi de son unité, comme « 12 t », est lu aussi : choisissez alors Oui.",
)
_BLANK = Label("Blank: {default}.", "Vide : {default}.")
_SEVERAL = Label("Several: separate with “;”.", "Plusieurs : séparez par « ; ».")

# The drop-down of a column, by what its names may refer to.
_LISTS: Mapping[tuple[Target, ...], str] = {
    ("actors",): "list_actors",
    ("actors", "groups"): "list_actors_groups",
    ("actors", "groups", "everyone"): "list_actors_groups_everyone",
    ("actors", "groups", "perimeters", "sectors"): "list_actors_groups_perimeters_sectors",
    ("products",): "list_products",
    ("products", "families"): "list_products_families",
    ("products", "families", "labels"): "list_products_families_labels",
    ("processes",): "list_processes",
    ("periods",): "list_periods",
    ("profiles",): "list_profiles_free",
}
# Where a name is declared, by what it may refer to; several names may share one cell of the last three.
_KNOWN: Mapping[Target, str] = {
    "actors": 'MATCH({x},actors_actor,0)',
    "products": 'MATCH({x},products_product,0)',
    "processes": 'MATCH({x},processes_process,0)',
    "periods": 'MATCH({x},periods_period,0)',
    "profiles": 'MATCH({x},list_profiles_free,0)',
    "perimeters": 'MATCH({x},list_all_Perimeter,0)',
    "sectors": 'MATCH({x},list_all_Sector,0)',
    "families": 'MATCH({x},products_family,0)',
    "groups": 'MATCH("*"&{x}&"*",actors_group,0)',
    "labels": 'MATCH("*"&{x}&"*",products_labels,0)',
}  # fmt: skip
# Free texts that are worth suggesting from what is already there.
_SUGGESTED: Mapping[tuple[str, str], str] = {
    ("actors", "group"): "list_groups",
    ("products", "labels"): "list_labels",
    ("products", "unit"): "list_units",
    ("products", "stage"): "list_stages",
    ("products", "family"): "list_sector_families",
    ("objectives", "objective"): "list_objectives",
    ("scenarios", "changed"): "list_tables",
    ("scenarios", "scenario"): "list_scenarios",
    ("scenarios", "base"): "list_scenarios",
}


def add_rules(sheet: Worksheet, plan: Plan, styles: Styles) -> None:
    """Put the drop-downs, prompts and colours of a table on its sheet."""
    for place in plan.inputs():
        where = f"{place.letters}2:{place.letters}{LAST_ROW}"
        if plan.table.key != "settings" or place.key != "value":
            sheet.data_validation(where, {**validation(plan, place), **prompt(place, plan.language)})
        for formula, style in _colours(plan, place):
            sheet.conditional_format(
                where, {"type": "formula", "criteria": f"={formula}", "format": styles.conditional(style)}
            )

    if plan.table.key == "recipes":
        _unread_totals(sheet, plan, styles)


def _unread_totals(sheet: Worksheet, plan: Plan, styles: Styles) -> None:
    """Colour a yearly total from which neither input nor output works itself out: the formulas end further up."""
    values = "".join(f',${plan.by_key[key].letters}2=""' for key in ("input", "output"))
    for key in (TOTAL_IN.en, TOTAL_OUT.en):
        total = plan.by_key[key].letters
        where, said = f"{total}2:{total}{LAST_ROW}", f'=AND(${total}2<>""{values})'
        sheet.conditional_format(where, {"type": "formula", "criteria": said, "format": styles.conditional("missing")})


def validation(plan: Plan, place: Place) -> dict[str, Any]:
    """Return the drop-down or the bounds of a column."""
    column, language = place.column, plan.language
    if column is None:
        highest = 1.0 if plan.table.key == "profiles" else None
        return number_rule(0.0, highest, language, units=False)
    suggested = _SUGGESTED.get((plan.table.key, place.key))
    if suggested is None and column.common and place.key == "scenario":
        suggested = "list_scenarios"
    if suggested is not None:
        return {"validate": "list", "source": f"={suggested}", "show_error": False}
    if column.words is not None:
        return list_rule(f"list_{column.words.__name__}", language, closed=not column.open_words)
    if column.refers:
        return list_rule(_LISTS[column.refers], language, closed=column.reads is not Reads.NAMES)
    if column.reads in (Reads.NUMBER, Reads.INTEGER):
        return number_rule(column.lowest, column.highest, language, units=column.product is not None)
    if plan.table.key == "settings" and place.key == "setting":
        return list_rule("list_settings", language, closed=True)
    return {"validate": "any"}


def list_rule(name: str, language: Language, closed: bool) -> dict[str, Any]:
    """Return a drop-down that warns about anything else, or, where the list is open, says nothing."""
    rule: dict[str, Any] = {"validate": "list", "source": f"={name}", "show_error": closed}
    if closed:
        rule |= {"error_type": "warning", "error_title": _NOT_LISTED.to(language),
                 "error_message": _NOT_LISTED_SAID.to(language)}  # fmt: skip
    return rule


def number_rule(lowest: float | None, highest: float | None, language: Language, units: bool) -> dict[str, Any]:
    """Return the bounds of a number, as a warning."""
    facts = {"lowest": number(lowest or 0.0, language), "highest": number(highest or 0.0, language)}
    rule: dict[str, Any] = {"validate": "decimal", "error_type": "warning", "error_title": _NOT_A_NUMBER.to(language)}
    if lowest is not None and highest is not None:
        rule |= {"criteria": "between", "minimum": lowest, "maximum": highest}
        said = _BETWEEN
    elif lowest is not None:
        rule |= {"criteria": ">=", "value": lowest}
        said = _AT_LEAST
    else:
        rule |= {"criteria": "between", "minimum": -1e12, "maximum": 1e12}
        said = _ANY_NUMBER
    allowed = _UNIT_ALLOWED.to(language) if units else ""
    return rule | {"error_message": said.to(language).format(**facts) + allowed}


def prompt(place: Place, language: Language) -> dict[str, str]:
    """Return what is shown when a cell of the column is chosen (at most 255 signs)."""
    if place.column is None or place.column.common:
        return {}
    column = place.column
    parts = [column.help.to(language)]
    if column.reads is Reads.NAMES:
        parts.append(_SEVERAL.to(language))
    default = said_default(column, language)
    if default and not column.required:
        parts.append(_BLANK.to(language).format(default=default))
    title = column.label.to(language)[:32]
    while len(text := "\n".join(parts)) > 255:
        parts.pop()
    return {"input_title": title, "input_message": text}


def said_default(column: Column, language: Language) -> str:
    """Return a column's default in words, empty where there is none."""
    if column.default_said is not None:
        return column.default_said.to(language)
    if isinstance(column.default, w.Word):
        return column.default.label.to(language)
    if isinstance(column.default, int | float):
        return number(column.default, language)
    return str(column.default) if column.default else ""


def _colours(plan: Plan, place: Place) -> Iterator[tuple[str, str]]:
    """The conditions that colour a cell of a column: what is missing, unknown, said twice or out of bounds."""
    x, column = f"${place.letters}2", place.column
    yield from _special(plan, place, x)
    if column is None:
        yield f"AND(ISNUMBER({x}),{x}<0)", "wrong"
        return
    if place.required:
        yield f'AND({x}="",{_started(plan)})', "missing"
    if column.refers and column.reads is not Reads.NAMES:
        known = ",".join(f"ISNUMBER({_KNOWN[t].format(x=x)})" for t in column.refers if t in _KNOWN)
        star = f',{x}="*"' if "everyone" in column.refers else ""
        yield f'AND({x}<>"",NOT(OR({known}{star})))', "wrong"
    if column.words is not None and not column.open_words:
        yield f'AND({x}<>"",NOT(ISNUMBER(MATCH({x},list_all_{column.words.__name__},0))))', "wrong"
    if column.key and plan.table.unique and column.reads is not Reads.ANY:
        yield _twice(plan), "wrong"
    if column.reads in (Reads.NUMBER, Reads.INTEGER):
        outside = [f"{x}<{column.lowest:g}"] if column.lowest is not None else []
        outside += [f"{x}>{column.highest:g}"] if column.highest is not None else []
        if outside:
            yield f"AND(ISNUMBER({x}),OR({','.join(outside)}))", "wrong"
        yield f"AND(ISNUMBER({x}),ABS({x})>=1000)", "thousands"


def _started(plan: Plan) -> str:
    """A row holds something: a text that is not empty (helping formulas give "") or a number."""
    stretches = [f"${place.letters}2" for place in plan.inputs()]
    first, last = stretches[0], stretches[-1]
    if all(not place.helper for place in plan.places):
        return f'COUNTIF({first}:{last},"?*")+COUNT({first}:{last})>0'
    return "OR(" + ",".join(f'{cell}<>""' for cell in stretches) + ")"


def _twice(plan: Plan) -> str:
    # An objective may stand on several ranks, once on each.
    keys = [place for place in plan.places if place.column is not None and (place.column.key or place.key == "rank")]
    pairs = ",".join(f"${p.letters}$2:${p.letters}${LAST_ROW},${p.letters}2" for p in keys)
    return f'AND(${keys[0].letters}2<>"",COUNTIFS({pairs})>1)'


def _special(plan: Plan, place: Place, x: str) -> Iterator[tuple[str, str]]:
    """The rules that look at more than one column."""

    def cell(key: str) -> str:
        return f"${plan.by_key[key].letters}2"

    table, key = plan.table.key, place.key
    if table == "recipes" and key in ("input", "output"):
        yield f'AND({cell("process")}<>"",{cell("input")}="",{cell("output")}="")', "missing"
    if table == "needs" and key == "quantity":
        outlet = ",".join(f'{cell("obligation")}="{text}"' for text in w.Obligation.OUTLET.spellings)
        yield f'AND({cell("actor")}<>"",{x}="",NOT(OR({outlet})))', "missing"
    if table in ("processes", "links") and key == ("capacity" if table == "processes" else "maximum"):
        words = w.ProcessStatus.CANDIDATE if table == "processes" else w.LinkStatus.CANDIDATE
        same = ",".join(f'{cell("status")}="{text}"' for text in words.spellings)
        yield f'AND({x}="",OR({same}))', "missing"
    if table == "periods" and key == "share":
        total = f"SUM({plan.span('share')})"
        yield f'AND({x}<>"",ABS({total}-1)>0.000001)', "wrong"
    if table == "profiles" and place.column is None:
        spread = ",".join(f'{cell("kind")}="{text}"' for text in w.ProfileKind.AVAILABILITY.spellings)
        periods = [p for p in plan.inputs() if p.column is None]
        total = f"SUM(${periods[0].letters}2:${periods[-1].letters}2)"
        yield f'AND(${periods[0].letters}2<>"",NOT(OR({spread})),ABS({total}-1)>0.000001)', "wrong"
