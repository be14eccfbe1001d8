"""The tables that say where the objects of a PDF are: each may go on with an older one."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFBaseXRef
    from pdfminer.pdfparser import PDFParser


class RingError(Exception):
    """Tables that go on with one another in a ring."""


def follow(data: bytes) -> None:
    """Raises RingError when the tables of a file never come to an end.

    The library itself notices that at Python's own limit only, having read a table a thousand
    times. Whatever else is wrong with the file is found when it is opened.
    """
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    seen: set[int] = set()

    class Followed(PDFDocument):
        def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[PDFBaseXRef]) -> None:
            if start in seen:
                raise RingError
            seen.add(start)
            super().read_xref_from(parser, start, xrefs)

    try:
        Followed(PDFParser(BytesIO(data)), fallback=False)
    except (RingError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever a broken file leads it to
        return
