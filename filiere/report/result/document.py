"""What a result's page holds, section by section, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from filiere.analysis.explain.levers import Explanation
from filiere.language import Language, readable
from filiere.report.document import (
    Bars,
    Block,
    Break,
    Document,
    Figure,
    Index,
    Look,
    Map,
    Sankey,
    Section,
    Series,
    Table,
    Text,
    Weight,
    bars,
    document,
    rounded,
    texts,
)
from filiere.report.explain.words import ASKED, asked_lines, free_lines, held_lines
from filiere.report.result.network import network
from filiere.report.result.partners import partners
from filiere.report.result.summary import contributors
from filiere.report.result.summary.summary import Summary, figures, summarise, told, unknown
from filiere.report.result.tables.manifest import manifest
from filiere.report.result.tables.order import all_sheets
from filiere.report.sheet import Sheet
from filiere.report.today.words import reconciliation_lines
from filiere.report.view import View, view_of
from filiere.result import Result

_GROUPS = 12
"""Groups of users drawn on the first sheet."""


def result_document(result: Result, language: Language) -> Document:
    """Return what the page of a result holds, in one language. Raises ``ValueError`` where the chain has no plan."""
    view = view_of(result, language)
    summary = view.of(summarise)
    sheets = {sheet.key: sheet for sheet in (*all_sheets(view), view.of(manifest))}
    return _headed(view, summary, tuple(_sections(view, summary, sheets)))


def _calm(view: View) -> str:
    """Return what is said where no gap stands: that there is none, or that nobody knows."""
    if view.knows_nothing:
        return unknown(view)
    if view.shows_today and view.missing.needs:
        return view.pick("What was served this year is not typed.", "Ce qui a été couvert cette année n'est pas saisi.")
    return view.pick(
        "Every need is served, nothing is thrown away.", "Tous les besoins sont couverts, rien n'est jeté."
    )


def first_blocks(view: View, summary: Summary, sheets: Sequence[tuple[str, str]]) -> list[Block | None]:
    """Return what stands on the first sheet of the workbook; ``sheets`` are the others, and what each says."""
    return [
        Text(summary.verdict, Weight.STRONG),
        told(view, summary, top=True),
        figures(view, summary),
        told(view, summary),
        Break(),
        _dependencies(view, summary),
        _parts(view, summary),
        _served(view, summary),
        Index(view.pick("The sheets", "Les feuilles"), sheets),
    ]


def partners_document(result: Result, language: Language) -> Document:
    """Return the sheet for partners and nothing else. Raises ``ValueError`` where the chain has no plan."""
    view = view_of(result, language)
    return replace(_headed(view, view.of(summarise), ()), partners_only=True)


def _headed(view: View, summary: Summary, sections: tuple[Section, ...]) -> Document:
    result = view.result
    names = [readable(result.input_path.name)] if result.input_path else []
    made = document(view, summary.title, summary.subtitle, summary.verdict, sections, names, result.date)
    return replace(made, compares=view.today is not None, network=network(view), partners=partners(view, summary))


def _sections(view: View, summary: Summary, tables: Mapping[str, Sheet]) -> Iterator[Section]:
    pick = view.pick

    def section(key: str, en: str, fr: str, *blocks: Block | None) -> Section:
        return Section(key, pick(en, fr), blocks)

    def sheets(*keys: str, opened: bool = False, rows: int = 0) -> list[Table]:
        return [Table(tables[key], opened, rows) for key in keys if key in tables and tables[key].height]

    yield section("key", "Headline figures", "Chiffres clés", told(view, summary, top=True), figures(view, summary),
                  told(view, summary), *sheets("doubtful", opened=True))  # fmt: skip
    yield section(
        "actions",
        "What to do, step by step",
        "Plan d'action",
        *sheets("actions", opened=True),
        *sheets("more_actions", "new_grants", "deciders", "action_steps"),
    )
    yield section("agreement", "How this year's figures agree", "Cohérence des chiffres de cette année",
                  *texts(text for text, _ in reconciliation_lines(view)),
                  *sheets("unmeasured", "reconciled", "declarations", opened=True, rows=20))  # fmt: skip
    yield section("chain", "The chain", "La filière", Sankey(), *sheets("relations", "relations_by_period"))
    if sum(actor.latitude is not None and actor.longitude is not None for actor in view.chain.actors.values()) > 1:
        yield section("map", "The map", "La carte", Map())
    yield section("origin", "Local or outside", "Local ou extérieur", _dependence(view, summary), _origins(view),
                  *sheets("products", "stages"))  # fmt: skip
    yield section(
        "capacity",
        "Use of capacity",
        "Capacités utilisées",
        _capacity(view, tables["activities"]),
        *sheets("means", "choices", "activities"),
    )
    gaps = sheets("unmet", "discarded", "left_over", "deficits", opened=True)
    left = ("What today does not serve", "Ce qui n'est pas couvert cette année")
    left = left if view.shows_today else ("What the plan does not serve", "Ce que le plan ne couvre pas")
    yield section("gaps", *left, _groups(view, summary),
                  *(gaps or texts([_calm(view)])), *sheets("canteens", "needs", "groups"))  # fmt: skip
    yield section("why", "What holds the plan back", "Ce qui freine le plan", *_lines(view, held_lines),
                  *sheets("levers"))  # fmt: skip
    yield section("asked", *ASKED, *_lines(view, asked_lines), *sheets("asked"))
    yield section("ranges", "How free the plan is", "À quel point le plan est libre", *_lines(view, free_lines),
                  *sheets("ranges"))  # fmt: skip
    yield section("projects", "Projects and enlargements", "Projets et extensions", *sheets("projects", opened=True))
    yield section("members", "Members and other actors", "Acteurs",
                  *sheets("gains", "member_changes", opened=True, rows=21),
                  *sheets("members", "dependences", "funding"))  # fmt: skip
    yield section("network", "On whom what is served depends", "De qui dépend ce qui est servi",
                  *sheets("key_actors", opened=True, rows=20))  # fmt: skip
    yield section("indicators", "Indicators and their definitions", "Indicateurs et définitions",
                  *sheets("indicators", opened=True, rows=60), *sheets("dictionary"))  # fmt: skip
    yield section("assumptions", "Assumptions and how sure they are", "Hypothèses et confiance",
                  *sheets("assumptions", opened=True))  # fmt: skip
    yield section(
        "made",
        "How it was made",
        "Comment c'est fait",
        *sheets("objectives", "rules", "growth", "balances", "manifest"),
    )


def _lines(view: View, said: Callable[[Explanation, Language], list[str]]) -> list[Text]:
    """Why the plan is what it is, in words; nothing where nobody asked."""
    explained = view.result.explanation
    return texts(said(explained, view.language)) if explained is not None else []


def _dependence(view: View, summary: Summary) -> Bars | None:
    """Return the three dependencies, what is private and what is public apart, today above the plan."""
    pick = view.pick
    rows: list[str] = []
    private: list[Figure] = []
    public: list[Figure] = []
    by_key = {h.key: h for h in summary.headlines}
    for side in ("upstream", "downstream", "funding"):
        head = by_key[side]
        if head.plan is None:
            continue
        for when, take in ((pick("today", "cette année"), False), (pick("plan", "plan"), True)):
            if not take and (view.today is None or head.today is None):
                continue
            label = head.label if view.today is None else f"{head.label} – {when}"
            rows.append(label)
            for sector, values in (("private", private), ("public", public)):
                part = by_key.get(f"{side}_{sector}")
                values.append((part.plan if take else part.today) if part else 0.0)
    title = pick("Dependency on the outside", "Dépendance envers l'extérieur")
    return bars(title, pick("Dependency", "Dépendance"), rows, [
        Series(pick("Outside, private", "Extérieur privé"), Look.OUTSIDE, private),
        Series(pick("Outside, public", "Extérieur public"), Look.PUBLIC, public),
    ], stacked=True, total=pick("Total", "Total"))  # fmt: skip


def _origins(view: View) -> Bars | None:
    pick = view.pick
    found = contributors.origins(view.accounts)
    before = {o.product: o.share for o in contributors.origins(view.today)} if view.today is not None else {}
    drawn = [
        Series(pick("Inside", "Territoire"), Look.INSIDE, [o.share for o in found]),
        Series(pick("Outside", "Extérieur"), Look.OUTSIDE, [1.0 - o.share for o in found]),
    ]
    if before:
        today = pick("Inside, today", "Territoire, cette année")
        drawn.append(Series(today, Look.BEFORE, [before.get(o.product) for o in found]))
    title = pick("Where products come from", "D'où viennent les produits")
    return bars(title, pick("Product", "Produit"), [o.product for o in found], drawn, stacked=True, most=14)


def _capacity(view: View, sheet: Sheet) -> Bars | None:
    columns = {column.key: column.values for column in sheet.filled()}
    if "use" not in columns:
        return None
    pick, drawn = view.pick, []

    def figures(key: str) -> list[Figure]:
        return [rounded(value) if isinstance(value, int | float) else None for value in columns[key]]

    use, capacity = figures("use"), figures("capacity")
    used = [(i, share) for i, share in enumerate(use) if share is not None]
    spots = [i for i, _ in sorted(used, key=lambda one: -one[1])]
    now = pick("Today", "Cette année") if view.shows_today else pick("Plan", "Plan")
    drawn.append(Series(now, Look.PLAN, [use[i] for i in spots]))
    if "today" in columns:
        # What today's level takes of the plan's capacity.
        levels = figures("today")
        before = [level / full if (level := levels[i]) is not None and (full := capacity[i]) else None for i in spots]
        drawn.append(Series(pick("Today", "Cette année"), Look.BEFORE, before))
    rows = [f"{columns['process'][i]} ({columns['actor'][i]})" for i in spots]
    title = pick("Use of capacity", "Capacités utilisées")
    return bars(title, pick("Activity", "Activité"), rows, drawn, most=16, limit=True)


def _groups(view: View, summary: Summary) -> Bars | None:
    pick = view.pick
    now = pick("Today", "Cette année") if view.shows_today else pick("Plan", "Plan")
    drawn = [Series(now, Look.PLAN, [share for _, _, share in summary.groups])]
    if view.today is not None:
        drawn.append(Series(pick("Today", "Cette année"), Look.BEFORE, [before for _, before, _ in summary.groups]))
    title = pick("Needs served, by group of users", "Besoins couverts, par groupe d'usagers")
    return bars(title, pick("Group", "Groupe"), [g for g, _, _ in summary.groups], drawn, most=16, limit=True)


def _dependencies(view: View, summary: Summary) -> Bars | None:
    """Return the three dependencies whole, as a sheet shows them."""
    rows = [row for key in ("upstream", "downstream", "funding") if (row := summary.headline(key)).plan is not None]
    now = view.pick("Today", "Cette année") if view.shows_today else view.pick("Plan", "Plan")
    drawn = [Series(now, Look.OUTSIDE, [row.plan for row in rows])]
    if view.today is not None:
        drawn.insert(0, Series(view.pick("Today", "Cette année"), Look.BEFORE, [row.today for row in rows]))
    title = view.pick("Dependency on the outside", "Dépendance envers l'extérieur")
    return bars(title, view.pick("Dependency", "Dépendance"), [row.label for row in rows], drawn, upright=True)


def _parts(view: View, summary: Summary) -> Bars | None:
    """Return where the first products come from, as a sheet shows it."""
    pick, found = view.pick, summary.origins
    return bars(pick("Where products come from", "D'où viennent les produits"), pick("Product", "Produit"),
                [one.product for one in found], [
                    Series(pick("Inside", "Territoire"), Look.INSIDE, [one.share for one in found]),
                    Series(pick("Outside", "Extérieur"), Look.OUTSIDE, [1.0 - one.share for one in found]),
                ], stacked=True)  # fmt: skip


def _served(view: View, summary: Summary) -> Bars | None:
    """Return what the first groups are served, as a sheet shows it."""
    pick, found = view.pick, summary.groups[:_GROUPS]
    now = pick("Today", "Cette année") if view.shows_today else pick("Plan", "Plan")
    drawn = [Series(now, Look.PLAN, [share for _, _, share in found])]
    if view.today is not None:
        drawn.insert(0, Series(pick("Today", "Cette année"), Look.BEFORE, [before for _, before, _ in found]))
    title = pick("Needs served, by group", "Besoins couverts, par groupe")
    return bars(title, pick("Group", "Groupe"), [group for group, _, _ in found], drawn)
