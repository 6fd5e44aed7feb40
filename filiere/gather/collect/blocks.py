"""The questions of a questionnaire, in plain words: one for each thing that a member knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from filiere.gather.collect.owned import Owner
from filiere.gather.collect.rows import MEASURE, RowKey, measures_of, typed
from filiere.language import Label, Language
from filiere.names import fold
from filiere.schema import Row
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.units import is_counted
from filiere.workbook.questionnaire.form import ASKS, Answerable, Ask, Block, Line, Look

Asking = Callable[[Row, str], Ask | None]


@dataclass(frozen=True)
class Column:
    """A column of the workbook as a member is asked for it."""

    name: str
    heading: Label
    look: Look = "number"


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question: its words, and the columns that its answers go to."""

    key: str
    title: Label
    help: Label
    labels: tuple[Label, ...]
    columns: tuple[Column, ...]
    free: int = 0


NO_HELP = Label("", "")
_PRODUCT, _UNIT = Label("What", "Quoi"), Label("Unit", "Unité")
_ACTIVITY = Label("Activity", "Activité")
_THIS_YEAR = Column("today", Label("this year", "cette année"))
_MOST, _LEAST = Label("at most a year", "au plus par an"), Label("at least a year", "au moins par an")
_PRICE = Column("price", Label("price, {money} a unit", "prix, {money} par unité"), "money")
_ON_THE_WAY = (
    Column("loss", Label("lost on the way", "perdu en route"), "share"),
    Column("distance", Label("km by road", "km par la route")),
    Column("co2", Label("kg CO₂ a unit", "kg CO₂ par unité")),
)
_TRANSPORT = Column("transport_cost", Label("transport, {money} a unit", "transport, {money} par unité"), "money")

PLACE = Question(
    key="actors",
    title=Label("Where are you, and what do you have aside?", "Où êtes-vous, et de quelle réserve disposez-vous ?"),
    help=NO_HELP,
    labels=(),
    columns=(
        Column("place", Label("town or village", "commune"), "text"),
        Column("identifier", Label("company number", "SIRET ou SIREN"), "text"),
        Column("latitude", Label("latitude", "latitude")),
        Column("longitude", Label("longitude", "longitude")),
        Column("reserve", Label("reserve you may use this year, {money}", "réserve utilisable cette année, {money}"),
               "money"),
    ),
)  # fmt: skip
ACTIVITIES = Question(
    key="processes",
    title=Label("What do you do, how much this year, and at what cost?",
                "Que faites-vous, combien cette année, et à quel coût ?"),
    help=Label("Costs besides purchases: wages, rent, energy… Jobs in full-time equivalents.",
               "Les frais hors achats : salaires, loyer, énergie… Les emplois en équivalents temps plein."),
    labels=(_ACTIVITY, Label("One unit is", "Une unité, c'est")),
    columns=(
        _THIS_YEAR,
        Column("capacity", _MOST),
        Column("minimum", _LEAST),
        Column("unit_cost", Label("costs, {money} a unit", "frais, {money} par unité"), "money"),
        Column("fixed_cost", Label("fixed costs, {money} a year", "frais fixes, {money} par an"), "money"),
        Column("local_share", Label("part paid on the territory", "part payée sur le territoire"), "share"),
        Column("jobs", Label("jobs (FTE) a unit", "emplois (ETP) par unité")),
        Column("co2", Label("kg CO₂ a unit", "kg CO₂ par unité")),
    ),
    free=2,
)  # fmt: skip
PROJECTS = Question(
    key="projects",
    title=Label("Your projects: what would they cost?", "Vos projets : combien coûteraient-ils ?"),
    help=NO_HELP,
    labels=(_ACTIVITY, Label("One unit is", "Une unité, c'est")),
    columns=(
        Column("investment_total", Label("to invest in all, {money}", "à investir en tout, {money}"), "money"),
        Column("life", Label("over how many years", "sur combien d'années")),
        Column("investment", Label("or, a year, {money}", "ou, par an, {money}"), "money"),
        Column("expansion_max", Label("possible growth, units", "croissance possible, unités")),
        Column("expansion_cost", Label("its cost, {money} a unit and year", "son coût, {money} par unité et par an"),
               "money"),
    ),
)  # fmt: skip
RECIPES = Question(
    key="recipes",
    title=Label("What goes into one unit of activity, and what comes out, by-products included?",
                "Que faut-il pour une unité d'activité, et qu'en sort-il, coproduits compris ?"),
    help=Label("More than there are lines? Write the rest in the last box.",
               "Plus que de lignes ? Écrivez le reste dans la dernière case."),
    labels=(_ACTIVITY, _PRODUCT, _UNIT),
    columns=(Column("input", Label("goes in", "il en faut")), Column("output", Label("comes out", "il en sort"))),
    free=3,
)  # fmt: skip
SALES = Question(
    key="sales",
    title=Label("To whom do you sell or give, how much a year, and at what price?",
                "À qui vendez-vous ou donnez-vous, combien par an, et à quel prix ?"),
    help=Label("A negative price is one that you pay to have something taken away.",
               "Un prix négatif : c'est vous qui payez pour que l'on vous débarrasse."),
    labels=(Label("To whom", "À qui"), _PRODUCT, _UNIT),
    columns=(_THIS_YEAR, _PRICE, Column("maximum", _MOST), Column("minimum", _LEAST), _TRANSPORT, *_ON_THE_WAY),
    free=3,
)  # fmt: skip
PURCHASES = Question(
    key="purchases",
    title=Label("From whom do you buy or receive, how much a year, and at what price?",
                "À qui achetez-vous ou de qui recevez-vous, combien par an, et à quel prix ?"),
    help=NO_HELP,
    labels=(Label("From whom", "De qui"), _PRODUCT, _UNIT),
    columns=(_THIS_YEAR, _PRICE, Column("maximum", _MOST), Column("minimum", _LEAST), _TRANSPORT, *_ON_THE_WAY),
    free=3,
)  # fmt: skip
OFFERS = Question(
    key="offers",
    title=Label("What can you supply without making it (land, hours, rooms, a stock)?",
                "Que pouvez-vous fournir sans le fabriquer (terres, heures, locaux, stock) ?"),
    help=NO_HELP,
    labels=(_PRODUCT, Label("", ""), _UNIT),
    columns=(Column("maximum", _MOST), Column("unit_cost", Label("cost, {money} a unit", "coût, {money} par unité"),
                                              "money")),
)  # fmt: skip
NEEDS = Question(
    key="needs",
    title=Label("What do your own users need, or what more could you sell?",
                "De quoi vos usagers ont-ils besoin, ou que pourriez-vous vendre de plus ?"),
    help=NO_HELP,
    labels=(_PRODUCT, Label("A must or a wish", "Indispensable ou souhaité"), _UNIT),
    columns=(
        Column("quantity", Label("how much a year", "combien par an")),
        Column("revenue", Label("paid by users, {money} a unit", "payé par les usagers, {money} par unité"), "money"),
        Column("returned", Label("comes back a unit", "en revient par unité")),
    ),
)  # fmt: skip
STORAGE = Question(
    key="storage",
    title=Label("What can you keep in stock?", "Que pouvez-vous garder en stock ?"),
    help=NO_HELP,
    labels=(_PRODUCT, Label("", ""), _UNIT),
    columns=(
        Column("capacity", Label("at most", "au plus")),
        Column("cost", Label("cost, {money} a unit and season", "coût, {money} par unité et saison"), "money"),
        Column("loss", Label("lost a season", "perdu par saison"), "share"),
        Column("initial", Label("at the start of the year", "au début de l'année")),
        Column("final", Label("at the end of the year", "en fin d'année")),
    ),
)  # fmt: skip
FUNDING = Question(
    key="funding",
    title=Label("Which grants and aids do you receive?", "Quelles aides et subventions recevez-vous ?"),
    help=NO_HELP,
    labels=(Label("From whom", "De qui"), Label("Which", "Laquelle")),
    columns=(
        Column("today", Label("this year, {money}", "cette année, {money}"), "money"),
        Column("maximum", Label("at most, {money}", "au plus, {money}"), "money"),
        Column("minimum", Label("at least, {money}", "au moins, {money}"), "money"),
        Column("unit_amount", Label("{money} a unit of activity", "{money} par unité d'activité"), "money"),
    ),
)  # fmt: skip
_FREE_NEEDS = 3
"""The empty lines for needs, as long as the workbook has none."""
MORE = Label("And besides, for these lines?", "Et encore, pour ces mêmes lignes ?")
_FIXED = Column("fixed_cost", Label("fixed cost, {money} a year", "coût fixe, {money} par an"), "money")
_MEANS = Column("uses_quantity", Label("of that means, a unit takes", "moyen pris par unité"))
_LOT = Column("multiple", Label("only in whole lots of", "par lots entiers de"))
_ASIDE = {"importance", "dependency_weight", "uncertainty", "within"}
"""Figures that the coordinator judges, which no member is asked for."""


@dataclass(frozen=True)
class Levels:
    """What one unit of an activity is: as its row says (row number → text), else as is known of it by its name."""

    known: Mapping[str, str]
    said: Mapping[int, str]

    def of(self, row: t.ProcessRow) -> str:
        """Return what one unit of this activity is, empty where nothing says so."""
        place = row.cells.get("")
        said = self.said.get(place.row or 0) if place else None
        return said or self.known.get(fold(row.process), "")


@dataclass(frozen=True)
class Words:
    """The words a questionnaire is written with, besides its own: what a unit is, and the goods of the sector."""

    levels: Levels
    goods: tuple[str, ...] = ()


def blocks_of(owner: Owner, language: Language, words: Words, money: str) -> tuple[Block, ...]:
    """Return the questions of a member."""
    return tuple(_Asking(owner, language, words, money).blocks())


def labels_of(owner: Owner, language: Language, key: RowKey, row: Row) -> tuple[str, ...]:
    """Return what the line of a row says that it is about; what one unit of an activity is, is left open."""
    kind = "sales" if isinstance(row, t.LinkRow) and fold(row.from_) == owner.key else key.table
    return _Asking(owner, language, Words(Levels({}, {})), "").labels(kind, key, row)


class _Asking:
    def __init__(self, owner: Owner, language: Language, words: Words, money: str) -> None:
        self.owner, self.language, self.words, self.money = owner, language, words, money

    def blocks(self) -> Iterator[Block]:
        owner = self.owner
        yield from self._question(PLACE, list(owner.rows("actors")), owner.asked)
        activities = list(owner.rows("processes"))
        yield from self._question(ACTIVITIES, activities, owner.asked)
        growing = [(key, row) for key, row in activities if isinstance(row, t.ProcessRow)
                   and row.status is not w.ProcessStatus.EXISTING]  # fmt: skip
        yield from self._question(PROJECTS, growing, owner.asked, more=False)
        yield from self._question(RECIPES, list(owner.rows("recipes")), owner.asked)
        yield from self._question(SALES, list(owner.sales()), owner.sold)  # type: ignore[arg-type]
        yield from self._question(PURCHASES, list(owner.purchases()), owner.bought)  # type: ignore[arg-type]
        needs = NEEDS if owner.keyed.tables.needs else replace(NEEDS, free=_FREE_NEEDS)
        for question in (OFFERS, needs, STORAGE, FUNDING):
            yield from self._question(question, list(owner.rows(question.key)), owner.asked)
        yield from self._open()

    def _question(self, question: Question, rows: Sequence[tuple[RowKey, Row]], ask: Asking,
                  more: bool = True) -> Iterator[Block]:  # fmt: skip
        if not rows and not question.free:
            return
        room = question.free if rows or question.key == NEEDS.key else 2 * question.free
        yield self._block(question, question.title, question.columns, rows, ask, room)
        rest = self._rest(question, rows)[:ASKS] if more else ()
        if rest:
            of_means = self._where_used(ask)
            kept = [(key, row) for key, row in rows if any(of_means(row, column.name) for column in rest)]
            yield self._block(question, MORE, rest, kept, of_means, 0)

    def _rest(self, question: Question, rows: Sequence[tuple[RowKey, Row]]) -> tuple[Column, ...]:
        """Return the columns of these rows that the question does not ask for: measures, and what some row holds."""
        from filiere.schema import Reads, columns

        if not rows:
            return ()
        asked = {column.name for column in question.columns} | _ASIDE | {"today_buyer"}
        asked |= {column.name for column in PROJECTS.columns}
        found: dict[str, Column] = {}
        if any(isinstance(row, t.LinkRow) and row.status is w.LinkStatus.CANDIDATE for _, row in rows):
            found["fixed_cost"] = _FIXED
        if any(_means_of(row) for _, row in rows):
            found["uses_quantity"] = _MEANS
        if any(self._in_lots(row) for _, row in rows):
            found["multiple"] = _LOT
        for _, row in rows:
            for name in measures_of(row):
                said = name.removeprefix(MEASURE)
                found[name] = Column(name, Label(f"{said} a unit", f"{said} par unité"))
            for name, column in columns(type(row)).items():
                number = column.reads in (Reads.NUMBER, Reads.INTEGER)
                if number and name not in asked and typed(row, name):
                    found.setdefault(name, Column(name, column.label))
        return tuple(found.values())

    def _where_used(self, ask: Asking) -> Asking:
        """Ask how much of a shared means a unit takes of the rows that name one alone; lots, of goods in pieces."""

        def asked(row: Row, column: str) -> Ask | None:
            nothing = (column == _MEANS.name and not _means_of(row)) or (column == _LOT.name and not self._in_lots(row))
            return None if nothing else ask(row, column)

        return asked

    def _in_lots(self, row: Row) -> bool:
        """Whether a row may be delivered in whole lots alone: it says so, or its goods are counted in pieces."""
        if not isinstance(row, t.LinkRow):
            return False
        goods = self.owner.keyed.goods.get(fold(row.product))
        pieces = goods is not None and goods.kind is not w.ProductKind.SERVICE and is_counted(goods.unit)
        return pieces or typed(row, _LOT.name)

    def _block(self, question: Question, title: Label, asked: tuple[Column, ...], rows: Sequence[tuple[RowKey, Row]],
               ask: Asking, free: int) -> Block:  # fmt: skip
        lines = tuple(
            Line(key.mark, self.labels(question.key, key, row), tuple(ask(row, column.name) for column in asked))
            for key, row in rows
        )
        choices: dict[int, tuple[str, ...]] = {}
        if question.key in ("sales", "purchases"):
            goods = {fold(name): name for name in (*self.words.goods, *self.owner.products())}
            choices = {0: self._actors(), 1: tuple(goods[key] for key in sorted(goods))}
        return Block(
            key=question.key,
            title=title.to(self.language),
            help=question.help.to(self.language) if title is not MORE else "",
            labels=tuple(label.to(self.language) for label in question.labels),
            asks=tuple(self._heading(column) for column in asked),
            lines=lines,
            free=free,
            choices=choices,
        )

    def _heading(self, column: Column) -> Answerable:
        return Answerable(column.heading.to(self.language).format(money=self.money), column.look)

    def _actors(self) -> tuple[str, ...]:
        inside = [row.actor for key, row in self.owner.keyed.of("actors")
                  if isinstance(row, t.ActorRow) and self._may_be_named(key, row)]  # fmt: skip
        names = dict.fromkeys([*self.owner.partners(), *inside])
        return tuple(sorted((name for name in names if fold(name) != self.owner.key), key=fold))

    def _may_be_named(self, key: RowKey, row: t.ActorRow) -> bool:
        """Whether an actor is offered by name: a member, or one on the territory that others alone did not name."""
        if row.perimeter is w.Perimeter.MEMBER:
            return True
        return row.perimeter is w.Perimeter.LOCAL and not self.owner.others_said(key, "actor", row.actor)

    def labels(self, kind: str, key: RowKey, row: Row) -> tuple[str, ...]:
        """Return what a line is about."""
        language, unit = self.language, self._unit(row)
        step = f" ({key.turn + 1})" if key.turn else ""
        if isinstance(row, t.LinkRow):
            other = row.to if kind == "sales" else row.from_
            name = _EVERYBODY.to(language) if other == "*" else other
            marks = [
                row.period or "",
                row.uses or "",
                _PROJECT.to(language) if row.status is w.LinkStatus.CANDIDATE else "",
            ]
            said = ", ".join(mark for mark in marks if mark)
            return (name, f"{row.product}{step}{f' – {said}' if said else ''}", unit)
        if isinstance(row, t.ProcessRow):
            return (row.process, self.words.levels.of(row))
        if isinstance(row, t.RecipeRow):
            return (row.process, f"{row.product}{step}", unit)
        if isinstance(row, t.FundingRow):
            nature = row.kind.label.to(language) if isinstance(row.kind, w.Word) else str(row.kind)
            mine = fold(row.actor) == self.owner.key
            paid = "" if mine else f" → {row.actor}"
            return (f"{row.funder}{paid}", f"{nature}{f' – {row.process}' if row.process else ''}{step}")
        if isinstance(row, t.NeedRow):
            period = f" – {row.period}" if row.period else ""
            return (f"{row.product}{period}{step}", row.obligation.label.to(language), unit)
        if isinstance(row, t.OfferRow):
            return (f"{row.product}{f' – {row.period}' if row.period else ''}{step}", "", unit)
        if isinstance(row, t.StorageRow):
            return (f"{row.product}{step}{f' – {row.uses}' if row.uses else ''}", "", unit)
        return ()

    def _unit(self, row: Row) -> str:
        product = getattr(row, "product", None)
        return self.owner.keyed.units.get(fold(product), "") if isinstance(product, str) else ""

    def _open(self) -> Iterator[Block]:
        """Yield the questions with empty lines alone."""
        for key, title, labels, asks in OPEN:
            yield Block(
                key=key, title=title.to(self.language), labels=tuple(label.to(self.language) for label in labels),
                asks=tuple(self._heading(column) for column in asks), free=2,
            )  # fmt: skip


def _means_of(row: Row) -> str:
    """Return the shared means that what a row says takes a part of: van places, pallets of a cold room."""
    return row.uses or "" if isinstance(row, t.LinkRow | t.StorageRow) else ""


_EVERYBODY = Label("anybody on the territory", "tout acteur du territoire")
_PROJECT = Label("project", "en projet")
OPEN = (
    ("by-products",
     Label("What is left over or thrown away (by-products, unsold goods, waste), and what becomes of it?",
           "Que vous reste-t-il ou que jetez-vous (coproduits, invendus, déchets), et qu'en faites-vous ?"),
     (_PRODUCT, Label("What becomes of it", "Ce que vous en faites"), _UNIT),
     (Column("quantity", Label("how much a year", "combien par an")),
      Column("price", Label("what you pay for it, {money}", "ce que cela vous coûte, {money}"), "money"))),
    ("means", Label("Which means could you lend, or would you borrow (premises, van, oven, hours)?",
                    "Quels moyens pourriez-vous prêter, ou emprunteriez-vous (local, véhicule, four, heures) ?"),
     (Label("Which", "Lequel"), Label("To lend or to borrow", "À prêter ou à emprunter"), _UNIT),
     (Column("quantity", Label("how much a year", "combien par an")),
      Column("price", Label("at what price, {money}", "à quel prix, {money}"), "money"))),
)  # fmt: skip
