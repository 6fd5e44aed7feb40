"""The sheets of a sharing: what it says, what each rule gives, the coalitions, and who would pay whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from filiere.report.excel.book import Book, relative_source
from filiere.report.excel.making import workbook
from filiere.report.share.words import ShareView, share_lines
from filiere.report.sheet import Column, Sheet, Show


def share_workbook(
    view: ShareView, path: Path | None = None, folder: Path | None = None, among: Sequence[str] | None = None
) -> bytes:
    """Return the workbook of a sharing, made in memory.

    ``among`` are the names of the input's sheets where the results come into a copy of it.
    """

    def write(book: Book) -> None:
        for sheet in share_sheets(view):
            if sheet.height:
                book.write(sheet)

    return workbook(write, view.language, title=view.title, footer=view.title, date=dt.date.today(),
                    source=relative_source(path, folder), among=among)  # fmt: skip


def share_sheets(view: ShareView) -> tuple[Sheet, ...]:
    """Return every sheet, empty ones included."""
    return (_told(view), _shares(view), _rules(view), _coalitions(view), _payments(view))


def _told(view: ShareView) -> Sheet:
    lines = [view.title, *share_lines(view)]
    return Sheet("summary", view.pick("Summary", "Résumé"), (
        Column("text", view.pick("In short", "En bref"), lines, Show.PROSE),
    ), frozen=0)  # fmt: skip


def _amount(view: ShareView, en: str, fr: str) -> str:
    return f"{view.pick(en, fr)} ({view.currency})"


def _shares(view: ShareView) -> Sheet:
    """One row a member, one column a rule."""
    sharing, players = view.sharing, list(view.sharing.players)
    columns = [Column("member", view.pick("Member", "Membre"), players)]
    if sharing.alone is not None:
        columns.append(Column("alone", _amount(view, "Alone", "De son côté"),
                              [view.shown(v) for v in sharing.alone], Show.MONEY))  # fmt: skip
    if sharing.gains is not None:
        columns.append(Column("gain", _amount(view, "Gains in the plan", "Gagne dans le plan"),
                              list(sharing.gains), Show.MONEY))  # fmt: skip
    for rule, given in sharing.shares.items():
        columns.append(Column(rule.key, f"{view.rule(rule)} ({view.currency})", [view.shown(v) for v in given],
                              Show.MONEY))  # fmt: skip
    if sharing.standard_error is not None:
        columns.append(Column("error", _amount(view, "Standard error", "Erreur type"),
                              list(sharing.standard_error), Show.MONEY))  # fmt: skip
    return Sheet("shares", view.pick("Shares", "Parts"), tuple(columns))


def _rules(view: ShareView) -> Sheet:
    """One row a rule: what speaks for it, what against, and who would do better apart."""
    sharing, rules = view.sharing, list(view.sharing.shares)
    chosen = view.pick("chosen", "retenue")
    leaving = [(sharing.apart or {}).get(rule) for rule in rules]
    untested = None if sharing.core_empty is None else view.pick("nobody", "personne")
    return Sheet("rules", view.pick("Rules", "Règles de partage"), (
        Column("rule", view.pick("Rule", "Règle"), [view.rule(rule) for rule in rules], Show.PROSE),
        Column("chosen", view.pick("Used here", "Utilisée ici"),
               [chosen if rule is sharing.rule else None for rule in rules]),
        Column("for", view.pick("For it", "Pour"), [view.for_and_against(rule)[0] for rule in rules], Show.PROSE),
        Column("against", view.pick("Against it", "Contre"), [view.for_and_against(rule)[1] for rule in rules],
               Show.PROSE),
        Column("apart", view.pick("Who would do better apart", "Qui ferait mieux à part"),
               [view.names(one.coalition) if one else untested for one in leaving], Show.PROSE),
        Column("by", _amount(view, "By how much", "De combien"), [one.amount if one else None for one in leaving],
               Show.MONEY),
    ))  # fmt: skip


def _coalitions(view: ShareView) -> Sheet:
    """One row a coalition: what it reaches by itself and what the rule gives its members."""
    game, sharing = view.sharing.game, view.sharing
    title = view.pick("Coalitions", "Regroupements")
    if game is None:
        return Sheet("coalitions", title, ())
    order = sorted(range(1, game.full + 1), key=lambda s: (s.bit_count(), s))
    excess = game.excess(sharing.shares[sharing.rule])
    return Sheet("coalitions", title, (
        Column("members", view.pick("Members", "Membres"), ["; ".join(game.names(s)) for s in order], Show.PROSE),
        Column("value", _amount(view, "By itself", "De son côté"), [view.shown(game.values[s]) for s in order],
               Show.MONEY),
        Column("gets", _amount(view, "Under the rule", "Avec la règle"),
               [view.shown(game.values[s] - float(excess[s])) for s in order], Show.MONEY),
    ))  # fmt: skip


def _payments(view: ShareView) -> Sheet:
    paid = view.sharing.transfers
    return Sheet("transfers", view.pick("Who pays whom", "Qui verse à qui"), (
        Column("from", view.pick("Who pays", "Qui verse"), [one.from_ for one in paid]),
        Column("to", view.pick("To whom", "À qui"), [one.to for one in paid]),
        Column("amount", _amount(view, "Amount", "Montant"), [one.amount for one in paid], Show.PRICE),
    ))  # fmt: skip
