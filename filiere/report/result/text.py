"""What a command prints when it is done: a handful of lines that a coordinator reads."""

from __future__ import annotations

from filiere.language import Language, after_colon, typeset
from filiere.report.document import Headline
from filiere.report.explain.conflicts import conflict_lines
from filiere.report.result.summary.summary import summarise
from filiere.report.sheet import Show
from filiere.report.view import View, view_of
from filiere.result import Result

__all__ = ["conflict_lines", "summary_lines"]

_SHOWN = ("upstream", "downstream", "funding", "circularity")


def summary_lines(result: Result, language: Language) -> list[str]:
    """Return five to eight lines: the verdict, the shares, what it costs, and what asks for attention; before them,
    what must be read first.

    Raises ``ValueError`` where the chain has no plan; :func:`conflict_lines` says why.
    """
    view = view_of(result, language)
    summary = view.of(summarise)
    said = [remark for remark in summary.remarks if remark.top and remark.spoken]
    first = [after_colon(remark.label, remark.text, language) for remark in said]
    lines = [f"{summary.title} – {summary.subtitle}", summary.verdict]
    lines += [_line(view, summary.headline(key)) for key in _SHOWN if summary.headline(key).plan is not None]
    warned = sorted((r for r in summary.remarks if r.warned and not r.top), key=lambda remark: not remark.first)
    lines += [after_colon(remark.label, remark.text, language) for remark in warned][: 8 - len(lines)]
    lines[1:1] = first
    return [typeset(line, language) for line in lines]


def _line(view: View, headline: Headline) -> str:
    """One figure, with where it stood before."""
    now = _written(view, headline, headline.plan)
    if headline.today is None:
        return after_colon(headline.label, now, view.language)
    before = _written(view, headline, headline.today)
    told = f"{now} " + view.pick(f"(today {before})", f"(cette année {before})")
    return after_colon(headline.label, told, view.language)


def _written(view: View, headline: Headline, value: float | None) -> str:
    if value is None:
        return "–"
    return view.percent(value) if headline.show is Show.PERCENT else view.number(value)
