"""Where a document could have been read otherwise, and the document with that corrected.

The source never changes: corrections are a layer of the reader's own over it (`Correction`). A
screen asks for the `seams` of a part or of a document, shows them, and makes one of the `others`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from scmtui import text
from scmtui.model import Address, Correction
from scmtui.readers.document import recompose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from scmtui.model import Document, Paragraph, Part


class Seam(NamedTuple):
    """A place where two lines meet, or two sentences of a line."""

    at: int
    """Where the second one begins in the source."""
    address: Address
    """The part that the second one stands in."""
    shown: int
    """Where it begins in the text of that part as shown, in characters."""
    now: Correction
    """What begins there now."""
    others: tuple[Correction, ...]
    """What could begin there instead, the likeliest first."""
    sure: bool
    """Whether the reading had no doubt of it."""


def seams(document: Document, address: Address | None = None) -> tuple[Seam, ...]:
    """Where a document, or the paragraph or part at an address of it, could be read otherwise."""
    doubtful = {doubt.at for doubt in document.doubts if doubt.at is not None}
    return tuple(
        seam._replace(sure=seam.at not in doubtful)
        for item in document.paragraphs
        for number, part in enumerate(item.parts, 1)
        if _holds(address, item.number, number)
        for seam in _seams(document, item, part, Address(document.id, item.number, number))
    )


def _holds(address: Address | None, paragraph: int, part: int) -> bool:
    if address is None:
        return True
    return address.paragraph in {None, paragraph} and address.part in {None, part}


def _seams(document: Document, item: Paragraph, part: Part, address: Address) -> Iterator[Seam]:
    source = document.source
    if address.part == 1 and item is not document.paragraphs[0]:
        yield _seam(item.start, address, 0, Correction("paragraph", item.start), source)
    if address.part != 1 or item.heading:
        yield _seam(part.start, address, 0, Correction("part", part.start), source)
    solid = [
        match.start() + part.start for match in re.finditer(r"\S", source[part.start : part.end])
    ]
    for shown in _starts(part, source, solid):
        at = solid[len("".join(part.text[:shown].split()))]
        blank = " " if part.text[shown - 1].isspace() else ""
        yield _seam(at, address, shown, Correction("join", at, blank), source)


def _starts(part: Part, source: str, solid: list[int]) -> list[int]:
    """Where lines of the source and sentences begin in the text shown, but for the first."""
    places = [index for index, character in enumerate(part.text) if not character.isspace()]
    lines = (
        places[bisect_left(solid, match.end() - 1 + part.start)]
        for match in re.finditer(r"\n\s*\S", source[part.start : part.end])
    )
    sentences = (start for start, _ in text.sentences(part.text))
    return sorted({*lines, *sentences} - {0})


def _seam(at: int, address: Address, shown: int, now: Correction, source: str) -> Seam:
    blank = now.value if now.kind == "join" else ""
    ways = [
        Correction("join", at, " " if not blank else ""),
        Correction("join", at, blank),
        Correction("part", at),
        Correction("paragraph", at),
    ]
    if now.kind == "join" and source[max(source.rfind("\n", 0, at), 0) : at].strip():
        ways = ways[2:]  # within a line the source says what stands between
    others = tuple(way for way in ways if (way.kind, way.value) != (now.kind, now.value))
    return Seam(at, address, shown, now, others, sure=True)


def corrected(
    document: Document, correction: Correction, rules: AbstractSet[str] = text.RULES
) -> Document:
    """The document with a correction made, in place of another one at the same place."""
    others = (it for it in document.corrections if it.at != correction.at)
    layer = sorted((*others, correction), key=lambda it: it.at)
    return recompose(document, rules, tuple(layer))


def uncorrected(document: Document, at: int, rules: AbstractSet[str] = text.RULES) -> Document:
    """The document with the correction at a place of its source taken back."""
    return recompose(document, rules, tuple(it for it in document.corrections if it.at != at))
