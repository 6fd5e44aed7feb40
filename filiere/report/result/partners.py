"""The page for partners: one sheet of paper with the headline, the chain, five figures, five decisions, who gains."""

from __future__ import annotations

import math
from typing import Any

from filiere.language import Label, listed
from filiere.report.document import rounded
from filiere.report.result.actions import decided
from filiere.report.result.summary.summary import Summary
from filiere.report.result.tables.plan.projects import listed as projects
from filiere.report.view import View
from filiere.schema import words as w

SHOWN = 5
_ORDER = ("served", "upstream", "cost", "jobs", "circularity", "co2", "funding", "downstream")
"""The headlines that are shown, as far as the plan has them, the first five."""
_STEP = 0.5
"""A change of an account below this many units of money is rounding."""
_GAIN = Label("Gain most: {names}.", "Gagnent le plus : {names}.")
_LOSE = Label("Lose most: {names}.", "Perdent le plus : {names}.")
_NO_LOSS = Label("No member is worse off than this year.", "Aucun membre n'y perd par rapport à cette année.")
_AS_WELL = Label("{kept} of {all} members are at least as well off as this year.",
                 "{kept} membres sur {all} s'en sortent au moins aussi bien que cette année.")  # fmt: skip
_UNKNOWN = Label("This year's figures are not filled in: who gains is not known.",
                 "Les chiffres de cette année ne sont pas remplis : on ne sait pas qui y gagne.")  # fmt: skip
_OPENS = Label("{name} ({actor})", "{name} ({actor})")


def partners(view: View, summary: Summary) -> dict[str, Any]:
    """Return what stands on the sheet for partners, in one language."""
    by_key = {headline.key: headline for headline in summary.headlines if not headline.part}
    shown = [by_key[key] for key in _ORDER if key in by_key and by_key[key].plan is not None][:SHOWN]
    return {
        "verdict": summary.short,
        "figures": [
            {"label": one.label, "show": one.show.value, "plan": one.plan, "today": one.today} for one in shown
        ],
        "decisions": _decisions(view),
        "gains": _gains(view),
    }


def _decisions(view: View) -> list[str]:
    """Return the first five decisions; the projects that open where no step was worked out."""
    found = view.result.actions
    if found is not None:
        return [decided(view, row) for row in found.decisions[:SHOWN]]
    opened = [project for project in projects(view) if project.taken][:SHOWN]
    return [view.set(_OPENS.fill(name=project.name, actor=project.actor)) for project in opened]


def _gains(view: View) -> list[str]:
    """Return who gains and who loses most, of members; of all inside actors where there is none."""
    before, now = view.result.today_measures, view.result.measures
    if before is None or now is None:
        return [view.set(_UNKNOWN)]
    actors = view.chain.actors
    members = [name for name, actor in actors.items() if actor.perimeter is w.Perimeter.MEMBER]
    then, after = before.actors["surplus"].to_dict(), now.actors["surplus"].to_dict()
    changes = {
        name: rounded(float(after[name] - then[name]))
        for name in members or [name for name, actor in actors.items() if actor.inside]
        if name in then and name in after and math.isfinite(after[name] - then[name])
    }
    order = sorted(changes, key=lambda name: (-changes[name], name))
    gaining = [name for name in order if changes[name] >= _STEP][:3]
    losing = [name for name in reversed(order) if changes[name] <= -_STEP]
    told = [_GAIN.fill(names=_named(view, gaining, changes))] if gaining else []
    if losing:
        kept = _AS_WELL.fill(kept=view.number(len(changes) - len(losing)), all=view.number(len(changes)))
        told += [_LOSE.fill(names=_named(view, losing[:3], changes)), kept]
    else:
        told.append(_NO_LOSS)
    return [view.set(label) for label in told]


def _named(view: View, names: list[str], changes: dict[str, float]) -> str:
    signed = ("+" if changes[name] > 0.0 else "−" for name in names)
    parts = [
        f"{name} ({sign}{view.money(abs(round(changes[name])))})" for name, sign in zip(names, signed, strict=True)
    ]
    return listed(parts, view.language)
