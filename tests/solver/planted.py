"""Small chains with something planted in them that cannot hold, or that feeds on itself.

One working chain (wheat, flour, bread for a school) and edits of its tables, written as rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from filiere.chain.chain import Chain
from tests.sheets import chain as read

Rows = dict[str, list[dict[str, Any]]]
Edit = tuple[str, int | None, dict[str, Any] | None]
"""(sheet, row to change or None for a new one, columns to set or None to drop the row)."""

BASE: Rows = {
    "Settings": [{"setting": "name", "value": "bread"}],
    "Actors": [
        {"actor": "Farm", "perimeter": "member"},
        {"actor": "Mill", "perimeter": "member"},
        {"actor": "Bakery", "perimeter": "member"},
        {"actor": "School", "perimeter": "local"},
        {"actor": "Importer", "perimeter": "external"},
    ],
    "Products": [
        {"product": "wheat", "unit": "t", "price": 200, "kind": "primary"},
        {"product": "flour", "unit": "t", "price": 500},
        {"product": "bread", "unit": "t", "price": 2000},
    ],
    "Processes": [
        {"process": "milling", "actor": "Mill", "capacity": 100},
        {"process": "baking", "actor": "Bakery", "capacity": 100},
    ],
    "Recipes": [
        {"process": "milling", "product": "wheat", "input": 1},
        {"process": "milling", "product": "flour", "output": 0.8},
        {"process": "baking", "product": "flour", "input": 1},
        {"process": "baking", "product": "bread", "output": 1.2},
    ],
    "Links": [
        {"from": "Farm", "to": "Mill", "product": "wheat"},
        {"from": "Mill", "to": "Bakery", "product": "flour"},
        {"from": "Bakery", "to": "School", "product": "bread"},
    ],
    "Offers": [{"actor": "Farm", "product": "wheat", "maximum": 100}],
    "Needs": [{"actor": "School", "product": "bread", "quantity": 60, "obligation": "must"}],
}
"""60 t of bread take 50 t of flour, which takes 62.5 t of wheat."""

SEASONS: tuple[Edit, ...] = (
    ("Periods", None, {"period": "winter", "share": 0.5}),
    ("Periods", None, {"period": "summer", "share": 0.5}),
    ("Profiles", None, {"profile": "cold", "kind": "spread", "winter": 0.8, "summer": 0.2}),
    ("Profiles", None, {"profile": "warm", "kind": "spread", "winter": 0, "summer": 1}),
    ("Profiles", None, {"profile": "open in summer", "kind": "availability", "winter": 0, "summer": 1}),
)


@dataclass(frozen=True)
class Planted:
    """A chain and, where it was worked out by hand, the cells that clash and the cell to change with its figure."""

    name: str
    edits: tuple[Edit, ...]
    cells: frozenset[str] | None = None
    repair: dict[str, float] | None = None
    surpluses: tuple[tuple[str, float], ...] = ()
    """What is asked of the receipts of actors, less their outlays: no cell asks it, an option of a command does."""

    @property
    def chain(self) -> Chain:
        chain = read(markdown(*self.edits))
        asked = {name: replace(chain.actors[name], least_surplus=least) for name, least in self.surpluses}
        return replace(chain, actors={**chain.actors, **asked})


def markdown(*edits: Edit) -> str:
    """Return the chain after some edits, as ``tests.sheets`` reads it."""
    rows: Rows = {sheet: [dict(row) for row in own] for sheet, own in BASE.items()}
    for sheet, number, columns in edits:
        own = rows.setdefault(sheet, [])
        if number is None:
            own.append(dict(columns or {}))
        elif columns is None:
            own[number] = {}
        else:
            own[number] |= columns
    return "\n".join(_table(sheet, [row for row in own if row]) for sheet, own in rows.items())


def _table(sheet: str, rows: list[dict[str, Any]]) -> str:
    headings = list(dict.fromkeys(column for row in rows for column in row))
    lines = ["| " + " | ".join(headings) + " |"]
    lines += ["| " + " | ".join(_text(row.get(column)) for column in headings) + " |" for row in rows]
    return f"## {sheet}\n" + "\n".join(lines)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def make(actor: str, product: str, **columns: Any) -> tuple[Edit, ...]:
    """An activity that makes one product of nothing."""
    name = f"{product} of {actor}"
    return (
        ("Processes", None, {"process": name, "actor": actor, **columns}),
        ("Recipes", None, {"process": name, "product": product, "output": 1}),
    )


def rule(**columns: Any) -> Edit:
    return ("Limits", None, {"limit": "our rule", **columns})


def cells(*names: str) -> frozenset[str]:
    return frozenset(names)


SECOND_SCHOOL: tuple[Edit, ...] = (
    ("Actors", None, {"actor": "College", "perimeter": "local"}),
    ("Links", None, {"from": "Bakery", "to": "College", "product": "bread"}),
    ("Needs", None, {"actor": "College", "product": "bread", "quantity": 72, "obligation": "must"}),
)

IMPORTS: tuple[Edit, ...] = (("Links", None, {"from": "Importer", "to": "School", "product": "bread", "price": 3000}),)

INFEASIBLE: tuple[Planted, ...] = (
    Planted("a capacity", (("Processes", 0, {"capacity": 50}),), cells("Processes!C2", "Needs!C2"), {"Needs!C2": 48}),
    Planted("a later capacity", (("Processes", 1, {"capacity": 40}),), cells("Processes!C3", "Needs!C2")),
    Planted("an offer", (("Offers", 0, {"maximum": 60}),), cells("Offers!C2", "Needs!C2"), {"Needs!C2": 57.6}),
    Planted("a first link", (("Links", 0, {"maximum": 10}),), cells("Links!D2", "Needs!C2")),
    Planted("a last link", (("Links", 2, {"maximum": 59}),), cells("Links!D4", "Needs!C2"), {"Needs!C2": 59}),
    Planted("a link's minimum", (("Links", 2, {"minimum": 61}),), cells("Links!D4", "Needs!C2")),
    Planted("an activity's minimum", (("Processes", 1, {"minimum": 60}),), cells("Processes!D3", "Needs!C2")),
    Planted(
        "a minimum above the capacity", (("Links", 0, {"minimum": 110}), ("Offers", 0, {"maximum": 200})),
        cells("Processes!C2", "Links!D2"), {"Links!D2": 62.5},
    ),
    Planted("two needs", SECOND_SCHOOL, None, {"Needs!C3": 36}),
    Planted(
        "two needs and two capacities",
        (*SECOND_SCHOOL, ("Processes", 1, {"capacity": 105}), ("Processes", 0, {"capacity": 200})),
        None, {"Needs!C3": 36},
    ),
    Planted(
        "a season", (*SEASONS, ("Needs", 0, {"profile": "cold"}), ("Processes", 1, {"capacity": 60})),
        cells("Processes!C3", "Needs!C2"), {"Needs!C2": 45},
    ),
    Planted("a closed season", (*SEASONS, ("Processes", 1, {"capacity": None, "availability": "warm"}))),
    Planted("a closed season with a capacity", (*SEASONS, ("Processes", 1, {"availability": "open in summer"}))),
    Planted("a harvest", (*SEASONS, ("Offers", 0, {"profile": "warm"})), cells("Needs!C2")),
    Planted(
        "a small store",
        (*SEASONS, ("Offers", 0, {"profile": "warm"}), ("Storage", None, {"actor": "Mill", "product": "wheat", "capacity": 20})),
        cells("Storage!C2", "Needs!C2"), {"Needs!C2": 38.4},
    ),
    Planted(
        "a final stock",
        (("Storage", None, {"actor": "Mill", "product": "wheat", "initial": 10, "final": 60}),),
        cells("Offers!C2", "Storage!D2", "Needs!C2"),
    ),
    Planted(
        "no build-up",
        (
            ("Storage", None, {"actor": "Mill", "product": "wheat", "initial": 10}),
            ("Links", 0, {"minimum": 80}),
        ),
        cells("Storage!C2", "Links!D2", "Needs!C2"),
    ),
    Planted(
        "a budget", (("Actors", 3, {"balanced_budget": "yes", "reserve": 1000}),), cells("Actors!C5", "Needs!C2")
    ),
    Planted(
        "a grant",
        (
            ("Actors", 3, {"balanced_budget": "yes"}),
            ("Funding", None, {"funder": "Importer", "actor": "School", "maximum": 90000}),
        ),
        cells("Actors!C5", "Funding!C2", "Needs!C2"), {"Needs!C2": 45},
    ),
    Planted(
        "a promise too large",
        (
            ("Actors", 3, {"balanced_budget": "wish"}),
            ("Actors", 2, {"balanced_budget": "yes"}),
            ("Funding", None, {"funder": "Bakery", "actor": "School", "minimum": 500000}),
        ),
    ),
    Planted(
        "an aid per post",
        (
            ("Actors", 3, {"balanced_budget": "yes"}),
            ("Funding", None, {"funder": "Importer", "actor": "School", "process": "baking", "unit_amount": 1000}),
        ),
        cells("Actors!C5", "Funding!D2", "Needs!C2"),
    ),
    Planted("a rule", (rule(measure="quantity", product="wheat", sense="<=", value=50),), cells("Limits!E2", "Needs!C2")),
    Planted(
        "a share", (*IMPORTS, ("Processes", 1, {"capacity": 20}),
                    rule(measure="value", **{"from": "local"}, to="School", sense=">=", value=0.5, basis="purchases"))
    ),
    Planted(
        "a share and a capacity",
        (*IMPORTS, ("Processes", 1, {"capacity": 20}),
         rule(measure="quantity", **{"from": "Bakery"}, to="School", sense=">=", value=0.5, basis="purchases")),
        cells("Processes!C3", "Limits!F2", "Needs!C2"),
    ),
    Planted(
        "an exact share and a link",
        (("Links", None, {"from": "Importer", "to": "School", "product": "bread", "price": 3000, "maximum": 10}),
         rule(measure="quantity", **{"from": "Bakery"}, to="School", sense="=", value=0.5, basis="purchases")),
        cells("Links!E5", "Limits!F2", "Needs!C2"),
    ),
    Planted(
        "a surplus as today", (("Links", 0, {"price": 200}), ("Links", 1, {"price": 500})), surpluses=(("Mill", 15_000),),
    ),
    Planted("an equality", (rule(measure="level", process="milling", sense="=", value=70),)),
    Planted(
        "posts", (("Processes", 1, {"jobs": 0.1}), rule(measure="jobs", sense=">=", value=6)), cells("Limits!D2", "Needs!C2")
    ),
    Planted(
        "continuity",
        (("Settings", None, {"setting": "continuity", "value": 1}), ("Links", 2, {"today": 70})),
        cells("Links!D4", "Needs!C2"),
    ),
    Planted("a project too small", (("Processes", 1, {"status": "candidate", "capacity": 40}),), cells("Processes!C3", "Needs!C2")),
    Planted(
        "a project not allowed",
        (("Processes", 1, {"status": "candidate"}), rule(measure="opened", sense="<=", value=0)),
        cells("Limits!D2", "Needs!C2"),
    ),
    Planted(
        "two projects where one is allowed",
        (
            ("Processes", 1, {"status": "candidate", "capacity": 30}),
            *make("Bakery", "bread", status="candidate", capacity=40),
            rule(measure="opened", sense="<=", value=1),
        ),
    ),
    Planted(
        "projects and what they cost",
        (
            ("Processes", 0, {"status": "candidate", "investment": 500}),
            ("Processes", 1, {"status": "candidate", "investment": 700}),
            rule(measure="investment", sense="<=", value=1000),
        ),
        cells("Limits!D2", "Needs!C2"), {"Limits!D2": 1200},
    ),
    # 61 t take 50.83 runs: within 50.9, but 51 in whole ones, which would leave 0.2 t over. Without any of the three,
    # the whole runs among them, the other two hold.
    Planted(
        "whole runs", (("Processes", 1, {"whole": "yes", "capacity": 50.9}), ("Needs", 0, {"quantity": 61})),
        cells("Processes!C3", "Processes!D3", "Needs!C2"),
    ),
    Planted("a round with a minimum", (("Links", 2, {"status": "candidate", "maximum": 90, "minimum": 70}),)),
    Planted("a round too small", (("Links", 2, {"status": "candidate", "maximum": 30}),), cells("Links!E4", "Needs!C2")),
    Planted(
        "an enlargement",
        (("Processes", 1, {"status": "scalable", "capacity": 20, "expansion_max": 20}),),
        cells("Processes!C3", "Processes!E3", "Needs!C2"),
    ),
    Planted("free calendars", (*SEASONS, ("Needs", 0, {"profile": "free"}), ("Processes", 0, {"capacity": 60, "availability": "free"}))),
    Planted(
        "an outsider without a link",
        (("Needs", None, {"actor": "Importer", "product": "bread", "quantity": 5, "obligation": "must"}),),
        cells("Needs!C3"), {"Needs!C3": 0},
    ),
    Planted(
        "two reasons",
        (
            ("Links", 0, {"minimum": 120}),
            ("Needs", None, {"actor": "Importer", "product": "flour", "quantity": 5, "obligation": "must"}),
        ),
        cells("Needs!C3"), {"Links!D2": 62.5, "Needs!C3": 0},
    ),
    Planted(
        "a row for every pair",
        (("Links", 2, None), ("Links", None, {"from": "*", "to": "*", "product": "bread", "maximum": 30})),
        cells("Links!D4", "Needs!C2"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Endless:
    """A chain that feeds on itself: what goes round, in order, and what one turn brings."""

    name: str
    edits: tuple[Edit, ...]
    loop: tuple[str, ...]
    gain: float
    objective: str = "jobs"

    @property
    def text(self) -> str:
        return markdown(*self.edits, *_ranks("unmet", self.objective))

    @property
    def chain(self) -> Chain:
        return read(self.text)


def _ranks(*names: str) -> tuple[Edit, ...]:
    split = [name.partition("; ") for name in names]
    return tuple(
        ("Objectives", None, {"rank": i, "objective": name, "sense": sense or None})
        for i, (name, _, sense) in enumerate(split, start=1)
    )


WIDE: tuple[Edit, ...] = (
    ("Offers", 0, {"maximum": None}),
    ("Processes", 0, {"capacity": None}),
    ("Processes", 1, {"capacity": None}),
)
"""No capacity and no end of wheat."""

OUTLET: Edit = ("Needs", None, {"actor": "School", "product": "bread", "obligation": "outlet"})
POSTS: Edit = ("Processes", 1, {"jobs": 0.5})
TO_SCHOOL = (
    "offered Farm wheat", "flow Farm Mill wheat", "level milling Mill", "flow Mill Bakery flour", "level baking Bakery",
    "flow Bakery School bread", "served School bread",
)  # fmt: skip
DEALER: tuple[Edit, ...] = (
    ("Actors", None, {"actor": "Exporter", "perimeter": "external"}),
    ("Links", None, {"from": "Importer", "to": "Bakery", "product": "bread", "price": 1500}),
    ("Links", None, {"from": "Bakery", "to": "Exporter", "product": "bread", "price": 1800}),
)
STALE: tuple[Edit, ...] = (
    ("Processes", None, {"process": "reviving", "actor": "Bakery", "jobs": 1}),
    ("Recipes", None, {"process": "reviving", "product": "bread", "input": 1}),
    ("Recipes", None, {"process": "reviving", "product": "flour", "output": 1}),
)
"""Bread back into flour: more flour than went in, since a tonne of it makes 1.2 of bread."""

UNBOUNDED: tuple[Endless, ...] = (
    # The largest member, 1.25 t of wheat for a tonne of flour, counts 1: 0.8 baked, half a post each.
    Endless("posts for nobody", (*WIDE, OUTLET, POSTS), TO_SCHOOL, 0.8 / 1.0 * 0.5),
    Endless("posts in whole runs", (*WIDE, OUTLET, ("Processes", 1, {"jobs": 0.5, "whole": "yes"})), TO_SCHOOL, 0.4),
    Endless(
        "posts beside a project",
        (*WIDE, OUTLET, POSTS, *make("Farm", "flour", status="candidate", capacity=10, fixed_cost=5)), TO_SCHOOL, 0.4,
    ),
    Endless("a dealer", DEALER, ("flow Importer Bakery bread", "flow Bakery Exporter bread"), 300, "cost"),
    Endless(
        "an outlet that pays",
        (*WIDE, ("Needs", None, {"actor": "School", "product": "bread", "obligation": "outlet", "revenue": 100})),
        TO_SCHOOL, 96, "cost",
    ),
    Endless(
        "bread of bread", (*STALE, ("Processes", 1, {"capacity": None, "jobs": 1}), ("Products", 1, {"may_discard": "yes"})),
        ("level baking Bakery", "level reviving Bakery", "discarded Bakery flour"), 1 + 1 / 1.2,
    ),
    Endless(
        "a measure of our own",
        (*WIDE, OUTLET, ("Processes", 0, {"measure: visits": 3})), TO_SCHOOL, 3, "measure: visits; max",
    ),
    Endless(
        "a sink of carbon", (*WIDE, OUTLET, ("Processes", 1, {"co2": -2})), TO_SCHOOL, 1.6, "co2",
    ),
    Endless(
        "two sellers in a ring",
        (("Links", None, {"from": "Bakery", "to": "Mill", "product": "flour", "measure: trips": 4}),),
        ("flow Bakery Mill flour", "flow Mill Bakery flour"), 4, "measure: trips; max",
    ),
    Endless(
        "taking waste for money",
        (
            ("Products", None, {"product": "rubble", "unit": "t", "price": 0, "kind": "secondary"}),
            ("Links", None, {"from": "Importer", "to": "Farm", "product": "rubble", "price": -30}),
        ),
        ("flow Importer Farm rubble", "discarded Farm rubble"), 30, "cost",
    ),
    Endless(
        "a season without end",
        (*SEASONS, *WIDE, POSTS, ("Processes", 1, {"capacity": 200}), ("Needs", 0, {"period": "summer"}),
         *make("Bakery", "bread", jobs=2, availability="open in summer"),
         ("Needs", None, {"actor": "School", "product": "bread", "obligation": "outlet", "period": "summer"})),
        ("level bread of Bakery Bakery summer", "flow Bakery School bread summer", "served School bread summer"), 2,
    ),
    Endless(
        "an enlargement without end",
        (*WIDE, OUTLET, ("Processes", 1, {"status": "scalable", "capacity": 10, "jobs": 1, "expansion_cost": 5})),
        (*TO_SCHOOL, "expansion baking Bakery"), 0.8,
    ),
)  # fmt: skip
"""Each sells, makes or takes in more, without end; needs are served first."""
