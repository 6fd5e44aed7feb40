"""The files attached to a PDF: in its tree of embedded files, nested or flat, and in the catalogue's ``/AF``."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiere.gather.reads.markup import MOST_BYTES
from filiere.problems import WorkbookError
from filiere.problems import invoicing as codes

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_FILES = 200
_MOST_DEPTH = 30
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, NotImplementedError,
           AssertionError, OSError, EOFError, zlib.error, MemoryError)  # fmt: skip
"""What a reader of PDF may raise on a spoilt file, besides its own errors."""


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF, which may start after some other bytes."""
    return b"%PDF-" in data[:1024]


def attached(data: bytes, file: str) -> list[tuple[str, bytes]]:
    """Return the name and content of each attached XML file. Raises WorkbookError, with one reason."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise WorkbookError([codes.ENCRYPTED.at(None, file=file)])
        return list(_files(reader, file))
    except (PyPdfError, *_BROKEN) as fault:
        raise WorkbookError([codes.BROKEN_PDF.at(None, file=file)]) from fault


def _files(reader: PdfReader, file: str) -> Iterator[tuple[str, bytes]]:
    catalogue = _resolved(reader.trailer.get("/Root"))
    names = _resolved(_get(catalogue, "/Names"))
    seen: set[int] = set()
    listed = [*_tree(_get(names, "/EmbeddedFiles"), set(), 0), *_list(_get(catalogue, "/AF"))]
    for specification in listed[:_MOST_FILES]:
        name = str(_get(specification, "/UF") or _get(specification, "/F") or "")
        embedded = _resolved(_get(specification, "/EF"))
        stream = _resolved(_get(embedded, "/F") or _get(embedded, "/UF"))
        if stream is None or id(stream) in seen or not hasattr(stream, "get_data"):
            continue
        seen.add(id(stream))
        if name.lower().endswith(".xml") or "xml" in str(_get(stream, "/Subtype")).lower():
            yield name, _content(stream, file)


def _resolved(thing: Any) -> Any:
    return thing.get_object() if hasattr(thing, "get_object") else thing


def _get(thing: Any, key: str) -> Any:
    thing = _resolved(thing)
    return _resolved(thing.get(key)) if hasattr(thing, "get") else None


def _list(thing: Any) -> list[Any]:
    thing = _resolved(thing)
    found = list(thing[:_MOST_FILES]) if isinstance(thing, list) else [thing]
    return [one for one in map(_resolved, found) if hasattr(one, "get")]


def _tree(node: Any, seen: set[int], depth: int) -> Iterator[Any]:
    """Return the file specifications of a name tree; a branch that comes back to itself is followed once."""
    node = _resolved(node)
    if not hasattr(node, "get") or id(node) in seen or depth > _MOST_DEPTH or len(seen) > 10 * _MOST_FILES:
        return
    seen.add(id(node))
    yield from _list(_get(node, "/Names"))
    for kid in _list(_get(node, "/Kids")):
        yield from _tree(kid, seen, depth + 1)


def _content(stream: Any, file: str) -> bytes:
    """Return what a stream holds, unpacked no further than an invoice may be large."""
    filters = _get(stream, "/Filter")
    kinds = [str(one) for one in filters] if isinstance(filters, list) else [str(filters)]
    packed = bytes(getattr(stream, "_data", b""))
    if kinds in (["/FlateDecode"], ["/Fl"]) and _get(stream, "/DecodeParms") is None:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(packed, MOST_BYTES + 1)
    else:
        content = bytes(stream.get_data())
    if len(content) > MOST_BYTES:
        raise WorkbookError([codes.TOO_LARGE.at(None, file=file, limit=MOST_BYTES // 1_000_000)])
    return content
