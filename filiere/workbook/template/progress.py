"""The progress sheet: how complete the workbook is, by live formulas, and what each missing part would bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from filiere.language import Label, Language
from filiere.names import fold
from filiere.palette import FORM_BAR
from filiere.schema import words as w
from filiere.workbook.template.formula import write_live
from filiere.workbook.template.plan import Plan
from filiere.workbook.template.styles import Styles

PROGRESS_SHEET = Label("# Progress", "# Avancement")
_TITLE = Label("How far the workbook is", "Où en est le classeur")
_SAID = Label(
    "This sheet keeps itself up to date. Everything need not reach 100 %: start with what you know.",
    "Cette feuille se tient à jour toute seule. Inutile de viser 100 % partout : commencez par ce que vous savez.",
)
_HEADINGS = (
    Label("What", "Quoi"),
    Label("done", "fait"),
    Label("out of", "sur"),
    Label("share", "part"),
    Label("Why it matters", "À quoi ça sert"),
    Label("Sheet", "Feuille"),
)
_WIDTHS = (46, 9, 9, 30, 70, 26)
_FIRST = 5
_BAR = FORM_BAR
_FILLED = Label("of the lines below are complete on average", "des lignes ci-dessous sont remplies, en moyenne")

Values = Callable[[str, str], list[str | float]]


@dataclass(frozen=True)
class Line:
    """One thing to complete: its formulas, and the same counts made here, to be written as their values."""

    what: Label
    why: Label
    table: str
    done: str
    total: str
    count: Callable[[Values], tuple[int, int]]


def _filled(table: str, key: str, *others: str) -> tuple[str, str, Callable[[Values], tuple[int, int]]]:
    """Count the rows with a key, and those of them with every other column."""
    first = f'({table}_{key.rstrip("_")}<>"")'
    rest = "".join(f'*({table}_{other.rstrip("_")}<>"")' for other in others)

    def count(values: Values) -> tuple[int, int]:
        rows = zip(*(values(table, field) for field in (key, *others)), strict=True)
        kept = [row for row in rows if row[0] != ""]
        return sum(all(cell != "" for cell in row) for row in kept), len(kept)

    return f"SUMPRODUCT({first}{rest})" if others else f"SUMPRODUCT(--{first})", f"SUMPRODUCT(--{first})", count


def _named_in(table: str, key: str, others: tuple[tuple[str, str], ...]) -> tuple[
        str, str, Callable[[Values], tuple[int, int]]]:  # fmt: skip
    """Count the rows with a key, and those of them that some other column names."""
    own = f"{table}_{key}"
    found = "+".join(f"ISNUMBER(MATCH({own},{t}_{k.rstrip('_')},0))" for t, k in others)

    def count(values: Values) -> tuple[int, int]:
        named = {fold(str(cell)) for t, k in others for cell in values(t, k)}
        kept = [str(cell) for cell in values(table, key) if cell != ""]
        return sum(fold(cell) in named for cell in kept), len(kept)

    return f'SUMPRODUCT(({own}<>"")*(({found})>0))', f'SUMPRODUCT(--({own}<>""))', count


def _priced(values: Values) -> tuple[int, int]:
    """Links with a price of their own or of their product."""
    prices = dict(zip(map(fold, map(str, values("products", "product"))), values("products", "price"), strict=True))
    rows = list(zip(values("links", "product"), values("links", "price"), strict=True))
    kept = [(fold(str(product)), price) for product, price in rows if product != ""]
    return sum(price != "" or prices.get(product, "") not in ("", 0.0) for product, price in kept), len(kept)


def _located(values: Values) -> tuple[int, int]:
    rows = zip(values("actors", "actor"), values("actors", "place"), values("actors", "latitude"), strict=True)
    kept = [row for row in rows if row[0] != ""]
    return sum(row[1] != "" or row[2] != "" for row in kept), len(kept)


def _asked(values: Values) -> tuple[int, int]:
    outlets = {fold(text) for text in w.Obligation.OUTLET.spellings}
    rows = zip(values("needs", "actor"), values("needs", "quantity"), values("needs", "obligation"), strict=True)
    kept = [row for row in rows if row[0] != ""]
    return sum(row[1] != "" or fold(str(row[2])) in outlets for row in kept), len(kept)


def _lines() -> tuple[Line, ...]:
    link = 'SUMPRODUCT(--(links_product<>""))'
    own_or_product = '((links_price<>"")+(SUMIF(products_product,links_product,products_price)<>0)>0)'
    outlet = "+".join(f'(needs_obligation="{text}")' for text in w.Obligation.OUTLET.spellings)
    actor, need = 'SUMPRODUCT(--(actors_actor<>""))', 'SUMPRODUCT(--(needs_actor<>""))'
    return (
        Line(Label("Actors whose perimeter is said", "Acteurs dont le périmètre est dit"),
             Label("Who is inside and who is outside: without it, no dependency.",
                   "Qui est dedans et qui est dehors : sans cela, pas de dépendance."),
             "actors", *_filled("actors", "actor", "perimeter")),
        Line(Label("Actors with a place or coordinates", "Acteurs situés (lieu ou coordonnées)"),
             Label("Distances, transport and its emissions.", "Les distances, le transport et ses émissions."),
             "actors", 'SUMPRODUCT((actors_actor<>"")*((actors_place<>"")+(actors_latitude<>"")>0))', actor, _located),
        Line(Label("Products with a unit", "Produits avec une unité"),
             Label("Every quantity is counted in it.", "Toutes les quantités se comptent ainsi."),
             "products", *_filled("products", "product", "unit")),
        Line(Label("Products with a reference price", "Produits avec un prix de référence"),
             Label("What a shortage or a purchase from outside weighs.",
                   "Ce que pèse un manque ou un achat à l'extérieur."),
             "products", *_filled("products", "product", "price")),
        Line(Label("Activities with an actor", "Activités rattachées à un acteur"),
             Label("Who does what.", "Qui fait quoi."),
             "processes", *_filled("processes", "process", "actor")),
        Line(Label("Activities with inputs or outputs", "Activités avec des entrées ou des sorties"),
             Label("What an activity consumes and produces: without it, it does nothing.",
                   "Ce qu'une activité consomme et produit : sans cela, elle ne fait rien."),
             "recipes", *_named_in("processes", "process", (("recipes", "process"),))),
        Line(Label("Activities with this year's level", "Activités avec le volume de cette année"),
             Label("Comparing the plan with today.", "Comparer le projet avec l'existant."),
             "processes", *_filled("processes", "process", "today")),
        Line(Label("Products that some link carries", "Produits qui circulent dans un échange"),
             Label("A product that nobody delivers stays where it is made.",
                   "Un produit que personne ne livre reste là où il est fait."),
             "links", *_named_in("products", "product", (("links", "product"),))),
        Line(Label("Links that say who, to whom and what", "Échanges qui disent qui, à qui et quoi"),
             Label("The network itself.", "Le réseau lui-même."),
             "links", *_filled("links", "product", "from_", "to")),
        Line(Label("Links with a price (own or the product's)", "Échanges avec un prix (propre ou celui du produit)"),
             Label("Costs, budgets and the money that stays.", "Les coûts, les budgets et l'argent qui reste."),
             "links", f'SUMPRODUCT((links_product<>"")*{own_or_product})', link, _priced),
        Line(Label("Links with this year's quantity", "Échanges avec la quantité de cette année"),
             Label("The picture of today, and how far the plan moves from it.",
                   "La photographie de l'existant, et ce que le projet y change."),
             "links", *_filled("links", "product", "today")),
        Line(Label("Needs with a quantity (or open outlets)", "Besoins chiffrés (ou débouchés ouverts)"),
             Label("What the chain is for.", "Ce à quoi sert la filière."),
             "needs", f'SUMPRODUCT((needs_actor<>"")*((needs_quantity<>"")+{outlet}>0))', need, _asked),
        Line(Label("Fundings with an amount", "Financements avec un montant"),
             Label("Who keeps the budgets balanced.", "Qui permet aux budgets de s'équilibrer."),
             "funding", *_filled("funding", "funder", "maximum")),
    )  # fmt: skip


def write_progress(sheet: Worksheet, plans: Mapping[str, Plan], language: Language, styles: Styles) -> None:
    """Write a line for each thing to complete, with a bar, and the mean of all on top."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_row(0, 36)
    sheet.write_string(0, 0, _TITLE.to(language), styles.of("title"))
    sheet.write_string(1, 0, _SAID.to(language), styles.of("subtitle plain"))
    for index, heading in enumerate(_HEADINGS):
        sheet.write_string(_FIRST - 1, index, heading.to(language), styles.of("section"))
    sheet.set_row(_FIRST - 1, 22)
    shares = [_line(sheet, row, line, plans, language, styles) for row, line in enumerate(_lines(), start=_FIRST)]
    first, last = _FIRST + 1, _FIRST + len(shares)
    mean = sum(share or 0.0 for share in shares) / len(shares)
    sheet.set_row(2, 34)
    write_live(sheet, 2, 0, f"=SUM(D{first}:D{last})/{len(shares)}", mean, styles.of("big share"))
    sheet.write_string(2, 1, _FILLED.to(language), styles.of("subtitle plain"))
    bar = {"type": "data_bar", "bar_color": _BAR, "bar_solid": True, "min_type": "num", "max_type": "num",
           "min_value": 0, "max_value": 1, "bar_border_color": _BAR}  # fmt: skip
    sheet.conditional_format(f"D{first}:D{last}", bar)
    sheet.freeze_panes(_FIRST, 0)


def _line(sheet: Worksheet, row: int, line: Line, plans: Mapping[str, Plan], language: Language,
          styles: Styles) -> float | None:  # fmt: skip
    done, total = line.count(lambda table, key: plans[table].values(key))
    share = done / total if total else None
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, line.what.to(language), styles.of("text middle"))
    write_live(sheet, row, 1, f"={line.done}", done, styles.of("count"))
    write_live(sheet, row, 2, f"={line.total}", total, styles.of("count"))
    write_live(sheet, row, 3, f'=IF(C{row + 1}=0,"",B{row + 1}/C{row + 1})', "" if share is None else share,
               styles.of("share"))  # fmt: skip
    sheet.write_string(row, 4, line.why.to(language), styles.of("why"))
    name = plans[line.table].name
    sheet.write_url(row, 5, f"internal:'{name}'!A1", styles.of("link"), name)
    return share
