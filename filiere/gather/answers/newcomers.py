"""The lines that a member added: rows of its own where every name is known, proposals where one is new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from filiere.chain.parse.number import exactly
from filiere.gather.answers.returned import Answer, NewLine, Returned
from filiere.gather.collect.owned import Owner
from filiere.gather.collect.rows import KeyedRows, RowKey
from filiere.gather.complete.edits import TYPED_UNIT, UNIT_IS, AddRow, Edit
from filiere.gather.decide.decision import Choice, Decision, in_words, key_of
from filiere.language import Label, Language, either, quoted
from filiere.names import fold, loose, nearest
from filiere.problems import Problem
from filiere.problems import collecting as codes
from filiere.schema import words as w
from filiere.units import factor


@dataclass
class New:
    """What the added lines come to."""

    edits: list[Edit] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Way:
    """One way to understand a name: what it becomes, the row that it needs, and how that is said."""

    name: str
    said: str
    edits: tuple[Edit, ...] = ()


_LEAVE = Label("leave it out", "laisser")
_IN_FRONT = ("by-products", "means", "needs")
"""The questions with empty lines that name the goods first."""
_MUST = ("indispensable", "obligatoire", "must", "required", "a must")
_KINDS = {
    "processes": Label("a new activity", "une nouvelle activité"),
    "recipes": Label("what an activity takes in or puts out", "ce qu'une activité consomme ou produit"),
    "by-products": Label("left over or thrown away", "ce qui reste ou se jette"),
    "needs": Label("what its users need", "un besoin de ses usagers"),
    "means": Label("means to lend or to borrow", "des moyens à prêter ou à emprunter"),
}


def new_goods(returned: Iterable[Returned]) -> Mapping[str, str]:
    """Return the goods that several lines spell otherwise, by an accent or a dot: loose name → its commonest form."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for one in returned:
        for line in one.lines:
            name = line.labels[0] if line.block in _IN_FRONT else line.labels[1]
            if name and line.block != "processes":
                spellings[loose(name)][name] += 1
    return {key: max(found, key=lambda name: (found[name], name)) for key, found in spellings.items() if len(found) > 1}


def _units(lines: Iterable[NewLine]) -> Mapping[str, str]:
    """Return the units that a member's lines count goods in: loose name → the first of them."""
    found: dict[str, str] = {}
    for line in lines:
        name = line.labels[0] if line.block in _IN_FRONT else line.labels[1]
        if name and line.labels[2] and line.block != "processes":
            found.setdefault(loose(name), line.labels[2])
    return found


def new_lines(
    returned: Returned, keyed: KeyedRows, source: str, language: Language, goods: Mapping[str, str] | None = None
) -> New:
    """Return what the lines that a member added come to; ``goods`` are the commonest forms of new names."""
    return _Adding(returned, keyed, source, language, goods or {}).done()


class _Adding:
    def __init__(self, returned: Returned, keyed: KeyedRows, source: str, language: Language,
                 goods: Mapping[str, str]) -> None:  # fmt: skip
        self.returned, self.keyed, self.source, self.language = returned, keyed, source, language
        self.goods = goods
        self.owner = Owner(returned.actor, keyed)
        self.actors = {fold(row.actor): row.actor for row in keyed.tables.actors}
        self.products = {fold(row.product): row.product for row in keyed.tables.products}
        self.units = _units(returned.lines)
        self.new = New()

    def done(self) -> New:
        for line in self.returned.lines:
            if line.block in ("sales", "purchases"):
                self._exchange(line)
            elif line.block == "recipes" and not (line.labels[1] and line.values):
                self._incomplete(line)
            elif line.labels[0]:
                self._proposal(line)
            else:
                self._incomplete(line)
        return self.new

    def _incomplete(self, line: NewLine) -> None:
        said = " ".join(filter(None, (*line.labels, *(exactly(v).to(self.language) for v in line.values.values()))))
        self.new.problems.append(codes.INCOMPLETE_LINE.at(None, file=self.returned.file, line=said))

    # ---- exchanges

    def _exchange(self, line: NewLine) -> None:
        other, product, unit = line.labels
        if not other or not product:
            self._incomplete(line)
            return
        actors, products = list(self._actor_ways(other)), list(self._product_ways(product, unit))
        if not any(way.said for way in (*actors, *products)):
            self._known(line, actors[0].name, products[0].name)
            return
        choices = []
        for actor in actors:
            for way in products:
                rows = self._row(line, actor.name, way.name)
                said = ", ".join(filter(None, (actor.said, way.said)))
                choices.append(Choice(said, (*actor.edits, *way.edits, rows)))
        choices.append(Choice(_LEAVE.to(self.language)))
        new = [name for name, known in ((other, self.actors), (product, self.products)) if fold(name) not in known]
        sells = line.block == "sales"
        quantity = self._figures(line)
        question = either(
            f"{self.returned.actor} {'sells' if sells else 'buys'} {product} {'to' if sells else 'from'} {other} "
            f"({quantity}). The workbook {_lacks(new, 'en')}. What is it?",
            f"{self.returned.actor} {'vend' if sells else 'achète'} {product} à {other} ({quantity}). "
            f"Le classeur {_lacks(new, 'fr')}. De quoi s'agit-il ?",
            self.language,
        )
        counted = unit or self.units.get(loose(product), "")
        if fold(product) not in self.products and counted:
            question += either(f" A new product is counted in {counted}, the unit of whoever named it first.",
                               f" Un nouveau produit est compté en {counted}, l'unité de qui l'a nommé en premier.",
                               self.language)  # fmt: skip
        self.new.decisions.append(Decision(
            key_of("new", line.block, self.returned.actor, other, product), question, tuple(choices), quantity,
        ))  # fmt: skip

    def _known(self, line: NewLine, other: str, product: str) -> None:
        row = self._row(line, other, product)
        sells = line.block == "sales"
        seller, buyer = (self.owner.name, other) if sells else (other, self.owner.name)
        key = RowKey("links", (fold(seller), fold(buyer), fold(product), ""))
        ratio = self._ratio(line, product)
        if ratio is None:
            text = f"{line.labels[2]} ({product})"
            self.new.problems.append(codes.UNREADABLE.at(None, file=self.returned.file, text=text))
        elif key in self.keyed.rows:
            beside = key in self.returned.rows
            self.new.answers += [Answer(key, name, None, value, added=beside) for name, value in row.values.items()
                                 if isinstance(value, float)]  # fmt: skip
        else:
            self.new.edits.append(row)

    def _row(self, line: NewLine, other: str, product: str) -> AddRow:
        sells = line.block == "sales"
        values: dict[str, str | float] = {
            "from_": self.owner.name if sells else other,
            "to": other if sells else self.owner.name,
            "product": product,
            "source": self.source,
        }
        ratio = self._ratio(line, product) or 1.0
        for name, value in line.values.items():
            mine = "today_buyer" if name == "today" and not sells and self.owner.member(other) else name
            amount = name in ("today", "maximum", "minimum")
            values[mine] = value * ratio if amount else value / ratio if name in ("price", "transport_cost") else value
        return AddRow("links", values | self._typed_unit(line, product), self.source)

    def _typed_unit(self, line: NewLine, product: str) -> dict[str, str | float]:
        """Return the unit of a line whose product is new: another line may count it in another unit."""
        return {TYPED_UNIT: line.labels[2]} if fold(product) not in self.keyed.units and line.labels[2] else {}

    def _ratio(self, line: NewLine, product: str) -> float | None:
        """Return what turns the unit typed into the product's, None where nothing does."""
        known, typed = self.keyed.units.get(fold(product)), line.labels[2]
        if known is None or not typed or fold(known) == fold(typed):
            return 1.0
        return factor(typed, known)

    def _actor_ways(self, name: str) -> Iterator[_Way]:
        known = self.actors.get(fold(name))
        if known is not None:
            yield _Way(known, "")
            return
        near = nearest(name, self.actors.values())
        if near is not None:
            yield _Way(near, either(f"it is {near}", f"c'est {near}", self.language))
        for perimeter in sorted(w.Perimeter, key=lambda one: one.key):
            word = perimeter.label.to(self.language)
            row = AddRow("actors", {"actor": name, "perimeter": word, "source": self.source}, self.source)
            yield _Way(name, either(f"add {name}: {word}", f"ajouter {name} : {word}", self.language), (row,))

    def _product_ways(self, name: str, unit: str) -> Iterator[_Way]:
        known = self.products.get(fold(name))
        if known is not None:
            yield _Way(known, "")
            return
        near = nearest(name, self.products.values())
        if near is not None:
            yield _Way(near, either(f"it is {near}", f"c'est {near}", self.language))
        other = self.goods.get(loose(name), name)
        if fold(other) != fold(name):
            said = either(f"it is {other}, new too", f"c'est {other}, nouveau aussi", self.language)
            yield _Way(other, said, (self._product(other, unit, {}),))
        yield _Way(name, either(f"add {name}", f"ajouter {name}", self.language), (self._product(name, unit, {}),))

    def _product(self, name: str, unit: str, more: Mapping[str, str]) -> AddRow:
        unit = unit or self.units.get(loose(name), "")
        spelled = unit or either("unit", "unité", self.language)
        if not unit and fold(name) not in self.products:
            problem = codes.UNIT_NOT_SAID.at(None, file=self.returned.file, product=name, unit=spelled)
            self.new.problems += [problem] if problem not in self.new.problems else []
        values: dict[str, str | float] = {"product": name, "unit": spelled, **more, "source": self.source}
        return AddRow("products", values, self.source)

    # ---- what else a member tells

    def _proposal(self, line: NewLine) -> None:
        name, said, _ = line.labels
        kind = _KINDS.get(line.block)
        told = ", ".join(filter(None, (name, said, self._figures(line))))
        what = kind.to(self.language) if kind else line.block
        question = either(f"{self.returned.actor} tells of {what}: {told}. Add it?",
                          f"{self.returned.actor} signale {what} : {told}. Faut-il l'ajouter ?",
                          self.language)  # fmt: skip
        parts = (name, said) if line.block == "recipes" else (name,)
        named = ", ".join(parts)
        add = either(f"add {named}", f"ajouter {named}", self.language)
        if line.block in ("by-products", "means") and not self._offered(line) and self._in_words(line):
            question += either(" No row holds its figures yet: they stand in the note of the product.",
                               " Aucune ligne ne porte encore ses chiffres : ils restent en note du produit.",
                               self.language)  # fmt: skip
        edits = self._proposed(line)
        choices = [Choice(add, edits), *self._put_out(line, add, edits), Choice(_LEAVE.to(self.language))]
        self.new.decisions.append(Decision(
            key_of("new", line.block, self.returned.actor, *parts), question, tuple(choices), self._figures(line),
        ))  # fmt: skip

    def _put_out(self, line: NewLine, add: str, edits: tuple[Edit, ...]) -> Iterator[Choice]:
        """Offer what is left over as an output of each activity of this year: so much per unit of it."""
        quantity = line.values.get("quantity")
        if line.block != "by-products" or not quantity:
            return
        name = self.products.get(fold(line.labels[0]), line.labels[0])
        ratio = self._ratio(line, name) or 1.0
        for row in self.keyed.tables.processes:
            if fold(row.process) and fold(row.actor) == self.owner.key and row.today:
                each = float(f"{quantity * ratio / row.today:.6g}")
                values: dict[str, str | float] = {"process": row.process, "product": name, "output": each,
                                                  **self._typed_unit(line, name), "source": self.source}  # fmt: skip
                unit = self.keyed.units.get(fold(name), line.labels[2])
                said = in_words(each, unit, self.language)
                label = either(f"{add}, put out by {row.process}: {said} a unit",
                               f"{add}, sortie de {row.process} : {said} par unité", self.language)  # fmt: skip
                yield Choice(label, (*edits, AddRow("recipes", values, self.source)))

    def _proposed(self, line: NewLine) -> tuple[Edit, ...]:
        name, _, unit = line.labels
        if line.block == "processes":
            said = {UNIT_IS: line.labels[1]} if line.labels[1] else {}
            values: dict[str, str | float] = {
                "process": name,
                "actor": self.owner.name,
                **line.values,
                **said,
                "source": self.source,
            }
            return (AddRow("processes", values, self.source),)
        if line.block == "recipes":
            return self._recipe(line)
        if line.block == "needs":
            return self._need(line)
        if line.block == "by-products":
            return self._noted(line, w.ProductKind.SECONDARY)
        if not self._offered(line):
            return self._noted(line, w.ProductKind.SERVICE)
        rows: list[Edit] = []
        if fold(name) not in self.products:
            rows.append(self._product(name, unit, {"kind": w.ProductKind.SERVICE.label.to(self.language)}))
        if "quantity" in line.values:
            offer: dict[str, str | float] = {"actor": self.owner.name, "product": self.products.get(fold(name), name),
                                             "maximum": line.values["quantity"], "source": self.source}  # fmt: skip
            if "price" in line.values:
                offer["unit_cost"] = line.values["price"]
            rows.append(AddRow("offers", offer | self._typed_unit(line, name), self.source))
        return tuple(rows)

    def _need(self, line: NewLine) -> tuple[Edit, ...]:
        """Return the row of a need, with its product where that is new."""
        name, how_far, unit = line.labels
        word = w.Obligation.MUST if fold(how_far).startswith(_MUST) else w.Obligation.WANT
        ratio = self._ratio(line, name) or 1.0
        figures = {column: value * ratio if column == "quantity" else value / ratio
                   for column, value in line.values.items()}  # fmt: skip
        values: dict[str, str | float] = {"actor": self.owner.name, "product": self.products.get(fold(name), name),
                                          **figures, "obligation": word.label.to(self.language)}  # fmt: skip
        row = AddRow("needs", values | self._typed_unit(line, name) | {"source": self.source}, self.source)
        return (row,) if fold(name) in self.products else (self._product(name, unit, {}), row)

    def _offered(self, line: NewLine) -> bool:
        """Whether a line tells of means to lend, whose figures have a table of their own."""
        lends = not fold(line.labels[1]).startswith(("emprunt", "à emprunt", "to borrow", "borrow"))
        return line.block == "means" and lends and "quantity" in line.values

    def _noted(self, line: NewLine, kind: w.ProductKind) -> tuple[Edit, ...]:
        """Return the product of a line with all that it says in its note: no table holds such figures."""
        name, _, unit = line.labels
        note = self._in_words(line)
        more = {"kind": kind.label.to(self.language)} | ({"note": note} if note else {})
        known = fold(name) in self.products
        return () if known and not note else (self._product(self.products.get(fold(name), name), unit, more),)

    def _in_words(self, line: NewLine) -> str:
        """Return all that a line says besides its name: how much, what becomes of it, at what price."""
        price = line.values.get("price")
        asked = "" if price is None else f"{exactly(price).to(self.language)} {self.keyed.tables.settings.currency}"
        told = [self._figures(line) if "quantity" in line.values else "", line.labels[1], asked]
        said = ", ".join(filter(None, told))
        return f"{self.returned.actor}{either(':', chr(0x202F) + ':', self.language)} {said}" if said else ""

    def _recipe(self, line: NewLine) -> tuple[Edit, ...]:
        """Return the row of what an activity takes in or puts out, with those of names that are new."""
        process, product, unit = line.labels
        own = {
            fold(row.process): row.process for row in self.keyed.tables.processes if fold(row.actor) == self.owner.key
        }
        rows: list[Edit] = []
        if fold(process) not in own:
            rows.append(AddRow("processes", {"process": process, "actor": self.owner.name, "source": self.source},
                               self.source))  # fmt: skip
        if fold(product) not in self.products:
            rows.append(self._product(product, unit, {}))
        ratio = self._ratio(line, product) or 1.0
        figures = {name: value * ratio for name, value in line.values.items()}
        named: dict[str, str | float] = {"process": own.get(fold(process), process),
                                         "product": self.products.get(fold(product), product)}  # fmt: skip
        values = named | figures | self._typed_unit(line, product) | {"source": self.source}
        rows.append(AddRow("recipes", values, self.source))
        return tuple(rows)

    def _figures(self, line: NewLine) -> str:
        wanted = ("today", "quantity", "input", "output")
        quantity = next((line.values[name] for name in wanted if name in line.values), None)
        if quantity is None:
            return either("quantity not said", "quantité non dite", self.language)
        unit = line.labels[2] or self.keyed.units.get(fold(line.labels[0 if line.block in _IN_FRONT else 1]), "")
        return in_words(quantity, unit, self.language)


def _lacks(names: Sequence[str], language: Language) -> str:
    """Return that a workbook does not have one name, or two."""
    quotes = [quoted(name, language) for name in names]
    if len(quotes) == 1:
        return either(f"does not have {quotes[0]}", f"ne connaît pas {quotes[0]}", language)
    return either(f"has neither {' nor '.join(quotes)}", f"ne connaît ni {' ni '.join(quotes)}", language)
