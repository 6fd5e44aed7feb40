"""Losses, hedges and shocks in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from filiere.analysis.stress.effect import Effect
from filiere.analysis.stress.hedge import Hedge
from filiere.analysis.stress.items import Item
from filiere.analysis.stress.stress import Stress, severity
from filiere.language import Label, Language, listed, quoted
from filiere.model.facts import EQUATION_FACTS
from filiere.report.explain.figures import named, subject_of, unit_of
from filiere.report.view import View
from filiere.result import Result
from filiere.solution.solution import Solution, Status

KINDS: Mapping[str, Label] = {
    "outside_actor": Label("outside actor", "acteur extérieur"),
    "inside_actor": Label("actor of the territory", "acteur du territoire"),
    "facility": Label("activity", "activité"),
    "link": Label("link", "échange"),
}
_SHOWN = 3
"""How many products, groups or helpers a sentence names."""


class StressView:
    """A stress test as one reader sees it."""

    def __init__(self, stress: Stress, language: Language) -> None:
        self.stress = stress
        self.language = language
        self.view = View(Result(chain=stress.chain, solution=Solution(Status.OPTIMAL)), language)

    @cached_property
    def reference(self) -> Effect:
        """The chain without a loss."""
        if self.stress.reference is None:
            raise ValueError("a chain without a plan has nothing to lose")
        return self.stress.reference

    def pick(self, en: str, fr: str) -> str:
        """Return one of two texts."""
        return self.view.pick(en, fr)

    def item(self, item: Item) -> str:
        """Name what is lost: ``A → B, product``, ``milling (Meylan mill)``, or the actor."""
        if item.kind == "link":
            return f"{item.names[0]} → {item.names[1]}, {', '.join(item.names[2:])}"
        return f"{item.names[0]} ({item.names[1]})" if item.kind == "facility" else item.names[0]

    def what(self, effect: Effect) -> str:
        """Name everything that one effect loses."""
        return listed([self.item(item) for item in effect.items], self.language)

    def kind(self, effect: Effect) -> str:
        """Say of what kind the lost things are."""
        return " + ".join(KINDS[item.kind].to(self.language) for item in effect.items)

    def unserved(self, effect: Effect) -> float:
        """Return the share of the wanted value that is no longer served, 0 where nothing changes."""
        if effect.served_share is None or severity(effect, self.reference)[1] <= 0.0:
            return 0.0
        before = effect.unmet_share_before
        return max(0.0, 1.0 - effect.served_share - before)

    def missing(self, effect: Effect) -> str:
        """Say what is no longer served, product by product."""
        more = {p: amount - self.reference.missing.get(p, 0.0) for p, amount in effect.missing.items()}
        value = {p: more[p] * self.view.chain.products[p].value for p in more if more[p] > 1e-9}
        order = sorted(value, key=lambda p: (-value[p], p))
        said = [f"{p} ({self.view.quantity(more[p], p)})" for p in order[:_SHOWN]]
        return self._and_others(said, len(order))

    def hit(self, effect: Effect) -> list[str]:
        """Return the groups that are served less, the worst hit first; none where nobody is in a group."""
        return effect.groups_hit if any(effect.groups) else []

    def groups(self, effect: Effect) -> str:
        """Say which groups are served less, the worst hit first."""
        hit = self.hit(effect)
        alone = self.pick("(no group)", "(sans groupe)")
        said = [
            f"{group or alone} ({self.view.percent(effect.groups[group][0])} → "
            f"{self.view.percent(effect.groups[group][1])})"
            for group in hit[:_SHOWN]
        ]
        return self._and_others(said, len(hit))

    def helpers(self, effect: Effect) -> str:
        """Say which flows grow most."""
        return self.pick("; ", " ; ").join(
            f"{h.seller} → {h.buyer} +{self.view.quantity(h.more, h.product)}" for h in effect.helpers
        )  # fmt: skip

    def given_up(self, effect: Effect) -> str:
        """Name the rules that cannot be kept."""
        said = [self._fallen(rule.row, rule.subject) for rule in effect.given_up]
        return self._and_others(said[:_SHOWN], len(said))

    def _fallen(self, row: str, subject: tuple[str, ...]) -> str:
        facts = EQUATION_FACTS.get(row)
        if facts is None or facts.upheld is None:
            return named(self.view.chain, row, subject, self.language)
        return facts.upheld.fill(subject=subject_of(self.view.chain, row, subject, self.language)).to(self.language)

    def _and_others(self, said: Sequence[str], count: int) -> str:
        left = count - len(said)
        if left > 0:
            said = [*said, self.pick(f"{left} more", f"{left} autre{'s' if left > 1 else ''}")]
        return listed(said, self.language)

    def state(self, effect: Effect) -> str:
        """Say in a few words what a loss does."""
        if effect.state in ("impossible", "trouble"):
            return self.pick("no plan left", "plus aucun plan") if effect.state == "impossible" else (
                self.pick("not computed", "non calculé")
            )  # fmt: skip
        _, unmet, rules, dependency, cost = severity(effect, self.reference)
        if unmet > 0.0:
            return self.pick("needs unserved", "besoins non couverts")
        if rules:
            return self.pick("rule not kept", "règle non tenue")
        if dependency > 0.0:
            return self.pick("more dependent", "plus dépendant")
        if cost > 0.0:
            return self.pick("more expensive", "plus cher")
        return self.pick("no harm", "sans dommage")

    def change(self, effect: Effect, key: str) -> float | None:
        """Return by how much a figure of a loss differs from the chain without it."""
        after, before = getattr(effect, key), getattr(self.reference, key)
        return None if after is None or before is None else float(after - before)

    def amounts(self, effect: Effect) -> str:
        """Say what a loss adds to cost and dependency."""
        parts = []
        for key, en, fr in (("cost", "net cost", "coût net"), ("dependency", "dependency", "dépendance")):
            change = self.change(effect, key) or 0.0
            scale = max(1.0, abs(getattr(self.reference, key) or 0.0))
            if abs(change) > 1e-6 * scale:
                sign = "+" if change > 0 else "−"
                parts.append(f"{self.pick(en, fr)} {sign}{self.view.money(abs(change))}")
        return listed(parts, self.language)

    def hedge(self, hedge: Hedge) -> str:
        """Say what is added: ``40 t a year more capacity for milling (Meylan mill)``."""
        view = self.view
        if hedge.kind == "capacity":
            (name, actor), more = hedge.names, hedge.amounts[0]
            unit = unit_of(view.chain, "level", (name, actor), self.language, more)
            amount = f"{view.number(more)}\u00a0{unit}" if unit else view.number(more)
            return self.pick(
                f"{amount} more capacity a year for {quoted(name, 'en')} ({actor})",
                f"{amount} de capacité en plus par an pour {quoted(name, 'fr')} ({actor})",
            )
        product = hedge.names[-1]
        amount = view.quantity(hedge.amounts[0], product)
        if hedge.kind == "link":
            return self.pick(
                f"{amount} a year more allowed on {hedge.names[0]} → {hedge.names[1]}, {product}",
                f"{amount} de plus par an sur l'échange {hedge.names[0]} → {hedge.names[1]}, {product}",
            )
        if hedge.kind == "offer":
            return self.pick(
                f"{amount} a year more of {product} from {hedge.names[0]}",
                f"{amount} de {product} de plus par an chez {hedge.names[0]}",
            )
        buyers = self._and_others(hedge.buyers[:_SHOWN], len(hedge.buyers))
        each = listed(
            (f"{name} ({view.quantity(amount, name)})" for name, amount in zip(hedge.names, hedge.amounts, strict=True)
             if amount > 0.0), self.language,
        )  # fmt: skip
        return self.pick(
            f"a further outside supplier for {buyers}, at reference prices; a year: {each}",
            f"un fournisseur extérieur de plus pour {buyers}, au prix de référence ; par an : {each}",
        )


def sentences(view: StressView) -> list[str]:
    """Return what is said of a stress test, in order; some are empty."""
    return [verdict(view), counts(view), protection(view), worst_pair(view), shocks(view)]


def verdict(view: StressView) -> str:
    """Say what the worst loss is and does."""
    stress, pick = view.stress, view.pick
    if not stress.losses:
        return pick("There is nothing to lose in this chain.", "Il n'y a rien à perdre dans cette filière.")
    impossible = [effect for effect in stress.losses if effect.state == "impossible"]
    if stress.worst is None:
        return _nothing_breaks(view, impossible)
    worst = stress.worst
    share = view.view.percent(view.unserved(worst))
    lead = pick(
        f"The worst loss: {view.what(worst)} ({view.kind(worst)}). Even planned again at best, "
        f"{share} of the needs would no longer be served: {view.missing(worst)}.",
        f"La perte la plus grave : {view.what(worst)} ({view.kind(worst)}). Même en réorganisant tout au mieux, "
        f"{share} des besoins ne seraient plus couverts : {view.missing(worst)}.",
    )
    groups = view.groups(worst)
    return lead + (pick(f" Groups hit: {groups}.", f" Groupes touchés : {groups}.") if groups else "")


def _nothing_breaks(view: StressView, impossible: list[Effect]) -> str:
    pick = view.pick
    if impossible:
        what = view.what(impossible[0])
        return pick(f"Without {what}, no plan is left at all.", f"Sans {what}, plus aucun plan ne tient.")
    first = view.stress.losses[0]
    start = pick(
        "No single loss leaves a need unserved: the chain can always be planned again.",
        "Aucune perte isolée ne laisse un besoin sans réponse : la filière peut toujours se réorganiser.",
    )
    amounts = view.amounts(first)
    if severity(first, view.reference) <= (0.0,) * 5 or not amounts:
        return start
    return start + pick(f" The heaviest is that of {view.what(first)}: {amounts}.",
                        f" La plus lourde est celle de {view.what(first)} : {amounts}.")  # fmt: skip


def counts(view: StressView) -> str:
    """Say how many losses were tried and what they do."""
    stress, pick, counted = view.stress, view.pick, view.view.counted
    grades = [severity(effect, view.reference) for effect in stress.losses]
    broken = sum(effect.state == "impossible" or g[1] > 0 for effect, g in zip(stress.losses, grades, strict=True))
    harmless = sum(g <= (0.0,) * 5 for g in grades)
    heavier = len(grades) - broken - harmless
    tried = counted(len(grades), ("loss", "losses"), ("perte essayée", "pertes essayées"))
    text = pick(
        f"{tried} tried one at a time: {broken} {_verb(broken, 'leaves', 'leave', 1)} needs unserved, {heavier} "
        f"{_verb(heavier, 'costs', 'cost', 1)} more, {_verb(heavier, 'makes', 'make', 1)} the chain more dependent or "
        f"{_verb(heavier, 'breaks', 'break', 1)} a rule, {harmless} {_verb(harmless, 'does', 'do', 1)} no harm.",
        f"{tried} une à une : {broken} {_verb(broken, 'laisse', 'laissent')} des besoins non couverts, {heavier} "
        f"{_verb(heavier, 'coûte', 'coûtent')} plus cher, {_verb(heavier, 'rend', 'rendent')} plus dépendant ou "
        f"{_verb(heavier, 'empêche', 'empêchent')} de tenir une règle, {harmless} {_verb(harmless, 'est', 'sont')} "
        "sans dommage.",
    )
    return text + (_beyond(view) if stress.limit is not None else _passed_over(view))


def _passed_over(view: StressView) -> str:
    """Say how many losses were not tried, as was asked."""
    left, pick = view.stress.passed_over, view.pick
    if left == 1:
        return pick(
            " One other, through which less flows, was passed over.",
            " Une autre, par où il passe moins, n'a pas été essayée.",
        )
    count = view.view.number(left)
    return pick(
        f" {count} others, through which less flows, were passed over.",
        f" {count} autres, par où il passe moins, n'ont pas été essayées.",
    ) if left else ""  # fmt: skip


def _beyond(view: StressView) -> str:
    """Say how losses were settled where there are more than are planned again without being asked."""
    stress, pick = view.stress, view.pick
    spared, left = view.view.number(stress.spared), view.view.number(stress.passed_over)
    planned = view.view.number(len(stress.losses) - stress.spared)
    return pick(
        f" Planned again: {planned}, those through which most value flows. Nothing to plan, as the plan does without "
        f"them already: {spared}. Not tried: {left} (--most NUMBER tries more, --loss NAME a certain one).",
        f" Replanifiées : {planned}, celles par où passe le plus de valeur. Sans rien à replanifier, le plan s'en "
        f"passant déjà : {spared}. Non essayées : {left} (--most NOMBRE en essaie plus, --loss NOM une en "
        "particulier).",
    )


def _verb(count: int, one: str, many: str, least: int = 0) -> str:
    """Return a verb in the number of what was counted; 0 is singular in French, plural in English (``least`` 1)."""
    return one if least <= count <= 1 else many


def protection(view: StressView) -> str:
    """Say which addition would remove the worst loss."""
    stress, pick = view.stress, view.pick
    if stress.worst is None:
        return ""
    if not stress.hedges:
        return pick(
            "No single addition that was tried makes up for this loss: it takes several at once.",
            "Aucun ajout isolé, parmi ceux essayés, ne compense cette perte : il en faut plusieurs à la fois.",
        )
    return _told(view, stress.hedges[0], pick("The cheapest hedge", "La parade la moins chère")) + (
        _inside(view, stress.hedges)
    )


def _inside(view: StressView, found: Sequence[Hedge]) -> str:
    if found[0].kind != "supplier":
        return ""
    own = next((hedge for hedge in found if hedge.kind != "supplier"), None)
    return " " + _told(view, own, view.pick("With what the chain has", "Avec les moyens de la filière")) if own else ""


def _told(view: StressView, hedge: Hedge, head: str) -> str:
    amount = view.view.money(abs(hedge.total))
    year = (
        view.pick(f"the year costs {amount} net", f"l'année coûte {amount} nets") if hedge.total >= 0.0
        else view.pick(f"the year earns {amount} net", f"l'année rapporte {amount} nets")
    )  # fmt: skip
    standing = view.view.money(hedge.standing)
    ready = view.pick(
        f", of which {standing} to keep it at hand", f", dont {standing} pour garder cet ajout disponible"
    )
    return view.pick(
        f"{head}: {view.hedge(hedge)}. Checked by planning again with it and the loss: nothing more is unserved than "
        f"before, and {year}{ready if hedge.standing else ''}.",
        f"{head} : {view.hedge(hedge)}. Vérifié en replanifiant avec cet ajout et cette perte : rien de plus ne "
        f"manque qu'avant, et {year}{ready if hedge.standing else ''}.",
    )


def worst_pair(view: StressView) -> str:
    """Say which two losses together are the worst, and whether they are worse than one by one."""
    pairs = view.stress.pairs
    if not pairs:
        return ""
    first = pairs[0]
    what = listed([quoted(view.item(item), view.language) for item in first.items], view.language)
    said = view.missing(first) if severity(first, view.reference)[1] > 0 else view.amounts(first)
    return view.pick(f"The worst two at once: {what}: {said or view.state(first)}.",
                     f"Les deux pires à la fois : {what} : {said or view.state(first)}.")  # fmt: skip


def shocks(view: StressView) -> str:
    """Say what random shocks do to the cost."""
    draws, pick = view.stress.draws, view.pick
    if draws is None:
        return ""
    if not draws.rows:
        return pick(
            "No row says how uncertain it is, so there was nothing to draw: fill in the column uncertainty.",
            "Aucune ligne n'indique son incertitude : il n'y avait rien à tirer au sort. Remplissez la colonne "
            "incertitude.",
        )
    cost = draws.bands.get("cost")
    if cost is None:
        return pick("No draw has a plan.", "Aucun tirage n'a de plan.")
    low, high = view.view.money(cost.low), view.view.money(cost.high)
    rows = view.view.counted(
        draws.rows, ("uncertain row", "uncertain rows"), ("ligne incertaine", "lignes incertaines")
    )
    text = pick(
        f"Over {draws.solved} draws of {rows} the net cost lies between {low} and {high} nine times out of ten.",
        f"Sur {draws.solved} tirages de {rows}, le coût net est compris entre {low} et {high} neuf fois sur dix.",
    )
    if draws.failed:
        text += pick(f" {draws.failed} draws have no plan.", f" {draws.failed} tirages n'ont pas de plan.")
    return text


def how_read(view: StressView) -> str:
    """Say how losses are read."""
    text = view.pick(
        "What is lost stops altogether; its own needs and its fixed costs go with it. Everything else is planned "
        "again, projects included.",
        "Ce qui est perdu s'arrête tout à fait ; ses propres besoins et ses coûts fixes partent avec lui. Tout le "
        "reste est replanifié, projets compris.",
    )
    if view.stress.musts:
        text += view.pick(
            " Needs that must be served are read as wanted, but come first: so a loss is measured, not impossible.",
            " Les besoins obligatoires sont lus comme souhaités, mais passent avant les autres : une perte se mesure "
            "ainsi au lieu d'être impossible.",
        )
    return text
