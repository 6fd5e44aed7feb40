"""The machine-readable answer of ``solve`` and ``today``: one object, English keys, plain numbers, null where
undefined.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from filiere.chain.chain import Chain
from filiere.chain.derived.default_objectives import fairness
from filiere.chain.derived.observed import figures_of
from filiere.language import Language
from filiere.problems import Cell
from filiere.report.explain.causes import cause_line, repair_line
from filiere.report.result.payments import compensation
from filiere.report.result.tables.flows.gaps import lost_in_stock
from filiere.report.result.tables.money.canteens import egalim
from filiere.report.today.json import reconciliation_json
from filiere.report.view import view_of
from filiere.result import Result
from filiere.schema import words as w
from filiere.solution.certify.ranks import maximised
from filiere.solution.evaluate import measure_names
from filiere.solution.shares import served_shares
from filiere.solution.solution import CostBound, Mention, Plan, Solution, Status

if TYPE_CHECKING:
    import pandas as pd

    from filiere.analysis.today.action import Action, Refused
    from filiere.indicators.measures import Measures

UNVERIFIED = "unverified"
"""The status of a plan whose certificate failed: whatever the solver said of it, it is not shown as optimal."""


def solution_json(result: Result, language: Language = "en") -> dict[str, Any]:
    """Return the answer as ``json.dumps`` takes it; without a plan its tables are empty and ``conflict`` says why.

    Keys are English in every ``language``, the sentences of ``causes`` and ``repair`` in that one.
    ``status`` is ``optimal``, ``infeasible`` or ``unbounded``, ``time_limit`` for the best plan found (``gap``
    is null where it is not known), or ``unverified`` for a plan whose certificate failed.
    In ``opened`` and ``expanded`` two activities of one name are told apart as ``NAME @ ACTOR``, and a link is
    ``FROM > TO, PRODUCT``.
    """
    solution, certificate = result.solution, result.certificate
    measures = result.measures
    answer: dict[str, Any] = {
        "status": UNVERIFIED if certificate and not certificate.passed else solution.status.value,
        "scenario": result.chain.scenario,
        "objectives": _objectives(result.chain, solution),
        "bound": _bound(solution.bound),
        "indicators": _indicators(result),
        "products": _by_name(measures.products) if measures else {},
        "needs": _needs(result),
        "members": _members(result),
        "key_actors": _by_name(measures.reliance) if measures else {},
        **_plan(result, solution.plan if result.command == "solve" or result.chain.has_today else None),
        "fairness": _fairness(result),
        **_money(result),
        "actions": actions_json(result),
        "certificate": (
            {"max_residual": plain(certificate.max_residual), "passed": certificate.passed} if certificate else None
        ),
        **no_plan_json(result.chain, solution, language),
        "seconds": _seconds(result),
    }
    if result.reconciliation is not None:
        answer |= reconciliation_json(result.chain, result.reconciliation)
    if solution.status is Status.TIME_LIMIT:
        answer["gap"] = plain(solution.gap)
    return answer


def _objectives(chain: Chain, solution: Solution) -> list[dict[str, Any]]:
    """Return every rank in the order solved: the parts of one rank in one entry, closing ones marked."""
    declared = {(objective.rank, objective.key): objective for objective in chain.objectives}
    found: list[dict[str, Any]] = []
    for rank in sorted({r.rank for r in solution.objectives}):
        parts = [r for r in solution.objectives if r.rank == rank]
        sign = {r.objective: -1.0 if maximised(r, declared) and len(parts) > 1 else 1.0 for r in parts}
        entry = {
            "rank": rank,
            "objective": " + ".join(r.objective for r in parts),
            "value": plain(sum(sign[r.objective] * (r.weight if len(parts) > 1 else 1.0) * r.value for r in parts)),
            "final": plain(sum(sign[r.objective] * (r.weight if len(parts) > 1 else 1.0) * r.final for r in parts)),
            "turn": parts[0].turn,
        }
        if len(parts) > 1:
            entry["parts"] = {r.objective: plain(r.value) for r in parts}
        found.append(entry)
    found += [
        {
            "rank": r.rank, "objective": r.objective, "value": plain(r.value), "final": plain(r.final),
            "closing": True, "turn": r.turn,
        }
        for r in solution.closing
    ]  # fmt: skip
    found.sort(key=lambda entry: entry["turn"])
    return [{key: value for key, value in entry.items() if key != "turn"} for entry in found]


def _indicators(result: Result) -> dict[str, Any]:
    """Return every indicator of the chain as a whole: figures, and what comes by product, actor, group, member,
    activity, canteen or rule.
    """
    measures = result.measures
    if measures is None:
        return {}
    figures = {key: plain(value) for key, value in measures.chain.items()}
    shares = egalim(view_of(result, "en"))
    gathered = _gathered(result.chain, measures, figures)
    return figures | gathered | dict(measures.details) | ({"egalim": shares} if shares else {})


def _gathered(chain: Chain, measures: Measures, figures: dict[str, Any]) -> dict[str, Any]:
    """Return indicators under one key each: those of every product or actor by its name, those in two parts or two
    bases, and the figures that go by a shorter name in the definitions.
    """
    by_name = {
        "import_dependency": measures.products["import_dependency"],
        "net_import_dependency": measures.products["net_import_dependency"],
        "self_sufficiency": measures.products["self_sufficiency"],
        "concentration": measures.products["hhi"],
        "multipliers": measures.actors["local_multiplier"],
        "surplus": measures.actors["surplus"],
    }
    return {
        **{key: {str(name): plain(value) for name, value in column.items()} for key, column in by_name.items()},
        "by_sector": {
            side: {sector: figures[f"{side}_dependency_{sector}"] for sector in ("public", "private")}
            for side in ("upstream", "downstream", "funding")
        },
        "loop_closure": figures[f"loop_closure_{chain.settings.circularity_basis.value[0]}"],
        "measures": {name: figures[f"measure: {name}"] for name in measure_names(chain)},
        "transport": figures["tonne_kilometres"],
        "unknown_recipient": figures["unknown_spending_share"],
    }


def _bound(bound: CostBound | None) -> dict[str, Any] | None:
    """Return what the plan may cost, None where nothing bounds it."""
    if bound is None:
        return None
    return {
        "least": plain(bound.least), "today": None if bound.today is None else plain(bound.today),
        "outlays": plain(bound.outlays), "limit": plain(bound.limit), "binds": bound.binds,
    }  # fmt: skip


def no_plan_json(chain: Chain, solution: Solution, language: Language) -> dict[str, Any]:
    """Return what stands in the way of a plan: the clash or the loop, the plain causes, the repair; else empty."""
    return {
        "conflict": [
            {"cell": cell_json(c.cell), "what": " / ".join((c.row, *c.subject)), "change": plain(c.change)}
            for c in solution.conflict
        ],
        "causes": [
            {
                "kind": cause.kind, "asked": _mention(cause.asked), "reached": plain(cause.reached),
                "limits": [_mention(one) for one in cause.limits], "claims": [_mention(one) for one in cause.claims],
                "calendars": [cell_json(one.cell) for one in cause.calendars], "alone": cause.alone,
                "sentence": cause_line(chain, cause, language),
            }
            for cause in solution.causes
        ],
        "repair": [
            {"cell": cell_json(r.cell), "what": " / ".join((r.row, *r.subject)),
             "from": plain(r.before), "to": plain(r.after), "sentence": repair_line(chain, r, language)}
            for r in solution.repair
        ],
        "repair_proved": solution.repair_proved if solution.repair else None,
        "gain": {"objective": solution.gain[0], "per_turn": plain(solution.gain[1])} if solution.gain else None,
    }  # fmt: skip


def _money(result: Result) -> dict[str, Any]:
    """Return each grant with what is had of it today, and what the accounts lack."""
    plan, chain = result.solution.plan, result.chain
    if plan is None:
        return {"grants": [], "deficits": {}, "payments": []}
    given = dict(zip(plan.grants["funding"].astype(int), plan.grants["amount"], strict=True))
    had = dict(enumerate(figures_of(chain).grants))
    return {
        "grants": [
            {"funder": row.funder, "actor": row.actor, "amount": plain(given.get(f, 0.0)), "today": plain(had[f])}
            for f, row in enumerate(chain.funding)
            if given.get(f) or had[f]
        ],
        "deficits": {
            str(actor): plain(amount)
            for actor, amount in zip(plan.deficits["actor"], plan.deficits["amount"], strict=True)
        },
        "payments": [{"from": one.from_, "to": one.to, "amount": plain(one.amount)} for one in compensation(plan)],
    }


def _fairness(result: Result) -> list[dict[str, Any]]:
    """Return the share that each gets of what it wants, where shares are made equal."""
    plan = result.solution.plan
    if plan is None or result.command == "today" or fairness(result.chain) is w.Fairness.NO:
        return []
    shares = served_shares(result.chain, plan)
    return [{"actor": one.actor, "product": one.product, "share": plain(one.share)} for one in shares]


def cell_json(cell: Cell | None) -> str | None:
    """Return a cell as ``Sheet!A1``."""
    return str(cell) if cell else None


def _mention(one: Mention) -> dict[str, Any]:
    return {"cell": cell_json(one.cell), "what": " / ".join((one.row, *one.subject)), "amount": plain(one.amount)}


def _needs(result: Result) -> list[dict[str, Any]]:
    """Every need with its external content over all tiers, null where nothing is served, or outside."""
    contents = result.measures.needs["external_content"].tolist() if result.measures else []
    return [
        {"actor": need.actor, "product": need.product, "period": need.calendar.period, "quantity": plain(need.quantity),
         "external_content": plain(content)}
        for need, content in zip(result.chain.needs if contents else (), contents, strict=True)
    ]  # fmt: skip


def _members(result: Result) -> dict[str, dict[str, Any]]:
    """Every inside actor's figures in the plan, and today (null without a today)."""
    if result.measures is None:
        return {}
    plan = _by_name(result.measures.actors)
    today = _by_name(result.today_measures.actors) if result.today_measures else {}
    return {name: {"today": today.get(name), "plan": figures} for name, figures in plan.items()}


def actions_json(result: Result) -> list[dict[str, Any]]:
    """Return one object a decision between today and the plan, the most needed first; empty without a today.

    A decision is told by its first step; ``swaps`` says whether something takes the place of something else, ``steps``
    has all of it. ``refused`` says how its refusal ended (``measured``, ``impossible``, ``not_asked``, ``no_time``,
    ``trouble``) and, by objective, the value reached without it less that with it. The last object, where there are
    any, folds the ``traces`` that are too small to decide.
    """
    found = result.actions
    if found is None:
        return []
    chain = result.chain
    told: list[dict[str, Any]] = [
        _step(chain, decision.lead)
        | {
            "value": plain(decision.worth),
            "swaps": decision.swaps,
            "refused": _refused(decision.refused),
            "steps": [
                _step(chain, step) | {"head": head}
                for head, steps in ((True, decision.heads), (False, decision.along))
                for step in steps
            ],
        }
        for decision in found.decisions
    ]
    if found.traces:
        told.append({
            "action": "traces", "value": plain(sum(step.worth for step in found.traces)),
            "refused": {"state": "not_asked", "losses": {}}, "steps": [_step(chain, step) for step in found.traces],
        })  # fmt: skip
    return told


def _refused(refused: Refused) -> dict[str, Any]:
    return {"state": refused.state, "losses": {key: plain(loss) for key, loss in refused.losses.items()}}


def _step(chain: Chain, step: Action) -> dict[str, Any]:
    keys = ("from", "to", "product") if step.of_link else ("process", "actor")
    return {
        "action": step.kind,
        **dict(zip(keys, step.names, strict=True)),
        "today": plain(step.today),
        "plan": plain(step.after),
        "unit": chain.products[step.names[2]].unit if step.of_link else None,
        "price": plain(step.price),
        "value": plain(step.worth),
        "cell": str(step.cell) if step.cell else None,
    }


def plain(value: Any) -> Any:
    """Return a value as JSON has it: numbers as int or float, what is undefined as None."""
    if value is None or isinstance(value, str | bool | int):
        return value
    number = float(value)
    return number if math.isfinite(number) else None


def _plan(result: Result, plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        names = ("flows", "levels", "opened", "unmet", "discarded", "stocks", "left_over", "means", "choices")
        empty: dict[str, Any] = {name: [] for name in names}
        return empty | {"expanded": {}}
    opened, expanded = opened_json(result.chain, plan)
    lost = lost_in_stock(result.chain, plan)
    return {
        "flows": _rows(plan.flows, "from", "to", "product", "period", "quantity", "value"),
        "levels": _rows(_run(result.chain, plan), "process", "actor", "period", "level"),
        "opened": opened,
        "expanded": expanded,
        "unmet": _rows(_unmet(result, plan), "actor", "product", "period", "quantity"),
        "discarded": [
            *_rows(plan.discarded, "actor", "product", "period", "quantity"),
            *({**row, "in_stock": True} for row in _rows(lost[lost["quantity"] > 1e-9], *lost.columns)),
        ],
        "stocks": _rows(plan.stocks, "actor", "product", "period", "quantity"),
        "means": _means(result.chain, plan),
        "choices": _choices(plan),
        "left_over": _rows(_by_pair(plan.left_over), "actor", "product", "quantity"),
    }


def _unmet(result: Result, plan: Plan) -> pd.DataFrame:
    """Return what needs lack, of this year without those of which nothing is known."""
    if result.command != "today":
        return plan.unmet
    return plan.unmet[~plan.unmet["need"].isin(sorted(view_of(result, "en").missing.needs))]


def _run(chain: Chain, plan: Plan) -> pd.DataFrame:
    """Return the levels of activities, without what only serves a need on a family."""
    keys = zip(plan.levels["process"], plan.levels["actor"], strict=True)
    return plan.levels[np.array([not chain.processes[key].serves for key in keys], dtype=bool)]


def opened_json(chain: Chain, plan: Plan) -> tuple[list[str], dict[str, Any]]:
    """Return the projects that a plan opens or uses, and by how much it enlarges what."""
    names = Counter(process for process, _ in chain.processes)
    links = chain.links
    opened = [_process(key, names) for key in plan.opened_processes]
    opened += [f"{links[i].from_} > {links[i].to}, {links[i].product}" for i in plan.opened_links]
    expanded = zip(plan.expanded["process"], plan.expanded["actor"], plan.expanded["level"], strict=True)
    return opened, {_process((process, actor), names): plain(level) for process, actor, level in expanded}


def _process(key: tuple[str, str], names: Counter[str]) -> str:
    return key[0] if names[key[0]] == 1 else " @ ".join(key)


def _rows(frame: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    values = [[plain(value) for value in frame[column].tolist()] for column in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def _means(chain: Chain, plan: Plan) -> list[dict[str, Any]]:
    """How much each user takes of each means in each period, of what runs there (null: not limited)."""
    from filiere.report.result.tables.plan.means import uses_of_means
    from filiere.solution.once import accounts_of

    rows = (row._asdict() for row in uses_of_means(accounts_of(chain, plan)))
    return [{"carrier" if key == "lender" else key: plain(value) for key, value in row.items()} for row in rows]


def _choices(plan: Plan) -> list[dict[str, Any]]:
    from filiere.report.result.tables.plan.choices import choices_made

    keys = ("process", "actor", "choice", "product", "quantity")
    return [dict(zip(keys, row, strict=True)) for row in choices_made(plan)]


def _by_pair(frame: pd.DataFrame) -> pd.DataFrame:
    """Quantities of the year by actor and product."""
    return (
        frame.astype({"quantity": float})
        .groupby(["actor", "product"], as_index=False)
        .agg(quantity=("quantity", "sum"))
    )


def _by_name(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    columns = {str(key): [plain(v) for v in frame[key].tolist()] for key in frame.columns}
    return {str(name): {key: values[i] for key, values in columns.items()} for i, name in enumerate(frame.index)}


def _seconds(result: Result) -> dict[str, float | None]:
    spent = {**result.solution.seconds, **result.seconds}
    return {name: float(spent[name]) if name in spent else None for name in ("read", "build", "solve", "write")}
