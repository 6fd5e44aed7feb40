"""Why a chain has no plan, in sentences: what cannot hold together and by how much each would have to give way,
or what feeds on itself and what to limit.
"""

from __future__ import annotations

from collections.abc import Callable

from filiere.chain.chain import Chain
from filiere.language import LANGUAGES, Label, Language, after_colon, typeset
from filiere.report.explain.causes import cause_lines, repair_lines
from filiere.report.explain.figures import room_of, subject_of
from filiere.report.explain.objectives import objective_amount, objective_noun
from filiere.solution.solution import Conflict, Solution, Status

_HEAD = {
    Status.INFEASIBLE: Label(
        "This chain cannot work as it stands. These figures cannot all hold together; it is enough to change one "
        "of them:",
        "La filière ne peut pas fonctionner telle qu'elle est décrite. Ces chiffres sont incompatibles entre eux ; "
        "il suffit d'en changer un :",
    ),
    Status.UNBOUNDED: Label(
        "This chain feeds on itself: the more these run, the better it gets, without end. Limit one of them:",
        "La filière s'alimente elle-même : plus ces éléments tournent, meilleur est le résultat, sans fin. "
        "Limitez-en un :",
    ),
}

_ALONE = Label(
    "This chain cannot work as it stands. This figure asks for what nothing can give:",
    "La filière ne peut pas fonctionner telle qu'elle est décrite. Ce chiffre demande ce que rien ne permet :",
)

_SEVERAL = Label(
    "This chain cannot work as it stands, for several reasons. To begin with, these figures cannot all hold together:",
    "La filière ne peut pas fonctionner telle qu'elle est décrite, pour plusieurs raisons. Pour commencer, ces "
    "chiffres sont incompatibles entre eux :",
)

_TURN = Label(
    "This chain feeds on itself: each turn of the loop below gains {amount} ({what}), without end. Limit one of its "
    "members:",
    "La filière s'alimente elle-même : chaque tour de la boucle ci-dessous rapporte {amount} ({what}), sans fin. "
    "Limitez-en un élément :",
)

_SAYS = {
    "capacity_limit": Label(
        "the capacity of {subject} is too small{amount}", "la capacité est trop faible pour {subject}{amount}"
    ),
    "yearly_capacity_limit": Label(
        "the yearly capacity of {subject} is too small{amount}",
        "la capacité annuelle est trop faible pour {subject}{amount}",
    ),
    "closed_season": Label("the calendar keeps {subject} closed{amount}", "le calendrier ferme {subject}{amount}"),
    "activity_minimum": Label(
        "the minimum asked of {subject} is too high{amount}", "le minimum demandé est trop élevé pour {subject}{amount}"
    ),
    "expansion_limit": Label(
        "the largest enlargement of {subject} is too small{amount}",
        "l'extension possible est trop faible pour {subject}{amount}",
    ),
    "whole_level": Label(
        "{subject} runs in whole numbers only{amount}", "{subject} ne va que par nombres entiers{amount}"
    ),
    "link_maximum": Label(
        "the maximum delivered, {subject}, is too small{amount}",
        "le maximum livré est trop faible pour {subject}{amount}",
    ),
    "link_minimum": Label(
        "the minimum delivered, {subject}, is too high{amount}",
        "le minimum livré est trop élevé pour {subject}{amount}",
    ),
    "continuity": Label(
        "too much of today's relation must remain, {subject}{amount}",
        "la part à garder de la relation actuelle est trop élevée pour {subject}{amount}",
    ),
    "need_served": Label(
        "this need must be served: {subject}; too much is asked{amount}",
        "ce besoin est obligatoire : {subject} ; il demande trop{amount}",
    ),
    "offer_limit": Label(
        "too little is available, {subject}{amount}", "la ressource disponible est trop faible : {subject}{amount}"
    ),
    "storage_capacity": Label(
        "the store is too small, {subject}{amount}", "le stockage est trop petit : {subject}{amount}"
    ),
    "final_stock": Label(
        "the stock asked for at the year's end is out of reach, {subject}{amount}",
        "le stock demandé en fin d'année est hors d'atteinte : {subject}{amount}",
    ),
    "no_build_up": Label(
        "the stock may not end above its start, {subject}{amount}",
        "le stock ne peut pas finir plus haut qu'au départ : {subject}{amount}",
    ),
    "budget": Label("the budget must balance, {subject}{amount}", "le budget doit être équilibré : {subject}{amount}"),
    "surplus_floor": Label(
        "{subject} cannot be as well off as today{amount}", "{subject} y perdrait par rapport à cette année{amount}"
    ),
    "grant_maximum": Label(
        "the funding is too small, {subject}{amount}", "le financement maximal est trop faible : {subject}{amount}"
    ),
    "grant_minimum": Label(
        "the least funding is too high, {subject}{amount}", "le financement minimal est trop élevé : {subject}{amount}"
    ),
    "grant_per_unit": Label(
        "the funding per unit of activity is too small, {subject}{amount}",
        "le financement par unité d'activité est trop faible : {subject}{amount}",
    ),
    "limit": Label("the rule {subject} does not fit{amount}", "la règle {subject} est incompatible{amount}"),
}
_SAYS["need_served_in_year"] = _SAYS["need_served"]
_SAYS["offer_limit_in_year"] = _SAYS["offer_limit"]
_OTHER = Label("{subject}{amount}", "{subject}{amount}")

_BY = Label(" (by {amount} at least)", " (il faudrait céder au moins {amount})")

_LOOP = {
    "flow": Label("the relation {subject}", "l'échange {subject}"),
    "level": Label("the activity {subject}", "l'activité {subject}"),
    "expansion": Label("the enlargement of {subject}", "l'extension de l'activité {subject}"),
    "offered": Label("the resource {subject}", "la ressource {subject}"),
    "served": Label("the outlet {subject}", "le débouché {subject}"),
    "discarded": Label("what is thrown away, {subject}", "ce qui est jeté : {subject}"),
    "grant": Label("the funding {subject}", "le financement {subject}"),
    "stock": Label("the stock {subject}", "le stock {subject}"),
}

_LIMIT = {
    "flow": Label("give it a maximum", "donnez-lui un maximum"),
    "level": Label("give it a capacity", "donnez-lui une capacité"),
    "expansion": Label("give it a largest enlargement", "donnez-lui une extension maximale"),
    "offered": Label("give it a maximum", "donnez-lui un maximum"),
    "served": Label("give it a quantity", "donnez-lui une quantité"),
    "grant": Label("give it a maximum", "donnez-lui un maximum"),
    "stock": Label("give it a capacity", "donnez-lui une capacité"),
}


def conflict_lines(chain: Chain, solution: Solution, language: Language) -> list[str]:
    """Return the sentences that say why there is no plan: a head, then one line a member, its cell first.

    Empty where the solution has a plan or names nothing.
    """
    if solution.plan is not None or not solution.conflict:
        return []
    unbounded = solution.status is Status.UNBOUNDED
    members = _once(chain, solution.conflict, _loop_line if unbounded else _clash_line, language)
    head = _SEVERAL if len(solution.repair) > 1 else _HEAD.get(solution.status)
    if head is _HEAD[Status.INFEASIBLE] and len(members) == 1:
        head = _ALONE
    if unbounded and solution.gain and solution.gain[1] > 0.0:
        objective, amount = solution.gain
        head = _TURN.fill(amount=_gain(chain, objective, amount), what=objective_noun(objective))
    return [
        *cause_lines(chain, solution.causes, language),
        *([typeset(head.to(language), language)] if head else []),
        *members,
        *repair_lines(chain, solution.repair, language, solution.repair_proved),
    ]


def _gain(chain: Chain, objective: str, amount: float) -> Label:
    """Write what a turn brings, and of what."""
    written = (f"{objective_amount(chain, objective, amount, each)}" for each in LANGUAGES[::-1])
    return Label(*written)


def _once(
    chain: Chain, members: tuple[Conflict, ...], say: Callable[[Chain, Conflict, Language], str], language: Language
) -> list[str]:
    """One line a member; the same cell in several periods is said once, with the largest change."""
    largest: dict[tuple[str, str, tuple[str, ...]], Conflict] = {}
    periods = {period.name for period in chain.periods}
    for member in members:
        subject = tuple(part for part in member.subject if part not in periods)
        key = (str(member.cell), member.row, subject)
        if key not in largest or member.change > largest[key].change:
            largest[key] = member
    return [_placed(member, say(chain, member, language), language) for member in largest.values()]


def _placed(member: Conflict, sentence: str, language: Language) -> str:
    return "  " + (after_colon(str(member.cell), sentence, language) if member.cell else typeset(sentence, language))


def _clash_line(chain: Chain, member: Conflict, language: Language) -> str:
    by = room_of(chain, member.row, member.subject, member.change, language)
    amount = _BY.fill(amount=by).to(language) if member.change > 0.0 else ""
    subject = subject_of(chain, member.row, member.subject, language)
    return _SAYS.get(member.row, _OTHER).fill(subject=subject, amount=amount).to(language) + "."


def _loop_line(chain: Chain, member: Conflict, language: Language) -> str:
    subject = subject_of(chain, member.row, member.subject, language)
    words = _LOOP.get(member.row, Label("{subject}", "{subject}")).fill(subject=subject)
    remedy = _LIMIT.get(member.row)
    return (Label("{loop}; {remedy}.", "{loop} ; {remedy}.").fill(loop=words, remedy=remedy) if remedy else
            Label("{loop}.", "{loop}.").fill(loop=words)).to(language)  # fmt: skip
