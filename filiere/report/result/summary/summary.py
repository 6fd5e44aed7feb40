"""The summary of a result as a value: what is said first, in which order, with which sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from filiere.analysis.today.unknown import NOT_TYPED
from filiere.indicators.dictionary import kpi
from filiere.language import day, listed
from filiere.report.document import Figure, Figures, Headline, Remark, Remarks
from filiere.report.net_cost import AFTER, BEFORE, earns, other_side, told_side
from filiere.report.result.summary import contributors, sentences
from filiere.report.result.summary.remarks import remarks
from filiere.report.result.tables.flows import gaps
from filiere.report.result.tables.money.gains import both_sides
from filiere.report.result.tables.money.pay import paid_more
from filiere.report.result.tables.plan.needs import served_by_group
from filiere.report.sheet import Show
from filiere.report.today.first import partly_known
from filiere.report.view import View


@dataclass(frozen=True)
class Summary:
    """Everything the first sheet says, ready to be laid out."""

    title: str
    subtitle: str
    verdict: str
    short: str
    """The first sentence of the verdict alone, where there is no room for who gains and who pays."""
    headlines: tuple[Headline, ...]
    remarks: tuple[Remark, ...]
    origins: tuple[contributors.Origin, ...]
    groups: tuple[tuple[str, Figure, Figure], ...]
    """Group, share served today, share served in the plan; none where nobody is in a group."""

    def headline(self, key: str) -> Headline:
        """Return a headline by its key."""
        return next(h for h in self.headlines if h.key == key)


def summarise(view: View) -> Summary:
    """Return the summary of a result that has a plan."""
    figures = tuple(headlines(view))
    short = verdict(view, {h.key: h for h in figures})
    before = served_by_group(view.result.today_measures)
    now = served_by_group(view.result.measures)
    alone = view.pick("(no group)", "(sans groupe)")
    return Summary(
        title=view.chain.settings.name or view.pick("The chain", "La filière"),
        subtitle=subtitle(view),
        verdict=" ".join(part for part in (short, both_sides(view)) if part),
        short=short,
        headlines=figures,
        remarks=tuple(remarks(view)),
        origins=tuple(contributors.origins(view.accounts)[:8]),
        groups=tuple((group or alone, before.get(group), share) for group, share in now.items() if any(now)),
    )


def figures(view: View, summary: Summary) -> Figures:
    """Return the headline figures as one block."""
    pick = view.pick
    today = pick("Today", "Cette année")
    return Figures(
        title=pick("Headline figures", "Chiffres clés"), today=today, change=pick("Change", "Écart"),
        plan=today if view.shows_today else pick("Plan", "Plan"),
        meaning=pick("What it means", "Ce que cela veut dire"), rows=summary.headlines,
        compares=view.today is not None,
    )  # fmt: skip


def told(view: View, summary: Summary, top: bool = False) -> Remarks | None:
    """Return what must be read before any figure (``top``), or the rest; None where there is nothing."""
    rows = tuple(one for one in summary.remarks if one.top == top)
    pick = view.pick
    title = pick("To read first", "À lire d'abord") if top else pick("Worth knowing", "À savoir")
    return Remarks(title, rows) if rows else None


def subtitle(view: View) -> str:
    """Return territory, scenario and date in one line."""
    pick = view.pick
    what = pick("the chain as it is", "la filière telle qu'elle est") if view.shows_today else (
        pick(f"plan, scenario {view.scenario}", f"plan, scénario {view.scenario}")
    )  # fmt: skip
    date = view.result.date
    when = day(date, view.language) if date else None
    return " · ".join(part for part in (view.chain.settings.territory, what, when) if part)


def headlines(view: View, told: bool = True) -> Iterator[Headline]:
    """Yield the headline figures, the three dependencies with their public and private parts; unless they are
    ``told``, without the sentences that say what each means.
    """
    for one in _headlines(view, told):
        yield replace(one, sentence=unknown(view)) if view.knows_nothing and one.sentence else one


def unknown(view: View) -> str:
    """Return that nobody typed a figure of this year."""
    return view.pick(
        "No figure of this year is typed: what the chain does today is not known.",
        "Aucun chiffre de cette année n'est saisi : on ne sait pas ce que fait la filière aujourd'hui.",
    )


def _headlines(view: View, told: bool) -> Iterator[Headline]:
    def said(sentence: Callable[..., str], *figures: Figure) -> str:
        return sentence(view, *figures) if told else ""

    share = measured(view, "served_share")
    yield _share(view, "served", "served_share", said(sentences.needs, share))
    for side, sentence in (
        ("upstream", sentences.upstream), ("downstream", sentences.downstream), ("funding", sentences.funding),
    ):  # fmt: skip
        key = f"{side}_dependency"
        yield _share(view, side, key, said(sentence, measured(view, key)))
        yield from _by_sector(view, side)
    key = f"circular_use_rate_{view.chain.settings.circularity_basis.key}"
    yield _share(view, "circularity", key, said(sentences.circularity, measured(view, key)))
    yield from _amounts(view, said)


def _share(view: View, name: str, key: str, sentence: str) -> Headline:
    label, measures = view.set(kpi(key).label), view.result.measures
    if measures is not None and measures.reasons.get(key) is NOT_TYPED:
        sentence = sentences.capital(view.set(NOT_TYPED)) + "."
    return Headline(name, label, Show.PERCENT, measured(view, key), measured_today(view, key), sentence)


def _by_sector(view: View, side: str) -> Iterator[Headline]:
    for sector, en, fr in (
        ("private", "of which private", "dont privés"),
        ("public", "of which public", "dont publics"),
    ):
        value = measured(view, f"{side}_dependency_{sector}")
        before = measured_today(view, f"{side}_dependency_{sector}")
        if measured(view, f"{side}_dependency") or measured_today(view, f"{side}_dependency"):
            yield Headline(f"{side}_{sector}", view.pick(en, fr), Show.PERCENT, value, before, part=True)


def _amounts(view: View, said: Callable[..., str]) -> Iterator[Headline]:
    def both(key: str) -> tuple[Figure, Figure]:
        return measured(view, key), measured_today(view, key)

    label = f"{view.set(kpi('net_cost').label)} ({view.currency})"
    yield Headline("cost", label, Show.MONEY, *both("net_cost"), sentence=said(sentences.cost))
    label = f"{view.set(kpi('net_cost_after_grants').label)} ({view.currency})"
    yield Headline("borne", label, Show.MONEY, *both("net_cost_after_grants"), sentence=said(sentences.borne))
    posts = both("jobs")
    if any(posts):
        label = view.set(kpi("jobs").label) + view.pick(" (FTE)", " (ETP)")
        yield Headline("jobs", label, Show.QUANTITY, *posts, sentence=said(sentences.jobs, posts[0] or 0.0))
    emitted = both("co2")
    if any(emitted):
        label = view.set(kpi("co2").label) + " (t CO₂e)"
        yield Headline("co2", label, Show.QUANTITY, *emitted, sentence=said(sentences.emissions, emitted[0] or 0.0))


def measured(view: View, key: str) -> Figure:
    """Return an indicator of the plan, None where it is undefined."""
    return view.result.measures.chain.get(key) if view.result.measures else None


def measured_today(view: View, key: str) -> Figure:
    """Return an indicator of the chain as it is, None where there is none beside the plan."""
    return view.result.today_measures.chain.get(key) if view.result.today_measures else None


def verdict(view: View, figures: dict[str, Headline]) -> str:
    """Return the plan in a sentence or two: what it serves, what it changes, what it leaves."""
    if view.knows_nothing:
        return unknown(view)
    parts = [
        _served(view, figures["served"].plan),
        _dependence(view, figures["upstream"]),
        _money(view, figures["cost"], figures["borne"]),
    ]
    text = listed([part for part in parts if part], view.language)
    if view.shows_today and partly_known(view) and figures["served"].plan is not None:
        text = view.pick("as far as it is known, ", "pour ce qui en est connu, ") + text
    return sentences.capital(text) + "."


def _served(view: View, share: Figure) -> str:
    pick = view.pick
    subject = (
        pick("the chain as it is", "la filière telle qu'elle est") if view.shows_today else pick("the plan", "le plan")
    )
    if share is None and view.shows_today and view.missing.needs:
        return pick(f"{subject} serves an unknown share of the needs",
                    f"{subject} couvre une part inconnue des besoins")  # fmt: skip
    if share is None:
        return pick(f"{subject} has no quantity to serve", f"{subject} n'a aucune quantité à servir")
    if not gaps.unmet(view).height:
        return pick(f"{subject} serves every need", f"{subject} couvre tous les besoins")
    least = pick("at least ", "au moins ") if view.shows_today and view.missing.needs else ""
    return pick(
        f"{subject} serves {least}{view.percent(share)} of the needs",
        f"{subject} couvre {least}{view.percent(share)} des besoins",
    )


def _dependence(view: View, upstream: Headline) -> str:
    pick = view.pick
    now, before = upstream.plan, upstream.today
    if now is None:
        return ""
    if before is None or abs(now - before) < 0.0005:
        return pick(
            f"depends on the outside for {view.percent(now)} of what is used here or sold",
            f"dépend de l'extérieur pour {view.percent(now)} de ce qui est utilisé ici ou vendu",
        )
    verb = pick("lowers", "ramène") if now < before else pick("raises", "porte")
    first, last = _apart(view, before, now)
    part = pick(" (of what is known of today)", " (sur ce qui est connu de cette année)") if partly_known(view) else ""
    return pick(
        f"{verb} upstream dependency from {first}{part} to {last}",
        f"{verb} la dépendance amont de {first}{part} à {last}",
    )


def _apart(view: View, before: float, now: float) -> tuple[str, str]:
    """Write two shares with as many decimals as tell them apart."""
    written = view.percent(before), view.percent(now)
    return written if written[0] != written[1] else (view.percent(before, 1), view.percent(now, 1))


def _money(view: View, cost: Headline, borne: Headline) -> str:
    pick = view.pick
    now = cost.plan
    if now is None:
        return ""
    side = told_side(view, BEFORE, (now, borne.plan) if cost.change is None else (cost.change, borne.change))
    if cost.change is None:
        return (
            pick(f"costs{side} {view.money(now)} net a year", f"coûte{side} {view.money(now)} nets par an")
            if now >= 0.0
            else pick(f"earns{side} {view.money(-now)} net a year", f"rapporte{side} {view.money(-now)} nets par an")
        )
    gains = earns((now, borne.plan), (cost.today, borne.today))
    more = -cost.change if gains else cost.change
    beyond = -borne.change if gains and borne.change is not None else borne.change
    size, after = view.money(abs(more)), other_side(view, AFTER, beyond, more)
    aside, verb = f" ({after})" if after else "", pick("earns", "rapporte") if gains else pick("costs", "coûte")
    if abs(more) < 0.5:
        return pick(f"{verb}{side} as much as today{aside}", f"{verb}{side} autant que cette année{aside}")
    year = pick("what is known of today", "ce qui est connu de cette année") if partly_known(view) else (
        pick("today", "cette année")
    )  # fmt: skip
    paid = paid_more(view)
    wages = "" if abs(paid) < 0.5 else pick(
        f", {view.money(abs(round(paid)))} {'more' if paid > 0.0 else 'less'} of households' pay apart",
        f", sans compter {view.money(abs(round(paid)))} de salaires de ménages en {'plus' if paid > 0.0 else 'moins'}",
    )  # fmt: skip
    way = pick("more", "de plus") if more > 0.0 else pick("less", "de moins")
    return pick(f"{verb}{side} {size} a year {way} than {year}{aside}",
                f"{verb}{side} {size} {way} par an que {year}{aside}") + wages  # fmt: skip
