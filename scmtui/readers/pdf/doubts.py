"""What may be missing from the text of a PDF that was read: damage is not always an error."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from scmtui.language import _, ngettext
from scmtui.model import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfminer.pdftypes import PDFStream
    from pdfplumber.page import Page

_MOST = 20_000_000
"""Bytes that are unpacked to see whether that is possible."""


def is_torn(page: Page) -> bool:
    """Whether what a page is drawn by can be unpacked in part only, which the library passes over.

    To be asked before the page is drawn; nothing is known of a page that is encrypted.
    """
    from pdfminer.pdftypes import PDFStream, resolve1

    streams = (resolve1(it) for it in page.page_obj.contents)
    return any(_is_torn(it) for it in streams if isinstance(it, PDFStream) and not it.decipher)


def _is_torn(stream: PDFStream) -> bool:
    names = [getattr(name, "name", "") for name, _ in stream.get_filters()]
    if stream.rawdata is None or names not in (["FlateDecode"], ["Fl"]):
        return False
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(stream.rawdata, _MOST)
    except zlib.error:
        return True
    return not (unpacking.eof or unpacking.unconsumed_tail)


def damage(data: bytes, *, lost: bool) -> Iterator[Remark]:
    """That the end of the file, or something in it, is missing."""
    if b"%%EOF" not in data[-2048:]:
        told = _("The end of the file is missing; there may be more text than was read.")
        yield Remark("damage", told)
    if lost:
        told = _("Something in the file is damaged; part of its text may be missing.")
        yield Remark("damage", told)


def pages(pictures: Sequence[int], empty: Sequence[int]) -> Iterator[Remark]:
    """Which pages are pictures, and which have nothing on them."""
    for number in pictures:
        told = _("Page {number} is a picture; its text was not read.")
        yield Remark("picture", told.format(number=number))
    for number in empty:
        told = _("Page {number} has no text on it.")
        yield Remark("empty-page", told.format(number=number))


def letters(count: int) -> Iterator[Remark]:
    """How many letters are not known."""
    if count:
        told = ngettext(
            "{count} letter is not known: its font does not say which it is.",
            "{count} letters are not known: their fonts do not say which they are.",
            count,
        )
        yield Remark("letters", told.format(count=count))
