"""The streams of a PDF, unpacked within caps: a crafted one grows a thousandfold a filter."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfexceptions import PDFNotImplementedError
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, int_value, resolve1
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfminer.psparser import PSKeyword

LARGEST = 48 << 20
"""Bytes of one stream, unpacked: a Korean font that is whole has half as many."""
RATIO = 100
"""How many times a stream may grow; what pages are written with grows 3 to 20 times."""
SMALL = 1 << 20
"""Bytes below which a stream may grow as it likes: a table of blanks does."""
SLOW = 1 << 20
"""Bytes that a filter takes at most which works through them one by one."""
LINED = 8 << 20
"""The same for the lines of a table, which are told by what differs from the line above."""
FILTERS = 4
"""Filters that one stream may go through."""


class BombError(Exception):
    """A stream that unpacks to far more than a document needs."""


class Parser(PDFParser):
    """Reads the objects of a file; their streams are capped ones."""

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Take a word that is no value; with this one comes a stream."""
        super().do_keyword(pos, token)
        if token is self.KEYWORD_STREAM and self.curstack:
            at, stream = self.curstack[-1]
            if isinstance(stream, PDFStream):
                capped = Stream(stream.attrs, stream.rawdata or b"", stream.decipher)
                self.curstack[-1] = (at, capped)


class Stream(PDFStream):
    """A stream that is unpacked as far as its caps go. What is torn is unpacked as far as it is."""

    def decode(self) -> None:
        """Unpack it. Raises BombError when that is far more than a document needs."""
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        room = min(LARGEST, max(SMALL, len(data) * RATIO))
        filters = self.get_filters()
        if len(filters) > FILTERS:
            raise BombError
        for it, params in filters:
            name = getattr(it, "name", "")
            if name not in _FILTERS:
                raise PDFNotImplementedError(name)
            data = _FILTERS[name](data, room)
            if len(data) > room:
                raise BombError
            if params and "Predictor" in params:
                data = _predicted(data, params)
        self.data, self.rawdata = data, None


def _inflated(data: bytes, room: int) -> bytes:
    """What was deflated, one byte beyond the room at most; nothing of what is damaged inside.

    A stream that is cut off is unpacked up to there, and a checksum that is wrong does not matter.
    """
    if len(data) < 2 or data[0] & 0xF != 8 or int.from_bytes(data[:2], "big") % 31:
        return b""
    try:
        return zlib.decompressobj(-15).decompress(data[2:], room + 1)
    except zlib.error:
        return b""


def _joined(pieces: Iterator[bytes], room: int) -> bytes:
    found: list[bytes] = []
    size = 0
    for piece in pieces:
        found.append(piece)
        size += len(piece)
        if size > room:
            break
    return b"".join(found)


def _lzw(data: bytes, room: int) -> bytes:
    if len(data) > SLOW:
        raise BombError
    return _joined(LZWDecoder(BytesIO(data)).run(), room)


def _runs(data: bytes, room: int) -> bytes:
    if len(data) > SLOW:
        raise BombError
    return _joined(_run_by_run(iter(data)), room)


def _run_by_run(data: Iterator[int]) -> Iterator[bytes]:
    """What was written as runs: so many bytes as they are, or one byte so many times."""
    for length in data:
        if length == 128:
            return
        if length < 128:
            yield bytes(islice(data, length + 1))
        else:
            yield bytes(islice(data, 1)) * (257 - length)


def _plain(decode: Callable[[bytes], bytes]) -> Callable[[bytes, int], bytes]:
    """A filter whose output is hardly larger than its input."""
    return lambda data, _room: decode(data)


_Filter = Callable[[bytes, int], bytes]
_FILTERS: dict[str, _Filter] = {
    name: decode
    for names, decode in (
        ("FlateDecode Fl", _inflated),
        ("LZWDecode LZW", _lzw),
        ("RunLengthDecode RL", _runs),
        ("ASCII85Decode A85", _plain(ascii85decode)),
        ("ASCIIHexDecode AHx", _plain(asciihexdecode)),
        # Pictures stay as they are.
        ("DCTDecode DCT JPXDecode JBIG2Decode CCITTFaxDecode CCF", _plain(bytes)),
    )
    for name in names.split()
}


def _predicted(data: bytes, params: dict[str, object]) -> bytes:
    """The bytes of which only the differences are told."""
    kind = int_value(params["Predictor"])
    if kind == 1:
        return data
    if len(data) > LINED:
        raise BombError
    colors, columns, bits = (
        int_value(resolve1(params.get(name, otherwise)))
        for name, otherwise in (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8))
    )
    if kind == 2:
        return apply_tiff_predictor(colors, columns, bits, data)
    if kind < 10 or not 0 < columns * colors <= SLOW:
        raise PDFNotImplementedError(kind)
    return apply_png_predictor(kind, colors, columns, bits, data)
