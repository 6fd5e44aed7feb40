"""The page beside the results workbook: one HTML file that opens by double-click, in French and in English."""

from __future__ import annotations

from filiere.language import Language
from filiere.report.page.shell import both, shell
from filiere.report.result.document import only_partners, result_document
from filiere.report.result.summary import summarise
from filiere.report.view import View
from filiere.result import Result


def page(result: Result, language: Language) -> bytes:
    """Return the page of a result that has a plan, opened in ``language``; both languages travel in it.

    Raises ``ValueError`` where the chain has no plan.
    """
    english, french = (result_document(View(result, code)) for code in ("en", "fr"))
    document = both(english, french) | {"language": language}
    return shell(document, language, summarise(View(result, language)).title)


def partners_page(result: Result, language: Language) -> bytes:
    """Return the one sheet for partners as a page of its own, in one language, ready to be printed.

    Raises ``ValueError`` where the chain has no plan.
    """
    view = View(result, language)
    return shell(only_partners(view) | {"language": language}, language, summarise(view).title)
