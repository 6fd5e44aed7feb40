"""A comparison in sentences: what each case changes, what it costs and brings, and which input weighs most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filiere.analysis.scenarios.inputs import InputChange
from filiere.language import listed, percent
from filiere.report.comparison import actors, relations, why
from filiere.report.comparison.ranged.curves import turn_sentences
from filiere.report.comparison.sides import Figure, Sides, difference, relative
from filiere.report.comparison.wording import reasons, status_word
from filiere.report.document import Remark, Remarks
from filiere.report.net_cost import AFTER, BEFORE, Costs, earns, other_side, told_side
from filiere.report.sheet import Show
from filiere.schema.tables import ActorRow, FundingRow

if TYPE_CHECKING:
    import pandas as pd


def stories(sides: Sides) -> Remarks:
    """Return one remark a case, the reference only where it has no plan; then one a range."""
    cases = [
        Remark(sides.titles[at], story(sides, at), sides.views[at] is None)
        for at in sides.cases
        if at or sides.views[at] is None
    ]
    ranges = [Remark(name, text) for name, text in turn_sentences(sides)]
    return Remarks(sides.pick("What each scenario changes", "Ce que chaque scénario change"), (*cases, *ranges))


def story(sides: Sides, at: int) -> str:
    """Return what becomes of one case against the reference, or why it has no plan."""
    outcome = sides.comparison.outcomes[at]
    if not outcome.solved:
        word = status_word(sides, outcome)
        said = " ".join(line.strip() for line in reasons(sides, outcome))
        return word[:1].upper() + word[1:] + sides.pick(": ", " : ") + said
    if sides.base is None:
        return sides.pick("Solved, but there is no reference to compare it with.",
                          "Calculé, mais sans référence à laquelle le comparer.")  # fmt: skip
    parts = [part for part in (_needs(sides, at), _money(sides, at), _dependence(sides, at), _circular(sides, at),
                               _jobs(sides, at), _moved(sides, at)) if part]  # fmt: skip
    if not parts:
        return sides.pick("Nothing changes.", "Rien ne change.")
    text = sides.pick("; ", " ; ").join(parts)
    sentences = [text[:1].upper() + text[1:] + "."]
    sentences += [said for said in (_grants(sides, at), _who(sides, at), _weighs(sides, at)) if said]
    return " ".join(sentences)


def _both(sides: Sides, at: int, key: str) -> tuple[Figure, Figure]:
    outcomes = sides.comparison.outcomes
    return (outcomes[at].values or {}).get(key), (outcomes[0].values or {}).get(key)


def _needs(sides: Sides, at: int) -> str:
    now, before = _both(sides, at, "served_share")
    p = sides.lead.percent
    if now is None or before is None or p(before, 1) == p(now, 1):
        return ""
    return sides.pick(f"needs served go from {p(before, 1)} to {p(now, 1)}",
                      f"les besoins couverts passent de {p(before, 1)} à {p(now, 1)}")  # fmt: skip


def _money(sides: Sides, at: int) -> str:
    """What the territory itself bears: the net cost after grants, so that a grant that is lost is no saving."""
    (all_now, now), (all_before, before) = (_costs(sides, case) for case in (at, 0))
    change, whole = difference(now, before), difference(all_now, all_before)
    if change is None or abs(change) < 0.5:
        return ""
    share, view, costs = relative(now, before), sides.lead, ((all_now, now), (all_before, before))
    gains = earns(*costs)
    more, whole = (-change, -whole if whole is not None else None) if gains else (change, whole)
    size = view.money(round(abs(change)) if abs(change) >= 100 else abs(change))
    told = share is not None and abs(share) >= 0.0005  # less would be written as 0.0 %
    rate = f"{'+' if more > 0 else '−'}{percent(abs(share or 0.0), sides.language)}" if told else ""
    asides = [part for part in (rate, other_side(view, BEFORE, whole, more)) if part]
    aside = f" ({sides.pick('; ', ' ; ').join(asides)})" if asides else ""
    head = sides.pick("it earns", "rapporte") if gains else sides.pick("it costs", "coûte")
    head += told_side(view, AFTER, *costs)
    if more > 0:
        return sides.pick(f"{head} {size} more a year{aside}", f"{head} {size} de plus par an{aside}")
    return sides.pick(f"{head} {size} less a year{aside}", f"{head} {size} de moins par an{aside}")


def _costs(sides: Sides, at: int) -> Costs:
    measures = sides.comparison.outcomes[at].measures
    found = measures.chain if measures is not None else {}
    return found.get("net_cost"), found.get("net_cost_after_grants")


def _grants(sides: Sides, at: int) -> str:
    """Name the grants that are lost against the reference; where nothing else was changed, who is left with less."""
    outcomes = sides.comparison.outcomes
    if not (outcomes[0].solved and outcomes[at].solved):
        return ""
    before, now = (_given(outcomes[case].plan.grants) for case in (0, at))
    lost = {pair: amount - now.get(pair, 0.0) for pair, amount in before.items()}
    named = sorted((pair for pair, amount in lost.items() if amount >= 0.5), key=lambda pair: -lost[pair])
    if not named:
        return ""
    money = sides.lead.money
    shown = [f"{funder} → {actor} (−{money(lost[funder, actor])})" for funder, actor in named[:3]]
    left = len(named) - len(shown)
    said = listed([*shown, *([sides.pick(f"{left} more", f"{left} de plus")] if left else [])], sides.language)
    many = "s" if len(named) > 1 else ""
    head = sides.pick(f"Grant{many} lost: {said}", f"Aide{many} perdue{many} : {said}")
    return f"{head}{_bearing(sides, at)}."


def _bearing(sides: Sides, at: int) -> str:
    """Say who bears the grants that a scenario takes away; a grant that is less for another reason is no loss alone."""
    if not all(_of_funders(change) for change in sides.comparison.inputs[at]):
        return ""
    losers = {name: -change for name, change in actors.gains(sides, at).items() if change <= -0.5}
    worst = sorted(losers, key=lambda name: -losers[name])[:3]
    bearing = listed((f"{name} (−{sides.lead.money(losers[name])})" for name in worst), sides.language)
    if not worst:
        return sides.pick("; nobody is left with less", " ; personne ne s'en trouve plus mal")
    verb = "supportent" if len(worst) > 1 else "supporte"
    return sides.pick(f"; borne by {bearing}", f" ; ce que {verb} {bearing}")


def _of_funders(change: InputChange) -> bool:
    gone = change.kind == "removed" and change.table == ActorRow.table.key
    return gone or change.table == FundingRow.table.key


def _given(grants: pd.DataFrame) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for funder, actor, amount in zip(grants["funder"], grants["actor"], grants["amount"], strict=True):
        found[str(funder), str(actor)] = found.get((str(funder), str(actor)), 0.0) + float(amount)
    return found


def _dependence(sides: Sides, at: int) -> str:
    now, before = _both(sides, at, "upstream_dependency")
    if now is None or before is None or abs(now - before) < 0.0005:
        return ""
    p = sides.lead.percent
    return sides.pick(f"upstream dependency goes from {p(before, 1)} to {p(now, 1)}",
                      f"la dépendance amont passe de {p(before, 1)} à {p(now, 1)}")  # fmt: skip


def _circular(sides: Sides, at: int) -> str:
    now, before = _both(sides, at, "circularity")
    if now is None or before is None or abs(now - before) < 0.0005:
        return ""
    p = sides.lead.percent
    return sides.pick(f"circular use goes from {p(before, 1)} to {p(now, 1)}",
                      f"l'utilisation circulaire passe de {p(before, 1)} à {p(now, 1)}")  # fmt: skip


def _jobs(sides: Sides, at: int) -> str:
    now, before = _both(sides, at, "jobs")
    change = difference(now, before)
    if change is None or abs(change) < 0.05:
        return ""
    size, many = sides.lead.number(abs(change)), "s" if abs(change) >= 2 else ""
    return sides.pick(f"{size} jobs (FTE) {'more' if change > 0 else 'fewer'}",
                      f"{size} emploi{many} (ETP) {'de plus' if change > 0 else 'de moins'}")  # fmt: skip


_MOVES = {
    "appears": (("relation appears", "relations appear"), ("échange apparaît", "échanges apparaissent")),
    "vanishes": (("vanishes", "vanish"), ("disparaît", "disparaissent")),
}


def _moved(sides: Sides, at: int) -> str:
    found = relations.counts(sides, at)
    changed = sum(found.get(word, 0) for word in ("grows", "shrinks", "price"))
    parts = []
    for word, (en, fr) in _MOVES.items():
        count = found.get(word, 0)
        if count:
            parts.append(f"{count} {sides.pick(en[count > 1], fr[count > 1])}")
    if parts and not found.get("appears"):
        count = found["vanishes"]
        parts = [sides.pick(f"{count} relation{'s vanish' if count > 1 else ' vanishes'}",
                            f"{count} échange{'s disparaissent' if count > 1 else ' disparaît'}")]  # fmt: skip
    if changed:
        noun = "" if parts else sides.pick(" relations" if changed > 1 else " relation",
                                           " échanges" if changed > 1 else " échange")  # fmt: skip
        verb = sides.pick("change" if changed > 1 else "changes", "changent" if changed > 1 else "change")
        parts.append(f"{changed}{noun} {verb}")
    return listed(parts, sides.language)


def _who(sides: Sides, at: int) -> str:
    found = actors.gains(sides, at)
    if not found:
        return ""
    most, least = max(found, key=lambda name: found[name]), min(found, key=lambda name: found[name])
    money = sides.lead.money
    parts = []
    if found[most] >= 0.5:
        amount = money(round(found[most]))
        parts.append(sides.pick(f"gains most: {most} (+{amount})", f"gagne le plus : {most} (+{amount})"))
    if found[least] <= -0.5:
        amount = money(round(-found[least]))
        parts.append(sides.pick(f"loses most: {least} (−{amount})", f"perd le plus : {least} (−{amount})"))
    text = sides.pick("; ", " ; ").join(parts)
    return text[:1].upper() + text[1:] + "." if text else ""


def _weighs(sides: Sides, at: int) -> str:
    """Name the change that brings most to the cost and to dependency, where there are several changes."""
    found = sides.comparison.attributions[at]
    if found is None or len(found.changes) < 2:
        return ""
    brought: dict[str, list[str]] = {}
    for key, en, fr in (
        ("cost", "on the net cost", "sur le coût net"),
        ("dependency", "on dependency", "sur la dépendance"),
    ):
        weight = why.largest(sides, at, key)
        if weight is not None and abs(weight[1]) >= 0.5:
            said = sides.signed(round(weight[1]), Show.MONEY)
            brought.setdefault(weight[0], []).append(sides.pick(f"{said} {en}", f"{said} {fr}"))
    if not brought:
        return ""
    parts = [f"{words} ({', '.join(amounts)})" for words, amounts in brought.items()]
    joined = sides.pick("; ", " ; ").join(parts)
    return sides.pick(f"What weighs most: {joined}.", f"Ce qui pèse le plus : {joined}.")
