"""Names and rows: odd white space, accents, case; blank, commented and far rows; what stands where a name should."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable

from tests.hostile.book import Book, Error, Formula, Sheet, Value
from tests.hostile.case import Case, Change, refused, same, warned


def put(key: str, name: str, row: int, value: Value | None) -> Change:
    """Put one value into one cell."""

    def change(book: Book) -> None:
        book[key][row, name] = value

    return change


def _written(key: str, name: str, row: int, how: Callable[[str], str]) -> Change:
    def change(book: Book) -> None:
        book[key][row, name] = how(book[key].text(row, name))

    return change


def _one_name(how: Callable[[str], str]) -> Change:
    """Write the first name of the links in another way than the sheet of actors does."""
    return _written("links", "from_", 5, how)


def call(key: str, name: str, row: int, new: str) -> Change:
    """Give something another name, everywhere."""

    def change(book: Book) -> None:
        old = book[key].text(row, name)
        for sheet in book.sheets:
            for place, value in list(sheet.cells.items()):
                if isinstance(value, str) and (value == old or old in value.split(" / ")):
                    sheet.cells[place] = value.replace(old, new)

    return change


def _apostrophes(sign: str) -> Change:
    def change(book: Book) -> None:
        call("actors", "actor", 12, "L'atelier d'à côté")(book)
        book["links"][26, "from_"] = f"L{sign}atelier d{sign}à côté"

    return change


def _with_blank_rows(book: Book) -> None:
    for sheet in book.sheets:
        for row in range(sheet.last_row, 1, -1):
            sheet.insert_rows(row, row % 3)


def _blank_rows_above(book: Book) -> None:
    for sheet in book.sheets:
        sheet.insert_rows(1, 4)


def _blank_columns(book: Book) -> None:
    for sheet in book.sheets:
        sheet.insert_columns(0, 3)
        sheet.insert_columns(5, 2)


def _rows_of_spaces(book: Book) -> None:
    for sheet in book.sheets:
        row = sheet.last_row + 1
        for column, blank in enumerate((" ", "\u00a0", "\u202f", "\t", "\u200b", "\u3000")):
            sheet.put(row, column, blank)


def _formatted(count: int) -> Change:
    def change(book: Book) -> None:
        book["links"].blank_rows = count

    return change


def _far_below(book: Book) -> None:
    for sheet in book.sheets:
        sheet.move(lambda row, column: (row + 1_000_000 if row > 2 else row, column))


def _commented(book: Book) -> None:
    sheet = book["links"]
    row = sheet.copy_row(2, from_="# " + sheet.text(5, "from_"))
    sheet.put(row, sheet.fields["price"], "n.d.")


def _stray(row: int, letters: str, value: Value) -> Change:
    def change(book: Book) -> None:
        sheet: Sheet = book["links"]
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        sheet.put(row, column - 1, value)

    return change


def _note_alone(book: Book) -> None:
    book["links"].append(note="to be asked")


def _far_apart(text: str) -> str:
    return text.replace(" ", "  \u00a0\u2009 ")


_WHITE = {
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "narrow hard spaces": lambda text: text.replace(" ", "\u202f"),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
    "wide spaces": lambda text: text.replace(" ", "\u3000"),
    "several spaces": _far_apart,
    "spaces around": lambda text: f"  {text}   ",
    "hard spaces around": lambda text: f"\u00a0{text}\u202f",
    "a tab behind": lambda text: f"{text}\t",
    "a line break within": lambda text: text.replace(" ", "\n"),
    "a line break behind": lambda text: f"{text}\n",
    "invisible signs": "\u200b".join,
    "a byte order mark": lambda text: f"\ufeff{text}",
    "a soft hyphen": lambda text: f"{text[:3]}\u00ad{text[3:]}",
    "a direction mark": lambda text: f"\u200e{text}\u200f",
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "capitals": str.upper,
    "small letters": str.lower,
}

NAMES = [
    *(Case(f"name with {how}", _one_name(written), same()) for how, written in _WHITE.items()),
    *(Case(f"name with the apostrophe U+{ord(sign):04X}", _apostrophes(sign), same(_apostrophes("'")))
      for sign in "\u2018\u2019\u02bc\u2032\u00b4`"),
    Case("name with accents, decomposed on one sheet",
         lambda b: (call("actors", "actor", 5, "Éétang çà")(b), _written("links", "to", 3, lambda t: unicodedata.normalize("NFD", t))(b)),
         same(call("actors", "actor", 5, "Éétang çà"))),
    Case("name in capitals with accents",
         lambda b: (call("actors", "actor", 5, "Éétang çà")(b), put("links", "to", 3, "ÉÉTANG ÇÀ")(b)),
         same(call("actors", "actor", 5, "Éétang çà"))),
    Case("name with a sharp s, in capitals", lambda b: (call("actors", "actor", 5, "Straße")(b), put("links", "to", 3, "STRASSE")(b)),
         same(call("actors", "actor", 5, "Straße"))),
    Case("name with a slip", _one_name(lambda text: text[:-1] + text[-1] * 2), refused("NAM01 links.from_.5")),
    Case("name with a letter of another alphabet", _one_name(lambda text: text.replace("e", "\u0435", 1)),
         refused("NAM01 links.from_.5")),
    Case("name without its accents", lambda b: (call("actors", "actor", 5, "Éétang çà")(b), put("links", "to", 3, "Eetang ca")(b)),
         refused("NAM01 links.to.3")),
    Case("name cut in two by a comma", _one_name(lambda text: f"{text}, {text}"), refused("NAM01 links.from_.5")),
    Case("name that nobody declares", put("links", "from_", 5, "Zorglub"), refused("NAM02 links.from_.5")),
    *(Case(f"actor called {name[:9]!r}", call("actors", "actor", 5, name), same(call("actors", "actor", 5, name)))
      for name in ("NA", "n.d.", "-", "0", "TRUE", "=1+1", "+33 4 75", "@home", "a/b", "<b>x</b>", "{0}", "%s", "../../x",
                   "\U0001f33e", "x" * 900)),
    Case("name of 1 001 letters", put("links", "from_", 5, "x" * 1001), refused("CEL06 links.from_.5")),
    Case("name of 40 000 letters", put("links", "from_", 5, "x" * 40_000),
         refused("CEL06 links.from_.5", "FIL30 links.from_.5")),
    Case("note of 32 767 letters", put("links", "note", 2, "x" * 32_767), same(put("links", "note", 2, "x" * 32_767))),
    Case("note of 40 000 letters", put("links", "note", 2, "x" * 40_000), refused("FIL30 links.note.2")),
    Case("number for a name", put("links", "from_", 5, 75.0), refused("NAM02 links.from_.5")),
    Case("date for a name", put("links", "from_", 5, dt.date(2024, 5, 1)), refused("CEL04 links.from_.5")),
    Case("date for a unit", put("products", "unit", 2, dt.date(2024, 5, 1)), refused("CEL04 products.unit.2")),
    Case("date for a group", put("actors", "group", 2, dt.date(2024, 5, 1)), refused("CEL04 actors.group.2")),
    Case("date for a word", put("products", "kind", 2, dt.date(2024, 5, 1)), refused("CEL04 products.kind.2")),
    Case("date for a change", put("scenarios", "change", 2, dt.date(2024, 5, 1)), refused("CEL04 scenarios.change.2")),
    Case("date as a note", put("links", "note", 2, dt.date(2024, 5, 1)), same(put("links", "note", 2, "2024-05-01"))),
    Case("truth for a name", put("links", "from_", 5, True), refused("CEL05 links.from_.5")),
    Case("truth for a unit", put("products", "unit", 2, True), refused("CEL05 products.unit.2")),
    Case("truth for a word that is no yes or no", put("products", "kind", 2, True), refused("WRD01 products.kind.2")),
    Case("truth for a yes", put("products", "may_discard", 2, True),
         same(lambda b: put("products", "may_discard", 2, b.pick("yes", "oui"))(b))),
    Case("untruth for a no", put("products", "may_discard", 4, False),
         same(lambda b: put("products", "may_discard", 4, b.pick("no", "non"))(b))),
    Case("error for a name", put("links", "from_", 5, Error("#N/A")), refused("CEL02 links.from_.5")),
    Case("error in a note", put("links", "note", 2, Error("#REF!")), refused("CEL02 links.note.2")),
    Case("formula never computed for a name", put("links", "from_", 5, Formula("Actors!A2")), refused("CEL03 links.from_.5")),
    Case("formula computed for a name", lambda b: put("links", "from_", 5, Formula("Actors!A2", b["links"].text(5, "from_")))(b), same()),
    *(Case(f"word nobody knows: {text}", put("products", "kind", 2, text), refused("WRD01 products.kind.2"))
      for text in ("n.d.", "-", "NA", "Zorglub", "?")),
    Case("word in capitals without accents", lambda b: put("actors", "perimeter", 15, b.pick("EXTERNAL", "EXTERIEUR"))(b), same()),
    Case("word of the other language", lambda b: put("actors", "perimeter", 2, b.pick("membre", "member"))(b), same()),
    Case("word in the plural", lambda b: put("actors", "perimeter", 2, b.pick("members", "membres"))(b), same()),
    Case("word with a slip", lambda b: put("actors", "perimeter", 2, b.pick("mmeber", "mebmre"))(b), refused("WRD01 actors.perimeter.2")),
    Case("groups parted by line breaks", _written("actors", "group", 2, lambda text: text.replace("; ", "\n")), same()),
    Case("groups with empty parts", _written("actors", "group", 2, lambda text: f"; {text};; "), same()),
    Case("groups twice", _written("actors", "group", 2, lambda text: f"{text}; {text.upper()}"), same()),
    Case("groups parted by commas", _written("actors", "group", 6, lambda text: text.replace(";", ",")),
         warned("NAM06 actors.group.6", "CHK34 processes.process.6", same_as=_written("actors", "group", 6, lambda text: text.replace(";", ",")))),
    Case("labels parted by commas", _written("products", "labels", 5, lambda text: text.replace(";", ",")),
         warned("NAM06 products.labels.5", same_as=_written("products", "labels", 5, lambda text: text.replace(";", ",")))),
    Case("group whose name has a comma", put("actors", "group", 13, "shops, big"), same(put("actors", "group", 13, "shops, big"))),
]  # fmt: skip

ROWS = [
    Case("blank rows between", _with_blank_rows, same()),
    Case("blank rows above the headings", _blank_rows_above, same()),
    Case("blank columns", _blank_columns, same()),
    Case("rows of white space", _rows_of_spaces, same()),
    Case("twenty thousand formatted blank rows", _formatted(20_000), same(), ("xlsx",)),
    Case("a million formatted blank rows", _formatted(1_000_000), same(), ("ods",)),
    Case("rows a million lines below", _far_below, same()),
    Case("row commented out", _commented, same()),
    Case("row of a note alone", _note_alone, refused(*(f"CEL01 links.{name}.30" for name in ("from_", "to", "product")))),
    Case("stray cell on the last row and column", _stray(1_048_576, "XFD", "x"), warned("COL04 links.XFD.1048576")),
    Case("stray cell below the table", _stray(200, "A", "x"),
         refused("NAM02 links.from_.200", "CEL01 links.to.200", "CEL01 links.product.200")),
    Case("stray blank on the last row and column", _stray(1_048_576, "XFD", " "), same()),
]  # fmt: skip
