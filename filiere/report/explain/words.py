"""Why the plan is what it is, in sentences: levers, what is left out, how free it is, plans nearly as good."""

from __future__ import annotations

import math

from filiere.analysis.explain.alternatives import Alternative, Difference
from filiere.analysis.explain.levers import Explanation, Lever
from filiere.analysis.explain.ranges import Freedom
from filiere.analysis.explain.unused import WhyNot
from filiere.chain.chain import Chain
from filiere.language import Label, Language, after_colon, is_whole, listed, number, percent, quoted, sign_of
from filiere.model.facts import Counted, facts_of
from filiere.report.explain.bound import bound_line
from filiere.report.explain.causes import missing_suppliers
from filiere.report.explain.conflicts import conflict_lines
from filiere.report.explain.figures import amount_of, is_seen, named, rounded, set_in, subject_of, unit_of
from filiere.report.explain.objectives import in_points, moved, objective_amount, objective_noun, objective_short
from filiere.report.explain.told import by_unit, told_levers, told_needs
from filiere.schema import words as w
from filiere.solution.solution import Status
from filiere.units import is_counted

_LEVER = Label("{step} for {what}{cell}: it would {effect}{until}.", "{step} pour {what}{cell} : cela {effect}{until}.")
_UNTIL = Label("{each}, up to {figure}", "{each}, jusqu'à {figure}")
_DOWN_TO = Label("{each}, down to {figure}", "{each}, en descendant jusqu'à {figure}")
_ALWAYS = Label("{each}, without any end in sight", "{each}, sans limite en vue")
_EACH = Label(" per unit", " par unité")
_EACH_POINT = Label(" per point", " par point")
_VERIFIED = Label(
    " Checked by solving again: {step} would {effects}.", " Vérifié en recalculant avec {step} : cela {effects}."
)
_NO_EFFECT = Label("change nothing", "ne changerait rien")
_LEVERS = Label("What holds the plan back most:", "Ce qui freine le plus le plan :")
ASKED = Label("What is asked, and what another amount would bring",
              "Ce qui est demandé, et ce que changerait une autre quantité")  # fmt: skip
_NONE = Label("No figure of the workbook holds the plan back.", "Aucun chiffre du classeur ne freine le plan.")

_UNTRIED = Label("Figures of the workbook hold the plan back, but none was found to by solving again.",
                 "Des chiffres du classeur freinent le plan, mais aucun ne l'a confirmé en recalculant.")  # fmt: skip
_TOO_LONG = Label(
    "Figures of the workbook hold the plan back; what others would bring was not worked out, as that takes as long as "
    "the plan each time.",
    "Des chiffres du classeur freinent le plan ; ce que d'autres apporteraient n'a pas été recalculé : ce serait "
    "chaque fois aussi long que le plan.",
)
_AS_IT_IS = Label(
    "The search was stopped before its end: a better plan may exist. Whole numbers are taken as this one has them.",
    "La recherche a été arrêtée avant sa fin : un meilleur plan peut exister. Les nombres entiers sont pris ici comme "
    "ce plan les a.",
)
_TRIED = Label("{step} for {what}{cell}: it would {effects} (solved again).",
               "{step} pour {what}{cell} : cela {effects} (recalculé).")  # fmt: skip

_WHY_NOT = {
    "link": Label("The relation {subject}{cell} is not used", "L'échange {subject}{cell} n'est pas utilisé"),
    "activity": Label("The activity {subject}{cell} does not run", "L'activité {subject}{cell} ne tourne pas"),
    "project": Label("The project {subject}{cell} is not opened", "Le projet {subject}{cell} n'est pas ouvert"),
    "project_link": Label("The relation {subject}{cell} is not opened", "L'échange en projet {subject}{cell} n'est pas "
                          "ouvert"),
}  # fmt: skip
_COSTS_UNIT = Label("each unit would {effect}", "chaque unité {effect}")
_COSTS = Label("opening it would {effect}", "l'ouvrir {effect}")
_NEEDED = Label("; its {column} would have to go from {now} to {needed}", " ; il faudrait que {column} passe de {now} "
                "à {needed}")  # fmt: skip
_NOT_EVEN = Label("; even a {column} of 0 would not be enough", " ; même à zéro, {column} ne suffirait pas")
_BEHIND = Label("it takes the project {project}, which stays closed", "il faut le projet {project}, qui reste fermé")
_THEN = Label(
    "; once it is open, with the other projects as is best then, {reason}",
    " ; une fois le projet ouvert, les autres projets étant au mieux, {reason}",
)
_NOTHING_MORE = Label("nothing keeps it out", "rien ne s'y oppose")
_TIE = Label("it is just as good and brings nothing", "ce serait équivalent, sans rien apporter")
_COLUMNS = {
    "price": Label("price", "le prix"),
    "transport_cost": Label("transport cost", "le coût de transport"),
    "unit_cost": Label("unit cost", "le coût unitaire"),
    "investment": Label("yearly cost", "le coût annuel"),
    "fixed_cost": Label("fixed cost", "le coût fixe"),
}

VERDICT = {
    "unique": Label(
        "The plan is unique: no relation could move without a loss ({relations}).",
        "Le plan est unique : aucun échange ne pourrait bouger sans perte ({relations}).",
    ),
    "other hands": Label(
        "No relation could move without a loss ({relations}), but other activities could do the same work at no loss.",
        "Aucun échange ne pourrait bouger sans perte ({relations}), mais d'autres activités pourraient faire le même "
        "travail sans perte.",
    ),
    "partly free": Label(
        "The plan is partly free: at no loss, {moving} could move ({relations}).",
        "Le plan est en partie libre : {moving} bouger sans perte ({relations}).",
    ),
    "very free": Label(
        "The plan is very free: at no loss, {moving} could move ({relations}). Read it as one plan among many.",
        "Le plan est très libre : {moving} bouger sans perte ({relations}). Lisez-le comme un plan parmi beaucoup "
        "d'autres.",
    ),
}

_NONE_MOVES = Label(
    "Of {all} relations, none of the {looked_at} largest could move without a loss; the rest were not looked at.",
    "Sur {all} échanges, aucun des {looked_at} plus gros ne pourrait bouger sans perte ; le reste n'a pas été examiné.",
)
_ALL_LOOKED_AT = Label("all {all} that are possible looked at", "sur {all} possibles, tous examinés")
_SOME_LOOKED_AT = Label("of the {looked_at} largest, {all} possible in all",
                        "sur les {looked_at} plus gros, {all} possibles en tout")  # fmt: skip
_MOVING = (Label("one relation", "un échange pourrait"), Label("{moving} relations", "{moving} échanges pourraient"))

_VARIANT = Label("Variant {number} ({share} different): {what}.", "Variante {number} (différente à {share}) : {what}.")
_IT_WOULD = Label(" It would {effects}.", " Elle {effects}.")
_NO_VARIANT = Label("No other plan lies within this slack.", "Aucun autre plan ne tient dans cette marge.")
_NONE_SOUGHT = Label("Other plans were not looked for within this slack: that takes longer than the plan.",
                     "Aucun autre plan n'a été cherché dans cette marge : c'est plus long que le plan.")  # fmt: skip
_FEWER = (
    Label("Only one other plan was found within this slack.", "Un seul autre plan a été trouvé dans cette marge."),
    Label("Only {count} other plans were found within this slack.",
          "Seuls {count} autres plans ont été trouvés dans cette marge."),
)  # fmt: skip
_MORE = Label("{subject} {before} → {after}", "{subject} {before} → {after}")

SHOWN = 5
POINT = 0.01


def _proved(explained: Explanation) -> bool:
    """Whether the plan is proved the best: of another, none was solved to be set beside it."""
    return explained.solution.status is Status.OPTIMAL


def explanation_lines(explained: Explanation, language: Language) -> list[str]:
    """Return what a command prints: the first levers, the first things left out, the verdict, the variants."""
    chain = explained.chain
    if explained.solution.plan is None:
        return conflict_lines(chain, explained.solution, language)
    held, asked = held_lines(explained, language), asked_lines(explained, language)
    untried = any(not lever.asked for lever in explained.levers)
    head = _LEVERS if held else _NONE if not untried else _UNTRIED if _proved(explained) else _TOO_LONG
    lines = [set_in(language, head.to(language))]
    lines = [*missing_suppliers(chain, language), *lines]
    lines += [f"  {line}" for line in held]
    lines += [set_in(language, after_colon(ASKED.to(language), "", language).rstrip())] if asked else []
    lines += [f"  {line}" for line in asked]
    lines += [why_not_line(chain, why, language) for why in explained.why_not[:SHOWN]]
    lines += free_lines(explained, language)
    if explained.slack is not None:
        lines += variant_lines(explained, language)
    return lines


def held_lines(explained: Explanation, language: Language) -> list[str]:
    """Return what holds the plan back, the cost bound first, then a few figures."""
    bound = [bound_line(explained.chain, explained.bound, language)] if explained.bound else []
    return bound + [lever_line(explained.chain, lever, language) for lever in told_levers(explained)[:SHOWN]]


def asked_lines(explained: Explanation, language: Language) -> list[str]:
    """Return what another amount of a few needs would bring."""
    return [lever_line(explained.chain, lever, language) for lever in told_needs(explained)[:SHOWN]]


def free_lines(explained: Explanation, language: Language) -> list[str]:
    """Return how free the plan is, where that was looked at, and that it is not proved the best, where it is not."""
    if explained.freedom is None:
        return []
    free = verdict_line(explained.freedom, language)
    return [free] if _proved(explained) else [free, set_in(language, _AS_IT_IS.to(language))]


def lever_line(chain: Chain, lever: Lever, language: Language, checked: bool = True) -> str:
    """Return what one more unit of a figure brings, up to where, and what a tenth more was found to bring.

    Where the effect of one unit says nothing (of several objectives weighed together, of less than a unit), what the
    tenth was found to bring is all that is told.
    """
    unit = POINT if _share(chain, lever) else 1.0
    seen = is_seen(objective_amount(chain, lever.objective, lever.per_unit * unit, language))
    if lever.verified and not (seen and by_unit(chain, lever)):
        step, effects = _step(chain, lever, lever.step, language), lever_effects(chain, lever, language)
        what, cell = (
            named(chain, lever.row, lever.subject, language, lever.asked),
            f" ({lever.cell})" if lever.cell else "",
        )
        said = _TRIED.fill(step=step, what=what, cell=cell, effects=effects).to(language)
        return set_in(language, said[:1].upper() + said[1:])
    text = _LEVER.fill(
        step=_step(chain, lever, lever.direction * unit, language),
        what=named(chain, lever.row, lever.subject, language, lever.asked),
        cell=f" ({lever.cell})" if lever.cell else "",
        effect=moved(chain, lever.objective, lever.per_unit * unit, language),
        until=_until(chain, lever, language),
    ).to(language)
    if lever.verified and checked:
        said = lever_effects(chain, lever, language)
        text += _VERIFIED.fill(step=_step(chain, lever, lever.step, language), effects=said).to(language)
    return set_in(language, text[:1].upper() + text[1:])


def lever_effects(chain: Chain, lever: Lever, language: Language) -> str:
    """Return what the step of a lever was found to change, objective by objective."""
    effects = [
        moved(chain, key, by, language)
        for key, by in lever.verified.items()
        if _counts(by, lever, key) and is_seen(objective_amount(chain, key, by, language))
    ]
    return listed(effects, language) if effects else _NO_EFFECT.to(language)


def _share(chain: Chain, lever: Lever) -> bool:
    """Whether a lever's figure is a share, of which one hundredth is the unit that is spoken of."""
    if facts_of(lever.row).counted is Counted.PART:
        return True
    of_rule = facts_of(lever.row).counted is Counted.RULE
    rule = next((rule for rule in chain.limits if of_rule and rule.name in lever.subject), None)
    return rule is not None and rule.basis is not w.LimitBasis.ABSOLUTE


def _counts(by: float, lever: Lever, key: str) -> bool:
    """The distance to this year always moves; it is told only where it is what the lever is about."""
    of_own = [abs(lever.verified.get(part, 0.0)) for part in lever.objective.split(" + ")]
    least = 5e-4 if key == "circularity" else 1e-6 + 1e-4 * max(of_own)
    return abs(by) > least and (key != "change" or lever.objective == "change")


def _step(chain: Chain, lever: Lever, by: float, language: Language) -> str:
    sign = "+" if by > 0 else "−"
    if _share(chain, lever):  # 6 points of a share of 60 % are not 6 % of it
        return sign + in_points(abs(by), language)
    return sign + amount_of(chain, lever.row, lever.subject, abs(by), language)


def _until(chain: Chain, lever: Lever, language: Language) -> str:
    each = (_EACH_POINT if _share(chain, lever) else _EACH).to(language)
    if lever.until is None:
        return each
    if math.isinf(lever.until):
        return _ALWAYS.fill(each=each).to(language)
    label, until = _UNTIL if lever.direction > 0 else _DOWN_TO, lever.until
    if until >= 1.0 and is_counted(unit_of(chain, lever.row, lever.subject, language)):
        until = float(math.floor(until + 1e-9) if lever.direction > 0 else math.ceil(until - 1e-9))
    return label.fill(each=each, figure=amount_of(chain, lever.row, lever.subject, until, language)).to(language)


def why_not_line(chain: Chain, why: WhyNot, language: Language) -> str:
    """Return why something is left out, and how far its price or cost would have to move."""
    row = {"link": "flow", "project_link": "flow"}.get(why.kind, "level")
    head = _WHY_NOT[why.kind].fill(
        subject=subject_of(chain, row, why.subject, language), cell=f" ({why.cell})" if why.cell else ""
    ).to(language)  # fmt: skip
    reason = _TIE.to(language)
    if why.objective:
        label = _COSTS if why.kind.startswith("project") else _COSTS_UNIT
        maximised = any(o.key == why.objective and o.direction.name == "MAX" for o in chain.objectives)
        cost = -why.cost if maximised else why.cost
        reason = label.fill(effect=moved(chain, why.objective, cost, language)).to(language)
    if why.column and (why.needed is not None or why.now):  # what is 0 already cannot be less
        column = _COLUMNS[why.column].to(language)
        if why.needed is None:
            reason += _NOT_EVEN.fill(column=column).to(language)
        else:
            reason += _NEEDED.fill(
                column=column,
                now=_finely(chain, why.now, why.needed - why.now, None, language),
                needed=_finely(chain, why.needed, why.needed - why.now, why.needed > why.now, language),
            ).to(language)
    if why.project:
        reason = _behind(chain, why, reason, language)
    return after_colon(head, f"{reason}.", language)


def _finely(chain: Chain, figure: float, gap: float, up: bool | None, language: Language) -> str:
    """Write a price or a cost as finely as it would have to move; rounded the way that is enough, where one is."""
    digits = 0 if abs(gap) >= 1000 else 2 if abs(gap) >= 0.1 else 4
    figure = rounded(figure, up, digits)
    shown = next((few for few in (0, 2) if few < digits and is_whole(figure * 10.0**few)), digits)
    return f"{number(figure, language, shown)}\u00a0{sign_of(chain.settings.currency)}"


def _behind(chain: Chain, why: WhyNot, reason: str, language: Language) -> str:
    """The project that something left out needs, and what keeps it out once that is open."""
    row = "flow" if len(why.project) == 3 else "level"
    said = _BEHIND.fill(project=quoted(subject_of(chain, row, why.project, language), language)).to(language)
    if not why.known:
        return said
    then = reason if why.objective else _NOTHING_MORE.to(language)
    return said + _THEN.fill(reason=then).to(language)


def verdict_line(freedom: Freedom, language: Language) -> str:
    """Return how free the plan is, in one line that says how many relations were looked at."""
    moving, looked_at = sum(one.moves for one in freedom.ranges), len(freedom.ranges)
    counts = {"moving": moving, "looked_at": looked_at, "all": freedom.relations}
    figures = {name: number(value, language) for name, value in counts.items()}
    label = VERDICT[freedom.verdict]
    if not moving and looked_at < freedom.relations:
        label = _NONE_MOVES
    relations = (_SOME_LOOKED_AT if looked_at < freedom.relations else _ALL_LOOKED_AT).fill(**figures)
    said = label.fill(**figures | {"relations": relations.to(language)}) if not moving else label.fill(
        relations=relations.to(language), moving=_MOVING[moving > 1].fill(**figures).to(language)
    )  # fmt: skip
    return set_in(language, said.to(language))


def variant_lines(explained: Explanation, language: Language) -> list[str]:
    """Return one sentence a variant, and a remark where fewer than three were found."""
    chain, found = explained.chain, explained.alternatives
    lines = [variant_line(chain, variant, number, language) for number, variant in enumerate(found, start=1)]
    if not found:
        return [(_NO_VARIANT if _proved(explained) else _NONE_SOUGHT).to(language)]
    if len(found) < 3:
        lines.append(_FEWER[len(found) > 1].fill(count=str(len(found))).to(language))
    return lines


def variant_line(chain: Chain, variant: Alternative, number: int, language: Language) -> str:
    """Return what a variant does differently."""
    what = ", ".join(difference_line(chain, one, language) for one in variant.differences[:SHOWN])
    losses = [
        moved(chain, key, value - variant.best[key], language)
        for key, value in variant.objectives.items()
        if abs(value - variant.best[key]) > 1e-3 * max(0.5, abs(variant.best[key])) and key != "change"
    ]
    text = _VARIANT.fill(number=str(number), share=percent(variant.distance, language, 0), what=what).to(language)
    if losses:
        text += _IT_WOULD.fill(effects=listed(losses, language)).to(language)
    return set_in(language, text)


def difference_line(chain: Chain, one: Difference, language: Language) -> str:
    """Return one relation or activity with its figure in the plan and in the variant."""
    row = "flow" if one.kind == "link" else "level"
    before, after = (amount_of(chain, row, one.subject, value, language) for value in (one.before, one.after))
    subject = subject_of(chain, row, one.subject, language)
    return _MORE.fill(subject=quoted(subject, language), before=before, after=after).to(language)


def lever_unit(chain: Chain, lever: Lever, language: Language) -> str:
    """Return the unit of a lever's figure; empty for a share."""
    return "" if _share(chain, lever) else unit_of(chain, lever.row, lever.subject, language)


def objective_name(key: str, language: Language) -> str:
    """Return an objective's name with a capital, as a heading."""
    noun = (objective_short(key) if " + " in key else objective_noun(key)).to(language)
    return noun[:1].upper() + noun[1:]
