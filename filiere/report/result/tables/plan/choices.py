"""Choices: what each activity takes of the inputs that stand in for each other."""

from __future__ import annotations

from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View, place
from filiere.solution.solution import Plan

_DUST = 1e-9
ChoiceUse = tuple[str, str, str, str, float]
"""Activity, actor, choice, product, and how much is taken in the year."""


def choices_made(plan: Plan) -> list[ChoiceUse]:
    """Return what is taken in the year of each input of a choice."""
    keys = ["process", "actor", "choice", "product"]
    frame = plan.chosen.astype({"quantity": float}).groupby(keys, as_index=False)["quantity"].sum()
    return [(str(k), str(a), str(c), str(p), float(q)) for k, a, c, p, q in frame.itertuples(index=False) if q > _DUST]


def choices(view: View) -> Sheet:
    """Return one row an activity, choice and input, those not taken included, with its part of the choice."""
    pick, chain = view.pick, view.chain
    taken = {row[:4]: row[4] for row in choices_made(view.plan)}
    of_a_need = pick("(need)", "(besoin)")
    rows = [(key, label, option) for key, process in chain.processes.items()
            for label, options in process.choices.items() for option in options]  # fmt: skip
    amounts = [taken.get((*key, label, option.product), 0.0) for key, label, option in rows]
    runs = [amount / option.quantity for amount, (_, _, option) in zip(amounts, rows, strict=True)]
    whole: dict[tuple[tuple[str, str], str], float] = {}
    for (key, label, _), run in zip(rows, runs, strict=True):
        whole[key, label] = whole.get((key, label), 0.0) + run
    columns = (
        Column("process", pick("Activity", "Activité"), [
            of_a_need if chain.processes[key].serves else key[0] for key, _, _ in rows
        ]),
        Column("actor", pick("Actor", "Acteur"), [key[1] for key, _, _ in rows]),
        Column("choice", pick("Choice", "Choix"), [label for _, label, _ in rows]),
        Column("product", pick("Product", "Produit"), [option.product for _, _, option in rows]),
        Column("quantity", pick("Taken", "Utilisé"), amounts, Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [chain.products[option.product].unit for _, _, option in rows]),
        Column("part", pick("Part of the choice (%)", "Part du choix (%)"),
               [run / whole[key, label] if whole[key, label] else None
                for run, (key, label, _) in zip(runs, rows, strict=True)], Show.USE),
        Column("cell", pick("Typed in", "Saisi en"), [
            place(chain.processes[key].row if chain.processes[key].serves else option.row) for key, _, option in rows
        ], Show.SOURCE),
    )  # fmt: skip
    return Sheet("choices", pick("Choices", "Choix entre produits"), columns, frozen=3)
