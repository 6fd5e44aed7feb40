"""Sheets and headings: missing, renamed, doubled, hidden, moved, merged."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable

from filiere.problems.problem import column_letters
from filiere.schema import TABLES, columns
from tests.hostile.book import Book, Error, Formula
from tests.hostile.case import Case, Change, refused, same, warned


def _headings_alone(book: Book) -> None:
    without_rows(*(sheet.key for sheet in book.sheets))(book)


def _drop(key: str) -> Change:
    return lambda book: book.drop(key)


def without_rows(*keys: str) -> Change:
    """Leave the headings of some sheets, and nothing below."""

    def change(book: Book) -> None:
        for key in keys:
            book[key].cells = {place: value for place, value in book[key].cells.items() if place[0] == 1}

    return change


def without_column(key: str, name: str) -> Change:
    """Take a column away as if nobody had ever filled it."""
    return lambda book: book[key].drop_column(name)


def _rename(key: str, en: str, fr: str) -> Change:
    def change(book: Book) -> None:
        book[key].name = book.pick(en, fr)

    return change


def _renamed(key: str, how: Callable[[str], str]) -> Change:
    def change(book: Book) -> None:
        book[key].name = how(book[key].name)

    return change


def _hide(key: str) -> Change:
    def change(book: Book) -> None:
        book[key].hidden = True

    return change


def _twin(key: str, en: str, fr: str) -> Change:
    def change(book: Book) -> None:
        twin = book.twin(key, book.pick(en, fr))
        twin.key = "+twin"

    return change


def _add(name: str, *texts: str, hidden: bool = False) -> Change:
    def change(book: Book) -> None:
        sheet = book.add(name, {(row, 0): text for row, text in enumerate(texts, start=1)}, "+new")
        sheet.hidden = hidden

    return change


def _reverse_sheets(book: Book) -> None:
    book.sheets.reverse()


def _other_sheet_names(book: Book) -> None:
    for declared in TABLES:
        book[declared.table.key].name = declared.table.label[book.language == "en"]


def _synonyms(book: Book) -> None:
    for declared in TABLES:
        sheet = book[declared.table.key]
        sheet.name = declared.table.synonyms[-1] if declared.table.synonyms else sheet.name


def _nothing_linked(book: Book) -> None:
    without_rows("links", "scenarios")(book)


_UNLINKED = (
    *(f"CHK02 needs.product.{row}" for row in range(2, 7)),
    *(f"CHK11 processes.process.{row}" for row in (6, 7, 8)),
    *(f"CHK34 processes.process.{row}" for row in (5, 6, 7, 8)),
    "LIM05 limits.limit.2",
)

_RECIPES = tuple(f"recipes.process.{row}" for row in range(2, 10))

SHEETS = [
    *(Case(f"no sheet of {key}", _drop(key), refused("SHT03")) for key in ("actors", "products", "links")),
    Case("no sheet of settings", _drop("settings"), same(without_rows("settings"))),
    Case("no sheet of periods", _drop("periods"), refused(*(f"NAM02 profiles.{c}.2" for c in "CDEF"))),
    Case("no sheet of profiles", _drop("profiles"),
         refused(*(f"NAM02 processes.availability.{row}" for row in (2, 3, 4, 5)))),
    Case("no sheet of processes", _drop("processes"), refused(*(f"NAM02 {place}" for place in _RECIPES))),
    Case("no sheet of recipes", lambda b: (b.drop("recipes"), b.drop("scenarios")),
         refused("LNK05 links.from_.20", "LNK05 links.from_.25", "LNK05 links.to.26", "LNK05 links.to.29")),
    Case("no sheet of offers", _drop("offers"), warned("CHK34 processes.process.6", same_as=without_rows("offers"))),
    Case("no sheet of needs", _drop("needs"), warned("CHK38", same_as=without_rows("needs"))),
    Case("no sheet of storage", _drop("storage"), same(without_rows("storage"))),
    Case("no sheet of funding", _drop("funding"), same()),
    Case("no sheet of objectives", _drop("objectives"), same(without_rows("objectives"))),
    Case("no sheet of limits", _drop("limits"), same(without_rows("limits"))),
    Case("no sheet of scenarios", _drop("scenarios"), same()),
    Case("no sheet at all but one of remarks", lambda book: (book.sheets.clear(), _add("Notes", "x")(book)),
         refused("SHT03", "SHT01 +new")),
    Case("sheet in capitals", _renamed("links", str.upper), same()),
    Case("sheet in small letters", _renamed("links", str.lower), same()),
    Case("sheet without accents", _rename("links", "LINKS ", "Echanges"), same()),
    Case("sheet with spaces around", _renamed("links", lambda name: f"  {name} "), same()),
    Case("sheet with a hard space", _renamed("links", lambda name: f"\u00a0{name}\u202f"), same()),
    Case("sheet with decomposed accents", _renamed("links", lambda name: unicodedata.normalize("NFD", name)), same()),
    Case("sheet with a note in brackets", _renamed("links", lambda name: f"{name} (2024)"), same()),
    Case("sheet with underscores", _rename("limits", "_Limits"[1:], "Règles_et_engagements"), same()),
    Case("sheets under a synonym", _synonyms, same()),
    Case("sheets under the names of the other language", _other_sheet_names, same()),
    Case("sheet of a new workbook", _rename("links", "Sheet1", "Feuil1"), refused("SHT01 links", "SHT03")),
    Case("sheet with a slip in its name", _rename("links", "Lniks", "Échagnes"), refused("SHT01 links", "SHT03")),
    Case("optional sheet with a slip in its name", _rename("storage", "Sotrage", "Stokcs"),
         warned("SHT01 storage", same_as=without_rows("storage"))),
    Case("sheet turned into a remark", _renamed("storage", lambda name: f"# {name}"), same(without_rows("storage"))),
    Case("sheet left out by an underscore", _renamed("limits", lambda name: f"_{name}"), same(without_rows("limits"))),
    Case("copy of a sheet as Excel names it", _twin("links", "Links (2)", "Échanges (2)"), refused("SHT02 +twin")),
    Case("copy of a sheet under the other language", _twin("links", "Échanges", "Links"), refused("SHT02 +twin")),
    Case("copy of a sheet under its own name", _twin("links", "Links", "Échanges"), refused("FIL18 links")),
    Case("copy of a sheet in capitals", _twin("links", "LINKS", "ÉCHANGES"), refused("FIL18 links", "FIL18 +twin")),
    Case("copy of a sheet under a free name", _twin("links", "Links of last year", "Échanges de l'an dernier"),
         warned("SHT01 +twin")),
    Case("hidden sheet that is read", _hide("links"), warned("SHT05 links")),
    Case("hidden sheet without rows", _hide("funding"), same()),
    Case("hidden sheet of remarks", _add("_x", "a", "b", hidden=True), same()),
    Case("hidden sheet that is not read", _add("Zorglub", "a", hidden=True), warned("SHT01 +new")),
    Case("blank sheet", _add("Zorglub"), same()),
    Case("sheet of blanks alone", _add("Zorglub", " ", "\u00a0"), same()),
    Case("sheet of help", lambda book: _add(book.pick("Help", "Aide"), "call me")(book), same()),
    Case("sheets in another order", _reverse_sheets, same()),
    Case("blank sheet of links", lambda b: (b["links"].cells.clear(), without_rows("scenarios")(b)),
         warned(*_UNLINKED, same_as=_nothing_linked)),
    Case("blank optional sheet", lambda book: book["storage"].cells.clear(), same(without_rows("storage"))),
    Case("links without a row", _nothing_linked, warned(*_UNLINKED, same_as=_nothing_linked)),
    Case("headings alone everywhere", _headings_alone,
         warned("CHK01 links", *(f"COL01 profiles.{c}.1" for c in "CDEF"), same_as=_headings_alone)),
]  # fmt: skip


# ---- headings


def headings(how: Callable[[str], str], *keys: str) -> Change:
    """Write headings in another way, on some sheets or on all."""

    def change(book: Book) -> None:
        for sheet in book.sheets:
            if not keys or sheet.key in keys:
                for (row, column), value in list(sheet.cells.items()):
                    if row == 1 and isinstance(value, str):
                        sheet.put(1, column, how(value))

    return change


def _first_line(text: str) -> str:
    return text.split("\n", maxsplit=1)[0]


def _head(key: str, name: str, text: object) -> Change:
    def change(book: Book) -> None:
        book[key][1, name] = text  # type: ignore[assignment]

    return change


def _other_headings(book: Book) -> None:
    for declared in TABLES:
        sheet = book[declared.table.key]
        for name, column in columns(declared).items():
            if name in sheet.fields:
                sheet.put(1, sheet.fields[name], column.label[book.language == "en"])
    book["processes"].put(1, 18, book.pick("mesure : insertion hours", "measure: heures d'insertion"))


def _reverse_columns(*keys: str) -> Change:
    def change(book: Book) -> None:
        for sheet in book.sheets:
            if not keys or sheet.key in keys:
                last = sheet.last_column
                sheet.move(lambda row, column, last=last: (row, last - column))  # type: ignore[misc]

    return change


def _under(*titles: str, gap: int = 0, merged: str = "", key: str = "links") -> Change:
    def change(book: Book) -> None:
        sheet = book[key]
        sheet.insert_rows(1, len(titles) + gap)
        for row, title in enumerate(titles, start=1):
            sheet.put(row, 0, title)
        sheet.merged += [merged] if merged else []

    return change


def _merge_over_next(keep: bool) -> Change:
    """Merge the heading of the price with the one to its right, whose text stays under it or not."""

    def change(book: Book) -> None:
        sheet = book["links"]
        price, beside = sheet.fields["price"] + 1, sheet.fields["transport_cost"] + 1
        assert beside == price + 1
        sheet.insert_columns(0)
        sheet.merged.append(f"{column_letters(price)}1:{column_letters(beside)}1")
        if not keep:
            sheet.put(1, beside, None)

    return change


def _repeat_headings(book: Book) -> None:
    for sheet in book.sheets:
        top = {column: value for (row, column), value in sheet.cells.items() if row == 1}
        at = min(sheet.last_row, 4) + 1
        sheet.insert_rows(at)
        for column, value in top.items():
            sheet.put(at, column, value)


def _in_new_column(heading: object, *values: object) -> Change:
    """Fill a column to the right of the last one of the links."""

    def change(book: Book) -> None:
        sheet = book["links"]
        column = sheet.last_column + 1
        sheet.fields["new"] = column
        for row, value in enumerate((heading, *values), start=1):
            sheet.put(row, column, value)  # type: ignore[arg-type]

    return change


def _total_below(book: Book) -> None:
    sheet = book["links"]
    sheet.append(from_="Total", today=Formula("SUM(F2:F29)", 1234.5))


def _no_prices(book: Book) -> None:
    book["links"].drop_column("price")


def _no_transport(book: Book) -> None:
    book["links"].drop_column("transport_cost")


HEADINGS = [
    Case("columns in another order", _reverse_columns(), same()),
    Case("headings in capitals", headings(str.upper), same()),
    Case("headings in small letters", headings(str.lower), same()),
    Case("headings without their notes", headings(_first_line), same()),
    Case("headings with stars and colons", headings(lambda text: f"{_first_line(text)} * :", "links", "needs"), same()),
    Case("headings with hard spaces", headings(lambda text: f"\u00a0{text}\u202f".replace(" ", "\u00a0")), same()),
    Case("headings with decomposed accents", headings(lambda text: unicodedata.normalize("NFD", text)), same()),
    Case("headings without accents", headings(
        lambda text: "".join(s for s in unicodedata.normalize("NFD", text) if not unicodedata.combining(s)),
        "links", "needs", "actors", "products", "recipes"), same()),
    Case("headings with an underscore for a space", headings(lambda t: _first_line(t).replace(" ", "_"), "links"), same()),
    Case("headings over two lines", headings(lambda text: text.replace(" ", "\n"), "links", "needs"), same()),
    Case("headings with an invisible sign", headings(lambda text: f"\ufeff{text}\u200b", "links"), same()),
    Case("headings in the other language", _other_headings, same()),
    Case("optional heading that nobody knows", _head("links", "price", "Zorglub"),
         warned("COL01 links.price.1", same_as=_no_prices)),
    Case("optional heading with a slip", lambda b: _head("links", "price", b.pick("prcie", "pirx"))(b),
         warned("COL01 links.price.1", same_as=_no_prices)),
    *(Case(f"required heading that nobody knows: {key} {name}", _head(key, name, "Zorglub"),
           refused(f"COL01 {key}.{name}.1", f"COL03 {key}.1"))
      for key, name in (("links", "product"), ("links", "from_"), ("actors", "perimeter"), ("needs", "actor"))),
    Case("no heading that anybody knows", headings(lambda text: f"Zorglub {text}", "links"), refused("SHT04 links.1")),
    Case("no headings at all", lambda book: book["links"].drop_row(1), refused("SHT04 links.1")),
    Case("optional column left out", without_column("links", "transport_cost"), same(_no_transport)),
    Case("required column left out", without_column("links", "product"), refused("COL03 links.1")),
    Case("heading twice", lambda b: _head("links", "note", b["links"][1, "price"])(b), refused("COL02 links.note.1")),
    Case("heading twice, once in the other language",
         lambda b: _head("links", "note", b.pick("Prix", "Price"))(b), refused("COL02 links.note.1")),
    Case("required heading twice", lambda b: _head("links", "note", b["links"][1, "to"])(b),
         refused("COL02 links.note.1")),
    Case("heading of another sheet", lambda b: _head("links", "note", b.pick("latitude", "latitude"))(b),
         warned("COL01 links.note.1", same_as=without_column("links", "note"))),
    Case("headings on row 3 under a title", _under("Our links", gap=1), same()),
    Case("headings on row 3 under two titles", _under("Our links", "as of 12 May"), same()),
    Case("headings under a merged title", _under("Our links", merged="A1:H1"), same()),
    Case("headings under a title that is a heading", lambda b: _under(b.pick("Product", "Produit"), gap=1)(b), same()),
    Case("headings under nine lines of text", _under(*(f"line {n}" for n in range(9))), same()),
    Case("headings under twelve lines of text", _under(*(f"line {n}" for n in range(12))), refused("SHT04 links.1")),
    Case("headings on row 500 under blanks", _under(gap=499), same()),
    Case("heading merged over the next, now blank", _merge_over_next(keep=False),
         warned("COL04 links.transport_cost.5", same_as=_no_transport)),
    Case("heading merged over the next, still there", _merge_over_next(keep=True),
         warned("FIL22 links.transport_cost.1", "COL04 links.transport_cost.5", same_as=_no_transport)),
    Case("headings repeated as on printed pages", _repeat_headings, same()),
    Case("heading that is an error", _head("links", "price", Error("#REF!")), refused("CEL02 links.price.1")),
    Case("required heading that is an error", _head("links", "product", Error("#NAME?")),
         refused("CEL02 links.product.1", "COL03 links.1")),
    Case("heading never computed", _head("links", "price", Formula("A1")), refused("CEL03 links.price.1")),
    Case("heading computed", lambda b: _head("links", "price", Formula('"x"', str(b["links"][1, "price"])))(b), same()),
    Case("heading that is a number", _in_new_column(2024.0, 1.0), warned("COL01 links.new.1")),
    Case("heading that is a date", _in_new_column(dt.date(2024, 5, 1), 1.0), warned("COL01 links.new.1")),
    Case("heading that is a truth", _in_new_column(True, 1.0), warned("COL01 links.new.1")),
    Case("column without heading", _in_new_column(None, None, "to be called back"), warned("COL04 links.new.3")),
    Case("column of blanks without heading", _in_new_column(None, " ", "\u00a0"), same()),
    Case("column of remarks", _in_new_column("# to do", "call", 3.0), same()),
    Case("column of remarks with an underscore", _in_new_column("_mine", Error("#REF!"), Formula("A1")), same()),
    Case("measure without a name", _in_new_column("mesure :", None, 3.0), refused("COL05 links.new.1")),
    Case("measure twice, with another case", lambda b: (
        _in_new_column("measure: Trips", 1.0)(b), _in_new_column("mesure : TRIPS", 1.0)(b)), refused("COL02 links.new.1")),
    Case("total below the table", _total_below, refused("NAM02 links.from_.30", "CEL01 links.to.30", "CEL01 links.product.30")),
]  # fmt: skip

__all__ = ["HEADINGS", "SHEETS", "without_column", "without_rows"]
