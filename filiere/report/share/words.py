"""A sharing in words: the idea of each rule first, its name in brackets, and what speaks for and against it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from filiere.analysis.share.bill import NOTHING_BESIDE, Beside
from filiere.analysis.share.rules import Rule
from filiere.analysis.share.sharing import Sharing
from filiere.language import Label, Language, either, is_whole, listed, number, percent, sign_of, to_name
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.schema.objectives import facts_of

FOR: Mapping[Rule, Label] = {
    Rule.SHAPLEY: Label("Each gets what it adds on average, whoever came first.",
                        "Chacun reçoit ce qu'il apporte en moyenne, quel que soit l'ordre d'arrivée."),
    Rule.NUCLEOLUS: Label("The least content group is as content as can be.",
                          "Le groupe le moins satisfait l'est autant que possible."),
    Rule.OWEN: Label("Each gets what its own means are worth in the plan.",
                     "Chacun reçoit ce que valent ses moyens dans le plan."),
    Rule.EQUAL: Label("The simplest: everybody gets the same.", "Le plus simple : tous reçoivent autant."),
    Rule.USAGE: Label("Who uses more counts more.", "Qui utilise davantage compte davantage."),
    Rule.TURNOVER: Label("The figures are in everybody's accounts.", "Les chiffres sont dans les comptes de chacun."),
    Rule.OUTLAYS: Label("The figures are in everybody's accounts.", "Les chiffres sont dans les comptes de chacun."),
}  # fmt: skip
AGAINST: Mapping[Rule, Label] = {
    Rule.SHAPLEY: Label("It may push a group to leave.", "Il peut pousser un groupe à partir."),
    Rule.NUCLEOLUS: Label("It is hard to explain.", "Il est difficile à expliquer."),
    Rule.OWEN: Label("Means that are not scarce are worth nothing.",
                     "Des moyens qui ne sont pas rares n'y valent rien."),
    Rule.EQUAL: Label("It takes no account of what each brings.", "Il ne tient pas compte de ce que chacun apporte."),
    Rule.USAGE: Label("It takes no account of what each brings.", "Il ne tient pas compte de ce que chacun apporte."),
    Rule.TURNOVER: Label("The large get most, whatever they bring.",
                         "Les plus gros reçoivent le plus, quoi qu'ils apportent."),
    Rule.OUTLAYS: Label("Who spends most gets most, whatever it brings.",
                        "Qui dépense le plus reçoit le plus, quoi qu'il apporte."),
}  # fmt: skip


_OF_A_BILL: Mapping[Rule, tuple[Label, Label]] = {
    Rule.SHAPLEY: (Label("Each pays what it adds to the bill on average, whoever came first.",
                         "Chacun paie ce qu'il ajoute en moyenne à la facture, quel que soit l'ordre d'arrivée."),
                   AGAINST[Rule.SHAPLEY]),
    Rule.EQUAL: (Label("The simplest: everybody pays the same.", "Le plus simple : tous paient autant."),
                 Label("It takes no account of what each costs.", "Il ne tient pas compte de ce que chacun coûte.")),
    Rule.USAGE: (FOR[Rule.USAGE], Label("It takes no account of what each costs.",
                                        "Il ne tient pas compte de ce que chacun coûte.")),
    Rule.TURNOVER: (FOR[Rule.TURNOVER], Label("The large pay most, whatever they cost.",
                                              "Les plus gros paient le plus, quoi qu'ils coûtent.")),
    Rule.OUTLAYS: (FOR[Rule.OUTLAYS], Label("Who spends most pays most, whatever it costs.",
                                            "Qui dépense le plus paie le plus, quoi qu'il coûte.")),
}  # fmt: skip
"""What speaks for and against the rules that are told otherwise of a bill: what is shared is paid, not received."""
_SMALL = 0.5
"""Less money than this is none."""


@dataclass(frozen=True)
class ShareView:
    """One sharing in one language, in one currency."""

    sharing: Sharing
    settings: t.SettingsValues
    language: Language
    beside: Beside = NOTHING_BESIDE
    measure: w.Objective | None = None

    def pick(self, en: str, fr: str) -> str:
        """Return one of two texts, set as its language is."""
        return either(en, fr, self.language)

    @property
    def currency(self) -> str:
        """The currency as it is written after an amount."""
        return sign_of(self.settings.currency)

    def shown(self, value: float) -> float:
        """Return an amount as it is read: what is to be paid of a bill without its sign, no zero with one."""
        return (-value if self.sharing.cost else value) + 0.0

    def money(self, value: float) -> str:
        """Write an amount."""
        digits = 0 if abs(value) >= 100 or is_whole(round(value, 2)) else 2
        return f"{number(value, self.language, digits)}\u00a0{self.currency}"

    def rule(self, rule: Rule) -> str:
        """Return a rule's idea, its name in brackets."""
        if rule is Rule.NUCLEOLUS and not self.sharing.imputations:
            return self.pick("Least contested share (prenucleolus)", "Partage le moins contesté (prénucléole)")
        return self.pick(rule.label.en, rule.label.fr)

    def for_and_against(self, rule: Rule) -> tuple[str, str]:
        """Return what speaks for a rule and what against it."""
        said = (FOR[rule], AGAINST[rule])
        if self.sharing.cost:
            said = _OF_A_BILL.get(rule, said)
        return self.pick(said[0].en, said[0].fr), self.pick(said[1].en, said[1].fr)

    @property
    def title(self) -> str:
        """What the results are called."""
        name = self.settings.name or self.pick("The members", "Les membres")
        if self.sharing.cost:
            return self.pick(f"{name}: sharing a common bill", f"{name} : partager une facture commune")
        return self.pick(f"{name}: sharing what co-operation brings", f"{name} : partager ce qu'apporte la coopération")

    def names(self, coalition: int) -> str:
        """Return a coalition's members as a sentence lists them."""
        names = (name for i, name in enumerate(self.sharing.players) if coalition >> i & 1)
        return listed(names, self.language)


def share_lines(view: ShareView) -> list[str]:
    """Return what there is to share, whether anybody would leave, what the rule gives, and who would pay whom."""
    lines = [*_beside(view), _total(view), _core(view), _division(view), *_chosen(view), *_transfers(view)]
    return [line for line in lines if line]


def _beside(view: ShareView) -> Iterator[str]:
    """What is not shared: what falls to others, and what the plan of ``solve`` costs the players beyond this one."""
    if view.measure is not None:
        noun = facts_of(view.measure).noun
        yield view.pick(f"What is shared is {noun.en}; who has it in the plan is not told, so nobody pays anybody.",
                        f"On partage ici {noun.fr} ; le plan ne dit pas qui l'a, donc personne ne verse rien à "
                        "personne.")  # fmt: skip
    if view.beside.without_plan:
        yield view.pick(
            "No plan keeps every rule, and “filiere solve” says which clash: what is not kept today stays as it is "
            "today in what follows, alike for every group.",
            "Aucun plan ne respecte toutes les règles, et « filiere solve » dit lesquelles se contredisent : ce qui "
            "n'est pas tenu aujourd'hui reste comme aujourd'hui dans ce qui suit, pour tous les groupes.",
        )
    for who, amount in view.beside.others:
        more = view.pick(*(("gain", "gagnent") if amount > 0 else ("lose", "perdent")))
        money = view.money(abs(amount))
        yield view.pick(f"Besides, {who.en} {more} {money} in this plan: that is not shared.",
                        f"En plus, {who.fr} {more} {money} dans ce plan : cela ne se partage pas.")  # fmt: skip
    if abs(view.beside.granted) > max(1.0, 1e-6 * abs(view.sharing.total)):
        granted = view.money(view.beside.granted)
        yield view.pick(f"Of what follows, {granted} are grants that the players do not have yet.",
                        f"Dans ce qui suit, {granted} sont des subventions que les membres n'ont pas "
                        "encore.")  # fmt: skip
    dearer = view.beside.dearer
    if dearer is not None and dearer > max(1.0, 1e-6 * abs(view.sharing.total)):
        money = view.money(dearer)
        yield view.pick(
            f"The plan of “filiere solve” has other aims too: it leaves the players {money} less than this one, which "
            "seeks their gain alone.",
            f"Le plan de « filiere solve » vise aussi autre chose : il laisse aux membres {money} de moins que "
            "celui-ci, qui ne cherche que leur gain.",
        )


def _total(view: ShareView) -> str:
    sharing = view.sharing
    amount = view.money(view.shown(sharing.total))
    if sharing.alone is None:
        return view.pick(f"To share: {amount}.", f"À partager : {amount}.")
    saved = sharing.total - sum(sharing.alone)
    gained = view.money(abs(saved))
    alike = abs(saved) <= max(0.0 if view.measure is not None else _SMALL, 1e-9 * abs(sharing.total))
    if sharing.cost:
        word = ("less", "de moins") if saved >= 0 else ("more", "de plus")
        if alike:
            return view.pick(f"Together they pay {amount}, as much as each alone.",
                             f"Ensemble, ils paient {amount}, autant que chacun de son côté.")  # fmt: skip
        return view.pick(f"Together they pay {amount}, {gained} {word[0]} than each alone.",
                         f"Ensemble, ils paient {amount}, soit {gained} {word[1]} que chacun de son côté.")  # fmt: skip
    word = ("more", "de plus") if saved >= 0 else ("less", "de moins")
    if alike:
        return view.pick(f"There is {amount} to share, as much as each reaches alone.",
                         f"Il y a {amount} à partager, autant que si chacun restait de son côté.")  # fmt: skip
    return view.pick(f"There is {amount} to share, {gained} {word[0]} than each reaches alone.",
                     f"Il y a {amount} à partager, soit {gained} {word[1]} que chacun de son côté.")  # fmt: skip


def _core(view: ShareView) -> str:
    sharing = view.sharing
    estimated = "" if sharing.standard_error is None else f"{_estimated(view)} "
    return estimated + _stability(view)


def _stability(view: ShareView) -> str:
    """Whether there are shares that no group would leave."""
    sharing = view.sharing
    if sharing.core_empty is None:
        return view.pick("Whether some group would do better apart whatever the shares was not tested: for the core, "
                         "there was not enough time.",
                         "Le temps donné n'a pas permis d'examiner si un groupe ferait mieux à part quel que soit le "
                         "partage (le cœur).")  # fmt: skip
    if not sharing.core_empty:
        return view.pick("There are shares under which no group would do better apart: the core is not empty.",
                         "Il existe des partages où aucun groupe ne ferait mieux à part : le cœur n'est pas "
                         "vide.")  # fmt: skip
    lacking = view.money(sharing.epsilon or 0.0)
    return view.pick(
        f"Whatever the shares, some group would do better apart{_stay(view, sharing.rivals)} (the core is empty), by "
        f"{lacking} at least (least core).",
        f"Quel que soit le partage, un groupe ferait mieux à part{_stay(view, sharing.rivals)} (le cœur est vide), "
        f"d'au moins {lacking} (cœur approché).",
    )


def _stay(view: ShareView, rivals: bool) -> str:
    """Say that a group can leave as long as the others do not, where they count on the same means."""
    stay = view.pick(", as long as the others stay as they are", ", tant que les autres restent comme ils sont")
    return stay if rivals else ""


def _estimated(view: ShareView) -> str:
    sharing = view.sharing
    worst = max(sharing.standard_error or (0.0,)) / (abs(sharing.total) or 1.0)
    why = ("In the time given", "Dans le temps donné") if sharing.late else (
        "With so many members", "Avec tant de membres")  # fmt: skip
    return view.pick(
        f"{why[0]} average contributions are estimated (within {percent(worst, 'en')} of the total, standard error, "
        f"from {number(sharing.orders, 'en', 0)} orders of joining).",
        f"{why[1]}, l'apport moyen est estimé (à {percent(worst, 'fr')} du total près, erreur type, sur "
        f"{number(sharing.orders, 'fr', 0)} ordres d'arrivée).",
    )


def _division(view: ShareView) -> str:
    if view.sharing.division is None:
        return ""
    best, parts = view.sharing.division
    largest = max(parts, key=int.bit_count)
    others = view.pick("all the others", "tous les autres")
    groups = "; ".join(
        others if part == largest and part.bit_count() > 3 and len(parts) > 1 else view.names(part)
        for part in sorted(parts, key=int.bit_count)
    )
    amount = view.money(view.shown(best))
    if view.sharing.rivals:
        return view.pick(
            f"What separate groups ({groups}) could each reach adds up to {amount}, more than all together: they "
            "count on the same means from outside, and cannot all do so at the same time.",
            f"Ce que des groupes séparés ({groups}) atteindraient chacun fait {amount}, plus que tous ensemble : ils "
            "comptent sur les mêmes moyens extérieurs et ne le peuvent pas tous en même temps.",
        )
    return view.pick(f"In separate groups ({groups}) they would reach {amount}, better than all together.",
                     f"En groupes séparés ({groups}), ils atteindraient {amount}, mieux qu'ensemble.")  # fmt: skip


def to_the_whole(amounts: Sequence[float], digits: int) -> list[float]:
    """Round amounts so that they add up to their rounded sum: the largest remainders are rounded up.

    Shares each rounded by themselves add up to 83 001 of 83 000, which a treasurer asks about.
    """
    step = 10.0**-digits
    lower = [math.floor(amount / step + 1e-9) for amount in amounts]
    missing = round(sum(amounts) / step) - sum(lower)
    by_remainder = sorted(range(len(amounts)), key=lambda i: (lower[i] - amounts[i] / step, i))
    for i in by_remainder[: max(0, missing)]:
        lower[i] += 1
    return [round(one * step, digits) for one in lower]


def _chosen(view: ShareView) -> list[str]:
    sharing = view.sharing
    rule, shares = sharing.rule, sharing.shares[sharing.rule]
    amounts = to_the_whole([view.shown(share) for share in shares], 0 if abs(sharing.total) >= 100 else 2)
    parts = ", ".join(
        f"{name} {view.money(amount)}" for name, amount in zip(sharing.players, amounts, strict=True)
    )  # fmt: skip
    lines = [view.pick(f"{view.rule(rule)}: {parts}.", f"{view.rule(rule)} : {parts}.")]
    leaving = sharing.apart.get(rule) if sharing.apart else None
    if leaving is not None:
        names, amount = view.names(leaving.coalition), view.money(leaving.amount)
        many = leaving.coalition.bit_count() > 1
        stay = _stay(view, leaving.while_others_stay)
        lines.append(view.pick(
            f"Under this share {names} would do better apart, by {amount}{stay}.",
            f"Avec ce partage, {names} {'feraient' if many else 'ferait'} mieux à part, de {amount}{stay}.",
        ))  # fmt: skip
    lines.append(" ".join(view.for_and_against(rule)))
    lines.append(view.pick("Which rule is fair is for the members to decide.",
                           "C'est aux membres de choisir la règle."))  # fmt: skip
    return lines


def _transfers(view: ShareView) -> list[str]:
    nobodys = view.sharing.nobodys
    near = 1e-6 * abs(view.sharing.total)
    told = []
    if nobodys is not None and abs(nobodys) > near and view.sharing.rule is Rule.OWEN:
        money = view.money(nobodys)
        told.append(view.pick(f"Of this, {money} are the price of means or rules that nobody owns: shared equally.",
                              f"Dont {money} au prix de moyens ou de règles qui n'appartiennent à personne : partagés "
                              "à égalité."))  # fmt: skip
    return told + [
        view.pick(f"{one.from_} pays {one.to} {view.money(one.amount)}.",
                  f"{one.from_} verse {view.money(one.amount)} {to_name(one.to)}.")
        for one in view.sharing.transfers
    ]  # fmt: skip
