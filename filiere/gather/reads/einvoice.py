"""From a file's bytes to the invoice it holds: recognised by content, whatever its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from filiere.gather.reads.cii import is_cii, read_cii
from filiere.gather.reads.invoice import PRO_FORMA, Invoice
from filiere.gather.reads.markup import Node, looks_like_markup, parse
from filiere.gather.reads.pdf import attached, is_pdf
from filiere.gather.reads.ubl import is_ubl, read_ubl
from filiere.problems import WorkbookError
from filiere.problems import invoicing as codes

_STANDARD_NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")
"""What the standards call the attachment, the one to be preferred first."""
_MOST_PDF = 100_000_000
_ENOUGH = 1_024


def holds_invoice(path: Path) -> bool:
    """Whether a file is to be read here: a PDF, or XML. What it turns out to be is said when it is read."""
    if not path.is_file():  # a pipe would be waited for
        return False
    with path.open("rb") as file:
        start = file.read(_ENOUGH)
    return is_pdf(start) or looks_like_markup(start)


def read_invoice(path: Path) -> Invoice:
    """Return the invoice of a file. Raises WorkbookError with one sentence that names the file and says why not."""
    if path.stat().st_size > _MOST_PDF:
        raise WorkbookError([codes.TOO_LARGE.at(None, file=path.name, limit=_MOST_PDF // 1_000_000)])
    return invoice_of(path.read_bytes(), path.name)


def invoice_of(data: bytes, file: str) -> Invoice:
    """Return the invoice that ``data`` holds, as :func:`read_invoice` does."""
    found = _attachment(data, file) if is_pdf(data) else _of(parse(data, file), file)
    if not found.number and not found.lines and found.totals.net is None:
        raise WorkbookError([codes.EMPTY_INVOICE.at(None, file=file)])
    return found


def _of(root: Node, file: str) -> Invoice:
    if is_cii(root):
        found = read_cii(root, file)
    elif is_ubl(root):
        found = read_ubl(root, file)
    else:
        raise WorkbookError([codes.OTHER_XML.at(None, file=file, root=root.name)])
    if found.type_code in PRO_FORMA:
        raise WorkbookError([codes.NO_SALE.at(None, file=file, number=found.number)])
    return found


def _attachment(data: bytes, file: str) -> Invoice:
    """Return the invoice attached under a standard's name, else the only attached XML that is one."""
    files = attached(data, file)
    ranked = {name: at for at, name in enumerate(_STANDARD_NAMES)}
    named = sorted((one for one in files if one[0].lower() in ranked), key=lambda one: ranked[one[0].lower()])
    refused: WorkbookError | None = None
    for _, content in named:
        try:
            return _of(parse(content, file), file)
        except WorkbookError as fault:
            refused = refused or fault
    others = []
    for name, content in files:
        if name.lower() in ranked:
            continue
        try:
            others.append(replace(_of(parse(content, file), file), attached_as=name))
        except WorkbookError as fault:
            refused = refused or fault
    if len(others) == 1:
        return others[0]
    if others:
        raise WorkbookError([codes.SEVERAL_ATTACHED.at(None, file=file, names=[one.attached_as for one in others])])
    raise refused or WorkbookError([codes.NOTHING_ATTACHED.at(None, file=file)])
