"""Why a chain has no plan, in sentences: what cannot hold together and by how much each would have to give way,
or what feeds on itself and what to limit.
"""

from __future__ import annotations

from collections.abc import Callable

from filiere.chain.chain import Chain
from filiere.language import LANGUAGES, Label, Language, after_colon, typeset
from filiere.model.facts import EQUATION_FACTS, VARIABLE_FACTS
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

_OTHER = Label("{subject}{amount}", "{subject}{amount}")

_BY = Label(" (by {amount} at least)", " (il faudrait céder au moins {amount})")


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
    return (EQUATION_FACTS[member.row].clash or _OTHER).fill(subject=subject, amount=amount).to(language) + "."


def _loop_line(chain: Chain, member: Conflict, language: Language) -> str:
    subject = subject_of(chain, member.row, member.subject, language)
    facts = VARIABLE_FACTS[member.row]
    words = (facts.loop or Label("{subject}", "{subject}")).fill(subject=subject)
    remedy = facts.limit
    return (Label("{loop}; {remedy}.", "{loop} ; {remedy}.").fill(loop=words, remedy=remedy) if remedy else
            Label("{loop}.", "{loop}.").fill(loop=words)).to(language)  # fmt: skip
