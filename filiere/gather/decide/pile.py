"""What a pile of other programs' files leaves to decide, as questions with answers that change the workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from filiere.chain.parse.number import exactly
from filiere.gather.collect.rows import RowKey
from filiere.gather.complete.edits import AddRow, DropRow, Edit, Rename, SetCell
from filiere.gather.decide.decision import Choice, Decision, key_of
from filiere.gather.decide.doubled import counted_once, doubt_decisions
from filiere.gather.decide.taxes import tax_decisions
from filiere.gather.flows import Flow
from filiere.gather.gather import Gathered
from filiere.gather.pile.parties import PRIVATE
from filiere.language import Label, Language, between, either
from filiere.names import fold, loose
from filiere.problems import Problem, gathering
from filiere.schema import words as w

_ASKED = {gathering.SIMILAR_NAMES.code, gathering.TWO_DECLARATIONS.code, gathering.PERIMETER.code}
_INSIDE = (w.Perimeter.MEMBER, w.Perimeter.LOCAL)
_BOUGHT = Label("proposed from this year's purchases", "proposé d'après les achats de cette année")
_SOLD = Label("proposed from this year's sales, until its activity is filled in",
              "proposé d'après les ventes de cette année, en attendant l'activité")  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A row that nobody wrote and this year's exchanges suggest: a need, or a resource to supply."""

    table: str
    actor: str
    product: str
    quantity: float
    source: str

    @property
    def row(self) -> RowKey:
        """The row that it becomes."""
        return RowKey(self.table, (fold(self.actor), fold(self.product), ""))

    def added(self, language: Language) -> AddRow:
        """Return the row, marked as guessed."""
        values: dict[str, str | float] = {
            "actor": self.actor, "product": self.product, "source": self.source,
            "confidence": w.Confidence.GUESSED.label.to(language),
            "note": (_BOUGHT if self.table == "needs" else _SOLD).to(language),
        }  # fmt: skip
        if self.table == "needs":
            values |= {"quantity": self.quantity, "obligation": w.Obligation.WANT.label.to(language)}
        else:
            values["maximum"] = self.quantity
        return AddRow(self.table, values, self.source)


def proposals_of(gathered: Gathered) -> list[Proposal]:
    """Return what the chain is for and what it starts from, as far as this year's exchanges tell.

    The needs are what those on the territory who sell nothing buy, and private customers; the resources, what others
    on the territory sell and nobody delivers to them, as long as no activity says how it is made.
    """
    inside = {fold(actor.name) for actor in gathered.actors if actor.perimeter in _INSIDE}
    private = {fold(name) for name in PRIVATE}
    selling = {fold(flow.seller) for flow in gathered.flows}
    received = {(fold(flow.buyer), fold(flow.product)) for flow in gathered.flows}
    found: dict[tuple[str, str, str], list[Flow]] = defaultdict(list)
    for flow in gathered.flows:
        if fold(flow.buyer) in (inside | private) - selling:
            found["needs", flow.buyer, flow.product].append(flow)
        if fold(flow.seller) in inside and (fold(flow.seller), fold(flow.product)) not in received:
            found["offers", flow.seller, flow.product].append(flow)
    return [
        Proposal(table, actor, product, float(f"{sum(flow.quantity for flow in flows):.12g}"),
                 "; ".join(dict.fromkeys(flow.source for flow in flows)))
        for (table, actor, product), flows in sorted(found.items(), key=lambda one: tuple(map(loose, one[0])))
    ]  # fmt: skip


def pile_decisions(gathered: Gathered, language: Language) -> list[Decision]:
    """Return the questions that a pile leaves open."""

    def rests(flows: tuple[Flow, ...]) -> dict[RowKey, float]:
        return {one.row: one.quantity for one in proposals_of(replace(gathered, flows=flows))}

    return [*tax_decisions(gathered, language), *_alike(gathered, language), *_sides(gathered, language),
            *doubt_decisions(gathered, language, rests),
            *_perimeters(gathered, language),
            *proposal_decisions(proposals_of(gathered), language)]  # fmt: skip


def remarks_of(gathered: Gathered) -> list[Problem]:
    """Return what is told of a pile and is no question with answers."""
    return [problem for problem in gathered.decisions if problem.code not in _ASKED]


def _alike(gathered: Gathered, language: Language) -> Iterator[Decision]:
    actors = {fold(actor.name) for actor in gathered.actors}
    source = either("decision", "décision", language)
    for problem in gathered.decisions:
        if problem.code == gathering.SIMILAR_NAMES.code:
            first, second = str(problem.facts["first"]), str(problem.facts["second"])
            table = "actors" if fold(first) in actors and fold(second) in actors else "products"
            yield same_name(table, first, second, source, language)


def same_name(table: str, first: str, second: str, source: str, language: Language) -> Decision:
    """Return the question whether two names are one."""
    question = either(f"Are {first} and {second} one and the same?",
                      f"{first} et {second} : est-ce la même chose ?", language)  # fmt: skip
    one, other = sorted((first, second), key=fold)
    return Decision(key_of("same name", table, one, other), question, (
        Choice(either(f"yes: {first}", f"oui : {first}", language), (Rename(table, second, first, source),)),
        Choice(either(f"yes: {second}", f"oui : {second}", language), (Rename(table, first, second, source),)),
        Choice(either("no", "non", language)),
    ))  # fmt: skip


def _sides(gathered: Gathered, language: Language) -> Iterator[Decision]:
    source = either("decision", "décision", language)
    units = {fold(one.product.name): one.product.unit for one in gathered.products}
    for flow in gathered.flows:
        if flow.said is None:
            continue
        sold, _, bought, _ = flow.said
        key = RowKey("links", tuple(fold(name) for name in (flow.seller, flow.buyer, flow.product, flow.period)))
        unit = units.get(fold(flow.product), "")
        told, heard = (f"{exactly(value).to(language)} {unit}" for value in (sold, bought))
        when = f" ({flow.period})" if flow.period else ""
        question = either(
            f"{flow.product}, from {flow.seller} to {flow.buyer}{when}: the seller says {told}, the buyer {heard}. "
            "Both stand side by side until you say which holds.",
            f"{flow.product}, {between(flow.seller, flow.buyer).fr}{when} : le fournisseur dit {told}, le client "
            f"{heard}. Les deux chiffres restent côte à côte tant que vous n'avez pas tranché.",
            language,
        )

        def held(value: float, key: RowKey = key) -> tuple[Edit, ...]:
            return SetCell(key, "today", value, source), SetCell(key, "today_buyer", None, source)

        gap = f"{exactly(float(f'{abs(sold - bought):.12g}')).to(language)} {unit}"
        once = counted_once(gathered, flow)
        if once is not None:
            question += either(" Some rows stand twice in one file.",
                               " Des lignes figurent deux fois dans un même fichier.", language)  # fmt: skip
        yield Decision(key_of("two sides", *key.parts), question, (
            *([Choice(f"{exactly(once.quantity).to(language)} {unit} "
                      + either("(those rows counted once)", "(ces lignes comptées une seule fois)", language),
                      held(once.quantity))] if once is not None else []),
            Choice(either(f"{told} (seller)", f"{told} (fournisseur)", language), held(sold)),
            Choice(either(f"{heard} (buyer)", f"{heard} (client)", language), held(bought)),
            Choice(either("both, weighed by confidence", "les deux, selon leur confiance", language)),
        ), gap)  # fmt: skip


def _perimeters(gathered: Gathered, language: Language) -> Iterator[Decision]:
    source = either("decision", "décision", language)
    for actor in gathered.actors:
        if actor.guessed:
            guess = actor.perimeter.label.to(language)
            question = either(
                f"Where does {actor.name} stand? Taken as “{guess}” meanwhile.",
                f"Où se situe {actor.name} ? Compté comme « {guess} » en attendant.", language,
            )  # fmt: skip
            yield Decision(key_of("perimeter", actor.name), question, tuple(
                Choice(word.label.to(language), _placed(actor.name, word, source, language)) for word in w.Perimeter
            ))  # fmt: skip


def _placed(actor: str, word: w.Perimeter, source: str, language: Language) -> tuple[Edit, ...]:
    key = RowKey("actors", (fold(actor),))
    return (SetCell(key, "perimeter", word.label.to(language), source), SetCell(key, "confidence", None, source),
            SetCell(key, "note", None, source))  # fmt: skip


def proposal_decisions(proposals: Iterable[Proposal], language: Language) -> Iterator[Decision]:
    """Yield one question for each actor whose needs or resources are proposed."""
    by_actor: dict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_actor[one.table, one.actor].append(one)
    for (table, actor), own in by_actor.items():
        yield _needed(actor, own, language) if table == "needs" else _supplied(actor, own, language)


def _needed(actor: str, own: list[Proposal], language: Language) -> Decision:
    source = either("decision", "décision", language)
    question = either(
        f"{actor} buys and sells nothing on: are its purchases its needs ({_named(own)})? Written as wished for "
        "meanwhile, with this year's quantities.",
        f"{actor} achète sans rien revendre : ses achats sont-ils ses besoins ({_named(own)}) ? Inscrits comme "
        "souhaités en attendant, avec les quantités de cette année.",
        language,
    )
    must = w.Obligation.MUST.label.to(language)
    obliged = tuple(SetCell(one.row, "obligation", must, source) for one in own)
    return Decision(key_of("needs", actor), question, (
        Choice(either("yes, wished for", "oui, souhaités", language), _sure(own, source)),
        Choice(either("yes, to be met in any case", "oui, à couvrir obligatoirement", language),
               (*obliged, *_sure(own, source))),
        Choice(either("no", "non", language), tuple(DropRow(one.row, source) for one in own)),
    ))  # fmt: skip


def _supplied(actor: str, own: list[Proposal], language: Language) -> Decision:
    source = either("decision", "décision", language)
    question = either(
        f"{actor} sells {_named(own)}, and nothing says how it comes by it. Written among the resources meanwhile, up "
        "to this year's quantities, until its activity is filled in. Does that hold?",
        f"{actor} vend {_named(own)} sans que rien ne dise d'où cela lui vient. Inscrit dans les ressources en "
        "attendant son activité, à hauteur de cette année. Est-ce juste ?",
        language,
    )
    return Decision(key_of("resources", actor), question, (
        Choice(either("yes", "oui", language), _sure(own, source)),
        Choice(either("no", "non", language), tuple(DropRow(one.row, source) for one in own)),
    ))  # fmt: skip


def _named(own: list[Proposal]) -> str:
    return ", ".join(one.product for one in own[:6]) + ("…" if len(own) > 6 else "")


def _sure(own: list[Proposal], source: str) -> tuple[Edit, ...]:
    return tuple(SetCell(one.row, "note", None, source) for one in own)
