"""The pages of results, as the commands write them."""

from __future__ import annotations

from functools import partial

from filiere.language import Language
from filiere.report.page.render import page_in, page_of
from filiere.report.result.document import partners_document, result_document
from filiere.result import Result


def page(result: Result, language: Language) -> bytes:
    return page_of(partial(result_document, result), language)


def partners_page(result: Result, language: Language) -> bytes:
    return page_in(partners_document(result, language))
