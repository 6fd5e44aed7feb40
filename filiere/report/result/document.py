"""What a result's page holds, section by section, in one language: plain values that the script draws."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata
from typing import Any

from filiere.language import readable
from filiere.problems import Cell
from filiere.report.explain.words import SHOWN, lever_line, verdict_line
from filiere.report.page.words import SCENARIO, page_words, source_line, whose
from filiere.report.result import contributors
from filiere.report.result.network import network, rounded
from filiere.report.result.partners import partners
from filiere.report.result.summary import Summary, summarise
from filiere.report.result.tables.manifest import manifest, scenario
from filiere.report.result.tables.order import all_sheets
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.today.words import reconciliation_lines
from filiere.report.view import View

Block = dict[str, Any]
Section = tuple[str, str, Sequence[Block | None]]
"""An id, a title, and blocks."""
_DUST = 1e-9
"""Bars below this share of the longest are rounding, not effects."""


def result_document(view: View) -> dict[str, Any]:
    """Return the page of a result: its words, its heading and its sections. Raises ``ValueError`` without a plan."""
    summary = summarise(view)
    tables = {sheet.key: table(sheet) for sheet in (*all_sheets(view), manifest(view))}
    result = view.result
    names = [readable(result.input_path.name)] if result.input_path else []
    made = document(view, summary.title, summary.subtitle, summary.verdict, _sections(view, summary, tables), names,
                    result.date)  # fmt: skip
    return made | {"compares": view.today is not None, "network": network(view), "partners": partners(view, summary)}


def only_partners(view: View) -> dict[str, Any]:
    """Return the page that is the sheet for partners and nothing else."""
    summary = summarise(view)
    names = [readable(view.result.input_path.name)] if view.result.input_path else []
    made = document(view, summary.title, summary.subtitle, summary.verdict, (), names, view.result.date)
    told = {"compares": view.today is not None, "network": network(view), "partners": partners(view, summary)}
    return made | told | {"only": True}


def document(
    view: View, title: str, subtitle: str, verdict: str, sections: Iterable[Section],
    names: Iterable[str] = (), date: dt.date | None = None, scenarios: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return a page from its sections, each an id, a title and blocks; what is empty is left out.

    ``names`` are the workbooks it rests on, for the line that says where its figures come from.
    """
    version = metadata.version("filiere")
    case = scenario(view) if scenarios is None else scenarios
    return {
        "words": page_words(view),
        "title": title,
        "subtitle": subtitle,
        "verdict": verdict,
        "whose": whose(view.chain),
        "source": source_line(view, names, case, version, date),
        "version": version,
        "compares": False,
        "sections": [
            {"id": key, "title": said, "blocks": kept}
            for key, said, blocks in sections
            if (kept := [block for block in blocks if block])
        ],
    }


def territory_and_case(view: View) -> str:
    """Return the territory and the scenario in one line."""
    case = view.set(SCENARIO.fill(name=scenario(view)))
    return " · ".join(part for part in (view.chain.settings.territory, case) if part)


def table(sheet: Sheet) -> Block:
    """Return a sheet as a block; columns without a value are left out."""
    return {
        "type": "table",
        "key": sheet.key,
        "title": sheet.title,
        "columns": [column(c) for c in sheet.filled()],
        "height": sheet.height,
        "frozen": sheet.frozen,
        "inside": list(sheet.inside),
        "outside": list(sheet.outside),
        "warned": list(sheet.warned),
    }


def column(source: Column) -> dict[str, Any]:
    """Return a column: key, heading, how it is shown, values."""
    made: dict[str, Any] = {
        "key": source.key,
        "heading": source.heading,
        "show": source.show.value,
        "values": [_plain(v) for v in source.values],
    }
    if source.shows:
        made["shows"] = [show.value for show in source.shows]
    return made


def _plain(value: Value) -> str | float | None:
    if isinstance(value, Cell):
        return str(value)
    if value is None or isinstance(value, str):
        return value
    return rounded(float(value)) if math.isfinite(value) else None


def _sections(view: View, summary: Summary, tables: Mapping[str, Block]) -> Iterator[Section]:
    pick = view.pick

    def section(key: str, en: str, fr: str, *blocks: Block | None) -> Section:
        return key, pick(en, fr), blocks

    def sheets(*keys: str, opened: bool = False, rows: int = 0) -> list[Block]:
        return [
            tables[key] | {"opened": opened, "rows": rows} for key in keys if key in tables and tables[key]["height"]
        ]

    yield section("key", "Headline figures", "Chiffres clés", _remarks(summary, top=True),
                  _figures(summary), _remarks(summary), *sheets("doubtful", opened=True))  # fmt: skip
    yield section(
        "actions",
        "What to do, step by step",
        "Plan d'action",
        *sheets("actions", opened=True),
        *sheets("more_actions", "action_steps"),
    )
    yield section("agreement", "How this year's figures agree", "Cohérence des chiffres de cette année",
                  *({"type": "text", "text": text} for text, _ in reconciliation_lines(view)),
                  *sheets("reconciled", "unmeasured", "declarations", opened=True, rows=20))  # fmt: skip
    yield section("chain", "The chain", "La filière", {"type": "sankey"}, *sheets("relations", "relations_by_period"))
    if sum(actor.latitude is not None and actor.longitude is not None for actor in view.chain.actors.values()) > 1:
        yield section("map", "The map", "La carte", {"type": "map"})
    yield section("origin", "Local or outside", "Local ou extérieur", _dependence(view, summary), _origins(view),
                  *sheets("products", "stages"))  # fmt: skip
    yield section(
        "capacity",
        "Use of capacity",
        "Capacités utilisées",
        _capacity(view, tables),
        *sheets("means", "choices", "activities"),
    )
    gaps = sheets("unmet", "discarded", "left_over", "deficits", opened=True)
    left = ("What today does not serve", "Ce qui n'est pas couvert cette année")
    left = left if view.shows_today else ("What the plan does not serve", "Ce que le plan ne couvre pas")
    calm = pick("Every need is served, nothing is thrown away.", "Tous les besoins sont couverts, rien n'est jeté.")
    yield section("gaps", *left, _groups(view, summary),
                  *(gaps or [{"type": "text", "text": calm}]), *sheets("canteens", "needs", "groups"))  # fmt: skip
    yield section("why", "What holds the plan back", "Ce qui freine le plan", *_lines(view, levers=True),
                  *sheets("levers"))  # fmt: skip
    yield section("ranges", "How free the plan is", "À quel point le plan est libre", *_lines(view, levers=False),
                  *sheets("ranges"))  # fmt: skip
    yield section("projects", "Projects and enlargements", "Projets et extensions", *sheets("projects", opened=True))
    yield section("members", "Members and other actors", "Acteurs", *sheets("member_changes", opened=True, rows=21),
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


def _lines(view: View, levers: bool) -> list[Block]:
    """The first levers, or how free the plan is, in words."""
    explained = view.result.explanation
    if explained is None:
        return []
    if levers:
        told = [lever_line(view.chain, lever, view.language) for lever in explained.levers[:SHOWN]]
    else:
        told = [verdict_line(explained.freedom, view.language)] if explained.freedom else []
    return [{"type": "text", "text": text} for text in told]


def _figures(summary: Summary) -> Block:
    cards: list[dict[str, Any]] = []
    for headline in summary.headlines:
        card = {"key": headline.key, "label": headline.label, "show": headline.show.value,
                "plan": headline.plan, "today": headline.today, "sentence": headline.sentence}  # fmt: skip
        if headline.part and cards:
            cards[-1]["parts"].append(card)
        else:
            cards.append(card | {"parts": []})
    return {"type": "figures", "cards": cards}


def _remarks(summary: Summary, top: bool = False) -> Block | None:
    """What must be read before any figure, or the rest."""
    rows = [{"label": r.label, "text": r.text, "warned": r.warned} for r in summary.remarks if r.top == top]
    return {"type": "remarks", "rows": rows} if rows else None


def bars(title: str, what: str, rows: list[str], series: list[dict[str, Any]], **more: Any) -> Block | None:
    """Return a bar chart with its table: one bar a row and series; None without rows.

    A series has ``name``, ``look`` (inside, outside, public, before, plan) and ``values`` (shares, None: none).
    """
    kept = [one for one in series if any(v is not None for v in one["values"])]
    return {"type": "bars", "title": title, "what": what, "rows": rows, "series": kept, **more} if rows else None


def series(name: str, look: str, values: list[float | None]) -> dict[str, Any]:
    """Return one series of a bar chart."""
    return {"name": name, "look": look, "values": [None if v is None else rounded(v) for v in values]}


def tornado(
    title: str, what: str, heading: str, show: Show, rows: list[str], values: list[float], better: int, most: int = 12
) -> Block | None:
    """Return bars that run both ways from nought, the largest first; None where all values are 0.

    ``better`` is 1 where more is better, -1 where less is, 0 where neither.
    """
    order = sorted(range(len(rows)), key=lambda i: -abs(values[i]))
    kept = [i for i in order if abs(values[i]) > _DUST * abs(values[order[0]])]
    return {
        "type": "tornado", "title": title, "what": what, "heading": heading, "show": show.value, "better": better,
        "most": most, "rows": [rows[i] for i in kept], "values": [rounded(values[i]) for i in kept],
    } if kept else None  # fmt: skip


def _dependence(view: View, summary: Summary) -> Block | None:
    """Return the three dependencies, what is private and what is public apart, today above the plan."""
    pick = view.pick
    rows: list[str] = []
    private: list[float | None] = []
    public: list[float | None] = []
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
        series(pick("Outside, private", "Extérieur privé"), "outside", private),
        series(pick("Outside, public", "Extérieur public"), "public", public),
    ], stacked=True, total=pick("Total", "Total"))  # fmt: skip


def _origins(view: View) -> Block | None:
    pick = view.pick
    found = contributors.origins(view.accounts)
    before = {o.product: o.share for o in contributors.origins(view.today)} if view.today is not None else {}
    drawn = [
        series(pick("Inside", "Territoire"), "inside", [o.share for o in found]),
        series(pick("Outside", "Extérieur"), "outside", [1.0 - o.share for o in found]),
    ]
    if before:
        today = pick("Inside, today", "Territoire, cette année")
        drawn.append(series(today, "before", [before.get(o.product) for o in found]))
    title = pick("Where products come from", "D'où viennent les produits")
    return bars(title, pick("Product", "Produit"), [o.product for o in found], drawn, stacked=True, most=14)


def _capacity(view: View, tables: Mapping[str, Block]) -> Block | None:
    columns = {c["key"]: c for c in tables["activities"]["columns"]}
    if "use" not in columns:
        return None
    pick = view.pick
    use, process, actor = (columns[key]["values"] for key in ("use", "process", "actor"))
    spots = sorted((i for i, share in enumerate(use) if share is not None), key=lambda i: -float(use[i]))
    capacity, today = columns["capacity"]["values"], columns.get("today", {}).get("values")
    drawn = [series(pick("Today", "Cette année") if view.shows_today else pick("Plan", "Plan"), "plan",
                      [float(use[i]) for i in spots])]  # fmt: skip
    if today:
        # What today's level takes of the plan's capacity.
        before = [today[i] / capacity[i] if today[i] is not None else None for i in spots]
        drawn.append(series(pick("Today", "Cette année"), "before", before))
    rows = [f"{process[i]} ({actor[i]})" for i in spots]
    title = pick("Use of capacity", "Capacités utilisées")
    return bars(title, pick("Activity", "Activité"), rows, drawn, most=16, limit=True)


def _groups(view: View, summary: Summary) -> Block | None:
    pick = view.pick
    now = pick("Today", "Cette année") if view.shows_today else pick("Plan", "Plan")
    drawn = [series(now, "plan", [share for _, _, share in summary.groups])]
    if view.today is not None:
        drawn.append(series(pick("Today", "Cette année"), "before", [before for _, before, _ in summary.groups]))
    title = pick("Needs served, by group of users", "Besoins couverts, par groupe d'usagers")
    return bars(title, pick("Group", "Groupe"), [g for g, _, _ in summary.groups], drawn, most=16, limit=True)
