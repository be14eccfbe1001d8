"""The objects of a PDF: tables say where each is, and each may send on to another."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pdfminer.pdfdocument import PDFDocument, PDFXRefStream
from pdfminer.pdftypes import PDFObjRef

from scmtui.readers.pdf.streams import BombError, Parser

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFBaseXRef
    from pdfminer.pdfparser import PDFParser

_MOST_SENT_ON = 100
"""Objects in a row that are nothing but the names of others."""


class RingError(Exception):
    """Tables that go on with one another in a ring, or objects that do."""


class Objects(PDFDocument):
    """The objects of a file, told apart from those of a file that sends its reader in a ring.

    The library itself follows a table a thousand times until Python's own limit is reached, and an
    object for ever.
    """

    def __init__(self, data: bytes, password: str) -> None:
        self._tables: set[int] = set()
        self._sent_on = 0
        super().__init__(Parser(BytesIO(data)), password)
        for table in self.xrefs:
            if isinstance(table, PDFXRefStream) and sum(it for _, it in table.ranges) > len(data):
                raise BombError

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[PDFBaseXRef]) -> None:
        """Read the table at `start`, and those that it goes on with."""
        if start in self._tables:
            raise RingError
        self._tables.add(start)
        super().read_xref_from(parser, start, xrefs)

    def getobj(self, objid: int) -> object:
        """The object of that number."""
        found = super().getobj(objid)
        self._sent_on = self._sent_on + 1 if isinstance(found, PDFObjRef) else 0
        if self._sent_on > _MOST_SENT_ON:
            raise RingError
        return found
