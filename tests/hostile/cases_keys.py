"""Keys and names that do not fit together: doubled, dangling, turned on themselves, on the wrong side."""

from __future__ import annotations

from tests.hostile.book import Book, Value
from tests.hostile.case import Case, Change, refused, same, warned
from tests.hostile.cases_texts import call, put


def _again(key: str, row: int, **changed: Value | None) -> Change:
    """Copy a row below the last one, changed or not."""
    return lambda book: book[key].copy_row(row, **changed)


def _several(*changes: Change) -> Change:
    def change(book: Book) -> None:
        for one in changes:
            one(book)

    return change


def _add(key: str, **values: Value) -> Change:
    return lambda book: book[key].append(**values)


def _from_flour(what: str, amount: float) -> Change:
    """Let the mill make something of flour; 1 t of wheat makes 0.78 t of it."""

    def change(book: Book) -> None:
        made = {"wheat": 2, "bread": 5}[what]
        book["processes"].append(process="Alchemy", actor=book["actors"].text(5, "actor"))
        book["recipes"].append(process="Alchemy", product=book["products"].text(3, "product"), input=1.0)
        book["recipes"].append(process="Alchemy", product=book["products"].text(made, "product"), output=amount)
        if what == "bread":
            link = book["links"].copy_row(21, today=None)
            book["links"][link, "from_"] = book["actors"].text(5, "actor")

    return change


def _with(key: str, row: int, name: str, of: str) -> Change:
    """Write the text of another cell, named ``key.row.field``, into a cell."""
    from_key, from_row, field = of.split(".")
    return lambda book: put(key, name, row, book[from_key].text(int(from_row), field))(book)


def _grants(**changed: Value) -> Change:
    def change(book: Book) -> None:
        row: dict[str, Value] = {
            "funder": book["actors"].text(12, "actor"),
            "actor": book["actors"].text(6, "actor"),
            "maximum": 1000.0,
        }
        book["funding"].append(**(row | changed))

    return change


DOUBLES = [
    Case("actor twice", _again("actors", 5), refused("NAM03 actors.actor.17")),
    Case("actor twice, in capitals", lambda b: _again("actors", 5, actor=b["actors"].text(5, "actor").upper())(b),
         refused("NAM03 actors.actor.17")),
    Case("actor twice, with hard spaces", lambda b: _again("actors", 5, actor=b["actors"].text(5, "actor").replace(" ", "\u00a0"))(b),
         refused("NAM03 actors.actor.17")),
    Case("product twice", _again("products", 3), refused("NAM03 products.product.8")),
    Case("activity twice at one actor", _again("processes", 6), refused("NAM03 processes.process.10")),
    Case("recipe line twice", _again("recipes", 4), refused("REC02 recipes.output.10")),
    Case("period twice", _again("periods", 2), refused("NAM03 periods.period.6")),
    Case("calendar twice", _again("profiles", 2), refused("NAM03 profiles.profile.5")),
    Case("need twice", _again("needs", 2), warned("CHK20 needs.actor.7", same_as=_again("needs", 2))),
    Case("need twice, in two parts", _again("needs", 2, quantity=5.0), same(_again("needs", 2, quantity=5.0))),
    Case("offer twice", _again("offers", 2), warned("CHK20 offers.actor.3", same_as=_again("offers", 2))),
    Case("grant twice", _several(_grants(), _grants()),
         warned("CHK20 funding.funder.3", same_as=_several(_grants(), _grants()))),
    Case("stock twice", _again("storage", 2), refused("NAM03 storage.actor.7")),
    Case("setting twice", _again("settings", 3), refused("SET02 settings.setting.16")),
    Case("limit twice", _again("limits", 2), refused("NAM03 limits.limit.3")),
    Case("objective twice", _again("objectives", 4, rank=6.0), refused("OBJ02 objectives.rank.10")),
    Case("link twice, word for word", _again("links", 8), warned("CHK20 links.from_.30", same_as=_again("links", 8))),
    Case("link twice, at another price", _again("links", 8, price=1100.0, today=None),
         same(_again("links", 8, price=1100.0, today=None))),
    Case("link twice, with its quantity, at another price", _again("links", 8, price=1100.0),
         warned("CHK21 links.price.30", same_as=_again("links", 8, price=1100.0))),
    Case("group of one name with an actor", lambda b: put("actors", "group", 2, b["actors"].text(5, "actor"))(b),
         refused("NAM04 actors.group.2")),
]  # fmt: skip

DANGLING = [
    *(Case(f"{key}: no such {name}", put(key, name, row, "Zorglub"), refused(f"NAM02 {key}.{name}.{row}"))
      for key, name, row in (
          ("links", "from_", 4), ("links", "to", 5), ("links", "product", 5), ("links", "period", 5), ("needs", "actor", 2),
          ("needs", "product", 2), ("needs", "profile", 2), ("needs", "period", 2),
          ("offers", "actor", 2), ("offers", "product", 2), ("storage", "actor", 2), ("storage", "product", 2),
          ("processes", "actor", 2), ("processes", "availability", 2), ("recipes", "process", 7), ("recipes", "product", 7),
          ("limits", "from_", 2), ("limits", "to", 2), ("limits", "product", 2), ("limits", "period", 2))),
    Case("needs: no such thing comes back", _several(put("needs", "returns", 2, "Zorglub"), put("needs", "returned", 2, 0.1)),
         refused("NAM02 needs.returns.2")),
    Case("limits: activity where none counts", put("limits", "process", 2, "Zorglub"),
         warned("LIM06 limits.process.2", same_as=put("limits", "process", 2, "Zorglub"))),
    Case("objective that nobody knows", put("objectives", "objective", 4, "Zorglub"), refused("OBJ01 objectives.objective.4")),
    Case("measure that nobody counts", put("objectives", "objective", 4, "measure: zorglub"), refused("OBJ04 objectives.objective.4")),
    Case("scenario of a sheet that is none", put("scenarios", "changed", 2, "Zorglub"), refused("SCN05 scenarios.changed.2")),
    Case("scenario of a row that is none", put("scenarios", "row", 2, "a / b / c"), refused("SCN07 scenarios.row.2")),
    Case("scenario of a key without all its parts", put("scenarios", "row", 2, "a"), refused("SCN08 scenarios.row.2")),
    Case("scenario of a column that is none", put("scenarios", "column", 2, "Zorglub"), refused("SCN06 scenarios.column.2")),
    Case("scenario whose change is none", put("scenarios", "change", 2, "much less"), refused("SCN09 scenarios.change.2")),
    Case("scenario whose change is a number", put("scenarios", "change", 2, 0.0), refused("SCN17 scenarios.change.2")),
    Case("scenario that starts from itself", lambda b: put("scenarios", "base", 2, b["scenarios"].text(2, "scenario"))(b),
         refused("SCN04 scenarios.base.2")),
    Case("scenario that starts from none", put("scenarios", "base", 2, "Zorglub"), refused("SCN02 scenarios.base.2")),
    Case("setting that nobody knows", put("settings", "setting", 8, "Zorglub"), warned("SET01 settings.setting.8", same_as=lambda b: b["settings"].drop_row(8))),
]  # fmt: skip

WRONG = [
    Case("link to itself", _several(_with("links", 5, "to", "actors.2.actor"), put("links", "maximum", 5, 900.0)),
         refused("LNK01 links.to.5")),
    Case("link to itself without a quantity", _several(_with("links", 5, "to", "actors.2.actor"), put("links", "today", 5, None)),
         refused("LNK01 links.to.5")),
    Case("link to itself of this year, in capitals", lambda b: put("links", "to", 5, b["actors"].text(2, "actor").upper())(b),
         same(_with("links", 5, "to", "actors.2.actor"))),
    Case("grant to itself", lambda b: _grants(funder=b["actors"].text(6, "actor"))(b), refused("FUN02 funding.actor.2")),
    Case("link between two outside", _with("links", 5, "from_", "actors.14.actor"), warned("LNK02 links.from_.5", same_as=lambda b: b["links"].drop_row(5))),
    Case("activity of an outside actor", _with("processes", 7, "actor", "actors.14.actor"), refused("PRC03 processes.actor.7")),
    Case("stock of an outside actor", _with("storage", 2, "actor", "actors.14.actor"), refused("STO04 storage.actor.2")),
    Case("stock of a service", put("products", "kind", 3, "service"), refused("STO01 storage.product.6")),
    Case("group that stands for nobody", put("links", "product", 4, None), refused("CEL01 links.product.4")),
    Case("everybody to everybody", lambda b: _add("links", from_="*", to="*", product=b["products"].text(3, "product"))(b),
         same(lambda b: _add("links", from_="*", to="*", product=b["products"].text(3, "product"))(b))),
    Case("minimum above the maximum", _several(put("links", "minimum", 9, 9.0), put("links", "maximum", 9, 5.0), put("links", "today", 9, None)), refused("LNK04 links.minimum.9")),
    Case("this year above the maximum", put("links", "maximum", 8, 5.0), warned("CHK18 links.today.8", same_as=put("links", "maximum", 8, 5.0))),
    Case("candidate without a size", lambda b: put("links", "status", 8, b.pick("candidate", "en projet"))(b), refused("LNK03 links.maximum.8")),
    Case("this year's quantity for a group", put("links", "today", 4, 10.0), refused("LNK07 links.today.4")),
    Case("calendar and period at once", _several(_with("needs", 2, "profile", "profiles.2.profile"), _with("needs", 2, "period", "periods.2.period")),
         refused("CAL05 needs.period.2")),
    Case("calendar that makes 130 %", lambda b: put("profiles", "kind", 4, b["profiles"].text(2, "kind"))(b), refused("CAL01 profiles.profile.4")),
    Case("recipe without quantities", put("recipes", "output", 4, None), refused("REC01 recipes.input.4")),
    Case("recipe that makes matter", _from_flour("bread", 3.0), warned("CHK09 recipes.process.10", same_as=_from_flour("bread", 3.0))),
    Case("loop that gains", _from_flour("wheat", 2.0), warned("CHK10 recipes.process.10", same_as=_from_flour("wheat", 2.0))),
    Case("loop that loses", _from_flour("wheat", 0.5), same(_from_flour("wheat", 0.5))),
    Case("need without a quantity", put("needs", "quantity", 2, None), refused("NED01 needs.quantity.2")),
    Case("need of nothing", put("needs", "quantity", 2, 0.0), same(put("needs", "quantity", 2, 0.0))),
    Case("must that nobody can bring", lambda b: (
        put("needs", "obligation", 6, b.pick("must", "obligatoire"))(b), _with("needs", 6, "actor", "actors.12.actor")(b)),
        warned("CHK03 needs.product.6", same_as=lambda b: (
        put("needs", "obligation", 6, b.pick("must", "obligatoire"))(b), _with("needs", 6, "actor", "actors.12.actor")(b)))),
    Case("half a place", put("actors", "latitude", 9, None), warned("ACT01 actors.latitude.9", same_as=put("actors", "latitude", 9, None))),
    Case("investment without a life", put("processes", "investment_total", 7, 1000.0), refused("PRC05 processes.life.7")),
    Case("share of a limit typed as a number of per cent", put("limits", "value", 2, 60.0), refused("LIM04 limits.value.2")),
    Case("name that looks like a formula everywhere", call("actors", "actor", 5, '=HYPERLINK("http://x.invalid")'),
         same(call("actors", "actor", 5, '=HYPERLINK("http://x.invalid")'))),
]  # fmt: skip
